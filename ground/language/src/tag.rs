//! A language tag (BCP 47) as a small value: language, script and region, at most twelve letters.

use std::fmt;

const ROOM: usize = 12;

/// A BCP 47 language tag such as `en`, `sq`, `sr-Latn` or `sr-Cyrl`, in its canonical case.
///
/// Variants and extensions are not kept: no label file is written for them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    letters: [u8; ROOM],
    length: u8,
}

impl Tag {
    /// English.
    pub const EN: Self = Self::constant("en");
    /// Albanian.
    pub const SQ: Self = Self::constant("sq");
    /// Serbian in Latin script.
    pub const SR_LATN: Self = Self::constant("sr-Latn");
    /// Serbian in Cyrillic script.
    pub const SR_CYRL: Self = Self::constant("sr-Cyrl");

    const fn constant(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut letters = [0; ROOM];
        let mut at = 0;
        while at < bytes.len() && at < ROOM {
            letters[at] = bytes[at];
            at += 1;
        }
        Self {
            letters,
            length: at as u8,
        }
    }

    /// Reads `language[-Script][-REGION]` in any case, with `-` or `_` between; what follows the region is dropped.
    /// `None` when it is not a language tag.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', '_']).peekable();
        let language = parts.next()?;
        if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic())
        {
            return None;
        }
        let mut tag = language.to_ascii_lowercase();
        if let Some(script) =
            parts.next_if(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_alphabetic()))
        {
            tag.push('-');
            tag.push_str(&script[..1].to_ascii_uppercase());
            tag.push_str(&script[1..].to_ascii_lowercase());
        }
        if let Some(region) = parts.next_if(|p| {
            (p.len() == 2 && p.bytes().all(|b| b.is_ascii_alphabetic()))
                || (p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()))
        }) {
            tag.push('-');
            tag.push_str(&region.to_ascii_uppercase());
        }
        if parts
            .any(|p| p.is_empty() || p.len() > 8 || !p.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            return None;
        }
        Some(Self::constant(&tag))
    }

    /// The tag as text, as `lang` attributes and the database want it.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..usize::from(self.length)]).unwrap_or_default()
    }

    /// The language alone: `sr` of `sr-Cyrl`.
    pub fn language(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }

    /// The script, where the tag names one: `Cyrl` of `sr-Cyrl`.
    pub fn script(&self) -> Option<&str> {
        self.as_str().split('-').nth(1).filter(|p| p.len() == 4)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_tag_is_read_in_any_case_and_kept_in_its_canonical_one() {
        assert_eq!(Tag::parse("SR_cyrl"), Some(Tag::SR_CYRL));
        assert_eq!(Tag::parse("sr-latn-rs").unwrap().as_str(), "sr-Latn-RS");
        assert_eq!(Tag::parse("en-GB-oxendict").unwrap().as_str(), "en-GB");
        assert_eq!(Tag::parse("es-419").unwrap().as_str(), "es-419");
        assert_eq!(Tag::SR_CYRL.language(), "sr");
        assert_eq!(Tag::SR_CYRL.script(), Some("Cyrl"));
        assert_eq!(Tag::SQ.script(), None);
    }

    #[test]
    fn what_is_not_a_tag_is_refused() {
        for text in ["", "e", "english", "e1", "*", "en--GB", "en-<b>", "še-RS"] {
            assert_eq!(Tag::parse(text), None, "{text}");
        }
    }
}
