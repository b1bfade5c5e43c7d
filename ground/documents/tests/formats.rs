//! What the formats promise to those who open them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use calamine::{Data, Reader, Xlsx};
use mandate_documents::*;
use std::io::{Cursor, Read};

const HOSTILE: [&str; 12] = [
    "=1+1",
    "'=1+1",
    "''-2",
    "+383",
    "@ref",
    "\tTab",
    "#panic()",
    "*bold* $x$ <label> & \"quoted\"",
    "_x0041_",
    "  spaces  ",
    "Çështje të drejtave; Šđčćž; Заштитник грађана, љњџ",
    "two\nlines, one; cell",
];

fn report(texts: &[&str]) -> Report {
    let column = |title: &str, kind| Column {
        title: title.into(),
        width: 20,
        kind,
    };
    Report {
        title: "Sample data, synthetic: Pregled < & >".into(),
        subtitle: "Nënshkrim".into(),
        language: "sr-Cyrl".into(),
        office: "Заштитник".into(),
        footnote: "* This designation is without prejudice to positions on status.".into(),
        date: "1 March 2026".into(),
        classification: "Internal".into(),
        blocks: vec![
            Block::Heading {
                level: 1,
                text: "First".into(),
            },
            Block::Heading {
                level: 3,
                text: "Skipped".into(),
            },
            Block::Table(Table {
                caption: "Rows: [all]".into(),
                columns: vec![
                    column("Text", Kind::Text),
                    column("Count", Kind::Integer),
                    column("Day", Kind::Date),
                ],
                rows: texts
                    .iter()
                    .map(|text| {
                        vec![
                            Cell::Text((*text).into()),
                            Cell::Integer {
                                value: -7,
                                text: "−7".into(),
                            },
                            Cell::Date {
                                value: jiff::civil::date(2026, 3, 1),
                                text: "1 March".into(),
                            },
                        ]
                    })
                    .collect(),
            }),
        ],
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut text = String::new();
    package
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_workbook_reads_back_as_it_was_written_and_holds_no_formula() {
    let bytes = xlsx(&report(&HOSTILE)).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&sheet).unwrap();
    for (row, text) in HOSTILE.iter().enumerate() {
        let row = u32::try_from(row).unwrap() + 1;
        assert_eq!(
            range.get_value((row, 0)),
            Some(&Data::String((*text).into()))
        );
        assert_eq!(range.get_value((row, 1)), Some(&Data::Float(-7.0)));
        assert!(matches!(range.get_value((row, 2)), Some(Data::DateTime(_))));
    }
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[test]
fn a_character_xml_cannot_hold_is_replaced_and_the_file_opens() {
    let bytes = xlsx(&report(&["a\u{1}b\r\nc\rd\u{FFFE}"])).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&sheet).unwrap();
    assert_eq!(
        range.get_value((1, 0)),
        Some(&Data::String("a\u{FFFD}b\nc\nd\u{FFFD}".into()))
    );
}

#[test]
fn a_text_too_long_for_a_cell_is_named_by_its_place() {
    let long = "x".repeat(32_768);
    let error = xlsx(&report(&["short", &long])).unwrap_err();
    assert!(matches!(
        error,
        WriteError::CellTooLong {
            table: 0,
            row: 2,
            column: 0
        }
    ));
}

#[test]
fn a_csv_reads_back_as_it_was_written_and_no_cell_begins_like_a_formula() {
    let report = report(&HOSTILE);
    let bytes = write(&report, Format::Csv).unwrap();
    let text = std::str::from_utf8(&bytes)
        .unwrap()
        .strip_prefix('\u{FEFF}')
        .unwrap();
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), HOSTILE.len());
    for (row, written) in rows.iter().zip(HOSTILE) {
        assert!(!row[0].starts_with(['=', '+', '-', '@', '\t', '\r']));
        assert_eq!(defused(&row[0]), written);
        assert_eq!((&row[1], &row[2]), ("-7", "2026-03-01"));
    }
}

#[test]
fn a_document_has_headings_a_repeating_header_row_its_language_and_its_title() {
    let bytes = docx(&report(&HOSTILE)).unwrap();
    let document = part(&bytes, "word/document.xml");
    assert!(document.contains(r#"<w:pStyle w:val="Heading1"/>"#));
    assert!(
        document.contains(r#"<w:pStyle w:val="Heading2"/>"#),
        "a level must not be skipped"
    );
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(document.matches("<w:tr>").count(), HOSTILE.len() + 1);
    assert!(part(&bytes, "word/styles.xml").contains(r#"<w:lang w:val="sr-Cyrl-RS""#));
    assert!(
        part(&bytes, "docProps/core.xml")
            .contains("<dc:title>Sample data, synthetic: Pregled &lt; &amp; &gt;</dc:title>")
    );
    assert!(part(&bytes, "word/footer1.xml").contains("without prejudice"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = report(&HOSTILE);
    for format in Format::ALL {
        assert!(
            write(&report, format).unwrap() == write(&report, format).unwrap(),
            "{format:?}"
        );
    }
}

#[test]
fn a_row_that_does_not_fit_its_columns_is_refused_by_every_writer() {
    let mut report = report(&["a"]);
    if let Some(Block::Table(table)) = report.blocks.last_mut() {
        table.rows[0].pop();
    }
    for format in Format::ALL {
        assert!(matches!(
            write(&report, format),
            Err(WriteError::Row {
                row: 0,
                cells: 2,
                columns: 3,
                ..
            })
        ));
    }
}

fn page_count(bytes: &[u8]) -> usize {
    lopdf::Document::load_mem(bytes).unwrap().get_pages().len()
}

fn pdf_text(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().replace('\n', "")
}

#[test]
fn a_pdf_holds_every_letter_of_the_three_languages_and_its_title() {
    let report = Report {
        title: "Преглед препорука".into(),
        subtitle: "Përmbledhje e çështjeve".into(),
        language: "sr-Cyrl".into(),
        office: "Sample office".into(),
        footnote: "A sample footnote".into(),
        blocks: vec![
            Block::Heading {
                level: 1,
                text: "Đakovica, šuma, žaba, ćup".into(),
            },
            Block::Paragraph(vec![Span::plain("Љубав, његова, џеп, ђак, ћуп")]),
        ],
        ..Report::default()
    };
    let bytes = pdf(&report).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    let text = pdf_text(&bytes);
    for words in [
        "Преглед препорука",
        "Përmbledhje e çështjeve",
        "Đakovica, šuma, žaba, ćup",
        "Љубав, његова, џеп, ђак, ћуп",
        "A sample footnote",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(bytes, pdf(&report).unwrap());
}

#[test]
fn nothing_that_people_write_is_read_as_markup_of_the_page() {
    let hostile =
        "#import \"x\": *; $x$ \\ \" ] } #panic() <b> = * _ ` @ ~ // /* \u{1} \u{1F600} [";
    let spans = vec![Span::plain(hostile), Span::strong(hostile)];
    let report = Report {
        title: hostile.into(),
        subtitle: hostile.into(),
        blocks: vec![
            Block::Heading {
                level: 2,
                text: hostile.into(),
            },
            Block::Paragraph(spans.clone()),
            Block::List {
                ordered: true,
                items: vec![spans],
            },
            Block::KeyValues(vec![KeyValue {
                key: hostile.into(),
                value: hostile.into(),
            }]),
            Block::NumberedItem(NumberedItem {
                number: hostile.into(),
                text: hostile.into(),
                details: vec![KeyValue {
                    key: hostile.into(),
                    value: hostile.into(),
                }],
            }),
            Block::Table(Table {
                caption: hostile.into(),
                columns: vec![Column {
                    title: hostile.into(),
                    width: 1,
                    kind: Kind::Text,
                }],
                rows: vec![vec![Cell::Text(hostile.into())]],
            }),
        ],
        ..Report::default()
    };
    let text = pdf_text(&pdf(&report).unwrap());
    assert!(text.matches("#panic()").count() >= 10, "{text}");
}

#[test]
fn a_long_table_goes_on_over_pages() {
    let row = |n: usize| {
        vec![
            Cell::Text(format!("Row {n}")),
            Cell::Text("Words that fill a cell".into()),
        ]
    };
    let column = |title: &str| Column {
        title: title.into(),
        width: 1,
        kind: Kind::Text,
    };
    let report = Report {
        title: "Rows".into(),
        blocks: vec![Block::Table(Table {
            caption: String::new(),
            columns: vec![column("First"), column("Second")],
            rows: (0..500).map(row).collect(),
        })],
        ..Report::default()
    };
    let bytes = pdf(&report).unwrap();
    assert!(page_count(&bytes) > 5);
    let text = pdf_text(&bytes);
    assert!(text.contains("Row 499"));
    assert!(
        text.matches("First").count() > 5,
        "the header is not repeated"
    );
}
