//! npm: `package.json` of installed packages, `package-lock.json` of projects.

use super::{CatalogError, Cataloger, Scope};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::PackageKind;
use crate::purl::purl;
use serde_json::{Value, json};

pub(super) struct Npm;

impl Cataloger for Npm {
    fn name(&self) -> &'static str {
        "javascript-package-cataloger"
    }

    fn scope(&self) -> Scope {
        Scope::Image
    }

    fn globs(&self) -> &'static [&'static str] {
        &["**/package.json"]
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let bytes = cx.bytes(file)?;
        // Some files hold several documents one after another.
        for document in serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>() {
            out.extend(installed(cx, file, &document?));
        }
        Ok(())
    }
}

fn installed(cx: &Context<'_>, file: &FoundFile, document: &Value) -> Option<Draft> {
    let text = |key: &str| document[key].as_str().unwrap_or_default();
    let name = Some(text("name")).filter(|name| !name.is_empty())?;
    let repository = match &document["repository"] {
        Value::String(url) => url.as_str(),
        other => other["url"].as_str().unwrap_or_default(),
    };
    let metadata = json!({
        "name": name,
        "version": text("version"),
        "author": person(&document["author"]),
        "homepage": text("homepage"),
        "description": text("description"),
        "url": repository,
        "private": document["private"].as_bool().unwrap_or(false),
    });
    let location = cx.location(file);
    let mut draft = Draft::new(name, text("version"), PackageKind::Npm, location.clone())
        .language("javascript")
        .purl(npm_purl(name, text("version")))
        .licenses(licenses(document), &location)
        .metadata("javascript-npm-package", metadata);
    draft.urls = vec![repository.to_owned(), text("homepage").to_owned()];
    Some(draft)
}

fn npm_purl(name: &str, version: &str) -> String {
    let (namespace, name) = name.rsplit_once('/').unwrap_or(("", name));
    purl("npm", namespace, name, version, &[])
}

fn person(value: &Value) -> String {
    let part = |key: &str, open: &str, close: &str| match value[key].as_str() {
        Some(text) if !text.is_empty() => format!(" {open}{text}{close}"),
        _ => String::new(),
    };
    match value {
        Value::String(text) => text.clone(),
        _ => (part("name", "", "") + &part("email", "<", ">") + &part("url", "(", ")")).trim().to_owned(),
    }
}

fn licenses(document: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        other => other["type"].as_str().map(str::to_owned),
    };
    let mut found: Vec<String> = Vec::new();
    match &document["license"] {
        Value::Array(many) => found.extend(many.iter().filter_map(one)),
        value => found.extend(one(value)),
    }
    match &document["licenses"] {
        Value::Array(many) => found.extend(many.iter().filter_map(one)),
        value => found.extend(one(value)),
    }
    found.retain(|license| !license.is_empty());
    found
}

pub(super) struct NpmLock;

impl Cataloger for NpmLock {
    fn name(&self) -> &'static str {
        "javascript-lock-cataloger"
    }

    fn scope(&self) -> Scope {
        Scope::Directory
    }

    fn globs(&self) -> &'static [&'static str] {
        &["**/package-lock.json"]
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let document: Value = serde_json::from_slice(&cx.bytes(file)?)?;
        let mut found: Vec<(String, &Value)> = Vec::new();
        if let Some(packages) = document["packages"].as_object() {
            for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
                let name = package["name"].as_str().or_else(|| path.rsplit("node_modules/").next());
                found.push((name.unwrap_or(path).to_owned(), package));
            }
        } else {
            let mut stack = vec![&document["dependencies"]];
            while let Some(packages) = stack.pop().and_then(Value::as_object) {
                for (name, package) in packages {
                    found.push((name.clone(), package));
                    stack.push(&package["dependencies"]);
                }
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        for (name, package) in found {
            let version = package["version"].as_str().unwrap_or_default();
            if !seen.insert((name.clone(), version)) {
                continue;
            }
            let text = |key: &str| package[key].as_str().unwrap_or_default();
            let metadata = json!({ "resolved": text("resolved"), "integrity": text("integrity") });
            let location = cx.location(file);
            out.push(
                Draft::new(&name, version, PackageKind::Npm, location.clone())
                    .language("javascript")
                    .purl(npm_purl(&name, version))
                    .licenses(licenses(package), &location)
                    .metadata("javascript-npm-package-lock-entry", metadata),
            );
        }
        Ok(())
    }
}
