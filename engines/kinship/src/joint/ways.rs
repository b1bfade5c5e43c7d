//! All ways to place remains in one family, each with its weight.

use rayon::prelude::*;

use super::{JointOptions, MissingPerson};
use crate::{
    Locus, Result,
    case::{Family, Remains},
    compare::{evidence, sex_agrees},
    likelihood,
};

/// Sums of numbers given by their logarithms.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogSum {
    most: f64,
    sum: f64,
}

impl LogSum {
    pub(super) const NOTHING: Self = Self {
        most: f64::NEG_INFINITY,
        sum: 0.0,
    };

    pub(super) fn add(&mut self, ln: f64) {
        if ln == f64::NEG_INFINITY {
            return;
        }
        if ln > self.most {
            self.sum = self.sum * (self.most - ln).exp() + 1.0;
            self.most = ln;
        } else {
            self.sum += (ln - self.most).exp();
        }
    }

    pub(super) fn ln(self) -> f64 {
        if self.sum > 0.0 {
            self.most + self.sum.ln()
        } else {
            f64::NEG_INFINITY
        }
    }
}

/// A way to place remains in one family: pairs of missing person and remains, by number, and logarithms of the likelihood
/// ratio and of the weight (with the prior).
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) lr: f64,
    pub(super) weight: f64,
}

/// The ways of one family, the weightiest first, and a bound on the sum of those not weighed.
pub(super) struct Ways {
    pub(super) all: Vec<Way>,
    pub(super) sum: f64,
    pub(super) beyond: LogSum,
}

/// One family and all remains.
pub(super) struct Placing<'a> {
    pub(super) family: &'a Family,
    /// The family's missing persons by number.
    pub(super) persons: &'a [usize],
    pub(super) missing: &'a [MissingPerson],
    pub(super) remains: &'a [&'a Remains],
    pub(super) loci: &'a [Locus],
    pub(super) options: &'a JointOptions,
}

impl Placing<'_> {
    fn prior(&self, person: usize, body: usize) -> f64 {
        let row = self.options.weights.get(body);
        row.and_then(|r| r.get(person)).copied().unwrap_or(1.0).ln()
    }

    pub(super) fn may(&self, person: usize, body: usize) -> bool {
        (self.options.ignore_sex
            || sex_agrees(self.family, self.missing[person].member, self.remains[body]))
            && self.prior(person, body) > f64::NEG_INFINITY
    }

    fn weigh(&self, pairs: Vec<(usize, usize)>) -> Result<Way> {
        let placed: Vec<(usize, &Remains)> = pairs
            .iter()
            .map(|(person, body)| (self.missing[*person].member, self.remains[*body]))
            .collect();
        let found = evidence(self.family, &placed, self.loci, self.options.theta)?;
        let lr = found.log10 * std::f64::consts::LN_10;
        let prior: f64 = pairs.iter().map(|(p, b)| self.prior(*p, *b)).sum();
        Ok(Way {
            pairs,
            lr,
            weight: lr + prior,
        })
    }

    /// All ways, by how many are placed; a way that is impossible is not continued.
    pub(super) fn ways(&self) -> Result<Ways> {
        let mut all = vec![Way {
            pairs: Vec::new(),
            lr: 0.0,
            weight: 0.0,
        }];
        let mut beyond = LogSum::NOTHING;
        let mut level = 0..1;
        for _ in 0..self.persons.len() {
            let mut next: Vec<Vec<(usize, usize)>> = Vec::new();
            let mut parents: Vec<usize> = level.clone().collect();
            // Should the limit be reached, the weightiest are continued first.
            parents.sort_by(|a, b| all[*b].weight.total_cmp(&all[*a].weight).then(a.cmp(b)));
            let room = self.options.most_in_family.saturating_sub(all.len());
            for at in parents {
                let after = all[at].pairs.last().map(|(person, _)| *person);
                for &person in self.persons.iter().filter(|p| Some(**p) > after) {
                    for body in 0..self.remains.len() {
                        let used = all[at].pairs.iter().any(|(_, b)| *b == body);
                        if used || !self.may(person, body) {
                            continue;
                        }
                        let mut pairs = all[at].pairs.clone();
                        pairs.push((person, body));
                        if next.len() < room {
                            next.push(pairs);
                        } else {
                            beyond.add(all[at].weight + self.most_beyond(&pairs)?);
                        }
                    }
                }
            }
            let found: Vec<Way> = next
                .into_par_iter()
                .map(|pairs| self.weigh(pairs))
                .collect::<Result<_>>()?;
            let from = all.len();
            all.extend(found.into_iter().filter(|w| w.lr > f64::NEG_INFINITY));
            level = from..all.len();
            if level.is_empty() {
                break;
            }
        }
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.pairs.cmp(&b.pairs)));
        let mut sum = beyond;
        for way in &all {
            sum.add(way.weight);
        }
        Ok(Ways {
            all,
            sum: sum.ln(),
            beyond,
        })
    }

    /// The logarithm of the most that placing the last pair, and any others after it, can multiply a weight by: nobody
    /// fits better than by being the same person, which multiplies by 1/P(profile).
    fn most_beyond(&self, pairs: &[(usize, usize)]) -> Result<f64> {
        let rarity = |body: usize| -> Result<f64> {
            let alone = crate::Pedigree::new(&[crate::Row::founder("x", self.remains[body].sex)])?;
            let mut ln = 0.0;
            for locus in self
                .loci
                .iter()
                .filter(|l| l.kind() == crate::Kind::Autosomal)
            {
                ln -= likelihood(&alone, &[(0, &self.remains[body].profile)], locus, 0.0)?.ln();
            }
            Ok(ln)
        };
        let Some((person, body)) = pairs.last() else {
            return Ok(0.0);
        };
        let mut most = rarity(*body)? + self.prior(*person, *body);
        for later in self.persons.iter().filter(|p| *p > person) {
            let mut sum = LogSum::NOTHING;
            sum.add(0.0);
            for body in 0..self.remains.len() {
                if self.may(*later, body) {
                    sum.add(rarity(body)? + self.prior(*later, body));
                }
            }
            most += sum.ln();
        }
        Ok(most)
    }
}
