use crate::archive::Members;
use crate::layer::{Squash, hex_digest};
use crate::manifest::{Config, Descriptor, Document, Saved, is_tar_layer};
use crate::{Error, FileTree, Limits, Platform, Reference, Result, Scheme, Select, directory};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A tree and where it comes from.
#[derive(Debug)]
pub struct Snapshot {
    /// All files.
    pub tree: FileTree,
    /// What was read.
    pub origin: Origin,
}

/// What was read.
#[derive(Debug)]
pub enum Origin {
    /// A container image.
    Image(Box<ImageInfo>),
    /// A folder.
    Directory(Reference),
    /// A file.
    File(Reference),
}

/// What an image says about itself.
#[derive(Debug, Clone)]
pub struct ImageInfo {
    /// Where it was read from.
    pub reference: Reference,
    /// Digest of the config: what container runtimes call the image's id.
    pub image_id: String,
    /// Digest of the manifest; of one made up by us for archives that have none.
    pub manifest_digest: String,
    /// Media type of the manifest.
    pub media_type: String,
    /// Names with tags that the archive gives the image.
    pub tags: Vec<String>,
    /// The layers, lowest first.
    pub layers: Vec<LayerInfo>,
    /// The manifest as it is.
    pub manifest: Vec<u8>,
    /// The config as it is.
    pub config: Vec<u8>,
    /// What the image runs on.
    pub platform: Platform,
    /// Labels of the config.
    pub labels: BTreeMap<String, String>,
    /// Annotations of the manifest.
    pub annotations: BTreeMap<String, String>,
}

/// One layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerInfo {
    /// Media type in the manifest.
    pub media_type: String,
    /// Digest of the uncompressed layer.
    pub diff_id: String,
    /// Bytes of its regular files.
    pub size: u64,
}

impl ImageInfo {
    /// Bytes of the regular files of all layers.
    pub fn size(&self) -> u64 {
        self.layers.iter().map(|layer| layer.size).sum()
    }
}

/// Reads an image, folder or file. Without `platform` an index gives the image for Linux on this machine.
pub fn open(
    reference: &Reference,
    platform: Option<&Platform>,
    select: &dyn Select,
    limits: &Limits,
) -> Result<Snapshot> {
    let tree_of = || directory::read(&reference.path, select, limits);
    match reference.scheme {
        Scheme::Directory => Ok(Snapshot { tree: tree_of()?, origin: Origin::Directory(reference.clone()) }),
        Scheme::File => Ok(Snapshot { tree: tree_of()?, origin: Origin::File(reference.clone()) }),
        Scheme::OciArchive | Scheme::OciDir | Scheme::DockerArchive => {
            let opener = Opener {
                members: Members::open(&reference.path, limits)?,
                image: reference.text.clone(),
                platform,
                limits,
            };
            let found = match reference.scheme {
                Scheme::DockerArchive => opener.docker()?,
                _ => opener.oci()?,
            };
            opener.squash(reference, found, select)
        }
    }
}

struct Opener<'a> {
    members: Members,
    image: String,
    platform: Option<&'a Platform>,
    limits: &'a Limits,
}

/// An image's documents before its layers are read.
struct Found {
    manifest: Vec<u8>,
    media_type: String,
    config: Vec<u8>,
    tags: Vec<String>,
    annotations: BTreeMap<String, String>,
    /// Member, media type and, if it is known, digest of the stored bytes.
    layers: Vec<(String, String, Option<String>)>,
}

impl Opener<'_> {
    fn json<T: DeserializeOwned>(&self, part: &str, bytes: &[u8]) -> Result<T> {
        serde_json::from_slice(bytes).map_err(|source| Error::Json {
            image: self.image.clone(),
            part: part.to_owned(),
            source,
        })
    }

    fn blob(&self, descriptor: &Descriptor) -> Result<Vec<u8>> {
        let bytes = self.members.read(&self.image, &blob_path(&descriptor.digest), self.limits)?;
        if descriptor.digest.starts_with("sha256:") {
            check(&descriptor.digest, &digest(&bytes), &descriptor.digest)?;
        }
        Ok(bytes)
    }

    fn oci(&self) -> Result<Found> {
        let index: Document = self.json("index.json", &self.members.read(&self.image, "index.json", self.limits)?)?;
        let mut candidates = index.manifests.unwrap_or_default();
        // An index may point at indexes; the bound ends cycles (which digests make impossible anyway).
        for _ in 0..8 {
            let chosen = self.choose(&candidates)?;
            let bytes = self.blob(&chosen)?;
            let document: Document = self.json(&chosen.digest, &bytes)?;
            if let Some(inner) = document.manifests {
                candidates = inner;
                continue;
            }
            let Some(config) = document.config else {
                return Err(Error::Missing { image: self.image.clone(), part: format!("config of {}", chosen.digest) });
            };
            let layers = document.layers.unwrap_or_default();
            if let Some(odd) = layers.iter().find(|layer| !is_tar_layer(&layer.media_type)) {
                return Err(Error::LayerType { image: self.image.clone(), media_type: odd.media_type.clone() });
            }
            let media_type = match document.media_type {
                empty if empty.is_empty() => chosen.media_type,
                given => given,
            };
            return Ok(Found {
                config: self.blob(&config)?,
                manifest: bytes,
                media_type,
                tags: Vec::new(),
                annotations: document.annotations.unwrap_or_default(),
                layers: layers.into_iter().map(|l| (blob_path(&l.digest), l.media_type, Some(l.digest))).collect(),
            });
        }
        Err(Error::Limit { what: "indexes inside indexes".into(), limit: 8 })
    }

    fn choose(&self, candidates: &[Descriptor]) -> Result<Descriptor> {
        let described = |d: &Descriptor| d.platform.as_ref().filter(|p| !p.os.is_empty() && p.os != "unknown").cloned();
        let is_attestation =
            |d: &Descriptor| d.annotations.as_ref().is_some_and(|a| a.contains_key("vnd.docker.reference.type"));
        let images: Vec<&Descriptor> = candidates.iter().filter(|d| !is_attestation(d)).collect();
        if let [one] = images[..] {
            return Ok(one.clone());
        }
        let host = Platform::host();
        let wanted = self.platform.unwrap_or(&host);
        let fits = |d: &&&Descriptor| {
            described(d).is_some_and(|p| {
                wanted.matches(&Platform { os: p.os, architecture: p.architecture, variant: p.variant })
            })
        };
        match images.iter().find(fits).or_else(|| images.iter().find(|d| described(d).is_none())) {
            Some(found) => Ok((*found).clone()),
            None if images.is_empty() => {
                Err(Error::Missing { image: self.image.clone(), part: "manifest in its index".into() })
            }
            None => Err(Error::PlatformMissing {
                image: self.image.clone(),
                wanted: wanted.to_string(),
                there: images
                    .iter()
                    .filter_map(|d| described(d))
                    .map(|p| format!("{}/{}", p.os, p.architecture))
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
        }
    }

    fn docker(&self) -> Result<Found> {
        let bytes = self.members.read(&self.image, "manifest.json", self.limits)?;
        let mut saved: Vec<Saved> = self.json("manifest.json", &bytes)?;
        let (Some(image), 0) = (saved.pop(), saved.len()) else {
            return Err(Error::ManyImages { image: self.image.clone(), count: saved.len() + 1 });
        };
        let config = self.members.read(&self.image, &image.config, self.limits)?;
        let media_type = "application/vnd.docker.distribution.manifest.v2+json";
        let layer_type = "application/vnd.docker.image.rootfs.diff.tar.gzip";
        let diff_ids = self.json::<Config>(&image.config, &config)?.rootfs.diff_ids;
        let manifest = serde_json::json!({
            "schemaVersion": 2,
            "mediaType": media_type,
            "config": {
                "mediaType": "application/vnd.docker.container.image.v1+json",
                "size": config.len(),
                "digest": digest(&config),
            },
            "layers": diff_ids.iter().map(|id| serde_json::json!({ "mediaType": layer_type, "digest": id })).collect::<Vec<_>>(),
        });
        Ok(Found {
            manifest: manifest.to_string().into_bytes(),
            media_type: media_type.into(),
            config,
            tags: image.repo_tags.unwrap_or_default(),
            annotations: BTreeMap::new(),
            layers: image.layers.into_iter().map(|l| (l, layer_type.to_owned(), None)).collect(),
        })
    }

    fn squash(&self, reference: &Reference, found: Found, select: &dyn Select) -> Result<Snapshot> {
        let config: Config = self.json("config", &found.config)?;
        let platform = Platform { os: config.os, architecture: config.architecture, variant: config.variant };
        if let Some(wanted) = self.platform.filter(|wanted| !wanted.matches(&platform)) {
            return Err(Error::PlatformMissing {
                image: self.image.clone(),
                wanted: wanted.to_string(),
                there: platform.to_string(),
            });
        }
        let ids = config.rootfs.diff_ids;
        if ids.len() != found.layers.len() {
            let part = format!(
                "matching list of layers ({} in the manifest, {} in the config)",
                found.layers.len(),
                ids.len()
            );
            return Err(Error::Missing { image: self.image.clone(), part });
        }
        let mut squash = Squash::new(select, self.limits);
        let mut layers = Vec::with_capacity(ids.len());
        for (index, (diff_id, (member, media_type, stored))) in ids.into_iter().zip(found.layers).enumerate() {
            let Some(mut blob) = self.members.member(&member)? else {
                return Err(Error::Missing { image: self.image.clone(), part: format!("layer {member}") });
            };
            let read = squash.apply(u32::try_from(index).unwrap_or(u32::MAX), &diff_id, &mut blob)?;
            if let Some(stored) = stored.filter(|stored| stored.starts_with("sha256:")) {
                check(&member, &read.digest, &stored)?;
            }
            check(&format!("uncompressed layer {member}"), &read.diff_id, &diff_id)?;
            layers.push(LayerInfo { media_type, diff_id, size: read.size });
        }
        let info = ImageInfo {
            reference: reference.clone(),
            image_id: digest(&found.config),
            manifest_digest: digest(&found.manifest),
            media_type: found.media_type,
            tags: found.tags,
            layers,
            manifest: found.manifest,
            config: found.config,
            platform,
            labels: config.config.and_then(|c| c.labels).unwrap_or_default(),
            annotations: found.annotations,
        };
        Ok(Snapshot { tree: squash.tree, origin: Origin::Image(Box::new(info)) })
    }
}

fn digest(bytes: &[u8]) -> String {
    hex_digest(&Sha256::digest(bytes))
}

fn check(part: &str, found: &str, wanted: &str) -> Result<()> {
    if found == wanted {
        return Ok(());
    }
    Err(Error::Digest { part: part.to_owned(), wanted: wanted.to_owned(), found: found.to_owned() })
}

fn blob_path(digest: &str) -> String {
    format!("blobs/{}", digest.replacen(':', "/", 1))
}
