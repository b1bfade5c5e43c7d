//! Which sealed case is a body's index of names.

use mandate_ledger::Act;
use mandate_store::{Id, Query, StoreError, params};

/// The sealed case of a body's index of names, if it has one.
///
/// # Errors
/// As any query.
pub async fn name_index(db: &mut impl Query, body: &str) -> Result<Option<Id>, StoreError> {
    db.row(
        "SELECT sealed_case FROM name_index WHERE body = $1",
        params![body],
    )
    .await?
    .map(|row| row.id("sealed_case"))
    .transpose()
}

/// Begins a body's index; returns whether there was none.
///
/// # Errors
/// As any query.
pub async fn begin_name_index(act: &mut Act, body: &str, case: Id) -> Result<bool, StoreError> {
    let done = act
        .execute(
            "INSERT INTO name_index (body, sealed_case) VALUES ($1, $2) ON CONFLICT (body) DO NOTHING",
            params![body, case],
        )
        .await?;
    Ok(done > 0)
}
