//! Who is on which lists: counts of people by the set of lists that have them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Error;

/// The set of lists that have a person: bit `j` stands for list `j`, the first list is bit 0.
pub type Pattern = u32;

/// The most lists that a table can have.
pub const MAX_LISTS: usize = 16;

/// The most people that a table can count: every count and sum stays exact as `f64`.
pub const MAX_PEOPLE: u64 = 1 << 40;

/// Counts of people by capture pattern. Patterns without people are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct CaptureTable {
    names: Vec<String>,
    counts: BTreeMap<Pattern, u64>,
    observed: u64,
}

impl CaptureTable {
    /// A table from `(pattern, count)` pairs. A pattern that occurs twice is added up; a count of 0 is left out.
    ///
    /// # Errors
    /// The number or names of lists are wrong; a pattern names an unknown list or no list; the total is too large;
    /// nobody is counted.
    pub fn from_patterns<N: Into<String>>(
        names: impl IntoIterator<Item = N>,
        patterns: impl IntoIterator<Item = (Pattern, u64)>,
    ) -> Result<Self, Error> {
        let names = checked_names(names)?;
        let lists = names.len();
        let mut counts = BTreeMap::new();
        let mut observed = 0_u64;
        for (row, (pattern, count)) in patterns.into_iter().enumerate() {
            if pattern >> lists != 0 {
                return Err(Error::UnknownList {
                    row,
                    pattern,
                    lists,
                });
            }
            if count == 0 {
                continue;
            }
            if pattern == 0 {
                return Err(Error::OnNoList { row, count });
            }
            observed = observed
                .checked_add(count)
                .filter(|&total| total <= MAX_PEOPLE)
                .ok_or(Error::TooMany {
                    row,
                    most: MAX_PEOPLE,
                })?;
            *counts.entry(pattern).or_insert(0) += count;
        }
        if observed == 0 {
            return Err(Error::Nobody);
        }
        Ok(Self {
            names,
            counts,
            observed,
        })
    }

    /// A table from rows of marks (one for each list, in the order of the names) with a count.
    ///
    /// # Errors
    /// As [`from_patterns`](Self::from_patterns), and a row whose length is not the number of lists.
    pub fn from_rows<N: Into<String>, M: AsRef<[bool]>>(
        names: impl IntoIterator<Item = N>,
        rows: impl IntoIterator<Item = (M, u64)>,
    ) -> Result<Self, Error> {
        let names = checked_names(names)?;
        let lists = names.len();
        let mut patterns = Vec::new();
        for (row, (marks, count)) in rows.into_iter().enumerate() {
            let marks = marks.as_ref();
            if marks.len() != lists {
                return Err(Error::LengthOfRow {
                    row,
                    found: marks.len(),
                    lists,
                });
            }
            let pattern = marks
                .iter()
                .enumerate()
                .fold(0, |set, (list, &on)| set | (Pattern::from(on) << list));
            patterns.push((pattern, count));
        }
        Self::from_patterns(names, patterns)
    }

    /// A table from one row of marks for each person.
    ///
    /// # Errors
    /// As [`from_rows`](Self::from_rows). A person without any mark is an error with its row.
    pub fn from_people<N: Into<String>, M: AsRef<[bool]>>(
        names: impl IntoIterator<Item = N>,
        people: impl IntoIterator<Item = M>,
    ) -> Result<Self, Error> {
        Self::from_rows(names, people.into_iter().map(|marks| (marks, 1)))
    }

    /// A table from the counts of all patterns in the order 00…0, 00…1, …, 11…1, in which the *first* list is the leftmost
    /// digit, as the literature prints them. The first count, of people on no list, must be 0.
    ///
    /// # Errors
    /// As [`from_patterns`](Self::from_patterns); the number of counts is not two to the power of the number of lists.
    pub fn from_ordered<N: Into<String>>(
        names: impl IntoIterator<Item = N>,
        counts: &[u64],
    ) -> Result<Self, Error> {
        let names = checked_names(names)?;
        let lists = names.len();
        if counts.len() != 1 << lists {
            return Err(Error::LengthOfRow {
                row: 0,
                found: counts.len(),
                lists,
            });
        }
        let turned = |place: usize| {
            (0..lists).fold(0, |set, list| {
                set | (((place >> list) & 1) as Pattern) << (lists - 1 - list)
            })
        };
        Self::from_patterns(
            names,
            counts
                .iter()
                .enumerate()
                .map(|(place, &count)| (turned(place), count)),
        )
    }

    /// The number of lists.
    #[must_use]
    pub fn lists(&self) -> usize {
        self.names.len()
    }

    /// The names of the lists.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many people have exactly this pattern.
    #[must_use]
    pub fn count(&self, pattern: Pattern) -> u64 {
        self.counts.get(&pattern).copied().unwrap_or(0)
    }

    /// The patterns that occur with their counts, by rising pattern.
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = (Pattern, u64)> + '_ {
        self.counts
            .iter()
            .map(|(&pattern, &count)| (pattern, count))
    }

    /// How many people are on at least one list.
    #[must_use]
    pub fn observed(&self) -> u64 {
        self.observed
    }

    /// How many people are on all of these lists, whatever other lists have them. For the empty set, all who were observed.
    #[must_use]
    pub fn on_all(&self, lists: Pattern) -> u64 {
        self.patterns()
            .filter(|(pattern, _)| pattern & lists == lists)
            .map(|(_, count)| count)
            .sum()
    }

    /// How many people a list has; 0 if there is no such list.
    #[must_use]
    pub fn on_list(&self, list: usize) -> u64 {
        if list < self.lists() {
            self.on_all(1 << list)
        } else {
            0
        }
    }

    /// The table of these lists alone, in this order. People on none of them are no longer observed.
    ///
    /// # Errors
    /// A list does not exist or is named twice, fewer than two lists, or nobody is left.
    pub fn of_lists(&self, lists: &[usize]) -> Result<Self, Error> {
        let mut names = Vec::with_capacity(lists.len());
        for &list in lists {
            let name = self.names.get(list).ok_or(Error::UnknownList {
                row: 0,
                pattern: 0,
                lists: self.lists(),
            })?;
            names.push(name.clone());
        }
        let kept = |pattern: Pattern| {
            lists
                .iter()
                .enumerate()
                .fold(0, |set, (new, &old)| set | ((pattern >> old) & 1) << new)
        };
        let patterns = self
            .patterns()
            .map(|(pattern, count)| (kept(pattern), count))
            .filter(|&(pattern, _)| pattern != 0);
        Self::from_patterns(names, patterns)
    }

    /// The table without one list.
    ///
    /// # Errors
    /// As [`of_lists`](Self::of_lists).
    pub fn without(&self, list: usize) -> Result<Self, Error> {
        let others: Vec<usize> = (0..self.lists()).filter(|&other| other != list).collect();
        self.of_lists(&others)
    }
}

/// The names of lists, none empty and none twice.
fn checked_names<N: Into<String>>(
    names: impl IntoIterator<Item = N>,
) -> Result<Vec<String>, Error> {
    let names: Vec<String> = names.into_iter().map(Into::into).collect();
    if !(2..=MAX_LISTS).contains(&names.len()) {
        return Err(Error::NumberOfLists {
            lists: names.len(),
            most: MAX_LISTS,
        });
    }
    let mut seen = BTreeSet::new();
    for (list, name) in names.iter().enumerate() {
        if name.trim().is_empty() || !seen.insert(name.as_str()) {
            return Err(Error::NameOfList {
                list,
                name: name.clone(),
            });
        }
    }
    Ok(names)
}

/// The form in which a table is written down; reading checks it again.
#[derive(Clone, Serialize, Deserialize)]
struct Raw {
    lists: Vec<String>,
    patterns: Vec<(Pattern, u64)>,
}

impl From<CaptureTable> for Raw {
    fn from(table: CaptureTable) -> Self {
        let patterns = table.patterns().collect();
        Self {
            lists: table.names,
            patterns,
        }
    }
}

impl TryFrom<Raw> for CaptureTable {
    type Error = Error;

    fn try_from(raw: Raw) -> Result<Self, Error> {
        Self::from_patterns(raw.lists, raw.patterns)
    }
}
