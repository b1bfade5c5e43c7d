//! What can be wrong with what is asked.

use thiserror::Error;

/// Why a release cannot be protected, or a register not be audited. Nothing is given out with any of them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// A dimension without codes, with a code twice, or with a code called like its total.
    #[error("dimension \"{dimension}\": {what}")]
    Dimension {
        /// The dimension.
        dimension: String,
        /// What is wrong with it.
        what: String,
    },
    /// A code that the dimension does not have, or that stands for several others.
    #[error("dimension \"{dimension}\" has no finest code \"{code}\"")]
    Code {
        /// The dimension.
        dimension: String,
        /// The code.
        code: String,
    },
    /// A record with another number of codes than there are dimensions.
    #[error("a record has {found} codes where there are {expected} dimensions")]
    Codes {
        /// Its codes.
        found: usize,
        /// The dimensions.
        expected: usize,
    },
    /// A table asks for a dimension that is not there, or for one twice.
    #[error("there is no dimension \"{0}\", or it is asked for twice")]
    Unknown(String),
    /// A release without a table.
    #[error("a release needs at least one table")]
    Empty,
    /// More cells than are handled.
    #[error(
        "{cells} cells are more than the {most} that are handled; publish fewer dimensions or coarser codes"
    )]
    TooLarge {
        /// The cells.
        cells: usize,
        /// The most.
        most: usize,
    },
    /// The counts are larger than linear programming in floating point can be trusted with.
    #[error("a count is larger than {0}")]
    Count(u64),
    /// A threshold below 2 protects nobody; one above 1,000 is a mistake.
    #[error("the threshold is {0}; it must be 2 to 1,000")]
    Threshold(u64),
    /// A base of rounding that is smaller than the threshold gives small counts away.
    #[error("the base of rounding is {base}; it must be at least the threshold, {threshold}")]
    Base {
        /// The base.
        base: u64,
        /// The threshold.
        threshold: u64,
    },
    /// Two tables of the release have another count of the same people.
    #[error("the tables of the release disagree about {0}")]
    Disagree(String),
    /// The release and the register cannot both be true of one population.
    #[error(
        "the release contradicts what is in the register ({0}); say how the population has changed: the same people, grown, or revised"
    )]
    Contradiction(String),
    /// Tables that are linked in a ring code a dimension differently.
    #[error(
        "dimension \"{0}\" is coded differently in tables that are linked; give them the same codes"
    )]
    Coding(String),
    /// The register's releases of the population hold to another rule on zeros.
    #[error(
        "earlier releases of \"{0}\" hold to another rule on zeros; keep theirs, or what they withheld would be given away"
    )]
    Zeros(String),
    /// A name that the register already has.
    #[error("the register already has a release \"{0}\"")]
    Name(String),
    /// The register holds what no release could have written.
    #[error("release \"{release}\" of the register is damaged: {what}")]
    Register {
        /// The release.
        release: String,
        /// What is wrong with it.
        what: String,
    },
    /// No rounding keeps all sums.
    #[error(
        "no rounding to multiples of {0} that keeps all sums was found; use another base, or withhold instead"
    )]
    NoRounding(u64),
    /// Rounded counts would narrow what was withheld before.
    #[error("rounded counts would give away {0}, withheld earlier; withhold instead of rounding")]
    RoundingNarrows(String),
    /// What was chosen did not hold under the audit.
    #[error("the audit found that {0} could be bounded too tightly; nothing is given out")]
    Audit(String),
    /// The solver of linear programs gave up.
    #[error("a linear program could not be solved: {0}")]
    Solver(String),
}
