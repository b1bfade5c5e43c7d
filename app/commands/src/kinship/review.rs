//! `mandate kinship review`.

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use clap::Args;
use mandate_kinship::{
    case::{Family, Remains},
    joint::MissingPerson,
    revision::{Identification, Revision, revise},
};
use mandate_language::Language;
use serde_json::{Value, json};

use super::{
    input::{Data, Loaded},
    loci_for_all,
    numbers::{self, plain, ratio},
    report::{Output, Page, Table},
    told_progress,
    weigh::method,
};

/// What `mandate kinship review` is told.
#[derive(Debug, Args)]
pub struct Review {
    #[command(flatten)]
    data: Data,
    /// The identifications that were made (CSV: sample, family, person).
    #[arg(long)]
    identified: PathBuf,
    #[command(flatten)]
    output: Output,
}

struct Reviewed<'a> {
    families: Vec<&'a Family>,
    remains: Vec<&'a Remains>,
    found: Revision,
}

pub(crate) fn review(told: &Review, to: &mut dyn Write) -> anyhow::Result<()> {
    let loaded = told.data.load()?;
    let made = identified(&told.identified, &loaded)?;
    let families: Vec<&Family> = loaded.case.families.iter().collect();
    let remains: Vec<&Remains> = loaded.case.remains.iter().collect();
    let found = revise(
        &families,
        &remains,
        &made,
        &loci_for_all(&loaded),
        loaded.theta,
        loaded.policy.log10_threshold,
        &told_progress("identifications"),
    )?;
    let all = Reviewed {
        families,
        remains,
        found,
    };
    for (one, why) in &all.found.left_out {
        eprintln!("{} could not be weighed: {why}", all.body(one.remains));
    }
    let columns = [
        "part",
        "remains",
        "family",
        "missing",
        "standing",
        "log10_likelihood_ratio",
        "better_family",
        "better_missing",
        "better_log10",
    ];
    numbers::rows(told.output.format, &columns, &all.rows(), to)?;
    told.output.report(|l| all.page(l, &loaded))
}

fn identified(path: &PathBuf, loaded: &Loaded) -> anyhow::Result<Vec<Identification>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    let table = mandate_tabular::read(&bytes, &name, None, &mandate_tabular::Limits::default())
        .with_context(|| name.clone())?;
    let column = |wanted: &str| {
        let at = table
            .columns
            .iter()
            .position(|c| c.trim().eq_ignore_ascii_case(wanted));
        at.with_context(|| format!("{name} has no column \"{wanted}\""))
    };
    let [sample, family, person] = [column("sample")?, column("family")?, column("person")?];
    table
        .rows
        .iter()
        .map(|row| {
            let cell = |at: usize| row.cells.get(at).map_or("", |c| c.trim());
            let here = || format!("{name}:{}", row.number);
            let case = &loaded.case;
            let remains = case
                .remains
                .iter()
                .position(|r| r.profile.name == cell(sample))
                .with_context(|| format!("{}: there are no remains {}", here(), cell(sample)))?;
            let number = case
                .families
                .iter()
                .position(|f| f.name == cell(family))
                .with_context(|| format!("{}: there is no family {}", here(), cell(family)))?;
            let member = case.families[number]
                .pedigree
                .place(cell(person))
                .with_context(here)?;
            Ok(Identification {
                remains,
                person: MissingPerson {
                    family: number,
                    member,
                },
            })
        })
        .collect()
}

impl Reviewed<'_> {
    fn person(&self, person: MissingPerson) -> (&str, &str) {
        let family = self.families[person.family];
        (&family.name, family.id(person.member))
    }

    fn body(&self, number: usize) -> &str {
        &self.remains[number].profile.name
    }

    fn chain(&self, remains: &[usize]) -> String {
        let names: Vec<&str> = remains.iter().map(|r| self.body(*r)).collect();
        names.join(" → ")
    }

    fn rows(&self) -> Vec<Value> {
        let mut rows: Vec<Value> = self
            .found
            .reviewed
            .iter()
            .map(|r| {
                let (family, missing) = self.person(r.identification.person);
                let better = r.better.map(|(p, ratio)| (self.person(p), ratio));
                json!({
                    "part": "identification",
                    "remains": self.body(r.identification.remains),
                    "family": family,
                    "missing": missing,
                    "standing": r.standing.as_str(),
                    "log10_likelihood_ratio": plain(r.log10_lr),
                    "better_family": better.map(|b| b.0.0),
                    "better_missing": better.map(|b| b.0.1),
                    "better_log10": better.map(|b| plain(b.1)),
                })
            })
            .collect();
        rows.extend(self.found.exchanges.iter().map(|e| {
            let to = e.to.map(|p| self.person(p));
            json!({
                "part": if e.closed { "exchange" } else { "chain" },
                "remains": self.chain(&e.remains),
                "family": to.map(|t| t.0),
                "missing": to.map(|t| t.1),
            })
        }));
        rows
    }

    fn page(&self, l: &Language, loaded: &Loaded) -> Page {
        let mut words = vec![l.text("kinship-review-words")];
        for exchange in &self.found.exchanges {
            let remains = ("remains", self.chain(&exchange.remains).into());
            words.push(match exchange.to {
                Some(to) => l.with(
                    "kinship-exchange-open",
                    &[remains, ("missing", self.person(to).1.into())],
                ),
                None => l.with("kinship-exchange-closed", &[remains]),
            });
        }
        let rows = self
            .found
            .reviewed
            .iter()
            .map(|r| {
                let (family, missing) = self.person(r.identification.person);
                let better = r.better.map_or_else(String::new, |(p, log10)| {
                    format!("{} ({})", self.person(p).1, ratio(l, log10))
                });
                vec![
                    self.body(r.identification.remains).to_owned(),
                    missing.to_owned(),
                    family.to_owned(),
                    l.text(&format!("kinship-standing-{}", r.standing.as_str())),
                    ratio(l, r.log10_lr),
                    better,
                ]
            })
            .collect();
        let heads = [
            "kinship-remains",
            "kinship-missing",
            "kinship-family",
            "kinship-standing",
            "kinship-ratio",
            "kinship-better",
        ];
        let mut page = Page {
            words,
            tables: vec![Table::new(l, "kinship-review-caption", &heads, rows)],
            ..Page::new(l, l.text("kinship-title-review"))
        };
        method(&mut page, l, loaded);
        page
    }
}
