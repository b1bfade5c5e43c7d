//! The marks before paragraphs and items of lists: numbers, letters, Roman numerals, bullets.

use crate::numbering::{Number, number};

/// What a paragraph begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `12.`
    Plain(u32),
    /// `12.3.`
    Under(u32, u32),
    /// `(b)` or `b.`; `(i)` and the like may be Roman as well.
    Letter(u32),
    /// `(ii)` or `ii.`
    Roman(u32),
    /// `•`, `–`, `→`
    Bullet(char),
}

/// What stands before items that are not counted.
const BULLETS: &str = "•◦▪▫●○■□·‣⁃∙–—-*→➔➢➤⇒►▶✓✔❖\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}";

/// The mark at the beginning of a paragraph and the bytes before what it marks.
pub(crate) fn mark(text: &str) -> Option<(Mark, usize)> {
    let at = |rest: &str| text.len() - rest.len();
    match number(text) {
        Some((Number::Plain(n), rest)) => return Some((Mark::Plain(n), at(rest))),
        Some((Number::Under(over, n), rest)) => return Some((Mark::Under(over, n), at(rest))),
        Some((Number::Letter(n), rest)) if n <= 26 => return Some((Mark::Letter(n), at(rest))),
        // Two letters are a Roman numeral here: `(ii)`.
        Some((Number::Letter(_), _)) | None => {}
    }
    let text_only = text.trim_start();
    let first = text_only.chars().next()?;
    let rest = &text_only[first.len_utf8()..];
    if BULLETS.contains(first) {
        // "-5 degrees" and "*see" are no items.
        let apart =
            rest.starts_with(char::is_whitespace) || !matches!(first, '-' | '–' | '—' | '*' | '·');
        let rest = rest.trim_start();
        return (apart && !rest.is_empty()).then(|| (Mark::Bullet(first), at(rest)));
    }
    if let Some((inner, rest)) = text_only
        .split_once(". ")
        .filter(|(inner, _)| inner.len() <= 5)
    {
        let letter = inner.bytes().next().filter(u8::is_ascii_lowercase);
        if let (Some(letter), 1) = (letter, inner.len()) {
            return Some((
                Mark::Letter(u32::from(letter - b'a') + 1),
                at(rest.trim_start()),
            ));
        }
        if let Some(n) = (1..=40).find(|n| roman(*n).as_deref() == Some(inner)) {
            return Some((Mark::Roman(n), at(rest.trim_start())));
        }
    }
    let inner = rest.split_once(')').filter(|_| first == '(')?;
    if (1..=3).contains(&inner.0.len()) && inner.0.bytes().all(|b| b.is_ascii_digit()) {
        return Some((Mark::Plain(inner.0.parse().ok()?), at(inner.1.trim_start())));
    }
    let n = (1..=40).find(|n| roman(*n).as_deref() == Some(inner.0))?;
    Some((Mark::Roman(n), at(inner.1.trim_start())))
}

/// Whether a line begins with a mark.
pub(crate) fn begins(text: &str) -> bool {
    mark(text).is_some()
}

/// A number in small Roman numerals, up to 40.
pub(crate) fn roman(n: u32) -> Option<String> {
    if !(1..=40).contains(&n) {
        return None;
    }
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = ["", "x", "xx", "xxx", "xl"];
    let (ten, one) = (n as usize / 10, n as usize % 10);
    Some(format!("{}{}", tens[ten], ones[one]))
}

/// The number of a letter that is a Roman numeral too.
pub(crate) fn letter_as_roman(letter: u32) -> Option<u32> {
    match letter {
        9 => Some(1),
        22 => Some(5),
        24 => Some(10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_told() {
        let told = |text: &'static str| mark(text).map(|(mark, at)| (mark, &text[at..]));
        assert_eq!(told("12. The"), Some((Mark::Plain(12), "The")));
        assert_eq!(told("(12) The"), Some((Mark::Plain(12), "The")));
        assert_eq!(told("(b) Train"), Some((Mark::Letter(2), "Train")));
        assert_eq!(told("(iv) Train"), Some((Mark::Roman(4), "Train")));
        assert_eq!(told("iv. Train"), Some((Mark::Roman(4), "Train")));
        assert_eq!(told("b. Train"), Some((Mark::Letter(2), "Train")));
        assert_eq!(told("→\u{a0} train"), Some((Mark::Bullet('→'), "train")));
        assert_eq!(told("- train"), Some((Mark::Bullet('-'), "train")));
        assert_eq!(told("-5 degrees"), None);
        assert_eq!(told("(see) Train"), None);
        assert_eq!(told("•"), None);
    }
}
