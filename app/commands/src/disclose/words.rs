//! Cells and results in the reader's words.

use mandate_disclosure::{Cell, Dimension, Loss};
use mandate_language::{Arg, Language};

/// A cell as it is published.
pub(crate) fn cell(l: &Language, cell: Cell) -> String {
    match cell {
        // Digits alone: a spreadsheet reads them as a number.
        Cell::Shown(n) | Cell::Rounded(n) => n.to_string(),
        Cell::FewerThan(n) => l.with("disclose-fewer-than", &[("number", Arg::from(n))]),
        Cell::Withheld => l.text("disclose-withheld"),
    }
}

/// What a word or number in a published table says; nothing where it says nothing.
pub(crate) fn read(text: &str) -> Option<Cell> {
    let text = text.trim();
    let digits = |of: &str| of.chars().filter(char::is_ascii_digit).collect::<String>();
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok().map(Cell::Shown);
    }
    // "fewer than 5", "<5", "më pak se 5": the number; "withheld", "*", "c", "..": none.
    let found = digits(text);
    if text.starts_with('-') || text.contains(['.', ',']) && !found.is_empty() {
        return None;
    }
    if found.is_empty() {
        return Some(Cell::Withheld);
    }
    found.parse().ok().filter(|n| *n > 0).map(Cell::FewerThan)
}

/// What a total is called in the reader's language.
pub(crate) fn code(l: &Language, dimension: &Dimension, code: &str) -> String {
    if code == dimension.total() {
        l.text("disclose-total")
    } else {
        code.to_owned()
    }
}

/// What was withheld and why, a sentence each.
pub(crate) fn loss(l: &Language, loss: &Loss) -> Vec<String> {
    let number = |n: usize| Arg::from(n);
    let mut said = vec![l.with(
        "disclose-loss",
        &[
            ("withheld", number(loss.withheld())),
            ("cells", number(loss.cells)),
        ],
    )];
    for (id, n) in [
        ("disclose-loss-small", loss.small),
        ("disclose-loss-difference", loss.difference),
        ("disclose-loss-earlier", loss.earlier),
        ("disclose-loss-others", loss.others),
    ] {
        if n > 0 {
            said.push(l.with(id, &[("cells", number(n))]));
        }
    }
    said
}
