//! Ranks of the truth among the draws of its posterior.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use mandate_estimation::graphs::{GraphsOptions, PriorOfTotal, average, decomposable_graphs};
use mandate_estimation::latent::{self, Options, estimate};
use mandate_estimation::simulate::Population;
use rand::RngExt;
use rand_distr::{Distribution, Gamma, Poisson};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use rayon::prelude::*;

use crate::plot;

/// Bins of a histogram.
const BINS: usize = 20;

/// Draws that the truth is ranked among: with 20 bins, five ranks fall into each.
const DRAWS: usize = 99;

/// The probability that a uniform histogram stays within its band, all bins together.
const BAND: f64 = 0.99;

/// One case: its file name, its title, and where the truth stands in the posterior of one simulation, from 0 to 1.
struct Case {
    name: &'static str,
    title: &'static str,
    place: fn(u64) -> f64,
}

const CASES: [Case; 4] = [
    Case {
        name: "ranks-latent-3",
        title: "Latent classes, 3 lists, K = 4, 60 people listed",
        place: |seed| latent_classes(3, 4, 60, seed),
    },
    Case {
        name: "ranks-latent-4",
        title: "Latent classes, 4 lists, K = 6, 600 people listed",
        place: |seed| latent_classes(4, 6, 600, seed),
    },
    Case {
        name: "ranks-graphs-3",
        title: "Decomposable graphs, 3 lists, delta = 1",
        place: |seed| graphs(3, 1.0, seed),
    },
    Case {
        name: "ranks-graphs-4",
        title: "Decomposable graphs, 4 lists, delta = 1/2",
        place: |seed| graphs(4, 0.5, seed),
    },
];

/// Runs all cases; true if every histogram lies within its band.
pub(crate) fn run(folder: &Path, times: u64) -> bool {
    let reach = reach(times);
    let mut passed = true;
    for case in &CASES {
        let places: Vec<f64> = (0..times).into_par_iter().map(case.place).collect();
        let mut bins = [0_u64; BINS];
        for place in places {
            bins[((place * BINS as f64) as usize).min(BINS - 1)] += 1;
        }
        let expected = times as f64 / BINS as f64;
        let band = (expected - reach, expected + reach);
        let fine = bins
            .iter()
            .all(|&bin| (band.0..=band.1).contains(&(bin as f64)));
        passed &= fine;
        let worst = bins
            .iter()
            .map(|&bin| (bin as f64 - expected).abs())
            .fold(0.0, f64::max);
        let words = if fine {
            "within its band"
        } else {
            "OUTSIDE its band"
        };
        println!(
            "{}: {words}; furthest from {expected}: {worst}, allowed {reach:.1}",
            case.title
        );
        let mut csv = String::from("bin,count,band_low,band_high\n");
        for (bin, count) in bins.iter().enumerate() {
            writeln!(csv, "{bin},{count},{:.1},{:.1}", band.0, band.1).unwrap();
        }
        std::fs::write(folder.join(format!("{}.csv", case.name)), csv).unwrap();
        let svg = plot::histogram(case.title, &bins, band);
        std::fs::write(folder.join(format!("{}.svg", case.name)), svg).unwrap();
    }
    passed
}

/// How far the furthest bin of a uniform histogram is from its expectation, at most, with probability [`BAND`]: from
/// simulated histograms.
fn reach(times: u64) -> f64 {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
    let expected = times as f64 / BINS as f64;
    let mut furthest: Vec<f64> = (0..4_000)
        .map(|_| {
            let mut bins = [0_u64; BINS];
            (0..times).for_each(|_| bins[rng.random_range(0..BINS)] += 1);
            bins.iter()
                .map(|&bin| (bin as f64 - expected).abs())
                .fold(0.0, f64::max)
        })
        .collect();
    furthest.sort_by(f64::total_cmp);
    furthest[(furthest.len() as f64 * BAND) as usize]
}

fn latent_classes(lists: usize, classes: usize, observed: u64, number: u64) -> f64 {
    let options = Options {
        classes,
        chains: 4,
        seed: 3 * number,
        effective_draws: 1_000.0,
        ..latent::Options::default()
    };
    let population = Population::of_latent_classes(lists, &options, 3 * number + 1).unwrap();
    let (table, truth) = population.draw_observed(observed, 3 * number + 2).unwrap();
    let answer = estimate(&table, &options, &|_| ControlFlow::Continue(())).unwrap();
    if !answer.converged {
        println!(
            "simulation {number} of {lists} lists did not converge: {:?}",
            answer.convergence
        );
    }
    // Far apart, so that they are as good as independent.
    let all: Vec<u64> = answer.trace.concat();
    let draws: Vec<u64> = (0..DRAWS)
        .map(|draw| all[draw * all.len() / DRAWS])
        .collect();
    let below = draws.iter().filter(|&&draw| draw < truth).count();
    let equal = draws.iter().filter(|&&draw| draw == truth).count();
    let rank = below + Xoshiro256PlusPlus::seed_from_u64(number).random_range(0..=equal);
    rank as f64 / (DRAWS + 1) as f64
}

fn graphs(lists: usize, delta: f64, number: u64) -> f64 {
    let (shape, scale) = (4.0, 100.0);
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(number);
    let all = decomposable_graphs(lists).unwrap();
    // A table without anybody is drawn again: the posterior is that given that somebody is listed.
    let (table, truth) = loop {
        let graph = &all[rng.random_range(0..all.len())];
        let mean = Gamma::new(shape, scale).unwrap().sample(&mut rng);
        let truth = Poisson::new(mean).unwrap().sample(&mut rng) as u64;
        let population = Population::of_graph(graph, delta, rng.random()).unwrap();
        if let Ok(table) = population.draw(truth, rng.random()) {
            break (table, truth);
        }
    };
    let options = GraphsOptions {
        delta: Some(delta),
        prior: PriorOfTotal::NegativeBinomial { shape, scale },
        // Beyond lies less than 1e-15 of the prior.
        missing: Some((0, 6_000)),
        keep: 0,
    };
    let posterior = average(&table, &options).unwrap().total;
    let below = posterior.probability_up_to(truth - 1);
    below + rng.random::<f64>() * (posterior.probability_up_to(truth) - below)
}
