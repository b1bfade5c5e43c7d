//! Whether the data can say anything, before a number is given.

use serde::{Deserialize, Serialize};

use crate::{CaptureTable, graphs::GraphsAnswer};

/// What is the matter with a table or an answer. Lists are numbered from 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Finding {
    /// Fewer than three lists: whether they depend on each other cannot be seen.
    TwoLists,
    /// More lists than graphs are averaged over.
    ManyLists {
        /// How many there are.
        lists: usize,
        /// How many can be taken.
        most: usize,
    },
    /// Nobody is on two lists.
    NoOverlap,
    /// A list shares nobody with any other.
    Alone {
        /// The list.
        list: usize,
    },
    /// Everybody of a list is on another: it was perhaps made from it.
    Within {
        /// The smaller.
        list: usize,
        /// The larger.
        of: usize,
    },
    /// Two lists are the same.
    Same {
        /// One.
        one: usize,
        /// The other.
        other: usize,
    },
    /// A list has so few people that it says nearly nothing.
    Few {
        /// The list.
        list: usize,
        /// Its people.
        people: u64,
    },
    /// So few people are on two lists or more that one of them more or less changes the answer.
    LittleOverlap {
        /// Those on two lists or more.
        people: u64,
    },
    /// The model under which the data say nothing about those missing is as probable as all others.
    Saturated {
        /// Its probability.
        probability: f64,
    },
    /// The posterior lies against the largest number missing that was looked at.
    AtTheBound {
        /// That number.
        most: u64,
        /// The probability of the last twentieth of the range.
        probability: f64,
    },
    /// Without one list the interval lies elsewhere altogether: the answer hangs on it.
    HangsOn {
        /// The list.
        list: usize,
    },
}

impl Finding {
    /// Whether no averaged number may be given.
    #[must_use]
    pub fn refuses(&self) -> bool {
        matches!(
            self,
            Self::TwoLists
                | Self::ManyLists { .. }
                | Self::NoOverlap
                | Self::Alone { .. }
                | Self::Same { .. }
        )
    }
}

/// People of a list below which it says nearly nothing.
const FEW: u64 = 10;
/// People on two lists or more below which single ones decide.
const LITTLE: u64 = 20;

/// What the table itself shows.
#[must_use]
pub fn of_table(table: &CaptureTable) -> Vec<Finding> {
    let lists = table.lists();
    let mut found = Vec::new();
    if lists < 3 {
        found.push(Finding::TwoLists);
    }
    let most = crate::graphs::MAX_LISTS_OF_GRAPHS;
    if lists > most {
        found.push(Finding::ManyLists { lists, most });
    }
    let overlap: u64 = table
        .patterns()
        .filter(|(pattern, _)| pattern.count_ones() > 1)
        .map(|(_, n)| n)
        .sum();
    if overlap == 0 {
        found.push(Finding::NoOverlap);
        return found;
    }
    if overlap < LITTLE {
        found.push(Finding::LittleOverlap { people: overlap });
    }
    for list in 0..lists {
        let people = table.on_list(list);
        let shared = |other: usize| table.on_all((1 << list) | (1 << other));
        if (0..lists).all(|other| other == list || shared(other) == 0) {
            found.push(Finding::Alone { list });
            continue;
        }
        if people < FEW {
            found.push(Finding::Few { list, people });
        }
        for other in (0..lists).filter(|other| *other != list) {
            if people > 0 && shared(other) == people {
                if table.on_list(other) > people {
                    found.push(Finding::Within { list, of: other });
                } else if list < other {
                    found.push(Finding::Same { one: list, other });
                }
            }
        }
    }
    found
}

/// What the average over graphs shows, and what it shows when each list is left out in turn.
#[must_use]
pub fn of_answer(
    table: &CaptureTable,
    answer: &GraphsAnswer,
    without: &[Option<GraphsAnswer>],
) -> Vec<Finding> {
    let mut found = Vec::new();
    if answer.saturated >= 0.5 {
        found.push(Finding::Saturated {
            probability: answer.saturated,
        });
    }
    let (least, most) = answer.missing;
    let edge = table.observed() + most - (most - least) / 20;
    let probability = 1.0 - answer.total.probability_up_to(edge);
    if probability > 0.01 {
        found.push(Finding::AtTheBound { most, probability });
    }
    let whole = answer.total.interval(0.95);
    for (list, other) in without.iter().enumerate() {
        if let Some(other) = other {
            let part = other.total.interval(0.95);
            if part.upper < whole.lower || part.lower > whole.upper {
                found.push(Finding::HangsOn { list });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::graphs::{GraphsOptions, average};

    fn table(counts: &[u64]) -> CaptureTable {
        let lists = counts.len().ilog2() as usize;
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        CaptureTable::from_ordered(names[..lists].iter().copied(), counts).unwrap()
    }

    /// Ten invented sets of data that should be refused or warned about, each with what is said.
    #[test]
    fn data_that_cannot_say_are_refused_or_warned_about() {
        let found = |counts: &[u64]| of_table(&table(counts));
        // In the order 000, 001, 010, 011, 100, 101, 110, 111: a is the leftmost digit.
        assert_eq!(found(&[0, 90, 80, 30]), [Finding::TwoLists]);
        assert_eq!(found(&[0, 90, 80, 0, 70, 0, 0, 0]), [Finding::NoOverlap]);
        assert_eq!(
            found(&[0, 90, 80, 30, 70, 0, 0, 0]),
            [Finding::Alone { list: 0 }]
        );
        assert_eq!(
            found(&[0, 90, 80, 30, 0, 0, 40, 20]),
            [Finding::Within { list: 0, of: 1 }]
        );
        assert_eq!(
            found(&[0, 90, 0, 0, 0, 0, 40, 20]),
            [Finding::Same { one: 0, other: 1 }]
        );
        assert_eq!(
            found(&[0, 90, 80, 30, 3, 2, 1, 1]),
            [Finding::Few { list: 0, people: 7 }]
        );
        assert_eq!(
            found(&[0, 90, 80, 5, 70, 4, 3, 1]),
            [Finding::LittleOverlap { people: 13 }]
        );
        let many = vec![1; 256];
        let mut many: Vec<u64> = many;
        many[0] = 0;
        assert!(
            found(&many)
                .iter()
                .any(|f| matches!(f, Finding::ManyLists { lists: 8, .. }))
        );

        let options = |most| GraphsOptions {
            missing: Some((0, most)),
            ..GraphsOptions::default()
        };
        let sparse = table(&[0, 128, 128, 32, 128, 32, 32, 8]);
        let answer = average(&sparse, &options(450)).unwrap();
        assert!(
            of_answer(&sparse, &answer, &[])
                .iter()
                .any(|f| matches!(f, Finding::AtTheBound { most: 450, .. }))
        );
        let tangled = table(&[0, 30, 25, 80, 20, 90, 70, 2]);
        let answer = average(
            &tangled,
            &GraphsOptions {
                delta: Some(1.0),
                ..options(3_000)
            },
        )
        .unwrap();
        let said = of_answer(&tangled, &answer, &[]);
        assert!(
            said.iter().any(|f| matches!(f, Finding::Saturated { .. })),
            "{} {said:?}",
            answer.saturated
        );
        assert!(found(&[0, 60, 49, 14, 47, 12, 22, 12]).is_empty());
        assert!(Finding::NoOverlap.refuses() && !Finding::Few { list: 0, people: 3 }.refuses());
    }
}
