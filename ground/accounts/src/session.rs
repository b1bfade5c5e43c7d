//! Sessions of the browser.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use mandate_ledger::{Act, Actor, Entry, Record};
use mandate_store::{Id, Query, Store, StoreError, params};
use sha2::{Digest as _, Sha256};

use crate::{
    AccountError, Accounts, Person, SessionToken, browser,
    error::broken,
    party::parties_of,
    people,
    token::{hash, plausible, secret},
};

/// How often the time a session was last seen is written.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// An open session: what a request knows of who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The record, as the ledger names it.
    pub id: Id,
    /// Who has signed in, with the roles of this moment.
    pub person: Person,
    /// What they sign in with.
    pub email: String,
    /// The language that they chose.
    pub language: String,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When the session ends in any case.
    pub expires_at: Timestamp,
    /// Their roles changed: give the session a new secret ([`Accounts::rotate_session`]) with this answer.
    pub rotation_due: bool,
    /// A secret of this session for form tokens, derived from its token.
    pub csrf: [u8; 32],
}

/// A session as its owner sees it in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionInfo {
    /// The record.
    pub id: Id,
    /// `Firefox, Linux`; empty when unknown.
    pub browser: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
}

/// Opens a session inside the act that signs somebody in.
pub(crate) async fn open(
    accounts: &Accounts,
    act: &mut Act,
    person: Id,
    user_agent: &str,
    how: &'static str,
) -> Result<SessionToken, AccountError> {
    let (token, id, now) = (secret()?, Id::new(), act.at());
    let until = now
        .checked_add(accounts.limits().absolute)
        .map_err(broken)?;
    act.execute(
        "INSERT INTO session (id, person_id, token_hash, created_at, last_seen_at, expires_at, browser) \
         VALUES ($1, $2, $3, $4, $4, $5, $6)",
        params![id, person, hash(&token), now, until, browser::summary(user_agent)],
    )
    .await?;
    let entry = Entry::done("session.opened", people::record_of(person));
    act.record(entry.with("session", id).with("by", how))
        .await?;
    Ok(SessionToken(token))
}

impl Accounts {
    /// The open session of a cookie's value, in one query. Notes the use at most once a minute, in the background.
    ///
    /// # Errors
    /// As any query.
    pub async fn session(
        &self,
        store: &Store,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, AccountError> {
        if !plausible(token) {
            return Ok(None);
        }
        let idle = now.checked_sub(self.limits().idle).map_err(broken)?;
        let rows = store
            .clone()
            .rows(
                "SELECT s.id, s.created_at, s.last_seen_at, s.expires_at, s.rotation_due, p.id AS person_id, p.name, \
                 p.email, p.language, p.administrator, r.area, r.role \
                 FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN person_role r ON r.person_id = p.id \
                 WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 \
                 AND p.active = 1",
                params![hash(token), now, idle],
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let mut roles = BTreeMap::new();
        for row in &rows {
            roles.extend(people::role_of(row)?);
        }
        let id = row.id("id")?;
        let parties = parties_of(&mut store.clone(), row.id("person_id")?).await?;
        if now.duration_since(row.at("last_seen_at")?) >= SEEN_EVERY {
            let sql = "UPDATE session SET last_seen_at = $1 WHERE id = $2 AND last_seen_at < $1";
            self.touch(store, id, sql, params![now, id]).await;
        }
        Ok(Some(Session {
            id,
            person: Person {
                id: row.id("person_id")?,
                name: row.text("name")?,
                roles,
                administrator: row.flag("administrator")?,
                parties,
            },
            email: row.text("email")?,
            language: row.text("language")?,
            created_at: row.at("created_at")?,
            expires_at: row.at("expires_at")?,
            rotation_due: row.flag("rotation_due")?,
            csrf: Sha256::digest(format!("mandate form {token}")).into(),
        }))
    }

    /// Gives a session a new secret, when what its owner may do has changed. The old one is worth nothing at once.
    ///
    /// # Errors
    /// [`AccountError::Unknown`] when the session is not the person's, or has ended.
    pub async fn rotate_session(
        &self,
        store: &Store,
        person: Id,
        session: Id,
        now: Timestamp,
    ) -> Result<SessionToken, AccountError> {
        self.rotate(store, person, session, false, now).await
    }

    /// Gives a session a new secret when one is due ([`Session::rotation_due`]). Of several requests at once one gets it;
    /// the others get nothing, and their answers leave the cookie alone.
    ///
    /// # Errors
    /// As any query.
    pub async fn rotate_due_session(
        &self,
        store: &Store,
        session: &Session,
        now: Timestamp,
    ) -> Result<Option<SessionToken>, AccountError> {
        match self
            .rotate(store, session.person.id, session.id, true, now)
            .await
        {
            Ok(token) => Ok(Some(token)),
            Err(AccountError::Unknown) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn rotate(
        &self,
        store: &Store,
        person: Id,
        session: Id,
        only_if_due: bool,
        now: Timestamp,
    ) -> Result<SessionToken, AccountError> {
        let token = secret()?;
        let mut act = Act::begin(store, &Actor::person(person, Some(session)), now).await?;
        let done = act
            .execute(
                "UPDATE session SET token_hash = $1, rotation_due = 0 WHERE id = $2 AND person_id = $3 \
                 AND revoked_at IS NULL AND expires_at > $4 AND rotation_due >= $5",
                params![hash(&token), session, person, now, only_if_due],
            )
            .await?;
        if done == 0 {
            return Err(AccountError::Unknown);
        }
        act.record(Entry::done(
            "session.rotated",
            Record::of("session", session),
        ))
        .await?;
        act.commit().await?;
        Ok(SessionToken(token))
    }

    /// Ends one session of a person: signing out, or from the list.
    ///
    /// # Errors
    /// [`AccountError::Unknown`] when it is not the person's, or has ended.
    pub async fn end_session(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        session: Id,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let mut act = Act::begin(store, by, now).await?;
        let done = act
            .execute(
                "UPDATE session SET revoked_at = $1 WHERE id = $2 AND person_id = $3 AND revoked_at IS NULL",
                params![now, session, person],
            )
            .await?;
        if done == 0 {
            return Err(AccountError::Unknown);
        }
        act.record(Entry::done("session.ended", Record::of("session", session)))
            .await?;
        act.commit().await?;
        Ok(())
    }

    /// Ends all sessions of a person but one (or all of them); says how many.
    ///
    /// # Errors
    /// As any query.
    pub async fn end_other_sessions(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        keep: Option<Id>,
        now: Timestamp,
    ) -> Result<u64, AccountError> {
        let mut act = Act::begin(store, by, now).await?;
        let ended = end_others(&mut act, person, keep).await?;
        act.record(
            Entry::done("session.others-ended", people::record_of(person)).with("sessions", ended),
        )
        .await?;
        act.commit().await?;
        Ok(ended)
    }
}

pub(crate) async fn end_others(
    act: &mut Act,
    person: Id,
    keep: Option<Id>,
) -> Result<u64, StoreError> {
    let now = act.at();
    // No record has an empty identifier.
    let keep = keep.map_or_else(String::new, |id| id.to_string());
    act.execute(
        "UPDATE session SET revoked_at = $1 WHERE person_id = $2 AND id <> $3 AND revoked_at IS NULL",
        params![now, person, keep],
    )
    .await
}

impl Accounts {
    /// The open sessions of a person, the one used last first.
    ///
    /// # Errors
    /// As any query.
    pub async fn sessions(
        &self,
        store: &Store,
        person: Id,
        now: Timestamp,
    ) -> Result<Vec<SessionInfo>, AccountError> {
        let idle = now.checked_sub(self.limits().idle).map_err(broken)?;
        let rows = store
            .clone()
            .rows(
                "SELECT id, browser, created_at, last_seen_at, expires_at FROM session WHERE person_id = $1 \
                 AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC, id",
                params![person, now, idle],
            )
            .await?;
        let info = |row: &mandate_store::Row| -> Result<SessionInfo, StoreError> {
            Ok(SessionInfo {
                id: row.id("id")?,
                browser: row.text("browser")?,
                created_at: row.at("created_at")?,
                last_seen_at: row.at("last_seen_at")?,
                expires_at: row.at("expires_at")?,
            })
        };
        Ok(rows.iter().map(info).collect::<Result<_, _>>()?)
    }
}
