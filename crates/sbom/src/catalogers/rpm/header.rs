//! rpm's header structure: an index of tags, then their data, all big-endian.

/// The tags that are read.
pub(super) mod tag {
    pub(in super::super) const NAME: u32 = 1000;
    pub(in super::super) const VERSION: u32 = 1001;
    pub(in super::super) const RELEASE: u32 = 1002;
    pub(in super::super) const EPOCH: u32 = 1003;
    pub(in super::super) const SIZE: u32 = 1009;
    pub(in super::super) const VENDOR: u32 = 1011;
    pub(in super::super) const LICENSE: u32 = 1014;
    pub(in super::super) const ARCH: u32 = 1022;
    pub(super) const FILE_SIZES: u32 = 1028;
    pub(super) const FILE_MODES: u32 = 1030;
    pub(super) const FILE_DIGESTS: u32 = 1035;
    pub(super) const FILE_FLAGS: u32 = 1037;
    pub(super) const FILE_USERS: u32 = 1039;
    pub(super) const FILE_GROUPS: u32 = 1040;
    pub(in super::super) const SOURCE_RPM: u32 = 1044;
    pub(in super::super) const PROVIDES: u32 = 1047;
    pub(in super::super) const REQUIRES: u32 = 1049;
    pub(super) const DIR_INDEXES: u32 = 1116;
    pub(super) const BASE_NAMES: u32 = 1117;
    pub(super) const DIR_NAMES: u32 = 1118;
    pub(super) const DIGEST_ALGORITHM: u32 = 5011;
    pub(in super::super) const MODULARITY_LABEL: u32 = 5096;
}

const ENTRY: usize = 16;
const LIMIT: usize = 256 << 20;

/// A header that can be asked for tags.
#[derive(Debug)]
pub(super) struct Header<'a> {
    index: &'a [u8],
    data: &'a [u8],
}

/// A file that a package owns.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct OwnedFile {
    pub(super) path: String,
    pub(super) mode: u32,
    pub(super) size: u32,
    pub(super) digest: String,
    pub(super) algorithm: &'static str,
    pub(super) user: String,
    pub(super) group: String,
    flags: u32,
}

#[derive(Debug, thiserror::Error)]
#[error("a package header of the rpm database is damaged")]
pub(super) struct Damaged;

impl<'a> Header<'a> {
    pub(super) fn parse(blob: &'a [u8]) -> Result<Self, Damaged> {
        let count = number(blob, 0).ok_or(Damaged)? as usize;
        let length = number(blob, 4).ok_or(Damaged)? as usize;
        if count > LIMIT / ENTRY || length > LIMIT {
            return Err(Damaged);
        }
        let index = blob.get(8..8 + count * ENTRY).ok_or(Damaged)?;
        let data = blob.get(8 + count * ENTRY..8 + count * ENTRY + length).ok_or(Damaged)?;
        Ok(Self { index, data })
    }

    /// Type, count and data from the tag's offset on. Later entries override earlier ones: those outside the
    /// header's signed region come last.
    fn entry(&self, tag: u32) -> Option<(u32, usize, &'a [u8])> {
        let entry = self.index.chunks_exact(ENTRY).rev().find(|entry| number(entry, 0) == Some(tag))?;
        let data = self.data.get(number(entry, 8)? as usize..)?;
        Some((number(entry, 4)?, number(entry, 12)? as usize, data))
    }

    /// The first text of a tag.
    pub(super) fn text(&self, tag: u32) -> String {
        self.texts(tag).into_iter().next().unwrap_or_default()
    }

    /// All texts of a tag.
    pub(super) fn texts(&self, tag: u32) -> Vec<String> {
        match self.entry(tag) {
            Some((6 | 8 | 9, count, data)) => data
                .split(|byte| *byte == 0)
                .take(count)
                .map(|text| String::from_utf8_lossy(text).into_owned())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The first number of a tag.
    pub(super) fn number(&self, tag: u32) -> Option<u32> {
        self.numbers(tag).into_iter().next()
    }

    fn numbers(&self, tag: u32) -> Vec<u32> {
        let Some((kind, count, data)) = self.entry(tag) else { return Vec::new() };
        match kind {
            4 => data.chunks_exact(4).take(count).filter_map(|n| number(n, 0)).collect(),
            3 => data
                .chunks_exact(2)
                .take(count)
                .filter_map(|n| Some(u16::from_be_bytes(n.try_into().ok()?).into()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The files with their paths put together.
    pub(super) fn files(&self) -> Vec<OwnedFile> {
        let folders = self.texts(tag::DIR_NAMES);
        let indexes = self.numbers(tag::DIR_INDEXES);
        let (sizes, modes, flags) =
            (self.numbers(tag::FILE_SIZES), self.numbers(tag::FILE_MODES), self.numbers(tag::FILE_FLAGS));
        let (digests, users, groups) =
            (self.texts(tag::FILE_DIGESTS), self.texts(tag::FILE_USERS), self.texts(tag::FILE_GROUPS));
        let algorithm = match self.number(tag::DIGEST_ALGORITHM) {
            Some(2) => "sha1",
            Some(8) => "sha256",
            Some(9) => "sha384",
            Some(10) => "sha512",
            _ => "md5",
        };
        let at = |texts: &[String], index: usize| texts.get(index).cloned().unwrap_or_default();
        self.texts(tag::BASE_NAMES)
            .into_iter()
            .enumerate()
            .map(|(index, name)| {
                let folder = indexes.get(index).and_then(|i| folders.get(*i as usize)).map_or("/", String::as_str);
                OwnedFile {
                    path: format!("{folder}{name}"),
                    mode: modes.get(index).copied().unwrap_or(0),
                    size: sizes.get(index).copied().unwrap_or(0),
                    digest: at(&digests, index),
                    algorithm,
                    user: at(&users, index),
                    group: at(&groups, index),
                    flags: flags.get(index).copied().unwrap_or(0),
                }
            })
            .collect()
    }
}

impl OwnedFile {
    /// Flags in rpm's letters: configuration, documentation, …
    pub(super) fn flags_text(&self) -> String {
        const LETTERS: [(u32, char); 7] = [(1, 'c'), (2, 'd'), (8, 'm'), (16, 'n'), (64, 'g'), (128, 'l'), (256, 'r')];
        LETTERS.iter().filter(|(bit, _)| self.flags & bit != 0).map(|(_, letter)| *letter).collect()
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn headers_that_promise_too_much_are_refused() {
        assert!(Header::parse(&[]).is_err());
        assert!(Header::parse(&[0xff; 64]).is_err());
        let mut blob = vec![0, 0, 0, 1, 0, 0, 0, 2];
        blob.extend([0, 0, 3, 232, 0, 0, 0, 6, 0, 0, 0, 9, 0, 0, 0, 1]);
        blob.extend(b"a\0");
        let header = Header::parse(&blob).unwrap();
        assert_eq!(header.text(tag::NAME), "");
        assert_eq!(header.number(tag::EPOCH), None);
    }
}
