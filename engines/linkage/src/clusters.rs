//! From links to people: records that belong together as a whole, not by a chain of weak links.
//!
//! Clusters grow from single records. The two with the highest average evidence between them are joined, as long as it
//! speaks for one person (average linkage; Sokal and Michener 1958). Pairs without a link count with evidence against, so
//! one link between two large clusters joins nothing. What people know goes before: records that cannot be of one person
//! never meet, nor do two of a list that holds each person once; records that are of one person begin together.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BinaryHeap, HashMap},
};

use crate::{link::Link, table::Table};

/// What is known beside the links, and how strict to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// The least average evidence that joins, in bits; 0 is "as likely as not".
    pub least: f64,
    /// Evidence of a pair without a link, in bits.
    pub unseen: f64,
    /// A link says at most so much for or against, in bits, so that one that is very sure does not outweigh many.
    pub most: f64,
    /// Pairs of which a person said that they are of one person.
    pub same: Vec<(u32, u32)>,
    /// Pairs of which a person said that they are not.
    pub different: Vec<(u32, u32)>,
    /// Records of identified people, each with a number for who it is: those of one number begin together, those of two never
    /// meet.
    pub identified: Vec<(u32, u32)>,
}

impl Default for Clustering {
    fn default() -> Self {
        Self {
            least: 0.0,
            unseen: -3.0,
            most: 12.0,
            same: Vec::new(),
            different: Vec::new(),
            identified: Vec::new(),
        }
    }
}

/// Why a likely link did not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Both clusters have a record of a list that holds each person once.
    TwiceOnAList,
    /// A person said that two of their records are of different people.
    Different,
    /// Both were identified, as two people.
    Identified,
    /// The other pairs of the two clusters speak against it.
    Cohesion,
}

/// Which records are proposed to be of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Clusters {
    /// For each record the smallest record of its cluster.
    pub of: Vec<u32>,
    /// Likely links whose records are in different clusters, as places among the links.
    pub refused: Vec<(usize, Refusal)>,
    /// Pairs that people said are the same, and which cannot be.
    pub contradicted: Vec<(u32, u32)>,
}

impl Clusters {
    /// The records of each cluster of at least two, by its smallest.
    #[must_use]
    pub fn groups(&self) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (record, of) in (0..).zip(&self.of) {
            groups.entry(*of).or_default().push(record);
        }
        groups
            .into_values()
            .filter(|group| group.len() > 1)
            .collect()
    }
}

#[derive(Debug, Clone, Copy)]
struct Join {
    average: f64,
    one: u32,
    other: u32,
    /// How often the two had changed when this was written down.
    age: (u32, u32),
}

impl PartialEq for Join {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Join {}
impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.average
            .total_cmp(&other.average)
            .then_with(|| (other.one, other.other).cmp(&(self.one, self.other)))
    }
}

/// What is between two clusters.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    sum: f64,
    links: f64,
    different: bool,
}

struct State<'a> {
    how: &'a Clustering,
    of: Vec<u32>,
    size: Vec<f64>,
    age: Vec<u32>,
    near: Vec<BTreeMap<u32, Between>>,
    lists: Vec<Vec<u32>>,
    /// Who a cluster was identified as.
    who: Vec<Option<u32>>,
    heap: BinaryHeap<Join>,
}

impl State<'_> {
    fn root(&mut self, record: u32) -> u32 {
        let mut at = record;
        while self.of[at as usize] != at {
            let up = self.of[at as usize];
            self.of[at as usize] = self.of[up as usize];
            at = self.of[at as usize];
        }
        at
    }

    fn average(&self, one: u32, other: u32, between: Between) -> f64 {
        let pairs = self.size[one as usize] * self.size[other as usize];
        (between.sum + self.how.unseen * (pairs - between.links)) / pairs
    }

    fn refusal(&self, one: u32, other: u32) -> Option<Refusal> {
        let (a, b) = (&self.lists[one as usize], &self.lists[other as usize]);
        if a.iter().any(|list| b.binary_search(list).is_ok()) {
            return Some(Refusal::TwiceOnAList);
        }
        if let (Some(a), Some(b)) = (self.who[one as usize], self.who[other as usize])
            && a != b
        {
            return Some(Refusal::Identified);
        }
        let between = self.near[one as usize].get(&other);
        between
            .filter(|between| between.different)
            .map(|_| Refusal::Different)
    }

    fn offer(&mut self, one: u32, other: u32) {
        let (one, other) = (one.min(other), one.max(other));
        let between = self.near[one as usize]
            .get(&other)
            .copied()
            .unwrap_or_default();
        let average = self.average(one, other, between);
        if average > self.how.least && self.refusal(one, other).is_none() {
            let age = (self.age[one as usize], self.age[other as usize]);
            self.heap.push(Join {
                average,
                one,
                other,
                age,
            });
        }
    }

    /// Makes one of two; gives the one that stays.
    fn join(&mut self, one: u32, other: u32) -> u32 {
        // Fewer neighbours are moved.
        let (stays, goes) = if self.near[one as usize].len() >= self.near[other as usize].len() {
            (one, other)
        } else {
            (other, one)
        };
        self.of[goes as usize] = stays;
        self.size[stays as usize] += self.size[goes as usize];
        self.age[stays as usize] += 1;
        self.age[goes as usize] += 1;
        self.who[stays as usize] = self.who[stays as usize].or(self.who[goes as usize]);
        let mut lists = std::mem::take(&mut self.lists[goes as usize]);
        self.lists[stays as usize].append(&mut lists);
        self.lists[stays as usize].sort_unstable();
        let moved = std::mem::take(&mut self.near[goes as usize]);
        self.near[stays as usize].remove(&goes);
        for (to, between) in moved {
            if to == stays {
                continue;
            }
            self.near[to as usize].remove(&goes);
            for (from, to) in [(stays, to), (to, stays)] {
                let known = self.near[from as usize].entry(to).or_default();
                known.sum += between.sum;
                known.links += between.links;
                known.different |= between.different;
            }
        }
        stays
    }
}

/// Proposes clusters.
#[must_use]
pub fn clusters(table: &Table, links: &[Link], how: &Clustering) -> Clusters {
    let n = table.len();
    let mut state = State {
        how,
        of: (0..n as u32).collect(),
        size: vec![1.0; n],
        age: vec![0; n],
        near: vec![BTreeMap::new(); n],
        lists: (0..n as u32)
            .map(|record| {
                let list = table.list_of(record);
                if table.lists[list].unique {
                    vec![list as u32]
                } else {
                    Vec::new()
                }
            })
            .collect(),
        who: vec![None; n],
        heap: BinaryHeap::new(),
    };
    let mut of_one: BTreeMap<u32, u32> = BTreeMap::new();
    let mut told: Vec<(u32, u32)> = Vec::new();
    for (record, who) in how.identified.iter().filter(|(r, _)| (*r as usize) < n) {
        state.who[*record as usize] = Some(*who);
        match of_one.get(who) {
            Some(first) => told.push((*first, *record)),
            None => drop(of_one.insert(*who, *record)),
        }
    }
    told.extend(&how.same);
    let inside = |one: u32, other: u32| one != other && (one.max(other) as usize) < n;
    for link in links.iter().filter(|link| inside(link.left, link.right)) {
        for (from, to) in [(link.left, link.right), (link.right, link.left)] {
            let between = state.near[from as usize].entry(to).or_default();
            between.sum += link.weight.clamp(-how.most, how.most);
            between.links += 1.0;
        }
    }
    for (one, other) in how
        .different
        .iter()
        .copied()
        .filter(|(a, b)| inside(*a, *b))
    {
        for (from, to) in [(one, other), (other, one)] {
            state.near[from as usize].entry(to).or_default().different = true;
        }
    }
    let mut contradicted = Vec::new();
    for (one, other) in told.into_iter().filter(|(a, b)| inside(*a, *b)) {
        let (a, b) = (state.root(one), state.root(other));
        if a != b {
            if state.refusal(a, b).is_some() {
                contradicted.push((one, other));
            } else {
                state.join(a, b);
            }
        }
    }
    for one in 0..n as u32 {
        if state.of[one as usize] == one {
            let mut near: Vec<u32> = state.near[one as usize].keys().copied().collect();
            near.retain(|other| *other > one);
            near.sort_unstable();
            for other in near {
                state.offer(one, other);
            }
        }
    }
    while let Some(join) = state.heap.pop() {
        let age = (state.age[join.one as usize], state.age[join.other as usize]);
        let apart =
            state.of[join.one as usize] == join.one && state.of[join.other as usize] == join.other;
        if !apart || age != join.age {
            continue;
        }
        let stays = state.join(join.one, join.other);
        let mut near: Vec<u32> = state.near[stays as usize].keys().copied().collect();
        near.sort_unstable();
        for other in near {
            state.offer(stays, other);
        }
    }
    finished(state, links, contradicted)
}

fn finished(mut state: State<'_>, links: &[Link], contradicted: Vec<(u32, u32)>) -> Clusters {
    let n = state.of.len();
    let roots: Vec<u32> = (0..n as u32).map(|record| state.root(record)).collect();
    let mut refused = Vec::new();
    for (at, link) in links.iter().enumerate() {
        if (link.left.max(link.right) as usize) < n && link.weight > state.how.least {
            let (one, other) = (roots[link.left as usize], roots[link.right as usize]);
            if one != other {
                let why = state.refusal(one, other).unwrap_or(Refusal::Cohesion);
                refused.push((at, why));
            }
        }
    }
    let mut smallest: HashMap<u32, u32> = HashMap::new();
    let of = (0..n as u32)
        .map(|record| *smallest.entry(roots[record as usize]).or_insert(record))
        .collect();
    Clusters {
        of,
        refused,
        contradicted,
    }
}
