//! What anybody knows of a cell from how it is published.

use crate::{
    Cell, Publication, Terms, Words,
    dimension::{Dimension, Grid},
    polytope::Bounds,
    system::{Shape, System},
};

/// The shape of a release that was published.
pub(crate) fn shape(publication: &Publication) -> Shape<'_> {
    Shape {
        change: publication.change,
        tables: publication
            .tables
            .iter()
            .map(|t| t.dimensions.as_slice())
            .collect(),
    }
}

/// For each cell of each table whether no cell of the release is a part of it.
pub(crate) fn finest(tables: &[&[Dimension]]) -> Vec<Vec<bool>> {
    let within = |small: &[Dimension], large: &[Dimension]| {
        large.len() > small.len()
            && small
                .iter()
                .all(|d| large.iter().any(|other| other.name() == d.name()))
    };
    tables
        .iter()
        .map(|table| {
            let grid = Grid::of(table);
            if tables.iter().any(|other| within(table, other)) {
                return vec![false; grid.len()];
            }
            let leaves: Vec<Vec<bool>> = table
                .iter()
                .map(|d| d.children().iter().map(Vec::is_empty).collect())
                .collect();
            (0..grid.len())
                .map(|at| {
                    grid.nodes(at)
                        .iter()
                        .zip(&leaves)
                        .all(|(node, leaf)| leaf[*node])
                })
                .collect()
        })
        .collect()
}

/// The smallest count that a withheld cell may have.
pub(crate) fn least(terms: &Terms, table: &[Dimension], at: usize) -> u64 {
    let nodes = Grid::of(table).nodes(at);
    let told = table
        .iter()
        .zip(nodes)
        .filter(|(_, node)| *node > 0)
        .map(|(d, _)| d);
    terms.zeros.least(told)
}

/// The smallest count that each variable may have as far as it is told by its being withheld: the most that any release says.
pub(crate) fn said_least(system: &System, publications: &[&Publication]) -> Vec<u64> {
    let mut told = vec![0; system.least.len()];
    for (publication, places) in publications.iter().zip(&system.places) {
        for (table, place) in publication.tables.iter().zip(places) {
            for (at, cell) in table.cells.iter().enumerate() {
                if cell.is_withheld() {
                    let least = least(&publication.terms, &table.dimensions, at);
                    told[place[at]] = told[place[at]].max(least);
                }
            }
        }
    }
    told
}

/// What a cell says.
pub(crate) fn says(cell: Cell, terms: &Terms, least: u64, finest: bool) -> Bounds {
    match cell {
        Cell::Shown(n) => (n as f64, n as f64),
        Cell::FewerThan(n) => (least as f64, n.saturating_sub(1) as f64),
        Cell::Withheld if terms.words == Words::FewerThan && finest => {
            (terms.threshold as f64, f64::INFINITY)
        }
        Cell::Withheld => (least as f64, f64::INFINITY),
        Cell::Rounded(n) => {
            let within = terms.rounded_within.unwrap_or(1).saturating_sub(1);
            (n.saturating_sub(within) as f64, (n + within) as f64)
        }
    }
}

/// What all of these releases say of the variables. They are the first ones of the system.
pub(crate) fn learn(system: &System, publications: &[&Publication]) -> Vec<Bounds> {
    let mut bounds: Vec<Bounds> = system
        .least
        .iter()
        .map(|least| (*least, f64::INFINITY))
        .collect();
    for (publication, places) in publications.iter().zip(&system.places) {
        let tables: Vec<&[Dimension]> = publication
            .tables
            .iter()
            .map(|t| t.dimensions.as_slice())
            .collect();
        let finest = finest(&tables);
        for ((table, place), finest) in publication.tables.iter().zip(places).zip(&finest) {
            for (at, cell) in table.cells.iter().enumerate() {
                let least = least(&publication.terms, &table.dimensions, at);
                let said = says(*cell, &publication.terms, least, finest[at]);
                let known = &mut bounds[place[at]];
                *known = (known.0.max(said.0), known.1.min(said.1));
            }
        }
    }
    bounds
}

/// A cell as a person would name it: "region north, sex women"; "everybody" for the total of all.
pub(crate) fn name(table: &[Dimension], at: usize) -> String {
    let nodes = Grid::of(table).nodes(at);
    let told: Vec<String> = table
        .iter()
        .zip(nodes)
        .filter(|(_, node)| *node > 0)
        .map(|(d, node)| format!("{} {}", d.name(), d.label(node)))
        .collect();
    if told.is_empty() {
        "everybody".to_owned()
    } else {
        told.join(", ")
    }
}
