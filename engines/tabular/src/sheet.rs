//! A table for long lists: its cells lie one after another in a few large pieces, and the pieces of a separated file are read
//! side by side.

use rayon::prelude::*;

use crate::{
    Limits, ReadError, Table, header, records, restore,
    separated::{delimiter, refused},
    too_large,
};

/// A table of which no cell is a string of its own: half a million rows of eight cells take little more than the file.
///
/// ```
/// use mandate_tabular::{Limits, Sheet};
/// # fn main() -> Result<(), mandate_tabular::ReadError> {
/// let sheet = Sheet::read(b"name,year\nAgim,1961\n\nBesa,1970\n", &Limits::default())?;
/// assert_eq!(sheet.column(1).collect::<Vec<_>>(), ["1961", "1970"]);
/// assert_eq!(sheet.rows().last().map(|row| (row.number(), row.cell(0))), Some((3, "Besa")));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The header's fields; see [`Table::columns`].
    pub columns: Vec<String>,
    /// Rows that have another number of fields than the header; see [`Table::uneven`].
    pub uneven: Vec<(usize, usize)>,
    parts: Vec<Part>,
}

/// Some rows.
#[derive(Debug, Clone, PartialEq, Default)]
struct Part {
    /// The cells.
    text: String,
    /// Where each cell ends.
    ends: Vec<u32>,
    /// The rows' numbers, less those of the rows before this part.
    numbers: Vec<u32>,
    before: usize,
}

/// A row of a [`Sheet`].
#[derive(Debug, Clone, Copy)]
pub struct SheetRow<'s> {
    part: &'s Part,
    at: usize,
    width: usize,
}

impl<'s> SheetRow<'s> {
    /// Its number; see [`crate::Row::number`].
    #[must_use]
    pub fn number(&self) -> usize {
        self.part.before + self.part.numbers[self.at] as usize
    }

    /// A cell; empty where there is no such column.
    #[must_use]
    pub fn cell(&self, column: usize) -> &'s str {
        if column < self.width {
            self.part.cell(self.at * self.width + column)
        } else {
            ""
        }
    }
}

impl Part {
    fn cell(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }
}

/// Bytes of a piece, about.
const PIECE: usize = 1 << 20;

impl Sheet {
    /// Reads a file; the same table as [`crate::read`] gives.
    ///
    /// # Errors
    /// [`ReadError`], always before anything is given out.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        match quick(bytes, limits) {
            Some(read) => read,
            None => crate::read(bytes, "", None, limits).map(Self::from),
        }
    }

    /// How many rows there are, the header not counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.numbers.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows, one after another.
    pub fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        let width = self.columns.len();
        self.parts.iter().flat_map(move |part| {
            (0..part.numbers.len()).map(move |at| SheetRow { part, at, width })
        })
    }

    /// The cells of a column, one after another; nothing where there is no such column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> + Send {
        let width = self.columns.len();
        self.parts
            .iter()
            .filter(move |_| column < width)
            .flat_map(move |part| {
                (0..part.numbers.len()).map(move |at| part.cell(at * width + column))
            })
    }

    /// Puts other texts into cells of a column: those that `other` gives for a row and its cell.
    pub fn replace<'o>(
        &mut self,
        column: usize,
        mut other: impl FnMut(SheetRow<'_>, &str) -> Option<&'o str>,
    ) {
        let width = self.columns.len();
        for part in &mut self.parts {
            let mut new = Part {
                numbers: part.numbers.clone(),
                before: part.before,
                ..Part::default()
            };
            for at in 0..part.ends.len() {
                let cell = part.cell(at);
                let row = SheetRow {
                    part,
                    at: at / width,
                    width,
                };
                let now = (at % width == column).then(|| other(row, cell)).flatten();
                new.text.push_str(now.unwrap_or(cell));
                new.ends.push(new.text.len() as u32);
            }
            *part = new;
        }
    }
}

impl From<Table> for Sheet {
    fn from(table: Table) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for row in table.rows {
            if parts.last().is_none_or(|part| part.text.len() >= PIECE) {
                parts.push(Part::default());
            }
            if let Some(part) = parts.last_mut() {
                for cell in &row.cells {
                    part.text.push_str(cell);
                    part.ends.push(part.text.len() as u32);
                }
                part.numbers.push(row.number as u32);
            }
        }
        Self {
            columns: table.columns,
            uneven: table.uneven,
            parts,
        }
    }
}

/// What is read of a piece: rows, uneven ones, how many there were with the empty ones, and what is wrong with the last.
type Read = (Part, Vec<(usize, usize)>, usize, Option<ReadError>);

/// Reads separated text in UTF-8 whose rows end with line feeds; nothing where it is something else.
fn quick(bytes: &[u8], limits: &Limits) -> Option<Result<Sheet, ReadError>> {
    let other = match bytes {
        [] | [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => true,
        [0x89, b'P', b'N', b'G', ..] | [b'%', b'P', b'D', b'F', ..] => true,
        // A mark of UTF-16, or its zeros.
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => true,
        _ => records::looks_like(bytes) || bytes[..bytes.len().min(4096)].contains(&0),
    };
    if other || bytes.len() > limits.bytes {
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole = pieces(bytes);
    let texts: Option<Vec<&str>> = whole
        .par_iter()
        .map(|piece| std::str::from_utf8(piece).ok())
        .collect();
    let start = *texts?.first()?;
    if !start.contains('\n') || start.trim().is_empty() || refused(start).is_some() {
        return None;
    }
    let by = delimiter(start);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(by as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(start.as_bytes());
    let mut first = csv::StringRecord::new();
    if !reader.read_record(&mut first).ok()? {
        return None;
    }
    let behind = reader.position().byte() as usize;
    if behind >= start.len() && start.len() < bytes.len() {
        return None;
    }
    let columns = header(first.iter().map(str::to_owned).collect());
    let wide = too_large("columns", first.len(), limits.columns, Some(1));
    let long = first.iter().map(str::len).max().unwrap_or(0);
    if let Err(refused) = wide.and_then(|()| too_large("characters", long, limits.cell, Some(1))) {
        return Some(Err(refused));
    }
    let rest = &bytes[behind.min(bytes.len())..];
    let lines = pieces(rest);
    let quoted = lines
        .par_iter()
        .any(|piece| memchr::memchr(b'"', piece).is_some());
    let read: Vec<Read> = if quoted {
        // What is a line end and what is within quotation marks is only known from the start on.
        with_quotes(std::str::from_utf8(rest).ok()?, by, columns.len(), limits)
    } else {
        lines
            .into_par_iter()
            .filter_map(|piece| std::str::from_utf8(piece).ok())
            .map(|piece| without_quotes(piece, by as u8, columns.len(), limits))
            .collect()
    };
    Some(joined(columns, read, limits))
}

/// Pieces that end with lines.
fn pieces(bytes: &[u8]) -> Vec<&[u8]> {
    let (mut all, mut rest) = (Vec::new(), bytes);
    while rest.len() > PIECE {
        let Some(end) = memchr::memchr(b'\n', &rest[PIECE..]) else {
            break;
        };
        let (piece, behind) = rest.split_at(PIECE + end + 1);
        all.push(piece);
        rest = behind;
    }
    all.push(rest);
    all
}

/// The pieces as one, their rows counted through.
fn joined(columns: Vec<String>, read: Vec<Read>, limits: &Limits) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet {
        columns,
        ..Sheet::default()
    };
    // The header is row 1.
    let (mut before, mut rows) = (1, 0);
    for (mut part, uneven, numbers, wrong) in read {
        if rows + part.numbers.len() > limits.rows {
            let row = before + part.numbers[limits.rows - rows] as usize;
            too_large("rows", limits.rows + 1, limits.rows, Some(row))?;
        }
        match wrong {
            Some(ReadError::TooLarge {
                what,
                found,
                most,
                row,
            }) => {
                return Err(ReadError::TooLarge {
                    what,
                    found,
                    most,
                    row: row.map(|row| row + before),
                });
            }
            Some(ReadError::Damaged { row, cause }) => {
                let row = row.map(|row| row + before);
                return Err(ReadError::Damaged { row, cause });
            }
            Some(other) => return Err(other),
            None => {}
        }
        rows += part.numbers.len();
        part.before = before;
        sheet
            .uneven
            .extend(uneven.into_iter().map(|(row, cells)| (row + before, cells)));
        before += numbers;
        if !part.numbers.is_empty() {
            sheet.parts.push(part);
        }
    }
    Ok(sheet)
}

/// Takes cells one after another.
struct Taker<'l> {
    width: usize,
    limits: &'l Limits,
    part: Part,
    uneven: Vec<(usize, usize)>,
    rows: usize,
    /// Of the row that is not yet whole: its cells, its longest, and whether anything stands in it or behind the last column.
    cells: usize,
    longest: usize,
    written: bool,
    beyond: bool,
}

impl<'l> Taker<'l> {
    fn new(width: usize, limits: &'l Limits, bytes: usize) -> Self {
        Self {
            width,
            limits,
            part: Part {
                text: String::with_capacity(bytes),
                ends: Vec::with_capacity(bytes / 8),
                ..Part::default()
            },
            uneven: Vec::new(),
            rows: 0,
            cells: 0,
            longest: 0,
            written: false,
            beyond: false,
        }
    }

    fn cell(&mut self, cell: &str) {
        self.cells += 1;
        self.longest = self.longest.max(cell.len());
        self.written = self.written || !cell.trim_start().is_empty();
        if self.cells <= self.width {
            self.part.text.push_str(restore(cell));
            self.part.ends.push(self.part.text.len() as u32);
        } else {
            self.beyond |= !cell.is_empty();
        }
    }

    fn row(&mut self) -> Result<(), ReadError> {
        self.rows += 1;
        let number = self.rows;
        let (cells, longest) = (self.cells, self.longest);
        let (written, beyond) = (self.written, self.beyond);
        (self.cells, self.longest, self.written, self.beyond) = (0, 0, false, false);
        too_large("columns", cells, self.limits.columns, Some(number))?;
        too_large("characters", longest, self.limits.cell, Some(number))?;
        let start = self.part.numbers.len() * self.width;
        if !written {
            self.part.ends.truncate(start);
            let end = self.part.ends.last().map_or(0, |end| *end as usize);
            self.part.text.truncate(end);
            return Ok(());
        }
        if cells < self.width || beyond {
            self.uneven.push((number, cells));
            let end = self.part.text.len() as u32;
            self.part.ends.resize(start + self.width, end);
        }
        self.part.numbers.push(number as u32);
        Ok(())
    }

    fn done(self, wrong: Option<ReadError>) -> Read {
        (self.part, self.uneven, self.rows, wrong)
    }
}

/// A piece in which nothing stands in quotation marks.
fn without_quotes(piece: &str, by: u8, width: usize, limits: &Limits) -> Read {
    let mut to = Taker::new(width, limits, piece.len());
    let (mut start, mut begun) = (0, false);
    let bytes = piece.as_bytes();
    for at in memchr::memchr3_iter(by, b'\n', b'\r', bytes).chain([bytes.len()]) {
        if bytes.get(at) == Some(&by) {
            to.cell(&piece[start..at]);
            begun = true;
        } else if begun || at > start {
            to.cell(&piece[start..at]);
            if let Err(wrong) = to.row() {
                return to.done(Some(wrong));
            }
            begun = false;
        }
        start = at + 1;
    }
    to.done(None)
}

/// A text in which some cells stand in quotation marks.
fn with_quotes(text: &str, by: char, width: usize, limits: &Limits) -> Vec<Read> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(by as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut all = Vec::new();
    let mut to = Taker::new(width, limits, PIECE);
    let mut record = csv::StringRecord::new();
    loop {
        let wrong = match reader.read_record(&mut record) {
            Ok(false) => {
                all.push(to.done(None));
                return all;
            }
            Ok(true) => {
                record.iter().for_each(|cell| to.cell(cell));
                to.row().err()
            }
            Err(error) => Some(ReadError::Damaged {
                row: Some(to.rows + 1),
                cause: error.to_string(),
            }),
        };
        if wrong.is_some() {
            all.push(to.done(wrong));
            return all;
        }
        if to.part.text.len() >= PIECE {
            let full = std::mem::replace(&mut to, Taker::new(width, limits, PIECE));
            all.push(full.done(None));
        }
    }
}
