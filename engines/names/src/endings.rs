//! What the endings of names hide: one family in several languages, one place with and without its article.

use crate::Key;
use crate::key::bare;
use crate::units::is_vowel;

/// Endings of family names as bare units, the longest first: -ovići, -ović (-oviq), -evići, -ević, -ići (-iqi), -ić (-iq),
/// -ovi, -aj, -i.
const FAMILY: [&[u8]; 9] = [
    b"ovici", b"evici", b"ovic", b"evic", b"ici", b"ic", b"ovi", b"aj", b"i",
];

/// How many units an ending must leave, a vowel among them.
const LEFT: usize = 3;

/// A family's name without the ending that the language of the list gave it: Osmani, Osmanaj, Osmanović and Osmanoviq
/// are one stem. Of several words, each loses its ending. Not part of any spelling: it can join two families.
///
/// ```
/// use mandate_names::{key, stem_family};
/// assert_eq!(stem_family(&key("Osmanović")), stem_family(&key("Osmanaj")));
/// ```
pub fn stem_family(key: &Key) -> Key {
    let mut stems = Vec::with_capacity(key.as_bytes().len());
    for word in key.as_bytes().split(|&unit| unit == b' ') {
        if !stems.is_empty() {
            stems.push(b' ');
        }
        stems.extend_from_slice(stem(word));
    }
    Key::from_units(stems)
}

fn stem(mut word: &[u8]) -> &[u8] {
    // Again until nothing goes, so that a stem's stem is itself.
    while let Some(shorter) = FAMILY.iter().find_map(|ending| without(word, ending)) {
        word = shorter;
    }
    word
}

fn without<'w>(word: &'w [u8], ending: &[u8]) -> Option<&'w [u8]> {
    let left = word.len().checked_sub(ending.len())?;
    let (left, end) = word.split_at(left);
    let ends = end
        .iter()
        .zip(ending)
        .all(|(&unit, &one)| bare(unit) == one);
    (ends && left.len() >= LEFT && left.iter().any(|&unit| is_vowel(unit))).then_some(left)
}

/// A word without its last vowel, and the j that stands before it after a vowel, if three units are left.
pub(crate) fn without_article(word: &[u8]) -> &[u8] {
    match word {
        [left @ .., b'j', last] if is_vowel(*last) && left.len() >= LEFT => left,
        [left @ .., last] if is_vowel(*last) && left.len() >= LEFT => left,
        _ => word,
    }
}

/// Keeps of bare units what neither endings, articles, unstressed vowels nor h and j change; words are joined.
pub(crate) fn loosen(units: &mut Vec<u8>) {
    let (mut from, mut kept) = (0, 0);
    while from < units.len() {
        let to = units[from..]
            .iter()
            .position(|&unit| unit == b' ')
            .map_or(units.len(), |at| from + at);
        let end = from + stem(&units[from..to]).len();
        let first = kept;
        for at in from..end {
            let unit = match units[at] {
                b'h' | b'j' => continue,
                unit if is_vowel(unit) && kept > 0 => continue,
                unit if is_vowel(unit) => b'a',
                b'L' => b'l',
                b'N' => b'n',
                unit => unit,
            };
            if kept == 0 || units[kept - 1] != unit || !unit.is_ascii_alphabetic() {
                units[kept] = unit;
                kept += 1;
            }
        }
        if kept > first {
            units[kept - 1] = voiceless(units[kept - 1]);
            if kept > 1
                && units[kept - 1] == units[kept - 2]
                && units[kept - 1].is_ascii_alphabetic()
            {
                kept -= 1;
            }
        }
        from = to + 1;
    }
    if kept == 0 && !units.is_empty() {
        // Only h and j: something must remain.
        units.truncate(1);
    } else {
        units.truncate(kept);
    }
}

/// The end of a word loses its voice in Turkish and Albanian: Ahmed, Ahmet.
const fn voiceless(unit: u8) -> u8 {
    match unit {
        b'b' => b'p',
        b'd' => b't',
        b'g' => b'k',
        b'v' => b'f',
        b'z' => b's',
        unit => unit,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::loosen;

    proptest! {
        #[test]
        fn loosening_twice_is_loosening_once(text in "[abcdehijlnostuvzLN ]{0,20}") {
            let mut units = text.trim().as_bytes().to_vec();
            loosen(&mut units);
            let once = units.clone();
            loosen(&mut units);
            prop_assert_eq!(units, once);
        }
    }
}
