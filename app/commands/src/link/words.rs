//! What levels and warnings are called, as labels.

use mandate_linkage::Kind;

/// The label of a level of a kind; 0 is missing.
pub(crate) fn level(kind: Kind, level: usize) -> &'static str {
    let all: &[&'static str] = match kind {
        Kind::Name => &[
            "link-level-different",
            "link-level-similar",
            "link-level-close",
            "link-level-closer",
            "link-level-same",
            "link-level-swapped",
        ],
        Kind::Place => &[
            "link-level-different",
            "link-level-near",
            "link-level-similar",
            "link-level-within",
            "link-level-close",
            "link-level-same",
        ],
        Kind::Date => &[
            "link-level-different",
            "link-level-years-near",
            "link-level-same-year",
            "link-level-same-day",
            "link-level-one-digit",
            "link-level-same",
        ],
        Kind::Category => &["link-level-different", "link-level-same"],
        Kind::Code => &[
            "link-level-different",
            "link-level-two-edits",
            "link-level-one-edit",
            "link-level-same",
        ],
        Kind::Text => &[
            "link-level-different",
            "link-level-half-words",
            "link-level-close",
            "link-level-same",
        ],
    };
    match level {
        0 => "link-level-missing",
        at => all.get(at - 1).copied().unwrap_or("link-level-different"),
    }
}
