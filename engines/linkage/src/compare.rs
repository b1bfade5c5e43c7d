//! The levels on which two values agree, by the kind of their field.
//!
//! | kind | levels, the lowest first |
//! |---|---|
//! | name | different; Jaro–Winkler ≥ 0.78; ≥ 0.88, or a short form of the other; ≥ 0.94; the same in any spelling; swapped with the other name |
//! | place | different; Jaro–Winkler ≥ 0.80; ≥ 0.90; the same in any spelling |
//! | date | different; years at most two apart; same year; same day and month, or one is a part of the other; one digit, two neighbours or day and month swapped; the same |
//! | category | different; the same |
//! | code | different; two edits; one edit; the same |
//! | text | different; half of the words or Jaro–Winkler ≥ 0.80; ≥ 0.90; the same |
//!
//! Level 0 is "missing in one of both", which says nothing for or against.

use crate::{
    distance::{jaro_winkler, within_edits},
    table::Table,
    value::{Date, Kind, Values},
};

/// Bits of a level in a pattern.
pub(crate) const BITS: usize = 4;

/// The levels of all fields of a pair, four bits each, the first field in the lowest.
pub type Pattern = u64;

/// The level of a field in a pattern; 0 is missing.
#[must_use]
pub fn level(pattern: Pattern, field: usize) -> usize {
    ((pattern >> (field * BITS)) & 0xF) as usize
}

impl Kind {
    /// How many levels there are beside "missing".
    #[must_use]
    pub fn levels(self) -> usize {
        match self {
            Self::Name | Self::Date => 6,
            Self::Place | Self::Code | Self::Text => 4,
            Self::Category => 2,
        }
    }

    /// The level on which values are the same.
    #[must_use]
    pub fn exact(self) -> usize {
        match self {
            Self::Name => 5,
            other => other.levels(),
        }
    }
}

/// Compares two records.
pub(crate) fn compare(table: &Table, one: u32, other: u32) -> Pattern {
    let mut pattern = 0;
    for (n, values) in table.values.iter().enumerate() {
        let a = table.cells[n][one as usize];
        let b = table.cells[n][other as usize];
        pattern |= (of_values(values, a, b) as Pattern) << (n * BITS);
    }
    for (n, field) in table.fields.iter().enumerate() {
        if let Some(with) = field.swaps_with {
            pattern = swapped(table, one, other, n, with, pattern);
        }
    }
    pattern
}

/// Names that agree crosswise say so once: on the field that may be swapped, and nothing on the other.
fn swapped(
    table: &Table,
    one: u32,
    other: u32,
    field: usize,
    with: usize,
    pattern: Pattern,
) -> Pattern {
    let exact = Kind::Name.exact();
    if level(pattern, field) >= exact - 1 || level(pattern, with) >= exact - 1 {
        return pattern;
    }
    let bytes = |field: usize, record: u32| {
        let value = table.cells[field][record as usize];
        (value > 0).then(|| table.values[field].bytes(value))
    };
    let close = |a: Option<&[u8]>, b: Option<&[u8]>| match (a, b) {
        (Some(a), Some(b)) => jaro_winkler(a, b) >= 0.94,
        _ => false,
    };
    if close(bytes(field, one), bytes(with, other)) && close(bytes(with, one), bytes(field, other))
    {
        let clear = !((0xF << (field * BITS)) | (0xF << (with * BITS)));
        return (pattern & clear) | ((exact as Pattern + 1) << (field * BITS));
    }
    pattern
}

/// The level of two values of a field.
pub(crate) fn of_values(values: &Values, a: u32, b: u32) -> usize {
    if a == 0 || b == 0 {
        return 0;
    }
    let kind = values.kind;
    if a == b || values.same[a as usize] == values.same[b as usize] {
        return kind.exact();
    }
    let (one, other) = (values.bytes(a), values.bytes(b));
    match kind {
        Kind::Name => match jaro_winkler(one, other) {
            s if s >= 0.94 => 4,
            s if s >= 0.88 => 3,
            _ if short_form(values, a, b) => 3,
            s if s >= 0.78 => 2,
            _ => 1,
        },
        Kind::Place => match jaro_winkler(one, other) {
            s if s >= 0.9 => 3,
            s if s >= 0.8 => 2,
            _ => 1,
        },
        Kind::Date => dates(
            values.dates[a as usize],
            values.dates[b as usize],
            one,
            other,
        ),
        Kind::Category => 1,
        Kind::Code => {
            if within_edits(one, other, 1) {
                3
            } else if one.len().min(other.len()) > 3 && within_edits(one, other, 2) {
                2
            } else {
                1
            }
        }
        Kind::Text => match jaro_winkler(one, other) {
            s if s >= 0.9 => 3,
            s if s >= 0.8 || half(&values.words[a as usize], &values.words[b as usize]) => 2,
            _ => 1,
        },
    }
}

/// Whether one given name is a known short or diminutive form of the other.
fn short_form(values: &Values, a: u32, b: u32) -> bool {
    let (one, other) = (&values.given[a as usize], &values.given[b as usize]);
    let forms = mandate_names::Forms::builtin();
    matches!((one, other), (Some(one), Some(other)) if forms.relation_of(one, other).is_some())
}

/// Whether at least half of the words of the shorter are in the longer.
fn half(one: &[u32], other: &[u32]) -> bool {
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared > 0 && 2 * shared >= one.len().min(other.len())
}

fn dates(one: Date, other: Date, a: &[u8], b: &[u8]) -> usize {
    let both_whole = one.whole() && other.whole();
    let crossed =
        both_whole && one.year == other.year && one.day == other.month && one.month == other.day;
    if crossed || (both_whole && within_edits(a, b, 1)) {
        return 5;
    }
    let same_day = one.day.is_some() && one.day == other.day && one.month == other.month;
    let fits = |x: Option<u8>, y: Option<u8>| x.is_none() || y.is_none() || x == y;
    let part = !both_whole
        && one.year == other.year
        && fits(one.month, other.month)
        && fits(one.day, other.day);
    if same_day || part {
        return 4;
    }
    match (one.year, other.year) {
        (Some(x), Some(y)) if x == y => 3,
        (Some(x), Some(y)) if x.abs_diff(y) <= 2 => 2,
        _ => 1,
    }
}
