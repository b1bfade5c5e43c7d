//! Moves of the classes' labels.

use rand::Rng;
use rand_distr::{Distribution, Exp1};

use super::model::{Model, softplus};
use crate::random;

/// Room for a relabelling.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    order: Vec<(f64, usize)>,
    log_weights: Vec<f64>,
    column: Vec<f64>,
}

impl Labels {
    pub(super) fn new(model: &Model) -> Self {
        let k = model.classes;
        Self {
            order: Vec::with_capacity(k),
            log_weights: vec![0.0; k],
            column: vec![0.0; k],
        }
    }

    /// Proposes a size-biased order of the classes and takes it or not.
    pub(super) fn shuffle(&mut self, model: &Model, point: &mut [f64], rng: &mut impl Rng) -> bool {
        let k = model.classes;
        let mut left = 0.0;
        for (class, &logit) in point[..k - 1].iter().enumerate() {
            self.log_weights[class] = left - softplus(-logit);
            left -= softplus(logit);
        }
        self.log_weights[k - 1] = left;
        self.order.clear();
        for (class, log_weight) in self.log_weights.iter().enumerate() {
            // The first of exponential waiting times with these rates comes first with probability in proportion to its rate.
            let wait: f64 = Exp1.sample(rng);
            self.order.push((wait.ln() - log_weight, class));
        }
        self.order
            .sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let last = self.log_weights[self.order[k - 1].1];
        let power = model.shape + (k - 1) as f64;
        let ratio = power * ((model.rate - left).ln() - (model.rate - last).ln());
        if random::uniform(rng).ln() >= ratio {
            return false;
        }
        let (sticks, logits) = point.split_at_mut(k - 1);
        let mut after = last;
        for (place, stick) in sticks.iter_mut().enumerate().rev() {
            let here = self.log_weights[self.order[place].1];
            *stick = here - after;
            let high = here.max(after);
            after = high + ((here - high).exp() + (after - high).exp()).ln();
        }
        for row in logits.chunks_exact_mut(k) {
            self.column.copy_from_slice(row);
            for (out, &(_, class)) in row.iter_mut().zip(&self.order) {
                *out = self.column[class];
            }
        }
        true
    }
}
