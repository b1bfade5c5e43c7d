//! The parties to a process that nobody may see whole.
//!
//! Where a file is sealed, roles that include one another are the wrong thing: whoever may see more of it must not, by that,
//! see everything. A person is a *party* instead, and each party has a sight of its own. The sights are kept apart here,
//! once: [`Parties`] cannot hold two that together would see what nobody should.

use std::collections::{BTreeSet, HashMap};

use mandate_ledger::{Act, Entry};
use mandate_store::{Id, Query, Row, Store, StoreError, params};
use serde::{Deserialize, Serialize};

use crate::{AccountError, people, words};

words!(
    /// One side of the process.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    Party {
        /// Files for people: a licensed organisation, the secretariat, a regional office. Sees what it filed.
        Filing = "filing",
        /// Completes and moves files by their code; keeps the clocks. Sees the coded file.
        Secretariat = "secretariat",
        /// Examines and decides coded files that were assigned. Sees no name.
        Commission = "commission",
        /// Keeps identities. Sees no narrative, and opens a name only with a second keeper.
        Keeper = "keeper",
        /// The human rights office: sees the process, and no file at all.
        Observer = "observer",
    }
);

impl Party {
    /// Whether one person may be both. Filing and secretariat may, where the secretariat files itself; every other two would
    /// join a name with a narrative, a decision with a name, or the office's outside view with a file.
    fn goes_with(self, other: Party) -> bool {
        self == other
            || matches!(
                (self, other),
                (Party::Filing, Party::Secretariat) | (Party::Secretariat, Party::Filing)
            )
    }
}

/// The parties that a person is, none of which sees what another must not, and where they file for somebody, for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Parties {
    set: BTreeSet<Party>,
    body: Option<String>,
    key: Option<u8>,
}

/// Two parties that one person may not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartyProblem {
    /// Together they would see what nobody should.
    #[error("nobody may be both {0} and {1}")]
    Apart(Party, Party),
    /// Whoever files does so for a body, and nobody else has one.
    #[error("the body for which a person files is missing, or the person does not file")]
    Body,
    /// A keeper holds the first or the second key of names, and nobody else holds one.
    #[error("which key of names the keeper holds is missing, or the person is no keeper")]
    Key,
}

impl Parties {
    /// A set of parties, with the body for which the person files, and the key of names (1 or 2) that a keeper holds. A name
    /// opens only with both keys, so that it takes two people.
    ///
    /// # Errors
    /// [`PartyProblem`], when the sights would not stay apart, or body or key do not fit.
    pub fn new(
        parties: impl IntoIterator<Item = Party>,
        body: Option<&str>,
        key: Option<u8>,
    ) -> Result<Self, PartyProblem> {
        let set: BTreeSet<Party> = parties.into_iter().collect();
        for one in &set {
            if let Some(other) = set.iter().find(|other| !one.goes_with(**other)) {
                return Err(PartyProblem::Apart(*one, *other));
            }
        }
        let body = body.map(str::trim).filter(|body| !body.is_empty());
        if set.contains(&Party::Filing) != body.is_some() {
            return Err(PartyProblem::Body);
        }
        if set.contains(&Party::Keeper) != key.is_some_and(|key| matches!(key, 1 | 2)) {
            return Err(PartyProblem::Key);
        }
        Ok(Parties {
            set,
            body: body.map(str::to_owned),
            key,
        })
    }

    /// Whether the person is this party.
    pub fn has(&self, party: Party) -> bool {
        self.set.contains(&party)
    }

    /// The parties in order.
    pub fn iter(&self) -> impl Iterator<Item = Party> + '_ {
        self.set.iter().copied()
    }

    /// Whether the person is none.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// The key of the body for which the person files.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// Which key of names a keeper holds: 1 or 2.
    pub fn key(&self) -> Option<u8> {
        self.key
    }
}

/// Parties out of rows. Words that are not known, and sets that are not allowed, give nobody a right.
fn gathered(rows: &[Row]) -> Result<Parties, StoreError> {
    let (mut set, mut body, mut key) = (Vec::new(), None, None);
    for row in rows {
        let Ok(party) = row.text("party")?.parse::<Party>() else {
            continue;
        };
        set.push(party);
        match party {
            Party::Filing => body = row.opt_text("holds")?,
            Party::Keeper => key = row.opt_text("holds")?.and_then(|key| key.parse().ok()),
            _ => {}
        }
    }
    Ok(Parties::new(set, body.as_deref(), key).unwrap_or_default())
}

/// What a person is a party to.
///
/// # Errors
/// As any query.
pub async fn parties_of(db: &mut impl Query, person: Id) -> Result<Parties, StoreError> {
    let sql = "SELECT party, holds FROM person_party WHERE person_id = $1 ORDER BY party";
    gathered(&db.rows(sql, params![person]).await?)
}

/// What everybody is a party to; who is none is not in it.
pub(crate) async fn parties_of_all(
    db: &mut impl Query,
) -> Result<HashMap<Id, Parties>, StoreError> {
    let sql = "SELECT person_id, party, holds FROM person_party ORDER BY person_id, party";
    let mut rows: HashMap<Id, Vec<Row>> = HashMap::new();
    for row in db.rows(sql, vec![]).await? {
        rows.entry(row.id("person_id")?).or_default().push(row);
    }
    rows.into_iter()
        .map(|(person, rows)| Ok((person, gathered(&rows)?)))
        .collect()
}

/// The active people who are a party, with what they hold: the body for which they file, the key of names.
///
/// # Errors
/// As any query.
pub async fn people_who_are(
    db: &mut impl Query,
    party: Party,
) -> Result<Vec<(Id, String, Option<String>)>, StoreError> {
    db.rows(
        "SELECT p.id, p.name, q.holds FROM person p JOIN person_party q ON q.person_id = p.id \
         WHERE q.party = $1 AND p.active = 1 ORDER BY p.name, p.id",
        params![party.as_str()],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("id")?, row.text("name")?, row.opt_text("holds")?)))
    .collect()
}

/// Sets what a person is a party to. Sessions go on with it at once, under a new secret.
///
/// # Errors
/// [`AccountError::Person`]; [`AccountError::Store`].
pub async fn set_parties(
    store: &Store,
    by: &mandate_ledger::Actor,
    person: Id,
    parties: &Parties,
    now: jiff::Timestamp,
) -> Result<(), AccountError> {
    let mut act = Act::begin(store, by, now).await?;
    people::by_id(&mut act, person)
        .await?
        .ok_or(AccountError::Person)?;
    let before = parties_of(&mut act, person).await?;
    let entry = Entry::done("person.parties-set", people::record_of(person));
    act.record(entry.with("before", &before).with("after", parties))
        .await?;
    act.execute(
        "DELETE FROM person_party WHERE person_id = $1",
        params![person],
    )
    .await?;
    for party in parties.iter() {
        let holds = match party {
            Party::Filing => parties.body().map(str::to_owned),
            Party::Keeper => parties.key().map(|key| key.to_string()),
            _ => None,
        };
        act.execute(
            "INSERT INTO person_party (person_id, party, holds) VALUES ($1, $2, $3)",
            params![person, party.as_str(), holds],
        )
        .await?;
    }
    act.execute(
        "UPDATE session SET rotation_due = 1 WHERE person_id = $1 AND revoked_at IS NULL",
        params![person],
    )
    .await?;
    act.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_joins_two_sights_and_nobody_has_all() {
        for one in Party::ALL {
            for other in Party::ALL {
                let body = [one, other].contains(&&Party::Filing).then_some("a-body");
                let key = [one, other].contains(&&Party::Keeper).then_some(1);
                let both = Parties::new([*one, *other], body, key);
                let allowed = one == other
                    || [*one, *other]
                        .iter()
                        .all(|party| matches!(party, Party::Filing | Party::Secretariat));
                assert_eq!(both.is_ok(), allowed, "{one} {other}");
            }
        }
        assert!(Parties::new(Party::ALL.iter().copied(), Some("a-body"), Some(1)).is_err());
    }

    #[test]
    fn whoever_files_does_so_for_a_body_and_a_keeper_holds_one_of_two_keys() {
        let new = |party, body, key| Parties::new([party], body, key);
        assert_eq!(new(Party::Filing, Some(" "), None), Err(PartyProblem::Body));
        assert_eq!(
            new(Party::Keeper, Some("a-body"), Some(1)),
            Err(PartyProblem::Body)
        );
        for key in [None, Some(0), Some(3)] {
            assert_eq!(new(Party::Keeper, None, key), Err(PartyProblem::Key));
        }
        assert_eq!(new(Party::Observer, None, Some(1)), Err(PartyProblem::Key));
        assert!(Parties::new([], None, None).is_ok_and(|none| none.is_empty()));
    }
}
