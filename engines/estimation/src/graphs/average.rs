//! The weights of all graphs and all numbers missing, summed in both directions.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::chordal::DecomposableGraph;
use super::terms::{BLOCK, Block, Terms};
use super::tree::{Node, tree};
use crate::Error;

/// A graph whose weight in a block is smaller than the largest weight by more than this (as a logarithm) is passed over
/// there: all that is passed over together is below 10⁻²⁰ of the whole.
const NEGLIGIBLE: f64 = 75.0;

/// Blocks are divided among this many parts, whatever the number of threads, so that sums are always the same.
const PARTS: usize = 32;

/// Sums of weights, up to one common factor.
#[derive(Debug)]
pub(super) struct Sums {
    /// For every number missing, over all graphs.
    pub(super) of_numbers: Vec<f64>,
    /// For every graph, over all numbers missing.
    pub(super) of_graphs: Vec<f64>,
}

/// Sums the weights. `proceed` is told the share of the work that is done and stops it by `false`.
pub(super) fn sums(
    graphs: &[DecomposableGraph],
    terms: &Terms,
    proceed: &(dyn Fn(f64) -> bool + Sync),
) -> Result<Sums, Error> {
    let nodes = tree(graphs);
    let blocks = terms.blocks.len();
    let largest = (0..blocks)
        .into_par_iter()
        .map(|block| {
            let mut largest = f64::NEG_INFINITY;
            walk_starts(&nodes, terms.starts(block), |_, _, weight| {
                largest = weight.max(largest)
            });
            largest + terms.common(block)
        })
        .reduce(|| f64::NEG_INFINITY, f64::max);
    let done = AtomicUsize::new(0);
    let size = blocks.div_ceil(PARTS).max(1);
    let parts: Vec<Option<Sums>> = (0..blocks.div_ceil(size))
        .into_par_iter()
        .map(|part| {
            let mut worker = Worker::new(graphs, &nodes, terms, largest);
            for block in part * size..((part + 1) * size).min(blocks) {
                worker.block(block);
                let share = (done.fetch_add(1, Ordering::Relaxed) + 1) as f64 / blocks as f64;
                if !proceed(share) {
                    return None;
                }
            }
            Some(worker.sums)
        })
        .collect();
    let mut whole = Sums {
        of_numbers: Vec::new(),
        of_graphs: vec![0.0; graphs.len()],
    };
    for part in parts {
        let part = part.ok_or(Error::Stopped)?;
        whole.of_numbers.extend(part.of_numbers);
        whole
            .of_graphs
            .iter_mut()
            .zip(part.of_graphs)
            .for_each(|(sum, more)| *sum += more);
    }
    Ok(whole)
}

/// Tells for every graph its node, its number and its log marginal likelihood at the start of a block.
fn walk_starts(nodes: &[Node], starts: &[f64], mut tell: impl FnMut(usize, usize, f64)) {
    let mut path = [0.0_f64; 16];
    for (place, node) in nodes.iter().enumerate() {
        let depth = usize::from(node.depth);
        let term = starts[usize::from(node.set)];
        path[depth] = path[depth - 1] + if node.divides { -term } else { term };
        if let Some(graph) = node.graph() {
            tell(place, graph, path[depth]);
        }
    }
}

/// What one part of the blocks is summed with.
struct Worker<'w> {
    graphs: &'w [DecomposableGraph],
    nodes: &'w [Node],
    terms: &'w Terms,
    largest: f64,
    /// The weight of every graph at the start of the block, relative to the largest of all.
    scales: Vec<f64>,
    /// Whether a node leads to a graph that is not negligible.
    live: Vec<bool>,
    room: Block,
    /// Products along the path.
    path: Vec<[f64; BLOCK]>,
    sums: Sums,
}

impl<'w> Worker<'w> {
    fn new(
        graphs: &'w [DecomposableGraph],
        nodes: &'w [Node],
        terms: &'w Terms,
        largest: f64,
    ) -> Self {
        Self {
            graphs,
            nodes,
            terms,
            largest,
            scales: vec![0.0; graphs.len()],
            live: vec![false; nodes.len()],
            room: terms.room(),
            path: vec![[0.0; BLOCK]; 16],
            sums: Sums {
                of_numbers: Vec::new(),
                of_graphs: vec![0.0; graphs.len()],
            },
        }
    }

    fn block(&mut self, block: usize) {
        self.terms.fill(block, &mut self.room);
        self.find_live(block);
        let len = self.room.len;
        let mut totals = [0.0; BLOCK];
        // Beyond the end of a short block all products are 0.
        self.path[0] = [0.0; BLOCK];
        self.path[0][..len].copy_from_slice(&self.room.common[..len]);
        let mut place = 0;
        while let Some(node) = self.nodes.get(place) {
            if !self.live[place] {
                place = node.end as usize;
                continue;
            }
            let depth = usize::from(node.depth);
            let set = usize::from(node.set);
            let factor = if node.divides {
                &self.room.inverses[set]
            } else {
                &self.room.terms[set]
            };
            let (above, below) = self.path.split_at_mut(depth);
            let (before, product) = (&above[depth - 1], &mut below[0]);
            for ((product, before), factor) in product.iter_mut().zip(before).zip(factor) {
                *product = before * factor;
            }
            if let Some(graph) = node.graph() {
                let scale = self.scales[graph];
                self.sums.of_graphs[graph] += scale * add_up(product, scale, &mut totals);
            }
            place += 1;
        }
        self.sums.of_numbers.extend_from_slice(&totals[..len]);
    }

    /// Marks the nodes that lead to a graph whose weight matters somewhere in the block.
    ///
    /// A separator lies within the clique that the search begins with it, so the quotient of their terms falls as the
    /// number missing rises. A graph's weight relative to the block's start is thus at most what the term of its first
    /// clique and the common factor reach.
    fn find_live(&mut self, block: usize) {
        let Self {
            nodes,
            terms,
            graphs,
            room,
            live,
            scales,
            ..
        } = self;
        let peaks: Vec<f64> = room
            .terms
            .iter()
            .map(|term| {
                let products = term.iter().zip(&room.common).take(room.len);
                products
                    .map(|(term, common)| term * common)
                    .fold(f64::MIN_POSITIVE, f64::max)
                    .ln()
            })
            .collect();
        live.fill(false);
        let offset = terms.common(block) - self.largest;
        walk_starts(nodes, terms.starts(block), |place, graph, weight| {
            let relative = weight + offset;
            let first = graphs[graph]
                .cliques()
                .first()
                .map_or(0, |&clique| usize::from(clique));
            live[place] = relative + peaks[first] > -NEGLIGIBLE;
            scales[graph] = if live[place] { relative.exp() } else { 0.0 };
        });
        for (place, node) in nodes.iter().enumerate().rev() {
            if let Some(parent) = node.parent()
                && live[place]
            {
                live[parent] = true;
            }
        }
    }
}

/// Adds the products times the scale to the totals and returns the sum of the products.
fn add_up(products: &[f64; BLOCK], scale: f64, totals: &mut [f64; BLOCK]) -> f64 {
    let mut lanes = [0.0; 8];
    for (products, totals) in products.chunks_exact(8).zip(totals.chunks_exact_mut(8)) {
        for ((lane, product), total) in lanes.iter_mut().zip(products).zip(totals) {
            *lane += product;
            *total += scale * product;
        }
    }
    lanes.iter().sum()
}
