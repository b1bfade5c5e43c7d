//! Hamiltonian Monte Carlo on the integrated posterior.

use rand::{Rng, RngExt};

use super::model::{Model, Workspace};
use crate::random;

/// Settings and room of the move.
#[derive(Debug, Clone)]
pub(super) struct Hamiltonian {
    pub(super) step: f64,
    pub(super) leaps: usize,
    pub(super) spread: f64,
    pub(super) info: f64,
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
            step: 0.5,
            leaps: 20,
            spread: 0.5,
            info: 0.12,
            sizes: vec![0.0; k],
            pull: vec![0.0; k],
            scales: vec![1.0; d],
            momentum: vec![0.0; d],
            gradient: vec![0.0; d],
            proposal: vec![0.0; d],
        }
    }

    /// One trajectory. Gives the probability with which it was accepted.
    pub(super) fn step(
        &mut self,
        model: &Model,
        point: &mut [f64],
        room: &mut Workspace,
        rng: &mut impl Rng,
    ) -> f64 {
        let k = model.classes;
        model.expand(point, room);
        for (size, w) in self.sizes.iter_mut().zip(&room.weights) {
            *size = (1.0 + model.observed * w).ln() + self.spread * random::normal(rng);
        }
        let mut after = self.sizes[k - 1].exp();
        for class in (0..k - 1).rev() {
            let here = self.sizes[class].exp();
            self.scales[class] = (1.0 / (1.0 + here) + 1.0 / (0.5 + after)).sqrt().min(3.0);
            after += here;
        }
        for row in self.scales[k - 1..].chunks_exact_mut(k) {
            for (scale, size) in row.iter_mut().zip(&self.sizes) {
                *scale = (0.3 + self.info * size.exp()).sqrt().recip();
            }
        }
        self.proposal.copy_from_slice(point);
        for p in &mut self.momentum {
            *p = random::normal(rng);
        }
        let before = model.log_density(point, room) + self.attraction(model, room) - self.kinetic();
        self.slope(model, room);
        let step = self.step * (0.8 + 0.4 * random::uniform(rng));
        let leaps = rng.random_range(1..=self.leaps);
        for leap in 0..leaps {
            let first = if leap == 0 { 0.5 } else { 1.0 };
            for (((p, q), g), s) in self
                .momentum
                .iter_mut()
                .zip(&mut self.proposal)
                .zip(&self.gradient)
                .zip(&self.scales)
            {
                *p += first * step * s * g;
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
        // Not a number where a probability fell below the smallest: such a proposal is refused.
        let change = after - before;
        let accept = if change.is_nan() {
            0.0
        } else {
            change.exp().min(1.0)
        };
        if random::uniform(rng) < accept {
            point.copy_from_slice(&self.proposal);
        }
        accept
    }

    fn kinetic(&self) -> f64 {
        0.5 * self.momentum.iter().map(|p| p * p).sum::<f64>()
    }

    fn attraction(&self, model: &Model, room: &Workspace) -> f64 {
        let sum: f64 = self
            .sizes
            .iter()
            .zip(&room.weights)
            .map(|(size, w)| (size - (1.0 + model.observed * w).ln()).powi(2))
            .sum();
        -0.5 * sum / (self.spread * self.spread)
    }

    fn slope(&mut self, model: &Model, room: &mut Workspace) {
        for ((pull, size), w) in self.pull.iter_mut().zip(&self.sizes).zip(&room.weights) {
            let expected = model.observed * w;
            *pull = (size - (1.0 + expected).ln()) / (self.spread * self.spread) * expected
                / (1.0 + expected);
        }
        model.gradient(&self.proposal, room, &self.pull, &mut self.gradient);
    }
}
