//! `mandate extract`: recommendations out of reports.

use std::{io::Write, path::PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use mandate_extraction::{Item, Kinds, Proposal, Reply};
use mandate_language::Languages;
use serde_json::json;

use crate::{
    kinship::ReportLanguage,
    out::{self, Format},
};

/// What `mandate extract` is told.
#[derive(Debug, Args)]
pub struct Extract {
    /// PDF, DOCX, HTML or text.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// A kind of document of the office's own (TOML); may be given several times and goes before those that are built in.
    #[arg(long)]
    kind: Vec<PathBuf>,
    /// The language in which it is said why a file cannot be read.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
}

/// Reads documents and writes what they recommend. A file that cannot be read is named, and the others are read.
pub(crate) fn extract(told: &Extract, to: &mut dyn Write) -> anyhow::Result<()> {
    let mut kinds = Kinds::default();
    for path in &told.kind {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let own = Kinds::read(&text).with_context(|| path.display().to_string())?;
        kinds = own.and(kinds);
    }
    let languages = Languages::load()?;
    let l = languages
        .get(told.language.tag())
        .context("the language is missing")?;
    let mut unread = 0;
    let mut rows = Vec::new();
    for path in &told.files {
        let name = path.display().to_string();
        let limits = mandate_extraction::Limits::default();
        let read = std::fs::read(path)
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                mandate_extraction::read(&bytes, &name, &limits)
                    .map_err(|error| l.text(&format!("mechanisms-report-{}", error.label())))
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
                eprintln!("{name}: {error}");
            }
        }
    }
    match told.format {
        Format::Json => {
            let all: Vec<_> = rows.iter().map(|(file, p)| item(file, p)).collect();
            out::json(&all, to)?;
        }
        Format::Csv => {
            let mut table = vec![ITEM.map(str::to_owned).to_vec()];
            table.extend(rows.iter().map(|(file, p)| {
                let found = item(file, p);
                ITEM.iter().map(|name| out::cell(&found[*name])).collect()
            }));
            out::csv(&table, to)?;
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
