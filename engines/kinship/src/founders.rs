//! Theta by the founders' genes themselves: for many typed relatives of few founders.
//!
//! What was seen has a probability given the alleles of all founders' genes, which peeling gives as a table over them
//! ([`crate::peel`]). The likelihood is its sum, each entry weighed by the probability with which the urn deals these
//! alleles ([`crate::urn`]). The table grows with a power of the alleles, and not with the number of typed children: eight
//! typed children of untyped parents are as many values as two. All terms are positive.

use crate::error::Result;
use crate::peel::GivenFounders;
use crate::problem::Problem;
use crate::scaled::Scaled;

/// More multiplications are not spent on a table.
pub(crate) const MOST_WORK: f64 = 2e9;

/// What was seen, given the founders' genes; `None` if it is impossible.
pub(crate) fn given(problem: &Problem) -> Option<GivenFounders> {
    GivenFounders::of(problem)
}

/// The likelihood with theta.
pub(crate) fn likelihood(problem: &Problem, theta: f64, given: GivenFounders) -> Result<Scaled> {
    let domains = given.domains();
    let Some((table, exponent)) = given.table(problem)? else {
        return Ok(Scaled::ZERO);
    };
    let mut deal = Deal {
        base: problem
            .frequencies
            .iter()
            .map(|one| one * (1.0 - theta))
            .collect(),
        drawn: vec![0.0; problem.size()],
        theta,
        domains,
        table,
    };
    let whole: f64 = deal.base.iter().sum();
    let mut all = 1.0;
    let mut number = 0.0;
    for _ in &deal.domains {
        all *= whole + number * theta;
        number += 1.0;
    }
    Ok(Scaled::new(deal.sum(0, 0) / all, exponent))
}

struct Deal {
    /// The parameters of the Dirichlet distribution times theta.
    base: Vec<f64>,
    /// How often each allele was drawn.
    drawn: Vec<f64>,
    theta: f64,
    domains: Vec<Vec<usize>>,
    table: Vec<f64>,
}

impl Deal {
    /// The sum over the genes from one on, those before it having led to this place in the table.
    fn sum(&mut self, gene: usize, place: usize) -> f64 {
        let Some(size) = self.domains.get(gene).map(Vec::len) else {
            return self.table[place];
        };
        let mut sum = 0.0;
        for at in 0..size {
            let allele = self.domains[gene][at];
            let weight = self.base[allele] + self.drawn[allele] * self.theta;
            self.drawn[allele] += 1.0;
            sum += weight * self.sum(gene + 1, place * size + at);
            self.drawn[allele] -= 1.0;
        }
        sum
    }
}
