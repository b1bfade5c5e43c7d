//! Limits on attempts to sign in, counted in the database so that they hold for all copies of the program together.
//!
//! An attempt is counted *before* its password is looked at and taken back when it succeeds, so that many attempts at
//! the same moment cannot all slip in under the limit. For an account the first five failures of a day are free; then
//! each one doubles the wait, from one minute to fifteen, so that nobody is locked out for ever and a password has
//! about a hundred guesses a day. From an address thirty failures in fifteen minutes are free. Refused attempts are not
//! counted, and a passkey signs in past the account's limit: whoever is attacked still gets in.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use mandate_store::{Id, Query, Store, params};
use sha2::{Digest as _, Sha256};

use crate::{AccountError, error::broken, tables::unrecorded};

const FREE_FOR_ACCOUNT: usize = 5;
const MEMORY_OF_ACCOUNT: SignedDuration = SignedDuration::from_hours(24);
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
const FREE_FROM_ADDRESS: usize = 30;
const MEMORY_OF_ADDRESS: SignedDuration = SignedDuration::from_mins(15);

/// Where attempts are counted. Only a digest is stored: neither addresses of machines nor of people who have no account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    digest: String,
    account: bool,
}

impl Key {
    pub(crate) fn account(email_folded: &str) -> Self {
        Key {
            digest: digest("account", email_folded),
            account: true,
        }
    }

    pub(crate) fn address(address: &str) -> Self {
        Key {
            digest: digest("address", address),
            account: false,
        }
    }
}

fn digest(kind: &str, text: &str) -> String {
    hex::encode(Sha256::digest(format!("{kind}:{text}")))
}

/// An attempt that has been counted.
#[derive(Debug)]
#[must_use]
pub(crate) struct Attempt(Vec<(Id, Key)>);

/// Counts an attempt under its keys.
///
/// # Errors
/// [`AccountError::TooMany`]; then it is not counted.
pub(crate) async fn count(
    store: &Store,
    keys: Vec<Key>,
    now: Timestamp,
) -> Result<Attempt, AccountError> {
    let attempt = Attempt(keys.into_iter().map(|key| (Id::new(), key)).collect());
    let mut tx = unrecorded(store).await?;
    let old = now.checked_sub(MEMORY_OF_ACCOUNT).map_err(broken)?;
    tx.execute("DELETE FROM sign_in_attempt WHERE at <= $1", params![old])
        .await?;
    for (id, key) in &attempt.0 {
        tx.execute(
            "INSERT INTO sign_in_attempt (id, key, at) VALUES ($1, $2, $3)",
            params![id, &key.digest, now],
        )
        .await?;
    }
    tx.commit().await?;
    // Counted and saved first, then compared: of several at the same moment each sees at least those before it.
    let mut wait = Duration::ZERO;
    for (id, key) in &attempt.0 {
        let memory = if key.account {
            MEMORY_OF_ACCOUNT
        } else {
            MEMORY_OF_ADDRESS
        };
        let rows = store
            .clone()
            .rows(
                "SELECT at FROM sign_in_attempt WHERE key = $1 AND id <> $2 AND at > $3 ORDER BY at",
                params![&key.digest, id, now.checked_sub(memory).map_err(broken)?],
            )
            .await?;
        let failures = rows
            .iter()
            .map(|row| row.at("at"))
            .collect::<Result<Vec<_>, _>>()?;
        wait = wait.max(key.wait(&failures, now));
    }
    if wait > Duration::ZERO {
        attempt.take_back(store).await?;
        return Err(AccountError::TooMany { retry_after: wait });
    }
    Ok(attempt)
}

impl Attempt {
    /// The attempt was none: what was typed was right, or it was refused unread. Earlier failures stay counted.
    pub(crate) async fn take_back(self, store: &Store) -> Result<(), AccountError> {
        let mut tx = unrecorded(store).await?;
        for (id, _) in &self.0 {
            tx.execute("DELETE FROM sign_in_attempt WHERE id = $1", params![id])
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Somebody signed in: the failures of their account are forgotten.
pub(crate) async fn succeeded(tx: &mut impl Query, email_folded: &str) -> Result<(), AccountError> {
    let key = Key::account(email_folded);
    tx.execute(
        "DELETE FROM sign_in_attempt WHERE key = $1",
        params![key.digest],
    )
    .await?;
    Ok(())
}

impl Key {
    /// How long to wait after failures at these times, oldest first.
    fn wait(&self, failures: &[Timestamp], now: Timestamp) -> Duration {
        let until = if self.account {
            let Some(beyond) = failures.len().checked_sub(FREE_FOR_ACCOUNT) else {
                return Duration::ZERO;
            };
            let doubled = FIRST_WAIT
                .checked_mul(1 << beyond.min(10))
                .unwrap_or(LONGEST_WAIT)
                .min(LONGEST_WAIT);
            failures
                .last()
                .and_then(|last| last.checked_add(doubled).ok())
        } else {
            let Some(first) = failures.len().checked_sub(FREE_FROM_ADDRESS) else {
                return Duration::ZERO;
            };
            failures
                .get(first)
                .and_then(|at| at.checked_add(MEMORY_OF_ADDRESS).ok())
        };
        until.map_or(Duration::ZERO, |until| {
            Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    #[test]
    fn each_failure_after_the_fifth_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        let key = Key::account("a@example.org");
        let waits: Vec<u64> = (3..=12)
            .map(|n| key.wait(&vec![at(0); n], at(0)).as_secs() / 60)
            .collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 15, 15, 15, 15]);
        assert_eq!(key.wait(&[at(0); 5], at(60)), Duration::ZERO);
    }

    #[test]
    fn an_address_is_free_again_when_its_oldest_failures_are_forgotten() {
        let key = Key::address("192.0.2.1");
        let failures: Vec<_> = (0..30).map(|n| at(n * 10)).collect();
        assert_eq!(key.wait(&failures[..29], at(300)), Duration::ZERO);
        assert_eq!(key.wait(&failures, at(300)), Duration::from_secs(600));
    }

    proptest! {
        #[test]
        fn nobody_waits_longer_than_a_quarter_of_an_hour(n in 0_usize..2000, account: bool) {
            let key = if account { Key::account("a") } else { Key::address("a") };
            prop_assert!(key.wait(&vec![at(0); n], at(1)) <= Duration::from_secs(15 * 60));
        }
    }
}
