//! Encodings: base 64 and 32, JSON, YAML, TOML.

use super::{Function, base64, function, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::json::{Style, write_styled};
use crate::map::Map;
use crate::value::Value;
use crate::{json, toml, yaml};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

type Outcome = Result<Value, Failure>;

const RAW: Style = Style { pretty: false, raw: true };
const PRETTY: Style = Style { pretty: true, raw: false };
const PLAIN: Style = Style { pretty: false, raw: false };

pub(super) static FUNCTIONS: &[Function] = &[
    function("b64enc", "s", |_, args| Ok(Value::from(base64(args[0].bytes().unwrap_or_default())))),
    function("b64dec", "s", |_, args| {
        let encoded: String = text(&args[0]).chars().filter(|next| !matches!(next, '\n' | '\r')).collect();
        Ok(match STANDARD.decode(&encoded) {
            Ok(bytes) => Value::from_bytes(&bytes),
            Err(error) => Value::from(format!("illegal base64 data: {error}")),
        })
    }),
    function("b32enc", "s", |_, args| Ok(Value::from(base32(args[0].bytes().unwrap_or_default())))),
    function("b32dec", "s", |_, args| {
        Ok(match from_base32(&text(&args[0])) {
            Some(bytes) => Value::from_bytes(&bytes),
            None => Value::str("illegal base32 data at input byte 0"),
        })
    }),
    function("toJson", "a", |exec, args| or_nothing(to_json(exec, &args[0], PLAIN))),
    function("mustToJson", "a", |exec, args| to_json(exec, &args[0], PLAIN)),
    function("toPrettyJson", "a", |exec, args| or_nothing(to_json(exec, &args[0], PRETTY))),
    function("mustToPrettyJson", "a", |exec, args| to_json(exec, &args[0], PRETTY)),
    function("toRawJson", "a", |exec, args| to_json(exec, &args[0], RAW)),
    function("mustToRawJson", "a", |exec, args| to_json(exec, &args[0], RAW)),
    function("fromJson", "s", |_, args| Ok(map_or_error(json::parse(&text(&args[0]))))),
    function("mustFromJson", "s", |_, args| json::parse(&text(&args[0]))),
    function("fromJsonArray", "s", |_, args| Ok(list_or_error(json::parse(&text(&args[0]))))),
    function("toYaml", "a", |exec, args| or_nothing(to_yaml(exec, &args[0]))),
    function("mustToYaml", "a", |exec, args| to_yaml(exec, &args[0])),
    function("toYamlPretty", "a", |exec, args| {
        or_nothing(yaml::write_pretty(&args[0], exec.limits().max_text).map(without_last_break))
    }),
    function("fromYaml", "s", |_, args| Ok(map_or_error(yaml::parse(&text(&args[0]))))),
    function("fromYamlArray", "s", |_, args| Ok(list_or_error(yaml::parse(&text(&args[0]))))),
    function("toToml", "a", |exec, args| toml::write(&args[0], exec.limits().max_text).map(Value::from).or_else(said)),
    function("mustToToml", "a", |exec, args| toml::write(&args[0], exec.limits().max_text).map(Value::from)),
    function("fromToml", "s", |_, args| Ok(map_or_error(toml::parse(&text(&args[0]))))),
];

fn to_json(exec: &Exec<'_>, value: &Value, style: Style) -> Outcome {
    write_styled(value, style, exec.limits().max_text).map(Value::from)
}

fn to_yaml(exec: &Exec<'_>, value: &Value) -> Outcome {
    yaml::write(value, exec.limits().max_text).map(without_last_break)
}

fn without_last_break(mut text: String) -> Value {
    if text.ends_with('\n') {
        text.pop();
    }
    Value::from(text)
}

/// What cannot be written is an empty text; limits stay errors.
fn or_nothing(result: Outcome) -> Outcome {
    match result {
        Err(Failure::Message(_)) => Ok(Value::str("")),
        other => other,
    }
}

/// What cannot be written is the text of the error; limits stay errors.
fn said(failure: Failure) -> Outcome {
    match failure {
        Failure::Message(message) => Ok(Value::from(message)),
        other => Err(other),
    }
}

fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "bool",
        Value::Float(_) | Value::Int(..) => "number",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "string",
    }
}

fn map_or_error(parsed: Outcome) -> Value {
    let message = match parsed {
        Ok(Value::Map(map)) => return Value::Map(map),
        Ok(Value::Nil) => return Value::Map(Map::new()),
        Ok(other) => {
            format!("json: cannot unmarshal {} into Go value of type map[string]interface {{}}", json_kind(&other))
        }
        Err(failure) => failure.to_string(),
    };
    Value::dict([("Error", Value::from(message))])
}

fn list_or_error(parsed: Outcome) -> Value {
    let message = match parsed {
        Ok(list @ Value::List(_)) => return list,
        Ok(Value::Nil) => return Value::list(Vec::new()),
        Ok(other) => format!("json: cannot unmarshal {} into Go value of type []interface {{}}", json_kind(&other)),
        Err(failure) => failure.to_string(),
    };
    Value::list(vec![Value::from(message)])
}

const BASE_32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

pub(super) fn base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let mut five = [0; 8];
        five[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(five);
        let used = (chunk.len() * 8).div_ceil(5);
        for at in 0..8 {
            let index = usize::try_from(bits >> (35 - 5 * at) & 31).unwrap_or(0);
            out.push(if at < used { char::from(BASE_32[index]) } else { '=' });
        }
    }
    out
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|next| !matches!(next, '\n' | '\r')).collect();
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(8) {
        return None;
    }
    let (mut bits, mut count, mut out) = (0_u32, 0, Vec::new());
    for digit in digits.bytes() {
        let value = BASE_32.iter().position(|known| *known == digit)?;
        bits = bits << 5 | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(out)
}
