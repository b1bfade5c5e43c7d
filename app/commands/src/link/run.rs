//! `mandate link run`: from settings to links, clusters, the model and a report.

use std::{collections::HashMap, io::Write, path::Path};

use anyhow::{Context, bail};
use mandate_language::Languages;
use mandate_linkage::{
    Clustering, Clusters, Link, Linked, Options, Quality, Stage, clusters, link_in_pieces, quality,
    weigh,
};
use serde_json::json;

use super::{
    Progress,
    pieces::Kept,
    read::{Records, records},
    report,
    review::{Answers, answers, one_file},
    settings::Settings,
    whole, whole_by,
};
use crate::{kinship::ReportLanguage, out};

/// Everything that a run knows.
pub(crate) struct Run {
    pub(crate) records: Records,
    pub(crate) options: Options,
    pub(crate) linked: Linked,
    pub(crate) clusters: Clusters,
    pub(crate) answers: Answers,
    /// Precision and recall, where people answered.
    pub(crate) quality: Vec<Quality>,
}

/// Reads, links and clusters, with what people answered so far.
pub(crate) fn linked(settings: &Settings) -> anyhow::Result<Run> {
    let records = records(settings)?;
    let mut options = settings.options()?;
    if let Some(file) = &settings.known_pairs {
        let known = one_file(file, &records)?;
        options.known = known
            .into_iter()
            .filter_map(|((one, other), same)| Some((one, other, same?)))
            .collect();
    }
    let folder = &settings.output;
    let mut kept = Kept::new(folder, &records.seal)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let progress = Progress::new();
    let linked = link_in_pieces(
        &records.table,
        &options,
        &mut kept,
        &|stage, share| match stage {
            Stage::Learning => progress.at("learning the weights", share * 0.3),
            Stage::Comparing => progress.at(
                "comparing (may be stopped, and goes on when it is run again)",
                0.3 + share * 0.7,
            ),
        },
    )?;
    if kept.found > 0 {
        eprintln!(
            "{} pieces of an earlier run were found and not compared again",
            kept.found
        );
    }
    let answers = answers(&settings.output, &records)?;
    let how = Clustering {
        least: settings.clusters.least,
        unseen: settings.clusters.unseen,
        same: answers.pairs(true),
        different: answers.pairs(false),
        identified: records.identified.clone(),
        ..Clustering::default()
    };
    let clusters = clusters(&records.table, &linked.links, &how);
    let places: HashMap<(u32, u32), usize> = linked
        .links
        .iter()
        .enumerate()
        .map(|(at, link)| ((link.left, link.right), at))
        .collect();
    let answered: Vec<(usize, bool)> = answers
        .agreed()
        .filter_map(|(pair, same)| Some((*places.get(&pair)?, same)))
        .collect();
    let quality = if answered.is_empty() {
        Vec::new()
    } else {
        quality(&linked.links, &answered)
    };
    Ok(Run {
        records,
        options,
        linked,
        clusters,
        answers,
        quality,
    })
}

pub(crate) fn run(
    path: &Path,
    language: ReportLanguage,
    pairs: &[String],
    all: bool,
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    let settings = Settings::read(path)?;
    let run = linked(&settings)?;
    let chosen: anyhow::Result<Vec<Link>> = pairs.iter().map(|pair| run.pair(pair)).collect();
    let languages = Languages::load()?;
    let l = languages
        .get(language.tag())
        .context("the language is missing")?;
    let html = report::page(l, &run, &chosen?)?;
    let folder = &settings.output;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    if all {
        whole_by(&folder.join("links.csv"), |to| {
            out::csv_of(run.link_rows(), to)
        })?;
        whole_by(&folder.join("clusters.csv"), |to| {
            out::csv_of(run.crosswalk(), to)
        })?;
        whole_by(&folder.join("remarks.csv"), |to| {
            out::csv_of(run.remark_rows(), to)
        })?;
        if !run.quality.is_empty() {
            whole_by(&folder.join("thresholds.csv"), |to| {
                out::csv_of(run.quality_rows(), to)
            })?;
        }
        let model = json!({
            "fields": run.records.table.fields(),
            "model": run.linked.model,
            "learning": run.linked.learning,
            "rules": run.linked.rules,
            "reach": run.linked.reach,
            "quality": run.quality,
        });
        whole(
            &folder.join("model.json"),
            &serde_json::to_vec_pretty(&model)?,
        )?;
    }
    whole(&folder.join("report.html"), html.as_bytes())?;
    let likely = run.linked.links.iter().filter(|l| l.weight >= 0.0).count();
    writeln!(
        to,
        "{} records, {} pairs compared, {} links kept, {likely} of them likelier than not, {} clusters; {}",
        run.records.table.len(),
        run.linked.compared,
        run.linked.links.len(),
        run.clusters.groups().len(),
        folder.join("report.html").display()
    )?;
    for ((list, column, what), (n, first)) in &run.records.remarks.counts {
        writeln!(
            to,
            "  {list}, line {}, column \"{column}\": \"{}\": {} ({n} such; remarks.csv has all)",
            first.line,
            first.cell,
            what.word()
        )?;
    }
    Ok(())
}

impl Run {
    /// The evidence of a pair that a person names; also where it was not kept or not even compared.
    fn pair(&self, pair: &str) -> anyhow::Result<Link> {
        let (one, other) = pair.split_once(',').with_context(|| {
            format!("--pair \"{pair}\": name two records, as in list:12,list:40")
        })?;
        let find = |name: &str| {
            self.records
                .find(name)
                .with_context(|| format!("--pair: there is no record \"{}\"", name.trim()))
        };
        let (one, other) = (find(one)?, find(other)?);
        if one == other {
            bail!("--pair \"{pair}\": name two different records");
        }
        Ok(weigh(
            &self.records.table,
            &self.linked,
            &self.options,
            one,
            other,
        ))
    }
}
