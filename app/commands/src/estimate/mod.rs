//! `mandate estimate`: how many were never listed.

mod ask;
mod charts;
mod input;
mod lines;
mod linked;
mod methods;
mod report;
mod simulate;
mod strata;
mod words;

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};

use crate::{kinship::ReportLanguage, out::Format};

/// What can be asked about people on several lists.
#[derive(Debug, Subcommand)]
pub enum Estimating {
    /// Estimates how many people no list has, with its sensitivity; refuses where the data cannot say.
    Run(Run),
    /// Puts all methods side by side: graphs, latent classes, log-linear models, sparse overlaps, sample coverage, each pair of
    /// lists, the lower bound.
    Compare(Run),
    /// Invents a population of which the truth is known, and says how often each method finds it.
    Simulate(simulate::Simulate),
}

/// What `mandate estimate` is told.
#[derive(Debug, Args)]
pub struct Run {
    /// CSV, XLSX, XLS or JSON: counts of patterns (a column for each list with 0 and 1, and `count`), or a row for each person
    /// (a column for each list), or the crosswalk `clusters.csv` of `mandate link run` (`cluster`, `list`).
    file: PathBuf,
    /// The columns of the lists; all columns that hold only marks where nothing is said.
    #[arg(long, value_delimiter = ',')]
    lists: Vec<String>,
    /// The column of the counts.
    #[arg(long)]
    count: Option<String>,
    /// Columns by whose values people are told apart (place, year, sex): an estimate for each, and their sum.
    #[arg(long, value_delimiter = ',')]
    by: Vec<String>,
    /// `links.csv` of `mandate link run`, with a crosswalk: linkages are drawn by the links' probabilities, so that the interval
    /// holds that matches are uncertain.
    #[arg(long)]
    links: Option<PathBuf>,
    /// How many linkages are drawn.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=1000))]
    linkages: u32,
    /// The largest number missing that is looked at; thirty times those observed where nothing is said.
    #[arg(long)]
    most_missing: Option<u64>,
    /// Classes of the latent-class model.
    #[arg(long, default_value_t = 10)]
    classes: usize,
    /// Effective draws of the latent-class model to reach; a quarter of them where something is left out or supposed otherwise.
    #[arg(long, default_value_t = 4_000)]
    effective_draws: u32,
    /// Where random numbers begin; the same seed gives the same answer.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// A report for people (HTML).
    #[arg(long)]
    report: Option<PathBuf>,
    /// The language of the report, of refusals and of warnings.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
}

pub(crate) fn estimating(told: &Estimating, to: &mut dyn Write) -> anyhow::Result<()> {
    match told {
        Estimating::Run(told) => ask::ask(told, false, to),
        Estimating::Compare(told) => ask::ask(told, true, to),
        Estimating::Simulate(told) => simulate::simulate(told, to),
    }
}
