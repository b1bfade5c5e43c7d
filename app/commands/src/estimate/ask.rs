//! The question itself: what the data can say, the estimates, and how much they depend on what is supposed.

use std::{io::Write, ops::ControlFlow};

use anyhow::Context;
use mandate_estimation::{
    CaptureTable, Posterior,
    assess::{self, Finding},
    bounds::{Estimate, chapman, lower_bound},
    graphs::{GraphsAnswer, GraphsOptions, average},
    latent,
};
use mandate_language::Languages;
use serde_json::{Value, json};

use super::{
    Run,
    input::{Captured, read},
    report,
    words::finding,
};
use crate::{link::whole, out};

/// An estimate with what was supposed for it.
pub(crate) struct Line {
    /// What was done: `graphs`, `latent classes`, `Chapman`, `Chao's bound`.
    pub(crate) method: &'static str,
    /// What was supposed, in the method's own words: `delta 1/16`, `without HRW`, `K = 5`.
    pub(crate) setting: String,
    pub(crate) low: f64,
    pub(crate) middle: f64,
    pub(crate) high: f64,
}

impl Line {
    fn of(method: &'static str, setting: String, total: &Posterior) -> Self {
        let interval = total.interval(0.95);
        Self {
            method,
            setting,
            low: interval.lower as f64,
            middle: total.median() as f64,
            high: interval.upper as f64,
        }
    }

    fn by_hand(method: &'static str, setting: String, estimate: Estimate) -> Self {
        Self {
            method,
            setting,
            low: estimate.lower,
            middle: estimate.value,
            high: estimate.upper,
        }
    }

    fn json(&self, stratum: &str) -> Value {
        json!({
            "stratum": stratum,
            "method": self.method,
            "setting": self.setting,
            "low": self.low.round(),
            "median": self.middle.round(),
            "high": self.high.round(),
        })
    }
}

/// What is known of a table.
pub(crate) struct Answered {
    pub(crate) name: String,
    pub(crate) table: CaptureTable,
    pub(crate) findings: Vec<Finding>,
    /// The averages over graphs and by latent classes; nothing where they were refused.
    pub(crate) graphs: Option<GraphsAnswer>,
    pub(crate) classes: Option<latent::Answer>,
    /// The first two lines are the estimates, the others the same under other suppositions.
    pub(crate) lines: Vec<Line>,
}

impl Answered {
    pub(crate) fn refused(&self) -> bool {
        self.findings.iter().any(Finding::refuses)
    }
}

fn graphs(
    table: &CaptureTable,
    told: &Run,
    delta: Option<f64>,
) -> Result<GraphsAnswer, mandate_estimation::Error> {
    average(
        table,
        &GraphsOptions {
            delta,
            missing: told.most_missing.map(|most| (0, most)),
            ..GraphsOptions::default()
        },
    )
}

fn classes(table: &CaptureTable, told: &Run, k: usize) -> anyhow::Result<latent::Answer> {
    let options = latent::Options {
        classes: k,
        seed: told.seed,
        ..latent::Options::default()
    };
    Ok(latent::estimate(table, &options, &|progress| {
        if let Some(now) = &progress.convergence {
            eprintln!(
                "latent classes, K = {k}: {} draws of each chain, R-hat {:.3}",
                progress.draws, now.r_hat
            );
        }
        ControlFlow::Continue(())
    })?)
}

/// Asks everything of one table; `sparing` leaves out what takes long.
fn answered(
    name: &str,
    table: &CaptureTable,
    told: &Run,
    sparing: bool,
) -> anyhow::Result<Answered> {
    let mut findings = assess::of_table(table);
    let mut lines = Vec::new();
    let (mut by_graphs, mut by_classes) = (None, None);
    if !findings.iter().any(Finding::refuses) {
        let answer = graphs(table, told, None)?;
        lines.push(Line::of(
            "graphs",
            format!("delta {:.4}", answer.delta),
            &answer.total,
        ));
        if !sparing {
            let answer = classes(table, told, told.classes)?;
            lines.push(Line::of(
                "latent classes",
                format!("K = {}", told.classes),
                &answer.total,
            ));
            by_classes = Some(answer);
        }
        for delta in [0.5, 1.0] {
            let other = graphs(table, told, Some(delta))?;
            lines.push(Line::of("graphs", format!("delta {delta}"), &other.total));
        }
        let mut without = Vec::new();
        for list in 0..table.lists() {
            let left = table.without(list).ok().filter(|_| table.lists() > 3);
            let other = left.and_then(|left| graphs(&left, told, None).ok());
            if let Some(other) = &other {
                lines.push(Line::of(
                    "graphs",
                    format!("without {}", table.names()[list]),
                    &other.total,
                ));
            }
            without.push(other);
        }
        if !sparing && told.classes != 5 {
            let other = classes(table, told, 5)?;
            lines.push(Line::of("latent classes", "K = 5".to_owned(), &other.total));
        }
        findings.extend(assess::of_answer(table, &answer, &without));
        by_graphs = Some(answer);
    }
    lines.push(Line::by_hand(
        "Chao's lower bound",
        String::new(),
        lower_bound(table),
    ));
    for one in 0..table.lists() {
        for other in one + 1..table.lists() {
            if let Some(estimate) = chapman(table, one, other) {
                let setting = format!("{} and {}", table.names()[one], table.names()[other]);
                lines.push(Line::by_hand("Chapman", setting, estimate));
            }
        }
    }
    Ok(Answered {
        name: name.to_owned(),
        table: table.clone(),
        findings,
        graphs: by_graphs,
        classes: by_classes,
        lines,
    })
}

pub(crate) fn ask(told: &Run, everything: bool, to: &mut dyn Write) -> anyhow::Result<()> {
    let Captured { all, strata } = read(told)?;
    let whole_of = answered("", &all, told, false)?;
    let mut parts = Vec::new();
    for (name, table) in &strata {
        eprintln!("{name}");
        parts.push(answered(name, table, told, true)?);
    }
    let languages = Languages::load()?;
    let english = languages.get("en").context("English is missing")?;
    for of in std::iter::once(&whole_of).chain(&parts) {
        for found in &of.findings {
            let word = if found.refuses() {
                "refused"
            } else {
                "warning"
            };
            let stratum = if of.name.is_empty() {
                String::new()
            } else {
                format!("{}: ", of.name)
            };
            eprintln!("{stratum}{word}: {}", finding(english, &of.table, found));
        }
    }
    if let Some(path) = &told.report {
        let l = languages
            .get(told.language.tag())
            .context("the language is missing")?;
        let html = report::page(l, &whole_of, &parts)?;
        whole(path, html.as_bytes())?;
        eprintln!("{} is written", path.display());
    }
    let shown = |of: &Answered| -> Vec<Value> {
        let by_hand = |line: &&Line| {
            everything || of.refused() || !matches!(line.method, "Chapman" | "Chao's lower bound")
        };
        of.lines
            .iter()
            .filter(by_hand)
            .map(|line| line.json(&of.name))
            .collect()
    };
    let rows: Vec<Value> = std::iter::once(&whole_of)
        .chain(&parts)
        .flat_map(shown)
        .collect();
    out::rows(
        told.format,
        &["stratum", "method", "setting", "low", "median", "high"],
        &rows,
        to,
    )
}
