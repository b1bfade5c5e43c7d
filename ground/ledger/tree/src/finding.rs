//! What does not fit in an exported ledger, in words for a person at the command line.

use std::fmt;

/// Something that does not fit: in which file, at which entry, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file of the export.
    pub file: String,
    /// The number of the entry, where one can be named.
    pub entry: Option<u64>,
    /// What is wrong.
    pub what: Wrong,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A file that must be there is not.
    Missing,
    /// A file is not part of the format.
    Unknown,
    /// It cannot be read, or not in the one way in which it may be written.
    Unreadable(String),
    /// It is shorter or longer than the tree needs.
    Length {
        /// Hashes, entries or lines that there are.
        found: u64,
        /// How many there must be.
        needed: u64,
    },
    /// No signature of a key that is trusted fits.
    NotSigned,
    /// The keys in the export are not those that were given.
    OtherKeys,
    /// A note of the export has other signatures than the format gives it.
    Signatures(&'static str),
    /// A witness that was asked for did not cosign.
    NotCosigned(String),
    /// A leaf's number is not its place.
    Number(u64),
    /// A leaf or a hash is not the one below it in the tree.
    Hash,
    /// The root over the leaves is not the one that was signed.
    Root,
    /// The content is not what was committed to.
    Content,
    /// The hour of the leaf is not that of the content.
    Hour,
    /// The content is gone, and no later entry says that it was erased.
    NotErased,
    /// The checkpoint is larger than the newest one: the ledger was cut.
    Cut(u64),
    /// The checkpoint is of another history.
    Fork(u64),
    /// The checkpoint is of another log.
    OtherLog(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(entry) = self.entry {
            write!(f, ", entry {entry}")?;
        }
        f.write_str(": ")?;
        match &self.what {
            Wrong::Missing => f.write_str("is missing"),
            Wrong::Unknown => f.write_str("does not belong to an export"),
            Wrong::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Wrong::Length { found, needed } => {
                write!(f, "holds {found} where the tree needs {needed}")
            }
            Wrong::NotSigned => f.write_str("is not signed by a key that is trusted"),
            Wrong::OtherKeys => f.write_str("does not hold the keys that were given"),
            Wrong::Signatures(why) => write!(f, "has other signatures than it may have: {why}"),
            Wrong::NotCosigned(witness) => write!(f, "is not cosigned by the witness {witness}"),
            Wrong::Number(number) => write!(f, "the leaf carries the number {number}"),
            Wrong::Hash => f.write_str("is not what the hash above it says"),
            Wrong::Root => {
                f.write_str("the entries do not yield the root that was signed: some were changed")
            }
            Wrong::Content => f.write_str("was changed: it is not what was committed to"),
            Wrong::Hour => f.write_str("its time is not in the hour that the leaf names"),
            Wrong::NotErased => {
                f.write_str("its content is gone, but no later entry says that it was erased")
            }
            Wrong::Cut(size) => write!(
                f,
                "the ledger had {size} entries when this was signed, and has fewer now: its end was cut off"
            ),
            Wrong::Fork(size) => write!(
                f,
                "the first {size} entries are not those that were signed then: history was written anew"
            ),
            Wrong::OtherLog(origin) => write!(f, "is of another ledger, {origin}"),
        }
    }
}
