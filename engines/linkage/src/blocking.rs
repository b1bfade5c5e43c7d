//! Which pairs are compared at all: those that agree on what a rule names.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{Error, table::Table, value::Kind};

/// What of a field's value must agree.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// The value, in any spelling.
    Same,
    /// The value, when marks, endings and vowels within a name may differ.
    Loose,
    /// The first three letters or digits.
    Start,
    /// The last three letters or digits.
    End,
    /// The year of a date.
    Year,
    /// The day and month of a date.
    DayMonth,
}

impl Of {
    /// What may be asked of a kind of field.
    #[must_use]
    pub fn for_kind(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Name | Kind::Place => &[Self::Same, Self::Loose, Self::Start],
            Kind::Date => &[Self::Same, Self::Year, Self::DayMonth],
            Kind::Category => &[Self::Same],
            Kind::Code | Kind::Text => &[Self::Same, Self::Start, Self::End],
        }
    }
}

/// What two records must agree on to be compared: all of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rule {
    /// The field, and what of its value.
    pub on: Vec<(usize, Of)>,
}

impl Rule {
    /// A rule.
    #[must_use]
    pub fn on(parts: &[(usize, Of)]) -> Self {
        Self { on: parts.to_vec() }
    }

    /// Whether it asks for something of a field.
    #[must_use]
    pub fn uses(&self, field: usize) -> bool {
        self.on.iter().any(|(of, _)| *of == field)
    }
}

/// Records of one block of a rule beyond which it is left out: a common value alone says little and costs much.
pub(crate) const LARGEST_BLOCK: usize = 5_000;

/// What one rule costs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RuleCount {
    /// Pairs that agree on it.
    pub pairs: u64,
    /// Blocks that were left out because they are too large.
    pub blocks_left_out: usize,
    /// Records in them.
    pub records_left_out: usize,
}

/// The part of a value that must agree, as a number; 0 where there is nothing.
fn part_hashes(table: &Table, field: usize, of: Of) -> Vec<u64> {
    let values = &table.values[field];
    (0..values.texts.len() as u32)
        .map(|value| {
            if value == 0 {
                return 0;
            }
            let bytes = values.bytes(value);
            let date = values.dates[value as usize];
            match of {
                Of::Same => hash(u64::from(values.same[value as usize]), 1),
                Of::Loose => hash(u64::from(values.bare[value as usize]), 2),
                Of::Start => bytes_hash(&bytes[..bytes.len().min(3)], 3),
                Of::End => bytes_hash(&bytes[bytes.len().saturating_sub(3)..], 4),
                Of::Year => date.year.map_or(0, |year| hash(u64::from(year), 5)),
                Of::DayMonth => match (date.day, date.month) {
                    (Some(day), Some(month)) => hash(u64::from(month) * 40 + u64::from(day), 6),
                    _ => 0,
                },
            }
        })
        .collect()
}

fn hash(value: u64, salt: u64) -> u64 {
    let mut x = value.wrapping_add(salt.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (x ^ (x >> 31)) | 1
}

fn bytes_hash(bytes: &[u8], salt: u64) -> u64 {
    let packed = bytes
        .iter()
        .fold(0_u64, |all, b| (all << 8) | u64::from(*b));
    hash(packed, salt + bytes.len() as u64 * 16)
}

/// The blocks of several rules.
#[derive(Debug)]
pub(crate) struct Blocks {
    rules: Vec<OfRule>,
    pub(crate) counts: Vec<RuleCount>,
}

/// The blocks of one rule.
#[derive(Debug)]
struct OfRule {
    /// A number for each record, 0 where it is in no block.
    hashes: Vec<u64>,
    /// Records that are in more blocks, since a cell has several values: those others. Numbers from the count of records
    /// upwards stand for them, in this order.
    others: Vec<(u32, u64)>,
    /// The same by record.
    more: HashMap<u32, Vec<u64>>,
    /// Records in the order of their blocks.
    order: Vec<u32>,
    /// Where each block begins.
    starts: Vec<u32>,
    count: RuleCount,
}

impl OfRule {
    /// The record and block of an entry of the order.
    fn entry(&self, entry: u32) -> (u32, u64) {
        match self.hashes.get(entry as usize) {
            Some(hash) => (entry, *hash),
            None => self.others[entry as usize - self.hashes.len()],
        }
    }

    /// The least block that two records share; 0 where they share none.
    fn shared(&self, one: u32, other: u32) -> u64 {
        let (a, b) = (self.hashes[one as usize], self.hashes[other as usize]);
        if self.more.is_empty() {
            return if a == b { a } else { 0 };
        }
        let all = |record: u32, first: u64| {
            let more = self.more.get(&record).map_or(&[][..], Vec::as_slice);
            std::iter::once(first).chain(more.iter().copied())
        };
        let shared = all(one, a).filter(|x| *x != 0 && all(other, b).any(|y| y == *x));
        shared.min().unwrap_or(0)
    }
}

/// Blocks of one rule that a record with several values is in at most.
const MOST_BLOCKS: usize = 16;

/// A piece of work: pairs of a block whose first record is among some of its records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task {
    pub(crate) rule: usize,
    start: u32,
    end: u32,
    from: u32,
    to: u32,
}

/// Pairs of a task, about.
const TASK: u64 = 1 << 16;

impl Blocks {
    pub(crate) fn make(table: &Table, rules: &[Rule]) -> Result<Self, Error> {
        if rules.is_empty() || rules.len() > 32 {
            return Err(Error::Rules(rules.len()));
        }
        for (n, rule) in rules.iter().enumerate() {
            if rule.on.is_empty()
                || rule
                    .on
                    .iter()
                    .any(|(field, _)| *field >= table.fields.len())
            {
                return Err(Error::Rule { rule: n });
            }
        }
        let mut parts: HashMap<(usize, Of), Vec<u64>> = HashMap::new();
        for part in rules.iter().flat_map(|rule| &rule.on) {
            parts
                .entry(*part)
                .or_insert_with(|| part_hashes(table, part.0, part.1));
        }
        let made: Vec<_> = rules
            .par_iter()
            .map(|rule| Self::of_rule(table, rule, &parts))
            .collect();
        let counts = made.iter().map(|of| of.count.clone()).collect();
        Ok(Self {
            rules: made,
            counts,
        })
    }

    /// The number of every so manieth record under each rule of one field, with nothing left out.
    pub(crate) fn hashes_of(table: &Table, rules: &[Rule], step: usize) -> Vec<Vec<u64>> {
        rules
            .par_iter()
            .map(|rule| {
                let (field, of) = rule.on[0];
                let parts = part_hashes(table, field, of);
                table.cells[field]
                    .iter()
                    .step_by(step)
                    .map(|value| parts[*value as usize])
                    .collect()
            })
            .collect()
    }

    fn of_rule(table: &Table, rule: &Rule, parts: &HashMap<(usize, Of), Vec<u64>>) -> OfRule {
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
        let mut others: Vec<(u32, u64)> = Vec::new();
        let mut hashes: Vec<u64> = (0..table.len())
            .map(|record| {
                let value = |field: usize| table.cells[field][record];
                if several
                    && columns
                        .iter()
                        .any(|(field, _)| !table.values[*field].parts(value(*field)).is_empty())
                {
                    let mut all = vec![1_u64];
                    for (field, of) in &columns {
                        let own = value(*field);
                        let single = [own];
                        let values = match table.values[*field].parts(own) {
                            [] => &single[..],
                            several => several,
                        };
                        all = all
                            .iter()
                            .flat_map(|all| {
                                values
                                    .iter()
                                    .map(move |value| joined(*all, of[*value as usize]))
                            })
                            .filter(|hash| *hash != 0)
                            .take(MOST_BLOCKS)
                            .collect();
                    }
                    all.sort_unstable();
                    all.dedup();
                    others.extend(all.iter().skip(1).map(|hash| (record as u32, *hash)));
                    return all.first().copied().unwrap_or(0);
                }
                columns.iter().fold(1_u64, |all, (field, of)| {
                    joined(all, of[value(*field) as usize])
                })
            })
            .collect();
        let n = table.len() as u32;
        let entry = |hashes: &[u64], others: &[(u32, u64)], at: u32| match hashes.get(at as usize) {
            Some(hash) => (*hash, at),
            None => {
                let (record, hash) = others[(at - n) as usize];
                (hash, record)
            }
        };
        let mut order: Vec<u32> = (0..n + others.len() as u32)
            .filter(|at| entry(&hashes, &others, *at).0 != 0)
            .collect();
        order.sort_unstable_by_key(|at| entry(&hashes, &others, *at));
        let (mut starts, mut kept) = (vec![0_u32], Vec::with_capacity(order.len()));
        let mut count = RuleCount {
            pairs: 0,
            blocks_left_out: 0,
            records_left_out: 0,
        };
        let mut at = 0;
        while at < order.len() {
            let of = entry(&hashes, &others, order[at]).0;
            let long = order[at..]
                .iter()
                .take_while(|one| entry(&hashes, &others, **one).0 == of)
                .count();
            let block = &order[at..at + long];
            at += long;
            if block.len() > LARGEST_BLOCK {
                count.blocks_left_out += 1;
                count.records_left_out += block.len();
                for one in block {
                    match hashes.get_mut(*one as usize) {
                        Some(hash) => *hash = 0,
                        None => others[(*one - n) as usize].1 = 0,
                    }
                }
            } else if block.len() > 1 {
                count.pairs += pairs_of(
                    table,
                    block.iter().map(|one| entry(&hashes, &others, *one).1),
                );
                kept.extend_from_slice(block);
                starts.push(kept.len() as u32);
            }
        }
        let mut more: HashMap<u32, Vec<u64>> = HashMap::new();
        for (record, hash) in others.iter().filter(|(_, hash)| *hash != 0) {
            more.entry(*record).or_default().push(*hash);
        }
        OfRule {
            hashes,
            others,
            more,
            order: kept,
            starts,
            count,
        }
    }

    /// The work of all rules in an order that does not depend on who does it.
    pub(crate) fn tasks(&self) -> Vec<Task> {
        let mut all = Vec::new();
        for (rule, of) in self.rules.iter().enumerate() {
            let starts = &of.starts;
            let (mut begun, mut pairs) = (0, 0_u64);
            for block in 0..starts.len().saturating_sub(1) {
                let (start, end) = (starts[block], starts[block + 1]);
                let n = u64::from(end - start);
                if n * n / 2 > TASK {
                    if begun < block {
                        all.push(Task::blocks(rule, starts[begun], start));
                    }
                    let step = (TASK / n).max(1) as u32;
                    let mut from = start;
                    while from < end {
                        let to = (from + step).min(end);
                        all.push(Task {
                            rule,
                            start,
                            end,
                            from,
                            to,
                        });
                        from = to;
                    }
                    (begun, pairs) = (block + 1, 0);
                    continue;
                }
                pairs += n * n / 2;
                if pairs > TASK {
                    all.push(Task::blocks(rule, starts[begun], end));
                    (begun, pairs) = (block + 1, 0);
                }
            }
            if let (Some(last), true) = (starts.last(), begun + 1 < starts.len()) {
                all.push(Task::blocks(rule, starts[begun], *last));
            }
        }
        all
    }

    /// Calls with each pair of a task that no earlier rule has: the smaller record first.
    pub(crate) fn each(&self, table: &Table, task: Task, mut with: impl FnMut(u32, u32)) {
        self.every(table, task, |one, other, known| {
            if !known {
                with(one, other);
            }
        });
    }

    /// The same with each pair, and whether an earlier rule has it.
    pub(crate) fn every(&self, table: &Table, task: Task, mut with: impl FnMut(u32, u32, bool)) {
        let rule = &self.rules[task.rule];
        let earlier = &self.rules[..task.rule];
        let several = table.lists.iter().any(|list| list.unique);
        for at in task.from..task.to {
            let (one, block) = rule.entry(rule.order[at as usize]);
            for other in &rule.order[at as usize + 1..task.end as usize] {
                let (other, its) = rule.entry(*other);
                if its != block {
                    break;
                }
                if several && !table.comparable(one, other) {
                    continue;
                }
                // Two with several values may meet in several blocks: they are compared in one.
                if !rule.more.is_empty() && rule.shared(one, other) != block {
                    continue;
                }
                let known = earlier.iter().any(|of| of.shared(one, other) != 0);
                with(one, other, known);
            }
        }
        debug_assert!(task.start <= task.from);
    }

    /// The rules on which a pair agrees, a bit each.
    pub(crate) fn rules_of(&self, one: u32, other: u32) -> u32 {
        self.rules
            .iter()
            .enumerate()
            .filter(|(_, of)| of.shared(one, other) != 0)
            .fold(0, |all, (n, _)| all | (1 << n))
    }
}

impl Task {
    /// Whole blocks.
    fn blocks(rule: usize, start: u32, end: u32) -> Self {
        Self {
            rule,
            start,
            end,
            from: start,
            to: end,
        }
    }
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

/// How many pairs each rule has, before anything is compared.
///
/// # Errors
/// [`Error::Rule`], [`Error::Rules`].
pub fn count(table: &Table, rules: &[Rule]) -> Result<Vec<RuleCount>, Error> {
    Ok(Blocks::make(table, rules)?.counts)
}
