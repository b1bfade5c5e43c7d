//! `mandate link run`: from settings to links, clusters, the model and a report.

use std::{collections::HashMap, io::Write, path::Path};

use anyhow::Context;
use mandate_language::Languages;
use mandate_linkage::{
    Clustering, Clusters, Link, Linked, Options, Quality, Refusal, Stage, clusters, explain, link,
    quality,
};
use serde_json::json;

use super::{
    Progress,
    read::{Records, records},
    report,
    review::{Answers, answers},
    settings::Settings,
    whole,
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
    let options = settings.options()?;
    let progress = Progress::new();
    let linked = link(&records.table, &options, &|stage, share| match stage {
        Stage::Learning => progress.at("learning the weights", share * 0.3),
        Stage::Comparing => progress.at("comparing", 0.3 + share * 0.7),
    })?;
    let answers = answers(&settings.output, &records)?;
    let how = Clustering {
        least: settings.clusters.least,
        unseen: settings.clusters.unseen,
        same: answers.pairs(true),
        different: answers.pairs(false),
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
        let mut links = Vec::new();
        out::csv(&run.link_rows(), &mut links)?;
        whole(&folder.join("links.csv"), &links)?;
        let mut crosswalk = Vec::new();
        out::csv(&run.crosswalk(), &mut crosswalk)?;
        whole(&folder.join("clusters.csv"), &crosswalk)?;
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
    Ok(())
}

impl Run {
    /// The link of a pair that a person names; also where it was not kept.
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
        let (left, right) = (one.min(other), one.max(other));
        let found = self
            .linked
            .links
            .iter()
            .find(|link| (link.left, link.right) == (left, right));
        found.copied().with_context(|| {
            format!("--pair \"{pair}\": the two were not compared, or are less probable than `least` in the settings")
        })
    }

    fn refusals(&self) -> HashMap<usize, Refusal> {
        self.clusters.refused.iter().copied().collect()
    }

    fn link_rows(&self) -> Vec<Vec<String>> {
        let table = &self.records.table;
        let mut head: Vec<String> = [
            "left_list",
            "left_record",
            "left_line",
            "right_list",
            "right_record",
            "right_line",
            "probability",
            "weight",
            "cluster",
        ]
        .map(String::from)
        .to_vec();
        head.extend(
            table
                .fields()
                .iter()
                .map(|field| format!("bits_{}", field.name)),
        );
        head.push("bits_relatives".to_owned());
        let refused = self.refusals();
        let mut rows = vec![head];
        for (at, link) in self.linked.links.iter().enumerate() {
            let mut row = Vec::new();
            for record in [link.left, link.right] {
                let place = &self.records.places[record as usize];
                row.push(table.lists()[table.list_of(record)].name.clone());
                row.push(place.id.clone());
                row.push(place.row.to_string());
            }
            row.push(format!("{:.6}", link.probability()));
            row.push(format!("{:.2}", link.weight));
            let same =
                self.clusters.of[link.left as usize] == self.clusters.of[link.right as usize];
            row.push(
                match (same, refused.get(&at)) {
                    (true, _) => "same",
                    (_, Some(Refusal::TwiceOnAList)) => "refused: twice on a list",
                    (_, Some(Refusal::Different)) => "refused: a person said different",
                    (_, Some(Refusal::Cohesion)) => "refused: the other pairs speak against it",
                    _ => "",
                }
                .to_owned(),
            );
            let said = explain(table, &self.linked, &self.options, link);
            row.extend(said.parts.iter().map(|part| {
                if part.level == 0 {
                    String::new()
                } else {
                    format!("{:.2}", part.weight + part.frequency)
                }
            }));
            row.push(format!("{:.2}", said.relatives));
            rows.push(row);
        }
        rows
    }

    fn crosswalk(&self) -> Vec<Vec<String>> {
        let table = &self.records.table;
        let mut rows = vec![
            ["cluster", "list", "record", "line"]
                .map(String::from)
                .to_vec(),
        ];
        let mut order: Vec<u32> = (0..table.len() as u32).collect();
        order.sort_by_key(|record| (self.clusters.of[*record as usize], *record));
        rows.extend(order.into_iter().map(|record| {
            let place = &self.records.places[record as usize];
            vec![
                self.records.name(self.clusters.of[record as usize]),
                table.lists()[table.list_of(record)].name.clone(),
                place.id.clone(),
                place.row.to_string(),
            ]
        }));
        rows
    }
}
