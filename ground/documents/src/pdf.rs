//! PDF, set by Typst. The template is ours and fixed; what people wrote is handed over as data, so that no text can be
//! read as markup. The compiler sees two fonts and nothing else: no files, no packages, no network, no clock.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World, comemo,
    diag::{FileError, FileResult},
    foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue, Smart, Value, dict},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{Block, Emphasis, KeyValue, Report, Span, Table, WriteError, clean};

const TEMPLATE: &str = include_str!("report.typ");

/// The families that are used: one for text in Latin and Cyrillic, one for the signs that it lacks.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts()
        .flat_map(|data| Font::iter(Bytes::new(data)))
        .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
        .collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

struct Page {
    library: LazyHash<Library>,
    main: Source,
}

impl World for Page {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Writes a report as a tagged PDF on A4. The same report gives the same bytes.
///
/// # Errors
/// [`WriteError::Row`] for a row that does not fit its columns, [`WriteError::Pdf`] when the page cannot be set.
pub fn pdf(report: &Report) -> Result<Vec<u8>, WriteError> {
    report.check_rows()?;
    let inputs = dict! { "report" => data(report) };
    let page = Page {
        library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
        main: Source::detached(TEMPLATE),
    };
    let set = typst::compile::<PagedDocument>(&page).output;
    let written = set.and_then(|document| {
        let options = PdfOptions {
            creator: Smart::Custom(None),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options)
    });
    // What the compiler remembers of one report is of no use to the next.
    comemo::evict(0);
    written.map_err(|errors| {
        let said: Vec<String> = errors
            .iter()
            .map(|error| error.message.to_string())
            .collect();
        WriteError::Pdf(said.join("; "))
    })
}

fn string(text: &str) -> Value {
    clean(text).into_value()
}

fn array(values: impl Iterator<Item = Value>) -> Value {
    values.collect::<Array>().into_value()
}

fn data(report: &Report) -> Dict {
    let mut tag = report.language.split('-');
    let language = tag.next().filter(|tag| tag.len() == 2).unwrap_or("en");
    let script = match tag.next() {
        Some("Cyrl") => "cyrl",
        _ => "latn",
    };
    let mut levels = report.heading_levels().into_iter();
    let blocks = report
        .blocks
        .iter()
        .map(|one| block(one, &mut levels).into_value());
    dict! {
        "title" => string(&report.title),
        "subtitle" => string(&report.subtitle),
        "lang" => language,
        "script" => script,
        "office" => string(&report.office),
        "footnote" => string(&report.footnote),
        "date" => string(&report.date),
        "classification" => string(&report.classification),
        "blocks" => array(blocks),
    }
}

fn block(block: &Block, levels: &mut impl Iterator<Item = u8>) -> Dict {
    match block {
        Block::Heading { text, .. } => dict! {
            "kind" => "heading",
            "level" => i64::from(levels.next().unwrap_or(1)),
            "text" => string(text),
        },
        Block::Paragraph(words) => dict! { "kind" => "paragraph", "spans" => spans(words) },
        Block::List { ordered, items } => dict! {
            "kind" => "list",
            "ordered" => *ordered,
            "items" => array(items.iter().map(|item| spans(item))),
        },
        Block::Table(one) => table(one),
        Block::Figure(figure) => dict! {
            "kind" => "figure",
            "svg" => string(&figure.svg),
            "title" => string(&figure.title),
            "description" => string(&figure.description),
        },
        Block::KeyValues(list) => dict! { "kind" => "pairs", "pairs" => pairs(list) },
        Block::NumberedItem(item) => dict! {
            "kind" => "item",
            "number" => string(&item.number),
            "text" => string(&item.text),
            "details" => pairs(&item.details),
        },
        Block::PageBreak => dict! { "kind" => "break" },
    }
}

fn spans(list: &[Span]) -> Value {
    array(list.iter().map(|span| {
        let emphasis = match span.emphasis {
            Emphasis::None => "none",
            Emphasis::Strong => "strong",
            Emphasis::Stressed => "stressed",
        };
        dict! { "text" => string(&span.text), "emphasis" => emphasis }.into_value()
    }))
}

fn pairs(list: &[KeyValue]) -> Value {
    array(list.iter().map(|pair| {
        dict! { "key" => string(&pair.key), "value" => string(&pair.value) }.into_value()
    }))
}

fn table(table: &Table) -> Dict {
    let columns = table.columns.iter().map(|column| {
        dict! {
            "title" => string(&column.title),
            "width" => i64::from(column.width.max(1)),
            "figure" => column.kind.is_figure(),
        }
        .into_value()
    });
    let rows = table
        .rows
        .iter()
        .map(|row| array(row.iter().map(|cell| string(cell.shown()))));
    dict! {
        "kind" => "table",
        "caption" => string(&table.caption),
        "columns" => array(columns),
        "rows" => array(rows),
    }
}
