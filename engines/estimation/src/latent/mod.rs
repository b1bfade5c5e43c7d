//! Latent classes.

mod augment;
mod chain;
mod hamiltonian;
mod model;
mod relabel;

use std::ops::ControlFlow;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Convergence;
use crate::{CaptureTable, Error, Posterior};
use chain::Chain;
use model::Model;

/// Draws of each chain in the first round; later rounds add half of what there is.
const FIRST_ROUND: usize = 500;

/// How the posterior is sampled. Both have the same posterior; the plain one is kept to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sampler {
    /// Trajectories on the integrated posterior, moves of labels, and plain sweeps between them.
    #[default]
    Hamiltonian,
    /// The sampler of Manrique-Vallier (2016) alone.
    Gibbs,
}

/// The prior, and when to stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The most classes (K): the truncation of the stick-breaking process. 10, as LCMCR's documentation advises; a larger
    /// number changes little as long as some classes stay empty.
    pub classes: usize,
    /// Shape of the gamma prior on the concentration α (a); 0.25 in the paper.
    pub shape: f64,
    /// Rate of the gamma prior on the concentration α (b); 0.25 in the paper.
    pub rate: f64,
    /// Independent chains. The same number on every machine, so that the answer is the same.
    pub chains: usize,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Effective draws to reach, both for the middle and for the tails.
    pub effective_draws: f64,
    /// R̂ to come below; 1.01 after Vehtari et al. (2021).
    pub r_hat: f64,
    /// Draws of each chain after which the run ends, converged or not.
    pub most_draws: usize,
    /// The sampler.
    pub sampler: Sampler,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            classes: 10,
            shape: 0.25,
            rate: 0.25,
            chains: 8,
            seed: 1,
            effective_draws: 4_000.0,
            r_hat: 1.01,
            most_draws: 100_000,
            sampler: Sampler::Hamiltonian,
        }
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Draws that each chain has; 0 while chains are being tuned.
    pub draws: usize,
    /// The most that each may have.
    pub most_draws: usize,
    /// What the draws so far say about themselves; `None` before there are any.
    pub convergence: Option<Convergence>,
}

/// The posterior of the number of people under latent classes, with what is needed to judge it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentClasses {
    /// The number of people, those on lists included.
    pub posterior: Posterior,
    /// Whether R̂ and effective draws reached what was wanted. If not, the posterior is not to be used.
    pub converged: bool,
    /// R̂ and effective draws of the number of people.
    pub convergence: Convergence,
    /// The draws of the number of people by chain, in the order in which they were made.
    pub chains: Vec<Vec<u64>>,
    /// Mean of the concentration α.
    pub concentration: f64,
    /// The share of draws in which 0, 1, 2 … classes had members. If all K often have, K is too small.
    pub occupied: Vec<f64>,
    /// The mean probability with which a trajectory was accepted; `None` for the plain sampler.
    pub acceptance: Option<f64>,
}

/// Estimates how many people there are, listed or not, with latent classes.
///
/// `progress` is called from the caller's thread between rounds; when it breaks, what has been drawn so far is returned, and
/// `converged` tells whether it is enough.
///
/// # Errors
/// A setting out of range, or a run that was stopped before its first draws.
pub fn estimate(
    table: &CaptureTable,
    options: &Options,
    progress: &dyn Fn(&Progress) -> ControlFlow<()>,
) -> Result<LatentClasses, Error> {
    options.check()?;
    let model = Model::new(table, options.classes, options.shape, options.rate);
    let mut chains: Vec<Chain<'_>> = (0..options.chains)
        .map(|number| Chain::new(&model, options.sampler, options.seed, number))
        .collect();
    let tuning = Progress {
        draws: 0,
        most_draws: options.most_draws,
        convergence: None,
    };
    chains.par_iter_mut().for_each(Chain::descend);
    let mut go_on = progress(&tuning);
    if go_on.is_continue() {
        let trials: Vec<_> = chains.par_iter_mut().map(Chain::explore).collect();
        let leaps = chain::best_leaps(&trials);
        chains.par_iter_mut().for_each(|chain| chain.settle(leaps));
        go_on = progress(&tuning);
    }
    let mut state = None;
    let mut draws = 0;
    while go_on.is_continue()
        && draws < options.most_draws
        && !state.is_some_and(|state| options.reached(&state))
    {
        let more = FIRST_ROUND.max(draws / 2).min(options.most_draws - draws);
        chains.par_iter_mut().for_each(|chain| chain.draw(more));
        draws += more;
        let totals: Vec<Vec<f64>> = chains
            .iter()
            .map(|chain| chain.totals.iter().map(|&total| total as f64).collect())
            .collect();
        let convergence = Convergence::of(&totals.iter().map(Vec::as_slice).collect::<Vec<_>>());
        state = Some(convergence);
        go_on = progress(&Progress {
            draws,
            most_draws: options.most_draws,
            convergence: state,
        });
    }
    let convergence = state.ok_or(Error::Stopped)?;
    LatentClasses::of(chains, convergence, options)
}

impl Options {
    fn check(&self) -> Result<(), Error> {
        let setting = |setting, value: f64, allowed, fine: bool| {
            if fine {
                Ok(())
            } else {
                Err(Error::Setting {
                    setting,
                    value,
                    allowed,
                })
            }
        };
        setting(
            "classes",
            self.classes as f64,
            "a number from 1 to 64",
            (1..=64).contains(&self.classes),
        )?;
        setting(
            "shape",
            self.shape,
            "a number above 0",
            self.shape > 0.0 && self.shape.is_finite(),
        )?;
        setting(
            "rate",
            self.rate,
            "a number above 0",
            self.rate > 0.0 && self.rate.is_finite(),
        )?;
        setting(
            "chains",
            self.chains as f64,
            "a number from 1 to 64",
            (1..=64).contains(&self.chains),
        )?;
        setting(
            "most draws",
            self.most_draws as f64,
            "a number from 4 to 10,000,000",
            (4..=10_000_000).contains(&self.most_draws),
        )?;
        setting(
            "effective draws",
            self.effective_draws,
            "a number above 0",
            self.effective_draws > 0.0,
        )?;
        setting("R-hat", self.r_hat, "a number above 1", self.r_hat > 1.0)
    }

    fn reached(&self, state: &Convergence) -> bool {
        state.r_hat < self.r_hat && state.bulk.min(state.tail) >= self.effective_draws
    }
}

impl LatentClasses {
    fn of(
        chains: Vec<Chain<'_>>,
        convergence: Convergence,
        options: &Options,
    ) -> Result<Self, Error> {
        let all: Vec<u64> = chains
            .iter()
            .flat_map(|chain| chain.totals.iter().copied())
            .collect();
        let draws = all.len() as f64;
        let concentration = chains
            .iter()
            .flat_map(|chain| &chain.concentrations)
            .sum::<f64>()
            / draws;
        let mut occupied = vec![0.0; options.classes + 1];
        chains
            .iter()
            .flat_map(|chain| &chain.occupied)
            .for_each(|&classes| occupied[classes] += 1.0);
        let sweeps: f64 = occupied.iter().sum();
        occupied
            .iter_mut()
            .for_each(|share| *share /= sweeps.max(1.0));
        let accepted = chains.iter().map(|chain| chain.accepted).sum::<f64>() / draws;
        Ok(Self {
            posterior: Posterior::from_draws(&all)?,
            converged: options.reached(&convergence),
            convergence,
            chains: chains.into_iter().map(|chain| chain.totals).collect(),
            concentration,
            occupied,
            acceptance: (options.sampler == Sampler::Hamiltonian).then_some(accepted),
        })
    }
}
