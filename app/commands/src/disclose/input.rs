//! Tables of counts and lists of people out of files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context, bail};
use mandate_disclosure::{Counts, Dimension};
use mandate_tabular::Table;

use super::Columns;
use crate::link::table;

const COUNTS: [&str; 10] = [
    "count",
    "people",
    "n",
    "freq",
    "frequency",
    "number",
    "persona",
    "numri",
    "broj",
    "osobe",
];
const TOTALS: [&str; 6] = ["total", "all", "gjithsej", "ukupno", "ukupno:", "укупно"];
/// What the total of a dimension is called in the register, in every language of the reader the same.
const TOTAL: &str = "total";

/// A file with its columns told apart.
pub(crate) struct File {
    pub(crate) name: String,
    table: Table,
    /// The columns of dimensions.
    pub(crate) by: Vec<usize>,
    /// The column of counts or of what was published.
    pub(crate) count: Option<usize>,
}

impl File {
    pub(crate) fn column(&self, at: usize) -> &str {
        self.table.columns[at].trim()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &[String])> {
        self.table
            .rows
            .iter()
            .map(|row| (row.number, row.cells.as_slice()))
    }

    /// Where a cell stands.
    pub(crate) fn at(&self, row: usize, column: usize) -> String {
        format!(
            "{}, line {row}, column \"{}\"",
            self.name,
            self.column(column)
        )
    }
}

pub(crate) fn is_total(told: &Columns, code: &str) -> bool {
    let code = code.trim().to_lowercase();
    told.total
        .as_ref()
        .is_some_and(|t| t.trim().to_lowercase() == code)
        || TOTALS.contains(&code.as_str())
}

/// Reads a file and tells its columns apart. `wanted` are the only columns that count; all where it is empty.
pub(crate) fn open(path: &Path, told: &Columns, wanted: &BTreeSet<String>) -> anyhow::Result<File> {
    let name = path.display().to_string();
    let table = table(path)?;
    let find = |wanted: &str| table.columns.iter().position(|c| c.trim() == wanted.trim());
    let missing = |wanted: &str| {
        format!(
            "{name} has no column \"{wanted}\"; it has {}",
            table.columns.join(", ")
        )
    };
    let count = match &told.count {
        Some(wanted) => Some(find(wanted).with_context(|| missing(wanted))?),
        None => {
            let known = |c: &String| COUNTS.contains(&c.trim().to_lowercase().as_str());
            table.columns.iter().position(known)
        }
    };
    let by: Vec<usize> = if wanted.is_empty() {
        (0..table.columns.len())
            .filter(|at| Some(*at) != count)
            .collect()
    } else {
        let found: anyhow::Result<Vec<usize>> = wanted
            .iter()
            .map(|c| find(c).with_context(|| missing(c)))
            .collect();
        found?
    };
    if by.is_empty() {
        bail!("{name} has no column to count people by");
    }
    if let Some(count) = count
        && by.contains(&count)
    {
        bail!(
            "{name}: the column \"{}\" holds the counts; people cannot be counted by it",
            table.columns[count]
        );
    }
    let file = File {
        name,
        table,
        by,
        count,
    };
    if count.is_none() && wanted.is_empty() {
        file.no_counts_overlooked()?;
    }
    Ok(file)
}

impl File {
    /// A file whose rows are all different and that has a column of whole numbers is a table of counts: reading its rows as
    /// people would publish a number that is wrong and looks right.
    fn no_counts_overlooked(&self) -> anyhow::Result<()> {
        let numbers = |at: &usize| {
            self.table
                .rows
                .iter()
                .all(|row| row.cells[*at].trim().parse::<u64>().is_ok())
        };
        let Some(column) = (0..self.table.columns.len()).rev().find(numbers) else {
            return Ok(());
        };
        let others: BTreeSet<Vec<&str>> = self
            .table
            .rows
            .iter()
            .map(|row| {
                let of = self.by.iter().filter(|at| **at != column);
                of.map(|at| row.cells[*at].trim()).collect()
            })
            .collect();
        if others.len() == self.table.rows.len() && others.len() > 2 {
            bail!(
                "{}: no two rows are the same, and the column \"{}\" holds whole numbers. If those are counts, say so with \
                 --count \"{1}\"; if every row is a person, name the columns to publish with --by",
                self.name,
                self.column(column)
            );
        }
        Ok(())
    }
}

/// By column, its codes with the code that each is within.
type Nesting = BTreeMap<String, Vec<(String, Option<String>)>>;

/// Which code is within which, by column.
fn nesting(told: &Columns) -> anyhow::Result<Nesting> {
    let mut all = BTreeMap::new();
    for said in &told.within {
        let (column, path) = said.split_once('=').with_context(|| {
            format!("--within {said}: write COLUMN=FILE, for instance region=regions.csv")
        })?;
        let read = table(Path::new(path))?;
        let find = |wanted: &str| {
            read.columns
                .iter()
                .position(|c| c.trim().eq_ignore_ascii_case(wanted))
                .with_context(|| {
                    format!(
                        "{path} has no column \"{wanted}\"; it has {}",
                        read.columns.join(", ")
                    )
                })
        };
        let (code, within) = (find("code")?, find("within")?);
        let mut codes: Vec<(String, Option<String>)> = Vec::new();
        for row in &read.rows {
            let (code, within) = (row.cells[code].trim(), row.cells[within].trim());
            if code.is_empty() {
                bail!(
                    "{path}, line {}, column \"code\": a code is missing",
                    row.number
                );
            }
            codes.push((
                code.to_owned(),
                (!within.is_empty()).then(|| within.to_owned()),
            ));
        }
        for within in codes
            .iter()
            .filter_map(|(_, w)| w.clone())
            .collect::<BTreeSet<_>>()
        {
            if !codes.iter().any(|(code, _)| *code == within) {
                codes.push((within, None));
            }
        }
        all.insert(column.trim().to_owned(), codes);
    }
    Ok(all)
}

/// The dimensions of all files: codes in the order in which they are met.
pub(crate) fn dimensions(files: &[File], told: &Columns) -> anyhow::Result<Vec<Dimension>> {
    let nested = nesting(told)?;
    let mut order: Vec<String> = Vec::new();
    let mut codes: Nesting = BTreeMap::new();
    for file in files {
        for at in &file.by {
            let column = file.column(*at).to_owned();
            if !order.contains(&column) {
                order.push(column.clone());
            }
            let given = nested.get(&column);
            let known = codes
                .entry(column)
                .or_insert_with(|| given.cloned().unwrap_or_default());
            let mut seen: BTreeSet<String> = known.iter().map(|(code, _)| code.clone()).collect();
            for (row, cells) in file.rows() {
                let code = cells[*at].trim();
                if code.is_empty() {
                    bail!(
                        "{}: the cell is empty. Give those whose code is not known one of their own, for instance \"unknown\"",
                        file.at(row, *at)
                    );
                }
                if is_total(told, code) || seen.contains(code) {
                    continue;
                }
                if given.is_some() {
                    bail!(
                        "{}: the code \"{code}\" is not in the file of --within",
                        file.at(row, *at)
                    );
                }
                seen.insert(code.to_owned());
                known.push((code.to_owned(), None));
            }
        }
    }
    if let Some(column) = nested.keys().find(|c| !order.contains(c)) {
        bail!("--within {column}: no file has a column \"{column}\"");
    }
    order
        .into_iter()
        .map(|name| {
            let codes = codes.remove(&name).unwrap_or_default();
            Dimension::nested(&name, TOTAL, codes).map_err(Into::into)
        })
        .collect()
}

/// The code of a cell as its dimension has it.
pub(crate) fn code<'a>(told: &Columns, text: &'a str) -> &'a str {
    if is_total(told, text) {
        TOTAL
    } else {
        text.trim()
    }
}

/// The people of a file.
pub(crate) fn counts(file: &File, all: &[Dimension], told: &Columns) -> anyhow::Result<Counts> {
    let mine: Vec<Dimension> = file
        .by
        .iter()
        .filter_map(|at| all.iter().find(|d| d.name() == file.column(*at)).cloned())
        .collect();
    let finest: Vec<BTreeSet<&str>> = mine
        .iter()
        .map(|d| {
            let part = |code: &str| d.codes().iter().any(|c| c.within.as_deref() == Some(code));
            d.codes()
                .iter()
                .map(|c| c.code.as_str())
                .filter(|c| !part(c))
                .collect()
        })
        .collect();
    let mut counts = Counts::new(mine.clone())?;
    let mut met: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut parts: Vec<(Vec<&str>, u64)> = Vec::new();
    let mut sums: Vec<(usize, Vec<&str>, u64)> = Vec::new();
    for (row, cells) in file.rows() {
        let codes: Vec<&str> = file.by.iter().map(|at| code(told, &cells[*at])).collect();
        let people = match file.count {
            None => 1,
            Some(at) => {
                let text = cells[at].trim();
                text.parse::<u64>().with_context(|| {
                    format!(
                        "{}: \"{text}\" is no count; write a whole number of people, 0 or more",
                        file.at(row, at)
                    )
                })?
            }
        };
        if file.count.is_some()
            && let Some(before) = met.insert(codes.clone(), row)
        {
            bail!(
                "{}, line {row}: the same cell stands in line {before}; each stands once",
                file.name
            );
        }
        if codes
            .iter()
            .zip(&finest)
            .all(|(code, finest)| finest.contains(code))
        {
            counts
                .add(&codes, people)
                .with_context(|| format!("{}, line {row}", file.name))?;
            parts.push((codes, people));
        } else if file.count.is_some() {
            sums.push((row, codes, people));
        } else {
            let at = codes
                .iter()
                .zip(&finest)
                .position(|(code, finest)| !finest.contains(code))
                .unwrap_or(0);
            bail!(
                "{}: \"{}\" stands for several codes; a person has one of them",
                file.at(row, file.by[at]),
                codes[at]
            );
        }
    }
    for (row, codes, said) in sums {
        let inside = |part: &[&str]| {
            mine.iter().zip(&codes).zip(part).all(|((d, code), part)| {
                let mut at = Some(*part);
                while let Some(now) = at {
                    if now == *code {
                        return true;
                    }
                    at = d
                        .codes()
                        .iter()
                        .find(|c| c.code == now)
                        .and_then(|c| c.within.as_deref());
                }
                *code == d.total()
            })
        };
        let sum: u64 = parts
            .iter()
            .filter(|(part, _)| inside(part))
            .map(|(_, n)| n)
            .sum();
        if sum != said {
            let column = file.count.unwrap_or(0);
            bail!(
                "{}: the total is {said}, but its parts in this file add up to {sum}. Mend the counts, or leave totals out",
                file.at(row, column)
            );
        }
    }
    Ok(counts)
}
