//! `mandate link review`: people look at pairs; what they answer is kept, compared and counted.

use std::{
    collections::{BTreeMap, HashSet},
    io::Write,
    path::Path,
};

use anyhow::{Context, bail};
use mandate_linkage::{kappa, sample};

use super::{
    Review,
    read::{Records, table},
    run::linked,
    settings::Settings,
    whole,
};
use crate::out;

/// What each reviewer said of each pair; nothing where they were not sure.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) by: BTreeMap<String, BTreeMap<(u32, u32), Option<bool>>>,
}

impl Answers {
    /// Pairs on which everybody who was sure said the same.
    pub(crate) fn agreed(&self) -> impl Iterator<Item = ((u32, u32), bool)> {
        let mut all: BTreeMap<(u32, u32), HashSet<bool>> = BTreeMap::new();
        for (pair, said) in self.by.values().flatten() {
            if let Some(same) = said {
                all.entry(*pair).or_default().insert(*same);
            }
        }
        all.into_iter()
            .filter(|(_, said)| said.len() == 1)
            .filter_map(|(pair, said)| Some((pair, said.into_iter().next()?)))
    }

    pub(crate) fn pairs(&self, same: bool) -> Vec<(u32, u32)> {
        self.agreed()
            .filter(|(_, said)| *said == same)
            .map(|(pair, _)| pair)
            .collect()
    }

    /// What those who were sure said of a pair.
    pub(crate) fn of(&self, pair: (u32, u32)) -> Vec<(&str, bool)> {
        self.by
            .iter()
            .filter_map(|(who, said)| Some((who.as_str(), (*said.get(&pair)?)?)))
            .collect()
    }

    /// Pairs on which two people disagree.
    pub(crate) fn disputed(&self) -> Vec<(u32, u32)> {
        let mut said: BTreeMap<(u32, u32), HashSet<bool>> = BTreeMap::new();
        for (pair, answer) in self.by.values().flatten() {
            if let Some(same) = answer {
                said.entry(*pair).or_default().insert(*same);
            }
        }
        said.into_iter()
            .filter(|(_, said)| said.len() > 1)
            .map(|(pair, _)| pair)
            .collect()
    }
}

const DECISION: &str = "decision";

/// What stands in all review files of a folder.
pub(crate) fn answers(folder: &Path, records: &Records) -> anyhow::Result<Answers> {
    let mut all = Answers::default();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(all);
    };
    let mut files: Vec<_> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    files.sort();
    for path in files {
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let Some(who) = name
            .strip_prefix("review-")
            .and_then(|n| n.strip_suffix(".csv"))
        else {
            continue;
        };
        all.by.insert(who.to_owned(), one_file(&path, records)?);
    }
    Ok(all)
}

/// The answers of one file.
pub(crate) fn one_file(
    path: &Path,
    records: &Records,
) -> anyhow::Result<BTreeMap<(u32, u32), Option<bool>>> {
    let (name, table) = (path.display(), table(path)?);
    let column = |wanted: &str| {
        let found = table.columns.iter().position(|c| c == wanted);
        found.with_context(|| format!("{name} has no column \"{wanted}\""))
    };
    let (left, right, decision) = (column("left")?, column("right")?, column(DECISION)?);
    let mut said = BTreeMap::new();
    for row in &table.rows {
        let cell = |at: usize| mandate_tabular::restore(row.cells[at].trim()).to_string();
        let answer = match cell(decision).to_lowercase().as_str() {
            "" => continue,
            "same" | "s" | "1" | "yes" | "po" | "da" => Some(true),
            "different" | "d" | "0" | "no" | "jo" | "ne" => Some(false),
            "unsure" | "?" => None,
            other => bail!(
                "{name}, line {}, column \"{DECISION}\": \"{other}\" is no answer; write same, different or unsure",
                row.number
            ),
        };
        let find = |at: usize| {
            records.find(&cell(at)).with_context(|| {
                format!(
                    "{name}, line {}: there is no record \"{}\" in the lists",
                    row.number,
                    cell(at)
                )
            })
        };
        let (one, other) = (find(left)?, find(right)?);
        said.insert((one.min(other), one.max(other)), answer);
    }
    Ok(said)
}

pub(crate) fn review(told: &Review, to: &mut dyn Write) -> anyhow::Result<()> {
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if told.reviewer.is_empty() || !told.reviewer.chars().all(plain) {
        bail!("--reviewer must be letters, digits, - and _ only, since it names a file");
    }
    let settings = Settings::read(&told.settings)?;
    let run = linked(&settings)?;
    let folder = &settings.output;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(format!("review-{}.csv", told.reviewer));
    if path.exists() {
        writeln!(
            to,
            "{} is kept as it is; answer in its column \"{DECISION}\"",
            path.display()
        )?;
    } else {
        let table = &run.records.table;
        let mut head = ["left", "right", DECISION, "probability"]
            .map(String::from)
            .to_vec();
        for field in table.fields() {
            head.extend([
                format!("{} (left)", field.name),
                format!("{} (right)", field.name),
            ]);
        }
        let mut rows = vec![head];
        for asked in sample(&run.linked.links, told.pairs, told.seed) {
            let link = &run.linked.links[asked.link];
            let mut row = vec![
                run.records.name(link.left),
                run.records.name(link.right),
                String::new(),
                format!("{:.3}", link.probability()),
            ];
            for field in 0..table.fields().len() {
                row.extend(
                    [link.left, link.right].map(|record| table.text(field, record).to_owned()),
                );
            }
            rows.push(row);
        }
        let mut bytes = Vec::new();
        out::csv(&rows, &mut bytes)?;
        whole(&path, &bytes)?;
        writeln!(
            to,
            "{} holds {} pairs, the least sure first. Write same, different or unsure into \"{DECISION}\" and run this again",
            path.display(),
            rows.len() - 1
        )?;
    }
    for (who, said) in &run.answers.by {
        let sure = said.values().filter(|answer| answer.is_some()).count();
        writeln!(to, "{who}: {sure} answered, {} unsure", said.len() - sure)?;
    }
    let people: Vec<_> = run.answers.by.iter().collect();
    for (n, (one, said)) in people.iter().enumerate() {
        for (other, also) in &people[n + 1..] {
            let both: Vec<(bool, bool)> = said
                .iter()
                .filter_map(|(pair, a)| Some(((*a)?, (*also.get(pair)?)?)))
                .collect();
            if let Some(kappa) = kappa(&both) {
                writeln!(
                    to,
                    "{one} and {other}: {} pairs in common, kappa {kappa:.2}",
                    both.len()
                )?;
            }
        }
    }
    for (left, right) in run.answers.disputed() {
        let said = run
            .answers
            .of((left, right))
            .into_iter()
            .map(|(who, same)| format!("{who} {}", if same { "same" } else { "different" }));
        writeln!(
            to,
            "disputed: {} and {}: {}",
            run.records.name(left),
            run.records.name(right),
            said.collect::<Vec<_>>().join(", ")
        )?;
    }
    if !run.quality.is_empty() {
        writeln!(to, "probability,links,precision,low,high,recall,low,high")?;
        for q in &run.quality {
            let three =
                |s: &mandate_linkage::Share| format!("{:.3},{:.3},{:.3}", s.value, s.low, s.high);
            writeln!(
                to,
                "{:.3},{},{},{}",
                mandate_linkage::likely(q.weight),
                q.links,
                three(&q.precision),
                three(&q.recall)
            )?;
        }
    }
    Ok(())
}
