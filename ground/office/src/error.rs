//! Why a profile cannot be used.

use thiserror::Error;

/// Why a profile cannot be used: which file, which entry, which field, and what to mend.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// A file is not there.
    #[error("{file}: there is no such file in the profile")]
    Missing {
        /// The file.
        file: String,
    },
    /// A file cannot be understood; the cause names line and column.
    #[error("{file}: {cause}")]
    Unreadable {
        /// The file.
        file: String,
        /// What and where.
        cause: String,
    },
    /// An entry has a field that no entry of its kind has: most often one that is misspelled.
    #[error("{file}: {key:?} has a field {field:?}, which is not known here")]
    UnknownField {
        /// The file.
        file: String,
        /// The entry.
        key: String,
        /// The field.
        field: String,
    },
    /// A key that the database cannot store for good: it is lower case, digits, hyphens and points.
    #[error("{file}: the key {key:?} must be of lower-case letters, digits and hyphens")]
    BadKey {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// Two entries have one key.
    #[error("{file}: the key {key:?} stands twice")]
    Twice {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// An alias would find two entries.
    #[error("{file}: the alias {alias:?} of {key:?} already means {other:?}")]
    Ambiguous {
        /// The file.
        file: String,
        /// The entry.
        key: String,
        /// Its alias.
        alias: String,
        /// The other entry.
        other: String,
    },
    /// An entry lacks a name in a language that the office offers.
    #[error("{file}: {key:?} has no name in {language:?}")]
    Nameless {
        /// The file.
        file: String,
        /// The entry.
        key: String,
        /// BCP 47; the field is the language.
        language: String,
    },
    /// An entry speaks of one that is not there.
    #[error("{file}: {field} of {key:?} is {reference:?}, which is not there")]
    Dangling {
        /// The file.
        file: String,
        /// The entry.
        key: String,
        /// The field.
        field: &'static str,
        /// What it names.
        reference: String,
    },
    /// A value that cannot be: a period of no days, a place outside the globe.
    #[error("{file}: {field} of {key:?} cannot be {value}")]
    Impossible {
        /// The file.
        file: String,
        /// The entry.
        key: String,
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
    },
    /// `office.toml` says how many entries a list has, and it has not.
    #[error("{file}: {found} entries, and office.toml says {stated}")]
    Miscounted {
        /// The file.
        file: String,
        /// How many there are.
        found: usize,
        /// How many there should be.
        stated: usize,
    },
}
