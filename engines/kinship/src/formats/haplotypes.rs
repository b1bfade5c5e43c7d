//! How often the Y or mitochondrial haplotype of remains stands in a database, as CSV:
//! `sample,kind,seen,of,once,database`.
//!
//! `sample` names the remains, `kind` is `Y` or `mt`. `seen` people of `of` in the database have the haplotype, at the
//! markers that the remains show; `once` is how many haplotypes the database holds that were seen once, where that is
//! known. `database` says which and of what day, and is shown in the report.

use super::{
    Errors, FormatError, FormatErrors, Place, short,
    table::{Line, Table},
};
use crate::{Kind, screen::Count};

/// A haplotype that was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct HaplotypeRow {
    /// The remains, by the sample's name.
    pub sample: String,
    /// [`Kind::Y`] or [`Kind::Mitochondrial`].
    pub kind: Kind,
    /// How often it was seen.
    pub count: Count,
    /// Which database it is.
    pub database: String,
    /// Where it stands.
    pub place: Place,
}

/// Reads such a text.
///
/// ```
/// let text = "sample,kind,seen,of,once,database\nB7,Y,0,1200,800,invented\nB7,mt,3,500,,invented\n";
/// let rows = mandate_kinship::formats::haplotypes::read(text, "h.csv").unwrap();
/// assert_eq!((rows[0].count.seen, rows[0].count.of, rows[0].count.once), (0, 1200, Some(800)));
/// assert_eq!(rows[1].kind, mandate_kinship::Kind::Mitochondrial);
/// ```
///
/// # Errors
/// All cells that cannot be read, with line and field.
pub fn read(text: &str, file: &str) -> Result<Vec<HaplotypeRow>, FormatErrors> {
    let table = Table::read(text, file)?;
    let mut errors = Errors::default();
    let mut needed = |names| errors.take(table.needed(names));
    let (sample, kind) = (needed(&["sample", "remains"]), needed(&["kind"]));
    let (seen, of) = (needed(&["seen"]), needed(&["of", "size"]));
    let (Some(sample), Some(kind), Some(seen), Some(of)) = (sample, kind, seen, of) else {
        return errors.or(Vec::new());
    };
    let columns = Columns {
        sample,
        kind,
        seen,
        of,
        once: table.column(&["once"]),
        database: table.column(&["database", "source"]),
    };
    let mut rows = Vec::with_capacity(table.lines.len());
    for line in &table.lines {
        rows.extend(errors.take(columns.row(&table, line)));
    }
    errors.or(rows)
}

struct Columns {
    sample: usize,
    kind: usize,
    seen: usize,
    of: usize,
    once: Option<usize>,
    database: Option<usize>,
}

impl Columns {
    fn row(&self, table: &Table, line: &Line) -> Result<HaplotypeRow, FormatError> {
        let word = line.cell(self.kind);
        let kind = match word.to_ascii_lowercase().as_str() {
            "y" => Kind::Y,
            "mt" | "mtdna" | "mitochondrial" => Kind::Mitochondrial,
            _ => {
                return Err(FormatError::Value {
                    place: table.place(line, self.kind),
                    value: short(word),
                    expected: "Y or mt",
                });
            }
        };
        let people = |column: usize| -> Result<Option<u32>, FormatError> {
            let text = line.cell(column);
            if text.is_empty() {
                return Ok(None);
            }
            text.parse().map(Some).map_err(|_| FormatError::Value {
                place: table.place(line, column),
                value: short(text),
                expected: "a number of people",
            })
        };
        let needed = |column: usize| {
            people(column)?.ok_or_else(|| FormatError::Missing {
                place: table.place(line, column),
                expected: "a number of people",
            })
        };
        let count = Count {
            seen: needed(self.seen)?,
            of: needed(self.of)?,
            once: self.once.map(people).transpose()?.flatten(),
        };
        let most = count.seen.max(count.once.unwrap_or(0));
        if count.of == 0 || most > count.of {
            return Err(FormatError::Value {
                place: table.place(line, self.of),
                value: count.of.to_string(),
                expected: "the size of the database, which is not below the other numbers",
            });
        }
        Ok(HaplotypeRow {
            sample: table.text(line, self.sample, "the sample's name")?,
            kind,
            count,
            database: self
                .database
                .map_or_else(String::new, |column| line.cell(column).to_owned()),
            place: line.place.clone(),
        })
    }
}
