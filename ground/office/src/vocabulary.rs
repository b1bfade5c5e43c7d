//! Entries in the office's order, found by key or by any of their words.

use std::{collections::HashMap, ops::Index};

use mandate_names::fold;

use crate::Entry;

/// Entries in the profile's order, found by their key or by any of their names and aliases.
///
/// Words are compared without regard to case, marks over letters, script and punctuation (see [`mandate_names::fold`]):
/// `dakovica`, `Đakovica`, `Ђаковица` and `GJAKOVË / ĐAKOVICA` all find one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary<T> {
    entries: Vec<T>,
    by_key: HashMap<String, usize>,
    by_word: HashMap<String, usize>,
}

/// Why entries make no vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clash {
    /// A key stands twice.
    Key(String),
    /// An entry's alias is already a word of another entry.
    Alias { key: String, alias: String, other: String },
}

impl<T: Entry> Vocabulary<T> {
    pub(crate) fn new(entries: Vec<T>) -> Result<Self, Clash> {
        let (mut by_key, mut by_word) = (HashMap::new(), HashMap::new());
        for (at, entry) in entries.iter().enumerate() {
            if by_key.insert(entry.key().to_owned(), at).is_some() {
                return Err(Clash::Key(entry.key().to_owned()));
            }
            by_word.entry(fold(entry.key())).or_insert(at);
        }
        // Names before aliases, so that no alias takes the place of a name that comes later in the file.
        for (at, entry) in entries.iter().enumerate() {
            for word in entry.name().all() {
                by_word.entry(fold(word)).or_insert(at);
            }
        }
        for (at, entry) in entries.iter().enumerate() {
            for alias in entry.aliases() {
                let known = *by_word.entry(fold(alias)).or_insert(at);
                if known != at {
                    return Err(Clash::Alias {
                        key: entry.key().to_owned(),
                        alias: alias.clone(),
                        other: entries[known].key().to_owned(),
                    });
                }
            }
        }
        Ok(Vocabulary { entries, by_key, by_word })
    }

    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.by_key.get(key).map(|at| &self.entries[*at])
    }

    /// The entry that a word from elsewhere means: its key, a name in any language or an alias, however it is spelled.
    pub fn find(&self, word: &str) -> Option<&T> {
        self.by_word.get(&fold(word)).map(|at| &self.entries[*at])
    }

    /// The name of an entry in a language; the key itself where there is no such entry (any more).
    pub fn name_of<'a>(&'a self, key: &'a str, tag: &str) -> &'a str {
        self.get(key).map_or(key, |entry| entry.name().in_language(tag))
    }

    /// All entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<'a, T> IntoIterator for &'a Vocabulary<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<T> Index<usize> for Vocabulary<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.entries[at]
    }
}
