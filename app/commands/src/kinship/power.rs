//! `mandate kinship power`.

use std::io::Write;

use clap::Args;
use mandate_kinship::power::{
    Power as Found, PowerOptions, candidates, power as simulate, who_helps,
};
use mandate_language::{Arg, Language};
use serde_json::{Value, json};

use super::{
    draw,
    input::Data,
    numbers::{self, share, spelt},
    report::{Output, Page, Table},
    told_progress,
    weigh::method,
};

/// What `mandate kinship power` is told.
#[derive(Debug, Args)]
pub struct Power {
    #[command(flatten)]
    data: Data,
    /// The family.
    #[arg(long)]
    family: String,
    /// The missing person, where the family misses several.
    #[arg(long)]
    missing: Option<String>,
    /// Members who will be typed in any case.
    #[arg(long, value_delimiter = ',')]
    also: Vec<String>,
    /// Members who could be asked; without it everybody related who has no sample yet.
    #[arg(long, value_delimiter = ',')]
    ask: Vec<String>,
    /// How many identifications are simulated.
    #[arg(long, default_value_t = 1000)]
    simulations: u32,
    /// Where chance begins; the same seed gives the same numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The probability that a marker of the remains gives a result.
    #[arg(long, default_value_t = 1.0)]
    success: f64,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn power(told: &Power, to: &mut dyn Write) -> anyhow::Result<()> {
    let loaded = told.data.load()?;
    let family = loaded.family(&told.family)?;
    let missing = loaded.missing(family, told.missing.as_deref())?;
    let places = |ids: &[String]| -> anyhow::Result<Vec<usize>> {
        ids.iter()
            .map(|id| Ok(family.pedigree.place(id)?))
            .collect()
    };
    let also = places(&told.also)?;
    let ask = if told.ask.is_empty() {
        let mut all = candidates(family, missing);
        all.retain(|c| !also.contains(c));
        all
    } else {
        places(&told.ask)?
    };
    let options = PowerOptions {
        simulations: told.simulations,
        seed: told.seed,
        log10_threshold: loaded.policy.log10_threshold,
        success: told.success,
        theta: loaded.theta,
    };
    let loci = &loaded.case.loci;
    let now = simulate(
        family,
        missing,
        &also,
        loci,
        &options,
        &told_progress("markers"),
    )?;
    for (marker, why) in &now.left_out {
        eprintln!("{marker} was not used: {why}");
    }
    let progress = told_progress("relatives");
    let helps = if also.is_empty() {
        who_helps(family, missing, &ask, loci, &options, &progress)?
    } else {
        let mut all = Vec::new();
        for (at, member) in ask.iter().enumerate() {
            progress(at, ask.len());
            let with: Vec<usize> = also.iter().copied().chain([*member]).collect();
            all.push(mandate_kinship::power::Helps {
                member: *member,
                power: simulate(family, missing, &with, loci, &options, &|_, _| true)?,
            });
        }
        all.sort_by(|a, b| b.power.exceedance.total_cmp(&a.power.exceedance));
        all
    };
    let mut rows = vec![row(&told.also.join("; "), &now, told)];
    for one in &helps {
        let mut names = told.also.clone();
        names.push(family.id(one.member).to_owned());
        rows.push(row(&names.join("; "), &one.power, told));
    }
    let columns = [
        "added",
        "exceedance",
        "exceedance_from",
        "exceedance_to",
        "mean_log10_likelihood_ratio",
        "quantile_05",
        "quantile_50",
        "quantile_95",
        "by_chance",
        "exclusion",
        "exclusion_twice",
        "simulations",
        "seed",
    ];
    numbers::rows(told.output.format, &columns, &rows, to)?;
    told.output.report(|l| {
        let title = l.with(
            "kinship-title-power",
            &[("family", family.name.as_str().into())],
        );
        let mut words = vec![l.with(
            "kinship-power-words",
            &[
                ("missing", family.id(missing).into()),
                ("ratio", spelt(l, options.log10_threshold).into()),
                ("exceedance", share(l, now.exceedance).into()),
                ("exclusion", share(l, now.exclusion_twice).into()),
            ],
        )];
        let best = helps.first().filter(|h| {
            h.power.exceedance > now.exceedance || h.power.mean_log10 > now.mean_log10 + 0.05
        });
        words.push(match best {
            Some(best) => l.with(
                "kinship-power-help",
                &[("person", family.id(best.member).into())],
            ),
            None => l.text("kinship-power-nobody"),
        });
        words.push(l.with(
            "kinship-power-simulated",
            &[
                ("count", Arg::Integer(i64::from(told.simulations))),
                ("theta", l.decimal(loaded.theta, 3).into()),
            ],
        ));
        let mut rows = vec![line(l, l.text("kinship-power-now"), &now)];
        rows.extend(helps.iter().map(|h| {
            let person = [("person", family.id(h.member).into())];
            line(l, l.with("kinship-power-sample-of", &person), &h.power)
        }));
        let heads = [
            "kinship-samples",
            "kinship-exceedance",
            "kinship-mean",
            "kinship-range",
            "kinship-exclusion",
            "kinship-exclusion-twice",
        ];
        let mut page = Page {
            words,
            drawing: Some(draw::family(l, family)),
            tables: vec![Table::new(l, "kinship-power-caption", &heads, rows)],
            ..Page::new(l, title)
        };
        method(&mut page, l, &loaded);
        page
    })
}

fn row(added: &str, found: &Found, told: &Power) -> Value {
    json!({
        "added": added,
        "exceedance": found.exceedance,
        "exceedance_from": found.exceedance_interval[0],
        "exceedance_to": found.exceedance_interval[1],
        "mean_log10_likelihood_ratio": found.mean_log10,
        "quantile_05": found.quantiles[0],
        "quantile_50": found.quantiles[1],
        "quantile_95": found.quantiles[2],
        "by_chance": found.by_chance,
        "exclusion": found.exclusion,
        "exclusion_twice": found.exclusion_twice,
        "simulations": told.simulations,
        "seed": told.seed,
    })
}

fn line(l: &Language, name: String, found: &Found) -> Vec<String> {
    vec![
        name,
        format!(
            "{} ({} … {})",
            share(l, found.exceedance),
            l.percent(found.exceedance_interval[0]),
            l.percent(found.exceedance_interval[1])
        ),
        l.decimal(found.mean_log10, 1),
        format!(
            "{} … {}",
            l.decimal(found.quantiles[0], 1),
            l.decimal(found.quantiles[2], 1)
        ),
        share(l, found.exclusion),
        share(l, found.exclusion_twice),
    ]
}
