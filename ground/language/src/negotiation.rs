//! Which language a reader gets: the lookup of RFC 4647, section 3.4, on an `Accept-Language` header.

use crate::Tag;

/// Languages whose readers read Serbian in Latin script without effort; the office writes no file of its own for them.
const READS_SERBIAN: [&str; 5] = ["bs", "hr", "sh", "me", "cnr"];

/// The offered tag that suits the header best; the first offered when nothing suits, English when nothing is offered.
///
/// `offered` is in the office's own order; unreadable entries of it are skipped. A bare `sr` means `sr-Latn`;
/// Bosnian, Croatian and Montenegrin get `sr-Latn` (or `sr-Cyrl` when they ask for Cyrillic).
pub fn negotiate(accept_language: &str, offered: &[&str]) -> Tag {
    let offered: Vec<Tag> = offered.iter().filter_map(|o| Tag::parse(o)).collect();
    let otherwise = offered.first().copied().unwrap_or(Tag::EN);
    for range in ranges(accept_language) {
        if range == "*" {
            return otherwise;
        }
        let Some(wanted) = Tag::parse(range) else {
            continue;
        };
        if let Some(found) = lookup(wanted, &offered) {
            return found;
        }
    }
    otherwise
}

/// The ranges of a header, best first. A range with weight 0 or an unreadable weight is left out.
fn ranges(header: &str) -> Vec<&str> {
    let mut weighted: Vec<(&str, f32)> = header
        .split(',')
        .take(32)
        .filter_map(|part| {
            let mut pieces = part.split(';');
            let range = pieces.next()?.trim();
            let mut weight = 1.0;
            for piece in pieces {
                if let Some(value) = piece.trim().strip_prefix("q=") {
                    weight = value.trim().parse::<f32>().ok()?;
                }
            }
            (!range.is_empty() && weight > 0.0 && weight <= 1.0).then_some((range, weight))
        })
        .collect();
    weighted.sort_by(|a, b| b.1.total_cmp(&a.1));
    weighted.into_iter().map(|(range, _)| range).collect()
}

fn lookup(wanted: Tag, offered: &[Tag]) -> Option<Tag> {
    let is = |text: &str| offered.iter().find(|o| o.as_str() == text).copied();
    let mut text = wanted.as_str();
    loop {
        if let Some(found) = is(text) {
            return Some(found);
        }
        match text.rfind('-') {
            Some(end) => text = &text[..end],
            None => break,
        }
    }
    let language = wanted.language();
    if language == "sr" || READS_SERBIAN.contains(&language) {
        let cyrillic = wanted.script() == Some("Cyrl");
        let order = if cyrillic {
            ["sr-Cyrl", "sr-Latn"]
        } else {
            ["sr-Latn", "sr-Cyrl"]
        };
        return order.into_iter().find_map(is);
    }
    // A reader of "xx" is better served by "xx-Script" than by another language.
    offered.iter().find(|o| o.language() == language).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUSE: [&str; 4] = ["en", "sq", "sr-Latn", "sr-Cyrl"];

    #[test]
    fn each_reader_gets_the_nearest_language() {
        for (header, expected) in [
            ("sq", "sq"),
            ("sq-XK,sq;q=0.9,en;q=0.5", "sq"),
            ("sr", "sr-Latn"),
            ("sr-RS", "sr-Latn"),
            ("sr-Cyrl-RS", "sr-Cyrl"),
            ("sr-Latn-XK, en", "sr-Latn"),
            ("bs", "sr-Latn"),
            ("hr-HR", "sr-Latn"),
            ("me", "sr-Latn"),
            ("cnr", "sr-Latn"),
            ("bs-Cyrl-BA", "sr-Cyrl"),
            ("de-DE, sq;q=0.2", "sq"),
            ("en-US,en;q=0.9", "en"),
            ("de, *", "en"),
            ("", "en"),
            ("en;q=0, sq;q=0.1", "sq"),
            ("en;q=0.3, sr-Cyrl;q=0.8", "sr-Cyrl"),
        ] {
            assert_eq!(negotiate(header, &HOUSE).as_str(), expected, "{header}");
        }
    }

    #[test]
    fn only_what_the_office_offers_is_given() {
        assert_eq!(negotiate("sr-Cyrl", &["sq", "sr-Latn"]).as_str(), "sr-Latn");
        assert_eq!(negotiate("en", &["sq", "sr-Latn"]).as_str(), "sq");
        assert_eq!(negotiate("sq", &[]).as_str(), "en");
    }

    proptest! {
        #[test]
        fn any_header_is_answered_with_an_offered_language(header in "\\PC{0,80}|([a-z]{1,4}(-[A-Za-z]{2,4})?(;q=[0-9.]{1,4})?,?){0,6}") {
            prop_assert!(HOUSE.contains(&negotiate(&header, &HOUSE).as_str()));
        }
    }
}
