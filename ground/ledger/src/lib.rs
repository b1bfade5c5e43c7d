//! The record of who did what: written in the same transaction as what it describes.
//!
//! A room changes data through an [`Act`] and in no other way:
//!
//! ```ignore
//! let mut act = Act::begin(&store, by, now).await?;
//! act.execute("UPDATE recommendation SET …", params![…]).await?;
//! act.record(Entry::done("recommendation.assigned", Record::of("recommendation", id)).with("to", person)).await?;
//! act.commit().await?;
//! ```
//!
//! An [`Act`] that recorded nothing cannot be committed, so a change without its entry does not exist. Entries are
//! numbered without gaps in the order in which they were saved, which makes the ledger the office's change feed too: the
//! search index reads from it what to index anew ([`since`]).
//!
//! This is the ledger's first form: rows in a table. The interface is that of an append-only log (append, size, entries
//! from a position), so that a Merkle tree with signed checkpoints can stand behind it without a change in any room.

use std::fmt;

use jiff::Timestamp;
use mandate_store::{
    Id, Migration, Migrations, Query, Row, Store, StoreError, Tx, Value, insert_many, params,
};
use serde_json::{Map, json};

/// The ledger's tables.
pub fn migrations() -> Migrations {
    Migrations {
        room: "ledger",
        steps: &[Migration {
            number: 1,
            name: "entries",
            sql: TABLES,
        }],
    }
}

const TABLES: &str = "
CREATE TABLE ledger_entry (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    session TEXT,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'read', 'refused')),
    record_kind TEXT,
    record_id TEXT,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_by_record ON ledger_entry (record_kind, record_id, seq);
CREATE INDEX ledger_by_actor ON ledger_entry (actor, seq);
CREATE TABLE ledger_size (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL) STRICT;
INSERT INTO ledger_size (one, size) VALUES (1, 0);
";

/// Who acts, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    who: String,
    session: Option<String>,
}

impl Actor {
    /// A person in a session of the browser, or with a token (then the session names the token).
    pub fn person(person: Id, session: Option<Id>) -> Self {
        Actor {
            who: person.to_string(),
            session: session.map(|id| id.to_string()),
        }
    }

    /// The command line on the office's own machine: whoever may run it is trusted by the machine, not by us.
    pub fn command_line() -> Self {
        Actor {
            who: "command-line".to_owned(),
            session: None,
        }
    }

    /// Somebody who has not signed in.
    pub fn nobody() -> Self {
        Actor {
            who: "nobody".to_owned(),
            session: None,
        }
    }

    /// The program on its own, when a clock strikes.
    pub fn program() -> Self {
        Actor {
            who: "program".to_owned(),
            session: None,
        }
    }

    /// Who, as the ledger holds it: a person's identifier, or one of `command-line`, `nobody`, `program`.
    pub fn who(&self) -> &str {
        &self.who
    }
}

/// The record that an entry speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// `recommendation`, `document`, `person`.
    pub kind: String,
    /// Its identifier.
    pub id: String,
}

impl Record {
    /// A record by its kind and identifier.
    pub fn of(kind: &str, id: impl fmt::Display) -> Self {
        Record {
            kind: kind.to_owned(),
            id: id.to_string(),
        }
    }
}

/// What became of what somebody wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Data was changed.
    Done,
    /// A Restricted or Sealed record was read.
    Read,
    /// It was refused.
    Refused,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Read => "read",
            Outcome::Refused => "refused",
        }
    }
}

impl std::str::FromStr for Outcome {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "done" => Ok(Outcome::Done),
            "read" => Ok(Outcome::Read),
            "refused" => Ok(Outcome::Refused),
            _ => Err(()),
        }
    }
}

/// An entry to be written. Details say what changed in keys and values, never in content that is Restricted or Sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    action: &'static str,
    outcome: Outcome,
    record: Option<Record>,
    details: Map<String, serde_json::Value>,
}

impl Entry {
    /// Something was changed. Actions are named `record.past-participle`: `recommendation.assigned`.
    pub fn done(action: &'static str, record: Record) -> Self {
        Entry {
            action,
            outcome: Outcome::Done,
            record: Some(record),
            details: Map::new(),
        }
    }

    /// A Restricted or Sealed record was read.
    pub fn read(action: &'static str, record: Record) -> Self {
        Entry {
            outcome: Outcome::Read,
            ..Entry::done(action, record)
        }
    }

    /// Something was refused.
    pub fn refused(action: &'static str, record: Option<Record>) -> Self {
        Entry {
            action,
            outcome: Outcome::Refused,
            record,
            details: Map::new(),
        }
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl serde::Serialize) -> Self {
        self.details.insert(key.to_owned(), json!(value));
        self
    }
}

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

    /// Writes many entries at once, in order; returns the last number.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn record_all(&mut self, entries: Vec<Entry>) -> Result<i64, StoreError> {
        let n = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        // The one row of `ledger_size` is the lock that gives entries their order on PostgreSQL too: a transaction that
        // has taken a number is saved before the next one gets one.
        let row = self
            .tx
            .row(
                "UPDATE ledger_size SET size = size + $1 WHERE one = 1 RETURNING size",
                params![n],
            )
            .await?
            .ok_or(StoreError::NotFound("ledger"))?;
        let last = row.int("size")?;
        let (at, by) = (self.at, self.by.clone());
        let rows = entries
            .into_iter()
            .zip(last - n + 1..)
            .map(|(entry, seq)| row_of(entry, seq, at, &by))
            .collect();
        insert_many(&mut self.tx, "ledger_entry", &COLUMNS, rows).await?;
        self.recorded += usize::try_from(n).unwrap_or(0);
        Ok(last)
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

const COLUMNS: [&str; 9] = [
    "seq",
    "at",
    "actor",
    "session",
    "action",
    "outcome",
    "record_kind",
    "record_id",
    "details",
];

fn row_of(entry: Entry, seq: i64, at: Timestamp, by: &Actor) -> Vec<Value> {
    let (kind, id) = entry.record.map(|record| (record.kind, record.id)).unzip();
    params![
        seq,
        at,
        &by.who,
        by.session.clone(),
        entry.action,
        entry.outcome.as_str(),
        kind,
        id,
        serde_json::Value::Object(entry.details).to_string(),
    ]
}

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

/// An entry as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who: see [`Actor::who`].
    pub actor: String,
    /// From which session, if any.
    pub session: Option<String>,
    /// What: `recommendation.assigned`.
    pub action: String,
    /// What became of it.
    pub outcome: Outcome,
    /// On which record.
    pub record: Option<Record>,
    /// Keys and values.
    pub details: serde_json::Value,
}

fn written(row: &Row) -> Result<Written, StoreError> {
    Ok(Written {
        seq: row.int("seq")?,
        at: row.at("at")?,
        actor: row.text("actor")?,
        session: row.opt_text("session")?,
        action: row.text("action")?,
        outcome: row
            .parsed("outcome")?
            .ok_or(StoreError::NotFound("outcome"))?,
        record: row
            .opt_text("record_kind")?
            .zip(row.opt_text("record_id")?)
            .map(|(kind, id)| Record { kind, id }),
        details: serde_json::from_str(&row.text("details")?).unwrap_or_default(),
    })
}

/// How many entries there are: the number of the last one.
///
/// # Errors
/// As any query.
pub async fn size(db: &mut impl Query) -> Result<i64, StoreError> {
    db.count("SELECT size AS n FROM ledger_size WHERE one = 1", vec![])
        .await
}

/// Entries after a number, oldest first.
///
/// # Errors
/// As any query.
pub async fn since(
    db: &mut impl Query,
    seq: i64,
    at_most: i64,
) -> Result<Vec<Written>, StoreError> {
    db.rows(
        "SELECT * FROM ledger_entry WHERE seq > $1 ORDER BY seq LIMIT $2",
        params![seq, at_most],
    )
    .await?
    .iter()
    .map(written)
    .collect()
}

/// The history of one record, oldest first.
///
/// # Errors
/// As any query.
pub async fn history(db: &mut impl Query, record: &Record) -> Result<Vec<Written>, StoreError> {
    db.rows(
        "SELECT * FROM ledger_entry WHERE record_kind = $1 AND record_id = $2 ORDER BY seq",
        params![&record.kind, &record.id],
    )
    .await?
    .iter()
    .map(written)
    .collect()
}

/// The newest entries before a number (`i64::MAX` for the newest of all), newest first.
///
/// # Errors
/// As any query.
pub async fn latest(
    db: &mut impl Query,
    before: i64,
    at_most: i64,
) -> Result<Vec<Written>, StoreError> {
    db.rows(
        "SELECT * FROM ledger_entry WHERE seq < $1 ORDER BY seq DESC LIMIT $2",
        params![before, at_most],
    )
    .await?
    .iter()
    .map(written)
    .collect()
}

/// What is wrong with the ledger itself, in words for the command line: numbers must run from 1 without gaps.
///
/// # Errors
/// As any query.
pub async fn verify(db: &mut impl Query) -> Result<Vec<String>, StoreError> {
    let size = size(db).await?;
    let row = db
        .row("SELECT COUNT(*) AS n, COALESCE(MAX(seq), 0) AS last, COALESCE(MIN(seq), 1) AS first FROM ledger_entry", vec![])
        .await?
        .ok_or(StoreError::NotFound("ledger"))?;
    let (n, last, first) = (row.int("n")?, row.int("last")?, row.int("first")?);
    Ok(if n == size && last == size && first == 1 {
        Vec::new()
    } else {
        vec![format!(
            "the ledger says that it holds {size} entries, but holds {n}, numbered {first} to {last}"
        )]
    })
}
