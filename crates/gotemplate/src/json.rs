//! JSON as Go's `encoding/json` reads and writes it.

use crate::error::Failure;
use crate::limits::{Limit, MAX_NESTING};
use crate::map::Map;
use crate::number;
use crate::value::Value;

/// How a value is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Every value on a line of its own.
    pub(crate) pretty: bool,
    /// `<`, `>` and `&` as they are.
    pub(crate) raw: bool,
}

/// Writes a value as JSON on one line.
///
/// # Errors
/// When a value has no form in JSON or the text grows too long.
pub fn write(value: &Value, limit: usize) -> Result<String, Failure> {
    write_styled(value, Style::default(), limit)
}

pub(crate) fn write_styled(value: &Value, style: Style, limit: usize) -> Result<String, Failure> {
    let mut writer = Writer { out: String::new(), style, limit };
    writer.value(value, 0)?;
    Ok(writer.out)
}

struct Writer {
    out: String,
    style: Style,
    limit: usize,
}

impl Writer {
    fn value(&mut self, value: &Value, depth: usize) -> Result<(), Failure> {
        if depth > MAX_NESTING {
            return Err(Limit::Nesting(MAX_NESTING).into());
        }
        if self.out.len() > self.limit {
            return Err(Limit::Text(self.limit).into());
        }
        match value {
            Value::NoValue | Value::Nil => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Int(value, _) => self.out.push_str(&value.to_string()),
            Value::Float(value) => {
                let text = number::json(*value);
                let text =
                    text.ok_or_else(|| Failure::new(format!("json: unsupported value: {}", number::general(*value))))?;
                self.out.push_str(&text);
            }
            Value::Complex(_) => return Err(Failure::new("json: unsupported type: complex128")),
            Value::Str(text) => self.text(text),
            Value::Raw(bytes) => self.text(&String::from_utf8_lossy(bytes)),
            Value::Bytes(bytes) => self.text(&crate::functions::base64(bytes)),
            Value::List(list) => self.list(list.items.iter(), depth)?,
            Value::Map(map) => self.object(map.entries().into_iter(), depth)?,
            Value::Object(object) => match (object.json_value(), object.entries()) {
                (Some(value), _) => self.value(&value, depth + 1)?,
                (None, Some(entries)) if object.kind_name() == "map" => self.object(entries.into_iter(), depth)?,
                (None, Some(entries)) => self.list(entries.iter().map(|(_, value)| value), depth)?,
                (None, None) => self.object(object.json_fields().into_iter(), depth)?,
            },
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.style.raw {
            let mut escaped = String::with_capacity(text.len() + 2);
            ks_object::write_json_str(text, &mut escaped);
            self.out.push_str(&escaped.replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&"));
        } else {
            ks_object::write_json_str(text, &mut self.out);
        }
    }

    fn list<'v>(&mut self, items: impl Iterator<Item = &'v Value>, depth: usize) -> Result<(), Failure> {
        self.out.push('[');
        let mut any = false;
        for item in items {
            self.next(&mut any, depth);
            self.value(item, depth + 1)?;
        }
        self.end(any, depth, ']');
        Ok(())
    }

    fn object<K: AsRef<str>>(
        &mut self,
        entries: impl Iterator<Item = (K, Value)>,
        depth: usize,
    ) -> Result<(), Failure> {
        self.out.push('{');
        let mut any = false;
        for (key, value) in entries {
            self.next(&mut any, depth);
            self.text(key.as_ref());
            self.out.push_str(if self.style.pretty { ": " } else { ":" });
            self.value(&value, depth + 1)?;
        }
        self.end(any, depth, '}');
        Ok(())
    }

    fn next(&mut self, any: &mut bool, depth: usize) {
        if std::mem::replace(any, true) {
            self.out.push(',');
        }
        self.new_line(depth + 1);
    }

    fn end(&mut self, any: bool, depth: usize, bracket: char) {
        if any {
            self.new_line(depth);
        }
        self.out.push(bracket);
    }

    fn new_line(&mut self, depth: usize) {
        if self.style.pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", depth));
        }
    }
}

/// Reads one JSON value. Numbers become `float64`. Errors are in the words of Go.
///
/// # Errors
/// When the text is not JSON or is nested too deep.
pub fn parse(text: &str) -> Result<Value, Failure> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value("looking for beginning of value")?;
    reader.space();
    match reader.peek() {
        None => Ok(value),
        Some(next) => Err(invalid(next, "after top-level value")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

const TOO_SHORT: &str = "unexpected end of JSON input";

fn invalid(character: char, context: &str) -> Failure {
    let shown = match character {
        '\'' => r"'\''".to_owned(),
        '"' => "'\"'".to_owned(),
        other => format!("'{}'", crate::quote(&other.to_string()).trim_matches('"')),
    };
    Failure::new(format!("invalid character {shown} {context}"))
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn value(&mut self, context: &str) -> Result<Value, Failure> {
        self.space();
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(Failure::new("exceeded max depth"));
        }
        let value = match self.peek() {
            None => return Err(Failure::new(TOO_SHORT)),
            Some('{') => self.object()?,
            Some('[') => self.list()?,
            Some('"') => Value::from(self.string()?),
            Some('t') => self.word("true", Value::Bool(true))?,
            Some('f') => self.word("false", Value::Bool(false))?,
            Some('n') => self.word("null", Value::Nil)?,
            Some('-' | '0'..='9') => self.number()?,
            Some(other) => return Err(invalid(other, context)),
        };
        self.depth -= 1;
        Ok(value)
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Failure> {
        for expected in word.chars() {
            match self.peek() {
                None => return Err(Failure::new(TOO_SHORT)),
                Some(found) if found == expected => self.at += 1,
                Some(found) => {
                    return Err(invalid(found, &format!("in literal {word} (expecting '{expected}')")));
                }
            }
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, Failure> {
        let start = self.at;
        if self.peek() == Some('-') {
            self.at += 1;
        }
        match self.peek() {
            Some('0') => self.at += 1,
            Some('1'..='9') => self.digits(),
            Some(other) => return Err(invalid(other, "in numeric literal")),
            None => return Err(Failure::new(TOO_SHORT)),
        }
        if self.peek() == Some('.') {
            self.at += 1;
            self.some_digits("after decimal point in numeric literal")?;
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.at += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.at += 1;
            }
            self.some_digits("in exponent of numeric literal")?;
        }
        let text = &self.text[start..self.at];
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Value::Float(value)),
            _ => Err(Failure::new(format!("json: cannot unmarshal number {text} into Go value of type float64"))),
        }
    }

    fn some_digits(&mut self, context: &str) -> Result<(), Failure> {
        match self.peek() {
            Some('0'..='9') => self.digits(),
            Some(other) => return Err(invalid(other, context)),
            None => return Err(Failure::new(TOO_SHORT)),
        }
        Ok(())
    }

    fn digits(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(|next: char| next.is_ascii_digit()).len();
    }

    fn list(&mut self) -> Result<Value, Failure> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value("looking for beginning of value")?);
            self.space();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(']') => {
                    self.at += 1;
                    return Ok(Value::list(items));
                }
                Some(other) => return Err(invalid(other, "after array element")),
                None => return Err(Failure::new(TOO_SHORT)),
            }
        }
    }

    fn object(&mut self) -> Result<Value, Failure> {
        self.at += 1;
        let map = Map::new();
        self.space();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(Value::Map(map));
        }
        loop {
            self.space();
            match self.peek() {
                Some('"') => {}
                Some(other) => return Err(invalid(other, "looking for beginning of object key string")),
                None => return Err(Failure::new(TOO_SHORT)),
            }
            let key = self.string()?;
            self.space();
            match self.peek() {
                Some(':') => self.at += 1,
                Some(other) => return Err(invalid(other, "after object key")),
                None => return Err(Failure::new(TOO_SHORT)),
            }
            map.set(&key, self.value("looking for beginning of value")?);
            self.space();
            match self.peek() {
                Some(',') => self.at += 1,
                Some('}') => {
                    self.at += 1;
                    return Ok(Value::Map(map));
                }
                Some(other) => return Err(invalid(other, "after object key:value pair")),
                None => return Err(Failure::new(TOO_SHORT)),
            }
        }
    }

    fn string(&mut self) -> Result<String, Failure> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(next) = self.peek() else { return Err(Failure::new(TOO_SHORT)) };
            self.at += next.len_utf8();
            match next {
                '"' => return Ok(out),
                '\\' => self.escape(&mut out)?,
                control if u32::from(control) < 0x20 => return Err(invalid(control, "in string literal")),
                other => out.push(other),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Failure> {
        let Some(next) = self.peek() else { return Err(Failure::new(TOO_SHORT)) };
        self.at += next.len_utf8();
        out.push(match next {
            '"' | '\\' | '/' => next,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                let pair = (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u");
                if !pair {
                    out.push(char::from_u32(first).unwrap_or('\u{fffd}'));
                    return Ok(());
                }
                let before = self.at;
                self.at += 2;
                let second = self.unit()?;
                if (0xdc00..0xe000).contains(&second) {
                    let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                    char::from_u32(code).unwrap_or('\u{fffd}')
                } else {
                    self.at = before;
                    '\u{fffd}'
                }
            }
            other => return Err(invalid(other, "in string escape code")),
        });
        Ok(())
    }

    fn unit(&mut self) -> Result<u32, Failure> {
        let mut value = 0;
        for _ in 0..4 {
            let Some(next) = self.peek() else { return Err(Failure::new(TOO_SHORT)) };
            let Some(digit) = next.to_digit(16) else {
                return Err(invalid(next, "in \\u hexadecimal character escape"));
            };
            value = value * 16 + digit;
            self.at += 1;
        }
        Ok(value)
    }
}
