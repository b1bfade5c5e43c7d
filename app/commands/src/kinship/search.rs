//! `mandate kinship search`.

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use clap::Args;
use mandate_kinship::{
    Family, Kind, Locus, Options, Progress, Remains, closeness,
    posterior::{Posterior, posterior},
    screen::{Lineage, by_line, screen},
    search as blind_search,
};
use mandate_language::{Arg, Language};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::{
    input::{Data, Loaded},
    line, loci_for_all,
    numbers::{self, plain, ratio, share},
    report::{Output, Page, Table},
    told_progress,
    weigh::{method, yes},
};
use crate::out;

/// So many pairs are looked at for exclusions.
const MOST_PAIRS: usize = 2_000_000;
/// So many candidates have their mutations counted.
const MOST_COUNTED: usize = 20_000;

/// What `mandate kinship search` is told.
#[derive(Debug, Args)]
pub struct Search {
    #[command(flatten)]
    data: Data,
    /// How many candidates are kept for each of the remains.
    #[arg(long, default_value_t = 10)]
    keep: usize,
    /// Also writes all pairs that mutations hardly explain to this file (CSV).
    #[arg(long)]
    exclusions: Option<PathBuf>,
    /// A pair is excluded from so many markers on that need a mutation.
    #[arg(long, default_value_t = 2)]
    exclude_from: usize,
    #[command(flatten)]
    output: Output,
}

/// A candidate with what is said of it.
struct Ranked<'a> {
    remains: &'a str,
    rank: usize,
    family: &'a str,
    missing: &'a str,
    without_theta: f64,
    conclusion: Posterior,
    /// Markers that need a mutation, and how many in all; nothing where it was not counted.
    conflicts: Option<(Vec<String>, u32)>,
    /// The male and the female line.
    lines: Vec<Lineage>,
}

pub(crate) fn search(told: &Search, to: &mut dyn Write) -> anyhow::Result<()> {
    let loaded = told.data.load()?;
    let loci = loci_for_all(&loaded);
    let (families, places): (Vec<Family>, Vec<(usize, usize)>) = loaded
        .case
        .families
        .iter()
        .enumerate()
        .flat_map(|(number, f)| {
            f.missing
                .iter()
                .map(move |m| (f.missing_one(*m), (number, *m)))
        })
        .unzip();
    anyhow::ensure!(!families.is_empty(), "nobody is missing in these files");
    anyhow::ensure!(
        !loaded.case.remains.is_empty(),
        "there are no remains in these files"
    );
    let options = Options {
        keep: told.keep,
        threshold_log10: loaded.policy.log10_threshold,
        theta: loaded.theta,
    };
    let progress = told_progress("families");
    let found = blind_search(
        &families,
        &loaded.case.remains,
        &loci,
        &options,
        &|p: Progress| progress(p.done, p.of),
    )?;
    for (family, marker) in &found.contradictory {
        eprintln!(
            "the family {} was not compared: its own samples contradict one another at {marker}",
            families[*family].name
        );
    }
    eprintln!(
        "{} pairs compared; {} at or above the threshold",
        found.compared,
        found.above.iter().map(|a| u64::from(*a)).sum::<u64>()
    );
    let ranked = ranked(&loaded, &families, &places, &loci, &found)?;
    let columns = [
        "remains",
        "rank",
        "family",
        "missing",
        "log10_likelihood_ratio",
        "log10_without_theta",
        "prior",
        "posterior",
        "expected_by_chance",
        "threshold_reached",
        "markers_with_mutation",
        "mutations",
        "y_compared",
        "y_different",
        "mt_compared",
        "mt_different",
    ];
    let rows: Vec<Value> = ranked
        .iter()
        .map(|r| {
            let line = |kind: &str| r.lines.iter().find(|one| line::word(one.kind) == kind);
            let (y, mt) = (line("y"), line("mt"));
            json!({
                "y_compared": y.map(|one| one.compared),
                "y_different": y.map(|one| one.different.join(" ")),
                "mt_compared": mt.map(|one| one.compared),
                "mt_different": mt.map(|one| one.different.join(" ")),
                "remains": r.remains,
                "rank": r.rank,
                "family": r.family,
                "missing": r.missing,
                "log10_likelihood_ratio": plain(r.conclusion.log10_lr),
                "log10_without_theta": plain(r.without_theta),
                "prior": r.conclusion.prior,
                "posterior": r.conclusion.posterior,
                "expected_by_chance": r.conclusion.by_chance,
                "threshold_reached": r.conclusion.ratio_reached && r.conclusion.posterior_reached,
                "markers_with_mutation": r.conflicts.as_ref().map(|c| c.0.join(" ")),
                "mutations": r.conflicts.as_ref().map(|c| c.1),
            })
        })
        .collect();
    numbers::rows(told.output.format, &columns, &rows, to)?;
    if let Some(path) = &told.exclusions {
        exclusions(
            told,
            path,
            &families,
            &loaded.case.remains,
            &places,
            &loaded,
            &loci,
        )?;
    }
    told.output
        .report(|l| page(l, &loaded, &ranked, found.compared))
}

fn ranked<'a>(
    loaded: &'a Loaded,
    families: &'a [Family],
    places: &[(usize, usize)],
    loci: &[Locus],
    found: &mandate_kinship::Found,
) -> anyhow::Result<Vec<Ranked<'a>>> {
    let case = &loaded.case;
    let counted = found.candidates.iter().map(Vec::len).sum::<usize>() <= MOST_COUNTED;
    let pairs: Vec<(usize, usize, &mandate_kinship::Candidate)> = found
        .candidates
        .iter()
        .enumerate()
        .flat_map(|(body, all)| all.iter().enumerate().map(move |(n, c)| (body, n, c)))
        .collect();
    pairs
        .into_par_iter()
        .map(|(body, n, candidate)| {
            let remains = &case.remains[body];
            let (number, missing) = places[candidate.family];
            let family = &case.families[number];
            // Where theta was out of reach the ratio without it is shown; the column beside says the same number then.
            let log10 = candidate.log10_with_theta.unwrap_or(candidate.log10);
            let factor = loaded.factor(family, missing, remains);
            let conflicts = if counted {
                let close = closeness(&families[candidate.family], remains, loci)?;
                let markers = close.conflicts.iter().map(|c| c.marker.clone()).collect();
                Some((markers, close.mutations()))
            } else {
                None
            };
            Ok(Ranked {
                remains: &remains.profile.name,
                rank: n + 1,
                family: &family.name,
                missing: family.id(missing),
                without_theta: candidate.log10,
                conclusion: posterior(log10, factor, &loaded.policy),
                conflicts,
                lines: by_line(&screen(&families[candidate.family], remains, &case.loci)?),
            })
        })
        .collect()
}

/// Every pair that needs mutations at too many markers, with the markers.
fn exclusions(
    told: &Search,
    path: &PathBuf,
    families: &[Family],
    remains: &[Remains],
    places: &[(usize, usize)],
    loaded: &Loaded,
    loci: &[Locus],
) -> anyhow::Result<()> {
    let pairs = families.len().saturating_mul(remains.len());
    anyhow::ensure!(
        pairs <= MOST_PAIRS,
        "{pairs} pairs are too many to name exclusions; search fewer families or remains at a time"
    );
    let progress = told_progress("remains");
    let mut rows = vec![
        [
            "remains",
            "family",
            "missing",
            "why",
            "markers",
            "mutations",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for (number, body) in remains.iter().enumerate() {
        progress(number, remains.len());
        let found: Vec<Option<Vec<String>>> = families
            .par_iter()
            .zip(places)
            .map(|(family, (number, missing))| -> anyhow::Result<_> {
                let of = &loaded.case.families[*number];
                let named = |why: &str, markers: String, mutations: String| {
                    vec![
                        body.profile.name.clone(),
                        family.name.clone(),
                        of.id(*missing).to_owned(),
                        why.to_owned(),
                        markers,
                        mutations,
                    ]
                };
                if !mandate_kinship::compare::sex_agrees(of, *missing, body) {
                    return Ok(Some(named("sex", String::new(), String::new())));
                }
                let lines = by_line(&screen(family, body, &loaded.case.loci)?);
                let differs = |one: &&Lineage| {
                    let most = if one.kind == Kind::Y {
                        told.exclude_from
                    } else {
                        1
                    };
                    one.different.len() >= most
                };
                if let Some(one) = lines.iter().find(differs) {
                    let markers = one.different.join(" ");
                    let why = format!("line-{}", line::word(one.kind));
                    return Ok(Some(named(&why, markers, String::new())));
                }
                let close = closeness(family, body, loci)?;
                if close.conflicts.len() < told.exclude_from {
                    return Ok(None);
                }
                let markers: Vec<&str> =
                    close.conflicts.iter().map(|c| c.marker.as_str()).collect();
                Ok(Some(named(
                    "mutations",
                    markers.join(" "),
                    close.mutations().to_string(),
                )))
            })
            .collect::<anyhow::Result<_>>()?;
        rows.extend(found.into_iter().flatten());
    }
    let mut file =
        std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    out::csv(&rows, &mut file)
}

fn page(l: &Language, loaded: &Loaded, ranked: &[Ranked<'_>], compared: u64) -> Page {
    let lines = ranked.iter().any(|r| !r.lines.is_empty());
    // A reader needs those that the DNA speaks for, and the best where it speaks for none.
    let rows = ranked
        .iter()
        .filter(|r| r.rank == 1 || r.conclusion.log10_lr >= 0.0)
        .map(|r| {
            let mut row = vec![
                r.remains.to_owned(),
                r.rank.to_string(),
                r.family.to_owned(),
                r.missing.to_owned(),
                ratio(l, r.conclusion.log10_lr),
                share(l, r.conclusion.posterior),
                yes(
                    l,
                    r.conclusion.ratio_reached && r.conclusion.posterior_reached,
                ),
                r.conflicts
                    .as_ref()
                    .map_or_else(String::new, |c| c.0.join(", ")),
            ];
            row.extend(lines.then(|| line::short(l, &r.lines)));
            row
        })
        .collect();
    let mut heads = vec![
        "kinship-remains",
        "kinship-rank",
        "kinship-family",
        "kinship-missing",
        "kinship-ratio",
        "kinship-posterior",
        "kinship-reached",
        "kinship-mutations",
    ];
    heads.extend(lines.then_some("kinship-line"));
    let compared = Arg::Integer(i64::try_from(compared).unwrap_or(i64::MAX));
    let mut page = Page {
        words: vec![
            l.text("kinship-search-words"),
            l.with("kinship-search-compared", &[("count", compared)]),
        ],
        tables: vec![Table::new(l, "kinship-search-caption", &heads, rows)],
        ..Page::new(l, l.text("kinship-title-search"))
    };
    method(&mut page, l, loaded);
    page
}
