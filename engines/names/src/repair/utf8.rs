//! UTF-8 that was read as a code page of one byte a letter.

use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1252};

use super::Fault;

/// The byte that was read as this character.
pub(super) fn byte(page: &'static Encoding, c: char) -> Option<u8> {
    match u32::from(c) {
        // Latin-1 has control characters where the code pages have letters and signs.
        control @ 0x80..=0x9f => u8::try_from(control).ok(),
        _ => {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = page.encode(c.encode_utf8(&mut buffer));
            match (&*bytes, unmappable) {
                ([byte], false) => Some(*byte),
                _ => None,
            }
        }
    }
}

fn page(fault: Fault) -> &'static Encoding {
    if fault == Fault::Utf8AsCp1250 {
        WINDOWS_1250
    } else {
        WINDOWS_1252
    }
}

/// The characters of a text, with those that were one before as one: each with how many it was read as.
fn reread(page: &'static Encoding, text: &str) -> Vec<(char, usize)> {
    let letters: Vec<char> = text.chars().collect();
    let bytes: Vec<Option<u8>> = letters
        .iter()
        .map(|&c| if c.is_ascii() { None } else { byte(page, c) })
        .collect();
    let mut found = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let length = match bytes[at] {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => 1,
        };
        let run: Option<Vec<u8>> = bytes
            .get(at..at + length)
            .and_then(|run| run.iter().copied().collect());
        let one = run
            .filter(|_| length > 1)
            .and_then(|run| String::from_utf8(run).ok()?.chars().next());
        match one {
            Some(one) => {
                found.push((one, length));
                at += length;
            }
            None => {
                found.push((letters[at], 1));
                at += 1;
            }
        }
    }
    found
}

pub(super) fn evidence(fault: Fault, text: &str) -> f64 {
    let mut letters = text.chars();
    let mut evidence = 0.0;
    for (letter, length) in reread(page(fault), text) {
        let read: Vec<char> = letters.by_ref().take(length).collect();
        evidence += match letter {
            _ if length == 1 => 0.0,
            // Two letters of the region beside each other may be just that.
            _ if read.iter().all(|&c| of_region(c)) => 0.5,
            letter if of_region(letter) => 6.0,
            'ä' | 'ö' | 'ü' | 'ß' | 'é' | 'è' | 'Ö' | 'Ü' | 'ı' | 'ğ' | 'ş' | 'Ş' | 'İ' => {
                5.0
            }
            '\u{400}'..='\u{45f}' => 6.0,
            '\u{2010}'..='\u{2026}' => 5.0,
            // It went wrong before.
            'Ã' | 'Ä' | 'Å' | 'Ă' | 'Ĺ' => 3.0,
            _ => 0.5,
        };
    }
    evidence
}

/// Whether this is a letter that Serbian or Albanian adds to the Latin alphabet.
pub(super) fn of_region(c: char) -> bool {
    matches!(
        c,
        'č' | 'ć' | 'đ' | 'š' | 'ž' | 'Č' | 'Ć' | 'Đ' | 'Š' | 'Ž' | 'ë' | 'ç' | 'Ë' | 'Ç'
    )
}

pub(super) fn undo(fault: Fault, text: &str) -> (String, usize) {
    let letters = reread(page(fault), text);
    let changed = letters.iter().filter(|(_, length)| *length > 1).count();
    (
        letters.into_iter().map(|(letter, _)| letter).collect(),
        changed,
    )
}
