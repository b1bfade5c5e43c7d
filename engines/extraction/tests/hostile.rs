//! Nothing that somebody uploads may end the program, fill its memory or keep it busy.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::time::{Duration, Instant};

use common::{docx, objects, page, pdf_of, stream};
use mandate_extraction::{Kind, Limits, Page, ReadError, Source, propose, read};
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
    for proposal in &found {
        let page = source.pages.iter().find(|p| p.number == proposal.page);
        let text = &page.expect("the page exists").text;
        let (from, to) = proposal.span;
        assert!(
            from <= to && text.get(from..to).is_some(),
            "{from}..{to} of {text:?}"
        );
        assert!((0.0..=1.0).contains(&proposal.confidence));
    }
    found.len()
}

fn text(text: String) -> Source {
    let pages = vec![Page { number: 1, text }];
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
}
