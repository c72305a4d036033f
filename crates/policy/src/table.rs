//! Texts stored once and known by number.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Texts stored once and known by number. Number 0 is the empty text.
#[derive(Debug)]
pub(crate) struct Table {
    texts: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u32>,
}

impl Default for Table {
    fn default() -> Self {
        let empty: Arc<str> = Arc::from("");
        Self { texts: vec![empty.clone()], numbers: FxHashMap::from_iter([(empty, 0)]) }
    }
}

impl Table {
    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = Arc::from(text);
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    /// A shared copy of a text.
    pub(crate) fn shared(&mut self, text: &str) -> Arc<str> {
        let number = self.number(text);
        self.texts[number as usize].clone()
    }

    /// The text of a number.
    pub(crate) fn get(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }
}
