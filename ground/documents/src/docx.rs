//! The report as a DOCX.
//!
//! WordprocessingML is written directly (ECMA-376, part 1): the header row that repeats, the language and the title
//! in the properties are what an officer and a screen reader need, and the libraries at hand cannot write them.

use crate::docx_parts as parts;
use crate::{Block, Emphasis, Figure, KeyValue, Report, Span, Table, WriteError, clean};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// The width between the margins of A4 in twentieths of a point.
const WIDTH: usize = 9_638;

/// Writes the report as a DOCX: A4, heading styles, tables whose header row repeats, page numbers, language, title.
/// The footnote stands in the footer of each page. Text is [`clean`]ed.
///
/// # Errors
/// [`WriteError::Row`], [`WriteError::Package`], [`WriteError::Io`].
pub fn docx(report: &Report) -> Result<Vec<u8>, WriteError> {
    report.check_rows()?;
    let mut figures = Vec::new();
    let document = parts::document(&body(report, &mut figures));
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), parts::CONTENT_TYPES.into()),
        ("_rels/.rels".into(), parts::RELATIONS.into()),
        ("docProps/core.xml".into(), parts::core(report).into()),
        ("word/document.xml".into(), document.into()),
        ("word/styles.xml".into(), parts::styles(report).into()),
        ("word/numbering.xml".into(), parts::numbering(report).into()),
        ("word/header1.xml".into(), parts::header(report).into()),
        ("word/footer1.xml".into(), parts::footer(report).into()),
        (
            "word/_rels/document.xml.rels".into(),
            parts::document_relations(figures.len()).into(),
        ),
    ];
    if !figures.is_empty() {
        files.push(("word/media/blank.png".into(), parts::BLANK_PNG.into()));
    }
    for (number, figure) in figures.iter().enumerate() {
        files.push((
            format!("word/media/figure{number}.svg"),
            figure.svg.clone().into_bytes(),
        ));
    }
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        package.start_file(name, options)?;
        package.write_all(&bytes)?;
    }
    Ok(package.finish()?.into_inner())
}

fn body<'a>(report: &'a Report, figures: &mut Vec<&'a Figure>) -> String {
    let mut out = paragraph("Title", &run(&report.title, Emphasis::None));
    for text in [&report.subtitle, &report.date] {
        if !text.is_empty() {
            out += &paragraph("Subtitle", &run(text, Emphasis::None));
        }
    }
    let mut levels = report.heading_levels().into_iter();
    let mut list = 1_usize;
    for block in &report.blocks {
        match block {
            Block::Heading { text, .. } => {
                let style = format!("Heading{}", levels.next().unwrap_or(1));
                out += &paragraph(&style, &run(text, Emphasis::None));
            }
            Block::Paragraph(spans) => out += &paragraph("Normal", &runs(spans)),
            Block::List { ordered, items } => {
                // Number 1 is the bullets; each numbered list has its own number, so that it begins at 1.
                let number = if *ordered {
                    list += 1;
                    list
                } else {
                    1
                };
                for item in items {
                    let properties = format!(
                        r#"<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>"#
                    );
                    let _ = write!(out, "<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", runs(item));
                }
            }
            Block::Table(table) => out += &table_xml(table),
            Block::Figure(figure) => {
                out += &parts::drawing(figures.len(), figure);
                out += &paragraph("Caption", &run(&figure.title, Emphasis::None));
                figures.push(figure);
            }
            Block::KeyValues(pairs) => out += &key_values(pairs),
            Block::NumberedItem(item) => {
                let text = run(&format!("{} ", item.number), Emphasis::Strong)
                    + &run(&item.text, Emphasis::None);
                let text = paragraph("Normal", &text);
                if item.details.is_empty() {
                    out += &text;
                } else {
                    out += &with_next(&text);
                    out += &key_values(&item.details);
                }
            }
            Block::PageBreak => out += r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#,
        }
    }
    out
}

pub(crate) fn escaped(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn paragraph(style: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>"#)
}

/// The same paragraphs, each on the page of the one after it.
fn with_next(xml: &str) -> String {
    xml.replace(r#""/></w:pPr>"#, r#""/><w:keepNext/></w:pPr>"#)
}

pub(crate) fn run(text: &str, emphasis: Emphasis) -> String {
    let properties = match emphasis {
        Emphasis::None => "",
        Emphasis::Strong => "<w:rPr><w:b/></w:rPr>",
        Emphasis::Stressed => "<w:rPr><w:i/></w:rPr>",
    };
    let text = escaped(text)
        .replace('\n', r#"</w:t><w:br/><w:t xml:space="preserve">"#)
        .replace('\t', r#"</w:t><w:tab/><w:t xml:space="preserve">"#);
    format!(r#"<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn runs(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| run(&span.text, span.emphasis))
        .collect()
}

fn cell(width: usize, style: &str, right: bool, runs: &str) -> String {
    let align = if right {
        r#"<w:jc w:val="right"/>"#
    } else {
        ""
    };
    format!(
        r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{align}</w:pPr>{runs}</w:p></w:tc>"#
    )
}

fn open_table(widths: &[usize], first_row: u8) -> String {
    let grid: String = widths
        .iter()
        .map(|w| format!(r#"<w:gridCol w:w="{w}"/>"#))
        .collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="{first_row}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
    )
}

fn table_xml(table: &Table) -> String {
    let mut out = String::new();
    if !table.caption.is_empty() {
        out += &paragraph("Caption", &run(&table.caption, Emphasis::None))
            .replace("</w:pPr>", "<w:keepNext/></w:pPr>");
    }
    if table.columns.is_empty() {
        return out;
    }
    let total: usize = table
        .columns
        .iter()
        .map(|c| usize::from(c.width.max(1)))
        .sum();
    let widths: Vec<usize> = table
        .columns
        .iter()
        .map(|c| WIDTH * usize::from(c.width.max(1)) / total)
        .collect();
    out += &open_table(&widths, 1);
    out += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (column, width) in table.columns.iter().zip(&widths) {
        out += &cell(
            *width,
            "TableText",
            column.kind.is_figure(),
            &run(&column.title, Emphasis::Strong),
        );
    }
    out += "</w:tr>";
    for row in &table.rows {
        out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        for ((column, width), value) in table.columns.iter().zip(&widths).zip(row) {
            out += &cell(
                *width,
                "TableText",
                column.kind.is_figure(),
                &run(value.shown(), Emphasis::None),
            );
        }
        out += "</w:tr>";
    }
    // A paragraph after each table: two tables in a row would become one.
    out + "</w:tbl><w:p/>"
}

fn key_values(pairs: &[KeyValue]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let widths = [WIDTH * 3 / 10, WIDTH * 7 / 10];
    let mut out = open_table(&widths, 0);
    for (n, pair) in (1..).zip(pairs) {
        let row = cell(
            widths[0],
            "TableText",
            false,
            &run(&pair.key, Emphasis::Strong),
        ) + &cell(
            widths[1],
            "TableText",
            false,
            &run(&pair.value, Emphasis::None),
        );
        let row = if n < pairs.len() {
            with_next(&row)
        } else {
            row
        };
        out += &format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>");
    }
    out + "</w:tbl><w:p/>"
}
