//! The report of an estimate: one HTML file that needs nothing else.

use askama::Template;
use mandate_estimation::{Posterior, graphs::GraphsAnswer, latent, loglinear::notation};
use mandate_language::{Arg, Language};

use super::{
    ask::Found,
    charts::{Ray, densities, fan, traces, upset},
    lines::{Line, Method, Role, Setting},
    linked::Linked,
    methods::Answered,
    strata::{Parts, thin},
    words::finding,
};
use crate::{
    kinship::ReportTable as Table,
    link::{Page, Section},
};

/// Sets of lists that the picture shows; the rest are in words.
const SHOWN: usize = 31;

fn section(l: &Language, title: &str) -> Section {
    Section {
        title: l.text(title),
        words: Vec::new(),
        svg: String::new(),
        legend: String::new(),
        tables: Vec::new(),
    }
}

fn number(l: &Language, n: f64) -> String {
    if n.is_finite() {
        l.number(n.round() as i64)
    } else {
        "∞".to_owned()
    }
}

fn told(l: &Language, n: f64) -> Arg {
    Arg::Text(number(l, n))
}

pub(crate) fn page(l: &Language, found: &Found) -> anyhow::Result<String> {
    let all = &found.whole;
    let mut sections = vec![answer(l, found), said(l, all), overlap(l, all)];
    if let Some(graphs) = &all.graphs {
        sections.push(posterior(l, all, graphs));
    }
    if !all.lines.is_empty() {
        sections.push(sensitivity(l, found));
    }
    if let Some(graphs) = &all.graphs {
        sections.push(dependence(l, all, graphs));
    }
    if let Some(parts) = &found.parts {
        sections.push(strata(l, parts));
        sections.extend(too_thin(l, parts));
    }
    if let Some(classes) = &all.classes {
        sections.push(chains(l, classes));
    }
    sections.push(method(l, found));
    let page = Page {
        lang: l.tag().to_string(),
        title: l.text("estimate-title"),
        notice: l.text("estimate-notice"),
        sections,
    };
    Ok(page.render()?)
}

fn interval<'a>(l: &Language, total: &Posterior) -> Vec<(&'a str, Arg)> {
    let at = total.interval(0.95);
    vec![
        ("median", told(l, total.median() as f64)),
        ("low", told(l, at.lower as f64)),
        ("high", told(l, at.upper as f64)),
    ]
}

fn answer(l: &Language, found: &Found) -> Section {
    let all = &found.whole;
    let mut part = section(l, "estimate-answer");
    let observed = ("observed", told(l, all.table.observed() as f64));
    part.words
        .push(l.with("estimate-observed-words", &[observed]));
    part.words.extend(found.notes.iter().cloned());
    if let Some(graphs) = &all.graphs {
        let with = interval(l, &graphs.total);
        part.words.push(l.with("estimate-graphs-words", &with));
    }
    if let Some(classes) = &all.classes {
        let with = interval(l, &classes.total);
        part.words.push(l.with("estimate-classes-words", &with));
    }
    if let Some(linked) = &found.linked {
        part.words.push(linkage(l, linked));
    }
    if !all.findings.is_empty() {
        part.words.push(l.text(if all.refused() {
            "estimate-refused"
        } else {
            "estimate-warned"
        }));
        let findings = all.findings.iter();
        part.words
            .extend(findings.map(|found| format!("— {}", finding(l, &all.table, found))));
    }
    part
}

fn linkage(l: &Language, linked: &Linked) -> String {
    l.with(
        "estimate-linkage-words",
        &[
            ("low", told(l, linked.middles.0 as f64)),
            ("high", told(l, linked.middles.1 as f64)),
            ("share", Arg::Text(l.percent(linked.share))),
        ],
    )
}

/// What may and may not be said, right after the number.
fn said(l: &Language, all: &Answered) -> Section {
    let mut part = section(l, "estimate-said");
    if all.refused() {
        part.words.push(l.text("estimate-method-may-refused"));
    } else {
        part.words.push(l.text("estimate-method-may"));
        part.words.push(l.text("estimate-method-low"));
    }
    part.words.push(l.text("estimate-method-may-not"));
    part
}

fn overlap(l: &Language, all: &Answered) -> Section {
    let mut part = section(l, "estimate-overlap");
    let names = all.table.names();
    let mut patterns: Vec<(u32, u64)> = all.table.patterns().collect();
    patterns.sort_by_key(|(pattern, n)| (std::cmp::Reverse(*n), *pattern));
    let rest = patterns.get(SHOWN..).unwrap_or_default();
    let (others, people) = (rest.len(), rest.iter().map(|(_, n)| *n).sum::<u64>());
    patterns.truncate(SHOWN);
    part.svg = upset(&part.title, names, &patterns, &|n| number(l, n as f64));
    part.legend = l.text("estimate-overlap-legend");
    if others > 0 {
        part.words.push(l.with(
            "estimate-overlap-rest",
            &[
                ("sets", told(l, others as f64)),
                ("people", told(l, people as f64)),
            ],
        ));
    }
    let rows = names
        .iter()
        .enumerate()
        .map(|(list, name)| {
            let alone = all.table.count(1 << list) as f64;
            vec![
                name.clone(),
                number(l, all.table.on_list(list) as f64),
                number(l, alone),
            ]
        })
        .collect();
    let heads = ["estimate-list", "estimate-observed", "estimate-alone-on"];
    part.tables
        .push(Table::new(l, "estimate-lists", &heads, rows));
    part
}

fn posterior(l: &Language, all: &Answered, graphs: &GraphsAnswer) -> Section {
    let mut part = section(l, "estimate-posterior");
    let other = all.classes.as_ref().map(|classes| &classes.total);
    part.svg = densities(&part.title, &graphs.total, other, &|n| number(l, n));
    part.legend = l.text("estimate-posterior-legend");
    part
}

fn row(l: &Language, line: &Line) -> Vec<String> {
    vec![
        line.label(l),
        number(l, line.low),
        number(l, line.middle),
        number(l, line.high),
    ]
}

const HEADS: [&str; 4] = [
    "estimate-method-name",
    "estimate-low",
    "estimate-median",
    "estimate-high",
];

fn sensitivity(l: &Language, found: &Found) -> Section {
    let mut part = section(l, "estimate-sensitivity");
    let linked = found.linked.iter().flat_map(|linked| &linked.lines);
    let mut lines: Vec<&Line> = found.whole.lines.iter().chain(linked).collect();
    // The answers first, then what moves them, then what can be had by hand.
    lines.sort_by_key(|line| match line.role {
        Role::Answer => 0,
        Role::Sensitivity => 1,
        Role::ByHand => 2,
    });
    let rays: Vec<Ray> = lines
        .iter()
        .map(|line| Ray {
            label: line.label(l),
            low: line.low,
            middle: line.middle,
            high: line.high,
            answer: line.role == Role::Answer,
        })
        .collect();
    let observed = found.whole.table.observed() as f64;
    part.svg = fan(&part.title, (observed, true), &rays, &|n| number(l, n));
    part.legend = l.text("estimate-sensitivity-legend");
    let rows = lines.iter().map(|line| row(l, line)).collect();
    part.tables
        .push(Table::new(l, "estimate-in-numbers", &HEADS, rows));
    part
}

fn dependence(l: &Language, all: &Answered, graphs: &GraphsAnswer) -> Section {
    let mut part = section(l, "estimate-dependence");
    let names = all.table.names();
    let rows = graphs
        .dependence
        .iter()
        .map(|(one, other, p)| {
            vec![
                format!("{} + {}", names[*one], names[*other]),
                l.percent(*p),
            ]
        })
        .collect();
    part.tables.push(Table::new(
        l,
        "estimate-pairs",
        &["estimate-pair", "estimate-probability"],
        rows,
    ));
    let rows = graphs
        .best
        .iter()
        .filter(|best| best.probability > 0.001)
        .map(|best| {
            let at = best.total.interval(0.95);
            vec![
                best.graph.notation(names),
                l.percent(best.probability),
                number(l, at.lower as f64),
                number(l, best.total.median() as f64),
                number(l, at.upper as f64),
            ]
        })
        .collect();
    let heads = [
        "estimate-graph",
        "estimate-probability",
        "estimate-low",
        "estimate-median",
        "estimate-high",
    ];
    part.tables
        .push(Table::new(l, "estimate-graphs", &heads, rows).caption(l, "estimate-graphs-caption"));
    if let Some(models) = &all.models {
        let rows = models
            .bic
            .best
            .iter()
            .filter(|(_, weight)| *weight > 0.001)
            .map(|(fit, weight)| {
                vec![
                    notation(&fit.terms, names),
                    l.percent(*weight),
                    number(l, fit.total.lower),
                    number(l, fit.total.value),
                    number(l, fit.total.upper),
                ]
            })
            .collect();
        let heads = [
            "estimate-model",
            "estimate-weight",
            "estimate-low",
            "estimate-median",
            "estimate-high",
        ];
        part.tables.push(
            Table::new(l, "estimate-models", &heads, rows).caption(l, "estimate-models-caption"),
        );
    }
    part
}

fn strata(l: &Language, parts: &Parts) -> Section {
    let mut part = section(l, "estimate-strata");
    part.words.push(l.text("estimate-strata-note"));
    let firm: Vec<&Answered> = parts.all.iter().filter(|of| !thin(of)).collect();
    if let Some(together) = &parts.together {
        let label = if together.ln_bayes_factor > 0.0 {
            "estimate-pooling-for"
        } else {
            "estimate-pooling-against"
        };
        part.words.push(l.text(label));
    }
    let rays: Vec<Ray> = firm
        .iter()
        .filter_map(|of| of.lines.first().map(|line| (of, line)))
        .map(|(of, line)| Ray {
            label: of.name.clone(),
            low: line.low,
            middle: line.middle,
            high: line.high,
            answer: true,
        })
        .collect();
    let pooled = parts.together.as_ref().and_then(|t| t.pooled.as_ref());
    let mut rows: Vec<Vec<String>> = firm
        .iter()
        .zip(&rays)
        .enumerate()
        .map(|(at, (of, ray))| {
            let pooled = pooled.and_then(|pooled| pooled.parts.get(at));
            let remarks = of.findings.iter().map(|found| finding(l, &of.table, found));
            let remarks: Vec<String> = remarks.collect();
            vec![
                of.name.clone(),
                number(l, of.table.observed() as f64),
                span(l, ray.middle, ray.low, ray.high),
                between(l, of.classes.as_ref().map(|classes| &classes.total)),
                between(l, pooled),
                remarks.join(" "),
            ]
        })
        .collect();
    if !parts.lines.is_empty() {
        let line = |of: Option<&Line>| {
            of.map(|line| span(l, line.middle, line.low, line.high))
                .unwrap_or_default()
        };
        let observed: u64 = firm.iter().map(|of| of.table.observed()).sum();
        let find = |method: Method, setting: Setting| {
            let found = |line: &&Line| line.method == method && line.setting == setting;
            parts.lines.iter().find(found)
        };
        rows.push(vec![
            l.text("estimate-sum"),
            number(l, (observed + parts.in_thin) as f64),
            line(find(Method::Graphs, Setting::Apart)),
            line(find(Method::Classes, Setting::Apart)),
            line(find(Method::Graphs, Setting::Pooled)),
            l.text("estimate-sum-remark"),
        ]);
    }
    // Nothing lies below those observed in the smallest part.
    let observed = firm.iter().map(|of| of.table.observed()).min();
    if rays.len() > 1 {
        let from = observed.unwrap_or_default() as f64;
        part.svg = fan(&part.title, (from, false), &rays, &|n| number(l, n));
        part.legend = l.text("estimate-strata-legend");
    }
    let mut table = Table::new(
        l,
        "estimate-in-numbers",
        &[
            "estimate-part",
            "estimate-observed",
            "estimate-by-graphs",
            "estimate-by-classes",
            "estimate-pooled-column",
            "estimate-remark",
        ],
        rows,
    );
    table.sum = !parts.lines.is_empty();
    part.tables.push(table);
    part
}

/// A middle with its interval, which does not break at its dash.
fn span(l: &Language, middle: f64, low: f64, high: f64) -> String {
    let [middle, low, high] = [middle, low, high].map(|n| number(l, n));
    format!("{middle} ({low}\u{2060}–\u{2060}{high})")
}

/// The middle and the interval of a distribution.
fn between(l: &Language, of: Option<&Posterior>) -> String {
    of.map(|of| {
        let at = of.interval(0.95);
        span(l, of.median() as f64, at.lower as f64, at.upper as f64)
    })
    .unwrap_or_default()
}

fn too_thin(l: &Language, parts: &Parts) -> Option<Section> {
    let rows: Vec<Vec<String>> = parts
        .all
        .iter()
        .filter(|of| thin(of))
        .map(|of| {
            let remarks = of.findings.iter().map(|found| finding(l, &of.table, found));
            let remarks: Vec<String> = remarks.collect();
            vec![
                of.name.clone(),
                number(l, of.table.observed() as f64),
                remarks.join(" "),
            ]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut part = section(l, "estimate-thin");
    part.words.push(l.text("estimate-thin-note"));
    let heads = ["estimate-part", "estimate-observed", "estimate-remark"];
    part.tables
        .push(Table::new(l, "estimate-in-numbers", &heads, rows));
    Some(part)
}

fn chains(l: &Language, classes: &latent::Answer) -> Section {
    let mut part = section(l, "estimate-chains");
    let state = &classes.convergence;
    part.words.push(l.with(
        "estimate-chains-words",
        &[
            ("chains", Arg::Integer(classes.trace.len() as i64)),
            ("draws", told(l, classes.draws as f64)),
            ("rhat", Arg::Text(l.decimal(state.r_hat, 3))),
            ("worth", told(l, state.bulk.min(state.tail))),
        ],
    ));
    part.svg = traces(&part.title, &classes.trace, &|n| number(l, n));
    part.legend = l.text("estimate-chains-legend");
    part
}

fn method(l: &Language, found: &Found) -> Section {
    let mut part = section(l, "estimate-method");
    let mut labels = vec![
        "estimate-method-graphs",
        "estimate-method-classes",
        "estimate-method-models",
        "estimate-method-bounds",
    ];
    if found.linked.is_some() {
        labels.push("estimate-method-linkages");
    }
    if found.parts.is_some() {
        labels.push("estimate-method-strata");
    }
    part.words
        .extend(labels.into_iter().map(|label| l.text(label)));
    part
}
