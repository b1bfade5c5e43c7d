//! Who asked to learn a name, and who let them. Nothing of it is ever changed or taken away.

use jiff::Timestamp;
use mandate_ledger::{Act, Entry};
use mandate_store::{Id, Query, Row, StoreError, params};

use super::{Dossier, dossiers::record_of};

/// A request of one keeper to open an identity, with the answer of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its identifier.
    pub id: Id,
    /// Of which file.
    pub dossier: Id,
    /// Who asked.
    pub asked_by: Id,
    /// When.
    pub asked_at: Timestamp,
    /// The field that holds the sealed reason.
    pub reason: String,
    /// Whether it was granted; nothing while nobody has answered.
    pub granted: Option<bool>,
    /// Who answered.
    pub answered_by: Option<Id>,
    /// When.
    pub answered_at: Option<Timestamp>,
}

fn opening(row: &Row) -> Result<Opening, StoreError> {
    Ok(Opening {
        id: row.id("id")?,
        dossier: row.id("dossier_id")?,
        asked_by: row.id("asked_by")?,
        asked_at: row.at("asked_at")?,
        reason: row.text("reason")?,
        granted: row.opt_text("answer")?.map(|answer| answer == "granted"),
        answered_by: row.opt_id("answered_by")?,
        answered_at: row.opt_at("answered_at")?,
    })
}

/// A keeper asks to open an identity. The reason is sealed in the field named; that it is there is checked by the caller.
///
/// # Errors
/// As any query.
pub async fn ask_opening(
    act: &mut Act,
    dossier: &Dossier,
    by: Id,
    reason: &str,
) -> Result<Id, StoreError> {
    let (id, at) = (Id::new(), act.at());
    act.execute(
        "INSERT INTO identity_opening (id, dossier_id, asked_by, asked_at, reason) VALUES ($1, $2, $3, $4, $5)",
        params![id, dossier.id, by, at, reason],
    )
    .await?;
    act.record(Entry::done("identity.asked", record_of(dossier.id)).with("opening", id))
        .await?;
    Ok(id)
}

/// Another keeper answers; returns whether it was still open and asked by somebody else.
///
/// # Errors
/// As any query.
pub async fn answer_opening(
    act: &mut Act,
    opening: &Opening,
    by: Id,
    granted: bool,
) -> Result<bool, StoreError> {
    let at = act.at();
    let answer = if granted { "granted" } else { "refused" };
    let done = act
        .execute(
            "UPDATE identity_opening SET answer = $1, answered_by = $2, answered_at = $3 \
             WHERE id = $4 AND answer IS NULL AND asked_by <> $2",
            params![answer, by, at, opening.id],
        )
        .await?;
    if done == 0 {
        return Ok(false);
    }
    let action = if granted {
        "identity.granted"
    } else {
        "identity.refused"
    };
    act.record(Entry::done(action, record_of(opening.dossier)).with("opening", opening.id))
        .await?;
    Ok(true)
}

/// The openings of a file, oldest first.
///
/// # Errors
/// As any query.
pub async fn openings(db: &mut impl Query, dossier: Id) -> Result<Vec<Opening>, StoreError> {
    db.rows(
        "SELECT * FROM identity_opening WHERE dossier_id = $1 ORDER BY asked_at, id",
        params![dossier],
    )
    .await?
    .iter()
    .map(opening)
    .collect()
}

/// One opening.
///
/// # Errors
/// As any query.
pub async fn opening_by_id(db: &mut impl Query, id: Id) -> Result<Option<Opening>, StoreError> {
    db.row("SELECT * FROM identity_opening WHERE id = $1", params![id])
        .await?
        .as_ref()
        .map(opening)
        .transpose()
}
