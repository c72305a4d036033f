//! rpm's own storage format (`Packages.db`), used by SUSE.

const SLOT: usize = 16;
const PAGE: usize = 4096;
const BLOCK: usize = 16;
const SLOT_PAGES_LIMIT: u32 = 2048;

#[derive(Debug, thiserror::Error)]
#[error("the rpm database (NDB) is damaged: {0}")]
pub(super) struct Damaged(&'static str);

/// The package headers.
pub(super) fn blobs(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Damaged> {
    let number = |at: usize| -> Option<u32> { Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)) };
    let pages = number(12).ok_or(Damaged("no header"))?;
    if number(4) != Some(0) || pages > SLOT_PAGES_LIMIT {
        return Err(Damaged("unknown version or too many slots"));
    }
    let mut found = Vec::new();
    // The first two slots are the header.
    for at in (2 * SLOT..pages as usize * PAGE).step_by(SLOT) {
        let (Some(magic), Some(index), Some(offset)) = (number(at), number(at + 4), number(at + 8)) else { break };
        if magic.to_le_bytes() != *b"Slot" {
            return Err(Damaged("a slot has the wrong mark"));
        }
        if offset == 0 {
            continue;
        }
        let start = offset as usize * BLOCK;
        if number(start).map(u32::to_le_bytes) != Some(*b"BlbS") || number(start + 4) != Some(index) {
            return Err(Damaged("a package has the wrong mark"));
        }
        let length = number(start + 12).ok_or(Damaged("a package is cut"))? as usize;
        let blob = bytes.get(start + 16..start + 16 + length).ok_or(Damaged("a package is cut"))?;
        found.push(blob.to_vec());
    }
    Ok(found)
}
