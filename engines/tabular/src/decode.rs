//! Which encoding a text is in.
//!
//! A byte-order mark decides. Otherwise a text that is valid UTF-8 and is not plain ASCII is UTF-8. Otherwise every
//! candidate decodes it, and each character outside ASCII is judged by its neighbours: a small letter inside a word, a
//! capital at the start of one and a typographic apostrophe between letters speak for the candidate; a symbol inside a
//! word, a capital after a small letter, a letter of no language of the region and a control character speak against it.

use encoding_rs::{
    Encoding, ISO_8859_2, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252,
};

use crate::ReadError;

/// The encodings that can be asked for, by their usual names.
pub const ENCODINGS: [&str; 8] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1250",
    "windows-1252",
    "windows-1251",
    "iso-8859-2",
    "macintosh",
];

/// How a text was decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct EncodingFound {
    /// One of [`ENCODINGS`].
    pub name: &'static str,
    /// Whether it is certain: a mark in the file, valid UTF-8, or a person's word.
    pub certain: bool,
    /// Points of this one, and of the runner-up where there is one.
    pub points: (i64, Option<(&'static str, i64)>),
    /// Words with letters outside ASCII as they were decoded, the most frequent first, for a person to judge.
    pub words: Vec<String>,
}

/// How many words are shown.
const SHOWN: usize = 24;

pub(crate) fn decode(
    bytes: &[u8],
    asked: Option<&str>,
) -> Result<(String, EncodingFound), ReadError> {
    if let Some(asked) = asked {
        let encoding = Encoding::for_label(asked.as_bytes())
            .filter(|encoding| {
                ENCODINGS
                    .iter()
                    .any(|known| Encoding::for_label(known.as_bytes()) == Some(encoding))
            })
            .ok_or_else(|| ReadError::UnknownEncoding(asked.to_owned()))?;
        return Ok(found(bytes, encoding, true, (0, None)));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(found(bytes, encoding, true, (0, None)));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(found(bytes, encoding, false, (0, None)));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(found(bytes, UTF_8, true, (0, None)));
    }
    // Carriage returns alone ended lines on a Mac of the last century, and in what its spreadsheets still export.
    let old_mac = bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    let mut ranked: Vec<(i64, &'static Encoding)> = [
        WINDOWS_1250,
        WINDOWS_1252,
        MACINTOSH,
        ISO_8859_2,
        WINDOWS_1251,
    ]
    .into_iter()
    .map(|encoding| {
        let points = judge(&encoding.decode_without_bom_handling(bytes).0);
        (
            if old_mac && encoding == MACINTOSH {
                points + points.abs() / 4 + 1
            } else {
                points
            },
            encoding,
        )
    })
    .collect();
    ranked.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    let (best, second) = (ranked[0], ranked[1]);
    Ok(found(
        bytes,
        best.1,
        false,
        (best.0, Some((name(second.1), second.0))),
    ))
}

fn found(
    bytes: &[u8],
    encoding: &'static Encoding,
    certain: bool,
    points: (i64, Option<(&'static str, i64)>),
) -> (String, EncodingFound) {
    let text = encoding.decode_with_bom_removal(bytes).0.into_owned();
    let words = telling_words(&text);
    (
        text,
        EncodingFound {
            name: name(encoding),
            certain,
            points,
            words,
        },
    )
}

fn name(encoding: &'static Encoding) -> &'static str {
    ENCODINGS
        .into_iter()
        .find(|known| Encoding::for_label(known.as_bytes()) == Some(encoding))
        .unwrap_or("utf-8")
}

fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |first: usize| {
        sample
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = sample.len() / 2;
    if half < 8 {
        return None;
    }
    if zeros(1) * 10 > half * 7 && zeros(0) * 10 < half {
        Some(UTF_16LE)
    } else if zeros(0) * 10 > half * 7 && zeros(1) * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Letters of the region's languages and of those of the documents that come here.
const AT_HOME: &str =
    "çëÇËšŠžŽčČćĆđĐáàâäãåéèêíìîïóòôöõúùûüñøæœßýÿÁÀÂÄÉÈÊÍÎÓÔÖÚÜÑØÅşŞğĞıİłŁńśŚźŹżŻąęőűřŘěůťňŕ";

fn judge(text: &str) -> i64 {
    let mut points = 0;
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            points += judged(before, c, after);
        }
        before = c;
    }
    points
}

fn judged(before: char, c: char, after: char) -> i64 {
    let inside = before.is_alphabetic() && after.is_alphabetic();
    let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    match c {
        '\u{80}'..='\u{9f}' | '\u{fffd}' => -20,
        '\u{2019}' if before.is_alphabetic() => 3,
        '\u{2018}' | '\u{201c}' | '\u{201e}' if !before.is_alphanumeric() => 3,
        '\u{201d}' | '\u{2019}' if !after.is_alphabetic() => 2,
        '\u{2013}' | '\u{2014}' | '\u{a0}' | '«' | '»' | '…' | '•' if !inside => 2,
        c if cyrillic(c) => {
            if cyrillic(before) || cyrillic(after) {
                2
            } else {
                -4
            }
        }
        c if c.is_uppercase() && before.is_lowercase() => -4,
        c if AT_HOME.contains(c) && (before.is_alphabetic() || after.is_alphabetic()) => 3,
        c if c.is_alphabetic() => -1,
        _ if inside => -5,
        _ => -1,
    }
}

fn telling_words(text: &str) -> Vec<String> {
    let mut counted: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for word in
        text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '\u{2019}' || c == '-'))
    {
        if !word.is_ascii() && word.chars().count() > 1 {
            *counted.entry(word).or_default() += 1;
        }
    }
    let mut words: Vec<(&str, usize)> = counted.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    words
        .into_iter()
        .take(SHOWN)
        .map(|(word, _)| word.to_owned())
        .collect()
}
