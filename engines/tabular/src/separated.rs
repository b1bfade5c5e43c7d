//! Text with a delimiter.

use crate::{
    Kind, Limits, ReadError, Row, Table, decode::decode, formulas::restore, header, letter,
    too_large,
};

pub(crate) fn read(
    bytes: &[u8],
    encoding: Option<&str>,
    limits: &Limits,
) -> Result<Table, ReadError> {
    let (text, found) = decode(bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(refused) = refused(&text) {
        return Err(refused);
    }
    let delimiter = delimiter(&text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .has_headers(false)
        .flexible(true)
        .terminator(if text.contains('\n') {
            csv::Terminator::CRLF
        } else {
            csv::Terminator::Any(b'\r')
        })
        .from_reader(text.as_bytes());
    let mut table = Table {
        kind: Kind::Separated,
        encoding: Some(found),
        delimiter: Some(delimiter),
        columns: Vec::new(),
        rows: Vec::new(),
        uneven: Vec::new(),
        formulas: Vec::new(),
    };
    let mut number = 0;
    for record in reader.records() {
        number += 1;
        let record = record.map_err(|error| ReadError::Damaged {
            row: Some(number),
            cause: error.to_string(),
        })?;
        too_large("columns", record.len(), limits.columns, Some(number))?;
        if let Some(long) = record.iter().map(str::len).max() {
            too_large("characters", long, limits.cell, Some(number))?;
        }
        if table.columns.is_empty() {
            table.columns = header(record.iter().map(str::to_owned).collect());
            continue;
        }
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        too_large("rows", table.rows.len() + 1, limits.rows, Some(number))?;
        let width = table.columns.len();
        let extra_is_empty = record.iter().skip(width).all(str::is_empty);
        if record.len() < width || !extra_is_empty {
            table.uneven.push((number, record.len()));
        }
        for (at, field) in record.iter().enumerate().take(width) {
            if field.starts_with(['=', '@']) && table.formulas.len() < 1_000 {
                table.formulas.push(format!("{}{number}", letter(at)));
            }
        }
        let mut cells: Vec<String> = record
            .iter()
            .take(width)
            .map(|field| restore(field).to_owned())
            .collect();
        cells.resize(width, String::new());
        table.rows.push(Row { number, cells });
    }
    Ok(table)
}

/// Why a text is none of a table, by its first letters.
pub(crate) fn refused(text: &str) -> Option<ReadError> {
    let strange = text
        .chars()
        .take(4096)
        .filter(|c| c.is_control() && !"\r\n\t".contains(*c))
        .count();
    (strange * 50 > text.chars().take(4096).count())
        .then_some(ReadError::NotATable { found: "binary" })
}

/// The delimiter that splits the first lines into the same number of fields, more than one of them.
pub(crate) fn delimiter(text: &str) -> char {
    let sample: String = text.chars().take(64_000).collect();
    let mut best = (',', 0.0);
    for candidate in [',', ';', '\t', '|'] {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(candidate as u8)
            .has_headers(false)
            .flexible(true)
            .terminator(if sample.contains('\n') {
                csv::Terminator::CRLF
            } else {
                csv::Terminator::Any(b'\r')
            })
            .from_reader(sample.as_bytes());
        let widths: Vec<usize> = reader
            .records()
            .take(40)
            .flatten()
            .map(|record| record.len())
            .collect();
        let Some(first) = widths.first().copied().filter(|first| *first > 1) else {
            continue;
        };
        let same = widths.iter().filter(|width| **width == first).count();
        let points = same as f64 / widths.len() as f64 + (first as f64).min(50.0) / 1_000.0;
        if points > best.1 {
            best = (candidate, points);
        }
    }
    best.0
}
