//! The text of a Word document (ECMA-376, part 1): the paragraphs of its body in order. Footnotes, headers and deleted text
//! are kept elsewhere in the package and are not read.

use std::{
    io::{Cursor, Read as _},
    time::Instant,
};

use quick_xml::{Reader, escape::resolve_predefined_entity, events::Event};

use self::lists::{Lists, Told};
use crate::{Kind, Limits, Page, ReadError, Source, page::symbol};

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
    let mut lists = Lists::read(&numbering, &styles)?;
    let pages = paragraphs(&xml, &mut lists, until)?;
    if pages.iter().all(|page| page.trim().is_empty()) {
        return Err(ReadError::Scanned);
    }
    let first: Vec<&str> = pages
        .first()
        .map(|page| page.lines().take(40).collect())
        .unwrap_or_default();
    Ok(Source {
        kind: Kind::Docx,
        symbol: symbol(first.into_iter()),
        pages: (1..)
            .zip(pages)
            .map(|(number, text)| Page {
                number,
                text,
                ..Page::default()
            })
            .collect(),
    })
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    told: Told,
    /// Whether some of it was deleted.
    struck: bool,
    numbered: bool,
}

impl Open {
    /// Puts the number of its list before what was read of it.
    fn number(&mut self, lists: &mut Lists, line: &mut String) {
        let empty = line.trim().is_empty();
        // What was deleted as a whole is no longer counted.
        if std::mem::replace(&mut self.numbered, true) || (empty && self.struck) {
            return;
        }
        if let Some(number) = lists.next(&self.told).filter(|_| !empty) {
            line.insert_str(0, &format!("{number} "));
        }
    }
}

/// The pages as far as the document tells: Word notes where it last broke them.
fn paragraphs(xml: &[u8], lists: &mut Lists, until: Instant) -> Result<Vec<String>, ReadError> {
    let mut reader = Reader::from_reader(xml);
    let (mut pages, mut page, mut line) = (Vec::new(), String::new(), String::new());
    let (mut in_text, mut deleted) = (false, 0_usize);
    // Paragraphs may stand in others, as those of a text box do.
    let mut open: Vec<Open> = Vec::new();
    let (mut former, mut read) = (0_usize, 0_u32);
    let end_line = |page: &mut String, line: &mut String| {
        let words: Vec<&str> = line.split_whitespace().collect();
        if !words.is_empty() {
            if !page.is_empty() {
                page.push('\n');
            }
            page.push_str(&words.join(" "));
        }
        line.clear();
    };
    loop {
        read = read.wrapping_add(1);
        if read.is_multiple_of(4096) && Instant::now() > until {
            return Err(ReadError::TooSlow);
        }
        match reader.read_event().map_err(broken)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => in_text = true,
                "p" => open.push(Open::default()),
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
                        open.number(lists, &mut line);
                    }
                    end_line(&mut page, &mut line);
                }
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                of @ ("pStyle" | "numId" | "ilvl") if former == 0 => {
                    if let Some(open) = open.last_mut() {
                        open.told.hear(of, &tag);
                    }
                }
                "tab" => line.push(' '),
                "br" => {
                    let kind = tag.try_get_attribute("w:type").ok().flatten();
                    if kind.is_some_and(|kind| kind.value.as_ref() == "page") {
                        if let Some(open) = open.last_mut().filter(|_| !line.trim().is_empty()) {
                            open.number(lists, &mut line);
                        }
                        end_line(&mut page, &mut line);
                        pages.push(std::mem::take(&mut page));
                    } else {
                        line.push(' ');
                    }
                }
                "noBreakHyphen" => line.push('-'),
                _ => {}
            },
            Event::Text(text) if in_text && deleted == 0 => {
                line.push_str(&text.into_inner());
            }
            Event::GeneralRef(named) if in_text && deleted == 0 => {
                match named.resolve_char_ref().map_err(broken)? {
                    Some(letter) => line.push(letter),
                    None => {
                        let name = named.into_inner();
                        line.push_str(resolve_predefined_entity(&name).unwrap_or(" "));
                    }
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    end_line(&mut page, &mut line);
    pages.push(page);
    pages.retain(|page| !page.is_empty());
    Ok(pages)
}
