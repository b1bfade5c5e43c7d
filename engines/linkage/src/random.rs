//! How often values agree by chance: u, from counts and from random pairs.

use rayon::prelude::*;

use crate::{
    compare::{BITS, compare, level},
    table::Table,
};

/// Random pairs from which u is counted: eight for each record, within these bounds.
const RANDOM_PAIRS: (u64, u64) = (1 << 17, 1 << 20);

/// Records that are drawn together, and of which each is compared with each: to fetch a record costs more than to compare it.
const HAND: usize = 16;
/// Pairs of a hand.
const OF_A_HAND: u64 = (HAND * (HAND - 1) / 2) as u64;

/// How often each level of each field is among random pairs.
fn drawn(table: &Table) -> Vec<u64> {
    let n = table.len() as u64;
    let mut all = vec![0_u64; table.fields.len() << BITS];
    if n < 2 {
        return all;
    }
    let pieces = 64;
    let hands = (8 * n)
        .clamp(RANDOM_PAIRS.0, RANDOM_PAIRS.1)
        .div_ceil(OF_A_HAND * pieces);
    let counts: Vec<Vec<u64>> = (0..pieces)
        .into_par_iter()
        .map(|piece| {
            let mut counts = vec![0_u64; table.fields.len() << BITS];
            for hand in piece * hands..(piece + 1) * hands {
                let records: [u32; HAND] = std::array::from_fn(|k| {
                    let x = mixed(hand * HAND as u64 + k as u64 + 1);
                    (((x >> 32) * n) >> 32) as u32
                });
                for (at, one) in records.iter().enumerate() {
                    for other in &records[at + 1..] {
                        if table.comparable(*one, *other) {
                            let pattern = compare(table, *one, *other);
                            for field in 0..table.fields.len() {
                                counts[(field << BITS) + level(pattern, field)] += 1;
                            }
                        }
                    }
                }
            }
            counts
        })
        .collect();
    for part in counts {
        all.iter_mut().zip(part).for_each(|(all, n)| *all += n);
    }
    all
}

/// u of each level: the top one from how often values are, the others from random pairs.
pub(crate) fn by_chance(table: &Table) -> Vec<Vec<f64>> {
    let counts = drawn(table);
    table
        .fields
        .iter()
        .enumerate()
        .map(|(field, of)| {
            let (levels, exact) = (top(table, field), of.kind.exact());
            let seen: Vec<f64> = (1..=levels)
                .map(|at| counts[(field << BITS) + at] as f64 + 0.5)
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
