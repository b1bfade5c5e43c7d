//! Hamiltonian Monte Carlo (Duane et al. 1987; Neal 2011) on the integrated posterior.
//!
//! A large class pins its list probabilities down, a small one leaves them free: no single length of step suits both, and
//! classes change their size. So each move first draws a *noisy size* of every class, `ln s_k ~ Normal(ln(1 + n w_k), 1/4)`,
//! and moves on the posterior joined with it. Given the noisy sizes, the lengths of steps may depend on them without a
//! correction, and dropping them afterwards leaves the posterior as it was. The lengths are those of the posterior if
//! memberships were known; a trajectory of many steps then crosses the directions that memberships leave open.

use rand::{Rng, RngExt};

use super::model::{Model, Workspace};
use crate::random;

/// Standard deviation of the noise on the logarithm of a class's size.
const NOISE: f64 = 0.5;

/// The information on a logit that one member of a class gives, `p (1 - p)` at a probability of 0.14. A list probability
/// is not known before the move; trials on tables with rates between 0.02 and 0.6 ran alike.
const INFORMATION: f64 = 0.12;

/// The share of accepted proposals that the length of steps is tuned to (Beskos et al. 2013 derive 0.65 at the least;
/// higher is safer where curvature varies).
const ACCEPTANCE: f64 = 0.78;

/// The move, with its tuning and room.
#[derive(Debug, Clone)]
pub(super) struct Hamiltonian {
    tuning: Tuning,
    /// The length of a step once tuning is over.
    fixed: Option<f64>,
    /// Logarithms of the noisy sizes.
    sizes: Vec<f64>,
    pull: Vec<f64>,
    scales: Vec<f64>,
    momentum: Vec<f64>,
    gradient: Vec<f64>,
    proposal: Vec<f64>,
}

impl Hamiltonian {
    pub(super) fn new(model: &Model) -> Self {
        let d = model.dimension();
        let k = model.classes;
        Self {
            tuning: Tuning::new(0.3),
            fixed: None,
            sizes: vec![0.0; k],
            pull: vec![0.0; k],
            scales: vec![1.0; d],
            momentum: vec![0.0; d],
            gradient: vec![0.0; d],
            proposal: vec![0.0; d],
        }
    }

    /// Ends the tuning of the length of steps.
    pub(super) fn settle(&mut self) {
        self.fixed = Some(self.tuning.settled());
    }

    /// One trajectory of 1 to `leaps` steps. Gives the probability with which it was accepted.
    pub(super) fn propose(
        &mut self,
        model: &Model,
        point: &mut [f64],
        leaps: usize,
        room: &mut Workspace,
        rng: &mut impl Rng,
    ) -> f64 {
        model.expand(point, room);
        self.draw_scales(model, room, rng);
        self.proposal.copy_from_slice(point);
        for p in &mut self.momentum {
            *p = random::normal(rng);
        }
        let before = model.log_density(point, room) + self.attraction(model, room) - self.kinetic();
        self.slope(model, room);
        // Lengths vary, so that no trajectory comes back to where it began in every direction that swings.
        let step =
            self.fixed.unwrap_or_else(|| self.tuning.current()) * (0.8 + 0.4 * rng.random::<f64>());
        let leaps = rng.random_range(1..=leaps.max(1));
        for leap in 0..leaps {
            let kick = if leap == 0 { 0.5 * step } else { step };
            for (((p, q), g), s) in self
                .momentum
                .iter_mut()
                .zip(&mut self.proposal)
                .zip(&self.gradient)
                .zip(&self.scales)
            {
                *p += kick * s * g;
                *q += step * s * *p;
            }
            model.expand(&self.proposal, room);
            self.slope(model, room);
        }
        for ((p, g), s) in self
            .momentum
            .iter_mut()
            .zip(&self.gradient)
            .zip(&self.scales)
        {
            *p += 0.5 * step * s * g;
        }
        let after =
            model.log_density(&self.proposal, room) + self.attraction(model, room) - self.kinetic();
        // Not a number where probabilities fell below the smallest: such a proposal is refused.
        let change = after - before;
        let acceptance = if change.is_nan() {
            0.0
        } else {
            change.exp().min(1.0)
        };
        if rng.random::<f64>() < acceptance {
            point.copy_from_slice(&self.proposal);
        }
        if self.fixed.is_none() {
            self.tuning.learn(acceptance);
        }
        acceptance
    }

    /// Draws the noisy sizes and sets the lengths of steps from them.
    fn draw_scales(&mut self, model: &Model, room: &Workspace, rng: &mut impl Rng) {
        let k = model.classes;
        for (size, weight) in self.sizes.iter_mut().zip(&room.weights) {
            *size = (model.observed * weight).ln_1p() + NOISE * random::normal(rng);
        }
        let (sticks, logits) = self.scales.split_at_mut(k - 1);
        let mut after = self.sizes.last().map_or(0.0, |size| size.exp());
        for (scale, size) in sticks.iter_mut().zip(&self.sizes).rev() {
            let here = size.exp();
            *scale = (1.0 / (1.0 + here) + 1.0 / (0.5 + after)).sqrt();
            after += here;
        }
        for row in logits.chunks_exact_mut(k) {
            for (scale, size) in row.iter_mut().zip(&self.sizes) {
                // One third is the information of the uniform prior on the logit scale, where its variance is π²/3.
                *scale = (1.0 / 3.0 + INFORMATION * size.exp()).sqrt().recip();
            }
        }
    }

    fn kinetic(&self) -> f64 {
        0.5 * self.momentum.iter().map(|p| p * p).sum::<f64>()
    }

    /// The log density of the noisy sizes.
    fn attraction(&self, model: &Model, room: &Workspace) -> f64 {
        let squares = self
            .sizes
            .iter()
            .zip(&room.weights)
            .map(|(size, weight)| (size - (model.observed * weight).ln_1p()).powi(2));
        -0.5 * squares.sum::<f64>() / (NOISE * NOISE)
    }

    /// The gradient of the posterior joined with the noisy sizes, where the workspace was expanded.
    fn slope(&mut self, model: &Model, room: &mut Workspace) {
        for ((pull, size), weight) in self.pull.iter_mut().zip(&self.sizes).zip(&room.weights) {
            let expected = model.observed * weight;
            *pull = (size - expected.ln_1p()) / (NOISE * NOISE) * expected / (1.0 + expected);
        }
        model.gradient(&self.proposal, room, &self.pull, &mut self.gradient);
    }
}

/// Tunes the length of steps to the wanted acceptance by dual averaging (Nesterov 2009; Hoffman & Gelman 2014, section 3.2,
/// with their constants).
#[derive(Debug, Clone)]
struct Tuning {
    centre: f64,
    moves: f64,
    error: f64,
    current: f64,
    average: f64,
}

impl Tuning {
    fn new(step: f64) -> Self {
        let ln = step.ln();
        Self {
            centre: ln + 1.0,
            moves: 0.0,
            error: 0.0,
            current: ln,
            average: ln,
        }
    }

    fn learn(&mut self, acceptance: f64) {
        const GAMMA: f64 = 0.05;
        const DELAY: f64 = 10.0;
        const FORGET: f64 = 0.75;
        self.moves += 1.0;
        let weight = 1.0 / (self.moves + DELAY);
        self.error += weight * (ACCEPTANCE - acceptance - self.error);
        self.current = (self.centre - self.moves.sqrt() / GAMMA * self.error).clamp(-12.0, 1.0);
        let weight = self.moves.powf(-FORGET);
        self.average += weight * (self.current - self.average);
    }

    fn current(&self) -> f64 {
        self.current.exp()
    }

    fn settled(&self) -> f64 {
        self.average.exp()
    }
}
