//! Texts: cutting, joining, padding.

use super::{Function, as_text, function, int, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::quoting::{quote, quote_bytes};
use crate::value::{ListKind, Value};

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("trim", "s", |_, args| Ok(Value::str(text(&args[0]).trim()))),
    function("trimAll", "ss", trim_all),
    function("trimall", "ss", trim_all),
    function("trimPrefix", "ss", |_, args| {
        let (prefix, text) = (text(&args[0]), text(&args[1]));
        Ok(Value::str(text.strip_prefix(prefix.as_str()).unwrap_or(&text)))
    }),
    function("trimSuffix", "ss", |_, args| {
        let (suffix, text) = (text(&args[0]), text(&args[1]));
        Ok(Value::str(text.strip_suffix(suffix.as_str()).unwrap_or(&text)))
    }),
    function("upper", "s", |_, args| Ok(Value::from(text(&args[0]).to_uppercase()))),
    function("lower", "s", |_, args| Ok(Value::from(text(&args[0]).to_lowercase()))),
    function("nospace", "s", |_, args| {
        Ok(Value::from(text(&args[0]).chars().filter(|next| !next.is_whitespace()).collect::<String>()))
    }),
    function("trunc", "is", trunc),
    function("substr", "iis", substr),
    function("abbrev", "is", |_, args| Ok(Value::from(abbreviate(&text(&args[1]), 0, int(&args[0]))))),
    function("abbrevboth", "iis", |_, args| Ok(Value::from(abbreviate(&text(&args[2]), int(&args[0]), int(&args[1]))))),
    function("repeat", "is", |exec, args| {
        let (count, text) = (usize::try_from(int(&args[0])), text(&args[1]));
        let count = count.map_err(|_| Failure::new("strings: negative Repeat count"))?;
        exec.check_text(text.len().saturating_mul(count))?;
        Ok(Value::from(text.repeat(count)))
    }),
    function("contains", "ss", |_, args| Ok(Value::Bool(text(&args[1]).contains(&text(&args[0]))))),
    function("hasPrefix", "ss", |_, args| Ok(Value::Bool(text(&args[1]).starts_with(&text(&args[0]))))),
    function("hasSuffix", "ss", |_, args| Ok(Value::Bool(text(&args[1]).ends_with(&text(&args[0]))))),
    function("quote", "a*", |exec, args| {
        surround(exec, args, |value, text| match value {
            Value::Raw(bytes) | Value::Bytes(bytes) => quote_bytes(bytes),
            _ => quote(text),
        })
    }),
    function("squote", "a*", |exec, args| surround(exec, args, |_, text| format!("'{text}'"))),
    function("cat", "a*", |exec, args| surround(exec, args, |_, text| text.to_owned())),
    function("indent", "is", |exec, args| indent(exec, int(&args[0]), &text(&args[1]), "")),
    function("nindent", "is", |exec, args| indent(exec, int(&args[0]), &text(&args[1]), "\n")),
    function("replace", "sss", |exec, args| {
        let (old, new, source) = (text(&args[0]), text(&args[1]), text(&args[2]));
        let times = if old.is_empty() { source.len() + 1 } else { source.matches(old.as_str()).count() };
        exec.check_text(times.saturating_mul(new.len()).saturating_add(source.len()))?;
        Ok(Value::from(source.replace(&old, &new)))
    }),
    function("plural", "ssi", |_, args| Ok(args[usize::from(int(&args[2]) != 1)].clone())),
    function("wrap", "is", |exec, args| wrap(exec, int(&args[0]), "\n", &text(&args[1]), false)),
    function("wrapWith", "iss", |exec, args| wrap(exec, int(&args[0]), &text(&args[1]), &text(&args[2]), true)),
    function("split", "ss", |_, args| {
        let (separator, text) = (text(&args[0]), text(&args[1]));
        Ok(numbered(parts(&text, &separator, None)))
    }),
    function("splitn", "sis", |_, args| {
        let (separator, count, text) = (text(&args[0]), int(&args[1]), text(&args[2]));
        match usize::try_from(count) {
            Ok(0) => Ok(numbered(Vec::new())),
            Ok(count) => Ok(numbered(parts(&text, &separator, Some(count)))),
            Err(_) => Ok(numbered(parts(&text, &separator, None))),
        }
    }),
    function("splitList", "ss", |_, args| {
        let (separator, text) = (text(&args[0]), text(&args[1]));
        Ok(Value::strings(parts(&text, &separator, None)))
    }),
    function("join", "sa", |exec, args| {
        let (separator, limit) = (text(&args[0]), exec.limits().max_text);
        let texts = texts(&args[1], limit)?;
        let length: usize = texts.iter().map(|text| text.len()).sum();
        exec.check_text(length.saturating_add(separator.len().saturating_mul(texts.len())))?;
        Ok(Value::from(texts.join(&separator)))
    }),
    function("toStrings", "a", |exec, args| Ok(Value::strings(texts(&args[0], exec.limits().max_text)?))),
    function("sortAlpha", "a", |exec, args| {
        if !matches!(args[0], Value::List(_)) {
            return Ok(Value::strings(texts(&args[0], exec.limits().max_text)?));
        }
        let mut texts = texts(&args[0], exec.limits().max_text)?;
        texts.sort_unstable();
        Ok(Value::strings(texts))
    }),
];

/// The texts of a list, without nil; of anything else, itself.
fn texts(value: &Value, limit: usize) -> Result<Vec<String>, Failure> {
    match value {
        Value::List(list) => {
            let given = list.items.iter().filter(|item| !item.is_nil());
            given.map(|item| as_text(item, limit).map(|text| text.to_string())).collect()
        }
        Value::NoValue | Value::Nil => Ok(Vec::new()),
        other => Ok(vec![as_text(other, limit)?.to_string()]),
    }
}

fn parts(text: &str, separator: &str, most: Option<usize>) -> Vec<String> {
    // An empty separator cuts between all characters.
    if separator.is_empty() {
        let chars: Vec<char> = text.chars().collect();
        let single = most.map_or(chars.len(), |most| chars.len().min(most.saturating_sub(1)));
        let mut parts: Vec<String> = chars[..single].iter().map(char::to_string).collect();
        if single < chars.len() {
            parts.push(chars[single..].iter().collect());
        }
        return parts;
    }
    match most {
        Some(most) => text.splitn(most, separator).map(str::to_owned).collect(),
        None => text.split(separator).map(str::to_owned).collect(),
    }
}

/// `_0`, `_1`, …
fn numbered(parts: Vec<String>) -> Value {
    let entries = parts.into_iter().enumerate().map(|(at, part)| (format!("_{at}"), Value::from(part)));
    Value::Map(crate::map::Map::from_entries(crate::map::MapKind::Strings, entries))
}

fn trim_all(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let (cutset, text) = (text(&args[0]), text(&args[1]));
    Ok(Value::str(text.trim_matches(|next| cutset.contains(next))))
}

/// Cuts by bytes, as Go does, whatever becomes of characters.
fn trunc(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let (count, bytes) = (int(&args[0]), args[1].bytes().unwrap_or_default());
    let size = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if size >= bytes.len() {
        return Ok(args[1].clone());
    }
    Ok(Value::from_bytes(if count < 0 { &bytes[bytes.len() - size..] } else { &bytes[..size] }))
}

fn substr(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let bytes = args[2].bytes().unwrap_or_default();
    let start = usize::try_from(int(&args[0])).unwrap_or(0);
    let end = usize::try_from(int(&args[1])).ok().filter(|end| *end <= bytes.len());
    let part = match end {
        None if int(&args[0]) < 0 => return Err(Failure::new("runtime error: slice bounds out of range")),
        end => bytes.get(start..end.unwrap_or(bytes.len())),
    };
    let out_of_range = || Failure::new(format!("runtime error: slice bounds out of range [{start}:{}]", bytes.len()));
    part.map(Value::from_bytes).ok_or_else(out_of_range)
}

fn abbreviate(text: &str, offset: i64, width: i64) -> String {
    let (Ok(mut offset), Ok(width)) = (usize::try_from(offset), usize::try_from(width)) else { return text.to_owned() };
    let chars: Vec<char> = text.chars().collect();
    if width < 4 || (offset > 0 && width < 7) || chars.len() <= width {
        return text.to_owned();
    }
    let cut = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    offset = offset.min(chars.len());
    if chars.len() - offset < width - 3 {
        offset = chars.len() - (width - 3);
    }
    if offset <= 4 {
        return cut(0, width - 3) + "...";
    }
    if offset + width - 3 < chars.len() {
        return "...".to_owned() + &abbreviate(&cut(offset, chars.len()), 0, i64::try_from(width - 3).unwrap_or(0));
    }
    "...".to_owned() + &cut(chars.len() - (width - 3), chars.len())
}

/// Every value that is not nil, with spaces between.
fn surround(exec: &mut Exec<'_>, args: &[Value], with: fn(&Value, &str) -> String) -> Outcome {
    let limit = exec.limits().max_text;
    let given = args.iter().filter(|value| !value.is_nil());
    let parts: Result<Vec<_>, _> = given.map(|value| as_text(value, limit).map(|text| with(value, &text))).collect();
    Ok(Value::from(parts?.join(" ")))
}

fn indent(exec: &mut Exec<'_>, spaces: i64, text: &str, before: &str) -> Outcome {
    let spaces = usize::try_from(spaces).map_err(|_| Failure::new("strings: negative Repeat count"))?;
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
    exec.check_text(lines.saturating_mul(spaces).saturating_add(text.len()))?;
    let pad = " ".repeat(spaces);
    let mut out = String::with_capacity(before.len() + text.len() + lines * spaces);
    out.push_str(before);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        out.push_str(&pad);
        out.push_str(line);
    }
    Ok(Value::from(out))
}

fn wrap(exec: &mut Exec<'_>, width: i64, separator: &str, text: &str, long_words: bool) -> Outcome {
    let width = usize::try_from(width).unwrap_or(1).max(1);
    exec.check_text((text.len() / width + 1).saturating_mul(separator.len()).saturating_add(text.len()))?;
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut offset = 0;
    while chars.len() - offset > width {
        if chars[offset] == ' ' {
            offset += 1;
            continue;
        }
        let last_space = chars[offset..=offset + width].iter().rposition(|next| *next == ' ').map(|at| at + offset);
        let end = match last_space {
            Some(at) => at,
            None if long_words => offset + width,
            None => match chars[offset + width..].iter().position(|next| *next == ' ') {
                Some(at) => offset + width + at,
                None => break,
            },
        };
        out.extend(&chars[offset..end]);
        out.push_str(separator);
        offset = if last_space.is_none() && long_words { end } else { end + 1 };
    }
    out.extend(&chars[offset..]);
    Ok(Value::from(out))
}

/// A list of texts, for families beside this one.
pub(super) fn strings(items: Vec<String>) -> Value {
    Value::list_of(ListKind::Strings, items.into_iter().map(Value::from).collect())
}
