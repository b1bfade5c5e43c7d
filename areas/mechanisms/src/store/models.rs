//! Models that learned from what people confirmed.

use jiff::Timestamp;
use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, StoreError, params};

use crate::domain::TagKind;

/// A model that is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelRecord {
    /// What kind of tags it suggests.
    pub kind: TagKind,
    /// Its version, from 1.
    pub number: i64,
    /// The digest of its file.
    pub sha256: String,
    /// What it learned from and how well, as JSON.
    pub report: String,
    /// The ledger's size when it learned.
    pub ledger_size: i64,
    /// When it was made.
    pub added_at: Timestamp,
}

/// A model to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct NewModel {
    /// What kind of tags it suggests.
    pub kind: TagKind,
    /// Its file.
    pub attachment_id: Id,
    /// What it learned from and how well, as JSON.
    pub report: String,
    /// Texts that it learned from.
    pub texts: usize,
    /// The ledger's size when it learned.
    pub ledger_size: i64,
}

/// The newest model of each kind.
///
/// # Errors
/// As any query.
pub async fn newest_models(db: &mut impl Query) -> Result<Vec<ModelRecord>, StoreError> {
    let rows = db
        .rows(
            "SELECT m.*, a.sha256 FROM suggestion_model m JOIN attachment a ON a.id = m.attachment_id \
             WHERE m.number = (SELECT MAX(n.number) FROM suggestion_model n WHERE n.kind = m.kind) ORDER BY m.kind",
            params![],
        )
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        if let Some(kind) = row.parsed("kind")? {
            found.push(ModelRecord {
                kind,
                number: row.int("number")?,
                sha256: row.text("sha256")?,
                report: row.text("report")?,
                ledger_size: row.int("ledger_size")?,
                added_at: row.at("added_at")?,
            });
        }
    }
    Ok(found)
}

/// Keeps a model as the next version of its kind.
///
/// # Errors
/// As any query.
pub async fn add_model(act: &mut Act, new: &NewModel) -> Result<i64, StoreError> {
    let (at, by) = (act.at(), act.by().who().to_owned());
    let last = act
        .tx()
        .row(
            "SELECT COALESCE(MAX(number), 0) AS n FROM suggestion_model WHERE kind = $1",
            params![new.kind.as_str()],
        )
        .await?;
    let number = last.map_or(Ok(0), |row| row.int("n"))? + 1;
    let id = Id::new();
    act.execute(
        "INSERT INTO suggestion_model (id, kind, number, attachment_id, report, ledger_size, added_at, added_by) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
        params![
            id,
            new.kind.as_str(),
            number,
            new.attachment_id,
            &new.report,
            new.ledger_size,
            at,
            by,
        ],
    )
    .await?;
    act.record(
        Entry::done("suggestions.learned", Record::of("suggestion-model", id))
            .with("kind", new.kind.as_str())
            .with("number", number)
            .with("texts", new.texts),
    )
    .await?;
    Ok(number)
}

/// How often labels changed since the ledger had a size.
///
/// # Errors
/// As any query.
pub async fn labels_changed(db: &mut impl Query, since: i64) -> Result<i64, StoreError> {
    db.count(
        "SELECT COUNT(*) AS n FROM ledger_entry WHERE seq > $1 AND outcome = 'done' AND action IN \
         ('recommendation.tagged', 'recommendation.imported', 'recommendation.assigned', 'recommendation.added')",
        params![since],
    )
    .await
}
