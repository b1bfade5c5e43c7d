//! Persons: each once, with parents that exist, whose sex fits, and nobody their own ancestor.

use std::collections::{HashMap, HashSet};

use super::{Finding, What};
use crate::{
    Sex,
    formats::{Contents, PersonRow, Role},
};

/// The persons of each family in the order of the records.
pub(super) fn families(case: &Contents) -> Vec<(&str, Vec<&PersonRow>)> {
    let mut order: Vec<(&str, Vec<&PersonRow>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for person in &case.persons {
        let at = *known.entry(&person.family).or_insert_with(|| {
            order.push((&person.family, Vec::new()));
            order.len() - 1
        });
        order[at].1.push(person);
    }
    order
}

pub(super) fn check(case: &Contents, found: &mut Vec<Finding>) {
    let typed: HashSet<&str> = case
        .samples
        .iter()
        .filter_map(|s| s.person.as_deref())
        .collect();
    for (family, persons) in families(case) {
        one_family(family, &persons, found);
        let Some(first) = persons.first() else {
            continue;
        };
        if !persons.iter().any(|p| p.role == Role::Missing) {
            let family = family.to_owned();
            found.push(Finding::new(&first.place, What::NobodyMissing { family }));
        }
        if !persons.iter().any(|p| typed.contains(p.id.as_str())) {
            let family = family.to_owned();
            found.push(Finding::new(&first.place, What::NobodyTyped { family }));
        }
    }
}

fn one_family(family: &str, persons: &[&PersonRow], found: &mut Vec<Finding>) {
    let mut by_id: HashMap<&str, &PersonRow> = HashMap::new();
    for person in persons {
        if by_id.insert(&person.id, person).is_some() {
            let what = What::PersonTwice {
                family: family.to_owned(),
                id: person.id.clone(),
            };
            found.push(Finding::new(&person.place.field("id"), what));
        }
    }
    for person in persons {
        let sides = [
            ("father", &person.father, Sex::Female),
            ("mother", &person.mother, Sex::Male),
        ];
        for (field, parent, cannot_be) in sides {
            let Some(parent) = parent else { continue };
            let Some(row) = by_id.get(parent.as_str()) else {
                let what = What::UnknownParent {
                    parent: parent.clone(),
                    family: family.to_owned(),
                };
                found.push(Finding::new(&person.place.field(field), what));
                continue;
            };
            if row.sex == cannot_be {
                let what = What::SexAgainstRole {
                    parent: parent.clone(),
                    child: person.id.clone(),
                };
                found.push(Finding::new(&row.place.field("sex"), what));
            }
        }
        if person.father.is_some() && person.father == person.mother {
            let what = What::SexAgainstRole {
                parent: person.father.clone().unwrap_or_default(),
                child: person.id.clone(),
            };
            found.push(Finding::new(&person.place.field("mother"), what));
        }
        if person.father.is_some() != person.mother.is_some() {
            let id = person.id.clone();
            found.push(Finding::new(&person.place, What::OneParent { id }));
        }
    }
    for id in own_ancestors(persons, &by_id) {
        if let Some(row) = by_id.get(id) {
            let what = What::OwnAncestor { id: id.to_owned() };
            found.push(Finding::new(&row.place, what));
        }
    }
}

/// Those who are their own ancestors: persons are taken away while one is left who is nobody's parent or nobody's child.
fn own_ancestors<'a>(
    persons: &[&'a PersonRow],
    by_id: &HashMap<&'a str, &'a PersonRow>,
) -> Vec<&'a str> {
    let parents = |p: &'a PersonRow| {
        [&p.father, &p.mother]
            .into_iter()
            .flatten()
            .filter_map(|id| by_id.get_key_value(id.as_str()).map(|(id, _)| *id))
            .collect::<HashSet<&'a str>>()
    };
    let mut left: HashMap<&'a str, HashSet<&'a str>> = by_id
        .values()
        .map(|p| (p.id.as_str(), parents(p)))
        .collect();
    loop {
        let is_parent: HashSet<&str> = left.values().flatten().copied().collect();
        let before = left.len();
        let known: HashSet<&str> = left.keys().copied().collect();
        left.retain(|id, parents| {
            is_parent.contains(id) && parents.iter().any(|p| known.contains(p))
        });
        if left.len() == before {
            break;
        }
    }
    persons
        .iter()
        .map(|p| p.id.as_str())
        .filter(|id| left.contains_key(id))
        .collect::<Vec<_>>()
        .into_iter()
        .fold(Vec::new(), |mut once, id| {
            if !once.contains(&id) {
                once.push(id);
            }
            once
        })
}
