//! Passkeys (WebAuthn): added by somebody who is signed in, then enough to sign in with, because the authenticator checks
//! its owner itself (user verification is required).
//!
//! What the browser gets and sends back is JSON, so that pages need not know the library.

use jiff::Timestamp;
use mandate_ledger::{Act, Actor, Entry, Record};
use mandate_store::{Id, Query, Store, StoreError, params};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, DiscoverableKey, Passkey,
    PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Uuid,
};

use crate::{
    AccountError, Accounts, Caller, PendingToken, SignIn, ceremony, email,
    error::broken,
    people, session,
    sign_in::{HALF_WAY, HalfWay, refused, too_many},
    throttle::{self, Key},
};

const REGISTER: &str = "passkey-register";
const DISCOVER: &str = "passkey-discover";
const SECOND: &str = "passkey-second";

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyInfo {
    /// The record.
    pub id: Id,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it last opened a session.
    pub last_used_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct Registering {
    person: Id,
    state: PasskeyRegistration,
}

#[derive(Serialize, Deserialize)]
struct Second {
    half_way: HalfWay,
    pending: String,
    state: PasskeyAuthentication,
}

fn user_handle(person: Id) -> Result<Uuid, AccountError> {
    Uuid::try_parse(&person.to_string()).map_err(broken)
}

fn credential_id(passkey: &Passkey) -> String {
    let bytes: &[u8] = passkey.cred_id().as_ref();
    hex::encode(bytes)
}

/// The passkeys of a person, oldest first.
///
/// # Errors
/// As any query.
pub async fn passkeys(db: &mut impl Query, person: Id) -> Result<Vec<PasskeyInfo>, StoreError> {
    let sql = "SELECT id, name, added_at, last_used_at FROM passkey WHERE person_id = $1 ORDER BY added_at, id";
    let rows = db.rows(sql, params![person]).await?;
    let info = |row: &mandate_store::Row| {
        Ok(PasskeyInfo {
            id: row.id("id")?,
            name: row.text("name")?,
            added_at: row.at("added_at")?,
            last_used_at: row.opt_at("last_used_at")?,
        })
    };
    rows.iter().map(info).collect()
}

async fn stored(db: &mut impl Query, person: Id) -> Result<Vec<(Id, Passkey)>, AccountError> {
    let rows = db
        .rows(
            "SELECT id, credential FROM passkey WHERE person_id = $1",
            params![person],
        )
        .await?;
    let read = |row: &mandate_store::Row| -> Result<(Id, Passkey), AccountError> {
        Ok((
            row.id("id")?,
            serde_json::from_str(&row.text("credential")?).map_err(broken)?,
        ))
    };
    rows.iter().map(read).collect()
}

impl Accounts {
    /// Begins to add a passkey: the JSON is the argument of `navigator.credentials.create`.
    ///
    /// # Errors
    /// [`AccountError::NoPasskeys`], [`AccountError::Person`].
    pub async fn begin_passkey(
        &self,
        store: &Store,
        person: Id,
        now: Timestamp,
    ) -> Result<(serde_json::Value, PendingToken), AccountError> {
        let owner = people::by_id(&mut store.clone(), person)
            .await?
            .ok_or(AccountError::Person)?;
        let known = stored(&mut store.clone(), person).await?;
        let known = known
            .iter()
            .map(|(_, passkey)| passkey.cred_id().clone())
            .collect();
        let (challenge, state) = self
            .webauthn()?
            .start_passkey_registration(
                user_handle(person)?,
                &owner.email,
                &owner.name,
                Some(known),
            )
            .map_err(broken)?;
        let mut challenge = serde_json::to_value(challenge).map_err(broken)?;
        // A passkey that its authenticator does not list by itself could not sign in without an e-mail address, and a
        // page that looks an address up would tell who has an account.
        if let Some(selection) = challenge
            .pointer_mut("/publicKey/authenticatorSelection")
            .and_then(serde_json::Value::as_object_mut)
        {
            selection.insert("residentKey".into(), "required".into());
            selection.insert("requireResidentKey".into(), true.into());
        }
        let pending = ceremony::begin(store, REGISTER, &Registering { person, state }, now).await?;
        Ok((challenge, pending))
    }

    /// Finishes adding a passkey with the browser's answer (the credential as JSON).
    ///
    /// # Errors
    /// [`AccountError::Passkey`], [`AccountError::Expired`], [`AccountError::Name`].
    pub async fn finish_passkey(
        &self,
        store: &Store,
        session: &crate::Session,
        pending: &str,
        answer: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<Id, AccountError> {
        let name = email::name(name)?;
        let person = session.person.id;
        let begun: Registering = ceremony::take(store, REGISTER, pending, now).await?;
        if begun.person != person {
            return Err(AccountError::Expired);
        }
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| AccountError::Passkey)?;
        let passkey = self
            .webauthn()?
            .finish_passkey_registration(&answer, &begun.state)
            .map_err(|_| AccountError::Passkey)?;
        let id = Id::new();
        let mut act = Act::begin(store, &Actor::person(person, Some(session.id)), now).await?;
        let done = act
            .execute(
                "INSERT INTO passkey (id, person_id, credential_id, credential, name, added_at) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING",
                params![
                    id,
                    person,
                    credential_id(&passkey),
                    serde_json::to_string(&passkey).map_err(broken)?,
                    name,
                    now
                ],
            )
            .await?;
        if done == 0 {
            return Err(AccountError::Passkey);
        }
        act.record(Entry::done("passkey.added", Record::of("passkey", id)))
            .await?;
        act.commit().await?;
        Ok(id)
    }

    /// Takes a passkey away: by its owner, or by an administrator when it is lost.
    ///
    /// # Errors
    /// [`AccountError::Unknown`] when it is not the person's.
    pub async fn remove_passkey(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        passkey: Id,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let mut act = Act::begin(store, by, now).await?;
        let sql = "DELETE FROM passkey WHERE id = $1 AND person_id = $2";
        if act.execute(sql, params![passkey, person]).await? == 0 {
            return Err(AccountError::Unknown);
        }
        act.record(Entry::done(
            "passkey.removed",
            Record::of("passkey", passkey),
        ))
        .await?;
        act.commit().await?;
        Ok(())
    }

    /// Begins to sign in with a passkey that the browser finds by itself: the JSON is the argument of
    /// `navigator.credentials.get`. It is the same for everybody.
    ///
    /// # Errors
    /// [`AccountError::NoPasskeys`].
    pub async fn begin_passkey_sign_in(
        &self,
        store: &Store,
        now: Timestamp,
    ) -> Result<(serde_json::Value, PendingToken), AccountError> {
        let (mut challenge, state) = self
            .webauthn()?
            .start_discoverable_authentication()
            .map_err(broken)?;
        // Behind a button, not in the e-mail field's list of suggestions.
        challenge.mediation = None;
        let pending = ceremony::begin(store, DISCOVER, &state, now).await?;
        Ok((serde_json::to_value(challenge).map_err(broken)?, pending))
    }

    /// Finishes signing in with the browser's answer. The account's limit on passwords does not hold here.
    ///
    /// # Errors
    /// [`AccountError::Expired`], [`AccountError::NoPasskeys`]; a refusal is an answer, not an error.
    pub async fn finish_passkey_sign_in(
        &self,
        store: &Store,
        pending: &str,
        answer: &str,
        caller: Caller<'_>,
        now: Timestamp,
    ) -> Result<SignIn, AccountError> {
        let attempt = match throttle::count(store, vec![Key::address(caller.address)], now).await {
            Ok(attempt) => attempt,
            Err(error) => return too_many(store, error, now).await,
        };
        let state: DiscoverableAuthentication =
            ceremony::take(store, DISCOVER, pending, now).await?;
        let webauthn = self.webauthn()?;
        let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
            return refused(store, None, "passkey", now).await;
        };
        let Ok((handle, credential)) = webauthn.identify_discoverable_authentication(&answer)
        else {
            return refused(store, None, "passkey", now).await;
        };
        let Ok(person) = handle.to_string().parse::<Id>() else {
            return refused(store, None, "passkey", now).await;
        };
        let known = stored(&mut store.clone(), person).await?;
        let Some(key) = known.iter().find(|(_, passkey)| {
            let bytes: &[u8] = passkey.cred_id().as_ref();
            bytes == credential
        }) else {
            return refused(store, None, "passkey", now).await;
        };
        match webauthn.finish_discoverable_authentication_v2(
            &answer,
            state,
            DiscoverableKey::from(&key.1),
        ) {
            Ok(result) => {
                attempt.take_back(store).await?;
                self.signed(store, person, known, &result, None, caller, now)
                    .await
            }
            Err(_) => refused(store, Some(person), "passkey", now).await,
        }
    }

    /// Begins the second step of signing in with a passkey instead of a code, after [`crate::FirstStep::NeedsTotp`].
    ///
    /// # Errors
    /// [`AccountError::Expired`], [`AccountError::NoPasskeys`], [`AccountError::Unknown`] when the person has none.
    pub async fn begin_passkey_second_step(
        &self,
        store: &Store,
        pending: &str,
        now: Timestamp,
    ) -> Result<(serde_json::Value, PendingToken), AccountError> {
        let half_way: HalfWay = ceremony::look(&mut store.clone(), HALF_WAY, pending, now).await?;
        let keys: Vec<Passkey> = stored(&mut store.clone(), half_way.person)
            .await?
            .into_iter()
            .map(|(_, passkey)| passkey)
            .collect();
        if keys.is_empty() {
            return Err(AccountError::Unknown);
        }
        let (challenge, state) = self
            .webauthn()?
            .start_passkey_authentication(&keys)
            .map_err(broken)?;
        let second = Second {
            half_way,
            pending: pending.to_owned(),
            state,
        };
        let token = ceremony::begin(store, SECOND, &second, now).await?;
        Ok((serde_json::to_value(challenge).map_err(broken)?, token))
    }

    /// Whether the person who is half-way in has a passkey for the second step. False also when it is too late.
    ///
    /// # Errors
    /// As any query.
    pub async fn passkey_can_confirm(
        &self,
        store: &Store,
        pending: &str,
        now: Timestamp,
    ) -> Result<bool, AccountError> {
        if !self.has_passkeys() {
            return Ok(false);
        }
        match ceremony::look::<HalfWay>(&mut store.clone(), HALF_WAY, pending, now).await {
            Ok(half_way) => Ok(!passkeys(&mut store.clone(), half_way.person)
                .await?
                .is_empty()),
            Err(AccountError::Expired) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Finishes the second step with the browser's answer.
    ///
    /// # Errors
    /// [`AccountError::Expired`], [`AccountError::NoPasskeys`]; a refusal is an answer, not an error.
    pub async fn finish_passkey_second_step(
        &self,
        store: &Store,
        token: &str,
        answer: &str,
        caller: Caller<'_>,
        now: Timestamp,
    ) -> Result<SignIn, AccountError> {
        let second: Second = ceremony::take(store, SECOND, token, now).await?;
        let person = second.half_way.person;
        let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
            return refused(store, Some(person), "passkey", now).await;
        };
        match self
            .webauthn()?
            .finish_passkey_authentication(&answer, &second.state)
        {
            Ok(result) => {
                let known = stored(&mut store.clone(), person).await?;
                self.signed(
                    store,
                    person,
                    known,
                    &result,
                    Some(&second.pending),
                    caller,
                    now,
                )
                .await
            }
            Err(_) => refused(store, Some(person), "passkey", now).await,
        }
    }

    #[allow(clippy::too_many_arguments)]
    async fn signed(
        &self,
        store: &Store,
        person: Id,
        known: Vec<(Id, Passkey)>,
        result: &AuthenticationResult,
        pending: Option<&str>,
        caller: Caller<'_>,
        now: Timestamp,
    ) -> Result<SignIn, AccountError> {
        let mut act = Act::begin(store, &Actor::person(person, None), now).await?;
        let owner = people::by_id(&mut act, person)
            .await?
            .ok_or(AccountError::Person)?;
        let found = known
            .into_iter()
            .find(|(_, passkey)| passkey.cred_id() == result.cred_id());
        let Some((id, mut passkey)) = found.filter(|_| owner.active) else {
            drop(act);
            return refused(store, Some(person), "inactive", now).await;
        };
        if let Some(pending) = pending {
            ceremony::use_up(&mut act, pending).await?;
        }
        // The authenticator's counter is kept, so that a copied key is noticed.
        passkey.update_credential(result);
        act.execute(
            "UPDATE passkey SET credential = $1, last_used_at = $2 WHERE id = $3",
            params![serde_json::to_string(&passkey).map_err(broken)?, now, id],
        )
        .await?;
        throttle::succeeded(&mut act, &email::fold(&owner.email)).await?;
        let token = session::open(self, &mut act, person, caller.user_agent, "passkey").await?;
        act.commit().await?;
        Ok(SignIn::Done(token))
    }
}
