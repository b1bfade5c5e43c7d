//! The text that Familias 3 writes (`.fam`).
//!
//! The format has no published description. What is known of it comes from files that Familias 3.2.9 and 3.3.1 wrote and
//! from the documentation of the R package pedFamilias 0.2.4, which reads and writes it. Line by line:
//!
//! 1. two lines of preamble, the version, an empty string, the number of persons;
//! 2. each person: name, a flag, `-1` (with `(Consider dropouts)` where drop-out is considered), a flag, male or not, the
//!    number of typed markers, and for each the two alleles and the marker as numbers from 0;
//! 3. `"Known relations"`: unnamed women, unnamed men, the number of relations and for each parent and child by number;
//! 4. the number of pedigrees; each has a number, a name, unnamed women and men of its own and relations of its own;
//! 5. a flag with the coancestry, the number of markers, the name of the table; each marker has its rates (female, male),
//!    models (0 equal, 1 proportional, 2 stepwise, 3 stepwise made stationary, 4 extended stepwise), numbers of alleles,
//!    ranges, second rates, the silent allele, a line of remarks, and alleles with frequencies;
//! 6. after `[DVI]`, headings in brackets: unidentified persons and reference families with their pedigrees.
//!
//! *Verified* against two such files: persons, relations, pedigrees, markers, the section for identification.
//! *Not verified*, for want of a file: a table with a silent allele, a file with probabilities already computed, twins
//! ("Direct"), how an unknown sex is written, and whether Familias accepts what [`write()`] writes; the last follows
//! pedFamilias, whose files Familias opens.
//!
//! Pedigrees of one file are alternatives on the same persons; each is read as a family of its own.

use std::sync::Arc;

use super::{
    Contents, FormatError, FormatErrors, FrequencyRow, LONGEST, MarkerRow, PersonRow, Place,
    SampleRow, TableRow, allele, fam_dvi, short,
};
use crate::{Mutation, MutationModel, Sex};

pub use super::fam_write::write;

/// The most unnamed persons that a pedigree may have.
const MOST_UNNAMED: usize = 1_000;

/// Reads a `.fam` text.
///
/// # Errors
/// The first line that is not what must stand there, with what was expected.
pub fn read(text: &str, file: &str) -> Result<Contents, FormatErrors> {
    if text.len() > LONGEST {
        return Err(FormatError::TooLong {
            file: file.to_owned(),
            bytes: text.len(),
        }
        .into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(FormatError::Empty {
            file: file.to_owned(),
        }
        .into());
    }
    let mut lines = Lines {
        file: Arc::from(file),
        lines: text.lines().collect(),
        at: 0,
    };
    main(&mut lines).map_err(FormatErrors::from)
}

/// Lines with a cursor.
struct Lines<'a> {
    file: Arc<str>,
    lines: Vec<&'a str>,
    at: usize,
}

impl<'a> Lines<'a> {
    fn place(&self) -> Place {
        Place::line(&self.file, self.at)
    }

    fn next(&mut self, expected: &'static str) -> Result<&'a str, FormatError> {
        let line = self.lines.get(self.at).ok_or_else(|| FormatError::Ends {
            place: self.place(),
            expected,
        })?;
        self.at += 1;
        Ok(line.trim_end())
    }

    /// A string between quotes; without them it is taken as it is.
    fn string(&mut self, expected: &'static str) -> Result<String, FormatError> {
        Ok(self.next(expected)?.replace('"', ""))
    }

    fn wrong(&self, value: &str, expected: &'static str) -> FormatError {
        FormatError::Value {
            place: self.place(),
            value: short(value),
            expected,
        }
    }

    fn count(&mut self, expected: &'static str) -> Result<usize, FormatError> {
        let line = self.next(expected)?;
        line.trim().parse().map_err(|_| self.wrong(line, expected))
    }

    fn number(&mut self, expected: &'static str) -> Result<f64, FormatError> {
        let line = self.next(expected)?;
        match line.trim().parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => Ok(value),
            _ => Err(self.wrong(line, expected)),
        }
    }

    fn flag(&mut self, expected: &'static str) -> Result<bool, FormatError> {
        let line = self.next(expected)?;
        match line.split_whitespace().next() {
            Some("#TRUE#") => Ok(true),
            Some("#FALSE#") => Ok(false),
            _ => Err(self.wrong(line, expected)),
        }
    }

    fn unnamed(&mut self, expected: &'static str) -> Result<usize, FormatError> {
        let count = self.count(expected)?;
        if count > MOST_UNNAMED {
            return Err(self.wrong(&count.to_string(), "at most 1000 unnamed persons"));
        }
        Ok(count)
    }
}

/// A person of the first section, with genotypes by number.
struct Typed {
    id: String,
    sex: Sex,
    /// First allele, second allele, marker, line.
    genotypes: Vec<(usize, usize, usize, Place)>,
    place: Place,
}

/// Persons and who is whose parent; both by number.
#[derive(Clone)]
struct Relations {
    persons: Vec<(String, Sex, Place)>,
    parents: Vec<[Option<usize>; 2]>,
}

impl Relations {
    fn add(&mut self, women: usize, men: usize, place: &Place) {
        for (count, sex) in [(women, Sex::Female), (men, Sex::Male)] {
            for _ in 0..count {
                let number = self.persons.len() + 1;
                self.persons
                    .push((format!("unnamed {number}"), sex, place.clone()));
                self.parents.push([None, None]);
            }
        }
    }

    fn read(&mut self, lines: &mut Lines<'_>) -> Result<(), FormatError> {
        let relations = lines.count("the number of relations")?;
        for _ in 0..relations {
            const PARENT: &str = "a parent's number";
            let line = lines.next(PARENT)?;
            if line.contains("Direct") {
                return Err(FormatError::NotKnown {
                    place: lines.place(),
                    what: "a relation of identity (twins)",
                });
            }
            let parent = line
                .trim()
                .parse::<usize>()
                .ok()
                .filter(|p| *p < self.persons.len())
                .ok_or_else(|| lines.wrong(line, PARENT))?;
            let child = lines.count("a child's number")?;
            if child >= self.persons.len() {
                return Err(lines.wrong(&child.to_string(), "a child's number"));
            }
            let side = usize::from(self.persons[parent].1 == Sex::Female);
            let slot = &mut self.parents[child][side];
            if slot.is_some_and(|known| known != parent) {
                return Err(lines.wrong(line, "the only parent of that sex"));
            }
            *slot = Some(parent);
        }
        Ok(())
    }

    fn rows(&self, family: &str) -> Vec<PersonRow> {
        let name = |number: Option<usize>| number.map(|n| self.persons[n].0.clone());
        self.persons
            .iter()
            .zip(&self.parents)
            .map(|((id, sex, place), [father, mother])| PersonRow {
                family: family.to_owned(),
                id: id.clone(),
                father: name(*father),
                mother: name(*mother),
                sex: *sex,
                role: fam_dvi::role(id),
                place: place.clone(),
            })
            .collect()
    }
}

fn main(lines: &mut Lines<'_>) -> Result<Contents, FormatError> {
    let mut contents = Contents::default();
    let first = lines.next("the preamble")?;
    if !first.contains("Familias") {
        return Err(lines.wrong(first, "the first line of a file of Familias"));
    }
    lines.next("the preamble")?;
    lines.next("the version")?;
    if lines
        .lines
        .get(lines.at)
        .is_some_and(|l| l.replace('"', "").trim().is_empty())
    {
        lines.at += 1;
    }
    let typed = persons(lines)?;
    let mut all = Relations {
        persons: typed
            .iter()
            .map(|t| (t.id.clone(), t.sex, t.place.clone()))
            .collect(),
        parents: vec![[None, None]; typed.len()],
    };
    let heading = lines.string("\"Known relations\"")?;
    if heading != "Known relations" {
        return Err(lines.wrong(&heading, "\"Known relations\""));
    }
    let women = lines.unnamed("the number of unnamed women")?;
    let men = lines.unnamed("the number of unnamed men")?;
    let place = lines.place();
    all.add(women, men, &place);
    all.read(lines)?;
    let pedigrees = lines.count("the number of pedigrees")?;
    let mut families = Vec::new();
    for _ in 0..pedigrees {
        lines.count("a pedigree's number")?;
        let name = lines.string("a pedigree's name")?;
        let women = lines.unnamed("the number of unnamed women")?;
        let men = lines.unnamed("the number of unnamed men")?;
        let mut own = all.clone();
        own.add(women, men, &lines.place());
        own.read(lines)?;
        families.push((name, own));
    }
    let is_dvi = lines.lines.iter().any(|l| l.trim() == "[DVI]");
    if pedigrees == 0 && !all.persons.is_empty() && !is_dvi {
        families.push(("1".to_owned(), all));
    }
    if families.len() > 1 {
        contents.remarks.push((
            lines.place(),
            "the pedigrees are alternatives on the same persons; each is read as a family of its own"
                .to_owned(),
        ));
    }
    database(lines, &mut contents)?;
    for (name, relations) in &families {
        contents.persons.extend(relations.rows(name));
        samples(&typed, name, &mut contents)?;
    }
    if is_dvi {
        let from = lines
            .lines
            .iter()
            .position(|l| l.trim() == "[DVI]")
            .unwrap_or(lines.lines.len());
        fam_dvi::read(&lines.lines[from..], &lines.file, from, &mut contents)?;
    }
    Ok(contents)
}

fn persons(lines: &mut Lines<'_>) -> Result<Vec<Typed>, FormatError> {
    let count = lines.count("the number of persons")?;
    let mut typed = Vec::new();
    for _ in 0..count {
        let id = lines.string("a person's name")?;
        let place = lines.place();
        lines.next("a flag")?;
        lines.next("-1")?;
        lines.next("a flag")?;
        let male = lines.flag("#TRUE# for a man or #FALSE# for a woman")?;
        let markers = lines.count("the number of typed markers")?;
        let mut genotypes = Vec::new();
        for _ in 0..markers {
            let first = lines.count("an allele's number")?;
            let second = lines.count("an allele's number")?;
            let marker = lines.count("a marker's number")?;
            genotypes.push((first, second, marker, lines.place()));
        }
        typed.push(Typed {
            id,
            sex: if male { Sex::Male } else { Sex::Female },
            genotypes,
            place,
        });
    }
    Ok(typed)
}

fn samples(typed: &[Typed], family: &str, contents: &mut Contents) -> Result<(), FormatError> {
    for person in typed.iter().filter(|p| !p.genotypes.is_empty()) {
        let mut markers = Vec::with_capacity(person.genotypes.len());
        for (first, second, marker, place) in &person.genotypes {
            let wrong = |value: usize, expected| FormatError::Value {
                place: place.clone(),
                value: value.to_string(),
                expected,
            };
            let table = contents
                .table
                .get(*marker)
                .ok_or_else(|| wrong(*marker, "a marker's number"))?;
            let mut alleles = Vec::with_capacity(2);
            for number in [first, second] {
                let row = table
                    .alleles
                    .get(*number)
                    .ok_or_else(|| wrong(*number, "an allele's number"))?;
                alleles.push(row.allele.clone());
            }
            markers.push(MarkerRow {
                marker: table.marker.clone(),
                alleles,
                place: place.field(&table.marker),
            });
        }
        contents.samples.push(SampleRow {
            sample: person.id.clone(),
            family: Some(family.to_owned()),
            person: Some(person.id.clone()),
            sex: person.sex,
            markers,
            place: person.place.clone(),
        });
    }
    Ok(())
}

fn database(lines: &mut Lines<'_>, contents: &mut Contents) -> Result<(), FormatError> {
    let at = lines.at;
    let computed = lines.flag("#FALSE# and the coancestry")?;
    if computed {
        return Err(FormatError::NotKnown {
            place: lines.place(),
            what: "a file with probabilities already computed",
        });
    }
    contents.theta = after(lines.lines[at], "Theta/Kinship/Fst:");
    let markers = lines.count("the number of markers")?;
    if lines.flag("#TRUE# and a name of the table, or #FALSE#")? {
        lines.next("the name of the table")?;
    }
    for _ in 0..markers {
        let row = marker(lines, contents)?;
        contents.table.push(row);
    }
    Ok(())
}

/// The number after a label in a line of remarks.
fn after(line: &str, label: &str) -> Option<f64> {
    let rest = line.split_once(label)?.1;
    rest.split_whitespace()
        .next()
        .and_then(|n| n.trim_end_matches(')').parse().ok())
        .filter(|n: &f64| n.is_finite())
}

fn marker(lines: &mut Lines<'_>, contents: &mut Contents) -> Result<TableRow, FormatError> {
    let name = lines.string("a marker's name")?;
    let place = lines.place();
    let mut rates = [0.0; 2];
    for rate in &mut rates {
        *rate = lines.number("a mutation rate")?;
    }
    let mut codes = [0; 2];
    for code in &mut codes {
        *code = lines.count("a mutation model from 0 to 4")?;
        if *code > 4 {
            return Err(lines.wrong(&code.to_string(), "a mutation model from 0 to 4"));
        }
    }
    lines.count("the number of alleles")?;
    let mut ranges = [0.0; 2];
    for range in &mut ranges {
        *range = lines.number("a range of mutations")?;
    }
    let mut second = [0.0; 2];
    for rate in &mut second {
        *rate = lines.number("a second mutation rate")?;
    }
    let silent = lines.flag("#TRUE# for a silent allele or #FALSE#")?;
    let silent_frequency = lines.number("the silent allele's frequency")?;
    let line = lines.next("the number of alleles")?;
    let count: usize = line
        .split_whitespace()
        .next()
        .and_then(|n| n.parse().ok())
        .ok_or_else(|| lines.wrong(line, "the number of alleles"))?;
    let counted = after(line, "DatabaseSize =")
        .filter(|n| *n >= 0.0 && *n <= f64::from(u32::MAX))
        .map(|n| n as u32);
    if after(line, "Dropout probability =").is_some_and(|d| d > 0.0) {
        contents.remarks.push((
            lines.place(),
            format!("{name}: the probability of drop-out in the file is not used; state it when computing"),
        ));
    }
    let mut alleles = Vec::new();
    for _ in 0..count {
        let label = lines.string("an allele")?;
        let place = lines.place();
        let label = match allele(&label) {
            Ok(Some(label)) => label,
            Ok(None) => return Err(lines.wrong(&label, "an allele")),
            Err(expected) => return Err(lines.wrong(&label, expected)),
        };
        let frequency = lines.number("an allele's frequency")?;
        alleles.push(FrequencyRow {
            allele: label,
            frequency,
            place,
        });
    }
    if silent {
        alleles.push(FrequencyRow {
            allele: "SILENT".to_owned(),
            frequency: silent_frequency,
            place: place.clone(),
        });
    }
    let model = |sex: usize| {
        let (rate, range, rate2) = (rates[sex], ranges[sex], second[sex]);
        match codes[sex] {
            4 if rate2 > 0.0 => MutationModel::Stepwise { rate, rate2, range },
            _ if rate == 0.0 => MutationModel::None,
            0 => MutationModel::Equal { rate },
            1 => MutationModel::Proportional { rate },
            2 => MutationModel::StepwiseByOrder { rate, range },
            3 => MutationModel::StepwiseStationary { rate, range },
            _ => MutationModel::Stepwise { rate, rate2, range },
        }
    };
    let mutation = Mutation {
        female: model(0),
        male: model(1),
    };
    Ok(TableRow {
        marker: name,
        alleles,
        mutation: Some(mutation),
        counted,
        place,
    })
}
