//! Checkpoints: made, kept, shown.

use jiff::Timestamp;
use mandate_ledger_tree::{checkpoint::Checkpoint, tile::Tile};
use mandate_store::{Query, Row, Store, StoreError, params};

use crate::{LedgerError, LedgerKey, size, tree};

/// A checkpoint as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// How many entries.
    pub size: u64,
    /// Under which of the ledger's keys.
    pub key: String,
    /// When.
    pub at: Timestamp,
    /// The signed note, with the cosignatures that it has.
    pub note: String,
    /// Who cosigned: a witness's key, and when.
    pub cosigned: Vec<(String, Timestamp)>,
}

/// Signs a checkpoint over everything that is in the ledger; gives back the one that is there if nothing was added since.
///
/// # Errors
/// [`LedgerError::Fork`] when the key has signed another history: then nothing is signed.
pub async fn checkpoint(
    store: &Store,
    key: &LedgerKey,
    at: Timestamp,
) -> Result<Signed, LedgerError> {
    let db = &mut store.clone();
    let size = size(db).await?.unsigned_abs();
    let name = key.verifier().to_string();
    if let Some(signed) = stored(db, size, &name).await? {
        return Ok(signed);
    }
    tree::store_tiles(store, size).await?;
    let root = tree::root(db, size).await?;
    if let Some(last) = key.last_signed()? {
        let fork = LedgerError::Fork {
            signed: last.size,
            size,
        };
        if last.size > size || tree::root(db, last.size).await? != last.root {
            return Err(fork);
        }
    }
    let checkpoint = Checkpoint {
        origin: key.verifier().name().to_owned(),
        size,
        root,
    };
    let note = checkpoint.signed(key.signer());
    // Only what was committed is read above; so what is remembered here cannot go away any more.
    key.remember(&checkpoint)?;
    let mut tx = store.begin().await?;
    tx.execute(
        "INSERT INTO ledger_checkpoint (size, verifier_key, root, at, note) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (size, verifier_key) DO NOTHING",
        params![i64::try_from(size).unwrap_or(i64::MAX), &name, root.to_vec(), at, note],
    )
    .await?;
    tx.commit().await?;
    stored(db, size, &name)
        .await?
        .ok_or(StoreError::NotFound("checkpoint").into())
}

async fn with_cosignatures(db: &mut impl Query, row: &Row) -> Result<Signed, StoreError> {
    let mut signed = Signed {
        size: row.int("size")?.unsigned_abs(),
        key: row.text("verifier_key")?,
        at: row.at("at")?,
        note: row.text("note")?,
        cosigned: Vec::new(),
    };
    let lines = db
        .rows(
            "SELECT witness, line, at FROM ledger_cosignature WHERE size = $1 AND verifier_key = $2 ORDER BY witness",
            params![row.int("size")?, &signed.key],
        )
        .await?;
    for line in &lines {
        signed.note.push_str(&line.text("line")?);
        signed
            .cosigned
            .push((line.text("witness")?, line.at("at")?));
    }
    Ok(signed)
}

async fn one(
    db: &mut impl Query,
    sql: &str,
    params: Vec<mandate_store::Value>,
) -> Result<Option<Signed>, StoreError> {
    match db.row(sql, params).await? {
        Some(row) => with_cosignatures(db, &row).await.map(Some),
        None => Ok(None),
    }
}

async fn stored(db: &mut impl Query, size: u64, key: &str) -> Result<Option<Signed>, StoreError> {
    one(
        db,
        "SELECT * FROM ledger_checkpoint WHERE size = $1 AND verifier_key = $2",
        params![i64::try_from(size).unwrap_or(i64::MAX), key],
    )
    .await
}

/// The newest checkpoint, if one was made.
///
/// # Errors
/// As any query.
pub async fn newest_checkpoint(db: &mut impl Query) -> Result<Option<Signed>, StoreError> {
    one(
        db,
        "SELECT * FROM ledger_checkpoint ORDER BY size DESC, at DESC LIMIT 1",
        vec![],
    )
    .await
}

/// The newest checkpoint that a witness cosigned, if there is one.
///
/// # Errors
/// As any query.
pub async fn newest_cosigned(db: &mut impl Query) -> Result<Option<Signed>, StoreError> {
    one(
        db,
        "SELECT * FROM ledger_checkpoint c WHERE EXISTS (SELECT 1 FROM ledger_cosignature s \
         WHERE s.size = c.size AND s.verifier_key = c.verifier_key) ORDER BY size DESC, at DESC LIMIT 1",
        vec![],
    )
    .await
}

/// A tile or bundle of the tree of the newest checkpoint; nothing where it does not reach so far.
///
/// # Errors
/// As any query.
pub async fn tile(db: &mut impl Query, tile: Tile) -> Result<Option<Vec<u8>>, StoreError> {
    let size = db
        .count("SELECT MAX(size) AS n FROM ledger_checkpoint", vec![])
        .await?;
    tree::tile_bytes(db, tile, size.unsigned_abs()).await
}
