//! What was published: cells that are shown or not, tables, releases, and the register of all of them.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Words, Zeros,
    counts::{MOST_CELLS, MOST_PEOPLE},
    dimension::{Dimension, Grid},
};

/// A cell as it is published. A count that is not shown is not in it: there is no way from here to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The count itself.
    Shown(u64),
    /// A small count: fewer than this many people.
    FewerThan(u64),
    /// Not shown, so that it, or another cell, cannot be found out.
    Withheld,
    /// A multiple of the base near the count.
    Rounded(u64),
}

impl Cell {
    /// True of cells whose count is neither shown nor rounded.
    pub fn is_withheld(&self) -> bool {
        matches!(self, Cell::FewerThan(_) | Cell::Withheld)
    }
}

impl fmt::Display for Cell {
    /// For diagnostics; people read the labels of their language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Shown(n) | Cell::Rounded(n) => write!(f, "{n}"),
            Cell::FewerThan(n) => write!(f, "<{n}"),
            Cell::Withheld => f.write_str("withheld"),
        }
    }
}

/// How a population stands to that of the last release about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The same people with the same codes: another table about them.
    Same,
    /// The same people with the same codes, and others besides.
    #[default]
    Grown,
    /// People have come and gone, or have other codes now.
    Revised,
}

/// A table as it is published: every cell of its dimensions, totals among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedTable {
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) cells: Vec<Cell>,
}

impl PublishedTable {
    /// A table as somebody published it, for [`crate::audit`]: its cells in the order of [`PublishedTable::cells`].
    ///
    /// # Errors
    /// [`Error::Codes`] for another number of cells than the dimensions have; [`Error::TooLarge`].
    pub fn new(dimensions: Vec<Dimension>, cells: Vec<Cell>) -> Result<Self, Error> {
        let expected = Grid::of(&dimensions).len();
        if expected > MOST_CELLS {
            return Err(Error::TooLarge {
                cells: expected,
                most: MOST_CELLS,
            });
        }
        if expected != cells.len() {
            return Err(Error::Codes {
                found: cells.len(),
                expected,
            });
        }
        Ok(Self { dimensions, cells })
    }

    /// What it counts by.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// A cell by its codes, one for each dimension; the total by its name or by [`crate::ALL`].
    pub fn cell(&self, codes: &[&str]) -> Option<Cell> {
        if codes.len() != self.dimensions.len() {
            return None;
        }
        let nodes: Option<Vec<usize>> = self
            .dimensions
            .iter()
            .zip(codes)
            .map(|(d, code)| d.node(code))
            .collect();
        self.cells
            .get(Grid::of(&self.dimensions).at(&nodes?))
            .copied()
    }

    /// All cells with their codes: the first dimension slowest, the total before the codes.
    pub fn cells(&self) -> impl Iterator<Item = (Vec<&str>, Cell)> {
        let grid = Grid::of(&self.dimensions);
        self.cells.iter().enumerate().map(move |(at, cell)| {
            let nodes = grid.nodes(at);
            let codes = self
                .dimensions
                .iter()
                .zip(nodes)
                .map(|(d, node)| d.label(node));
            (codes.collect(), *cell)
        })
    }
}

/// The rule under which a release was given out, as far as it tells a reader something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// A count of 1 to this less one is small.
    pub threshold: u64,
    /// Whether zeros are shown: as the rule says, or [`Zeros::Withheld`] where showing them would have told too much.
    pub zeros: Zeros,
    /// What is said of cells that are not shown.
    pub words: Words,
    /// Rounded counts differ from the count by less than this; nothing where nothing is rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded_within: Option<u64>,
}

/// Tables that were published together. It holds what anybody may read, and no count that was withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The name of the release, its own in the register.
    pub name: String,
    /// Of whom.
    pub population: String,
    /// How the population stands to that of the last release about it.
    pub change: Change,
    /// The rule.
    pub terms: Terms,
    /// The tables.
    pub tables: Vec<PublishedTable>,
}

/// All that was published, in its order. Read and written with serde by whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Register {
    /// The releases, the earliest first.
    pub publications: Vec<Publication>,
}

impl Register {
    /// True if a release has this name.
    pub fn has(&self, name: &str) -> bool {
        self.publications.iter().any(|p| p.name == name)
    }

    /// Adds a release.
    ///
    /// # Errors
    /// [`Error::Name`] if there is one of its name.
    pub fn push(&mut self, publication: Publication) -> Result<(), Error> {
        if self.has(&publication.name) {
            return Err(Error::Name(publication.name));
        }
        self.publications.push(publication);
        Ok(())
    }

    /// Looks whether every release is one that can have been given out: a register comes from a file.
    ///
    /// # Errors
    /// [`Error::Register`] with the release and what is wrong.
    pub fn check(&self) -> Result<(), Error> {
        let mut names = BTreeSet::new();
        for publication in &self.publications {
            let wrong = |what: String| Error::Register {
                release: publication.name.clone(),
                what,
            };
            if !names.insert(&publication.name) {
                return Err(Error::Name(publication.name.clone()));
            }
            if !(1..=1_000).contains(&publication.terms.threshold) {
                return Err(wrong(format!(
                    "its threshold is {}",
                    publication.terms.threshold
                )));
            }
            if publication.tables.is_empty() {
                return Err(wrong("it has no table".to_owned()));
            }
            for table in &publication.tables {
                for dimension in &table.dimensions {
                    dimension.check().map_err(|e| wrong(e.to_string()))?;
                }
                let cells = Grid::of(&table.dimensions).len();
                if cells > MOST_CELLS || table.dimensions.is_empty() || cells != table.cells.len() {
                    return Err(wrong(format!(
                        "a table has {} cells where its dimensions ask for {cells}",
                        table.cells.len()
                    )));
                }
                for cell in &table.cells {
                    match cell {
                        Cell::Shown(n) | Cell::Rounded(n) | Cell::FewerThan(n)
                            if *n > MOST_PEOPLE =>
                        {
                            return Err(wrong(format!("a count is {n}")));
                        }
                        Cell::Rounded(_) if publication.terms.rounded_within.is_none() => {
                            return Err(wrong("it is rounded without a word on how".to_owned()));
                        }
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }
}
