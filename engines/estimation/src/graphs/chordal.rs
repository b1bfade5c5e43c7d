//! All decomposable graphs on a few lists, with their cliques and separators.
//!
//! A graph is decomposable when it is chordal: every cycle of four or more vertices has a chord. A search by maximum
//! cardinality (Tarjan & Yannakakis 1984) numbers the vertices so that each one's earlier neighbours form a clique if and
//! only if the graph is chordal, and finds the cliques and the separators of a junction tree on the way (Blair & Peyton
//! 1993). Up to seven lists there are at most two million graphs, so each is simply tried.

use serde::{Deserialize, Serialize};

use crate::Error;

/// The most lists whose decomposable graphs can be enumerated.
pub const MAX_LISTS_OF_GRAPHS: usize = 7;

/// A decomposable graph: its vertices are lists, and lists without an edge are independent given the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DecomposableGraph {
    lists: u8,
    /// Bit `e` stands for the `e`-th pair in the order 01, 02, 12, 03, 13, 23, …
    edges: u32,
    cliques: Sets,
    separators: Sets,
}

/// At most seven sets of at most seven lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
struct Sets {
    sets: [u8; MAX_LISTS_OF_GRAPHS],
    len: u8,
}

impl Sets {
    fn push(&mut self, set: u8) {
        if let Some(place) = self.sets.get_mut(usize::from(self.len)) {
            *place = set;
            self.len += 1;
        }
    }

    fn as_slice(&self) -> &[u8] {
        &self.sets[..usize::from(self.len)]
    }
}

impl DecomposableGraph {
    /// The graph with these edges, given as pairs of lists counted from 0; `None` if it is not decomposable, or if a pair
    /// names a list beyond the last or twice the same one.
    #[must_use]
    pub fn from_edges(lists: usize, edges: &[(usize, usize)]) -> Option<Self> {
        if !(1..=MAX_LISTS_OF_GRAPHS).contains(&lists) {
            return None;
        }
        let mut bits = 0;
        for &(one, other) in edges {
            if one == other || one.max(other) >= lists {
                return None;
            }
            bits |= 1 << edge(one.min(other), one.max(other));
        }
        Self::of(lists, bits)
    }

    /// The graph of these edge bits, if it is chordal.
    fn of(lists: usize, edges: u32) -> Option<Self> {
        let neighbours = neighbours(lists, edges);
        let (mut cliques, mut separators) = (Sets::default(), Sets::default());
        let (mut visited, mut clique) = (0_u8, 0_u8);
        for place in 0..lists {
            // The unvisited vertex with the most visited neighbours, the first of them.
            let mut next = 0;
            let mut most = None;
            for (vertex, &around) in neighbours.iter().enumerate().take(lists) {
                let earlier = (around & visited).count_ones();
                if visited >> vertex & 1 == 0 && most.is_none_or(|most| earlier > most) {
                    (next, most) = (vertex, Some(earlier));
                }
            }
            let earlier = neighbours[next] & visited;
            let complete = (0..lists)
                .filter(|other| earlier >> other & 1 == 1)
                .all(|other| earlier & !(1 << other) & !neighbours[other] == 0);
            if !complete {
                return None;
            }
            // As long as the search adds to one clique, each vertex sees one more of the visited than the last did.
            if place > 0 && earlier != clique {
                cliques.push(clique);
                separators.push(earlier);
            }
            clique = earlier | 1 << next;
            visited |= 1 << next;
        }
        cliques.push(clique);
        Some(Self {
            lists: lists as u8,
            edges,
            cliques,
            separators,
        })
    }

    /// How many lists it joins.
    #[must_use]
    pub fn lists(&self) -> usize {
        usize::from(self.lists)
    }

    /// Its maximal cliques, as sets of lists: bit `j` stands for list `j`.
    #[must_use]
    pub fn cliques(&self) -> &[u8] {
        self.cliques.as_slice()
    }

    /// The separators of a junction tree, one fewer than the cliques, with repetitions; the empty set between unconnected
    /// parts.
    #[must_use]
    pub fn separators(&self) -> &[u8] {
        self.separators.as_slice()
    }

    /// The pairs of lists that depend on one another, each with the smaller number first.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (1..self.lists())
            .flat_map(|high| (0..high).map(move |low| (low, high)))
            .filter(|&(low, high)| self.edges >> edge(low, high) & 1 == 1)
    }

    /// Whether every list depends on every other: then the data say nothing about the people on no list.
    #[must_use]
    pub fn is_saturated(&self) -> bool {
        self.cliques().len() == 1
    }

    /// The graph in words of the literature: its cliques in brackets, `[ABC][BD]`.
    #[must_use]
    pub fn notation(&self, names: &[String]) -> String {
        let mut cliques: Vec<Vec<&str>> = self
            .cliques()
            .iter()
            .map(|clique| {
                let inside = |list: &usize| clique >> list & 1 == 1;
                let name = |list: usize| names.get(list).map_or("?", String::as_str);
                (0..self.lists()).filter(inside).map(name).collect()
            })
            .collect();
        cliques.sort_by_key(|clique| std::cmp::Reverse(clique.len()));
        cliques
            .iter()
            .map(|clique| format!("[{}]", clique.join(" ")))
            .collect()
    }
}

/// The number of the edge between two lists, the lower one first.
fn edge(low: usize, high: usize) -> usize {
    high * (high - 1) / 2 + low
}

/// Every list's neighbours as a set.
fn neighbours(lists: usize, edges: u32) -> [u8; MAX_LISTS_OF_GRAPHS] {
    let mut around = [0; MAX_LISTS_OF_GRAPHS];
    for high in 1..lists {
        for low in 0..high {
            if edges >> edge(low, high) & 1 == 1 {
                around[low] |= 1 << high;
                around[high] |= 1 << low;
            }
        }
    }
    around
}

/// All decomposable graphs on so many lists, in the order of their edge bits: 2, 8, 61, 822, 18,154 and 617,675 for two to
/// seven lists (OEIS A058862).
///
/// # Errors
/// Fewer than two lists or more than [`MAX_LISTS_OF_GRAPHS`].
pub fn decomposable_graphs(lists: usize) -> Result<Vec<DecomposableGraph>, Error> {
    if !(2..=MAX_LISTS_OF_GRAPHS).contains(&lists) {
        return Err(Error::NumberOfLists {
            lists,
            most: MAX_LISTS_OF_GRAPHS,
        });
    }
    let pairs = lists * (lists - 1) / 2;
    Ok((0..1_u32 << pairs)
        .filter_map(|edges| DecomposableGraph::of(lists, edges))
        .collect())
}
