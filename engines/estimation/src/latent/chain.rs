//! One Markov chain.

use rand_xoshiro::Xoshiro256PlusPlus;

use super::Sampler;
use super::gibbs::{self, Counts};
use super::hamiltonian::Hamiltonian;
use super::model::{Model, Workspace};
use super::relabel::Labels;
use crate::random;

/// Plain sweeps before the first trajectory. The first point has all classes of like size and unlike lists, so that each
/// solution is near enough; a start with few people was tried and left one chain in a hundred in a single class.
const SWEEPS: usize = 300;

/// Moves that tune the length of steps, before and after the number of steps is chosen.
const TUNING: usize = 150;

/// The trajectories' numbers of steps that are tried.
pub(super) const LEAPS: [usize; 5] = [16, 32, 64, 128, 256];

/// Moves with each of them.
const TRIAL: usize = 80;

/// A plain sweep follows every so many trajectories: it reaches what trajectories may not, such as an empty class's
/// probabilities anew.
const SWEEP_EVERY: usize = 4;

/// A chain with all it needs to go on.
#[derive(Debug, Clone)]
pub(super) struct Chain<'m> {
    model: &'m Model,
    sampler: Sampler,
    rng: Xoshiro256PlusPlus,
    point: Vec<f64>,
    room: Workspace,
    counts: Counts,
    labels: Labels,
    trajectories: Hamiltonian,
    leaps: usize,
    moves: usize,
    /// Draws of the number of people, those on lists included.
    pub(super) totals: Vec<u64>,
    /// Classes with members, at every plain sweep.
    pub(super) occupied: Vec<usize>,
    /// Draws of the concentration.
    pub(super) concentrations: Vec<f64>,
    /// Sum of the acceptance probabilities of trajectories since the tuning.
    accepted: f64,
}

/// How far trajectories of one length went.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trial {
    /// Sum of squared jumps of the logit of being never listed.
    jumps: f64,
    /// Its variance.
    variance: f64,
}

impl<'m> Chain<'m> {
    pub(super) fn new(model: &'m Model, sampler: Sampler, seed: u64, number: usize) -> Self {
        let mut rng = random::stream(seed, number);
        let point = (0..model.dimension())
            .map(|_| random::normal(&mut rng))
            .collect();
        Self {
            model,
            sampler,
            rng,
            point,
            room: model.workspace(),
            counts: Counts::new(model),
            labels: Labels::new(model),
            trajectories: Hamiltonian::new(model),
            leaps: LEAPS[0],
            moves: 0,
            totals: Vec::new(),
            occupied: Vec::new(),
            concentrations: Vec::new(),
            accepted: 0.0,
        }
    }

    /// Leaves the arbitrary first point by plain sweeps.
    pub(super) fn descend(&mut self) {
        for _ in 0..SWEEPS {
            self.sweep();
        }
    }

    /// Tunes the length of steps and tries several numbers of them.
    pub(super) fn explore(&mut self) -> [Trial; LEAPS.len()] {
        if self.sampler == Sampler::Gibbs {
            return Default::default();
        }
        for _ in 0..TUNING {
            self.step();
        }
        LEAPS.map(|leaps| {
            self.leaps = leaps;
            let mut values = Vec::with_capacity(TRIAL + 1);
            values.push(self.never_listed());
            for _ in 0..TRIAL {
                self.step();
                values.push(self.never_listed());
            }
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / TRIAL as f64;
            let jumps = values
                .windows(2)
                .map(|pair| (pair[1] - pair[0]).powi(2))
                .sum::<f64>()
                / TRIAL as f64;
            Trial { jumps, variance }
        })
    }

    /// Takes the number of steps that was found best and ends the tuning.
    pub(super) fn settle(&mut self, leaps: usize) {
        if self.sampler == Sampler::Hamiltonian {
            self.leaps = leaps;
            for _ in 0..TUNING {
                self.step();
            }
            self.trajectories.settle();
        }
        self.accepted = 0.0;
        self.moves = 0;
        self.occupied.clear();
    }

    /// The mean acceptance probability of trajectories.
    pub(super) fn acceptance(&self) -> f64 {
        self.accepted / (self.moves as f64).max(1.0)
    }

    /// Adds draws.
    pub(super) fn draw(&mut self, draws: usize) {
        for _ in 0..draws {
            self.step();
            self.model.expand(&self.point, &mut self.room);
            let never = random::missed(&mut self.rng, self.model.observed, self.room.listed);
            self.totals.push(self.model.observed as u64 + never);
            self.concentrations
                .push(self.model.concentration(&self.point, &mut self.rng));
        }
    }

    /// Forgets the first half of the draws.
    pub(super) fn forget_half(&mut self) {
        self.totals.drain(..self.totals.len() / 2);
        self.concentrations.drain(..self.concentrations.len() / 2);
        self.occupied.drain(..self.occupied.len() / 2);
    }

    /// The logit of the probability to be on no list.
    fn never_listed(&mut self) -> f64 {
        self.model.expand(&self.point, &mut self.room);
        (1.0 / self.room.listed - 1.0).max(f64::MIN_POSITIVE).ln()
    }

    fn step(&mut self) {
        if self.sampler == Sampler::Gibbs {
            self.sweep();
            return;
        }
        self.labels
            .shuffle(self.model, &mut self.point, &mut self.rng);
        self.accepted += self.trajectories.propose(
            self.model,
            &mut self.point,
            self.leaps,
            &mut self.room,
            &mut self.rng,
        );
        self.moves += 1;
        if self.moves.is_multiple_of(SWEEP_EVERY) {
            self.sweep();
        }
    }

    fn sweep(&mut self) {
        gibbs::sweep(
            self.model,
            &mut self.point,
            &mut self.room,
            &mut self.counts,
            &mut self.rng,
        );
        self.occupied.push(self.counts.occupied());
    }
}

/// The number of steps that promises the most effective draws for the work, from the trials of all chains: a quantity with
/// correlation ρ between draws is worth (1 - ρ) / (1 + ρ) draws each.
pub(super) fn best_leaps(trials: &[[Trial; LEAPS.len()]]) -> usize {
    let variance: f64 = trials
        .iter()
        .flatten()
        .map(|trial| trial.variance)
        .sum::<f64>()
        / LEAPS.len() as f64;
    let worth = |place: usize| {
        let jumps: f64 = trials.iter().map(|trials| trials[place].jumps).sum();
        let correlation = (1.0 - jumps / (2.0 * variance)).clamp(-0.5, 1.0);
        (1.0 - correlation) / (1.0 + correlation) / (LEAPS[place] as f64 + 4.0)
    };
    let best = (0..LEAPS.len()).fold(0, |best, place| {
        if worth(place) > worth(best) {
            place
        } else {
            best
        }
    });
    LEAPS[best]
}
