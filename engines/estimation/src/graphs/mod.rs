//! Averaging over all decomposable graphs, exactly (Madigan & York 1997).
//!
//! # The model
//!
//! Each of the N victims has a capture pattern, a cell of the table 2^p of p lists. Patterns are independent with cell
//! probabilities θ. A graph on the lists says which of them depend on one another: θ is Markov to it. For a *decomposable*
//! graph G with cliques C and separators S the hyper-Dirichlet prior (Dawid & Lauritzen 1993) with δ prior counts in every
//! cell gives the marginal likelihood in closed form,
//!
//! ```text
//! p(table | G, N) = N! / (n0! ∏ n_x!) · ∏_C h(C) / ∏_S h(S),
//! h(A) = Γ(α) / Γ(N + α) · ∏_cells of A  Γ(n_cell + α_A) / Γ(α_A),    α = δ 2^p,  α_A = δ 2^(p-|A|),
//! ```
//!
//! where n0 = N − n is the number of people on no list. With all graphs equally probable and a prior on N, the posterior of
//! (G, N) is a finite table: it is computed whole, so there is nothing to converge.
//!
//! # The method
//!
//! From n0 to n0 + 1 each h(A) changes by one factor, (n0 + D_A + α_A) / (n0 + n + α), where D_A counts the people seen on
//! none of A's lists. Products of such factors are kept relative to the start of a block of 128 numbers, logarithms at the
//! blocks' starts only. Graphs with common cliques share their products through a tree. A graph is passed over in blocks in
//! which its weight stays below e^-75 of the largest, which is proved by a bound. The work is about
//! (graphs) × (numbers missing) × 1.5 multiplications.
//!
//! # What it may not be used for
//!
//! All members of the population must have the same cell probabilities: people who are hard to find for every list
//! (heterogeneity that no pair of lists shows) are missed, and the answer is then too low. The saturated graph says
//! nothing about n0: where it has much of the probability, the posterior is the prior ([`GraphsAnswer::saturated`]).
//!
//! Sources: Madigan & York 1997, *Bayesian methods for estimation of the size of a closed population*, Biometrika 84:19–31;
//! Dawid & Lauritzen 1993, *Hyper Markov laws in the statistical analysis of decomposable graphical models*, Annals of
//! Statistics 21:1272–1317; Johndrow, Lum & Ball 2015, *dga: capture–recapture estimation using Bayesian model averaging*.

mod average;
mod chordal;
mod prior;
mod strata;
mod terms;
mod tree;

use serde::{Deserialize, Serialize};

pub use chordal::{DecomposableGraph, MAX_LISTS_OF_GRAPHS, decomposable_graphs};
pub use prior::PriorOfTotal;
pub use strata::{Pooled, StratifiedAnswer, stratified, sum_of_strata};

use crate::{CaptureTable, Error, Posterior};

/// The most numbers missing that are looked at.
pub const MAX_RANGE: u64 = 20_000_000;

/// How the averaging is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GraphsOptions {
    /// Prior counts in every cell of the full table; `None` takes 2^-p for p lists, one count for the whole table, so that
    /// the prior weighs as much as one person.
    pub delta: Option<f64>,
    /// The prior of the total.
    pub prior: PriorOfTotal,
    /// The smallest and the largest number of people on no list; `None` takes 0 to [`default_most_missing`].
    pub missing: Option<(u64, u64)>,
    /// How many of the most probable graphs are described with their own estimates.
    pub keep: usize,
}

impl Default for GraphsOptions {
    fn default() -> Self {
        Self {
            delta: None,
            prior: PriorOfTotal::default(),
            missing: None,
            keep: 10,
        }
    }
}

/// The largest number missing that is looked at if nothing is said: thirty times those observed, and at least 1,000.
#[must_use]
pub fn default_most_missing(table: &CaptureTable) -> u64 {
    table
        .observed()
        .saturating_mul(30)
        .clamp(1_000, MAX_RANGE - 1)
}

/// A graph with its posterior probability and what it says by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedGraph {
    /// The graph.
    pub graph: DecomposableGraph,
    /// Its posterior probability.
    pub probability: f64,
    /// The total if this graph were the true one.
    pub total: Posterior,
}

/// What all decomposable graphs together say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GraphsAnswer {
    /// The number of victims, those on lists included: exact.
    pub total: Posterior,
    /// The most probable graphs, the most probable first.
    pub best: Vec<WeightedGraph>,
    /// The posterior probability that two lists depend on each other directly, for each pair, the lower list first.
    pub dependence: Vec<(usize, usize, f64)>,
    /// The posterior probability of the saturated graph, under which the data say nothing about the number missing.
    pub saturated: f64,
    /// How many graphs there are.
    pub graphs: usize,
    /// The prior counts in every cell.
    pub delta: f64,
    /// The prior of the total.
    pub prior: PriorOfTotal,
    /// The smallest and the largest number missing.
    pub missing: (u64, u64),
}

/// The posterior of the number of victims over all decomposable graphs on two to seven lists.
///
/// # Errors
/// Too many lists; a delta that is not between 10⁻⁶ and 10⁶; a range of numbers missing that is empty or longer than
/// [`MAX_RANGE`]; a prior with impossible numbers.
///
/// ```
/// use mandate_estimation::{CaptureTable, graphs::{GraphsOptions, average}};
///
/// let table = CaptureTable::from_ordered(["A", "B", "C"], &[0, 60, 49, 4, 247, 112, 142, 12])?;
/// let answer = average(&table, &GraphsOptions::default())?;
/// assert_eq!(answer.graphs, 8);
/// let interval = answer.total.interval(0.95);
/// assert!(interval.lower > 626 && interval.upper < 1_000);
/// # Ok::<(), mandate_estimation::Error>(())
/// ```
pub fn average(table: &CaptureTable, options: &GraphsOptions) -> Result<GraphsAnswer, Error> {
    average_with(table, options, &|_| true)
}

/// [`average`] for long work: `proceed` is told the share that is done, from 0 to 1, and stops the work by `false`.
///
/// # Errors
/// As [`average`], and [`Error::Stopped`].
pub fn average_with(
    table: &CaptureTable,
    options: &GraphsOptions,
    proceed: &(dyn Fn(f64) -> bool + Sync),
) -> Result<GraphsAnswer, Error> {
    let graphs = decomposable_graphs(table.lists())?;
    let (delta, (least, most)) = settings(table, options)?;
    let terms = terms::Terms::new(table, delta, options.prior, least..most + 1);
    let sums = average::sums(&graphs, &terms, proceed)?;
    let totals =
        |weights: Vec<f64>| Posterior::from_weights((table.observed() + least..).zip(weights));
    let total = totals(sums.of_numbers)?;
    let all: f64 = sums.of_graphs.iter().sum();
    let mut order: Vec<(usize, f64)> = sums
        .of_graphs
        .iter()
        .map(|weight| weight / all)
        .enumerate()
        .collect();
    let mut dependence: Vec<(usize, usize, f64)> = (1..table.lists())
        .flat_map(|high| (0..high).map(move |low| (low, high, 0.0)))
        .collect();
    for &(number, probability) in &order {
        let edges: Vec<(usize, usize)> = graphs[number].edges().collect();
        let joined = dependence
            .iter_mut()
            .filter(|(low, high, _)| edges.contains(&(*low, *high)));
        joined.for_each(|(_, _, sum)| *sum += probability);
    }
    let saturated = order
        .iter()
        .filter(|&&(number, _)| graphs[number].is_saturated())
        .map(|&(_, probability)| probability)
        .sum();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = order
        .iter()
        .take(options.keep)
        .filter(|&&(_, probability)| probability > 0.0)
        .map(|&(number, probability)| {
            let graph = graphs[number];
            let alone = average::sums(&[graph], &terms, &|_| true)?;
            Ok(WeightedGraph {
                graph,
                probability,
                total: totals(alone.of_numbers)?,
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(GraphsAnswer {
        total,
        best,
        dependence,
        saturated,
        graphs: graphs.len(),
        delta,
        prior: options.prior,
        missing: (least, most),
    })
}

/// The prior counts in every cell and the smallest and largest number missing, checked.
fn settings(table: &CaptureTable, options: &GraphsOptions) -> Result<(f64, (u64, u64)), Error> {
    let delta = options
        .delta
        .unwrap_or_else(|| 0.5_f64.powi(table.lists() as i32));
    if !(1e-6..=1e6).contains(&delta) {
        return Err(Error::Setting {
            setting: "delta",
            value: delta,
            allowed: "from 0.000001 to 1,000,000",
        });
    }
    options.prior.check()?;
    let (least, most) = options
        .missing
        .unwrap_or_else(|| (0, default_most_missing(table)));
    if least > most || most - least >= MAX_RANGE || most > crate::table::MAX_PEOPLE {
        return Err(Error::Setting {
            setting: "largest number missing",
            value: most as f64,
            allowed: "not below the smallest, and at most 20,000,000 numbers in all",
        });
    }
    Ok((delta, (least, most)))
}

/// The estimate with the smallest expected squared relative error, E(1/N) / E(1/N²), which Madigan & York report: an error
/// of a hundred matters more among a thousand than among ten thousand.
#[must_use]
pub fn least_relative_error(total: &Posterior) -> f64 {
    let moment = |power: i32| {
        total
            .iter()
            .map(|(n, p)| p * (n as f64).powi(-power))
            .sum::<f64>()
    };
    moment(1) / moment(2)
}
