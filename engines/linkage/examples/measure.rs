//! How well and how fast records are linked: `cargo run --release -p mandate-linkage --example measure [FILE]`. Reads
//! `../shared/data/linkage`, or a file of `generate.py`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::{collections::HashMap, path::Path, time::Instant};

use mandate_linkage::{Field, Kind, Link, Of, Options, Rule, Table, link};
use mandate_tabular::{Limits, Sheet};

fn sheet(path: &Path) -> Sheet {
    let limits = Limits {
        bytes: 4 << 30,
        rows: 20_000_000,
        ..Limits::default()
    };
    Sheet::read(&std::fs::read(path).unwrap(), &limits).unwrap()
}

fn memory(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(what)).unwrap_or("");
    line.split_whitespace()
        .nth(1)
        .and_then(|n| n.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1024.0
}

/// F1 over pairs at the best threshold and at p of at least 0.5 and 0.95.
fn scores(links: &[Link], truth: &[u32], pairs: u64) -> (f64, f64, f64, f64) {
    let mut order: Vec<(f64, bool)> = links
        .iter()
        .map(|l| (l.weight, truth[l.left as usize] == truth[l.right as usize]))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let f1 = |found: f64, right: f64| 2.0 * right / (found + pairs as f64);
    let (mut best, mut at, mut half, mut sure) = (0.0_f64, 0.0, 0.0, 0.0);
    let (mut found, mut right) = (0.0, 0.0);
    for (weight, ok) in order {
        found += 1.0;
        right += f64::from(u8::from(ok));
        let now = f1(found, right);
        if now > best {
            (best, at) = (now, weight);
        }
        if weight >= 0.0 {
            half = now;
        }
        if weight >= (0.95_f64 / 0.05).log2() {
            sure = now;
        }
    }
    (best, at, half, sure)
}

/// A number that is another if any bit of any link is another: the same at one thread and at two (`RAYON_NUM_THREADS`).
fn sign(links: &[Link]) -> u64 {
    links.iter().fold(0xCBF2_9CE4_8422_2325, |all, link| {
        let place = (u64::from(link.left) << 32) | u64::from(link.right);
        [place, link.weight.to_bits(), link.pattern]
            .iter()
            .fold(all, |all, part| {
                (all ^ part).wrapping_mul(0x0100_0000_01B3).rotate_left(29)
            })
    })
}

fn measure(name: &str, table: &Table, truth: &[u32], rules: Vec<Rule>, read: f64) {
    let mut sizes: HashMap<u32, u64> = HashMap::new();
    let mut per_list: HashMap<(u32, usize), u64> = HashMap::new();
    for (n, t) in truth.iter().enumerate() {
        *sizes.entry(*t).or_default() += 1;
        *per_list.entry((*t, table.list_of(n as u32))).or_default() += 1;
    }
    let all = |n: u64| n * (n - 1) / 2;
    let mut pairs: u64 = sizes.values().map(|n| all(*n)).sum();
    if table.lists().iter().any(|l| l.unique) {
        pairs -= per_list.values().map(|n| all(*n)).sum::<u64>();
    }
    let begun = Instant::now();
    let rules = if std::env::var("AUTO").is_ok() {
        let found =
            mandate_linkage::suggest(table, mandate_linkage::Budget::of(table), &|_| true).unwrap();
        for one in &found {
            println!("   {:?} {} {:.4}", one.rule.on, one.pairs, one.reach);
        }
        println!("   suggested in {:.2} s", begun.elapsed().as_secs_f64());
        found.into_iter().map(|s| s.rule).collect()
    } else {
        rules
    };
    let options = Options::new(rules);
    let found = link(table, &options, &|_, _| true).unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    let (best, at, half, sure) = scores(&found.links, truth, pairs);
    let reached = found
        .links
        .iter()
        .filter(|l| truth[l.left as usize] == truth[l.right as usize])
        .count();
    println!(
        "{name}: {} records, {} compared, read {read:.2} s, linked {seconds:.2} s, {:.0} MB; F1 {best:.4} at {at:.1} bits, {half:.4} at 0.5, {sure:.4} at 0.95; reach said {:.3}, links hold {:.3}; prior {:.2e}",
        table.len(),
        found.compared,
        memory("VmHWM"),
        found.reach.share,
        reached as f64 / pairs as f64,
        found.model.prior,
    );
    println!("   sign of all links: {:016x}", sign(&found.links));
    let begun = Instant::now();
    let proposed =
        mandate_linkage::clusters(table, &found.links, &mandate_linkage::Clustering::default());
    let (mut said, mut right) = (0_u64, 0_u64);
    for group in proposed.groups() {
        let mut people: HashMap<u32, u64> = HashMap::new();
        for record in &group {
            *people.entry(truth[*record as usize]).or_default() += 1;
        }
        said += all(group.len() as u64);
        right += people.values().map(|n| all(*n)).sum::<u64>();
    }
    println!(
        "   clusters: {:.2} s, precision {:.4}, recall {:.4}, F1 {:.4}; {} likely links refused",
        begun.elapsed().as_secs_f64(),
        right as f64 / said.max(1) as f64,
        right as f64 / pairs as f64,
        2.0 * right as f64 / (said + pairs) as f64,
        proposed.refused.len()
    );
    if std::env::var("DETAIL").is_ok() {
        for (field, levels) in table.fields().iter().zip(&found.model.fields) {
            print!("   {:14}", field.name);
            for level in levels {
                print!("  {:.4}/{:.5}={:+.1}", level.m, level.u, level.weight());
            }
            println!();
        }
        println!("   {:?} {:?}", found.rules, found.learning);
    }
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/linkage");
    if let Some(file) = std::env::args().nth(1) {
        generated(Path::new(&file));
        return;
    }
    let begun = Instant::now();
    let mut fields = vec![
        Field::new("given", Kind::Name),
        Field::new("family", Kind::Name),
        Field::new("number", Kind::Code),
        Field::new("street", Kind::Text),
        Field::new("address", Kind::Text),
        Field::new("suburb", Kind::Place),
        Field::new("postcode", Kind::Code),
        Field::new("state", Kind::Category),
        Field::new("birth", Kind::Date),
        Field::new("identity", Kind::Code),
    ];
    fields[0].swaps_with = Some(1);
    let mut table = Table::new(fields).unwrap();
    let mut truth = Vec::new();
    for name in ["febrl4a.csv", "febrl4b.csv"] {
        table.begin_list(name, true);
        let read = sheet(&folder.join(name));
        table
            .push_columns((1..11).map(|at| read.column(at)).collect())
            .unwrap();
        let of = |id: &str| id.split('-').nth(1).unwrap().parse::<u32>().unwrap();
        truth.extend(read.column(0).map(of));
    }
    table.close();
    let read = begun.elapsed().as_secs_f64();
    let rules = vec![
        Rule::on(&[(9, Of::Same)]),
        Rule::on(&[(8, Of::Same)]),
        Rule::on(&[(0, Of::Loose), (1, Of::Loose)]),
        Rule::on(&[(1, Of::Loose), (6, Of::Same)]),
        Rule::on(&[(0, Of::Loose), (6, Of::Same)]),
        Rule::on(&[(3, Of::Same), (2, Of::Same)]),
    ];
    measure("febrl4", &table, &truth, rules, read);

    let begun = Instant::now();
    let mut fields = vec![
        Field::new("given", Kind::Name),
        Field::new("family", Kind::Name),
        Field::new("birth", Kind::Date),
        Field::new("birth place", Kind::Place),
        Field::new("postcode", Kind::Code),
        Field::new("sex", Kind::Category),
        Field::new("occupation", Kind::Text),
    ];
    fields[0].swaps_with = Some(1);
    let mut table = Table::new(fields).unwrap();
    let (mut truth, mut known) = (Vec::new(), HashMap::new());
    let rows = sheet(&folder.join("historical_half.csv"));
    table
        .push_columns((4..11).map(|at| rows.column(at)).collect())
        .unwrap();
    for person in rows.column(1) {
        let next = known.len() as u32;
        truth.push(*known.entry(person.to_owned()).or_insert(next));
    }
    table.close();
    let read = begun.elapsed().as_secs_f64();
    let rules = vec![
        Rule::on(&[(1, Of::Same), (2, Of::Same)]),
        Rule::on(&[(0, Of::Same), (2, Of::Same)]),
        Rule::on(&[(2, Of::Same), (4, Of::Start)]),
        Rule::on(&[(0, Of::Same), (1, Of::Same)]),
        Rule::on(&[(1, Of::Loose), (4, Of::Same)]),
        Rule::on(&[(1, Of::Same), (4, Of::Start)]),
        Rule::on(&[(1, Of::Same), (3, Of::Same)]),
        Rule::on(&[(0, Of::Same), (4, Of::Same)]),
        Rule::on(&[(2, Of::Same), (3, Of::Same)]),
        Rule::on(&[(0, Of::Same), (1, Of::Start), (3, Of::Same)]),
        Rule::on(&[(1, Of::Loose), (6, Of::Same)]),
        Rule::on(&[(2, Of::Same), (6, Of::Same)]),
        Rule::on(&[(1, Of::Same), (2, Of::Year)]),
    ];
    measure("historical", &table, &truth, rules, read);
}

fn generated(path: &Path) {
    let begun = Instant::now();
    let mut fields = vec![
        Field::new("given", Kind::Name),
        Field::new("family", Kind::Name),
        Field::new("birth", Kind::Date),
        Field::new("village", Kind::Category),
        Field::new("father", Kind::Name),
        Field::new("death", Kind::Date),
    ];
    fields[0].swaps_with = Some(1);
    let mut table = Table::new(fields).unwrap();
    let rows = sheet(path);
    table
        .push_columns((2..8).map(|at| rows.column(at)).collect())
        .unwrap();
    let truth: Vec<u32> = rows.column(1).map(|id| id.parse().unwrap()).collect();
    drop(rows);
    table.close();
    let read = begun.elapsed().as_secs_f64();
    let rules = vec![
        Rule::on(&[(0, Of::Same), (1, Of::Same)]),
        Rule::on(&[(1, Of::Same), (2, Of::Same)]),
        Rule::on(&[(0, Of::Same), (2, Of::Same)]),
        Rule::on(&[(1, Of::Same), (3, Of::Same), (5, Of::Same)]),
        Rule::on(&[(0, Of::Same), (3, Of::Same), (5, Of::Same)]),
        Rule::on(&[(2, Of::Same), (3, Of::Same)]),
    ];
    // The rules of the example in Splink's documentation, as far as they can be said here.
    let documented = vec![
        Rule::on(&[(0, Of::Start), (1, Of::Start)]),
        Rule::on(&[(1, Of::Same), (2, Of::Same)]),
        Rule::on(&[(0, Of::Same), (2, Of::Same)]),
        Rule::on(&[(3, Of::Same), (0, Of::Same)]),
        Rule::on(&[(3, Of::Same), (1, Of::Same)]),
        Rule::on(&[(2, Of::Same), (3, Of::Same)]),
        Rule::on(&[(0, Of::Start), (1, Of::Start), (2, Of::Year)]),
    ];
    let wide = std::env::var("RULES").is_ok_and(|rules| rules == "documented");
    let rules = if wide { documented } else { rules };
    measure("generated", &table, &truth, rules, read);
}
