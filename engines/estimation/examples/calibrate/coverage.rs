//! How often 95 % intervals hold the truth.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use mandate_estimation::graphs::{GraphsOptions, average};
use mandate_estimation::latent::{self, Options, estimate};
use mandate_estimation::simulate::{Dependence, Group, Population};
use mandate_estimation::{CaptureTable, Posterior, loglinear};
use rayon::prelude::*;

use crate::plot;

/// People in each population.
const TOTAL: u64 = 2_000;

/// What one method did on one kind of population.
pub(crate) struct Coverage {
    pub(crate) population: &'static str,
    pub(crate) method: &'static str,
    /// The share of intervals that hold the truth.
    pub(crate) held: f64,
    /// Its standard error.
    pub(crate) error: f64,
    /// The mean of the median, as a share of the truth.
    pub(crate) median: f64,
    /// The median width of the interval, as a share of the truth.
    pub(crate) width: f64,
}

/// The lower end, the middle and the upper end.
type Answer = (f64, f64, f64);

/// From a table and a seed to the total.
type Method = fn(&CaptureTable, u64) -> Answer;

fn populations() -> Vec<(&'static str, Population)> {
    let on = [0.30, 0.25, 0.20, 0.15];
    let pair = |first, second, odds_ratio| Dependence {
        first,
        second,
        odds_ratio,
    };
    let group = |share, factor: f64| Group {
        share,
        on: on.iter().map(|p| (p * factor).min(0.95)).collect(),
    };
    let dependent = |pairs: &[Dependence]| Population::dependent(&on, pairs).unwrap();
    let all_pairs: Vec<Dependence> = (0..4)
        .flat_map(|high| (0..high).map(move |low| pair(low, high, 2.0)))
        .collect();
    vec![
        ("independent", Population::independent(&on).unwrap()),
        (
            "one pair attracts, odds ratio 4",
            dependent(&[pair(0, 1, 4.0)]),
        ),
        (
            "one pair repels, odds ratio 1/4",
            dependent(&[pair(0, 1, 0.25)]),
        ),
        ("all pairs attract, odds ratio 2", dependent(&all_pairs)),
        (
            "two groups: easy and hard to find",
            Population::heterogeneous(&[group(0.5, 2.0), group(0.5, 0.5)]).unwrap(),
        ),
        (
            "by degrees, spread 1",
            Population::graded(&on, 1.0).unwrap(),
        ),
        (
            "by degrees, spread 2",
            Population::graded(&on, 2.0).unwrap(),
        ),
        (
            "a quarter can be on no list",
            Population::heterogeneous(&[group(0.75, 1.5), group(0.25, 0.0)]).unwrap(),
        ),
    ]
}

pub(crate) fn run(folder: &Path, times: u64) {
    let methods: [(&str, Method); 3] = [
        ("latent classes", latent_classes),
        ("decomposable graphs", graphs),
        ("log-linear, BIC", log_linear),
    ];
    let mut rows = Vec::new();
    for (name, population) in populations() {
        for (method, total) in methods {
            let answers: Vec<Answer> = (0..times)
                .into_par_iter()
                .map(|seed| total(&population.draw(TOTAL, seed).unwrap(), seed))
                .collect();
            let row = summary(name, method, &answers);
            println!(
                "{name}; {method}: {:.1} % ± {:.1}, median {:+.1} %, width {:.0} %",
                100.0 * row.held,
                100.0 * row.error,
                100.0 * (row.median - 1.0),
                100.0 * row.width
            );
            rows.push(row);
        }
    }
    let mut csv =
        String::from("population,method,coverage,standard_error,median_by_truth,width_by_truth\n");
    for row in &rows {
        writeln!(
            csv,
            "\"{}\",{},{:.3},{:.3},{:.3},{:.3}",
            row.population, row.method, row.held, row.error, row.median, row.width
        )
        .unwrap();
    }
    std::fs::write(folder.join("coverage.csv"), csv).unwrap();
    std::fs::write(folder.join("coverage.svg"), plot::coverage(&rows)).unwrap();
}

fn summary(population: &'static str, method: &'static str, answers: &[Answer]) -> Coverage {
    let (number, truth) = (answers.len() as f64, TOTAL as f64);
    let held = answers
        .iter()
        .filter(|(low, _, high)| (*low..=*high).contains(&truth))
        .count() as f64
        / number;
    let mut widths: Vec<f64> = answers.iter().map(|(low, _, high)| high - low).collect();
    widths.sort_by(f64::total_cmp);
    let medians = answers.iter().map(|(_, median, _)| median);
    Coverage {
        population,
        method,
        held,
        error: (held * (1.0 - held) / number).sqrt(),
        median: medians.sum::<f64>() / number / truth,
        width: widths[widths.len() / 2] / truth,
    }
}

fn of(total: &Posterior) -> Answer {
    let interval = total.interval(0.95);
    (
        interval.lower as f64,
        total.median() as f64,
        interval.upper as f64,
    )
}

fn latent_classes(table: &CaptureTable, seed: u64) -> Answer {
    let options = Options {
        chains: 4,
        seed,
        effective_draws: 1_000.0,
        ..latent::Options::default()
    };
    let answer = estimate(table, &options, &|_| ControlFlow::Continue(()));
    of(&answer.unwrap().total)
}

fn graphs(table: &CaptureTable, _: u64) -> Answer {
    let options = GraphsOptions {
        keep: 0,
        ..GraphsOptions::default()
    };
    of(&average(table, &options).unwrap().total)
}

fn log_linear(table: &CaptureTable, _: u64) -> Answer {
    let total = loglinear::estimate(table).unwrap().bic.total;
    (total.lower, total.value, total.upper)
}
