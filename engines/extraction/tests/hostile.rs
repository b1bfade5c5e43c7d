//! Nothing that somebody uploads may end the program, fill its memory or keep it busy.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::time::{Duration, Instant};

use common::{docx, docx_with, objects, page, pdf_of, stream, words::comes_from};
use mandate_extraction::{
    Item, Kind, Kinds, Limits, Page, ReadError, Source, document_facts, propose, read,
};
use proptest::prelude::*;

fn small() -> Limits {
    Limits {
        bytes: 4 << 20,
        pages: 50,
        text: 1 << 20,
        time: Duration::from_secs(2),
    }
}

/// Reads and proposes, and holds every span to its page.
fn go_through(bytes: &[u8]) -> Result<usize, ReadError> {
    let source = read(bytes, "hostile", &small())?;
    Ok(held(&source))
}

fn held(source: &Source) -> usize {
    let found = propose(source);
    let kind = document_facts(source, &Kinds::default()).kind;
    let by_kind = kind.is_some_and(|kind| kind != "upr")
        && (found.iter()).any(|p| p.lead.is_some() || p.kind != Item::Recommendation);
    for (n, proposal) in found.iter().enumerate() {
        let page = source.pages.iter().find(|p| p.number == proposal.page);
        let text = &page.expect("the page exists").text;
        let (from, to) = proposal.span;
        assert!(
            from <= to && text.get(from..to).is_some(),
            "{from}..{to} of {text:?}"
        );
        assert!((0.0..=1.0).contains(&proposal.confidence));
        // Looking a proposal up takes as long as reading its document.
        if by_kind && n < 100 {
            assert!(comes_from(source, proposal), "{proposal:?} of {source:?}");
        }
    }
    found.len()
}

fn text(text: String) -> Source {
    let pages = vec![Page {
        number: 1,
        text,
        ..Page::default()
    }];
    Source {
        kind: Kind::Text,
        symbol: None,
        pages,
    }
}

const HEAD: &str = "Conclusions and/or recommendations\n7. The following recommendations enjoy the support of X:\n";

#[test]
fn arrays_within_arrays_do_not_exhaust_the_stack() {
    let deep = "[".repeat(200_000);
    let _ = go_through(&pdf_of(&[format!("BT /F 10 Tf {deep} TJ ET").into_bytes()]));
    let object = deep.into_bytes();
    let _ = go_through(&objects(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        object,
    ]));
}

#[test]
fn a_tree_of_pages_that_holds_itself_ends() {
    let catalogue = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let itself = b"<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>".to_vec();
    assert!(go_through(&objects(&[catalogue.clone(), itself])).is_err());
    let tree = b"<< /Type /Pages /Count 1 /Kids [3 0 R] /Parent 3 0 R >>".to_vec();
    let leaf = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec();
    let content = stream(b"BT (x) Tj ET");
    assert!(go_through(&objects(&[catalogue, tree, leaf, content])).is_err());
}

#[test]
fn a_form_that_draws_itself_again_and_again_is_given_up() {
    let mut form = b"<< /Subtype /Form /Resources << /XObject << /X 5 0 R >> /Font << /F 6 0 R >> >> /Length 0000 >>\nstream\n".to_vec();
    let content = [
        format!("BT /F 10 Tf ({}) Tj ET ", "words ".repeat(1_000)).into_bytes(),
        b"/X Do ".repeat(60),
    ]
    .concat();
    let at = form.windows(4).position(|w| w == b"0000").unwrap();
    form[at..at + 4].copy_from_slice(format!("{:04}", content.len()).as_bytes());
    form.extend(&content);
    form.extend(b"\nendstream");
    let document = objects(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_vec(),
        stream(b"/X Do"),
        form,
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Plain /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ]);
    // Its text is counted while it is drawn: the time is never used up.
    let begun = Instant::now();
    assert!(matches!(
        go_through(&document),
        Err(ReadError::TooLarge { .. })
    ));
    assert!(begun.elapsed() < Duration::from_secs(2));
}

/// Items whose every state repeats their beginning.
fn repeating(items: usize, beginning: usize) -> String {
    let states = [
        "Peru", "Chile", "Togo", "Ghana", "Norway", "Spain", "Italy", "Kenya", "Mali", "Chad",
        "Iraq", "Cuba", "Oman", "Fiji", "Japan", "India", "China", "Haiti", "Nepal", "Qatar",
    ];
    let ends: String = states.iter().map(|s| format!("or {s} ({s}), ")).collect();
    let long = "lakes ".repeat(beginning);
    (1..=items)
        .map(|n| format!("7.{n}. Plant {long} (Malta), {ends};\n"))
        .fold(HEAD.to_owned(), |all, item| all + &item)
}

#[test]
fn items_made_to_multiply_are_not_multiplied() {
    for (items, beginning) in [(1, 20_000), (100, 2_000)] {
        let many = repeating(items, beginning);
        let size = many.len();
        let found = propose(&text(many));
        let written: usize = found.iter().map(|p| p.text.len()).sum();
        assert!(found.len() >= items);
        assert!(written <= 4 * size, "{written} bytes out of {size}");
    }
}

#[test]
fn a_long_object_is_not_lent_to_every_verb_before_it() {
    let many = format!(
        "{HEAD}7.1. {}ratify the Convention {} (Chile)",
        "Ratify (Peru), sign (Togo), ".repeat(200),
        "on lakes ".repeat(1_000)
    );
    let size = many.len();
    let found = propose(&text(many));
    let written: usize = found.iter().map(|p| p.text.len()).sum();
    assert!(
        found.len() > 100 && written <= 2 * size,
        "{written} bytes out of {size}"
    );
}

#[test]
fn states_that_join_one_sentence_after_another_do_not_multiply_it() {
    let states = [
        "Peru", "Togo", "Mali", "Chad", "Iraq", "Cuba", "Oman", "Fiji",
    ];
    let item: String = (1..=40)
        .map(|n| {
            let of = states[..n.min(8)].join(", ");
            format!("train {} ({of}) and ", "judges ".repeat(40))
        })
        .collect();
    let many: String = (1..=100)
        .map(|n| format!("7.{n}. {item}rest (Peru);\n"))
        .fold(HEAD.to_owned(), |all, item| all + &item);
    let size = many.len();
    let written: usize = propose(&text(many)).iter().map(|p| p.text.len()).sum();
    assert!(written <= 4 * size, "{written} bytes out of {size}");
}

#[test]
fn an_ordinary_item_that_grows_is_still_taken_apart() {
    let found = propose(&text(repeating(1, 3)));
    assert!(found.len() > 10, "{}", found.len());
}

fn soon(bytes: &[u8]) -> Result<usize, ReadError> {
    let begun = Instant::now();
    let answer = go_through(bytes);
    let taken = begun.elapsed();
    assert!(taken < Duration::from_secs(10), "{taken:?}");
    answer
}

#[test]
fn elements_within_elements_do_not_exhaust_the_stack() {
    for element in [
        "<div>",
        "<ul><li>",
        "<table><tr><td>",
        "<b><p>",
        "<nav>",
        "<sup><a href=#x>",
    ] {
        let page = format!("<html>{}end", element.repeat(100_000));
        let _ = soon(page.as_bytes());
    }
    let many = "<ol><li>Plant reeds.".repeat(20_000);
    assert!(soon(format!("<html>{many}").as_bytes()).is_ok());
}

#[test]
fn attributes_without_end_are_read_or_given_up() {
    let long = format!("<html><p title='{}'>Reeds", "x".repeat(3_000_000));
    assert_eq!(soon(long.as_bytes()), Ok(0));
    let many: String = (0..300_000).map(|n| format!(" a{n}")).collect();
    let _ = soon(format!("<html><p{many}>Reeds").as_bytes());
    let targets = "<a href='#x'>*</a>".repeat(100_000);
    let _ = soon(format!("<html><p>Reeds{targets}").as_bytes());
}

#[test]
fn unclosed_tags_and_entities_are_text_or_nothing() {
    for page in [
        "<html><p>Reeds <".to_owned(),
        "<html><p>Reeds <!-- ".to_owned() + &"never closed ".repeat(50_000),
        "<html><p>Reeds <p title=\"".to_owned() + &"never closed ".repeat(50_000),
        "<html><p>Reeds <script>".to_owned() + &"<!--<script>".repeat(50_000),
        "<html><p>Reeds ".to_owned() + &"&".repeat(400_000),
        "<html><p>Reeds ".to_owned() + &"&#x10FFFFFFFFFF;&#0;&nosuch;".repeat(30_000),
        "<html><p>Reeds ".to_owned() + &"&NotEqualTilde;".repeat(50_000),
        "<!DOCTYPE html [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><p>Reeds &b;&b;".to_owned(),
    ] {
        assert!(soon(page.as_bytes()).is_ok(), "{}", &page[..40]);
    }
}

#[test]
fn a_page_that_is_not_utf_8_is_refused_clearly() {
    let answer = go_through(b"<html><p>Na\xefve").unwrap_err().to_string();
    assert!(answer.contains("not written in UTF-8"), "{answer}");
}

/// The beginnings of documents of every kind.
const HEADS: [&str; 9] = [
    "CEDAW/C/LKL/CO/4\n",
    "Report of the Special Rapporteur on lakes\n",
    "ACFC/OP/V(2024)9\n",
    "CPT/Inf (2024) 91\n",
    "ECRI report on Lakeland\n",
    "GREVIO/Inf(2024)9\n",
    "SWD(2024) 999 final\n",
    "OMBUDSPERSON INSTITUTION\n",
    "<html>\n",
];

#[test]
fn a_list_without_end_is_one_pass() {
    let lead = "5. The Committee recommends that the State party:\n";
    for item in [
        "(a) Plant reeds:\n(i) many\n",
        "\u{2022} plant reeds;\n",
        "reeds;\n",
        "1. Reeds\n",
    ] {
        soon(format!("{}{lead}{}", HEADS[0], item.repeat(200_000 / item.len())).as_bytes())
            .unwrap();
    }
    let all = "14 (a) to (z), 1 to 99, ".repeat(5_000);
    let follow = format!(
        "{lead}(a) Plant reeds.\n6. The Committee requests the State party to provide, within one year, information on the implementation of paragraphs {all}."
    );
    soon(format!("{}{follow}", HEADS[0]).as_bytes()).unwrap();
    soon(format!("{}{}", HEADS[7], "The Ministry, ".repeat(60_000)).as_bytes()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0..3_usize) {
        let head: &[u8] = [&b"%PDF-1.4\n"[..], b"PK\x03\x04", b""][kind];
        let _ = go_through(&[head, &bytes].concat());
    }

    #[test]
    fn a_pdf_with_bytes_changed_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = pdf_of(&[page(&[(700, 10, "Conclusions and/or recommendations"), (680, 10, "7. The following recommendations enjoy the support of X:"), (660, 10, "7.1. Plant reeds (Peru).")])]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = go_through(&bytes);
    }

    #[test]
    fn a_docx_with_bytes_changed_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = docx("<w:p><w:r><w:t>7.1. Plant reeds (Peru)</w:t></w:r></w:p>");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = go_through(&bytes);
    }

    #[test]
    fn every_content_stream_is_walked(operators in "([0-9.-]{1,4} |/F |\\(a\\) |\\[\\(b\\) -300\\] |<0041> |Tf |Td |TD |Tm |T\\* |Tj |TJ |' |\" |BT |ET |q |Q |cm |Tz |TL |Do ){0,60}") {
        let _ = go_through(&pdf_of(&[operators.into_bytes()]));
    }

    #[test]
    fn spans_lie_in_their_pages(lines in prop::collection::vec("(7\\.[0-9]{1,2}\\. |\\([a-d]\\) |[0-9]{1,3}\\. |)(Plant|ratify|čŠ’ı–|and|the Convention| |-){0,6}( \\((Peru|Norway and Chile|CRPD|ß)\\))?(;|\\.|-|:|, in order to grow \\(Togo\\))?", 0..30)) {
        held(&text(format!("{HEAD}{}", lines.join("\n"))));
    }

    #[test]
    fn any_text_is_proposed_from(lines in ".{0,300}") {
        held(&text(format!("{HEAD}7.1. {lines}")));
        held(&text(lines));
    }

    #[test]
    fn every_page_of_html_is_read_or_refused(parts in prop::collection::vec("</?(p|div|ul|ol|li|ol type=a|ol type=i start=3|li value=9|sup|a href=#x|p id=x|h2|br|br|table|td|nav|main|header|script|title|p hidden)>|Reeds|reeds and|[*0-9]|&amp;|&shy;|\\(a\\) |čŠ–| |<|&|\u{c}", 0..60)) {
        let page = format!("<html>{}", parts.concat());
        let _ = go_through(page.as_bytes());
    }

    #[test]
    fn proposals_of_every_kind_come_from_their_pages(head in 0..9_usize, lines in prop::collection::vec("([0-9]{1,2}\\. |[1-3]\\.[1-3]\\. |\\([a-dixv]{1,2}\\) |• |– |→ |)(The (Committee|Special Rapporteur|Advisory Committee|CPT|Ombudsperson) (recommends that the State party|is concerned|welcomes|urges the Ministry of Health)|ECRI recommends|GREVIO urges|Lakeland should|The authorities should|Issues for immediate action|Recommendations|_____|1 A note|within two years|plant-|ing reeds|čŠ’ı–|lakes|\\(see No\\. 4\\)){0,3}( reeds)?(;|\\.|:|\\. |\\? |,|; and|)(\n|\u{c}|)", 0..30)) {
        let _ = go_through(format!("{}{}", HEADS[head], lines.join("\n")).as_bytes());
    }
}

#[test]
fn a_word_document_nested_or_listed_without_end_is_refused() {
    let deep = "<w:p>".repeat(200_000);
    let found = read(&docx(&deep), "x", &Limits::default());
    assert!(matches!(found, Err(ReadError::Broken(_))), "{found:?}");
    let lists: String = (0..30_000)
        .map(|n| format!("<w:num w:numId=\"{n}\"><w:abstractNumId w:val=\"1\"/></w:num>"))
        .collect();
    let styles: String = (0..30_000)
        .map(|n| {
            format!(
                "<w:style w:styleId=\"s{n}\"><w:basedOn w:val=\"s{}\"/></w:style>",
                n + 1
            )
        })
        .collect();
    let body = "<w:p><w:r><w:t>Reeds.</w:t></w:r></w:p>";
    for part in [
        ("numbering", lists.as_str()),
        ("styles", styles.as_str()),
        ("styles", deep.as_str()),
    ] {
        let found = read(&docx_with(body, &[part]), "x", &Limits::default());
        assert!(
            matches!(
                found,
                Err(ReadError::TooLarge { .. } | ReadError::Broken(_))
            ),
            "{found:?}"
        );
    }
    let named = format!("<w:style w:styleId=\"{}\"/>", "s".repeat(1 << 20));
    assert!(
        read(
            &docx_with(body, &[("styles", &named)]),
            "x",
            &Limits::default()
        )
        .is_ok()
    );
}

#[test]
fn every_error_is_worded_in_every_language() {
    let all = [
        ReadError::Encrypted,
        ReadError::Scanned,
        ReadError::Broken(String::new()),
        ReadError::TooLarge {
            what: "pages",
            most: 1,
        },
        ReadError::Unknown,
        ReadError::TooSlow,
    ];
    for language in ["en", "sq", "sr"] {
        let path = format!(
            "{}/../../locales/{language}/mechanisms.ftl",
            env!("CARGO_MANIFEST_DIR")
        );
        let labels = std::fs::read_to_string(&path).unwrap();
        for error in &all {
            let label = format!("\nmechanisms-report-{} = ", error.label());
            assert!(labels.contains(&label), "{label} in {path}");
        }
    }
}
