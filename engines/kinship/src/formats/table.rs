//! CSV as laboratories write it: any of three separators, a byte order mark, remarks, columns in any order.

use std::sync::Arc;

use super::{Errors, FormatError, FormatErrors, LONGEST, Place, short};

/// A line of cells.
pub(super) struct Line {
    pub(super) place: Place,
    cells: Vec<String>,
}

/// A table with named columns.
pub(super) struct Table {
    pub(super) head: Place,
    /// The names as written.
    pub(super) names: Vec<String>,
    pub(super) lines: Vec<Line>,
    /// Whether a comma may stand for a decimal point.
    pub(super) comma_is_decimal: bool,
}

impl Table {
    pub(super) fn read(text: &str, file: &str) -> Result<Self, FormatErrors> {
        let name = file;
        let file: Arc<str> = Arc::from(file);
        if text.len() > LONGEST {
            return Err(FormatError::TooLong {
                file: name.to_owned(),
                bytes: text.len(),
            }
            .into());
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text
            .lines()
            .find(|l| !l.trim().is_empty() && !l.starts_with('#'))
            .ok_or_else(|| FormatError::Empty {
                file: name.to_owned(),
            })?;
        let separator = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(|s| first.bytes().filter(|b| b == s).count())
            .unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let mut errors = Errors::default();
        let mut head: Option<(Place, Vec<String>)> = None;
        let mut lines = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error
                        .position()
                        .map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
                    errors.push(FormatError::Broken {
                        place: Place::line(&file, line),
                        why: error.to_string(),
                    });
                    break;
                }
            };
            let line = record
                .position()
                .map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
            let place = Place::line(&file, line);
            let mut cells: Vec<String> = record.iter().map(plain).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            let Some((_, names)) = &head else {
                while cells.last().is_some_and(String::is_empty) {
                    cells.pop();
                }
                head = Some((place, cells));
                continue;
            };
            if cells[names.len().min(cells.len())..]
                .iter()
                .any(|c| !c.is_empty())
            {
                errors.push(FormatError::TooManyCells {
                    place,
                    found: cells.len(),
                    columns: names.len(),
                });
                continue;
            }
            lines.push(Line { place, cells });
        }
        let Some((head, names)) = head else {
            return Err(FormatError::Empty {
                file: name.to_owned(),
            }
            .into());
        };
        for (at, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..at].iter().any(|n| n.eq_ignore_ascii_case(name)) {
                errors.push(FormatError::ColumnTwice {
                    place: head.field(short(name)),
                });
            }
        }
        errors.or(Self {
            head,
            names,
            lines,
            comma_is_decimal: separator != b',',
        })
    }

    /// The column that has one of these names.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        self.names
            .iter()
            .position(|n| names.iter().any(|wanted| same_name(n, wanted)))
    }

    /// The column that has one of these names, which must be there.
    pub(super) fn needed(&self, names: &[&'static str]) -> Result<usize, FormatError> {
        self.column(names)
            .ok_or_else(|| FormatError::MissingColumn {
                place: self.head.clone(),
                column: names.first().copied().unwrap_or_default(),
                found: short(&self.names.join(", ")),
            })
    }

    /// A number in a cell; nothing for an empty one.
    pub(super) fn number(
        &self,
        line: &Line,
        column: usize,
        expected: &'static str,
    ) -> Result<Option<f64>, FormatError> {
        let text = line.cell(column);
        if text.is_empty() || text == "-" || text.eq_ignore_ascii_case("na") {
            return Ok(None);
        }
        let plain = if self.comma_is_decimal {
            text.replace(',', ".")
        } else {
            text.to_owned()
        };
        match plain.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => Err(FormatError::Value {
                place: self.place(line, column),
                value: short(text),
                expected,
            }),
        }
    }

    /// The place of a cell.
    pub(super) fn place(&self, line: &Line, column: usize) -> Place {
        line.place
            .field(self.names.get(column).map_or("", String::as_str))
    }

    /// The text of a cell that must not be empty.
    pub(super) fn text(
        &self,
        line: &Line,
        column: usize,
        expected: &'static str,
    ) -> Result<String, FormatError> {
        match line.cell(column) {
            "" => Err(FormatError::Missing {
                place: self.place(line, column),
                expected,
            }),
            text => Ok(text.to_owned()),
        }
    }
}

impl Line {
    /// A cell's text; empty where the line is shorter.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// The name of an id that may be missing: nothing for an empty cell, `0`, `-`, `*` or `NA`.
pub(super) fn id(text: &str) -> Option<String> {
    (!matches!(text, "" | "0" | "-" | "*") && !text.eq_ignore_ascii_case("na"))
        .then(|| text.to_owned())
}

fn same_name(written: &str, wanted: &str) -> bool {
    let fold = |c: char| match c {
        ' ' | '-' | '.' => '_',
        c => c.to_ascii_lowercase(),
    };
    written.chars().map(fold).eq(wanted.chars())
}

fn like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '@', '\t', '\r']) || (text.starts_with('-') && text.len() > 1)
}

/// A cell without the spaces around it and without the apostrophe that [`written`] put before it.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if like_a_formula(rest) || rest.starts_with(['#', '\'']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Writes rows as CSV. What begins like a formula, like a remark, or with an apostrophe gets an apostrophe before it.
pub(super) fn written<'a>(rows: impl Iterator<Item = Vec<&'a str>>) -> String {
    let mut out = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            let guard = like_a_formula(cell) || cell.starts_with(['#', '\'']);
            let quoted = cell.contains([',', '"', '\n', '\r', ';', '\t']);
            if quoted {
                out.push('"');
            }
            if guard {
                out.push('\'');
            }
            out.push_str(&cell.replace('"', "\"\""));
            if quoted {
                out.push('"');
            }
        }
        out.push('\n');
    }
    out
}
