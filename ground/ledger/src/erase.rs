//! Erasing: what an entry says of people goes, that there was an entry stays.

use mandate_store::{Query, Store, StoreError, params};

use crate::{Act, Entry, LedgerError, Record};

/// The action of the entry that says that others were erased.
pub const ERASED: &str = "ledger.erased";

/// Entries that are erased in one statement.
const AT_ONCE: usize = 500;

/// Destroys salt, exact time and words of entries by their numbers, and records that, with the reason. What was erased
/// before is passed over. Returns the numbers that were erased now.
///
/// After the act is committed, call [`settle`], so that the database's own files let go of the words as well. Backups hold
/// them until they are deleted.
///
/// # Errors
/// [`LedgerError::Input`] for a number that there is no entry of, and for an entry that itself says that others were
/// erased: without it they would look like a forgery.
pub async fn erase(act: &mut Act, entries: &[i64], reason: &str) -> Result<Vec<i64>, LedgerError> {
    let mut wanted = entries.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut erased = Vec::new();
    for some in wanted.chunks(AT_ONCE) {
        // Numbers, not words of a person.
        let list: Vec<String> = some.iter().map(i64::to_string).collect();
        let list = list.join(", ");
        let rows = act
            .rows(
                &format!(
                    "SELECT seq, action, outcome, CASE WHEN salt IS NULL THEN 1 ELSE 0 END AS gone \
                     FROM ledger_entry WHERE seq IN ({list}) ORDER BY seq"
                ),
                vec![],
            )
            .await?;
        if rows.len() != some.len() {
            let mut there = Vec::with_capacity(rows.len());
            for row in &rows {
                there.push(row.int("seq")?);
            }
            let missing = some.iter().find(|n| !there.contains(n));
            let words = format!("there is no entry {}", missing.copied().unwrap_or(0));
            return Err(LedgerError::Input(words));
        }
        for row in &rows {
            let seq = row.int("seq")?;
            if row.text("action")? == ERASED && row.text("outcome")? == "done" {
                let words =
                    format!("entry {seq} says what was erased, and cannot be erased itself");
                return Err(LedgerError::Input(words));
            }
            if !row.flag("gone")? {
                erased.push(seq);
            }
        }
        act.execute(
            &format!(
                "UPDATE ledger_entry SET salt = NULL, at = at - at % 3600000, actor = 'erased', session = NULL, \
                 action = 'erased', outcome = 'done', record_kind = NULL, record_id = NULL, details = '{{}}' \
                 WHERE seq IN ({list}) AND salt IS NOT NULL"
            ),
            vec![],
        )
        .await?;
    }
    if !erased.is_empty() {
        let entry = Entry::done(ERASED, Record::of("ledger", "entries"))
            .with("entries", &erased)
            .with("reason", reason);
        act.record(entry).await?;
    }
    Ok(erased)
}

/// The numbers of the entries about a record, except those that say what was erased.
///
/// # Errors
/// As any query.
pub async fn entries_about(db: &mut impl Query, record: &Record) -> Result<Vec<i64>, StoreError> {
    numbers(
        db,
        "SELECT seq FROM ledger_entry WHERE record_kind = $1 AND record_id = $2 AND action <> $3 ORDER BY seq",
        params![&record.kind, &record.id, ERASED],
    )
    .await
}

/// The numbers of the entries by somebody (see [`crate::Actor::who`]), except those that say what was erased.
///
/// # Errors
/// As any query.
pub async fn entries_by(db: &mut impl Query, who: &str) -> Result<Vec<i64>, StoreError> {
    numbers(
        db,
        "SELECT seq FROM ledger_entry WHERE actor = $1 AND action <> $2 ORDER BY seq",
        params![who, ERASED],
    )
    .await
}

async fn numbers(
    db: &mut impl Query,
    sql: &str,
    params: Vec<mandate_store::Value>,
) -> Result<Vec<i64>, StoreError> {
    db.rows(sql, params)
        .await?
        .iter()
        .map(|row| row.int("seq"))
        .collect()
}

/// Makes the database's own files let go of what was erased; see [`Store::settle`].
///
/// # Errors
/// [`StoreError::Database`].
pub async fn settle(store: &Store) -> Result<bool, StoreError> {
    store.settle("ledger_entry").await
}
