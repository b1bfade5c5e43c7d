//! The plain Gibbs sampler of Manrique-Vallier (2016), on counts by pattern.

use rand::Rng;

use super::model::{Cell, Model, Workspace};
use crate::random;

/// Room for the counts of a sweep.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    /// The members of each class.
    members: Vec<u64>,
    /// The members of each class on each list, by list and class.
    on: Vec<u64>,
    /// One pattern's people by class.
    split: Vec<u64>,
    joint: Vec<f64>,
}

impl Counts {
    pub(super) fn new(model: &Model) -> Self {
        let k = model.classes;
        Self {
            members: vec![0; k],
            on: vec![0; k * model.lists],
            split: vec![0; k],
            joint: vec![0.0; k],
        }
    }

    /// How many classes have members.
    pub(super) fn occupied(&self) -> usize {
        self.members.iter().filter(|&&members| members > 0).count()
    }

    /// Divides the people of one pattern (or those on no list) among the classes.
    fn add(
        &mut self,
        model: &Model,
        pattern: u32,
        cell: Option<&Cell>,
        count: u64,
        room: &Workspace,
        rng: &mut impl Rng,
    ) {
        model.joint(cell, room, &mut self.joint);
        random::multinomial(rng, count, &self.joint, &mut self.split);
        for (members, split) in self.members.iter_mut().zip(&self.split) {
            *members += split;
        }
        for (list, row) in self.on.chunks_exact_mut(model.classes).enumerate() {
            if pattern >> list & 1 == 1 {
                for (on, split) in row.iter_mut().zip(&self.split) {
                    *on += split;
                }
            }
        }
    }
}

/// One sweep: concentration, people never listed, memberships of all people, list probabilities, sticks. Moves the point.
pub(super) fn sweep(
    model: &Model,
    point: &mut [f64],
    room: &mut Workspace,
    counts: &mut Counts,
    rng: &mut impl Rng,
) {
    let k = model.classes;
    let alpha = model.concentration(point, rng);
    model.expand(point, room);
    counts.members.fill(0);
    counts.on.fill(0);
    let never = random::missed(rng, model.observed, room.listed);
    counts.add(model, 0, None, never, room, rng);
    for cell in &model.cells {
        counts.add(model, cell.pattern, Some(cell), cell.count, room, rng);
    }
    let (sticks, logits) = point.split_at_mut(k - 1);
    for (row, out) in counts.on.chunks_exact(k).zip(logits.chunks_exact_mut(k)) {
        for ((&on, &all), logit) in row.iter().zip(&counts.members).zip(out) {
            *logit = random::beta_logit(rng, 1.0 + on as f64, 1.0 + (all - on) as f64);
        }
    }
    let mut after: u64 = counts.members.iter().sum();
    for (&here, logit) in counts.members.iter().zip(sticks) {
        after -= here;
        *logit = random::beta_logit(rng, 1.0 + here as f64, alpha + after as f64);
    }
}
