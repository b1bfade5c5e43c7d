//! Letters of five spelling systems as sounds, one byte each.
//!
//! | unit | Serbian | Cyrillic | Albanian | others |
//! |---|---|---|---|---|
//! | `C` | č, ć | ч, ћ | ç, q | ch, tch, tsch, tsh |
//! | `S` | š | ш | sh | sch, ş |
//! | `Z` | ž | ж | zh | |
//! | `X` | dž, đ | џ, ђ | xh, gj | dj, dzh, dsch |
//! | `c` | c | ц | c | ts, tz |
//! | `x` | dz | дз | x | |
//! | `L` | lj | љ | lj | |
//! | `N` | nj | њ | nj | ñ |
//! | `t`, `d` | t, d | т, д | t, th; d, dh | |
//! | `l`, `r` | l, r | л, р | l, ll; r, rr | |
//! | `i` | i | и | i, y | ü, ı; y away from vowels |
//! | `j` | j | ј | j | y beside a vowel |
//! | `e` | e | е | e, ë | é, è |
//! | `f`, `v`, `k`, `h`, `g` | | | | ph; w; ck; kh; gh, ğ |
//! | digits, one space | | | | |
//!
//! A unit is pushed on a pile and joins with the one on top if the two are one sound. The rule is about units and not
//! about letters, so a digraph gives the same in either script (injekcija is read with `N` in both).

use unicode_normalization::UnicodeNormalization as _;

/// Stands for "these two do not join".
const APART: u8 = 0;

/// Whether the unit is a vowel.
pub(crate) const fn is_vowel(unit: u8) -> bool {
    matches!(unit, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// What two neighbouring units are together, [`APART`] if they stay two.
const fn joined(first: u8, second: u8) -> u8 {
    if first == second && first.is_ascii_alphabetic() {
        return first;
    }
    match (first, second) {
        (b's', b'h') => b'S',
        (b'z', b'h') => b'Z',
        (b'c', b'h') | (b't', b'S' | b'C') => b'C',
        (b'x', b'h') | (b'd', b'Z' | b'S' | b'X' | b'j') | (b'g', b'j') => b'X',
        (b'd', b'z' | b'x') => b'x',
        (b't', b's' | b'z' | b'c') => b'c',
        (b't', b'h') => b't',
        (b'd', b'h') => b'd',
        (b'g', b'h') => b'g',
        (b'k', b'h') => b'h',
        (b'p', b'h') => b'f',
        (b'c', b'k') => b'k',
        (b'l', b'j' | b'L') => b'L',
        (b'n', b'j' | b'N') => b'N',
        _ => APART,
    }
}

const JOINED: [[u8; 128]; 128] = {
    let mut table = [[APART; 128]; 128];
    let mut first = 0;
    while first < 128 {
        let mut second = 0;
        while second < 128 {
            table[first][second] = joined(first as u8, second as u8);
            second += 1;
        }
        first += 1;
    }
    table
};

/// Pushes a unit; it joins with what it is one sound with. `map` is applied to every unit that comes to lie on the pile.
pub(crate) fn push(pile: &mut Vec<u8>, unit: u8, map: impl Fn(u8) -> u8) {
    let mut unit = map(unit);
    while let Some(&top) = pile.last() {
        let below = pile.len().checked_sub(2).map(|at| pile[at]);
        let one = if unit == b'h' && top == b'c' && below == Some(b's') {
            pile.pop();
            b'S'
        } else if top == b'j' && below == Some(b'i') && matches!(unit, b'a' | b'e' | b'o' | b'u') {
            // Marija and Maria, Fazlija and Fazlia.
            unit
        } else if top < 128 && unit < 128 {
            JOINED[top as usize][unit as usize]
        } else {
            APART
        };
        if one == APART {
            break;
        }
        pile.pop();
        unit = map(one);
    }
    pile.push(unit);
}

/// What the table of single letters says besides units.
const SPACE: u8 = b' ';
const NOTHING: u8 = 1;
const EITHER: u8 = 2;

/// The units of ASCII.
const ASCII: [u8; 128] = {
    let mut table = [SPACE; 128];
    let mut at = 0;
    while at < 128 {
        let letter = (at as u8).to_ascii_lowercase();
        table[at] = match letter {
            b'q' => b'C',
            b'w' => b'v',
            b'y' => EITHER,
            b'a'..=b'z' | b'0'..=b'9' => letter,
            b'\'' | b'`' => NOTHING,
            _ => SPACE,
        };
        at += 1;
    }
    table
};

/// The units of the letters that the region and its neighbours use, as many as two; empty if the letter is another.
const fn units_of(letter: char) -> &'static [u8] {
    match letter {
        'č' | 'Č' | 'ć' | 'Ć' | 'ç' | 'Ç' | 'ч' | 'Ч' | 'ћ' | 'Ћ' | 'ќ' | 'Ќ' => b"C",
        'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'Ș' | 'ś' | 'Ś' | 'ш' | 'Ш' | 'щ' | 'Щ' => b"S",
        'ž' | 'Ž' | 'ź' | 'Ź' | 'ż' | 'Ż' | 'ж' | 'Ж' => b"Z",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ђ' | 'Ђ' | 'џ' | 'Џ' | 'ѓ' | 'Ѓ' | 'ǆ' | 'ǅ' | 'Ǆ' => {
            b"X"
        }
        'ѕ' | 'Ѕ' | 'ǳ' | 'ǲ' | 'Ǳ' => b"x",
        'љ' | 'Љ' | 'ǉ' | 'ǈ' | 'Ǉ' | 'ľ' | 'Ľ' => b"L",
        'њ' | 'Њ' | 'ǌ' | 'ǋ' | 'Ǌ' | 'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' => b"N",
        'ë' | 'Ë' | 'é' | 'É' | 'è' | 'È' | 'ê' | 'Ê' | 'е' | 'Е' | 'ё' | 'Ё' | 'э' | 'Э' | 'є'
        | 'Є' => b"e",
        'ü' | 'Ü' | 'ı' | 'İ' | 'í' | 'Í' | 'и' | 'И' | 'і' | 'І' | 'ы' | 'Ы' => b"i",
        'а' | 'А' | 'á' | 'Á' | 'à' | 'À' | 'â' | 'Â' | 'ä' | 'Ä' => b"a",
        'о' | 'О' | 'ó' | 'Ó' | 'ö' | 'Ö' | 'ô' | 'Ô' | 'ø' | 'Ø' => b"o",
        'у' | 'У' | 'ú' | 'Ú' | 'û' | 'Û' => b"u",
        'б' | 'Б' => b"b",
        'в' | 'В' => b"v",
        'г' | 'Г' | 'ғ' | 'ґ' => b"g",
        'д' | 'Д' => b"d",
        'з' | 'З' => b"z",
        'ј' | 'Ј' | 'й' | 'Й' => b"j",
        'к' | 'К' => b"k",
        'л' | 'Л' | 'ł' | 'Ł' => b"l",
        'м' | 'М' => b"m",
        'н' | 'Н' => b"n",
        'п' | 'П' => b"p",
        'р' | 'Р' => b"r",
        'с' | 'С' | 'ß' => b"s",
        'т' | 'Т' | 'þ' | 'Þ' => b"t",
        'ф' | 'Ф' => b"f",
        'х' | 'Х' => b"h",
        'ц' | 'Ц' => b"c",
        'ю' | 'Ю' => b"ju",
        'я' | 'Я' => b"ja",
        'æ' | 'Æ' => b"ae",
        'œ' | 'Œ' => b"oe",
        _ => b"",
    }
}

/// Appends the units of a text to an empty pile: words with one space between them.
pub(crate) fn read(text: &str, pile: &mut Vec<u8>, map: impl Fn(u8) -> u8 + Copy) {
    if text.is_ascii() {
        read_ascii(text.as_bytes(), pile, map);
    } else if text.chars().any(|c| matches!(c, '\u{300}'..='\u{36f}')) {
        // Marks that were written after their letters: c and a caron are č.
        let composed: String = text.nfc().collect();
        read_any(&composed, pile, map);
    } else {
        read_any(text, pile, map);
    }
    if pile.last() == Some(&SPACE) {
        pile.pop();
    }
}

/// Y is j beside a vowel and i elsewhere.
fn either(before: Option<u8>, after: Option<u8>) -> u8 {
    let beside =
        before.is_some_and(is_vowel) || after.is_some_and(|c| is_vowel(c.to_ascii_lowercase()));
    if beside { b'j' } else { b'i' }
}

fn place(unit: u8, next: Option<u8>, pile: &mut Vec<u8>, map: impl Fn(u8) -> u8) {
    match unit {
        NOTHING => {}
        SPACE => {
            if pile.last().is_some_and(|&top| top != SPACE) {
                pile.push(SPACE);
            }
        }
        EITHER => push(pile, either(pile.last().copied(), next), map),
        unit => push(pile, unit, map),
    }
}

fn read_ascii(text: &[u8], pile: &mut Vec<u8>, map: impl Fn(u8) -> u8 + Copy) {
    for (at, &letter) in text.iter().enumerate() {
        let unit = ASCII.get(letter as usize).copied().unwrap_or(SPACE);
        place(unit, text.get(at + 1).copied(), pile, map);
    }
}

fn read_any(text: &str, pile: &mut Vec<u8>, map: impl Fn(u8) -> u8 + Copy) {
    let bytes = text.as_bytes();
    for (at, letter) in text.char_indices() {
        if letter.is_ascii() {
            place(
                ASCII[letter as usize],
                next_unit(text, bytes, at),
                pile,
                map,
            );
            continue;
        }
        let units = units_of(letter);
        if units.is_empty() {
            read_rare(letter, pile, map);
        }
        for &unit in units {
            push(pile, unit, map);
        }
    }
}

/// The first unit of the letter after an ASCII letter.
fn next_unit(text: &str, bytes: &[u8], at: usize) -> Option<u8> {
    match bytes.get(at + 1) {
        Some(byte) if byte.is_ascii() => Some(*byte),
        Some(_) => units_of(text[at + 1..].chars().next()?).first().copied(),
        None => None,
    }
}

/// A letter that is none of ours: without its marks if it is one of ours then, else as it is, small.
fn read_rare(letter: char, pile: &mut Vec<u8>, map: impl Fn(u8) -> u8 + Copy) {
    for part in std::iter::once(letter)
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
    {
        let units = units_of(part);
        match part {
            '\u{300}'..='\u{36f}' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{b4}' | '\u{ad}' => {}
            part if part.is_ascii() => place(ASCII[part as usize], None, pile, map),
            _ if !units.is_empty() => units.iter().for_each(|&unit| push(pile, unit, map)),
            part if part.is_alphanumeric() => {
                let mut buffer = [0; 4];
                pile.extend_from_slice(part.encode_utf8(&mut buffer).as_bytes());
            }
            _ => place(SPACE, None, pile, map),
        }
    }
}

/// How a unit is written so that it is read again as the same: Serbian Latin.
pub(crate) fn spelling(unit: u8) -> Option<&'static str> {
    Some(match unit {
        b'C' => "č",
        b'S' => "š",
        b'Z' => "ž",
        b'X' => "dž",
        b'x' => "dz",
        b'L' => "lj",
        b'N' => "nj",
        _ => return None,
    })
}
