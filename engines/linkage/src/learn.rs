//! How the weights are learned: from random pairs, from the pairs of each rule, from known pairs, or not at all.

use crate::{
    Error,
    blocking::{Blocks, Of, Rule, Task},
    compare::{Pattern, compare, level},
    counting::{Patterns, counted, drawn_of},
    dependence::together,
    link::Options,
    model::{Learning, Level, Model, Relatives},
    random::{Chance, by_chance},
    relatives::{Suspect, relatives, tell_apart},
    table::Table,
    value::Kind,
};

pub(crate) const ROUNDS: usize = 300;
/// A change of a parameter below which it stands still.
pub(crate) const STILL: f64 = 1e-5;

/// Pairs of one person, as they are expected, below which the share of a level is no estimate.
pub(crate) const FEW: f64 = 3.0;

/// Learns u from random pairs and m by expectation–maximisation over the pairs of each rule, for the fields of which that
/// rule does not ask (Dempster, Laird and Rubin 1977; the scheme of Splink).
pub(crate) fn learn(
    table: &Table,
    options: &Options,
    blocks: &Blocks,
    go_on: &(dyn Fn(f64) -> bool + Sync),
) -> Result<(Model, Learning), Error> {
    let rules = &options.rules;
    let chance = Chance::drawn(table);
    let mut u = by_chance(table, &chance);
    let mut fixed = Fixed::new(table, options, &mut u)?;
    let fields = table.fields.len();
    let nothing =
        || -> Vec<(f64, Vec<f64>)> { u.iter().map(|u| (0.0, vec![0.0; u.len()])).collect() };
    let (mut learned, mut of_others) = (nothing(), nothing());
    let (mut rounds, mut of_relatives, mut seen) = (Vec::new(), Vec::new(), 0);
    let mut suspects: Vec<Suspect> = Vec::new();
    let tasks = blocks.tasks();
    let counted_of = counted(table, blocks, &tasks, &mut |n| {
        go_on((n + 1) as f64 / (rules.len() + 1) as f64)
    })?;
    let mut counted: Vec<(Patterns, f64)> = Vec::new();
    for (n, (rule, of)) in rules.iter().zip(counted_of).enumerate() {
        let (patterns, new, share) = of;
        seen += patterns.values().sum::<u64>();
        let free: Vec<usize> = (0..fields).filter(|field| !rule.uses(*field)).collect();
        let (m, matches, round) = maximise(&patterns, &u, &free, &fixed.m);
        rounds.push(round);
        counted.push((new, share));
        if relatives(table, &free, &m) {
            of_relatives.push(n);
            suspects.push(Suspect {
                patterns,
                free,
                relatives: m,
                found: matches,
            });
        } else {
            add(&mut learned, &free, matches, m);
        }
    }
    probe(table, &u, &fixed.m, &mut suspects)?;
    tell_apart(table, &u, &fixed.m, &mut learned, &mut of_others, suspects);
    let seen_levels = seen_levels(fields, &counted);
    let (mut not_learned, mut thin) = (Vec::new(), Vec::new());
    let levels: Vec<Vec<Level>> = u
        .iter()
        .enumerate()
        .map(|(field, u)| {
            let (weight, sums) = &learned[field];
            let exact = table.fields[field].kind.exact();
            let m: Vec<f64> = if let Some(m) = fixed.m[field].take() {
                return m
                    .into_iter()
                    .zip(u)
                    .map(|(m, u)| Level { m, u: *u })
                    .collect();
            } else if *weight > 0.0 {
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
                if sums[at] < FEW && !fixed.u[field] {
                    if *weight > 0.0 && seen_levels[field] & (1 << (at + 1)) != 0 {
                        thin.push((field, at + 1));
                    }
                    level.u = level.u.max(level.m / (most * place).exp2());
                }
            }
            levels
        })
        .collect();
    let mut model = Model {
        relatives: among_relatives(&levels, &of_others),
        fields: levels,
        prior: options.prior.unwrap_or(1e-6),
    };
    priors(&mut model, &counted, table.pairs(), options.prior);
    let learning = Learning {
        rounds,
        not_learned,
        of_relatives,
        thin,
        known: fixed.known,
        given: fixed.given,
        together: together(table, &chance, &model),
        pairs: seen,
    };
    Ok((model, learning))
}

/// Pairs of a probe.
const PAIRS_OF_A_PROBE: u64 = 1 << 15;
/// Records whose blocks are looked at in a probe, about.
const RECORDS_OF_A_PROBE: u64 = 1 << 16;
/// Probes.
const PROBES: usize = 10;

/// Looks for relatives where they would be: among pairs that agree on two names or on a name and a place. The rules that
/// block may all ask for what relatives do not share.
fn probe(
    table: &Table,
    u: &[Vec<f64>],
    fixed: &[Option<Vec<f64>>],
    suspects: &mut Vec<Suspect>,
) -> Result<(), Error> {
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
    // Of a long list some blocks are enough.
    let one_of = table.len() as u64 / RECORDS_OF_A_PROBE;
    let blocks = Blocks::sample(table, &probes, one_of)?;
    let tasks = blocks.tasks();
    for (n, rule) in probes.iter().enumerate() {
        let of: Vec<Task> = tasks
            .iter()
            .filter(|task| task.rule == n)
            .copied()
            .collect();
        let pairs = blocks.counts[n].pairs;
        let patterns = drawn_of(table, &blocks, &of, pairs, PAIRS_OF_A_PROBE);
        let free: Vec<usize> = (0..table.fields.len())
            .filter(|field| !rule.uses(*field))
            .collect();
        let (m, matches, _) = maximise(&patterns, u, &free, fixed);
        if relatives(table, &free, &m) {
            suspects.push(Suspect {
                patterns,
                free,
                relatives: m,
                found: matches,
            });
        }
    }
    Ok(())
}

/// Adds what was learned of some fields, by how many pairs it was learned from.
pub(crate) fn add(into: &mut [(f64, Vec<f64>)], free: &[usize], matches: f64, m: Vec<Vec<f64>>) {
    for (field, m) in free.iter().zip(m) {
        let (weight, sums) = &mut into[*field];
        *weight += matches;
        for (sum, m) in sums.iter_mut().zip(m) {
            *sum += matches * m;
        }
    }
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
fn priors(model: &mut Model, counted: &[(Patterns, f64)], pairs: u64, given: Option<f64>) {
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
    let (mut person, mut relative) = (given.unwrap_or(first), first);
    for _ in 0..ROUNDS {
        let (mut people, mut relatives) = (0.0, 0.0);
        for (m, r, n) in &all {
            let (m, r) = (person * m, relative * r);
            let sum = m + r + (1.0 - person - relative).max(1e-9);
            people += n * m / sum;
            relatives += n * r / sum;
        }
        let next = given.unwrap_or((people / pairs).clamp(1e-12, 0.5));
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

pub(crate) fn first_guess(levels: usize, exact: usize) -> Vec<f64> {
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
    fixed: &[Option<Vec<f64>>],
) -> (Vec<Vec<f64>>, f64, (usize, bool)) {
    let mut m: Vec<Vec<f64>> = free
        .iter()
        .map(|field| {
            let levels = u[*field].len();
            fixed[*field]
                .clone()
                .unwrap_or_else(|| first_guess(levels, levels))
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
        for ((m, sums), field) in m.iter_mut().zip(sums).zip(free) {
            if fixed[*field].is_some() {
                continue;
            }
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

/// Known pairs of one person with a value in both, from which m of a field is counted.
const ENOUGH_KNOWN: usize = 20;

/// What is not learned.
struct Fixed {
    m: Vec<Option<Vec<f64>>>,
    u: Vec<bool>,
    known: Vec<(usize, usize)>,
    given: Vec<usize>,
}

impl Fixed {
    /// What known pairs say of m, and what is given; a given u goes over the one by chance.
    fn new(table: &Table, options: &Options, u: &mut [Vec<f64>]) -> Result<Self, Error> {
        let fields = table.fields.len();
        let mut all = Self {
            m: vec![None; fields],
            u: vec![false; fields],
            known: Vec::new(),
            given: Vec::new(),
        };
        let n = table.len() as u32;
        let same: Vec<Pattern> = options
            .known
            .iter()
            .filter(|(one, other, same)| *same && *one < n && *other < n)
            .map(|(one, other, _)| compare(table, *one.min(other), *one.max(other)))
            .collect();
        for (field, u) in u.iter().enumerate() {
            let levels: Vec<usize> = same
                .iter()
                .map(|pattern| level(*pattern, field))
                .filter(|at| (1..=u.len()).contains(at))
                .collect();
            if levels.len() >= ENOUGH_KNOWN {
                let counted = (1..=u.len())
                    .map(|at| levels.iter().filter(|of| **of == at).count() as f64 + 0.1);
                all.m[field] = Some(shares(counted));
                all.known.push((field, levels.len()));
            }
        }
        for given in &options.given {
            let Some(expected) = u.get(given.field).map(Vec::len) else {
                return Err(Error::Given {
                    field: given.field,
                    expected: 0,
                });
            };
            for of in [&given.m, &given.u].into_iter().flatten() {
                let right = of.iter().all(|share| share.is_finite() && *share > 0.0);
                if of.len() != expected || !right {
                    return Err(Error::Given {
                        field: given.field,
                        expected,
                    });
                }
            }
            if let Some(m) = &given.m {
                all.m[given.field] = Some(shares(m.iter().copied()));
            }
            if let Some(of) = &given.u {
                u[given.field] = shares(of.iter().copied());
                all.u[given.field] = true;
            }
            all.given.push(given.field);
        }
        Ok(all)
    }
}

pub(crate) fn shares(of: impl Iterator<Item = f64>) -> Vec<f64> {
    let all: Vec<f64> = of.collect();
    let sum: f64 = all.iter().sum();
    all.into_iter().map(|one| one / sum).collect()
}

/// For each field the levels that compared pairs reach, a bit each.
fn seen_levels(fields: usize, counted: &[(Patterns, f64)]) -> Vec<u32> {
    let mut seen = vec![0_u32; fields];
    for pattern in counted.iter().flat_map(|(patterns, _)| patterns.keys()) {
        for (field, seen) in seen.iter_mut().enumerate() {
            *seen |= 1 << level(*pattern, field);
        }
    }
    seen
}
