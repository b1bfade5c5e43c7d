//! Numbers that can be had by hand: two lists alone, and a lower bound from many.
//!
//! They are for setting beside a posterior, and for two lists there is nothing else. Each says what it supposes in the same
//! breath, because without that it is wrong.

use serde::{Deserialize, Serialize};

use crate::CaptureTable;

/// An estimate with an interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate of the total, those on lists included.
    pub value: f64,
    /// The lower end of the interval.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Estimate {
    /// An interval on the logarithm of the number missing (Chao 1987), so that it never falls below those observed.
    pub(crate) fn around(value: f64, variance: f64, observed: f64) -> Self {
        let missing = value - observed;
        if missing <= 0.0 || variance <= 0.0 {
            return Self {
                value,
                lower: value,
                upper: value,
            };
        }
        let spread = (1.959_964 * (1.0 + variance / (missing * missing)).ln().sqrt()).exp();
        Self {
            value,
            lower: observed + missing / spread,
            upper: observed + missing * spread,
        }
    }
}

/// Chapman's estimate from two of the lists (Chapman 1951; variance after Seber 1982, section 3.1), *if* being on one makes a
/// person neither more nor less likely to be on the other, and everybody is as easy to find as anybody else. `None` where a
/// list is not there or has nobody.
///
/// ```
/// use mandate_estimation::{CaptureTable, bounds::chapman};
/// // 200 on the first, 300 on the second, 60 on both.
/// let table = CaptureTable::from_ordered(["A", "B"], &[0, 240, 140, 60])?;
/// let estimate = chapman(&table, 0, 1).expect("both have people");
/// assert!((estimate.value - (201.0 * 301.0 / 61.0 - 1.0)).abs() < 1e-9);
/// # Ok::<(), mandate_estimation::Error>(())
/// ```
#[must_use]
pub fn chapman(table: &CaptureTable, one: usize, other: usize) -> Option<Estimate> {
    if one == other || one.max(other) >= table.lists() {
        return None;
    }
    let (a, b) = (table.on_list(one) as f64, table.on_list(other) as f64);
    let both = table.on_all((1 << one) | (1 << other)) as f64;
    if a == 0.0 || b == 0.0 {
        return None;
    }
    let value = (a + 1.0) * (b + 1.0) / (both + 1.0) - 1.0;
    let variance = (a + 1.0) * (b + 1.0) * (a - both) * (b - both)
        / ((both + 1.0) * (both + 1.0) * (both + 2.0));
    Some(Estimate::around(value, variance, a + b - both))
}

/// The number below which the total does not lie, *if* lists are independent given how easy a person is to find: from those on
/// one list alone and those on exactly two (Chao 1987, with the correction for few lists and for small counts).
#[must_use]
pub fn lower_bound(table: &CaptureTable) -> Estimate {
    let on = |wanted: u32| -> f64 {
        table
            .patterns()
            .filter(|(pattern, _)| pattern.count_ones() == wanted)
            .map(|(_, n)| n as f64)
            .sum()
    };
    let (one, two) = (on(1), on(2));
    let lists = table.lists() as f64;
    let share = (lists - 1.0) / lists;
    let missing = share * one * (one - 1.0).max(0.0) / (2.0 * (two + 1.0));
    let ratio = one / (two + 1.0);
    // Chao's variance of the bound, with the corrected counts.
    let variance = (two + 1.0)
        * (0.25 * share * share * ratio.powi(4)
            + share * share * ratio.powi(3)
            + 0.5 * share * ratio * ratio);
    let observed = table.observed() as f64;
    Estimate::around(observed + missing, variance, observed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_bound_lies_below_the_published_estimates_for_kosovo_and_above_the_observed() {
        // The counts of Ball, Betts, Scheuren, Dudukovich and Asher (2002), in the order EXH, ABA, OSCE, HRW.
        let counts = [
            0, 306, 936, 123, 845, 31, 217, 32, 1131, 106, 228, 42, 177, 18, 181, 27,
        ];
        let total: u64 = counts.iter().sum();
        let table = CaptureTable::from_ordered(["a", "b", "c", "d"], &counts).unwrap();
        let bound = lower_bound(&table);
        assert!(
            bound.value > total as f64 && bound.value < 10_356.0,
            "{bound:?}"
        );
        assert!(bound.lower < bound.value && bound.value < bound.upper);
    }

    #[test]
    fn nobody_missing_gives_those_observed() {
        let table = CaptureTable::from_ordered(["a", "b"], &[0, 0, 0, 50]).unwrap();
        assert_eq!(chapman(&table, 0, 1).unwrap().value, 50.0);
        assert_eq!(lower_bound(&table).value, 50.0);
        assert!(chapman(&table, 0, 0).is_none() && chapman(&table, 0, 7).is_none());
    }
}
