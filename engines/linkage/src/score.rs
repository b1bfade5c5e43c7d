//! The evidence of a pair.

use rayon::prelude::*;

use crate::{
    compare::{BITS, Pattern, closest, if_cheap, level},
    link::Link,
    model::{Against, Model},
    random::top,
    table::Table,
    value::Kind,
};

/// Evidence of pairs: the weights of levels, and how rare a value is on which both agree.
pub(crate) struct Scorer<'t> {
    table: &'t Table,
    weights: Vec<Vec<f64>>,
    pub(crate) prior: f64,
    near: f64,
    /// For each field and level how much rarity counts.
    shares: Vec<[f64; 1 << BITS]>,
    /// For each field and value the share of pairs that agree on any value over the value's frequency, in bits; endless for
    /// one that is never met.
    rarities: Vec<Vec<f64>>,
    /// For each field the most that a pair that is not the same in it can have.
    caps: Vec<Cap>,
    pub(crate) against: Against,
}

/// What levels below "the same" can give at most.
#[derive(Debug, Clone, Copy)]
struct Cap {
    weight: f64,
    /// How much rarity counts there at most.
    share: f64,
}

impl Cap {
    fn of(table: &Table, field: usize, weights: &[f64], shares: &[f64]) -> Self {
        let exact = table.fields[field].kind.exact();
        let others = |of: &[f64], from: usize| {
            let of = of.iter().enumerate();
            let of = of.filter(|(at, _)| at + from != exact).map(|(_, of)| *of);
            of.fold(f64::NEG_INFINITY, f64::max)
        };
        // Where two names are swapped, one of them says nothing.
        let swaps = table.swaps.iter().any(|(a, b)| *a == field || *b == field);
        // So does a level of which a model that was given knows nothing.
        let unknown = weights.len() < top(table, field);
        let least = if swaps || unknown {
            0.0
        } else {
            f64::NEG_INFINITY
        };
        Self {
            weight: others(weights, 1).max(least),
            share: others(shares, 0).max(0.0),
        }
    }
}

/// How much the rarity of a value counts on a level.
fn rarity_counts(kind: Kind, at: usize, near: f64) -> f64 {
    let exact = kind.exact();
    match kind {
        Kind::Category => 0.0,
        _ if at == exact => 1.0,
        Kind::Date => 0.0,
        // What is near or lies in the other is no spelling of it.
        Kind::Place if at + 1 == exact => near,
        Kind::Place if at + 3 == exact => near * near,
        Kind::Place => 0.0,
        _ if at > 1 && at < exact => near.powi((exact - at) as i32),
        _ => 0.0,
    }
}

/// For each value of a field the share of pairs that agree on any value over its frequency, in bits.
fn rarities(table: &Table, field: usize) -> Vec<f64> {
    let values = &table.values[field];
    let total: f64 = values.counts[1..].iter().map(|n| f64::from(*n)).sum();
    let (total, same) = (total.max(1.0), table.same_by_chance(field));
    let of = |value: u32| match table.frequency(field, value, total) {
        _ if same <= 0.0 || value == 0 => 0.0,
        common if common > 0.0 => (same / common).log2(),
        _ => f64::INFINITY,
    };
    (0..values.len() as u32).map(of).collect()
}

/// One part of the evidence of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// The field.
    pub field: usize,
    /// Its level; 0 is missing.
    pub level: usize,
    /// The weight of the level, in bits.
    pub weight: f64,
    /// What the frequency of the value adds or takes, in bits.
    pub frequency: f64,
}

impl<'t> Scorer<'t> {
    pub(crate) fn new(table: &'t Table, model: &Model, near: f64) -> Self {
        let weights: Vec<Vec<f64>> = model
            .fields
            .iter()
            .map(|levels| levels.iter().map(|level| level.weight()).collect())
            .collect();
        let shares: Vec<[f64; 1 << BITS]> = table
            .fields
            .iter()
            .map(|field| std::array::from_fn(|at| rarity_counts(field.kind, at, near)))
            .collect();
        Self {
            caps: (0..table.fields.len())
                .map(|field| Cap::of(table, field, &weights[field], &shares[field]))
                .collect(),
            table,
            weights,
            prior: model.prior_weight(),
            near,
            shares,
            rarities: (0..table.fields.len())
                .into_par_iter()
                .map(|field| rarities(table, field))
                .collect(),
            against: model.against(),
        }
    }

    pub(crate) fn weight(&self, pattern: Pattern, left: u32, right: u32) -> f64 {
        let (mut all, mut rarity) = (self.prior, 0.0);
        for field in 0..self.table.fields.len() {
            let at = level(pattern, field);
            if at > 0 {
                all += self.weights[field].get(at - 1).copied().unwrap_or(0.0);
                rarity += self.frequency(field, at, left, right);
            }
        }
        all + rarity + self.against.penalty(pattern, rarity)
    }

    /// Whether a pair can have so much evidence at all: names that are not the same are taken to be as near as can be, and are
    /// compared only where that would be enough. Most pairs of a wide rule are done with here.
    pub(crate) fn may_reach(&self, least: f64, left: u32, right: u32) -> bool {
        let (a, b) = (self.table.row(left), self.table.row(right));
        let mut most = self.prior;
        for (field, values) in self.table.values.iter().enumerate() {
            if values.any_several() {
                return true;
            }
            let at = if_cheap(values, a[field], b[field]);
            most += match at {
                Some(0) => 0.0,
                Some(at) => {
                    let weight = self.weights[field].get(at - 1).copied().unwrap_or(0.0);
                    weight + self.frequency(field, at, left, right)
                }
                None => {
                    let cap = self.caps[field];
                    cap.weight + cap.share * self.rarity(field, left, right).max(0.0)
                }
            };
        }
        for (field, with) in &self.table.swaps {
            for field in [*field, *with] {
                most += self.near.max(0.0) * self.rarity(field, left, right).max(0.0);
            }
        }
        // What rounding may take.
        most + 1e-6 >= least
    }

    /// What the frequency of the value changes: agreement on a rare one says more than on a common one. Where the values
    /// are near, the more common of the two counts, and only in part, less with each level further down; where two names are
    /// swapped, both count in part.
    fn frequency(&self, field: usize, at: usize, left: u32, right: u32) -> f64 {
        let of = &self.table.fields[field];
        if of.kind == Kind::Name && at > of.kind.exact() {
            let with = of.swaps_with.unwrap_or(field);
            let both = self.rarity(field, left, right) + self.rarity(with, left, right);
            return self.near * both;
        }
        match self.shares[field][at] {
            0.0 => 0.0,
            share => share * self.rarity(field, left, right),
        }
    }

    /// The rarity of the more common of two values.
    fn rarity(&self, field: usize, left: u32, right: u32) -> f64 {
        let (mut a, mut b) = (
            self.table.value(field, left),
            self.table.value(field, right),
        );
        let values = &self.table.values[field];
        if values.any_several() {
            (_, a, b) = closest(values, a, b);
        }
        if a == 0 || b == 0 {
            return 0.0;
        }
        let of = &self.rarities[field];
        let rarity = of[a as usize].min(of[b as usize]);
        if rarity == f64::INFINITY { 0.0 } else { rarity }
    }

    pub(crate) fn explain(&self, link: &Link) -> Vec<Evidence> {
        (0..self.table.fields.len())
            .map(|field| {
                let level = level(link.pattern, field);
                Evidence {
                    field,
                    level,
                    weight: match level {
                        0 => 0.0,
                        at => self.weights[field].get(at - 1).copied().unwrap_or(0.0),
                    },
                    frequency: match level {
                        0 => 0.0,
                        at => self.frequency(field, at, link.left, link.right),
                    },
                }
            })
            .collect()
    }
}
