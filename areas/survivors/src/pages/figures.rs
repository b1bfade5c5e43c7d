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
        (release::STAGE, key) => l.text(&format!("survivors-stage-{key}")),
        (_, key) => key.to_owned(),
    }
}

/// The codes of a dimension, and the total.
fn codes(dimension: &Dimension) -> impl Iterator<Item = &str> {
    let codes = dimension.codes().iter().map(|code| code.code.as_str());
    codes.chain([ALL])
}

/// The tables of a release: each fact by outcome, and the stages with how long files had stood there.
pub(super) fn figures(l: &Language, process: &Process, released: &Released) -> Vec<FigureTable> {
    let table = |table: &PublishedTable| match table.dimensions() {
        [fact, outcome] => Some(by_outcome(l, process, table, fact, outcome)),
        [stage] => Some(by_stage(l, process, table, stage, released)),
        _ => None,
    };
    released
        .publication
        .tables
        .iter()
        .filter_map(table)
        .collect()
}

fn by_outcome(
    l: &Language,
    process: &Process,
    table: &PublishedTable,
    fact: &Dimension,
    outcome: &Dimension,
) -> FigureTable {
    // A code of which nobody is counted says nothing: a year to come, say.
    let said = |code: &&str| *code == ALL || table.cell(&[code, ALL]) != Some(Cell::Shown(0));
    let row = |code: &str| {
        let cells = codes(outcome).map(|became| cell(l, table.cell(&[code, became])));
        (code_name(l, process, fact, code), cells.collect())
    };
    FigureTable {
        caption: l.text(&format!("survivors-figure-by-{}", fact.name())),
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
        let number = |n: Option<i64>| n.map_or_else(String::new, |n| l.number(n));
        let cells = vec![
            cell(l, table.cell(&[code])),
            number(days.map(|(_, median, _)| *median)),
            number(days.map(|(.., longest)| *longest)),
        ];
        (code_name(l, process, stage, code), cells)
    };
    FigureTable {
        caption: l.text("survivors-figure-by-stage"),
        heads: ["files", "median", "longest"]
            .iter()
            .map(|what| l.text(&format!("survivors-figure-{what}")))
            .collect(),
        rows: codes(stage).filter(said).map(row).collect(),
    }
}
