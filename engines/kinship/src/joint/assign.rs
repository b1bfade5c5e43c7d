//! Assignments of a group of families that compete for remains, depth first within bounds.

use std::collections::{BTreeSet, HashMap};

use super::{
    JointOptions,
    ways::{LogSum, Ways},
};

/// Families that compete for remains, each group in order.
pub(super) fn groups(ways: &[Ways]) -> Vec<Vec<usize>> {
    let bodies: Vec<BTreeSet<usize>> = ways
        .iter()
        .map(|w| {
            let pairs = w.all.iter().flat_map(|way| &way.pairs);
            pairs.map(|(_, body)| *body).collect()
        })
        .collect();
    let mut group: Vec<usize> = (0..ways.len()).collect();
    let mut first: HashMap<usize, usize> = HashMap::new();
    fn root(group: &[usize], mut at: usize) -> usize {
        while group[at] != at {
            at = group[at];
        }
        at
    }
    for (family, bodies) in bodies.iter().enumerate() {
        for body in bodies {
            let other = *first.entry(*body).or_insert(family);
            let (a, b) = (root(&group, family), root(&group, other));
            group[a.max(b)] = a.min(b);
        }
    }
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    for family in 0..ways.len() {
        let place = *at.entry(root(&group, family)).or_insert_with(|| {
            all.push(Vec::new());
            all.len() - 1
        });
        all[place].push(family);
    }
    all
}

/// An assignment of a group: pairs of person and remains, the logarithm of the likelihood ratio, and of the weight.
pub(super) type Found = (Vec<(usize, usize)>, f64, f64);

/// What a group gives.
pub(super) struct GroupFound {
    /// The logarithm of the sum of all weights.
    pub(super) total: f64,
    best: Vec<Found>,
    /// By remains and person, the sum of the weights of assignments with that pair.
    pub(super) pairs: Vec<((usize, usize), LogSum)>,
    pub(super) gap: f64,
}

pub(super) struct Search<'a> {
    group: &'a [usize],
    ways: &'a [Ways],
    options: &'a JointOptions,
    /// The logarithm of the product of the sums of the families from each on.
    rest: Vec<f64>,
    used: HashMap<usize, bool>,
    chosen: Vec<usize>,
    steps: usize,
    total: LogSum,
    cut: LogSum,
    pairs: HashMap<(usize, usize), LogSum>,
    best: Vec<(Vec<usize>, f64, f64)>,
}

impl<'a> Search<'a> {
    pub(super) fn run(
        group: &'a [usize],
        ways: &'a [Ways],
        options: &'a JointOptions,
    ) -> GroupFound {
        // Families with the fewest ways first: their choices bind the others soonest.
        let mut order: Vec<usize> = group.to_vec();
        order.sort_by_key(|f| (ways[*f].all.len(), *f));
        let mut rest = vec![0.0; order.len() + 1];
        for (at, family) in order.iter().enumerate().rev() {
            rest[at] = rest[at + 1] + ways[*family].sum;
        }
        let mut search = Search {
            group: &order,
            ways,
            options,
            rest,
            used: HashMap::new(),
            chosen: Vec::new(),
            steps: 0,
            total: LogSum::NOTHING,
            cut: LogSum::NOTHING,
            pairs: HashMap::new(),
            best: Vec::new(),
        };
        for (at, family) in order.iter().enumerate() {
            // What a family did not weigh, with anything in the others.
            let others: f64 = order
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, f)| ways[*f].sum)
                .sum();
            search.cut.add(ways[*family].beyond.ln() + others);
        }
        search.deeper(0, 0.0, 0.0);
        let total = search.total.ln();
        let mut both = search.total;
        both.add(search.cut.ln());
        let gap = (search.cut.ln() - both.ln()).exp();
        search.tidy();
        let best = search
            .best
            .iter()
            .map(|(chosen, lr, weight)| {
                let pairs = chosen.iter().zip(&order);
                let pairs = pairs.flat_map(|(way, f)| ways[*f].all[*way].pairs.clone());
                (pairs.collect(), *lr, weight - total)
            })
            .collect();
        let mut pairs: Vec<_> = search.pairs.into_iter().collect();
        pairs.sort_by_key(|(pair, _)| *pair);
        GroupFound {
            total,
            best,
            pairs,
            gap: if gap.is_finite() { gap } else { 1.0 },
        }
    }

    fn deeper(&mut self, at: usize, lr: f64, weight: f64) {
        let Some(&family) = self.group.get(at) else {
            self.total.add(weight);
            for (way, family) in self.chosen.iter().zip(self.group) {
                for (person, body) in &self.ways[*family].all[*way].pairs {
                    self.pairs
                        .entry((*body, *person))
                        .or_insert(LogSum::NOTHING)
                        .add(weight);
                }
            }
            self.best.push((self.chosen.clone(), lr, weight));
            if self.best.len() > self.options.keep.saturating_mul(8).max(1024) {
                self.tidy();
            }
            return;
        };
        let ways = self.ways;
        for (number, way) in ways[family].all.iter().enumerate() {
            if way
                .pairs
                .iter()
                .any(|(_, b)| self.used.get(b) == Some(&true))
            {
                continue;
            }
            let weight = weight + way.weight;
            let most = weight + self.rest[at + 1];
            self.steps += 1;
            let negligible = most < self.total.ln() + self.options.negligible.ln();
            if negligible || self.steps > self.options.most_steps {
                self.cut.add(most);
                continue;
            }
            for (_, body) in &way.pairs {
                self.used.insert(*body, true);
            }
            self.chosen.push(number);
            self.deeper(at + 1, lr + way.lr, weight);
            self.chosen.pop();
            for (_, body) in &way.pairs {
                self.used.insert(*body, false);
            }
        }
    }

    /// Keeps the best.
    fn tidy(&mut self) {
        self.best
            .sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        self.best.truncate(self.options.keep);
    }
}

/// The best assignments of two sets of groups together.
pub(super) fn together(one: &[Found], other: &GroupFound, keep: usize) -> Vec<Found> {
    let mut all: Vec<Found> = one
        .iter()
        .flat_map(|(pairs, lr, weight)| {
            other.best.iter().map(move |(more, more_lr, more_weight)| {
                let pairs = pairs.iter().chain(more).copied().collect();
                (pairs, lr + more_lr, weight + more_weight)
            })
        })
        .collect();
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    all.truncate(keep);
    all
}
