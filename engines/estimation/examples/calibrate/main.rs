//! Whether the posteriors are what they claim to be, and where their intervals miss the truth.
//!
//! `cargo run --release -p mandate-estimation --example calibrate -- FOLDER [ranks] [populations]` writes, as SVG and CSV,
//!
//! - rank histograms (simulation-based calibration; Talts et al. 2018): parameters and a table are drawn from the prior and
//!   the model, and the rank of the true total among the draws of its posterior must be uniform (1,000 times by default);
//! - coverage of 95 % intervals on invented populations of which the truth is known (200 of each kind by default), among them
//!   some for which no model holds.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod coverage;
mod plot;
mod ranks;

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(
        arguments
            .first()
            .map_or("engines/estimation/docs", String::as_str),
    );
    let number =
        |place: usize, default| arguments.get(place).map_or(default, |n| n.parse().unwrap());
    std::fs::create_dir_all(folder).unwrap();
    // With 0 times, what was written before is left as it is.
    let (ranks, populations) = (number(1, 1_000), number(2, 200));
    let passed = ranks == 0 || ranks::run(folder, ranks);
    if populations > 0 {
        coverage::run(folder, populations);
    }
    println!("calibration {}", if passed { "passes" } else { "FAILS" });
    std::process::exit(i32::from(!passed));
}
