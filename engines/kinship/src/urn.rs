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
//! pass on either copy; what is beyond [`MOST_STEPS`] is an error and never an approximation.

use crate::emission::Term;
use crate::error::Result;
use crate::mutation::Matrix;
use crate::problem::Problem;
use crate::scaled::{Scaled, power_of_two_below, two_to};

/// The most steps of the enumeration.
pub const MOST_STEPS: u64 = 2_000_000_000;
/// The most roots that are not known.
const MOST_ROOTS: usize = 16;

/// The likelihood of a problem with theta above 0.
pub(crate) fn likelihood(problem: &Problem, theta: f64) -> Result<Scaled> {
    let mut walk = Walk::new(problem, theta);
    walk.step(0, 1.0)?;
    Ok(Scaled::new(walk.total, walk.exponent))
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
    founders: Vec<usize>,
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
        let mut founders = Vec::new();
        for (at, _) in people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.parents.is_none())
        {
            if !people[at].haploid {
                founders.push(2 * at);
            }
            founders.push(2 * at + 1);
        }
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
        }
    }

    /// Goes on from a step, with the weight of all choices made so far.
    fn step(&mut self, at: usize, weight: f64) -> Result<()> {
        self.done += 1;
        if self.done > MOST_STEPS {
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
            _ => {
                self.place(at, first, &up, 0.5 * weight)?;
                self.place(at, second, &up, 0.5 * weight)
            }
        }
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
        let urn = known
            .iter()
            .zip(&self.base)
            .map(|(known, base)| base + known * self.theta);
        let same = self.classes.keep(urn, &free);
        for (number, (gene, stamp)) in free.iter().enumerate().skip(same) {
            if let Below::Values(values) = &self.below[*gene] {
                self.classes.add(
                    (*gene, *stamp),
                    values,
                    self.theta,
                    number + 1 == free.len(),
                );
            }
        }
        self.done += 1 << free.len();
        Ok(mean * self.classes.total())
    }
}

/// The sum over all ways to put roots into classes of common descent, root by root. What the last sum and this one begin
/// with alike is kept: choices change from the last founder backwards.
#[derive(Default)]
struct Classes {
    /// What the urn holds of each allele, times theta.
    urn: Vec<f64>,
    /// The roots so far, by gene and state.
    roots: Vec<(usize, u64)>,
    /// By set of roots and allele, `x_a Π φ_k(a)`.
    products: Vec<f64>,
    /// By set of roots, its weight as a class.
    weights: Vec<f64>,
    /// By set of roots, the sum over its partitions. For the last root only that of all.
    sums: Vec<f64>,
}

impl Classes {
    /// Keeps the roots that both begin with, and says how many these are.
    fn keep(&mut self, urn: impl Iterator<Item = f64>, roots: &[(usize, u64)]) -> usize {
        let new: Vec<f64> = urn.collect();
        let mut same = self
            .roots
            .iter()
            .zip(roots)
            .take_while(|(old, new)| old == new)
            .count();
        if new != self.urn {
            same = 0;
            self.urn = new;
        }
        // The last root of all is not complete, so it can only stay if it is the last again.
        if same == self.roots.len() && same < roots.len() {
            same = same.saturating_sub(1);
        }
        self.roots.truncate(same);
        let sets = 1_usize << same;
        self.products.resize(sets * self.urn.len(), 0.0);
        self.weights.resize(sets, 0.0);
        self.sums.resize(sets, 0.0);
        if same == 0 {
            self.products.copy_from_slice(&self.urn);
            self.sums[0] = 1.0;
        }
        same
    }

    fn add(&mut self, root: (usize, u64), values: &[f64], theta: f64, last: bool) {
        let (sets, size) = (1_usize << self.roots.len(), self.urn.len());
        // (b − 1)! θ^(b − 1) by the number of roots in the class.
        let mut factor = [1.0; MOST_ROOTS + 1];
        for at in 2..=MOST_ROOTS {
            factor[at] = factor[at - 1] * float(at - 1) * theta;
        }
        self.products.resize(2 * sets * size, 0.0);
        let (without, with) = self.products.split_at_mut(sets * size);
        for (set, (old, new)) in without
            .chunks_exact(size)
            .zip(with.chunks_exact_mut(size))
            .enumerate()
        {
            let mut sum = 0.0;
            for ((new, old), value) in new.iter_mut().zip(old).zip(values) {
                *new = old * value;
                sum += *new;
            }
            self.weights
                .push(sum * factor[set.count_ones() as usize + 1]);
        }
        // The class of the new root is some part of the set with it; what is left is partitioned without it.
        self.sums.resize(2 * sets, 0.0);
        for set in if last { sets - 1..sets } else { 0..sets } {
            let mut part = set;
            let mut sum = 0.0;
            loop {
                sum += self.weights[sets | part] * self.sums[set ^ part];
                if part == 0 {
                    break;
                }
                part = (part - 1) & set;
            }
            self.sums[sets | set] = sum;
        }
        self.roots.push(root);
    }

    fn total(&self) -> f64 {
        self.sums.last().copied().unwrap_or(1.0)
    }
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

#[expect(clippy::cast_precision_loss, reason = "numbers of roots are small")]
fn float(number: usize) -> f64 {
    number as f64
}
