/// Bounds on what an image may demand. The defaults let every sane image pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Uncompressed bytes of all layers together.
    pub bytes: u64,
    /// Uncompressed bytes for each compressed byte of a layer, once 64 MiB have been read.
    pub ratio: u64,
    /// Entries of all layers together.
    pub entries: u64,
    /// Names in a path.
    pub depth: usize,
    /// Bytes of a path.
    pub path: usize,
    /// Bytes of one kept file; larger ones are listed without content.
    pub file: u64,
    /// Bytes of all kept contents together.
    pub kept: u64,
    /// Bytes of a manifest, index or config.
    pub document: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 128 << 30,
            ratio: 2_000,
            entries: 20_000_000,
            depth: 512,
            path: 4_096,
            file: 2 << 30,
            kept: 16 << 30,
            document: 16 << 20,
        }
    }
}
