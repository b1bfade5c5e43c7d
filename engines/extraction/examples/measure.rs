//! How well reports of the Universal Periodic Review are read, measured against the rows that people took out of them:
//! `cargo run --release -p mandate-extraction --example measure [misses REPORT]`. Reads `../shared/data/upr`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/measure/mod.rs"]
mod measure;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = measure::folder() else {
        println!("skipped: no ../shared/data/upr");
        return;
    };
    let reports = measure::reports(&folder);
    for report in &reports {
        println!("{report}");
        if arguments
            .get(1)
            .is_some_and(|name| report.name.starts_with(name.as_str()))
        {
            report.misses();
        }
    }
    println!("{}", measure::total(&reports));
}
