//! Berkeley DB hash files (`Packages`), used before rpm 4.16.

const MAGIC: u32 = 0x0006_1561;
const PAGE_HEADER: usize = 26;
const HASH: u8 = 13;
const HASH_UNSORTED: u8 = 2;
const OVERFLOW: u8 = 7;
const OFF_PAGE: u8 = 3;
const BLOB_LIMIT: usize = 256 << 20;

#[derive(Debug, thiserror::Error)]
#[error("the rpm database (Berkeley DB) cannot be read: {0}")]
pub(super) struct Damaged(&'static str);

struct Database<'a> {
    bytes: &'a [u8],
    page_size: usize,
    swapped: bool,
}

/// The package headers.
pub(super) fn blobs(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Damaged> {
    let magic = bytes.get(12..16).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    let swapped = match magic {
        Some(MAGIC) => false,
        Some(magic) if magic.swap_bytes() == MAGIC => true,
        _ => return Err(Damaged("it is no hash database")),
    };
    let mut database = Database { bytes, page_size: 0, swapped };
    let page_size = database.u32(20).unwrap_or(0);
    if !(512..=65_536).contains(&page_size) || !page_size.is_power_of_two() {
        return Err(Damaged("its page size is impossible"));
    }
    if bytes.get(24) != Some(&0) {
        return Err(Damaged("it is encrypted"));
    }
    if bytes.get(25) != Some(&8) {
        return Err(Damaged("its first page is no hash metadata"));
    }
    database.page_size = page_size as usize;
    let last = database.u32(32).unwrap_or(0);
    let mut found = Vec::new();
    for page in 1..=last {
        let Some(start) = database.page(page) else { break };
        if !matches!(bytes.get(start + 25), Some(&(HASH | HASH_UNSORTED))) {
            continue;
        }
        let entries = usize::from(database.u16(start + 20).unwrap_or(0));
        // Offsets come in pairs of key and value.
        for entry in (1..entries).step_by(2) {
            let Some(offset) = database.u16(start + PAGE_HEADER + 2 * entry) else { break };
            let item = start + usize::from(offset);
            // Values inside the page are not packages but the counter of the last one.
            if bytes.get(item) != Some(&OFF_PAGE) {
                continue;
            }
            let (Some(first), Some(length)) = (database.u32(item + 4), database.u32(item + 8)) else {
                return Err(Damaged("an entry is cut"));
            };
            found.push(database.overflow(first, length as usize)?);
        }
    }
    Ok(found)
}

impl Database<'_> {
    fn u32(&self, at: usize) -> Option<u32> {
        let number = u32::from_le_bytes(self.bytes.get(at..at + 4)?.try_into().ok()?);
        Some(if self.swapped { number.swap_bytes() } else { number })
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let number = u16::from_le_bytes(self.bytes.get(at..at + 2)?.try_into().ok()?);
        Some(if self.swapped { number.swap_bytes() } else { number })
    }

    fn page(&self, number: u32) -> Option<usize> {
        let start = (number as usize).checked_mul(self.page_size)?;
        (start + self.page_size <= self.bytes.len()).then_some(start)
    }

    fn overflow(&self, mut page: u32, length: usize) -> Result<Vec<u8>, Damaged> {
        if length > BLOB_LIMIT {
            return Err(Damaged("a package is too large"));
        }
        let mut blob = Vec::with_capacity(length.min(1 << 20));
        while page != 0 && blob.len() < length {
            let start = self.page(page).ok_or(Damaged("a page is missing"))?;
            // Anything else in the chain would let it run in circles.
            if self.bytes.get(start + 25) != Some(&OVERFLOW) {
                return Err(Damaged("a package runs into a foreign page"));
            }
            let next = self.u32(start + 16).unwrap_or(0);
            let used =
                if next == 0 { usize::from(self.u16(start + 22).unwrap_or(0)) } else { self.page_size - PAGE_HEADER };
            let data = self.bytes.get(start + PAGE_HEADER..start + PAGE_HEADER + used);
            let data = data.filter(|d| !d.is_empty()).ok_or(Damaged("a page is cut"))?;
            blob.extend_from_slice(data);
            page = next;
        }
        blob.truncate(length);
        Ok(blob)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    const PAGE: usize = 512;

    /// Metadata, a hash page with one pair, and a package of 600 bytes on two overflow pages.
    fn database(chain: u32) -> Vec<u8> {
        let mut file = vec![0; 4 * PAGE];
        let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
        put(12, &MAGIC.to_le_bytes());
        put(20, &(PAGE as u32).to_le_bytes());
        put(25, &[8]);
        put(32, &3u32.to_le_bytes());
        put(PAGE + 20, &2u16.to_le_bytes());
        put(PAGE + 25, &[HASH]);
        put(PAGE + 26, &500u16.to_le_bytes());
        put(PAGE + 28, &400u16.to_le_bytes());
        put(PAGE + 400, &[OFF_PAGE]);
        put(PAGE + 404, &2u32.to_le_bytes());
        put(PAGE + 408, &600u32.to_le_bytes());
        put(2 * PAGE + 16, &chain.to_le_bytes());
        put(2 * PAGE + 25, &[OVERFLOW]);
        put(2 * PAGE + 26, &[b'a'; PAGE - 26]);
        put(3 * PAGE + 22, &114u16.to_le_bytes());
        put(3 * PAGE + 25, &[OVERFLOW]);
        put(3 * PAGE + 26, &[b'b'; 114]);
        file
    }

    #[test]
    fn packages_are_put_together_from_overflow_pages() {
        let found = blobs(&database(3)).unwrap();
        assert_eq!(found, [[vec![b'a'; 486], vec![b'b'; 114]].concat()]);
    }

    #[test]
    fn chains_into_foreign_pages_and_cut_files_are_refused() {
        assert!(blobs(&database(1)).is_err());
        assert!(blobs(&database(9)).is_err());
        assert!(blobs(&database(3)[..20]).is_err());
        assert!(blobs(b"no database").is_err());
    }
}
