//! The Yugoslav seven-bit code, in which letters stand where ASCII has brackets.

use crate::to_cyrillic;

/// The signs and their letters (JUS I.B1.002:1986; also in ISO 646-YU).
const SIGNS: [(char, char); 10] = [
    ('@', 'Ž'),
    ('[', 'Š'),
    ('\\', 'Đ'),
    (']', 'Ć'),
    ('^', 'Č'),
    ('`', 'ž'),
    ('{', 'š'),
    ('|', 'đ'),
    ('}', 'ć'),
    ('~', 'č'),
];

fn letter(sign: char) -> Option<char> {
    SIGNS
        .iter()
        .find(|(one, _)| *one == sign)
        .map(|(_, letter)| *letter)
}

pub(super) fn may_show(text: &str) -> bool {
    text.bytes()
        .any(|byte| matches!(byte, b'@' | b'['..=b'^' | b'`' | b'{'..=b'~'))
}

/// Letters of Cyrillic YUSCII that the Latin has not.
fn is_cyrillic(text: &str) -> bool {
    let small = text.to_ascii_lowercase();
    let albanian = ["xh", "sh", "gj", "th", "dh", "zh", "rr", "ll", "y"];
    small.contains(['q', 'w', 'x']) && !albanian.iter().any(|pair| small.contains(pair))
}

pub(super) fn evidence(text: &str, cyrillic: bool) -> f64 {
    if is_cyrillic(text) != cyrillic {
        return f64::NEG_INFINITY;
    }
    // The code has seven bits, and a list of names has nothing but names.
    let right = |c: char| {
        c.is_ascii_alphabetic()
            || letter(c).is_some()
            || matches!(c, ' ' | '.' | ',' | '-' | '(' | ')')
    };
    if !text.chars().all(right) {
        return f64::NEG_INFINITY;
    }
    text.split([' ', ',', '(', ')', '-', '.']).map(word).sum()
}

fn word(word: &str) -> f64 {
    let letters: Vec<char> = word.chars().collect();
    let mut evidence = 0.0;
    for (at, &sign) in letters.iter().enumerate() {
        let Some(now) = letter(sign) else {
            continue;
        };
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1).copied();
        evidence += if now.is_uppercase() {
            capital(sign, before, after)
        } else {
            small(sign, before, after, at)
        };
    }
    // Brackets that open and close are brackets.
    for (open, close) in [('[', ']'), ('{', '}')] {
        let opened = letters.iter().position(|&c| c == open);
        if opened.is_some_and(|from| letters[from..].contains(&close)) {
            evidence -= 3.0;
        }
    }
    evidence
}

fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase() || letter(c).is_some_and(char::is_uppercase)
}

fn is_small(c: char) -> bool {
    c.is_ascii_lowercase() || letter(c).is_some_and(char::is_lowercase)
}

fn capital(sign: char, before: Option<char>, after: Option<char>) -> f64 {
    match (before, after) {
        (Some(before), Some(after)) if is_capital(before) && is_capital(after) => 2.0,
        (Some('I'), None) if sign == ']' => 4.0,
        (Some(before), None) if is_capital(before) => 1.0,
        (None, Some(after)) if is_small(after) || is_capital(after) => 1.5,
        // user@host
        (Some(_), Some(_)) if sign == '@' => -9.0,
        _ => -2.0,
    }
}

fn small(sign: char, before: Option<char>, after: Option<char>, at: usize) -> f64 {
    match (before, after) {
        // name|name, O`Neill
        (Some(_), Some(after)) if is_capital(after) => -3.0,
        (Some(_), Some(_)) if sign == '`' => 0.5,
        (Some(_), Some(_)) if sign == '|' => 1.5,
        (Some(_), Some(_)) => 2.0,
        (Some('i'), None) if sign == '}' && at >= 4 => 4.0,
        (Some(_), None) => 1.0,
        (None, Some(after)) if is_small(after) => 0.5,
        _ => -2.0,
    }
}

pub(super) fn undo(text: &str, cyrillic: bool) -> (String, usize) {
    let changed = text.chars().filter(|&c| letter(c).is_some()).count();
    let latin: String = text.chars().map(|c| letter(c).unwrap_or(c)).collect();
    if !cyrillic {
        return (latin, changed);
    }
    let exact = latin.chars().map(|c| match c {
        'q' => 'љ',
        'Q' => 'Љ',
        'w' => 'њ',
        'W' => 'Њ',
        'x' => 'џ',
        'X' => 'Џ',
        c => c,
    });
    let exact: String = exact.collect();
    // The Cyrillic code writes a letter a sound: n and j are never њ here, so each is turned alone.
    let letters = exact
        .chars()
        .map(|c| to_cyrillic(c.encode_utf8(&mut [0; 4])));
    (letters.collect(), changed)
}
