//! The people of the office: who they are, what they are in each area, and who may still sign in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mandate_ledger::{Act, Actor, Entry, Record};
use mandate_store::{Id, Query, Row, Store, StoreError, params};

use crate::{
    AccountError, Area, InvitationToken, Parties, Person, Role, email,
    email::Email,
    invitation,
    party::{parties_of, parties_of_all},
};

/// A person as the administration of accounts sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// The record.
    pub id: Id,
    /// As colleagues see it.
    pub name: String,
    /// As it was typed.
    pub email: String,
    /// The language tag that the person chose.
    pub language: String,
    /// Whether the person manages accounts.
    pub administrator: bool,
    /// Whether the person may sign in.
    pub active: bool,
    /// What the person is in each area.
    pub roles: BTreeMap<Area, Role>,
    /// What the person is in the sealed process.
    pub parties: Parties,
    /// Whether a password has been chosen: the invitation was accepted.
    pub accepted: bool,
    /// Whether codes of an authenticator app are asked for.
    pub totp: bool,
    /// How many passkeys there are.
    pub passkeys: i64,
    /// Until when an open invitation can be accepted.
    pub invited_until: Option<Timestamp>,
    /// When the record was made.
    pub created_at: Timestamp,
}

impl PersonRecord {
    /// What decisions on access need to know.
    pub fn person(&self) -> Person {
        Person {
            id: self.id,
            name: self.name.clone(),
            roles: self.roles.clone(),
            administrator: self.administrator,
            parties: self.parties.clone(),
        }
    }
}

/// Who is to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// As colleagues see it; the person may change it.
    pub name: String,
    /// What the person signs in with.
    pub email: String,
    /// The language of their first page.
    pub language: String,
    /// Whether the person manages accounts.
    pub administrator: bool,
    /// What the person is in each area.
    pub roles: BTreeMap<Area, Role>,
}

const COLUMNS: &str = "SELECT p.id, p.name, p.email, p.language, p.administrator, p.active, p.created_at, \
    CASE WHEN p.password_hash IS NULL THEN 0 ELSE 1 END AS accepted, \
    CASE WHEN p.totp_secret IS NULL THEN 0 ELSE 1 END AS totp, \
    (SELECT COUNT(*) FROM passkey k WHERE k.person_id = p.id) AS passkeys, \
    (SELECT MAX(i.expires_at) FROM invitation i WHERE i.person_id = p.id AND i.used_at IS NULL \
        AND i.revoked_at IS NULL) AS invited_until, \
    r.area, r.role \
    FROM person p LEFT JOIN person_role r ON r.person_id = p.id";

/// Everybody, by e-mail address; the page sorts by name in the reader's language.
///
/// # Errors
/// As any query.
pub async fn all(db: &mut impl Query) -> Result<Vec<PersonRecord>, StoreError> {
    let sql = &format!("{COLUMNS} ORDER BY p.email_folded, p.id");
    let rows = db.rows(sql, vec![]).await?;
    with_parties(db, gathered(&rows)?).await
}

/// One person.
///
/// # Errors
/// As any query.
pub async fn by_id(db: &mut impl Query, id: Id) -> Result<Option<PersonRecord>, StoreError> {
    let sql = &format!("{COLUMNS} WHERE p.id = $1");
    let rows = db.rows(sql, params![id]).await?;
    Ok(with_parties(db, gathered(&rows)?).await?.pop())
}

/// The person who signs in with an e-mail address, in whatever case it is written.
///
/// # Errors
/// As any query.
pub async fn by_email(
    db: &mut impl Query,
    address: &str,
) -> Result<Option<PersonRecord>, StoreError> {
    let sql = &format!("{COLUMNS} WHERE p.email_folded = $1");
    let rows = db.rows(sql, params![email::fold(address)]).await?;
    Ok(with_parties(db, gathered(&rows)?).await?.pop())
}

/// What decisions on access need to know of a person.
///
/// # Errors
/// [`AccountError::Person`] when there is none.
pub async fn person(db: &mut impl Query, id: Id) -> Result<Person, AccountError> {
    Ok(by_id(db, id).await?.ok_or(AccountError::Person)?.person())
}

/// Rows of a person joined with roles, one for each role, to one record a person.
fn gathered(rows: &[Row]) -> Result<Vec<PersonRecord>, StoreError> {
    let mut people: Vec<PersonRecord> = Vec::new();
    for row in rows {
        let id = row.id("id")?;
        if people.last().is_none_or(|last| last.id != id) {
            people.push(PersonRecord {
                id,
                name: row.text("name")?,
                email: row.text("email")?,
                language: row.text("language")?,
                administrator: row.flag("administrator")?,
                active: row.flag("active")?,
                roles: BTreeMap::new(),
                parties: Parties::default(),
                accepted: row.flag("accepted")?,
                totp: row.flag("totp")?,
                passkeys: row.int("passkeys")?,
                invited_until: row.opt_at("invited_until")?,
                created_at: row.at("created_at")?,
            });
        }
        if let (Some(person), Some((area, role))) = (people.last_mut(), role_of(row)?) {
            person.roles.insert(area, role);
        }
    }
    Ok(people)
}

async fn with_parties(
    db: &mut impl Query,
    mut people: Vec<PersonRecord>,
) -> Result<Vec<PersonRecord>, StoreError> {
    if let [person] = &mut people[..] {
        person.parties = parties_of(db, person.id).await?;
    } else if !people.is_empty() {
        let mut of_all = parties_of_all(db).await?;
        for person in &mut people {
            person.parties = of_all.remove(&person.id).unwrap_or_default();
        }
    }
    Ok(people)
}

/// The role in a row. A word that this program does not know gives nobody a right; `mandate verify` names it.
pub(crate) fn role_of(row: &Row) -> Result<Option<(Area, Role)>, StoreError> {
    let words = row.opt_text("area")?.zip(row.opt_text("role")?);
    Ok(words.and_then(|(area, role)| Some((area.parse().ok()?, role.parse().ok()?))))
}

pub(crate) fn record_of(id: Id) -> Record {
    Record::of("person", id)
}

pub(crate) async fn insert(
    act: &mut Act,
    new: &NewPerson,
    password_hash: Option<String>,
) -> Result<Id, AccountError> {
    let (address, name) = (Email::read(&new.email)?, email::name(&new.name)?);
    let language = email::language(&new.language)?;
    let id = Id::new();
    let at = act.at();
    let done = act
        .execute(
            "INSERT INTO person (id, name, email, email_folded, language, administrator, active, password_hash, \
             created_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8) ON CONFLICT (email_folded) DO NOTHING",
            params![id, name, address.shown, address.folded, language, new.administrator, password_hash, at],
        )
        .await?;
    if done == 0 {
        return Err(AccountError::EmailTaken);
    }
    write_roles(act, id, &new.roles).await?;
    Ok(id)
}

async fn write_roles(
    act: &mut Act,
    id: Id,
    roles: &BTreeMap<Area, Role>,
) -> Result<(), StoreError> {
    act.execute("DELETE FROM person_role WHERE person_id = $1", params![id])
        .await?;
    for (area, role) in roles {
        act.execute(
            "INSERT INTO person_role (person_id, area, role) VALUES ($1, $2, $3)",
            params![id, area.as_str(), role.as_str()],
        )
        .await?;
    }
    Ok(())
}

/// Makes a person without a password and the invitation with which they choose one. No mail is sent: the administrator
/// hands the link over.
///
/// # Errors
/// [`AccountError::EmailTaken`], [`AccountError::Email`], [`AccountError::Name`], [`AccountError::Language`].
pub async fn invite(
    store: &Store,
    by: &Actor,
    new: &NewPerson,
    now: Timestamp,
) -> Result<(Id, InvitationToken), AccountError> {
    let mut act = Act::begin(store, by, now).await?;
    let id = insert(&mut act, new, None).await?;
    let token = invitation::issue(&mut act, id).await?;
    let entry = Entry::done("person.invited", record_of(id));
    act.record(
        entry
            .with("roles", &new.roles)
            .with("administrator", new.administrator),
    )
    .await?;
    act.commit().await?;
    Ok((id, token))
}

/// Invites somebody again, or lets them choose a new password when they forgot theirs: the older link is worth nothing
/// from now on. The password that they have works until the new link is used.
///
/// # Errors
/// [`AccountError::Person`], [`AccountError::Inactive`].
pub async fn invite_again(
    store: &Store,
    by: &Actor,
    person: Id,
    now: Timestamp,
) -> Result<InvitationToken, AccountError> {
    let mut act = Act::begin(store, by, now).await?;
    let found = by_id(&mut act, person).await?.ok_or(AccountError::Person)?;
    if !found.active {
        return Err(AccountError::Inactive);
    }
    let token = invitation::issue(&mut act, person).await?;
    act.record(Entry::done("person.invited-again", record_of(person)))
        .await?;
    act.commit().await?;
    Ok(token)
}

/// Sets what a person is in each area, and whether they manage accounts. Their sessions go on with the new roles at
/// once, under a new secret ([`crate::Session::rotation_due`]).
///
/// # Errors
/// [`AccountError::Person`], [`AccountError::LastAdministrator`].
pub async fn set_roles(
    store: &Store,
    by: &Actor,
    person: Id,
    roles: &BTreeMap<Area, Role>,
    administrator: bool,
    now: Timestamp,
) -> Result<(), AccountError> {
    let mut act = Act::begin(store, by, now).await?;
    let before = by_id(&mut act, person).await?.ok_or(AccountError::Person)?;
    // The entry first: it makes others who change accounts wait, so that two administrators cannot dismiss each other.
    let entry = Entry::done("person.roles-set", record_of(person));
    let entry = entry.with("before", &before.roles).with("after", roles);
    act.record(entry.with("administrator", administrator))
        .await?;
    write_roles(&mut act, person, roles).await?;
    act.execute(
        "UPDATE person SET administrator = $1 WHERE id = $2",
        params![administrator, person],
    )
    .await?;
    an_administrator_stays(&mut act).await?;
    act.execute(
        "UPDATE session SET rotation_due = 1 WHERE person_id = $1 AND revoked_at IS NULL",
        params![person],
    )
    .await?;
    act.commit().await?;
    Ok(())
}

/// Ends a person's access: their sessions, tokens and invitations with it. Nothing that they wrote is touched.
///
/// # Errors
/// [`AccountError::Person`], [`AccountError::LastAdministrator`].
pub async fn deactivate(
    store: &Store,
    by: &Actor,
    person: Id,
    now: Timestamp,
) -> Result<(), AccountError> {
    let mut act = Act::begin(store, by, now).await?;
    act.record(Entry::done("person.deactivated", record_of(person)))
        .await?;
    if act
        .execute(
            "UPDATE person SET active = 0 WHERE id = $1",
            params![person],
        )
        .await?
        == 0
    {
        return Err(AccountError::Person);
    }
    an_administrator_stays(&mut act).await?;
    act.execute(
        "UPDATE session SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL",
        params![now, person],
    )
    .await?;
    act.execute(
        "UPDATE api_token SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL",
        params![now, person],
    )
    .await?;
    invitation::revoke(&mut act, person).await?;
    act.commit().await?;
    Ok(())
}

/// Lets a person sign in again with the password that they had; tokens and sessions stay ended.
///
/// # Errors
/// [`AccountError::Person`].
pub async fn reactivate(
    store: &Store,
    by: &Actor,
    person: Id,
    now: Timestamp,
) -> Result<(), AccountError> {
    let entry = Entry::done("person.reactivated", record_of(person));
    change(
        store,
        by,
        "UPDATE person SET active = 1 WHERE id = $1",
        params![person],
        entry,
        now,
    )
    .await
}

/// Keeps the language that a person chose.
///
/// # Errors
/// [`AccountError::Person`], [`AccountError::Language`].
pub async fn set_language(
    store: &Store,
    by: &Actor,
    person: Id,
    language: &str,
    now: Timestamp,
) -> Result<(), AccountError> {
    let language = email::language(language)?;
    let entry = Entry::done("person.language-set", record_of(person)).with("language", language);
    change(
        store,
        by,
        "UPDATE person SET language = $2 WHERE id = $1",
        params![person, language],
        entry,
        now,
    )
    .await
}

/// Changes how colleagues see a person.
///
/// # Errors
/// [`AccountError::Person`], [`AccountError::Name`].
pub async fn rename(
    store: &Store,
    by: &Actor,
    person: Id,
    name: &str,
    now: Timestamp,
) -> Result<(), AccountError> {
    let name = email::name(name)?;
    let entry = Entry::done("person.renamed", record_of(person));
    change(
        store,
        by,
        "UPDATE person SET name = $2 WHERE id = $1",
        params![person, name],
        entry,
        now,
    )
    .await
}

async fn change(
    store: &Store,
    by: &Actor,
    sql: &'static str,
    params: Vec<mandate_store::Value>,
    entry: Entry,
    now: Timestamp,
) -> Result<(), AccountError> {
    let mut act = Act::begin(store, by, now).await?;
    if act.execute(sql, params).await? == 0 {
        return Err(AccountError::Person);
    }
    act.record(entry).await?;
    act.commit().await?;
    Ok(())
}

async fn an_administrator_stays(act: &mut Act) -> Result<(), AccountError> {
    let left = act
        .count(
            "SELECT COUNT(*) AS n FROM person WHERE administrator = 1 AND active = 1",
            vec![],
        )
        .await?;
    if left == 0 {
        Err(AccountError::LastAdministrator)
    } else {
        Ok(())
    }
}
