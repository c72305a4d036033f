//! Functions of Go itself, and those of Helm that reach the templates.

use super::{Function, as_text, function, int, text};
use crate::access::{equals_any, index, length, order};
use crate::error::Failure;
use crate::exec::Exec;
use crate::format;
use crate::quote;
use crate::value::Value;
use std::cmp::Ordering;

pub(super) static FUNCTIONS: &[Function] = &[
    // Short-circuit functions are evaluated where they are called.
    function("and", "aa*", |_, _| Ok(Value::NoValue)),
    function("or", "aa*", |_, _| Ok(Value::NoValue)),
    function("not", "a", |_, args| Ok(Value::Bool(!args[0].truth()))),
    function("eq", "aa*", |_, args| equals_any(args).map(Value::Bool)),
    function("ne", "aa", |_, args| equals_any(args).map(|equal| Value::Bool(!equal))),
    function("lt", "aa", |_, args| compared(args, |order| order == Some(Ordering::Less))),
    function("le", "aa", |_, args| compared(args, |order| order.is_some_and(Ordering::is_le))),
    function("gt", "aa", |_, args| compared(args, |order| order == Some(Ordering::Greater))),
    function("ge", "aa", |_, args| compared(args, |order| order.is_some_and(Ordering::is_ge))),
    function("index", "aa*", |_, args| index(args)),
    function("len", "a", |_, args| {
        length(&args[0]).map(|length| Value::int(i64::try_from(length).unwrap_or(i64::MAX)))
    }),
    function("print", "a*", |exec, args| format::print(args, exec.limits().max_text).map(Value::from)),
    function("println", "a*", |exec, args| format::println(args, exec.limits().max_text).map(Value::from)),
    function("printf", "sa*", |exec, args| {
        format::printf(&text(&args[0]), &args[1..], exec.limits().max_text).map(Value::from)
    }),
    function("html", "a*", |exec, args| Ok(Value::from(escape_html(&joined(exec, args)?)))),
    function("js", "a*", |exec, args| Ok(Value::from(escape_js(&joined(exec, args)?)))),
    function("urlquery", "a*", |exec, args| Ok(Value::from(escape_query(&joined(exec, args)?)))),
    function("call", "aa*", |_, args| {
        Err(Failure::new(format!("non-function {} of type {}", args[0].type_name(), args[0].type_name())))
    }),
    function("include", "sa", |exec, args| exec.include(&text(&args[0]), args[1].clone()).map(Value::from)),
    function("tpl", "sa", |exec, args| exec.tpl(&text(&args[0]), args[1].clone()).map(Value::from)),
    function("required", "sa", |_, args| match &args[1] {
        Value::NoValue | Value::Nil => Err(Failure::new(text(&args[0]))),
        Value::Str(value) if value.is_empty() => Err(Failure::new(text(&args[0]))),
        value => Ok(value.clone()),
    }),
    function("fail", "s", |_, args| Err(Failure::new(text(&args[0])))),
    // No cluster is asked.
    function("lookup", "ssss", |_, _| Ok(Value::Map(crate::map::Map::new()))),
    // No name server is asked.
    function("getHostByName", "s", |_, _| Ok(Value::str(""))),
    function("hello", "", |_, _| Ok(Value::str("Hello!"))),
    function("default", "aa*", |_, args| {
        let given = args.get(1).filter(|given| !is_empty(given));
        Ok(given.unwrap_or(&args[0]).clone())
    }),
    function("empty", "a", |_, args| Ok(Value::Bool(is_empty(&args[0])))),
    function("coalesce", "a*", |_, args| Ok(args.iter().find(|value| !is_empty(value)).cloned().unwrap_or(Value::Nil))),
    function("all", "a*", |_, args| Ok(Value::Bool(!args.iter().any(is_empty)))),
    function("any", "a*", |_, args| Ok(Value::Bool(args.iter().any(|value| !is_empty(value))))),
    function("ternary", "aab", |_, args| Ok(args[usize::from(!args[2].truth())].clone())),
    function("until", "i", |exec, args| {
        let end = int(&args[0]);
        steps(exec, 0, end, if end < 0 { -1 } else { 1 })
    }),
    function("untilStep", "iii", |exec, args| steps(exec, int(&args[0]), int(&args[1]), int(&args[2]))),
];

/// Whether Sprig takes it for nothing: zero, false, empty.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.entries().is_some_and(|entries| entries.is_empty()),
        other => !other.truth(),
    }
}

fn compared(args: &[Value], test: fn(Option<Ordering>) -> bool) -> Result<Value, Failure> {
    order(&args[0], &args[1]).map(|order| Value::Bool(test(order)))
}

fn steps(exec: &mut Exec<'_>, start: i64, end: i64, step: i64) -> Result<Value, Failure> {
    let mut items = Vec::new();
    if step == 0 || (step > 0) != (end > start) || start == end {
        return Ok(Value::list_of(crate::value::ListKind::Ints, items));
    }
    let count = end.abs_diff(start) / step.unsigned_abs();
    exec.check_text(usize::try_from(count).unwrap_or(usize::MAX).saturating_mul(size_of::<Value>()))?;
    let mut at = start;
    while (step > 0 && at < end) || (step < 0 && at > end) {
        items.push(Value::int(at));
        let Some(next) = at.checked_add(step) else { break };
        at = next;
    }
    Ok(Value::list_of(crate::value::ListKind::Ints, items))
}

fn joined(exec: &Exec<'_>, args: &[Value]) -> Result<String, Failure> {
    match args {
        [one] => as_text(one, exec.limits().max_text).map(|text| text.to_string()),
        all => format::print(all, exec.limits().max_text),
    }
}

fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\0' => out.push('\u{fffd}'),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}

fn escape_js(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '"' => out.push_str("\\\""),
            '<' | '>' | '&' | '=' => out.push_str(&format!("\\u{:04X}", u32::from(character))),
            '\n' => out.push_str("\\u000A"),
            '\r' => out.push_str("\\u000D"),
            '\t' => out.push_str("\\u0009"),
            control if control.is_ascii_control() => out.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => {
                let quoted = quote(&other.to_string());
                if quoted.starts_with("\"\\u") { out.push_str(quoted.trim_matches('"')) } else { out.push(other) }
            }
        }
    }
    out
}

/// `url.QueryEscape`
pub(super) fn escape_query(text: &str) -> String {
    super::paths::escape(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
        .replace("%20", "+")
}
