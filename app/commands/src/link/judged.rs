//! The part of the report on thresholds: how sure links are, how many are right, and where reviewers disagree.

use mandate_language::{Arg, Language};
use mandate_linkage::likely;

use super::{
    charts::histogram,
    curve::curve,
    report::{Section, number, section},
    run::Run,
};
use crate::kinship::ReportTable as Table;

/// How sure the links are, and what people who looked at some say of all.
pub(crate) fn thresholds(l: &Language, run: &Run) -> Section {
    let mut part = section(l, "link-thresholds");
    part.svg = histogram(
        &part.title,
        run.linked.links.iter().map(|link| link.weight),
        &l.text("link-half"),
    );
    part.legend = l.text("link-thresholds-legend");
    if run.quality.is_empty() {
        part.words.push(l.text("link-nobody-looked"));
        return part;
    }
    let three = |share: &mandate_linkage::Share| {
        format!(
            "{} ({}–{})",
            l.percent(share.value),
            l.percent(share.low),
            l.percent(share.high)
        )
    };
    part.words.push(l.text("link-curve-words"));
    let rows = run
        .quality
        .iter()
        .filter(|q| SAID.contains(&q.weight))
        .map(|q| {
            vec![
                l.decimal(likely(q.weight), 3),
                number(l, q.links),
                three(&q.precision),
                three(&q.recall),
            ]
        })
        .collect();
    part.tables.push(
        Table::new(
            l,
            "link-quality",
            &[
                "link-threshold",
                "link-links",
                "link-precision",
                "link-recall",
            ],
            rows,
        )
        .caption(l, "link-quality-caption"),
    );
    part.tables.extend(disputes(l, run));
    part
}

/// Thresholds in bits of which the report has a line; a file has all.
const SAID: [f64; 9] = [10.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.0, -1.0, -3.0];

/// The curve of precision and recall, a part of its own.
pub(crate) fn quality_curve(l: &Language, run: &Run) -> Option<Section> {
    if run.quality.is_empty() {
        return None;
    }
    let mut part = section(l, "link-curve");
    part.svg = curve(
        &part.title,
        &run.quality,
        &l.text("link-precision"),
        &l.text("link-recall"),
    );
    part.legend = l.text("link-curve-legend");
    Some(part)
}

/// Pairs on which reviewers disagree, with who said what.
fn disputes(l: &Language, run: &Run) -> Option<Table> {
    const MOST: usize = 100;
    let disputed = run.answers.disputed();
    if disputed.is_empty() {
        return None;
    }
    let who = |pair: (u32, u32), same: bool| {
        let said = run.answers.of(pair).into_iter();
        let names: Vec<String> = said
            .filter(|(_, said)| *said == same)
            .map(|(who, _)| who.to_owned())
            .collect();
        l.list(&names)
    };
    let rows = disputed
        .iter()
        .take(MOST)
        .map(|pair| {
            vec![
                run.records.name(pair.0),
                run.records.name(pair.1),
                who(*pair, true),
                who(*pair, false),
            ]
        })
        .collect();
    let mut table = Table::new(
        l,
        "link-disputes",
        &[
            "link-left",
            "link-right",
            "link-said-same",
            "link-said-different",
        ],
        rows,
    );
    table.caption = l.with(
        "link-disputed",
        &[("pairs", Arg::Text(number(l, disputed.len())))],
    );
    Some(table)
}
