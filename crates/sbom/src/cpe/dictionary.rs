//! Names that the National Vulnerability Database is known to use.

use crate::model::PackageKind;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Lines of ecosystem, name, vendor, product and target software; see the file's head for its origin.
const LIST: &str = include_str!("dictionary.tsv");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) vendor: &'static str,
    pub(super) product: &'static str,
    pub(super) target: &'static str,
}

/// By ecosystem, then by package.
static NAMES: LazyLock<HashMap<&'static str, HashMap<&'static str, Vec<Name>>>> = LazyLock::new(|| {
    let mut names: HashMap<_, HashMap<_, Vec<Name>>> = HashMap::new();
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        if let [ecosystem, package, vendor, product, target] = line.split('\t').collect::<Vec<_>>()[..] {
            names.entry(ecosystem).or_default().entry(package).or_default().push(Name { vendor, product, target });
        }
    }
    names
});

/// What the database calls a package; nothing if that is not known.
pub(super) fn lookup(kind: &PackageKind, name: &str) -> &'static [Name] {
    let ecosystem = match kind {
        PackageKind::Npm => "npm",
        PackageKind::Gem => "gem",
        PackageKind::Python => "python",
        PackageKind::RustCrate => "rust",
        PackageKind::GoModule => "go",
        _ => return &[],
    };
    NAMES.get(ecosystem).and_then(|names| names.get(name)).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_five_fields() {
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').filter(|field| !field.is_empty()).count(), 5, "{line}");
        }
    }
}
