//! `mandate kinship lr`.

use std::{collections::BTreeMap, io::Write, path::PathBuf};

use anyhow::Context;
use clap::Args;
use mandate_kinship::{
    Evidence, Locus, Observation, Otherwise, Profile, Sex,
    case::{CaseOptions, Family, Remains, build},
    check::Severity,
    closeness,
    compare::evidence,
    direct,
    formats::Contents,
    posterior::{Posterior, Sensitivity, Variant, posterior, sensitivity},
};
use mandate_language::Language;
use serde_json::{Value, json};

use super::{
    found,
    input::{Data, Loaded, table},
    line::{self, Lines},
    numbers::{self, plain, ratio, spelt},
    relations,
    report::{Output, Page, Table},
};

pub(super) const HEADS: [&str; 17] = [
    "part",
    "name",
    "remains",
    "relatives",
    "log10_likelihood_ratio",
    "likelihood_ratio",
    "mutations",
    "prior",
    "posterior",
    "expected_by_chance",
    "ratio_reached",
    "posterior_reached",
    "compared",
    "different",
    "meioses",
    "upper_frequency",
    "kappa_ratio",
];

/// What `mandate kinship lr` is told.
#[derive(Debug, Args)]
pub struct Weigh {
    #[command(flatten)]
    data: Data,
    /// The family.
    #[arg(long, required_unless_present = "same")]
    family: Option<String>,
    /// The remains, by the sample's name.
    #[arg(long, required_unless_present_any = ["same", "against"])]
    remains: Option<String>,
    /// Another pedigree of the same people instead of remains: which relationship explains their samples better.
    #[arg(long, value_name = "FAMILY", conflicts_with_all = ["remains", "missing", "same"])]
    against: Option<String>,
    /// The missing person, where the family misses several.
    #[arg(long)]
    missing: Option<String>,
    /// Two samples instead: are they of one person?
    #[arg(long, num_args = 2, value_names = ["SAMPLE", "SAMPLE"], conflicts_with_all = ["family", "remains"])]
    same: Vec<String>,
    /// Weighs --same against two full siblings instead of two unrelated persons.
    #[arg(long, requires = "same")]
    siblings: bool,
    /// Another population's frequencies, to see whether the conclusion hangs on them; may be given several times.
    #[arg(long)]
    other_table: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn weigh(told: &Weigh, to: &mut dyn Write) -> anyhow::Result<()> {
    let loaded = told.data.load()?;
    if let [one, other] = told.same.as_slice() {
        return two_samples(told, &loaded, one, other, to);
    }
    let name = told
        .family
        .as_deref()
        .context("name a family with --family")?;
    if let Some(other) = &told.against {
        return relations::weigh(&told.output, &loaded, (name, other), to);
    }
    let family = loaded.family(name)?;
    let remains = loaded.remains(told.remains.as_deref().unwrap_or_default())?;
    let missing = loaded.missing(family, told.missing.as_deref())?;
    let placed = [(missing, remains)];
    let found = evidence(family, &placed, &loaded.case.loci, loaded.theta)?;
    let close = closeness(&family.missing_one(missing), remains, &loaded.case.loci)?;
    let factor = loaded.factor(family, missing, remains);
    let weighed = Weighed {
        family,
        remains,
        missing,
        needed: close
            .conflicts
            .iter()
            .map(|c| (c.marker.as_str(), c.mutations))
            .collect(),
        conclusion: posterior(found.log10, factor, &loaded.policy),
        factor,
        found: &found,
        others: others(told, &loaded, family, missing, remains, factor)?,
        lines: Lines::of(&loaded, family, missing, remains)?,
        loaded: &loaded,
    };
    numbers::rows(told.output.format, &HEADS, &weighed.rows(), to)?;
    told.output.report(|l| weighed.page(l))
}

/// The same ratio under other assumptions.
fn others(
    told: &Weigh,
    loaded: &Loaded,
    family: &Family,
    missing: usize,
    remains: &Remains,
    factor: f64,
) -> anyhow::Result<Vec<Sensitivity>> {
    let again = |factor: f64| {
        let options = CaseOptions {
            rate_factor: factor,
            ..loaded.options.clone()
        };
        build(&loaded.contents, &options).loci
    };
    let rates = [("0.1", again(0.1)), ("10", again(10.0))];
    let mut tables = Vec::new();
    for path in &told.other_table {
        let contents = Contents {
            table: table(path)?.table,
            ..loaded.contents.clone()
        };
        let loci = build(&contents, &loaded.options).loci;
        tables.push((path.display().to_string(), loci));
    }
    let mut variants: Vec<Variant<'_>> = [0.0, 0.01, 0.03]
        .into_iter()
        .filter(|theta| (theta - loaded.theta).abs() > 1e-12)
        .map(|theta| Variant {
            what: "theta",
            value: theta.to_string(),
            theta,
            loci: &loaded.case.loci,
        })
        .collect();
    let variant = |what, value: &str, loci| Variant {
        what,
        value: value.to_owned(),
        theta: loaded.theta,
        loci,
    };
    for (value, loci) in &rates {
        variants.push(variant("mutation", value, loci.as_slice()));
    }
    for (value, loci) in &tables {
        variants.push(variant("table", value, loci.as_slice()));
    }
    let placed = [(missing, remains)];
    Ok(sensitivity(
        family,
        &placed,
        factor,
        &loaded.policy,
        &variants,
    ))
}

/// A genotype as it is written: `15/16`, `9.3`, a dash.
pub(super) fn shown(profile: &Profile, marker: &str) -> String {
    match profile.at(marker) {
        Observation::Pair(a, b) => format!("{a}/{b}"),
        Observation::One(a) => format!("{a}/–"),
        Observation::Nothing => "–".to_owned(),
    }
}

fn conclusion_row(part: &str, name: &str, p: &Posterior) -> Value {
    json!({
        "part": part,
        "name": name,
        "log10_likelihood_ratio": plain(p.log10_lr),
        "likelihood_ratio": plain(10f64.powf(p.log10_lr)),
        "prior": p.prior,
        "posterior": p.posterior,
        "expected_by_chance": p.by_chance,
        "ratio_reached": p.ratio_reached,
        "posterior_reached": p.posterior_reached,
    })
}

/// One comparison with all that is said of it.
pub(super) struct Weighed<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) family: &'a Family,
    pub(super) remains: &'a Remains,
    pub(super) missing: usize,
    pub(super) found: &'a Evidence,
    pub(super) needed: BTreeMap<&'a str, u32>,
    pub(super) factor: f64,
    pub(super) conclusion: Posterior,
    pub(super) others: Vec<Sensitivity>,
    pub(super) lines: Lines<'a>,
}

impl Weighed<'_> {
    fn rows(&self) -> Vec<Value> {
        let mut rows: Vec<Value> = self
            .found
            .markers
            .iter()
            .map(|m| {
                let relatives: Vec<String> = self
                    .family
                    .typed
                    .iter()
                    .map(|(at, p)| format!("{} {}", self.family.id(*at), shown(p, &m.marker)))
                    .collect();
                json!({
                    "part": "marker",
                    "name": m.marker,
                    "remains": shown(&self.remains.profile, &m.marker),
                    "relatives": relatives,
                    "log10_likelihood_ratio": plain(m.log10),
                    "likelihood_ratio": plain(m.ratio),
                    "mutations": self.needed.get(m.marker.as_str()).copied().unwrap_or(0),
                })
            })
            .collect();
        rows.push(conclusion_row("all", "all markers", &self.conclusion));
        for other in &self.others {
            let name = format!("{} {}", other.what, other.value);
            rows.push(match &other.posterior {
                Ok(p) => conclusion_row("sensitivity", &name, p),
                Err(why) => {
                    json!({"part": "sensitivity", "name": name, "relatives": why.to_string()})
                }
            });
        }
        rows.extend(self.lines.rows());
        rows
    }
}

pub(crate) fn yes(l: &Language, yes: bool) -> String {
    l.text(if yes { "kinship-yes" } else { "kinship-no" })
}

/// How it was computed, from what, and what the files leave to be understood.
pub(crate) fn method(page: &mut Page, l: &Language, loaded: &Loaded) {
    let quality = loaded.options.remains;
    page.method = vec![
        l.with(
            "kinship-method-model",
            &[("theta", l.decimal(loaded.theta, 3).into())],
        ),
        l.with(
            "kinship-method-quality",
            &[
                ("dropout", l.decimal(quality.drop_out, 3).into()),
                ("dropin", l.decimal(quality.drop_in, 3).into()),
            ],
        ),
        l.with(
            "kinship-method-files",
            &[("files", loaded.files.join(", ").into())],
        ),
    ];
    let findings = loaded.findings.iter();
    page.remarks = findings
        .filter(|f| f.what.severity() > Severity::Note)
        .map(|f| found::sentence(l, f))
        .chain(loaded.case.remarks.iter().cloned())
        .collect();
}

fn sample<'a>(loaded: &'a Loaded, name: &str) -> anyhow::Result<(&'a Profile, Sex)> {
    if let Some(remains) = loaded.case.remains(name) {
        return Ok((&remains.profile, remains.sex));
    }
    for family in &loaded.case.families {
        if let Some((at, profile)) = family.typed.iter().find(|(_, p)| p.name == name) {
            return Ok((profile, family.sex(*at)));
        }
    }
    anyhow::bail!("there is no sample {name}")
}

fn two_samples(
    told: &Weigh,
    loaded: &Loaded,
    one: &str,
    other: &str,
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    let (first, sex) = sample(loaded, one)?;
    let (second, other_sex) = sample(loaded, other)?;
    let sex = if sex == Sex::Unknown { other_sex } else { sex };
    let otherwise = if told.siblings {
        Otherwise::Siblings
    } else {
        Otherwise::Unrelated
    };
    let loci: Vec<Locus> = loaded
        .case
        .loci
        .iter()
        .filter(|l| l.kind() == mandate_kinship::Kind::Autosomal || sex != Sex::Unknown)
        .cloned()
        .collect();
    let found = direct(first, second, sex, otherwise, &loci, loaded.theta)?;
    let mut rows: Vec<Value> = found
        .markers
        .iter()
        .map(|m| {
            json!({
                "part": "marker",
                "name": m.marker,
                "remains": shown(first, &m.marker),
                "relatives": shown(second, &m.marker),
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
        "ratio_reached": found.log10 >= loaded.policy.log10_threshold,
    }));
    let lineages = line::of_two(loaded, first, second);
    rows.extend(line::rows_of_two(&lineages));
    numbers::rows(told.output.format, &HEADS, &rows, to)?;
    told.output.report(|l| {
        let title = l.with(
            "kinship-title-direct",
            &[("one", one.into()), ("other", other.into())],
        );
        let words = if found.log10 >= 0.0 {
            l.with(
                "kinship-words-direct-same",
                &[("ratio", spelt(l, found.log10).into())],
            )
        } else {
            l.text("kinship-words-direct-different")
        };
        let mut rows: Vec<Vec<String>> = found
            .markers
            .iter()
            .map(|m| {
                vec![
                    m.marker.clone(),
                    shown(first, &m.marker),
                    shown(second, &m.marker),
                    ratio(l, m.log10),
                ]
            })
            .collect();
        rows.push(vec![
            l.text("kinship-all"),
            String::new(),
            String::new(),
            ratio(l, found.log10),
        ]);
        let heads = [
            "kinship-marker",
            "kinship-sample-one",
            "kinship-sample-other",
            "kinship-ratio",
        ];
        let mut page = Page {
            words: vec![words],
            tables: vec![Table {
                sum: true,
                ..Table::new(l, "kinship-samples-compared", &heads, rows)
            }],
            ..Page::new(l, title)
        };
        page.tables.extend(line::table_of_two(l, &lineages));
        method(&mut page, l, loaded);
        page
    })
}
