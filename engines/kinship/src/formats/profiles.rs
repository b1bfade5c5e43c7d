//! Profiles as CSV.
//!
//! *Long*: one marker of one sample a line, `sample,person,marker,allele1,allele2` (`allele3` and more where a laboratory
//! saw more). *Wide*: one sample a line, `sample,person`, then for each marker one column (`15/16`) or two (`D3S1358_1`,
//! `D3S1358_2`, also with a space or a point before the number, or the name twice with `allele1`/`allele2` after it).
//! A column `family` names the family where persons of two families have the same id; `sex` is read where it stands.
//! `person` is empty for remains.
//!
//! In a cell of one column the alleles are separated by `/`, `,`, `;`, `|` or a space; `-` alone, an empty cell, `NA` and
//! `?` mean that the marker gave nothing. One allele alone (`15` or `15/-`) means that one was seen and nothing is said
//! of the other: a homozygote is written `15/15`.

use std::collections::HashMap;

use super::{
    Errors, FormatError, FormatErrors, MarkerRow, Place, SampleRow, allele, sex, sex_word, short,
    table::{Line, Table, id, written},
};
use crate::Sex;

const PERSON: &[&str] = &["person", "person_id", "individual", "donor"];
const FAMILY: &[&str] = &["family", "family_id", "famid"];
const SEX: &[&str] = &["sex", "gender"];
const SAMPLE: &[&str] = &["sample", "sample_name", "sample_id", "remains", "specimen"];

/// Reads profiles in either layout: a column `marker` makes it long.
///
/// ```
/// use mandate_kinship::formats::profiles::read;
/// let long = read("sample,person,marker,allele1,allele2\nB7,,TH01,6,9.3\n", "a.csv").unwrap();
/// let wide = read("sample,person,TH01\nB7,,6/9.3\n", "b.csv").unwrap();
/// assert_eq!(long[0].markers[0].alleles, wide[0].markers[0].alleles);
/// assert!(long[0].person.is_none());
/// ```
///
/// # Errors
/// All cells that cannot be read, with line and field.
pub fn read(text: &str, file: &str) -> Result<Vec<SampleRow>, FormatErrors> {
    let table = Table::read(text, file)?;
    let mut errors = Errors::default();
    let Some(sample) = errors.take(table.needed(SAMPLE)) else {
        return errors.or(Vec::new());
    };
    let read = Reader {
        sample,
        person: table.column(PERSON),
        family: table.column(FAMILY),
        sex: table.column(SEX),
        table: &table,
    };
    let samples = match table.column(&["marker", "locus", "system"]) {
        Some(marker) => read.long(marker, &mut errors),
        None => read.wide(&mut errors),
    };
    errors.or(samples)
}

struct Reader<'a> {
    table: &'a Table,
    sample: usize,
    person: Option<usize>,
    family: Option<usize>,
    sex: Option<usize>,
}

impl Reader<'_> {
    /// The sample that a line speaks of, without markers.
    fn sample(&self, line: &Line, errors: &mut Errors) -> Option<SampleRow> {
        let named = |column: Option<usize>| column.and_then(|c| id(line.cell(c)));
        let sample = errors.take(self.table.text(line, self.sample, "the sample's name"))?;
        let sex = match self.sex {
            None => Sex::Unknown,
            Some(column) => {
                errors.take(sex(line.cell(column)).ok_or_else(|| FormatError::Value {
                    place: self.table.place(line, column),
                    value: short(line.cell(column)),
                    expected: "male, female or unknown",
                }))?
            }
        };
        Some(SampleRow {
            sample,
            family: named(self.family),
            person: named(self.person),
            sex,
            markers: Vec::new(),
            place: line.place.clone(),
        })
    }

    fn long(&self, marker: usize, errors: &mut Errors) -> Vec<SampleRow> {
        let alleles: Vec<usize> = (0..self.table.names.len())
            .filter(|c| {
                let name = self.table.names[*c].to_ascii_lowercase();
                let name = name.replace([' ', '_', '.'], "");
                name.strip_prefix("allele")
                    .or_else(|| name.strip_prefix('a'))
                    .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            })
            .collect();
        if alleles.is_empty() {
            errors.push(FormatError::MissingColumn {
                place: self.table.head.clone(),
                column: "allele1",
                found: short(&self.table.names.join(", ")),
            });
            return Vec::new();
        }
        let mut samples: Vec<SampleRow> = Vec::new();
        let mut known: HashMap<(String, Option<String>, Option<String>), usize> = HashMap::new();
        for line in &self.table.lines {
            let Some(sample) = self.sample(line, errors) else {
                continue;
            };
            let Some(marker) = errors.take(self.table.text(line, marker, "the marker's name"))
            else {
                continue;
            };
            let mut seen = Vec::new();
            for column in &alleles {
                let place = self.table.place(line, *column);
                seen.extend(errors.take(one(line.cell(*column), &place)).flatten());
            }
            // The lines of a sample need not stand together.
            let key = (
                sample.sample.clone(),
                sample.family.clone(),
                sample.person.clone(),
            );
            let at = *known.entry(key).or_insert_with(|| {
                samples.push(sample);
                samples.len() - 1
            });
            samples[at].markers.push(MarkerRow {
                marker,
                alleles: seen,
                place: line.place.clone(),
            });
        }
        samples
    }

    fn wide(&self, errors: &mut Errors) -> Vec<SampleRow> {
        let told = [Some(self.sample), self.person, self.family, self.sex];
        let markers = self.marker_columns(&told);
        if markers.is_empty() {
            errors.push(FormatError::MissingColumn {
                place: self.table.head.clone(),
                column: "marker",
                found: short(&self.table.names.join(", ")),
            });
            return Vec::new();
        }
        let mut samples = Vec::with_capacity(self.table.lines.len());
        for line in &self.table.lines {
            let Some(mut sample) = self.sample(line, errors) else {
                continue;
            };
            for (marker, columns) in &markers {
                let mut alleles = Vec::new();
                for column in columns {
                    let place = self.table.place(line, *column);
                    let cell = line.cell(*column);
                    if columns.len() == 1 {
                        alleles.extend(
                            errors
                                .take(several(cell, &place, self.table.comma_is_decimal))
                                .unwrap_or_default(),
                        );
                    } else {
                        alleles.extend(errors.take(one(cell, &place)).flatten());
                    }
                }
                if !alleles.is_empty() {
                    sample.markers.push(MarkerRow {
                        marker: marker.clone(),
                        alleles,
                        place: line.place.field(marker),
                    });
                }
            }
            samples.push(sample);
        }
        samples
    }

    /// Markers with their columns: a name of its own is one column; a name that differs by a number at its end is several.
    fn marker_columns(&self, told: &[Option<usize>]) -> Vec<(String, Vec<usize>)> {
        let mut markers: Vec<(String, Vec<usize>)> = Vec::new();
        for (column, name) in self.table.names.iter().enumerate() {
            if name.is_empty() || told.contains(&Some(column)) {
                continue;
            }
            let stem = stem(name).filter(|stem| {
                // `PENTA_1` with nothing else of that stem is a marker's own name.
                let of_stem = |n: &String| self::stem(n).is_some_and(|s| s == *stem);
                self.table.names.iter().filter(|n| of_stem(n)).count() > 1
            });
            let marker = stem.unwrap_or(name);
            match markers.iter_mut().find(|(m, _)| m == marker) {
                Some((_, columns)) if stem.is_some() => columns.push(column),
                _ => markers.push((marker.to_owned(), vec![column])),
            }
        }
        markers
    }
}

/// `TH01_1`, `TH01 2`, `TH01.1`, `TH01 allele 1` without what follows the marker's name.
fn stem(name: &str) -> Option<&str> {
    let rest = name.strip_suffix(['1', '2', '3'])?;
    let rest = rest.trim_end();
    let bare = rest.len().checked_sub("allele".len()).and_then(|at| {
        rest.get(at..)
            .filter(|e| e.eq_ignore_ascii_case("allele"))
            .and(rest.get(..at))
    });
    let (rest, separated) = match bare {
        Some(bare) => (bare, true),
        None => (rest, name.len() > rest.len() + 1),
    };
    let cut = rest.trim_end_matches([' ', '_', '.', '-']);
    ((separated || cut.len() < rest.len()) && !cut.is_empty()).then_some(cut)
}

fn one(cell: &str, place: &Place) -> Result<Option<String>, FormatError> {
    allele(cell).map_err(|expected| FormatError::Value {
        place: place.clone(),
        value: short(cell),
        expected,
    })
}

fn several(cell: &str, place: &Place, comma_is_decimal: bool) -> Result<Vec<String>, FormatError> {
    let separator = |c: char| matches!(c, '/' | ';' | '|' | ' ') || (c == ',' && !comma_is_decimal);
    let mut alleles = Vec::new();
    for part in cell.split(separator) {
        alleles.extend(one(part, place)?);
    }
    Ok(alleles)
}

/// Writes profiles in the long layout.
pub fn write_long(samples: &[SampleRow]) -> String {
    let most = samples
        .iter()
        .flat_map(|s| &s.markers)
        .map(|m| m.alleles.len())
        .max()
        .unwrap_or(0)
        .max(2);
    let named: Vec<String> = (1..=most).map(|n| format!("allele{n}")).collect();
    let mut head = vec!["sample", "family", "person", "sex", "marker"];
    head.extend(named.iter().map(String::as_str));
    written(std::iter::once(head).chain(samples.iter().flat_map(|s| {
        s.markers.iter().map(move |m| {
            let mut row = vec![
                s.sample.as_str(),
                s.family.as_deref().unwrap_or_default(),
                s.person.as_deref().unwrap_or_default(),
                sex_word(s.sex),
                m.marker.as_str(),
            ];
            row.extend((0..most).map(|at| m.alleles.get(at).map_or("", String::as_str)));
            row
        })
    })))
}

/// Writes profiles in the wide layout, one column a marker.
pub fn write_wide(samples: &[SampleRow]) -> String {
    let mut markers: Vec<&str> = Vec::new();
    for marker in samples.iter().flat_map(|s| &s.markers) {
        if !markers.contains(&marker.marker.as_str()) {
            markers.push(&marker.marker);
        }
    }
    let cells: Vec<Vec<String>> = samples
        .iter()
        .map(|s| {
            let typed: HashMap<&str, &MarkerRow> =
                s.markers.iter().map(|m| (m.marker.as_str(), m)).collect();
            markers
                .iter()
                .map(|m| {
                    typed
                        .get(m)
                        .map_or_else(String::new, |m| m.alleles.join("/"))
                })
                .collect()
        })
        .collect();
    let mut head = vec!["sample", "family", "person", "sex"];
    head.extend(&markers);
    written(
        std::iter::once(head).chain(samples.iter().zip(&cells).map(|(s, cells)| {
            let mut row = vec![
                s.sample.as_str(),
                s.family.as_deref().unwrap_or_default(),
                s.person.as_deref().unwrap_or_default(),
                sex_word(s.sex),
            ];
            row.extend(cells.iter().map(String::as_str));
            row
        })),
    )
}
