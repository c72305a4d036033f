//! What a scalar's text means: to Kubernetes, YAML 1.1 as `sigs.k8s.io/yaml` reads it; to tools on newer Go YAML
//! libraries, nearly the core schema of YAML 1.2.

use crate::{number, timestamp};
use base64::Engine as _;
use ks_object::Kind;
use std::borrow::Cow;

/// What plain scalars mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Schema {
    /// YAML 1.1 as an API server and `kubectl` read it: `yes` and `on` are booleans, dates are texts.
    #[default]
    Kubernetes,
    /// As Kustomize reads manifests: `yes` and `on` are texts, dates are timestamps, keys are texts as they stand.
    Core,
}

/// A scalar with its type. The text is what [`ks_object::Builder::scalar`] wants.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scalar<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: Cow<'a, str>,
    /// The number, when it is a float that has a fraction or an exponent.
    pub(crate) float: Option<f64>,
}

impl<'a> Scalar<'a> {
    pub(crate) fn new(kind: Kind, text: impl Into<Cow<'a, str>>) -> Self {
        Self { kind, text: text.into(), float: None }
    }

    pub(crate) fn string(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Str, text)
    }

    /// A float in JSON form. Whoever reads that takes a whole one for an integer, and so do we: 1.0 is 1, -0.0 is 0.
    pub(crate) fn float(value: f64) -> Self {
        let text = match value {
            0.0 => "0".to_owned(),
            _ if value.is_finite() => number::json_float(value),
            _ => String::new(),
        };
        let kind = if text.parse::<i64>().is_ok() { Kind::Int } else { Kind::Float };
        Self { kind, text: Cow::Owned(text), float: Some(value) }
    }

    /// Whether it is a number that JSON has no form for.
    pub(crate) fn is_no_json(&self) -> bool {
        self.kind == Kind::Float && self.text.is_empty()
    }

    /// The text that this scalar has as a key of a mapping; `None` for null.
    pub(crate) fn into_key(self) -> Option<Cow<'a, str>> {
        match (self.kind, self.float) {
            (Kind::Null, _) => None,
            (_, Some(value)) => Some(Cow::Owned(number::key_float(value))),
            _ => Some(self.text),
        }
    }
}

/// The meaning of an unquoted scalar without a tag.
pub(crate) fn plain(text: Cow<'_, str>, schema: Schema) -> Scalar<'_> {
    if schema == Schema::Core {
        if matches!(&*text, "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON")
            || matches!(&*text, "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF")
        {
            return Scalar::string(text);
        }
        if let Some(time) = timestamp::json(&text) {
            return Scalar::string(time);
        }
    }
    let may_mean_more = match text.as_bytes().first() {
        None => true,
        Some(first) => matches!(
            first,
            b'+' | b'-' | b'.' | b'0'
                ..=b'9' | b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~'
        ),
    };
    if !may_mean_more {
        return Scalar::string(text);
    }
    if let Some(scalar) = word(&text) {
        return scalar;
    }
    match text {
        Cow::Borrowed(borrowed) => number(borrowed).unwrap_or(Scalar::string(text)),
        Cow::Owned(owned) => match number(&owned) {
            Some(number) => {
                Scalar { kind: number.kind, text: Cow::Owned(number.text.into_owned()), float: number.float }
            }
            None => Scalar::string(owned),
        },
    }
}

fn word<'a>(text: &str) -> Option<Scalar<'a>> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::new(Kind::Null, ""),
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::new(Kind::Bool, "true")
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::new(Kind::Bool, "false")
        }
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Scalar::float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Scalar::float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Scalar::float(f64::NAN),
        _ => return None,
    })
}

fn number(text: &str) -> Option<Scalar<'_>> {
    let first = *text.as_bytes().first()?;
    if first == b'.' {
        return number::float(text).map(Scalar::float);
    }
    if !matches!(first, b'+' | b'-' | b'0'..=b'9') {
        return None;
    }
    if !text.contains('_') {
        return match number::integer(text) {
            Some(whole) => Some(Scalar::new(Kind::Int, whole)),
            None => number::float(text).map(Scalar::float),
        };
    }
    let digits = text.replace('_', "");
    match number::integer(&digits) {
        Some(whole) => Some(Scalar::new(Kind::Int, whole.into_owned())),
        None => number::float(&digits).map(Scalar::float),
    }
}

/// The meaning of a scalar under a tag of YAML's own (`str` for `!!str`), quoted or not.
pub(crate) fn tagged<'a>(tag: &str, text: Cow<'a, str>) -> Result<Scalar<'a>, String> {
    let fits = |kinds: &[Kind]| {
        let scalar = plain(text.clone(), Schema::Kubernetes);
        if kinds.contains(&scalar.kind) {
            return Ok(scalar);
        }
        Err(format!("`{text}` is no value of type `!!{tag}`; correct the value or the tag"))
    };
    match tag {
        "null" => fits(&[Kind::Null]),
        "bool" => fits(&[Kind::Bool]),
        "int" => fits(&[Kind::Int]),
        "float" => fits(&[Kind::Int, Kind::Float]),
        "binary" => {
            let encoded: String = text.chars().filter(|char| !matches!(char, '\n' | '\r')).collect();
            match base64::engine::general_purpose::STANDARD.decode(encoded) {
                Ok(bytes) => Ok(Scalar::string(String::from_utf8_lossy(&bytes).into_owned())),
                Err(_) => Err("a `!!binary` value is not valid base64; encode it again".to_owned()),
            }
        }
        _ => Ok(Scalar::string(text)),
    }
}
