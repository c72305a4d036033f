//! How much a template may do.

/// How deep values may be nested where they are walked: printed, copied, compared.
pub(crate) const MAX_NESTING: usize = 1_000;

/// How much rendering may cost. Templates are untrusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text: the output of a template, or the result of a function.
    pub max_text: usize,
    /// Bytes of all texts and lists that are made while rendering, whether kept or not.
    pub max_bytes: usize,
    /// Nodes of templates executed, loops counted in full.
    pub max_steps: u64,
    /// How deep templates may call each other.
    pub max_depth: usize,
    /// How often one template may be included inside itself.
    pub max_includes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_text: 64 << 20, max_bytes: 2 << 30, max_steps: 50_000_000, max_depth: 2_000, max_includes: 1_000 }
    }
}

/// A limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// One text grew too long.
    #[error("a text grows beyond {0} bytes; the template makes more than a manifest can hold")]
    Text(usize),
    /// All texts together grew too long.
    #[error("templates made more than {0} bytes of text altogether; render fewer values")]
    Bytes(usize),
    /// Too many nodes were executed.
    #[error("templates took more than {0} steps; look for a loop that does not end")]
    Steps(u64),
    /// Templates call each other too deep.
    #[error("templates call each other more than {0} levels deep; look for one that includes itself")]
    Depth(usize),
    /// A value is nested too deep, or holds itself.
    #[error("a value is nested more than {0} levels deep or holds itself")]
    Nesting(usize),
}
