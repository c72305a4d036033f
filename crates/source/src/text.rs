//! The text of a file.

use crate::Options;
use crate::load::Skipped;
use ks_object::File;
use std::borrow::Cow;
use std::io::{ErrorKind, Read};

/// A file's text. Where its bytes are no text, replacement characters stand.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// The lines with bytes that are no text, from 1, sorted.
    pub(crate) broken: Vec<u32>,
}

/// Reads a file, unless it is too large or no regular file.
pub(crate) fn read(file: &File, options: &Options) -> Result<Text, Skipped> {
    let bytes = bytes(file, options).map_err(|reason| Skipped::file(file, 0, reason))?;
    Ok(decode(bytes))
}

fn bytes(file: &File, options: &Options) -> Result<Vec<u8>, String> {
    let limit = options.max_file_size;
    let too_large =
        || format!("it is larger than {limit} bytes and was not read; split it or raise KUBESCAPE_MAX_FILE_SIZE");
    if let Some(content) = &file.content {
        return if content.0.len() as u64 > limit { Err(too_large()) } else { Ok(content.0.to_vec()) };
    }
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::PermissionDenied => "it cannot be read; check its permissions".to_owned(),
        ErrorKind::NotFound => "it is gone; scan again".to_owned(),
        _ => format!("it cannot be read ({error})"),
    };
    // Asked before opening: opening a pipe would wait for a writer.
    let metadata = std::fs::metadata(&file.absolute).map_err(failed)?;
    if !metadata.is_file() {
        return Err("it is no regular file and was not opened".to_owned());
    }
    if metadata.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    let opened = std::fs::File::open(&file.absolute).map_err(failed)?;
    // A file may grow, and some say nothing of their size.
    opened.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

/// Decodes UTF-8, or UTF-16 when a byte order mark says so.
pub(crate) fn decode(bytes: Vec<u8>) -> Text {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match String::from_utf8(bytes) {
            Ok(text) => Text { text, broken: Vec::new() },
            Err(error) => utf8(error.as_bytes()),
        },
    }
}

/// How many lines end in these bytes: with a line feed, a carriage return, or both.
pub(crate) fn line_breaks(bytes: &[u8]) -> u32 {
    let ends = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
    u32::try_from(memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).count()).unwrap_or(u32::MAX)
}

fn utf8(bytes: &[u8]) -> Text {
    let mut text = Marked::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push(chunk.valid().into());
        if !chunk.invalid().is_empty() {
            text.push_broken();
        }
    }
    text.finish()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Text {
    let mut text = Marked::with_capacity(bytes.len());
    let (pairs, rest) = bytes.as_chunks();
    for char in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match char {
            Ok(char) => text.push(Cow::Borrowed(char.encode_utf8(&mut [0; 4]))),
            Err(_) => text.push_broken(),
        }
    }
    if !rest.is_empty() {
        text.push_broken();
    }
    text.finish()
}

struct Marked {
    text: String,
    counted: usize,
    line: u32,
    broken: Vec<u32>,
}

impl Marked {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), counted: 0, line: 1, broken: Vec::new() }
    }

    fn push(&mut self, text: Cow<'_, str>) {
        self.text.push_str(&text);
    }

    fn push_broken(&mut self) {
        self.line = self.line.saturating_add(line_breaks(&self.text.as_bytes()[self.counted..]));
        self.counted = self.text.len();
        self.text.push(char::REPLACEMENT_CHARACTER);
        if self.broken.last() != Some(&self.line) {
            self.broken.push(self.line);
        }
    }

    fn finish(self) -> Text {
        Text { text: self.text, broken: self.broken }
    }
}
