//! A report for people: one HTML file that needs nothing else, in one of the house's languages.

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use askama::Template;
use clap::{Args, ValueEnum};
use mandate_language::{Language, Languages};

use crate::out::Format;

/// The language of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportLanguage {
    /// English.
    #[default]
    #[value(name = "en")]
    English,
    /// Albanian.
    #[value(name = "sq")]
    Albanian,
    /// Serbian in Latin letters.
    #[value(name = "sr-Latn")]
    SerbianLatin,
    /// Serbian in Cyrillic letters.
    #[value(name = "sr-Cyrl")]
    SerbianCyrillic,
}

impl ReportLanguage {
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Albanian => "sq",
            Self::SerbianLatin => "sr-Latn",
            Self::SerbianCyrillic => "sr-Cyrl",
        }
    }
}

/// How and where results are written.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// How the results on standard output are written.
    #[arg(long, value_enum, default_value = "csv")]
    pub(crate) format: Format,
    /// A report for people (HTML). It holds DNA: only its owner may read the file.
    #[arg(long)]
    report: Option<PathBuf>,
    /// The language of the report, and of what a check found.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
}

impl Output {
    /// Answers in the language that is told.
    pub(crate) fn in_language<T>(&self, answer: impl FnOnce(&Language) -> T) -> anyhow::Result<T> {
        let languages = Languages::load()?;
        let l = languages
            .get(self.language.tag())
            .context("the language is missing")?;
        Ok(answer(l))
    }

    /// Writes the report that a page gives in the language, if one is wanted.
    pub(crate) fn report(&self, page: impl FnOnce(&Language) -> Page) -> anyhow::Result<()> {
        let Some(path) = &self.report else {
            return Ok(());
        };
        let html = self.in_language(|l| page(l).render())??;
        let name = path.display();
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options
            .open(path)
            .and_then(|mut file| file.write_all(html.as_bytes()))
            .with_context(|| format!("cannot write {name}"))?;
        eprintln!("{name} is written; it holds DNA");
        Ok(())
    }
}

/// What a report shows, in order: words, drawing, tables, method, remarks.
#[derive(Template)]
#[template(path = "kinship.html")]
pub(crate) struct Page {
    pub(crate) lang: String,
    pub(crate) title: String,
    pub(crate) notice: String,
    pub(crate) words_title: String,
    pub(crate) words: Vec<String>,
    pub(crate) drawing: Option<Drawing>,
    pub(crate) tables: Vec<Table>,
    pub(crate) method_title: String,
    pub(crate) method: Vec<String>,
    pub(crate) remarks_title: String,
    pub(crate) remarks: Vec<String>,
}

/// A pedigree as SVG with its heading and legend.
pub(crate) struct Drawing {
    pub(crate) title: String,
    pub(crate) svg: String,
    pub(crate) legend: String,
}

/// A table; the first cell of a row names the row.
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) caption: String,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether the last row is a sum.
    pub(crate) sum: bool,
}

impl Table {
    /// A table with the label of its title and those of its columns.
    pub(crate) fn new(l: &Language, title: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self {
            title: l.text(title),
            caption: String::new(),
            heads: heads.iter().map(|h| l.text(h)).collect(),
            rows,
            sum: false,
        }
    }

    pub(crate) fn caption(mut self, l: &Language, caption: &str) -> Self {
        self.caption = l.text(caption);
        self
    }
}

impl Page {
    /// A page with its title and nothing else.
    pub(crate) fn new(l: &Language, title: String) -> Self {
        Self {
            lang: l.tag().to_string(),
            title,
            notice: l.text("kinship-not-a-decision"),
            words_title: l.text("kinship-in-words"),
            words: Vec::new(),
            drawing: None,
            tables: Vec::new(),
            method_title: l.text("kinship-method"),
            method: Vec::new(),
            remarks_title: l.text("kinship-remarks"),
            remarks: Vec::new(),
        }
    }
}
