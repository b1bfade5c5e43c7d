//! A change and its entries in one transaction.

use jiff::Timestamp;
use mandate_ledger_tree::leaf::Leaf;
use mandate_store::{Query, Row, Store, StoreError, Tx, Value, insert_many, millis, params};

use crate::{Actor, Entry, Outcome, alarm, seal::Words};

/// A change and its entries in one transaction.
#[derive(Debug)]
pub struct Act {
    tx: Tx,
    by: Actor,
    at: Timestamp,
    recorded: usize,
}

impl Act {
    /// Begins a change by somebody at a time.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the database does not answer.
    pub async fn begin(store: &Store, by: &Actor, at: Timestamp) -> Result<Self, StoreError> {
        Ok(Act {
            tx: store.begin().await?,
            by: by.clone(),
            at,
            recorded: 0,
        })
    }

    /// When it happens.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Who does it.
    pub fn by(&self) -> &Actor {
        &self.by
    }

    /// The transaction, for what takes one (`insert_many`, `Attachments::add`).
    pub fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Writes an entry; returns its number.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn record(&mut self, entry: Entry) -> Result<i64, StoreError> {
        self.record_all(vec![entry]).await
    }

    /// Writes many entries at once, in order, each with its leaf; returns the last number. After readings beyond the
    /// office's rate an alarm is raised, in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn record_all(&mut self, entries: Vec<Entry>) -> Result<i64, StoreError> {
        let by = self.by.clone();
        let reads = entries.iter().any(|entry| entry.outcome == Outcome::Read);
        let at = self.at;
        let leaves = self
            .write(entries.into_iter().map(|entry| (entry, &by, at)).collect())
            .await?;
        if reads {
            self.watch(&by, at).await?;
        }
        let last = leaves.last().map_or(0, |leaf| leaf.seq);
        Ok(i64::try_from(last).unwrap_or(i64::MAX))
    }

    /// Counts what somebody has read, and raises an alarm beyond the office's rate.
    pub(crate) async fn watch(&mut self, by: &Actor, at: Timestamp) -> Result<(), StoreError> {
        if let Some(raised) = alarm::watch(&mut self.tx, by, at).await? {
            self.write(vec![(raised, &Actor::program(), at)]).await?;
        }
        Ok(())
    }

    /// Writes entries of whomever, in order; gives back their leaves.
    pub(crate) async fn write(
        &mut self,
        entries: Vec<(Entry, &Actor, Timestamp)>,
    ) -> Result<Vec<Leaf>, StoreError> {
        let n = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        // The one row of `ledger_size` is the lock that gives entries their order on PostgreSQL too: a transaction that
        // has taken a number is saved before the next one gets one.
        let row = self
            .tx
            .row(
                "INSERT INTO ledger_size (one, size) VALUES (1, $1) \
                 ON CONFLICT (one) DO UPDATE SET size = ledger_size.size + $1 RETURNING size",
                params![n],
            )
            .await?
            .ok_or(StoreError::NotFound("ledger"))?;
        let last = row.int("size")?;
        let mut rows = Vec::with_capacity(entries.len());
        let mut leaves = Vec::with_capacity(entries.len());
        for ((entry, by, at), seq) in entries.into_iter().zip(last - n + 1..) {
            let words = Words::new(entry, seq, millis(at), by);
            let salt: [u8; 32] = rand::random();
            let sealed = words.leaf(&salt);
            rows.push(words.into_row(&salt, &sealed));
            leaves.push(sealed);
        }
        insert_many(&mut self.tx, "ledger_entry", &COLUMNS, rows).await?;
        self.recorded += leaves.len();
        Ok(leaves)
    }

    /// Saves the change with its entries.
    ///
    /// # Errors
    /// [`StoreError::Unrecorded`] when nothing was recorded: then nothing is saved. [`StoreError::Database`].
    pub async fn commit(self) -> Result<(), StoreError> {
        if self.recorded == 0 {
            return Err(StoreError::Unrecorded);
        }
        self.tx.commit().await
    }
}

impl Query for Act {
    async fn rows(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.tx.rows(sql, params).await
    }

    async fn execute(&mut self, sql: &str, params: Vec<Value>) -> Result<u64, StoreError> {
        self.tx.execute(sql, params).await
    }
}

const COLUMNS: [&str; 11] = [
    "seq",
    "at",
    "actor",
    "session",
    "action",
    "outcome",
    "record_kind",
    "record_id",
    "details",
    "salt",
    "commitment",
];

/// Records something that changed nothing else: a refusal, or a reading of a Restricted record.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn record_alone(
    store: &Store,
    by: &Actor,
    at: Timestamp,
    entry: Entry,
) -> Result<(), StoreError> {
    let mut act = Act::begin(store, by, at).await?;
    act.record(entry).await?;
    act.commit().await
}
