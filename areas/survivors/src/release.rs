//! Figures of the files that may leave: counted by the facts that the profile lets stand in the clear, and put under
//! disclosure control together with everything that was given out before.

use std::collections::{BTreeMap, BTreeSet};

use mandate_disclosure::{
    ALL, Cell, Change, Counts, Dimension, Error, Protected, Publication, Register, Release, Rule,
    Zeros, protect,
};
use mandate_office::{Entry, Process, Vocabulary};

use crate::{
    domain::{Outcome, Round, Stage},
    store::{Count, LeftOut},
};

/// The dimension of what became of a file.
pub const OUTCOME: &str = "outcome";
/// The dimension of where a file stands.
pub const STAGE: &str = "stage";
/// The dimension of for which time a file was examined.
pub const ROUND: &str = "round";
/// The dimension of why something was decided.
pub const REASON: &str = "reason";
/// A decision with more than one reason.
pub const SEVERAL: &str = "several";
/// The population of files.
pub const FILES: &str = "files";
/// The population of people whom the law leaves out, and the dimension of why.
pub const LEFT_OUT: &str = "left-out";
/// The entry of a release's days that says how long files took from filing to the first decision.
pub const TO_DECISION: &str = "to-decision";

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
        ROUND => {
            return Round::ALL
                .iter()
                .map(|round| round.as_str().to_owned())
                .collect();
        }
        "year" => YEARS.map(|year| year.to_string()).collect(),
        _ => return Vec::new(),
    };
    codes.push(NOT_SAID.to_owned());
    codes
}

/// The office's rule. Where all of a group share one outcome, the zeros of the others would tell it of each of them, so zeros
/// that say something of an outcome, a reason or a ground are protected like small counts.
fn rule(process: &Process) -> Rule {
    let told = [OUTCOME, REASON, LEFT_OUT].map(str::to_owned).to_vec();
    let mut rule = Rule::default().threshold(u64::from(process.threshold));
    rule.zeros = Zeros::WithheldAlong(told);
    rule
}

/// The least of these bands that holds a number of days: an exact one would follow a single file from release to release.
pub fn band(days: i64) -> i64 {
    const BANDS: [i64; 9] = [7, 14, 30, 60, 90, 180, 365, 730, 1825];
    BANDS.into_iter().find(|band| days <= *band).unwrap_or(3650)
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
    let mut release = Release::new(name, FILES).since_the_last(Change::Revised);
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
    let rule = rule(process);
    protect(&release, &rule, register)
}

/// The population of files that were decided one way.
pub fn decided(outcome: Outcome) -> String {
    format!("files {outcome}")
}

/// Makes a release of why files were decided one way: under its reason where there is one, else under [`SEVERAL`].
///
/// It is a population of its own, whose total stands in the release of all files too. So it may be made only where that
/// release shows the total ([`total_is_shown`]), and is given out only where it shows it itself: else one would give away what
/// the other withholds. Nothing is made where that does not hold.
///
/// # Errors
/// As [`make`].
pub fn make_reasons(
    process: &Process,
    outcome: Outcome,
    given: &[(Outcome, BTreeSet<String>)],
    name: &str,
    files: &Publication,
    register: &Register,
) -> Result<Option<Protected>, Error> {
    if !total_is_shown(files, outcome) {
        return Ok(None);
    }
    let of_outcome = process
        .reasons
        .iter()
        .filter(|one| one.outcome == outcome.as_str());
    let codes = of_outcome.map(|one| one.key.as_str()).chain([SEVERAL]);
    let mut table = Counts::new(vec![Dimension::new(REASON, "all", codes)?])?;
    for (_, reasons) in given.iter().filter(|(of, _)| *of == outcome) {
        let mut each = reasons.iter();
        match (each.next(), each.next()) {
            (Some(only), None) => table.add(&[only.as_str()], 1)?,
            _ => table.add(&[SEVERAL], 1)?,
        }
    }
    let release = Release::new(name, decided(outcome))
        .since_the_last(Change::Revised)
        .table(&table, &[REASON])?;
    let rule = rule(process);
    let made = protect(&release, &rule, register)?;
    let shows = made
        .publication
        .tables
        .first()
        .is_some_and(|table| matches!(table.cell(&[ALL]), Some(Cell::Shown(_))));
    Ok(shows.then_some(made))
}

/// Whether a release of all files shows how many were decided one way.
fn total_is_shown(files: &Publication, outcome: Outcome) -> bool {
    files.tables.iter().any(|table| match table.dimensions() {
        [_, second] if second.name() == OUTCOME => {
            matches!(table.cell(&[ALL, outcome.as_str()]), Some(Cell::Shown(_)))
        }
        _ => false,
    })
}

/// Makes a release of the people whom the law leaves out: why, alone and by each fact.
///
/// # Errors
/// As [`make`].
pub fn make_left_out(
    process: &Process,
    people: &[LeftOut],
    name: &str,
    register: &Register,
) -> Result<Protected, Error> {
    let known = |one: &&LeftOut| process.left_out.get(&one.reason).is_some();
    let why = Dimension::new(LEFT_OUT, "all", keys(&process.left_out))?;
    let mut alone = Counts::new(vec![why.clone()])?;
    for one in people.iter().filter(known) {
        alone.add(&[&one.reason], 1)?;
    }
    let mut release = Release::new(name, LEFT_OUT)
        .since_the_last(Change::Revised)
        .table(&alone, &[LEFT_OUT])?;
    for fact in ["region", "sex", "community"] {
        if !process.knows(fact) {
            continue;
        }
        let codes = codes(process, fact);
        let dimension = Dimension::new(fact, "all", codes.iter().map(String::as_str))?;
        let mut table = Counts::new(vec![why.clone(), dimension])?;
        for one in people.iter().filter(known) {
            let value = match fact {
                "region" => one.facts.region.as_deref(),
                "sex" => one.facts.sex.as_deref(),
                _ => one.facts.community.as_deref(),
            };
            let value = value.filter(|value| codes.iter().any(|code| code == value));
            table.add(&[&one.reason, value.unwrap_or(NOT_SAID)], 1)?;
        }
        release = release.table(&table, &[LEFT_OUT, fact])?;
    }
    let rule = rule(process);
    protect(&release, &rule, register)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use mandate_disclosure::audit;
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

    #[test]
    fn reasons_are_given_out_only_where_their_total_is() {
        let process = Profile::embedded("kosovo").unwrap().process.unwrap();
        let (yes, no) = (Some(Outcome::Recognised), Some(Outcome::Rejected));
        let one = |outcome, reason: &str| (outcome, BTreeSet::from([reason.to_owned()]));
        let given: Vec<_> = (0..53)
            .map(|n| match n {
                0..46 => one(Outcome::Recognised, "account"),
                46..50 => one(Outcome::Recognised, "supported"),
                _ => one(Outcome::Rejected, "insufficient"),
            })
            .collect();
        let made = |rejected, outcome| {
            let regions = [
                ("prizren", yes, 30),
                ("peja", yes, 20),
                ("peja", no, rejected),
                ("peja", None, 20),
            ];
            let mut register = Register::default();
            let files = make(&process, &material(&regions), "1", &register).unwrap();
            register.push(files.publication.clone()).unwrap();
            let files = files.publication;
            make_reasons(&process, outcome, &given, "1 r", &files, &register).unwrap()
        };
        let shown = made(12, Outcome::Recognised).unwrap().publication;
        let table = &shown.tables[0];
        assert_eq!(table.cell(&[ALL]), Some(Cell::Shown(50)));
        assert!(table.cell(&["supported"]).unwrap().is_withheld());
        assert!(table.cell(&["several"]).unwrap().is_withheld(), "a zero");
        assert!(made(3, Outcome::Rejected).is_none(), "three files");
    }
}
