//! Records that agree on all that one rule asks for, brought together.

use std::collections::HashMap;

use crate::{
    blocking::{LARGEST_BLOCK, Of, Rule, RuleCount},
    table::Table,
};

/// A number that looks random; never 0.
pub(crate) fn hash(value: u64, salt: u64) -> u64 {
    let mut x = value.wrapping_add(salt.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (x ^ (x >> 31)) | 1
}

/// Blocks of one rule that a record with several values is in at most.
const MOST_BLOCKS: usize = 16;

/// The blocks of one rule. They are counted from 0 in the order, and from 1 where 0 stands for none.
#[derive(Debug)]
pub(crate) struct OfRule {
    /// For each record its block, from 1; 0 where it is in none with another.
    pub(crate) of: Vec<u32>,
    /// Further blocks, from 1, of records of which a cell has several values.
    pub(crate) more: HashMap<u32, Vec<u32>>,
    /// Records in the order of their blocks.
    pub(crate) order: Vec<u32>,
    /// Where each block begins, and where the last ends.
    pub(crate) starts: Vec<u32>,
    pub(crate) count: RuleCount,
}

impl OfRule {
    /// Makes them; where `one_of` is more than 1, about one of so many.
    pub(crate) fn make(
        table: &Table,
        rule: &Rule,
        parts: &HashMap<(usize, Of), Vec<u64>>,
        one_of: u64,
    ) -> Self {
        let (mut hashes, mut others) = hashes(table, rule, parts);
        if one_of > 1 {
            let drawn = |hash: u64| (hash >> 8).is_multiple_of(one_of);
            hashes
                .iter_mut()
                .filter(|hash| !drawn(**hash))
                .for_each(|hash| *hash = 0);
            others.retain(|(hash, _)| drawn(*hash));
        }
        let sorted = sorted(&hashes, &others);
        drop(hashes);
        let mut made = Self {
            of: vec![0; table.len()],
            more: HashMap::new(),
            order: Vec::with_capacity(sorted.len()),
            starts: vec![0],
            count: RuleCount {
                pairs: 0,
                blocks_left_out: 0,
                records_left_out: 0,
            },
        };
        for block in sorted.chunk_by(|a, b| a.0 == b.0).filter(|b| b.len() > 1) {
            if block.len() > LARGEST_BLOCK {
                made.count.blocks_left_out += 1;
                made.count.records_left_out += block.len();
                continue;
            }
            made.count.pairs += pairs_of(table, block.iter().map(|one| one.1));
            let number = made.starts.len() as u32;
            for (_, record) in block {
                made.order.push(*record);
                match &mut made.of[*record as usize] {
                    none if *none == 0 => *none = number,
                    _ => made.more.entry(*record).or_default().push(number),
                }
            }
            made.starts.push(made.order.len() as u32);
        }
        made
    }
}

/// A number for each record, 0 where a part is missing; and further ones of records that have several.
fn hashes(
    table: &Table,
    rule: &Rule,
    parts: &HashMap<(usize, Of), Vec<u64>>,
) -> (Vec<u64>, Vec<(u64, u32)>) {
    let columns: Vec<(usize, &Vec<u64>)> =
        rule.on.iter().map(|part| (part.0, &parts[part])).collect();
    let joined = |all: u64, part: u64| match part {
        0 => 0,
        part if all != 0 => hash(all ^ part, 7),
        _ => 0,
    };
    let several = columns
        .iter()
        .any(|(field, _)| table.values[*field].any_several());
    let mut others: Vec<(u64, u32)> = Vec::new();
    let hashes = (0..table.len() as u32)
        .map(|record| {
            let row = table.row(record);
            let has_several =
                |(field, _): &(usize, _)| !table.values[*field].parts(row[*field]).is_empty();
            if !several || !columns.iter().any(has_several) {
                return columns
                    .iter()
                    .fold(1, |all, (field, of)| joined(all, of[row[*field] as usize]));
            }
            let mut all = vec![1_u64];
            for (field, of) in &columns {
                let single = [row[*field]];
                let values = match table.values[*field].parts(row[*field]) {
                    [] => &single[..],
                    several => several,
                };
                let each = |all: &u64| {
                    let all = *all;
                    values
                        .iter()
                        .map(move |value| joined(all, of[*value as usize]))
                };
                all = all
                    .iter()
                    .flat_map(each)
                    .filter(|hash| *hash != 0)
                    .take(MOST_BLOCKS)
                    .collect();
            }
            all.sort_unstable();
            all.dedup();
            others.extend(all.iter().skip(1).map(|hash| (*hash, record)));
            all.first().copied().unwrap_or(0)
        })
        .collect();
    (hashes, others)
}

/// Numbers with their records in order, but for those that are sure to be alone. They look random, so their first bits put
/// them near where they belong.
fn sorted(hashes: &[u64], others: &[(u64, u32)]) -> Vec<(u64, u32)> {
    let all = || {
        let first = hashes.iter().copied().zip(0_u32..);
        first.chain(others.iter().copied()).filter(|of| of.0 != 0)
    };
    let bits = (hashes.len() + others.len()).max(2).ilog2() + 1;
    let near = |hash: u64| (hash >> (64 - bits)) as usize;
    let mut places = vec![0_u32; 1 << bits];
    all().for_each(|(hash, _)| places[near(hash)] += 1);
    let mut next = 0;
    for place in &mut places {
        let n = *place;
        *place = if n > 1 { next } else { u32::MAX };
        next += if n > 1 { n } else { 0 };
    }
    let mut sorted = vec![(0, 0); next as usize];
    for (hash, record) in all() {
        let place = &mut places[near(hash)];
        if *place != u32::MAX {
            sorted[*place as usize] = (hash, record);
            *place += 1;
        }
    }
    for group in sorted.chunk_by_mut(|a, b| near(a.0) == near(b.0)) {
        if !group.is_sorted() {
            group.sort_unstable();
        }
    }
    sorted
}

/// Pairs of a block that are compared.
fn pairs_of(table: &Table, block: impl ExactSizeIterator<Item = u32>) -> u64 {
    let all = |n: u64| n * n.saturating_sub(1) / 2;
    let mut pairs = all(block.len() as u64);
    if table.lists.iter().any(|list| list.unique) {
        let mut n = 0;
        let mut last = usize::MAX;
        for record in block {
            let list = table.list_of(record);
            if list != last {
                if last != usize::MAX && table.lists[last].unique {
                    pairs -= all(n);
                }
                (n, last) = (0, list);
            }
            n += 1;
        }
        if last != usize::MAX && table.lists[last].unique {
            pairs -= all(n);
        }
    }
    pairs
}
