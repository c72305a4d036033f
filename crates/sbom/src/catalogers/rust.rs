//! Rust programs built with `cargo auditable`: the section `.dep-v0` lists their crates.

use super::{CatalogError, Cataloger};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::PackageKind;
use crate::purl::purl;
use object::{Object, ObjectSection};
use serde::Deserialize;
use serde_json::json;
use std::io::Read;

/// The list of a program with thousands of crates is far below this.
const LIMIT: u64 = 8 << 20;

pub(super) struct Auditable;

#[derive(Deserialize)]
struct Audit {
    packages: Vec<Crate>,
}

#[derive(Deserialize)]
struct Crate {
    name: String,
    version: String,
    #[serde(default)]
    source: String,
    #[serde(default = "runtime")]
    kind: String,
    #[serde(default)]
    dependencies: Vec<usize>,
}

fn runtime() -> String {
    "runtime".into()
}

impl Cataloger for Auditable {
    fn name(&self) -> &'static str {
        "cargo-auditable-binary-cataloger"
    }

    fn executables(&self) -> bool {
        true
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let cache = object::ReadCache::new(cx.open(file)?);
        // What is no object file after all is no error here.
        let Ok(program) = object::File::parse(&cache) else { return Ok(()) };
        let Some(section) =
            [".dep-v0", "__dep-v0", "rust-deps-v0"].iter().find_map(|name| program.section_by_name(name))
        else {
            return Ok(());
        };
        let mut text = Vec::new();
        flate2::read::ZlibDecoder::new(section.data()?).take(LIMIT).read_to_end(&mut text)?;
        let audit: Audit = serde_json::from_slice(&text)?;
        // Indexes count all crates, those that only run during the build included.
        let mut positions = vec![None; audit.packages.len()];
        let mut next = 0;
        for (slot, package) in positions.iter_mut().zip(&audit.packages) {
            if package.kind == "runtime" {
                *slot = Some(next);
                next += 1;
            }
        }
        for package in audit.packages.iter().filter(|p| p.kind == "runtime") {
            let metadata = json!({ "name": package.name, "version": package.version, "source": package.source });
            let mut draft = Draft::new(&package.name, &package.version, PackageKind::RustCrate, cx.location(file))
                .language("rust")
                .purl(purl("cargo", "", &package.name, &package.version, &[]))
                .metadata("rust-cargo-audit-entry", metadata);
            draft.depends_on =
                package.dependencies.iter().filter_map(|i| positions.get(*i).copied().flatten()).collect();
            out.push(draft);
        }
        Ok(())
    }
}
