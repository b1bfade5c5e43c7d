//! The numbers that Word counts by itself.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::fmt::Write as _;

use common::docx_with;
use mandate_extraction::{Limits, propose, read};
use proptest::prelude::*;

/// A list whose levels count in the formats given: `1.`, `(a)`, `(i)`.
const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="4">
<w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:pStyle w:val="Sub"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="90"/></w:lvlOverride></w:num>"#;

const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Body"/></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;

fn item(list: u32, level: u32, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
    )
}

fn lines(body: &str) -> Vec<String> {
    let bytes = docx_with(body, &[("numbering", NUMBERING), ("styles", STYLES)]);
    let source = read(&bytes, "x", &Limits::default()).unwrap();
    source.pages[0].text.lines().map(str::to_owned).collect()
}

#[test]
fn numbers_that_word_counts_are_part_of_the_text() {
    let body = [
        item(1, 0, "Seven"),
        item(1, 1, "Below"),
        item(1, 1, "Next"),
        "<w:p><w:r><w:t>Between</w:t></w:r></w:p>".to_owned(),
        item(1, 2, "Letter"),
        "<w:p><w:pPr><w:pStyle w:val=\"Sub\"/></w:pPr><w:r><w:t>By its style</w:t></w:r></w:p>"
            .to_owned(),
        item(1, 3, "Dot"),
        item(1, 0, "Eight"),
        item(1, 1, "Anew"),
        item(2, 0, "Ninety"),
        item(0, 0, "In no list"),
    ];
    assert_eq!(
        lines(&body.concat()),
        [
            "7. Seven",
            "7.1. Below",
            "7.2. Next",
            "Between",
            "(a) Letter",
            "(b) By its style",
            "• Dot",
            "8. Eight",
            "8.1. Anew",
            "90. Ninety",
            "In no list",
        ]
    );
}

#[test]
fn what_was_deleted_as_a_whole_is_not_counted_nor_is_a_former_number() {
    let gone = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:del><w:r><w:t>Gone</w:t></w:r></w:del></w:p>";
    let changed = "<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>Plain</w:t></w:r></w:p>";
    let body = [
        item(1, 0, "One"),
        gone.to_owned(),
        changed.to_owned(),
        item(1, 0, "Two"),
    ];
    assert_eq!(lines(&body.concat()), ["7. One", "Plain", "8. Two"]);
}

#[test]
fn a_report_of_word_with_its_own_numbers_gives_its_recommendations() {
    let plain = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body = [
        plain("Conclusions and/or recommendations"),
        item(
            1,
            0,
            "The following recommendations enjoy the support of Lakeland:",
        ),
        item(1, 1, "Plant reeds (Norway);"),
        item(1, 1, "Count the herons (Chile)."),
    ];
    let bytes = docx_with(&body.concat(), &[("numbering", NUMBERING)]);
    let found = propose(&read(&bytes, "x", &Limits::default()).unwrap());
    let cited: Vec<(&str, &str)> = found
        .iter()
        .map(|p| (p.paragraph.as_str(), p.text.as_str()))
        .collect();
    assert_eq!(cited, [("7.1", "Plant reeds"), ("7.2", "Count the herons")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_level_counts_by_itself_and_begins_anew_below_another(levels in prop::collection::vec(0..2_u32, 1..40)) {
        let mut body = String::new();
        let (mut upper, mut lower) = (6, 0);
        let mut wanted = Vec::new();
        for level in &levels {
            let _ = write!(body, "{}", item(1, *level, "Reeds"));
            if *level == 0 {
                (upper, lower) = (upper + 1, 0);
                wanted.push(format!("{upper}. Reeds"));
            } else {
                lower += 1;
                wanted.push(format!("{}.{lower}. Reeds", upper.max(7)));
            }
        }
        // A list that begins below shows the start of the level above, and then counts from it.
        prop_assume!(levels[0] == 0);
        prop_assert_eq!(lines(&body), wanted);
    }

    #[test]
    fn any_numbering_is_read_or_refused(parts in prop::collection::vec("</?w:(abstractNum w:abstractNumId=\"[12]\"|num w:numId=\"[12]\"|lvl w:ilvl=\"[0-9]\"|abstractNumId w:val=\"[12]\"|lvlText w:val=\"[%1-9a.]{0,6}\"|numFmt w:val=\"(decimal|lowerLetter|upperRoman|x)\"|start w:val=\"[0-9]{1,10}\"|lvlOverride w:ilvl=\"1\"|startOverride w:val=\"4294967295\")/?>", 0..30)) {
        let bytes = docx_with(&[item(1, 0, "a"), item(1, 1, "b"), item(2, 1, "c")].concat(), &[("numbering", &parts.concat())]);
        let _ = read(&bytes, "x", &Limits::default());
    }
}
