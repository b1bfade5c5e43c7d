//! What a reader of the report must know first: what could not be learned, reached or read.

use mandate_language::{Arg, Language};

use super::{
    report::{Section, number, section},
    run::Run,
    words::level,
};
use crate::kinship::ReportTable as Table;

/// What a reader must know before believing the numbers.
pub(crate) fn warnings(l: &Language, run: &Run) -> Vec<String> {
    let mut all = Vec::new();
    let fields = run.records.table.fields();
    if let Some(learning) = &run.linked.learning {
        for field in &learning.not_learned {
            all.push(l.with(
                "link-warning-not-learned",
                &[("field", Arg::Text(fields[*field].name.clone()))],
            ));
        }
        let unsettled = learning
            .rounds
            .iter()
            .filter(|(_, settled)| !settled)
            .count();
        if unsettled > 0 {
            all.push(l.with(
                "link-warning-unsettled",
                &[("rules", Arg::Text(number(l, unsettled)))],
            ));
        }
    }
    if let Some(learning) = &run.linked.learning {
        // A level of which nothing is known, by its field; a reader cannot mend many one by one.
        let mut thin: Vec<(usize, Vec<String>)> = Vec::new();
        for (field, at) in &learning.thin {
            let name = l.text(level(fields[*field].kind, *at));
            match thin.iter_mut().find(|(known, _)| known == field) {
                Some((_, all)) => all.push(name),
                None => thin.push((*field, vec![name])),
            }
        }
        for (field, levels) in thin {
            all.push(l.with(
                "link-warning-thin",
                &[
                    ("field", Arg::Text(fields[field].name.clone())),
                    ("levels", Arg::Text(l.list(&levels))),
                ],
            ));
        }
        for of in &learning.together {
            all.push(l.with(
                "link-warning-together",
                &[
                    ("one", Arg::Text(fields[of.one].name.clone())),
                    ("other", Arg::Text(fields[of.other].name.clone())),
                    ("times", Arg::Text(l.decimal(of.times, 1))),
                ],
            ));
        }
        for (field, pairs) in &learning.known {
            all.push(l.with(
                "link-note-known",
                &[
                    ("field", Arg::Text(fields[*field].name.clone())),
                    ("pairs", Arg::Text(number(l, *pairs))),
                ],
            ));
        }
        for field in &learning.given {
            all.push(l.with(
                "link-note-given",
                &[("field", Arg::Text(fields[*field].name.clone()))],
            ));
        }
    }
    if let Some(learning) = &run.linked.learning
        && !learning.of_relatives.is_empty()
    {
        let rules = number(l, learning.of_relatives.len());
        all.push(l.with("link-warning-relatives", &[("rules", Arg::Text(rules))]));
    }
    let left_out: usize = run
        .linked
        .rules
        .iter()
        .map(|rule| rule.records_left_out)
        .sum();
    if left_out > 0 {
        all.push(l.with(
            "link-warning-blocks",
            &[("records", Arg::Text(number(l, left_out)))],
        ));
    }
    if run.linked.reach.share < 0.9 {
        all.push(l.with(
            "link-warning-reach",
            &[("share", Arg::Text(l.percent(run.linked.reach.share)))],
        ));
    }
    for (field, levels) in fields.iter().zip(&run.linked.model.fields) {
        if levels
            .get(field.kind.exact() - 1)
            .is_some_and(|level| level.weight() < 0.0)
        {
            all.push(l.with(
                "link-warning-odd",
                &[("field", Arg::Text(field.name.clone()))],
            ));
        }
    }
    if !run.clusters.contradicted.is_empty() {
        let n = number(l, run.clusters.contradicted.len());
        all.push(l.with("link-warning-contradicted", &[("pairs", Arg::Text(n))]));
    }
    all
}

/// Cells that were not understood or were repaired, by column, with the place of the first.
pub(crate) fn remarks(l: &Language, run: &Run) -> Option<Section> {
    let counts = &run.records.remarks.counts;
    if counts.is_empty() {
        return None;
    }
    let mut part = section(l, "link-remarks");
    part.words.push(l.text("link-remarks-words"));
    let rows = counts
        .iter()
        .map(|((list, column, what), (n, first))| {
            let cell = if first.read.is_empty() {
                first.cell.clone()
            } else {
                format!("{} → {}", first.cell, first.read)
            };
            vec![
                list.clone(),
                column.clone(),
                l.text(what.label()),
                number(l, *n),
                number(l, first.line),
                cell,
            ]
        })
        .collect();
    part.tables.push(Table::new(
        l,
        "link-remarks-table",
        &[
            "link-list",
            "link-column",
            "link-remark",
            "link-cells",
            "link-first-line",
            "link-cell",
        ],
        rows,
    ));
    Some(part)
}
