//! Sample coverage of three lists (Chao & Tsay 1998; Chao et al. 2001).
//!
//! The coverage C of the lists is the share of the population, each person counted by how easily they are found, that the lists
//! found: one minus the mean over lists of the share of its people whom no other list has. With D the mean over lists of the
//! people on the two others, D / C is the total if lists are independent. Where they are not, the coefficient of covariation of
//! each pair, n_12 N / (n_1 n_2) − 1, corrects it: exactly where the coverage is high, by one step from D / C where it is low.
//! Dependence that only three lists together show is supposed to be none.
//!
//! Sources: Chao & Tsay 1998, *A sample coverage approach to multiple-system estimation with application to census
//! undercount*, JASA 93:283–293; Chao, Tsay, Lin, Shau & Chao 2001, *The applications of capture-recapture models to
//! epidemiological data*, Statistics in Medicine 20:3123–3157.

use serde::{Deserialize, Serialize};

use crate::bounds::Estimate;
use crate::{CaptureTable, random};

/// Below this coverage the estimate by one step is taken, as the authors advise.
pub const LOW_COVERAGE: f64 = 0.55;

/// How often the people are drawn again for the interval.
const RESAMPLES: usize = 400;

/// What sample coverage says of three lists.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SampleCoverage {
    /// The estimated coverage, from 0 to 1.
    pub coverage: f64,
    /// The total if lists are independent, D / C.
    pub independent: f64,
    /// The total with all three covariations; wild where the coverage is low, `None` where it is not above those observed.
    pub high: Option<f64>,
    /// The total by one step, from which too much is rather missing than too little.
    pub low: f64,
    /// The one of both that the coverage asks for ([`LOW_COVERAGE`]), with an interval by drawing the people again.
    pub total: Estimate,
}

/// Estimates from three of the lists. `None` where a list is not there or named twice, where a list has nobody, or where
/// nobody is on two of them.
#[must_use]
pub fn sample_coverage(
    table: &CaptureTable,
    lists: [usize; 3],
    seed: u64,
) -> Option<SampleCoverage> {
    let table = table.of_lists(&lists).ok()?;
    let counts: Vec<f64> = (0..8).map(|pattern| table.count(pattern) as f64).collect();
    let found = of_counts(&counts)?;
    // The same estimate in every draw: one that changed its kind from draw to draw would have the spread of both.
    let high = found.coverage >= LOW_COVERAGE && found.high.is_some();
    let chosen = |of: &Found| if high { of.high } else { Some(of.low) };
    let value = chosen(&found)?;
    let observed = table.observed() as f64;
    // A population as estimated, drawn again with those on no list.
    let mut cells = counts;
    cells[0] = (value - observed).max(0.0);
    let mut rng = random::stream(seed, 0);
    let mut drawn = vec![0; 8];
    let totals: Vec<f64> = (0..RESAMPLES)
        .filter_map(|_| {
            random::multinomial(&mut rng, value.round() as u64, &cells, &mut drawn);
            let mut again: Vec<f64> = drawn.iter().map(|&n| n as f64).collect();
            again[0] = 0.0;
            of_counts(&again).and_then(|found| chosen(&found))
        })
        .collect();
    let number = totals.len() as f64;
    let mean = totals.iter().sum::<f64>() / number;
    let variance = totals.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (number - 1.0);
    Some(SampleCoverage {
        coverage: found.coverage,
        independent: found.independent,
        high: found.high,
        low: found.low,
        total: Estimate::around(value, variance, observed),
    })
}

struct Found {
    coverage: f64,
    independent: f64,
    high: Option<f64>,
    low: f64,
}

/// From the counts by pattern.
fn of_counts(counts: &[f64]) -> Option<Found> {
    let on = |wanted: usize, without: usize| -> f64 {
        counts
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(pattern, _)| pattern & wanted == wanted && pattern & without == 0)
            .map(|(_, n)| n)
            .sum()
    };
    let observed = on(0, 0);
    let sizes = [on(1, 0), on(2, 0), on(4, 0)];
    let alone = [on(1, 6), on(2, 5), on(4, 3)];
    if sizes.contains(&0.0) {
        return None;
    }
    let shares = alone.iter().zip(&sizes).map(|(alone, size)| alone / size);
    let coverage = 1.0 - shares.sum::<f64>() / 3.0;
    if coverage <= 0.0 {
        return None;
    }
    let mean = observed - alone.iter().sum::<f64>() / 3.0;
    let independent = mean / coverage;
    // For each pair its people, the product of the sizes, and those on one of both but not on the third.
    let pairs = [(0, 1, 2), (0, 2, 1), (1, 2, 0)].map(|(a, b, c)| {
        let both = on(1 << a | 1 << b, 0);
        (
            both / (sizes[a] * sizes[b]),
            on(1 << a, 1 << c) + on(1 << b, 1 << c),
            both,
        )
    });
    let corrected = |total: f64| -> f64 {
        let sum: f64 = pairs
            .iter()
            .map(|(ratio, around, _)| around * (ratio * total - 1.0))
            .sum();
        independent + sum / (3.0 * coverage)
    };
    let low = corrected(corrected(independent)).max(observed);
    let together: f64 = pairs.iter().map(|(_, _, both)| both).sum();
    let left = 1.0
        - pairs
            .iter()
            .map(|(ratio, around, _)| ratio * around)
            .sum::<f64>()
            / (3.0 * coverage);
    let high = together / (3.0 * coverage) / left;
    Some(Found {
        coverage,
        independent,
        high: (left > 0.0 && high.is_finite() && high >= observed).then_some(high),
        low,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Hepatitis A in a college of Taiwan: 51 % covered, 971 by all covariations, 508 by one step, 95 % from 442 to 600.
    #[test]
    fn hepatitis_is_as_published() {
        let counts = [0, 63, 55, 18, 69, 17, 21, 28];
        let table = CaptureTable::from_ordered(["P", "Q", "E"], &counts).unwrap();
        let found = sample_coverage(&table, [0, 1, 2], 1).unwrap();
        assert!((found.coverage - 0.513).abs() < 5e-4, "{found:?}");
        assert_eq!(found.high.unwrap().round(), 971.0);
        assert_eq!(found.low.round(), 508.0);
        assert_eq!(found.total.value, found.low);
        // The published interval was drawn as well.
        assert!((found.total.lower - 442.0).abs() < 12.0, "{found:?}");
        assert!((found.total.upper - 600.0).abs() < 30.0, "{found:?}");
    }

    #[test]
    fn independent_lists_need_no_correction() {
        let counts = [0, 8, 8, 8, 8, 8, 8, 8];
        let table = CaptureTable::from_ordered(["A", "B", "C"], &counts).unwrap();
        let found = sample_coverage(&table, [2, 0, 1], 1).unwrap();
        assert!((found.high.unwrap() - 64.0).abs() < 1e-9, "{found:?}");
        assert!((found.low - 64.0).abs() < 1e-9);
        assert!(sample_coverage(&table, [0, 0, 1], 1).is_none());
        assert!(sample_coverage(&table, [0, 1, 3], 1).is_none());
    }
}
