//! Linkages drawn by the probabilities of the links.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use anyhow::{Context, bail};
use mandate_estimation::{
    CaptureTable, Posterior,
    graphs::{GraphsOptions, MAX_LISTS_OF_GRAPHS},
    linkages::{UncertainLink, UncertainLists},
};

use super::{
    Run,
    lines::{Line, Method, Role, Setting},
    methods::{USUAL, average, classes, graph_options},
};
use crate::link::table;

/// What several linkages say.
pub(crate) struct Linked {
    /// The mixtures over linkages.
    pub(crate) lines: Vec<Line>,
    /// The smallest and the largest middle of one linkage, by graphs or, with many lists, by latent classes.
    pub(crate) middles: (u64, u64),
    /// The share of the spread that is there because it is not known who is who.
    pub(crate) share: f64,
}

/// Reads the links between the records of a crosswalk and draws tables.
pub(crate) fn drawn(
    crosswalk: &Path,
    links: &Path,
    told: &Run,
) -> anyhow::Result<Vec<CaptureTable>> {
    let (file, name) = (crosswalk.display(), links.display());
    let records = table(crosswalk)?;
    let at = |table: &mandate_tabular::Table, wanted: &str, file: &dyn std::fmt::Display| {
        let found = table.columns.iter().position(|c| c.trim() == wanted);
        found.with_context(|| {
            format!("{file} has no column \"{wanted}\": --links needs clusters.csv and links.csv of one run of `mandate link run`")
        })
    };
    let [cluster, list, record] = ["cluster", "list", "record"].map(|c| at(&records, c, &file));
    let (cluster, list, record) = (cluster?, list?, record?);
    let mut names: Vec<String> = records
        .rows
        .iter()
        .map(|row| row.cells[list].trim().to_owned())
        .collect();
    names.sort();
    names.dedup();
    let (mut list_of, mut places, mut seen) = (Vec::new(), HashMap::new(), HashSet::new());
    let mut unique = vec![true; names.len()];
    for row in &records.rows {
        let cell = |at: usize| row.cells[at].trim().to_owned();
        let of = names.binary_search(&cell(list)).unwrap_or_default();
        places.insert((cell(list), cell(record)), list_of.len());
        // A list that the linkage joined with itself may hold a person twice.
        if !seen.insert((cell(cluster), of)) {
            unique[of] = false;
        }
        list_of.push(of);
    }
    let told_links = table(links)?;
    let columns = [
        "left_list",
        "left_record",
        "right_list",
        "right_record",
        "probability",
        "cluster",
    ]
    .map(|c| at(&told_links, c, &name));
    let columns: Vec<usize> = columns.into_iter().collect::<anyhow::Result<_>>()?;
    let mut all = Vec::new();
    for row in &told_links.rows {
        let cell = |n: usize| row.cells[columns[n]].trim();
        // What a person or the other links spoke against is not drawn.
        if cell(5).starts_with("refused") {
            continue;
        }
        let find = |n: usize| {
            let place = places.get(&(cell(n).to_owned(), cell(n + 1).to_owned()));
            place.copied().with_context(|| {
                format!(
                    "{name}, line {}: {file} has no record {} of the list \"{}\"; take both files from one run",
                    row.number,
                    cell(n + 1),
                    cell(n)
                )
            })
        };
        let probability = cell(4).parse().ok().filter(|p| (0.0..=1.0).contains(p));
        let Some(probability) = probability else {
            bail!(
                "{name}, line {}, column \"probability\": \"{}\" is no number from 0 to 1",
                row.number,
                cell(4)
            );
        };
        all.push(UncertainLink {
            one: find(0)?,
            other: find(2)?,
            probability,
        });
    }
    let lists = UncertainLists {
        names,
        unique,
        list_of,
        links: all,
    };
    lists
        .draw(told.linkages as usize, told.seed)
        .with_context(|| name.to_string())
}

/// Estimates under each linkage and mixes what they say.
pub(crate) fn linked(tables: &[CaptureTable], told: &Run) -> anyhow::Result<Linked> {
    let setting = Setting::Linkages(tables.len());
    let mut lines = Vec::new();
    let mut by_graphs = Vec::new();
    if tables
        .iter()
        .all(|table| table.lists() <= MAX_LISTS_OF_GRAPHS)
    {
        let options = GraphsOptions {
            keep: 0,
            ..graph_options(told)
        };
        for table in tables {
            by_graphs.push(average(table, &options)?.total);
        }
        lines.push(mixed(Method::Graphs, &setting, &by_graphs)?);
    }
    let mut by_classes = Vec::new();
    // The mixture has as many draws as were asked for; no linkage has so few that its chains cannot be judged.
    let share = (1.0 / tables.len() as f64).max(0.1);
    for (number, table) in tables.iter().enumerate() {
        eprintln!("linkage {} of {}", number + 1, tables.len());
        by_classes.push(classes(table, told, (told.classes, USUAL), share)?.total);
    }
    lines.push(mixed(Method::Classes, &setting, &by_classes)?);
    let of = if by_graphs.is_empty() {
        &by_classes
    } else {
        &by_graphs
    };
    let middles = of.iter().map(Posterior::median);
    let middles = middles.fold((u64::MAX, 0), |(low, high), m| (low.min(m), high.max(m)));
    let number = of.len() as f64;
    let mean = of.iter().map(Posterior::mean).sum::<f64>() / number;
    let between = of.iter().map(|of| (of.mean() - mean).powi(2)).sum::<f64>() / number;
    let within = of
        .iter()
        .map(|of| of.standard_deviation().powi(2))
        .sum::<f64>()
        / number;
    Ok(Linked {
        lines,
        middles,
        share: between / (between + within).max(f64::MIN_POSITIVE),
    })
}

fn mixed(method: Method, setting: &Setting, parts: &[Posterior]) -> anyhow::Result<Line> {
    let weighted: Vec<(f64, &Posterior)> = parts.iter().map(|part| (1.0, part)).collect();
    let mixture = Posterior::mixture(&weighted)?;
    Ok(Line::of(Role::Answer, method, setting.clone(), &mixture))
}
