//! Log before release: what is handed out only after its reading is in the tree.
//!
//! A function that gives somebody a wrapped key asks for a [`Receipt`]. The one way to get one is [`read_before`], which
//! returns after the reading, with person, reason and record, was committed:
//!
//! ```ignore
//! fn release(grant: &Grant, receipt: &Receipt) -> Result<WrappedKey, Problem> {
//!     if !receipt.covers(by, &Record::of("case", grant.case)) { … }
//! ```

use jiff::Timestamp;
use mandate_ledger_tree::merkle::Hash;
use mandate_store::{Query, Store, StoreError};

use crate::{Actor, Entry, Record, together, tree};

/// A reading that somebody is about to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading(Entry);

impl Reading {
    /// Which record is read, by which action (`case.read`), and why: in the reader's own words or a word of the office's
    /// list, without content of the record.
    pub fn of(action: &'static str, record: Record, reason: &str) -> Self {
        Reading(Entry::read(action, record).with("reason", reason))
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(self, key: &str, value: impl serde::Serialize) -> Self {
        Reading(self.0.with(key, value))
    }
}

/// The proof that a reading stands in the ledger. It cannot be made, copied or read from anywhere: only [`read_before`]
/// gives one out, after the commit.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "what is read may be handed out only against its receipt"]
pub struct Receipt {
    index: u64,
    leaf: Hash,
    by: Actor,
    record: Record,
    at: Timestamp,
}

impl Receipt {
    /// The index of the reading's leaf in the tree: the entry's number less one.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The leaf's hash, which the root of every later checkpoint is computed from.
    pub fn leaf(&self) -> &Hash {
        &self.leaf
    }

    /// When it was read.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Whether it is for this person (in this session) and this record.
    pub fn covers(&self, by: &Actor, record: &Record) -> bool {
        self.by == *by && self.record == *record
    }

    /// The proof that the reading is in the tree of a checkpoint of this size.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a checkpoint from before the reading, or one that was never made.
    pub async fn proof(&self, db: &mut impl Query, size: u64) -> Result<Vec<Hash>, StoreError> {
        tree::prove_inclusion(db, self.index, size).await
    }
}

/// Commits a reading, and only then gives the receipt for it. Readings that come while others are being committed wait for
/// those and are then committed together, each with its own entry.
///
/// # Errors
/// [`StoreError::Database`]: then nothing was read and nothing may be handed out.
pub async fn read_before(
    store: &Store,
    by: &Actor,
    at: Timestamp,
    reading: Reading,
) -> Result<Receipt, StoreError> {
    let record = reading
        .0
        .record
        .clone()
        .ok_or(StoreError::NotFound("record"))?;
    let leaf = together::record(store, by, at, reading.0).await?;
    Ok(Receipt {
        index: leaf.seq - 1,
        leaf: leaf.hash(),
        by: by.clone(),
        record,
        at,
    })
}
