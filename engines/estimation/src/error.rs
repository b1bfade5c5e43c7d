//! What can be wrong with a table or a question, with the place where it is wrong.

use thiserror::Error as ThisError;

use crate::loglinear::Flaw;

/// Why no table could be made or no question answered.
///
/// Rows and lists are counted from 0; a message shows them counted from 1, as a person counts.
#[derive(Debug, Clone, PartialEq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// Fewer than two lists, or more than [`MAX_LISTS`](crate::table::MAX_LISTS).
    #[error("{lists} lists: from 2 to {most} can be taken")]
    NumberOfLists {
        /// How many lists were given.
        lists: usize,
        /// How many can be taken.
        most: usize,
    },
    /// Two lists have one name, or a list has none.
    #[error("list {}: the name {name:?} is empty or was used before", list + 1)]
    NameOfList {
        /// Which list.
        list: usize,
        /// Its name.
        name: String,
    },
    /// A row has more or fewer marks than there are lists.
    #[error("row {}: {found} marks for {lists} lists", row + 1)]
    LengthOfRow {
        /// Which row.
        row: usize,
        /// How many marks it has.
        found: usize,
        /// How many lists there are.
        lists: usize,
    },
    /// A pattern names a list that does not exist.
    #[error("row {}: the pattern {pattern:#b} names a list beyond the last of {lists}", row + 1)]
    UnknownList {
        /// Which row.
        row: usize,
        /// The pattern.
        pattern: u32,
        /// How many lists there are.
        lists: usize,
    },
    /// A row counts people whom no list has: they cannot be observed.
    #[error("row {}: {count} people on no list cannot have been counted", row + 1)]
    OnNoList {
        /// Which row.
        row: usize,
        /// How many people it counts.
        count: u64,
    },
    /// More people than can be counted exactly.
    #[error("row {}: more than {most} people together", row + 1)]
    TooMany {
        /// Which row.
        row: usize,
        /// The largest total.
        most: u64,
    },
    /// Nobody is on any list.
    #[error("no list has anybody")]
    Nobody,
    /// A setting lies outside its range.
    #[error("{setting} is {value}: {allowed}")]
    Setting {
        /// The name of the setting.
        setting: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        allowed: &'static str,
    },
    /// No log-linear model has one finite estimate.
    #[error("no log-linear model has one finite estimate: too few people are on two lists or more")]
    NoModel,
    /// A log-linear model says nothing about those on no list.
    #[error("the model has {}", match flaw {
        Flaw::NoEstimate => "no finite estimate",
        Flaw::NotIdentified => "more than one best estimate",
    })]
    Model {
        /// Why.
        flaw: Flaw,
    },
    /// The caller stopped the run before it had an answer.
    #[error("stopped before the first draws")]
    Stopped,
    /// A distribution without values, or with probabilities that are no probabilities.
    #[error("a distribution needs values with probabilities above 0: wrong at position {}", position + 1)]
    Distribution {
        /// Which value.
        position: usize,
    },
}
