//! Theta: founders who come from one subpopulation, exactly, and together with mutation.
//!
//! **Model.** A subpopulation has its own allele frequencies, drawn from a Dirichlet distribution with the parameters
//! `p(1 − θ)/θ`; the founders' alleles are drawn from these (Balding & Nichols 1994, *Forensic Science International* 64:125).
//! Drawn one after another, the next of them is the allele a with the probability
//! `(n_a θ + (1 − θ) p_a) / (1 + (n − 1) θ)` after n of which n_a were a: the Pólya urn. All founders of all families of
//! a hypothesis share it, related or not.
//!
//! **Method.** Fix, for every meiosis, which copy it passes on, and for every observation, which of its
//! products explains it. Then genes form trees whose roots are founders' genes, and the likelihood is the mean of
//! a product `Π φ_k(a_k)` over the urn, where `φ_k(a)` is the probability of all that was seen below root k if it is a.
//! An urn that deals out alleles is a Chinese restaurant that deals out tables (Hoppe 1984, *Journal of Mathematical Biology*
//! 20:91): founders' genes fall into classes of common descent, a class of b genes has the weight
//! `(b − 1)! θ^(b − 1) Σ x_a Π φ_k(a)`, and the sum over all partitions is the exponential of a set function, found root by
//! root from its subsets. Genes of founders that are known by their observation are put into the urn first
//! (`x_a = p_a (1 − θ) + n_a θ`). Only roots above something that was seen count, so K is at most twice the number of people typed.
//!
//! All terms are positive, so nothing cancels. The work grows as 2 to the number of meioses from untyped people who could
//! pass on either copy. Where that is more than the founders' genes have joint values (a large number of siblings of untyped
//! parents), these are summed over instead; see the module `founders`. What is beyond both, and beyond [`MOST_STEPS`] is an error and never an approximation.

use crate::classes::{Classes, MOST_ROOTS, float};
use crate::couples::Couple;
use crate::emission::Term;
use crate::error::{Error, Result};
use crate::mutation::Matrix;
use crate::problem::Problem;
use crate::scaled::{Scaled, power_of_two_below, two_to};

/// The most steps of the enumeration.
pub const MOST_STEPS: u64 = 2_000_000_000;

/// The likelihood of a problem with theta above 0.
pub(crate) fn likelihood(problem: &Problem, theta: f64) -> Result<Scaled> {
    let mut walk = Walk::new(problem, theta);
    walk.step(0, 1.0)?;
    Ok(Scaled::new(walk.total, walk.exponent))
}

/// The same, also for independent founders (theta 0); `None` if that takes more than so many steps.
pub(crate) fn within(problem: &Problem, theta: f64, steps: u64) -> Result<Option<Scaled>> {
    let mut walk = Walk::new(problem, theta);
    walk.most = steps;
    match walk.step(0, 1.0) {
        Ok(()) => Ok(Some(Scaled::new(walk.total, walk.exponent))),
        Err(Error::TooLarge { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

/// What lies below a gene: the probability of it for each allele.
#[derive(Clone)]
enum Below {
    /// Nothing that was seen.
    Nothing,
    /// Only one allele is possible.
    Known(usize, f64),
    /// The values for all alleles.
    Values(Vec<f64>),
}

impl Below {
    fn of(values: &[f64]) -> Option<Self> {
        let mut positive = values.iter().enumerate().filter(|(_, value)| **value > 0.0);
        let (at, value) = positive.next()?;
        Some(if positive.next().is_none() {
            Self::Known(at, *value)
        } else if values.iter().all(|value| *value == 1.0) {
            Self::Nothing
        } else {
            Self::Values(values.to_vec())
        })
    }

    /// Both; `None` if they exclude each other.
    fn and(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Nothing, one) | (one, Self::Nothing) => Some(one.clone()),
            (Self::Known(a, one), Self::Known(b, other)) => {
                (a == b).then_some(Self::Known(*a, one * other))
            }
            (Self::Known(a, one), Self::Values(values))
            | (Self::Values(values), Self::Known(a, one)) => {
                (values[*a] > 0.0).then(|| Self::Known(*a, one * values[*a]))
            }
            (Self::Values(one), Self::Values(other)) => Self::of(
                &one.iter()
                    .zip(other)
                    .map(|(one, other)| one * other)
                    .collect::<Vec<_>>(),
            ),
        }
    }

    /// What a parent's gene means for what is seen below the child's, if it was passed on.
    fn above(&self, matrix: &Matrix) -> Option<Self> {
        match self {
            Self::Nothing => Some(Self::Nothing),
            _ if matrix.is_identity() => Some(self.clone()),
            Self::Known(to, value) => Self::of(
                &(0..matrix.size())
                    .map(|from| matrix.at(from, *to) * value)
                    .collect::<Vec<_>>(),
            ),
            Self::Values(values) => {
                let row = |from: usize| {
                    matrix
                        .row(from)
                        .iter()
                        .zip(values)
                        .map(|(move_to, value)| move_to * value)
                        .sum()
                };
                Self::of(&(0..matrix.size()).map(row).collect::<Vec<f64>>())
            }
        }
    }

    fn at(&self, allele: usize) -> f64 {
        match self {
            Self::Nothing => 1.0,
            Self::Known(a, value) => f64::from(u8::from(*a == allele)) * value,
            Self::Values(values) => values[allele],
        }
    }
}

enum Step {
    /// Which product explains what was seen of a person.
    Explain(usize),
    /// Which copy of a parent a child's gene came from.
    Pass {
        child: usize,
        parent: usize,
        paternal: bool,
    },
}

struct Walk<'p> {
    problem: &'p Problem,
    steps: Vec<Step>,
    /// By gene: twice the person, and one more for that from the mother.
    below: Vec<Below>,
    /// Genes of founders, those first that are complete first.
    founders: Vec<usize>,
    /// By person, the parents if these can change places.
    couples: Vec<Option<Couple>>,
    /// The parameters of the Dirichlet distribution times theta, and their sum.
    base: Vec<f64>,
    whole: f64,
    theta: f64,
    /// What was seen, scaled so that nothing underflows.
    terms: Vec<Option<Vec<Term>>>,
    exponent: i64,
    /// By gene, a number that changes whenever what lies below it does.
    stamps: Vec<u64>,
    changes: u64,
    classes: Classes,
    total: f64,
    done: u64,
    most: u64,
}

impl<'p> Walk<'p> {
    fn new(problem: &'p Problem, theta: f64) -> Self {
        let people = &problem.people;
        let mut steps = Vec::new();
        let mut explained = vec![false; people.len()];
        // From the youngest up: a child's gene is complete once all its own children were placed.
        for child in (0..people.len()).rev() {
            let parents = people[child].parents;
            for person in [
                Some(child),
                parents.map(|both| both.0),
                parents.map(|both| both.1),
            ]
            .into_iter()
            .flatten()
            {
                if people[person].terms.is_some()
                    && !std::mem::replace(&mut explained[person], true)
                {
                    steps.push(Step::Explain(person));
                }
            }
            if let Some((father, mother)) = parents {
                if !people[child].haploid {
                    steps.push(Step::Pass {
                        child: 2 * child,
                        parent: father,
                        paternal: true,
                    });
                }
                steps.push(Step::Pass {
                    child: 2 * child + 1,
                    parent: mother,
                    paternal: false,
                });
            }
        }
        let founders = founders_by_completion(problem, &steps);
        let couples = Couple::all(problem);
        let base: Vec<f64> = problem
            .frequencies
            .iter()
            .map(|one| one * (1.0 - theta))
            .collect();
        let whole = base.iter().sum();
        let mut exponent = 0;
        let terms = people
            .iter()
            .map(|person| {
                let (terms, shift) = scaled(person.terms.as_ref()?, &problem.frequencies);
                exponent += shift;
                Some(terms)
            })
            .collect();
        Self {
            problem,
            steps,
            below: vec![Below::Nothing; 2 * people.len()],
            founders,
            couples,
            base,
            whole,
            theta,
            terms,
            exponent,
            stamps: vec![0; 2 * people.len()],
            changes: 0,
            classes: Classes::default(),
            total: 0.0,
            done: 0,
            most: MOST_STEPS,
        }
    }

    /// Goes on from a step, with the weight of all choices made so far.
    fn step(&mut self, at: usize, weight: f64) -> Result<()> {
        self.done += 1;
        if self.done > self.most {
            return Err(self
                .problem
                .too_large("too many meioses of untyped people for theta"));
        }
        match self.steps.get(at) {
            None => {
                let mean = self.mean()?;
                self.total += weight * mean;
                Ok(())
            }
            Some(&Step::Explain(person)) => self.explain(at, person, weight),
            Some(&Step::Pass {
                child,
                parent,
                paternal,
            }) => self.pass(at, child, parent, paternal, weight),
        }
    }

    fn explain(&mut self, at: usize, person: usize, weight: f64) -> Result<()> {
        let problem = self.problem;
        let subject = &problem.people[person];
        let Some(terms) = self.terms[person].take() else {
            return self.step(at + 1, weight);
        };
        let (first, second) = (2 * person, 2 * person + 1);
        // A founder's two copies have no order: of two products that are each other's mirror one is enough, twice.
        let twins = subject.parents.is_none()
            && terms.len() == 2
            && matches!(self.below[first], Below::Nothing)
            && matches!(self.below[second], Below::Nothing)
            && mirrored(&terms[0], &terms[1]);
        let (count, factor) = if twins { (1, 2.0) } else { (terms.len(), 1.0) };
        for term in &terms[..count] {
            let saved = (self.below[first].clone(), self.below[second].clone());
            let stamps = (self.stamps[first], self.stamps[second]);
            let new = if subject.haploid {
                Below::of(&term.u).and_then(|seen| Some((saved.0.clone(), saved.1.and(&seen)?)))
            } else {
                let both = Below::of(&term.u).zip(Below::of(&term.v));
                both.and_then(|(u, v)| Some((saved.0.and(&u)?, saved.1.and(&v)?)))
            };
            if let Some(new) = new {
                (self.below[first], self.below[second]) = new;
                self.changes += 1;
                (self.stamps[first], self.stamps[second]) = (self.changes, self.changes);
                self.step(at + 1, weight * factor)?;
            }
            (self.below[first], self.below[second]) = saved;
            (self.stamps[first], self.stamps[second]) = stamps;
        }
        self.terms[person] = Some(terms);
        Ok(())
    }

    fn pass(
        &mut self,
        at: usize,
        child: usize,
        parent: usize,
        paternal: bool,
        weight: f64,
    ) -> Result<()> {
        let problem = self.problem;
        let matrix = problem.passing(parent, paternal);
        let Some(up) = self.below[child].above(matrix) else {
            return Ok(());
        };
        if matches!(up, Below::Nothing) {
            return self.step(at + 1, weight);
        }
        let (first, second) = (2 * parent, 2 * parent + 1);
        if problem.people[parent].haploid {
            return self.place(at, second, &up, weight);
        }
        match (&self.below[first], &self.below[second]) {
            // Both copies are known: the choice changes nothing but the weight.
            (&Below::Known(a, _), &Below::Known(b, _)) => {
                let either = 0.5 * (up.at(a) + up.at(b));
                if either > 0.0 {
                    self.step(at + 1, weight * either)
                } else {
                    Ok(())
                }
            }
            // Nothing distinguishes a founder's copies yet.
            (Below::Nothing, Below::Nothing) if problem.people[parent].parents.is_none() => {
                self.place(at, first, &up, weight)
            }
            (Below::Nothing, Below::Nothing) if self.untouched(parent) => {
                self.place(at, first, &up, weight)
            }
            _ => {
                self.place(at, first, &up, 0.5 * weight)?;
                self.place(at, second, &up, 0.5 * weight)
            }
        }
    }

    /// Whether the parents of a person can change places, and nothing has told them apart yet.
    fn untouched(&self, person: usize) -> bool {
        self.couples[person].as_ref().is_some_and(|couple| {
            let all = couple
                .children
                .iter()
                .chain([&couple.father, &couple.mother]);
            all.flat_map(|one| [2 * one, 2 * one + 1])
                .all(|gene| matches!(self.below[gene], Below::Nothing))
        })
    }

    fn place(&mut self, at: usize, gene: usize, up: &Below, weight: f64) -> Result<()> {
        if let Some(new) = self.below[gene].and(up) {
            let saved = (
                std::mem::replace(&mut self.below[gene], new),
                self.stamps[gene],
            );
            self.changes += 1;
            self.stamps[gene] = self.changes;
            self.step(at + 1, weight)?;
            (self.below[gene], self.stamps[gene]) = saved;
        }
        Ok(())
    }

    /// The mean of the product over the urn, once all choices are made.
    fn mean(&mut self) -> Result<f64> {
        if self.theta == 0.0 {
            let each = |gene: &usize| match &self.below[*gene] {
                Below::Nothing => 1.0,
                Below::Known(allele, value) => value * self.base[*allele],
                Below::Values(values) => values
                    .iter()
                    .zip(&self.base)
                    .map(|(value, base)| value * base)
                    .sum(),
            };
            return Ok(self.founders.iter().map(each).product());
        }
        let mut drawn = 0.0;
        let mut mean = 1.0;
        let mut known = vec![0.0; self.base.len()];
        let mut free = Vec::new();
        for &gene in &self.founders {
            match &self.below[gene] {
                Below::Nothing => {}
                Below::Known(allele, value) => {
                    mean *= value * (self.base[*allele] + known[*allele] * self.theta)
                        / (self.whole + drawn * self.theta);
                    known[*allele] += 1.0;
                    drawn += 1.0;
                }
                Below::Values(_) => free.push((gene, self.stamps[gene])),
            }
        }
        if free.len() > MOST_ROOTS {
            return Err(self
                .problem
                .too_large("too many founders' genes are unknown for theta"));
        }
        for number in 0..free.len() {
            mean /= self.whole + (drawn + float(number)) * self.theta;
        }
        let Some((last, others)) = free.split_last() else {
            return Ok(mean);
        };
        let urn = known
            .iter()
            .zip(&self.base)
            .map(|(known, base)| base + known * self.theta);
        let same = self.classes.keep(urn, others);
        for root in &others[same..] {
            if let Below::Values(values) = &self.below[root.0] {
                self.classes.add(*root, values, self.theta);
                self.done += 1 << self.classes.len();
            }
        }
        let total = match &self.below[last.0] {
            Below::Values(values) => self.classes.with_last(values, self.theta),
            _ => 1.0,
        };
        Ok(mean * total)
    }
}

/// Genes of founders, those first that no later step changes.
fn founders_by_completion(problem: &Problem, steps: &[Step]) -> Vec<usize> {
    let mut complete = vec![0; problem.people.len()];
    for (at, step) in steps.iter().enumerate() {
        let (Step::Explain(person) | Step::Pass { parent: person, .. }) = *step;
        complete[person] = at;
    }
    let mut founders: Vec<usize> = (0..problem.people.len())
        .filter(|at| problem.people[*at].parents.is_none())
        .collect();
    founders.sort_by_key(|at| complete[*at]);
    let genes = |at: usize| {
        let paternal = (!problem.people[at].haploid).then_some(2 * at);
        paternal.into_iter().chain([2 * at + 1])
    };
    founders.into_iter().flat_map(genes).collect()
}

/// The terms of an observation by a power of two, so that their mean over the population is about 1, and that power.
fn scaled(terms: &[Term], frequencies: &[f64]) -> (Vec<Term>, i64) {
    let mean = |values: &[f64]| -> f64 {
        values
            .iter()
            .zip(frequencies)
            .map(|(value, one)| value * one)
            .sum()
    };
    let whole: f64 = terms
        .iter()
        .map(|term| {
            mean(&term.u)
                * if term.v.is_empty() {
                    1.0
                } else {
                    mean(&term.v)
                }
        })
        .sum();
    if whole <= 0.0 {
        return (terms.to_vec(), 0);
    }
    let shift = power_of_two_below(whole);
    let mut terms = terms.to_vec();
    for term in &mut terms {
        term.u.iter_mut().for_each(|value| *value *= two_to(-shift));
    }
    (terms, i64::from(shift))
}

/// Whether two products, each of which knows both alleles, are one another's mirror.
fn mirrored(one: &Term, other: &Term) -> bool {
    let known = |values: &[f64]| match Below::of(values) {
        Some(Below::Known(allele, value)) => Some((allele, value)),
        _ => None,
    };
    match (
        known(&one.u),
        known(&one.v),
        known(&other.u),
        known(&other.v),
    ) {
        (Some((a, w)), Some((b, x)), Some((c, y)), Some((d, z))) => {
            a == d && b == c && w * x == y * z
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Kind, Locus, Mutation, MutationModel, Observation, Pedigree, Profile, Row, Sex};

    #[test]
    fn with_independent_founders_the_walk_says_what_peeling_says() {
        let mut rows = vec![Row::founder("f", Sex::Male), Row::founder("m", Sex::Female)];
        for child in ["1", "2", "3"] {
            rows.push(Row::child(child, Sex::Male, "f", "m"));
            let spouse = format!("s{child}");
            rows.push(Row::founder(&spouse, Sex::Female));
            rows.push(Row::child(
                &format!("c{child}"),
                Sex::Female,
                child,
                &spouse,
            ));
        }
        // A loop: two cousins have a child.
        rows.push(Row::founder("h", Sex::Male));
        rows.push(Row::child("x", Sex::Male, "h", "c1"));
        rows.push(Row::child("y", Sex::Female, "x", "c2"));
        let pedigree = Pedigree::new(&rows).unwrap();
        let alleles = ["8", "9", "9.3", "10", "11"].map(|label| (label.to_owned(), 0.2));
        let stepwise = |rate| MutationModel::Stepwise {
            rate,
            rate2: 1e-4,
            range: 0.2,
        };
        for (female, male) in [(0.01, 0.01), (0.01, 0.03)] {
            let locus = Locus::new("L", Kind::Autosomal, &alleles)
                .unwrap()
                .with_mutation(Mutation {
                    female: stepwise(female),
                    male: stepwise(male),
                })
                .unwrap();
            let profiles = [("c2", "8", "9"), ("c3", "9.3", "10"), ("y", "8", "11")]
                .map(|(id, a, b)| (id, Profile::new(id).with("L", Observation::pair(a, b))));
            let typed: Vec<_> = profiles
                .iter()
                .map(|(id, profile)| (pedigree.place(id).unwrap(), profile))
                .collect();
            let problem = Problem::new(&pedigree, &typed, &locus, None).unwrap();
            let peeled = crate::peel::likelihood(&problem).unwrap().value();
            let walked = within(&problem, 0.0, 1_000_000).unwrap().unwrap().value();
            assert!((walked / peeled - 1.0).abs() < 1e-13, "{walked} {peeled}");
            // With theta the founders' genes themselves say the same, for a family of few founders.
            let few: Vec<_> = rows
                .iter()
                .filter(|row| !row.id.contains(['s', 'h', 'x', 'y']))
                .collect();
            let few: Vec<Row> = few
                .into_iter()
                .filter(|row| !row.id.starts_with('c'))
                .cloned()
                .collect();
            let siblings = Pedigree::new(&few).unwrap();
            let typed: Vec<_> = (2..5)
                .zip(profiles.iter().map(|(_, profile)| profile))
                .collect();
            let problem = Problem::new(&siblings, &typed, &locus, None).unwrap();
            for theta in [1e-6, 0.03, 0.3] {
                let walked = likelihood(&problem, theta).unwrap().value();
                let given = crate::founders::given(&problem).unwrap();
                let whole = crate::founders::likelihood(&problem, theta, given)
                    .unwrap()
                    .value();
                assert!((walked / whole - 1.0).abs() < 1e-13, "{walked} {whole}");
            }
            assert!(within(&problem, 0.0, 3).unwrap().is_none());
        }
    }
}
