//! The words by which reports of the Universal Periodic Review announce, answer and end their recommendations, and those
//! by which other bodies recommend. They are data: a new wording is a new line.

use std::sync::LazyLock;

use regex::Regex;

use crate::Reply;

#[allow(clippy::expect_used)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant")
}

/// How a report of the Universal Periodic Review is called on its first page.
pub static UPR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)working\s+group\s+on\s+the\s+universal\s+periodic\s+review"));

/// What only a report of the Universal Periodic Review says of recommendations.
pub static OF_REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\brecommendations?\b.*\b(?:enjoy(?:s|ed)?\s+the\s+support\s+of|formulated\s+during\s+the\s+interactive\s+dialogue|will\s+be\s+examined\s+by)\b",
    )
});

/// The heading of the chapter that holds the recommendations.
pub static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[IVX]+\.?\s*)?conclusions?\s*(?:and\s*/\s*or|and|/)\s*recommendations?(?:\d{1,2}\b|\b)[^.]{0,20}$",
    )
});

/// A line of the table of contents.
pub static CONTENTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\.{4,}|\d+\s*[–-]\s*\d+\s+\d+$"));

/// What comes after the recommendations.
pub static END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\d+\.\s*)?all\s+(?:the\s+)?(?:conclusions|recommendations|conclusion)\b.*\b(?:reflect|position)|^(?:[IVX]+\.\s*)?voluntary\s+(?:pledges|commitments)|^annex(?:es)?(?:\s+[IVX]+)?$|^composition of the delegation|^(?:[IVX]+\.\s+)",
    )
});

/// A paragraph that announces recommendations or speaks of them, not one of them.
pub static MAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\brecommendations?\b.*\b(?:listed|below|following|made|examined|support|formulated|response|responses|noted|above|contained|rejected|accepted|considers?)\b|\bfollowing\b.*\brecommendations?\b|^all conclusions|\bresponse of\b|\bvoluntary (?:pledges|commitments)",
    )
});

/// A heading that announces recommendations by their answer, perhaps with the letter of a section before it.
pub static HEADED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\(?[a-z]\)?[.)]?\s+)?(?:the\s+)?(?:following\s+)?recommendations?\s+(?:that|which|enjoying|supported|accepted|rejected|noted|not|to\s+be|did|do|will|below|listed)\b",
    )
});

/// A paragraph after whose number comments follow, and no recommendations.
pub static COMMENTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:following|these)\s+(?:comments?|clarifications?|explanations?|observations?|remarks?|information|statement|reasons?)\b|^with regard to the\b.*recommendations? above|\b(?:made|expressed|offers?|provide[sd]?) the following (?:comment|clarification|explanation|observation|remark|reservation)",
    )
});

/// A paragraph that speaks of the recommendations before it, not of those after it.
pub static OF_THE_FORMER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:all\s+)?(?:of\s+)?(?:these|the\s+(?:above|aforementioned)(?:-mentioned)?|the\s+foregoing)\s+(?:conclusions\s+and/or\s+)?recommendations\b|\b(?:to|examine|consider)\s+(?:these|the\s+above)\s+recommendations\b|^the\s+recommendations\s+(?:above|listed\s+above|contained\s+in\s+(?:the\s+)?(?:above\s+)?paragraph)",
    )
});

/// How the paragraph before a list says what the state answered, the first that fits.
pub static REPLIES: LazyLock<[(Regex, Reply); 4]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"(?i)(?:did|do|does)\s+not\s+enjoy|not\s+(?:been\s+|be\s+)?(?:supported|accepted|enjoying)|without\s+the\s+support|reject(?:s|ed)\b|(?:cannot|could\s+not|can\s+not|unable\s+to|not\s+in\s+a\s+position\s+to|do(?:es)?\s+not|did\s+not)\s+(?:support|accept)|cannot\s+be\s+(?:supported|accepted)|\bnoted\b",
            ),
            Reply::Noted,
        ),
        (
            pattern(
                r"(?i)will\s+be\s+(?:examined|considered|included)|will\s+(?:examine|consider)\b|responses?\s+in\s+due\s+(?:time|course)|examined?\s+(?:by|further).*(?:responses?|reply)\b|due\s+(?:time|course)",
            ),
            Reply::Later,
        ),
        (
            pattern(
                r"(?i)enjoy(?:s|ed)?\s+(?:the|its|their|his|full)\s+support|enjoy(?:s|ed)?\s+support|have\s+the\s+support|accepted|supported\s+by",
            ),
            Reply::Supported,
        ),
        (
            pattern(
                r"(?i)already\s+(?:been\s+)?(?:implemented|in\s+the\s+process)|process\s+of\s+implementation|being\s+implemented",
            ),
            Reply::Supported,
        ),
    ]
});

/// The reply that a paragraph announces.
pub fn reply(paragraph: &str) -> Option<Reply> {
    REPLIES
        .iter()
        .find(|(words, _)| words.is_match(paragraph))
        .map(|(_, reply)| *reply)
}

/// How treaty bodies and the bodies of the Council of Europe recommend.
pub static OBSERVATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:[Tt]he\s+)?(?:Committee|Subcommittee|Special Rapporteur|Working Group|Advisory Committee|CPT|ECRI|GREVIO|GRETA|Commissioner|Independent Expert|Ombudsperson)\b[^.]{0,80}?\b(?:recommends?|urges?|calls? (?:up)?on|encourages?|invites?|requests?|reiterates? its recommendation)\b|\b[Tt]he State party (?:should|must|shall)\b|\b(?:recommends?|urges?) (?:that )?(?:the )?(?:State party|Government|authorities)\b|\bauthorities (?:should|must|are (?:strongly )?(?:recommended|urged|encouraged|invited|called upon))\b",
    )
});
