//! Invented people, tables and sequences of releases.

use mandate_disclosure::{Change, Costs, Counts, Dimension, Release, Rule, Words, Zeros};
use rand::{Rng, RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// One release as it is asked for, with the true counts beside it.
pub struct Asked {
    pub release: Release,
    pub counts: Vec<(Vec<String>, u64)>,
}

/// A sequence of releases about one population, under one rule.
pub struct Story {
    pub rule: Rule,
    pub asked: Vec<Asked>,
}

fn below(random: &mut impl Rng, n: usize) -> usize {
    random.random_range(0..n)
}

fn dimension(random: &mut impl Rng, at: usize, most: usize) -> Dimension {
    let name = ["region", "sex", "year", "body"][at];
    let codes = 2 + below(random, most - 1);
    if codes > 2 && below(random, 4) == 0 {
        // The first two are within one.
        let all = (0..codes)
            .map(|c| {
                (
                    format!("{name}{c}"),
                    (c < 2).then(|| format!("{name}-both")),
                )
            })
            .chain([(format!("{name}-both"), None)]);
        return Dimension::nested(name, "all", all).unwrap();
    }
    Dimension::new(name, "all", (0..codes).map(|c| format!("{name}{c}"))).unwrap()
}

fn finest(dimension: &Dimension) -> Vec<String> {
    let codes = dimension.codes();
    let part = |code: &str| codes.iter().any(|c| c.within.as_deref() == Some(code));
    codes
        .iter()
        .map(|c| c.code.clone())
        .filter(|c| !part(c))
        .collect()
}

/// How many people an invented cell has: often none or few, sometimes many.
fn people(random: &mut impl Rng, few: bool) -> u64 {
    let n = match below(random, if few { 4 } else { 10 }) {
        0 | 1 => 0,
        2 | 3 => 1 + below(random, 3),
        4..=6 => below(random, 9),
        7 | 8 => 5 + below(random, 20),
        _ => below(random, 120),
    };
    n as u64
}

/// A story from a seed: one to three dimensions, one to three releases of one or two tables.
pub fn story(seed: u64) -> Story {
    let random = &mut Xoshiro256PlusPlus::seed_from_u64(seed);
    let count = 1 + below(random, 3);
    let dimensions: Vec<Dimension> = (0..count)
        .map(|at| dimension(random, at, if count == 3 { 3 } else { 5 }))
        .collect();
    let names: Vec<String> = dimensions.iter().map(|d| d.name().to_owned()).collect();
    let leaves: Vec<Vec<String>> = dimensions.iter().map(finest).collect();
    let joint: usize = leaves.iter().map(Vec::len).product();
    let mut cells: Vec<u64> = (0..joint).map(|_| people(random, false)).collect();
    let zeros = match below(random, 4) {
        0 => Zeros::Withheld,
        1 => Zeros::WithheldAlong(vec![names[0].clone()]),
        _ => Zeros::Shown,
    };
    let rule = Rule {
        threshold: 3 + below(random, 4) as u64,
        zeros,
        words: [Words::FewerThan, Words::Withheld][below(random, 2)],
        costs: [Costs::Cells, Costs::Counts][below(random, 2)],
    };
    let mut asked = Vec::new();
    for number in 0..1 + below(random, 3) {
        let change =
            [Change::Same, Change::Grown, Change::Grown, Change::Revised][below(random, 4)];
        if number > 0 && change != Change::Same {
            for cell in &mut cells {
                if below(random, 3) == 0 {
                    *cell += people(random, true);
                } else if change == Change::Revised && below(random, 3) == 0 {
                    *cell = cell.saturating_sub(people(random, true));
                }
            }
        }
        let mut counts = Counts::new(dimensions.clone()).unwrap();
        let mut said = Vec::new();
        for (at, n) in cells.iter().enumerate() {
            let mut rest = at;
            let codes: Vec<String> = leaves
                .iter()
                .map(|leaves| {
                    let code = leaves[rest % leaves.len()].clone();
                    rest /= leaves.len();
                    code
                })
                .collect();
            let refs: Vec<&str> = codes.iter().map(String::as_str).collect();
            counts.add(&refs, *n).unwrap();
            said.push((codes, *n));
        }
        let mut release =
            Release::new(format!("release {number}"), "invented people").since_the_last(change);
        for _ in 0..1 + below(random, 3).min(names.len() - 1) {
            let mut by: Vec<&str> = names
                .iter()
                .filter(|_| below(random, 3) > 0)
                .map(String::as_str)
                .collect();
            if by.is_empty() {
                by = names.iter().map(String::as_str).collect();
            }
            release = release.table(&counts, &by).unwrap();
        }
        asked.push(Asked {
            release,
            counts: said,
        });
    }
    Story { rule, asked }
}
