//! What can be wrong with what is asked.

use thiserror::Error;

/// Why records cannot be linked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// More records than are numbered.
    #[error("there are more than {most} records")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// A record is added after it was said that none would be.
    #[error("the table is closed; add its records before it is")]
    Closed,
    /// A record with another number of cells than there are fields.
    #[error("record {record} has {found} cells where there are {expected} fields")]
    Cells {
        /// The record, from 0.
        record: usize,
        /// Its cells.
        found: usize,
        /// The fields.
        expected: usize,
    },
    /// No field, or more than are packed into one comparison.
    #[error("{0} fields are compared; there must be 1 to 16")]
    Fields(usize),
    /// A blocking rule names a field that is not there, or nothing.
    #[error("blocking rule {rule} names no field, or one that is not there")]
    Rule {
        /// The rule, from 0.
        rule: usize,
    },
    /// No blocking rule, or more than are marked.
    #[error("there are {0} blocking rules; there must be 1 to 32")]
    Rules(usize),
    /// A field that two others say is their other name.
    #[error("field {field} cannot be swapped with itself or with a field that is not a name")]
    Swap {
        /// The field.
        field: usize,
    },
    /// Shares of levels that were given by hand do not fit their field.
    #[error(
        "field {field} needs {expected} shares above 0, one for each of its levels, the lowest first"
    )]
    Given {
        /// The field.
        field: usize,
        /// Its levels.
        expected: usize,
    },
    /// It was stopped.
    #[error("the work was stopped")]
    Stopped,
}
