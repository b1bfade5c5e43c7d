//! Invitations: a link that works once, for seven days. A forgotten password is answered with one too.

use jiff::{SignedDuration, Timestamp};
use mandate_ledger::{Act, Actor, Entry};
use mandate_store::{Id, Query, Store, params};

use crate::{
    AccountError, Accounts, InvitationToken, NewPerson, email,
    error::broken,
    password, people,
    token::{hash, plausible, secret},
};

/// How long an invitation can be accepted.
pub const VALID: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the page of an invitation shows before a password is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Who is invited.
    pub person: Id,
    /// The name that the administrator gave.
    pub name: String,
    /// What the person will sign in with.
    pub email: String,
    /// The language of the page.
    pub language: String,
    /// Whether there is a password already, which will be replaced.
    pub known: bool,
    /// Until when the invitation can be accepted.
    pub expires_at: Timestamp,
}

/// Issues an invitation inside an act and revokes those before it.
pub(crate) async fn issue(act: &mut Act, person: Id) -> Result<InvitationToken, AccountError> {
    revoke(act, person).await?;
    let (token, at) = (secret()?, act.at());
    let until = at.checked_add(VALID).map_err(broken)?;
    act.execute(
        "INSERT INTO invitation (id, person_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        params![Id::new(), person, hash(&token), at, until],
    )
    .await?;
    Ok(InvitationToken(token))
}

pub(crate) async fn revoke(act: &mut Act, person: Id) -> Result<(), AccountError> {
    let at = act.at();
    act.execute(
        "UPDATE invitation SET revoked_at = $1 WHERE person_id = $2 AND used_at IS NULL AND revoked_at IS NULL",
        params![at, person],
    )
    .await?;
    Ok(())
}

/// Whom a link invites.
///
/// # Errors
/// [`AccountError::Invitation`] when it is unknown, used, revoked or too old.
pub async fn invited(
    db: &mut impl Query,
    token: &str,
    now: Timestamp,
) -> Result<Invited, AccountError> {
    if !plausible(token) {
        return Err(AccountError::Invitation);
    }
    let row = db
        .row(
            "SELECT p.id, p.name, p.email, p.language, i.expires_at, \
             CASE WHEN p.password_hash IS NULL THEN 0 ELSE 1 END AS known \
             FROM invitation i JOIN person p ON p.id = i.person_id WHERE i.token_hash = $1 AND i.used_at IS NULL \
             AND i.revoked_at IS NULL AND i.expires_at > $2 AND p.active = 1",
            params![hash(token), now],
        )
        .await?
        .ok_or(AccountError::Invitation)?;
    Ok(Invited {
        person: row.id("id")?,
        name: row.text("name")?,
        email: row.text("email")?,
        language: row.text("language")?,
        known: row.flag("known")?,
        expires_at: row.at("expires_at")?,
    })
}

impl Accounts {
    /// Accepts an invitation: name and password are set, the link is used up, sessions that there were end. The person
    /// signs in next; a second factor that there was is still asked for.
    ///
    /// # Errors
    /// [`AccountError::Invitation`], [`AccountError::Password`], [`AccountError::Name`].
    pub async fn accept_invitation(
        &self,
        store: &Store,
        token: &str,
        name: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<Id, AccountError> {
        let found = invited(&mut store.clone(), token, now).await?;
        let name = email::name(name)?;
        password::check(password, &found.email)?;
        let hashed = self.hasher().hash(password).await?;

        let mut act = Act::begin(store, &Actor::person(found.person, None), now).await?;
        let used = act
            .execute(
                "UPDATE invitation SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND revoked_at IS NULL",
                params![now, hash(token)],
            )
            .await?;
        if used == 0 {
            return Err(AccountError::Invitation);
        }
        act.execute(
            "UPDATE person SET name = $1, password_hash = $2 WHERE id = $3",
            params![name, hashed, found.person],
        )
        .await?;
        act.execute(
            "UPDATE session SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL",
            params![now, found.person],
        )
        .await?;
        act.record(Entry::done(
            "person.invitation-accepted",
            people::record_of(found.person),
        ))
        .await?;
        act.commit().await?;
        Ok(found.person)
    }

    /// Makes an administrator with a password, on the command line of the office's own machine: the first one, or one
    /// more when all others are lost.
    ///
    /// # Errors
    /// [`AccountError::EmailTaken`], [`AccountError::Email`], [`AccountError::Name`], [`AccountError::Password`].
    pub async fn create_administrator(
        &self,
        store: &Store,
        by: &Actor,
        new: &NewPerson,
        password: &str,
        now: Timestamp,
    ) -> Result<Id, AccountError> {
        let administrator = NewPerson {
            administrator: true,
            ..new.clone()
        };
        password::check(password, &new.email)?;
        let hashed = self.hasher().hash(password).await?;
        let mut act = Act::begin(store, by, now).await?;
        let id = people::insert(&mut act, &administrator, Some(hashed)).await?;
        let entry =
            Entry::done("person.created", people::record_of(id)).with("administrator", true);
        act.record(entry.with("roles", &administrator.roles))
            .await?;
        act.commit().await?;
        Ok(id)
    }
}
