//! A workbook: a sheet for each table and a last one with what stands around them.

use crate::{Cell, Report, Table, WriteError, clean};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use std::collections::BTreeSet;

/// What a cell holds at most, in UTF-16 units (Excel specifications and limits).
const LONGEST: usize = 32_767;
/// Whole numbers a spreadsheet holds exactly: up to 2^53.
const EXACT: u64 = 1 << 53;

/// Writes the tables as a workbook: header frozen and filtered, cells typed, text always a string and never a formula.
///
/// Text is [`clean`]ed and otherwise exact. A whole number beyond 2^53, a number that is not finite and a date before
/// 1900 are written as text, because a spreadsheet cannot hold them. The last sheet holds title, office, date,
/// protection label and footnote. The creation date in the properties is fixed, so that bytes are reproducible.
///
/// # Errors
/// [`WriteError::Tables`] without a table, [`WriteError::Row`], [`WriteError::CellTooLong`], [`WriteError::Xlsx`].
pub fn xlsx(report: &Report) -> Result<Vec<u8>, WriteError> {
    report.check_rows()?;
    if report.tables().next().is_none() {
        return Err(WriteError::Tables { found: 0 });
    }
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(short(&clean(&report.title), 255))
            .set_company(short(&clean(&report.office), 255))
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
    );
    let mut names = BTreeSet::new();
    for (number, table) in report.tables().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&table.caption, &mut names))?;
        fill(sheet, table, number)?;
    }
    let about = book.add_worksheet();
    about.set_name(sheet_name(&report.title, &mut names))?;
    about.set_column_width(0, 90)?;
    let wrap = Format::new().set_text_wrap();
    let around = [
        &report.classification,
        &report.office,
        &report.title,
        &report.subtitle,
        &report.date,
        &report.footnote,
    ];
    for (row, text) in (0_u32..).zip(around.into_iter().filter(|text| !text.is_empty())) {
        let text = clean(text);
        about.write_string_with_format(row, 0, short(&text, LONGEST), &wrap)?;
    }
    Ok(book.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, table: &Table, number: usize) -> Result<(), WriteError> {
    let head = Format::new().set_bold().set_text_wrap();
    let [date, percent, decimal] =
        ["yyyy-mm-dd", "0.0%", "General"].map(|f| Format::new().set_num_format(f));
    sheet.set_paper_size(9).set_landscape();
    for (c, column) in (0_u16..).zip(&table.columns) {
        let title = fits(&column.title, number, 0, c)?;
        sheet.write_string_with_format(0, c, title, &head)?;
        sheet.set_column_width(c, column.width.clamp(6, 80))?;
    }
    for (r, row) in (1_u32..).zip(&table.rows) {
        for (c, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Integer { value, .. } if value.unsigned_abs() <= EXACT => {
                    #[allow(clippy::cast_precision_loss)] // exact up to 2^53
                    sheet.write_number(r, c, *value as f64)?;
                }
                Cell::Integer { value, .. } => {
                    sheet.write_string(r, c, value.to_string())?;
                }
                Cell::Number { value, .. } if value.is_finite() => {
                    sheet.write_number_with_format(r, c, *value, &decimal)?;
                }
                Cell::Percent { value, .. } if value.is_finite() => {
                    sheet.write_number_with_format(r, c, *value, &percent)?;
                }
                Cell::Number { value, .. } | Cell::Percent { value, .. } => {
                    sheet.write_string(r, c, value.to_string())?;
                }
                Cell::Date { value, .. } => {
                    let day = u16::try_from(value.year())
                        .ok()
                        .filter(|year| *year >= 1900)
                        .and_then(|year| {
                            ExcelDateTime::from_ymd(
                                year,
                                value.month().unsigned_abs(),
                                value.day().unsigned_abs(),
                            )
                            .ok()
                        });
                    match day {
                        Some(day) => sheet.write_datetime_with_format(r, c, &day, &date)?,
                        None => sheet.write_string(r, c, value.to_string())?,
                    };
                }
                Cell::Text(text) if !text.is_empty() => {
                    sheet.write_string(r, c, fits(text, number, r, c)?)?;
                }
                Cell::Text(_) | Cell::Empty => {}
            }
        }
    }
    if let (Ok(rows), Ok(columns)) = (
        u32::try_from(table.rows.len()),
        u16::try_from(table.columns.len()),
    ) && columns > 0
    {
        sheet.autofilter(0, 0, rows, columns - 1)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
    }
    Ok(())
}

fn fits(text: &str, table: usize, row: u32, column: u16) -> Result<String, WriteError> {
    let text = clean(text);
    if text.encode_utf16().count() > LONGEST {
        return Err(WriteError::CellTooLong {
            table,
            row: row as usize,
            column: usize::from(column),
        });
    }
    Ok(text.into_owned())
}

/// The beginning of the text, at most so many UTF-16 units.
fn short(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

/// A name Excel takes: at most 31 units, none of `[]:*?/\`, no apostrophe at either end, each once.
fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = clean(wanted)
        .chars()
        .map(|c| if "[]:*?/\\\n\t".contains(c) { ' ' } else { c })
        .collect();
    let base = short(plain.trim_matches(['\'', ' ']), 26);
    let base = base.trim_matches(['\'', ' ']);
    let mut name = base.to_owned();
    let mut next = 1_usize;
    // "History" is a name Excel keeps for itself.
    while name.is_empty()
        || name.eq_ignore_ascii_case("history")
        || taken.contains(&name.to_lowercase())
    {
        next += 1;
        name = format!("{base} {next}").trim().to_owned();
    }
    taken.insert(name.to_lowercase());
    name
}
