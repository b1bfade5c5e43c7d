//! What anybody can work out of what was published.

use std::{collections::BTreeSet, io::Write};

use anyhow::bail;
use mandate_disclosure::{
    Bound, Cell, Dimension, Publication, PublishedTable, Register, Terms, Words, audit as bounds,
};
use mandate_language::{Arg, Languages};
use serde_json::json;

use super::{
    Audit, input, language, register,
    words::{cell, read},
};
use crate::out;

pub(crate) fn audit(told: &Audit, to: &mut dyn Write) -> anyhow::Result<()> {
    let languages = Languages::load()?;
    let l = language(&languages, told.language)?;
    let mut register = match &told.register {
        Some(path) => register::read(path)?,
        None => Register::default(),
    };
    published(told, &mut register)?;
    let found = bounds(&register)?;
    let codes = |bound: &Bound| {
        let publication = register
            .publications
            .iter()
            .find(|p| p.name == bound.release);
        let dimensions = publication.map_or(&[][..], |p| p.tables[bound.table].dimensions());
        let told: Vec<String> = dimensions
            .iter()
            .zip(&bound.codes)
            .map(|(d, c)| format!("{}={}", d.name(), super::words::code(l, d, c)))
            .collect();
        told.join(", ")
    };
    if told.format == out::Format::Json {
        let rows: Vec<_> = found
            .iter()
            .map(|b| {
                json!({
                    "release": b.release, "table": b.table + 1, "cell": codes(b), "published": cell(l, b.cell),
                    "least": b.least, "most": b.most, "holds": b.holds,
                })
            })
            .collect();
        out::json(&rows, to)?;
    } else {
        let mut rows = vec![
            [
                "release",
                "table",
                "cell",
                "published",
                "least",
                "most",
                "holds",
            ]
            .map(|id| l.text(&format!("disclose-{id}")))
            .to_vec(),
        ];
        for b in &found {
            rows.push(vec![
                b.release.clone(),
                (b.table + 1).to_string(),
                codes(b),
                cell(l, b.cell),
                b.least.to_string(),
                b.most
                    .map_or_else(|| l.text("disclose-no-end"), |n| n.to_string()),
                l.text(if b.holds {
                    "disclose-yes"
                } else {
                    "disclose-no"
                }),
            ]);
        }
        out::csv(&rows, to)?;
    }
    let known = found
        .iter()
        .filter(|b| b.given_away().is_some() && !matches!(b.cell, Cell::Rounded(_)));
    let tight = found.iter().filter(|b| !b.holds).count();
    eprintln!(
        "{}",
        l.with(
            "disclose-found",
            &[
                ("cells", Arg::from(found.len())),
                ("known", Arg::from(known.count())),
                ("tight", Arg::from(tight)),
            ]
        )
    );
    if tight > 0 {
        bail!("{}", l.text("disclose-not-protected"));
    }
    Ok(())
}

/// Published tables out of files, each a release.
fn published(told: &Audit, register: &mut Register) -> anyhow::Result<()> {
    let files: anyhow::Result<Vec<input::File>> = told
        .files
        .iter()
        .map(|path| input::open(path, &told.columns, &BTreeSet::new()))
        .collect();
    let files = files?;
    let dimensions = input::dimensions(&files, &told.columns)?;
    let rule = told.rule.rule();
    for file in &files {
        let Some(count) = file.count else {
            bail!(
                "{}: name the column of what was published with --count",
                file.name
            );
        };
        let mine: Vec<Dimension> = file
            .by
            .iter()
            .filter_map(|at| {
                dimensions
                    .iter()
                    .find(|d| d.name() == file.column(*at))
                    .cloned()
            })
            .collect();
        let empty = vec![Cell::Withheld; mine.iter().map(|d| d.codes().len() + 1).product()];
        // The order of cells is that of an empty table.
        let order = PublishedTable::new(mine.clone(), empty)?;
        let order: Vec<Vec<String>> = order
            .cells()
            .map(|(codes, _)| codes.into_iter().map(str::to_owned).collect())
            .collect();
        let mut said: std::collections::BTreeMap<Vec<String>, (usize, Cell)> =
            std::collections::BTreeMap::new();
        for (row, cells) in file.rows() {
            let codes: Vec<String> = file
                .by
                .iter()
                .map(|at| input::code(&told.columns, &cells[*at]).to_owned())
                .collect();
            let Some(cell) = read(&cells[count]) else {
                bail!(
                    "{}: \"{}\" is neither a whole number nor a word such as \"fewer than 5\" or \"withheld\"",
                    file.at(row, count),
                    cells[count].trim()
                );
            };
            if let Some((before, _)) = said.insert(codes, (row, cell)) {
                bail!(
                    "{}, line {row}: the same cell stands in line {before}; each stands once",
                    file.name
                );
            }
        }
        let mut cells = Vec::new();
        for codes in order {
            let Some((_, cell)) = said.get(&codes) else {
                let named: Vec<String> = mine
                    .iter()
                    .zip(&codes)
                    .map(|(d, c)| format!("{} {c}", d.name()))
                    .collect();
                bail!(
                    "{}: there is no line for {}. Write \"withheld\" for what was not published",
                    file.name,
                    named.join(", ")
                );
            };
            cells.push(*cell);
        }
        // Where no cell says "fewer than", "withheld" is said of small counts too.
        let one_word = !cells.iter().any(|c| matches!(c, Cell::FewerThan(_)));
        register.push(Publication {
            name: file.name.clone(),
            population: told.population.clone(),
            change: told.since.into(),
            terms: Terms {
                threshold: rule.threshold,
                zeros: rule.zeros.clone(),
                words: if one_word {
                    Words::Withheld
                } else {
                    rule.words
                },
                rounded_within: None,
            },
            tables: vec![PublishedTable::new(mine, cells)?],
        })?;
    }
    Ok(())
}
