//! The office's rule: what is small, what is said of it, and what withholding costs.

use serde::{Deserialize, Serialize};

use crate::{Dimension, Error};

/// Whether a zero may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zeros {
    /// Zeros are shown: nobody is in the cell, so nobody of it is given away. Withheld means at least one person.
    #[default]
    Shown,
    /// A zero is protected like a small count, so that nothing says where nobody is.
    Withheld,
    /// A zero is protected where the cell says something of these dimensions. Where all of a group share one outcome, the
    /// zeros of the other outcomes give it away for each of them; named here, "outcome" is never told in that way.
    WithheldAlong(Vec<String>),
}

/// What is said of a cell that is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Words {
    /// "Fewer than 5" of a small count in a finest cell, "withheld" of everything else. Whoever reads it knows then that a
    /// withheld finest cell is not small, and the audit reckons with it. Where a release cannot be protected so, it is
    /// given out with [`Words::Withheld`].
    #[default]
    FewerThan,
    /// "Withheld" of everything: small and other counts cannot be told apart.
    Withheld,
}

/// What withholding a cell that is not itself small costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Costs {
    /// Every cell the same, a total twice as much for each dimension that it sums over. It does not depend on the counts,
    /// so that the choice says as little as it can about them.
    #[default]
    Cells,
    /// Its count: as few people as possible are withheld, which favours withholding small counts.
    Counts,
}

/// What an office holds to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// A count of 1 to this less one is small. People; 2 to 1,000.
    pub threshold: u64,
    /// Whether a zero may be shown.
    pub zeros: Zeros,
    /// What is said of a cell that is not shown.
    pub words: Words,
    /// What withholding costs.
    pub costs: Costs,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            threshold: 5,
            zeros: Zeros::default(),
            words: Words::default(),
            costs: Costs::default(),
        }
    }
}

impl Rule {
    /// The rule with another threshold.
    #[must_use]
    pub fn threshold(mut self, threshold: u64) -> Self {
        self.threshold = threshold;
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if (2..=1_000).contains(&self.threshold) {
            Ok(())
        } else {
            Err(Error::Threshold(self.threshold))
        }
    }
}

impl Zeros {
    /// The smallest count that a withheld cell of these dimensions (those it does not sum over) may have: 0 or 1.
    pub(crate) fn least<'a>(&self, mut told: impl Iterator<Item = &'a Dimension>) -> u64 {
        match self {
            Zeros::Shown => 1,
            Zeros::Withheld => 0,
            Zeros::WithheldAlong(names) => {
                u64::from(!told.any(|d| names.iter().any(|n| n == d.name())))
            }
        }
    }
}
