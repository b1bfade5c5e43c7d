//! `mandate themes`: learn, suggest, evaluate.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Subcommand;
use mandate_themes::{Example, Model, Options};
use serde_json::json;

use crate::{
    columns::Columns,
    out::{self, Format},
};

/// What `mandate themes` does.
#[derive(Debug, Subcommand)]
pub enum Themes {
    /// Learns from tables of labelled texts.
    Train {
        #[command(flatten)]
        columns: Columns,
        /// The model to write.
        #[arg(long, short)]
        output: PathBuf,
        /// What the order of learning is drawn from: the same files and seed give the same bytes.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Suggests labels for the texts of tables.
    Suggest {
        #[command(flatten)]
        columns: Columns,
        #[arg(long, short)]
        model: PathBuf,
        #[arg(long, value_enum, default_value = "csv")]
        format: Format,
    },
    /// Compares what a model suggests with the labels that people gave.
    Evaluate {
        #[command(flatten)]
        columns: Columns,
        #[arg(long, short)]
        model: PathBuf,
        #[arg(long, value_enum, default_value = "csv")]
        format: Format,
    },
}

/// Places of labels in a list, rising; those that are not in it are left out.
fn places(labels: &[String], list: &[String]) -> Vec<usize> {
    let mut all: Vec<usize> = labels
        .iter()
        .filter_map(|l| list.iter().position(|known| known == l))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn model(path: &Path) -> anyhow::Result<Model> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Model::from_bytes(&bytes).with_context(|| path.display().to_string())
}

pub(crate) fn themes(command: &Themes, to: &mut dyn Write) -> anyhow::Result<()> {
    match command {
        Themes::Train {
            columns,
            output,
            seed,
        } => {
            let rows = columns.read(true)?;
            let mut names: Vec<String> = rows.iter().flat_map(|r| r.labels.clone()).collect();
            names.sort();
            names.dedup();
            let labels: Vec<Vec<usize>> = rows.iter().map(|r| places(&r.labels, &names)).collect();
            let examples: Vec<Example> = rows
                .iter()
                .zip(&labels)
                .map(|(row, labels)| Example {
                    text: &row.text,
                    labels,
                    group: row.group,
                })
                .collect();
            let files: Vec<String> = columns
                .files
                .iter()
                .filter_map(|f| f.file_name().map(|n| n.to_string_lossy().into_owned()))
                .collect();
            let options = Options {
                seed: *seed,
                note: format!("from {}, seed {seed}", files.join(", ")),
                ..Options::default()
            };
            let shown = std::io::stderr().is_terminal();
            let trained = mandate_themes::train(names, &examples, &options, &|share| {
                if shown {
                    eprint!("\r{:3.0} %", share * 100.0);
                }
                true
            })?;
            if shown {
                eprintln!();
            }
            let bytes = trained.to_bytes();
            std::fs::write(output, &bytes)
                .with_context(|| format!("cannot write {}", output.display()))?;
            eprintln!(
                "{} texts, {} labels, {} features, {} bytes in {}",
                examples.len(),
                trained.labels().len(),
                trained.features(),
                bytes.len(),
                output.display()
            );
            Ok(())
        }
        Themes::Suggest {
            columns,
            model: path,
            format,
        } => {
            let (model, rows) = (model(path)?, columns.read(false)?);
            let mut all = Vec::new();
            for row in &rows {
                let chosen: Vec<_> = model
                    .suggest(&row.text)
                    .into_iter()
                    .filter(|s| s.chosen)
                    .collect();
                all.push(json!({
                    "text": row.text,
                    "labels": chosen.iter().map(|s| model.labels()[s.label].as_str()).collect::<Vec<_>>(),
                    "probabilities": chosen.iter().map(|s| (f64::from(s.probability) * 1000.0).round() / 1000.0).collect::<Vec<_>>(),
                    "words": chosen.iter().map(|s| {
                        model.reasons(&row.text, s.label, 3).iter().map(|r| row.text[r.start..r.end].to_owned()).collect::<Vec<_>>().join(" ")
                    }).collect::<Vec<_>>(),
                }));
            }
            out::rows(
                *format,
                &["text", "labels", "probabilities", "words"],
                &all,
                to,
            )
        }
        Themes::Evaluate {
            columns,
            model: path,
            format,
        } => {
            let (model, rows) = (model(path)?, columns.read(true)?);
            let right: Vec<Vec<usize>> = rows
                .iter()
                .map(|r| places(&r.labels, model.labels()))
                .collect();
            let mut reader = model.reader();
            let predicted: Vec<Vec<usize>> = rows
                .iter()
                .map(|row| {
                    let mut chosen = Vec::new();
                    reader.choose(&row.text, &mut chosen);
                    chosen
                })
                .collect();
            let mut all = Vec::new();
            let whole = mandate_themes::measure(model.labels().len(), &right, &predicted);
            let line = |label: &str, m: &mandate_themes::Measures, texts: usize| json!({"label": label, "texts": texts, "precision": m.precision, "recall": m.recall, "f1": m.micro});
            all.push(line("(all, micro)", &whole, whole.texts));
            all.push(json!({"label": "(all, macro)", "texts": whole.texts, "f1": whole.macro_}));
            all.push(json!({"label": "(exactly right)", "texts": whole.texts, "f1": whole.exact}));
            for (at, label) in model.labels().iter().enumerate() {
                let only = |all: &[Vec<usize>]| -> Vec<Vec<usize>> {
                    all.iter()
                        .map(|labels| labels.iter().filter(|l| **l == at).copied().collect())
                        .collect()
                };
                let texts = right.iter().filter(|labels| labels.contains(&at)).count();
                let m =
                    mandate_themes::measure(model.labels().len(), &only(&right), &only(&predicted));
                all.push(line(label, &m, texts));
            }
            out::rows(
                *format,
                &["label", "texts", "precision", "recall", "f1"],
                &all,
                to,
            )
        }
    }
}
