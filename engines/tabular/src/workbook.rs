//! Excel workbooks, measured before they are opened.

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use zip::ZipArchive;

use crate::{Kind, Limits, ReadError, Row, Table, formulas::restore, header, letter, too_large};

pub(crate) fn read(bytes: &[u8], kind: Kind, limits: &Limits) -> Result<Table, ReadError> {
    if kind == Kind::Workbook {
        measure(bytes, limits)?;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|error| refused(&error.to_string()))?;
    let name = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or(ReadError::Empty)?;
    let range = book
        .worksheet_range(&name)
        .map_err(|error| refused(&error.to_string()))?;
    let formulas = book.worksheet_formula(&name).ok();
    table(&range, formulas.as_ref(), kind, limits)
}

fn table(
    range: &Range<Data>,
    formulas: Option<&Range<String>>,
    kind: Kind,
    limits: &Limits,
) -> Result<Table, ReadError> {
    too_large("rows", range.height().saturating_sub(1), limits.rows, None)?;
    too_large("columns", range.width(), limits.columns, None)?;
    let (top, _) = range.start().ok_or(ReadError::Empty)?;
    let mut rows = range.rows();
    let columns = header(
        rows.next()
            .ok_or(ReadError::Empty)?
            .iter()
            .map(text)
            .collect(),
    );
    let mut table = Table {
        kind,
        encoding: None,
        delimiter: None,
        columns,
        rows: Vec::with_capacity(range.height()),
        uneven: Vec::new(),
        formulas: Vec::new(),
    };
    for (at, cells) in rows.enumerate() {
        let number = top as usize + at + 2;
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| restore(&text(cell)).to_owned())
            .collect();
        if let Some(long) = cells.iter().map(String::len).max() {
            too_large("characters", long, limits.cell, Some(number))?;
        }
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            table.rows.push(Row { number, cells });
        }
    }
    if let Some((formulas, (row, column))) =
        formulas.and_then(|f| f.start().map(|start| (f, start)))
    {
        for (r, c, _) in formulas
            .used_cells()
            .filter(|(_, _, formula)| !formula.is_empty())
            .take(1_000)
        {
            table.formulas.push(format!(
                "{}{}",
                letter(column as usize + c),
                row as usize + r + 1
            ));
        }
    }
    Ok(table)
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::DateTime(when) => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}:{second:02}")
            }
        }
        other => other.to_string(),
    }
}

fn refused(cause: &str) -> ReadError {
    let lower = cause.to_lowercase();
    if lower.contains("password") || lower.contains("encrypt") {
        ReadError::Encrypted
    } else {
        ReadError::Damaged {
            row: None,
            cause: cause.to_owned(),
        }
    }
}

/// Counts what the parts of a ZIP unpack to, whatever its directory claims, and stops at the limit.
fn measure(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let damaged = |error: String| ReadError::Damaged {
        row: None,
        cause: error,
    };
    let mut zip =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let claimed: u64 = (0..zip.len())
        .filter_map(|at| zip.by_index_raw(at).ok().map(|part| part.size()))
        .sum();
    let too_much = |found| ReadError::TooLarge {
        what: "unpacked",
        found,
        most: limits.unpacked,
        row: None,
    };
    if claimed > limits.unpacked {
        return Err(too_much(claimed));
    }
    let mut total = 0_u64;
    let mut buffer = vec![0_u8; 64 << 10];
    for at in 0..zip.len() {
        let mut part = zip
            .by_index(at)
            .map_err(|error| damaged(error.to_string()))?;
        loop {
            let n = part
                .read(&mut buffer)
                .map_err(|error| damaged(error.to_string()))?;
            if n == 0 {
                break;
            }
            total += n as u64;
            if total > limits.unpacked {
                return Err(too_much(total));
            }
        }
    }
    Ok(())
}
