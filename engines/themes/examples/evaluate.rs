//! How well themes are suggested, on the recommendations of the Universal Periodic Review:
//! `cargo run --release -p mandate-themes --example evaluate [LAST [UPTO]]`. Learns from sessions 1 to LAST (9 unless told),
//! tries on those after, up to UPTO. Reads `../shared/data/upr`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use mandate_themes::{Example, Model, Options, measure, train};
use rayon::prelude::*;

#[path = "shared/tables.rs"]
mod tables;

use tables::Row;

fn main() {
    let mut told = std::env::args().skip(1).map(|n| n.parse::<u32>().unwrap());
    let (last, upto) = (told.next().unwrap_or(9), told.next().unwrap_or(u32::MAX));
    let table = tables::shared();
    let (learn, attempt): (Vec<&Row>, Vec<&Row>) = table
        .rows
        .iter()
        .filter(|r| r.session <= upto)
        .partition(|r| r.session <= last);
    let examples: Vec<Example> = learn.iter().map(|r| r.example()).collect();
    let start = Instant::now();
    let model = train(table.names.clone(), &examples, &Options::default(), &|_| {
        true
    })
    .unwrap();
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
    println!("{:?}", measure(table.names.len(), &right, &predicted));
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
