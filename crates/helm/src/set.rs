//! Values given by flags: `--set a.b[0]=c,d={e,f}` and its relatives.

use ks_gotemplate::{Map, Value, from_json};

/// Longest list that an index may make.
const MAX_INDEX: usize = 65_536;
/// Deepest path.
const MAX_DEPTH: usize = 30;

/// What a value becomes.
#[derive(Clone, Copy)]
pub(crate) enum Reading<'r> {
    /// Numbers, booleans and null where they look like it: `--set`.
    Typed,
    /// Always a text: `--set-string`.
    Text,
    /// JSON: `--set-json`.
    Json,
    /// What the function makes of it: `--set-file`.
    File(&'r dyn Fn(&str) -> Result<String, String>),
    /// All that follows the `=`, as it is: `--set-literal`.
    Literal,
}

/// Sets what a flag says.
pub(crate) fn set(flag: &str, reading: Reading<'_>, values: &Map) -> Result<(), String> {
    if matches!(reading, Reading::Json) && flag.trim_start().starts_with('{') {
        return match from_json(flag) {
            Ok(Value::Map(map)) => {
                crate::values::overlay(values, &map);
                Ok(())
            }
            Ok(_) => Err("must be a JSON object or key=value".to_owned()),
            Err(failure) => Err(failure.to_string()),
        };
    }
    let mut parser = Parser { rest: flag, reading };
    while !parser.rest.is_empty() {
        parser.key(values, 0)?;
    }
    Ok(())
}

struct Parser<'a> {
    rest: &'a str,
    reading: Reading<'a>,
}

/// What a list item is given besides a nested map.
enum Given {
    Value(Value),
    Nothing,
}

impl Parser<'_> {
    /// Takes text up to one of some characters, which is taken, too. A backslash takes away the meaning of what follows.
    fn until(&mut self, stops: &str) -> (String, Option<char>) {
        let escapes = !matches!(self.reading, Reading::Literal);
        let mut text = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next() {
                None => {
                    self.rest = "";
                    return (text, None);
                }
                Some('\\') if escapes => text.extend(chars.next()),
                Some(stop) if stops.contains(stop) => {
                    self.rest = chars.as_str();
                    return (text, Some(stop));
                }
                Some(other) => text.push(other),
            }
        }
    }

    fn key(&mut self, values: &Map, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!(
                "value name nested level is greater than maximum supported nested level of {MAX_DEPTH}"
            ));
        }
        let literal = matches!(self.reading, Reading::Literal);
        let (key, stop) = self.until(if literal { "=[." } else { "=[,." });
        match stop {
            None if key.is_empty() => Ok(()),
            None => Err(format!("key {key:?} has no value")),
            Some('[') => {
                let index = self.index()?;
                let list = match values.get(&key) {
                    Some(Value::List(list)) => list.items.clone(),
                    _ => Vec::new(),
                };
                let list = self.item(list, index, depth)?;
                values.set(&key, Value::list(list));
                Ok(())
            }
            Some('=') => {
                let value = self.value().map_err(|problem| format!("key {key:?}: {problem}"))?;
                if !key.is_empty() {
                    values.set(&key, value);
                }
                Ok(())
            }
            Some('.') => {
                let inner = match values.get(&key) {
                    Some(Value::Map(map)) => map,
                    _ => Map::new(),
                };
                self.key(&inner, depth + 1)?;
                if inner.is_empty() {
                    return Err(format!("key map {key:?} has no value"));
                }
                values.set(&key, Value::Map(inner));
                Ok(())
            }
            Some(_) => Err(format!("key {key:?} has no value (cannot end with ,)")),
        }
    }

    fn index(&mut self) -> Result<usize, String> {
        let (text, stop) = self.until("]");
        if stop.is_none() {
            return Err("error parsing index: `]` is missing".to_owned());
        }
        let index: i64 = text.parse().map_err(|_| format!("error parsing index: parsing {text:?}: invalid syntax"))?;
        let index = usize::try_from(index).map_err(|_| format!("negative {index} index not allowed"))?;
        if index > MAX_INDEX {
            return Err(format!("index of {index} is greater than maximum supported index of {MAX_INDEX}"));
        }
        Ok(index)
    }

    /// Sets an item of a list, or something inside it.
    fn item(&mut self, mut list: Vec<Value>, index: usize, depth: usize) -> Result<Vec<Value>, String> {
        if depth > MAX_DEPTH {
            return Err(format!(
                "value name nested level is greater than maximum supported nested level of {MAX_DEPTH}"
            ));
        }
        let (text, stop) = self.until("[.=");
        if !text.is_empty() {
            return Err(format!("unexpected data at end of array index: {text:?}"));
        }
        let old = list.get(index).cloned();
        let given = match stop {
            None => Given::Nothing,
            Some('=') => Given::Value(self.value()?),
            Some('[') => {
                let next = self.index()?;
                let inner = match old {
                    Some(Value::List(list)) => list.items.clone(),
                    _ => Vec::new(),
                };
                Given::Value(Value::list(self.item(inner, next, depth + 1)?))
            }
            Some(_) => {
                let inner = match old {
                    Some(Value::Map(map)) => map,
                    _ => Map::new(),
                };
                self.key(&inner, depth + 1)?;
                Given::Value(Value::Map(inner))
            }
        };
        if let Given::Value(value) = given {
            if list.len() <= index {
                list.resize(index + 1, Value::Nil);
            }
            list[index] = value;
        }
        Ok(list)
    }

    /// The value behind a `=`, with the comma behind it.
    fn value(&mut self) -> Result<Value, String> {
        match self.reading {
            Reading::Literal => Ok(Value::str(std::mem::take(&mut self.rest))),
            Reading::Json => self.json(),
            Reading::File(read) => {
                let (path, _) = self.until(",");
                read(&path).map(Value::from)
            }
            Reading::Typed | Reading::Text if self.rest.starts_with('{') => self.list(),
            Reading::Typed | Reading::Text => {
                let (text, _) = self.until(",");
                Ok(self.scalar(text))
            }
        }
    }

    fn list(&mut self) -> Result<Value, String> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        loop {
            let (text, stop) = self.until(",}");
            let item = self.scalar(text);
            items.push(item);
            match stop {
                None => return Err("list must terminate with '}'".to_owned()),
                Some(',') => {}
                Some(_) => {
                    self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
                    return Ok(Value::list(items));
                }
            }
        }
    }

    fn scalar(&self, text: String) -> Value {
        if matches!(self.reading, Reading::Text) {
            return Value::from(text);
        }
        if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
            return Value::Bool(text.eq_ignore_ascii_case("true"));
        }
        if text.eq_ignore_ascii_case("null") {
            return Value::Nil;
        }
        if text == "0" {
            return Value::int64(0);
        }
        match text.parse() {
            Ok(number) if !text.starts_with('0') => Value::int64(number),
            _ => Value::from(text),
        }
    }

    /// One JSON value; it ends at a comma outside of brackets and texts.
    fn json(&mut self) -> Result<Value, String> {
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        let end = self.rest.char_indices().find(|(_, next)| {
            match next {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '[' | '{' if !quoted => depth += 1,
                ']' | '}' if !quoted => depth = depth.saturating_sub(1),
                ',' if !quoted && depth == 0 => return true,
                _ => {}
            }
            false
        });
        let (text, rest) = match end {
            Some((at, _)) => (&self.rest[..at], &self.rest[at + 1..]),
            None => (self.rest, ""),
        };
        self.rest = rest;
        from_json(text).map_err(|failure| failure.to_string())
    }
}
