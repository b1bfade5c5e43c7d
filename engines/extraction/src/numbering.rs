//! The numbers that paragraphs begin with.

/// A number as it is printed before a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// `67.`
    Plain(u32),
    /// `98.1.`, `98.1`, `98.1)`, `98-1.`, `98. 1.` or `A - 98.1.`
    Under(u32, u32),
    /// `(a)` or `a)`; after `(z)` come `(aa)`, which is 27, and `(bb)` or `(ab)`.
    Letter(u32),
}

/// The number at the beginning of a paragraph and what follows it.
pub(crate) fn number(text: &str) -> Option<(Number, &str)> {
    let text = text.trim_start();
    let text = without_section(text).unwrap_or(text);
    let n = digits(text);
    if !(1..=3).contains(&n) {
        return letter(text);
    }
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
        if let Some((second, tail)) = ended(tail) {
            return Some((Number::Under(first, second), tail));
        }
        return (!tail.is_empty() || after.is_empty()).then_some((Number::Plain(first), tail));
    }
    if let Some(after) = rest.strip_prefix(')') {
        return Some((Number::Plain(first), after.trim_start()));
    }
    let (second, tail) = ended(rest.strip_prefix(['-', '–'])?)?;
    Some((Number::Under(first, second), tail))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A number that a dot or a parenthesis ends, with words after it.
fn ended(text: &str) -> Option<(u32, &str)> {
    let n = digits(text);
    let number = text.get(..n).filter(|_| n <= 3)?.parse().ok()?;
    let tail = text[n..].strip_prefix(['.', ')'])?;
    let words = tail.trim_start();
    (tail.len() > words.len() && words.starts_with(char::is_alphabetic)).then_some((number, words))
}

/// What follows the letter of a section: `A - 98.1.`, `A.98.1`.
fn without_section(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_uppercase())?;
    let rest = rest
        .trim_start()
        .strip_prefix(['-', '–', '.'])?
        .trim_start();
    let n = digits(rest);
    let under = (1..=3).contains(&n)
        && rest[n..]
            .strip_prefix('.')
            .is_some_and(|after| digits(after) > 0);
    under.then_some(rest)
}

fn letter(text: &str) -> Option<(Number, &str)> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let (letters, tail) = inner.split_once(')')?;
    let place = |letter: u8| u32::from(letter - b'a') + 1;
    let n = match letters.as_bytes() {
        [one @ b'a'..=b'z'] => place(*one),
        [one @ b'a'..=b'z', two @ b'a'..=b'z'] if one == two || *one == b'a' => 26 + place(*two),
        _ => return None,
    };
    Some((Number::Letter(n), tail.trim_start()))
}

/// The letters of [`Number::Letter`] as they are cited.
pub(crate) fn letters(n: u32) -> String {
    let at = u8::try_from(n.saturating_sub(1) % 26).unwrap_or(0);
    let times = if n > 26 { 2 } else { 1 };
    char::from(b'a' + at).to_string().repeat(times)
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
        assert_eq!(number("(bb) Train"), Some((Number::Letter(28), "Train")));
        assert_eq!(number("67. 1. Sign"), Some((Number::Under(67, 1), "Sign")));
        assert_eq!(
            number("A – 98.1. Sign"),
            Some((Number::Under(98, 1), "Sign"))
        );
        assert_eq!(number("98-5. Sign"), Some((Number::Under(98, 5), "Sign")));
        assert_eq!(letters(2), "b");
        assert_eq!(letters(28), "bb");
        assert_eq!(number("17-18 years"), None);
        assert_eq!(
            number("67. 12 states spoke"),
            Some((Number::Plain(67), "12 states spoke"))
        );
        assert_eq!(number("A. 12 states spoke"), None);
        assert_eq!(number("3.5 per cent"), None);
        assert_eq!(number("2010 was"), None);
        assert_eq!(number("Train"), None);
    }
}
