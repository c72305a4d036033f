//! Label selectors as `kubectl -l` takes them.

use ks_object::Node;
use std::fmt;

/// A label selector: requirements that all must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selector {
    requirements: Vec<Requirement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Requirement {
    key: String,
    operator: Operator,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Operator {
    Exists,
    Absent,
    In(Vec<String>),
    NotIn(Vec<String>),
}

/// Why a label selector cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// A requirement has no known form.
    #[error("{0:?} is no requirement; write key, !key, key=value, key!=value, key in (a,b) or key notin (a,b)")]
    Form(String),
    /// A key is no label key.
    #[error(
        "{0:?} is no label key; it has at most 63 letters, digits, `-`, `_` and `.`, and perhaps a domain and `/` before it"
    )]
    Key(String),
    /// A value is no label value.
    #[error("{0:?} is no label value; it has at most 63 letters, digits, `-`, `_` and `.`")]
    Value(String),
}

impl Selector {
    /// Reads `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
    ///
    /// # Errors
    /// Names the requirement, key or value that is malformed.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let requirements = split(text).into_iter().map(requirement).collect::<Result<_, _>>()?;
        Ok(Self { requirements })
    }

    /// Whether an object with these labels is selected.
    #[must_use]
    pub fn matches(&self, labels: Option<Node<'_>>) -> bool {
        self.requirements.iter().all(|requirement| {
            let value = labels.and_then(|labels| labels.get(&requirement.key)).map(Node::text);
            let is_in = |values: &[String]| value.is_some_and(|value| values.iter().any(|one| one == value));
            match &requirement.operator {
                Operator::Exists => value.is_some(),
                Operator::Absent => value.is_none(),
                Operator::In(values) => is_in(values),
                Operator::NotIn(values) => !is_in(values),
            }
        })
    }
}

/// The selector as an API server takes it.
impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Requirement { key, operator }) in self.requirements.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            match operator {
                Operator::Exists => write!(f, "{key}")?,
                Operator::Absent => write!(f, "!{key}")?,
                Operator::In(values) => write!(f, "{key} in ({})", values.join(","))?,
                Operator::NotIn(values) => write!(f, "{key} notin ({})", values.join(","))?,
            }
        }
        Ok(())
    }
}

/// Splits at commas that do not stand in parentheses.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut inside) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => inside = true,
            b')' => inside = false,
            b',' if !inside => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn requirement(text: &str) -> Result<Requirement, SelectorError> {
    let text = text.trim();
    if let Some(name) = text.strip_prefix('!') {
        return Ok(Requirement { key: key(name)?, operator: Operator::Absent });
    }
    for (sign, equal) in [("!=", false), ("==", true), ("=", true)] {
        if let Some((name, wanted)) = text.split_once(sign) {
            let wanted = vec![value(wanted)?];
            return Ok(Requirement {
                key: key(name)?,
                operator: if equal { Operator::In(wanted) } else { Operator::NotIn(wanted) },
            });
        }
    }
    let Some((name, rest)) = text.split_once(char::is_whitespace) else {
        return Ok(Requirement { key: key(text)?, operator: Operator::Exists });
    };
    let form = || SelectorError::Form(text.to_owned());
    let rest = rest.trim_start();
    let (list, equal) = match (rest.strip_prefix("in"), rest.strip_prefix("notin")) {
        (Some(list), _) => (list, true),
        (None, Some(list)) => (list, false),
        (None, None) => return Err(form()),
    };
    let values = list.trim().strip_prefix('(').and_then(|list| list.strip_suffix(')')).ok_or_else(form)?;
    let values = values.split(',').map(value).collect::<Result<_, _>>()?;
    Ok(Requirement { key: key(name)?, operator: if equal { Operator::In(values) } else { Operator::NotIn(values) } })
}

fn key(text: &str) -> Result<String, SelectorError> {
    let text = text.trim();
    let (domain, name) = text.rsplit_once('/').map_or((None, text), |(domain, name)| (Some(domain), name));
    let domain_fits = domain.is_none_or(|domain| {
        domain.len() <= 253
            && domain.split('.').all(|part| {
                is_word(part, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit(), |byte| byte == b'-')
            })
    });
    if domain_fits && is_name(name) { Ok(text.to_owned()) } else { Err(SelectorError::Key(text.to_owned())) }
}

fn value(text: &str) -> Result<String, SelectorError> {
    let text = text.trim();
    if text.is_empty() || is_name(text) { Ok(text.to_owned()) } else { Err(SelectorError::Value(text.to_owned())) }
}

fn is_name(text: &str) -> bool {
    text.len() <= 63 && is_word(text, |byte| byte.is_ascii_alphanumeric(), |byte| matches!(byte, b'-' | b'_' | b'.'))
}

/// Whether a text begins and ends with `outer` bytes and has at most `inner` ones besides.
fn is_word(text: &str, outer: fn(u8) -> bool, inner: fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| outer(*byte))
        && bytes.last().is_some_and(|byte| outer(*byte))
        && bytes.iter().all(|byte| outer(*byte) || inner(*byte))
}
