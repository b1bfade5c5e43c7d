//! The marginal likelihood of a set of lists as a function of the number missing.
//!
//! Only one cell of a marginal table holds the people on no list, so from one number missing to the next a term changes by
//! one factor: (n0 + D + α) / (n0 + n + A), where D counts the observed people on none of the set's lists. Products over a
//! short block of numbers stay within the range of `f64`; logarithms are kept at the blocks' starts only.

use std::ops::Range;

use rayon::prelude::*;

use super::prior::PriorOfTotal;
use crate::CaptureTable;

/// The most numbers in a block: the vectors of a path through the tree of graphs then fit into the nearest cache.
pub(super) const BLOCK: usize = 128;

/// Products over a block change by at most the exponential of this.
const SPAN_OF_BLOCK: f64 = 500.0;

/// Everything about a table that the weights of graphs depend on.
#[derive(Debug)]
pub(super) struct Terms {
    observed: f64,
    /// The sum of all prior counts, δ·2^p.
    prior_sum: f64,
    prior: PriorOfTotal,
    /// For every set of lists: D + α of the cell that grows.
    growing: Vec<f64>,
    /// The numbers missing, block by block.
    pub(super) blocks: Vec<Range<u64>>,
    /// For every block and set, the log marginal likelihood at the block's start: `[block * sets + set]`.
    starts: Vec<f64>,
    /// For every block, the logarithm of the counting coefficient times the prior at its start.
    common: Vec<f64>,
}

/// The factors of one block, relative to its start.
#[derive(Debug)]
pub(super) struct Block {
    /// How many numbers it has.
    pub(super) len: usize,
    /// The coefficient and the prior.
    pub(super) common: [f64; BLOCK],
    /// For every set, its term.
    pub(super) terms: Vec<[f64; BLOCK]>,
    /// For every set, the inverse of its term.
    pub(super) inverses: Vec<[f64; BLOCK]>,
}

impl Terms {
    pub(super) fn new(
        table: &CaptureTable,
        delta: f64,
        prior: PriorOfTotal,
        missing: Range<u64>,
    ) -> Self {
        let lists = table.lists();
        let sets = 1_usize << lists;
        let observed = table.observed() as f64;
        let prior_sum = delta * sets as f64;
        let margins: Vec<(f64, f64)> = (0..sets)
            .map(|set| margin(table, set as u32, delta))
            .collect();
        let growing: Vec<f64> = margins.iter().map(|&(growing, _)| growing).collect();
        let least = growing.iter().copied().fold(f64::INFINITY, f64::min);
        let blocks = blocks(missing, observed + prior_sum, least, 2 * lists);
        let columns: Vec<Vec<f64>> = margins
            .par_iter()
            .map(|&(growing, fixed)| column(&blocks, growing, fixed, observed, prior_sum))
            .collect();
        let starts = (0..blocks.len())
            .flat_map(|block| columns.iter().map(move |column| column[block]))
            .collect();
        let common = common_starts(&blocks, observed, prior);
        Self {
            observed,
            prior_sum,
            prior,
            growing,
            blocks,
            starts,
            common,
        }
    }

    /// The log marginal likelihoods of all sets at the start of a block.
    pub(super) fn starts(&self, block: usize) -> &[f64] {
        let sets = self.growing.len();
        &self.starts[block * sets..(block + 1) * sets]
    }

    /// The logarithm of the coefficient and the prior at the start of a block.
    pub(super) fn common(&self, block: usize) -> f64 {
        self.common[block]
    }

    /// Fills the factors of a block.
    pub(super) fn fill(&self, block: usize, out: &mut Block) {
        let numbers = &self.blocks[block];
        out.len = (numbers.end - numbers.start) as usize;
        let start = numbers.start as f64;
        let before = self.prior.ln(self.observed as u64 + numbers.start);
        let mut coefficient = 1.0;
        for (place, common) in out.common.iter_mut().enumerate().take(out.len) {
            let missing = start + place as f64;
            let prior = self.prior.ln((self.observed + missing) as u64) - before;
            *common = coefficient * prior.exp();
            coefficient *= (self.observed + missing + 1.0) / (missing + 1.0);
        }
        let rows = out.terms.iter_mut().zip(&mut out.inverses);
        for ((terms, inverses), &growing) in rows.zip(&self.growing) {
            let (mut term, mut inverse) = (1.0, 1.0);
            for place in 0..out.len {
                terms[place] = term;
                inverses[place] = inverse;
                let missing = start + place as f64;
                let (above, below) = (missing + growing, missing + self.observed + self.prior_sum);
                term *= above / below;
                inverse *= below / above;
            }
        }
    }

    /// Room for the factors of a block.
    pub(super) fn room(&self) -> Block {
        let sets = self.growing.len();
        Block {
            len: 0,
            common: [0.0; BLOCK],
            terms: vec![[0.0; BLOCK]; sets],
            inverses: vec![[0.0; BLOCK]; sets],
        }
    }
}

/// D + α of the growing cell, and the part of the log marginal likelihood that does not depend on the number missing.
fn margin(table: &CaptureTable, set: u32, delta: f64) -> (f64, f64) {
    let cells = 1_u64 << set.count_ones();
    let alpha = delta * (1_u64 << table.lists()) as f64 / cells as f64;
    let mut counts = vec![0_u64; 1 << table.lists()];
    for (pattern, count) in table.patterns() {
        counts[(pattern & set) as usize] += count;
    }
    let growing = counts[0] as f64 + alpha;
    let fixed: f64 = counts[1..]
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| libm::lgamma(count as f64 + alpha) - libm::lgamma(alpha))
        .sum();
    (
        growing,
        fixed - libm::lgamma(alpha) + libm::lgamma(alpha * cells as f64),
    )
}

/// Cuts the range so that no product of `factors` terms leaves the range of `f64` within a block.
fn blocks(missing: Range<u64>, below: f64, least: f64, factors: usize) -> Vec<Range<u64>> {
    let mut out = Vec::new();
    let mut start = missing.start;
    let mut span = 0.0;
    for number in missing.clone() {
        if number > start && (span > SPAN_OF_BLOCK || number - start == BLOCK as u64) {
            out.push(start..number);
            (start, span) = (number, 0.0);
        }
        // What the step from this number to the one after the next can add.
        let step = |n: f64| ((n + below) / (n + least)).ln() * factors as f64;
        span = if number == start {
            step(number as f64)
        } else {
            span
        } + step(number as f64 + 1.0);
    }
    if start < missing.end {
        out.push(start..missing.end);
    }
    out
}

/// The log marginal likelihood of a set at the start of every block, summed up with its rounding errors (Neumaier 1974).
fn column(
    blocks: &[Range<u64>],
    growing: f64,
    fixed: f64,
    observed: f64,
    prior_sum: f64,
) -> Vec<f64> {
    let first = blocks.first().map_or(0.0, |block| block.start as f64);
    let mut sum =
        fixed + (libm::lgamma(first + growing) - libm::lgamma(first + observed + prior_sum));
    let mut lost = 0.0;
    blocks
        .iter()
        .map(|block| {
            let start = sum + lost;
            let product: f64 = block
                .clone()
                .map(|missing| (missing as f64 + growing) / (missing as f64 + observed + prior_sum))
                .product();
            add(&mut sum, &mut lost, product.ln());
            start
        })
        .collect()
}

/// The logarithm of (n + n0)! / n0! and the prior at the start of every block.
fn common_starts(blocks: &[Range<u64>], observed: f64, prior: PriorOfTotal) -> Vec<f64> {
    let first = blocks.first().map_or(0.0, |block| block.start as f64);
    let mut sum = libm::lgamma(first + observed + 1.0) - libm::lgamma(first + 1.0);
    let mut lost = 0.0;
    blocks
        .iter()
        .map(|block| {
            let start = sum + lost + prior.ln(observed as u64 + block.start);
            let product: f64 = block
                .clone()
                .map(|missing| (missing as f64 + observed + 1.0) / (missing as f64 + 1.0))
                .product();
            add(&mut sum, &mut lost, product.ln());
            start
        })
        .collect()
}

fn add(sum: &mut f64, lost: &mut f64, value: f64) {
    let next = *sum + value;
    *lost += if sum.abs() >= value.abs() {
        (*sum - next) + value
    } else {
        (value - next) + *sum
    };
    *sum = next;
}
