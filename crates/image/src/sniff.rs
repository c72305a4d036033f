/// How many first bytes of a file are looked at.
pub const HEAD_LENGTH: usize = 512;

/// What the first bytes of a file show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    /// Executable and Linkable Format.
    Elf,
    /// Portable Executable of Windows.
    Pe,
    /// Mach-O of Darwin, one architecture or several.
    MachO,
    /// Anything else.
    Other,
}

impl FileType {
    /// Looks at the first bytes.
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0x7f, b'E', b'L', b'F', ..] => Self::Elf,
            [b'M', b'Z', ..] => Self::Pe,
            [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..] | [0xce | 0xcf, 0xfa, 0xed, 0xfe, ..] => Self::MachO,
            // The magic of fat binaries is that of Java classes, whose next number is a version of 45 and above.
            [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 1..=30, ..] => Self::MachO,
            _ => Self::Other,
        }
    }

    /// The file can hold a program.
    pub fn is_executable(self) -> bool {
        self != Self::Other
    }

    /// The content type in documents.
    pub fn mime_type(head: &[u8]) -> &'static str {
        match (Self::of(head), head) {
            (Self::Elf, _) => match head.get(16) {
                Some(2) => "application/x-executable",
                Some(1) => "application/x-object",
                _ => "application/x-sharedlib",
            },
            (Self::Pe, _) => "application/vnd.microsoft.portable-executable",
            (Self::MachO, _) => "application/x-mach-binary",
            (_, [0x1f, 0x8b, ..]) => "application/gzip",
            (_, [b'P', b'K', 3, 4, ..]) => "application/zip",
            (_, []) => "",
            _ if head.contains(&0) => "application/octet-stream",
            _ => "text/plain",
        }
    }
}
