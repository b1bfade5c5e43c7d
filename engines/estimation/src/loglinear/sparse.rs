//! Lists of which some pairs share nobody (Chan, Silverman & Vincent 2021).

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::fit::{Counts, Expected, Fit, Flaw, check, fit};
use super::models::pairs;
use crate::bounds::Estimate;
use crate::diagnostics::{normal_distribution, normal_quantile};
use crate::{CaptureTable, Error, Pattern, random};

/// How the model is chosen, and how often the data are drawn again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SparseOptions {
    /// A pair of lists enters the model as long as the number of people on both has a probability below this; 0.02 as in the
    /// authors' program.
    pub threshold: f64,
    /// How often the people are drawn again, with the choice of the model each time.
    pub resamples: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Default for SparseOptions {
    fn default() -> Self {
        Self {
            threshold: 0.02,
            resamples: 1_000,
            seed: 1,
        }
    }
}

/// What a chosen model says, with an interval that knows that it was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SparseAnswer {
    /// The model that was chosen; its own interval supposes that it is the true one.
    pub fit: Fit,
    /// The total with the bias-corrected accelerated interval (Efron 1987), the choice of the model repeated in each draw.
    pub total: Estimate,
    /// Draws for which no model has an estimate; they are left out.
    pub failed: usize,
}

/// Chooses a model by steps and estimates with it.
///
/// From independence, the pair of lists whose number of people on both is the least probable under the present model (the
/// smaller tail of the Poisson distribution) enters, if that is below the threshold and the larger model still has one finite
/// estimate. A pair without anybody may enter: its parameter is minus infinity.
///
/// # Errors
/// More lists than [`MOST_LISTS_OF_MODELS`](super::MOST_LISTS_OF_MODELS); a setting out of range; no model has an estimate ([`Error::NoModel`]).
pub fn sparse(table: &CaptureTable, options: &SparseOptions) -> Result<SparseAnswer, Error> {
    super::check_lists(table)?;
    for (setting, value, fine, allowed) in [
        (
            "threshold",
            options.threshold,
            (0.0..=0.5).contains(&options.threshold),
            "from 0 to 0.5",
        ),
        (
            "resamples",
            options.resamples as f64,
            (20..=100_000).contains(&options.resamples),
            "from 20 to 100,000",
        ),
    ] {
        if !fine {
            return Err(Error::Setting {
                setting,
                value,
                allowed,
            });
        }
    }
    let counts = Counts::new(table);
    let fit = chosen(&counts, options.threshold).map_err(|_| Error::NoModel)?;
    let mut rng = random::stream(options.seed, 0);
    let observed = table.observed();
    // Drawn one after the other, fitted at once: the same at any number of threads.
    let drawn: Vec<Counts> = (0..options.resamples)
        .map(|_| {
            let mut again = vec![0; counts.of.len()];
            random::multinomial(&mut rng, observed, &counts.of, &mut again);
            Counts {
                lists: counts.lists,
                of: again.into_iter().map(|n: u64| n as f64).collect(),
            }
        })
        .collect();
    let total_of = |counts: &Counts| {
        let fit = chosen(counts, options.threshold).ok()?;
        Some(fit.total.value).filter(|total| total.is_finite())
    };
    let mut totals: Vec<f64> = drawn.par_iter().filter_map(total_of).collect();
    let failed = options.resamples - totals.len();
    totals.sort_by(f64::total_cmp);
    // Each person left out once; people of one pattern are alike.
    let without: Vec<(f64, f64)> = counts
        .of
        .par_iter()
        .enumerate()
        .skip(1)
        .filter(|(_, n)| **n > 0.0)
        .filter_map(|(cell, &n)| {
            let mut fewer = counts.clone();
            fewer.of[cell] -= 1.0;
            Some((total_of(&fewer)?, n))
        })
        .collect();
    let total = corrected(fit.total.value, &totals, &without);
    Ok(SparseAnswer { fit, total, failed })
}

/// The bias-corrected accelerated interval of 95 %.
fn corrected(value: f64, sorted: &[f64], without: &[(f64, f64)]) -> Estimate {
    if sorted.is_empty() {
        return Estimate {
            value,
            lower: value,
            upper: f64::INFINITY,
        };
    }
    let number = sorted.len() as f64;
    let below = sorted.partition_point(|x| *x < value) as f64;
    let equal = sorted.partition_point(|x| *x <= value) as f64 - below;
    let share = ((below + equal / 2.0) / number).clamp(0.5 / number, 1.0 - 0.5 / number);
    let bias = normal_quantile(share);
    let weight: f64 = without.iter().map(|(_, n)| n).sum();
    let mean: f64 = without.iter().map(|(total, n)| total * n).sum::<f64>() / weight;
    let power = |k: i32| -> f64 {
        without
            .iter()
            .map(|(total, n)| n * (mean - total).powi(k))
            .sum()
    };
    let spread = power(2).powf(1.5);
    let acceleration = if spread > 0.0 {
        power(3) / (6.0 * spread)
    } else {
        0.0
    };
    let end = |p: f64| {
        let z = bias + normal_quantile(p);
        let moved = normal_distribution(bias + z / (1.0 - acceleration * z));
        let place = (moved * number).floor().clamp(0.0, number - 1.0);
        sorted[place as usize]
    };
    Estimate {
        value,
        lower: end(0.025),
        upper: end(0.975),
    }
}

/// The model that the steps lead to.
fn chosen(counts: &Counts, threshold: f64) -> Result<Fit, Flaw> {
    let all = pairs(counts.lists);
    let mut terms: Vec<Pattern> = Vec::new();
    let (mut here, mut expected) = fit(counts, &terms)?;
    loop {
        let mut candidates: Vec<(f64, Pattern)> = all
            .iter()
            .filter(|pair| !terms.contains(pair))
            .map(|&pair| (tail(counts.on_all(pair), on_all(&expected, pair)), pair))
            .filter(|(p, _)| *p < threshold)
            .collect();
        candidates.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let with = |pair: Pattern| {
            let mut more = terms.clone();
            more.push(pair);
            more
        };
        let next = candidates
            .into_iter()
            .map(|(_, pair)| with(pair))
            .find(|terms| check(counts, terms).is_ok());
        let Some(next) = next else {
            return Ok(here);
        };
        match fit(counts, &next) {
            Ok(found) => (here, expected) = found,
            Err(_) => return Ok(here),
        }
        terms = next;
    }
}

/// The expected people on all of these lists.
fn on_all(expected: &Expected, lists: Pattern) -> f64 {
    let wanted = lists as usize;
    expected
        .0
        .iter()
        .enumerate()
        .filter(|(cell, _)| cell & wanted == wanted)
        .map(|(_, mu)| mu)
        .sum()
}

/// The smaller tail of a Poisson number at what was observed, the observed included.
fn tail(observed: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return f64::from(u8::from(observed == 0.0));
    }
    let term = |k: f64| (k * mean.ln() - mean - libm::lgamma(k + 1.0)).exp();
    // From the observed number away from the mean, until the rest cannot matter.
    let (mut k, mut sum) = (observed, 0.0);
    let down = observed <= mean;
    while k >= 0.0 {
        let next = term(k);
        sum += next;
        if next < 1e-17 * sum || next == 0.0 {
            break;
        }
        k += if down { -1.0 } else { 1.0 };
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_of_a_poisson_number_is_the_smaller_one() {
        assert!((tail(0.0, 3.0) - (-3.0_f64).exp()).abs() < 1e-15);
        let at_least_two = 1.0 - 2.0 * (-1.0_f64).exp();
        assert!((tail(2.0, 1.0) - at_least_two).abs() < 1e-14);
        assert!(tail(500.0, 100.0) < 1e-100 || tail(500.0, 100.0) == 0.0);
    }
}
