//! How well and how fast repetitions are found: `cargo run --release -p mandate-repetition --example measure`
//! [`sample N JUDGED KEY`: writes pairs to be judged; `judged FILE`: measures against judgements]. Reads `../shared/data/upr`.
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
        Some("sample") => {
            let n = arguments[1].parse().unwrap();
            sample(&rows, &texts, n, &arguments[2], &arguments[3]);
        }
        Some("judged") => judged(&rows, &texts, &arguments[1]),
        _ => speed(&texts),
    }
}

/// The least cosine of pairs to be judged, and how many parts of a twentieth there are from there to 1.
const LEAST: f32 = 0.85;
const PARTS: usize = 3;

/// Pairs of a text and the first of the group that it would join at [`LEAST`], as many of each twentieth of cosine, in an
/// order that does not tell how close they are, and without the pairs that stand in `known`. The file `key` gets for each pair
/// how many there were of its twentieth.
fn sample(rows: &[(String, String)], texts: &[&str], n: usize, known: &str, key: &str) {
    let known = std::fs::read_to_string(known).unwrap();
    let all = Repetitions::of(texts.iter().copied(), LEAST);
    let mut bins: Vec<Vec<(usize, usize)>> = vec![Vec::new(); PARTS];
    let mut seen = std::collections::HashSet::new();
    let mut random = 11_u64;
    let mut shuffle = |all: &mut Vec<(usize, usize, usize)>| {
        for at in (1..all.len()).rev() {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            all.swap(at, (random >> 33) as usize % (at + 1));
        }
    };
    for (at, first) in all.groups().iter().enumerate() {
        let pair = format!("{},{},", rows[*first].0, rows[at].0);
        if at == *first
            || texts[at] == texts[*first]
            || !seen.insert(texts[at])
            || known.contains(&pair)
        {
            continue;
        }
        let cosine = all.cosine(texts[at], texts[*first]);
        bins[(((cosine - LEAST) * 20.0) as usize).min(PARTS - 1)].push((at, *first));
    }
    let mut drawn = Vec::new();
    for all in &bins {
        let of = all.len();
        let mut all: Vec<_> = all.iter().map(|(at, first)| (of, *at, *first)).collect();
        shuffle(&mut all);
        drawn.extend(all.into_iter().take(n / PARTS));
    }
    shuffle(&mut drawn);
    let mut keys = String::new();
    for (place, (of, at, first)) in drawn.iter().enumerate() {
        keys.push_str(&format!("{},{},,{of}\n", rows[*first].0, rows[*at].0));
        println!("{place}\n  A {}\n  B {}", texts[*first], texts[*at]);
    }
    std::fs::write(key, keys).unwrap();
}

/// Lines of `first,other,same,of`: `yes` or `no`, and from how many pairs as close as these, by the likeness of that time, as
/// many were drawn of each twentieth: a pair of a twentieth that holds many counts for many.
fn judged(rows: &[(String, String)], texts: &[&str], path: &str) {
    let by: HashMap<&str, &str> = rows.iter().map(|r| (r.0.as_str(), r.1.as_str())).collect();
    let all = Repetitions::of(texts.iter().copied(), CLOSE);
    let pairs: Vec<(f32, bool, i32)> = std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("first"))
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (
                all.cosine(by[cells[0]], by[cells[1]]),
                cells[2] == "yes",
                cells[3].parse().unwrap(),
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
