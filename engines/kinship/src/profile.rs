//! What a laboratory saw.

use std::collections::BTreeMap;

use crate::error::{Result, within};

/// What was seen of one person at one marker. Alleles are named by their labels, such as `"9.3"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Observation {
    /// Two alleles, or the same one twice: the laboratory says that this is the whole genotype as it shows. With drop-out
    /// or a silent allele, `"15/15"` may still come from a person who is 15 and something else. A haploid genotype (X of
    /// a man) is the same one twice, or [`Observation::One`].
    Pair(String, String),
    /// One allele was seen for certain; the laboratory does not say whether there is another (`15/-`).
    One(String),
    /// Not typed, or nothing seen. This says nothing, either way.
    #[default]
    Nothing,
}

impl Observation {
    /// Two alleles by their labels.
    pub fn pair(first: &str, second: &str) -> Self {
        Self::Pair(first.to_owned(), second.to_owned())
    }

    /// The labels that were seen.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Pair(first, second) => (
                Some(first.as_str()),
                Some(second.as_str()).filter(|second| *second != first),
            ),
            Self::One(only) => (Some(only.as_str()), None),
            Self::Nothing => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// How far what was seen can differ from what is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// The probability that one copy of an allele is not seen, from 0 (fresh blood) to below 1 (old bone). Copies drop out
    /// independently, so that a homozygote is not seen with the square of it.
    pub drop_out: f64,
    /// The probability that an allele is seen which is not there. It is drawn by the table's frequencies, at most one per
    /// marker.
    pub drop_in: f64,
    /// The probability that the whole genotype is recorded wrongly: what is recorded then is that of a random person.
    pub typing_error: f64,
}

impl Quality {
    /// Everything that is there is seen, and nothing else.
    pub const PERFECT: Self = Self {
        drop_out: 0.0,
        drop_in: 0.0,
        typing_error: 0.0,
    };

    /// Checks that all are probabilities below 1.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`].
    pub fn check(&self) -> Result<()> {
        const BELOW_ONE: f64 = 0.999_999;
        within("the probability of drop-out", self.drop_out, 0.0, BELOW_ONE)?;
        within("the probability of drop-in", self.drop_in, 0.0, BELOW_ONE)?;
        within(
            "the probability of a typing error",
            self.typing_error,
            0.0,
            BELOW_ONE,
        )
    }
}

impl Default for Quality {
    fn default() -> Self {
        Self::PERFECT
    }
}

/// What was seen of one sample at all its markers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// The sample's or person's name, for messages.
    pub name: String,
    /// How good the sample is, where no marker says otherwise.
    pub quality: Quality,
    /// By the marker's name. A marker that is absent was not typed.
    pub observations: BTreeMap<String, Observation>,
    /// Where a marker is better or worse than the rest, by the marker's name (long fragments drop out first).
    pub quality_at: BTreeMap<String, Quality>,
}

impl Profile {
    /// A sample of perfect quality without observations.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Adds what was seen at a marker.
    #[must_use]
    pub fn with(mut self, marker: &str, observation: Observation) -> Self {
        self.observations.insert(marker.to_owned(), observation);
        self
    }

    /// What was seen at a marker.
    pub fn at(&self, marker: &str) -> &Observation {
        const NOTHING: &Observation = &Observation::Nothing;
        self.observations.get(marker).unwrap_or(NOTHING)
    }

    /// The quality at a marker.
    pub fn quality_of(&self, marker: &str) -> Quality {
        self.quality_at.get(marker).copied().unwrap_or(self.quality)
    }
}
