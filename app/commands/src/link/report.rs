//! The report of a linkage: one HTML file that needs nothing else.

use askama::Template;
use mandate_language::{Arg, Language};
use mandate_linkage::{Link, Refusal, explain};

use super::{
    charts::{Bar, bars},
    judged::{quality_curve, thresholds},
    run::Run,
    settings::word,
    warnings::{remarks, warnings},
    words::level,
};
use crate::kinship::ReportTable as Table;

/// A part of the report.
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) words: Vec<String>,
    pub(crate) svg: String,
    pub(crate) legend: String,
    pub(crate) tables: Vec<Table>,
}

#[derive(Template)]
#[template(path = "link.html")]
pub(crate) struct Page {
    pub(crate) lang: String,
    pub(crate) title: String,
    pub(crate) notice: String,
    pub(crate) sections: Vec<Section>,
}

/// Pairs that are explained where nobody chose any.
const EXPLAINED: usize = 4;

pub(crate) fn number(l: &Language, n: usize) -> String {
    l.number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Bits with their sign, as the language writes decimals.
fn signed(l: &Language, bits: f64, digits: u8) -> String {
    let sign = if bits < 0.0 { "−" } else { "+" };
    format!("{sign}{}", l.decimal(bits.abs(), digits))
}

pub(crate) fn section(l: &Language, title: &str) -> Section {
    Section {
        title: l.text(title),
        words: Vec::new(),
        svg: String::new(),
        legend: String::new(),
        tables: Vec::new(),
    }
}

/// Composes the page; `chosen` are the pairs that a person wants explained.
pub(crate) fn page(l: &Language, run: &Run, chosen: &[Link]) -> anyhow::Result<String> {
    let mut sections = vec![summary(l, run)];
    sections.extend(remarks(l, run));
    sections.extend([weights(l, run), reach(l, run), thresholds(l, run)]);
    sections.extend(quality_curve(l, run));
    sections.extend(pairs(l, run, chosen));
    sections.push(clusters(l, run));
    sections.push(method(l));
    let page = Page {
        lang: l.tag().to_string(),
        title: l.text("link-title"),
        notice: l.text("link-notice"),
        sections,
    };
    Ok(page.render()?)
}

fn summary(l: &Language, run: &Run) -> Section {
    let table = &run.records.table;
    let mut part = section(l, "link-summary");
    let likely = run
        .linked
        .links
        .iter()
        .filter(|link| link.weight >= 0.0)
        .count();
    part.words.push(l.with(
        "link-summary-words",
        &[
            ("records", Arg::Text(number(l, table.len()))),
            ("lists", Arg::Text(number(l, table.lists().len()))),
            (
                "compared",
                Arg::Text(number(
                    l,
                    usize::try_from(run.linked.compared).unwrap_or(usize::MAX),
                )),
            ),
            ("likely", Arg::Text(number(l, likely))),
            (
                "clusters",
                Arg::Text(number(l, run.clusters.groups().len())),
            ),
        ],
    ));
    part.words.extend(warnings(l, run));
    let rows = table
        .lists()
        .iter()
        .map(|list| {
            let unique = if list.unique { "link-yes" } else { "link-no" };
            vec![
                list.name.clone(),
                number(l, (list.end - list.start) as usize),
                l.text(unique),
            ]
        })
        .collect();
    part.tables.push(Table::new(
        l,
        "link-lists",
        &["link-list", "link-records", "link-unique"],
        rows,
    ));
    part
}

fn weights(l: &Language, run: &Run) -> Section {
    let mut part = section(l, "link-weights");
    part.legend = l.text("link-weights-legend");
    let (mut chart, mut rows) = (Vec::new(), Vec::new());
    let prior = run.linked.model.prior_weight();
    chart.push(Bar {
        label: l.text("link-prior"),
        value: prior,
        from: 0.0,
        said: signed(l, prior, 1),
        group: None,
        sum: false,
    });
    for (field, levels) in run
        .records
        .table
        .fields()
        .iter()
        .zip(&run.linked.model.fields)
    {
        for (n, of) in levels.iter().enumerate().rev() {
            let name = l.text(level(field.kind, n + 1));
            chart.push(Bar {
                label: name.clone(),
                value: of.weight(),
                from: 0.0,
                said: signed(l, of.weight(), 1),
                group: (n + 1 == levels.len()).then(|| field.name.clone()),
                sum: false,
            });
            rows.push(vec![
                format!("{} · {name}", field.name),
                l.decimal(of.m, 4),
                l.decimal(of.u, 6),
                signed(l, of.weight(), 2),
            ]);
        }
    }
    part.svg = bars(&part.title, &chart);
    part.tables.push(Table::new(
        l,
        "link-parameters",
        &["link-level", "link-m", "link-u", "link-bits"],
        rows,
    ));
    part
}

fn reach(l: &Language, run: &Run) -> Section {
    let mut part = section(l, "link-reach");
    let reach = &run.linked.reach;
    part.words.push(l.with(
        "link-reach-words",
        &[("share", Arg::Text(l.percent(reach.share)))],
    ));
    let fields = run.records.table.fields();
    let rounds = |rule: usize| {
        let learning = run.linked.learning.as_ref();
        let of = learning.and_then(|learning| learning.rounds.get(rule));
        of.map_or_else(String::new, |(rounds, settled)| {
            let said = number(l, *rounds);
            if *settled {
                said
            } else {
                l.with("link-not-settled", &[("rounds", Arg::Text(said))])
            }
        })
    };
    let rows = run
        .options
        .rules
        .iter()
        .zip(&run.linked.rules)
        .zip(&reach.by_rule)
        .enumerate()
        .map(|(n, ((rule, count), found))| {
            let on: Vec<String> = rule
                .on
                .iter()
                .map(|(field, of)| format!("{}:{}", fields[*field].name, word(*of)))
                .collect();
            vec![
                on.join(" + "),
                number(l, usize::try_from(count.pairs).unwrap_or(usize::MAX)),
                number(l, found.round() as usize),
                number(l, count.records_left_out),
                rounds(n),
            ]
        })
        .collect();
    part.tables.push(Table::new(
        l,
        "link-rules",
        &[
            "link-rule",
            "link-pairs",
            "link-found",
            "link-left-out",
            "link-rounds",
        ],
        rows,
    ));
    part
}

/// How the evidence of single pairs comes about.
fn pairs(l: &Language, run: &Run, chosen: &[Link]) -> Vec<Section> {
    let mut shown: Vec<Link> = chosen.to_vec();
    if shown.is_empty() {
        // One that is as sure as any, and those of which the model is least sure.
        let mut by: Vec<&Link> = run.linked.links.iter().collect();
        by.sort_by(|a, b| {
            a.weight
                .abs()
                .total_cmp(&b.weight.abs())
                .then((a.left, a.right).cmp(&(b.left, b.right)))
        });
        let best = run
            .linked
            .links
            .iter()
            .max_by(|a, b| a.weight.total_cmp(&b.weight));
        shown.extend(best.into_iter().chain(by.into_iter().take(EXPLAINED - 1)));
        shown.dedup_by_key(|link| (link.left, link.right));
    }
    let table = &run.records.table;
    shown
        .iter()
        .map(|link| {
            let said = explain(table, &run.linked, &run.options, link);
            let mut chart = vec![Bar {
                label: l.text("link-prior"),
                value: said.prior,
                from: 0.0,
                said: signed(l, said.prior, 1),
                group: None,
                sum: false,
            }];
            let (mut at, mut rows) = (said.prior, Vec::new());
            for part in said.parts {
                let field = &table.fields()[part.field];
                let value = part.weight + part.frequency;
                let name = l.text(level(field.kind, part.level));
                if part.level > 0 {
                    chart.push(Bar {
                        label: format!("{}: {name}", field.name),
                        value,
                        from: at,
                        said: signed(l, value, 1),
                        group: None,
                        sum: false,
                    });
                    at += value;
                }
                rows.push(vec![
                    field.name.clone(),
                    table.text(part.field, link.left).to_owned(),
                    table.text(part.field, link.right).to_owned(),
                    name,
                    signed(l, part.weight, 1),
                    signed(l, part.frequency, 1),
                ]);
            }
            if said.relatives < -0.05 {
                chart.push(Bar {
                    label: l.text("link-relatives"),
                    value: said.relatives,
                    from: at,
                    said: signed(l, said.relatives, 1),
                    group: None,
                    sum: false,
                });
                at += said.relatives;
            }
            chart.push(Bar {
                label: l.text("link-sum"),
                value: at,
                from: 0.0,
                said: signed(l, at, 1),
                group: None,
                sum: true,
            });
            let title = l.with(
                "link-pair",
                &[
                    ("left", Arg::Text(run.records.name(link.left))),
                    ("right", Arg::Text(run.records.name(link.right))),
                ],
            );
            Section {
                words: vec![l.with(
                    "link-pair-words",
                    &[("probability", Arg::Text(l.decimal(link.probability(), 3)))],
                )],
                svg: bars(&title, &chart),
                legend: String::new(),
                tables: vec![Table::new(
                    l,
                    "link-pair-values",
                    &[
                        "link-field",
                        "link-left",
                        "link-right",
                        "link-level",
                        "link-bits",
                        "link-rarity",
                    ],
                    rows,
                )],
                title,
            }
        })
        .collect()
}

fn clusters(l: &Language, run: &Run) -> Section {
    let mut part = section(l, "link-clusters");
    part.words.push(l.text("link-clusters-words"));
    let mut sizes = std::collections::BTreeMap::new();
    for group in run.clusters.groups() {
        *sizes.entry(group.len()).or_insert(0_usize) += 1;
    }
    let rows = sizes
        .into_iter()
        .map(|(size, n)| vec![number(l, size), number(l, n)])
        .collect();
    part.tables.push(Table::new(
        l,
        "link-sizes",
        &["link-records", "link-clusters"],
        rows,
    ));
    let count = |why: Refusal| {
        number(
            l,
            run.clusters
                .refused
                .iter()
                .filter(|(_, of)| *of == why)
                .count(),
        )
    };
    let rows = [
        ("link-refused-twice", Refusal::TwiceOnAList),
        ("link-refused-different", Refusal::Different),
        ("link-refused-identified", Refusal::Identified),
        ("link-refused-cohesion", Refusal::Cohesion),
    ]
    .into_iter()
    .map(|(label, why)| vec![l.text(label), count(why)])
    .collect();
    part.tables.push(Table::new(
        l,
        "link-refused",
        &["link-reason", "link-links"],
        rows,
    ));
    part
}

fn method(l: &Language) -> Section {
    let mut part = section(l, "link-method");
    for label in [
        "link-method-model",
        "link-method-learning",
        "link-method-may",
        "link-method-may-not",
    ] {
        part.words.push(l.text(label));
    }
    part
}
