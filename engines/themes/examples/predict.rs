//! What a model that learned from one table gives to the texts of another, a line of JSON for each text:
//! `cargo run --release -p mandate-themes --example predict LEARN.csv TRY.csv`. `benches/themes.py` lays it beside scikit-learn.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use std::time::Instant;

use mandate_themes::{Options, train};

#[path = "shared/tables.rs"]
mod tables;

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [learn, attempt] = paths.as_slice() else {
        eprintln!("give the table to learn from and the table to try");
        std::process::exit(2);
    };
    let learned = tables::read(&[learn]);
    let start = Instant::now();
    let model = train(
        learned.names.clone(),
        &learned.examples(),
        &Options::default(),
        &|_| true,
    )
    .unwrap();
    eprintln!(
        "here: {:.2} s to learn from {} texts",
        start.elapsed().as_secs_f64(),
        learned.rows.len()
    );
    let tried = tables::read(&[attempt]);
    let start = Instant::now();
    let mut reader = model.reader();
    let mut chosen = Vec::new();
    let lines: Vec<String> = tried
        .rows
        .iter()
        .map(|row| {
            reader.choose(&row.text, &mut chosen);
            let names: Vec<String> = chosen
                .iter()
                .map(|label| format!("{:?}", model.labels()[*label]))
                .collect();
            format!("[{}]", names.join(", "))
        })
        .collect();
    eprintln!(
        "here: {:.2} s to try {} texts on one thread",
        start.elapsed().as_secs_f64(),
        lines.len()
    );
    println!("{}", lines.join("\n"));
}
