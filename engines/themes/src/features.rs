//! A text as hashed features of three kinds: words with pairs of neighbours; beginnings of words with stretches of letters
//! inside them; and pairs of beginnings that stand near each other in either order, which learn what words mean together.
//!
//! A feature is a number of 32 bits; the words themselves are not kept, so that a model that is passed on holds no text. The
//! highest two bits tell the kind, so that features in rising order lie kind by kind.

use std::collections::VecDeque;

use mandate_names::fold;

/// A feature of a text and the bytes that it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature {
    pub(crate) hash: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Letters of a beginning that stands for the word in all its forms.
const STEM: usize = 5;

/// Letters of a stretch inside a word.
const STRETCH: usize = 4;

/// The longest word that is looked into, in bytes: what is longer is no word.
const LONGEST: usize = 64;

/// The most bytes of a text that are looked at; a recommendation has a few hundred.
pub(crate) const MOST: usize = 1 << 16;

/// Letters of a beginning in a pair of words that stand near each other, and the fewest that such a word has: shorter ones
/// are mostly little words, in any of the languages.
const NEAR: usize = 6;
const NEAR_LEAST: usize = 4;

/// How many such words lie at most between the two of a pair, and one more.
const REACH: usize = 8;

/// What each kind of features weighs in a text, however many of them it has.
pub(crate) const KINDS: [f32; 3] = [1.0, 1.0, 0.7];

const WORD: u32 = 0x9E37_79B9;
const BEGINNING: u32 = 0x85EB_CA6B;
const PAIR: u32 = 0xC2B2_AE35;
const PART: u32 = 0x27D4_EB2F;
const ROOT: u32 = 0x1656_67B1;

const WORDS: usize = 0;
const LETTERS: usize = 1;
/// Pairs that stand near each other: there are so many that more of them stand together by chance.
pub(crate) const TOGETHER: usize = 2;

/// The kind of a feature, a place in [`KINDS`].
pub(crate) fn kind(hash: u32) -> usize {
    (hash >> 30) as usize
}

fn of_kind(kind: usize, hash: u32) -> u32 {
    ((kind as u32) << 30) | (hash >> 2)
}

/// FNV-1a with a last stirring (that of MurmurHash3), so that the low bits can index a table.
fn hash(kind: u32, bytes: &[u8]) -> u32 {
    let mut h = bytes.iter().fold(0x811C_9DC5 ^ kind, |h, b| {
        (h ^ u32::from(*b)).wrapping_mul(0x0100_0193)
    });
    h ^= h >> 16;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^= h >> 13;
    h = h.wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

fn joined(a: u32, b: u32) -> u32 {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&a.to_le_bytes());
    bytes[4..].copy_from_slice(&b.to_le_bytes());
    hash(PAIR, &bytes)
}

/// Appends the features of a text, in the order of the text.
pub(crate) fn features(text: &str, all: &mut Vec<Feature>) {
    let text = head(text);
    let mut before: Option<(u32, u32)> = None;
    let mut near: VecDeque<(u32, u32)> = VecDeque::with_capacity(REACH + 1);
    let mut letters = String::with_capacity(LONGEST + 2);
    let mut bounds: Vec<usize> = Vec::with_capacity(LONGEST);
    for (start, word) in words(text) {
        if word.len() > LONGEST {
            before = None;
            continue;
        }
        letters.clear();
        letters.push(' ');
        if word.is_ascii() {
            letters.push_str(word);
            letters.make_ascii_lowercase();
        } else {
            letters.push_str(&fold(word));
        }
        let end = place(start + word.len());
        let from = |start, kind, hash| Feature {
            hash: of_kind(kind, hash),
            start,
            end,
        };
        let here = |kind, hash| from(place(start), kind, hash);
        let whole = hash(WORD, &letters.as_bytes()[1..]);
        all.push(here(WORDS, whole));
        if let Some((known, start)) = before {
            all.push(from(start, WORDS, joined(known, whole)));
        }
        before = Some((whole, place(start)));
        letters.push(' ');
        bounds.clear();
        bounds.extend(letters.char_indices().map(|(at, _)| at));
        bounds.push(letters.len());
        let n = bounds.len() - 1;
        // The blanks at both ends are counted in `n`.
        if n - 2 > STEM {
            let beginning = hash(BEGINNING, &letters.as_bytes()[1..bounds[STEM + 1]]);
            all.push(here(LETTERS, beginning));
        }
        if n > STRETCH {
            for at in 0..=n - STRETCH {
                let part = &letters.as_bytes()[bounds[at]..bounds[at + STRETCH]];
                all.push(here(LETTERS, hash(PART, part)));
            }
        }
        if n - 2 >= NEAR_LEAST {
            let root = hash(ROOT, &letters.as_bytes()[1..bounds[(n - 1).min(NEAR + 1)]]);
            for (other, start) in &near {
                if *other != root {
                    let pair = joined(root.min(*other), root.max(*other));
                    all.push(from(*start, TOGETHER, pair));
                }
            }
            if near.len() == REACH {
                near.pop_front();
            }
            near.push_back((root, place(start)));
        }
    }
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The words of a text with their places: letters and digits, and an apostrophe between them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + text[rest..].find(char::is_alphanumeric)?;
        let mut end = from;
        let mut letters = text[from..].char_indices().peekable();
        while let Some((at, c)) = letters.next() {
            let inside = (c == '\'' || c == '’')
                && letters
                    .peek()
                    .is_some_and(|(_, next)| next.is_alphanumeric());
            if !c.is_alphanumeric() && !inside {
                break;
            }
            end = from + at + c.len_utf8();
        }
        rest = end;
        Some((from, &text[from..end]))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Vec<u32> {
        let mut all = Vec::new();
        features(text, &mut all);
        all.iter().map(|f| f.hash).collect()
    }

    #[test]
    fn case_and_script_make_no_difference() {
        assert_eq!(of("Women’s RIGHTS"), of("women’s rights"));
        assert_eq!(of("језик"), of("jezik"));
        assert_eq!(of("Žene"), of("žene"));
    }

    #[test]
    fn forms_of_a_word_share_its_beginning() {
        let (one, other) = (of("discriminated"), of("discrimination"));
        assert!(one.iter().filter(|f| other.contains(f)).count() > 5);
        assert!(one[0] != other[0]);
    }

    proptest! {
        #[test]
        fn any_text_has_features_that_stand_in_it(text in "\\PC{0,200}") {
            let mut all = Vec::new();
            features(&text, &mut all);
            for f in all {
                prop_assert!(text.get(f.start as usize..f.end as usize).is_some_and(|part| !part.is_empty()));
            }
        }
    }
}
