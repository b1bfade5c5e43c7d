//! Documents that leave the office: one [`Report`] and four writers.
//!
//! The crate knows no labels, no database and no clock. The caller passes finished text in the reader's language;
//! the same report always gives the same bytes.
//!
//! - [`docx()`]: a document an officer goes on working in.
//! - [`xlsx()`]: a sheet for each table, typed cells, no formula.
//! - [`pdf()`]: a tagged document for reading and printing.
//! - [`csv()`]: one table, UTF-8, cells that begin like a formula neutralised.

mod clean;
mod csv;
mod docx;
mod docx_parts;
mod format;
mod pdf;
mod report;
mod xlsx;

pub use crate::clean::{clean, defused, neutralised};
pub use crate::csv::csv;
pub use crate::docx::docx;
pub use crate::format::{Format, write};
pub use crate::pdf::pdf;
pub use crate::report::{
    Block, Cell, Column, Emphasis, Figure, KeyValue, Kind, NumberedItem, Report, Span, Table,
};
pub use crate::xlsx::xlsx;

/// Why a document could not be written. The English text is for the log; a page shows its own label.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A spreadsheet needs at least one table and a CSV exactly one; `found` is how many the report holds.
    #[error("the format cannot hold {found} tables")]
    Tables {
        /// How many tables the report holds.
        found: usize,
    },
    /// A row has another number of cells than the table has columns. Counted from 0.
    #[error("table {table}, row {row}: {cells} cells for {columns} columns")]
    Row {
        /// The table, in the order of the report, from 0.
        table: usize,
        /// The row, from 0, without the header.
        row: usize,
        /// Cells found.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A text is longer than a spreadsheet cell holds (32,767 UTF-16 units). Counted from 0; row 0 is the header.
    #[error(
        "table {table}, row {row}, column {column}: the text is too long for a spreadsheet cell"
    )]
    CellTooLong {
        /// The table, in the order of the report, from 0.
        table: usize,
        /// The row of the sheet, from 0; the header is row 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// The spreadsheet writer refused (for instance more rows than a sheet holds).
    #[error("spreadsheet: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The page could not be set.
    #[error("PDF: {0}")]
    Pdf(String),
    /// The CSV writer refused.
    #[error("CSV: {0}")]
    Csv(#[from] ::csv::Error),
    /// The package of the DOCX could not be closed.
    #[error("package: {0}")]
    Package(#[from] zip::result::ZipError),
    /// Writing to memory failed.
    #[error("write: {0}")]
    Io(#[from] std::io::Error),
}
