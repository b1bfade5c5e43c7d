//! `mandate estimate simulate`: would these lists have found the truth?

use std::{io::Write, ops::ControlFlow, path::PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use mandate_estimation::{
    CaptureTable, Posterior,
    bounds::Estimate,
    graphs::{GraphsOptions, average},
    latent::{self, estimate},
    loglinear,
    simulate::{Dependence, Group, Population},
};
use rayon::prelude::*;
use serde_json::json;

use crate::{
    link::{Progress, whole},
    out::{self, Format},
};

/// What `mandate estimate simulate` is told.
#[derive(Debug, Args)]
pub struct Simulate {
    /// How many people there are in truth.
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(10..=1_000_000))]
    people: u64,
    /// The probability of each list to have a person.
    #[arg(long, value_delimiter = ',', default_value = "0.3,0.25,0.2,0.15")]
    on: Vec<f64>,
    /// Two lists that depend on each other with their odds ratio, lists counted from 1: `1,2,4` attract, `1,3,0.25` repel. May be
    /// given several times.
    #[arg(long)]
    pair: Vec<String>,
    /// People differ by degrees in how easily they are found: the standard deviation on the logit scale.
    #[arg(long, conflicts_with_all = ["pair", "hidden"])]
    spread: Option<f64>,
    /// The share of people whom no list can find.
    #[arg(long, conflicts_with = "pair")]
    hidden: Option<f64>,
    /// How many times the lists are drawn.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    times: u32,
    /// Classes of the latent-class model.
    #[arg(long, default_value_t = 10)]
    classes: usize,
    /// Effective draws of the latent-class model for each table.
    #[arg(long, default_value_t = 1_000)]
    effective_draws: u32,
    /// Where random numbers begin; the same seed gives the same answer.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Writes the first table that is drawn, as counts of patterns.
    #[arg(long)]
    table: Option<PathBuf>,
}

impl Simulate {
    fn population(&self) -> anyhow::Result<Population> {
        let pairs: Vec<Dependence> = self
            .pair
            .iter()
            .map(|told| {
                let parts: Vec<&str> = told.split(',').map(str::trim).collect();
                let read = || {
                    let [first, second, ratio] = parts.as_slice() else {
                        return None;
                    };
                    let list = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
                    Some(Dependence {
                        first: list(first)?,
                        second: list(second)?,
                        odds_ratio: ratio.parse().ok()?,
                    })
                };
                let pair = read().with_context(|| {
                    format!("--pair {told}: write two lists, counted from 1, and an odds ratio, as in 1,2,4")
                })?;
                let lists = self.on.len();
                if pair.first >= lists || pair.second >= lists || pair.first == pair.second {
                    bail!("--pair {told}: the lists are numbers from 1 to {lists}, not twice the same");
                }
                Ok(pair)
            })
            .collect::<anyhow::Result<_>>()?;
        let group = |share: f64, on: Vec<f64>| Group { share, on };
        Ok(match (self.spread, self.hidden) {
            (Some(spread), _) => Population::graded(&self.on, spread)?,
            (_, Some(hidden)) => {
                if !(0.0..1.0).contains(&hidden) {
                    bail!("--hidden {hidden}: a share from 0 to below 1");
                }
                Population::heterogeneous(&[
                    group(1.0 - hidden, self.on.clone()),
                    group(hidden, vec![0.0; self.on.len()]),
                ])?
            }
            _ => Population::dependent(&self.on, &pairs)?,
        })
    }
}

/// The median and the interval of one answer.
type Answer = (f64, f64, f64);

fn of_posterior(total: &Posterior) -> Answer {
    let interval = total.interval(0.95);
    (
        interval.lower as f64,
        total.median() as f64,
        interval.upper as f64,
    )
}

fn of_estimate(total: Estimate) -> Answer {
    (total.lower, total.value, total.upper)
}

fn graphs(table: &CaptureTable, _: &Simulate, _: u64) -> Option<Answer> {
    let options = GraphsOptions {
        keep: 0,
        ..GraphsOptions::default()
    };
    Some(of_posterior(&average(table, &options).ok()?.total))
}

fn classes(table: &CaptureTable, told: &Simulate, seed: u64) -> Option<Answer> {
    let options = latent::Options {
        seed,
        classes: told.classes,
        chains: 4,
        effective_draws: f64::from(told.effective_draws.max(100)),
        ..latent::Options::default()
    };
    let answer = estimate(table, &options, &|_| ControlFlow::Continue(())).ok()?;
    Some(of_posterior(&answer.total))
}

fn by_bic(table: &CaptureTable, _: &Simulate, _: u64) -> Option<Answer> {
    Some(of_estimate(loglinear::estimate(table).ok()?.bic.total))
}

/// A method's name, and the method.
type Method = (
    &'static str,
    fn(&CaptureTable, &Simulate, u64) -> Option<Answer>,
);

const METHODS: [Method; 3] = [
    ("graphs", graphs),
    ("latent classes", classes),
    ("log-linear, BIC", by_bic),
];

pub(crate) fn simulate(told: &Simulate, to: &mut dyn Write) -> anyhow::Result<()> {
    let population = told.population()?;
    let draw = |number: u32| population.draw(told.people, told.seed + u64::from(number));
    if let Some(path) = &told.table {
        let table = draw(0)?;
        let mut head = table.names().to_vec();
        head.push("count".to_owned());
        let rows = table.patterns().map(|(pattern, count)| {
            let marks = (0..table.lists()).map(|list| (pattern >> list & 1).to_string());
            marks.chain([count.to_string()]).collect()
        });
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let mut bytes = Vec::new();
        out::csv(&rows, &mut bytes)?;
        whole(path, &bytes)?;
    }
    let truth = told.people as f64;
    let progress = Progress::new();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let mut rows = Vec::new();
    for (method, ask) in METHODS {
        // Each draw has its own seed, and answers keep their order: the same at any number of threads.
        let answers: Vec<Option<Answer>> = (0..told.times)
            .into_par_iter()
            .map(|number| {
                let answer = draw(number)
                    .ok()
                    .and_then(|table| ask(&table, told, told.seed + u64::from(number)));
                let so_far = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                progress.at(
                    method,
                    so_far as f64 / (METHODS.len() * told.times as usize) as f64,
                );
                answer
            })
            .collect();
        let given: Vec<Answer> = answers.iter().flatten().copied().collect();
        let number = given.len() as f64;
        let held = given
            .iter()
            .filter(|(low, _, high)| (*low..=*high).contains(&truth))
            .count() as f64
            / number;
        let median = |of: fn(&Answer) -> f64| {
            let mut values: Vec<f64> = given.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or(f64::NAN) / truth
        };
        rows.push(json!({
            "method": method,
            "never_listed": rounded(population.never_listed()),
            "answers": given.len(),
            "of": told.times,
            "coverage": rounded(held),
            "standard_error": rounded((held * (1.0 - held) / number).sqrt()),
            "median_by_truth": rounded(median(|answer| answer.1)),
            "width_by_truth": rounded(median(|answer| answer.2 - answer.0)),
        }));
    }
    let columns = [
        "method",
        "never_listed",
        "answers",
        "of",
        "coverage",
        "standard_error",
        "median_by_truth",
        "width_by_truth",
    ];
    out::rows(told.format, &columns, &rows, to)
}

fn rounded(x: f64) -> f64 {
    (x * 1_000.0).round() / 1_000.0
}
