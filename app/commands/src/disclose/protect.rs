//! Protecting a release and adding it to the register.

use std::{collections::BTreeSet, io::Write};

use anyhow::{Context, bail};
use mandate_disclosure::{Change, Protected, Release, Words, protect as withhold, round};
use mandate_language::{Arg, Language, Languages};
use serde_json::{Map, Value, json};

use super::{
    Protect, input, language,
    register::Folder,
    words::{cell, code, loss},
};
use crate::out;

pub(crate) fn protect(told: &Protect, to: &mut dyn Write) -> anyhow::Result<()> {
    let languages = Languages::load()?;
    let l = language(&languages, told.language)?;
    let folder = if told.trial {
        Folder::look(&told.register)?
    } else {
        Folder::hold(&told.register)?
    };
    let release = release(told, &folder)?;
    let rule = told.rule.rule();
    let protected = match told.round {
        None => withhold(&release, &rule, &folder.register)?,
        Some(base) => round(&release, base, &rule, &folder.register)?,
    };
    let mut shown = Vec::new();
    write(l, &protected, told, &mut shown)?;
    let words = told_words(l, &protected, told);
    if told.trial {
        eprintln!("{}", l.text("disclose-trial"));
    } else {
        let file = folder.add(&protected.publication)?;
        eprintln!("{} is written", file.display());
    }
    for line in words {
        eprintln!("{line}");
    }
    to.write_all(&shown)?;
    Ok(())
}

fn release(told: &Protect, folder: &Folder) -> anyhow::Result<Release> {
    let mut tables: Vec<Vec<&str>> = Vec::new();
    for by in &told.by {
        tables.push(
            by.split(',')
                .map(str::trim)
                .filter(|c| !c.is_empty())
                .collect(),
        );
    }
    if !tables.is_empty() && told.files.len() > 1 {
        bail!("--by chooses columns of one file; with several files each is a table of its own");
    }
    let wanted: BTreeSet<String> = tables.iter().flatten().map(|c| (*c).to_owned()).collect();
    let files: anyhow::Result<Vec<input::File>> = told
        .files
        .iter()
        .map(|path| input::open(path, &told.columns, &wanted))
        .collect();
    let files = files?;
    let dimensions = input::dimensions(&files, &told.columns)?;
    for name in &told.rule.withhold_zeros_along {
        if !dimensions.iter().any(|d| d.name() == name) {
            bail!("--withhold-zeros-along {name}: no file has a column \"{name}\"");
        }
    }
    let name = told.release.clone().unwrap_or_else(|| folder.next());
    let mut release = Release::new(name, &told.population).since_the_last(Change::from(told.since));
    for file in &files {
        let counts = input::counts(file, &dimensions, &told.columns)?;
        let all: Vec<&str> = counts.dimensions().iter().map(|d| d.name()).collect();
        if tables.is_empty() {
            release = release
                .table(&counts, &all)
                .with_context(|| file.name.clone())?;
        }
        for by in &tables {
            release = release
                .table(&counts, by)
                .with_context(|| file.name.clone())?;
        }
    }
    Ok(release)
}

fn told_words(l: &Language, protected: &Protected, told: &Protect) -> Vec<String> {
    let terms = &protected.publication.terms;
    let mut lines = match terms.rounded_within {
        None => loss(l, &protected.loss),
        Some(within) => vec![l.with("disclose-rounded", &[("within", Arg::from(within))])],
    };
    lines.push(l.with(
        "disclose-audited",
        &[("cells", Arg::from(protected.audited))],
    ));
    if !told.rule.one_word && terms.words == Words::Withheld && terms.rounded_within.is_none() {
        lines.push(l.text("disclose-one-word"));
    }
    for name in &protected.given_away {
        lines.push(l.with("disclose-given-away", &[("cell", Arg::from(name))]));
    }
    lines
}

fn write(
    l: &Language,
    protected: &Protected,
    told: &Protect,
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    let tables = &protected.publication.tables;
    let mut columns: Vec<&str> = Vec::new();
    for dimension in tables.iter().flat_map(|t| t.dimensions()) {
        if !columns.contains(&dimension.name()) {
            columns.push(dimension.name());
        }
    }
    if told.format == out::Format::Json {
        let mut rows = Vec::new();
        for (number, table) in tables.iter().enumerate() {
            for (codes, shown) in table.cells() {
                let by: Map<String, Value> = table
                    .dimensions()
                    .iter()
                    .zip(codes)
                    .map(|(d, c)| (d.name().to_owned(), Value::from(code(l, d, c))))
                    .collect();
                rows.push(json!({
                    "table": number + 1,
                    "by": by,
                    "cell": serde_json::to_value(shown)?,
                    "words": cell(l, shown),
                }));
            }
        }
        return out::json(&rows, to);
    }
    let mut head = vec![l.text("disclose-table")];
    head.extend(columns.iter().map(|c| (*c).to_owned()));
    head.push(l.text("disclose-people"));
    let mut rows = vec![head];
    for (number, table) in tables.iter().enumerate() {
        for (codes, shown) in table.cells() {
            let mut row = vec![(number + 1).to_string()];
            for column in &columns {
                let at = table.dimensions().iter().position(|d| d.name() == *column);
                row.push(at.map_or_else(String::new, |at| {
                    code(l, &table.dimensions()[at], codes[at])
                }));
            }
            row.push(cell(l, shown));
            rows.push(row);
        }
    }
    // The number of the table says nothing where there is one.
    if tables.len() == 1 {
        for row in &mut rows {
            row.remove(0);
        }
    }
    out::csv(&rows, to)
}
