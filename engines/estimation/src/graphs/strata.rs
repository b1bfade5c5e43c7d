//! Strata: each apart, all together, and what they can learn from each other.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::average::sums;
use super::terms::Terms;
use super::{DecomposableGraph, GraphsOptions, decomposable_graphs, settings};
use crate::{CaptureTable, Error, Posterior, random};

/// Draws from which sums over strata are made. The ends of an interval then stand within about 1 % of its width.
const DRAWS: usize = 40_000;

/// A graph with less of the common posterior than this is left out of what is pooled.
const NEGLIGIBLE: f64 = 1e-6;

/// What strata say, apart and together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StratifiedAnswer {
    /// Each stratum by its own data alone.
    pub apart: Vec<Posterior>,
    /// The sum of all strata, each by itself, with the uncertainty of all.
    pub sum: Posterior,
    /// What is gained if lists depend on each other in the same way everywhere; `None` where no graph fits all strata.
    pub pooled: Option<Pooled>,
    /// The logarithm of how many times as probable the data are if one graph holds in all strata than if each has its own.
    /// Above 0 the strata speak for pooling, below against it.
    pub ln_bayes_factor: f64,
}

/// Strata under one common graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pooled {
    /// Each stratum.
    pub parts: Vec<Posterior>,
    /// Their sum, with the dependence that the common graph makes.
    pub sum: Posterior,
    /// The ten most probable common graphs.
    pub best: Vec<(DecomposableGraph, f64)>,
}

/// The totals of strata with the same lists, and their sum with its joint uncertainty.
///
/// Apart, each stratum has its own graph, probabilities and number. Pooled, the *graph* is one for all strata, its posterior
/// ∝ ∏_s p(table_s | G), while probabilities and numbers stay each stratum's own: which lists depend on each other is a matter
/// of how organisations work and can be the same everywhere; how many people they reach is not. That is defended, or not, by
/// the data: [`StratifiedAnswer::ln_bayes_factor`].
///
/// # Errors
/// No table; tables with different lists; as [`average`](super::average).
pub fn stratified(
    tables: &[CaptureTable],
    options: &GraphsOptions,
    seed: u64,
) -> Result<StratifiedAnswer, Error> {
    let Some(first) = tables.first() else {
        return Err(Error::Distribution { position: 0 });
    };
    if let Some(row) = tables
        .iter()
        .position(|table| table.names() != first.names())
    {
        return Err(Error::LengthOfRow {
            row,
            found: tables[row].lists(),
            lists: first.lists(),
        });
    }
    let graphs = decomposable_graphs(first.lists())?;
    let mut terms = Vec::new();
    for table in tables {
        let (delta, (least, most)) = settings(table, options)?;
        terms.push((
            least,
            Terms::new(table, delta, options.prior, least..most + 1),
        ));
    }
    let whole: Vec<_> = terms
        .iter()
        .map(|(_, terms)| sums(&graphs, terms, &|_| true))
        .collect::<Result<_, _>>()?;
    let posterior = |stratum: usize, weights: Vec<f64>| {
        let from = tables[stratum].observed() + terms[stratum].0;
        Posterior::from_weights((from..).zip(weights))
    };
    let apart: Vec<Posterior> = whole
        .iter()
        .enumerate()
        .map(|(stratum, sums)| posterior(stratum, sums.of_numbers.clone()))
        .collect::<Result<_, _>>()?;
    // Up to a factor of each stratum, which all graphs share.
    let ln_of = |graph: usize| -> f64 { whole.iter().map(|sums| sums.of_graphs[graph].ln()).sum() };
    let ln_weights: Vec<f64> = (0..graphs.len()).map(ln_of).collect();
    let most = ln_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut rng = random::stream(seed, 0);
    let sum = sum_of_independent(&apart, &mut rng)?;
    if most == f64::NEG_INFINITY {
        return Ok(StratifiedAnswer {
            apart,
            sum,
            pooled: None,
            ln_bayes_factor: f64::NEG_INFINITY,
        });
    }
    let common: f64 = ln_weights.iter().map(|ln| (ln - most).exp()).sum();
    let number = (graphs.len() as f64).ln();
    let own: f64 = whole
        .iter()
        .map(|sums| sums.of_graphs.iter().sum::<f64>().ln() - number)
        .sum();
    let ln_bayes_factor = most + common.ln() - number - own;
    let mut kept: Vec<(usize, f64)> = ln_weights
        .iter()
        .map(|ln| (ln - most).exp() / common)
        .enumerate()
        .filter(|(_, weight)| *weight > NEGLIGIBLE)
        .collect();
    kept.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut parts: Vec<Vec<f64>> = whole
        .iter()
        .map(|sums| vec![0.0; sums.of_numbers.len()])
        .collect();
    let weights: Vec<f64> = kept.iter().map(|(_, weight)| *weight).collect();
    let mut times = vec![0; kept.len()];
    random::multinomial(&mut rng, DRAWS as u64, &weights, &mut times);
    let mut totals = Vec::with_capacity(DRAWS);
    for ((graph, weight), times) in kept.iter().zip(times) {
        let alone: Vec<Posterior> = terms
            .par_iter()
            .enumerate()
            .map(|(stratum, (_, terms))| {
                let sums = sums(&graphs[*graph..=*graph], terms, &|_| true)?;
                posterior(stratum, sums.of_numbers)
            })
            .collect::<Result<_, _>>()?;
        for (part, alone) in parts.iter_mut().zip(&alone) {
            part.iter_mut()
                .zip(alone.iter())
                .for_each(|(sum, (_, p))| *sum += weight * p);
        }
        draw_sums(&alone, times as usize, &mut rng, &mut totals);
    }
    let parts = parts
        .into_iter()
        .enumerate()
        .map(|(stratum, weights)| posterior(stratum, weights))
        .collect::<Result<_, _>>()?;
    Ok(StratifiedAnswer {
        apart,
        sum,
        pooled: Some(Pooled {
            parts,
            sum: Posterior::from_draws(&totals)?,
            best: kept
                .iter()
                .take(10)
                .map(|(graph, weight)| (graphs[*graph], *weight))
                .collect(),
        }),
        ln_bayes_factor,
    })
}

fn sum_of_independent(parts: &[Posterior], rng: &mut impl rand::Rng) -> Result<Posterior, Error> {
    let mut totals = Vec::with_capacity(DRAWS);
    draw_sums(parts, DRAWS, rng, &mut totals);
    Posterior::from_draws(&totals)
}

/// The sum of independent numbers, from draws with this seed: totals of strata that were estimated by themselves, whatever the
/// method.
///
/// # Errors
/// There is no part.
pub fn sum_of_strata(parts: &[Posterior], seed: u64) -> Result<Posterior, Error> {
    if parts.is_empty() {
        return Err(Error::Distribution { position: 0 });
    }
    sum_of_independent(parts, &mut random::stream(seed, 0))
}

fn draw_sums(parts: &[Posterior], times: usize, rng: &mut impl rand::Rng, totals: &mut Vec<u64>) {
    if times == 0 {
        return;
    }
    let cumulated: Vec<Vec<f64>> = parts.iter().map(Posterior::cumulated).collect();
    for _ in 0..times {
        let values = parts
            .iter()
            .zip(&cumulated)
            .map(|(part, cumulated)| part.value_at(cumulated, random::uniform(rng)));
        totals.push(values.sum());
    }
}
