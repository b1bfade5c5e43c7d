//! Who outside the office may fetch the tree: bodies that were given a secret address.
//!
//! Tiles and checkpoints hold no content, but they say how many entries there are and in which hour each was written: that
//! an office works at night, that a file is suddenly read a lot. So nothing is served to everybody. A body that watches the
//! office gets an address of its own, whose secret part stands in the path, because programs that read tlog-tiles know no
//! other way to show who they are. Only its SHA-256 is kept; the office ends an address when it wants to.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use mandate_store::{Query, Store, StoreError, params};
use sha2::{Digest, Sha256};

use crate::{Act, Actor, Entry, LedgerError, Record};

/// A body that may fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// As the office calls it.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// Until when, if it was ended.
    pub ended_at: Option<Timestamp>,
}

fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// Gives a body an address; returns its secret part, which is not kept.
///
/// # Errors
/// [`LedgerError::Input`] for an empty name or one that has an address already.
pub async fn add_reader(
    store: &Store,
    name: &str,
    by: &Actor,
    at: Timestamp,
) -> Result<String, LedgerError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(LedgerError::Input("the reader needs a name".to_owned()));
    }
    let secret = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
    let mut act = Act::begin(store, by, at).await?;
    let there = act
        .count(
            "SELECT COUNT(*) AS n FROM ledger_reader WHERE name = $1 AND ended_at IS NULL",
            params![name],
        )
        .await?;
    if there > 0 {
        let words = format!("{name} has an address; end it first, then give a new one");
        return Err(LedgerError::Input(words));
    }
    act.execute(
        "INSERT INTO ledger_reader (digest, name, added_at) VALUES ($1, $2, $3)",
        params![digest(&secret), name, at],
    )
    .await?;
    act.record(
        Entry::done("ledger.reader-added", Record::of("ledger", "reader")).with("name", name),
    )
    .await?;
    act.commit().await?;
    Ok(secret)
}

/// Ends a body's address.
///
/// # Errors
/// [`LedgerError::Input`] when it has none.
pub async fn end_reader(
    store: &Store,
    name: &str,
    by: &Actor,
    at: Timestamp,
) -> Result<(), LedgerError> {
    let mut act = Act::begin(store, by, at).await?;
    let ended = act
        .execute(
            "UPDATE ledger_reader SET ended_at = $1 WHERE name = $2 AND ended_at IS NULL",
            params![at, name.trim()],
        )
        .await?;
    if ended == 0 {
        return Err(LedgerError::Input(format!("{name} has no address")));
    }
    act.record(
        Entry::done("ledger.reader-ended", Record::of("ledger", "reader"))
            .with("name", name.trim()),
    )
    .await?;
    act.commit().await?;
    Ok(())
}

/// Everybody who has or had an address.
///
/// # Errors
/// As any query.
pub async fn readers(db: &mut impl Query) -> Result<Vec<Reader>, StoreError> {
    db.rows(
        "SELECT name, added_at, ended_at FROM ledger_reader ORDER BY added_at, name",
        vec![],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Reader {
            name: row.text("name")?,
            added_at: row.at("added_at")?,
            ended_at: row.opt_at("ended_at")?,
        })
    })
    .collect()
}

/// Whether an address may fetch.
///
/// # Errors
/// As any query.
pub async fn may_fetch(db: &mut impl Query, secret: &str) -> Result<bool, StoreError> {
    let n = db
        .count(
            "SELECT COUNT(*) AS n FROM ledger_reader WHERE digest = $1 AND ended_at IS NULL",
            params![digest(secret)],
        )
        .await?;
    Ok(n > 0)
}
