//! One code page read as another, a letter for a letter.

use encoding_rs::{Encoding, ISO_8859_2, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

use super::Fault;
use super::utf8::{byte, of_region};

/// The letters of code page 852 that the region uses (IBM, *Code Page CPGID 00852*).
const CP852: [(u8, char); 14] = [
    (0x9f, 'č'),
    (0xac, 'Č'),
    (0x86, 'ć'),
    (0x8f, 'Ć'),
    (0xd0, 'đ'),
    (0xd1, 'Đ'),
    (0xe7, 'š'),
    (0xe6, 'Š'),
    (0xa7, 'ž'),
    (0xa6, 'Ž'),
    (0x89, 'ë'),
    (0xd3, 'Ë'),
    (0x87, 'ç'),
    (0x80, 'Ç'),
];

/// The letter that was written, if this one is what the fault made of a letter of the region.
fn meant(fault: Fault, c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    let written = match fault {
        Fault::Cp1250AsCp1252 if matches!(c, '\u{80}'..='\u{9f}') => None,
        Fault::Cp1250AsCp1252 | Fault::Cp1250AsLatin1 => again(WINDOWS_1252, WINDOWS_1250, c),
        Fault::Latin2AsLatin1 => again(WINDOWS_1252, ISO_8859_2, c),
        Fault::Cp1250AsMacRoman => again(MACINTOSH, WINDOWS_1250, c),
        Fault::Cp1251AsCp1252 => {
            return again(WINDOWS_1252, WINDOWS_1251, c)
                .filter(|c| matches!(c, '\u{400}'..='\u{45f}'));
        }
        Fault::Cp852AsCp1252 | Fault::Cp852AsCp1250 => {
            let page = if fault == Fault::Cp852AsCp1250 {
                WINDOWS_1250
            } else {
                WINDOWS_1252
            };
            let byte = byte(page, c)?;
            CP852
                .iter()
                .find(|(code, _)| *code == byte)
                .map(|(_, letter)| *letter)
        }
        _ => None,
    }?;
    (of_region(written) && written != c).then_some(written)
}

fn again(read: &'static Encoding, written: &'static Encoding, c: char) -> Option<char> {
    let byte = [byte(read, c)?];
    written.decode_without_bom_handling(&byte).0.chars().next()
}

/// A character with what stands beside it.
struct Place {
    was: char,
    now: char,
    before: Option<char>,
    after: Option<char>,
}

impl Place {
    /// Whether the letter has the case that it has to have here: no capital after a small letter, nothing alone.
    fn fits(&self) -> bool {
        let before = self.before.filter(|c| belongs(*c));
        let after = self.after.filter(|c| belongs(*c));
        if self.now.is_lowercase() {
            match (before, after) {
                (None, None) => false,
                (None, Some(after)) => !after.is_uppercase(),
                (Some(before), Some(after)) => !(before.is_uppercase() && after.is_uppercase()),
                (Some(_), None) => true,
            }
        } else {
            !before.is_some_and(char::is_lowercase)
                && (after.is_some() || before.is_some_and(char::is_uppercase))
        }
    }
}

/// Whether a character could be part of a word, rightly or wrongly.
fn belongs(c: char) -> bool {
    c.is_alphabetic() || (!c.is_ascii() && !c.is_whitespace())
}

fn places(fault: Fault, letters: &[char]) -> impl Iterator<Item = (usize, Place)> {
    letters.iter().enumerate().filter_map(move |(at, &was)| {
        let place = Place {
            was,
            now: meant(fault, was)?,
            before: at.checked_sub(1).map(|at| letters[at]),
            after: letters.get(at + 1).copied(),
        };
        Some((at, place))
    })
}

pub(super) fn evidence(fault: Fault, text: &str) -> f64 {
    let letters: Vec<char> = text.chars().collect();
    if fault == Fault::Cp1251AsCp1252 {
        return cyrillic_words(&letters);
    }
    places(fault, &letters)
        .map(|(at, place)| {
            if place.fits() {
                weight(&place, &letters, at)
            } else {
                -1.0
            }
        })
        .sum()
}

pub(super) fn undo(fault: Fault, text: &str) -> (String, usize) {
    let mut letters: Vec<char> = text.chars().collect();
    let found: Vec<(usize, char)> = if fault == Fault::Cp1251AsCp1252 {
        let word = |at: &usize| is_cyrillic(&letters[word_around(&letters, *at)]);
        (0..letters.len())
            .filter(word)
            .filter_map(|at| Some((at, meant(fault, letters[at])?)))
            .collect()
    } else {
        let found = places(fault, &letters).filter(|(_, place)| place.fits());
        found.map(|(at, place)| (at, place.now)).collect()
    };
    for &(at, now) in &found {
        letters[at] = now;
    }
    (letters.into_iter().collect(), found.len())
}

/// How much a character that could have been made by the fault speaks for it.
fn weight(place: &Place, letters: &[char], at: usize) -> f64 {
    let is_letter = |c: Option<char>| c.is_some_and(belongs);
    match place.was {
        // Control characters stand in no right text.
        '\u{80}'..='\u{9f}' => 7.0,
        // Footnotes and fractions stand at the end of words.
        '¹' | '²' | '³' | '¼' | '½' | '¾' if is_letter(place.before) && is_letter(place.after) => {
            4.0
        }
        '¹' | '²' | '³' | '¼' | '½' | '¾' => 0.5,
        // Right letters of other languages.
        'è' | 'È' => grave(place, letters, at),
        'æ' | 'Æ' => ligature(place, letters, at),
        'ð' if is_letter(place.before) => 1.5 - nordic(letters, at),
        'ð' => 3.5,
        'Ð' if place.now == 'Đ' => 4.0,
        'ç' | 'Ç' | 'ë' | 'Ë' | 'ć' | 'ź' | 'Ź' | 'Ń' | 'Ñ' | 'Ó' | 'š' | 'ž' | 'Š' | 'Ž' | 'đ'
        | 'Đ' => 0.0,
        // A capital within a word of small letters.
        was if was.is_uppercase() && place.now.is_lowercase() => {
            let before = place.before.is_some_and(char::is_lowercase);
            let after = place.after.is_none_or(|c| !c.is_uppercase());
            if before && after { 3.5 } else { 0.0 }
        }
        was if was.is_alphabetic() => 0.0,
        // Quotation marks and dashes touch words rightly.
        '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '–' | '—' | '…' | '‹' | '›' => {
            0.0
        }
        // A sign.
        _ if is_letter(place.before) && is_letter(place.after) => 4.0,
        _ if is_letter(place.before) && place.now.is_lowercase() => 3.5,
        _ if place.now.is_uppercase() && place.after.is_some_and(char::is_lowercase) => 2.0,
        _ => 0.5,
    }
}

/// `è` is French or Italian, between consonants or at the end; č stands beside vowels.
fn grave(place: &Place, letters: &[char], at: usize) -> f64 {
    let small = |c: Option<char>| c.map(|c| c.to_lowercase().next().unwrap_or(c));
    let vowel = |c: Option<char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'));
    let (before, after) = (small(place.before), small(place.after));
    if vowel(after) {
        return 3.5;
    }
    let rest: Vec<char> = letters[at + 1..]
        .iter()
        .copied()
        .take_while(|c| c.is_alphabetic())
        .take(3)
        .collect();
    let french = matches!(
        rest[..],
        [_, 'e' | 'E'] | [_, 'e' | 'E', _] | [_, _, 'e' | 'E']
    );
    let accents = letters[word_around(letters, at)]
        .iter()
        .any(|c| matches!(c, 'é' | 'ê' | 'à' | 'ô' | 'î' | 'ù'));
    match (before, after.filter(|c| belongs(*c))) {
        _ if french => -3.0,
        _ if accents => -2.0,
        (Some('a'), Some(_)) => 2.0,
        (_, None) => -1.0,
        _ => 0.0,
    }
}

/// `æ` is Danish, Norwegian and Icelandic, and hardly ever ends a word after i.
fn ligature(place: &Place, letters: &[char], at: usize) -> f64 {
    let end = place.after.is_none_or(|c| !belongs(c));
    let vowel = place
        .after
        .is_some_and(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u'));
    let own = match place.before {
        Some('i' | 'I') if end => 6.0,
        _ if end => 2.0,
        _ if vowel => 3.0,
        _ => 0.5,
    };
    own - nordic(letters, at)
}

/// What letters of the north in the same word speak against the region.
fn nordic(letters: &[char], at: usize) -> f64 {
    let word = &letters[word_around(letters, at)];
    let north = word.iter().any(|c| {
        matches!(
            c,
            'ø' | 'å' | 'þ' | 'ö' | 'ú' | 'ý' | 'í' | 'Ø' | 'Å' | 'Þ' | 'Ö'
        )
    });
    if north { 5.0 } else { 0.0 }
}

fn word_around(letters: &[char], at: usize) -> std::ops::Range<usize> {
    let inside = |c: &&char| belongs(**c);
    let from = at - letters[..at].iter().rev().take_while(inside).count();
    let to = at + letters[at..].iter().take_while(inside).count();
    from..to.max(at)
}

/// Whether a word has only what Serbian Cyrillic letters became, small after the first or capitals throughout.
fn is_cyrillic(word: &[char]) -> bool {
    let written: Option<Vec<char>> = word
        .iter()
        .map(|&c| meant(Fault::Cp1251AsCp1252, c))
        .collect();
    let Some(written) = written else {
        return false;
    };
    let serbian = |&c: &char| !matches!(c, 'й' | 'щ'..='я' | 'Й' | 'Щ'..='Я');
    let rest = written.get(1..).unwrap_or_default();
    written.len() >= 3
        && written.iter().all(serbian)
        && (rest.iter().all(|c| c.is_lowercase()) || written.iter().all(|c| c.is_uppercase()))
}

/// No other language writes words without any letter of ASCII; a short one may be an abbreviation.
fn cyrillic_words(letters: &[char]) -> f64 {
    let words = letters.split(|c| !belongs(*c));
    let length: usize = words
        .filter(|word| is_cyrillic(word))
        .map(<[char]>::len)
        .sum();
    1.2 * length as f64 - 2.0
}
