//! Which pairs are compared at all: those that agree on what a rule names.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{
    Error,
    grouping::{OfRule, hash},
    table::Table,
    value::Kind,
};

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
    (0..values.len() as u32)
        .map(|value| {
            if value == 0 {
                return 0;
            }
            let bytes = values.bytes(value);
            let date = values.date(value);
            match of {
                Of::Same => hash(u64::from(values.face(value).same), 1),
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
    /// For each record its block under each rule, record after record; 0 where it is in none with another.
    of: Vec<u32>,
    /// Whether a record is in several blocks of a rule.
    any_more: bool,
    pub(crate) counts: Vec<RuleCount>,
}

/// A piece of work: pairs of a block whose first record is among some of its records, or all pairs of several blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task {
    pub(crate) rule: usize,
    /// The first block.
    block: u32,
    /// First records, as places in the order.
    from: u32,
    to: u32,
}

/// Pairs of a task, about.
const TASK: u64 = 1 << 16;

impl Blocks {
    pub(crate) fn make(table: &Table, rules: &[Rule]) -> Result<Self, Error> {
        Self::sample(table, rules, 1)
    }

    /// The same with about one block of so many, as their numbers fall.
    pub(crate) fn sample(table: &Table, rules: &[Rule], one_of: u64) -> Result<Self, Error> {
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
        let mut made: Vec<OfRule> = rules
            .par_iter()
            .map(|rule| OfRule::make(table, rule, &parts, one_of))
            .collect();
        let mut of = vec![0_u32; table.len() * rules.len()];
        of.par_chunks_mut(rules.len() * 4096)
            .enumerate()
            .for_each(|(chunk, of)| {
                for (at, row) in of.chunks_mut(rules.len()).enumerate() {
                    for (block, rule) in row.iter_mut().zip(&made) {
                        *block = rule.of[chunk * 4096 + at];
                    }
                }
            });
        made.iter_mut().for_each(|rule| rule.of = Vec::new());
        Ok(Self {
            any_more: made.iter().any(|rule| !rule.more.is_empty()),
            counts: made.iter().map(|of| of.count.clone()).collect(),
            rules: made,
            of,
        })
    }

    /// The number of every so manieth record under each rule of one field, with nothing left out.
    pub(crate) fn hashes_of(table: &Table, rules: &[Rule], step: usize) -> Vec<Vec<u64>> {
        rules
            .par_iter()
            .map(|rule| {
                let (field, of) = rule.on[0];
                let parts = part_hashes(table, field, of);
                (0..table.len() as u32)
                    .step_by(step)
                    .map(|record| parts[table.value(field, record) as usize])
                    .collect()
            })
            .collect()
    }

    /// The work of all rules in an order that does not depend on who does it.
    pub(crate) fn tasks(&self) -> Vec<Task> {
        let mut all = Vec::new();
        for (rule, of) in self.rules.iter().enumerate() {
            let starts = &of.starts;
            let mut blocks = |first: usize, behind: usize| {
                if first < behind {
                    all.push(Task {
                        rule,
                        block: first as u32,
                        from: starts[first],
                        to: starts[behind],
                    });
                }
            };
            let (mut begun, mut pairs) = (0, 0_u64);
            for block in 0..starts.len() - 1 {
                let n = u64::from(starts[block + 1] - starts[block]);
                if n * n / 2 > TASK {
                    blocks(begun, block);
                    blocks(block, block + 1);
                    (begun, pairs) = (block + 1, 0);
                    continue;
                }
                pairs += n * n / 2;
                if pairs > TASK {
                    blocks(begun, block + 1);
                    (begun, pairs) = (block + 1, 0);
                }
            }
            blocks(begun, starts.len() - 1);
        }
        all.into_iter().flat_map(|task| self.split(task)).collect()
    }

    /// A task of one large block as several, by its first records.
    fn split(&self, task: Task) -> Vec<Task> {
        let starts = &self.rules[task.rule].starts;
        let n = u64::from(task.to - task.from);
        if starts[task.block as usize + 1] < task.to || n * n / 2 <= TASK {
            return vec![task];
        }
        let step = (TASK / n).max(1) as usize;
        (task.from..task.to)
            .step_by(step)
            .map(|from| Task {
                from,
                to: (from + step as u32).min(task.to),
                ..task
            })
            .collect()
    }

    /// Calls with each pair of a task: the smaller record first.
    pub(crate) fn every(&self, table: &Table, task: Task, mut with: impl FnMut(u32, u32)) {
        let rule = &self.rules[task.rule];
        let several = table.lists.iter().any(|list| list.unique);
        let mut block = task.block as usize;
        let mut end = rule.starts[block + 1];
        for at in task.from..task.to {
            if at == end {
                block += 1;
                end = rule.starts[block + 1];
            }
            let one = rule.order[at as usize];
            for other in &rule.order[at as usize + 1..end as usize] {
                if several && !table.comparable(one, *other) {
                    continue;
                }
                // Two with several values may meet in several blocks: they are compared in one.
                if !rule.more.is_empty() && self.shared(task.rule, one, *other) != block as u32 + 1
                {
                    continue;
                }
                with(one, *other);
            }
        }
    }

    /// Calls with each pair of a task that no earlier rule has.
    pub(crate) fn each(&self, table: &Table, task: Task, mut with: impl FnMut(u32, u32)) {
        self.every(table, task, |one, other| {
            if !self.found_before(task.rule, one, other) {
                with(one, other);
            }
        });
    }

    /// Whether a rule before this has a pair too.
    fn found_before(&self, rule: usize, one: u32, other: u32) -> bool {
        if self.any_more {
            return (0..rule).any(|earlier| self.shared(earlier, one, other) != 0);
        }
        let rows = self.row(one).iter().zip(self.row(other));
        rows.take(rule).any(|(a, b)| a == b && *a != 0)
    }

    fn row(&self, record: u32) -> &[u32] {
        let rules = self.rules.len();
        &self.of[record as usize * rules..][..rules]
    }

    /// The first block of a rule that two records share; 0 where they share none.
    fn shared(&self, rule: usize, one: u32, other: u32) -> u32 {
        let more = &self.rules[rule].more;
        let all = |record: u32| {
            let more = more.get(&record).map_or(&[][..], Vec::as_slice);
            std::iter::once(self.row(record)[rule]).chain(more.iter().copied())
        };
        let shared = all(one).filter(|x| *x != 0 && all(other).any(|y| y == *x));
        shared.min().unwrap_or(0)
    }

    /// The rules on which a pair agrees, a bit each.
    pub(crate) fn rules_of(&self, one: u32, other: u32) -> u32 {
        if self.any_more {
            return (0..self.rules.len())
                .filter(|rule| self.shared(*rule, one, other) != 0)
                .fold(0, |all, rule| all | (1 << rule));
        }
        let rows = self.row(one).iter().zip(self.row(other));
        rows.enumerate().fold(0, |all, (rule, (a, b))| {
            all | (u32::from(a == b && *a != 0) << rule)
        })
    }
}

/// How many pairs each rule has, before anything is compared.
///
/// # Errors
/// [`Error::Rule`], [`Error::Rules`].
pub fn count(table: &Table, rules: &[Rule]) -> Result<Vec<RuleCount>, Error> {
    Ok(Blocks::make(table, rules)?.counts)
}
