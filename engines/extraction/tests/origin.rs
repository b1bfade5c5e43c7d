//! The way back from the clean text to the lines of the document.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{page, pdf_of};
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
