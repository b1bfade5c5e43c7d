//! Latent classes on the four lists of Kosovo, with the time they take:
//! `cargo run --release -p mandate-estimation --example kosovo -- [classes] [seed] [effective draws] [gibbs draws]`.
//!
//! With a number of draws, the plain Gibbs sampler makes so many in each chain instead.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::ops::ControlFlow;
use std::time::Instant;

use mandate_estimation::CaptureTable;
use mandate_estimation::latent::{Options, Sampler, estimate};

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|number| number.parse().unwrap());
    let classes = arguments.next().unwrap_or(10);
    let seed = arguments.next().unwrap_or(1);
    let mut options = Options {
        classes,
        seed: seed as u64,
        ..Options::default()
    };
    if let Some(effective_draws) = arguments.next() {
        options.effective_draws = effective_draws as f64;
        options.most_draws = 1_000_000;
    }
    if let Some(draws) = arguments.next() {
        options.sampler = Sampler::Gibbs;
        options.most_draws = draws;
        options.effective_draws = f64::MAX;
    }
    // EXH, ABA, OSCE, HRW, counted as published with Ball and others 2002.
    let counts = [
        0, 306, 936, 123, 845, 31, 217, 32, 1131, 106, 228, 42, 177, 18, 181, 27,
    ];
    let table = CaptureTable::from_ordered(["EXH", "ABA", "OSCE", "HRW"], &counts).unwrap();
    let start = Instant::now();
    let answer = estimate(&table, &options, &|_| ControlFlow::Continue(())).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let interval = answer.total.interval(0.95);
    println!(
        "K = {classes}, seed {seed}: median {}, mean {:.0}, 95 % {} to {}",
        answer.total.median(),
        answer.total.mean(),
        interval.lower,
        interval.upper
    );
    println!(
        "R-hat {:.4}, effective draws {:.0} (middle) and {:.0} (tails) of {} x {}, in {seconds:.2} s: {:.0} a second",
        answer.convergence.r_hat,
        answer.convergence.bulk,
        answer.convergence.tail,
        options.chains,
        answer.draws,
        answer.convergence.bulk / seconds
    );
    println!(
        "mean of alpha {:.3} ({:.0} effective draws), classes with members {:.3?}, accepted {:.3?}",
        answer.concentration,
        answer.concentration_convergence.bulk,
        answer.occupied,
        answer.acceptance
    );
    answer
        .warnings
        .iter()
        .for_each(|warning| println!("{warning}"));
}
