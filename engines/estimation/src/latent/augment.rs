//! The plain Gibbs sampler of Manrique-Vallier (2016), on counts by pattern.

use rand::Rng;

use super::model::{Model, Workspace};
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
}

/// One sweep: concentration, people never listed, memberships of all people, list probabilities, sticks. Moves the point
/// and gives the number never listed.
pub(super) fn sweep(
    model: &Model,
    point: &mut [f64],
    room: &mut Workspace,
    counts: &mut Counts,
    rng: &mut impl Rng,
) -> f64 {
    let k = model.classes;
    let alpha = model.concentration(point, rng);
    model.expand(point, room);
    let never = random::missed(rng, model.observed, room.listed);
    counts.members.fill(0);
    counts.on.fill(0);
    for (pattern, count, cell) in model
        .cells
        .iter()
        .map(|cell| (cell.pattern, cell.count, Some(cell)))
        .chain([(0, never as u64, None)])
    {
        model.joint(cell, room, &mut counts.joint);
        random::multinomial(rng, count, &counts.joint, &mut counts.split);
        for (members, split) in counts.members.iter_mut().zip(&counts.split) {
            *members += split;
        }
        for list in (0..model.lists).filter(|list| pattern >> list & 1 == 1) {
            for (on, split) in counts.on[list * k..(list + 1) * k]
                .iter_mut()
                .zip(&counts.split)
            {
                *on += split;
            }
        }
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
    never
}
