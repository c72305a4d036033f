//! Conversions between types.

use super::{Function, as_text, function};
use crate::number;
use crate::value::{IntKind, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    function("toString", "a", |exec, args| match &args[0] {
        Value::Str(_) | Value::Raw(_) => Ok(args[0].clone()),
        Value::Bytes(bytes) => Ok(Value::from_bytes(bytes)),
        other => as_text(other, exec.limits().max_text).map(Value::Str),
    }),
    function("int", "a", |_, args| Ok(Value::int(to_int(&args[0])))),
    function("int64", "a", |_, args| Ok(Value::int64(to_int(&args[0])))),
    function("float64", "a", |_, args| Ok(Value::Float(to_float(&args[0])))),
    function("atoi", "s", |_, args| Ok(Value::int(args[0].text().and_then(|text| text.parse().ok()).unwrap_or(0)))),
    function("toDecimal", "a", |exec, args| {
        let text = as_text(&args[0], exec.limits().max_text)?;
        Ok(Value::int64(i64::from_str_radix(&text, 8).unwrap_or(0)))
    }),
];

/// What Sprig makes of any value where it wants a whole number; 0 of what is none.
#[expect(clippy::cast_possible_truncation, reason = "so does the original")]
pub(super) fn to_int(value: &Value) -> i64 {
    match value {
        Value::Int(value, _) => *value,
        Value::Float(value) => *value as i64,
        Value::Bool(value) => i64::from(*value),
        other => match other.text() {
            Some(text) => {
                // `3.0` is whole, `3.5` is no whole number.
                let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
                number::integer(whole.map_or(&text, |(whole, _)| whole)).unwrap_or(0)
            }
            None => 0,
        },
    }
}

/// What Sprig makes of any value where it wants a number; 0 of what is none.
#[expect(clippy::cast_precision_loss, reason = "so does the original")]
pub(super) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Int(value, IntKind::Uint64) => value.cast_unsigned() as f64,
        Value::Int(value, _) => *value as f64,
        Value::Float(value) => *value,
        Value::Bool(value) => f64::from(u8::from(*value)),
        other => other.text().and_then(|text| text.parse().ok()).unwrap_or(0.0),
    }
}
