//! One table as CSV.

use crate::{Cell, Table, WriteError, neutralised};
use std::borrow::Cow;

/// Writes a table as CSV (RFC 4180, CR LF) in UTF-8 with a byte order mark, by which Excel knows the encoding.
///
/// Numbers have a decimal point and no grouping, dates are ISO 8601, a percentage is its share of one; text is
/// [`neutralised`]. The caption is not written.
///
/// # Errors
/// [`WriteError::Row`] if a row does not fit the columns.
pub fn csv(table: &Table) -> Result<Vec<u8>, WriteError> {
    table.check_rows(0)?;
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    if !table.columns.is_empty() {
        writer.write_record(
            table
                .columns
                .iter()
                .map(|c| neutralised(&c.title).into_owned()),
        )?;
        for row in &table.rows {
            writer.write_record(row.iter().map(|cell| written(cell).into_owned()))?;
        }
    }
    writer
        .into_inner()
        .map_err(|e| WriteError::Io(e.into_error()))
}

fn written(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => neutralised(text),
        Cell::Integer { value, .. } => Cow::Owned(value.to_string()),
        Cell::Number { value, .. } | Cell::Percent { value, .. } => Cow::Owned(value.to_string()),
        Cell::Date { value, .. } => Cow::Owned(value.to_string()),
    }
}
