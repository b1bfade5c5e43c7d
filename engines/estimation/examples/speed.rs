//! How long the exact average over graphs and log-linear models take, by the number of lists:
//! `cargo run --release -p mandate-estimation --example speed -- [lists ...]` (3 4 5 6 by default; 7 takes minutes).
//!
//! The population is invented: 5,000 people, each list has a person with a probability from 0.1 to 0.3, two lists depend on
//! each other.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use mandate_estimation::graphs::{GraphsOptions, average, default_most_missing};
use mandate_estimation::loglinear;
use mandate_estimation::simulate::{Dependence, Population};

fn main() {
    let mut lists: Vec<usize> = std::env::args()
        .skip(1)
        .map(|n| n.parse().unwrap())
        .collect();
    if lists.is_empty() {
        lists = vec![3, 4, 5, 6];
    }
    for lists in lists {
        let on: Vec<f64> = (0..lists)
            .map(|list| 0.1 + 0.04 * (list % 6) as f64)
            .collect();
        let pair = Dependence {
            first: 0,
            second: 2,
            odds_ratio: 3.0,
        };
        let population = Population::dependent(&on, &[pair]).unwrap();
        let table = population.draw(5_000, 1).unwrap();
        let start = Instant::now();
        let answer = average(&table, &GraphsOptions::default()).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let interval = answer.total.interval(0.95);
        println!(
            "{lists} lists: {} graphs, {} numbers missing, {seconds:.2} s; {} ({} to {}) of 5,000",
            answer.graphs,
            default_most_missing(&table),
            answer.total.median(),
            interval.lower,
            interval.upper
        );
        let start = Instant::now();
        let answer = loglinear::estimate(&table).unwrap();
        println!(
            "  {} log-linear models, {:.2} s; BIC {:.0} ({:.0} to {:.0})",
            answer.fitted,
            start.elapsed().as_secs_f64(),
            answer.bic.total.value,
            answer.bic.total.lower,
            answer.bic.total.upper
        );
    }
}
