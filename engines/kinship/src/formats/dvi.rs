//! The small layout of the test examples: remains, families and table in one text, separated by tabs (shown as →).
//!
//! ```text
//! #dataset invented; missing: M1
//! #PM
//! V1 → 1 → 6/9.3
//! #AM F1
//! R1 → 0 → 0 → 2 → 6/7
//! M1 → 0 → R1 → 1 → -/-
//! #FREQ
//! TH01 → none → 6=0.2 → 7=0.2 → 9.3=0.6
//! ```
//!
//! A line of remains is name, sex and genotypes; a line of a family is id, father, mother, sex and genotypes; genotypes
//! stand in the order of the markers below `#FREQ`. The second cell there is `none`, or the models of both sexes:
//! `female{equal,rate=0.001,rate2=,range=} male{…}`.

use std::sync::Arc;

use super::{
    Contents, Errors, FormatError, FormatErrors, FrequencyRow, LONGEST, MarkerRow, PersonRow,
    Place, Role, SampleRow, TableRow, allele, sex, short, table::id,
};
use crate::{Mutation, MutationModel};

enum Part {
    Head,
    Remains,
    Family(String),
    Table,
}

/// A sample with its genotypes as text, until the markers are known.
struct Waiting {
    sample: SampleRow,
    genotypes: Vec<String>,
}

/// Reads such a text.
///
/// # Errors
/// All lines that cannot be read.
pub fn read(text: &str, file: &str) -> Result<Contents, FormatErrors> {
    if text.len() > LONGEST {
        return Err(FormatError::TooLong {
            file: file.to_owned(),
            bytes: text.len(),
        }
        .into());
    }
    let file: Arc<str> = Arc::from(file);
    let mut errors = Errors::default();
    let mut contents = Contents::default();
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    let mut part = Part::Head;
    for (at, line) in text.lines().enumerate() {
        let place = Place::line(&file, at + 1);
        let line = line.trim_end();
        if line.is_empty() {
            continue;
        }
        if let Some(heading) = line.strip_prefix('#') {
            part = match heading.split_whitespace().next() {
                Some("PM") => Part::Remains,
                Some("AM") => {
                    Part::Family(heading.strip_prefix("AM").unwrap_or("").trim().to_owned())
                }
                Some("FREQ") => Part::Table,
                _ => {
                    if let Some((_, names)) = heading.split_once("missing:") {
                        missing.extend(names.split(',').map(|n| n.trim().to_owned()));
                    }
                    Part::Head
                }
            };
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let read = match &part {
            Part::Head => Err(FormatError::Value {
                place,
                value: short(line),
                expected: "#PM, #AM or #FREQ before the first line",
            }),
            Part::Remains => person(&cells, &place, None).map(|(_, sample)| waiting.push(sample)),
            Part::Family(family) => person(&cells, &place, Some(family)).map(|(person, sample)| {
                contents.persons.extend(person);
                if sample.genotypes.iter().any(|g| g.as_str() != "-/-") {
                    waiting.push(sample);
                }
            }),
            Part::Table => marker(&cells, &place).map(|row| contents.table.push(row)),
        };
        errors.take(read);
    }
    for person in &mut contents.persons {
        if missing.contains(&person.id) {
            person.role = Role::Missing;
        }
    }
    for Waiting {
        mut sample,
        genotypes,
    } in waiting
    {
        if genotypes.len() > contents.table.len() {
            errors.push(FormatError::TooManyCells {
                place: sample.place.clone(),
                found: genotypes.len(),
                columns: contents.table.len(),
            });
            continue;
        }
        for (text, row) in genotypes.iter().zip(&contents.table) {
            let place = sample.place.field(row.marker.clone());
            let alleles: Result<Vec<String>, _> = text
                .split('/')
                .map(|part| {
                    allele(part).map_err(|expected| FormatError::Value {
                        place: place.clone(),
                        value: short(part),
                        expected,
                    })
                })
                .filter_map(Result::transpose)
                .collect();
            if let Some(alleles) = errors.take(alleles).filter(|a| !a.is_empty()) {
                sample.markers.push(MarkerRow {
                    marker: row.marker.clone(),
                    alleles,
                    place,
                });
            }
        }
        contents.samples.push(sample);
    }
    errors.or(contents)
}

fn person(
    cells: &[&str],
    place: &Place,
    family: Option<&str>,
) -> Result<(Option<PersonRow>, Waiting), FormatError> {
    let before = if family.is_some() { 4 } else { 2 };
    let (told, genotypes) = cells
        .split_at_checked(before)
        .filter(|(told, _)| !told[0].is_empty())
        .ok_or_else(|| FormatError::Missing {
            place: place.clone(),
            expected: "name and sex (in a family: id, father, mother, sex)",
        })?;
    let sex_text = told[before - 1];
    let sex = sex(sex_text).ok_or_else(|| FormatError::Value {
        place: place.field("sex"),
        value: short(sex_text),
        expected: "1, 2 or 0",
    })?;
    let person = family.map(|family| PersonRow {
        family: family.to_owned(),
        id: told[0].to_owned(),
        father: id(told[1]),
        mother: id(told[2]),
        sex,
        role: Role::Relative,
        place: place.clone(),
    });
    let sample = SampleRow {
        sample: told[0].to_owned(),
        family: family.map(str::to_owned),
        person: person.as_ref().map(|p| p.id.clone()),
        sex,
        markers: Vec::new(),
        place: place.clone(),
    };
    let genotypes = genotypes.iter().map(|g| (*g).to_owned()).collect();
    Ok((person, Waiting { sample, genotypes }))
}

fn marker(cells: &[&str], place: &Place) -> Result<TableRow, FormatError> {
    let [name, model, alleles @ ..] = cells else {
        return Err(FormatError::Missing {
            place: place.clone(),
            expected: "marker, model and frequencies",
        });
    };
    let [female, male] = ["female", "male"].map(|sex| mutation(model, sex, place));
    let mutation = Mutation {
        female: female?,
        male: male?,
    };
    let mut rows = Vec::with_capacity(alleles.len());
    for cell in alleles {
        let wrong = |expected| FormatError::Value {
            place: place.field(*name),
            value: short(cell),
            expected,
        };
        let (label, number) = cell
            .split_once('=')
            .ok_or_else(|| wrong("allele=frequency"))?;
        let label = allele(label)
            .map_err(wrong)?
            .ok_or_else(|| wrong("allele=frequency"))?;
        let frequency = number
            .parse::<f64>()
            .ok()
            .filter(|f| (0.0..=1.0).contains(f))
            .ok_or_else(|| wrong("a frequency from 0 to 1"))?;
        rows.push(FrequencyRow {
            allele: label,
            frequency,
            place: place.clone(),
        });
    }
    Ok(TableRow {
        marker: (*name).to_owned(),
        alleles: rows,
        mutation: Some(mutation),
        counted: None,
        place: place.clone(),
    })
}

fn mutation(text: &str, sex: &str, place: &Place) -> Result<MutationModel, FormatError> {
    if text == "none" {
        return Ok(MutationModel::None);
    }
    let wrong = || FormatError::Value {
        place: place.field(sex),
        value: short(text),
        expected: "none, or the models of both sexes in braces",
    };
    let inner = text
        .split_whitespace()
        .find_map(|part| part.strip_prefix(sex)?.strip_prefix('{'))
        .and_then(|rest| rest.split_once('}'))
        .ok_or_else(wrong)?
        .0;
    let mut parts = inner.split(',');
    let name = parts.next().unwrap_or_default();
    let mut numbers = [0.0; 3];
    for part in parts {
        let (key, value) = part.split_once('=').ok_or_else(wrong)?;
        let slot = match key {
            "rate" => &mut numbers[0],
            "rate2" => &mut numbers[1],
            "range" => &mut numbers[2],
            _ => return Err(wrong()),
        };
        if !value.is_empty() {
            *slot = value
                .parse()
                .ok()
                .filter(|v: &f64| v.is_finite() && *v >= 0.0)
                .ok_or_else(wrong)?;
        }
    }
    let [rate, rate2, range] = numbers;
    match name {
        "equal" => Ok(MutationModel::Equal { rate }),
        "proportional" => Ok(MutationModel::Proportional { rate }),
        "stepwise" => Ok(MutationModel::Stepwise { rate, rate2, range }),
        _ => Err(wrong()),
    }
}
