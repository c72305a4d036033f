use ks_object::{Kind, Tree};
use std::ops::Range;
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}
pub fn set(_text: &str, _tree: &Tree, _path: &str, _value: &str) -> Option<Edit> {
    let _ = Kind::Null;
    None
}
