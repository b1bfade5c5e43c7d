//! The text of a Word document (ECMA-376, part 1): the paragraphs of its body in order. Footnotes, headers and deleted text
//! are kept elsewhere in the package and are not read.

use std::io::{Cursor, Read as _};

use quick_xml::{Reader, escape::resolve_predefined_entity, events::Event};

use crate::{Kind, Limits, Page, ReadError, Source, page::symbol};

fn broken(cause: impl std::fmt::Display) -> ReadError {
    ReadError::Broken(cause.to_string())
}

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, ReadError> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let part = match package.by_name("word/document.xml") {
        Ok(part) => part,
        Err(zip::result::ZipError::FileNotFound) => return Err(ReadError::Unknown),
        Err(zip::result::ZipError::UnsupportedArchive(_)) => return Err(ReadError::Encrypted),
        Err(error) => return Err(broken(error)),
    };
    // Markup is many times longer than its text.
    let most = limits.text.saturating_mul(8);
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
    let pages = paragraphs(&xml)?;
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
            .map(|(number, text)| Page { number, text })
            .collect(),
    })
}

/// The pages as far as the document tells: Word notes where it last broke them.
fn paragraphs(xml: &[u8]) -> Result<Vec<String>, ReadError> {
    let mut reader = Reader::from_reader(xml);
    let (mut pages, mut page, mut line) = (Vec::new(), String::new(), String::new());
    let (mut in_text, mut deleted) = (false, 0_usize);
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
        match reader.read_event().map_err(broken)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => in_text = true,
                "del" | "moveFrom" => deleted += 1,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                "p" => end_line(&mut page, &mut line),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" => line.push(' '),
                "br" => {
                    let kind = tag.try_get_attribute("w:type").ok().flatten();
                    if kind.is_some_and(|kind| kind.value.as_ref() == "page") {
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
