//! Tables of captures under the linkages that the evidence allows.
//!
//! Whether two records are of the same person is known with a probability only, and each answer changes who is on how many
//! lists: a link too many makes the estimate smaller, a link too few larger. So linkages are drawn: in each, a link holds with
//! its probability, the most probable first; records that links join are one person. Each draw gives a table, each table a
//! posterior, and their mixture ([`Posterior::mixture`](crate::Posterior::mixture)) carries both kinds of uncertainty (Tancredi &
//! Liseo 2011; Sadinle 2018 do both in one model). Links are drawn independently of each other, which is not so where one
//! record has several rivals: of two links that exclude each other the more probable is tried first.
//!
//! Sources: Tancredi & Liseo 2011, *A hierarchical Bayesian approach to record linkage and population size problems*, Annals of
//! Applied Statistics 5:1553–1585; Sadinle 2018, *Bayesian propagation of record linkage uncertainty into population size
//! estimation of human rights violations*, Annals of Applied Statistics 12:1013–1038.

use serde::{Deserialize, Serialize};

use crate::{CaptureTable, Error, random};

/// Two records that may be of the same person.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct UncertainLink {
    /// One record, counted from 0.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// The probability that they are of the same person, from 0 to 1.
    pub probability: f64,
}

/// Records of several lists with the links between them.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertainLists {
    /// The names of the lists.
    pub names: Vec<String>,
    /// Whether a list has each person at most once: then no draw joins two of its records.
    pub unique: Vec<bool>,
    /// The list of each record.
    pub list_of: Vec<usize>,
    /// The links.
    pub links: Vec<UncertainLink>,
}

impl UncertainLists {
    /// Draws linkages and gives the table of each. The same seed gives the same tables.
    ///
    /// # Errors
    /// A record or list that does not exist, a probability that is none, as many uniqueness marks as lists wanted, or what
    /// [`CaptureTable::from_patterns`] refuses.
    pub fn draw(&self, draws: usize, seed: u64) -> Result<Vec<CaptureTable>, Error> {
        let (lists, records) = (self.names.len(), self.list_of.len());
        if self.unique.len() != lists {
            return Err(Error::LengthOfRow {
                row: 0,
                found: self.unique.len(),
                lists,
            });
        }
        if let Some(row) = self.list_of.iter().position(|&list| list >= lists) {
            return Err(Error::UnknownList {
                row,
                pattern: 0,
                lists,
            });
        }
        for (position, link) in self.links.iter().enumerate() {
            let known = link.one < records && link.other < records;
            if !known || !(0.0..=1.0).contains(&link.probability) {
                return Err(Error::Distribution { position });
            }
        }
        let mut order: Vec<&UncertainLink> = self.links.iter().collect();
        order.sort_by(|a, b| {
            b.probability
                .total_cmp(&a.probability)
                .then((a.one, a.other).cmp(&(b.one, b.other)))
        });
        // A stream for each draw, so that a draw is the same however many there are.
        let mut rng = random::stream(seed, 0);
        (0..draws)
            .map(|_| {
                let drawn = self.one_draw(&order, &mut rng.clone());
                rng.jump();
                drawn
            })
            .collect()
    }

    fn one_draw(
        &self,
        order: &[&UncertainLink],
        rng: &mut impl rand::Rng,
    ) -> Result<CaptureTable, Error> {
        let mut group: Vec<usize> = (0..self.list_of.len()).collect();
        let mut patterns: Vec<u32> = self.list_of.iter().map(|&list| 1 << list).collect();
        let unique = self
            .unique
            .iter()
            .enumerate()
            .fold(0, |set, (list, &unique)| set | u32::from(unique) << list);
        for link in order {
            // Every link takes its number, so that draws do not depend on what other links did.
            let holds = random::uniform(rng) <= link.probability;
            let (one, other) = (root(&mut group, link.one), root(&mut group, link.other));
            if holds && one != other && patterns[one] & patterns[other] & unique == 0 {
                let (first, second) = (one.min(other), one.max(other));
                group[second] = first;
                patterns[first] |= patterns[second];
            }
        }
        let people = (0..group.len()).filter(|&record| group[record] == record);
        CaptureTable::from_patterns(
            self.names.iter().cloned(),
            people.map(|record| (patterns[record], 1)),
        )
    }
}

fn root(group: &mut [usize], mut record: usize) -> usize {
    while group[record] != record {
        group[record] = group[group[record]];
        record = group[record];
    }
    record
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn two_lists(probability: f64, unique: bool) -> UncertainLists {
        // Ten people on both lists, each with a link; and a second record of the first list that claims the same.
        let links = (0..10)
            .map(|n| UncertainLink {
                one: n,
                other: 10 + n,
                probability,
            })
            .chain([UncertainLink {
                one: 20,
                other: 10,
                probability,
            }])
            .collect();
        UncertainLists {
            names: vec!["A".to_owned(), "B".to_owned()],
            unique: vec![unique; 2],
            list_of: (0..21)
                .map(|n| usize::from((10..20).contains(&n)))
                .collect(),
            links,
        }
    }

    #[test]
    fn certain_links_give_one_table_and_impossible_ones_none_on_two_lists() {
        for table in two_lists(1.0, true).draw(5, 1).unwrap() {
            assert_eq!((table.on_all(0b11), table.observed()), (10, 11));
        }
        for table in two_lists(1.0, false).draw(2, 1).unwrap() {
            assert_eq!((table.on_all(0b11), table.observed()), (10, 10));
        }
        for table in two_lists(0.0, true).draw(5, 1).unwrap() {
            assert_eq!((table.on_all(0b11), table.observed()), (0, 21));
        }
    }

    #[test]
    fn links_hold_as_often_as_their_probability_says() {
        let tables = two_lists(0.3, false).draw(2_000, 7).unwrap();
        let both: u64 = tables.iter().map(|table| table.on_all(0b11)).sum();
        // Nine links of 0.3 each, and one person for whom either of two links is enough.
        let expected = 9.0 * 0.3 + 1.0 - 0.7 * 0.7;
        assert!((both as f64 / 2_000.0 - expected).abs() < 0.1);
        assert_eq!(tables, two_lists(0.3, false).draw(2_000, 7).unwrap());
    }

    #[test]
    fn records_and_probabilities_that_are_none_are_refused() {
        let mut lists = two_lists(0.5, true);
        lists.links[3].probability = 1.5;
        assert_eq!(lists.draw(1, 1), Err(Error::Distribution { position: 3 }));
        lists.links[3] = UncertainLink {
            one: 0,
            other: 99,
            probability: 0.5,
        };
        assert_eq!(lists.draw(1, 1), Err(Error::Distribution { position: 3 }));
    }
}
