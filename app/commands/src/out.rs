//! How results are written: a table for a spreadsheet, or JSON.

use std::io::Write;

use clap::ValueEnum;

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for a spreadsheet.
    Csv,
    /// An array of objects.
    Json,
}

pub(crate) fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(all) => all.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

pub(crate) fn json(all: &[serde_json::Value], to: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *to, all)?;
    writeln!(to)?;
    Ok(())
}

/// Cells that a spreadsheet would take for formulas are neutralised.
pub(crate) fn csv(rows: &[Vec<String>], to: &mut dyn Write) -> anyhow::Result<()> {
    csv_of(rows.iter().cloned(), to)
}

/// The same, row by row: no more than one is held.
pub(crate) fn csv_of(
    rows: impl Iterator<Item = Vec<String>>,
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    for row in rows {
        out.write_record(row.iter().map(|cell| match cell.parse::<f64>() {
            // A number below zero is no formula.
            Ok(_) => cell.clone(),
            Err(_) => mandate_tabular::neutralise(cell).to_string(),
        }))?;
    }
    out.flush()?;
    Ok(())
}

pub(crate) fn rows(
    format: Format,
    columns: &[&str],
    all: &[serde_json::Value],
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    if format == Format::Json {
        return json(all, to);
    }
    let mut table = vec![columns.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>()];
    table.extend(
        all.iter()
            .map(|row| columns.iter().map(|c| cell(&row[*c])).collect()),
    );
    csv(&table, to)
}
