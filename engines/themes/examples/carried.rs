//! The model that the program carries, made again: `cargo run --release -p mandate-themes --example carried [write]`.
//!
//! Learns from sessions 1 to 13 in `../shared/data/upr` as `mandate themes train 1-5.csv 6-9.csv 10-13.csv` does, and says
//! whether the bytes are those of `areas/mechanisms/data/themes.model` (if not, it ends with 1); `write` puts them there.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::process::ExitCode;

use mandate_themes::{Model, Options, train};

#[path = "shared/tables.rs"]
mod tables;

const MODEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../areas/mechanisms/data/themes.model"
);

fn main() -> ExitCode {
    let table = tables::shared();
    let options = Options {
        note: "from 1-5.csv, 6-9.csv, 10-13.csv, seed 1".into(),
        seed: 1,
        ..Options::default()
    };
    let model = train(table.names.clone(), &table.examples(), &options, &|_| true).unwrap();
    let bytes = model.to_bytes();
    println!(
        "{} texts, {} labels, {} features, {} bytes",
        table.rows.len(),
        model.labels().len(),
        model.features(),
        bytes.len()
    );
    if std::env::args().nth(1).is_some_and(|told| told == "write") {
        std::fs::write(MODEL, &bytes).unwrap();
    }
    let there = std::fs::read(MODEL).unwrap();
    if there == bytes {
        println!("the same bytes as the model that is carried");
        return ExitCode::SUCCESS;
    }
    match Model::from_bytes(&there) {
        Ok(model) => println!(
            "not the model that is carried, which was made \"{}\" and has {} bytes: `write` replaces it",
            model.note(),
            there.len()
        ),
        Err(e) => println!("the model that is carried cannot be read: {e}"),
    }
    ExitCode::FAILURE
}
