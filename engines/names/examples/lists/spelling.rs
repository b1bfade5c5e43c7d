//! How clerks of several languages write a name. The rules are their own and share nothing with the engine's keys, so that
//! a test on the lists is a test. A bar divides what clerks choose between, the more usual first; an empty choice drops the
//! letter.

use crate::numbers::Numbers;

/// In what a name is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Albanian,
    Serbian,
    Turkish,
    English,
    German,
}

type Rules = &'static [(&'static str, &'static str)];

const ALBANIAN_TO_SERBIAN: Rules = &[
    ("xh", "dž|đ"),
    ("gj", "đ|dž"),
    ("sh", "š"),
    ("zh", "ž"),
    ("ll", "l"),
    ("rr", "r"),
    ("dh", "d"),
    ("th", "t"),
    ("nj", "nj"),
    ("ç", "č|ć"),
    ("q", "ć|ć|č|k"),
    ("x", "dz"),
    ("y", "i|i|u"),
    ("ë", "e|e|a"),
    ("l", "l|l|l|l|lj"),
    ("h", "h|h|h|h|h|"),
];
const SERBIAN_TO_ALBANIAN: Rules = &[
    ("dž", "xh"),
    ("lj", "lj|l"),
    ("nj", "nj"),
    ("č", "ç|q"),
    ("ć", "q|ç"),
    ("đ", "gj|xh"),
    ("š", "sh"),
    ("ž", "zh"),
    ("r", "r|r|r|rr"),
    ("l", "l|l|ll"),
];
const ALBANIAN_TO_ENGLISH: Rules = &[
    ("xh", "xh|xh|j|dj|dzh"),
    ("gj", "gj|gj|dj"),
    ("zh", "zh|z"),
    ("ll", "ll|l"),
    ("rr", "rr|r"),
    ("dh", "dh|d"),
    ("th", "th"),
    ("sh", "sh"),
    ("ç", "c|ch|q"),
    ("q", "q|q|ch|k|c"),
    ("y", "y|y|i|u"),
    ("ë", "e|e|e|a|"),
    ("j", "j|j|j|y|i"),
];
const SERBIAN_TO_ENGLISH: Rules = &[
    ("dž", "dz|dj|dzh|j"),
    ("lj", "lj|l|ly"),
    ("č", "c|ch"),
    ("ć", "c|c|ch"),
    ("đ", "dj|dj|d"),
    ("š", "s|sh"),
    ("ž", "z|zh"),
];
const ALBANIAN_TO_GERMAN: Rules = &[
    ("xh", "dsch|xh"),
    ("gj", "dj|gj"),
    ("sh", "sch|sh"),
    ("zh", "zh|z|sch"),
    ("ll", "ll|l"),
    ("rr", "rr|r"),
    ("th", "th"),
    ("dh", "dh|d"),
    ("ç", "tsch|c"),
    ("q", "q|tsch|k"),
    ("y", "y|ü|i"),
    ("ë", "e|ä|e"),
];
const SERBIAN_TO_GERMAN: Rules = &[
    ("dž", "dsch|dz"),
    ("č", "tsch|c"),
    ("ć", "c|tsch|c"),
    ("đ", "dj"),
    ("š", "sch|s"),
    ("ž", "z|sch|zh"),
    ("v", "v|v|v|w"),
    ("c", "c|z"),
];
const TURKISH_TO_SERBIAN: Rules = &[
    ("c", "dž"),
    ("ç", "č"),
    ("ş", "š"),
    ("ğ", "g|"),
    ("ı", "i"),
    ("ö", "o"),
    ("ü", "u"),
    ("y", "j"),
];

fn rules(from: Spelling, to: Spelling) -> Rules {
    use Spelling::{Albanian, English, German, Serbian, Turkish};
    match (from, to) {
        (Albanian, Serbian) => ALBANIAN_TO_SERBIAN,
        (Albanian, English) => ALBANIAN_TO_ENGLISH,
        (Albanian, German) => ALBANIAN_TO_GERMAN,
        (Serbian, Albanian) => SERBIAN_TO_ALBANIAN,
        (Serbian, English) => SERBIAN_TO_ENGLISH,
        (Serbian, German) => SERBIAN_TO_GERMAN,
        (Turkish, _) => TURKISH_TO_SERBIAN,
        _ => &[],
    }
}

/// A name as a clerk of a language writes it.
pub(crate) fn write(name: &str, from: Spelling, to: Spelling, numbers: &mut Numbers) -> String {
    if from == Spelling::Turkish && to != Spelling::Turkish {
        // Turkish names came into the lists as the other languages hear them.
        let heard = apply(name, TURKISH_TO_SERBIAN, numbers);
        return if to == Spelling::Serbian {
            heard
        } else {
            write(&heard, Spelling::Serbian, to, numbers)
        };
    }
    apply(name, rules(from, to), numbers)
}

fn apply(name: &str, rules: Rules, numbers: &mut Numbers) -> String {
    let small = name.replace('İ', "i").to_lowercase();
    let mut written = String::new();
    let mut rest = small.as_str();
    while let Some(letter) = rest.chars().next() {
        match rules.iter().find(|(from, _)| rest.starts_with(from)) {
            Some((from, choices)) => {
                let choices: Vec<&str> = choices.split('|').collect();
                written.push_str(choices[numbers.below(choices.len())]);
                rest = &rest[from.len()..];
            }
            None => {
                written.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    capital(&written)
}

/// With a capital at the beginning of each word.
pub(crate) fn capital(text: &str) -> String {
    let mut begins = true;
    let mut written = String::new();
    for c in text.chars() {
        if begins {
            written.extend(c.to_uppercase());
        } else {
            written.push(c);
        }
        begins = !c.is_alphabetic();
    }
    written
}

/// Without marks, as on a machine that had none.
pub(crate) fn without_marks(text: &str) -> String {
    let plain = |c| match c {
        'č' | 'ć' | 'ç' => "c",
        'Č' | 'Ć' | 'Ç' => "C",
        'š' | 'ş' => "s",
        'Š' | 'Ş' => "S",
        'ž' => "z",
        'Ž' => "Z",
        'đ' => "dj",
        'Đ' => "Dj",
        'ë' | 'ä' => "e",
        'Ë' => "E",
        'ü' => "u",
        'ö' => "o",
        'ı' => "i",
        'ğ' => "g",
        _ => "",
    };
    let mut written = String::new();
    for c in text.chars() {
        match plain(c) {
            "" => written.push(c),
            plain => written.push_str(plain),
        }
    }
    written
}
