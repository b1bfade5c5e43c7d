//! Texts and labels out of tables.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

/// Where the texts and labels stand.
#[derive(Debug, Args)]
pub struct Columns {
    /// CSV, XLSX, XLS or JSON.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The column of the text.
    #[arg(long, default_value = "Text")]
    pub(crate) text: String,
    /// The column of the labels, with commas between them.
    #[arg(long, default_value = "Issue")]
    pub(crate) labels: String,
    /// Columns that together name the document; texts of one document are kept together when a model tries itself.
    #[arg(long, value_delimiter = ',', default_value = "To,Session")]
    pub(crate) document: Vec<String>,
}

pub(crate) struct Labelled {
    /// The file and the row's number, as a spreadsheet would show it.
    pub(crate) place: String,
    pub(crate) text: String,
    pub(crate) labels: Vec<String>,
    pub(crate) group: u64,
}

impl Columns {
    pub(crate) fn read(&self, with_labels: bool) -> anyhow::Result<Vec<Labelled>> {
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
