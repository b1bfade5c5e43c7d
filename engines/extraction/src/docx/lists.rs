//! The numbers that Word counts by itself (ECMA-376, part 1, 17.9): they stand in no text of the document, and a reader sees
//! them all the same.

use std::{borrow::Cow, collections::HashMap, time::Instant};

use quick_xml::{
    Reader,
    escape::unescape,
    events::{BytesStart, Event},
};

use super::{Watch, broken};
use crate::{ReadError, marks};

/// Levels of a list.
const LEVELS: usize = 9;

/// The longest pattern of a number; real ones have a tenth of it.
const LONGEST: usize = 64;

/// Lists, kinds of lists and styles of a document, each; those of long reports have a hundredth of it.
const MOST: usize = 20_000;

/// The most bytes of the name of a list or a style.
const NAME: usize = 256;

/// Styles that build on others are followed so far.
const DEPTH: usize = 12;

/// A level: how it counts and how its number is written.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1.%2.`
    pattern: String,
    /// The numbers above it are written in figures, whatever their own format.
    legal: bool,
    /// The style whose paragraphs stand on this level.
    style: Option<String>,
}

/// What a paragraph or a style says of its list.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    list: Option<String>,
    level: Option<usize>,
    style: Option<String>,
}

impl Told {
    /// Takes what an element of the properties of a paragraph or a style says.
    pub(super) fn hear(&mut self, element: &str, tag: &BytesStart<'_>) {
        match element {
            "pStyle" | "basedOn" => self.style = value(tag, "w:val"),
            "numId" => self.list = value(tag, "w:val"),
            "ilvl" => self.level = level_of(tag, "w:val"),
            _ => {}
        }
    }
}

/// The lists of a document, with how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: HashMap<String, [Level; LEVELS]>,
    /// The kind of list and the starts of its own, by the number of the list.
    lists: HashMap<String, (String, [Option<u32>; LEVELS])>,
    styles: HashMap<String, Told>,
    standard: Option<String>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashMap<(String, usize), bool>,
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    let value = unescape(found.value.as_ref()).ok()?;
    (value.len() <= NAME).then(|| Cow::into_owned(value))
}

fn level_of(tag: &BytesStart<'_>, name: &str) -> Option<usize> {
    value(tag, name)?
        .parse()
        .ok()
        .filter(|level| *level < LEVELS)
}

impl Lists {
    /// Reads `word/numbering.xml` and `word/styles.xml`; each may be missing.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] if there are more than [`MOST`] of anything, and what [`Watch`] says.
    pub(super) fn read(
        numbering: &[u8],
        styles: &[u8],
        until: Instant,
    ) -> Result<Lists, ReadError> {
        let mut lists = Lists::default();
        lists.read_numbering(numbering, until)?;
        lists.read_styles(styles, until)?;
        Ok(lists)
    }

    /// Whether there are no more of anything than a document may have.
    fn fits(&self) -> Result<(), ReadError> {
        let most = self.levels.len().max(self.lists.len());
        if most.max(self.styles.len()) > MOST {
            return Err(ReadError::TooLarge {
                what: "lists or styles",
                most: MOST,
            });
        }
        Ok(())
    }

    fn read_numbering(&mut self, xml: &[u8], until: Instant) -> Result<(), ReadError> {
        let mut reader = Reader::from_reader(xml);
        let mut watch = Watch::new(until);
        let (mut kind, mut list, mut level) = (None::<String>, None::<String>, None::<usize>);
        loop {
            let event = reader.read_event().map_err(broken)?;
            watch.see(&event)?;
            self.fits()?;
            match event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "abstractNum" => kind = value(&tag, "w:abstractNumId"),
                    "num" => (kind, list) = (None, value(&tag, "w:numId")),
                    "lvl" | "lvlOverride" => level = level_of(&tag, "w:ilvl"),
                    "abstractNumId" => {
                        if let (Some(list), Some(of)) = (&list, value(&tag, "w:val")) {
                            self.lists.insert(list.clone(), (of, [None; LEVELS]));
                        }
                    }
                    "startOverride" => {
                        if let Some((_, starts)) =
                            list.as_ref().and_then(|of| self.lists.get_mut(of))
                            && let Some(level) = level
                        {
                            starts[level] = value(&tag, "w:val").and_then(|n| n.parse().ok());
                        }
                    }
                    other => {
                        let (Some(kind), Some(at)) = (&kind, level) else {
                            continue;
                        };
                        let of = &mut self.levels.entry(kind.clone()).or_default()[at];
                        let text = value(&tag, "w:val").unwrap_or_default();
                        match other {
                            "pStyle" => of.style = Some(text),
                            "start" => of.start = text.parse().unwrap_or(1),
                            "numFmt" => of.format = text,
                            "lvlText" if text.len() <= LONGEST => of.pattern = text,
                            "isLgl" => of.legal = text != "0" && text != "false",
                            _ => {}
                        }
                    }
                },
                Event::End(tag) if tag.local_name().as_ref() == "lvl" => level = None,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn read_styles(&mut self, xml: &[u8], until: Instant) -> Result<(), ReadError> {
        let mut reader = Reader::from_reader(xml);
        let mut watch = Watch::new(until);
        let mut style = None::<String>;
        loop {
            let event = reader.read_event().map_err(broken)?;
            watch.see(&event)?;
            self.fits()?;
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    if tag.local_name().as_ref() == "style" {
                        style = value(&tag, "w:styleId");
                        let paragraph = value(&tag, "w:type").is_none_or(|of| of == "paragraph");
                        let first =
                            matches!(value(&tag, "w:default").as_deref(), Some("1" | "true"));
                        if paragraph && first {
                            self.standard.clone_from(&style);
                        }
                    } else if let Some(style) = &style {
                        let of = self.styles.entry(style.clone()).or_default();
                        of.hear(tag.local_name().as_ref(), &tag);
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == "style" => style = None,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Counts a paragraph on and gives the number that stands before it; nothing before one that is in no list.
    pub(super) fn next(&mut self, told: &Told) -> Option<String> {
        let (mut list, mut level) = (told.list.clone(), told.level);
        let mut style = told.style.clone().or_else(|| self.standard.clone());
        for _ in 0..DEPTH {
            let Some(of) = style.as_ref().and_then(|style| self.styles.get(style)) else {
                break;
            };
            if list.is_none() {
                list.clone_from(&of.list);
            }
            level = level.or(of.level);
            style.clone_from(&of.style);
        }
        // Number 0 takes a paragraph out of the list of its style.
        let list = list.filter(|list| list != "0")?;
        let (kind, starts) = self.lists.get(&list)?;
        let levels = self.levels.get(kind)?;
        let of_style = |level: &Level| level.style.is_some() && level.style == told.style;
        let level = level
            .or_else(|| levels.iter().position(of_style))
            .unwrap_or(0);
        let counted = self.counted.entry(kind.clone()).or_default();
        // A start of its own holds the first time that the list comes to the level.
        let own =
            starts[level].filter(|_| self.begun.insert((list.clone(), level), true).is_none());
        let next = counted[level].map_or(levels[level].start, |n| n.saturating_add(1));
        counted[level] = Some(own.unwrap_or(next));
        for lower in &mut counted[level + 1..] {
            *lower = None;
        }
        let of = &levels[level];
        if of.format == "bullet" {
            // The signs of symbol fonts are nowhere else what they are there.
            let sign = of
                .pattern
                .chars()
                .next()
                .filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c));
            return Some(sign.unwrap_or('•').to_string());
        }
        let mut out = String::new();
        let mut letters = of.pattern.chars().peekable();
        while let Some(c) = letters.next() {
            let digit = letters
                .peek()
                .and_then(|c| c.to_digit(10))
                .filter(|_| c == '%');
            match digit.map(|n| n as usize) {
                Some(n) if (1..=LEVELS).contains(&n) => {
                    letters.next();
                    let n = n - 1;
                    let value = counted[n].unwrap_or(levels[n].start);
                    let format = if of.legal {
                        "decimal"
                    } else {
                        levels[n].format.as_str()
                    };
                    out.push_str(&written(value, format));
                }
                _ => out.push(c),
            }
        }
        (!out.trim().is_empty()).then_some(out)
    }
}

/// A number in the format that Word calls it by; one that is not known here in figures.
fn written(n: u32, format: &str) -> String {
    let letter = |first: u8| {
        // After z come aa, bb, cc.
        let at = n.checked_sub(1).filter(|at| *at < 26 * 30)?;
        let letter = char::from(first + u8::try_from(at % 26).ok()?);
        Some(letter.to_string().repeat(at as usize / 26 + 1))
    };
    let told = match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => marks::roman(n),
        "upperRoman" => marks::roman(n).map(|roman| roman.to_uppercase()),
        "decimalZero" if n < 10 => Some(format!("0{n}")),
        "none" => Some(String::new()),
        _ => None,
    };
    told.unwrap_or_else(|| n.to_string())
}
