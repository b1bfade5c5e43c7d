//! The report of a linkage: one HTML file that needs nothing else.

use askama::Template;
use mandate_language::{Arg, Language};
use mandate_linkage::{Link, Refusal, explain, likely};

use super::{
    charts::{Bar, bars, histogram},
    run::Run,
    settings::word,
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

fn number(l: &Language, n: usize) -> String {
    l.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn section(l: &Language, title: &str) -> Section {
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
    let mut sections = vec![
        summary(l, run),
        weights(l, run),
        reach(l, run),
        thresholds(l, run),
    ];
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

/// What a reader must know before believing the numbers.
fn warnings(l: &Language, run: &Run) -> Vec<String> {
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

fn weights(l: &Language, run: &Run) -> Section {
    let mut part = section(l, "link-weights");
    part.legend = l.text("link-weights-legend");
    let (mut chart, mut rows) = (Vec::new(), Vec::new());
    let prior = run.linked.model.prior_weight();
    chart.push(Bar {
        label: l.text("link-prior"),
        value: prior,
        from: 0.0,
        said: format!("{prior:+.1}"),
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
                said: format!("{:+.1}", of.weight()),
                group: (n + 1 == levels.len()).then(|| field.name.clone()),
                sum: false,
            });
            rows.push(vec![
                format!("{} · {name}", field.name),
                format!("{:.4}", of.m),
                format!("{:.6}", of.u),
                format!("{:+.2}", of.weight()),
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
    let rows = run
        .options
        .rules
        .iter()
        .zip(&run.linked.rules)
        .zip(&reach.by_rule)
        .map(|((rule, count), found)| {
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
            ]
        })
        .collect();
    part.tables.push(Table::new(
        l,
        "link-rules",
        &["link-rule", "link-pairs", "link-found", "link-left-out"],
        rows,
    ));
    part
}

fn thresholds(l: &Language, run: &Run) -> Section {
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
    let rows = run
        .quality
        .iter()
        .map(|q| {
            vec![
                l.percent(likely(q.weight)),
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
    let disputed = run.answers.disputed().len();
    if disputed > 0 {
        part.words.push(l.with(
            "link-disputed",
            &[("pairs", Arg::Text(number(l, disputed)))],
        ));
    }
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
                said: format!("{:+.1}", said.prior),
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
                        said: format!("{value:+.1}"),
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
                    format!("{:+.1}", part.weight),
                    format!("{:+.1}", part.frequency),
                ]);
            }
            if said.relatives < -0.05 {
                chart.push(Bar {
                    label: l.text("link-relatives"),
                    value: said.relatives,
                    from: at,
                    said: format!("{:+.1}", said.relatives),
                    group: None,
                    sum: false,
                });
                at += said.relatives;
            }
            chart.push(Bar {
                label: l.text("link-sum"),
                value: at,
                from: 0.0,
                said: format!("{at:+.1}"),
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
                    &[(
                        "probability",
                        Arg::Text(format!("{:.3}", link.probability())),
                    )],
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
