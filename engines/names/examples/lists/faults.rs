//! What goes wrong with letters and dates.

use crate::numbers::Numbers;

/// What became of a court's letters on the way to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Machine {
    Right,
    Cp1250AsCp1252,
    Cp1250AsLatin1,
    Cp852AsCp1252,
    Yuscii,
    Utf8AsCp1252,
}

/// Serbian letters and what each machine made of them.
const LETTERS: [(char, [&str; 5]); 10] = [
    ('č', ["è", "è", "Ÿ", "~", "Ä\u{8d}"]),
    ('ć', ["æ", "æ", "†", "}", "Ä‡"]),
    ('đ', ["ð", "ð", "Ð", "|", "Ä‘"]),
    ('š', ["š", "\u{9a}", "ç", "{", "Å¡"]),
    ('ž', ["ž", "\u{9e}", "§", "`", "Å¾"]),
    ('Č', ["È", "È", "¬", "^", "ÄŒ"]),
    ('Ć', ["Æ", "Æ", "\u{8f}", "]", "Ä†"]),
    ('Đ', ["Ð", "Ð", "Ñ", "\\", "Ä\u{90}"]),
    ('Š', ["Š", "\u{8a}", "æ", "[", "Å\u{a0}"]),
    ('Ž', ["Ž", "\u{8e}", "¦", "@", "Å½"]),
];

/// A text as it came out of a machine.
pub(crate) fn through(text: &str, machine: Machine) -> String {
    let column = match machine {
        Machine::Right => return text.to_owned(),
        Machine::Cp1250AsCp1252 => 0,
        Machine::Cp1250AsLatin1 => 1,
        Machine::Cp852AsCp1252 => 2,
        Machine::Yuscii => 3,
        Machine::Utf8AsCp1252 => 4,
    };
    let mut out = String::new();
    for c in text.chars() {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, read)) => out.push_str(read[column]),
            None => out.push(c),
        }
    }
    out
}

/// One slip of the hand: a letter wrong, missing, twice, or two that changed places.
pub(crate) fn slip(text: &str, numbers: &mut Numbers) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return text.to_owned();
    }
    let at = 1 + numbers.below(letters.len() - 1);
    match numbers.below(4) {
        0 => {
            letters[at] =
                *numbers.one_of(&['a', 'e', 'i', 'o', 'u', 'n', 'r', 's', 't', 'm', 'k', 'l'])
        }
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.swap(at - 1, at),
    }
    letters.into_iter().collect()
}

/// A date of birth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Date {
    pub(crate) year: usize,
    pub(crate) month: usize,
    pub(crate) day: usize,
}

/// How often a list's dates are wrong or not whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DateFaults {
    pub(crate) missing: f64,
    pub(crate) year_only: f64,
    pub(crate) swapped: f64,
    pub(crate) near: f64,
}

/// A date as a list has it: `1956-03-14`, `1956` or nothing.
pub(crate) fn date(date: Date, faults: DateFaults, numbers: &mut Numbers) -> String {
    let Date {
        mut year,
        mut month,
        mut day,
    } = date;
    if numbers.chance(faults.missing) {
        return String::new();
    }
    if numbers.chance(faults.near) {
        match numbers.below(3) {
            0 => year = year + numbers.below(3) - 1,
            1 => month = 1 + numbers.below(12),
            _ => day = 1 + numbers.below(28),
        }
    }
    if numbers.chance(faults.year_only) {
        return year.to_string();
    }
    if numbers.chance(faults.swapped) && day <= 12 {
        std::mem::swap(&mut month, &mut day);
    }
    format!("{year}-{month:02}-{day:02}")
}
