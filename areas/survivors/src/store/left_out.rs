//! People whom the law leaves out, who agreed to be counted. What they told is sealed; why the law leaves them out is not.

use jiff::civil::Date;
use mandate_keep as keep;
use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, Row, StoreError, params};

use super::Facts;

/// Somebody whom the law leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The identifier, which nobody sees.
    pub id: Id,
    /// What people call it by.
    pub code: String,
    /// The sealed case of what the person told.
    pub case: Id,
    /// Who recorded it.
    pub recorded_by: Id,
    /// For which body.
    pub body: String,
    /// By what of the law: an entry of the profile.
    pub reason: String,
    /// What else is counted.
    pub facts: Facts,
    /// On which day it was recorded.
    pub on: Date,
}

impl LeftOut {
    /// As the ledger speaks of it.
    pub fn record(&self) -> Record {
        Record::of("left-out", self.id)
    }
}

/// Records somebody.
///
/// # Errors
/// As any query; a code or case that is taken is [`StoreError::Database`].
pub async fn add_left_out(act: &mut Act, new: &LeftOut) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO left_out (id, code, sealed_case, recorded_by, body, reason, region, sex, community, recorded_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            new.id,
            &new.code,
            new.case,
            new.recorded_by,
            &new.body,
            &new.reason,
            new.facts.region.clone(),
            new.facts.sex.clone(),
            new.facts.community.clone(),
            new.on,
        ],
    )
    .await?;
    act.record(Entry::done("left-out.recorded", new.record()))
        .await?;
    Ok(())
}

/// Takes somebody off who does not agree any more: nothing is left, but that there was such a record.
///
/// # Errors
/// As any query.
pub async fn remove_left_out(act: &mut Act, item: &LeftOut) -> Result<(), StoreError> {
    keep::destroy(act, item.case).await?;
    act.execute("DELETE FROM left_out WHERE id = $1", params![item.id])
        .await?;
    act.record(Entry::done("left-out.taken-back", item.record()))
        .await?;
    Ok(())
}

fn left_out(row: &Row) -> Result<LeftOut, StoreError> {
    Ok(LeftOut {
        id: row.id("id")?,
        code: row.text("code")?,
        case: row.id("sealed_case")?,
        recorded_by: row.id("recorded_by")?,
        body: row.text("body")?,
        reason: row.text("reason")?,
        facts: Facts {
            region: row.opt_text("region")?,
            sex: row.opt_text("sex")?,
            community: row.opt_text("community")?,
        },
        on: row.date("recorded_on")?,
    })
}

/// Everybody whom a body recorded, the newest first; of every body where none is named, for counting.
///
/// # Errors
/// As any query.
pub async fn all_left_out(
    db: &mut impl Query,
    body: Option<&str>,
) -> Result<Vec<LeftOut>, StoreError> {
    let (condition, values) = match body {
        Some(body) => ("WHERE body = $1", params![body]),
        None => ("", vec![]),
    };
    db.rows(
        &format!("SELECT * FROM left_out {condition} ORDER BY recorded_on DESC, code"),
        values,
    )
    .await?
    .iter()
    .map(left_out)
    .collect()
}

/// One of a body's by its code.
///
/// # Errors
/// As any query.
pub async fn left_out_by_code(
    db: &mut impl Query,
    body: &str,
    code: &str,
) -> Result<Option<LeftOut>, StoreError> {
    db.row(
        "SELECT * FROM left_out WHERE body = $1 AND code = $2",
        params![body, code],
    )
    .await?
    .as_ref()
    .map(left_out)
    .transpose()
}
