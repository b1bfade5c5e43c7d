//! What seeing through spellings brings, on four invented lists of 20,000 people in three orthographies:
//! `cargo run -p mandate-names --example lists -- 20000 FOLDER`, then
//! `cargo run --release -p mandate-linkage --example spellings -- FOLDER`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::{collections::HashMap, path::Path, sync::Arc};

use mandate_linkage::{
    Budget, Clustering, Field, Kind, Options, Rule, Table, clusters, link, suggest,
};
use mandate_names::Gazetteer;

fn table() -> Table {
    let mut fields: Vec<Field> = [
        ("given", Kind::Name),
        ("father", Kind::Name),
        ("family", Kind::Name),
        ("sex", Kind::Category),
        ("birth", Kind::Date),
        ("place", Kind::Place),
    ]
    .iter()
    .map(|(name, kind)| Field::new(name, *kind))
    .collect();
    fields[0].swaps_with = Some(2);
    Table::new(fields).unwrap()
}

fn measure(name: &str, mut table: Table, rows: &[csv::StringRecord]) {
    let mut truth: Vec<u32> = Vec::new();
    let mut last = String::new();
    for row in rows {
        if row[0] != last {
            row[0].clone_into(&mut last);
            table.begin_list(&last, false);
        }
        table
            .push(&row.iter().skip(2).take(6).collect::<Vec<_>>())
            .unwrap();
        truth.push(row[8].parse().unwrap());
    }
    table.close();
    let rules: Vec<Rule> = suggest(&table, Budget::of(&table), &|_| true)
        .unwrap()
        .into_iter()
        .map(|s| s.rule)
        .collect();
    let options = Options::new(rules);
    let found = link(&table, &options, &|_, _| true).unwrap();
    if std::env::var("DETAIL").is_ok() {
        let learning = found.learning.as_ref().unwrap();
        println!("   of relatives {:?}", learning.of_relatives);
        for (rule, count) in options.rules.iter().zip(&found.rules) {
            println!("   {:?} {}", rule.on, count.pairs);
        }
    }
    let mut sizes: HashMap<u32, u64> = HashMap::new();
    truth
        .iter()
        .for_each(|t| *sizes.entry(*t).or_default() += 1);
    let all = |n: u64| n * (n - 1) / 2;
    let pairs: u64 = sizes.values().map(|n| all(*n)).sum();
    let mut order: Vec<(f64, bool)> = found
        .links
        .iter()
        .map(|l| (l.weight, truth[l.left as usize] == truth[l.right as usize]))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut best, mut half, mut right) = (0.0_f64, 0.0, 0.0);
    for (n, (weight, ok)) in order.iter().enumerate() {
        right += f64::from(u8::from(*ok));
        let f1 = 2.0 * right / ((n + 1) as f64 + pairs as f64);
        best = best.max(f1);
        if *weight >= 0.0 {
            half = f1;
        }
    }
    let groups = clusters(&table, &found.links, &Clustering::default()).groups();
    let (mut said, mut ok) = (0, 0);
    for group in groups {
        let mut people: HashMap<u32, u64> = HashMap::new();
        group
            .iter()
            .for_each(|record| *people.entry(truth[*record as usize]).or_default() += 1);
        said += all(group.len() as u64);
        ok += people.values().map(|n| all(*n)).sum::<u64>();
    }
    println!(
        "{name}: {} records, {} compared; links F1 {best:.4} at best, {half:.4} at 0.5, reach {:.4}; clusters precision {:.4}, recall {:.4}, F1 {:.4}",
        table.len(),
        found.compared,
        right / pairs as f64,
        ok as f64 / said as f64,
        ok as f64 / pairs as f64,
        2.0 * ok as f64 / (said + pairs) as f64
    );
}

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        println!("name the folder of the lists");
        return;
    };
    let mut reader = csv::Reader::from_path(Path::new(&folder).join("all.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../profiles/kosovo/gazetteer.tsv"
    );
    let places = Gazetteer::read(&std::fs::read_to_string(file).unwrap()).unwrap();
    measure("letter by letter", table().letter_by_letter(), &rows);
    measure("through spellings", table(), &rows);
    measure(
        "and with the list of places",
        table().knowing(Arc::new(places)),
        &rows,
    );
}
