//! Records as they stand in a text: names, not numbers, and the place of each.

use std::{fmt, sync::Arc};

use crate::{Mutation, Sex};

/// A place in a file, to be shown to the person who mends it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, as the caller named it.
    pub file: Arc<str>,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The field: a column's name, or a word of the format; empty where the whole line is meant.
    pub field: String,
}

impl Place {
    /// A line of a file.
    pub fn line(file: &Arc<str>, line: usize) -> Self {
        Self {
            file: Arc::clone(file),
            line,
            field: String::new(),
        }
    }

    /// A field in the same line.
    pub fn field(&self, field: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            ..self.clone()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.field.as_str()) {
            (0, "") => write!(f, "{}", self.file),
            (0, field) => write!(f, "{}: {field}", self.file),
            (line, "") => write!(f, "{}:{line}", self.file),
            (line, field) => write!(f, "{}:{line}: {field}", self.file),
        }
    }
}

/// Reads the usual ways to write a sex: `M`, `male`, `1`; `F`, `female`, `2`; `U`, `unknown`, `0`, nothing.
pub fn sex(text: &str) -> Option<Sex> {
    match text.trim().to_lowercase().as_str() {
        "m" | "male" | "1" => Some(Sex::Male),
        "f" | "female" | "2" => Some(Sex::Female),
        "" | "u" | "unknown" | "0" | "?" | "-" | "na" => Some(Sex::Unknown),
        _ => None,
    }
}

/// How a sex is written.
pub fn sex_word(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
        Sex::Unknown => "unknown",
    }
}

/// What a person of a family is in this work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Missing: remains may be theirs.
    Missing,
    /// A relative who is known to be alive or buried; a reference sample may exist.
    #[default]
    Relative,
}

impl Role {
    /// Reads `missing`, or `relative`, `reference`, nothing.
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "missing" | "mp" | "m" => Some(Self::Missing),
            "" | "relative" | "reference" | "r" | "-" => Some(Self::Relative),
            _ => None,
        }
    }

    /// How it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Relative => "relative",
        }
    }
}

/// A person of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The family.
    pub family: String,
    /// The person, unique within the family.
    pub id: String,
    /// The father's id within the family.
    pub father: Option<String>,
    /// The mother's id within the family.
    pub mother: Option<String>,
    /// Sex.
    pub sex: Sex,
    /// Missing or relative.
    pub role: Role,
    /// Where it stands.
    pub place: Place,
}

/// What was typed at one marker: the alleles as written, none to many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkerRow {
    /// The marker.
    pub marker: String,
    /// The alleles in the form that [`allele`] gives. One allele alone is one that was seen, with nothing said of the other.
    pub alleles: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// A sample: of remains (no person) or of a person of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRow {
    /// The sample's name.
    pub sample: String,
    /// The family, where it is named.
    pub family: Option<String>,
    /// The person the sample was taken from; nothing for remains.
    pub person: Option<String>,
    /// Sex, where a format records it with the sample.
    pub sex: Sex,
    /// The typed markers in the order of the text.
    pub markers: Vec<MarkerRow>,
    /// Where it begins.
    pub place: Place,
}

/// An allele's frequency.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyRow {
    /// The allele in the form that [`allele`] gives.
    pub allele: String,
    /// The frequency as it stands in the text.
    pub frequency: f64,
    /// Where it stands.
    pub place: Place,
}

/// One marker of a frequency table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// The marker.
    pub marker: String,
    /// Alleles with frequencies, not normalised: their sum is stated by [`TableRow::total`].
    pub alleles: Vec<FrequencyRow>,
    /// The models of mutation, where the text states them.
    pub mutation: Option<Mutation>,
    /// Chromosomes counted, where the text states it.
    pub counted: Option<u32>,
    /// Where it begins.
    pub place: Place,
}

impl TableRow {
    /// The sum of the frequencies; 1 in a table that needs no normalising.
    pub fn total(&self) -> f64 {
        self.alleles.iter().map(|a| a.frequency).sum()
    }
}

/// What a text holds that can hold everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    /// The persons of all families.
    pub persons: Vec<PersonRow>,
    /// All samples: remains and references.
    pub samples: Vec<SampleRow>,
    /// The frequency table.
    pub table: Vec<TableRow>,
    /// The coancestry that the text states.
    pub theta: Option<f64>,
    /// What was read with a remark: what could not be kept, or was changed.
    pub remarks: Vec<(Place, String)>,
}

/// An allele in the one form that is compared: no spaces, a point before the microvariant, no needless zeros.
/// `Ok(None)` where nothing was typed (empty, `-`, `?`, `NA`, `*`).
///
/// ```
/// use mandate_kinship::formats::allele;
/// assert_eq!(allele(" 9,3"), Ok(Some("9.3".to_owned())));
/// assert_eq!(allele("09.0"), Ok(Some("9".to_owned())));
/// assert_eq!(allele("x"), Ok(Some("X".to_owned())));
/// assert_eq!(allele("-"), Ok(None));
/// assert!(allele("9.3.1").is_err());
/// ```
///
/// # Errors
/// What could stand there, when the text is no allele: repeats with at most two decimals, or a name of letters and digits.
pub fn allele(text: &str) -> Result<Option<String>, &'static str> {
    const EXPECTED: &str = "an allele (repeats such as 12 or 9.3, or a short name)";
    let text = text.trim();
    if matches!(text, "" | "-" | "?" | "*" | "." | "--") || text.eq_ignore_ascii_case("na") {
        return Ok(None);
    }
    if text.len() > 16 || !text.is_ascii() {
        return Err(EXPECTED);
    }
    let plain = text.replace(',', ".").to_ascii_uppercase();
    if plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || c == '.')
    {
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        if part.contains('.') || part.len() > 2 || whole.len() > 4 {
            return Err(EXPECTED);
        }
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let part = part.trim_end_matches('0');
        return Ok(Some(if part.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{part}")
        }));
    }
    let named = plain.starts_with(|c: char| c.is_ascii_alphabetic())
        && plain
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ' '));
    if named {
        Ok(Some(plain))
    } else {
        Err(EXPECTED)
    }
}
