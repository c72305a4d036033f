//! Windows programs and libraries, named by their version resources.

use super::{CatalogError, Cataloger};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::PackageKind;
use object::{Object, ObjectSection};
use serde_json::json;

/// Resources hold icons as well; the version is within the first bytes of any sane program.
const RESOURCES_LIMIT: u64 = 32 << 20;

pub(super) struct PortableExecutable;

impl Cataloger for PortableExecutable {
    fn name(&self) -> &'static str {
        "pe-binary-package-cataloger"
    }

    fn executables(&self) -> bool {
        true
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let cache = object::ReadCache::new(cx.open(file)?);
        let Ok(program) = object::File::parse(&cache) else { return Ok(()) };
        if program.format() != object::BinaryFormat::Pe
            || !cx.tree.attributes(file.node).mime_type.contains("portable-executable")
        {
            return Ok(());
        }
        let resources = match program.section_by_name(".rsrc") {
            Some(section) if section.size() <= RESOURCES_LIMIT => section.data()?,
            _ => &[],
        };
        let value = |key: &str| version_string(resources, key).unwrap_or_default();
        let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem).to_owned();
        let name = ["ProductName", "FileDescription", "InternalName", "OriginalFilename"]
            .iter()
            .map(|key| value(key))
            .find(|name| !name.is_empty())
            .unwrap_or(stem);
        let version = ["ProductVersion", "FileVersion"]
            .iter()
            .map(|key| value(key).split_whitespace().next().unwrap_or_default().to_owned())
            .find(|version| version.starts_with(|c: char| c.is_ascii_digit()))
            .unwrap_or_default();
        let resources: Vec<_> =
            ["CompanyName", "FileDescription", "FileVersion", "InternalName", "ProductName", "ProductVersion"]
                .iter()
                .filter_map(|key| Some(json!({ "key": key, "value": version_string(resources, key)? })))
                .collect();
        let metadata = json!({ "versionResources": resources });
        out.push(Draft::new(name, version, PackageKind::Binary, cx.location(file)).metadata("pe-binary", metadata));
        Ok(())
    }
}

/// The value of a `String` structure: key, padding to 32 bits and value are UTF-16 in little-endian order, each
/// text ended by a zero.
fn version_string(resources: &[u8], key: &str) -> Option<String> {
    let encoded: Vec<u8> = key.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let at = memchr::memmem::find(resources, &encoded)? + encoded.len();
    let units: Vec<u16> = resources
        .get(at..)?
        .chunks_exact(2)
        .take(1024)
        .map(|pair| pair.try_into().map_or(0, u16::from_le_bytes))
        .skip_while(|unit| *unit == 0)
        .take_while(|unit| *unit != 0)
        .collect();
    let text = String::from_utf16_lossy(&units).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
