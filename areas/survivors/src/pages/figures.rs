//! Figures that were given out, as they are read.

use mandate_disclosure::{ALL, Cell, Dimension, PublishedTable};
use mandate_language::Language;
use mandate_office::Process;

use crate::{release, store::Released};

/// A table of figures as it is read.
pub(super) struct FigureTable {
    pub(super) caption: String,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<(String, Vec<String>)>,
}

/// A release is named by its day.
pub(super) fn as_of(l: &Language, name: &str) -> String {
    name.parse()
        .map_or_else(|_| name.to_owned(), |day| l.date(day))
}

/// A cell in words: a number, or why there is none. Never a wrong number.
fn cell(l: &Language, cell: Option<Cell>) -> String {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    match cell {
        Some(Cell::Shown(n)) => l.number(number(n)),
        Some(Cell::FewerThan(n)) => l.with("survivors-figure-fewer", &[("n", number(n).into())]),
        Some(Cell::Rounded(n)) => l.with("survivors-figure-rounded", &[("n", number(n).into())]),
        Some(Cell::Withheld) | None => l.text("survivors-figure-withheld"),
    }
}

/// What a code of a dimension is called.
fn code_name(l: &Language, process: &Process, dimension: &Dimension, code: &str) -> String {
    let tag = l.tag();
    match (dimension.name(), code) {
        (_, ALL) => l.text("survivors-figure-all"),
        (_, release::NOT_SAID) => l.text("survivors-not-said"),
        ("body", key) => process.bodies.name_of(key, tag.as_str()).to_owned(),
        ("region", key) => process.regions.name_of(key, tag.as_str()).to_owned(),
        ("community", key) => process.communities.name_of(key, tag.as_str()).to_owned(),
        ("sex", key) => l.text(&format!("survivors-sex-{key}")),
        (release::OUTCOME, key) => l.text(&format!("survivors-outcome-{key}")),
        (release::ROUND, key) => l.text(&format!("survivors-round-{key}")),
        (release::REASON, release::SEVERAL) => l.text("survivors-figure-several"),
        (release::REASON, key) => process.reasons.name_of(key, tag.as_str()).to_owned(),
        (release::LEFT_OUT, key) => process.left_out.name_of(key, tag.as_str()).to_owned(),
        (release::STAGE, key) => l.text(&format!("survivors-stage-{key}")),
        (_, key) => key.to_owned(),
    }
}

/// The codes of a dimension, and the total.
fn codes(dimension: &Dimension) -> impl Iterator<Item = &str> {
    let codes = dimension.codes().iter().map(|code| code.code.as_str());
    codes.chain([ALL])
}

/// The tables of a release: each fact by outcome, the stages with how long files had stood there, why it was decided so, and
/// whom the law leaves out.
pub(super) fn figures(l: &Language, process: &Process, released: &Released) -> Vec<FigureTable> {
    let population = released.publication.population.as_str();
    let table = |table: &PublishedTable| match table.dimensions() {
        [why, fact] if why.name() == release::LEFT_OUT => {
            let caption = format!("survivors-figure-left-out-by-{}", fact.name());
            Some(crossed(l, process, table, why, fact, l.text(&caption)))
        }
        [fact, outcome] => {
            let caption = l.text(&format!("survivors-figure-by-{}", fact.name()));
            Some(crossed(l, process, table, fact, outcome, caption))
        }
        [stage] if stage.name() == release::STAGE => {
            Some(by_stage(l, process, table, stage, released))
        }
        [reason] if reason.name() == release::REASON => {
            let outcome = population.rsplit(' ').next().unwrap_or_default();
            let caption = l.text(&format!("survivors-figure-reasons-{outcome}"));
            Some(counted(l, process, table, reason, caption))
        }
        // The first table of those left out stands in each of the others as their total.
        _ => None,
    };
    released
        .publication
        .tables
        .iter()
        .filter_map(table)
        .collect()
}

/// A band of days.
fn up_to(l: &Language, days: i64) -> String {
    l.with("survivors-figure-up-to", &[("n", days.into())])
}

fn counted(
    l: &Language,
    process: &Process,
    table: &PublishedTable,
    what: &Dimension,
    caption: String,
) -> FigureTable {
    let row = |code: &str| {
        let cells = vec![cell(l, table.cell(&[code]))];
        (code_name(l, process, what, code), cells)
    };
    FigureTable {
        caption,
        heads: vec![l.text("survivors-figure-files")],
        rows: codes(what).map(row).collect(),
    }
}

fn crossed(
    l: &Language,
    process: &Process,
    table: &PublishedTable,
    fact: &Dimension,
    outcome: &Dimension,
    caption: String,
) -> FigureTable {
    // A code of which nobody is counted says nothing: a year to come, say.
    let said = |code: &&str| *code == ALL || table.cell(&[code, ALL]) != Some(Cell::Shown(0));
    let row = |code: &str| {
        let cells = codes(outcome).map(|became| cell(l, table.cell(&[code, became])));
        (code_name(l, process, fact, code), cells.collect())
    };
    FigureTable {
        caption,
        heads: codes(outcome)
            .map(|became| code_name(l, process, outcome, became))
            .collect(),
        rows: codes(fact).filter(said).map(row).collect(),
    }
}

fn by_stage(
    l: &Language,
    process: &Process,
    table: &PublishedTable,
    stage: &Dimension,
    released: &Released,
) -> FigureTable {
    let said = |code: &&str| *code == ALL || table.cell(&[code]) != Some(Cell::Shown(0));
    let row = |code: &str| {
        let days = released.days.iter().find(|(stage, ..)| stage == code);
        let number = |n: Option<i64>| n.map_or_else(String::new, |n| up_to(l, n));
        let cells = vec![
            cell(l, table.cell(&[code])),
            number(days.map(|(_, median, _)| *median)),
            number(days.map(|(.., longest)| *longest)),
        ];
        (code_name(l, process, stage, code), cells)
    };
    let mut rows: Vec<_> = codes(stage).filter(said).map(row).collect();
    let whole = released
        .days
        .iter()
        .find(|(of, ..)| of == release::TO_DECISION);
    rows.extend(whole.map(|(_, median, longest)| {
        let cells = vec![String::new(), up_to(l, *median), up_to(l, *longest)];
        (l.text("survivors-figure-to-decision"), cells)
    }));
    FigureTable {
        caption: l.text("survivors-figure-by-stage"),
        heads: ["files", "median", "longest"]
            .iter()
            .map(|what| l.text(&format!("survivors-figure-{what}")))
            .collect(),
        rows,
    }
}
