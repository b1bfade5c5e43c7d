//! `mandate kinship check`.

use std::io::Write;

use clap::Args;
use mandate_kinship::check::{Finding, Severity, check as findings};
use serde_json::json;

use super::{
    found::{mend, what},
    input::Data,
    numbers,
    report::{Output, Page, Table},
};

/// What `mandate kinship check` is told.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn check(told: &Check, to: &mut dyn Write) -> anyhow::Result<()> {
    let found = findings(&told.data.contents()?);
    let rows: Vec<serde_json::Value> = told.output.in_language(|l| {
        let row = |f: &Finding| {
            json!({
                "severity": f.what.severity().as_str(),
                "code": f.what.code(),
                "file": f.place.file.as_ref(),
                "line": f.place.line,
                "field": f.place.field,
                "what": what(l, &f.what),
                "mend": mend(l, &f.what),
            })
        };
        found.iter().map(row).collect()
    })?;
    let columns = ["severity", "code", "file", "line", "field", "what", "mend"];
    numbers::rows(told.output.format, &columns, &rows, to)?;
    told.output.report(|l| {
        let rows = found
            .iter()
            .map(|f| {
                vec![
                    l.text(&format!("kinship-severity-{}", f.what.severity().as_str())),
                    f.place.to_string(),
                    what(l, &f.what),
                    mend(l, &f.what),
                    f.what.code().to_owned(),
                ]
            })
            .collect();
        let heads = [
            "kinship-severity",
            "kinship-place",
            "kinship-what",
            "kinship-mend",
            "kinship-code",
        ];
        let none = found.is_empty().then(|| l.text("kinship-check-none"));
        Page {
            words: none.into_iter().collect(),
            tables: vec![Table::new(l, "kinship-what", &heads, rows)],
            ..Page::new(l, l.text("kinship-title-check"))
        }
    })?;
    let must = found
        .iter()
        .filter(|f| f.what.severity() == Severity::Error)
        .count();
    eprintln!("findings: {}; to be mended: {must}", found.len());
    anyhow::ensure!(
        must == 0,
        "to be mended before anything is computed: {must}"
    );
    Ok(())
}
