//! Prints values as Go's `fmt` does.

use crate::error::Failure;
use crate::limits::{Limit, MAX_NESTING};
use crate::number;
use crate::quoting::{quote, quote_bytes};
use crate::value::{IntKind, Value};

/// What a template prints for a value.
pub(crate) fn display(value: &Value, limit: usize) -> Result<String, Failure> {
    match value {
        Value::NoValue | Value::Nil => Ok("<no value>".to_owned()),
        other => verb_v(other, limit),
    }
}

/// `%v`
pub(crate) fn verb_v(value: &Value, limit: usize) -> Result<String, Failure> {
    let mut out = String::new();
    write_v(value, &mut out, limit, 0)?;
    Ok(out)
}

fn write_v(value: &Value, out: &mut String, limit: usize, depth: usize) -> Result<(), Failure> {
    if depth > MAX_NESTING {
        return Err(Limit::Nesting(MAX_NESTING).into());
    }
    if out.len() > limit {
        return Err(Limit::Text(limit).into());
    }
    match value {
        Value::NoValue | Value::Nil => out.push_str("<nil>"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(value, IntKind::Duration) => out.push_str(&crate::duration::print(*value)),
        Value::Int(value, IntKind::Uint64) => out.push_str(&value.cast_unsigned().to_string()),
        Value::Int(value, _) => out.push_str(&value.to_string()),
        Value::Float(value) => out.push_str(&number::general(*value)),
        Value::Complex(value) => {
            out.push_str("(0+");
            out.push_str(&number::general(*value));
            out.push_str("i)");
        }
        Value::Str(text) => out.push_str(text),
        Value::Raw(bytes) => out.push_str(&String::from_utf8_lossy(bytes)),
        Value::Bytes(bytes) => {
            let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
            out.push('[');
            out.push_str(&numbers.join(" "));
            out.push(']');
        }
        Value::List(list) => {
            out.push('[');
            for (at, item) in list.items.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                write_v(item, out, limit, depth + 1)?;
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push_str("map[");
            for (at, (key, value)) in map.entries().iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                out.push_str(key);
                out.push(':');
                write_v(value, out, limit, depth + 1)?;
            }
            out.push(']');
        }
        Value::Object(object) => out.push_str(&object.print()),
    }
    Ok(())
}

/// `fmt.Sprint`: spaces between operands when neither is a text.
pub(crate) fn print(args: &[Value], limit: usize) -> Result<String, Failure> {
    let is_text = |value: &Value| matches!(value, Value::Str(_) | Value::Raw(_));
    let mut out = String::new();
    for (at, value) in args.iter().enumerate() {
        if at > 0 && !is_text(value) && !is_text(&args[at - 1]) {
            out.push(' ');
        }
        write_v(value, &mut out, limit, 0)?;
    }
    Ok(out)
}

/// `fmt.Sprintln`
pub(crate) fn println(args: &[Value], limit: usize) -> Result<String, Failure> {
    let texts: Result<Vec<_>, _> = args.iter().map(|value| verb_v(value, limit)).collect();
    Ok(texts?.join(" ") + "\n")
}

#[derive(Default)]
struct Flags {
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// `fmt.Sprintf`
pub(crate) fn printf(format: &str, args: &[Value], limit: usize) -> Result<String, Failure> {
    let mut out = String::with_capacity(format.len());
    let mut chars = format.chars().peekable();
    let (mut next, mut reordered) = (0, false);
    while let Some(character) = chars.next() {
        if character != '%' {
            out.push(character);
            continue;
        }
        let mut flags = Flags::default();
        while let Some(flag) = chars.peek() {
            match flag {
                '-' => flags.minus = true,
                '+' => flags.plus = true,
                '#' => flags.sharp = true,
                ' ' => flags.space = true,
                '0' => flags.zero = true,
                _ => break,
            }
            chars.next();
        }
        reordered |= index(&mut chars, &mut next);
        flags.width = size(&mut chars, args, &mut next, &mut flags.minus);
        if chars.peek() == Some(&'.') {
            chars.next();
            reordered |= index(&mut chars, &mut next);
            flags.precision = Some(size(&mut chars, args, &mut next, &mut false).unwrap_or(0));
        }
        reordered |= index(&mut chars, &mut next);
        if flags.width.unwrap_or(0).max(flags.precision.unwrap_or(0)) > 1_000_000 {
            return Err(Failure::new("printf: a width or precision is beyond a million"));
        }
        match chars.next() {
            None => out.push_str("%!(NOVERB)"),
            Some('%') => out.push('%'),
            Some(verb) => match args.get(next) {
                None => {
                    out.push_str("%!");
                    out.push(verb);
                    out.push_str("(MISSING)");
                }
                Some(value) => {
                    next += 1;
                    one(value, verb, &flags, &mut out, limit)?;
                }
            },
        }
        if out.len() > limit {
            return Err(Limit::Text(limit).into());
        }
    }
    if !reordered && next < args.len() {
        out.push_str("%!(EXTRA ");
        for (at, value) in args[next..].iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            if value.is_nil() {
                out.push_str("<nil>");
            } else {
                out.push_str(value.type_name());
                out.push('=');
                write_v(value, &mut out, limit, 0)?;
            }
        }
        out.push(')');
    }
    Ok(out)
}

type Rest<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// `[2]`: the argument that comes next.
fn index(chars: &mut Rest<'_>, next: &mut usize) -> bool {
    if chars.peek() != Some(&'[') {
        return false;
    }
    chars.next();
    let mut number = String::new();
    for digit in chars.by_ref() {
        if digit == ']' {
            break;
        }
        number.push(digit);
    }
    *next = number.parse::<usize>().unwrap_or(usize::MAX).saturating_sub(1);
    true
}

fn size(chars: &mut Rest<'_>, args: &[Value], next: &mut usize, minus: &mut bool) -> Option<usize> {
    if chars.peek() == Some(&'*') {
        chars.next();
        let value = args.get(*next);
        *next += 1;
        return match value {
            Some(Value::Int(value, _)) => {
                *minus |= *value < 0;
                usize::try_from(value.unsigned_abs()).ok()
            }
            _ => None,
        };
    }
    let mut number = None;
    while let Some(digit) = chars.peek().and_then(|next| next.to_digit(10)) {
        number = Some(number.unwrap_or(0_usize).saturating_mul(10).saturating_add(digit as usize));
        chars.next();
    }
    number
}

fn one(value: &Value, verb: char, flags: &Flags, out: &mut String, limit: usize) -> Result<(), Failure> {
    let text = match (verb, value) {
        ('T', value) => value.type_name().to_owned(),
        ('v', Value::Str(text)) if flags.sharp => quote(text),
        ('v', Value::Int(..) | Value::Float(_)) => return number_verb(value, verb, flags, out),
        ('v', value) => verb_v(value, limit)?,
        (_, Value::NoValue | Value::Nil) => format!("%!{verb}(<nil>)"),
        ('t', Value::Bool(value)) => value.to_string(),
        ('s' | 'q' | 'x' | 'X', Value::Str(_) | Value::Raw(_) | Value::Bytes(_)) => {
            let bytes = value.bytes().unwrap_or_default();
            let cut = flags.precision.map_or(bytes, |keep| cut(bytes, keep));
            match verb {
                's' => String::from_utf8_lossy(cut).into_owned(),
                'q' => quote_bytes(cut),
                'x' => cut.iter().map(|byte| format!("{byte:02x}")).collect(),
                _ => cut.iter().map(|byte| format!("{byte:02X}")).collect(),
            }
        }
        (_, Value::List(list)) => {
            out.push('[');
            for (at, item) in list.items.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                one(item, verb, flags, out, limit)?;
            }
            out.push(']');
            return Ok(());
        }
        (_, Value::Map(map)) => {
            out.push_str("map[");
            for (at, (key, value)) in map.entries().iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                one(&Value::Str(key.clone()), verb, flags, out, limit)?;
                out.push(':');
                one(value, verb, flags, out, limit)?;
            }
            out.push(']');
            return Ok(());
        }
        ('s' | 'q', Value::Object(object)) => {
            let text = object.print();
            if verb == 'q' { quote(&text) } else { text }
        }
        ('s', Value::Int(duration, IntKind::Duration)) => crate::duration::print(*duration),
        (_, Value::Int(..) | Value::Float(_)) => return number_verb(value, verb, flags, out),
        _ => bad(value, verb, limit)?,
    };
    pad(&text, flags, out);
    Ok(())
}

fn bad(value: &Value, verb: char, limit: usize) -> Result<String, Failure> {
    Ok(format!("%!{verb}({}={})", value.type_name(), verb_v(value, limit)?))
}

/// At most so many characters.
fn cut(bytes: &[u8], keep: usize) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.char_indices().nth(keep).map_or(bytes, |(end, _)| &bytes[..end]),
        Err(_) => &bytes[..keep.min(bytes.len())],
    }
}

fn number_verb(value: &Value, verb: char, flags: &Flags, out: &mut String) -> Result<(), Failure> {
    let (negative, digits) = match value {
        Value::Int(duration, IntKind::Duration) if verb == 'v' => (false, crate::duration::print(*duration)),
        Value::Int(number, _) => {
            let size = number.unsigned_abs();
            let digits = match verb {
                'd' | 'v' => size.to_string(),
                'x' => format!("{}{size:x}", if flags.sharp { "0x" } else { "" }),
                'X' => format!("{}{size:X}", if flags.sharp { "0X" } else { "" }),
                'o' => format!("{}{size:o}", if flags.sharp { "0" } else { "" }),
                'O' => format!("0o{size:o}"),
                'b' => format!("{size:b}"),
                'c' => u32::try_from(size).ok().and_then(char::from_u32).unwrap_or('\u{fffd}').to_string(),
                'q' => {
                    let character = u32::try_from(size).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
                    format!("'{character}'")
                }
                'U' => format!("U+{size:04X}"),
                _ => {
                    pad(&bad(value, verb, usize::MAX)?, flags, out);
                    return Ok(());
                }
            };
            let digits = match flags.precision {
                Some(wanted) if digits.len() < wanted => format!("{}{digits}", "0".repeat(wanted - digits.len())),
                _ => digits,
            };
            (*number < 0, digits)
        }
        Value::Float(value) => {
            let size = value.abs();
            let digits = match (verb, flags.precision) {
                ('v' | 'g' | 'G', None) => number::general(size),
                ('v', Some(precision)) => number::with_precision(size, 'g', precision),
                ('e' | 'E' | 'f' | 'F', precision) => number::with_precision(size, verb, precision.unwrap_or(6)),
                ('g' | 'G', Some(precision)) => number::with_precision(size, verb, precision),
                _ => {
                    pad(&bad(&Value::Float(*value), verb, usize::MAX)?, flags, out);
                    return Ok(());
                }
            };
            (value.is_sign_negative() && !value.is_nan(), digits)
        }
        _ => (false, String::new()),
    };
    let sign = match (negative, flags.plus, flags.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    };
    let length = sign.len() + digits.chars().count();
    match flags.width {
        Some(width)
            if flags.zero
                && !flags.minus
                && width > length
                && flags.precision.is_none_or(|_| matches!(value, Value::Float(_))) =>
        {
            out.push_str(sign);
            out.extend(std::iter::repeat_n('0', width - length));
            out.push_str(&digits);
        }
        _ => pad(&format!("{sign}{digits}"), flags, out),
    }
    Ok(())
}

fn pad(text: &str, flags: &Flags, out: &mut String) {
    let missing = flags.width.unwrap_or(0).saturating_sub(text.chars().count());
    let fill = if flags.zero && !flags.minus { '0' } else { ' ' };
    if !flags.minus {
        out.extend(std::iter::repeat_n(fill, missing));
    }
    out.push_str(text);
    if flags.minus {
        out.extend(std::iter::repeat_n(' ', missing));
    }
}
