//! Reading the ledger: the change feed, a record's history, the newest entries.

use jiff::Timestamp;
use mandate_store::{Query, Row, StoreError, params};

use crate::{Outcome, Record};

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
