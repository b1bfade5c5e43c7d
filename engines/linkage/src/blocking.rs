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

/// The blocks of several rules: for each rule a number for each record, 0 where it is in no block.
#[derive(Debug)]
pub(crate) struct Blocks {
    pub(crate) hashes: Vec<Vec<u64>>,
    /// For each rule the records in the order of their blocks, and where each block begins.
    orders: Vec<Vec<u32>>,
    starts: Vec<Vec<u32>>,
    pub(crate) counts: Vec<RuleCount>,
}

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
        let mut all = Self {
            hashes: Vec::new(),
            orders: Vec::new(),
            starts: Vec::new(),
            counts: Vec::new(),
        };
        for (hashes, order, starts, count) in made {
            all.hashes.push(hashes);
            all.orders.push(order);
            all.starts.push(starts);
            all.counts.push(count);
        }
        Ok(all)
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

    fn of_rule(
        table: &Table,
        rule: &Rule,
        parts: &HashMap<(usize, Of), Vec<u64>>,
    ) -> (Vec<u64>, Vec<u32>, Vec<u32>, RuleCount) {
        let columns: Vec<(&Vec<u32>, &Vec<u64>)> = rule
            .on
            .iter()
            .map(|part| (&table.cells[part.0], &parts[part]))
            .collect();
        let mut hashes: Vec<u64> = (0..table.len())
            .map(|record| {
                columns
                    .iter()
                    .fold(1_u64, |all, (cells, of)| match of[cells[record] as usize] {
                        0 => 0,
                        part if all != 0 => hash(all ^ part, 7),
                        _ => 0,
                    })
            })
            .collect();
        let mut order: Vec<u32> = (0..table.len() as u32)
            .filter(|record| hashes[*record as usize] != 0)
            .collect();
        order.sort_unstable_by_key(|record| (hashes[*record as usize], *record));
        let (mut starts, mut kept) = (vec![0_u32], Vec::with_capacity(order.len()));
        let mut count = RuleCount {
            pairs: 0,
            blocks_left_out: 0,
            records_left_out: 0,
        };
        let mut at = 0;
        while at < order.len() {
            let of = hashes[order[at] as usize];
            let long = order[at..]
                .iter()
                .take_while(|record| hashes[**record as usize] == of)
                .count();
            let block = &order[at..at + long];
            at += long;
            if block.len() > LARGEST_BLOCK {
                count.blocks_left_out += 1;
                count.records_left_out += block.len();
                for record in block {
                    hashes[*record as usize] = 0;
                }
            } else if block.len() > 1 {
                count.pairs += pairs_of(table, block);
                kept.extend_from_slice(block);
                starts.push(kept.len() as u32);
            }
        }
        (hashes, kept, starts, count)
    }

    /// The work of all rules in an order that does not depend on who does it.
    pub(crate) fn tasks(&self) -> Vec<Task> {
        let mut all = Vec::new();
        for (rule, starts) in self.starts.iter().enumerate() {
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
        let (order, hashes) = (&self.orders[task.rule], &self.hashes[task.rule]);
        let earlier = &self.hashes[..task.rule];
        let several = table.lists.iter().any(|list| list.unique);
        for at in task.from..task.to {
            let one = order[at as usize];
            let block = hashes[one as usize];
            for other in &order[at as usize + 1..task.end as usize] {
                if hashes[*other as usize] != block {
                    break;
                }
                if several && !table.comparable(one, *other) {
                    continue;
                }
                let known = earlier.iter().any(|of| {
                    let mine = of[one as usize];
                    mine != 0 && mine == of[*other as usize]
                });
                with(one, *other, known);
            }
        }
        debug_assert!(task.start <= task.from);
    }

    /// The rules on which a pair agrees, a bit each.
    pub(crate) fn rules_of(&self, one: u32, other: u32) -> u32 {
        self.hashes
            .iter()
            .enumerate()
            .filter(|(_, of)| of[one as usize] != 0 && of[one as usize] == of[other as usize])
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
fn pairs_of(table: &Table, block: &[u32]) -> u64 {
    let all = |n: u64| n * n.saturating_sub(1) / 2;
    let mut pairs = all(block.len() as u64);
    if table.lists.iter().any(|list| list.unique) {
        let mut n = 0;
        let mut last = usize::MAX;
        for record in block {
            let list = table.list_of(*record);
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
