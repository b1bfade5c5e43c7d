//! What was begun and not yet finished: the second step of signing in, a passkey's challenge, setting up codes.
//!
//! The state is in the database, because several copies of the program may answer the two halves, and never in the
//! browser, because a challenge that comes back from there could be replayed.

use jiff::{SignedDuration, Timestamp};
use mandate_store::{Query, Store, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    AccountError, PendingToken,
    error::broken,
    tables::unrecorded,
    token::{hash, plausible, secret},
};

/// How long the second half may take.
const VALID: SignedDuration = SignedDuration::from_mins(10);

/// Keeps a state and returns the secret that finds it again.
pub(crate) async fn begin(
    store: &Store,
    kind: &'static str,
    state: &impl Serialize,
    now: Timestamp,
) -> Result<PendingToken, AccountError> {
    let token = secret()?;
    let state = serde_json::to_string(state).map_err(broken)?;
    let until = now.checked_add(VALID).map_err(broken)?;
    let mut tx = unrecorded(store).await?;
    tx.execute("DELETE FROM ceremony WHERE expires_at <= $1", params![now])
        .await?;
    tx.execute(
        "INSERT INTO ceremony (id, kind, state, expires_at) VALUES ($1, $2, $3, $4)",
        params![hash(&token), kind, state, until],
    )
    .await?;
    tx.commit().await?;
    Ok(PendingToken(token))
}

/// Looks at a state without using it up: a code may be mistyped.
pub(crate) async fn look<T: DeserializeOwned>(
    db: &mut impl Query,
    kind: &'static str,
    token: &str,
    now: Timestamp,
) -> Result<T, AccountError> {
    if !plausible(token) {
        return Err(AccountError::Expired);
    }
    let row = db
        .row(
            "SELECT state FROM ceremony WHERE id = $1 AND kind = $2 AND expires_at > $3",
            params![hash(token), kind, now],
        )
        .await?
        .ok_or(AccountError::Expired)?;
    serde_json::from_str(&row.text("state")?).map_err(broken)
}

/// Uses a state up, inside whatever transaction finishes it; of two that try, one fails.
pub(crate) async fn use_up(tx: &mut impl Query, token: &str) -> Result<(), AccountError> {
    match tx
        .execute("DELETE FROM ceremony WHERE id = $1", params![hash(token)])
        .await?
    {
        0 => Err(AccountError::Expired),
        _ => Ok(()),
    }
}

/// Takes a state out: a challenge is answered once, rightly or wrongly.
pub(crate) async fn take<T: DeserializeOwned>(
    store: &Store,
    kind: &'static str,
    token: &str,
    now: Timestamp,
) -> Result<T, AccountError> {
    let mut tx = unrecorded(store).await?;
    let state = look(&mut tx, kind, token, now).await?;
    use_up(&mut tx, token).await?;
    tx.commit().await?;
    Ok(state)
}
