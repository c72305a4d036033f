//! The build information that Go's linker writes (see `debug/buildinfo` of the Go documentation).

use object::{Object, ObjectSection, ObjectSegment, ReadCache, ReadRef};
use std::io;

const MAGIC: &[u8] = b"\xff Go buildinf:";
const HEADER: usize = 32;
/// The blob lies at the start of the data; Go's own reader looks no further either.
const SCAN: u64 = 1 << 20;
/// The module list is framed by two texts of this length.
const FRAME: usize = 16;
const TEXT_LIMIT: u64 = 64 << 20;

/// What a program says of its build.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BuildInfo {
    pub(super) version: String,
    pub(super) path: String,
    pub(super) main: Option<Module>,
    pub(super) dependencies: Vec<Module>,
    pub(super) settings: Vec<(String, String)>,
    machine: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Module {
    pub(super) path: String,
    pub(super) version: String,
    pub(super) sum: String,
    pub(super) replacement: Option<Box<Module>>,
}

pub(super) struct Effective<'a> {
    pub(super) path: &'a str,
    pub(super) version: &'a str,
    pub(super) sum: &'a str,
}

impl Module {
    /// What was built: the replacement, under the module's own name if the replacement is a folder.
    pub(super) fn effective(&self) -> Effective<'_> {
        let used = self.replacement.as_deref().unwrap_or(self);
        let path = if used.path.starts_with(['.', '/']) { &self.path } else { &used.path };
        let version = if used.version == "(devel)" { "" } else { &used.version };
        Effective { path, version, sum: &used.sum }
    }
}

impl BuildInfo {
    pub(super) fn setting(&self, key: &str) -> &str {
        self.settings.iter().find(|(k, _)| k == key).map_or("", |(_, value)| value)
    }

    pub(super) fn architecture(&self) -> &str {
        let told = self.setting("GOARCH");
        if told.is_empty() { &self.machine } else { told }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the Go build information of this program is damaged")]
pub(super) struct Damaged;

/// The build information; nothing if the program is none of Go's.
pub(super) fn read(program: impl io::Read + io::Seek) -> Result<Option<BuildInfo>, Damaged> {
    let cache = ReadCache::new(program);
    if let Ok(fat) = object::read::macho::MachOFatFile32::parse(&cache) {
        use object::read::macho::FatArch;
        for arch in fat.arches() {
            let (offset, size) = arch.file_range();
            if let Some(found) = read_one(cache.range(offset, size))? {
                return Ok(Some(found));
            }
        }
        return Ok(None);
    }
    read_one(&cache)
}

fn read_one<'a, R: ReadRef<'a>>(data: R) -> Result<Option<BuildInfo>, Damaged> {
    let Ok(program) = object::File::parse(data) else { return Ok(None) };
    let Some(blob) = blob(&program) else { return Ok(None) };
    let flags = *blob.get(15).ok_or(Damaged)?;
    let (version, modules) = if flags & 2 == 0 {
        pointed(&program, blob, flags).ok_or(Damaged)?
    } else {
        let (version, rest) = inline(blob.get(HEADER..).ok_or(Damaged)?).ok_or(Damaged)?;
        (version.to_vec(), inline(rest).ok_or(Damaged)?.0.to_vec())
    };
    let mut info = parse(&String::from_utf8_lossy(unframed(&modules)));
    info.version = String::from_utf8_lossy(&version).into_owned();
    info.machine = match program.architecture() {
        object::Architecture::X86_64 => "amd64".into(),
        object::Architecture::Aarch64 => "arm64".into(),
        object::Architecture::I386 => "386".into(),
        other => format!("{other:?}").to_lowercase(),
    };
    Ok(Some(info))
}

fn blob<'a, R: ReadRef<'a>>(program: &object::File<'a, R>) -> Option<&'a [u8]> {
    let named = [".go.buildinfo", "__go_buildinfo"].iter().find_map(|name| program.section_by_name(name));
    if let Some(found) = named.and_then(|section| section.data().ok()) {
        return found.starts_with(MAGIC).then_some(found);
    }
    program.sections().filter(|s| matches!(s.kind(), object::SectionKind::Data)).find_map(|section| {
        let (offset, size) = section.file_range()?;
        let _ = offset;
        let data = section.data_range(section.address(), size.min(SCAN)).ok()??;
        let at = memchr::memmem::find_iter(data, MAGIC).find(|at| at % 16 == 0)?;
        data.get(at..)
    })
}

/// Since Go 1.18 the texts follow, each after its length.
fn inline(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (mut length, mut shift) = (0u64, 0u32);
    for (index, byte) in data.iter().enumerate().take(10) {
        length |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return data.get(index + 1..)?.split_at_checked(usize::try_from(length).ok()?);
        }
        shift += 7;
    }
    None
}

/// Before, two pointers to string headers follow.
fn pointed<'a, R: ReadRef<'a>>(program: &object::File<'a, R>, blob: &[u8], flags: u8) -> Option<(Vec<u8>, Vec<u8>)> {
    let size = usize::from(*blob.get(14)?);
    let number = |bytes: &[u8]| -> Option<u64> {
        let bytes = bytes.get(..size)?;
        let fold = |value: u64, byte: &u8| (value << 8) | u64::from(*byte);
        match size {
            4 | 8 if flags & 1 == 1 => Some(bytes.iter().fold(0, fold)),
            4 | 8 => Some(bytes.iter().rev().fold(0, fold)),
            _ => None,
        }
    };
    let memory = |address: u64, length: u64| {
        program
            .segments()
            .find_map(|segment| segment.data_range(address, length).ok().flatten())
            .or_else(|| program.sections().find_map(|section| section.data_range(address, length).ok().flatten()))
    };
    let text = |at: usize| -> Option<Vec<u8>> {
        let header = memory(number(blob.get(at..)?)?, 2 * size as u64)?;
        let (address, length) = (number(header)?, number(header.get(size..)?)?);
        if length == 0 {
            return Some(Vec::new());
        }
        (length <= TEXT_LIMIT).then(|| memory(address, length)).flatten().map(<[u8]>::to_vec)
    };
    Some((text(16)?, text(16 + size)?))
}

fn unframed(modules: &[u8]) -> &[u8] {
    match modules.len() {
        length if length > 2 * FRAME => modules.get(FRAME..length - FRAME).unwrap_or_default(),
        _ => &[],
    }
}

fn parse(text: &str) -> BuildInfo {
    let mut info = BuildInfo::default();
    for line in text.lines() {
        let mut words = line.split('\t');
        let kind = words.next().unwrap_or_default();
        let mut next = || words.next().unwrap_or_default().to_owned();
        match kind {
            "path" => info.path = next(),
            "mod" => info.main = Some(module(&mut next)),
            "dep" => info.dependencies.push(module(&mut next)),
            "=>" => {
                let replacement = Some(Box::new(module(&mut next)));
                if let Some(last) = info.dependencies.last_mut().or(info.main.as_mut()) {
                    last.replacement = replacement;
                }
            }
            "build" => {
                if let Some((key, value)) = line.strip_prefix("build\t").and_then(|rest| rest.split_once('=')) {
                    info.settings.push((key.to_owned(), unquote(value)));
                }
            }
            _ => {}
        }
    }
    info
}

fn module(next: &mut impl FnMut() -> String) -> Module {
    Module { path: next(), version: next(), sum: next(), replacement: None }
}

/// Values with blanks are written as Go string literals, which are JSON for all that builds hold.
fn unquote(value: &str) -> String {
    serde_json::from_str(value)
        .ok()
        .filter(|_| value.starts_with('"'))
        .unwrap_or_else(|| value.trim_matches('`').to_owned())
}
