//! Tables of captures out of files: counts of patterns, a row for each person, or a crosswalk.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use mandate_estimation::CaptureTable;

use super::{Run, linked::drawn};
use crate::link::table;

/// The table of everybody, and that of each stratum.
pub(crate) struct Captured {
    pub(crate) all: CaptureTable,
    pub(crate) strata: Vec<(String, CaptureTable)>,
    /// Tables under drawn linkages, where links were named.
    pub(crate) linkages: Vec<CaptureTable>,
    /// People of a crosswalk whose records lie in different strata; they are counted where most of their records are.
    pub(crate) torn: u64,
}

fn mark(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "1" | "x" | "yes" | "true" | "po" | "da" => Some(true),
        "" | "0" | "no" | "false" | "jo" | "ne" => Some(false),
        _ => None,
    }
}

/// Rows of marks with how many people each stands for and its stratum.
type Rows = Vec<(Vec<bool>, u64, String)>;

/// A column that looks like the counts of a table of patterns, though nobody said so: reading its rows as people would give
/// a number that is wrong and looks right.
fn counts_overlooked(table: &mandate_tabular::Table, lists: &[usize]) -> Option<String> {
    let mut patterns: Vec<Vec<Option<bool>>> = table
        .rows
        .iter()
        .map(|row| lists.iter().map(|at| mark(&row.cells[*at])).collect())
        .collect();
    let rows = patterns.len();
    patterns.sort();
    patterns.dedup();
    let whole = |at: usize| {
        let mut some = table
            .rows
            .iter()
            .map(|row| row.cells[at].trim().parse::<u64>());
        some.all(|n| n.is_ok())
    };
    let found = (0..table.columns.len()).find(|at| !lists.contains(at) && whole(*at));
    found
        .filter(|_| patterns.len() == rows && rows > 2)
        .map(|at| table.columns[at].clone())
}

pub(crate) fn read(told: &Run) -> anyhow::Result<Captured> {
    let name = told.file.display().to_string();
    let table = table(&told.file)?;
    let column = |wanted: &str| {
        let found = table.columns.iter().position(|c| c.trim() == wanted.trim());
        found.with_context(|| {
            format!(
                "{name} has no column \"{wanted}\"; it has {}",
                table.columns.join(", ")
            )
        })
    };
    let has = |wanted: &str| {
        table
            .columns
            .iter()
            .position(|c| c.trim().eq_ignore_ascii_case(wanted))
    };
    let by: Vec<usize> = told
        .by
        .iter()
        .map(|wanted| column(wanted))
        .collect::<anyhow::Result<_>>()?;
    let stratum = |row: &mandate_tabular::Row| {
        let cells: Vec<&str> = by.iter().map(|at| row.cells[*at].trim()).collect();
        cells.join(" / ")
    };
    if let (Some(cluster), Some(list), true) = (has("cluster"), has("list"), told.lists.is_empty())
    {
        let mut lists: Vec<String> = table
            .rows
            .iter()
            .map(|row| row.cells[list].trim().to_owned())
            .collect();
        lists.sort();
        lists.dedup();
        // A person's records can disagree about the stratum, but a person is counted once.
        let mut people: BTreeMap<String, (Vec<bool>, BTreeMap<String, usize>)> = BTreeMap::new();
        for row in &table.rows {
            let cell = |at: usize| row.cells[at].trim().to_owned();
            if cell(cluster).is_empty() || cell(list).is_empty() {
                bail!(
                    "{name}, line {}: a record needs its cluster and its list",
                    row.number
                );
            }
            let at = lists.binary_search(&cell(list)).unwrap_or_default();
            let (marks, strata) = people
                .entry(cell(cluster))
                .or_insert_with(|| (vec![false; lists.len()], BTreeMap::new()));
            marks[at] = true;
            let of = stratum(row);
            if !of.is_empty() {
                *strata.entry(of).or_insert(0) += 1;
            }
        }
        let torn = people
            .values()
            .filter(|(_, strata)| strata.len() > 1)
            .count() as u64;
        let rows = people
            .into_values()
            .map(|(marks, strata)| {
                let most = strata.into_iter().rev().max_by_key(|(_, records)| *records);
                (
                    marks,
                    1,
                    most.map(|(stratum, _)| stratum).unwrap_or_default(),
                )
            })
            .collect();
        let mut captured = captured(&name, lists, rows, !by.is_empty())?;
        captured.torn = torn;
        if let Some(links) = &told.links {
            captured.linkages = drawn(&told.file, links, told)?;
        }
        return Ok(captured);
    }
    if told.links.is_some() {
        bail!(
            "--links draws linkages of a crosswalk, but {name} is none: it has no columns \"cluster\" and \"list\". Give \
             clusters.csv of `mandate link run`"
        );
    }
    let count = match &told.count {
        Some(wanted) => Some(column(wanted)?),
        None => ["count", "n", "freq", "frequency", "number", "numri", "broj"]
            .iter()
            .find_map(|known| has(known)),
    };
    let lists: Vec<usize> = if told.lists.is_empty() {
        (0..table.columns.len())
            .filter(|at| Some(*at) != count && !by.contains(at))
            .filter(|at| table.rows.iter().all(|row| mark(&row.cells[*at]).is_some()))
            .filter(|at| {
                table
                    .rows
                    .iter()
                    .any(|row| mark(&row.cells[*at]) == Some(true))
            })
            .collect()
    } else {
        told.lists
            .iter()
            .map(|wanted| column(wanted))
            .collect::<anyhow::Result<_>>()?
    };
    if count.is_none()
        && let Some(column) = counts_overlooked(&table, &lists)
    {
        bail!(
            "{name}: every row has another pattern, and the column \"{column}\" holds whole numbers. If those are counts, \
             say so with --count \"{column}\"; if every row is a person, name the lists with --lists and take that column out"
        );
    }
    if lists.len() < 2 {
        bail!(
            "{name}: {} column holds marks of a list (0 and 1, x, yes and no); name at least two with --lists",
            lists.len()
        );
    }
    let mut rows: Rows = Vec::new();
    for row in &table.rows {
        let marks: anyhow::Result<Vec<bool>> = lists
            .iter()
            .map(|at| {
                mark(&row.cells[*at]).with_context(|| {
                    format!(
                        "{name}, line {}, column \"{}\": \"{}\" is no mark; write 1 where the list has the person, 0 where not",
                        row.number, table.columns[*at], row.cells[*at]
                    )
                })
            })
            .collect();
        let marks = marks?;
        let n = match count {
            None => 1,
            Some(at) => row.cells[at].trim().parse().with_context(|| {
                format!(
                    "{name}, line {}, column \"{}\": \"{}\" is no whole number of people",
                    row.number, table.columns[at], row.cells[at]
                )
            })?,
        };
        if marks.iter().all(|on| !on) {
            if n > 0 {
                bail!(
                    "{name}, line {}: {n} people on no list. Those cannot have been counted; take the line out",
                    row.number
                );
            }
            continue;
        }
        rows.push((marks, n, stratum(row)));
    }
    let names = lists
        .iter()
        .map(|at| table.columns[*at].trim().to_owned())
        .collect();
    captured(&name, names, rows, !by.is_empty())
}

fn captured(name: &str, names: Vec<String>, rows: Rows, by: bool) -> anyhow::Result<Captured> {
    let table = |of: &dyn Fn(&str) -> bool| {
        let rows = rows.iter().filter(|(_, _, stratum)| of(stratum));
        CaptureTable::from_rows(names.clone(), rows.map(|(marks, n, _)| (marks.clone(), *n)))
    };
    let all = table(&|_| true).with_context(|| name.to_owned())?;
    let mut strata = Vec::new();
    if by {
        let mut values: Vec<&String> = rows.iter().map(|(_, _, stratum)| stratum).collect();
        values.sort();
        values.dedup();
        for value in values {
            // A stratum in which nobody is counted has no table.
            if let Ok(of) = table(&|stratum| stratum == value) {
                strata.push((value.clone(), of));
            }
        }
    }
    Ok(Captured {
        all,
        strata,
        linkages: Vec::new(),
        torn: 0,
    })
}
