//! `mandate kinship lr --family … --against …`: one pedigree of the same people against another.

use std::{collections::BTreeSet, io::Write};

use mandate_kinship::{Evidence, Hypothesis, Kind, Locus, Sex, case::Family, likelihood_ratio};
use mandate_language::Language;
use serde_json::{Value, json};

use super::{
    draw,
    input::Loaded,
    numbers::{self, plain, ratio, spelt},
    report::{Output, Page, Table},
    weigh::{HEADS, method, shown},
};

/// So many people have a column of their own in the table of markers.
const COLUMNS: usize = 6;

/// Weighs what was seen of the people of one family under its pedigree against the same under the other's.
pub(super) fn weigh(
    output: &Output,
    loaded: &Loaded,
    (first, second): (&str, &str),
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    let (first, second) = (loaded.family(first)?, loaded.family(second)?);
    same_samples(first, second)?;
    let found = likelihood_ratio(
        &Hypothesis {
            pedigree: &first.pedigree,
            typed: first.typed(),
        },
        &Hypothesis {
            pedigree: &second.pedigree,
            typed: second.typed(),
        },
        &usable(loaded, [first, second]),
        loaded.theta,
    )?;
    let threshold = loaded.policy.log10_threshold;
    let mut rows: Vec<Value> = found
        .markers
        .iter()
        .map(|m| {
            let seen = first.typed.iter();
            let seen: Vec<String> = seen
                .map(|(at, p)| format!("{} {}", first.id(*at), shown(p, &m.marker)))
                .collect();
            json!({
                "part": "marker",
                "name": m.marker,
                "relatives": seen,
                "log10_likelihood_ratio": plain(m.log10),
                "likelihood_ratio": plain(m.ratio),
            })
        })
        .collect();
    rows.push(json!({
        "part": "all",
        "name": "all markers",
        "log10_likelihood_ratio": plain(found.log10),
        "likelihood_ratio": plain(10f64.powf(found.log10)),
        "ratio_reached": found.log10 >= threshold,
    }));
    numbers::rows(output.format, &HEADS, &rows, to)?;
    output.report(|l| page(l, loaded, first, second, &found))
}

/// Both hypotheses must explain the same samples; otherwise their likelihoods are of different things.
fn same_samples(first: &Family, second: &Family) -> anyhow::Result<()> {
    let names = |family: &Family| -> BTreeSet<String> {
        family.typed.iter().map(|(_, p)| p.name.clone()).collect()
    };
    let (one, other) = (names(first), names(second));
    let only: Vec<&str> = one
        .symmetric_difference(&other)
        .map(String::as_str)
        .collect();
    anyhow::ensure!(
        only.is_empty(),
        "the families {} and {} do not have the same samples ({}): both must explain everything that was seen, so put the \
         people without relatives into the pedigree as well",
        first.name,
        second.name,
        only.join(", ")
    );
    anyhow::ensure!(!one.is_empty(), "the family {} has no samples", first.name);
    Ok(())
}

fn usable(loaded: &Loaded, families: [&Family; 2]) -> Vec<Locus> {
    let mut members = families.iter().flat_map(|f| f.pedigree.members());
    let known = members.all(|m| m.sex != Sex::Unknown);
    let loci = loaded.case.loci.iter();
    loci.filter(|l| known || l.kind() != Kind::X)
        .cloned()
        .collect()
}

fn page(l: &Language, loaded: &Loaded, first: &Family, second: &Family, found: &Evidence) -> Page {
    let names = || {
        [
            ("first", first.name.as_str().into()),
            ("second", second.name.as_str().into()),
        ]
    };
    let weighed = |id: &str, log10: f64| {
        let mut about = names().to_vec();
        about.push(("ratio", spelt(l, log10).into()));
        l.with(id, &about)
    };
    let words = if found.log10 == f64::NEG_INFINITY {
        l.with("kinship-relations-impossible", &names())
    } else if found.log10 >= 0.0 {
        weighed("kinship-relations-for", found.log10)
    } else {
        weighed("kinship-relations-against", -found.log10)
    };
    let columns: Vec<_> = first.typed.iter().take(COLUMNS).collect();
    let mut heads = vec![l.text("kinship-marker")];
    heads.extend(columns.iter().map(|(at, _)| first.id(*at).to_owned()));
    heads.push(l.text("kinship-ratio"));
    let mut rows: Vec<Vec<String>> = found
        .markers
        .iter()
        .map(|m| {
            let mut row = vec![m.marker.clone()];
            row.extend(columns.iter().map(|(_, p)| shown(p, &m.marker)));
            row.push(ratio(l, m.log10));
            row
        })
        .collect();
    let mut sum = vec![l.text("kinship-all")];
    sum.extend(columns.iter().map(|_| String::new()));
    sum.push(ratio(l, found.log10));
    rows.push(sum);
    let mut page = Page {
        words: vec![words],
        drawing: Some(draw::family(l, first)),
        tables: vec![Table {
            title: l.text("kinship-markers"),
            caption: l.text("kinship-markers-caption"),
            heads,
            rows,
            sum: true,
        }],
        ..Page::new(l, l.with("kinship-title-relations", &names()))
    };
    method(&mut page, l, loaded);
    page.method.push(l.text("kinship-relations-method"));
    page
}
