//! Which rules to block by, when nobody says.
//!
//! First the pairs that agree on two fields, by the cheapest such rules, are linked. Of the sure ones, each field says how
//! often and on what it agrees where it was not asked for. From that pairs of one person are drawn, field by field, and
//! rules are taken one after another: the one that reaches the most of what is not reached yet for its cost.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{
    Error,
    blocking::{Blocks, LARGEST_BLOCK, Of, Rule},
    link::{Options, link},
    random::mixed,
    table::Table,
};

/// How much may be compared, and how far to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// Pairs that all rules together may have, about.
    pub pairs: u64,
    /// The share of pairs of one person that is enough.
    pub reach: f64,
    /// The most rules.
    pub rules: usize,
}

impl Budget {
    /// Three million pairs, or four for each record where that is more.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        Self {
            pairs: (4 * table.len() as u64).max(3_000_000),
            reach: 0.999,
            rules: 20,
        }
    }
}

/// A rule that is suggested.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Suggestion {
    /// The rule.
    pub rule: Rule,
    /// Its pairs, about.
    pub pairs: u64,
    /// The share of pairs of one person that it and those before it reach, if fields fail independently of one another.
    pub reach: f64,
}

/// Records from which the cost of rules is counted.
const COUNTED: usize = 40_000;
/// Rules by which the first pairs are found.
const FIRST: usize = 10;
/// Pairs of one person that are drawn.
const DRAWN: usize = 4_000;
/// A gain in reach that is not worth a rule.
const LEAST_GAIN: f64 = 0.0005;

/// Suggests rules; none where no two records agree on anything.
///
/// # Errors
/// [`Error::Stopped`].
pub fn suggest(
    table: &Table,
    budget: Budget,
    go_on: &(dyn Fn(f64) -> bool + Sync),
) -> Result<Vec<Suggestion>, Error> {
    let candidates = candidates(table);
    let costs = costs(table, &candidates);
    if !go_on(0.3) {
        return Err(Error::Stopped);
    }
    let mut first: Vec<usize> = (0..candidates.len())
        .filter(|n| candidates[*n].on.len() == 2 && costs[*n] > 0)
        .collect();
    first.sort_by_key(|n| (costs[*n], *n));
    // Each field is left out by some of them, so that each can be seen from outside.
    let mut used = vec![0; table.fields.len()];
    let most = FIRST.div_ceil(table.fields.len().max(2) / 2).max(2);
    first.retain(|n| {
        let on = &candidates[*n].on;
        let enough = costs[*n] as f64 >= table.len() as f64 / 50.0;
        let free = on.iter().all(|(field, _)| used[*field] < most);
        if free && enough {
            on.iter().for_each(|(field, _)| used[*field] += 1);
        }
        free && enough
    });
    first.truncate(FIRST);
    let rules: Vec<Rule> = first.iter().map(|n| candidates[*n].clone()).collect();
    if rules.is_empty() {
        let cheapest = (0..candidates.len()).filter(|n| costs[*n] > 0);
        let cheapest = cheapest.min_by_key(|n| (costs[*n], *n));
        return Ok(cheapest
            .map(|n| Suggestion {
                rule: candidates[n].clone(),
                pairs: costs[n],
                reach: 0.0,
            })
            .into_iter()
            .collect());
    }
    let options = Options {
        least: 0.9,
        ..Options::new(rules)
    };
    let linked = link(table, &options, &|_, share| go_on(0.3 + share / 3.0))?;
    let pools = pools(table, &options.rules, &linked.links)?;
    let drawn = drawn(&pools);
    let chosen = chosen(table, &candidates, &costs, &drawn, budget);
    if !chosen.is_empty() {
        return Ok(chosen);
    }
    // No pair is sure, as in short lists: then the rules by which pairs were looked for are as good as any, the widest of
    // those that ask for the same fields.
    let fields = |n: usize| candidates[n].on.iter().map(|(field, _)| *field);
    let narrower = |n: &usize| {
        first
            .iter()
            .any(|m| fields(*m).eq(fields(*n)) && (costs[*m], *m) > (costs[*n], *n))
    };
    Ok(first
        .iter()
        .filter(|n| !narrower(n))
        .map(|n| Suggestion {
            rule: candidates[*n].clone(),
            pairs: costs[*n],
            reach: 0.0,
        })
        .collect())
}

/// Everything that can be asked of one field, and of two together.
fn candidates(table: &Table) -> Vec<Rule> {
    let keys: Vec<(usize, Of)> = table
        .fields
        .iter()
        .enumerate()
        .flat_map(|(n, field)| Of::for_kind(field.kind).iter().map(move |of| (n, *of)))
        .collect();
    let mut all: Vec<Rule> = keys.iter().map(|key| Rule::on(&[*key])).collect();
    for (n, one) in keys.iter().enumerate() {
        for other in &keys[n + 1..] {
            if one.0 != other.0 {
                all.push(Rule::on(&[*one, *other]));
            }
        }
    }
    all
}

/// The pairs of each candidate, counted in a part of the records where there are many; the most there are where a block is
/// too large to be compared.
fn costs(table: &Table, candidates: &[Rule]) -> Vec<u64> {
    let step = table.len().div_ceil(COUNTED).max(1);
    let scale = (step * step) as u64;
    let keys: Vec<Rule> = candidates
        .iter()
        .filter(|rule| rule.on.len() == 1)
        .cloned()
        .collect();
    let hashes: HashMap<(usize, Of), Vec<u64>> = keys
        .iter()
        .map(|rule| rule.on[0])
        .zip(Blocks::hashes_of(table, &keys, step))
        .collect();
    let lists: Vec<u32> = (0..table.len() as u32)
        .step_by(step)
        .map(|record| table.list_of(record) as u32)
        .collect();
    candidates
        .par_iter()
        .map(|rule| {
            let columns: Vec<&Vec<u64>> = rule.on.iter().map(|key| &hashes[key]).collect();
            let mut blocks: Vec<(u64, u32)> = (0..lists.len())
                .filter(|at| columns.iter().all(|column| column[*at] != 0))
                .map(|at| {
                    let all = columns
                        .iter()
                        .fold(0_u64, |all, column| mixed(all ^ column[at]));
                    (all, lists[at])
                })
                .collect();
            blocks.sort_unstable();
            let mut pairs = 0_u64;
            for block in blocks.chunk_by(|a, b| a.0 == b.0) {
                if block.len() * step > LARGEST_BLOCK && block.len() > 1 {
                    return u64::MAX;
                }
                let n = |n: usize| (n * (n - 1) / 2) as u64;
                pairs += n(block.len());
                for list in block.chunk_by(|a, b| a.1 == b.1) {
                    if table.lists[list[0].1 as usize].unique {
                        pairs -= n(list.len());
                    }
                }
            }
            pairs.saturating_mul(scale)
        })
        .collect()
}

/// For each field on what of it sure pairs agree, where a rule found them that does not ask for it: a bit for each thing.
fn pools(table: &Table, rules: &[Rule], links: &[crate::Link]) -> Result<Vec<Vec<u8>>, Error> {
    let blocks = Blocks::make(table, rules)?;
    let mut pools = Vec::new();
    for (n, field) in table.fields.iter().enumerate() {
        let outside = rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| !rule.uses(n))
            .fold(0_u32, |all, (at, _)| all | (1 << at));
        let things: Vec<Rule> = Of::for_kind(field.kind)
            .iter()
            .map(|of| Rule::on(&[(n, *of)]))
            .collect();
        let agreed = Blocks::hashes_of(table, &things, 1);
        let pool = links
            .iter()
            .filter(|link| blocks.rules_of(link.left, link.right) & outside != 0)
            .map(|link| {
                agreed.iter().enumerate().fold(0_u8, |all, (bit, of)| {
                    let (a, b) = (of[link.left as usize], of[link.right as usize]);
                    all | (u8::from(a != 0 && a == b) << bit)
                })
            })
            .collect();
        pools.push(pool);
    }
    Ok(pools)
}

/// Pairs of one person, field by field from the pools.
fn drawn(pools: &[Vec<u8>]) -> Vec<Vec<u8>> {
    (0..DRAWN as u64)
        .map(|pair| {
            pools
                .iter()
                .enumerate()
                .map(|(field, pool)| {
                    if pool.is_empty() {
                        return 0;
                    }
                    let at = mixed(pair * 64 + field as u64 + 1) % pool.len() as u64;
                    pool[at as usize]
                })
                .collect()
        })
        .collect()
}

fn reaches(table: &Table, rule: &Rule, pair: &[u8]) -> bool {
    rule.on.iter().all(|(field, of)| {
        let things = Of::for_kind(table.fields[*field].kind);
        let bit = things.iter().position(|known| known == of);
        bit.is_some_and(|bit| pair[*field] & (1 << bit) != 0)
    })
}

fn chosen(
    table: &Table,
    candidates: &[Rule],
    costs: &[u64],
    drawn: &[Vec<u8>],
    budget: Budget,
) -> Vec<Suggestion> {
    // Fields do not fail independently in truth, so each pair should be reached twice.
    let mut open: Vec<(&Vec<u8>, usize)> = drawn.iter().map(|pair| (pair, 0)).collect();
    let mut reached = 0;
    let (mut all, mut spent) = (Vec::new(), 0_u64);
    while all.len() < budget.rules {
        let left = budget.pairs.saturating_sub(spent);
        let best = candidates
            .iter()
            .zip(costs)
            .filter(|(rule, cost)| {
                **cost <= left && all.iter().all(|one: &Suggestion| one.rule != **rule)
            })
            .map(|(rule, cost)| {
                let gain = open
                    .iter()
                    .filter(|(pair, _)| reaches(table, rule, pair))
                    .count();
                (rule, *cost, gain)
            })
            .filter(|(_, _, gain)| *gain as f64 >= LEAST_GAIN * DRAWN as f64)
            // A cheap rule is not free: its records are sorted.
            .max_by(|a, b| {
                let worth =
                    |gain: usize, cost: u64| gain as f64 / (cost + budget.pairs / 20) as f64;
                worth(a.2, a.1).total_cmp(&worth(b.2, b.1))
            });
        let Some((rule, cost, _)) = best else {
            break;
        };
        for (pair, times) in &mut open {
            if reaches(table, rule, pair) {
                *times += 1;
                reached += usize::from(*times == 1);
            }
        }
        open.retain(|(_, times)| *times < 2);
        spent += cost;
        let reach = reached as f64 / DRAWN as f64;
        all.push(Suggestion {
            rule: rule.clone(),
            pairs: cost,
            reach,
        });
        if 1.0 - open.len() as f64 / DRAWN as f64 >= budget.reach {
            break;
        }
    }
    others(table, candidates, costs, drawn, budget, &mut all);
    all
}

/// Rules that are needed though enough is reached: one that leaves each field out, so that how it agrees can be learned, and
/// three altogether, so that their overlap says how far they reach.
const LEAST_RULES: usize = 3;

fn others(
    table: &Table,
    candidates: &[Rule],
    costs: &[u64],
    drawn: &[Vec<u8>],
    budget: Budget,
    all: &mut Vec<Suggestion>,
) {
    while all.len() < budget.rules {
        let always: Vec<usize> = (0..table.fields.len())
            .filter(|field| all.iter().all(|one| one.rule.uses(*field)))
            .collect();
        if all.len() >= LEAST_RULES && always.is_empty() {
            return;
        }
        let left = budget
            .pairs
            .saturating_sub(all.iter().map(|one| one.pairs).sum());
        let best = candidates
            .iter()
            .zip(costs)
            .filter(|(rule, cost)| {
                **cost > 0
                    && **cost <= left
                    // One that asks for the same fields would find the same pairs, and its overlap would say nothing.
                    && all.iter().all(|one| !same_fields(&one.rule, rule))
                    && !always.iter().any(|field| rule.uses(*field))
            })
            .map(|(rule, cost)| {
                let reached = drawn
                    .iter()
                    .filter(|pair| reaches(table, rule, pair))
                    .count();
                let worth = reached as f64 / (cost + budget.pairs / 20) as f64;
                (rule, *cost, worth)
            })
            .max_by(|a, b| a.2.total_cmp(&b.2));
        let Some((rule, pairs, _)) = best else {
            return;
        };
        let reach = all.last().map_or(0.0, |one| one.reach);
        all.push(Suggestion {
            rule: rule.clone(),
            pairs,
            reach,
        });
    }
}

fn same_fields(one: &Rule, other: &Rule) -> bool {
    let fields = |rule: &Rule| rule.on.iter().map(|(field, _)| *field).collect::<Vec<_>>();
    fields(one) == fields(other)
}
