//! The way back from the clean text to the lines of the document.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{docx, docx_with, page, pdf_of};
use mandate_extraction::{Limits, Page, Source, propose, read};
use proptest::prelude::*;

/// Holds every letter of every page to the line that it came from, and gives how many letters there were.
fn held(source: &Source) -> usize {
    let mut letters = 0;
    for page in &source.pages {
        let all = page.stretches(0, page.text.len());
        let mut at = 0;
        for stretch in all {
            let said = &page.origin.lines[stretch.line].text[stretch.from..stretch.to];
            let found = at + page.text[at..].find(said).unwrap();
            let between = &page.text[at..found];
            assert!(
                matches!(between, "" | " ") || between.chars().all(|c| c == '\n'),
                "{between:?} of {page:?}"
            );
            at = found + said.len();
            letters += said.chars().count();
        }
        assert_eq!(at, page.text.len(), "{page:?}");
    }
    letters
}

/// What the stretches of a range say, one after the other.
fn said(page: &Page, from: usize, to: usize) -> String {
    let parts = page.stretches(from, to);
    parts
        .iter()
        .map(|s| &page.origin.lines[s.line].text[s.from..s.to])
        .collect()
}

#[test]
fn a_word_broken_at_the_end_of_a_line_leads_to_both_lines() {
    let source = read(
        &pdf_of(&[page(&[
            (800, 9, "A/HRC/90/7"),
            (700, 10, "Recommendations are many. A recommen-"),
            (688, 10, "dation is one of the recommendation"),
        ])]),
        "x",
        &Limits::default(),
    )
    .unwrap();
    let of = &source.pages[0];
    let from = of.text.find("recommendation is").unwrap();
    let parts = of.stretches(from, from + "recommendation".len());
    let lines: Vec<&str> = parts
        .iter()
        .map(|s| &of.origin.lines[s.line].text[s.from..s.to])
        .collect();
    assert_eq!(lines, ["recommen", "dation"]);
    let heights: Vec<Option<i32>> = parts
        .iter()
        .map(|s| of.origin.lines[s.line].height)
        .collect();
    assert_eq!(heights, [Some(700), Some(688)]);
    assert_eq!(
        of.origin.lines[0].text, "A/HRC/90/7",
        "what was left out of the text is still a line"
    );
    held(&source);
}

#[test]
fn a_proposal_leads_to_its_lines() {
    let text = "Conclusions and/or recommendations\n\n 7.  The following recommendations enjoy the support of Lakeland:\n7.1.   Plant  reeds (Norway).";
    let source = read(text.as_bytes(), "x", &Limits::default()).unwrap();
    let found = propose(&source);
    let (from, to) = found[0].span;
    assert_eq!(said(&source.pages[0], from, to), "7.1.Plantreeds (Norway).");
    let first = source.pages[0].stretches(from, to)[0];
    assert_eq!((first.line, first.from), (3, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_letter_of_a_pdf_stands_in_its_line(lines in prop::collection::vec("(7\\.[0-9]\\. |)((reeds|Plant|recommen-|dation|recommendation|and|-|a–b|non-|state) ?){1,5}(;|\\.|-|)", 1..20), gaps in prop::collection::vec(10..40_u32, 20)) {
        let mut y = 800_u32;
        let mut placed = Vec::new();
        for (line, gap) in lines.iter().zip(gaps) {
            placed.push((y, 10, line.replace('–', "-")));
            y = y.saturating_sub(gap);
        }
        let placed: Vec<(u32, u32, &str)> = placed.iter().map(|(y, size, line)| (*y, *size, line.as_str())).collect();
        if let Ok(source) = read(&pdf_of(&[page(&placed), page(&placed)]), "x", &Limits::default()) {
            held(&source);
        }
    }

    #[test]
    fn every_letter_of_a_text_stands_in_its_line(text in "([a-zčŠ’0-9.;:-]{0,6}[ \t\u{a0}]{0,3}(\n|\r\n|\u{c}|)){0,40}") {
        if let Ok(source) = read(text.as_bytes(), "x", &Limits::default()) {
            let letters = held(&source);
            prop_assert!(letters >= text.chars().filter(|c| c.is_alphanumeric()).count());
        }
    }

    #[test]
    fn a_range_says_what_the_text_says(words in prop::collection::vec("[a-zč]{1,5}", 1..30), a in 0..200_usize, b in 0..200_usize) {
        let source = read(words.join("  ").as_bytes(), "x", &Limits::default()).unwrap();
        let of = &source.pages[0];
        let mut ends = [a.min(of.text.len()), b.min(of.text.len())];
        ends.sort_unstable();
        prop_assume!(ends.iter().all(|end| of.text.is_char_boundary(*end)));
        prop_assert_eq!(said(of, ends[0], ends[1]), of.text[ends[0]..ends[1]].replace(' ', ""));
    }
}

/// The text of a document of Word out of the paragraphs of its file, as its stretches lead to it.
fn of_word(source: &Source, paragraphs: &[String]) -> usize {
    let mut letters = 0;
    for page in &source.pages {
        for stretch in page.stretches(0, page.text.len()) {
            let line = &page.origin.lines[stretch.line];
            let place = line.paragraph.unwrap();
            let whole = &paragraphs[place.number];
            let said = &whole[place.from + stretch.from..place.from + stretch.to];
            assert_eq!(said, &line.text[stretch.from..stretch.to]);
            letters += said.chars().filter(|c| !c.is_whitespace()).count();
        }
    }
    letters
}

#[test]
fn the_number_that_word_counts_leads_nowhere_and_its_text_to_the_paragraph() {
    let numbering = "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"7\"/>\
         <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/></w:num>";
    let body = "<w:p/><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr>\
         <w:r><w:t xml:space=\"preserve\"> Plant  </w:t></w:r><w:r><w:t>ree</w:t></w:r><w:r><w:t>ds</w:t></w:r></w:p>";
    let source = read(
        &docx_with(body, &[("numbering", numbering)]),
        "x",
        &Limits::default(),
    )
    .unwrap();
    let page = &source.pages[0];
    assert_eq!(page.text, "7. Plant reeds");
    let paragraphs = [String::new(), " Plant  reeds".to_owned()];
    assert_eq!(of_word(&source, &paragraphs), "Plantreeds".len());
    assert_eq!(page.stretches(0, 3), [], "the number stands in no text");
    let reeds = page.stretches(9, 14)[0];
    assert_eq!((reeds.line, reeds.from, reeds.to), (0, 8, 13));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_letter_of_a_document_of_word_stands_in_its_paragraph(paragraphs in prop::collection::vec(prop::collection::vec("[a-zčŠ&<’0-9.; ]{0,8}", 0..5), 0..8), broken in prop::collection::vec(any::<bool>(), 8)) {
        let mut body = String::new();
        for (runs, page) in paragraphs.iter().zip(&broken) {
            body.push_str("<w:p>");
            for (n, run) in runs.iter().enumerate() {
                let run = run.replace('&', "&amp;").replace('<', "&lt;");
                body.push_str(&format!("<w:r><w:t xml:space=\"preserve\">{run}</w:t></w:r>"));
                if *page && n == 1 {
                    body.push_str("<w:r><w:br w:type=\"page\"/></w:r>");
                }
            }
            body.push_str("</w:p>");
        }
        let texts: Vec<String> = paragraphs.iter().map(|runs| runs.concat()).collect();
        if let Ok(source) = read(&docx(&body), "x", &Limits::default()) {
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            let written: usize = source.pages.iter().map(|page| letters(&page.text)).sum();
            prop_assert_eq!(of_word(&source, &texts), written, "nothing is invented");
            prop_assert_eq!(written, texts.iter().map(|text| letters(text)).sum::<usize>(), "nothing is lost");
        }
    }
}

/// A piece of a web page: how it is written, and which of its letters are shown.
fn piece() -> impl Strategy<Value = (String, String)> {
    let shown = |written: &str, letters: &str| (written.to_owned(), letters.to_owned());
    let hidden = |written: &str| (written.to_owned(), String::new());
    prop_oneof![
        "[A-ZČŠ]{1,6}".prop_map(|text| (text.clone(), text)),
        "[A-ZČŠ]{1,4}".prop_map(|text| (format!("\r\n \u{a0}{text}"), text)),
        "[A-Z]{1,4}".prop_map(|text| (format!("<b class='x>Y' title=\"</b>\">{text}</b>"), text)),
        "[A-Z]{1,4}".prop_map(|text| (format!("</p><p id=q>{text}"), text)),
        "[A-Z]{1,4}".prop_map(|text| (format!("<ul><li>{text}</ul>"), text)),
        "[A-Z]{1,4}".prop_map(|text| (
            format!("<ol type=a><li>{text}<br>{text}</ol>"),
            text.repeat(2)
        )),
        Just(shown("&amp;", "&")),
        Just(shown("&#268;", "Č")),
        Just(shown("&#x10C;", "Č")),
        Just(shown("&Scaron;", "Š")),
        Just(shown("&Eacute", "É")),
        Just(shown("m<sup>2</sup>", "²")),
        Just(hidden("&shy;")),
        Just(hidden("&nbsp;")),
        Just(hidden("<!-- LOST > -->")),
        Just(hidden("<?LOST ?>")),
        Just(hidden("</>")),
        Just(hidden("<script>if (A < B) { '&amp;</>' }</script>")),
        Just(hidden("<title>LOST &amp; </> LOST</title>")),
        Just(hidden("<nav>LOST</nav>")),
        Just(hidden("<br/>")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_letter_of_a_web_page_stands_in_its_file(pieces in prop::collection::vec(piece(), 1..24)) {
        let mut html = "<!DOCTYPE html>\n<html><body><p>".to_owned();
        let mut shown = String::new();
        for (written, letters) in &pieces {
            html.push_str(written);
            shown.push_str(letters);
            // What could be taken for the end of a reference stays apart from it.
            html.push(' ');
        }
        if let Ok(source) = read(html.as_bytes(), "x", &Limits::default()) {
            let page = &source.pages[0];
            let mut found = String::new();
            for (at, c) in page.text.char_indices() {
                let stretches = page.stretches(at, at + c.len_utf8());
                let is_shown = c.is_uppercase() || matches!(c, '&' | '²');
                prop_assert_eq!(stretches.len(), usize::from(is_shown || (c == 'm' && !stretches.is_empty())), "{} in {}", c, html);
                if !is_shown {
                    continue;
                }
                let written = &html[stretches[0].from..stretches[0].to];
                let said = match written {
                    "&amp;" => "&",
                    "&#268;" | "&#x10C;" => "Č",
                    "&Scaron;" => "Š",
                    "&Eacute" => "É",
                    "2" => "²",
                    other => other,
                };
                prop_assert_eq!(said, c.to_string(), "{} in {}", written, html);
                found.push(c);
            }
            prop_assert_eq!(found, shown, "nothing is lost: {}", html);
        }
    }
}
