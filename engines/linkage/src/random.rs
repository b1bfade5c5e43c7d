//! How often values agree by chance: u, from counts and from random pairs.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    compare::{BITS, Pattern, compare, level},
    table::Table,
};

/// Random pairs from which u is counted: eight for each record, within these bounds. Half a million tell a level that one pair
/// in a thousand reaches to one in twenty.
const RANDOM_PAIRS: (u64, u64) = (1 << 17, 1 << 19);

/// Records that are drawn together, and of which each is compared with each: to fetch a record costs more than to compare it.
const HAND: usize = 16;
/// Pairs of a hand.
const OF_A_HAND: u64 = (HAND * (HAND - 1) / 2) as u64;

/// What random pairs show.
pub(crate) struct Chance {
    /// How often each level of each field is.
    levels: Vec<u64>,
    /// Pairs that were compared.
    pub(crate) pairs: u64,
    /// How often each pattern is that has the same value in two fields or more.
    pub(crate) shared: BTreeMap<Pattern, u64>,
}

impl Chance {
    /// How often a field is on a level; 0 is missing.
    pub(crate) fn of(&self, field: usize, at: usize) -> f64 {
        self.levels[(field << BITS) + at] as f64
    }

    /// Draws, and compares.
    pub(crate) fn drawn(table: &Table) -> Self {
        let n = table.len() as u64;
        let nothing = || (vec![0_u64; table.fields.len() << BITS], BTreeMap::new(), 0);
        let draw = |hand: u64, k: usize| {
            let x = mixed(hand * HAND as u64 + k as u64 + 1);
            (((x >> 32) * n) >> 32) as u32
        };
        let exact: Vec<usize> = table.fields.iter().map(|of| of.kind.exact()).collect();
        let pieces = if n < 2 { 0 } else { 64 };
        let hands = (8 * n)
            .clamp(RANDOM_PAIRS.0, RANDOM_PAIRS.1)
            .div_ceil(OF_A_HAND * 64);
        let counts: Vec<(Vec<u64>, BTreeMap<Pattern, u64>, u64)> = (0..pieces)
            .into_par_iter()
            .map(|piece| {
                let (mut levels, mut shared, mut pairs) = nothing();
                for hand in piece * hands..(piece + 1) * hands {
                    let records: [u32; HAND] = std::array::from_fn(|k| draw(hand, k));
                    for (at, one) in records.iter().enumerate() {
                        for other in &records[at + 1..] {
                            if !table.comparable(*one, *other) {
                                continue;
                            }
                            let pattern = compare(table, *one, *other);
                            let mut same = 0;
                            for (field, exact) in exact.iter().enumerate() {
                                let at = level(pattern, field);
                                levels[(field << BITS) + at] += 1;
                                same += usize::from(at == *exact);
                            }
                            pairs += 1;
                            if same > 1 {
                                *shared.entry(pattern).or_default() += 1;
                            }
                        }
                    }
                }
                (levels, shared, pairs)
            })
            .collect();
        let (mut levels, mut shared, mut pairs) = nothing();
        for (of_levels, of_shared, of_pairs) in counts {
            levels
                .iter_mut()
                .zip(of_levels)
                .for_each(|(all, n)| *all += n);
            for (pattern, n) in of_shared {
                *shared.entry(pattern).or_default() += n;
            }
            pairs += of_pairs;
        }
        Self {
            levels,
            pairs,
            shared,
        }
    }
}

/// u of each level: the top one from how often values are, the others from random pairs.
pub(crate) fn by_chance(table: &Table, chance: &Chance) -> Vec<Vec<f64>> {
    table
        .fields
        .iter()
        .enumerate()
        .map(|(field, of)| {
            let (levels, exact) = (top(table, field), of.kind.exact());
            let seen: Vec<f64> = (1..=levels).map(|at| chance.of(field, at) + 0.5).collect();
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
