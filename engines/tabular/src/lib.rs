//! Tables out of the files that an office receives: CSV in whatever encoding, XLSX, the XLS of old, and JSON records.
//!
//! **Problem.** The same list arrives as UTF-8 from one colleague, as Windows-1250 from another and as Mac Roman with
//! carriage returns from a spreadsheet of 2009. A reader that guesses silently turns `Côte d'Ivoire` into `C™te d'Ivoire`
//! and nobody sees it until a report is printed.
//!
//! **Method.** [`read`] finds the kind of file by its content, decodes a CSV by the encoding whose letters stand where
//! letters stand ([`EncodingFound`] says which, by how much it won, and shows words for a person to judge), splits it
//! by the delimiter that gives every row the same number of fields, and returns a [`Table`] whose rows keep the number
//! that a spreadsheet would show. Nothing is dropped: a row with too many or too few fields is in [`Table::uneven`].
//! Formulas are read by the value that was saved with them and never computed.
//!
//! For lists of hundreds of thousands of rows [`Sheet`] is the same table in less memory, read on several threads.
//!
//! **Bounds.** [`Limits`] hold for bytes, rows, columns, the length of a cell and what a ZIP may unpack to; a workbook
//! is measured before it is opened. Time and memory are linear in the file.
//!
//! ```
//! use mandate_tabular::{Limits, read};
//! # fn main() -> Result<(), mandate_tabular::ReadError> {
//! // "Đakovica" in Windows-1250, with semicolons.
//! let table = read(b"place;year\r\n\xD0akovica;1999\r\n", "list.csv", None, &Limits::default())?;
//! assert_eq!(table.columns, ["place", "year"]);
//! assert_eq!((table.rows[0].number, table.rows[0].cells[1].as_str()), (2, "1999"));
//! # Ok(())
//! # }
//! ```

mod decode;
mod formulas;
mod records;
mod separated;
mod sheet;
mod workbook;

pub use decode::{ENCODINGS, EncodingFound};
pub use formulas::{neutralise, restore};
pub use sheet::{Sheet, SheetRow};

use thiserror::Error;

/// How large a file may be.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Rows, the header not counted.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Characters of a cell.
    pub cell: usize,
    /// Bytes that a workbook may unpack to.
    pub unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 200 << 20,
            rows: 1_000_000,
            columns: 512,
            cell: 1_000_000,
            unpacked: 1 << 30,
        }
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text with a delimiter.
    Separated,
    /// An Excel workbook of 2007 or later, or an OpenDocument one.
    Workbook,
    /// An Excel workbook of before.
    OldWorkbook,
    /// A JSON array of records.
    Records,
}

/// A table with its header.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What the file is.
    pub kind: Kind,
    /// How it was decoded; nothing for a workbook.
    pub encoding: Option<EncodingFound>,
    /// What stands between the fields; nothing for a workbook.
    pub delimiter: Option<char>,
    /// The header's fields; an empty one is called by its letter, a repeated one gets a number.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows that have another number of fields than the header: their number and how many they have. They are in
    /// `rows` too, filled up or cut.
    pub uneven: Vec<(usize, usize)>,
    /// Cells that hold a formula, as `A7`; their saved value was read.
    pub formulas: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in a spreadsheet, the header being 1.
    pub number: usize,
    /// As many as there are columns.
    pub cells: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is of a kind that is not read here.
    #[error(
        "the file is not a table that can be read (CSV, XLSX, XLS or JSON); it looks like {found}"
    )]
    NotATable {
        /// What it looks like: `png`, `pdf`, `binary`.
        found: &'static str,
    },
    /// It is larger than allowed.
    #[error("the file has {found} {what}; at most {most} are read")]
    TooLarge {
        /// `bytes`, `rows`, `columns`, `characters`, `unpacked`.
        what: &'static str,
        /// How many there are, as far as counted.
        found: u64,
        /// How many there may be.
        most: u64,
        /// The row, where one is at fault.
        row: Option<usize>,
    },
    /// It is damaged.
    #[error("the file is damaged{}: {cause}", row.map(|row| format!(" in row {row}")).unwrap_or_default())]
    Damaged {
        /// Where.
        row: Option<usize>,
        /// What the reader says.
        cause: String,
    },
    /// It is protected by a password.
    #[error("the workbook is protected by a password; save it without one")]
    Encrypted,
    /// The encoding that was asked for is none that is known.
    #[error("the encoding {0:?} is not known")]
    UnknownEncoding(String),
}

/// Reads a file. `encoding` overrides what would be found (one of [`ENCODINGS`]).
///
/// # Errors
/// [`ReadError`], always before anything is given out.
pub fn read(
    bytes: &[u8],
    _file_name: &str,
    encoding: Option<&str>,
    limits: &Limits,
) -> Result<Table, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    too_large("bytes", bytes.len(), limits.bytes, None)?;
    match bytes {
        [b'P', b'K', 3, 4, ..] => workbook::read(bytes, Kind::Workbook, limits),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => workbook::read(bytes, Kind::OldWorkbook, limits),
        [0x89, b'P', b'N', b'G', ..] => Err(ReadError::NotATable { found: "png" }),
        [b'%', b'P', b'D', b'F', ..] => Err(ReadError::NotATable { found: "pdf" }),
        _ if records::looks_like(bytes) => records::read(bytes, limits),
        _ => separated::read(bytes, encoding, limits),
    }
}

pub(crate) fn too_large(
    what: &'static str,
    found: usize,
    most: usize,
    row: Option<usize>,
) -> Result<(), ReadError> {
    if found <= most {
        return Ok(());
    }
    Err(ReadError::TooLarge {
        what,
        found: found as u64,
        most: most as u64,
        row,
    })
}

/// The letter of a column, from 0: `A`, `B`, … `AA`.
pub fn letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut n = column + 1;
    while n > 0 {
        n -= 1;
        letters.push(char::from(b'A' + (n % 26) as u8));
        n /= 26;
    }
    letters.iter().rev().collect()
}

pub(crate) fn header(fields: Vec<String>) -> Vec<String> {
    let mut columns: Vec<String> = Vec::with_capacity(fields.len());
    for (at, field) in fields.into_iter().enumerate() {
        let plain = field.trim().trim_start_matches('\u{feff}').to_owned();
        let name = if plain.is_empty() { letter(at) } else { plain };
        let mut unique = name.clone();
        let mut n = 2;
        while columns.contains(&unique) {
            unique = format!("{name} ({n})");
            n += 1;
        }
        columns.push(unique);
    }
    columns
}
