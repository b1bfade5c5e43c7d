//! The text of a Word document (ECMA-376, part 1): the paragraphs of its body in order. Footnotes, headers and deleted text
//! are kept elsewhere in the package and are not read.

use std::{
    io::{Cursor, Read as _},
    time::Instant,
};

use quick_xml::{Reader, escape::resolve_predefined_entity, events::Event};

use self::lists::{Lists, Told};
use crate::{Kind, Limits, Page, ReadError, Source, origin, page::symbol};

mod lists;

fn broken(cause: impl std::fmt::Display) -> ReadError {
    ReadError::Broken(cause.to_string())
}

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, ReadError> {
    let until = Instant::now() + limits.time;
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    // Markup is many times longer than its text.
    let most = limits.text.saturating_mul(8);
    let mut part = |name: &str| -> Result<Option<Vec<u8>>, ReadError> {
        let part = match package.by_name(name) {
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(zip::result::ZipError::UnsupportedArchive(_)) => return Err(ReadError::Encrypted),
            Err(error) => return Err(broken(error)),
        };
        let mut xml = Vec::new();
        part.take(most as u64 + 1)
            .read_to_end(&mut xml)
            .map_err(broken)?;
        if xml.len() > most {
            let most = limits.text;
            return Err(ReadError::TooLarge {
                what: "bytes of text",
                most,
            });
        }
        Ok(Some(xml))
    };
    let xml = part("word/document.xml")?.ok_or(ReadError::Unknown)?;
    let numbering = part("word/numbering.xml")?.unwrap_or_default();
    let styles = part("word/styles.xml")?.unwrap_or_default();
    let mut lists = Lists::read(&numbering, &styles, until)?;
    let pages = paragraphs(&xml, &mut lists, until)?;
    if pages.is_empty() {
        return Err(ReadError::Scanned);
    }
    let first: Vec<&str> = pages
        .first()
        .map(|page| page.text.lines().take(40).collect())
        .unwrap_or_default();
    Ok(Source {
        kind: Kind::Docx,
        symbol: symbol(first.into_iter()),
        pages,
    })
}

/// How deep elements may stand in each other; those of a text box in a table in a text box stand at a tenth of it.
const DEEPEST: usize = 500;

/// Holds the reading of a part of the package to its time and its depth.
struct Watch {
    until: Instant,
    seen: u32,
    deep: usize,
}

impl Watch {
    fn new(until: Instant) -> Watch {
        Watch {
            until,
            seen: 0,
            deep: 0,
        }
    }

    /// Sees what was read next.
    ///
    /// # Errors
    /// [`ReadError::TooSlow`] behind the time, [`ReadError::Broken`] beyond [`DEEPEST`].
    fn see(&mut self, event: &Event<'_>) -> Result<(), ReadError> {
        self.seen = self.seen.wrapping_add(1);
        if self.seen.is_multiple_of(4096) && Instant::now() > self.until {
            return Err(ReadError::TooSlow);
        }
        match event {
            Event::Start(_) => self.deep += 1,
            Event::End(_) => self.deep = self.deep.saturating_sub(1),
            _ => {}
        }
        if self.deep > DEEPEST {
            return Err(broken("its elements stand too deep in each other"));
        }
        Ok(())
    }
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    told: Told,
    /// Whether some of it was deleted.
    struck: bool,
    numbered: bool,
    /// Which paragraph of the file it is, from 0.
    place: usize,
    /// How many bytes of its text were read.
    read: usize,
}

impl Open {
    /// Puts the number of its list before what was read of it.
    fn number(&mut self, lists: &mut Lists, writer: &mut Writer) {
        let empty = writer.line.trim().is_empty();
        // What was deleted as a whole is no longer counted.
        if std::mem::replace(&mut self.numbered, true) || (empty && self.struck) {
            return;
        }
        if let Some(number) = lists.next(&self.told).filter(|_| !empty) {
            writer.number = Some(number);
        }
    }
}

/// Pages while they are written.
#[derive(Default)]
struct Writer {
    pages: Vec<Page>,
    page: Page,
    /// The line that is being read, as it stands in the file.
    line: String,
    /// The number that Word shows before it.
    number: Option<String>,
    /// Where in the line the text of each paragraph begins: one may stand in another, as those of a text box do.
    begun: Vec<(usize, origin::Paragraph)>,
}

impl Writer {
    fn push(&mut self, text: &str, open: Option<&mut Open>) {
        let place = open.map_or_else(origin::Paragraph::default, |open| {
            let from = open.read;
            open.read += text.len();
            origin::Paragraph {
                number: open.place,
                from,
            }
        });
        let other = |(_, last): &(usize, origin::Paragraph)| last.number != place.number;
        if self.begun.last().is_none_or(other) {
            self.begun.push((self.line.len(), place));
        }
        self.line.push_str(text);
    }

    fn end_line(&mut self) {
        let (line, begun) = (
            std::mem::take(&mut self.line),
            std::mem::take(&mut self.begun),
        );
        let number = self.number.take();
        let page = &mut self.page;
        let first = page.origin.lines.len();
        let ends = begun.iter().skip(1).map(|(at, _)| *at).chain([line.len()]);
        let segments: Vec<(usize, usize)> = begun.iter().map(|(at, _)| *at).zip(ends).collect();
        for ((from, to), (_, place)) in segments.iter().zip(&begun) {
            page.origin.lines.push(origin::Line {
                text: line[*from..*to].to_owned(),
                height: None,
                paragraph: Some(*place),
            });
        }
        let (mut words, mut read) = (0, 0);
        for word in line.split_whitespace() {
            if words > 0 {
                page.text.push(' ');
            } else {
                if !page.text.is_empty() {
                    page.text.push('\n');
                }
                if let Some(number) = &number {
                    page.text.push_str(number);
                    page.text.push(' ');
                }
            }
            words += 1;
            // Only spaces stand between what was read and the word.
            let at = line.len() - line[read..].trim_start().len();
            read = at + word.len();
            for (n, (from, to)) in segments.iter().enumerate() {
                let (from_here, to_here) = (at.max(*from), read.min(*to));
                if from_here < to_here {
                    let out = page.text.len() + (from_here - at);
                    let long = to_here - from_here;
                    page.origin.push(out, first + n, from_here - from, long);
                }
            }
            page.text.push_str(word);
        }
    }

    fn end_page(&mut self) {
        let page = std::mem::take(&mut self.page);
        if !page.text.is_empty() {
            let number = u32::try_from(self.pages.len() + 1).unwrap_or(u32::MAX);
            self.pages.push(Page { number, ..page });
        }
    }
}

/// The pages as far as the document tells: Word notes where it last broke them.
fn paragraphs(xml: &[u8], lists: &mut Lists, until: Instant) -> Result<Vec<Page>, ReadError> {
    let mut reader = Reader::from_reader(xml);
    let (mut writer, mut places) = (Writer::default(), 0);
    let (mut in_text, mut deleted) = (false, 0_usize);
    // Paragraphs may stand in others, as those of a text box do.
    let mut open: Vec<Open> = Vec::new();
    let mut former = 0_usize;
    let mut watch = Watch::new(until);
    loop {
        let event = reader.read_event().map_err(broken)?;
        watch.see(&event)?;
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => in_text = true,
                "p" => {
                    open.push(Open {
                        place: places,
                        ..Open::default()
                    });
                    places += 1;
                }
                "pPrChange" => former += 1,
                "del" | "moveFrom" => {
                    deleted += 1;
                    if let Some(open) = open.last_mut() {
                        open.struck = true;
                    }
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                "pPrChange" => former = former.saturating_sub(1),
                "p" => {
                    if let Some(mut open) = open.pop() {
                        open.number(lists, &mut writer);
                    }
                    writer.end_line();
                }
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                of @ ("pStyle" | "numId" | "ilvl") if former == 0 => {
                    if let Some(open) = open.last_mut() {
                        open.told.hear(of, &tag);
                    }
                }
                // A paragraph without anything in it.
                "p" => places += 1,
                "tab" => writer.push(" ", open.last_mut()),
                "br" => {
                    let kind = tag.try_get_attribute("w:type").ok().flatten();
                    if kind.is_some_and(|kind| kind.value.as_ref() == "page") {
                        let words = !writer.line.trim().is_empty();
                        if let Some(open) = open.last_mut().filter(|_| words) {
                            open.number(lists, &mut writer);
                        }
                        writer.end_line();
                        writer.end_page();
                    } else {
                        writer.push(" ", open.last_mut());
                    }
                }
                "noBreakHyphen" => writer.push("-", open.last_mut()),
                _ => {}
            },
            Event::Text(text) if in_text && deleted == 0 => {
                writer.push(&text.into_inner(), open.last_mut());
            }
            Event::GeneralRef(named) if in_text && deleted == 0 => {
                match named.resolve_char_ref().map_err(broken)? {
                    Some(letter) => writer.push(letter.encode_utf8(&mut [0; 4]), open.last_mut()),
                    None => {
                        let name = named.into_inner();
                        let letter = resolve_predefined_entity(&name).unwrap_or(" ");
                        writer.push(letter, open.last_mut());
                    }
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    writer.end_line();
    writer.end_page();
    Ok(writer.pages)
}
