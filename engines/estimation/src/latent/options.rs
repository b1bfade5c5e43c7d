//! The prior, and when to stop.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::diagnostics::Convergence;

/// How the posterior is sampled. Both have the same posterior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sampler {
    /// Trajectories on the integrated posterior, moves of labels, and plain sweeps between them.
    #[default]
    Hamiltonian,
    /// The sampler of Manrique-Vallier (2016) alone, as an independent check. It needs many more draws.
    Gibbs,
}

/// The prior, and when to stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The most classes (K), from 1 to 64: the truncation of the stick-breaking process. 10, the default of the program LCMCR;
    /// a larger number changes little as long as some classes stay empty.
    pub classes: usize,
    /// Shape of the gamma prior on the concentration α (a); 0.25 in the paper.
    pub shape: f64,
    /// Rate of the gamma prior on the concentration α (b); 0.25 in the paper.
    pub rate: f64,
    /// Independent chains, from 1 to 64. The same number on every machine, so that the answer is the same.
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

impl Options {
    pub(crate) fn check(&self) -> Result<(), Error> {
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
        let number = |count: usize| (1..=64).contains(&count);
        let positive = |value: f64| (1e-6..=1e6).contains(&value);
        setting(
            "classes",
            self.classes as f64,
            "a number from 1 to 64",
            number(self.classes),
        )?;
        setting(
            "shape",
            self.shape,
            "from 0.000001 to 1,000,000",
            positive(self.shape),
        )?;
        setting(
            "rate",
            self.rate,
            "from 0.000001 to 1,000,000",
            positive(self.rate),
        )?;
        setting(
            "chains",
            self.chains as f64,
            "a number from 1 to 64",
            number(self.chains),
        )?;
        setting(
            "most draws",
            self.most_draws as f64,
            "a number from 4 to 1,000,000",
            (4..=1_000_000).contains(&self.most_draws),
        )?;
        setting(
            "effective draws",
            self.effective_draws,
            "a number above 0",
            self.effective_draws > 0.0,
        )?;
        setting("R-hat", self.r_hat, "a number above 1", self.r_hat > 1.0)
    }

    /// Whether the draws are as good as was wanted.
    pub(super) fn reached(&self, state: &Convergence) -> bool {
        state.r_hat < self.r_hat && state.bulk.min(state.tail) >= self.effective_draws
    }
}
