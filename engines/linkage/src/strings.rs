//! Many short strings in one piece of memory, and which of them is which.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Strings one after another, by number from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    pub(crate) fn push(&mut self, string: &[u8]) {
        self.bytes.extend_from_slice(string);
        self.ends.push(self.bytes.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, number: u32) -> &[u8] {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[at]]
    }
}

/// The numbers of strings that stand elsewhere. Nothing depends on the order in which they lie here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    table: HashTable<u32>,
    state: DefaultHashBuilder,
}

impl Numbers {
    /// The number of a string; `of` gives the string of a number.
    pub(crate) fn find<'s>(&self, string: &[u8], of: impl Fn(u32) -> &'s [u8]) -> Option<u32> {
        let hash = self.state.hash_one(string);
        self.table.find(hash, |n| of(*n) == string).copied()
    }

    /// Adds a number whose string is not there yet.
    pub(crate) fn insert<'s>(&mut self, number: u32, of: impl Fn(u32) -> &'s [u8]) {
        let hash = self.state.hash_one(of(number));
        let state = &self.state;
        self.table
            .insert_unique(hash, number, |n| state.hash_one(of(*n)));
    }
}
