//! The question itself: what the data can say, the estimates, and how much they depend on what is supposed.

use std::io::Write;

use anyhow::Context;
use mandate_language::{Arg, Language, Languages};
use serde_json::{Value, json};

use super::{
    Run,
    input::{Captured, read},
    lines::{Line, Role},
    linked::{Linked, linked},
    methods::{Answered, Depth, answered},
    report,
    strata::{Parts, parts, thin},
    words::finding,
};
use crate::{link::whole, out};

/// Everything that was found out.
pub(crate) struct Found {
    pub(crate) whole: Answered,
    pub(crate) linked: Option<Linked>,
    pub(crate) parts: Option<Parts>,
    /// What was done with the input, in words.
    pub(crate) notes: Vec<String>,
}

/// The columns of the results.
const COLUMNS: [&str; 8] = [
    "stratum", "role", "method", "setting", "low", "median", "high", "words",
];

pub(crate) fn ask(told: &Run, compare: bool, to: &mut dyn Write) -> anyhow::Result<()> {
    let languages = Languages::load()?;
    let l = languages
        .get(told.language.tag())
        .context("the language is missing")?;
    let Captured {
        all,
        strata,
        linkages,
        torn,
    } = read(told)?;
    let depth = if compare {
        Depth::Compare
    } else {
        Depth::Whole
    };
    let mut found = Found {
        whole: answered("", &all, told, depth)?,
        linked: None,
        parts: None,
        notes: Vec::new(),
    };
    if torn > 0 {
        let people = Arg::Integer(i64::try_from(torn).unwrap_or(i64::MAX));
        found
            .notes
            .push(l.with("estimate-torn", &[("people", people)]));
    }
    if !linkages.is_empty() && !found.whole.refused() {
        found.linked = Some(linked(&linkages, told)?);
    }
    if !strata.is_empty() {
        found.parts = Some(parts(&strata, told)?);
    }
    let rows = found.rows(l, compare);
    for row in rows.iter().filter(|row| row["words"].is_string()) {
        let of = row["stratum"].as_str().filter(|of| !of.is_empty());
        let of = of.map(|of| format!("{of}: ")).unwrap_or_default();
        let words = row["words"].as_str().unwrap_or_default();
        eprintln!("{of}{words}");
    }
    if let Some(path) = &told.report {
        let html = report::page(l, &found)?;
        whole(path, html.as_bytes())?;
        eprintln!("{} is written", path.display());
    }
    out::rows(told.format, &COLUMNS, &rows, to)
}

impl Found {
    /// Refusals and warnings first, so that no number is read without them; then the numbers.
    fn rows(&self, l: &Language, everything: bool) -> Vec<Value> {
        let mut rows: Vec<Value> = self
            .notes
            .iter()
            .map(|words| json!({"stratum": "", "role": "note", "words": words}))
            .collect();
        rows.extend(of_one(l, &self.whole, everything));
        let linked = self.linked.iter().flat_map(|linked| &linked.lines);
        rows.extend(linked.map(|line| line.json("")));
        if let Some(parts) = &self.parts {
            for part in &parts.all {
                if thin(part) {
                    rows.extend(of_thin(l, part));
                } else {
                    rows.extend(of_one(l, part, everything));
                }
            }
            let sums = parts.lines.iter();
            rows.extend(sums.map(|line| line.json("sum of parts")));
        }
        rows
    }
}

/// A part that is too thin: why, and no number.
fn of_thin(l: &Language, of: &Answered) -> Vec<Value> {
    let words = l.text("estimate-thin-note");
    let first = json!({"stratum": of.name, "role": "too thin", "words": words});
    std::iter::once(first).chain(said(l, of)).collect()
}

fn said(l: &Language, of: &Answered) -> Vec<Value> {
    let said = of.findings.iter().map(|found| {
        let role = if found.refuses() {
            "refused"
        } else {
            "warning"
        };
        json!({"stratum": of.name, "role": role, "words": finding(l, &of.table, found)})
    });
    said.collect()
}

fn of_one(l: &Language, of: &Answered, everything: bool) -> Vec<Value> {
    let shown = |line: &&Line| everything || of.refused() || line.role != Role::ByHand;
    let numbers = of
        .lines
        .iter()
        .filter(shown)
        .map(|line| line.json(&of.name));
    said(l, of).into_iter().chain(numbers).collect()
}
