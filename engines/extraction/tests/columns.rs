//! Pages in two columns, in whatever order they were written.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::fmt::Write as _;

use common::pdf_of;
use mandate_extraction::{Limits, read};
use proptest::prelude::*;

/// Words at a place, at 10 points; letters are 5 points wide.
fn put(x: u32, y: u32, words: &str) -> String {
    format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// Twelve rows: each column 40 letters, that is 200 points, wide.
fn rows() -> Vec<(String, String)> {
    let row = |side: &str, n: u32| format!("{side} row {n:02} of reeds and herons and lake ok");
    (0..12).map(|n| (row("west", n), row("east", n))).collect()
}

fn text(content: &str) -> String {
    let source = read(
        &pdf_of(&[content.as_bytes().to_vec()]),
        "x",
        &Limits::default(),
    )
    .unwrap();
    source.pages[0].text.clone()
}

/// The numbers of rows in the order in which they are read.
fn order(text: &str) -> Vec<(String, u32)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let rows = words.windows(3).filter(|three| three[1] == "row");
    rows.map(|three| (three[0].to_owned(), three[2].parse().unwrap()))
        .collect()
}

fn wanted() -> Vec<(String, u32)> {
    let side = |side: &'static str| (0..12).map(move |n| (side.to_owned(), n));
    side("west").chain(side("east")).collect()
}

#[test]
fn columns_written_row_by_row_are_read_one_after_the_other() {
    let mut content = String::new();
    for (n, (west, east)) in (0..).zip(rows()) {
        let y = 700 - 12 * n;
        let _ = write!(content, "{}{}", put(60, y, &west), put(300, y, &east));
    }
    assert_eq!(order(&text(&content)), wanted());
}

#[test]
fn what_runs_across_parts_the_columns_above_from_those_below() {
    let mut content = String::new();
    for (n, (west, east)) in (0..).zip(rows()) {
        let y = 700 - 12 * n - if n >= 6 { 40 } else { 0 };
        let _ = write!(content, "{}{}", put(300, y, &east), put(60, y, &west));
    }
    content += &put(
        60,
        610,
        "A heading that runs across both of the columns of this page and parts them",
    );
    let read = text(&content);
    let heading = read.find("A heading").unwrap();
    assert_eq!(order(&read[..heading]).len(), 12);
    assert!(
        order(&read[..heading]).iter().all(|(_, n)| *n < 6),
        "{read}"
    );
    assert!(
        order(&read[heading..]).iter().all(|(_, n)| *n >= 6),
        "{read}"
    );
}

#[test]
fn a_page_in_one_column_and_a_table_stay_as_they_were_written() {
    let mut content = String::new();
    for n in 0..12 {
        let y = 700 - 12 * n;
        let _ = write!(
            content,
            "{}{}",
            put(60, y, &format!("name {n}")),
            put(300, y, &format!("value {n}"))
        );
    }
    let read = text(&content);
    assert!(read.contains("name 3 value 3"), "{read}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whole_columns_are_read_from_left_to_right_whichever_was_written_first(east_first in any::<bool>(), gap in 11..14_u32) {
        let (mut west, mut east) = (String::new(), String::new());
        for (n, (left, right)) in (0..).zip(rows()) {
            let y = 700 - gap * n;
            west += &put(60, y, &left);
            east += &put(300, y, &right);
        }
        let content = if east_first { east + &west } else { west + &east };
        prop_assert_eq!(order(&text(&content)), wanted());
    }
}
