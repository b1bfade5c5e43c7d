//! Signing in with a password, in one step or two.
//!
//! An unknown e-mail address, a wrong password and an account that is not active get the same answer after the same work:
//! one count, one look-up, one hash, one entry in the ledger.

use std::time::Duration;

use jiff::Timestamp;
use mandate_ledger::{Act, Actor, Entry};
use mandate_store::{Id, Query, Store, params};
use serde::{Deserialize, Serialize};

use crate::{
    AccountError, Accounts, PendingToken, SessionToken, ceremony, email, password, people,
    second_factor, session,
    throttle::{self, Key},
};

/// Where an attempt comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller<'a> {
    /// The network address; attempts are counted by it, only a digest is kept, for a day.
    pub address: &'a str,
    /// The `User-Agent` header; only the names of browser and system are kept.
    pub user_agent: &'a str,
}

/// The answer to an attempt to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in: the cookie's value.
    Done(SessionToken),
    /// Refused. Why is not said.
    Refused,
    /// Too many failures, and how long to wait; the same for known and unknown accounts.
    TooMany(Duration),
}

/// The answer to a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstStep {
    /// That was all.
    Answer(SignIn),
    /// The password is right; now a code of the authenticator app, a recovery code or a passkey.
    NeedsTotp(PendingToken),
}

impl SignIn {
    /// What a page says when it did not work: the label's id and its numbers.
    pub fn label(&self) -> Option<crate::Label> {
        match self {
            SignIn::Done(_) => None,
            SignIn::Refused => Some(("accounts-sign-in-refused", vec![])),
            SignIn::TooMany(wait) => Some(crate::error::too_many(*wait)),
        }
    }
}

/// What the second step knows of the first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct HalfWay {
    pub(crate) person: Id,
    pub(crate) email_folded: String,
}

pub(crate) const HALF_WAY: &str = "second-factor";

impl Accounts {
    /// Signs in with a password alone. Somebody who set up a second factor is refused here: a page that can ask for a
    /// code calls [`Accounts::begin`] instead.
    ///
    /// # Errors
    /// As [`Accounts::begin`].
    pub async fn sign_in(
        &self,
        store: &Store,
        address: &str,
        password: &str,
        network_address: &str,
        user_agent: &str,
        now: Timestamp,
    ) -> Result<SignIn, AccountError> {
        let caller = Caller {
            address: network_address,
            user_agent,
        };
        match self.begin(store, address, password, caller, now).await? {
            FirstStep::Answer(answer) => Ok(answer),
            FirstStep::NeedsTotp(pending) => {
                let state: HalfWay = ceremony::take(store, HALF_WAY, pending.as_str(), now).await?;
                refused(store, Some(state.person), "second-factor", now).await
            }
        }
    }

    /// The first step: e-mail address and password.
    ///
    /// # Errors
    /// [`AccountError::Store`], [`AccountError::Broken`]; a refusal is an answer, not an error.
    pub async fn begin(
        &self,
        store: &Store,
        address: &str,
        password: &str,
        caller: Caller<'_>,
        now: Timestamp,
    ) -> Result<FirstStep, AccountError> {
        let folded = email::fold(address);
        let keys = vec![Key::account(&folded), Key::address(caller.address)];
        let attempt = match throttle::count(store, keys, now).await {
            Ok(attempt) => attempt,
            Err(error) => return Ok(FirstStep::Answer(too_many(store, error, now).await?)),
        };
        let row = store
            .clone()
            .row(
                "SELECT id, active, password_hash, CASE WHEN totp_secret IS NULL THEN 0 ELSE 1 END AS totp \
                 FROM person WHERE email_folded = $1",
                params![&folded],
            )
            .await?;
        let hash = row
            .as_ref()
            .map(|row| row.opt_text("password_hash"))
            .transpose()?
            .flatten();
        let fits = self.hasher().check(password, hash.as_deref()).await?;

        let person = row.as_ref().map(|row| row.id("id")).transpose()?;
        let Some(row) = row.filter(|_| fits) else {
            return Ok(FirstStep::Answer(
                refused(store, person, "password", now).await?,
            ));
        };
        let person = row.id("id")?;
        if !row.flag("active")? {
            return Ok(FirstStep::Answer(
                refused(store, Some(person), "inactive", now).await?,
            ));
        }
        attempt.take_back(store).await?;
        if row.flag("totp")? {
            // The failures before this one stay counted, together with those of the second step, until it succeeds.
            let state = HalfWay {
                person,
                email_folded: folded,
            };
            return Ok(FirstStep::NeedsTotp(
                ceremony::begin(store, HALF_WAY, &state, now).await?,
            ));
        }
        let mut act = Act::begin(store, &Actor::person(person, None), now).await?;
        throttle::succeeded(&mut act, &folded).await?;
        let token = session::open(self, &mut act, person, caller.user_agent, "password").await?;
        act.commit().await?;
        Ok(FirstStep::Answer(SignIn::Done(token)))
    }

    /// The second step: a code of the authenticator app, or a recovery code. A wrong one may be tried again with the
    /// same pending token, within the limits.
    ///
    /// # Errors
    /// [`AccountError::Expired`] when the first step is too long ago: begin again.
    pub async fn finish_with_code(
        &self,
        store: &Store,
        pending: &str,
        code: &str,
        caller: Caller<'_>,
        now: Timestamp,
    ) -> Result<SignIn, AccountError> {
        let state: HalfWay = ceremony::look(&mut store.clone(), HALF_WAY, pending, now).await?;
        let keys = vec![
            Key::account(&state.email_folded),
            Key::address(caller.address),
        ];
        let attempt = match throttle::count(store, keys, now).await {
            Ok(attempt) => attempt,
            Err(error) => return too_many(store, error, now).await,
        };
        let mut act = Act::begin(store, &Actor::person(state.person, None), now).await?;
        let how = match second_factor::spend(&mut act, state.person, code).await {
            Ok(how) => how,
            Err(AccountError::Code) => {
                drop(act);
                return refused(store, Some(state.person), "code", now).await;
            }
            Err(error) => return Err(error),
        };
        ceremony::use_up(&mut act, pending).await?;
        throttle::succeeded(&mut act, &state.email_folded).await?;
        let token = session::open(self, &mut act, state.person, caller.user_agent, how).await?;
        act.commit().await?;
        attempt.take_back(store).await?;
        Ok(SignIn::Done(token))
    }

    /// Changes the password of somebody who is signed in. Their other sessions end; give this one a new secret
    /// ([`Accounts::rotate_session`]) with the same answer.
    ///
    /// # Errors
    /// [`AccountError::WrongPassword`], [`AccountError::Password`], [`AccountError::TooMany`].
    pub async fn change_password(
        &self,
        store: &Store,
        session: &crate::Session,
        present: &str,
        new: &str,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let person = session.person.id;
        password::check(new, &session.email)?;
        self.confirm_password(store, session, present, now).await?;
        let hashed = self.hasher().hash(new).await?;
        let mut act = Act::begin(store, &Actor::person(person, Some(session.id)), now).await?;
        act.execute(
            "UPDATE person SET password_hash = $1 WHERE id = $2",
            params![hashed, person],
        )
        .await?;
        let ended = session::end_others(&mut act, person, Some(session.id)).await?;
        act.record(
            Entry::done("person.password-changed", people::record_of(person))
                .with("sessions_ended", ended),
        )
        .await?;
        act.commit().await?;
        Ok(())
    }

    /// Asks somebody who is signed in for their password again, before something that a borrowed screen must not do.
    ///
    /// # Errors
    /// [`AccountError::WrongPassword`], [`AccountError::TooMany`].
    pub async fn confirm_password(
        &self,
        store: &Store,
        session: &crate::Session,
        present: &str,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let person = session.person.id;
        let attempt =
            throttle::count(store, vec![Key::account(&email::fold(&session.email))], now).await?;
        let row = store
            .clone()
            .row(
                "SELECT password_hash FROM person WHERE id = $1",
                params![person],
            )
            .await?;
        let hash = row
            .map(|row| row.opt_text("password_hash"))
            .transpose()?
            .flatten();
        if self.hasher().check(present, hash.as_deref()).await? {
            return attempt.take_back(store).await;
        }
        let entry = Entry::refused("person.password-refused", Some(people::record_of(person)));
        mandate_ledger::record_alone(store, &Actor::person(person, Some(session.id)), now, entry)
            .await?;
        Err(AccountError::WrongPassword)
    }
}

/// Writes a refusal and answers with it. Of an unknown account nothing is written but that it was tried.
pub(crate) async fn refused(
    store: &Store,
    person: Option<Id>,
    reason: &'static str,
    now: Timestamp,
) -> Result<SignIn, AccountError> {
    let entry =
        Entry::refused("session.refused", person.map(people::record_of)).with("reason", reason);
    mandate_ledger::record_alone(store, &Actor::nobody(), now, entry).await?;
    Ok(SignIn::Refused)
}

pub(crate) async fn too_many(
    store: &Store,
    error: AccountError,
    now: Timestamp,
) -> Result<SignIn, AccountError> {
    let AccountError::TooMany { retry_after } = error else {
        return Err(error);
    };
    refused(store, None, "too-many", now).await?;
    Ok(SignIn::TooMany(retry_after))
}
