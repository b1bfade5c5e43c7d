//! Who may do what: one function, [`decide`], for every route of the program.
//!
//! A route states a [`Rule`] when it is made; a record carries its [`Protection`]. `decide` knows both and nothing else,
//! so that the whole table of answers can be tested, role by role, route by route, level by level.

use std::collections::BTreeMap;

use mandate_store::Id;
use serde::{Deserialize, Serialize};

use crate::{Parties, Party, words};

words!(
    /// A line of the office's work, as in the design: the room of that name.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    Area {
        /// Recommendations of human rights mechanisms and their follow-up.
        Mechanisms = "mechanisms",
    }
);

words!(
    /// What a person is in an area. Each may do what the ones before it may.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    Role {
        /// Reads what is Office.
        Reader = "reader",
        /// Records, assigns, assesses, imports.
        Officer = "officer",
        /// Also changes what binds others: protection levels, deadlines of the office, deletion of drafts.
        Lead = "lead",
    }
);

words!(
    /// How far a record may travel. Ordered from the most open to the most closed.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    Protection {
        /// Anyone may read it once it is published.
        Public = "public",
        /// Staff with a role in the area.
        Office = "office",
        /// Only the people named on it; every reading is recorded.
        Restricted = "restricted",
        /// Encrypted before it is sent; the server never holds a key that opens it.
        Sealed = "sealed",
    }
);

/// What a decision needs to know of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The person's record.
    pub id: Id,
    /// As it is shown to colleagues.
    pub name: String,
    /// The role in each area; none where it is missing.
    pub roles: BTreeMap<Area, Role>,
    /// Whether the person manages accounts. It opens no record.
    pub administrator: bool,
    /// What the person is in the sealed process; none through a token.
    pub parties: Parties,
}

impl Person {
    /// The person's role in an area.
    pub fn role(&self, area: Area) -> Option<Role> {
        self.roles.get(&area).copied()
    }
}

/// What a route asks of whoever calls it. Every route has one; there is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Anybody, signed in or not (the sign-in page, assets, what is published).
    Anyone,
    /// Anybody who has signed in (their own account, their own language).
    SignedIn,
    /// A role in an area.
    Role(Area, Role),
    /// Whoever manages accounts.
    Administrator,
    /// Whoever watches over others: who manages accounts, and the lead of any area. It opens no record.
    Watcher,
    /// One of these parties to the sealed process.
    Party(&'static [Party]),
}

/// The answer of [`decide`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Go on.
    Allow,
    /// Go on, and record the reading: the record is Restricted or Sealed.
    AllowRecorded,
    /// Sign in first.
    SignIn,
    /// Signed in, but not for this; the page may say so, because the route is no secret.
    Forbid,
    /// The record does not exist as far as this person can know.
    Hide,
}

impl Decision {
    /// Whether to go on.
    pub fn allows(self) -> bool {
        matches!(self, Decision::Allow | Decision::AllowRecorded)
    }
}

/// Whether somebody may do what a route does with a record of a level of protection.
///
/// `named` says whether the person is one of those named on the record; it matters only for Restricted and Sealed ones.
/// An administrator who is not named sees no Restricted content, and without a role in the area no Office content either.
/// Sealed content reaches those named as ciphertext; nobody can read it here.
pub fn decide(who: Option<&Person>, rule: Rule, protection: Protection, named: bool) -> Decision {
    let Some(person) = who else {
        return match (rule, protection) {
            (Rule::Anyone, Protection::Public) => Decision::Allow,
            // Not even whether there is such a record.
            _ => Decision::SignIn,
        };
    };
    let by_rule = match rule {
        Rule::Anyone | Rule::SignedIn => true,
        Rule::Role(area, least) => person.role(area).is_some_and(|role| role >= least),
        Rule::Administrator => person.administrator,
        Rule::Watcher => {
            person.administrator || person.roles.values().any(|role| *role == Role::Lead)
        }
        Rule::Party(parties) => parties.iter().any(|party| person.parties.has(*party)),
    };
    if !by_rule {
        return if protection >= Protection::Restricted {
            Decision::Hide
        } else {
            Decision::Forbid
        };
    }
    match (protection, rule) {
        (Protection::Public, _) => Decision::Allow,
        (Protection::Office, Rule::Role(..) | Rule::Party(_)) => Decision::Allow,
        // A route that asks for no role in an area has no business with that area's records.
        (Protection::Office, _) => Decision::Forbid,
        (Protection::Restricted | Protection::Sealed, Rule::Role(..) | Rule::Party(_)) if named => {
            Decision::AllowRecorded
        }
        (Protection::Restricted | Protection::Sealed, _) => Decision::Hide,
    }
}

/// Which records of an area somebody may see in lists, searches and counts: the same answer as [`decide`], as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// None at all.
    Nothing,
    /// Those that are Public.
    Public,
    /// Public and Office ones, and those Restricted ones on which this person is named.
    Office(Id),
}

/// The filter for lists of an area.
pub fn scope(who: Option<&Person>, area: Area) -> Scope {
    match who {
        None => Scope::Nothing,
        Some(person) if person.role(area).is_some() => Scope::Office(person.id),
        Some(_) => Scope::Public,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn person(role: Option<Role>, administrator: bool) -> Person {
        let roles = role
            .map(|role| (Area::Mechanisms, role))
            .into_iter()
            .collect();
        Person {
            id: Id::new(),
            name: "Test".into(),
            roles,
            administrator,
            parties: Parties::default(),
        }
    }

    #[test]
    fn an_administrator_sees_no_restricted_content_by_being_administrator() {
        let admin = person(None, true);
        for rule in [
            Rule::Administrator,
            Rule::Watcher,
            Rule::SignedIn,
            Rule::Anyone,
            Rule::Role(Area::Mechanisms, Role::Reader),
        ] {
            for protection in [
                Protection::Office,
                Protection::Restricted,
                Protection::Sealed,
            ] {
                for named in [false, true] {
                    assert!(
                        !decide(Some(&admin), rule, protection, named).allows(),
                        "{rule:?} {protection:?} {named}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_restricted_record_is_hidden_from_a_lead_who_is_not_named() {
        let lead = person(Some(Role::Lead), true);
        let rule = Rule::Role(Area::Mechanisms, Role::Reader);
        assert_eq!(
            decide(Some(&lead), rule, Protection::Restricted, false),
            Decision::Hide
        );
        assert_eq!(
            decide(Some(&lead), rule, Protection::Restricted, true),
            Decision::AllowRecorded
        );
    }

    #[test]
    fn more_protection_never_opens_a_record() {
        let people = [
            None,
            Some(person(None, false)),
            Some(person(Some(Role::Reader), true)),
            Some(person(Some(Role::Lead), false)),
        ];
        let rules = [
            Rule::Anyone,
            Rule::SignedIn,
            Rule::Administrator,
            Rule::Watcher,
            Rule::Role(Area::Mechanisms, Role::Officer),
        ];
        for who in &people {
            for rule in rules {
                for named in [false, true] {
                    let open: Vec<bool> = Protection::ALL
                        .iter()
                        .map(|level| decide(who.as_ref(), rule, *level, named).allows())
                        .collect();
                    assert!(
                        open.windows(2).all(|pair| pair[0] || !pair[1]),
                        "{who:?} {rule:?} {open:?}"
                    );
                }
            }
        }
    }
}
