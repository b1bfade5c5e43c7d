//! Counts before protection. Nothing here can be printed or written: there is neither `Debug` with a count in it, nor
//! `Display`, nor `Serialize`.

use std::{collections::BTreeMap, fmt};

use crate::{
    Change, Error,
    dimension::{Dimension, Grid},
};

/// Cells of one table, and of all that is looked at together, that are handled.
pub(crate) const MOST_CELLS: usize = 50_000;
/// The largest count: what linear programming in floating point is trusted with.
pub(crate) const MOST_PEOPLE: u64 = 100_000_000;

/// How many people there are, by the finest codes of some dimensions.
///
/// It cannot be shown:
/// ```compile_fail
/// # use mandate_disclosure::{Counts, Dimension};
/// # let counts = Counts::new(vec![Dimension::new("sex", "all", ["women", "men"]).unwrap()]).unwrap();
/// let text = format!("{counts}");
/// ```
/// nor written:
/// ```compile_fail
/// # use mandate_disclosure::{Counts, Dimension};
/// # let counts = Counts::new(vec![Dimension::new("sex", "all", ["women", "men"]).unwrap()]).unwrap();
/// let text = serde_json::to_string(&counts);
/// ```
#[derive(Clone)]
pub struct Counts {
    dimensions: Vec<Dimension>,
    finest: Vec<Vec<bool>>,
    cells: BTreeMap<Vec<usize>, u64>,
}

impl fmt::Debug for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.dimensions.iter().map(Dimension::name).collect();
        write!(f, "Counts by {names:?}, not shown")
    }
}

impl Counts {
    /// Nobody yet.
    ///
    /// # Errors
    /// [`Error::Unknown`] where two dimensions have one name, [`Error::Empty`] without one.
    pub fn new(dimensions: Vec<Dimension>) -> Result<Self, Error> {
        if dimensions.is_empty() {
            return Err(Error::Empty);
        }
        for (at, dimension) in dimensions.iter().enumerate() {
            dimension.check()?;
            if dimensions[..at]
                .iter()
                .any(|d| d.name() == dimension.name())
            {
                return Err(Error::Unknown(dimension.name().to_owned()));
            }
        }
        let finest = dimensions
            .iter()
            .map(|d| d.children().iter().map(Vec::is_empty).collect())
            .collect();
        Ok(Self {
            dimensions,
            finest,
            cells: BTreeMap::new(),
        })
    }

    /// Its dimensions.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// Adds people with these codes, one for each dimension in its order.
    ///
    /// # Errors
    /// [`Error::Codes`] for another number of codes, [`Error::Code`] for one that is not a finest code of its dimension,
    /// [`Error::Count`] beyond 100,000,000 people.
    pub fn add(&mut self, codes: &[&str], people: u64) -> Result<(), Error> {
        if codes.len() != self.dimensions.len() {
            return Err(Error::Codes {
                found: codes.len(),
                expected: self.dimensions.len(),
            });
        }
        let mut nodes = Vec::with_capacity(codes.len());
        for ((dimension, finest), code) in self.dimensions.iter().zip(&self.finest).zip(codes) {
            let node = dimension
                .node(code)
                .filter(|node| *node > 0 && finest[*node]);
            nodes.push(node.ok_or_else(|| Error::Code {
                dimension: dimension.name().to_owned(),
                code: (*code).to_owned(),
            })?);
        }
        let all = self
            .cells
            .values()
            .fold(people, |all, n| all.saturating_add(*n));
        if all > MOST_PEOPLE {
            return Err(Error::Count(MOST_PEOPLE));
        }
        *self.cells.entry(nodes).or_insert(0) += people;
        Ok(())
    }

    /// The table by some of the dimensions, with all totals.
    pub(crate) fn by(&self, names: &[&str]) -> Result<Raw, Error> {
        let mut picked = Vec::new();
        for name in names {
            let at = self.dimensions.iter().position(|d| d.name() == *name);
            let at = at.filter(|at| !picked.contains(at));
            picked.push(at.ok_or_else(|| Error::Unknown((*name).to_owned()))?);
        }
        if picked.is_empty() {
            return Err(Error::Empty);
        }
        let dimensions: Vec<Dimension> = picked
            .iter()
            .map(|at| self.dimensions[*at].clone())
            .collect();
        let grid = Grid::of(&dimensions);
        if grid.len() > MOST_CELLS {
            return Err(Error::TooLarge {
                cells: grid.len(),
                most: MOST_CELLS,
            });
        }
        let parents: Vec<Vec<usize>> = dimensions.iter().map(Dimension::parents).collect();
        let mut cells = vec![0; grid.len()];
        for (nodes, people) in &self.cells {
            // Every cell above: for each dimension the code, what it is within, … the total.
            let mut above: Vec<Vec<usize>> = vec![Vec::new()];
            for (at, parents) in picked.iter().zip(&parents) {
                let mut chain = vec![nodes[*at]];
                while let Some(last) = chain.last().filter(|last| **last > 0) {
                    chain.push(parents[*last]);
                }
                above = above
                    .iter()
                    .flat_map(|begun| {
                        chain.iter().map(|node| {
                            let mut next = begun.clone();
                            next.push(*node);
                            next
                        })
                    })
                    .collect();
            }
            for nodes in above {
                cells[grid.at(&nodes)] += people;
            }
        }
        Ok(Raw { dimensions, cells })
    }
}

/// A table with its totals before protection.
#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) cells: Vec<u64>,
}

/// Tables that are to be published together, before protection.
#[derive(Clone)]
pub struct Release {
    pub(crate) name: String,
    pub(crate) population: String,
    pub(crate) change: Change,
    pub(crate) tables: Vec<Raw>,
}

impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Release {:?} of {} tables, not shown",
            self.name,
            self.tables.len()
        )
    }
}

impl Release {
    /// A release without a table yet. `name` is its own in the register; `population` says of whom, with the same words in
    /// every release about the same people. It is taken to have grown since the last one ([`Change::Grown`]).
    pub fn new(name: impl Into<String>, population: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            population: population.into(),
            change: Change::default(),
            tables: Vec::new(),
        }
    }

    /// Says how the population has changed since the last release of it.
    #[must_use]
    pub fn since_the_last(mut self, change: Change) -> Self {
        self.change = change;
        self
    }

    /// Adds a table by some dimensions of the counts, with totals.
    ///
    /// # Errors
    /// [`Error::Unknown`] for a dimension that is not there or named twice; [`Error::TooLarge`].
    pub fn table(mut self, counts: &Counts, by: &[&str]) -> Result<Self, Error> {
        self.tables.push(counts.by(by)?);
        Ok(self)
    }
}
