//! How often patterns are among the pairs of rules.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::{
    Error,
    blocking::{Blocks, Task},
    compare::{Pattern, compare},
    random::mixed,
    table::Table,
};

/// Pairs of a rule from which m is learned.
const PAIRS_OF_A_RULE: u64 = 1 << 18;

/// How often each pattern is.
pub(crate) type Patterns = BTreeMap<Pattern, u64>;

/// How often each pattern is among the pairs of a rule, and among those that no earlier rule has, of so many of them as
/// are enough; and which share that is. A pair that another rule has too must not be left out where m is learned: what
/// is left would agree on less than pairs of one person do.
pub(crate) type Counted = (Patterns, Patterns, f64);

/// Counts the patterns of each rule. A pair that several rules have is compared once.
pub(crate) fn counted(
    table: &Table,
    blocks: &Blocks,
    tasks: &[Task],
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Vec<Counted>, Error> {
    let shares: Vec<f64> = blocks
        .counts
        .iter()
        .map(|of| (PAIRS_OF_A_RULE as f64 / of.pairs.max(1) as f64).min(1.0))
        .collect();
    let below: Vec<u64> = shares.iter().map(|share| below(*share)).collect();
    let most = below.iter().copied().max().unwrap_or(0);
    let sampled = below.iter().enumerate().filter(|(_, below)| **below < ALL);
    let sampled: Vec<(usize, u64)> = sampled.map(|(rule, below)| (rule, *below)).collect();
    let mut all: Vec<Counted> = shares
        .iter()
        .map(|share| (Patterns::new(), Patterns::new(), *share))
        .collect();
    for of in tasks.chunk_by(|a, b| a.rule == b.rule) {
        let found = of[0].rule;
        if !go_on(found) {
            return Err(Error::Stopped);
        }
        let counts = counts(of.par_iter(), |task, counts| {
            blocks.each(table, *task, |one, other| {
                let drawn = if sampled.is_empty() {
                    0
                } else {
                    drawn(one, other)
                };
                if drawn > most {
                    return;
                }
                let mut rules = blocks.rules_of(one, other);
                for (rule, below) in &sampled {
                    rules &= !(u32::from(drawn > *below) << rule);
                }
                if rules != 0 {
                    let key = (compare(table, one, other), rules);
                    *counts.entry(key).or_default() += 1;
                }
            });
        });
        for ((pattern, rules), n) in counts {
            for (rule, (every, new, _)) in all.iter_mut().enumerate() {
                if rules & (1 << rule) != 0 {
                    *every.entry(pattern).or_default() += n;
                    if rule == found {
                        *new.entry(pattern).or_default() += n;
                    }
                }
            }
        }
    }
    Ok(all)
}

/// How often each pattern is among about so many pairs of a rule's tasks.
pub(crate) fn drawn_of(
    table: &Table,
    blocks: &Blocks,
    tasks: &[Task],
    pairs: u64,
    most: u64,
) -> Patterns {
    let below = below(most as f64 / pairs.max(1) as f64);
    counts(tasks.par_iter(), |task, counts| {
        blocks.every(table, *task, |one, other| {
            if drawn(one, other) <= below {
                *counts.entry(compare(table, one, other)).or_default() += 1;
            }
        });
    })
}

/// The largest number that [`drawn`] gives.
const ALL: u64 = 0xFFFF_FFFF;

/// The number up to which a share of pairs is drawn.
fn below(share: f64) -> u64 {
    (share.min(1.0) * ALL as f64) as u64
}

/// A number of a pair that looks random.
fn drawn(one: u32, other: u32) -> u64 {
    mixed((u64::from(one) << 32) | u64::from(other)) & ALL
}

/// Counts what tasks have, each by itself, in an order that does not depend on who did it.
fn counts<'t, K: Ord + std::hash::Hash + Send>(
    tasks: impl ParallelIterator<Item = &'t Task>,
    count: impl Fn(&Task, &mut HashMap<K, u64>) + Sync + Send,
) -> BTreeMap<K, u64> {
    let parts: Vec<HashMap<K, u64>> = tasks
        .map(|task| {
            let mut counts = HashMap::new();
            count(task, &mut counts);
            counts
        })
        .collect();
    let mut all = BTreeMap::new();
    for (key, n) in parts.into_iter().flatten() {
        *all.entry(key).or_default() += n;
    }
    all
}
