//! `mandate disclose`: tables of counts that give nobody away.

mod attack;
mod input;
mod protect;
mod register;
mod words;

use std::{io::Write, path::PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use mandate_disclosure::{Change, Costs, Rule, Words, Zeros};
use mandate_language::{Language, Languages};

use crate::{kinship::ReportLanguage, out::Format};

/// What can be asked about tables of counts.
#[derive(Debug, Subcommand)]
pub enum Disclosing {
    /// Withholds small counts and what would give them away, or rounds all; audits the result; adds it to the register.
    Protect(Protect),
    /// Says what anybody can work out of cells that were not shown, from all releases together.
    Audit(Audit),
}

/// How the people stand to those of the last release.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Since {
    /// The same people with the same codes: another table about them.
    Same,
    /// The same people with the same codes, and others besides.
    #[default]
    Grown,
    /// People have come and gone, or have other codes now.
    Revised,
}

impl From<Since> for Change {
    fn from(since: Since) -> Self {
        match since {
            Since::Same => Change::Same,
            Since::Grown => Change::Grown,
            Since::Revised => Change::Revised,
        }
    }
}

/// What is done with zeros.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ZerosTold {
    /// Zeros are shown.
    #[default]
    Shown,
    /// Zeros are protected like small counts.
    Withheld,
}

/// The rule of the office.
#[derive(Debug, Args)]
struct RuleTold {
    /// A count of 1 to this less one is small.
    #[arg(long, default_value_t = 5)]
    threshold: u64,
    /// Whether a zero may be shown. Keep to one answer in all releases about the same people.
    #[arg(long, value_enum, default_value = "shown")]
    zeros: ZerosTold,
    /// Protect the zeros of cells that say something of these columns (for instance the outcome): where all of a group share
    /// one outcome, the zeros of the others tell it of each of them.
    #[arg(long, value_delimiter = ',', conflicts_with = "zeros")]
    withhold_zeros_along: Vec<String>,
    /// Say "withheld" of every cell that is not shown, so that small counts cannot be told from others.
    #[arg(long)]
    one_word: bool,
    /// Withhold as few people as possible instead of as few cells.
    #[arg(long)]
    fewest_people: bool,
}

impl RuleTold {
    fn rule(&self) -> Rule {
        Rule {
            threshold: self.threshold,
            zeros: match self.zeros {
                _ if !self.withhold_zeros_along.is_empty() => {
                    Zeros::WithheldAlong(self.withhold_zeros_along.clone())
                }
                ZerosTold::Shown => Zeros::Shown,
                ZerosTold::Withheld => Zeros::Withheld,
            },
            words: if self.one_word {
                Words::Withheld
            } else {
                Words::FewerThan
            },
            costs: if self.fewest_people {
                Costs::Counts
            } else {
                Costs::Cells
            },
        }
    }
}

/// How the files say what they count.
#[derive(Debug, Args)]
struct Columns {
    /// The column of the counts; where there is none, each row is a person.
    #[arg(long)]
    count: Option<String>,
    /// Codes of one column that are within others: COLUMN=FILE, a table with the columns `code` and `within`.
    #[arg(long = "within", value_name = "COLUMN=FILE")]
    within: Vec<String>,
    /// What the total of a column is called in the files, besides total, all, gjithsej, ukupno.
    #[arg(long)]
    total: Option<String>,
}

/// What `mandate disclose protect` is told.
#[derive(Debug, Args)]
pub struct Protect {
    /// Tables (CSV, XLSX, XLS or JSON): a column for each dimension and one for the counts, or a row for each person. Several
    /// are published together; columns of the same name mean the same.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder of earlier releases. The new one is added to it, if all goes well.
    #[arg(long)]
    register: PathBuf,
    /// Of whom the tables are; the same words in every release about the same people.
    #[arg(long, default_value = "people")]
    population: String,
    /// The name of the release, its own in the register; its number where nothing is said.
    #[arg(long)]
    release: Option<String>,
    /// How the people stand to those of the last release of the population.
    #[arg(long, value_enum, default_value = "grown")]
    since: Since,
    /// Columns of a table to publish (`region,sex`); may be given several times. All columns where nothing is said.
    #[arg(long)]
    by: Vec<String>,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    rule: RuleTold,
    /// Round all counts to multiples of this instead of withholding.
    #[arg(long)]
    round: Option<u64>,
    /// Do everything but write to the register. What is shown must not be published.
    #[arg(long = "try")]
    trial: bool,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// The language of the words in the table.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
}

/// What `mandate disclose audit` is told.
#[derive(Debug, Args)]
pub struct Audit {
    /// Published tables (CSV, XLSX, XLS or JSON; every cell with its totals, numbers or words such as "fewer than 5" and
    /// "withheld"), the earliest first; none to audit a register alone.
    files: Vec<PathBuf>,
    /// A register of releases, before those of the files.
    #[arg(long)]
    register: Option<PathBuf>,
    /// Of whom the tables are.
    #[arg(long, default_value = "people")]
    population: String,
    /// How the people of each file stand to those before.
    #[arg(long, value_enum, default_value = "same")]
    since: Since,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    rule: RuleTold,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// The language of the words in the result.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
}

fn language(languages: &Languages, told: ReportLanguage) -> anyhow::Result<&Language> {
    languages.get(told.tag()).context("the language is missing")
}

pub(crate) fn disclosing(told: &Disclosing, to: &mut dyn Write) -> anyhow::Result<()> {
    match told {
        Disclosing::Protect(told) => protect::protect(told, to),
        Disclosing::Audit(told) if told.files.is_empty() && told.register.is_none() => {
            bail!("name published tables, or a register with --register FOLDER")
        }
        Disclosing::Audit(told) => attack::audit(told, to),
    }
}
