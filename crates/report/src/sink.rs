//! Text on its way out.

use crate::ReportError;
use std::io::Write;

/// How much text is gathered before it is written.
const FULL: usize = 256 << 10;

/// Gathers text and hands it on in large pieces.
pub(crate) struct Sink<'a> {
    out: &'a mut dyn Write,
    /// What was gathered and is not written yet.
    pub(crate) text: String,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, text: String::with_capacity(FULL + (FULL >> 2)) }
    }

    /// Writes what was gathered if it is much. To be called between the items of a long list.
    pub(crate) fn relieve(&mut self) -> Result<(), ReportError> {
        if self.text.len() >= FULL {
            self.out.write_all(self.text.as_bytes())?;
            self.text.clear();
        }
        Ok(())
    }

    /// Writes the rest.
    pub(crate) fn finish(self) -> Result<(), ReportError> {
        self.out.write_all(self.text.as_bytes())?;
        self.out.flush()?;
        Ok(())
    }
}
