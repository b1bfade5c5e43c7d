//! Invented populations of which the truth is known, to see where a method finds it and where it fails.
//!
//! A population is the probability of every capture pattern, the empty one included. Three kinds are made here:
//!
//! - **independent**: being on one list says nothing about being on another, and all people are alike;
//! - **dependent**: for some pairs of lists, the odds of being on both are multiplied (a log-linear model with pairwise
//!   terms): two organisations that share their sources, or that avoid each other's regions;
//! - **heterogeneous**: people differ in how easily they are listed, by groups with shares and probabilities of their own, or
//!   by degrees (the Rasch model: one normal number for each person, added to the logits of all lists).
//!
//! A population can also be drawn from the prior of latent classes or of a decomposable graph, for simulation-based
//! calibration (Talts et al. 2018).

use crate::graphs::DecomposableGraph;
use crate::table::{MAX_LISTS, MAX_PEOPLE};
use crate::{CaptureTable, Error, diagnostics, latent, random};

/// A population of people who may be listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    names: Vec<String>,
    /// The probability of each pattern; the place is the pattern.
    patterns: Vec<f64>,
}

/// People who are alike in how they come onto lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// How many people belong to it, in proportion to the other groups' shares.
    pub share: f64,
    /// The probability to be on each list.
    pub on: Vec<f64>,
}

/// Two lists that are not independent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dependence {
    /// One list.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// By how much the odds of being on one are multiplied for those on the other: above 1 they attract, below 1 they repel.
    pub odds_ratio: f64,
}

impl Population {
    /// All people alike, all lists independent. `on` holds the probability to be on each list.
    ///
    /// # Errors
    /// The number of lists, or a probability that is not between 0 and 1.
    pub fn independent(on: &[f64]) -> Result<Self, Error> {
        Self::heterogeneous(&[Group {
            share: 1.0,
            on: on.to_vec(),
        }])
    }

    /// Groups of people; within a group all lists are independent.
    ///
    /// # Errors
    /// The number of lists, groups of different length, or a share or probability out of range.
    pub fn heterogeneous(groups: &[Group]) -> Result<Self, Error> {
        let lists = groups.first().map_or(0, |group| group.on.len());
        let names = names(lists)?;
        let mut patterns = vec![0.0; 1 << lists];
        for (row, group) in groups.iter().enumerate() {
            if group.on.len() != lists {
                return Err(Error::LengthOfRow {
                    row,
                    found: group.on.len(),
                    lists,
                });
            }
            within(
                "share of a group",
                group.share,
                0.0,
                f64::MAX,
                "a number above 0",
            )?;
            for &p in &group.on {
                within("probability of a list", p, 0.0, 1.0, "a number from 0 to 1")?;
            }
            add_class(&mut patterns, group.share, &group.on);
        }
        Self::scaled(names, patterns)
    }

    /// People who differ by degrees: to the logit of every list's probability a normal number of the person with standard
    /// deviation `spread` is added. No finite number of classes is this population exactly.
    ///
    /// # Errors
    /// As [`independent`](Self::independent); a spread that is negative or not finite.
    pub fn graded(on: &[f64], spread: f64) -> Result<Self, Error> {
        const STEPS: usize = 400;
        within("spread", spread, 0.0, 100.0, "a number from 0 to 100")?;
        let groups: Vec<Group> = (0..STEPS)
            .map(|step| {
                let shift =
                    spread * diagnostics::normal_quantile((step as f64 + 0.5) / STEPS as f64);
                let moved = |p: &f64| 1.0 / (1.0 + (1.0 / p - 1.0) * (-shift).exp());
                Group {
                    share: 1.0,
                    on: on.iter().map(moved).collect(),
                }
            })
            .collect();
        Self::heterogeneous(&groups)
    }

    /// Lists that attract or repel each other. `on` holds the probabilities that the lists would have without dependence.
    ///
    /// # Errors
    /// As [`independent`](Self::independent); a dependence on a list that does not exist, or an odds ratio that is not
    /// above 0.
    pub fn dependent(on: &[f64], dependences: &[Dependence]) -> Result<Self, Error> {
        let mut population = Self::independent(on)?;
        let lists = on.len();
        for (row, dependence) in dependences.iter().enumerate() {
            let (first, second) = (dependence.first, dependence.second);
            if first >= lists || second >= lists || first == second {
                return Err(Error::UnknownList {
                    row,
                    pattern: 0,
                    lists,
                });
            }
            within(
                "odds ratio",
                dependence.odds_ratio,
                f64::MIN_POSITIVE,
                f64::MAX,
                "a number above 0",
            )?;
            for (pattern, p) in population.patterns.iter_mut().enumerate() {
                if pattern >> first & pattern >> second & 1 == 1 {
                    *p *= dependence.odds_ratio;
                }
            }
        }
        Self::scaled(population.names, population.patterns)
    }

    /// A population drawn from the prior of latent classes with these options (see [`latent`](crate::latent)).
    ///
    /// # Errors
    /// The number of lists, or an option out of range.
    pub fn of_latent_classes(
        lists: usize,
        options: &latent::Options,
        seed: u64,
    ) -> Result<Self, Error> {
        options.check()?;
        let mut rng = random::stream(seed, 0);
        let names = names(lists)?;
        let ln_alpha = random::ln_gamma_draw(&mut rng, options.shape) - options.rate.ln();
        let mut patterns = vec![0.0; 1 << lists];
        let mut left = 1.0;
        for class in 0..options.classes {
            // A beta number with parameters 1 and α, by its distribution function: 1 - U^(1/α).
            let broken = -random::uniform(&mut rng).ln() * (-ln_alpha).exp();
            let stick = if class + 1 == options.classes {
                1.0
            } else {
                -(-broken).exp_m1()
            };
            let on: Vec<f64> = (0..lists).map(|_| random::uniform(&mut rng)).collect();
            add_class(&mut patterns, left * stick, &on);
            left *= 1.0 - stick;
        }
        Self::scaled(names, patterns)
    }

    /// A population drawn from the hyper-Dirichlet prior of a decomposable graph (see [`graphs`](crate::graphs)) with
    /// `delta` prior counts in every cell.
    ///
    /// # Errors
    /// The number of lists, or a delta that is not above 0.
    pub fn of_graph(graph: &DecomposableGraph, delta: f64, seed: u64) -> Result<Self, Error> {
        within(
            "delta",
            delta,
            f64::MIN_POSITIVE,
            f64::MAX,
            "a number above 0",
        )?;
        let mut rng = random::stream(seed, 0);
        let lists = graph.lists();
        let names = names(lists)?;
        let mut logs = vec![0.0; 1 << lists];
        // Cliques come in a perfect sequence: given its separator, a clique does not depend on the ones before it.
        let separators = std::iter::once(0).chain(graph.separators().iter().copied());
        for (&clique, separator) in graph.cliques().iter().zip(separators) {
            let cells: Vec<usize> = (0..1 << lists)
                .filter(|cell| cell & !usize::from(clique) == 0)
                .collect();
            let prior = delta * (logs.len() / cells.len()) as f64;
            let mut of_cell = vec![0.0; logs.len()];
            for &cell in &cells {
                of_cell[cell] = random::ln_gamma_draw(&mut rng, prior);
            }
            let mut of_separator = vec![f64::NEG_INFINITY; logs.len()];
            for &cell in &cells {
                let sum = &mut of_separator[cell & usize::from(separator)];
                *sum = random::ln_sum(*sum, of_cell[cell]);
            }
            for (pattern, log) in logs.iter_mut().enumerate() {
                *log += of_cell[pattern & usize::from(clique)]
                    - of_separator[pattern & usize::from(separator)];
            }
        }
        Self::scaled(names, logs.into_iter().map(f64::exp).collect())
    }

    fn scaled(names: Vec<String>, mut patterns: Vec<f64>) -> Result<Self, Error> {
        let total: f64 = patterns.iter().sum();
        if !(total.is_finite() && total > 0.0) {
            return Err(Error::Setting {
                setting: "sum of all shares",
                value: total,
                allowed: "a number above 0",
            });
        }
        patterns.iter_mut().for_each(|p| *p /= total);
        Ok(Self { names, patterns })
    }

    /// The probability that a person is on no list.
    #[must_use]
    pub fn never_listed(&self) -> f64 {
        self.patterns.first().copied().unwrap_or(0.0)
    }

    /// Draws the patterns of `total` people and keeps those who are on a list. The truth of the table is `total`.
    ///
    /// # Errors
    /// Nobody came onto a list, or `total` is more than a table can hold.
    pub fn draw(&self, total: u64, seed: u64) -> Result<CaptureTable, Error> {
        if total > MAX_PEOPLE {
            return Err(Error::TooMany {
                row: 0,
                most: MAX_PEOPLE,
            });
        }
        let mut counts = vec![0; self.patterns.len()];
        random::multinomial(
            &mut random::stream(seed, 0),
            total,
            &self.patterns,
            &mut counts,
        );
        self.table(&counts)
    }

    /// Draws people until `observed` of them are on a list. Gives their table and how many people were drawn in all: under
    /// the prior p(N) ∝ 1/N this is how N and the table are distributed given how many are observed.
    ///
    /// # Errors
    /// `observed` is 0 or more than a table can hold, or nobody can come onto a list.
    pub fn draw_observed(&self, observed: u64, seed: u64) -> Result<(CaptureTable, u64), Error> {
        if observed > MAX_PEOPLE {
            return Err(Error::TooMany {
                row: 0,
                most: MAX_PEOPLE,
            });
        }
        let mut rng = random::stream(seed, 0);
        let mut listed = self.patterns.clone();
        if let Some(never) = listed.first_mut() {
            *never = 0.0;
        }
        if listed.iter().sum::<f64>() <= 0.0 {
            return Err(Error::Nobody);
        }
        let mut counts = vec![0; listed.len()];
        random::multinomial(&mut rng, observed, &listed, &mut counts);
        let missed = random::missed(&mut rng, observed as f64, listed.iter().sum());
        Ok((self.table(&counts)?, observed + missed))
    }

    /// The table of these counts without the first.
    fn table(&self, counts: &[u64]) -> Result<CaptureTable, Error> {
        let listed = counts.iter().enumerate().skip(1);
        CaptureTable::from_patterns(
            self.names.iter().cloned(),
            listed.map(|(pattern, &count)| (pattern as u32, count)),
        )
    }
}

/// Adds the patterns of people who are alike.
fn add_class(patterns: &mut [f64], share: f64, on: &[f64]) {
    for (pattern, sum) in patterns.iter_mut().enumerate() {
        let p: f64 = on
            .iter()
            .enumerate()
            .map(|(list, p)| {
                if pattern >> list & 1 == 1 {
                    *p
                } else {
                    1.0 - p
                }
            })
            .product();
        *sum += share * p;
    }
}

fn names(lists: usize) -> Result<Vec<String>, Error> {
    if !(2..=MAX_LISTS).contains(&lists) {
        return Err(Error::NumberOfLists {
            lists,
            most: MAX_LISTS,
        });
    }
    Ok((1..=lists).map(|list| format!("List {list}")).collect())
}

fn within(
    setting: &'static str,
    value: f64,
    least: f64,
    most: f64,
    allowed: &'static str,
) -> Result<(), Error> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(Error::Setting {
            setting,
            value,
            allowed,
        })
    }
}
