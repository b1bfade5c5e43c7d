//! Documents of each kind, from bytes to proposals.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{docx, page, pdf_of};
use mandate_extraction::{Doubt, Kind, Limits, ReadError, Reply, Source, propose, read};

fn report() -> Vec<u8> {
    pdf_of(&[
        page(&[
            (800, 9, "A/HRC/90/7"),
            (700, 10, "II. Conclusions and/or recommendations"),
            (
                670,
                10,
                "67. The following recommendations enjoy the support of Lakeland:",
            ),
            (
                640,
                10,
                "67.1. Teach judges about the rights of fishermen and their fami-",
            ),
            (628, 10, "lies (Norway, Côte d’Ivoire);"),
            (
                600,
                10,
                "67.2. Open a shelter in every harbour, and pay for it",
            ),
            (70, 7, "** A note that nobody needs in a recommendation."),
            (40, 9, "14"),
        ]),
        page(&[
            (800, 9, "A/HRC/90/7"),
            (740, 10, "from the budget of families and towns (Chile)."),
            (
                700,
                10,
                "68. The recommendations below did not enjoy the support of Lakeland:",
            ),
            (
                670,
                10,
                "68.1. Ratify the Convention (CRPD) on lakes (Peru); publish its reports (Ghana).",
            ),
            (
                640,
                10,
                "69. The following recommendations will be examined by Lakeland, which will provide responses in due time:",
            ),
            (610, 10, "69.1. Free the heron (Togo)."),
            (
                580,
                10,
                "70. All conclusions and/or recommendations in this report reflect the position of their authors.",
            ),
            (40, 9, "15"),
        ]),
    ])
}

fn read_it(bytes: &[u8]) -> Source {
    read(bytes, "report", &Limits::default()).unwrap()
}

#[test]
fn a_report_as_pdf_gives_its_recommendations_with_states_and_replies() {
    let source = read_it(&report());
    assert_eq!(source.kind, Kind::Pdf);
    assert_eq!(source.symbol.as_deref(), Some("A/HRC/90/7"));
    let found = propose(&source);
    let plain: Vec<(&str, &str, Vec<&str>, Option<Reply>)> = found
        .iter()
        .map(|p| {
            let states = p.states.iter().map(String::as_str).collect();
            (p.paragraph.as_str(), p.text.as_str(), states, p.reply)
        })
        .collect();
    let (yes, no, later) = (
        Some(Reply::Supported),
        Some(Reply::Noted),
        Some(Reply::Later),
    );
    assert_eq!(
        plain,
        [
            (
                "67.1",
                "Teach judges about the rights of fishermen and their families",
                vec!["Norway", "Côte d'Ivoire"],
                yes
            ),
            (
                "67.2",
                "Open a shelter in every harbour, and pay for it from the budget of families and towns",
                vec!["Chile"],
                yes
            ),
            (
                "68.1",
                "Ratify the Convention (CRPD) on lakes",
                vec!["Peru"],
                no
            ),
            ("68.1", "Publish its reports", vec!["Ghana"], no),
            ("69.1", "Free the heron", vec!["Togo"], later),
        ]
    );
}

#[test]
fn running_heads_page_numbers_and_footnotes_are_not_text() {
    let source = read_it(&report());
    for page in &source.pages {
        assert!(!page.text.contains("A/HRC/90/7"), "{}", page.text);
        assert!(!page.text.contains("nobody needs"), "{}", page.text);
        assert!(!page.text.lines().any(|line| line == "14" || line == "15"));
    }
}

#[test]
fn a_proposal_points_to_the_page_and_the_words_where_it_begins() {
    let source = read_it(&report());
    let found = propose(&source);
    let over = &found[1];
    assert_eq!(over.page, 1);
    let text = &source.pages[0].text[over.span.0..over.span.1];
    assert!(text.starts_with("67.2. Open a shelter"), "{text}");
    assert_eq!(found[2].page, 2);
}

#[test]
fn a_word_document_is_read_without_what_was_deleted() {
    let line = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body = [
        line("Conclusions and/or recommendations"),
        line("7. The following recommendations enjoy the support of Lakeland:"),
        "<w:p><w:r><w:t>7.1. Protect otters &amp; </w:t></w:r><w:del><w:r><w:t>beavers</w:t></w:r></w:del><w:r><w:t>swans (Norway);</w:t></w:r></w:p>".to_owned(),
    ]
    .concat();
    let source = read_it(&docx(&body));
    assert_eq!(source.kind, Kind::Docx);
    let found = propose(&source);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "Protect otters & swans");
    assert_eq!(found[0].states, ["Norway"]);
}

#[test]
fn lettered_items_are_cited_under_their_paragraph() {
    let text = "Conclusions and/or recommendations\n71. The following recommendations enjoy the support of Lakeland:\n(a) Plant reeds (Norway);\n(b) Count the herons each year (Chile).";
    let found = propose(&read_it(text.as_bytes()));
    let cited: Vec<&str> = found.iter().map(|p| p.paragraph.as_str()).collect();
    assert_eq!(cited, ["71(a)", "71(b)"]);
}

#[test]
fn one_without_a_state_among_others_that_have_one_is_doubted() {
    let text = "Conclusions and/or recommendations\n71. The following recommendations enjoy the support of Lakeland:\n71.1. Plant reeds along the shore (Norway);\n71.2. Count the herons each year;\n71.3. Feed the swans in winter (Chile).";
    let found = propose(&read_it(text.as_bytes()));
    let doubts: Vec<Option<Doubt>> = found.iter().map(|p| p.doubt).collect();
    assert_eq!(doubts, [None, Some(Doubt::NoState), None]);
    assert!(found[1].confidence < found[0].confidence);
}

#[test]
fn what_cannot_be_read_says_why() {
    let limits = Limits::default();
    let of = |bytes: &[u8]| read(bytes, "x", &limits).unwrap_err();
    assert_eq!(of(&[0xff, 0xfe, 0, 1]), ReadError::Unknown);
    assert_eq!(of(&pdf_of(&[page(&[])])), ReadError::Scanned);
    assert!(matches!(of(b"%PDF-1.4 and no more"), ReadError::Broken(_)));
    let small = Limits {
        pages: 1,
        ..Limits::default()
    };
    let large = ReadError::TooLarge {
        what: "pages",
        most: 1,
    };
    assert_eq!(read(&report(), "x", &small), Err(large));
    let bytes = Limits {
        bytes: 3,
        ..Limits::default()
    };
    assert!(matches!(
        read(b"four", "x", &bytes),
        Err(ReadError::TooLarge { what: "bytes", .. })
    ));
}
