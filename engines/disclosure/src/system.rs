//! The cells of all releases of one population, and what holds between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Change, Error,
    counts::MOST_CELLS,
    dimension::{Dimension, Grid},
    ring::ring,
};

/// A cell by what it does not sum over: dimension and code, in the order of dimensions.
pub(crate) type Key = Vec<(u32, u32)>;

/// A sum of variables that is nothing.
pub(crate) type Equation = Vec<(usize, f64)>;

/// The dimensions of the tables of one release, and how its population stands to the release before.
pub(crate) struct Shape<'a> {
    pub(crate) change: Change,
    pub(crate) tables: Vec<&'a [Dimension]>,
}

/// Variables and equations.
pub(crate) struct System {
    /// Which population each release is of: releases of the same people share a number.
    pub(crate) stages: Vec<usize>,
    /// How each stage stands to the one before; that of the first says nothing.
    pub(crate) links: Vec<Change>,
    /// The variable of each cell of each table of each release.
    pub(crate) places: Vec<Vec<Vec<usize>>>,
    /// The least that each variable may be, whatever is published: 0, or nothing for a difference in a revised population.
    pub(crate) least: Vec<f64>,
    pub(crate) equations: Vec<Equation>,
    /// Variables of cells by stage and key.
    pub(crate) keys: BTreeMap<(usize, Key), usize>,
    differences: BTreeMap<(usize, usize), usize>,
}

#[derive(Default)]
struct Names(BTreeMap<String, u32>);

impl Names {
    fn of(&mut self, name: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name.to_owned()).or_insert(next)
    }
}

impl System {
    pub(crate) fn new(shapes: &[Shape<'_>]) -> Result<Self, Error> {
        let mut made = Self {
            stages: Vec::new(),
            links: Vec::new(),
            places: Vec::new(),
            least: Vec::new(),
            equations: Vec::new(),
            keys: BTreeMap::new(),
            differences: BTreeMap::new(),
        };
        let (mut dimensions, mut codes) = (Names::default(), Names::default());
        let mut equations = BTreeSet::new();
        for (at, shape) in shapes.iter().enumerate() {
            if at == 0 || shape.change != Change::Same {
                made.links.push(shape.change);
            }
            let stage = made.links.len() - 1;
            made.stages.push(stage);
            let mut places = Vec::new();
            for table in &shape.tables {
                places.push(made.table(
                    stage,
                    table,
                    &mut dimensions,
                    &mut codes,
                    &mut equations,
                )?);
            }
            made.places.push(places);
        }
        let mut first = 0;
        for stage in 1..=made.links.len() {
            if stage < made.links.len() && made.links[stage] == Change::Grown {
                continue;
            }
            let run: Vec<Vec<&[Dimension]>> = (first..stage)
                .map(|s| {
                    let of = shapes.iter().zip(&made.stages).filter(|(_, at)| **at == s);
                    of.flat_map(|(shape, _)| shape.tables.iter().copied())
                        .collect()
                })
                .collect();
            made.joint(first, &run, &mut dimensions, &mut codes)?;
            first = stage;
        }
        made.grow();
        Ok(made)
    }

    fn variable(&mut self, stage: usize, key: Key) -> Result<usize, Error> {
        let next = self.least.len();
        if next >= MOST_CELLS {
            return Err(Error::TooLarge {
                cells: next + 1,
                most: MOST_CELLS,
            });
        }
        let at = *self.keys.entry((stage, key)).or_insert(next);
        if at == next {
            self.least.push(0.0);
        }
        Ok(at)
    }

    fn table(
        &mut self,
        stage: usize,
        table: &[Dimension],
        dimensions: &mut Names,
        codes: &mut Names,
        known: &mut BTreeSet<Vec<usize>>,
    ) -> Result<Vec<usize>, Error> {
        let grid = Grid::of(table);
        let mut place = Vec::with_capacity(grid.len());
        for at in 0..grid.len() {
            let nodes = grid.nodes(at);
            let mut key: Key = table
                .iter()
                .zip(&nodes)
                .filter(|(_, node)| **node > 0)
                .map(|(d, node)| (dimensions.of(d.name()), codes.of(d.label(*node))))
                .collect();
            key.sort_unstable();
            place.push(self.variable(stage, key)?);
        }
        for (along, dimension) in table.iter().enumerate() {
            let children = dimension.children();
            for (at, sum) in place.iter().enumerate() {
                let mut nodes = grid.nodes(at);
                let parts = &children[nodes[along]];
                if parts.is_empty() {
                    continue;
                }
                let mut equation: Equation = vec![(*sum, 1.0)];
                for part in parts {
                    nodes[along] = *part;
                    equation.push((place[grid.at(&nodes)], -1.0));
                }
                // Linked tables say the same of the cells that they share.
                let mut same: Vec<usize> = equation.iter().map(|(v, _)| *v).collect();
                same[1..].sort_unstable();
                if known.insert(same) {
                    self.equations.push(equation);
                }
            }
        }
        Ok(place)
    }

    /// Adds the tables of which nothing is published but that say more than shared cells do: those by all dimensions of a
    /// ring, and those that are published at another stage of a population that only grows, where several of their sums are
    /// published at this one. `run` are the tables of such stages, from `first` on.
    fn joint(
        &mut self,
        first: usize,
        run: &[Vec<&[Dimension]>],
        dimensions: &mut Names,
        codes: &mut Names,
    ) -> Result<(), Error> {
        let mut sets = |tables: &[&[Dimension]]| -> Vec<BTreeSet<u32>> {
            let ids = |t: &&[Dimension]| t.iter().map(|d| dimensions.of(d.name())).collect();
            tables.iter().map(ids).collect()
        };
        let of_stage: Vec<Vec<BTreeSet<u32>>> = run.iter().map(|tables| sets(tables)).collect();
        let mut whole: Vec<BTreeSet<u32>> = of_stage.iter().flatten().cloned().collect();
        let core: BTreeSet<u32> = ring(&whole).into_iter().flatten().collect();
        if !core.is_empty() {
            whole.push(core);
        }
        for set in greatest(&whole) {
            let lacking: Vec<usize> = (0..run.len())
                .filter(|s| !of_stage[*s].iter().any(|t| set.is_subset(t)))
                .collect();
            let within = |s: &usize| -> Vec<BTreeSet<u32>> {
                of_stage[*s]
                    .iter()
                    .map(|t| t.intersection(&set).copied().collect())
                    .collect()
            };
            let sums: Vec<BTreeSet<u32>> = lacking.iter().flat_map(within).collect();
            if greatest(&sums).len() < 2 {
                continue;
            }
            for stage in lacking {
                let sums = greatest(&within(&stage));
                self.hidden(first + stage, &set, &sums, stage, run, dimensions, codes)?;
            }
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn hidden(
        &mut self,
        stage: usize,
        set: &BTreeSet<u32>,
        sums: &[BTreeSet<u32>],
        here: usize,
        run: &[Vec<&[Dimension]>],
        dimensions: &mut Names,
        codes: &mut Names,
    ) -> Result<(), Error> {
        // The codes of this stage; where it does not have the dimension, those of the nearest later one that has.
        let order = (here..run.len()).chain((0..here).rev());
        let mut by_name: BTreeMap<u32, &Dimension> = BTreeMap::new();
        for other in order {
            for dimension in run[other].iter().copied().flatten() {
                let id = dimensions.of(dimension.name());
                let known = *by_name.entry(id).or_insert(dimension);
                if other == here && set.contains(&id) && known.codes() != dimension.codes() {
                    return Err(Error::Coding(dimension.name().to_owned()));
                }
            }
        }
        let finest: Vec<(u32, Vec<u32>)> = set
            .iter()
            .filter_map(|id| by_name.get(id).map(|d| (*id, d)))
            .map(|(id, d)| {
                let children = d.children();
                let nodes = (1..d.nodes()).filter(|node| children[*node].is_empty());
                (id, nodes.map(|node| codes.of(d.label(node))).collect())
            })
            .collect();
        let cells = finest
            .iter()
            .fold(1usize, |n, (_, codes)| n.saturating_mul(codes.len()));
        if cells.saturating_add(self.least.len()) > MOST_CELLS {
            return Err(Error::TooLarge {
                cells: cells.saturating_add(self.least.len()),
                most: MOST_CELLS,
            });
        }
        let mut parts: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for at in 0..cells {
            let (mut rest, mut key) = (at, Key::new());
            for (id, codes) in &finest {
                key.push((*id, codes[rest % codes.len()]));
                rest /= codes.len();
            }
            let variable = self.variable(stage, key.clone())?;
            for sum in sums {
                let of: Key = key
                    .iter()
                    .filter(|(id, _)| sum.contains(id))
                    .copied()
                    .collect();
                parts.entry(of).or_default().push(variable);
            }
        }
        for (key, parts) in parts {
            if let Some(sum) = self.keys.get(&(stage, key)) {
                let mut equation: Equation = vec![(*sum, 1.0)];
                equation.extend(parts.into_iter().map(|part| (part, -1.0)));
                self.equations.push(equation);
            }
        }
        Ok(())
    }

    /// A population that has grown has in no cell fewer people than before.
    fn grow(&mut self) {
        let mut last: BTreeMap<Key, (usize, usize)> = BTreeMap::new();
        let all: Vec<((usize, Key), usize)> =
            self.keys.iter().map(|(k, v)| (k.clone(), *v)).collect();
        for ((stage, key), later) in all {
            if let Some((before, earlier)) = last.insert(key, (stage, later))
                && self.only_grown(before, stage)
            {
                self.difference(later, earlier, before, stage);
            }
        }
    }

    fn only_grown(&self, before: usize, stage: usize) -> bool {
        self.links[before + 1..=stage]
            .iter()
            .all(|c| *c == Change::Grown)
    }

    /// The variable of how many more people a cell has in a later stage.
    pub(crate) fn difference(
        &mut self,
        later: usize,
        earlier: usize,
        before: usize,
        stage: usize,
    ) -> usize {
        if let Some(known) = self.differences.get(&(later, earlier)) {
            return *known;
        }
        let at = self.least.len();
        self.least.push(if self.only_grown(before, stage) {
            0.0
        } else {
            f64::NEG_INFINITY
        });
        self.equations
            .push(vec![(later, 1.0), (earlier, -1.0), (at, -1.0)]);
        self.differences.insert((later, earlier), at);
        at
    }
}

/// The sets that are in no other.
fn greatest(sets: &[BTreeSet<u32>]) -> Vec<BTreeSet<u32>> {
    let mut all: Vec<BTreeSet<u32>> = Vec::new();
    for set in sets {
        if !all.iter().any(|other| set.is_subset(other)) {
            all.retain(|other| !other.is_subset(set));
            all.push(set.clone());
        }
    }
    all
}
