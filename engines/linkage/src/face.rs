//! What of a value is compared most often, in half a cache line, and how alike two of them are.

use crate::{
    date::Date,
    distance::{jaro_winkler, jaro_winkler_short},
};

/// Bytes of a value that fit into its face.
pub(crate) const SHORT: usize = 16;

/// A value as it is compared. Millions of pairs are looked at in no order, so what decides most of them lies together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Face {
    /// The first bytes, the first in the lowest; zeros behind them.
    head: u128,
    /// Which letters there are, a bit each; of a date its year, month and day.
    letters: u32,
    /// Values with the same number are the same value in another spelling.
    pub(crate) same: u32,
    /// A bit for each full name that a given name may stand for; of a span of years the last one.
    pub(crate) forms: u32,
    /// How many bytes there are; more than [`SHORT`] where they do not fit.
    length: u8,
}

/// The bit of each byte: small letters have one each, marked units of a key too, others share.
const BIT: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b'C' => 0,
            b'S' => 27,
            b'Z' => 28,
            b'X' => 29,
            b'L' => 30,
            b'N' => 31,
            other => other & 31,
        };
        at += 1;
    }
    table
};

/// One over each length.
const SHARE: [f64; SHORT + 1] = {
    let mut table = [0.0; SHORT + 1];
    let mut at = 1;
    while at <= SHORT {
        table[at] = 1.0 / at as f64;
        at += 1;
    }
    table
};

impl Face {
    /// The face of a value of which these bytes are compared.
    pub(crate) fn of(bytes: &[u8], same: u32) -> Self {
        let mut head = [0; SHORT];
        let shown = bytes.len().min(SHORT);
        head[..shown].copy_from_slice(&bytes[..shown]);
        // Behind the bytes stand zeros; where one is among them it could not be told from those.
        let fits = bytes.len() <= SHORT && !bytes.contains(&0);
        Self {
            head: u128::from_le_bytes(head),
            letters: bytes.iter().fold(0, |all, b| all | 1 << BIT[*b as usize]),
            same,
            forms: 0,
            length: if fits { shown as u8 } else { u8::MAX },
        }
    }

    /// The same of a date.
    pub(crate) fn of_date(date: Date, digits: &[u8], same: u32) -> Self {
        let small = |part: Option<u8>| u32::from(part.unwrap_or(0));
        Self {
            letters: (u32::from(date.year.unwrap_or(0)) << 16)
                | (small(date.month) << 8)
                | small(date.day),
            forms: u32::from(date.until.unwrap_or(0)),
            ..Self::of(digits, same)
        }
    }

    /// The date of a date's face.
    pub(crate) fn date(&self) -> Date {
        let small = |part: u32| u8::try_from(part & 0xFF).ok().filter(|n| *n > 0);
        let year = |part: u32| u16::try_from(part & 0xFFFF).ok().filter(|n| *n > 0);
        Date {
            year: year(self.letters >> 16),
            month: small(self.letters >> 8),
            day: small(self.letters),
            until: year(self.forms),
        }
    }

    fn fits(&self) -> bool {
        usize::from(self.length) <= SHORT
    }

    /// Jaro–Winkler's similarity to another value, whose bytes are given too; 0 where it is surely below `least`.
    pub(crate) fn alike<'b>(
        &self,
        other: &Self,
        least: f64,
        bytes: impl FnOnce() -> (&'b [u8], &'b [u8]),
    ) -> f64 {
        if !self.fits() || !other.fits() {
            let (one, other) = bytes();
            return jaro_winkler(one, other);
        }
        if self.at_most(other) < least {
            return 0.0;
        }
        let lengths = (usize::from(self.length), usize::from(other.length));
        jaro_winkler_short(self.head, lengths.0, other.head, lengths.1)
    }

    /// What the similarity can be at most: a letter that the other has not at all agrees with none.
    fn at_most(&self, other: &Self) -> f64 {
        let (a, b) = (u32::from(self.length), u32::from(other.length));
        let (only_a, only_b) = (self.letters & !other.letters, other.letters & !self.letters);
        let left = |length: u32, only: u32| length.saturating_sub(only.count_ones());
        let agreeing = f64::from(left(a, only_a).min(left(b, only_b)));
        let jaro = (agreeing * (SHARE[a as usize] + SHARE[b as usize]) + 1.0) / 3.0;
        let start = ((self.head ^ other.head).trailing_zeros() / 8).min(4);
        // What rounding may take.
        jaro + 0.1 * f64::from(start) * (1.0 - jaro) + 1e-9
    }

    /// Edits that are needed at least: a letter that the other has not at all needs one.
    pub(crate) fn edits(&self, other: &Self) -> u32 {
        let only = |a: u32, b: u32| (a & !b).count_ones();
        only(self.letters, other.letters).max(only(other.letters, self.letters))
    }

    /// Whether two whole dates differ in one digit, or in two neighbours that changed places.
    pub(crate) fn one_digit(&self, other: &Self) -> bool {
        let apart = self.head ^ other.head;
        if apart == 0 || self.length != other.length {
            return apart == 0 && self.length == other.length;
        }
        let (first, last) = (
            apart.trailing_zeros() / 8,
            (127 - apart.leading_zeros()) / 8,
        );
        let at = |head: u128, place: u32| (head >> (8 * place)) as u8;
        first == last
            || (first + 1 == last
                && at(self.head, first) == at(other.head, last)
                && at(self.head, last) == at(other.head, first))
    }
}
