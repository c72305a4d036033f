use crate::model::{Cpe, CpeSource, License, Location, Package, PackageKind};
use serde_json::Value;

/// A package as a cataloger finds it, before CPEs, ids and relationships are worked out.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What is known of the package itself.
    pub package: Package,
    /// Paths of the files that it owns, with a leading slash.
    pub owned: Vec<String>,
    /// Names under which others can depend on it.
    pub provides: Vec<String>,
    /// Names that it depends on.
    pub requires: Vec<String>,
    /// Indexes, within the same call, of packages that it depends on.
    pub depends_on: Vec<usize>,
    /// Names of people and organisations behind it, for CPE vendors.
    pub authors: Vec<String>,
    /// Pages of the project, for CPE vendors.
    pub urls: Vec<String>,
    /// The vendor that the record names.
    pub vendor: String,
}

impl Draft {
    /// A package with name, version and kind, found in one place.
    pub fn new(name: impl Into<String>, version: impl Into<String>, kind: PackageKind, location: Location) -> Self {
        Self {
            package: Package {
                id: String::new(),
                name: name.into(),
                version: version.into(),
                kind,
                found_by: String::new(),
                locations: vec![location.primary()],
                licenses: Vec::new(),
                language: String::new(),
                cpes: Vec::new(),
                purl: String::new(),
                metadata_type: String::new(),
                metadata: Value::Null,
            },
            owned: Vec::new(),
            provides: Vec::new(),
            requires: Vec::new(),
            depends_on: Vec::new(),
            authors: Vec::new(),
            urls: Vec::new(),
            vendor: String::new(),
        }
    }

    /// Sets the programming language.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.package.language);
        self
    }

    /// Sets the package URL.
    #[must_use]
    pub fn purl(mut self, purl: String) -> Self {
        self.package.purl = purl;
        self
    }

    /// Sets what else the records say.
    #[must_use]
    pub fn metadata(mut self, kind: &str, metadata: Value) -> Self {
        kind.clone_into(&mut self.package.metadata_type);
        self.package.metadata = metadata;
        self
    }

    /// Adds licences that the file at `location` states.
    #[must_use]
    pub fn licenses(mut self, values: impl IntoIterator<Item = String>, location: &Location) -> Self {
        for value in values {
            if !self.package.licenses.iter().any(|l| l.value == value) {
                let license = License { locations: vec![location.clone()], ..License::declared(value) };
                self.package.licenses.push(license);
            }
        }
        self
    }

    /// Adds a CPE that the package's own records determine.
    #[must_use]
    pub fn declared_cpe(mut self, cpe: String) -> Self {
        self.package.cpes.push(Cpe { cpe, source: CpeSource::Declared });
        self
    }
}

impl Location {
    /// The file that shows the package is there.
    pub(crate) fn primary(mut self) -> Self {
        self.annotations.insert("evidence".into(), "primary".into());
        self
    }

    /// A file that tells more about the package.
    pub(crate) fn supporting(mut self) -> Self {
        self.annotations.insert("evidence".into(), "supporting".into());
        self
    }
}
