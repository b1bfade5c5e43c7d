//! Latent classes.

mod augment;
mod hamiltonian;
mod model;
mod relabel;

use crate::{CaptureTable, random};

/// Prototype.
#[allow(clippy::too_many_arguments)]
pub fn prototype(
    table: &CaptureTable,
    classes: usize,
    seed: u64,
    chain: usize,
    warm: usize,
    draws: usize,
    step: f64,
    leaps: usize,
    spread: f64,
    info: f64,
    gibbs: usize,
    plain: bool,
) -> (Vec<f64>, f64) {
    let model = model::Model::new(table, classes, 0.25, 0.25);
    let mut rng = random::stream(seed, chain);
    let mut room = model.workspace();
    let mut counts = augment::Counts::new(&model);
    let mut h = hamiltonian::Hamiltonian::new(&model);
    let mut labels = relabel::Labels::new(&model);
    h.step = step;
    h.leaps = leaps;
    h.spread = spread;
    h.info = info;
    let mut point: Vec<f64> = (0..model.dimension())
        .map(|_| random::normal(&mut rng))
        .collect();
    for _ in 0..200 {
        augment::sweep(&model, &mut point, &mut room, &mut counts, &mut rng);
    }
    let mut out = Vec::new();
    let mut acc = 0.0;
    for i in 0..warm + draws {
        let never;
        if plain {
            never = augment::sweep(&model, &mut point, &mut room, &mut counts, &mut rng);
        } else {
            labels.shuffle(&model, &mut point, &mut rng);
            acc += h.step(&model, &mut point, &mut room, &mut rng);
            if gibbs > 0 && i % gibbs == 0 {
                augment::sweep(&model, &mut point, &mut room, &mut counts, &mut rng);
            }
            model.expand(&point, &mut room);
            never = random::missed(&mut rng, model.observed, room.listed);
        }
        if i >= warm {
            out.push(never + model.observed);
        }
    }
    (out, acc / (warm + draws) as f64)
}
