//! Who may open a case: statements, checked before they are kept, and the grants that they bring.

use mandate_ledger::{Act, Actor, Receipt, Record};
use mandate_store::{Id, Query, StoreError, params};
use mandate_vault::{CaseChain, CaseId, CaseStatement, PersonId, Refusal};

use crate::directory;

/// A grant for one of the people whom a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptGrant {
    /// To whom: a person's identifier, or `recovery`.
    pub grantee: String,
    /// Of which key of the case.
    pub generation: i64,
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

/// A statement that a server may keep: it continues the case's chain, is signed by who brings it, names recovery and nobody
/// whose key was revoked, and brings the latest key to everybody who is named and has it not.
///
/// A chain that a client cannot verify would close the case to everybody, so one that is not whole is never kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    case: Id,
    statement: CaseStatement,
    grants: Vec<KeptGrant>,
    joined: Vec<PersonId>,
    left: Vec<PersonId>,
}

/// Why a statement is not kept.
#[derive(Debug, thiserror::Error)]
pub enum StatedProblem {
    /// The office's key or its list of revocations has not been brought.
    #[error("the office's keys have not been brought")]
    NoOffice,
    /// Somebody changed the case in the meantime.
    #[error("the case has moved on")]
    MovedOn,
    /// Somebody who is named would get no key, or somebody who is not named would.
    #[error("the grants are not those that the statement names")]
    Grants,
    /// The statement is not what it should be.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Stated {
    /// Checks a statement of a case that a person brings, with its grants, against what is kept. Run in the [`Act`] that
    /// keeps it, so that nobody comes in between.
    ///
    /// # Errors
    /// [`StatedProblem`].
    pub async fn check(
        act: &mut Act,
        case: Id,
        by: Id,
        text: &str,
        grants: Vec<KeptGrant>,
    ) -> Result<Self, StatedProblem> {
        let at = act.at();
        let directory = directory(act)
            .await?
            .checked(at)?
            .ok_or(StatedProblem::NoOffice)?;
        let statement = CaseStatement::read(text.as_bytes())?;
        let mut chain = statements(act, case)
            .await?
            .iter()
            .map(|text| CaseStatement::read(text.as_bytes()))
            .collect::<Result<Vec<_>, _>>()?;
        let before = chain.last().cloned();
        if statement.number != before.as_ref().map_or(0, |last| last.number) + 1 {
            return Err(StatedProblem::MovedOn);
        }
        chain.push(statement);
        let chain = CaseChain::verify(chain, &CaseId::new(case.to_string())?, &directory, None)?;
        chain.writable(&directory)?;
        let statement = chain.latest().clone();
        if statement.author.person.to_string() != by.to_string() {
            return Err(Refusal::new(mandate_vault::Why::NotEntitled)
                .with("person", &statement.author.person)
                .into());
        }
        let before_of = |person: &PersonId| before.as_ref().and_then(|last| last.granted(person));
        let renewed = before.as_ref().map_or(0, |last| last.keys.len()) < statement.keys.len();
        let latest = statement.keys.len() as u64;
        let brings = |person: &PersonId| {
            grants.iter().any(|grant| {
                grant.grantee == person.to_string() && u64::try_from(grant.generation) == Ok(latest)
            })
        };
        let mut joined = Vec::new();
        for grant in &statement.grants {
            // Somebody who has a new certificate is given every key anew, under it.
            let new = before_of(&grant.person).is_none_or(|then| then.serial != grant.serial);
            if new {
                directory.current(directory.serial(&grant.person, grant.serial)?)?;
            }
            if (new || renewed) && !brings(&grant.person) {
                return Err(StatedProblem::Grants);
            }
            if before_of(&grant.person).is_none() && grant.person != PersonId::recovery() {
                joined.push(grant.person.clone());
            }
        }
        let left = before
            .iter()
            .flat_map(|last| &last.grants)
            .filter(|one| statement.granted(&one.person).is_none())
            .filter(|one| directory.recipient(&one.person).is_ok())
            .map(|one| one.person.clone())
            .collect();
        // Nobody writes over what others can open: a grant is to who joins or has a new certificate, or of a new key.
        let fits = |grant: &KeptGrant| {
            let Ok(key) = u64::try_from(grant.generation) else {
                return false;
            };
            let to = |one: &&mandate_vault::Author| one.person.to_string() == grant.grantee;
            statement.grants.iter().find(to).is_some_and(|one| {
                let new = before_of(&one.person).is_none_or(|then| then.serial != one.serial);
                (new && (1..=latest).contains(&key)) || (renewed && key == latest)
            })
        };
        if !grants.iter().all(fits) {
            return Err(StatedProblem::Grants);
        }
        Ok(Self {
            case,
            statement,
            grants,
            joined,
            left,
        })
    }

    /// Whom it names and the statement before did not; recovery aside. Whether they may have the key is the area's to say.
    pub fn joined(&self) -> &[PersonId] {
        &self.joined
    }

    /// Whom the statement before named and it does not, though their keys were not revoked.
    pub fn left(&self) -> &[PersonId] {
        &self.left
    }

    /// Whether it is the first of its case: what begins something new brings such a one, and no case that is there already.
    pub const fn is_first(&self) -> bool {
        self.statement.number == 1
    }

    /// The statement.
    pub const fn statement(&self) -> &CaseStatement {
        &self.statement
    }

    /// Keeps it with its grants, none of which is ever written over.
    ///
    /// # Errors
    /// [`StatedProblem::MovedOn`] where a case of that name was begun before; else as any query.
    pub async fn keep(&self, act: &mut Act) -> Result<(), StatedProblem> {
        let (at, case) = (act.at(), self.case);
        let number = i64::try_from(self.statement.number).unwrap_or(i64::MAX);
        if self.is_first() {
            let begun = act
                .execute(
                    "INSERT INTO vault_case (case_id, made_at) VALUES ($1, $2) ON CONFLICT (case_id) DO NOTHING",
                    params![case, at],
                )
                .await?;
            if begun == 0 {
                return Err(StatedProblem::MovedOn);
            }
        }
        act.execute(
            "INSERT INTO vault_statement (case_id, number, text, made_at) VALUES ($1, $2, $3, $4)",
            params![case, number, self.statement.text(), at],
        )
        .await?;
        for grant in &self.grants {
            act.execute(
                "INSERT INTO vault_grant (case_id, generation, grantee, number, sealed, made_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
                params![
                    case,
                    grant.generation,
                    &grant.grantee,
                    number,
                    grant.sealed.clone(),
                    at
                ],
            )
            .await?;
        }
        Ok(())
    }
}

/// Every statement of a case, from the first: a reader checks the chain.
///
/// # Errors
/// As any query.
pub async fn statements(db: &mut impl Query, case: Id) -> Result<Vec<String>, StoreError> {
    db.rows(
        "SELECT text FROM vault_statement WHERE case_id = $1 ORDER BY number",
        params![case],
    )
    .await?
    .iter()
    .map(|row| row.text("text"))
    .collect()
}

/// The latest statement of a case.
///
/// # Errors
/// As any query; [`StoreError::NotFound`] where there is none, or where what is kept cannot be read.
pub async fn latest(db: &mut impl Query, case: Id) -> Result<CaseStatement, StoreError> {
    let text = statements(db, case).await?.pop();
    text.and_then(|text| CaseStatement::read(text.as_bytes()).ok())
        .ok_or(StoreError::NotFound("statement"))
}

/// To whom anything of a case was granted: people's identifiers, and `recovery`.
///
/// # Errors
/// As any query.
pub async fn grantees(db: &mut impl Query, case: Id) -> Result<Vec<String>, StoreError> {
    db.rows(
        "SELECT DISTINCT grantee FROM vault_grant WHERE case_id = $1 ORDER BY grantee",
        params![case],
    )
    .await?
    .iter()
    .map(|row| row.text("grantee"))
    .collect()
}

/// Takes back what was granted on a case to all but some: the server hands it out no more. What they kept they have; so the
/// client that takes somebody off makes a new key, which this does not do by itself.
///
/// # Errors
/// As any query.
pub async fn withdraw_all_but(act: &mut Act, case: Id, stay: &[String]) -> Result<(), StoreError> {
    for grantee in grantees(act, case).await? {
        if !stay.contains(&grantee) {
            act.execute(
                "DELETE FROM vault_grant WHERE case_id = $1 AND grantee = $2",
                params![case, grantee],
            )
            .await?;
        }
    }
    Ok(())
}

/// Grants that have been handed out: they cannot be had without the receipt of the entry that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    grants: Vec<KeptGrant>,
}

impl Released {
    /// The grants, oldest key first; of one key the newest first, where it was given anew.
    pub fn grants(&self) -> &[KeptGrant] {
        &self.grants
    }
}

/// Hands out what was granted to a person on a case, against the receipt of a reading that stands in the ledger. A receipt
/// of somebody else's, or for another record, gives nothing; so does having no grant.
///
/// # Errors
/// As any query.
pub async fn release(
    db: &mut impl Query,
    receipt: &Receipt,
    by: &Actor,
    case: Id,
    of: &Record,
) -> Result<Released, StoreError> {
    if !receipt.covers(by, of) {
        return Ok(Released { grants: Vec::new() });
    }
    let grants = db
        .rows(
            "SELECT generation, grantee, sealed FROM vault_grant WHERE case_id = $1 AND grantee = $2 \
             ORDER BY generation, number DESC",
            params![case, by.who()],
        )
        .await?
        .iter()
        .map(|row| {
            Ok(KeptGrant {
                grantee: row.text("grantee")?,
                generation: row.int("generation")?,
                sealed: row.bytes("sealed")?,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Released { grants })
}
