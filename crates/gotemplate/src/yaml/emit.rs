//! Writes YAML.

use crate::error::Failure;
use crate::limits::{Limit, MAX_NESTING};
use crate::number;
use crate::value::Value;
use std::cmp::Ordering;
use std::fmt::Write as _;
use std::rc::Rc;

/// Keys longer than this are written as `? key`.
const LONGEST_KEY: usize = 128;

/// Writes a value as `sigs.k8s.io/yaml` does, with a line break at the end.
///
/// # Errors
/// When a value has no form in JSON or the text grows too long.
pub fn write(value: &Value, limit: usize) -> Result<String, Failure> {
    emit(value, false, limit)
}

/// The same with lists indented below their keys.
pub(crate) fn write_pretty(value: &Value, limit: usize) -> Result<String, Failure> {
    emit(value, true, limit)
}

fn emit(value: &Value, pretty: bool, limit: usize) -> Result<String, Failure> {
    let mut writer = Writer { out: String::new(), pretty, limit };
    writer.node(value, 0, At::Line, 0)?;
    Ok(writer.out)
}

/// Where a value begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the start of a line, or behind `- `: the first entry stands here.
    Line,
    /// Behind `key:`.
    Key,
}

struct Writer {
    out: String,
    pretty: bool,
    limit: usize,
}

/// What a value is to YAML.
enum Shape {
    Scalar(Value),
    List(Vec<Value>),
    Map(Vec<(Rc<str>, Value)>),
}

fn shape(value: &Value) -> Shape {
    match value {
        Value::List(list) => Shape::List(list.items.clone()),
        Value::Map(map) => Shape::Map(map.entries()),
        Value::Bytes(bytes) => Shape::Scalar(Value::from(crate::functions::base64(bytes))),
        Value::Raw(bytes) => Shape::Scalar(Value::from(String::from_utf8_lossy(bytes).into_owned())),
        Value::Object(object) => match (object.json_value(), object.entries()) {
            (Some(value), _) => shape(&value),
            (None, Some(entries)) if object.kind_name() == "map" => Shape::Map(entries),
            (None, Some(entries)) => Shape::List(entries.into_iter().map(|(_, value)| value).collect()),
            (None, None) => {
                Shape::Map(object.json_fields().into_iter().map(|(key, value)| (Rc::from(key), value)).collect())
            }
        },
        other => Shape::Scalar(other.clone()),
    }
}

impl Writer {
    fn node(&mut self, value: &Value, indent: usize, at: At, depth: usize) -> Result<(), Failure> {
        if depth > MAX_NESTING {
            return Err(Limit::Nesting(MAX_NESTING).into());
        }
        if self.out.len() > self.limit {
            return Err(Limit::Text(self.limit).into());
        }
        match shape(value) {
            Shape::Scalar(value) => {
                if at == At::Key {
                    self.out.push(' ');
                }
                self.scalar(&value, indent)
            }
            Shape::List(items) if items.is_empty() => {
                self.out.push_str(if at == At::Key { " []\n" } else { "[]\n" });
                Ok(())
            }
            Shape::Map(entries) if entries.is_empty() => {
                self.out.push_str(if at == At::Key { " {}\n" } else { "{}\n" });
                Ok(())
            }
            Shape::List(items) => self.list(&items, indent, at, depth),
            Shape::Map(entries) => self.map(entries, indent, at, depth),
        }
    }

    fn list(&mut self, items: &[Value], indent: usize, at: At, depth: usize) -> Result<(), Failure> {
        // A list below a key stands in the column of the key.
        let indent = if at == At::Key && !self.pretty { indent.saturating_sub(2) } else { indent };
        if at == At::Key {
            self.out.push('\n');
        }
        for (number, item) in items.iter().enumerate() {
            if number > 0 || at == At::Key {
                self.spaces(indent);
            }
            self.out.push_str("- ");
            self.node(item, indent + 2, At::Line, depth + 1)?;
        }
        Ok(())
    }

    fn map(&mut self, mut entries: Vec<(Rc<str>, Value)>, indent: usize, at: At, depth: usize) -> Result<(), Failure> {
        entries.sort_by(|a, b| natural(&a.0, &b.0));
        if at == At::Key {
            self.out.push('\n');
        }
        for (number, (key, value)) in entries.iter().enumerate() {
            if number > 0 || at == At::Key {
                self.spaces(indent);
            }
            if key.len() > LONGEST_KEY {
                self.out.push_str("? ");
                self.text(key, indent + 2, false);
                self.spaces(indent);
            } else {
                self.text(key, indent, true);
            }
            self.out.push(':');
            self.node(value, indent + 2, At::Key, depth + 1)?;
        }
        Ok(())
    }

    fn spaces(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    fn scalar(&mut self, value: &Value, indent: usize) -> Result<(), Failure> {
        match value {
            Value::NoValue | Value::Nil => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Int(value, _) => self.out.push_str(&value.to_string()),
            Value::Float(value) => self.out.push_str(&float(*value)?),
            Value::Str(text) => {
                self.text(text, indent, false);
                return Ok(());
            }
            other => return Err(Failure::new(format!("json: unsupported type: {}", other.type_name()))),
        }
        self.out.push('\n');
        Ok(())
    }

    /// A text as a value, with the line break behind it, or as a key.
    fn text(&mut self, text: &str, indent: usize, is_key: bool) {
        let facts = Facts::of(text);
        if text.contains('\n') {
            if facts.block && !is_key {
                self.literal(text, indent);
                return;
            }
            double_quoted(text, &mut self.out);
        } else if !reads_as_text(text) || is_base_60(text) {
            double_quoted(text, &mut self.out);
        } else if facts.plain {
            self.out.push_str(text);
        } else if facts.single {
            self.out.push('\'');
            self.out.push_str(&text.replace('\'', "''"));
            self.out.push('\'');
        } else {
            double_quoted(text, &mut self.out);
        }
        if !is_key {
            self.out.push('\n');
        }
    }

    fn literal(&mut self, text: &str, indent: usize) {
        // At the top level the lines of the text are indented, too.
        let indent = indent.max(2);
        self.out.push('|');
        if text.starts_with([' ', '\n', '\u{85}', '\u{2028}', '\u{2029}']) {
            self.out.push('2');
        }
        let lines = match text.strip_suffix('\n') {
            None => {
                self.out.push('-');
                text
            }
            Some(rest) => {
                if rest.is_empty() || rest.ends_with('\n') {
                    self.out.push('+');
                }
                rest
            }
        };
        self.out.push('\n');
        for line in lines.split('\n') {
            if !line.is_empty() {
                self.spaces(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }
}

/// JSON has one kind of number: whole ones that fit are integers to YAML again.
fn float(value: f64) -> Result<String, Failure> {
    let Some(text) = number::json(value) else {
        return Err(Failure::new(format!("json: unsupported value: {}", number::general(value))));
    };
    let whole = text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok();
    Ok(if whole { text } else { number::general(value) })
}

/// Whether this text, written without quotes, is read as the same text.
fn reads_as_text(text: &str) -> bool {
    !text.is_empty() && text != "<<" && ks_yaml::is_plain_text(text) && !is_timestamp(text)
}

/// `2024-05-06`, perhaps with a time.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes[4] != b'-' || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = |part: &str, range: std::ops::RangeInclusive<u32>| {
        digits(part, 2) && part.parse().is_ok_and(|number| range.contains(&number))
    };
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[5..at.max(5)], Some((&text[at..=at], &text[at + 1..]))),
        None => (&text[5..], None),
    };
    let Some((month, day)) = date.split_once('-') else { return false };
    if !in_range(month, 1..=12) || !in_range(day, 1..=31) {
        return false;
    }
    let Some((separator, time)) = time else { return true };
    let zone_at = time.find(['Z', '+', '-']);
    let (time, zone) = zone_at.map_or((time, ""), |at| time.split_at(at));
    let zone_fits = match zone.as_bytes() {
        [] => separator == " ",
        [b'Z'] => separator != " ",
        [b'+' | b'-', _, _, b':', _, _] => separator != " ",
        _ => false,
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    zone_fits
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(parts[..], [hour, minute, second] if in_range(hour, 0..=23) && in_range(minute, 0..=59) && in_range(second, 0..=59))
}

/// `1:30` and its like were numbers once: they are quoted so that nobody reads them so.
fn is_base_60(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let Some((first, rest)) = unsigned.split_once(':') else { return false };
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if !first.starts_with(|next: char| next.is_ascii_digit()) || !number(first) {
        return false;
    }
    let (rest, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let sixtieth = |part: &str| match part.as_bytes() {
        [one] => one.is_ascii_digit(),
        [ten, one] => (b'0'..=b'5').contains(ten) && one.is_ascii_digit(),
        _ => false,
    };
    number(fraction) && rest.split(':').all(sixtieth)
}

/// In which styles a text can be written.
struct Facts {
    plain: bool,
    single: bool,
    block: bool,
}

impl Facts {
    fn of(text: &str) -> Self {
        let mut indicators = text.starts_with("---") || text.starts_with("...");
        let (mut special, mut leading, mut trailing_space, mut trailing_break) = (false, false, false, false);
        let (mut break_space, mut space_break, mut breaks) = (false, false, false);
        let (mut after_space, mut after_break, mut after_blank) = (false, false, true);
        let mut chars = text.char_indices().peekable();
        while let Some((at, character)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            let blank_follows = next.is_none_or(is_blank);
            indicators |= match character {
                '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`'
                    if at == 0 =>
                {
                    true
                }
                '?' | '-' if at == 0 => blank_follows,
                ':' => blank_follows,
                '#' => after_blank,
                _ => false,
            };
            special |= !is_printable(character);
            if character == ' ' {
                leading |= at == 0;
                trailing_space |= next.is_none();
                break_space |= after_break;
                (after_space, after_break) = (true, false);
            } else if is_break(character) {
                breaks = true;
                leading |= at == 0;
                trailing_break |= next.is_none();
                space_break |= after_space;
                (after_space, after_break) = (false, true);
            } else {
                (after_space, after_break) = (false, false);
            }
            after_blank = is_blank(character);
        }
        let hard = space_break || special;
        Self {
            plain: !(hard || indicators || breaks || leading || trailing_space || trailing_break || break_space),
            single: !(hard || break_space),
            block: !(hard || trailing_space || text.is_empty()),
        }
    }
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t') || is_break(character)
}

fn is_printable(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}') && character != '\u{feff}'
}

fn double_quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        let short = match character {
            '\0' => '0',
            '\u{07}' => 'a',
            '\u{08}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{0b}' => 'v',
            '\u{0c}' => 'f',
            '\r' => 'r',
            '\u{1b}' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u{85}' => 'N',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            other if is_printable(other) => {
                out.push(other);
                continue;
            }
            other => {
                // Writing to a text cannot fail.
                let _ = match u32::from(other) {
                    code @ 0..=0xff => write!(out, "\\x{code:02X}"),
                    code @ 0x100..=0xffff => write!(out, "\\u{code:04X}"),
                    code => write!(out, "\\U{code:08X}"),
                };
                continue;
            }
        };
        out.push('\\');
        out.push(short);
    }
    out.push('"');
}

/// The order of keys: letters behind other characters, numbers inside texts by their size.
fn natural(a: &str, b: &str) -> Ordering {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut digits = false;
    for at in 0..a.len().min(b.len()) {
        if a[at] == b[at] {
            digits = a[at].is_numeric();
            continue;
        }
        let (left, right) = (a[at].is_alphabetic(), b[at].is_alphabetic());
        if left && right {
            return a[at].cmp(&b[at]);
        }
        if left || right {
            let less = if digits { left } else { right };
            return if less { Ordering::Less } else { Ordering::Greater };
        }
        let leading = if (a[at] == '0' || b[at] == '0')
            && a[..at].iter().rev().take_while(|digit| digit.is_ascii_digit()).any(|digit| *digit != '0')
        {
            1
        } else {
            0
        };
        let number = |text: &[char]| {
            let run = text[at..].iter().take_while(|digit| digit.is_ascii_digit());
            run.fold((leading, 0_usize), |(value, length): (i64, usize), digit| {
                let digit = i64::from(digit.to_digit(10).unwrap_or(0));
                (value.wrapping_mul(10).wrapping_add(digit), length + 1)
            })
        };
        let ((left, left_end), (right, right_end)) = (number(&a), number(&b));
        return left.cmp(&right).then(left_end.cmp(&right_end)).then(a[at].cmp(&b[at]));
    }
    a.len().cmp(&b.len())
}
