//! The probability of what was seen given what is there.
//!
//! Each copy of an allele is seen with the probability 1 − d, independently, and a silent allele never. With the probability
//! c one further allele is drawn from the table and seen too (drop-in). So the probability of an observation given a
//! genotype (x, y) is a sum of a few products `u(x) v(y)` of numbers that are not negative:
//!
//! - `a/b` is seen if both are there and seen, or if only one is seen and the other drops in;
//! - `a/a` is seen if a is seen on one copy or both and nothing else is, or if nothing is seen and a drops in;
//! - `a/-` says only that a was seen, and leaves the rest open.
//!
//! These sum to 1 over all that can be seen, three alleles included; where nothing drops out or in, they are 0 or 1 for an
//! unordered genotype. With a typing error e the observation is, instead, that of a random person of the population.
//!
//! Sources: Gill, Whitaker, Flaxman, Brown & Buckleton 2000 (*Forensic Science International* 112:17) for drop-out and
//! drop-in; Dørum et al. 2015 (*International Journal of Legal Medicine* 129:411) for kinship with drop-out.

use crate::profile::{Observation, Quality};

/// One product: the values `u` over the alleles of one copy, `v` over those of the other (empty for one copy only).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub(crate) u: Vec<f64>,
    pub(crate) v: Vec<f64>,
}

/// What was seen, by places of alleles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Seen {
    Two(usize, usize),
    One(usize),
}

impl Seen {
    /// What was seen, if anything was; alleles in the order of the table. `None` for a label that `place` does not know.
    pub(crate) fn of<'o>(
        observation: &'o Observation,
        place: impl Fn(&str) -> Option<usize>,
    ) -> Result<Option<Self>, &'o str> {
        let find = |label: &'o String| place(label).ok_or(label.as_str());
        Ok(match observation {
            Observation::Nothing => None,
            Observation::One(only) => Some(Self::One(find(only)?)),
            Observation::Pair(first, second) => {
                let (first, second) = (find(first)?, find(second)?);
                Some(Self::Two(first.min(second), first.max(second)))
            }
        })
    }
}

/// The alleles as an observation needs them: frequencies, and which is silent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Background<'b> {
    pub(crate) frequencies: &'b [f64],
    pub(crate) silent: Option<usize>,
}

impl Background<'_> {
    /// The probability that an allele that drops in is this one: silent alleles do not.
    fn drops_in(&self, allele: usize) -> f64 {
        let visible: f64 = self
            .frequencies
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != self.silent)
            .map(|(_, one)| one)
            .sum();
        self.frequencies[allele] / visible
    }
}

/// The terms of an observation. `haploid` people have one copy only.
pub(crate) fn terms(
    seen: Seen,
    quality: Quality,
    haploid: bool,
    background: Background<'_>,
) -> Vec<Term> {
    let size = background.frequencies.len();
    let Quality {
        drop_out,
        drop_in,
        typing_error,
    } = quality;
    let shows = |allele: usize| -> Vec<f64> {
        (0..size)
            .map(|at| {
                if at == allele && Some(at) != background.silent {
                    1.0 - drop_out
                } else {
                    0.0
                }
            })
            .collect()
    };
    let drops: Vec<f64> = (0..size)
        .map(|at| {
            if Some(at) == background.silent {
                1.0
            } else {
                drop_out
            }
        })
        .collect();
    let ones = vec![1.0; size];
    let or = |one: &[f64], other: &[f64]| -> Vec<f64> {
        one.iter()
            .zip(other)
            .map(|(one, other)| one + other)
            .collect()
    };
    let not = |one: &[f64]| -> Vec<f64> { one.iter().map(|one| 1.0 - one).collect() };
    let mut all = Terms {
        haploid,
        list: Vec::new(),
    };
    match seen {
        Seen::Two(a, b) if a != b => {
            let (pa, pb) = (background.drops_in(a), background.drops_in(b));
            let (sa, sb) = (shows(a), shows(b));
            let weight = 1.0 - drop_in + drop_in * (pa + pb);
            all.both(weight, &sa, &sb);
            all.both(weight, &sb, &sa);
            for (seen, dropped_in) in [(&sa, pb), (&sb, pa)] {
                all.only(drop_in * dropped_in, seen, &drops, &or(&drops, seen));
            }
        }
        Seen::Two(a, _) => {
            let (pa, sa) = (background.drops_in(a), shows(a));
            all.only(1.0 - drop_in + drop_in * pa, &sa, &drops, &or(&drops, &sa));
            all.any(drop_in * pa, &drops, &drops);
        }
        Seen::One(a) => {
            let (pa, sa) = (background.drops_in(a), shows(a));
            let hidden = not(&sa);
            all.only(1.0, &sa, &hidden, &ones);
            all.any(drop_in * pa, &hidden, &hidden);
        }
    }
    if typing_error > 0.0 {
        let mean = |values: &[f64]| -> f64 {
            values
                .iter()
                .zip(background.frequencies)
                .map(|(value, one)| value * one)
                .sum()
        };
        let random: f64 = all
            .list
            .iter()
            .map(|term| mean(&term.u) * if haploid { 1.0 } else { mean(&term.v) })
            .sum();
        for term in &mut all.list {
            term.u
                .iter_mut()
                .for_each(|value| *value *= 1.0 - typing_error);
        }
        all.any(typing_error * random, &ones, &ones);
    }
    all.list
}

struct Terms {
    haploid: bool,
    list: Vec<Term>,
}

impl Terms {
    /// Two copies, both needed: one copy alone cannot do it.
    fn both(&mut self, weight: f64, u: &[f64], v: &[f64]) {
        if !self.haploid {
            self.push(weight, u, v);
        }
    }

    /// An allele is seen on the first copy, or not there and on the second.
    fn only(&mut self, weight: f64, seen: &[f64], not_seen: &[f64], rest: &[f64]) {
        self.push(weight, seen, rest);
        if !self.haploid {
            self.push(weight, not_seen, seen);
        }
    }

    fn any(&mut self, weight: f64, u: &[f64], v: &[f64]) {
        self.push(weight, u, v);
    }

    fn push(&mut self, weight: f64, u: &[f64], v: &[f64]) {
        let some = |values: &[f64]| values.iter().any(|value| *value > 0.0);
        if weight > 0.0 && some(u) && (self.haploid || some(v)) {
            let u = u.iter().map(|value| value * weight).collect();
            self.list.push(Term {
                u,
                v: if self.haploid { Vec::new() } else { v.to_vec() },
            });
        }
    }
}

/// The terms of two samples of one person: every product of one with the other.
pub(crate) fn together(one: &[Term], other: &[Term]) -> Vec<Term> {
    let times =
        |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a * b).collect() };
    let mut all = Vec::with_capacity(one.len() * other.len());
    for a in one {
        for b in other {
            let term = Term {
                u: times(&a.u, &b.u),
                v: times(&a.v, &b.v),
            };
            if term.u.iter().any(|value| *value > 0.0)
                && (term.v.is_empty() || term.v.iter().any(|value| *value > 0.0))
            {
                all.push(term);
            }
        }
    }
    all
}

/// The value for one ordered genotype.
pub(crate) fn value(terms: &[Term], x: usize, y: usize) -> f64 {
    terms
        .iter()
        .map(|term| term.u[x] * term.v.get(y).copied().unwrap_or(1.0))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_seen_sums_to_one_without_drop_in_and_leaves_three_alleles_with_it() {
        let frequencies = [0.5, 0.3, 0.15, 0.05];
        let background = Background {
            frequencies: &frequencies,
            silent: Some(3),
        };
        let quality = Quality {
            drop_out: 0.2,
            drop_in: 0.1,
            typing_error: 0.0,
        };
        for (x, y) in [(0, 0), (0, 1), (2, 3), (3, 3)] {
            let mut sum = 0.0;
            for a in 0..3 {
                for b in a..3 {
                    sum += value(&terms(Seen::Two(a, b), quality, false, background), x, y);
                }
            }
            let copies = |allele: usize| if allele == 3 { 1.0 } else { 0.2 };
            let nothing = copies(x) * copies(y) * 0.9;
            let third = if x != y && y != 3 {
                0.64 * 0.1 * (1.0 - (frequencies[x] + frequencies[y]) / 0.95)
            } else {
                0.0
            };
            assert!(
                (sum + nothing + third - 1.0).abs() < 1e-15,
                "{x} {y}: {sum}"
            );
        }
    }

    #[test]
    fn one_allele_seen_is_the_sum_over_all_that_contain_it() {
        let frequencies = [0.5, 0.3, 0.2];
        let background = Background {
            frequencies: &frequencies,
            silent: None,
        };
        for quality in [
            Quality::PERFECT,
            Quality {
                drop_out: 0.3,
                drop_in: 0.0,
                typing_error: 0.0,
            },
        ] {
            let one = terms(Seen::One(0), quality, false, background);
            for (x, y) in [(0, 0), (0, 1), (1, 0), (1, 2)] {
                let sum: f64 = (0..3)
                    .map(|b| value(&terms(Seen::Two(0, b), quality, false, background), x, y))
                    .sum();
                assert!((value(&one, x, y) - sum).abs() < 1e-15);
            }
        }
    }
}
