//! Frequency tables as CSV.
//!
//! *Long*: `marker,allele,frequency`, one allele a line. *Wide*: the first column is the allele, every other column a
//! marker; an empty cell or 0 means that the table does not hold the allele there. Published tables are rounded or sum to
//! a little more or less than 1: the frequencies are kept as they stand, [`TableRow::total`] says the sum, and whoever
//! computes with them divides by it and says so.

use std::collections::HashMap;

use super::{
    Errors, FormatError, FormatErrors, FrequencyRow, TableRow, allele, short,
    table::{Line, Table, written},
};

const FREQUENCY: &str = "a frequency from 0 to 1";

/// Reads a table in either layout: a column `marker` makes it long.
///
/// ```
/// use mandate_kinship::formats::frequencies::read;
/// let long = read("marker,allele,freq\nTH01,6,0.6\nTH01,9.3,0.4\n", "a.csv").unwrap();
/// let wide = read("Allele,TH01\n6,0.6\n9.3,0.4\n", "b.csv").unwrap();
/// assert_eq!(long[0].alleles[1].allele, wide[0].alleles[1].allele);
/// assert_eq!(wide[0].total(), 1.0);
/// ```
///
/// # Errors
/// All cells that cannot be read, with line and field.
pub fn read(text: &str, file: &str) -> Result<Vec<TableRow>, FormatErrors> {
    let table = Table::read(text, file)?;
    let mut errors = Errors::default();
    let markers = match table.column(&["marker", "locus", "system"]) {
        Some(marker) => long(&table, marker, &mut errors),
        None => wide(&table, &mut errors),
    };
    errors.or(markers)
}

fn named(table: &Table, line: &Line, column: usize) -> Result<String, FormatError> {
    let place = table.place(line, column);
    let cell = line.cell(column);
    allele(cell)
        .map_err(|expected| FormatError::Value {
            place: place.clone(),
            value: short(cell),
            expected,
        })?
        .ok_or(FormatError::Missing {
            place,
            expected: "the allele",
        })
}

fn frequency(table: &Table, line: &Line, column: usize) -> Result<Option<f64>, FormatError> {
    match table.number(line, column, FREQUENCY)? {
        Some(value) if !(0.0..=1.0).contains(&value) => Err(FormatError::Value {
            place: table.place(line, column),
            value: short(line.cell(column)),
            expected: FREQUENCY,
        }),
        value => Ok(value),
    }
}

fn empty(marker: &str, place: super::Place) -> TableRow {
    TableRow {
        marker: marker.to_owned(),
        alleles: Vec::new(),
        mutation: None,
        counted: None,
        place,
    }
}

fn long(table: &Table, marker: usize, errors: &mut Errors) -> Vec<TableRow> {
    let columns = [&["allele"][..], &["frequency", "freq", "f"]]
        .map(|names| errors.take(table.needed(names)));
    let [Some(at_allele), Some(at_frequency)] = columns else {
        return Vec::new();
    };
    let mut markers: Vec<TableRow> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for line in &table.lines {
        let marker = errors.take(table.text(line, marker, "the marker's name"));
        let allele = errors.take(named(table, line, at_allele));
        let frequency = errors.take(frequency(table, line, at_frequency).and_then(|f| {
            f.ok_or_else(|| FormatError::Missing {
                place: table.place(line, at_frequency),
                expected: FREQUENCY,
            })
        }));
        let (Some(marker), Some(allele), Some(frequency)) = (marker, allele, frequency) else {
            continue;
        };
        let at = *known.entry(marker).or_insert_with_key(|marker| {
            markers.push(empty(marker, line.place.clone()));
            markers.len() - 1
        });
        markers[at].alleles.push(FrequencyRow {
            allele,
            frequency,
            place: line.place.clone(),
        });
    }
    markers
}

fn wide(table: &Table, errors: &mut Errors) -> Vec<TableRow> {
    let Some(at_allele) = errors.take(table.needed(&["allele"])) else {
        return Vec::new();
    };
    let mut markers: Vec<(usize, TableRow)> = table
        .names
        .iter()
        .enumerate()
        .filter(|(column, name)| *column != at_allele && !name.is_empty())
        .map(|(column, name)| (column, empty(name, table.head.field(name))))
        .collect();
    for line in &table.lines {
        let Some(allele) = errors.take(named(table, line, at_allele)) else {
            continue;
        };
        for (column, marker) in &mut markers {
            let value = errors.take(frequency(table, line, *column)).flatten();
            if let Some(frequency) = value.filter(|v| *v > 0.0) {
                marker.alleles.push(FrequencyRow {
                    allele: allele.clone(),
                    frequency,
                    place: table.place(line, *column),
                });
            }
        }
    }
    markers.into_iter().map(|(_, marker)| marker).collect()
}

/// Writes a table in the long layout; the numbers read back as the same.
pub fn write_long(markers: &[TableRow]) -> String {
    let numbers: Vec<(&TableRow, &FrequencyRow, String)> = markers
        .iter()
        .flat_map(|m| {
            m.alleles
                .iter()
                .map(move |a| (m, a, a.frequency.to_string()))
        })
        .collect();
    written(
        std::iter::once(vec!["marker", "allele", "frequency"]).chain(
            numbers
                .iter()
                .map(|(m, a, number)| vec![m.marker.as_str(), a.allele.as_str(), number.as_str()]),
        ),
    )
}
