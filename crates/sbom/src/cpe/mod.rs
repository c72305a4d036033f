//! Under which names the National Vulnerability Database may know a package: first from the dictionary, else every
//! likely vendor with every likely product.

mod candidates;
mod dictionary;

use crate::draft::Draft;
use crate::model::{Cpe, CpeSource, PackageKind};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// All names, sorted.
pub(crate) fn generate(draft: &Draft) -> Vec<Cpe> {
    let package = &draft.package;
    let known = dictionary::lookup(&package.kind, &package.name);
    if !known.is_empty() {
        let names: BTreeSet<String> =
            known.iter().map(|n| bind(n.vendor, n.product, &package.version, n.target)).collect();
        return names.into_iter().map(|cpe| Cpe { cpe, source: CpeSource::Dictionary }).collect();
    }
    let target = match package.kind {
        PackageKind::RustCrate => "rust",
        PackageKind::WordpressPlugin => "wordpress",
        _ => "*",
    };
    let products = candidates::products(draft);
    let vendors = candidates::vendors(draft, &products);
    let products = candidates::with_delimiters(products);
    let mut names = BTreeSet::new();
    for vendor in &vendors {
        for product in products.iter().filter(|product| candidates::is_sane(package, vendor, product)) {
            names.insert(bind(vendor, product, &package.version, target));
        }
    }
    names.into_iter().map(|cpe| Cpe { cpe, source: CpeSource::Generated }).collect()
}

fn bind(vendor: &str, product: &str, version: &str, target: &str) -> String {
    let any = |text: &str| if text.is_empty() { "*".to_owned() } else { escape(text) };
    let target = if target == "*" { "*".to_owned() } else { escape(target) };
    format!("cpe:2.3:a:{}:{}:{}:*:*:*:*:{target}:*:*", any(vendor), any(product), any(version))
}

/// The formatted string binding of a value: all but letters, digits and `_-.` is escaped.
fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.') {
            out.push('\\');
        }
        let _ = write!(out, "{}", if c == ' ' { '_' } else { c });
        out
    })
}
