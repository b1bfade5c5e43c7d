//! Moves of the classes' labels, which the likelihood does not see.
//!
//! With α integrated out, the prior density of the weights in their order is, R_k being the sum of all weights after the
//! k-th,
//!
//! ```text
//! (b − ln π_K)^{−(a+K−1)} / (π_K ∏_{k<K} R_{k−1}).
//! ```

use rand::Rng;
use rand_distr::{Distribution, Exp1};

use super::model::{Model, softplus};
use crate::random::{self, ln_sum};

/// Room for a relabelling.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    order: Vec<(f64, usize)>,
    proposal: Vec<(f64, usize)>,
    log_weights: Vec<f64>,
    column: Vec<f64>,
}

impl Labels {
    pub(super) fn new(model: &Model) -> Self {
        let k = model.classes;
        Self {
            order: Vec::with_capacity(k),
            proposal: Vec::with_capacity(k),
            log_weights: vec![0.0; k],
            column: vec![0.0; k],
        }
    }

    /// Moves the labels of a point: a new order of all classes, then neighbours that change places.
    pub(super) fn shuffle(&mut self, model: &Model, point: &mut [f64], rng: &mut impl Rng) {
        if model.classes == 1 {
            return;
        }
        self.weigh(&point[..model.classes - 1]);
        let mut moved = self.reorder(model, rng);
        moved |= self.swap_neighbours(model, rng);
        if moved {
            self.write(model, point);
        }
    }

    /// The logarithms of the weights from the logits of the sticks, in the order of the labels.
    fn weigh(&mut self, sticks: &[f64]) {
        let mut left = 0.0;
        for (log_weight, &logit) in self.log_weights.iter_mut().zip(sticks) {
            *log_weight = left - softplus(-logit);
            left -= softplus(logit);
        }
        if let Some(last) = self.log_weights.last_mut() {
            *last = left;
        }
        self.order.clear();
        let labelled = self.log_weights.iter().copied().enumerate();
        self.order.extend(labelled.map(|(class, log)| (log, class)));
    }

    /// Proposes a size-biased order: each class comes next with probability in proportion to its weight. All of the prior
    /// but its first factor cancels against the probability of the proposal.
    fn reorder(&mut self, model: &Model, rng: &mut impl Rng) -> bool {
        self.proposal.clear();
        for &(log_weight, class) in &self.order {
            // The first of exponential waiting times with these rates comes first with probability in proportion to its rate.
            let wait: f64 = Exp1.sample(rng);
            self.proposal.push((wait.ln() - log_weight, class));
        }
        self.proposal
            .sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (key, class) in &mut self.proposal {
            *key = self.log_weights[*class];
        }
        let last = self.order.len() - 1;
        let ratio = ln_first_factor(model, self.proposal[last].0)
            - ln_first_factor(model, self.order[last].0);
        let taken = random::uniform(rng).ln() < ratio;
        if taken {
            std::mem::swap(&mut self.order, &mut self.proposal);
        }
        taken
    }

    /// Proposes for every two neighbours, from the last to the first, to change their places. It brings a large class to the
    /// last place and away from there, which a size-biased order seldom does; on the last weight α depends.
    fn swap_neighbours(&mut self, model: &Model, rng: &mut impl Rng) -> bool {
        let last = self.order.len() - 1;
        let mut moved = false;
        let mut after = f64::NEG_INFINITY;
        for place in (0..last).rev() {
            let (here, next) = (self.order[place].0, self.order[place + 1].0);
            let ratio = if place + 1 == last {
                ln_first_factor(model, here) - here - ln_first_factor(model, next) + next
            } else {
                ln_sum(next, after) - ln_sum(here, after)
            };
            if random::uniform(rng).ln() < ratio {
                self.order.swap(place, place + 1);
                moved = true;
            }
            after = ln_sum(after, self.order[place + 1].0);
        }
        moved
    }

    /// Writes the new order into the point.
    fn write(&mut self, model: &Model, point: &mut [f64]) {
        let k = model.classes;
        let (sticks, logits) = point.split_at_mut(k - 1);
        let mut after = self.order[k - 1].0;
        for (&(here, _), stick) in self.order[..k - 1].iter().zip(sticks).rev() {
            *stick = here - after;
            after = ln_sum(here, after);
        }
        for row in logits.chunks_exact_mut(k) {
            self.column.copy_from_slice(row);
            for (out, &(_, class)) in row.iter_mut().zip(&self.order) {
                *out = self.column[class];
            }
        }
    }
}

/// The logarithm of `(b − ln π_K)^{−(a+K−1)}`.
fn ln_first_factor(model: &Model, log_weight: f64) -> f64 {
    -(model.shape + (model.classes - 1) as f64) * (model.rate - log_weight).ln()
}
