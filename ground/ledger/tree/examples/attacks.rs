//! 100,000 edits, drops, reorderings, truncations and forks of an exported ledger, put before both verifiers.
//!
//!     cargo run --release -p mandate-ledger-tree --example attacks -- 100000
//!
//! Says how many of each kind each verifier found, and exits with 1 when one got through.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../tests/attack/mod.rs"]
mod attack;

use std::{collections::BTreeMap, time::Instant};

use attack::{Dice, Second, World};
use mandate_ledger_tree::verify;

/// Attacks on one ledger before the next is made.
const ON_EACH: usize = 500;
/// Both verifiers run in as many pairs.
const PAIRS: usize = 2;

type Counts = BTreeMap<&'static str, [usize; 3]>;

fn attacks(n: usize, seed: u64) -> Counts {
    let mut counts = Counts::new();
    let mut second = Second::start().map_err(|why| println!("{why}")).ok();
    let mut dice = Dice(seed);
    let mut done = 0;
    while done < n {
        let size = [2, 17, 64, 130, 255, 256, 257, 300][dice.below(8)];
        let world = World::new(size, dice.next());
        assert!(
            verify(&mut world.files.clone(), &world.trust)
                .findings
                .is_empty()
        );
        if let Some(second) = &mut second {
            assert_eq!(second.begin(&world), "");
        }
        for _ in 0..ON_EACH.min(n - done) {
            let (name, mut files) = world.attacked(&mut dice);
            let count = counts.entry(name).or_default();
            count[0] += 1;
            count[1] += usize::from(!verify(&mut files, &world.trust).findings.is_empty());
            if let Some(second) = &mut second {
                count[2] += usize::from(!second.finds(&files).is_empty());
            }
            done += 1;
        }
    }
    counts
}

fn main() {
    let n: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let begun = Instant::now();
    let parts: Vec<Counts> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..PAIRS)
            .map(|pair| scope.spawn(move || attacks(n / PAIRS, 1 + pair as u64)))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let mut all = Counts::new();
    for (name, part) in parts.into_iter().flatten() {
        let sum = all.entry(name).or_default();
        (0..3).for_each(|i| sum[i] += part[i]);
    }
    println!("{:>9} {:>9} {:>9}", "attacks", "ours", "second");
    let mut total = [0; 3];
    for (name, counts) in &all {
        println!("{:>9} {:>9} {:>9}  {name}", counts[0], counts[1], counts[2]);
        (0..3).for_each(|i| total[i] += counts[i]);
    }
    println!(
        "{:>9} {:>9} {:>9}  all, in {:.0} s",
        total[0],
        total[1],
        total[2],
        begun.elapsed().as_secs_f64()
    );
    if total[1] < total[0] || total[2] < total[0] {
        std::process::exit(1);
    }
}
