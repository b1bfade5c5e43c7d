//! `mandate estimate`: how many were never listed.

mod ask;
mod input;
mod report;
mod words;

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};

use crate::{kinship::ReportLanguage, out::Format};

/// What can be asked about people on several lists.
#[derive(Debug, Subcommand)]
pub enum Estimating {
    /// Estimates how many people no list has, with its sensitivity; refuses where the data cannot say.
    Run(Run),
    /// Puts all methods side by side: graphs, latent classes, each pair of lists, the lower bound.
    Compare(Run),
}

/// What `mandate estimate` is told.
#[derive(Debug, Args)]
pub struct Run {
    /// CSV, XLSX, XLS or JSON: counts of patterns (a column for each list with 0 and 1, and `count`), or a row for each person
    /// (a column for each list), or a crosswalk of `mandate link` (`cluster`, `list`).
    file: PathBuf,
    /// The columns of the lists; all columns that hold only marks where nothing is said.
    #[arg(long, value_delimiter = ',')]
    lists: Vec<String>,
    /// The column of the counts.
    #[arg(long)]
    count: Option<String>,
    /// A column by whose values people are told apart (place, year, sex): one estimate for each.
    #[arg(long)]
    by: Option<String>,
    /// The largest number missing that is looked at; thirty times those observed where nothing is said.
    #[arg(long)]
    most_missing: Option<u64>,
    /// Classes of the latent-class model.
    #[arg(long, default_value_t = 10)]
    classes: usize,
    /// Where random numbers begin; the same seed gives the same answer.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// A report for people (HTML).
    #[arg(long)]
    report: Option<PathBuf>,
    /// The language of the report.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
}

pub(crate) fn estimating(told: &Estimating, to: &mut dyn Write) -> anyhow::Result<()> {
    match told {
        Estimating::Run(told) => ask::ask(told, false, to),
        Estimating::Compare(told) => ask::ask(told, true, to),
    }
}
