//! Finds a key that a mapping has twice.

use ks_object::Builder;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// From so many keys on, a mapping's keys are looked up in a set.
const MANY: usize = 16;

/// The keys of all open mappings: one stack, so that no mapping allocates its own until it is large.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    stack: Vec<Key>,
    hasher: RandomState,
}

/// The keys of one mapping.
#[derive(Debug)]
pub(crate) struct Scope {
    start: usize,
    many: Option<HashSet<u64>>,
}

#[derive(Debug)]
struct Key {
    hash: u64,
    /// Where its value stands in the tree.
    at: u32,
    line: u32,
}

impl Keys {
    /// Forgets every mapping.
    pub(crate) fn clear(&mut self) {
        self.stack.clear();
    }

    pub(crate) fn open(&self) -> Scope {
        Scope { start: self.stack.len(), many: None }
    }

    /// Forgets a mapping, which must be the last one opened.
    pub(crate) fn close(&mut self, scope: &Scope) {
        self.stack.truncate(scope.start);
    }

    /// Adds a key whose value will stand at `at`. If the mapping has it already, gives the line of the first one.
    pub(crate) fn add(&mut self, scope: &mut Scope, builder: &Builder, key: &str, at: u32, line: u32) -> Option<u32> {
        let hash = self.hasher.hash_one(key);
        let known = &self.stack[scope.start..];
        let perhaps = match &mut scope.many {
            Some(many) => !many.insert(hash),
            None => known.iter().any(|other| other.hash == hash),
        };
        if perhaps && let Some(first) = known.iter().find(|other| other.hash == hash && builder.key_of(other.at) == key)
        {
            return Some(first.line);
        }
        self.stack.push(Key { hash, at, line });
        if scope.many.is_none() && self.stack.len() - scope.start > MANY {
            scope.many = Some(self.stack[scope.start..].iter().map(|key| key.hash).collect());
        }
        None
    }

    /// Says that the value of a known key stands at `at` now, and gives where it stood before.
    pub(crate) fn replace(&mut self, scope: &Scope, builder: &Builder, key: &str, at: u32) -> Option<u32> {
        let known = self.stack[scope.start..].iter_mut().find(|other| builder.key_of(other.at) == key)?;
        Some(std::mem::replace(&mut known.at, at))
    }
}
