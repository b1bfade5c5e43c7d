//! All graphs as paths through one tree, so that products that graphs share are computed once.
//!
//! A graph's weight is a product of terms of its cliques and inverse terms of its separators. Each graph is a sequence of
//! such factors, the common ones first; sequences that begin alike share their beginning (Han, Pei & Yin 2000 order items
//! so for frequent patterns).

use super::chordal::DecomposableGraph;

/// No graph ends at a node.
const NO_GRAPH: u32 = u32::MAX;

/// A node of the tree: one factor more than its parent has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The set of lists.
    pub(super) set: u8,
    /// Whether the set is a separator, whose term divides.
    pub(super) divides: bool,
    /// How many factors there are from the root, from 1.
    pub(super) depth: u8,
    parent: u32,
    /// The node after the last of its descendants.
    pub(super) end: u32,
    graph: u32,
}

impl Node {
    /// The graph whose last factor this is.
    pub(super) fn graph(&self) -> Option<usize> {
        (self.graph != NO_GRAPH).then_some(self.graph as usize)
    }

    /// The node before it on the path, unless the path begins here.
    pub(super) fn parent(&self) -> Option<usize> {
        (self.depth > 1).then_some(self.parent as usize)
    }
}

/// The tree in the order in which a walk meets its nodes.
pub(super) fn tree(graphs: &[DecomposableGraph]) -> Vec<Node> {
    // A factor is a set with, for separators, bit 7. The term of the empty set is 1 and left out.
    let factors = |graph: &DecomposableGraph| -> Vec<u8> {
        let separators = graph
            .separators()
            .iter()
            .filter(|&&set| set != 0)
            .map(|set| set | 128);
        graph.cliques().iter().copied().chain(separators).collect()
    };
    let mut often = [0_u32; 256];
    for graph in graphs {
        factors(graph)
            .iter()
            .for_each(|&factor| often[usize::from(factor)] += 1);
    }
    let mut rank: Vec<u8> = (0..=255).collect();
    rank.sort_by_key(|&factor| (std::cmp::Reverse(often[usize::from(factor)]), factor));
    let mut place = [0_u8; 256];
    rank.iter()
        .enumerate()
        .for_each(|(order, &factor)| place[usize::from(factor)] = order as u8);
    let mut paths: Vec<(Vec<u8>, u32)> = graphs
        .iter()
        .zip(0..)
        .map(|(graph, number)| {
            let mut path: Vec<u8> = factors(graph)
                .iter()
                .map(|&factor| place[usize::from(factor)])
                .collect();
            path.sort_unstable();
            (path, number)
        })
        .collect();
    paths.sort_unstable();

    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut path: &[u8] = &[];
    for (next, number) in &paths {
        let shared = path.iter().zip(next).take_while(|(a, b)| a == b).count();
        let end = nodes.len() as u32;
        open.drain(shared..).for_each(|node| nodes[node].end = end);
        for &order in &next[shared..] {
            let factor = rank[usize::from(order)];
            let parent = open.last().map_or(0, |&node| node as u32);
            open.push(nodes.len());
            let (set, divides) = (factor & 127, factor & 128 != 0);
            nodes.push(Node {
                set,
                divides,
                depth: open.len() as u8,
                parent,
                end: 0,
                graph: NO_GRAPH,
            });
        }
        if let Some(&node) = open.last() {
            nodes[node].graph = *number;
        }
        path = next;
    }
    let end = nodes.len() as u32;
    open.drain(..).for_each(|node| nodes[node].end = end);
    nodes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::graphs::decomposable_graphs;

    #[test]
    fn every_graph_is_one_path_of_its_cliques_and_separators() {
        let graphs = decomposable_graphs(5).unwrap();
        let nodes = tree(&graphs);
        let mut seen = vec![false; graphs.len()];
        for node in &nodes {
            let Some(number) = node.graph() else { continue };
            assert!(!std::mem::replace(&mut seen[number], true));
            let mut path = vec![*node];
            while let Some(parent) = path.last().unwrap().parent() {
                path.push(nodes[parent]);
            }
            let of = |divides: bool| {
                let mut sets: Vec<u8> = path
                    .iter()
                    .filter(|n| n.divides == divides)
                    .map(|n| n.set)
                    .collect();
                sets.sort_unstable();
                sets
            };
            let sorted = |sets: &[u8]| {
                let mut sets: Vec<u8> = sets.iter().copied().filter(|&set| set != 0).collect();
                sets.sort_unstable();
                sets
            };
            assert_eq!(of(false), sorted(graphs[number].cliques()));
            assert_eq!(of(true), sorted(graphs[number].separators()));
        }
        assert!(seen.iter().all(|&seen| seen));
    }
}
