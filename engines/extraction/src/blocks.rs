//! Paragraphs that may go on over a page, with the way back to their place: lines of wrapped text and of both sides of a
//! page break are joined; page numbers, running heads and footnotes of plain text are left out.

use std::collections::{HashMap, HashSet};

use crate::{
    Kind, Source, marks,
    page::{join, symbol},
    propose::{Paragraph, paragraphs},
    rules,
};

/// A part of a block as it stands on a page.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the text of the block.
    at: usize,
    page: u32,
    from: usize,
    len: usize,
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) text: String,
    pieces: Vec<Piece>,
}

impl Block {
    /// The page on which a part of the text begins, and where it stands there; what goes on ends with its page.
    pub(crate) fn place(&self, from: usize, to: usize) -> (u32, (usize, usize)) {
        let first = self.pieces.iter().rposition(|piece| piece.at <= from);
        let Some(first) = first.and_then(|at| self.pieces.get(at..)) else {
            return (1, (0, 0));
        };
        let begin = first[0];
        let within = |piece: &Piece, at: usize| piece.from + (at - piece.at).min(piece.len);
        let end = first
            .iter()
            .take_while(|piece| piece.page == begin.page && (piece.at < to || piece.at == begin.at))
            .last()
            .map_or(begin.from, |piece| within(piece, to.max(piece.at)));
        (begin.page, (within(&begin, from), end))
    }
}

/// The most bytes that are kept together; real paragraphs have a tenth of it.
const LONGEST: usize = 20_000;

/// What a block is made of while lines are read.
struct Line<'a> {
    paragraph: Paragraph<'a>,
    /// Whether an empty line or a page break stands before it.
    apart: bool,
    /// Whether it is the first of its page.
    first: bool,
}

pub(crate) fn blocks(source: &Source) -> Vec<Block> {
    let all = paragraphs(&source.pages);
    let words: HashSet<String> = all
        .iter()
        .flat_map(|p| p.text.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.len() > 3)
        .map(str::to_lowercase)
        .collect();
    let lines = lines(all, source.pages.len() > 1);
    let wrapped = source.kind == Kind::Text && is_wrapped(&lines);
    let width = lines.iter().map(|line| line.paragraph.text.len()).max();
    let width = width.unwrap_or_default();
    let mut blocks: Vec<Block> = Vec::new();
    for line in &lines {
        let text = line.paragraph.text.trim();
        let start = line.paragraph.text.len() - line.paragraph.text.trim_start().len();
        let goes_on = blocks.last().is_some_and(|block| {
            block.text.len() + text.len() < LONGEST
                && !marks::begins(text)
                && goes_on(block, line, text, wrapped.then_some(width))
        });
        let piece = |at| Piece {
            at,
            page: line.paragraph.page,
            from: line.paragraph.from + start,
            len: text.len(),
        };
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => {
                join(&mut block.text, text, &words);
                let at = block.text.len();
                block.text.push_str(text);
                block.pieces.push(piece(at));
            }
            None => blocks.push(Block {
                text: text.to_owned(),
                pieces: vec![piece(0)],
            }),
        }
    }
    blocks
}

/// Whether a line belongs to the block before it.
fn goes_on(block: &Block, line: &Line<'_>, text: &str, wrapped: Option<usize>) -> bool {
    let before = block.text.as_str();
    let ended = before.ends_with(['.', ';', ':', '?', '!'])
        || before.ends_with(".”")
        || before.ends_with(".)")
        || before.ends_with(".\"");
    // A line that a page or its margin broke has words on it; a heading stands alone.
    let last = block.pieces.last().map_or(0, |piece| piece.len);
    if let Some(width) = wrapped.filter(|_| !line.apart) {
        let full = last * 5 > width * 3;
        return full || (!ended && text.starts_with(char::is_lowercase));
    }
    let small = text.starts_with(|c: char| c.is_lowercase() || c == ',');
    !ended && (small || (line.first && last > 60 && before.len() > 140))
}

/// Whether lines end at a margin and empty lines stand between the paragraphs.
fn is_wrapped(lines: &[Line<'_>]) -> bool {
    let longest = lines.iter().map(|line| line.paragraph.text.chars().count());
    let apart = lines.iter().filter(|line| line.apart).count();
    longest.max().unwrap_or_default() <= 140 && apart >= 5 && lines.len() > apart + apart / 4
}

/// The lines without what belongs to the paper.
fn lines(all: Vec<Paragraph<'_>>, paged: bool) -> Vec<Line<'_>> {
    let mut running: HashMap<String, u32> = HashMap::new();
    let pages: HashSet<u32> = all.iter().map(|p| p.page).collect();
    let mut edges: HashSet<(u32, usize)> = HashSet::new();
    if paged {
        let mut at = 0;
        while at < all.len() {
            let page = all[at].page;
            let end = at + all[at..].iter().take_while(|p| p.page == page).count();
            let first = at..(at + 2).min(end);
            for n in first.chain(end.saturating_sub(2).max(at)..end) {
                if edges.insert((page, all[n].from)) {
                    *running.entry(shape(all[n].text)).or_default() += 1;
                }
            }
            at = end;
        }
    }
    let often = u32::try_from((pages.len() / 2).max(3)).unwrap_or(u32::MAX);
    let mut kept: Vec<Line<'_>> = Vec::new();
    let (mut page, mut end, mut notes) = (0, 0, false);
    let mut rule = false;
    for paragraph in all {
        let text = paragraph.text.trim();
        let first = paragraph.page != page;
        if first {
            (page, end, notes, rule) = (paragraph.page, 0, false, false);
        }
        let apart = first || paragraph.from > end + 1;
        end = paragraph.to;
        let edge = edges.contains(&(paragraph.page, paragraph.from));
        if rule {
            // Under a rule, what begins with the mark of a note is one, and so is the rest of the page.
            notes = text.starts_with(|c: char| c.is_numeric() || matches!(c, '*' | '†' | '['));
            rule = false;
        }
        rule |= paged && text.len() >= 5 && text.bytes().all(|b| b == b'_' || b == b'-');
        let runs = edge && running.get(&shape(text)).is_some_and(|n| *n >= often);
        let furniture = edge && (is_page_number(text) || is_lone_symbol(text));
        if notes || rule || runs || furniture || rules::CONTENTS.is_match(text) {
            continue;
        }
        let first = kept.last().is_none_or(|last| last.paragraph.page != page);
        kept.push(Line {
            paragraph,
            apart: apart || first,
            first,
        });
    }
    kept
}

/// A line without its figures, to see whether it runs through the document.
fn shape(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect()
}

fn is_page_number(text: &str) -> bool {
    let text = text
        .strip_prefix("Page ")
        .or(text.strip_prefix("page "))
        .unwrap_or(text);
    let text = text.trim_matches(['-', '–', '|', ' ']);
    (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'/')
}

fn is_lone_symbol(text: &str) -> bool {
    !text.contains(' ') && symbol(std::iter::once(text)).is_some()
}

/// Where the sentences of a paragraph begin and end, in order and without gaps but spaces.
pub(crate) fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices(['.', '?', '!']) {
        if at < from {
            continue;
        }
        // Closing marks and the mark of a note belong to the sentence.
        let after = &text[at + 1..];
        let mut tail = after.trim_start_matches(['”', '’', '"', '\'', ')', ']', '»']);
        if !bytes[..at].last().is_some_and(u8::is_ascii_digit) {
            tail = tail.trim_start_matches(|c: char| c.is_numeric() || c == '*');
        }
        let end = text.len() - tail.len();
        let next = tail.trim_start();
        let begins = next.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '(' | '«' | '‘')
        });
        if next.is_empty() || next.len() == tail.len() || !begins || is_short_form(&text[from..at])
        {
            continue;
        }
        all.push((from, end));
        from = text.len() - next.len();
    }
    if from < text.len() {
        all.push((from, text.len()));
    }
    all
}

/// Whether the dot after this ends a short form (`No. 33`, `Mr. X`), not a sentence.
fn is_short_form(before: &str) -> bool {
    let word = before
        .rsplit([' ', '\u{a0}', '('])
        .next()
        .unwrap_or_default();
    let one = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    one || matches!(
        word.to_ascii_lowercase().as_str(),
        "no" | "nos"
            | "art"
            | "arts"
            | "para"
            | "paras"
            | "e.g"
            | "i.e"
            | "cf"
            | "dr"
            | "mr"
            | "mrs"
            | "ms"
            | "prof"
            | "vol"
            | "chap"
            | "p"
            | "pp"
            | "st"
            | "ed"
            | "op"
            | "rev"
            | "add"
            | "sect"
            | "inf"
            | "doc"
            | "see"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Page;

    fn text(pages: &[&str]) -> Source {
        let pages = (1..)
            .zip(pages)
            .map(|(number, text)| Page {
                number,
                text: (*text).to_owned(),
                ..Page::default()
            })
            .collect();
        Source {
            kind: Kind::Text,
            symbol: None,
            pages,
        }
    }

    #[test]
    fn a_paragraph_goes_on_over_a_page_and_a_note_is_left_out() {
        let source = text(&[
            "1. The CPT recommends that prisoners be given the\n_____\n1 A note.\nthat goes on.",
            "means to write.\n2. Then.",
            "x",
        ]);
        let found = blocks(&source);
        assert_eq!(
            found[0].text,
            "1. The CPT recommends that prisoners be given the means to write."
        );
        assert_eq!(found[1].text, "2. Then.");
        assert_eq!(found[0].place(3, 60), (1, (3, 49)));
        assert_eq!(found[0].place(50, 60), (2, (0, 10)));
    }

    #[test]
    fn sentences_are_told_from_short_forms() {
        let text = "Recalling No. 33 (2015), it recommends two things.1 In 2020, Mr. X said: no. 5 per cent.";
        let told: Vec<&str> = sentences(text)
            .into_iter()
            .map(|(a, b)| &text[a..b])
            .collect();
        assert_eq!(
            told,
            [
                "Recalling No. 33 (2015), it recommends two things.1",
                "In 2020, Mr. X said: no. 5 per cent."
            ]
        );
    }
}
