//! `.Files`: what a chart brings besides templates.

use crate::chart::File;
use ks_gotemplate::{Failure, Map, MapKind, Object, Value, to_yaml};
use regex::{Regex, RegexBuilder};
use std::any::Any;
use std::rc::Rc;

/// Files of a chart by their paths.
#[derive(Debug)]
pub(crate) struct Files {
    files: Vec<File>,
}

impl Files {
    pub(crate) fn new(mut files: Vec<File>) -> Self {
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Self { files }
    }

    fn get(&self, name: &str) -> &[u8] {
        let found = self.files.binary_search_by(|file| (*file.name).cmp(name));
        found.map_or(&[], |at| &*self.files[at].data)
    }

    fn glob(&self, pattern: &str) -> Self {
        let matcher = glob(pattern);
        let matches = |file: &&File| matcher.as_ref().is_none_or(|matcher| matcher.is_match(&file.name));
        Self { files: self.files.iter().filter(matches).cloned().collect() }
    }

    /// A map of the last parts of the paths, as YAML.
    fn as_map(&self, value: fn(&[u8]) -> Value) -> Result<Value, Failure> {
        if self.files.is_empty() {
            return Ok(Value::str(""));
        }
        let map = Map::of(MapKind::Strings);
        for file in &self.files {
            map.set(file.name.rsplit('/').next().unwrap_or_default(), value(&file.data));
        }
        let text = to_yaml(&Value::Map(map), 64 << 20)?;
        Ok(Value::str(text.strip_suffix('\n').unwrap_or(&text)))
    }
}

/// A pattern of paths: `*` stops at slashes, `**` does not. `None`, for a text that is no pattern, matches everything.
fn glob(pattern: &str) -> Option<Regex> {
    let mut out = String::from("(?s)^");
    let mut chars = pattern.chars().peekable();
    let mut braces = 0_usize;
    while let Some(next) = chars.next() {
        match next {
            '*' if chars.peek() == Some(&'*') => {
                while chars.next_if_eq(&'*').is_some() {}
                out.push_str(".*");
            }
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '{' => {
                braces += 1;
                out.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                out.push(')');
            }
            ',' if braces > 0 => out.push('|'),
            '[' => {
                out.push('[');
                if chars.next_if_eq(&'!').is_some() {
                    out.push('^');
                }
                loop {
                    match chars.next()? {
                        ']' => break,
                        '-' => out.push('-'),
                        '\\' => out.push_str(&escape_in_class(chars.next()?)),
                        other => out.push_str(&escape_in_class(other)),
                    }
                }
                out.push(']');
            }
            '\\' => out.push_str(&regex::escape(&chars.next()?.to_string())),
            other => out.push_str(&regex::escape(&other.to_string())),
        }
    }
    out.push('$');
    if braces > 0 {
        return None;
    }
    RegexBuilder::new(&out).size_limit(1 << 20).build().ok()
}

fn escape_in_class(character: char) -> String {
    if character.is_alphanumeric() { character.to_string() } else { format!("\\{character}") }
}

impl Object for Files {
    fn type_name(&self) -> &'static str {
        "engine.files"
    }

    fn kind_name(&self) -> &'static str {
        "map"
    }

    fn field(&self, name: &str) -> Option<Value> {
        let found = self.files.iter().find(|file| &*file.name == name);
        Some(found.map_or(Value::Nil, |file| Value::Bytes(file.data.clone())))
    }

    fn method(&self, name: &str, args: &[Value]) -> Option<Result<Value, Failure>> {
        let text = match args {
            [text] => text.text().map(|text| text.into_owned()).ok_or("string"),
            _ => Err(""),
        };
        let wanted = |text: Result<String, &str>| {
            text.map_err(|_| Failure::new(format!("wrong type or number of args for {name}: want a string")))
        };
        Some(match name {
            "Get" => wanted(text).map(|path| Value::from_bytes(self.get(&path))),
            "GetBytes" => wanted(text).map(|path| Value::Bytes(Rc::from(self.get(&path)))),
            "Glob" => wanted(text).map(|pattern| Value::Object(Rc::new(self.glob(&pattern)))),
            "Lines" => wanted(text).map(|path| {
                let content = String::from_utf8_lossy(self.get(&path)).into_owned();
                if content.is_empty() {
                    return Value::strings(Vec::<String>::new());
                }
                Value::strings(content.strip_suffix('\n').unwrap_or(&content).split('\n'))
            }),
            "AsConfig" => self.as_map(Value::from_bytes),
            "AsSecrets" => self.as_map(|data| {
                use base64::Engine as _;
                Value::from(base64::engine::general_purpose::STANDARD.encode(data))
            }),
            _ => return None,
        })
    }

    fn entries(&self) -> Option<Vec<(Rc<str>, Value)>> {
        Some(self.files.iter().map(|file| (file.name.clone(), Value::Bytes(file.data.clone()))).collect())
    }

    fn print(&self) -> String {
        let names: Vec<&str> = self.files.iter().map(|file| &*file.name).collect();
        format!("map[{}]", names.join(" "))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
