//! `configMapGenerator` and `secretGenerator`.

use crate::error::{Fault, KustomizeError};
use crate::loader::Loader;
use crate::origin::Origin;
use crate::resource::{Behavior, Resource};
use crate::types::{GeneratorArgs, GeneratorOptions};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    ConfigMap,
    Secret,
}

/// Makes the object that an item of a generator describes.
pub(crate) fn generate(
    kind: Kind,
    args: &GeneratorArgs,
    defaults: &GeneratorOptions,
    loader: &Loader<'_>,
    origin: Origin,
) -> Result<Resource, Failure> {
    if args.name.is_empty() {
        return Err(Fault::new("a generator has no name; name it").into());
    }
    let options = joined(args.options.as_ref(), defaults);
    let mut value = json!({"apiVersion": "v1", "metadata": {"name": args.name}});
    let Value::Object(fields) = &mut value else { return Err(Fault::new("no mapping").into()) };
    let pairs = pairs(args, loader)?;
    match kind {
        Kind::ConfigMap => {
            fields.insert("kind".to_owned(), json!("ConfigMap"));
            config_map(pairs, fields)?;
        }
        Kind::Secret => {
            fields.insert("kind".to_owned(), json!("Secret"));
            let secret_type = if args.secret_type.is_empty() { "Opaque" } else { &args.secret_type };
            fields.insert("type".to_owned(), json!(secret_type));
            secret(pairs, fields)?;
        }
    }
    if options.immutable {
        fields.insert("immutable".to_owned(), json!(true));
    }
    let mut resource = Resource::new(value, origin);
    resource.set_namespace(&args.namespace);
    for (map, entries) in [("labels", &options.labels), ("annotations", &options.annotations)] {
        for (key, value) in entries {
            resource.set_metadata_entry(map, key, value);
        }
    }
    resource.behavior = behavior(&args.behavior)?;
    resource.needs_hash = !options.disable_name_suffix_hash;
    Ok(resource)
}

/// A generator fails over its entries or over a file.
#[derive(Debug)]
pub(crate) enum Failure {
    Fault(Fault),
    File(KustomizeError),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<KustomizeError> for Failure {
    fn from(error: KustomizeError) -> Self {
        Self::File(error)
    }
}

fn behavior(text: &str) -> Result<Behavior, Fault> {
    match text {
        "" | "create" | "unspecified" => Ok(Behavior::Create),
        "replace" => Ok(Behavior::Replace),
        "merge" => Ok(Behavior::Merge),
        other => Err(Fault::new(format!("{other:?} is no behavior; use create, replace or merge"))),
    }
}

/// Options of an item above those of all: switches that are on stay on.
fn joined(own: Option<&GeneratorOptions>, defaults: &GeneratorOptions) -> GeneratorOptions {
    let mut all = defaults.clone();
    if let Some(own) = own {
        all.labels.extend(own.labels.clone());
        all.annotations.extend(own.annotations.clone());
        all.disable_name_suffix_hash |= own.disable_name_suffix_hash;
        all.immutable |= own.immutable;
    }
    all
}

fn config_map(pairs: Vec<(String, Vec<u8>)>, fields: &mut Map<String, Value>) -> Result<(), Fault> {
    let (mut data, mut binary) = (Map::new(), Map::new());
    for (key, bytes) in pairs {
        if data.contains_key(&key) || binary.contains_key(&key) {
            return Err(twice(&key));
        }
        match String::from_utf8(bytes) {
            Ok(text) => data.insert(key, Value::String(text)),
            Err(error) => binary.insert(key, Value::String(STANDARD.encode(error.as_bytes()))),
        };
    }
    for (name, map) in [("data", data), ("binaryData", binary)] {
        if !map.is_empty() {
            fields.insert(name.to_owned(), Value::Object(map));
        }
    }
    Ok(())
}

fn secret(pairs: Vec<(String, Vec<u8>)>, fields: &mut Map<String, Value>) -> Result<(), Fault> {
    let mut data = Map::new();
    for (key, bytes) in pairs {
        if data.contains_key(&key) {
            return Err(twice(&key));
        }
        data.insert(key, Value::String(STANDARD.encode(bytes)));
    }
    if !data.is_empty() {
        fields.insert("data".to_owned(), Value::Object(data));
    }
    Ok(())
}

fn twice(key: &str) -> Fault {
    Fault::new(format!("key {key} is given twice; remove one"))
}

fn pairs(args: &GeneratorArgs, loader: &Loader<'_>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut pairs = Vec::new();
    let single = (!args.env.is_empty()).then_some(&args.env);
    for file in args.envs.iter().chain(single) {
        let text = loader.text(file)?;
        env_file(&text, file, &mut pairs)?;
    }
    for text in &args.literals {
        let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            return Err(Fault::new(format!("literal {text:?}: write key=value")).into());
        };
        // Whoever comes from a shell quotes the value.
        pairs.push((key.to_owned(), value.trim_matches(['"', '\'']).as_bytes().to_vec()));
    }
    for source in &args.files {
        let (key, file) = file_source(source)?;
        pairs.push((key, loader.bytes(&file)?));
    }
    for (key, _) in &pairs {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if key.len() > 253 || !key.bytes().all(fits) || key == "." || key == ".." {
            let message = format!("{key:?} is no key; it may have letters, digits, `-`, `_` and `.`");
            return Err(Fault::new(message).into());
        }
    }
    Ok(pairs)
}

/// `key=path`, or a path whose last part is the key.
fn file_source(source: &str) -> Result<(String, String), Fault> {
    let wrong = || Fault::new(format!("file {source:?}: write a path or key=path"));
    match source.split_once('=') {
        None => {
            let name = Path::new(source).file_name().ok_or_else(wrong)?;
            Ok((name.to_string_lossy().into_owned(), source.to_owned()))
        }
        Some((key, path)) if !key.is_empty() && !path.is_empty() && !path.contains('=') => {
            Ok((key.to_owned(), path.to_owned()))
        }
        Some(_) => Err(wrong()),
    }
}

/// Lines of `key=value`. A key alone would take its value from the environment, which no build here may depend on:
/// it is empty.
fn env_file(text: &str, file: &str, pairs: &mut Vec<(String, Vec<u8>)>) -> Result<(), Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for line in text.lines() {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        if key.is_empty() || key.contains(char::is_whitespace) {
            return Err(Fault::new(format!("{file}: {line:?} is no key=value")));
        }
        pairs.push((key.to_owned(), value.as_bytes().to_vec()));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn env_files_are_read() {
        let mut pairs = Vec::new();
        let text = "\u{feff}# comment\n\nK=V\r\nQ=\"x y\"\nEMPTY=\nEQ=a=b\n  LEAD= s\nALONE\n";
        env_file(text, "e", &mut pairs).unwrap();
        let texts: Vec<String> =
            pairs.into_iter().map(|(key, value)| format!("{key}={}", String::from_utf8(value).unwrap())).collect();
        assert_eq!(texts, ["K=V", "Q=\"x y\"", "EMPTY=", "EQ=a=b", "LEAD= s", "ALONE="]);
        assert!(env_file("a b=c", "e", &mut Vec::new()).is_err());
        assert!(env_file("=c", "e", &mut Vec::new()).is_err());
    }

    #[test]
    fn file_sources_have_a_key() {
        for (source, wanted) in [
            ("a/b.txt", Some(("b.txt", "a/b.txt"))),
            ("k=a/b.txt", Some(("k", "a/b.txt"))),
            ("=a", None),
            ("k=", None),
            ("a=b=c", None),
            ("..", None),
        ] {
            let found = file_source(source).ok();
            assert_eq!(found.as_ref().map(|(key, path)| (key.as_str(), path.as_str())), wanted, "{source}");
        }
    }
}
