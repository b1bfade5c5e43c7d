//! What the server knows of a file, field by field, with the reason. Everything else is sealed.

/// A fact that stands in the clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownFact {
    /// Its column.
    pub column: &'static str,
    /// Why the process cannot run without it, or who allowed it.
    pub reason: &'static str,
}

const fn known(column: &'static str, reason: &'static str) -> KnownFact {
    KnownFact { column, reason }
}

/// Every column of the table of files. A test compares it with the database.
pub const KNOWN: [KnownFact; 17] = [
    known("id", "ties the parts of a file; random, never shown"),
    known("code", "what people call the file by; random, says nothing"),
    known("file_case", "which sealed case is the coded file"),
    known(
        "identity_one",
        "which sealed case is the identity under the first key",
    ),
    known(
        "identity_two",
        "which sealed case is the identity under the second key",
    ),
    known(
        "filed_by",
        "who may go on with a draft; an account, not the applicant",
    ),
    known(
        "body",
        "whose files they are; the office counts by it where the profile allows it",
    ),
    known("stage", "what can be done next, and by whom"),
    known("round", "whether it is reconsidered: other members then"),
    known("stage_on", "the day from which the clock of the stage runs"),
    known(
        "filed_on",
        "the day that decides whether a window was open, and from which the whole is counted",
    ),
    known("window_key", "under which window it was filed"),
    known(
        "outcome",
        "what was decided: payment is ordered by the code",
    ),
    known(
        "region",
        "counted by the human rights office where the profile allows it; else empty",
    ),
    known(
        "sex",
        "counted by the human rights office where the profile allows it; else empty",
    ),
    known(
        "community",
        "counted by the human rights office where the profile allows it; else empty",
    ),
    known("changed_at", "that two people do not change it at once"),
];

/// Every column of the table of people whom the law leaves out. A test compares it with the database.
pub const KNOWN_LEFT_OUT: [KnownFact; 10] = [
    known("id", "ties the parts together; random, never shown"),
    known(
        "code",
        "what who recorded it calls it by; random, says nothing",
    ),
    known("sealed_case", "which sealed case holds what was told"),
    known(
        "recorded_by",
        "an account of who recorded it, not the person",
    ),
    known("body", "whose it is: nobody else sees it"),
    known(
        "reason",
        "counted as evidence, which is what the person agreed to",
    ),
    known("region", "counted where the profile allows it; else empty"),
    known("sex", "counted where the profile allows it; else empty"),
    known(
        "community",
        "counted where the profile allows it; else empty",
    ),
    known("recorded_on", "the order of the list"),
];
