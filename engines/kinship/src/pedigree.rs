//! Families: who descends from whom.

use std::collections::HashMap;

use crate::error::{Error, Result};

/// The sex of a person as far as inheritance is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Sex {
    /// Male: one X, one Y.
    Male,
    /// Female: two X.
    Female,
    /// Not known. A parent's role still tells it.
    #[default]
    Unknown,
}

/// A member of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name by which the family's data refer to this person.
    pub id: String,
    /// The sex; [`Sex::Unknown`] became known where the person is somebody's parent.
    pub sex: Sex,
    /// Father and mother by their places among the members; `None` for a founder.
    pub parents: Option<(usize, usize)>,
}

/// A member as a file names them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The person's id.
    pub id: String,
    /// The sex.
    pub sex: Sex,
    /// The father's id.
    pub father: Option<String>,
    /// The mother's id.
    pub mother: Option<String>,
}

impl Row {
    /// A founder.
    pub fn founder(id: &str, sex: Sex) -> Self {
        Self {
            id: id.to_owned(),
            sex,
            father: None,
            mother: None,
        }
    }

    /// Somebody's child.
    pub fn child(id: &str, sex: Sex, father: &str, mother: &str) -> Self {
        Self {
            id: id.to_owned(),
            sex,
            father: Some(father.to_owned()),
            mother: Some(mother.to_owned()),
        }
    }
}

/// A family, or several that are not related: nobody is their own ancestor, everybody has two parents or none, and sexes
/// fit. People may be related through more than one path (loops, inbreeding).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pedigree {
    members: Vec<Member>,
    /// Places of members, everybody after both parents.
    order: Vec<usize>,
    by_id: HashMap<String, usize>,
    /// How many of the members were named; those behind them are parents who were not.
    named: usize,
}

impl Pedigree {
    /// Builds a family from its rows, in any order.
    ///
    /// # Errors
    /// [`Error::DuplicateMember`], [`Error::UnknownParent`], [`Error::OneParent`], [`Error::ParentSex`], [`Error::Cycle`].
    pub fn new(rows: &[Row]) -> Result<Self> {
        let mut by_id = HashMap::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            if by_id.insert(row.id.clone(), at).is_some() {
                return Err(Error::DuplicateMember { id: row.id.clone() });
            }
        }
        let mut members = Vec::with_capacity(rows.len());
        for row in rows {
            let place = |parent: &String| {
                by_id
                    .get(parent)
                    .copied()
                    .ok_or_else(|| Error::UnknownParent {
                        child: row.id.clone(),
                        parent: parent.clone(),
                    })
            };
            let parents = match (&row.father, &row.mother) {
                (None, None) => None,
                (Some(father), Some(mother)) => Some((place(father)?, place(mother)?)),
                _ => {
                    return Err(Error::OneParent {
                        child: row.id.clone(),
                    });
                }
            };
            members.push(Member {
                id: row.id.clone(),
                sex: row.sex,
                parents,
            });
        }
        for at in 0..members.len() {
            if let Some((father, mother)) = members[at].parents {
                for (parent, role) in [(father, Sex::Male), (mother, Sex::Female)] {
                    if members[parent].sex == Sex::Unknown {
                        members[parent].sex = role;
                    }
                    if members[parent].sex != role {
                        return Err(Error::ParentSex {
                            child: members[at].id.clone(),
                            parent: members[parent].id.clone(),
                        });
                    }
                }
            }
        }
        let order = ancestors_first(&members)?;
        Ok(Self {
            named: members.len(),
            members,
            order,
            by_id,
        })
    }

    /// Builds a family in which a child may have one parent only, as in files of Familias. The other becomes a founder
    /// behind all others, named after the child, of whom nothing else is known: this parent's allele reaches the child as
    /// it is drawn from the population, without a meiosis and so without mutation. That is how Familias counts, and it
    /// differs from a parent who is named and not typed where mutation changes the frequencies (`equal`, `stepwise`).
    ///
    /// # Errors
    /// As [`Self::new`], but for [`Error::OneParent`].
    pub fn with_unnamed_parents(rows: &[Row]) -> Result<Self> {
        let mut all = rows.to_vec();
        let mut behind = Vec::new();
        for row in &mut all {
            let (missing, sex, role) = match (&row.father, &row.mother) {
                (None, Some(_)) => (&mut row.father, Sex::Male, "father"),
                (Some(_), None) => (&mut row.mother, Sex::Female, "mother"),
                _ => continue,
            };
            let id = format!("({role} of {})", row.id);
            *missing = Some(id.clone());
            behind.push(Row::founder(&id, sex));
        }
        all.extend(behind);
        let mut pedigree = Self::new(&all)?;
        pedigree.named = rows.len();
        Ok(pedigree)
    }

    /// Whether a place is that of a parent who was not named ([`Self::with_unnamed_parents`]).
    pub fn is_unnamed(&self, place: usize) -> bool {
        place >= self.named
    }

    /// The members in the order in which they were given.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The place of a member.
    ///
    /// # Errors
    /// [`Error::UnknownMember`].
    pub fn place(&self, id: &str) -> Result<usize> {
        self.by_id
            .get(id)
            .copied()
            .ok_or_else(|| Error::UnknownMember { id: id.to_owned() })
    }

    /// Places of all members, everybody after both parents.
    pub fn ancestors_first(&self) -> &[usize] {
        &self.order
    }

    /// Places of those without parents.
    pub fn founders(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.members.len()).filter(|at| self.members[*at].parents.is_none())
    }

    /// The rows from which the same family is built, parents who were not named left out.
    pub fn rows(&self) -> Vec<Row> {
        let id = |at: usize| (!self.is_unnamed(at)).then(|| self.members[at].id.clone());
        self.members[..self.named]
            .iter()
            .map(|member| Row {
                id: member.id.clone(),
                sex: member.sex,
                father: member.parents.and_then(|(father, _)| id(father)),
                mother: member.parents.and_then(|(_, mother)| id(mother)),
            })
            .collect()
    }
}

/// Puts everybody after both parents; among those who could come next the earliest of the given order comes first.
fn ancestors_first(members: &[Member]) -> Result<Vec<usize>> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    let mut waits: Vec<usize> = vec![0; members.len()];
    for (at, member) in members.iter().enumerate() {
        if let Some((father, mother)) = member.parents {
            children[father].push(at);
            children[mother].push(at);
            waits[at] = 2;
        }
    }
    let mut ready: std::collections::BTreeSet<usize> =
        (0..members.len()).filter(|at| waits[*at] == 0).collect();
    let mut order = Vec::with_capacity(members.len());
    while let Some(at) = ready.pop_first() {
        order.push(at);
        for &child in &children[at] {
            waits[child] -= 1;
            if waits[child] == 0 {
                ready.insert(child);
            }
        }
    }
    if order.len() == members.len() {
        Ok(order)
    } else {
        Err(Error::Cycle {
            id: on_a_cycle(members, &waits),
        })
    }
}

/// Somebody who really is their own ancestor, and not only a descendant of such a person.
fn on_a_cycle(members: &[Member], waits: &[usize]) -> String {
    let Some(mut at) = waits.iter().position(|&left| left > 0) else {
        return String::new();
    };
    // Walking up through people who wait must come back to somebody, who then is on a cycle.
    let mut seen = vec![false; members.len()];
    while !seen[at] {
        seen[at] = true;
        if let Some((father, mother)) = members[at].parents {
            at = if waits[father] > 0 { father } else { mother };
        }
    }
    members[at].id.clone()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_parent_of_unknown_sex_takes_it_from_the_role() {
        let family = Pedigree::new(&[
            Row::child("c", Sex::Male, "f", "m"),
            Row::founder("f", Sex::Unknown),
            Row::founder("m", Sex::Unknown),
        ])
        .unwrap();
        assert_eq!(family.members()[1].sex, Sex::Male);
        assert_eq!(family.members()[2].sex, Sex::Female);
        assert_eq!(family.ancestors_first(), [1, 2, 0]);
    }

    #[test]
    fn every_fault_of_a_family_is_named() {
        let f = || Row::founder("f", Sex::Male);
        let m = || Row::founder("m", Sex::Female);
        let fault = |rows: &[Row]| Pedigree::new(rows).unwrap_err();
        assert_eq!(
            fault(&[f(), f()]),
            Error::DuplicateMember { id: "f".into() }
        );
        assert_eq!(
            fault(&[f(), Row::child("c", Sex::Male, "f", "m")]),
            Error::UnknownParent {
                child: "c".into(),
                parent: "m".into()
            }
        );
        assert_eq!(
            fault(&[f(), m(), Row::child("c", Sex::Male, "m", "f")]),
            Error::ParentSex {
                child: "c".into(),
                parent: "m".into()
            }
        );
        assert_eq!(
            fault(&[
                f(),
                Row {
                    mother: None,
                    ..Row::child("c", Sex::Male, "f", "m")
                }
            ]),
            Error::OneParent { child: "c".into() }
        );
        assert_eq!(
            fault(&[
                f(),
                Row::child("a", Sex::Female, "f", "b"),
                Row::child("b", Sex::Female, "f", "a"),
                Row::child("z", Sex::Male, "f", "b")
            ]),
            Error::Cycle { id: "a".into() }
        );
    }
}
