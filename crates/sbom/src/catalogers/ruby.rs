//! Ruby gems as they are installed: `specifications/*.gemspec`.

use super::{CatalogError, Cataloger, Scope};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::PackageKind;
use crate::purl::purl;
use regex::Regex;
use serde_json::json;

pub(super) struct Gemspec;

impl Cataloger for Gemspec {
    fn name(&self) -> &'static str {
        "ruby-installed-gemspec-cataloger"
    }

    fn scope(&self) -> Scope {
        Scope::Image
    }

    fn globs(&self) -> &'static [&'static str] {
        &["**/specifications/**/*.gemspec"]
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let text = cx.text(file)?.replace(".freeze", "");
        let value = |field: &str| -> Result<String, CatalogError> {
            let pattern =
                Regex::new(&format!(r#"(?m)^\s*\w+\.{field}\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|%q<([^>]*)>)"#))?;
            let found = pattern.captures(&text).and_then(|c| c.get(1).or(c.get(2)).or(c.get(3)));
            Ok(found.map(|m| unescape(m.as_str())).unwrap_or_default())
        };
        let list = |field: &str| -> Result<Vec<String>, CatalogError> {
            let pattern = Regex::new(&format!(r"(?ms)^\s*\w+\.{field}\s*=\s*\[(.*?)\]"))?;
            let item = Regex::new(r#""((?:[^"\\]|\\.)*)"|'([^']*)'"#)?;
            let Some(inner) = pattern.captures(&text).and_then(|c| c.get(1)) else { return Ok(Vec::new()) };
            let items = item.captures_iter(inner.as_str());
            Ok(items.filter_map(|c| c.get(1).or(c.get(2))).map(|m| unescape(m.as_str())).collect())
        };
        let (name, version) = (value("name")?, value("version")?);
        if name.is_empty() || version.is_empty() {
            return Ok(());
        }
        let (authors, homepage) = (list("authors")?, value("homepage")?);
        let mut licenses = list("licenses")?;
        licenses.extend(Some(value("license")?).filter(|l| !l.is_empty()));
        let metadata = json!({
            "name": &name,
            "version": &version,
            "files": list("files")?,
            "authors": &authors,
            "homepage": &homepage,
        });
        let location = cx.location(file);
        let mut draft = Draft::new(&name, &version, PackageKind::Gem, location.clone())
            .language("ruby")
            .purl(purl("gem", "", &name, &version, &[]))
            .licenses(licenses, &location)
            .metadata("ruby-gemspec", metadata);
        draft.authors = authors;
        draft.urls = vec![homepage];
        out.push(draft);
        Ok(())
    }
}

/// Resolves `\uXXXX` and escaped characters.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let code = after.strip_prefix('u').and_then(|a| a.get(..4)).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let (Some(c), Some(next)) = (code.and_then(char::from_u32), after.get(5..)) {
            out.push(c);
            rest = next;
        } else {
            let mut chars = after.chars();
            match chars.next() {
                Some('n') => out.push('\n'),
                Some(c) => out.push(c),
                None => {}
            }
            rest = chars.as_str();
        }
    }
    out + rest
}
