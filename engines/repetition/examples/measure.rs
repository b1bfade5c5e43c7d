//! How well and how fast repetitions are found: `cargo run --release -p mandate-repetition --example measure`
//! [`sample N`: writes pairs to be judged; `judged FILE`: measures against judgements]. Reads `../shared/data/upr`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{collections::HashMap, time::Instant};

use mandate_repetition::{CLOSE, Repetitions};

fn rows() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for file in ["1-5", "6-9", "10-13"] {
        let path = format!(
            "{}/../../../shared/data/upr/{file}.csv",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(path).unwrap();
        let table =
            mandate_tabular::read(&bytes, file, None, &mandate_tabular::Limits::default()).unwrap();
        let text = table.columns.iter().position(|c| c == "Text").unwrap();
        all.extend(table.rows.iter().map(|row| {
            (
                format!("{file}:{}", row.number),
                row.cells[text].trim().to_owned(),
            )
        }));
    }
    all
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rows = rows();
    let texts: Vec<&str> = rows.iter().map(|r| r.1.as_str()).collect();
    match arguments.first().map(String::as_str) {
        Some("sample") => sample(&rows, &texts, arguments[1].parse().unwrap()),
        Some("judged") => judged(&rows, &texts, &arguments[1]),
        _ => speed(&texts),
    }
}

/// Pairs of a text and the first of the group that it would join at 0.5, spread evenly over how close they are.
fn sample(rows: &[(String, String)], texts: &[&str], n: usize) {
    let all = Repetitions::of(texts.iter().copied(), 0.5);
    let mut bins: Vec<Vec<(f32, usize, usize)>> = vec![Vec::new(); 10];
    let mut seen = std::collections::HashSet::new();
    let mut random = 7_u64;
    for (at, first) in all.groups().iter().enumerate() {
        if at == *first || texts[at] == texts[*first] || !seen.insert(texts[at]) {
            continue;
        }
        let cosine = all.cosine(texts[at], texts[*first]);
        bins[(((cosine - 0.5) * 20.0) as usize).min(9)].push((cosine, at, *first));
    }
    for bin in &mut bins {
        for at in (1..bin.len()).rev() {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            bin.swap(at, (random >> 33) as usize % (at + 1));
        }
        eprintln!("{}", bin.len());
        for (cosine, at, first) in bin.iter().take(n / 10) {
            println!(
                "{},{},{cosine:.2}\n  A {}\n  B {}",
                rows[*first].0, rows[*at].0, texts[*first], texts[*at]
            );
        }
    }
}

/// Lines of `first,other,same` with `yes` or `no`.
fn judged(rows: &[(String, String)], texts: &[&str], path: &str) {
    let by: HashMap<&str, &str> = rows.iter().map(|r| (r.0.as_str(), r.1.as_str())).collect();
    let all = Repetitions::of(texts.iter().copied(), CLOSE);
    // How many pairs each thirty were drawn from: a twentieth of the cosine that holds many counts for many.
    let drawn_from = [2116, 1698, 1343, 1052, 714, 490, 293, 215, 102, 546];
    let mut weights = drawn_from.iter().flat_map(|n| [*n; 30]);
    let pairs: Vec<(f32, bool, i32)> = std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("first"))
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (
                all.cosine(by[cells[0]], by[cells[1]]),
                cells[2] == "yes",
                weights.next().unwrap(),
            )
        })
        .collect();
    println!(
        "{} pairs, {} the same",
        pairs.len(),
        pairs.iter().filter(|p| p.1).count()
    );
    for step in 10..20 {
        let close = step as f32 / 20.0 + 0.02;
        let weigh = |of: &dyn Fn(&(f32, bool, i32)) -> bool| {
            pairs
                .iter()
                .filter(|p| of(p))
                .map(|p| f64::from(p.2))
                .sum::<f64>()
        };
        let found = weigh(&|p| p.0 >= close);
        let right = weigh(&|p| p.0 >= close && p.1);
        let n = pairs.iter().filter(|p| p.0 >= close).count();
        println!(
            "at {close:.2}: precision {:.3}, recall {:.3} ({n} of the sample)",
            right / found,
            right / weigh(&|p| p.1)
        );
    }
}

fn speed(texts: &[&str]) {
    let report = |name: &str, texts: &[&str]| {
        let start = Instant::now();
        let all = Repetitions::of(texts.iter().copied(), CLOSE);
        let time = start.elapsed().as_secs_f64();
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        for first in all.groups() {
            *sizes.entry(*first).or_default() += 1;
        }
        println!(
            "{name}: {} texts, {} groups, the largest {}, in {time:.2} s",
            texts.len(),
            sizes.len(),
            sizes.values().max().unwrap()
        );
        all
    };
    let mut all = report("as they are", texts);
    let start = Instant::now();
    for n in 0..100 {
        all.add(&format!("{} by the year {}", texts[n * 200], 2030 + n));
    }
    println!("one more: {:.3} ms", start.elapsed().as_secs_f64() * 10.0);
    let many: Vec<String> = (0..250_000)
        .map(|n| {
            if n < texts.len() {
                texts[n].to_owned()
            } else {
                format!(
                    "{} in region {} of district {}",
                    texts[n % texts.len()],
                    n / texts.len(),
                    n % 97
                )
            }
        })
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut all = report("250,000, all different", &many);
    let start = Instant::now();
    for n in 0..100 {
        all.add(&format!("{} by the year {}", texts[n * 200], 2030 + n));
    }
    println!("one more: {:.3} ms", start.elapsed().as_secs_f64() * 10.0);
}
