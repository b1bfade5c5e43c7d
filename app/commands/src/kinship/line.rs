//! What Y and mitochondrial haplotypes say: beside the likelihood ratio, and never multiplied into it.

use mandate_kinship::{
    Kind, Profile,
    case::{Family, Remains},
    formats::haplotypes::HaplotypeRow,
    screen::{Lineage, Screened, Weight, by_line, difference, screen, weigh},
};
use mandate_language::{Arg, Language};
use serde_json::{Value, json};

use super::{
    input::Loaded,
    numbers::{self, plain, share},
    report::Table,
};

/// Remains and a missing person by their lines.
pub(super) struct Lines<'a> {
    family: &'a Family,
    screened: Vec<Screened>,
    found: Vec<(Lineage, Option<(&'a HaplotypeRow, Weight)>)>,
}

/// The word for a kind in tables and labels.
pub(super) fn word(kind: Kind) -> &'static str {
    if kind == Kind::Y { "y" } else { "mt" }
}

fn named(l: &Language, kind: Kind) -> String {
    l.text(if kind == Kind::Y {
        "kinship-line-kind-y"
    } else {
        "kinship-line-kind-mt"
    })
}

/// A line in a few characters: the haplotype, at how many markers it is the same, and of how many.
pub(super) fn short(l: &Language, lineages: &[Lineage]) -> String {
    let all: Vec<String> = lineages
        .iter()
        .map(|one| {
            let same = one.compared.saturating_sub(one.different.len());
            format!("{} {same}/{}", named(l, one.kind), one.compared)
        })
        .collect();
    all.join(", ")
}

impl<'a> Lines<'a> {
    pub(super) fn of(
        loaded: &'a Loaded,
        family: &'a Family,
        missing: usize,
        remains: &Remains,
    ) -> anyhow::Result<Self> {
        let screened = screen(&family.missing_one(missing), remains, &loaded.case.loci)?;
        let mut found = Vec::new();
        for lineage in by_line(&screened) {
            let row = loaded
                .haplotypes
                .iter()
                .find(|row| row.sample == remains.profile.name && row.kind == lineage.kind)
                .filter(|_| lineage.different.is_empty());
            let weight = row.map(|row| Ok::<_, mandate_kinship::Error>((row, weigh(row.count)?)));
            found.push((lineage, weight.transpose()?));
        }
        Ok(Self {
            family,
            screened,
            found,
        })
    }

    /// One row for each relative, and one for what a line weighs.
    pub(super) fn rows(&self) -> Vec<Value> {
        let mut rows: Vec<Value> = self
            .screened
            .iter()
            .map(|one| {
                json!({
                    "part": "line",
                    "name": word(one.kind),
                    "relatives": self.family.id(one.relative),
                    "compared": one.difference.compared,
                    "different": one.difference.different,
                    "meioses": one.line.meioses,
                })
            })
            .collect();
        for (lineage, weight) in &self.found {
            if let Some((_, weight)) = weight {
                rows.push(json!({
                    "part": "line-weight",
                    "name": word(lineage.kind),
                    "log10_likelihood_ratio": plain(weight.ratio.log10()),
                    "likelihood_ratio": plain(weight.ratio),
                    "upper_frequency": weight.upper_frequency,
                    "kappa_ratio": weight.kappa_ratio,
                }));
            }
        }
        rows
    }

    pub(super) fn words(&self, l: &Language) -> Vec<String> {
        let mut words = Vec::new();
        for (lineage, weight) in &self.found {
            let relatives = lineage.relatives.iter();
            let names = relatives.map(|at| self.family.id(*at).to_owned()).collect();
            let mut about = vec![
                ("kind", word(lineage.kind).into()),
                ("relatives", Arg::List(names)),
            ];
            if lineage.different.is_empty() {
                words.push(l.with("kinship-line-agrees", &about));
            } else {
                about.push(("markers", Arg::List(lineage.different.clone())));
                words.push(l.with("kinship-line-differs", &about));
                continue;
            }
            match weight {
                Some((row, weight)) => words.extend(weighed(l, row, weight)),
                None => words.push(l.text("kinship-line-no-count")),
            }
        }
        words
    }

    pub(super) fn table(&self, l: &Language) -> Option<Table> {
        let heads = [
            "kinship-line-kind",
            "kinship-line-relative",
            "kinship-line-meioses",
            "kinship-line-compared",
            "kinship-line-different",
        ];
        let row = |one: &Screened| {
            vec![
                named(l, one.kind),
                self.family.id(one.relative).to_owned(),
                one.line.meioses.to_string(),
                one.difference.compared.to_string(),
                different(&one.difference.different),
            ]
        };
        let rows: Vec<Vec<String>> = self.screened.iter().map(row).collect();
        let table = Table::new(l, "kinship-line", &heads, rows);
        (!self.screened.is_empty()).then(|| table.caption(l, "kinship-line-caption"))
    }
}

fn different(markers: &[String]) -> String {
    if markers.is_empty() {
        "–".to_owned()
    } else {
        markers.join(", ")
    }
}

fn weighed(l: &Language, row: &HaplotypeRow, weight: &Weight) -> Vec<String> {
    let count = |number: u32| Arg::Integer(i64::from(number));
    let database = if row.database.is_empty() {
        "?"
    } else {
        &row.database
    };
    let mut words = vec![l.with(
        "kinship-line-weight",
        &[
            ("database", database.into()),
            ("seen", count(row.count.seen)),
            ("of", count(row.count.of)),
            ("frequency", share(l, weight.upper_frequency).into()),
            ("ratio", numbers::ratio(l, weight.ratio.log10()).into()),
        ],
    )];
    if let Some(ratio) = weight.kappa_ratio {
        let ratio = numbers::ratio(l, ratio.log10());
        words.push(l.with("kinship-line-kappa", &[("ratio", ratio.into())]));
    }
    words
}

/// Two samples that may be of one person: their haplotypes, kind by kind.
pub(super) fn of_two(loaded: &Loaded, one: &Profile, other: &Profile) -> Vec<Lineage> {
    [Kind::Y, Kind::Mitochondrial]
        .into_iter()
        .filter_map(|kind| {
            let found = difference(one, other, kind, &loaded.case.loci);
            (found.compared > 0).then_some(Lineage {
                kind,
                relatives: Vec::new(),
                compared: found.compared,
                different: found.different,
            })
        })
        .collect()
}

/// Those as rows of the results.
pub(super) fn rows_of_two(lineages: &[Lineage]) -> Vec<Value> {
    let row = |one: &Lineage| {
        json!({
            "part": "line",
            "name": word(one.kind),
            "compared": one.compared,
            "different": one.different,
        })
    };
    lineages.iter().map(row).collect()
}

/// Those as a table.
pub(super) fn table_of_two(l: &Language, lineages: &[Lineage]) -> Option<Table> {
    let heads = [
        "kinship-line-kind",
        "kinship-line-compared",
        "kinship-line-different",
    ];
    let row = |one: &Lineage| {
        vec![
            named(l, one.kind),
            one.compared.to_string(),
            different(&one.different),
        ]
    };
    let rows: Vec<Vec<String>> = lineages.iter().map(row).collect();
    let table = Table::new(l, "kinship-line", &heads, rows);
    (!lineages.is_empty()).then(|| table.caption(l, "kinship-line-caption"))
}
