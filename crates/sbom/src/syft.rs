//! The JSON document that Syft writes, which clients store and read.

use crate::model::{Distro, FileEntry, Package, Relationship, Sbom, Source};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ks_image::{Origin, Reference};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::io::{self, Write};

const SCHEMA_VERSION: &str = "16.1.3";

/// The document could not be read.
#[derive(Debug, thiserror::Error)]
#[error("this is no Syft JSON document: {0}")]
pub struct ReadError(#[from] serde_json::Error);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    artifacts: &'a [Package],
    artifact_relationships: &'a [Relationship],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    files: &'a [FileEntry],
    source: &'a Source,
    distro: Value,
    descriptor: Value,
    schema: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReadBack {
    artifacts: Vec<Package>,
    #[serde(default)]
    artifact_relationships: Option<Vec<Relationship>>,
    #[serde(default)]
    files: Option<Vec<FileEntry>>,
    #[serde(default)]
    source: Option<Value>,
    #[serde(default)]
    distro: Option<Distro>,
}

/// Writes the document; `version` is that of the program.
pub fn write(sbom: &Sbom, version: &str, out: &mut dyn Write) -> io::Result<()> {
    let document = Written {
        artifacts: &sbom.packages,
        artifact_relationships: &sbom.relationships,
        files: &sbom.files,
        source: &sbom.source,
        distro: sbom.distro.as_ref().map_or_else(|| json!({}), |distro| json!(distro)),
        descriptor: json!({ "name": "kubescape", "version": version }),
        schema: json!({
            "version": SCHEMA_VERSION,
            "url": format!("https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-{SCHEMA_VERSION}.json"),
        }),
    };
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")
}

/// Reads a document of this or an older schema.
pub fn read(bytes: &[u8]) -> Result<Sbom, ReadError> {
    let document: ReadBack = serde_json::from_slice(bytes)?;
    let source = document.source.map(|source| {
        let text = |key: &str| source[key].as_str().unwrap_or_default().to_owned();
        Source {
            id: text("id"),
            name: text("name"),
            version: text("version"),
            kind: text("type"),
            // Before schema 9 the details were called target.
            metadata: [&source["metadata"], &source["target"]]
                .into_iter()
                .find(|v| !v.is_null())
                .cloned()
                .unwrap_or_default(),
        }
    });
    Ok(Sbom {
        packages: document.artifacts,
        relationships: document.artifact_relationships.unwrap_or_default(),
        files: document.files.unwrap_or_default(),
        source: source.unwrap_or_default(),
        distro: document.distro.filter(|distro| *distro != Distro::default()),
    })
}

/// What the document says of where it came from.
pub(crate) fn source_of(origin: &Origin, reference: &Reference) -> Source {
    match origin {
        Origin::Image(image) => {
            let layers: Vec<Value> = image
                .layers
                .iter()
                .map(|l| json!({ "mediaType": l.media_type, "digest": l.diff_id, "size": l.size }))
                .collect();
            let mut metadata = json!({
                "userInput": reference.name(),
                "imageID": image.image_id,
                "manifestDigest": image.manifest_digest,
                "mediaType": image.media_type,
                "tags": image.tags,
                "imageSize": image.size(),
                "layers": layers,
                "manifest": STANDARD.encode(&image.manifest),
                "config": STANDARD.encode(&image.config),
                "repoDigests": [],
                "architecture": image.platform.architecture,
                "os": image.platform.os,
            });
            if !image.platform.variant.is_empty() {
                metadata["architectureVariant"] = json!(image.platform.variant);
            }
            if !image.labels.is_empty() {
                metadata["labels"] = json!(image.labels);
            }
            if !image.annotations.is_empty() {
                metadata["annotations"] = json!(image.annotations);
            }
            Source {
                id: image.manifest_digest.trim_start_matches("sha256:").into(),
                name: reference.name(),
                version: image.manifest_digest.clone(),
                kind: "image".into(),
                metadata,
            }
        }
        Origin::Directory(_) => plain(reference, "directory"),
        Origin::File(_) => plain(reference, "file"),
    }
}

fn plain(reference: &Reference, kind: &str) -> Source {
    let id = crate::license::text_digest(reference.name().as_bytes());
    Source {
        id: id.trim_start_matches("sha256:").into(),
        name: reference.name(),
        version: String::new(),
        kind: kind.into(),
        metadata: json!({ "path": reference.name() }),
    }
}
