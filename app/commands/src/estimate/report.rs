//! The report of an estimate: one HTML file that needs nothing else.

use askama::Template;
use mandate_estimation::Posterior;
use mandate_language::{Arg, Language};

use super::{
    ask::{Answered, Line},
    words::finding,
};
use crate::{
    kinship::ReportTable as Table,
    link::{Bar, Page, Section, bars, densities, intervals},
};

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
    l.number(n.round() as i64)
}

fn interval<'a>(l: &Language, total: &Posterior) -> Vec<(&'a str, Arg)> {
    let at = total.interval(0.95);
    vec![
        ("median", Arg::Text(number(l, total.median() as f64))),
        ("low", Arg::Text(number(l, at.lower as f64))),
        ("high", Arg::Text(number(l, at.upper as f64))),
    ]
}

pub(crate) fn page(l: &Language, all: &Answered, parts: &[Answered]) -> anyhow::Result<String> {
    let mut sections = vec![answer(l, all), overlap(l, all)];
    if let Some(graphs) = &all.graphs {
        let mut part = section(l, "estimate-posterior");
        let other = all.classes.as_ref().map(|classes| &classes.total);
        part.svg = densities(&part.title, &graphs.total, other);
        part.legend = l.text("estimate-posterior-legend");
        sections.push(part);
    }
    sections.push(sensitivity(l, all));
    if let Some(graphs) = &all.graphs {
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
            "estimate-dependence",
            &["estimate-pair", "estimate-probability"],
            rows,
        ));
        sections.push(part);
    }
    if !parts.is_empty() {
        sections.push(strata(l, parts));
    }
    let mut method = section(l, "estimate-method");
    for label in [
        "estimate-method-graphs",
        "estimate-method-classes",
        "estimate-method-bounds",
        "estimate-method-may",
        "estimate-method-may-not",
    ] {
        method.words.push(l.text(label));
    }
    sections.push(method);
    let page = Page {
        lang: l.tag().to_string(),
        title: l.text("estimate-title"),
        notice: l.text("estimate-notice"),
        sections,
    };
    Ok(page.render()?)
}

fn answer(l: &Language, all: &Answered) -> Section {
    let mut part = section(l, "estimate-answer");
    if let Some(graphs) = &all.graphs {
        let mut with = interval(l, &graphs.total);
        with.push((
            "observed",
            Arg::Text(number(l, all.table.observed() as f64)),
        ));
        part.words.push(l.with("estimate-graphs-words", &with));
    }
    if let Some(classes) = &all.classes {
        part.words
            .push(l.with("estimate-classes-words", &interval(l, &classes.total)));
        if !classes.converged {
            part.words.push(l.text("estimate-not-converged"));
        }
    }
    if !all.findings.is_empty() {
        let refused = all.refused();
        part.words.push(l.text(if refused {
            "estimate-refused"
        } else {
            "estimate-warned"
        }));
        part.words.extend(
            all.findings
                .iter()
                .map(|found| finding(l, &all.table, found)),
        );
    }
    part
}

fn overlap(l: &Language, all: &Answered) -> Section {
    let mut part = section(l, "estimate-overlap");
    let names = all.table.names();
    let mut patterns: Vec<(u32, u64)> = all.table.patterns().filter(|(_, n)| *n > 0).collect();
    patterns.sort_by_key(|(pattern, n)| (std::cmp::Reverse(*n), *pattern));
    let chart: Vec<Bar> = patterns
        .iter()
        .map(|(pattern, n)| {
            let on: Vec<&str> = names
                .iter()
                .enumerate()
                .filter(|(list, _)| pattern & (1 << list) != 0)
                .map(|(_, name)| name.as_str())
                .collect();
            Bar {
                label: on.join(" + "),
                value: *n as f64,
                from: 0.0,
                said: number(l, *n as f64),
                group: None,
                sum: false,
            }
        })
        .collect();
    part.svg = bars(&part.title, &chart);
    part.legend = l.text("estimate-overlap-legend");
    part
}

fn sensitivity(l: &Language, all: &Answered) -> Section {
    let mut part = section(l, "estimate-sensitivity");
    let label = |line: &Line| {
        if line.setting.is_empty() {
            line.method.to_owned()
        } else {
            format!("{}: {}", line.method, line.setting)
        }
    };
    let chart: Vec<(String, f64, f64, f64)> = all
        .lines
        .iter()
        .map(|line| (label(line), line.low, line.middle, line.high))
        .collect();
    part.svg = intervals(&part.title, all.table.observed() as f64, &chart);
    part.legend = l.text("estimate-sensitivity-legend");
    let rows = all
        .lines
        .iter()
        .map(|line| {
            vec![
                label(line),
                number(l, line.low),
                number(l, line.middle),
                number(l, line.high),
            ]
        })
        .collect();
    part.tables.push(Table::new(
        l,
        "estimate-sensitivity",
        &[
            "estimate-method-name",
            "estimate-low",
            "estimate-median",
            "estimate-high",
        ],
        rows,
    ));
    part
}

fn strata(l: &Language, parts: &[Answered]) -> Section {
    let mut part = section(l, "estimate-strata");
    part.words.push(l.text("estimate-strata-note"));
    let rows = parts
        .iter()
        .map(|of| {
            let line = of.lines.first().filter(|_| !of.refused());
            let at =
                |pick: fn(&Line) -> f64| line.map(|line| number(l, pick(line))).unwrap_or_default();
            let remarks: Vec<String> = of
                .findings
                .iter()
                .map(|found| finding(l, &of.table, found))
                .collect();
            vec![
                of.name.clone(),
                number(l, of.table.observed() as f64),
                at(|line| line.low),
                at(|line| line.middle),
                at(|line| line.high),
                remarks.join(" "),
            ]
        })
        .collect();
    part.tables.push(Table::new(
        l,
        "estimate-strata",
        &[
            "estimate-part",
            "estimate-observed",
            "estimate-low",
            "estimate-median",
            "estimate-high",
            "estimate-remark",
        ],
        rows,
    ));
    part
}
