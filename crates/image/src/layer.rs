use crate::content::Keeper;
use crate::sniff::{FileType, HEAD_LENGTH};
use crate::tree::{Attributes, FileTree, Kind, directory};
use crate::{Error, Limits, Result, Select};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

/// State that all layers of an image share.
pub(crate) struct Squash<'a> {
    pub(crate) tree: FileTree,
    pub(crate) select: &'a dyn Select,
    pub(crate) limits: &'a Limits,
    keeper: Keeper,
    bytes: u64,
    entries: u64,
}

/// What reading a layer told.
pub(crate) struct LayerRead {
    /// `sha256:…` of the stored bytes.
    pub(crate) digest: String,
    /// `sha256:…` of the uncompressed bytes.
    pub(crate) diff_id: String,
    /// Bytes of regular files.
    pub(crate) size: u64,
}

impl<'a> Squash<'a> {
    pub(crate) fn new(select: &'a dyn Select, limits: &'a Limits) -> Self {
        Self { tree: FileTree::default(), select, limits, keeper: Keeper::default(), bytes: 0, entries: 0 }
    }

    /// Puts one layer over those before. `stored` is the blob as it lies in the archive.
    pub(crate) fn apply(&mut self, index: u32, name: &str, stored: &mut dyn Read) -> Result<LayerRead> {
        let failed = |source: io::Error| unwrap_limit(source, |source| Error::Layer { layer: name.to_owned(), source });
        let outer = Rc::new(RefCell::new(State::default()));
        let inner = Rc::new(RefCell::new(State::default()));
        let mut plain = {
            let mut packed =
                BufReader::with_capacity(64 * 1024, Hashing { from: &mut *stored, state: Rc::clone(&outer) });
            let magic =
                io::BufRead::fill_buf(&mut packed).map_err(failed)?.iter().take(4).copied().collect::<Vec<u8>>();
            let plain: Box<dyn Read + '_> = match magic[..] {
                [0x1f, 0x8b, ..] => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
                [0x28, 0xb5, 0x2f, 0xfd] => Box::new(zstd::stream::read::Decoder::with_buffer(packed).map_err(failed)?),
                _ => Box::new(packed),
            };
            let guarded = Guard {
                from: plain,
                packed: Rc::clone(&outer),
                read: 0,
                before: self.bytes,
                limits: self.limits.clone(),
            };
            Hashing { from: guarded, state: Rc::clone(&inner) }
        };
        let mut size = 0;
        for entry in tar::Archive::new(&mut plain).entries().map_err(failed)? {
            self.entries += 1;
            if self.entries > self.limits.entries {
                return Err(Error::Limit { what: "entries of the layers".into(), limit: self.limits.entries });
            }
            size += self.entry(index, name, entry.map_err(failed)?).map_err(|e| match e {
                Error::Layer { source, .. } => failed(source),
                other => other,
            })?;
        }
        // The archive ends before its stream does; the digests are of the whole stream.
        io::copy(&mut plain, &mut io::sink()).map_err(failed)?;
        self.bytes += inner.borrow().bytes;
        drop(plain);
        io::copy(&mut Hashing { from: stored, state: Rc::clone(&outer) }, &mut io::sink()).map_err(failed)?;
        Ok(LayerRead { digest: finish(&outer), diff_id: finish(&inner), size })
    }

    fn entry(&mut self, index: u32, layer: &str, mut entry: tar::Entry<'_, impl Read>) -> Result<u64> {
        let failed = |source: io::Error| Error::Layer { layer: layer.to_owned(), source };
        let kind = entry.header().entry_type();
        if kind.is_pax_global_extensions() {
            return Ok(0);
        }
        let Some(path) = clean(&entry.path_bytes(), layer, self.limits)? else { return Ok(0) };
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if let Some(hidden) = name.strip_prefix(".wh.") {
            let folder = if parent.is_empty() { self.tree.resolve("/") } else { self.tree.resolve(parent) };
            match (folder, hidden) {
                (Some(folder), ".wh..opq") => self.tree.clear_below(folder, index),
                (Some(folder), hidden) => self.tree.whiteout(folder, hidden, index),
                (None, _) => {}
            }
            return Ok(0);
        }
        let header = entry.header();
        let number = |n: io::Result<u64>| n.ok().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        let mut attributes = Attributes {
            mode: header.mode().unwrap_or(0) & 0o7777,
            uid: number(header.uid()),
            gid: number(header.gid()),
            size: 0,
            mime_type: "",
        };
        let target = entry.link_name_bytes().map(|t| String::from_utf8_lossy(&t).into_owned()).unwrap_or_default();
        let mut size = 0;
        let node = match kind {
            _ if kind.is_dir() => directory(),
            tar::EntryType::Symlink => Kind::Symlink(target.into()),
            tar::EntryType::Link => {
                let Some(target) = clean(target.as_bytes(), layer, self.limits)? else { return Ok(0) };
                let Some(id) = self.tree.lookup(&target) else { return Ok(0) };
                attributes = *self.tree.attributes(id);
                match self.tree.kind(id) {
                    Kind::File(content) => Kind::File(content.clone()),
                    Kind::Symlink(to) => Kind::Symlink(to.clone()),
                    Kind::Other => Kind::Other,
                    Kind::Directory(_) | Kind::Removed => return Ok(0),
                }
            }
            tar::EntryType::Regular | tar::EntryType::Continuous | tar::EntryType::GNUSparse => {
                size = entry.size();
                attributes.size = size;
                let mut head = Vec::with_capacity(HEAD_LENGTH.min(usize::try_from(size).unwrap_or(HEAD_LENGTH)));
                entry.by_ref().take(HEAD_LENGTH as u64).read_to_end(&mut head).map_err(failed)?;
                attributes.mime_type = FileType::mime_type(&head);
                let wanted = size <= self.limits.file && self.select.wants(&format!("/{path}"), &head);
                if wanted && self.keeper.kept.saturating_add(size) > self.limits.kept {
                    return Err(Error::Limit { what: "contents to keep".into(), limit: self.limits.kept });
                }
                Kind::File(match wanted {
                    true => Some(self.keeper.keep(&head, size, &mut entry).map_err(failed)?),
                    false => None,
                })
            }
            _ => Kind::Other,
        };
        if self.tree.len() as u64 > self.limits.entries.saturating_mul(2) {
            return Err(Error::Limit { what: "files and folders".into(), limit: self.limits.entries * 2 });
        }
        let folder = self.tree.make_directory(parent, index);
        self.tree.put(folder, name, index, attributes, node);
        Ok(size)
    }
}

/// The path without leading slash and dots; nothing for the root itself.
fn clean(raw: &[u8], layer: &str, limits: &Limits) -> Result<Option<String>> {
    if raw.len() > limits.path {
        return Err(Error::Limit { what: "bytes of a path".into(), limit: limits.path as u64 });
    }
    let text = String::from_utf8_lossy(raw);
    let mut names = Vec::new();
    for name in text.split('/').filter(|name| !name.is_empty() && *name != ".") {
        if name == ".." || name.contains('\0') {
            return Err(Error::Traversal { layer: layer.to_owned(), path: text.into_owned() });
        }
        names.push(name);
    }
    if names.len() > limits.depth {
        return Err(Error::Limit { what: "folders in a path".into(), limit: limits.depth as u64 });
    }
    Ok((!names.is_empty()).then(|| names.join("/")))
}

#[derive(Default)]
struct State {
    hash: Sha256,
    bytes: u64,
}

/// Hashes and counts what passes.
struct Hashing<R> {
    from: R,
    state: Rc<RefCell<State>>,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        let mut state = self.state.borrow_mut();
        state.hash.update(buffer.get(..read).unwrap_or_default());
        state.bytes += read as u64;
        Ok(read)
    }
}

fn finish(state: &Rc<RefCell<State>>) -> String {
    hex_digest(&std::mem::take(&mut state.borrow_mut().hash).finalize())
}

/// `sha256:` and hex.
pub(crate) fn hex_digest(bytes: &[u8]) -> String {
    bytes.iter().fold(String::from("sha256:"), |text, byte| text + &format!("{byte:02x}"))
}

/// Stops decompression bombs.
struct Guard<'a> {
    from: Box<dyn Read + 'a>,
    packed: Rc<RefCell<State>>,
    read: u64,
    before: u64,
    limits: Limits,
}

/// Below this size no ratio is suspicious.
const RATIO_FROM: u64 = 64 << 20;

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.read += read as u64;
        let limits = &self.limits;
        if self.before + self.read > limits.bytes {
            return Err(over("uncompressed bytes of the layers", limits.bytes));
        }
        if self.read > RATIO_FROM && self.read / self.packed.borrow().bytes.max(1) > limits.ratio {
            return Err(over("uncompressed bytes for each compressed byte of a layer", limits.ratio));
        }
        Ok(read)
    }
}

/// Carries a limit through the readers of other crates.
#[derive(Debug, thiserror::Error)]
#[error("{what} exceed {limit}")]
struct Over {
    what: &'static str,
    limit: u64,
}

fn over(what: &'static str, limit: u64) -> io::Error {
    io::Error::other(Over { what, limit })
}

fn unwrap_limit(error: io::Error, otherwise: impl FnOnce(io::Error) -> Error) -> Error {
    // Readers between may have wrapped the error in their own.
    let mut cause: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|e| e as _);
    while let Some(at) = cause {
        if let Some(over) = at.downcast_ref::<Over>() {
            return Error::Limit { what: over.what.into(), limit: over.limit };
        }
        cause = at.downcast_ref::<io::Error>().and_then(|e| e.get_ref().map(|e| e as _)).or_else(|| at.source());
    }
    otherwise(error)
}
