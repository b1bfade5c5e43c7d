//! One log-linear model, fitted by maximum likelihood in its extended sense.

use serde::{Deserialize, Serialize};

use super::linear::{null_space, rises_somewhere, solve};
use crate::bounds::Estimate;
use crate::{CaptureTable, Pattern};

/// The most steps of the iteration.
const STEPS: usize = 100;

/// Why a model says nothing about the people on no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// No finite estimate exists, also with parameters at minus infinity (Fienberg & Rinaldo 2012).
    NoEstimate,
    /// Different parameters fit equally well (the matrix of the model has not its full rank).
    NotIdentified,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The sets of lists that depend on each other, each with all its parts; a pair has two bits, and so on.
    pub terms: Vec<Pattern>,
    /// Those of them without anybody: their parameter is minus infinity.
    pub empty: Vec<Pattern>,
    /// How many parameters it has, the empty ones counted.
    pub parameters: usize,
    /// The logarithm of the likelihood of the observed counts (Poisson).
    pub log_likelihood: f64,
    /// −2 ln L + 2 · parameters (Akaike 1974).
    pub aic: f64,
    /// −2 ln L + ln n · parameters, n the people observed (Schwarz 1978).
    pub bic: f64,
    /// The total with its interval, as if this model were known to be the true one.
    pub total: Estimate,
    /// The logarithm of the number missing.
    pub(super) ln_missing: f64,
    /// Its standard deviation.
    pub(super) ln_deviation: f64,
}

/// The counts of a table, densely.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    pub(super) lists: usize,
    /// By pattern; nothing is known of the first.
    pub(super) of: Vec<f64>,
}

impl Counts {
    pub(super) fn new(table: &CaptureTable) -> Self {
        let mut of = vec![0.0; 1 << table.lists()];
        for (pattern, count) in table.patterns() {
            of[pattern as usize] = count as f64;
        }
        Self {
            lists: table.lists(),
            of,
        }
    }

    pub(super) fn observed(&self) -> f64 {
        self.of.iter().skip(1).sum()
    }

    /// People on all of these lists.
    pub(super) fn on_all(&self, lists: Pattern) -> f64 {
        let wanted = lists as usize;
        let on = |(pattern, _): &(usize, &f64)| pattern & wanted == wanted;
        self.of
            .iter()
            .enumerate()
            .skip(1)
            .filter(on)
            .map(|(_, n)| n)
            .sum()
    }
}

/// What is left of a model after what is at minus infinity is taken out.
struct Reduced {
    /// The patterns whose expectation is not 0.
    cells: Vec<usize>,
    /// The sets of the parameters: none, each list, each term.
    columns: Vec<usize>,
    empty: Vec<Pattern>,
}

fn reduced(counts: &Counts, terms: &[Pattern]) -> Reduced {
    let (mut columns, mut empty) = (vec![0], Vec::new());
    let single = (0..counts.lists).map(|list| 1 << list);
    for set in single.chain(terms.iter().copied()) {
        if counts.on_all(set) > 0.0 {
            columns.push(set as usize);
        } else {
            empty.push(set);
        }
    }
    let kept = |cell: &usize| empty.iter().all(|&set| cell & set as usize != set as usize);
    Reduced {
        cells: (1..counts.of.len()).filter(kept).collect(),
        columns,
        empty,
    }
}

/// The row of a cell in the matrix of the model.
fn row(cell: usize, columns: &[usize]) -> Vec<f64> {
    columns
        .iter()
        .map(|set| f64::from(u8::from(cell & set == *set)))
        .collect()
}

/// Whether the estimate exists and is the only one. Where the cells with people alone decide all parameters, both hold;
/// otherwise a direction in which these cells stay as they are and the others only fall leads to infinity.
fn flaw(counts: &Counts, model: &Reduced) -> Option<Flaw> {
    let rows = |with: bool| {
        model
            .cells
            .iter()
            .filter(move |&&cell| (counts.of[cell] > 0.0) == with)
            .map(|&cell| row(cell, &model.columns))
    };
    let open = null_space(rows(true).collect(), model.columns.len());
    if open.is_empty() {
        return None;
    }
    let along: Vec<Vec<f64>> = rows(false)
        .map(|row| {
            let product = |v: &Vec<f64>| row.iter().zip(v).map(|(a, b)| a * b).sum();
            open.iter().map(product).collect()
        })
        .collect();
    if rises_somewhere(&along) {
        return Some(Flaw::NoEstimate);
    }
    (!null_space(along, open.len()).is_empty()).then_some(Flaw::NotIdentified)
}

/// Whether a model can be fitted.
pub(super) fn check(counts: &Counts, terms: &[Pattern]) -> Result<(), Flaw> {
    flaw(counts, &reduced(counts, terms)).map_or(Ok(()), Err)
}

/// The expectation of every pattern under a fitted model; 0 at the pattern of no list.
pub(super) struct Expected(pub(super) Vec<f64>);

/// Fits a model by iterated weighted least squares (Nelder & Wedderburn 1972).
pub(super) fn fit(counts: &Counts, terms: &[Pattern]) -> Result<(Fit, Expected), Flaw> {
    let model = reduced(counts, terms);
    if let Some(flaw) = flaw(counts, &model) {
        return Err(flaw);
    }
    let (p, cells) = (model.columns.len(), &model.cells);
    let active: Vec<Vec<usize>> = cells
        .iter()
        .map(|cell| {
            (0..p)
                .filter(|&c| cell & model.columns[c] == model.columns[c])
                .collect()
        })
        .collect();
    let y: Vec<f64> = cells.iter().map(|&cell| counts.of[cell]).collect();
    let mut eta: Vec<f64> = y.iter().map(|y| (y + 0.5).ln()).collect();
    let likelihood = |eta: &[f64]| -> f64 {
        let of = |(y, eta): (&f64, &f64)| y * eta - eta.exp() - libm::lgamma(y + 1.0);
        y.iter().zip(eta).map(of).sum()
    };
    let mut beta: Option<Vec<f64>> = None;
    let mut best = f64::NEG_INFINITY;
    let mut settled = false;
    for _ in 0..STEPS {
        let mut information = vec![0.0; p * p];
        let mut right = vec![0.0; p];
        for ((active, y), eta) in active.iter().zip(&y).zip(&eta) {
            let mu = eta.exp();
            let weighted = mu * eta + (y - mu);
            for (n, &a) in active.iter().enumerate() {
                right[a] += weighted;
                // Columns rise, so the lower half is filled.
                for &b in &active[..=n] {
                    information[a * p + b] += mu;
                }
            }
        }
        solve(&mut information, &mut right).ok_or(Flaw::NotIdentified)?;
        let linear = |beta: &[f64]| -> Vec<f64> {
            let sum = |active: &Vec<usize>| active.iter().map(|&c| beta[c]).sum();
            active.iter().map(sum).collect()
        };
        let mut next = linear(&right);
        let mut reached = likelihood(&next);
        // A step too far is halved.
        if let Some(beta) = &beta {
            for _ in 0..30 {
                if reached >= best - 1e-9 * best.abs() {
                    break;
                }
                right
                    .iter_mut()
                    .zip(beta)
                    .for_each(|(new, old)| *new = (*new + old) / 2.0);
                next = linear(&right);
                reached = likelihood(&next);
            }
        }
        settled = (reached - best).abs() <= 1e-12 * (1.0 + reached.abs()) && beta.is_some();
        (best, eta, beta) = (reached, next, Some(right));
        if settled {
            break;
        }
    }
    let beta = beta.filter(|_| settled).ok_or(Flaw::NoEstimate)?;
    let variance = variance_of_first(&active, &eta, p).ok_or(Flaw::NotIdentified)?;
    let observed = counts.observed();
    let ln_missing = beta[0];
    let missing = ln_missing.exp();
    if !missing.is_finite() {
        return Err(Flaw::NoEstimate);
    }
    // The number missing is a Poisson number whose mean is estimated.
    let relative = 1.0 / missing + variance;
    let parameters = 1 + counts.lists + terms.len();
    let mut expected = vec![0.0; counts.of.len()];
    cells
        .iter()
        .zip(&eta)
        .for_each(|(&cell, eta)| expected[cell] = eta.exp());
    let fit = Fit {
        terms: terms.to_vec(),
        empty: model.empty,
        parameters,
        log_likelihood: best,
        aic: -2.0 * best + 2.0 * parameters as f64,
        bic: -2.0 * best + observed.ln() * parameters as f64,
        total: Estimate::around(observed + missing, relative * missing * missing, observed),
        ln_missing,
        ln_deviation: relative.ln_1p().sqrt(),
    };
    Ok((fit, Expected(expected)))
}

/// The variance of the first parameter, the logarithm of the number missing.
fn variance_of_first(active: &[Vec<usize>], eta: &[f64], p: usize) -> Option<f64> {
    let mut information = vec![0.0; p * p];
    for (active, eta) in active.iter().zip(eta) {
        for (n, &a) in active.iter().enumerate() {
            for &b in &active[..=n] {
                information[a * p + b] += eta.exp();
            }
        }
    }
    let mut first = vec![0.0; p];
    first[0] = 1.0;
    solve(&mut information, &mut first)?;
    Some(first[0])
}
