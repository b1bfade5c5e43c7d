//! `mandate repetitions`: what asks for the same again.

use std::{io::Write, path::PathBuf};

use anyhow::bail;
use clap::Args;
use serde_json::json;

use crate::{
    columns::Columns,
    out::{self, Format},
};

/// What `mandate repetitions` is told.
#[derive(Debug, Args)]
pub struct Repeated {
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
pub(crate) fn repetitions(told: &Repeated, to: &mut dyn Write) -> anyhow::Result<()> {
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
    out::rows(
        told.format,
        &["group", "times", "row", "cosine", "text"],
        &out_of,
        to,
    )
}
