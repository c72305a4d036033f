//! Redacted objects, kept out of memory until the report wants them.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;

/// How much is kept in memory before a file is opened.
const IN_MEMORY: usize = 8 << 20;

/// Texts written one after the other: in memory while they are few, then in an unlinked file that only this process
/// can read.
#[derive(Debug, Default)]
pub(crate) struct Spool {
    memory: Vec<u8>,
    file: Option<File>,
    flushed: u64,
}

/// Where a text stands in a [`Spool`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw {
    at: u64,
    len: u32,
}

impl Spool {
    pub(crate) fn write(&mut self, text: &str) -> io::Result<Raw> {
        let at = self.flushed + self.memory.len() as u64;
        let len = u32::try_from(text.len()).map_err(|_| io::Error::other("object larger than 4 GiB"))?;
        self.memory.extend_from_slice(text.as_bytes());
        if self.memory.len() >= IN_MEMORY {
            self.flush()?;
        }
        Ok(Raw { at, len })
    }

    pub(crate) fn read(&self, raw: &Raw, out: &mut String) -> io::Result<()> {
        let invalid = |_| io::Error::new(io::ErrorKind::InvalidData, "kept object is damaged");
        if raw.at >= self.flushed {
            let start = usize::try_from(raw.at - self.flushed).map_err(io::Error::other)?;
            let bytes = &self.memory[start..start + raw.len as usize];
            out.push_str(std::str::from_utf8(bytes).map_err(invalid)?);
            return Ok(());
        }
        let Some(file) = &self.file else { return Err(io::Error::other("kept objects are gone")) };
        let mut bytes = vec![0; raw.len as usize];
        file.read_exact_at(&mut bytes, raw.at)?;
        out.push_str(std::str::from_utf8(&bytes).map_err(invalid)?);
        Ok(())
    }

    /// A text never straddles the border: the buffer is flushed whole.
    fn flush(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(tempfile::tempfile()?),
        };
        file.write_all(&self.memory)?;
        self.flushed += self.memory.len() as u64;
        self.memory.clear();
        Ok(())
    }
}
