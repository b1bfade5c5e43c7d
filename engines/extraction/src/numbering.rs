//! The numbers that paragraphs begin with.

/// A number as it is printed before a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// `67.`
    Plain(u32),
    /// `98.1.`, `98.1` or `98.1)`
    Under(u32, u32),
    /// `(a)` or `a)`
    Letter(u32),
}

/// The number at the beginning of a paragraph and what follows it.
pub(crate) fn number(text: &str) -> Option<(Number, &str)> {
    let text = text.trim_start();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let n = digits(text);
    if (1..=3).contains(&n) {
        let first: u32 = text[..n].parse().ok()?;
        let rest = &text[n..];
        if let Some(after) = rest.strip_prefix('.') {
            let m = digits(after);
            if (1..=3).contains(&m) {
                let second = after[..m].parse().ok()?;
                let tail = &after[m..];
                let tail = tail.strip_prefix(['.', ')']).unwrap_or(tail);
                // "3.5 per cent" has no dot after it and is no number of a paragraph, unless the rest begins a sentence.
                let clear = after[m..].starts_with(['.', ')'])
                    || tail.trim_start().starts_with(char::is_uppercase);
                return clear.then_some((Number::Under(first, second), tail.trim_start()));
            }
            let tail = after.trim_start();
            return (!tail.is_empty() || after.is_empty()).then_some((Number::Plain(first), tail));
        }
        if let Some(after) = rest.strip_prefix(')') {
            return Some((Number::Plain(first), after.trim_start()));
        }
        return None;
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let mut letters = inner.chars();
    let letter = letters.next().filter(char::is_ascii_lowercase)?;
    let tail = letters.as_str().strip_prefix(')')?;
    Some((
        Number::Letter(u32::from(letter) - u32::from('a') + 1),
        tail.trim_start(),
    ))
}

/// Whether a line begins with a number, so that it may begin a paragraph.
pub(crate) fn begins(text: &str) -> bool {
    number(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_numbering_is_read() {
        assert_eq!(number("67.   The"), Some((Number::Plain(67), "The")));
        assert_eq!(number("98.1. Sign"), Some((Number::Under(98, 1), "Sign")));
        assert_eq!(
            number("101.126.Seek"),
            Some((Number::Under(101, 126), "Seek"))
        );
        assert_eq!(number("(b) Train"), Some((Number::Letter(2), "Train")));
        assert_eq!(number("3.5 per cent"), None);
        assert_eq!(number("2010 was"), None);
        assert_eq!(number("Train"), None);
    }
}
