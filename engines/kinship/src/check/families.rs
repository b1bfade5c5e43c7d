//! Families: whether what was seen agrees with the pedigree, and whether anybody typed is related to the missing.

use std::collections::HashSet;

use super::{Finding, Severity, What, Without, persons};
use crate::{
    Kind, Locus, Pedigree, Typed,
    case::{CaseOptions, Family, build},
    formats::{Contents, Place},
    mutations_needed,
};

/// From so many markers on, a conflict is no longer thought of as mutations.
const MANY: usize = 3;

pub(super) fn check(case: &Contents, found: &mut Vec<Finding>) {
    let built = build(case, &CaseOptions::default());
    // A family with mistaken persons would only give a second message about the same.
    let wrong: HashSet<Place> = found
        .iter()
        .filter(|f| f.what.severity() == Severity::Error)
        .map(|f| Place {
            field: String::new(),
            ..f.place.clone()
        })
        .collect();
    for (name, persons) in persons::families(case) {
        let Some(first) = persons.first() else {
            continue;
        };
        if persons.iter().any(|p| wrong.contains(&p.place)) {
            continue;
        }
        let Some(family) = built.family(name) else {
            continue;
        };
        unrelated(family, &first.place, found);
        if let Err(why) = conflicts(family, &built.loci, &first.place, found) {
            let what = What::NotCompared {
                family: name.to_owned(),
                why: why.to_string(),
            };
            found.push(Finding::new(&first.place, what));
        }
    }
}

/// Ancestors of a member, with the member.
fn ancestors(pedigree: &Pedigree, of: usize) -> HashSet<usize> {
    let mut all = HashSet::new();
    let mut open = vec![of];
    while let Some(at) = open.pop() {
        if all.insert(at)
            && let Some((father, mother)) = pedigree.members()[at].parents
        {
            open.extend([father, mother]);
        }
    }
    all
}

/// Whether two members have an ancestor in common, or one is the other's.
pub(crate) fn related(pedigree: &Pedigree, one: usize, other: usize) -> bool {
    !ancestors(pedigree, one).is_disjoint(&ancestors(pedigree, other))
}

fn unrelated(family: &Family, place: &Place, found: &mut Vec<Finding>) {
    if family.typed.is_empty() {
        return;
    }
    for missing in &family.missing {
        let any = family
            .typed
            .iter()
            .any(|(at, _)| related(&family.pedigree, *missing, *at));
        if !any {
            let what = What::NobodyRelated {
                id: family.id(*missing).to_owned(),
                family: family.name.clone(),
            };
            found.push(Finding::new(place, what));
        }
    }
}

fn conflicts(
    family: &Family,
    loci: &[Locus],
    place: &Place,
    found: &mut Vec<Finding>,
) -> crate::Result<()> {
    let typed = family.typed();
    if typed.len() < 2 {
        return Ok(());
    }
    let mut in_conflict: Vec<(&Locus, usize)> = Vec::new();
    for locus in loci {
        let needed = fewest(&family.pedigree, &typed, locus)?;
        if needed > 0 {
            in_conflict.push((locus, needed));
        }
    }
    if in_conflict.len() < MANY {
        for (locus, mutations) in in_conflict {
            let what = What::Mendel {
                family: family.name.clone(),
                marker: locus.name().to_owned(),
                mutations,
                without: without(family, &typed, &[locus])?,
            };
            found.push(Finding::new(place, what));
        }
        return Ok(());
    }
    let loci: Vec<&Locus> = in_conflict.iter().map(|(l, _)| *l).collect();
    let what = What::MendelMany {
        family: family.name.clone(),
        markers: in_conflict.len(),
        mutations: in_conflict.iter().map(|(_, n)| n).sum(),
        without: without(family, &typed, &loci)?,
    };
    found.push(Finding::new(place, what));
    Ok(())
}

/// Those without whom no conflict is left at these markers.
fn without(family: &Family, typed: &[Typed<'_>], loci: &[&Locus]) -> crate::Result<Without> {
    let persons: Vec<usize> = typed.iter().fold(Vec::new(), |mut all, (at, _)| {
        if !all.contains(at) {
            all.push(*at);
        }
        all
    });
    let mut names = Vec::new();
    for person in persons {
        let others: Vec<Typed<'_>> = typed
            .iter()
            .filter(|(at, _)| *at != person)
            .copied()
            .collect();
        let mut left = 0;
        for locus in loci {
            left += fewest(&family.pedigree, &others, locus)?;
        }
        if left == 0 {
            names.push(family.id(person).to_owned());
        }
    }
    Ok(Without(names))
}

/// The smallest number of mutations at a marker that explains the family.
fn fewest(pedigree: &Pedigree, typed: &[Typed<'_>], locus: &Locus) -> crate::Result<usize> {
    if !matches!(locus.kind(), Kind::Autosomal | Kind::X) {
        return Ok(0);
    }
    // Where no number of mutations explains it there is one conflict at the least.
    Ok(mutations_needed(pedigree, typed, locus)?.map_or(1, |n| n as usize))
}
