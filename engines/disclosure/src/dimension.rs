//! Dimensions: codes, some within others, and the total of all.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Error;

/// A code of a dimension, for instance a municipality within a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The code.
    pub code: String,
    /// The code that it is a part of; nothing if it is a part of the total alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// What people are counted by. A dimension of the same name means the same, with the same codes, in every table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    name: String,
    total: String,
    codes: Vec<Code>,
}

/// What stands for the total where a cell is asked for by its codes, whatever the dimension calls it.
pub const ALL: &str = "";

impl Dimension {
    /// A dimension whose codes are all parts of the total: `Dimension::new("sex", "all", ["women", "men"])`.
    ///
    /// # Errors
    /// [`Error::Dimension`] without a code, for an empty or repeated one, and for one that is called like the total.
    pub fn new<C: Into<String>>(
        name: impl Into<String>,
        total: impl Into<String>,
        codes: impl IntoIterator<Item = C>,
    ) -> Result<Self, Error> {
        let codes = codes.into_iter().map(|code| (code.into(), None));
        Self::nested(name, total, codes)
    }

    /// A dimension some of whose codes are within others: `[("Pejë", Some("west")), ("west", None)]`. The count of a code
    /// that others are within is their sum.
    ///
    /// # Errors
    /// As [`Dimension::new`], and where a code is within one that is not there, or within itself.
    pub fn nested(
        name: impl Into<String>,
        total: impl Into<String>,
        codes: impl IntoIterator<Item = (String, Option<String>)>,
    ) -> Result<Self, Error> {
        let made = Self {
            name: name.into(),
            total: total.into(),
            codes: codes
                .into_iter()
                .map(|(code, within)| Code { code, within })
                .collect(),
        };
        made.check()?;
        Ok(made)
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong = |what: String| {
            Err(Error::Dimension {
                dimension: self.name.clone(),
                what,
            })
        };
        if self.codes.is_empty() {
            return wrong("it has no code".to_owned());
        }
        if self.codes.len() > 10_000 {
            return wrong("it has more than 10,000 codes".to_owned());
        }
        let mut known = BTreeSet::from([self.total.as_str()]);
        for Code { code, .. } in &self.codes {
            if code == ALL || !known.insert(code) {
                return wrong(format!(
                    "the code \"{code}\" is empty, there twice, or that of the total"
                ));
            }
        }
        let within: BTreeMap<&str, &str> = self
            .codes
            .iter()
            .filter_map(|c| Some((c.code.as_str(), c.within.as_deref()?)))
            .collect();
        for (code, first) in &within {
            let (mut at, mut steps) = (*first, 0);
            while let Some(next) = within.get(at) {
                at = next;
                steps += 1;
                if steps > within.len() {
                    return wrong(format!("the code \"{code}\" is within itself"));
                }
            }
            if at == self.total || !known.contains(at) {
                return wrong(format!(
                    "the code \"{code}\" is within \"{at}\", which is no code"
                ));
            }
        }
        Ok(())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its total is called.
    pub fn total(&self) -> &str {
        &self.total
    }

    /// Its codes, in the order in which they were given.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Nodes: the total is 0, the codes follow in their order.
    pub(crate) fn nodes(&self) -> usize {
        self.codes.len() + 1
    }

    /// What a node is called.
    pub fn label(&self, node: usize) -> &str {
        match node.checked_sub(1) {
            None => &self.total,
            Some(at) => self.codes.get(at).map_or("", |c| c.code.as_str()),
        }
    }

    /// The node of a code; of the total by its name or by [`ALL`].
    pub(crate) fn node(&self, code: &str) -> Option<usize> {
        if code == ALL || code == self.total {
            return Some(0);
        }
        self.codes
            .iter()
            .position(|c| c.code == code)
            .map(|at| at + 1)
    }

    /// The parent of each node; that of the total is itself.
    pub(crate) fn parents(&self) -> Vec<usize> {
        let nodes: BTreeMap<&str, usize> = self
            .codes
            .iter()
            .enumerate()
            .map(|(at, c)| (c.code.as_str(), at + 1))
            .collect();
        let parent = |c: &Code| c.within.as_deref().and_then(|w| nodes.get(w)).copied();
        std::iter::once(0)
            .chain(self.codes.iter().map(|c| parent(c).unwrap_or(0)))
            .collect()
    }

    /// The children of each node; none for the finest.
    pub(crate) fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.nodes()];
        for (node, parent) in self.parents().into_iter().enumerate().skip(1) {
            children[parent].push(node);
        }
        children
    }
}

/// Where cells stand: the first dimension slowest, the last fastest.
#[derive(Clone)]
pub(crate) struct Grid {
    sizes: Vec<usize>,
}

impl Grid {
    pub(crate) fn of(dimensions: &[Dimension]) -> Self {
        Self {
            sizes: dimensions.iter().map(Dimension::nodes).collect(),
        }
    }

    /// Cells in all, held at the largest number.
    pub(crate) fn len(&self) -> usize {
        self.sizes.iter().fold(1, |all, n| all.saturating_mul(*n))
    }

    pub(crate) fn at(&self, nodes: &[usize]) -> usize {
        self.sizes
            .iter()
            .zip(nodes)
            .fold(0, |at, (size, node)| at * size + node)
    }

    pub(crate) fn nodes(&self, mut at: usize) -> Vec<usize> {
        let mut nodes = vec![0; self.sizes.len()];
        for (node, size) in nodes.iter_mut().zip(&self.sizes).rev() {
            *node = at % size;
            at /= size;
        }
        nodes
    }
}
