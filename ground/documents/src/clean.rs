//! What must happen to a text before a format can hold it.

use std::borrow::Cow;

/// Whether XML 1.0 can hold the character (section 2.2 of the recommendation). A carriage return counts as not,
/// because every XML reader turns it into a line feed.
fn holds(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The text as DOCX, XLSX and PDF hold it: CR LF and a lone CR become LF, and every other character that XML 1.0
/// cannot hold (control characters, U+FFFE, U+FFFF) becomes U+FFFD, one for one.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(holds) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n");
    Cow::Owned(
        lines
            .chars()
            .map(|c| match c {
                '\r' => '\n',
                c if holds(c) => c,
                _ => char::REPLACEMENT_CHARACTER,
            })
            .collect(),
    )
}

fn begins_like_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text as a CSV holds it: one apostrophe in front if, after any number of apostrophes, it begins with
/// `=`, `+`, `-`, `@`, a tab or a carriage return. [`defused`] takes it away again.
pub fn neutralised(text: &str) -> Cow<'_, str> {
    if begins_like_a_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The reverse of [`neutralised`]: takes one apostrophe away in the same case.
pub fn defused(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest) => rest,
        _ => text,
    }
}
