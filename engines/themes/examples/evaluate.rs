//! How well themes are suggested, on the recommendations of the Universal Periodic Review:
//! `cargo run --release -p mandate-themes --example evaluate [LAST]`. Learns from sessions 1 to LAST (9 unless told), tries
//! on those after. Reads `../shared/data/upr`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use mandate_themes::{Example, Model, Options, measure, train};
use rayon::prelude::*;

struct Row {
    text: String,
    labels: Vec<usize>,
    group: u64,
    session: u32,
}

fn main() {
    let last: u32 = std::env::args().nth(1).map_or(9, |n| n.parse().unwrap());
    let env = |name: &str, or: f32| std::env::var(name).ok().map_or(or, |v| v.parse().unwrap());
    let (names, rows) = read();
    let (learn, attempt): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|r| r.session <= last);
    let examples: Vec<Example> = learn
        .iter()
        .map(|r| Example {
            text: &r.text,
            labels: &r.labels,
            group: r.group,
        })
        .collect();
    let mut options = Options::default();
    options.cost = env("COST", options.cost);
    options.rounds = env("ROUNDS", options.rounds as f32) as usize;
    options.folds = env("FOLDS", options.folds as f32) as usize;
    options.features = env("FEATURES", options.features as f32) as usize;
    let start = Instant::now();
    let model = train(names.clone(), &examples, &options, &|_| true).unwrap();
    println!(
        "trained on {} in {:.2} s, {} features, {} bytes",
        learn.len(),
        start.elapsed().as_secs_f64(),
        model.features(),
        model.to_bytes().len()
    );
    if attempt.is_empty() {
        return;
    }
    let start = Instant::now();
    let predicted = predict(&model, &attempt);
    let time = start.elapsed().as_secs_f64();
    println!("{:.0} texts a second", attempt.len() as f64 / time);
    let right: Vec<Vec<usize>> = attempt.iter().map(|r| r.labels.clone()).collect();
    println!("{:?}", measure(names.len(), &right, &predicted));
}

fn predict(model: &Model, rows: &[&Row]) -> Vec<Vec<usize>> {
    rows.par_iter()
        .map_init(
            || model.reader(),
            |reader, row| {
                let mut chosen = Vec::new();
                reader.choose(&row.text, &mut chosen);
                chosen
            },
        )
        .collect()
}

fn read() -> (Vec<String>, Vec<Row>) {
    let mut names: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for file in ["1-5", "6-9", "10-13"] {
        let path = format!(
            "{}/../../../shared/data/upr/{file}.csv",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(path).unwrap();
        let table =
            mandate_tabular::read(&bytes, file, None, &mandate_tabular::Limits::default()).unwrap();
        let column = |name: &str| table.columns.iter().position(|c| c == name).unwrap();
        let (text, to, issue, session) = (
            column("Text"),
            column("To"),
            column("Issue"),
            column("Session"),
        );
        for row in &table.rows {
            let mut labels: Vec<usize> = row.cells[issue]
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(|name| {
                    names.iter().position(|n| n == name).unwrap_or_else(|| {
                        names.push(name.to_owned());
                        names.len() - 1
                    })
                })
                .collect();
            labels.sort_unstable();
            labels.dedup();
            let session: u32 = row.cells[session].trim().parse().unwrap();
            let group = row.cells[to].bytes().fold(u64::from(session), |h, b| {
                (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)
            });
            rows.push(Row {
                text: row.cells[text].trim().to_owned(),
                labels,
                group,
                session,
            });
        }
    }
    (names, rows)
}
