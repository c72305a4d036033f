use super::PackageKind;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// One package in one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Package {
    /// Unique within a document; derived from the content, so equal inputs give equal ids.
    #[serde(default)]
    pub id: String,
    /// The name as its ecosystem writes it.
    pub name: String,
    /// The version as its ecosystem writes it, epoch included for rpm and deb.
    pub version: String,
    /// The ecosystem.
    #[serde(rename = "type")]
    pub kind: PackageKind,
    /// The cataloger that found it.
    #[serde(default)]
    pub found_by: String,
    /// Where it was found: the primary evidence first, then files that add to it.
    #[serde(default)]
    pub locations: Vec<Location>,
    /// Licences as declared and found.
    #[serde(default)]
    pub licenses: Vec<License>,
    /// `javascript`, `go`, …; empty for packages of the operating system.
    #[serde(default)]
    pub language: String,
    /// Names by which the National Vulnerability Database may know it.
    #[serde(default)]
    pub cpes: Vec<Cpe>,
    /// Package URL; empty if it cannot be told.
    #[serde(default)]
    pub purl: String,
    /// Name of the shape of `metadata`, such as `dpkg-db-entry`; empty if there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub metadata_type: String,
    /// What else the ecosystem's records say, in the shape of Syft's documents.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub metadata: Value,
}

/// Where something was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// The real path.
    pub path: String,
    /// Diff id of the layer that holds the file; empty outside images.
    #[serde(rename = "layerID", default, skip_serializing_if = "String::is_empty")]
    pub layer_id: String,
    /// The path by which it was reached, which differs below symbolic links.
    #[serde(default)]
    pub access_path: String,
    /// `evidence: primary` or `evidence: supporting`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// A licence of a package.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct License {
    /// As written; `sha256:…` of the text if only a text was found.
    pub value: String,
    /// As an SPDX expression, if it is one.
    pub spdx_expression: String,
    /// How it was learnt.
    #[serde(rename = "type")]
    pub kind: LicenseKind,
    /// Where its text is published.
    pub urls: Vec<String>,
    /// Files that state it.
    pub locations: Vec<Location>,
}

/// How a licence was learnt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LicenseKind {
    /// The package's author says so.
    #[default]
    Declared,
    /// Concluded from files.
    Concluded,
}

/// A Common Platform Enumeration name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Cpe {
    /// In the bound form `cpe:2.3:…`.
    pub cpe: String,
    /// Where it comes from.
    pub source: CpeSource,
}

/// Where a CPE comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CpeSource {
    /// The package or its records say so.
    #[serde(rename = "declared")]
    Declared,
    /// The database's own list of names.
    #[serde(rename = "nvd-cpe-dictionary")]
    Dictionary,
    /// Guessed from name and origin.
    #[serde(rename = "syft-generated", other)]
    Generated,
}

impl<'de> Deserialize<'de> for Cpe {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Old documents hold plain texts.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Text(String),
            Full { cpe: String, source: Option<CpeSource> },
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Text(cpe) => Self { cpe, source: CpeSource::Generated },
            Form::Full { cpe, source } => Self { cpe, source: source.unwrap_or(CpeSource::Generated) },
        })
    }
}

impl<'de> Deserialize<'de> for License {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Text(String),
            #[serde(rename_all = "camelCase")]
            Full {
                #[serde(default)]
                value: String,
                #[serde(default)]
                spdx_expression: String,
                #[serde(rename = "type", default)]
                kind: Option<LicenseKind>,
                #[serde(default)]
                urls: Option<Vec<String>>,
                #[serde(default)]
                locations: Option<Vec<Location>>,
            },
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Text(value) => Self::declared(value),
            Form::Full { value, spdx_expression, kind, urls, locations } => Self {
                value,
                spdx_expression,
                kind: kind.unwrap_or_default(),
                urls: urls.unwrap_or_default(),
                locations: locations.unwrap_or_default(),
            },
        })
    }
}

impl License {
    /// A licence that the package's author states.
    pub fn declared(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            spdx_expression: String::new(),
            kind: LicenseKind::Declared,
            urls: Vec::new(),
            locations: Vec::new(),
        }
    }
}
