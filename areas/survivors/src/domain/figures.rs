//! Published counts, side by side, and whether they add up.

use serde::{Deserialize, Serialize};

/// Counts that one body published together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// How many applied.
    pub applied: i64,
    /// How many were recognised.
    pub recognised: i64,
    /// How many were rejected.
    pub rejected: i64,
    /// How many were waiting for an interview.
    pub interview: i64,
    /// How many had not been processed.
    pub unprocessed: i64,
}

/// Whether the parts of published counts make their total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reckoning {
    /// They do.
    AddsUp,
    /// So many people are in the total and in no part.
    Unaccounted(u64),
    /// The parts are so many more than the total.
    Exceeds(u64),
}

impl Figures {
    /// The parts of the total, with the word for each.
    pub fn parts(&self) -> [(&'static str, i64); 4] {
        [
            ("recognised", self.recognised),
            ("rejected", self.rejected),
            ("interview", self.interview),
            ("unprocessed", self.unprocessed),
        ]
    }

    /// Whether the parts make the total.
    pub fn reckoning(&self) -> Reckoning {
        let parts: i128 = self.parts().iter().map(|(_, n)| i128::from(*n)).sum();
        let missing = i128::from(self.applied) - parts;
        let size = u64::try_from(missing.unsigned_abs()).unwrap_or(u64::MAX);
        match missing {
            0 => Reckoning::AddsUp,
            1.. => Reckoning::Unaccounted(size),
            _ => Reckoning::Exceeds(size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_counts_of_2024_leave_27_unaccounted() {
        let published = Figures {
            applied: 2083,
            recognised: 1650,
            rejected: 316,
            interview: 40,
            unprocessed: 50,
        };
        assert_eq!(published.reckoning(), Reckoning::Unaccounted(27));
        let more = Figures {
            applied: 2054,
            ..published
        };
        assert_eq!(more.reckoning(), Reckoning::Exceeds(2));
        let as_said = Figures {
            applied: 2056,
            ..published
        };
        assert_eq!(as_said.reckoning(), Reckoning::AddsUp);
        let largest = Figures {
            applied: i64::MIN,
            recognised: i64::MAX,
            rejected: i64::MAX,
            interview: i64::MAX,
            unprocessed: i64::MAX,
        };
        assert!(matches!(largest.reckoning(), Reckoning::Exceeds(_)));
    }
}
