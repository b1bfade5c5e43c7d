//! What is believed about the number of victims after the data: a distribution over whole numbers.
//!
//! One form serves both exact distributions (all decomposable graphs) and samples (latent classes): values in rising order
//! with probabilities. A quantile at `p` is the smallest value whose cumulated probability reaches `p`.

use serde::{Deserialize, Serialize};

use crate::Error;

/// A distribution of the number of victims, those on lists included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    /// Distinct values, rising.
    values: Vec<u64>,
    /// Their probabilities, which sum to 1.
    probabilities: Vec<f64>,
    /// How many draws it was made from; `None` if it is exact.
    draws: Option<usize>,
}

/// An interval with the probability that it should hold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub lower: u64,
    /// The upper end.
    pub upper: u64,
    /// The probability between them, 0.95 for a 95 % interval.
    pub probability: f64,
}

impl Posterior {
    /// The distribution of a sample, each draw with the same weight.
    ///
    /// # Errors
    /// There are no draws.
    pub fn from_draws(draws: &[u64]) -> Result<Self, Error> {
        if draws.is_empty() {
            return Err(Error::Distribution { position: 0 });
        }
        let mut sorted = draws.to_vec();
        sorted.sort_unstable();
        let weight = 1.0 / sorted.len() as f64;
        let mut values = Vec::new();
        let mut probabilities = Vec::new();
        for same in sorted.chunk_by(|a, b| a == b) {
            values.extend(same.first());
            probabilities.push(same.len() as f64 * weight);
        }
        Ok(Self {
            values,
            probabilities,
            draws: Some(draws.len()),
        })
    }

    /// An exact distribution from `(value, weight)` in rising order of values; the weights are scaled to sum to 1.
    ///
    /// # Errors
    /// There is no value, the values do not rise, a weight is negative or not finite, or all weights are 0.
    pub fn from_weights(weights: impl IntoIterator<Item = (u64, f64)>) -> Result<Self, Error> {
        let (mut values, mut probabilities) = (Vec::new(), Vec::new());
        for (position, (value, weight)) in weights.into_iter().enumerate() {
            let rises = values.last().is_none_or(|&last| last < value);
            if !rises || !weight.is_finite() || weight < 0.0 {
                return Err(Error::Distribution { position });
            }
            values.push(value);
            probabilities.push(weight);
        }
        let total: f64 = probabilities.iter().sum();
        if !(total.is_finite() && total > 0.0) {
            return Err(Error::Distribution { position: 0 });
        }
        probabilities.iter_mut().for_each(|p| *p /= total);
        Ok(Self {
            values,
            probabilities,
            draws: None,
        })
    }

    /// The mixture of distributions with these weights: what is believed when it is not known which of them holds, such as
    /// under several linkages of the same lists. The weights are scaled to sum to 1.
    ///
    /// # Errors
    /// There is no part, or weights are negative, not finite or all 0.
    pub fn mixture(parts: &[(f64, &Self)]) -> Result<Self, Error> {
        let mut all = std::collections::BTreeMap::new();
        for (position, (weight, part)) in parts.iter().enumerate() {
            if !weight.is_finite() || *weight < 0.0 {
                return Err(Error::Distribution { position });
            }
            for (value, p) in part.iter() {
                *all.entry(value).or_insert(0.0) += weight * p;
            }
        }
        let mut mixture = Self::from_weights(all)?;
        let draws = parts.iter().map(|(_, part)| part.draws);
        mixture.draws = draws.sum::<Option<usize>>();
        Ok(mixture)
    }

    /// The probabilities cumulated, for many quantiles at once.
    pub(crate) fn cumulated(&self) -> Vec<f64> {
        let mut sum = 0.0;
        let add = |p: &f64| {
            sum += p;
            sum
        };
        self.probabilities.iter().map(add).collect()
    }

    /// The value whose share of the cumulated probabilities holds `p`.
    pub(crate) fn value_at(&self, cumulated: &[f64], p: f64) -> u64 {
        let place = cumulated.partition_point(|sum| *sum < p);
        self.values[place.min(self.values.len() - 1)]
    }

    /// The values in rising order with their probabilities.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u64, f64)> + '_ {
        self.values
            .iter()
            .copied()
            .zip(self.probabilities.iter().copied())
    }

    /// How many draws it was made from; `None` if it is exact.
    #[must_use]
    pub fn draws(&self) -> Option<usize> {
        self.draws
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.iter().map(|(value, p)| value as f64 * p).sum()
    }

    /// The standard deviation.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        let mean = self.mean();
        self.iter()
            .map(|(value, p)| (value as f64 - mean).powi(2) * p)
            .sum::<f64>()
            .sqrt()
    }

    /// The smallest value whose cumulated probability reaches `p`; the smallest of all at 0 and the largest at 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> u64 {
        let mut sum = 0.0;
        for (value, probability) in self.iter() {
            sum += probability;
            // Sums of many small shares miss the exact one by rounding only.
            if sum >= p - 1e-12 && probability > 0.0 {
                return value;
            }
        }
        self.values.last().copied().unwrap_or(0)
    }

    /// The median.
    #[must_use]
    pub fn median(&self) -> u64 {
        self.quantile(0.5)
    }

    /// The interval that leaves the same probability outside at either end.
    #[must_use]
    pub fn interval(&self, probability: f64) -> Interval {
        let outside = (1.0 - probability.clamp(0.0, 1.0)) / 2.0;
        Interval {
            lower: self.quantile(outside),
            upper: self.quantile(1.0 - outside),
            probability,
        }
    }

    /// The probability of values up to and with this one.
    #[must_use]
    pub fn probability_up_to(&self, value: u64) -> f64 {
        self.iter()
            .take_while(|&(v, _)| v <= value)
            .map(|(_, p)| p)
            .sum()
    }

    /// The most probable value. Of a sample, whose single values say little, the half-sample mode (Bickel & Frühwirth 2006,
    /// *On a fast, robust estimator of the mode*): the densest half of the draws is halved until two are left.
    #[must_use]
    pub fn mode(&self) -> u64 {
        if self.draws.is_some() {
            return self.half_sample_mode();
        }
        let best = self.iter().fold(
            (0, -1.0),
            |best, (value, p)| if p > best.1 { (value, p) } else { best },
        );
        best.0
    }

    fn half_sample_mode(&self) -> u64 {
        let draws = self.draws.unwrap_or(1);
        let mut sorted = Vec::with_capacity(draws);
        for (value, p) in self.iter() {
            let times = (p * draws as f64).round() as usize;
            sorted.extend(std::iter::repeat_n(value, times));
        }
        let mut part = sorted.as_slice();
        while part.len() > 2 {
            let half = part.len().div_ceil(2);
            let width = |start: usize| part[start + half - 1] - part[start];
            let densest = (0..=part.len() - half)
                .min_by_key(|&start| width(start))
                .unwrap_or(0);
            part = &part[densest..densest + half];
        }
        match part {
            [one] => *one,
            [one, other] => one + (other - one) / 2,
            _ => 0,
        }
    }
}
