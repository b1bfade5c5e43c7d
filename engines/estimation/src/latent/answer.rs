//! The posterior with what is needed to judge it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::chain::Chain;
use super::{Options, Sampler};
use crate::diagnostics::{Convergence, autocorrelation};
use crate::{Error, Posterior};

/// The most draws of a chain that [`Answer::trace`] keeps.
pub const MOST_TRACED: usize = 500;

/// The largest lag of [`Answer::autocorrelation`].
pub const MOST_LAGS: usize = 50;

/// The share of sweeps with members in every class above which K is held to be too small.
const FULL: f64 = 0.5;

/// The posterior of the number of people under latent classes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The number of people, those on lists included.
    pub total: Posterior,
    /// Whether R̂ and effective draws reached what was wanted. If not, the posterior is not to be used.
    pub converged: bool,
    /// R̂ and effective draws of the number of people.
    pub convergence: Convergence,
    /// How many draws each chain has, without those that were taken for warming up.
    pub draws: usize,
    /// Every so-many-th draw of each chain, in the order in which they were made; at most [`MOST_TRACED`].
    pub trace: Vec<Vec<u64>>,
    /// How many draws one step of the trace is.
    pub thinned_by: usize,
    /// The autocorrelation of the number of people at lags from 0 to [`MOST_LAGS`], the mean over chains.
    pub autocorrelation: Vec<f64>,
    /// The posterior mean of the concentration α.
    pub concentration: f64,
    /// R̂ and effective draws of α. It has a long tail and may need more draws than the number of people.
    pub concentration_convergence: Convergence,
    /// The share of sweeps in which 0, 1, 2 … K classes had members, people never listed counted.
    pub occupied: Vec<f64>,
    /// The mean probability with which a trajectory was accepted; `None` for the plain sampler.
    pub acceptance: Option<f64>,
    /// What keeps the answer from being used as it is.
    pub warnings: Vec<Warning>,
}

/// What is wrong with a sample of the posterior.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Warning {
    /// The chains disagree, or are worth too few draws.
    NotConverged {
        /// R̂.
        r_hat: f64,
        /// The R̂ that was wanted.
        wanted_r_hat: f64,
        /// The smaller of the effective draws of middle and tails.
        effective_draws: f64,
        /// How many were wanted.
        wanted_effective_draws: f64,
    },
    /// All K classes have members most of the time: a larger K may give another answer.
    ClassesExhausted {
        /// K.
        classes: usize,
        /// The share of sweeps in which all had members.
        share: f64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotConverged {
                r_hat,
                wanted_r_hat,
                effective_draws,
                wanted_effective_draws,
            } => write!(
                f,
                "the sample is not to be used yet: R-hat is {r_hat:.3} (below {wanted_r_hat} is wanted) and it is worth \
                 {effective_draws:.0} draws ({wanted_effective_draws:.0} are wanted)"
            ),
            Self::ClassesExhausted { classes, share } => write!(
                f,
                "all {classes} classes have members in {:.0} % of the draws: try a larger number of classes",
                100.0 * share
            ),
        }
    }
}

impl Answer {
    /// Puts together what the chains have.
    pub(super) fn of(
        chains: Vec<Chain<'_>>,
        convergence: Convergence,
        options: &Options,
    ) -> Result<Self, Error> {
        let all: Vec<u64> = chains
            .iter()
            .flat_map(|chain| chain.totals.iter().copied())
            .collect();
        let number = all.len() as f64;
        let sum_over_chains = |of: fn(&Chain<'_>) -> f64| chains.iter().map(of).sum::<f64>();
        let concentration = sum_over_chains(|chain| chain.concentrations.iter().sum()) / number;
        let acceptance = sum_over_chains(|chain| chain.acceptance()) / chains.len() as f64;
        let occupied = occupied(&chains, options.classes);
        let draws = chains
            .iter()
            .map(|chain| chain.totals.len())
            .max()
            .unwrap_or(0);
        let thinned_by = draws.div_ceil(MOST_TRACED).max(1);
        let thinned = |chain: &Chain<'_>| {
            let steps = chain.totals.iter().skip(thinned_by - 1);
            steps.step_by(thinned_by).copied().collect()
        };
        let converged = options.reached(&convergence);
        Ok(Self {
            total: Posterior::from_draws(&all)?,
            converged,
            convergence,
            draws,
            trace: chains.iter().map(thinned).collect(),
            thinned_by,
            autocorrelation: mean_autocorrelation(&chains),
            concentration,
            concentration_convergence: concentration_convergence(&chains),
            acceptance: (options.sampler == Sampler::Hamiltonian).then_some(acceptance),
            warnings: warnings(converged, &convergence, &occupied, options),
            occupied,
        })
    }
}

fn concentration_convergence(chains: &[Chain<'_>]) -> Convergence {
    let chains: Vec<&[f64]> = chains
        .iter()
        .map(|chain| chain.concentrations.as_slice())
        .collect();
    Convergence::of(&chains)
}

/// The share of sweeps by how many classes had members.
fn occupied(chains: &[Chain<'_>], classes: usize) -> Vec<f64> {
    let mut shares = vec![0.0; classes + 1];
    for &classes in chains.iter().flat_map(|chain| &chain.occupied) {
        shares[classes] += 1.0;
    }
    let sweeps: f64 = shares.iter().sum();
    shares
        .iter_mut()
        .for_each(|share| *share /= sweeps.max(1.0));
    shares
}

fn mean_autocorrelation(chains: &[Chain<'_>]) -> Vec<f64> {
    let mut mean = Vec::new();
    for chain in chains {
        let totals: Vec<f64> = chain.totals.iter().map(|&total| total as f64).collect();
        let one = autocorrelation(&totals, MOST_LAGS);
        mean.resize(one.len(), 0.0);
        for (sum, value) in mean.iter_mut().zip(one) {
            *sum += value / chains.len() as f64;
        }
    }
    mean
}

fn warnings(
    converged: bool,
    convergence: &Convergence,
    occupied: &[f64],
    options: &Options,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !converged {
        warnings.push(Warning::NotConverged {
            r_hat: convergence.r_hat,
            wanted_r_hat: options.r_hat,
            effective_draws: convergence.bulk.min(convergence.tail),
            wanted_effective_draws: options.effective_draws,
        });
    }
    // One class is a choice, that all people are alike, and not a truncation.
    let share = occupied.last().copied().unwrap_or(0.0);
    if options.classes > 1 && share > FULL {
        warnings.push(Warning::ClassesExhausted {
            classes: options.classes,
            share,
        });
    }
    warnings
}
