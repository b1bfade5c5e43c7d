//! What can be wrong with an input, and where.

/// Why something cannot be computed. Every message names the person, marker or value that is at fault.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Two members of a pedigree have one id.
    #[error("the id “{id}” stands twice in the pedigree")]
    DuplicateMember {
        /// The id.
        id: String,
    },
    /// A parent is named who is not a member.
    #[error("“{child}” has the parent “{parent}”, who is not in the pedigree")]
    UnknownParent {
        /// Whose parent it is.
        child: String,
        /// The parent's id.
        parent: String,
    },
    /// A person is asked for who is not a member.
    #[error("“{id}” is not in the pedigree")]
    UnknownMember {
        /// The id.
        id: String,
    },
    /// One parent is given and the other is not.
    #[error("“{child}” has one parent only: give both, or none")]
    OneParent {
        /// Whose parents they are.
        child: String,
    },
    /// A father is female, or a mother is male, or one person is both.
    #[error("“{parent}” is a parent of “{child}” in a role that does not fit the sex")]
    ParentSex {
        /// Whose parent it is.
        child: String,
        /// The parent's id.
        parent: String,
    },
    /// A person is their own ancestor.
    #[error("“{id}” is their own ancestor")]
    Cycle {
        /// The id.
        id: String,
    },
    /// The computation needs to know whether a person is male or female.
    #[error("the sex of “{id}” must be known for the marker {marker}")]
    SexNeeded {
        /// The person.
        id: String,
        /// The marker.
        marker: String,
    },
    /// A marker has no alleles, too many, one twice, or a wrong label.
    #[error("the marker {marker} has a wrong allele “{allele}”: {reason}")]
    Allele {
        /// The marker.
        marker: String,
        /// The label.
        allele: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A frequency is not a number above 0 and at most 1, or the sum is not 1.
    #[error("the marker {marker} has a wrong frequency {value}: {reason}")]
    Frequency {
        /// The marker.
        marker: String,
        /// The value.
        value: f64,
        /// What is wrong.
        reason: &'static str,
    },
    /// A mutation model cannot be made into a matrix of probabilities.
    #[error("the mutation model of the marker {marker} is impossible: {reason}")]
    Mutation {
        /// The marker.
        marker: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// An allele was observed that the marker's table does not have.
    #[error(
        "“{person}” has the allele {allele}, which the table of the marker {marker} does not have"
    )]
    UnknownAllele {
        /// The person or sample.
        person: String,
        /// The marker.
        marker: String,
        /// The label.
        allele: String,
    },
    /// An observation does not fit the kind of marker, such as two alleles of a male on X.
    #[error("“{person}” has an observation at {marker} that cannot be: {reason}")]
    Observation {
        /// The person or sample.
        person: String,
        /// The marker.
        marker: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A probability is outside 0 to 1, or is not a number.
    #[error("{name} is {value}, but must lie between {low} and {high}")]
    OutOfRange {
        /// What it is.
        name: &'static str,
        /// The value.
        value: f64,
        /// The lowest value allowed.
        low: f64,
        /// The highest value allowed.
        high: f64,
    },
    /// Exact computation would take more memory or time than is allowed; nothing is approximated instead.
    #[error("the marker {marker} is too large for exact computation on this pedigree: {reason}")]
    TooLarge {
        /// The marker.
        marker: String,
        /// What is too large.
        reason: &'static str,
    },
    /// The question cannot be asked of this kind of marker.
    #[error("the marker {marker} is of a kind that is not weighed here: {reason}")]
    Kind {
        /// The marker.
        marker: String,
        /// Why.
        reason: &'static str,
    },
    /// The data are impossible under the hypothesis that stands below the line, so that no ratio exists.
    #[error(
        "the marker {marker} is impossible under the second hypothesis, so there is no likelihood ratio"
    )]
    NoRatio {
        /// The marker.
        marker: String,
    },
    /// The work was stopped from outside.
    #[error("the work was stopped")]
    Stopped,
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Checks that a number lies between two others (and is a number).
pub(crate) fn within(name: &'static str, value: f64, low: f64, high: f64) -> Result<()> {
    if value.is_finite() && value >= low && value <= high {
        Ok(())
    } else {
        Err(Error::OutOfRange {
            name,
            value,
            low,
            high,
        })
    }
}
