use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Contents above this size go to the temporary file.
const IN_MEMORY: u64 = 32 * 1024;

/// The bytes of a kept file.
#[derive(Debug, Clone)]
pub struct Content(Place);

#[derive(Debug, Clone)]
enum Place {
    Memory(Arc<[u8]>),
    Spilled { file: Arc<Mutex<File>>, offset: u64, length: u64 },
    OnDisk { path: PathBuf, length: u64 },
}

/// Reads a [`Content`].
#[derive(Debug)]
pub struct ContentReader {
    place: Source,
    position: u64,
    length: u64,
}

#[derive(Debug)]
enum Source {
    Memory(Arc<[u8]>),
    File { file: Arc<Mutex<File>>, offset: u64 },
}

impl Content {
    pub(crate) fn on_disk(path: PathBuf, length: u64) -> Self {
        Self(Place::OnDisk { path, length })
    }

    /// Bytes that are at hand.
    pub fn from_bytes(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self(Place::Memory(bytes.into()))
    }

    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        match &self.0 {
            Place::Memory(bytes) => bytes.len() as u64,
            Place::Spilled { length, .. } | Place::OnDisk { length, .. } => *length,
        }
    }

    /// There are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Opens it for reading anywhere.
    pub fn open(&self) -> io::Result<ContentReader> {
        let place = match &self.0 {
            Place::Memory(bytes) => Source::Memory(Arc::clone(bytes)),
            Place::Spilled { file, offset, .. } => Source::File { file: Arc::clone(file), offset: *offset },
            Place::OnDisk { path, .. } => Source::File { file: Arc::new(Mutex::new(File::open(path)?)), offset: 0 },
        };
        Ok(ContentReader { place, position: 0, length: self.len() })
    }

    /// All bytes, or an error if there are more than `limit`.
    pub fn read(&self, limit: u64) -> io::Result<Vec<u8>> {
        if self.len() > limit {
            return Err(io::Error::other(format!("{} bytes are more than the limit of {limit}", self.len())));
        }
        let mut bytes = Vec::new();
        self.open()?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Read for ContentReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.position);
        let wanted = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let Some(buffer) = buffer.get_mut(..wanted) else { return Ok(0) };
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = match &self.place {
            Source::Memory(bytes) => {
                let start = usize::try_from(self.position).unwrap_or(usize::MAX);
                let Some(part) = bytes.get(start..start.saturating_add(wanted)) else { return Ok(0) };
                buffer.copy_from_slice(part);
                wanted
            }
            // Several readers share the file, so each sets its position before it reads.
            Source::File { file, offset } => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(offset + self.position))?;
                file.read(buffer)?
            }
        };
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for ContentReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = position.ok_or_else(|| io::Error::other("seek before the start"))?;
        Ok(self.position)
    }
}

/// Takes contents in while layers are read.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    spill: Option<Arc<Mutex<File>>>,
    end: u64,
    pub(crate) kept: u64,
}

impl Keeper {
    pub(crate) fn keep(&mut self, head: &[u8], length: u64, rest: &mut dyn Read) -> io::Result<Content> {
        self.kept += length;
        let mut whole = head.chain(rest);
        if length <= IN_MEMORY {
            let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
            whole.read_to_end(&mut bytes)?;
            return Ok(Content::from_bytes(bytes));
        }
        let file = match &self.spill {
            Some(file) => file,
            None => self.spill.insert(Arc::new(Mutex::new(tempfile::tempfile()?))),
        };
        let offset = self.end;
        let mut open = file.lock().unwrap_or_else(PoisonError::into_inner);
        open.seek(SeekFrom::Start(offset))?;
        let written = io::copy(&mut whole, &mut *open)?;
        open.flush()?;
        self.end += written;
        Ok(Content(Place::Spilled { file: Arc::clone(file), offset, length: written }))
    }
}
