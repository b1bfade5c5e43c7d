//! Measures a blind search on invented families: `cargo run --release -p mandate-kinship --example search -- 10000 5000 [seed] [theta]`.
//! Remains, families. Tables of frequencies: `../shared/data/kinship/frequencies_bosnia_herzegovina.csv`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::cast_precision_loss)]

use std::collections::BTreeMap;
use std::time::Instant;

use mandate_kinship::simulate::{Plan, Relatives, invent};
use mandate_kinship::{Kind, Locus, Mutation, MutationModel, Options, search};

const TABLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/kinship/frequencies_bosnia_herzegovina.csv"
);

/// The markers of the table, every column normalised, with proportional mutation: 0.001 from mothers, 0.002 from fathers.
fn markers() -> Option<Vec<Locus>> {
    let text = std::fs::read_to_string(TABLE).ok()?;
    let mut lines = text.lines().map(|line| {
        line.split(',')
            .map(|cell| cell.trim_matches('"'))
            .collect::<Vec<_>>()
    });
    let names: Vec<&str> = lines.next()?.into_iter().skip(1).collect();
    let rows: Vec<Vec<&str>> = lines.collect();
    let locus = |at: usize| {
        let mut alleles: Vec<(String, f64)> = rows
            .iter()
            .map(|row| (row[0].to_owned(), row[at + 1].parse().unwrap_or(0.0)))
            .filter(|(_, one)| *one > 0.0)
            .collect();
        alleles.sort_by_key(|(label, _)| mandate_kinship::locus::repeats(label));
        let whole: f64 = alleles.iter().map(|(_, one)| one).sum();
        alleles.iter_mut().for_each(|(_, one)| *one /= whole);
        let mutation = Mutation {
            female: MutationModel::Proportional { rate: 0.001 },
            male: MutationModel::Proportional { rate: 0.002 },
        };
        Locus::new(names[at], Kind::Autosomal, &alleles)
            .unwrap()
            .with_mutation(mutation)
            .unwrap()
    };
    Some((0..names.len()).map(locus).collect())
}

/// Most memory used so far, in megabytes, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes / 1024)
}

#[derive(Default)]
struct Count {
    families: usize,
    first: usize,
    ten: usize,
    above: usize,
    false_above: usize,
    above_lower: usize,
    false_above_lower: usize,
}

/// A lower threshold, to show how false inclusions grow.
const LOWER: f64 = 4.0;

fn main() {
    let Some(loci) = markers() else {
        return println!("skipped: {TABLE} is not there");
    };
    let argument = |at: usize| std::env::args().nth(at);
    let number = |at: usize, other: usize| {
        argument(at)
            .and_then(|text| text.parse().ok())
            .unwrap_or(other)
    };
    let theta = argument(4)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0.0);
    let plan = Plan::new(number(1, 10_000), number(2, 5_000), number(3, 1) as u64);
    let start = Instant::now();
    let invented = invent(&plan, &loci).unwrap();
    println!(
        "{} remains, {} families, {} markers; invented in {:.1} s",
        plan.remains,
        plan.families,
        loci.len(),
        start.elapsed().as_secs_f64()
    );
    let options = Options {
        keep: 20,
        theta,
        ..Options::default()
    };
    let start = Instant::now();
    let found = search(
        &invented.families,
        &invented.remains,
        &loci,
        &options,
        &|_| true,
    )
    .unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let all = plan.remains as f64 * plan.families as f64;
    println!(
        "searched in {seconds:.2} s: {:.1} million pairs, {:.1} million of fitting sex weighed, {:.2} million a second; {:.0} MB held for it, at most {:?} MB in all",
        all / 1e6,
        found.compared as f64 / 1e6,
        found.compared as f64 / 1e6 / seconds,
        found.bytes as f64 / 1e6,
        memory()
    );
    let mut counts: BTreeMap<Relatives, Count> = BTreeMap::new();
    for kind in &invented.kinds {
        counts.entry(*kind).or_default().families += 1;
    }
    for (candidates, truth) in found.candidates.iter().zip(&invented.truth) {
        for (rank, candidate) in candidates.iter().enumerate() {
            let count = counts.entry(invented.kinds[candidate.family]).or_default();
            let log10 = candidate.log10_with_theta.unwrap_or(f64::NEG_INFINITY);
            let (above, above_lower) = (
                usize::from(log10 >= options.threshold_log10),
                usize::from(log10 >= LOWER),
            );
            if *truth == Some(candidate.family) {
                count.first += usize::from(rank == 0);
                count.ten += usize::from(rank < 10);
                count.above += above;
                count.above_lower += above_lower;
            } else {
                count.false_above += above;
                count.false_above_lower += above_lower;
            }
        }
    }
    let high = options.threshold_log10;
    println!(
        "relatives | families | true family first | among ten | true, false from 10^{high} | true, false from 10^{LOWER}"
    );
    for (kind, count) in &counts {
        let share = |number: usize| 100.0 * number as f64 / count.families as f64;
        println!(
            "{kind:?} | {} | {:.1} % | {:.1} % | {:.1} %, {} | {:.1} %, {}",
            count.families,
            share(count.first),
            share(count.ten),
            share(count.above),
            count.false_above,
            share(count.above_lower),
            count.false_above_lower
        );
    }
    let full = found
        .candidates
        .iter()
        .filter(|list| list.len() == options.keep && list[options.keep - 1].log10 >= LOWER)
        .count();
    println!("remains with more candidates from 10^{LOWER} than are kept: {full}");
    let most = found.above.iter().max().copied().unwrap_or(0);
    println!("most families at the threshold for one set of remains: {most} (20 are kept)");
}
