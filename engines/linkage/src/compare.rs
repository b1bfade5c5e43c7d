//! The levels on which two values agree, by the kind of their field.
//!
//! | kind | levels, the lowest first |
//! |---|---|
//! | name | different; Jaro–Winkler ≥ 0.78; ≥ 0.88, or a short form of the other; ≥ 0.94; the same in any spelling; swapped with the other name |
//! | place | different; within twelve kilometres; Jaro–Winkler ≥ 0.80; one lies in the other; Jaro–Winkler ≥ 0.90; the same in any spelling |
//! | date | different; years at most two apart, or a span of up to ten years that holds the other; same year; same day and month, or one is a part of the other; one digit, two neighbours or day and month swapped; the same |
//! | category | different; the same |
//! | code | different; two edits; one edit; the same |
//! | text | different; half of the words or Jaro–Winkler ≥ 0.80; ≥ 0.90; the same |
//!
//! Level 0 is "missing in one of both", which says nothing for or against. Where a cell has several values, the two that agree
//! most count. Distances and what lies in what need a list of places; without one those levels stay empty.

use crate::{
    date,
    distance::within_edits,
    spot,
    table::Table,
    value::{Kind, Values},
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
            Self::Name | Self::Date | Self::Place => 6,
            Self::Code | Self::Text => 4,
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
    let (a, b) = (table.row(one), table.row(other));
    for (n, ((values, a), b)) in table.values.iter().zip(a).zip(b).enumerate() {
        pattern |= (of_values(values, *a, *b) as Pattern) << (n * BITS);
    }
    for (field, with) in &table.swaps {
        pattern = swapped(table, one, other, *field, *with, pattern);
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
    let close = |one: (usize, u32), other: (usize, u32)| {
        let of = |(field, record): (usize, u32)| (&table.values[field], table.value(field, record));
        let ((values, a), (others, b)) = (of(one), of(other));
        if a == 0 || b == 0 {
            return false;
        }
        let alike = |a: u32, b: u32| {
            let bytes = || (values.bytes(a), others.bytes(b));
            values.face(a).alike(others.face(b), 0.94, bytes) >= 0.94
        };
        if !values.any_several() && !others.any_several() {
            return alike(a, b);
        }
        each(values, &a)
            .iter()
            .any(|a| each(others, &b).iter().any(|b| alike(*a, *b)))
    };
    if close((field, one), (with, other)) && close((with, one), (field, other)) {
        let clear = !((0xF << (field * BITS)) | (0xF << (with * BITS)));
        return (pattern & clear) | ((exact as Pattern + 1) << (field * BITS));
    }
    pattern
}

/// The values of a cell.
fn each<'v>(values: &'v Values, value: &'v u32) -> &'v [u32] {
    match values.parts(*value) {
        [] => std::slice::from_ref(value),
        several => several,
    }
}

/// The level of the cells of a field.
fn of_values(values: &Values, a: u32, b: u32) -> usize {
    if values.any_several() {
        return closest(values, a, b).0;
    }
    of_two(values, a, b)
}

/// The level of the two values of two cells that agree most, and which they are.
pub(crate) fn closest(values: &Values, a: u32, b: u32) -> (usize, u32, u32) {
    let mut best = (0, a, b);
    for one in each(values, &a) {
        for other in each(values, &b) {
            let level = of_two(values, *one, *other);
            if level > best.0 {
                best = (level, *one, *other);
            }
        }
    }
    best
}

/// The level of two single values where that is known without going through their letters.
pub(crate) fn if_cheap(values: &Values, a: u32, b: u32) -> Option<usize> {
    let kind = values.kind;
    let same = || a == b || values.face(a).same == values.face(b).same;
    if a == 0 || b == 0 {
        return Some(0);
    }
    match kind {
        Kind::Date | Kind::Category => Some(of_two(values, a, b)),
        _ => same().then(|| kind.exact()),
    }
}

/// The level of two single values of a field.
fn of_two(values: &Values, a: u32, b: u32) -> usize {
    if a == 0 || b == 0 {
        return 0;
    }
    let kind = values.kind;
    if a == b {
        return kind.exact();
    }
    let (one, other) = (values.face(a), values.face(b));
    if one.same == other.same {
        return kind.exact();
    }
    let bytes = || (values.bytes(a), values.bytes(b));
    match kind {
        Kind::Name => match one.alike(other, 0.78, bytes) {
            s if s >= 0.94 => 4,
            s if s >= 0.88 => 3,
            _ if one.forms & other.forms != 0 && short_form(values, a, b) => 3,
            s if s >= 0.78 => 2,
            _ => 1,
        },
        Kind::Place => {
            let (here, there) = (values.spots(a), values.spots(b));
            match one.alike(other, 0.8, bytes) {
                s if s >= 0.9 => 5,
                _ if spot::within(here, there) => 4,
                s if s >= 0.8 => 3,
                _ if spot::near(here, there) => 2,
                _ => 1,
            }
        }
        Kind::Date => date::level(one.date(), other.date(), || one.one_digit(other)),
        Kind::Category => 1,
        Kind::Code => {
            let least = one.edits(other);
            let (one, other) = bytes();
            if least > 2 {
                1
            } else if least < 2 && within_edits(one, other, 1) {
                3
            } else if one.len().min(other.len()) > 3 && within_edits(one, other, 2) {
                2
            } else {
                1
            }
        }
        Kind::Text => match one.alike(other, 0.8, bytes) {
            s if s >= 0.9 => 3,
            s if s >= 0.8 || half(values.words(a), values.words(b)) => 2,
            _ => 1,
        },
    }
}

/// Whether one given name is a known short or diminutive form of the other.
fn short_form(values: &Values, a: u32, b: u32) -> bool {
    let (one, other) = (values.given(a), values.given(b));
    let forms = mandate_names::Forms::builtin();
    matches!((one, other), (Some(one), Some(other)) if forms.relation_of(one, other).is_some())
}

/// Whether at least half of the words of the shorter are in the longer.
fn half(one: &[u32], other: &[u32]) -> bool {
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared > 0 && 2 * shared >= one.len().min(other.len())
}
