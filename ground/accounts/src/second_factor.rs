//! The second factor: codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds, one step of skew, each
//! code once) and ten recovery codes for the day the telephone is lost.
//!
//! The app's secret is stored as it is: the server must compute codes with it, and a key beside the database would be
//! lost and copied together with it. Whoever copies the database can compute codes, but still needs the password.

use std::fmt;

use jiff::Timestamp;
use mandate_ledger::{Act, Actor, Entry};
use mandate_store::{Id, Query, Store, StoreError, params};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::{Deserialize, Serialize};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::{
    AccountError, Accounts, PendingToken, ceremony,
    error::broken,
    people, session,
    token::{hash, random},
};

const SET_UP: &str = "totp-set-up";
const RECOVERY_CODES: usize = 10;
/// Crockford's letters: none that is read as another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What the page shows to set up an authenticator app.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSetup {
    /// Comes back with the first code.
    pub pending: PendingToken,
    /// The secret in base32, in groups of four, to type where no camera is.
    pub secret: String,
    /// The `otpauth://` address.
    pub url: String,
    /// The address as a QR code: an SVG element of black squares on white.
    pub qr_svg: String,
}

impl fmt::Debug for TotpSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSetup(…)")
    }
}

/// Ten codes, shown once: `7K2M-9QPD-…`, each of 80 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    /// The codes, to be printed or written down.
    pub fn codes(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

#[derive(Serialize, Deserialize)]
struct SettingUp {
    person: Id,
    secret: String,
}

fn totp(secret: &str, issuer: &str, account: &str) -> Result<Totp, AccountError> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::try_from_base32(secret).map_err(broken)?)
        .with_issuer(Some(issuer))
        .with_account_name(account)
        .build()
        .map_err(broken)
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or(0)
}

impl Accounts {
    /// Begins to set up an authenticator app; nothing changes until the first code has come back.
    ///
    /// # Errors
    /// [`AccountError::Person`].
    pub async fn begin_totp(
        &self,
        store: &Store,
        person: Id,
        now: Timestamp,
    ) -> Result<TotpSetup, AccountError> {
        let secret = Secret::new(Box::new(random::<20>()?)).to_base32();
        let pending = ceremony::begin(store, SET_UP, &SettingUp { person, secret }, now).await?;
        self.totp_setup(store, person, pending.as_str(), now).await
    }

    /// The same again, for the page that says that a code was wrong.
    ///
    /// # Errors
    /// [`AccountError::Expired`], [`AccountError::Person`].
    pub async fn totp_setup(
        &self,
        store: &Store,
        person: Id,
        pending: &str,
        now: Timestamp,
    ) -> Result<TotpSetup, AccountError> {
        let state = self.setting_up(store, person, pending, now).await?;
        let owner = people::by_id(&mut store.clone(), person)
            .await?
            .ok_or(AccountError::Person)?;
        let url = totp(&state.secret, self.issuer(), &owner.email)?
            .to_url()
            .map_err(broken)?;
        let code = QrCode::with_error_correction_level(&url, EcLevel::M).map_err(broken)?;
        let drawn = code
            .render::<svg::Color<'_>>()
            .min_dimensions(200, 200)
            .build();
        // Without the XML declaration, so that it can stand in a page.
        let qr_svg = drawn
            .find("<svg")
            .and_then(|at| drawn.get(at..))
            .unwrap_or_default()
            .to_owned();
        let groups: Vec<&str> = state
            .secret
            .as_bytes()
            .chunks(4)
            .filter_map(|group| std::str::from_utf8(group).ok())
            .collect();
        Ok(TotpSetup {
            pending: pending.into(),
            secret: groups.join(" "),
            url,
            qr_svg,
        })
    }

    async fn setting_up(
        &self,
        store: &Store,
        person: Id,
        pending: &str,
        now: Timestamp,
    ) -> Result<SettingUp, AccountError> {
        let state: SettingUp = ceremony::look(&mut store.clone(), SET_UP, pending, now).await?;
        if state.person == person {
            Ok(state)
        } else {
            Err(AccountError::Expired)
        }
    }

    /// Finishes setting up with the app's first code: from now on codes are asked for. Other sessions end; give this one
    /// a new secret with the same answer.
    ///
    /// # Errors
    /// [`AccountError::Code`], [`AccountError::Expired`].
    pub async fn finish_totp(
        &self,
        store: &Store,
        session: &crate::Session,
        pending: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<RecoveryCodes, AccountError> {
        let person = session.person.id;
        let state = self.setting_up(store, person, pending, now).await?;
        let step = totp(&state.secret, "", "")?
            .check(&digits(code), seconds(now))
            .ok_or(AccountError::Code)?;
        let mut act = Act::begin(store, &Actor::person(person, Some(session.id)), now).await?;
        ceremony::use_up(&mut act, pending).await?;
        act.execute(
            "UPDATE person SET totp_secret = $1, totp_last_step = $2 WHERE id = $3",
            params![state.secret, i64::try_from(step).map_err(broken)?, person],
        )
        .await?;
        let codes = new_codes(&mut act, person).await?;
        session::end_others(&mut act, person, Some(session.id)).await?;
        act.record(Entry::done(
            "person.second-factor-set",
            people::record_of(person),
        ))
        .await?;
        act.commit().await?;
        Ok(codes)
    }

    /// Ten new recovery codes; the old ones are worth nothing.
    ///
    /// # Errors
    /// [`AccountError::Unknown`] when no authenticator app is set up.
    pub async fn renew_recovery_codes(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        now: Timestamp,
    ) -> Result<RecoveryCodes, AccountError> {
        let mut act = Act::begin(store, by, now).await?;
        if !people::by_id(&mut act, person)
            .await?
            .ok_or(AccountError::Person)?
            .totp
        {
            return Err(AccountError::Unknown);
        }
        let codes = new_codes(&mut act, person).await?;
        act.record(Entry::done(
            "person.recovery-codes-renewed",
            people::record_of(person),
        ))
        .await?;
        act.commit().await?;
        Ok(codes)
    }

    /// Takes the second factor away: by its owner, or by an administrator for somebody who lost telephone and codes.
    ///
    /// # Errors
    /// [`AccountError::Person`].
    pub async fn remove_totp(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let mut act = Act::begin(store, by, now).await?;
        if act
            .execute(
                "UPDATE person SET totp_secret = NULL WHERE id = $1",
                params![person],
            )
            .await?
            == 0
        {
            return Err(AccountError::Person);
        }
        act.execute(
            "DELETE FROM recovery_code WHERE person_id = $1",
            params![person],
        )
        .await?;
        act.record(Entry::done(
            "person.second-factor-removed",
            people::record_of(person),
        ))
        .await?;
        act.commit().await?;
        Ok(())
    }
}

/// How many recovery codes a person has left.
///
/// # Errors
/// As any query.
pub async fn recovery_codes_left(db: &mut impl Query, person: Id) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) AS n FROM recovery_code WHERE person_id = $1 AND used_at IS NULL";
    db.count(sql, params![person]).await
}

async fn new_codes(act: &mut Act, person: Id) -> Result<RecoveryCodes, AccountError> {
    act.execute(
        "DELETE FROM recovery_code WHERE person_id = $1",
        params![person],
    )
    .await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let letters: Vec<char> = random::<16>()?
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect();
        let plain: String = letters.iter().collect();
        act.execute(
            "INSERT INTO recovery_code (person_id, hash) VALUES ($1, $2)",
            params![person, hash(&plain)],
        )
        .await?;
        codes.push(
            letters
                .chunks(4)
                .map(|group| group.iter().collect::<String>())
                .collect::<Vec<_>>()
                .join("-"),
        );
    }
    Ok(RecoveryCodes(codes))
}

/// Spends a code of the app or a recovery code inside an act; says which it was.
pub(crate) async fn spend(
    act: &mut Act,
    person: Id,
    code: &str,
) -> Result<&'static str, AccountError> {
    let now = act.at();
    if let Some(plain) = recovery_code(code) {
        let done = act
            .execute(
                "UPDATE recovery_code SET used_at = $1 WHERE person_id = $2 AND hash = $3 AND used_at IS NULL",
                params![now, person, hash(&plain)],
            )
            .await?;
        return if done == 1 {
            Ok("recovery-code")
        } else {
            Err(AccountError::Code)
        };
    }
    let row = act
        .row(
            "SELECT totp_secret FROM person WHERE id = $1 AND active = 1",
            params![person],
        )
        .await?;
    let secret = row
        .map(|row| row.opt_text("totp_secret"))
        .transpose()?
        .flatten()
        .ok_or(AccountError::Code)?;
    let step = totp(&secret, "", "")?
        .check(&digits(code), seconds(now))
        .ok_or(AccountError::Code)?;
    let step = i64::try_from(step).map_err(broken)?;
    // A step is taken once and never an earlier one after it, also when two requests bring the same code at once.
    let done = act
        .execute(
            "UPDATE person SET totp_last_step = $1 WHERE id = $2 AND totp_last_step < $1",
            params![step, person],
        )
        .await?;
    if done == 1 {
        Ok("code")
    } else {
        Err(AccountError::Code)
    }
}

/// A code as people type it: `123 456`.
fn digits(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect()
}

/// A recovery code as people type it, or nothing if it cannot be one: case, dashes and spaces do not matter, and what
/// looks alike is the same.
fn recovery_code(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    (plain.len() == 16 && plain.bytes().all(|byte| LETTERS.contains(&byte))).then_some(plain)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// RFC 6238, appendix B, SHA-1, with the last six of its eight digits.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = Secret::new(Box::new(*b"12345678901234567890")).to_base32();
        let totp = totp(&secret, "Office", "a@example.org").unwrap();
        let vectors = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (time, code) in vectors {
            assert_eq!(totp.check(code, time), Some(time / 30), "{time}");
            assert_eq!(
                totp.check(code, time + 30),
                Some(time / 30),
                "one step late is accepted"
            );
            assert_eq!(totp.check(code, time + 90), None, "three steps late is not");
        }
    }

    proptest! {
        #[test]
        fn a_recovery_code_reads_the_same_however_it_is_typed(code in "[0-9A-HJKMNP-TV-Z]{16}", at in 0_usize..16) {
            let (head, tail) = code.split_at(at);
            let typed = format!(" {}-{} ", head.to_lowercase(), tail.replace('0', "o").replace('1', "l"));
            prop_assert_eq!(recovery_code(&typed), Some(code));
        }

        #[test]
        fn anything_else_is_no_recovery_code(text in "\\PC{0,24}") {
            if let Some(plain) = recovery_code(&text) {
                prop_assert_eq!(plain.len(), 16);
                prop_assert_eq!(recovery_code(&plain), Some(plain));
            }
        }
    }
}
