//! Latent classes: people who are easy to find and people who are hard to find (Manrique-Vallier 2016).
//!
//! # The model
//!
//! Each of the N victims belongs to one of K classes that nobody sees. Within class k the J lists are independent, and list j
//! has a person with probability λ_jk. Over the classes together lists may depend on one another in any way, given enough
//! classes; how many are used is left to the data. The prior is that of the program LCMCR:
//!
//! ```text
//! λ_jk ~ Uniform(0, 1)                                   V_k ~ Beta(1, α), k < K,  V_K = 1
//! π_k  = V_k ∏_{h<k} (1 − V_h)                            α   ~ Gamma(a, rate b)
//! p(N) ∝ 1/N
//! ```
//!
//! A Dirichlet process, truncated at K classes: few classes carry most people, more are taken up where the overlaps ask for
//! them. α says how readily.
//!
//! # What is integrated out
//!
//! The sampler of the paper draws the class of every person, the N − n people on no list among them. Memberships and
//! probabilities then hold each other fast: a chain of a million sweeps holds a few thousand effective draws. Nearly all of
//! this can be summed away. Write p_x = Σ_k π_k ∏_j λ_jk^{x_j} (1 − λ_jk)^{1−x_j} for the probability of a pattern x, p_0 for
//! that of no list, n_x for the counts and n for their sum. Memberships disappear into p_x. For the people never listed,
//!
//! ```text
//! Σ_{N≥n} 1/N · N!/((N−n)! ∏ n_x!) · p_0^{N−n} ∏ p_x^{n_x}  =  (n−1)!/∏ n_x! · ∏ p_x^{n_x} / (1 − p_0)^n,
//! ```
//!
//! so that given all else, N − n is negative binomial: the failures before the n-th success of probability 1 − p_0. And with
//! t = −Σ_{k<K} ln(1 − V_k), α leaves (b + t)^{−(a+K−1)} ∏ 1/(1 − V_k). What stays is a smooth density of K − 1 sticks and J·K
//! probabilities. On the logit scale, their Jacobian included, it is
//!
//! ```text
//! ln f = Σ_x n_x ln p_x − n ln(1 − p_0) + Σ_{k<K} ln V_k − (a + K − 1) ln(b + t) + Σ_jk ln λ_jk (1 − λ_jk).
//! ```
//!
//! # The sampler
//!
//! - **Trajectories** (Hamiltonian Monte Carlo; Duane et al. 1987, Neal 2011) on f, with the gradient in closed form: the
//!   expected members of each class, by pattern. A large class holds its probabilities tight and a small one leaves them
//!   loose, so lengths of steps follow the classes' sizes. That they may do so without a correction, each move first draws a
//!   *noisy size* ln s_k ~ Normal(ln(1 + nπ_k), 1/4), goes by the joint density of point and sizes, and forgets the sizes.
//! - **Moves of labels.** The likelihood does not see the classes' order, the sticks do. One move proposes a size-biased order,
//!   whose probability ∏ π_k / R_{k−1} (R: the weights not yet placed) cancels all of the prior of the order but its
//!   dependence on the last weight: it is accepted with probability min(1, [(b − ln π_K) / (b − ln π_K')]^{a+K−1}). Then
//!   neighbours propose to change places.
//! - **Plain sweeps** of the paper's sampler, one after every fourth trajectory, draw empty classes anew.
//!
//! Each of the three leaves the posterior as it is. Chains begin far apart, descend by plain sweeps, try trajectories of several lengths, fix the tuning, and only then draw. Draws are added in rounds until the
//! rank-normalised split R̂ (Vehtari et al. 2021) and the effective draws of middle and tails are as wanted, or a bound is
//! met. As long as R̂ is above 1.05 the first half of the draws is forgotten: it led to the posterior, and is none of it. [`Sampler::Gibbs`] is the paper's sampler alone: slower by a factor of about a hundred, and kept as a check that
//! shares no gradient, no tuning and no labels with the other.
//!
//! The work of a trajectory's step is O(patterns · K). Every chain has its own stream of random numbers, and sums go in the
//! order of the chains: the answer has the same bits at any number of threads.
//!
//! # What it may not be used for
//!
//! People whom no list could have found are not in N, whatever the interval says: the answer is about people who had a chance
//! to be listed. Lists that attract each other for a reason other than the people's own findability are taken for classes.
//! With few lists, different numbers of hard-to-find people fit almost equally well (Link 2003; Binette & Steorts 2022): the
//! prior then decides, and the interval's upper end is long. Where intervals hold and where they fail is measured by the
//! example `calibrate`; its figures are in the folder `docs` of this crate.
//!
//! Sources: Manrique-Vallier 2016, *Bayesian population size estimation using Dirichlet process mixtures*, Biometrics
//! 72:1246–1254; Ishwaran & James 2001, *Gibbs sampling methods for stick-breaking priors*, JASA 96:161–173; Papaspiliopoulos &
//! Roberts 2008, *Retrospective Markov chain Monte Carlo methods for Dirichlet process hierarchical models*, Biometrika
//! 95:169–186, for moves of labels; Neal 2011, *MCMC using Hamiltonian dynamics*; Link 2003, *Nonidentifiability of population
//! size from capture-recapture data with heterogeneous detection probabilities*, Biometrics 59:1123–1130.

mod answer;
mod chain;
mod gibbs;
mod hamiltonian;
mod model;
mod options;
mod relabel;

use std::ops::ControlFlow;

use rayon::prelude::*;

use crate::diagnostics::Convergence;
use crate::{CaptureTable, Error};
use chain::Chain;
use model::Model;

pub use answer::{Answer, MOST_LAGS, MOST_TRACED, Warning};
pub use options::{Options, Sampler};

/// Draws of each chain in the first round; later rounds add half of what there is.
const FIRST_ROUND: usize = 500;

/// R̂ above which the first half of the draws is held to be the way to the posterior, and forgotten.
const WARM_UP: f64 = 1.05;

/// Draws of each chain between two reports within a round.
const BETWEEN_REPORTS: usize = 500;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Draws that each chain has; 0 while chains are being tuned.
    pub draws: usize,
    /// The most that each may have.
    pub most_draws: usize,
    /// What the draws said about themselves after the last whole round; `None` before there was one.
    pub convergence: Option<Convergence>,
}

/// Estimates how many people there are, listed or not, with latent classes.
///
/// `progress` is called from the caller's thread, every 500 draws of each chain. When it breaks, what has been drawn so far is
/// returned, and [`Answer::converged`] tells whether it is enough.
///
/// # Errors
/// A setting out of range, or a run that was stopped before its first draws.
///
/// ```
/// use std::ops::ControlFlow;
/// use mandate_estimation::{CaptureTable, latent::{Options, estimate}};
///
/// // Invented counts of three lists: on which of them, and how many.
/// let table = CaptureTable::from_ordered(["A", "B", "C"], &[0, 60, 49, 14, 47, 12, 22, 12])?;
/// let options = Options { classes: 3, chains: 2, effective_draws: 100.0, r_hat: 1.1, ..Options::default() };
/// let answer = estimate(&table, &options, &|progress| {
///     println!("{} draws, {:?}", progress.draws, progress.convergence);
///     ControlFlow::Continue(())
/// })?;
/// assert!(answer.converged);
/// assert!(answer.total.interval(0.95).lower > table.observed());
/// # Ok::<(), mandate_estimation::Error>(())
/// ```
pub fn estimate(
    table: &CaptureTable,
    options: &Options,
    progress: &dyn Fn(&Progress) -> ControlFlow<()>,
) -> Result<Answer, Error> {
    options.check()?;
    let model = Model::new(table, options.classes, options.shape, options.rate);
    let mut chains: Vec<Chain<'_>> = (0..options.chains)
        .map(|number| Chain::new(&model, options.sampler, options.seed, number))
        .collect();
    let mut state = None;
    let report = |draws, convergence| {
        progress(&Progress {
            draws,
            most_draws: options.most_draws,
            convergence,
        })
        .is_continue()
    };
    let mut go_on = report(0, None);
    if go_on {
        chains.par_iter_mut().for_each(Chain::descend);
        go_on = report(0, None);
    }
    if go_on {
        let trials: Vec<_> = chains.par_iter_mut().map(Chain::explore).collect();
        let leaps = chain::best_leaps(&trials);
        chains.par_iter_mut().for_each(|chain| chain.settle(leaps));
        go_on = report(0, None);
    }
    let mut draws = 0;
    let mut kept = 0;
    let mut round = FIRST_ROUND.min(options.most_draws);
    while go_on && draws < options.most_draws {
        let more = BETWEEN_REPORTS.min(round - draws);
        chains.par_iter_mut().for_each(|chain| chain.draw(more));
        draws += more;
        kept += more;
        if draws == round {
            let convergence = convergence(&chains);
            state = Some(convergence);
            if options.reached(&convergence) {
                report(draws, state);
                break;
            }
            if convergence.r_hat > WARM_UP && draws < options.most_draws {
                chains.iter_mut().for_each(Chain::forget_half);
                kept -= kept / 2;
            }
            round = (draws + FIRST_ROUND.max(kept / 2)).min(options.most_draws);
        }
        go_on = report(draws, state);
    }
    if draws == 0 {
        return Err(Error::Stopped);
    }
    let convergence = convergence(&chains);
    Answer::of(chains, convergence, options)
}

/// What all chains together say about the draws of the total.
fn convergence(chains: &[Chain<'_>]) -> Convergence {
    let totals: Vec<Vec<f64>> = chains
        .iter()
        .map(|chain| chain.totals.iter().map(|&total| total as f64).collect())
        .collect();
    Convergence::of(&totals.iter().map(Vec::as_slice).collect::<Vec<_>>())
}
