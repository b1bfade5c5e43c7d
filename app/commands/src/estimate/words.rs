//! Findings in words.

use mandate_estimation::{CaptureTable, assess::Finding};
use mandate_language::{Arg, Language};

/// What a finding says.
pub(crate) fn finding(l: &Language, table: &CaptureTable, found: &Finding) -> String {
    let name = |list: usize| Arg::Text(table.names()[list].clone());
    let number = |n: u64| Arg::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let percent = |share: f64| Arg::Text(l.percent(share));
    match found {
        Finding::TwoLists => l.text("estimate-two-lists"),
        Finding::ManyLists { lists, most } => l.with(
            "estimate-many-lists",
            &[
                ("lists", number(*lists as u64)),
                ("most", number(*most as u64)),
            ],
        ),
        Finding::Empty { list } => l.with("estimate-empty", &[("list", name(*list))]),
        Finding::NoOverlap => l.text("estimate-no-overlap"),
        Finding::Alone { list } => l.with("estimate-alone", &[("list", name(*list))]),
        Finding::Within { list, of } => l.with(
            "estimate-within",
            &[("list", name(*list)), ("of", name(*of))],
        ),
        Finding::Same { one, other } => l.with(
            "estimate-same",
            &[("list", name(*one)), ("of", name(*other))],
        ),
        Finding::Few { list, people } => l.with(
            "estimate-few",
            &[("list", name(*list)), ("people", number(*people))],
        ),
        Finding::LittleOverlap { people } => {
            l.with("estimate-little-overlap", &[("people", number(*people))])
        }
        Finding::Saturated { probability } => l.with(
            "estimate-saturated",
            &[("probability", percent(*probability))],
        ),
        Finding::AtTheBound { most, .. } => {
            l.with("estimate-at-the-bound", &[("most", number(*most))])
        }
        Finding::HangsOn { list } => l.with("estimate-hangs-on", &[("list", name(*list))]),
        Finding::HangsOnCell {
            pattern,
            people,
            change,
        } => {
            let on: Vec<&str> = table
                .names()
                .iter()
                .enumerate()
                .filter(|(list, _)| pattern >> list & 1 == 1)
                .map(|(_, name)| name.as_str())
                .collect();
            l.with(
                "estimate-hangs-on-cell",
                &[
                    ("lists", Arg::Text(on.join(" + "))),
                    ("people", number(*people)),
                    ("change", percent(*change)),
                ],
            )
        }
        Finding::PriorDecides { low, high } => l.with(
            "estimate-prior-decides",
            &[("low", number(*low)), ("high", number(*high))],
        ),
        Finding::MethodsDisagree { graphs, classes } => l.with(
            "estimate-methods-disagree",
            &[("graphs", number(*graphs)), ("classes", number(*classes))],
        ),
        Finding::NotConverged { .. } => l.text("estimate-not-converged"),
        Finding::ClassesExhausted { classes } => l.with(
            "estimate-classes-exhausted",
            &[("classes", number(*classes as u64))],
        ),
        _ => String::new(),
    }
}
