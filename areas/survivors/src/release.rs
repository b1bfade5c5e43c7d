//! Figures of the files that may leave: counted by the facts that the profile lets stand in the clear, and put under
//! disclosure control together with everything that was given out before.

use std::collections::BTreeMap;

use mandate_disclosure::{
    Change, Counts, Dimension, Error, Protected, Register, Release, Rule, protect,
};
use mandate_office::{Entry, Process, Vocabulary};

use crate::{
    domain::{Outcome, Stage},
    store::Count,
};

/// The dimension of what became of a file.
pub const OUTCOME: &str = "outcome";
/// The dimension of where a file stands.
pub const STAGE: &str = "stage";
/// A file of which the fact was not said.
pub const NOT_SAID: &str = "not-said";
/// A file that is not decided.
pub const PENDING: &str = "pending";

/// The years that can be counted by: a dimension keeps its codes, so that releases can be compared.
const YEARS: std::ops::RangeInclusive<i32> = 2018..=2040;

fn keys<T: Entry>(entries: &Vocabulary<T>) -> Vec<String> {
    entries.iter().map(|entry| entry.key().to_owned()).collect()
}

/// The codes of a fact; none for one that is not counted.
pub fn codes(process: &Process, fact: &str) -> Vec<String> {
    let mut codes = match fact {
        "body" => keys(&process.bodies),
        "region" => keys(&process.regions),
        "community" => keys(&process.communities),
        "sex" => vec!["female".to_owned(), "male".to_owned()],
        "year" => YEARS.map(|year| year.to_string()).collect(),
        _ => return Vec::new(),
    };
    codes.push(NOT_SAID.to_owned());
    codes
}

/// What a release is made of: for each fact its counts, and how many files stand in each stage.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// Files by fact, as the store gave them.
    pub by_fact: BTreeMap<String, Vec<Count>>,
    /// Files by stage.
    pub by_stage: BTreeMap<Stage, u64>,
}

/// Makes a release: each fact by outcome, and the stages. What comes back has passed the audit of everything that was ever
/// given out; nothing else can be shown.
///
/// # Errors
/// [`Error`], for a name that was given out already, and where no table that could be shown is safe.
pub fn make(
    process: &Process,
    material: &Material,
    name: &str,
    register: &Register,
) -> Result<Protected, Error> {
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.as_str());
    let outcome = Dimension::new(OUTCOME, "all", outcomes.chain([PENDING]))?;
    // Files move on and are decided between releases, so the population is not the same with some more.
    let mut release = Release::new(name, "files").since_the_last(Change::Revised);
    for (fact, counts) in &material.by_fact {
        let codes = codes(process, fact);
        let dimension = Dimension::new(fact.as_str(), "all", codes.iter().map(String::as_str))?;
        let mut table = Counts::new(vec![dimension, outcome.clone()])?;
        for count in counts {
            let value = count
                .value
                .as_deref()
                .filter(|v| codes.iter().any(|c| c == v));
            let became = count.outcome.map_or(PENDING, Outcome::as_str);
            table.add(&[value.unwrap_or(NOT_SAID), became], 1)?;
        }
        release = release.table(&table, &[fact.as_str(), OUTCOME])?;
    }
    let stages = Stage::ALL.iter().filter(|stage| **stage != Stage::Draft);
    let dimension = Dimension::new(STAGE, "all", stages.map(|stage| stage.as_str()))?;
    let mut table = Counts::new(vec![dimension])?;
    for (stage, files) in &material.by_stage {
        table.add(&[stage.as_str()], *files)?;
    }
    release = release.table(&table, &[STAGE])?;
    let rule = Rule::default().threshold(u64::from(process.threshold));
    protect(&release, &rule, register)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use mandate_disclosure::{ALL, Cell, audit};
    use mandate_office::Profile;

    use super::*;

    fn material(regions: &[(&str, Option<Outcome>, usize)]) -> Material {
        let counts: Vec<Count> = regions
            .iter()
            .flat_map(|(region, outcome, n)| {
                let count = Count {
                    value: Some((*region).to_owned()),
                    outcome: *outcome,
                };
                std::iter::repeat_n(count, *n)
            })
            .collect();
        let all = counts.len() as u64;
        Material {
            by_fact: BTreeMap::from([("region".to_owned(), counts)]),
            by_stage: BTreeMap::from([(Stage::Closed, all)]),
        }
    }

    #[test]
    fn a_small_count_is_never_shown_nor_found_from_what_is_nor_from_the_next_release() {
        let process = Profile::embedded("kosovo").unwrap().process.unwrap();
        let (yes, no) = (Some(Outcome::Recognised), Some(Outcome::Rejected));
        let first = material(&[
            ("prizren", yes, 30),
            ("prizren", no, 2),
            ("peja", yes, 41),
            ("peja", no, 12),
        ]);
        let mut register = Register::default();
        let given = make(&process, &first, "first", &register).unwrap();
        let table = &given.publication.tables[0];
        let small = table.cell(&["prizren", "rejected"]).unwrap();
        assert_eq!(small, Cell::FewerThan(5));
        // The row's total is shown, so another cell of the row must not be.
        assert!(
            table
                .cell(&["prizren", "recognised"])
                .unwrap()
                .is_withheld()
        );
        register.push(given.publication).unwrap();
        let next = material(&[
            ("prizren", yes, 31),
            ("prizren", no, 2),
            ("peja", yes, 41),
            ("peja", no, 12),
        ]);
        let given = make(&process, &next, "second", &register).unwrap();
        assert!(
            given.publication.tables[0]
                .cell(&["prizren", ALL])
                .is_some()
        );
        register.push(given.publication).unwrap();
        let found: Vec<u64> = audit(&register)
            .unwrap()
            .iter()
            .filter_map(mandate_disclosure::Bound::given_away)
            .collect();
        assert_eq!(found, Vec::<u64>::new());
        assert!(matches!(
            make(&process, &next, "second", &register),
            Err(Error::Name(_))
        ));
    }
}
