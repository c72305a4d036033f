//! Constraints on versions: `>=1.2 <2 || ^3`.

use super::{Version, compare};
use std::cmp::Ordering;

/// What a version must be: alternatives of conditions.
#[derive(Debug, Clone)]
pub struct Constraint {
    alternatives: Vec<Vec<Condition>>,
}

#[derive(Debug, Clone)]
struct Condition {
    operator: Operator,
    version: Version,
    /// How many numbers were given; the rest are wildcards.
    given: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    Tilde,
    Caret,
}

/// Longer ones first.
const OPERATORS: [(&str, Operator); 12] = [
    (">=", Operator::GreaterEqual),
    ("=>", Operator::GreaterEqual),
    ("<=", Operator::LessEqual),
    ("=<", Operator::LessEqual),
    ("!=", Operator::NotEqual),
    ("~>", Operator::Tilde),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("==", Operator::Equal),
    ("=", Operator::Equal),
];

impl Constraint {
    /// Reads a constraint.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let alternatives: Option<Vec<_>> = text.split("||").map(conditions).collect();
        Some(Self { alternatives: alternatives? })
    }

    /// Whether a version fulfils it. One with a pre-release fulfils only conditions that name one.
    #[must_use]
    pub fn allows(&self, version: &Version) -> bool {
        self.alternatives.iter().any(|conditions| conditions.iter().all(|condition| condition.allows(version)))
    }
}

fn conditions(text: &str) -> Option<Vec<Condition>> {
    let mut conditions = Vec::new();
    let words: Vec<&str> = text.split([' ', '\t', ',']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return text.trim().is_empty().then(|| condition("*").map(|all| vec![all]))?;
    }
    let mut at = 0;
    while at < words.len() {
        if words.get(at + 1) == Some(&"-") {
            conditions.push(condition(&format!(">={}", words[at]))?);
            conditions.push(condition(&format!("<={}", words.get(at + 2)?))?);
            at += 3;
            continue;
        }
        // An operator may stand apart from its version.
        if OPERATORS.iter().any(|(operator, _)| *operator == words[at]) {
            conditions.push(condition(&format!("{}{}", words[at], words.get(at + 1)?))?);
            at += 2;
            continue;
        }
        conditions.push(condition(words[at])?);
        at += 1;
    }
    Some(conditions)
}

fn condition(text: &str) -> Option<Condition> {
    let found = OPERATORS.iter().find(|(operator, _)| text.starts_with(operator));
    let (operator, rest) = found.map_or((Operator::Equal, text), |(name, operator)| (*operator, &text[name.len()..]));
    let (numbers, tail) = rest.find(['-', '+']).map_or((rest, ""), |at| rest.split_at(at));
    let plain = numbers.strip_prefix('v').unwrap_or(numbers);
    let wild = |part: &str| matches!(part, "x" | "X" | "*");
    let parts: Vec<&str> = plain.split('.').collect();
    let given = parts.iter().position(|part| wild(part)).unwrap_or(parts.len());
    if parts.len() > 3 || parts[given..].iter().any(|part| !wild(part)) {
        return None;
    }
    let numbers = if given == 0 { "0".to_owned() } else { parts[..given].join(".") };
    let version = Version::parse(&format!("{numbers}{tail}"))?;
    Some(Condition { operator, version, given })
}

impl Condition {
    fn allows(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if !version.prerelease.is_empty() && wanted.prerelease.is_empty() {
            return false;
        }
        let order = compare(version, wanted);
        match self.operator {
            Operator::Equal if self.given < 3 => self.tilde(version),
            Operator::Equal => order == Ordering::Equal,
            Operator::NotEqual => match self.given {
                0 => false,
                1 => version.major != wanted.major,
                2 => (version.major, version.minor) != (wanted.major, wanted.minor),
                _ => order != Ordering::Equal,
            },
            Operator::Greater => match self.given {
                0 => false,
                1 => version.major > wanted.major,
                2 => (version.major, version.minor) > (wanted.major, wanted.minor),
                _ => order == Ordering::Greater,
            },
            Operator::Less => order == Ordering::Less,
            Operator::GreaterEqual => order != Ordering::Less,
            Operator::LessEqual => match self.given {
                0 => true,
                1 => version.major <= wanted.major,
                2 => (version.major, version.minor) <= (wanted.major, wanted.minor),
                _ => order != Ordering::Greater,
            },
            Operator::Tilde => self.tilde(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn tilde(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if compare(version, wanted) == Ordering::Less {
            return false;
        }
        match self.given {
            0 => true,
            1 => version.major == wanted.major,
            _ => (version.major, version.minor) == (wanted.major, wanted.minor),
        }
    }

    /// The first number that is not zero stays.
    fn caret(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if compare(version, wanted) == Ordering::Less {
            return false;
        }
        if self.given == 0 {
            return true;
        }
        if wanted.major > 0 || self.given == 1 {
            return version.major == wanted.major;
        }
        if version.major > 0 {
            return false;
        }
        if wanted.minor > 0 || self.given == 2 {
            return version.minor == wanted.minor;
        }
        version.minor == 0 && version.patch == wanted.patch
    }
}
