//! The weights of evidence.

use crate::compare::{Pattern, level};

/// How likely a level of a field is among records of one person (m) and of two (u).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Level {
    /// Among pairs of records of the same person that both have a value.
    pub m: f64,
    /// Among pairs of records of different people that both have a value.
    pub u: f64,
}

impl Level {
    /// Evidence for one person, in bits.
    #[must_use]
    pub fn weight(self) -> f64 {
        (self.m / self.u).log2()
    }
}

/// What is known of how records of one person and of two agree (Fellegi and Sunter 1969).
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Model {
    /// For each field its levels, the lowest first, without "missing".
    pub fields: Vec<Vec<Level>>,
    /// The share of all pairs that are of one person.
    pub prior: f64,
    /// What is known of relatives, where they stood out under some rule.
    #[serde(default)]
    pub relatives: Option<Relatives>,
}

/// How records of relatives agree: of brothers, of people of one household. They share names and a place without being one
/// person; without a class of their own they would be taken for one (three classes as in Larsen and Rubin 2001).
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Relatives {
    /// For each field the probability of each level, the lowest first.
    pub fields: Vec<Vec<f64>>,
    /// The share of all pairs.
    pub prior: f64,
}

impl Relatives {
    /// Evidence for relatives against strangers, in bits, without the prior.
    pub(crate) fn weight(&self, pattern: Pattern, u: &[Vec<Level>]) -> f64 {
        sum(&self.weights(u), pattern)
    }

    /// The same for each level of each field.
    fn weights(&self, u: &[Vec<Level>]) -> Vec<Vec<f64>> {
        let of = |(r, u): (&Vec<f64>, &Vec<Level>)| {
            r.iter().zip(u).map(|(r, u)| (r / u.u).log2()).collect()
        };
        self.fields.iter().zip(u).map(of).collect()
    }
}

/// The weights of the levels of a pattern together.
fn sum(weights: &[Vec<f64>], pattern: Pattern) -> f64 {
    let of = |(n, weights): (usize, &Vec<f64>)| match level(pattern, n) {
        0 => 0.0,
        at => weights[at - 1],
    };
    weights.iter().enumerate().map(of).sum()
}

/// What relatives take from the evidence for one person: the weights of their levels and their prior, in bits.
pub(crate) struct Against(Option<(Vec<Vec<f64>>, f64)>);

impl Against {
    /// See [`Model::penalty`].
    pub(crate) fn penalty(&self, pattern: Pattern, rarity: f64) -> f64 {
        let Some((weights, prior)) = &self.0 else {
            return 0.0;
        };
        let odds = sum(weights, pattern) + prior + rarity;
        -(1.0 + odds.min(1000.0).exp2()).log2()
    }
}

impl Model {
    /// The evidence of a pattern without the prior and without frequencies, in bits.
    #[must_use]
    pub fn weight(&self, pattern: Pattern) -> f64 {
        self.fields
            .iter()
            .enumerate()
            .map(|(n, levels)| match level(pattern, n) {
                0 => 0.0,
                at => levels[at - 1].weight(),
            })
            .sum()
    }

    /// What the chance that two records are of relatives takes from the evidence for one person, in bits; at most 0.
    /// `rarity` is what rare values add: relatives share them as one person does.
    #[must_use]
    pub fn penalty(&self, pattern: Pattern, rarity: f64) -> f64 {
        self.against().penalty(pattern, rarity)
    }

    /// The same for many pairs.
    pub(crate) fn against(&self) -> Against {
        Against(self.relatives.as_ref().map(|relatives| {
            let strangers = (1.0 - self.prior - relatives.prior).max(1e-9);
            let weights = relatives.weights(&self.fields);
            (weights, (relatives.prior / strangers).log2())
        }))
    }

    /// The prior in bits.
    #[must_use]
    pub fn prior_weight(&self) -> f64 {
        (self.prior / (1.0 - self.prior)).log2()
    }
}

/// Two fields that do not speak for themselves.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Together {
    /// A field.
    pub one: usize,
    /// Another.
    pub other: usize,
    /// How many times as often as by chance two people have the same value in both. The evidence of a pair that does is too
    /// high by up to the binary logarithm of it, in bits.
    pub times: f64,
}

/// How the parameters came about.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Learning {
    /// For each rule the rounds until nothing changed, and whether that was reached.
    pub rounds: Vec<(usize, bool)>,
    /// Fields whose m could not be learned, because every rule asks for them.
    pub not_learned: Vec<usize>,
    /// Rules from which nothing was learned: what stood out among their pairs differs in a name or a date more often than
    /// not. Those are relatives, or people of one household, not one person.
    pub of_relatives: Vec<usize>,
    /// Levels, as field and level, that pairs reach but hardly any of one person: nothing is learned of them, and their weight
    /// is bounded by their place among the levels.
    pub thin: Vec<(usize, usize)>,
    /// Fields whose m was counted from known pairs, with how many had a value in both.
    pub known: Vec<(usize, usize)>,
    /// Fields of which m or u was given.
    pub given: Vec<usize>,
    /// Fields that go together among different people, so that the weights count twice what they say.
    pub together: Vec<Together>,
    /// Pairs that were compared to learn.
    pub pairs: u64,
}

/// What is given of a field, and is not learned.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Given {
    /// The field.
    pub field: usize,
    /// The share of each level among pairs of one person, the lowest first; only their proportions count.
    #[serde(default)]
    pub m: Option<Vec<f64>>,
    /// The same among pairs of two people.
    #[serde(default)]
    pub u: Option<Vec<f64>>,
}

/// The probability of a weight in bits.
#[must_use]
pub fn likely(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}
