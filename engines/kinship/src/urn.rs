//! Theta: founders who come from one subpopulation, exactly, and together with mutation.
//!
//! **Model.** A subpopulation has its own allele frequencies, drawn from a Dirichlet distribution with the parameters
//! `p(1 − θ)/θ`; the founders' alleles are drawn from these (Balding & Nichols 1994, *Forensic Science International* 64:125).
//! Drawn one after another, the next of them is the allele a with the probability
//! `(n_a θ + (1 − θ) p_a) / (1 + (n − 1) θ)` after n of which n_a were a: the Pólya urn. All founders of all families of
//! a hypothesis share it, related or not.
//!
//! **Method.** Fix, for every meiosis, which copy it passes on, and for every observation, which product of
//! [`crate::emission`] explains it. Then genes form trees whose roots are founders' genes, and the likelihood is the mean of
//! a product `Π φ_k(a_k)` over the urn, where `φ_k(a)` is the probability of all that was seen below root k if it is a.
//! An urn that deals out alleles is a Chinese restaurant that deals out tables (Hoppe 1984, *Journal of Mathematical Biology*
//! 20:91): founders' genes fall into classes of common descent, a class of b genes has the weight `(b − 1)! Σ x_a Π φ_k(a)`,
//! and the sum over all partitions is the exponential of a set function, found from its subsets in 3^K steps instead of
//! one by one. Genes of founders that are known by their observation are put into the urn first (`x_a = p_a (1 − θ)/θ + n_a`).
//! Only roots above something that was seen count, so K is at most twice the number of people typed.
//!
//! All terms are positive, so nothing cancels. The work grows as 2 to the number of meioses from untyped people who could
//! pass on either copy; what is beyond [`MOST_STEPS`] is an error and never an approximation.

use crate::emission::Term;
use crate::error::Result;
use crate::mutation::Matrix;
use crate::problem::Problem;
use crate::scaled::Scaled;

/// The most steps of the enumeration.
pub const MOST_STEPS: u64 = 200_000_000;
/// The most roots that are not known.
const MOST_ROOTS: usize = 16;

/// The likelihood of a problem with theta above 0.
pub(crate) fn likelihood(problem: &Problem, theta: f64) -> Result<Scaled> {
    let mut walk = Walk::new(problem, theta);
    walk.step(0, 1.0)?;
    Ok(Scaled::new(walk.total, 0))
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
    /// The parameters of the Dirichlet distribution, and their sum.
    base: Vec<f64>,
    whole: f64,
    total: f64,
    done: u64,
    scratch: Scratch,
}

#[derive(Default)]
struct Scratch {
    urn: Vec<f64>,
    weights: Vec<f64>,
    sums: Vec<f64>,
    products: Vec<f64>,
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
        let scale = (1.0 - theta) / theta;
        let base: Vec<f64> = problem.frequencies.iter().map(|one| one * scale).collect();
        let whole = base.iter().sum();
        Self {
            problem,
            steps,
            below: vec![Below::Nothing; 2 * people.len()],
            founders,
            base,
            whole,
            total: 0.0,
            done: 0,
            scratch: Scratch::default(),
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
        let Some(terms) = &subject.terms else {
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
            let new = if subject.haploid {
                Below::of(&term.u).and_then(|seen| Some((saved.0.clone(), saved.1.and(&seen)?)))
            } else {
                let both = Below::of(&term.u).zip(Below::of(&term.v));
                both.and_then(|(u, v)| Some((saved.0.and(&u)?, saved.1.and(&v)?)))
            };
            if let Some(new) = new {
                (self.below[first], self.below[second]) = new;
                self.step(at + 1, weight * factor)?;
            }
            (self.below[first], self.below[second]) = saved;
        }
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
            let saved = std::mem::replace(&mut self.below[gene], new);
            self.step(at + 1, weight)?;
            self.below[gene] = saved;
        }
        Ok(())
    }

    /// The mean of the product over the urn, once all choices are made.
    fn mean(&mut self) -> Result<f64> {
        let Scratch {
            urn,
            weights,
            sums,
            products,
        } = &mut self.scratch;
        urn.clone_from(&self.base);
        let mut drawn = self.whole;
        let mut mean = 1.0;
        let mut free: Vec<&[f64]> = Vec::new();
        for &gene in &self.founders {
            match &self.below[gene] {
                Below::Nothing => {}
                Below::Known(allele, value) => {
                    mean *= value * urn[*allele] / drawn;
                    urn[*allele] += 1.0;
                    drawn += 1.0;
                }
                Below::Values(values) => free.push(values),
            }
        }
        if free.len() > MOST_ROOTS {
            return Err(self
                .problem
                .too_large("too many founders' genes are unknown for theta"));
        }
        let sets = 1_usize << free.len();
        self.done += (sets * free.len()) as u64;
        // The weight of a class: (b − 1)! Σ x_a Π φ_k(a). Products are built allele by allele, each set from a smaller one.
        weights.clear();
        weights.resize(sets, 0.0);
        products.resize(sets, 1.0);
        for (allele, &parameter) in urn.iter().enumerate() {
            products[0] = parameter;
            for set in 1..sets {
                let lowest = set.trailing_zeros() as usize;
                let product = products[set & (set - 1)] * free[lowest][allele];
                products[set] = product;
                weights[set] += product;
            }
        }
        let mut factorial = [1.0; MOST_ROOTS + 1];
        for size in 2..=MOST_ROOTS {
            factorial[size] = factorial[size - 1] * float(size);
        }
        for (set, weight) in weights.iter_mut().enumerate().skip(1) {
            *weight *= factorial[set.count_ones() as usize - 1];
        }
        // The sum over partitions: the class of the lowest member, times the partitions of the rest.
        sums.clear();
        sums.resize(sets, 0.0);
        sums[0] = 1.0;
        for set in 1..sets {
            let lowest = set & set.wrapping_neg();
            let rest = set ^ lowest;
            let mut part = rest;
            let mut sum = 0.0;
            loop {
                sum += weights[part | lowest] * sums[rest ^ part];
                if part == 0 {
                    break;
                }
                part = (part - 1) & rest;
            }
            sums[set] = sum;
        }
        mean *= sums[sets - 1];
        for _ in 0..free.len() {
            mean /= drawn;
            drawn += 1.0;
        }
        Ok(mean)
    }
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
