//! Texts that laboratories and other programs write, read into records and written again.
//!
//! A reader takes a text and the name of its file and gives records; every record knows its [`Place`], so that whatever is
//! found wrong later is shown with file, line and field. A reader judges only the form of the text. Whether the records
//! agree with one another is asked by [`crate::check`].
//!
//! | Module | Text |
//! |---|---|
//! | [`pedigrees`] | CSV, one person a line: `family,id,father,mother,sex,role` |
//! | [`profiles`] | CSV, long (one marker a line) or wide (one sample a line) |
//! | [`frequencies`] | CSV, long (`marker,allele,frequency`) or wide (one column a marker) |
//! | [`fam`] | the text that Familias 3 writes (`.fam`), with its section for identification (DVI) |
//! | [`dvi`] | the small layout of the test examples (`#PM`, `#AM`, `#FREQ`) |
//! | [`circumstances`] | CSV: what is known besides DNA |
//! | [`haplotypes`] | CSV: how often a Y or mitochondrial haplotype stands in a database |
//! | [`xml`] | persons, samples and tables of one case as XML; profiles of a laboratory (`CODISImportFile`) |
//!
//! What is written reads back as the same records. CSV may be separated by commas, semicolons or tabs, begin with a byte
//! order mark and hold lines of remarks that begin with `#`. Column names are read in either case; the usual synonyms are
//! known. Cells that a spreadsheet would take for a formula are written with an apostrophe before them, which reading
//! takes away again.

pub mod circumstances;
mod codis;
pub mod dvi;
pub mod fam;
mod fam_dvi;
mod fam_write;
pub mod frequencies;
pub mod haplotypes;
pub mod pedigrees;
pub mod profiles;
mod records;
mod table;
pub mod xml;

use std::fmt;

pub use records::{
    Contents, FrequencyRow, MarkerRow, PersonRow, Place, Role, SampleRow, TableRow, allele, sex,
    sex_word,
};

/// The longest text that is read, in bytes.
pub const LONGEST: usize = 256 << 20;

/// What is wrong with the form of a text, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The text is longer than [`LONGEST`].
    #[error("{file}: {bytes} bytes are more than the {LONGEST} that are read; split the file")]
    TooLong {
        /// The file.
        file: String,
        /// Its length.
        bytes: usize,
    },
    /// There is nothing in the text.
    #[error("{file}: the file is empty")]
    Empty {
        /// The file.
        file: String,
    },
    /// A column is missing.
    #[error("{place}: there is no column \"{column}\"; there are {found}")]
    MissingColumn {
        /// The line with the names of the columns.
        place: Place,
        /// The column that is needed.
        column: &'static str,
        /// The columns that are there.
        found: String,
    },
    /// A column comes twice.
    #[error("{place}: the column comes twice; delete one of them")]
    ColumnTwice {
        /// The column.
        place: Place,
    },
    /// A line has cells beyond the last column.
    #[error("{place}: the line has {found} cells, the first line names {columns} columns")]
    TooManyCells {
        /// The line.
        place: Place,
        /// Cells in the line.
        found: usize,
        /// Columns named.
        columns: usize,
    },
    /// A value is not of the kind that stands there.
    #[error("{place}: \"{value}\" is not {expected}")]
    Value {
        /// The cell or line.
        place: Place,
        /// What stands there, cut to 60 characters.
        value: String,
        /// What could stand there.
        expected: &'static str,
    },
    /// A value that must stand there is missing.
    #[error("{place}: {expected} is missing")]
    Missing {
        /// The cell or line.
        place: Place,
        /// What must stand there.
        expected: &'static str,
    },
    /// The text ends where more must follow.
    #[error("{place}: the text ends; {expected} should follow")]
    Ends {
        /// The last line.
        place: Place,
        /// What should follow.
        expected: &'static str,
    },
    /// The text is not XML, or not CSV that can be taken apart.
    #[error("{place}: the text cannot be taken apart: {why}")]
    Broken {
        /// Where.
        place: Place,
        /// The parser's reason.
        why: String,
    },
    /// Something that the format knows and this program does not.
    #[error("{place}: {what} cannot be read here yet; nothing was guessed")]
    NotKnown {
        /// Where.
        place: Place,
        /// What it is.
        what: &'static str,
    },
}

/// All that is wrong with the form of a text, at most [`FormatErrors::MOST`], in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatErrors(Vec<FormatError>);

impl FormatErrors {
    /// How many are kept; who mends so many reads the file again anyway.
    pub const MOST: usize = 100;

    /// The errors.
    pub fn errors(&self) -> &[FormatError] {
        &self.0
    }
}

impl fmt::Display for FormatErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for FormatErrors {}

impl From<FormatError> for FormatErrors {
    fn from(error: FormatError) -> Self {
        Self(vec![error])
    }
}

/// Errors while reading goes on.
#[derive(Debug, Default)]
struct Errors(Vec<FormatError>);

impl Errors {
    fn push(&mut self, error: FormatError) {
        if self.0.len() < FormatErrors::MOST {
            self.0.push(error);
        }
    }

    /// The value of a result, or nothing with the error kept.
    fn take<T>(&mut self, result: Result<T, FormatError>) -> Option<T> {
        result.map_err(|e| self.push(e)).ok()
    }

    fn or<T>(self, value: T) -> Result<T, FormatErrors> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(FormatErrors(self.0))
        }
    }
}

/// The first characters of a value, for a message.
fn short(value: &str) -> String {
    if value.chars().count() > 60 {
        value.chars().take(59).chain(['…']).collect()
    } else {
        value.to_owned()
    }
}
