//! How often values agree by chance: u, from counts and from random pairs.

use rayon::prelude::*;

use crate::{
    compare::{BITS, compare, level},
    table::Table,
};

/// Random pairs from which u is counted: eight for each record, within these bounds.
const RANDOM_PAIRS: (u64, u64) = (1 << 17, 1 << 20);

/// u of each level: the top one from how often values are, the others from random pairs.
pub(crate) fn by_chance(table: &Table) -> Vec<Vec<f64>> {
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
