//! The formats by name.

use crate::{Report, WriteError};

/// A format a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// Comma-separated values.
    Csv,
    /// For reading and printing.
    Pdf,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Docx, Self::Pdf, Self::Xlsx, Self::Csv];

    /// The media type, for `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Pdf => "application/pdf",
        }
    }

    /// The extension of a file, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Pdf => "pdf",
        }
    }

    /// The format with this extension, for a request.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == extension)
    }
}

/// Writes a report in a format. A CSV holds one table and nothing else: the report must have exactly one.
///
/// # Errors
/// Those of the writer; [`WriteError::Tables`] for a CSV of a report that does not have exactly one table.
pub fn write(report: &Report, format: Format) -> Result<Vec<u8>, WriteError> {
    match format {
        Format::Docx => crate::docx(report),
        Format::Xlsx => crate::xlsx(report),
        Format::Pdf => crate::pdf(report),
        Format::Csv => {
            let mut tables = report.tables();
            match (tables.next(), tables.count()) {
                (Some(table), 0) => crate::csv(table),
                (first, more) => Err(WriteError::Tables {
                    found: usize::from(first.is_some()) + more,
                }),
            }
        }
    }
}
