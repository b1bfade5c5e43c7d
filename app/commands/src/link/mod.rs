//! `mandate link`: the same person on several lists, or twice on one. Everything is proposed, nothing is merged.

mod cells;
mod charts;
mod columns;
mod curve;
mod guess;
mod judged;
mod pieces;
mod plan;
mod read;
mod report;
mod review;
mod rows;
mod run;
mod settings;
mod warnings;
mod words;
mod written;

pub(crate) use read::table;
pub(crate) use report::{Page, Section};

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Context;
use clap::{Args, Subcommand};

use crate::kinship::ReportLanguage;

/// What can be asked about lists of people.
#[derive(Debug, Subcommand)]
pub enum Linking {
    /// Reads the lists, and writes settings with comments: which column is what, and which pairs are compared.
    Plan(Plan),
    /// Links the lists as the settings say: links, clusters, the model and a report, in one folder.
    Run(Told),
    /// Draws pairs for a person to look at; says precision and recall from what was answered.
    Review(Review),
    /// Writes the report again, in a language or with pairs of one's choice.
    Report(Report),
}

/// What `mandate link plan` is told.
#[derive(Debug, Args)]
pub struct Plan {
    /// The lists: CSV, XLSX, XLS or JSON, each with a header.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The settings to write.
    #[arg(long, default_value = "link.toml")]
    settings: PathBuf,
    /// Lists that hold each person once, by file: their records are not compared with one another.
    #[arg(long)]
    unique: Vec<PathBuf>,
    /// Writes over settings that are there.
    #[arg(long)]
    force: bool,
}

/// What `mandate link run` is told.
#[derive(Debug, Args)]
pub struct Told {
    /// The settings.
    settings: PathBuf,
    /// The language of the report.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
}

/// What `mandate link review` is told.
#[derive(Debug, Args)]
pub struct Review {
    /// The settings.
    settings: PathBuf,
    /// Who looks at the pairs; each has a file of their own, `review-NAME.csv`.
    #[arg(long)]
    reviewer: String,
    /// Pairs to look at, about.
    #[arg(long, default_value_t = 200)]
    pairs: usize,
    /// Another draw.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What `mandate link report` is told.
#[derive(Debug, Args)]
pub struct Report {
    /// The settings.
    settings: PathBuf,
    /// The language of the report.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
    /// A pair to explain, as two records of the lists: `families:12,register:40`; any two, also such as were not linked. May
    /// be given several times.
    #[arg(long)]
    pair: Vec<String>,
}

pub(crate) fn linking(told: &Linking, to: &mut dyn Write) -> anyhow::Result<()> {
    match told {
        Linking::Plan(told) => plan::plan(told, to),
        Linking::Run(told) => run::run(&told.settings, told.language, &[], true, to),
        Linking::Review(told) => review::review(told, to),
        Linking::Report(told) => run::run(&told.settings, told.language, &told.pair, false, to),
    }
}

/// Writes a file beside its place and moves it there when it is whole. It names people: only its owner may read it.
pub(crate) fn whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    whole_by(path, |to| Ok(to.write_all(bytes)?))
}

/// The same for what is written piece by piece.
pub(crate) fn whole_by(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let name = path.display();
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(&beside)
        .with_context(|| format!("cannot write {name}"))?;
    let mut to = std::io::BufWriter::with_capacity(1 << 16, file);
    write(&mut to).with_context(|| format!("cannot write {name}"))?;
    to.into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .and_then(|()| std::fs::rename(&beside, path))
        .with_context(|| format!("cannot write {name}"))
}

/// Says on standard error how far the work is and how long it will take, at most every half second.
pub(crate) struct Progress {
    begun: Instant,
    state: std::sync::Mutex<State>,
}

/// When something was last said, and when and where the present stage began.
struct State {
    said: Option<Instant>,
    stage: String,
    from: (Instant, f64),
}

impl Progress {
    pub(crate) fn new() -> Self {
        let begun = Instant::now();
        Self {
            begun,
            state: std::sync::Mutex::new(State {
                said: None,
                stage: String::new(),
                from: (begun, 0.0),
            }),
        }
    }

    /// How far from 0 to 1; always lets the work go on. The time left goes by the present stage alone, so that parts that
    /// were found again do not make it look quicker than it is.
    pub(crate) fn at(&self, what: &str, share: f64) -> bool {
        let Ok(mut state) = self.state.try_lock() else {
            return true;
        };
        if state.stage != what {
            state.stage = what.to_owned();
            state.from = (Instant::now(), share);
        }
        let waited = state.said.unwrap_or(self.begun).elapsed().as_millis();
        let (from, at) = state.from;
        if waited >= 500 && share > at {
            let left = from.elapsed().as_secs_f64() * (1.0 - share) / (share - at);
            eprintln!("{what}: {:.0} %, about {left:.0} s left", share * 100.0);
            state.said = Some(Instant::now());
        }
        true
    }
}
