//! Whether the data can say anything, before a number is given.

use serde::{Deserialize, Serialize};

use crate::graphs::{GraphsAnswer, GraphsOptions, average};
use crate::latent::{self, Warning};
use crate::{CaptureTable, Error, Pattern, Posterior};

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
    /// A list has nobody.
    Empty {
        /// The list.
        list: usize,
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
    /// One person more or fewer with this pattern moves the number missing by more than a tenth.
    HangsOnCell {
        /// The pattern.
        pattern: Pattern,
        /// How many people have it.
        people: u64,
        /// By what share the middle of the number missing moves.
        change: f64,
    },
    /// Other prior counts that are as usual give another number missing, by a third or more: the data leave it open
    /// (Binette & Steorts 2022 show how far models that fit the same data can lie apart).
    PriorDecides {
        /// The smallest middle of the total among them.
        low: u64,
        /// The largest.
        high: u64,
    },
    /// The middle of one method lies outside of the other's interval: they suppose different things, and the data fit both.
    MethodsDisagree {
        /// The middle by graphs.
        graphs: u64,
        /// The middle by latent classes.
        classes: u64,
    },
    /// The chains of the latent classes did not come together.
    NotConverged {
        /// R̂.
        r_hat: f64,
    },
    /// All latent classes have members most of the time.
    ClassesExhausted {
        /// How many there are.
        classes: usize,
    },
}

impl Finding {
    /// Whether no averaged number may be given. With too many lists for graphs, latent classes still may.
    #[must_use]
    pub fn refuses(&self) -> bool {
        matches!(
            self,
            Self::TwoLists
                | Self::Empty { .. }
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
        if people == 0 {
            found.push(Finding::Empty { list });
            continue;
        }
        let shared = |other: usize| table.on_all((1 << list) | (1 << other));
        if (0..lists).all(|other| other == list || shared(other) == 0) {
            found.push(Finding::Alone { list });
            continue;
        }
        if people < FEW {
            found.push(Finding::Few { list, people });
        }
        for other in (0..lists).filter(|other| *other != list) {
            if shared(other) == people {
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

/// Answers that are looked at together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen<'a> {
    /// The average over graphs.
    pub graphs: Option<&'a GraphsAnswer>,
    /// The same with other prior counts.
    pub other_priors: &'a [GraphsAnswer],
    /// The same without each list in turn, in the lists' order; nothing where too few are left.
    pub without: &'a [Option<GraphsAnswer>],
    /// The answer by latent classes.
    pub classes: Option<&'a latent::Answer>,
}

/// The share of the number missing by which one person may move it.
const MOVED_BY_ONE: f64 = 0.1;
/// The share of the number missing by which a prior may move it.
const MOVED_BY_PRIOR: f64 = 1.0 / 3.0;
/// A change of the total below this share of those observed is no matter, however few are missing.
const MATTERS: f64 = 0.05;
/// Patterns with more people than this are not moved: one of them is little.
const MOVED_AT_MOST: u64 = 20;
/// More lists than this have too many patterns to move each.
const MOVED_LISTS: usize = 5;

/// What the answers show, beside each other and when something is left out or supposed otherwise.
#[must_use]
pub fn of_answer(table: &CaptureTable, seen: &Seen<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let missing = |total: u64| total.saturating_sub(table.observed()).max(1) as f64;
    if let Some(answer) = seen.graphs {
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
        for (list, other) in seen.without.iter().enumerate() {
            if let Some(other) = other {
                let part = other.total.interval(0.95);
                if part.upper < whole.lower || part.lower > whole.upper {
                    found.push(Finding::HangsOn { list });
                }
            }
        }
        let medians = seen.other_priors.iter().chain([answer]);
        let (low, high) = medians
            .map(|answer| answer.total.median())
            .fold((u64::MAX, 0), |(low, high), m| (low.min(m), high.max(m)));
        let matters = (high - low) as f64 > MATTERS * table.observed() as f64;
        if matters && missing(low) < (1.0 - MOVED_BY_PRIOR) * missing(high) {
            found.push(Finding::PriorDecides { low, high });
        }
    }
    let outside = |of: &Posterior, total: u64| {
        let interval = of.interval(0.95);
        !(interval.lower..=interval.upper).contains(&total)
    };
    if let (Some(graphs), Some(classes)) = (seen.graphs, seen.classes) {
        let (one, other) = (graphs.total.median(), classes.total.median());
        if outside(&graphs.total, other) || outside(&classes.total, one) {
            found.push(Finding::MethodsDisagree {
                graphs: one,
                classes: other,
            });
        }
    }
    for warning in seen.classes.iter().flat_map(|answer| &answer.warnings) {
        found.push(match *warning {
            Warning::NotConverged { r_hat, .. } => Finding::NotConverged { r_hat },
            Warning::ClassesExhausted { classes, .. } => Finding::ClassesExhausted { classes },
        });
    }
    found
}

/// The pattern of two lists or more on which the average over graphs hangs the most, if one person more or fewer there moves
/// the number missing by more than a tenth. Only for up to five lists.
///
/// # Errors
/// As [`average`].
pub fn of_cells(
    table: &CaptureTable,
    options: &GraphsOptions,
    answer: &GraphsAnswer,
) -> Result<Option<Finding>, Error> {
    if table.lists() > MOVED_LISTS {
        return Ok(None);
    }
    let observed = table.observed();
    let missing = |total: u64, observed: u64| total.saturating_sub(observed) as f64;
    let now = missing(answer.total.median(), observed).max(1.0);
    let options = GraphsOptions {
        keep: 0,
        missing: Some(answer.missing),
        ..options.clone()
    };
    let mut worst: Option<(f64, Pattern, u64)> = None;
    for pattern in (1..1 << table.lists()).filter(|pattern: &Pattern| pattern.count_ones() > 1) {
        let people = table.count(pattern);
        if people > MOVED_AT_MOST {
            continue;
        }
        for other in [Some(people + 1), people.checked_sub(1)]
            .into_iter()
            .flatten()
        {
            let others = table.patterns().filter(|(at, _)| *at != pattern);
            let moved = CaptureTable::from_patterns(
                table.names().iter().cloned(),
                others.chain([(pattern, other)]),
            )?;
            let total = average(&moved, &options)?.total.median();
            let difference = (missing(total, moved.observed()) - now).abs();
            let change = difference / now;
            if difference <= MATTERS * observed as f64 {
                continue;
            }
            if change > worst.map_or(MOVED_BY_ONE, |(most, ..)| most) {
                worst = Some((change, pattern, people));
            }
        }
    }
    Ok(worst.map(|(change, pattern, people)| Finding::HangsOnCell {
        pattern,
        people,
        change,
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn table(counts: &[u64]) -> CaptureTable {
        let lists = counts.len().ilog2() as usize;
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        CaptureTable::from_ordered(names[..lists].iter().copied(), counts).unwrap()
    }

    fn graphs(answer: &GraphsAnswer) -> Seen<'_> {
        Seen {
            graphs: Some(answer),
            ..Seen::default()
        }
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
            of_answer(&sparse, &graphs(&answer))
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
        let said = of_answer(&tangled, &graphs(&answer));
        assert!(
            said.iter().any(|f| matches!(f, Finding::Saturated { .. })),
            "{} {said:?}",
            answer.saturated
        );
        assert_eq!(
            found(&[0, 90, 80, 30, 0, 0, 0, 0]),
            [Finding::Empty { list: 0 }]
        );
        assert!(found(&[0, 60, 49, 14, 47, 12, 22, 12]).is_empty());
        assert!(Finding::NoOverlap.refuses() && !Finding::Few { list: 0, people: 3 }.refuses());
    }

    #[test]
    fn an_answer_that_hangs_on_one_person_or_on_the_prior_says_so() {
        let thin = table(&[0, 90, 80, 3, 70, 4, 5, 1]);
        let options = GraphsOptions::default();
        let answer = average(&thin, &options).unwrap();
        let cell = of_cells(&thin, &options, &answer).unwrap().unwrap();
        assert!(
            matches!(cell, Finding::HangsOnCell { pattern, change, .. } if pattern.count_ones() > 1 && change > 0.1),
            "{cell:?}"
        );
        let other_priors: Vec<GraphsAnswer> = [0.5, 1.0]
            .map(|delta| {
                let options = GraphsOptions {
                    delta: Some(delta),
                    ..GraphsOptions::default()
                };
                average(&thin, &options).unwrap()
            })
            .to_vec();
        let said = of_answer(
            &thin,
            &Seen {
                other_priors: &other_priors,
                ..graphs(&answer)
            },
        );
        assert!(
            said.iter()
                .any(|f| matches!(f, Finding::PriorDecides { .. })),
            "{said:?}"
        );
        // Nearly all are listed: a few missing more or fewer are no matter.
        let full = table(&[0, 2, 3, 60, 4, 80, 70, 900]);
        let nearly = average(&full, &options).unwrap();
        assert_eq!(of_cells(&full, &options, &nearly).unwrap(), None);
        // Many people on several lists, and the same answer whatever is supposed.
        let firm = table(&[0, 1200, 1000, 500, 900, 450, 400, 200]);
        let answer = average(&firm, &options).unwrap();
        assert_eq!(of_cells(&firm, &options, &answer).unwrap(), None);
    }
}
