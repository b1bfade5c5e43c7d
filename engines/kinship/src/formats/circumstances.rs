//! What is known besides DNA, as CSV: one line for a set of remains or a missing person.
//!
//! `sample` names remains; `family` and `person` name a missing person. `site` is an area by any name that is used on both
//! sides. `age_from` and `age_to` (or `age`) are years; `date_from` and `date_to` (or `date`) are `1999`, `1999-04` or
//! `1999-04-27`. A cell that is empty says nothing.

use super::{
    Errors, FormatError, FormatErrors, Place, short,
    table::{Line, Table, id},
};
use crate::posterior::Circumstances;

/// Of whom something is known.
#[derive(Debug, Clone, PartialEq)]
pub struct CircumstancesRow {
    /// Remains, by the sample's name.
    pub sample: Option<String>,
    /// A missing person's family.
    pub family: Option<String>,
    /// A missing person.
    pub person: Option<String>,
    /// What is known.
    pub known: Circumstances,
    /// Where it stands.
    pub place: Place,
}

/// Reads such a text.
///
/// ```
/// let text = "sample,family,person,site,age_from,age_to,date\nB7,,,North,20,35,1999-04\n,F1,Agim,North,31,31,1999-04-27\n";
/// let rows = mandate_kinship::formats::circumstances::read(text, "c.csv").unwrap();
/// assert_eq!(rows[0].known.date, Some((19990400, 19990499)));
/// assert_eq!(rows[1].person.as_deref(), Some("Agim"));
/// ```
///
/// # Errors
/// All cells that cannot be read, with line and field.
pub fn read(text: &str, file: &str) -> Result<Vec<CircumstancesRow>, FormatErrors> {
    let table = Table::read(text, file)?;
    let mut errors = Errors::default();
    let columns = Columns {
        sample: table.column(&["sample", "remains"]),
        family: table.column(&["family"]),
        person: table.column(&["person"]),
        site: table.column(&["site"]),
        age: [
            table.column(&["age_from", "age"]),
            table.column(&["age_to", "age"]),
        ],
        date: [
            table.column(&["date_from", "date"]),
            table.column(&["date_to", "date"]),
        ],
    };
    let mut rows = Vec::with_capacity(table.lines.len());
    for line in &table.lines {
        rows.extend(errors.take(columns.row(&table, line)));
    }
    errors.or(rows)
}

struct Columns {
    sample: Option<usize>,
    family: Option<usize>,
    person: Option<usize>,
    site: Option<usize>,
    age: [Option<usize>; 2],
    date: [Option<usize>; 2],
}

impl Columns {
    fn row(&self, table: &Table, line: &Line) -> Result<CircumstancesRow, FormatError> {
        let named = |column: Option<usize>| column.and_then(|c| id(line.cell(c)));
        let (sample, person) = (named(self.sample), named(self.person));
        if sample.is_some() == person.is_some() {
            return Err(FormatError::Missing {
                place: line.place.clone(),
                expected: "either a sample or a person",
            });
        }
        let age = |column: Option<usize>| match column {
            Some(c) => table.number(line, c, "an age in years"),
            None => Ok(None),
        };
        let [from, to] = [age(self.age[0])?, age(self.age[1])?];
        let both = |from: Option<f64>, to: Option<f64>| {
            (from.is_some() || to.is_some())
                .then(|| (from.unwrap_or(0.0), to.unwrap_or(f64::INFINITY)))
        };
        let date =
            |column: Option<usize>, last: bool| match column {
                Some(c) if !line.cell(c).is_empty() => day(line.cell(c), last)
                    .map(Some)
                    .ok_or_else(|| FormatError::Value {
                        place: table.place(line, c),
                        value: short(line.cell(c)),
                        expected: "a date such as 1999, 1999-04 or 1999-04-27",
                    }),
                _ => Ok(None),
            };
        let [first, last] = [date(self.date[0], false)?, date(self.date[1], true)?];
        Ok(CircumstancesRow {
            sample,
            family: named(self.family),
            person,
            known: Circumstances {
                site: named(self.site),
                age: both(from, to),
                date: (first.is_some() || last.is_some())
                    .then(|| (first.unwrap_or(0), last.unwrap_or(u32::MAX))),
            },
            place: line.place.clone(),
        })
    }
}

/// A day as a number in order; the first or last that a month or year can hold.
fn day(text: &str, last: bool) -> Option<u32> {
    let mut parts = text.split('-');
    let mut next = |digits: usize, most: u32| -> Option<Option<u32>> {
        match parts.next() {
            None => Some(None),
            Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse().ok().filter(|n| *n <= most).map(Some)
            }
            Some(_) => None,
        }
    };
    let year = next(4, 9999)??;
    let month = next(2, 12)?;
    let day = next(2, 31)?;
    let rest = if last { 99 } else { 0 };
    parts
        .next()
        .is_none()
        .then(|| year * 10_000 + month.unwrap_or(rest) * 100 + day.unwrap_or(rest))
}
