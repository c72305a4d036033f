//! Semantic versions and constraints on them, as charts write them.

mod constraint;

pub use constraint::Constraint;

use crate::error::Failure;
use crate::object::Object;
use crate::value::{IntKind, Value};
use std::any::Any;
use std::cmp::Ordering;
use std::fmt;

/// A version. `v1.2` is read as 1.2.0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second number.
    pub minor: u64,
    /// The third number.
    pub patch: u64,
    /// What stands behind `-`.
    pub prerelease: String,
    /// What stands behind `+`.
    pub metadata: String,
    /// The text that it was read from.
    pub original: String,
}

impl Version {
    /// Reads a version; missing numbers are 0, a leading `v` is allowed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.strip_prefix('v').unwrap_or(text);
        let (plain, metadata) = plain.split_once('+').map_or((plain, ""), |(plain, metadata)| (plain, metadata));
        let (numbers, prerelease) = plain.split_once('-').map_or((plain, ""), |(numbers, pre)| (numbers, pre));
        let word = |text: &str| {
            text.split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
        };
        if plain.contains('-') && !word(prerelease) || text.contains('+') && !word(metadata) {
            return None;
        }
        let leading_zero =
            |part: &str| part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit());
        if prerelease.split('.').any(leading_zero) {
            return None;
        }
        let mut parts = Vec::new();
        for part in numbers.split('.') {
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            parts.push(part.parse().ok()?);
        }
        if parts.len() > 3 {
            return None;
        }
        let part = |at: usize| parts.get(at).copied().unwrap_or(0);
        Some(Self {
            major: part(0),
            minor: part(1),
            patch: part(2),
            prerelease: prerelease.to_owned(),
            metadata: metadata.to_owned(),
            original: text.to_owned(),
        })
    }

    fn numbers(&self) -> (u64, u64, u64) {
        (self.major, self.minor, self.patch)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

/// By precedence: metadata does not count.
pub(crate) fn compare(a: &Version, b: &Version) -> Ordering {
    a.numbers().cmp(&b.numbers()).then_with(|| prereleases(&a.prerelease, &b.prerelease))
}

fn prereleases(a: &str, b: &str) -> Ordering {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        _ => {}
    }
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

impl Object for Version {
    fn type_name(&self) -> &'static str {
        "*semver.Version"
    }

    fn kind_name(&self) -> &'static str {
        "ptr"
    }

    fn field(&self, _: &str) -> Option<Value> {
        None
    }

    fn method(&self, name: &str, args: &[Value]) -> Option<Result<Value, Failure>> {
        let number = |value: u64| Value::Int(value.cast_signed(), IntKind::Uint64);
        let other = || match args {
            [Value::Object(other)] => other.as_any().downcast_ref::<Self>().cloned(),
            _ => None,
        };
        let compared = |test: fn(Ordering) -> bool| {
            let other = other().ok_or_else(|| Failure::new(format!("{name} wants a version")))?;
            Ok(Value::Bool(test(compare(self, &other))))
        };
        let next = |version: Self| {
            let original = version.to_string();
            Ok(Value::Object(std::rc::Rc::new(Self { original, ..version })))
        };
        let release = |major, minor, patch| Self {
            major,
            minor,
            patch,
            prerelease: String::new(),
            metadata: String::new(),
            original: String::new(),
        };
        Some(match name {
            "Major" => Ok(number(self.major)),
            "Minor" => Ok(number(self.minor)),
            "Patch" => Ok(number(self.patch)),
            "Prerelease" => Ok(Value::str(&self.prerelease)),
            "Metadata" => Ok(Value::str(&self.metadata)),
            "Original" => Ok(Value::str(&self.original)),
            "String" => Ok(Value::from(self.to_string())),
            "Compare" => match other() {
                Some(other) => Ok(Value::int(compare(self, &other) as i64)),
                None => Err(Failure::new("Compare wants a version")),
            },
            "Equal" => compared(Ordering::is_eq),
            "LessThan" => compared(Ordering::is_lt),
            "GreaterThan" => compared(Ordering::is_gt),
            "LessThanEqual" => compared(Ordering::is_le),
            "GreaterThanEqual" => compared(Ordering::is_ge),
            "IncMajor" => next(release(self.major + 1, 0, 0)),
            "IncMinor" => next(release(self.major, self.minor + 1, 0)),
            "IncPatch" if self.prerelease.is_empty() => next(release(self.major, self.minor, self.patch + 1)),
            "IncPatch" => next(release(self.major, self.minor, self.patch)),
            _ => return None,
        })
    }

    fn json_value(&self) -> Option<Value> {
        Some(Value::from(self.to_string()))
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
