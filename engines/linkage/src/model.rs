//! The weights of evidence, and how they are learned.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    Error,
    blocking::{Blocks, Of, Rule, Task},
    compare::{BITS, Pattern, compare, level},
    table::Table,
    value::Kind,
};

/// How likely a level of a field is among records of one person (m) and of two (u).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Level {
    /// Among pairs of records of the same person that both have a value.
    pub m: f64,
    /// Among pairs of records of different people that both have a value.
    pub u: f64,
}

impl Level {
    /// Evidence for one person, in bits.
    #[must_use]
    pub fn weight(self) -> f64 {
        (self.m / self.u).log2()
    }
}

/// What is known of how records of one person and of two agree (Fellegi and Sunter 1969).
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Model {
    /// For each field its levels, the lowest first, without "missing".
    pub fields: Vec<Vec<Level>>,
    /// The share of all pairs that are of one person.
    pub prior: f64,
    /// What is known of relatives, where they stood out under some rule.
    #[serde(default)]
    pub relatives: Option<Relatives>,
}

/// How records of relatives agree: of brothers, of people of one household. They share names and a place without being one
/// person; without a class of their own they would be taken for one (three classes as in Larsen and Rubin 2001).
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Relatives {
    /// For each field the probability of each level, the lowest first.
    pub fields: Vec<Vec<f64>>,
    /// The share of all pairs.
    pub prior: f64,
}

impl Relatives {
    /// Evidence for relatives against strangers, in bits, without the prior.
    fn weight(&self, pattern: Pattern, u: &[Vec<Level>]) -> f64 {
        self.fields
            .iter()
            .enumerate()
            .map(|(n, r)| match level(pattern, n) {
                0 => 0.0,
                at => (r[at - 1] / u[n][at - 1].u).log2(),
            })
            .sum()
    }
}

impl Model {
    /// The evidence of a pattern without the prior and without frequencies, in bits.
    #[must_use]
    pub fn weight(&self, pattern: Pattern) -> f64 {
        self.fields
            .iter()
            .enumerate()
            .map(|(n, levels)| match level(pattern, n) {
                0 => 0.0,
                at => levels[at - 1].weight(),
            })
            .sum()
    }

    /// What the chance that two records are of relatives takes from the evidence for one person, in bits; at most 0.
    /// `rarity` is what rare values add: relatives share them as one person does.
    #[must_use]
    pub fn penalty(&self, pattern: Pattern, rarity: f64) -> f64 {
        let Some(relatives) = &self.relatives else {
            return 0.0;
        };
        let strangers = (1.0 - self.prior - relatives.prior).max(1e-9);
        let odds =
            relatives.weight(pattern, &self.fields) + (relatives.prior / strangers).log2() + rarity;
        -(1.0 + odds.min(1000.0).exp2()).log2()
    }

    /// The prior in bits.
    #[must_use]
    pub fn prior_weight(&self) -> f64 {
        (self.prior / (1.0 - self.prior)).log2()
    }
}

/// How the parameters came about.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Learning {
    /// For each rule the rounds until nothing changed, and whether that was reached.
    pub rounds: Vec<(usize, bool)>,
    /// Fields whose m could not be learned, because every rule asks for them.
    pub not_learned: Vec<usize>,
    /// Rules from which nothing was learned: what stood out among their pairs differs in a name or a date more often than
    /// not. Those are relatives, or people of one household, not one person.
    pub of_relatives: Vec<usize>,
    /// Pairs that were compared to learn.
    pub pairs: u64,
}

/// Random pairs from which u is counted: eight for each record, within these bounds.
const RANDOM_PAIRS: (u64, u64) = (1 << 17, 1 << 20);
/// Pairs of a rule from which m is learned.
const PAIRS_OF_A_RULE: u64 = 1 << 18;
const ROUNDS: usize = 300;
/// A change of a parameter below which it stands still.
const STILL: f64 = 1e-5;

/// Pairs of one person, as they are expected, below which the share of a level is no estimate.
const FEW: f64 = 3.0;

type Patterns = BTreeMap<Pattern, u64>;

/// Learns u from random pairs and m by expectation–maximisation over the pairs of each rule, for the fields of which that
/// rule does not ask (Dempster, Laird and Rubin 1977; the scheme of Splink).
pub(crate) fn learn(
    table: &Table,
    rules: &[Rule],
    blocks: &Blocks,
    go_on: &(dyn Fn(f64) -> bool + Sync),
) -> Result<(Model, Learning), Error> {
    let u = by_chance(table);
    let fields = table.fields.len();
    let nothing =
        || -> Vec<(f64, Vec<f64>)> { u.iter().map(|u| (0.0, vec![0.0; u.len()])).collect() };
    let (mut learned, mut of_others) = (nothing(), nothing());
    let (mut rounds, mut of_relatives, mut seen) = (Vec::new(), Vec::new(), 0);
    let tasks = blocks.tasks();
    let mut counted: Vec<(Patterns, f64)> = Vec::new();
    for (n, rule) in rules.iter().enumerate() {
        if !go_on((n + 1) as f64 / (rules.len() + 1) as f64) {
            return Err(Error::Stopped);
        }
        let of: Vec<Task> = tasks
            .iter()
            .filter(|task| task.rule == n)
            .copied()
            .collect();
        let pairs = blocks.counts[n].pairs;
        let (patterns, new, share) = patterns(table, blocks, &of, pairs, PAIRS_OF_A_RULE);
        seen += patterns.values().sum::<u64>();
        let free: Vec<usize> = (0..fields).filter(|field| !rule.uses(*field)).collect();
        let (m, matches, round) = maximise(&patterns, &u, &free);
        rounds.push(round);
        counted.push((new, share));
        let into = if relatives(table, &free, &m) {
            of_relatives.push(n);
            &mut of_others
        } else {
            &mut learned
        };
        add(into, &free, matches, m);
    }
    probe(table, &u, &mut of_others)?;
    let mut not_learned = Vec::new();
    let levels: Vec<Vec<Level>> = u
        .iter()
        .enumerate()
        .map(|(field, u)| {
            let (weight, sums) = &learned[field];
            let exact = table.fields[field].kind.exact();
            let m: Vec<f64> = if *weight > 0.0 {
                sums.iter().map(|sum| sum / weight).collect()
            } else {
                not_learned.push(field);
                first_guess(u.len(), exact)
            };
            let mut levels: Vec<Level> = m
                .into_iter()
                .zip(u)
                .map(|(m, u)| Level { m, u: *u })
                .collect();
            let most = levels[exact - 1].weight().max(0.0);
            for (at, level) in levels.iter_mut().enumerate() {
                // Of a level that hardly any pair is on nothing can be learned: it may not say more than its place among
                // the levels lets expect.
                let place = ((at + 1) as f64 / exact as f64).min(1.0);
                if sums[at] < FEW {
                    level.u = level.u.max(level.m / (most * place).exp2());
                }
            }
            levels
        })
        .collect();
    let mut model = Model {
        relatives: among_relatives(&levels, &of_others),
        fields: levels,
        prior: 1e-6,
    };
    priors(&mut model, &counted, table.pairs());
    let learning = Learning {
        rounds,
        not_learned,
        of_relatives,
        pairs: seen,
    };
    Ok((model, learning))
}

/// Pairs of a probe.
const PAIRS_OF_A_PROBE: u64 = 1 << 15;
/// Probes.
const PROBES: usize = 10;

/// Looks for relatives where they would be: among pairs that agree on two names or on a name and a place. The rules that
/// block may all ask for what relatives do not share.
fn probe(table: &Table, u: &[Vec<f64>], of_others: &mut [(f64, Vec<f64>)]) -> Result<(), Error> {
    let shared: Vec<usize> = (0..table.fields.len())
        .filter(|n| matches!(table.fields[*n].kind, Kind::Name | Kind::Place))
        .collect();
    let probes: Vec<Rule> = shared
        .iter()
        .enumerate()
        .flat_map(|(n, one)| shared[n + 1..].iter().map(move |other| (*one, *other)))
        .map(|(one, other)| Rule::on(&[(one, Of::Same), (other, Of::Same)]))
        .take(PROBES)
        .collect();
    if probes.is_empty() {
        return Ok(());
    }
    let blocks = Blocks::make(table, &probes)?;
    let tasks = blocks.tasks();
    for (n, rule) in probes.iter().enumerate() {
        let of: Vec<Task> = tasks
            .iter()
            .filter(|task| task.rule == n)
            .copied()
            .collect();
        let pairs = blocks.counts[n].pairs;
        let (patterns, _, _) = patterns(table, &blocks, &of, pairs, PAIRS_OF_A_PROBE);
        let free: Vec<usize> = (0..table.fields.len())
            .filter(|field| !rule.uses(*field))
            .collect();
        let (m, matches, _) = maximise(&patterns, u, &free);
        if relatives(table, &free, &m) {
            add(of_others, &free, matches, m);
        }
    }
    Ok(())
}

/// Adds what was learned of some fields, by how many pairs it was learned from.
fn add(into: &mut [(f64, Vec<f64>)], free: &[usize], matches: f64, m: Vec<Vec<f64>>) {
    for (field, m) in free.iter().zip(m) {
        let (weight, sums) = &mut into[*field];
        *weight += matches;
        for (sum, m) in sums.iter_mut().zip(m) {
            *sum += matches * m;
        }
    }
}

/// Whether the pairs that stand out differ in a name or a date more often than not.
fn relatives(table: &Table, free: &[usize], m: &[Vec<f64>]) -> bool {
    free.iter().zip(m).any(|(field, m)| {
        matches!(table.fields[*field].kind, Kind::Name | Kind::Date) && m[0] > 0.5
    })
}

/// How relatives agree: as what stood out under the rules that found them; on a field of which each of those rules asks, as
/// one person does.
fn among_relatives(levels: &[Vec<Level>], of_others: &[(f64, Vec<f64>)]) -> Option<Relatives> {
    if of_others.iter().all(|(weight, _)| *weight == 0.0) {
        return None;
    }
    let fields = levels
        .iter()
        .zip(of_others)
        .map(|(levels, (weight, sums))| {
            if *weight > 0.0 {
                sums.iter().map(|sum| (sum / weight).max(1e-6)).collect()
            } else {
                levels.iter().map(|level| level.m.max(1e-6)).collect()
            }
        })
        .collect();
    Some(Relatives {
        fields,
        prior: 1e-6,
    })
}

/// The shares of pairs of one person, and of relatives, among all pairs: as many as the compared ones make likely.
fn priors(model: &mut Model, counted: &[(Patterns, f64)], pairs: u64) {
    let all: Vec<(f64, f64, f64)> = counted
        .iter()
        .flat_map(|(patterns, share)| {
            let model = &*model;
            patterns.iter().map(move |(pattern, n)| {
                let person = model.weight(*pattern).min(500.0).exp2();
                let relative = model.relatives.as_ref().map_or(0.0, |of| {
                    of.weight(*pattern, &model.fields).min(500.0).exp2()
                });
                (person, relative, *n as f64 / share)
            })
        })
        .collect();
    let pairs = (pairs as f64).max(1.0);
    let first = (1.0 / pairs).clamp(1e-12, 0.25);
    let (mut person, mut relative) = (first, first);
    for _ in 0..ROUNDS {
        let (mut people, mut relatives) = (0.0, 0.0);
        for (m, r, n) in &all {
            let (m, r) = (person * m, relative * r);
            let sum = m + r + (1.0 - person - relative).max(1e-9);
            people += n * m / sum;
            relatives += n * r / sum;
        }
        let next = (people / pairs).clamp(1e-12, 0.5);
        let next_relative = (relatives / pairs).clamp(1e-12, 0.4);
        let still = (next - person).abs() <= person * 1e-6
            && (next_relative - relative).abs() <= relative * 1e-6;
        (person, relative) = (next, next_relative);
        if still {
            break;
        }
    }
    model.prior = person;
    if let Some(relatives) = &mut model.relatives {
        relatives.prior = relative;
    }
}

/// The probability of a weight in bits.
#[must_use]
pub fn likely(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

/// u of each level: the top one from how often values are, the others from random pairs.
fn by_chance(table: &Table) -> Vec<Vec<f64>> {
    let n = table.len() as u64;
    let pieces = 64;
    let each = (8 * n).clamp(RANDOM_PAIRS.0, RANDOM_PAIRS.1) / pieces;
    let counts: Vec<Vec<u64>> = if n < 2 {
        vec![]
    } else {
        (0..pieces)
            .into_par_iter()
            .map(|piece| {
                let mut counts = vec![0_u64; table.fields.len() << BITS];
                for k in 0..each {
                    let x = mixed(piece * each + k + 1);
                    let one = (((x >> 32) * n) >> 32) as u32;
                    let other = (((x & 0xFFFF_FFFF) * n) >> 32) as u32;
                    if table.comparable(one, other) {
                        let pattern = compare(table, one, other);
                        for field in 0..table.fields.len() {
                            counts[(field << BITS) + level(pattern, field)] += 1;
                        }
                    }
                }
                counts
            })
            .collect()
    };
    table
        .fields
        .iter()
        .enumerate()
        .map(|(field, of)| {
            let (levels, exact) = (top(table, field), of.kind.exact());
            let seen: Vec<f64> = (1..=levels)
                .map(|at| {
                    let n: u64 = counts.iter().map(|c| c[(field << BITS) + at]).sum();
                    n as f64 + 0.5
                })
                .collect();
            let others: f64 = seen.iter().sum::<f64>() - seen[exact - 1];
            // How often values are says the top level better than any sample does.
            let same = table.same_by_chance(field).clamp(1e-9, 0.999);
            seen.iter()
                .enumerate()
                .map(|(at, n)| {
                    if at + 1 == exact {
                        same
                    } else {
                        (1.0 - same) * n / others
                    }
                })
                .collect()
        })
        .collect()
}

/// The levels of a field: a name that cannot be swapped has one less.
pub(crate) fn top(table: &Table, field: usize) -> usize {
    let of = &table.fields[field];
    if of.kind == crate::Kind::Name && of.swaps_with.is_none() {
        of.kind.exact()
    } else {
        of.kind.levels()
    }
}

/// A number that looks random, the same for the same place.
pub(crate) fn mixed(place: u64) -> u64 {
    let mut x = place.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// How often each pattern is among the pairs of a rule, and among those that no earlier rule has, of so many of them as
/// are enough; and which share that is. A pair that another rule has too must not be left out where m is learned: what
/// is left would agree on less than pairs of one person do.
fn patterns(
    table: &Table,
    blocks: &Blocks,
    tasks: &[Task],
    pairs: u64,
    most: u64,
) -> (Patterns, Patterns, f64) {
    let share = (most as f64 / pairs.max(1) as f64).min(1.0);
    let below = (share * f64::from(u32::MAX)) as u64;
    let parts: Vec<(Patterns, Patterns)> = tasks
        .par_iter()
        .map(|task| {
            let (mut all, mut new) = (Patterns::new(), Patterns::new());
            blocks.every(table, *task, |one, other, known| {
                let place = (u64::from(one) << 32) | u64::from(other);
                if share >= 1.0 || (mixed(place) & 0xFFFF_FFFF) <= below {
                    let pattern = compare(table, one, other);
                    *all.entry(pattern).or_default() += 1;
                    if !known {
                        *new.entry(pattern).or_default() += 1;
                    }
                }
            });
            (all, new)
        })
        .collect();
    let (mut all, mut new) = (Patterns::new(), Patterns::new());
    for (part, of_it) in parts {
        for (into, from) in [(&mut all, part), (&mut new, of_it)] {
            for (pattern, n) in from {
                *into.entry(pattern).or_default() += n;
            }
        }
    }
    (all, new, share)
}

fn first_guess(levels: usize, exact: usize) -> Vec<f64> {
    let others = 0.2 / (levels.max(2) - 1) as f64;
    (1..=levels)
        .map(|at| if at == exact { 0.8 } else { others })
        .collect()
}

/// m of the free fields, the matches that were found, and how many rounds it took.
fn maximise(
    patterns: &Patterns,
    u: &[Vec<f64>],
    free: &[usize],
) -> (Vec<Vec<f64>>, f64, (usize, bool)) {
    let mut m: Vec<Vec<f64>> = free
        .iter()
        .map(|field| {
            let exact = u[*field].len();
            first_guess(u[*field].len(), exact)
        })
        .collect();
    let total: f64 = patterns.values().map(|n| *n as f64).sum();
    let (mut share, mut matches) = (0.2_f64, 0.0);
    if total == 0.0 {
        return (m, 0.0, (0, true));
    }
    for round in 1..=ROUNDS {
        let mut sums: Vec<Vec<f64>> = m.iter().map(|m| vec![0.0; m.len()]).collect();
        matches = 0.0;
        let ratios: Vec<Vec<f64>> = free
            .iter()
            .zip(&m)
            .map(|(field, m)| m.iter().zip(&u[*field]).map(|(m, u)| m / u).collect())
            .collect();
        for (pattern, n) in patterns {
            let mut odds = share / (1.0 - share);
            for (at, field) in free.iter().enumerate() {
                let level = level(*pattern, *field);
                if level > 0 {
                    odds *= ratios[at][level - 1];
                }
            }
            let expected = *n as f64 * (odds / (1.0 + odds)).min(1.0);
            matches += expected;
            for (at, field) in free.iter().enumerate() {
                let level = level(*pattern, *field);
                if level > 0 {
                    sums[at][level - 1] += expected;
                }
            }
        }
        let mut moved = 0.0_f64;
        for (m, sums) in m.iter_mut().zip(sums) {
            let all: f64 = sums.iter().map(|sum| sum + 0.1).sum();
            for (m, sum) in m.iter_mut().zip(sums) {
                let next = (sum + 0.1) / all;
                moved = moved.max((next - *m).abs());
                *m = next;
            }
        }
        let next = (matches / total).clamp(1e-9, 1.0 - 1e-9);
        moved = moved.max((next - share).abs());
        share = next;
        if moved < STILL {
            return (m, matches, (round, true));
        }
    }
    (m, matches, (ROUNDS, false))
}
