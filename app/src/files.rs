//! Commands that work on files alone, without an office's database.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use mandate_extraction::{Item, Kinds, Proposal, Reply};
use mandate_themes::{Example, Model, Options};
use serde_json::json;

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for a spreadsheet.
    Csv,
    /// An array of objects.
    Json,
}

/// What `mandate extract` is told.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// PDF, DOCX, HTML or text.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// A kind of document of the office's own (TOML); may be given several times and goes before those that are built in.
    #[arg(long)]
    kind: Vec<PathBuf>,
}

/// Reads documents and writes what they recommend. A file that cannot be read is named, and the others are read.
pub(crate) fn extract(told: &Extract) -> anyhow::Result<()> {
    let mut kinds = Kinds::default();
    for path in &told.kind {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let own = Kinds::read(&text).with_context(|| path.display().to_string())?;
        kinds = own.and(kinds);
    }
    let mut unread = 0;
    let mut rows = Vec::new();
    for path in &told.files {
        let name = path.display().to_string();
        let read = std::fs::read(path)
            .map_err(anyhow::Error::from)
            .and_then(|bytes| {
                Ok(mandate_extraction::read(
                    &bytes,
                    &name,
                    &mandate_extraction::Limits::default(),
                )?)
            });
        match read {
            Ok(source) => {
                let found = mandate_extraction::propose_with(&source, &kinds);
                eprintln!(
                    "{name}: {} pages, {} items",
                    source.pages.len(),
                    found.len()
                );
                rows.extend(found.into_iter().map(|p| (name.clone(), p)));
            }
            Err(error) => {
                unread += 1;
                eprintln!("{name}: {error:#}");
            }
        }
    }
    match told.format {
        Format::Json => {
            let all: Vec<_> = rows.iter().map(|(file, p)| item(file, p)).collect();
            json_out(&all)?;
        }
        Format::Csv => {
            let mut table = vec![ITEM.map(str::to_owned).to_vec()];
            table.extend(rows.iter().map(|(file, p)| {
                let found = item(file, p);
                ITEM.iter().map(|name| cell(&found[*name])).collect()
            }));
            csv_out(&table)?;
        }
    }
    if unread > 0 {
        bail!("{unread} of {} files could not be read", told.files.len());
    }
    Ok(())
}

const ITEM: [&str; 13] = [
    "file",
    "page",
    "from",
    "to",
    "paragraph",
    "kind",
    "text",
    "states",
    "reply",
    "addressee",
    "due",
    "confidence",
    "doubt",
];

fn item(file: &str, p: &Proposal) -> serde_json::Value {
    json!({
        "file": file,
        "page": p.page,
        "from": p.span.0,
        "to": p.span.1,
        "paragraph": p.paragraph,
        "kind": match p.kind {
            Item::Recommendation => "recommendation",
            Item::Concern => "concern",
            Item::Progress => "progress",
        },
        "text": p.text,
        "states": p.states,
        "reply": p.reply.map(|reply| match reply {
            Reply::Supported => "supported",
            Reply::Noted => "noted",
            Reply::Later => "later",
        }),
        "addressee": p.addressee,
        "due": p.due,
        "confidence": (f64::from(p.confidence) * 100.0).round() / 100.0,
        "doubt": p.doubt.map(|doubt| format!("{doubt:?}")),
    })
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(all) => all.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn json_out(all: &[serde_json::Value]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, all)?;
    writeln!(out)?;
    Ok(())
}

/// Cells that a spreadsheet would take for formulas are neutralised.
fn csv_out(rows: &[Vec<String>]) -> anyhow::Result<()> {
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    for row in rows {
        out.write_record(
            row.iter()
                .map(|cell| mandate_tabular::neutralise(cell))
                .map(|c| c.to_string()),
        )?;
    }
    out.flush()?;
    Ok(())
}

/// What `mandate themes` does.
#[derive(Debug, Subcommand)]
pub(crate) enum Themes {
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

/// What `mandate repetitions` is told.
#[derive(Debug, Args)]
pub(crate) struct Repeated {
    /// CSV, XLSX, XLS or JSON, in the order in which the recommendations were made.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The column of the text.
    #[arg(long, default_value = "Text")]
    text: String,
    /// How close a text must be to the first of its group, from 0 to 1.
    #[arg(long, default_value_t = mandate_repetition::CLOSE)]
    close: f32,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
}

/// Groups texts that ask for the same again, and writes the groups of two and more.
pub(crate) fn repetitions(told: &Repeated) -> anyhow::Result<()> {
    if !(0.05..=1.0).contains(&told.close) {
        bail!("--close must be from 0.05 to 1, not {}", told.close);
    }
    let columns = Columns {
        files: told.files.clone(),
        text: told.text.clone(),
        labels: String::new(),
        document: Vec::new(),
    };
    let rows = columns.read(false)?;
    let all = mandate_repetition::Repetitions::of(rows.iter().map(|r| r.text.as_str()), told.close);
    let mut sizes = vec![0_usize; rows.len()];
    for first in all.groups() {
        sizes[*first] += 1;
    }
    let mut found: Vec<(usize, usize)> = all
        .groups()
        .iter()
        .enumerate()
        .filter(|(_, first)| sizes[**first] > 1)
        .map(|(at, first)| (*first, at))
        .collect();
    found.sort_unstable();
    let out_of: Vec<_> = found
        .iter()
        .map(|(first, at)| {
            let cosine = f64::from(all.cosine(&rows[*at].text, &rows[*first].text));
            json!({
                "group": rows[*first].place,
                "times": sizes[*first],
                "row": rows[*at].place,
                "cosine": (cosine * 100.0).round() / 100.0,
                "text": rows[*at].text,
            })
        })
        .collect();
    let groups = sizes.iter().filter(|n| **n > 1).count();
    eprintln!(
        "{} texts; {} of them in {groups} groups",
        rows.len(),
        found.len()
    );
    out(
        told.format,
        &["group", "times", "row", "cosine", "text"],
        &out_of,
    )
}

/// Where the texts and labels stand.
#[derive(Debug, Args)]
pub(crate) struct Columns {
    /// CSV, XLSX, XLS or JSON.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The column of the text.
    #[arg(long, default_value = "Text")]
    text: String,
    /// The column of the labels, with commas between them.
    #[arg(long, default_value = "Issue")]
    labels: String,
    /// Columns that together name the document; texts of one document are kept together when a model tries itself.
    #[arg(long, value_delimiter = ',', default_value = "To,Session")]
    document: Vec<String>,
}

struct Labelled {
    /// The file and the row's number, as a spreadsheet would show it.
    place: String,
    text: String,
    labels: Vec<String>,
    group: u64,
}

impl Columns {
    fn read(&self, with_labels: bool) -> anyhow::Result<Vec<Labelled>> {
        let mut all = Vec::new();
        for path in &self.files {
            let name = path.display().to_string();
            let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
            let table =
                mandate_tabular::read(&bytes, &name, None, &mandate_tabular::Limits::default())
                    .with_context(|| name.clone())?;
            let column = |wanted: &str| table.columns.iter().position(|c| c.trim() == wanted);
            let needed = |wanted: &str| {
                column(wanted).with_context(|| {
                    format!(
                        "{name} has no column \"{wanted}\"; it has {}",
                        table.columns.join(", ")
                    )
                })
            };
            let text = needed(&self.text)?;
            let labels = with_labels.then(|| needed(&self.labels)).transpose()?;
            let document: Vec<usize> = self.document.iter().filter_map(|c| column(c)).collect();
            for row in &table.rows {
                // Without a column that names the document, every text is one of its own.
                let mut group = 0xCBF2_9CE4_8422_2325_u64
                    ^ (if document.is_empty() {
                        all.len() as u64
                    } else {
                        0
                    });
                for byte in document
                    .iter()
                    .filter_map(|at| row.cells.get(*at))
                    .flat_map(|c| c.bytes())
                {
                    group = (group ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
                }
                let cell = |at: usize| row.cells.get(at).map_or("", |c| c.trim());
                all.push(Labelled {
                    place: format!("{name}:{}", row.number),
                    text: cell(text).to_owned(),
                    labels: labels.map_or_else(Vec::new, |at| {
                        cell(at)
                            .split(',')
                            .map(str::trim)
                            .filter(|l| !l.is_empty())
                            .map(str::to_owned)
                            .collect()
                    }),
                    group,
                });
            }
        }
        Ok(all)
    }
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

pub(crate) fn themes(command: &Themes) -> anyhow::Result<()> {
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
            out(*format, &["text", "labels", "probabilities", "words"], &all)
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
            out(
                *format,
                &["label", "texts", "precision", "recall", "f1"],
                &all,
            )
        }
    }
}

fn out(format: Format, columns: &[&str], all: &[serde_json::Value]) -> anyhow::Result<()> {
    if format == Format::Json {
        return json_out(all);
    }
    let mut table = vec![columns.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>()];
    table.extend(
        all.iter()
            .map(|row| columns.iter().map(|c| cell(&row[*c])).collect()),
    );
    csv_out(&table)
}
