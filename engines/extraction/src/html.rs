//! The text of a web page: block elements are paragraphs, items of lists keep or get the mark that a browser shows. Menus,
//! scripts, styles, footnotes and what is hidden are left out.
//!
//! Only the tokeniser of HTML is used and no tree is built: nesting costs nothing, and unclosed elements do no harm.

use std::{cell::RefCell, collections::HashSet, time::Instant};

use html5ever::{
    Attribute,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
        states::RawKind::{Rawtext, Rcdata, ScriptData},
    },
};

use self::{
    places::{Cursor, Mode},
    shown::is_left_out,
    written::Written,
};
use crate::{
    Kind, Limits, Page, ReadError, Source, marks,
    origin::{self, Origin},
    page::symbol,
};

mod places;
mod shown;
mod written;

/// Whether the first bytes of a file are those of a web page.
pub(crate) fn is_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let begins = |tag: &str| {
        head.match_indices(tag)
            .any(|(at, _)| !head[at + tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    head.starts_with('<')
        && ["<!doctype html", "<html", "<head", "<body"]
            .into_iter()
            .any(begins)
}

/// Bytes that are parsed between two looks at the clock.
const STEP: usize = 8 << 10;

/// Nested lists that are told apart; deeper ones are items of the last.
const DEEPEST: usize = 32;

/// The longest tag whose end is looked for.
const LONGEST_TAG: usize = 1 << 20;

/// A paragraph is not kept together beyond this, however it is marked up.
const LONGEST: usize = 20_000;

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, ReadError> {
    let begun = Instant::now();
    // Markup is many times longer than its text.
    let most = limits.text.saturating_mul(8);
    if bytes.len() > most {
        return Err(too_large(limits));
    }
    let html = std::str::from_utf8(bytes)
        .map_err(|_| ReadError::Broken("the web page is not written in UTF-8".to_owned()))?;
    let tokenizer = Tokenizer::new(
        Sink(RefCell::new((Writer::default(), Cursor::new(html)))),
        Default::default(),
    );
    let queue = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() {
        let mut to = rest.len().min(STEP);
        while !rest.is_char_boundary(to) {
            to -= 1;
        }
        let (now, later) = rest.split_at(to);
        queue.push_back(StrTendril::from_slice(now));
        // Nothing that the sink answers makes the tokeniser stop before the end of the queue.
        let _ = tokenizer.feed(&queue);
        rest = later;
        if begun.elapsed() > limits.time {
            return Err(ReadError::TooSlow);
        }
        if tokenizer.sink.0.borrow().0.bytes > limits.text {
            return Err(too_large(limits));
        }
    }
    tokenizer.end();
    let lines = tokenizer.sink.0.into_inner().0.finish();
    let (mut text, mut origin) = (String::new(), Origin::default());
    for line in &lines {
        if !text.is_empty() {
            text.push('\n');
        }
        for (at, long, from, to) in line.places() {
            origin.push_as(text.len() + at, long, origin::Stretch { line: 0, from, to });
        }
        text.push_str(line);
    }
    if text.len() > limits.text {
        return Err(too_large(limits));
    }
    if text.is_empty() {
        return Err(ReadError::Broken("the web page has no text".to_owned()));
    }
    Ok(Source {
        kind: Kind::Html,
        symbol: symbol(text.lines().take(40)),
        pages: vec![Page {
            number: 1,
            text,
            origin,
        }],
    })
}

fn too_large(limits: &Limits) -> ReadError {
    ReadError::TooLarge {
        what: "bytes of text",
        most: limits.text,
    }
}

struct Sink<'a>(RefCell<(Writer, Cursor<'a>)>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let (writer, cursor) = &mut *self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => writer.text(&text, cursor),
            Token::NullCharacterToken => cursor.null(),
            Token::CommentToken(_) => cursor.comment(),
            Token::DoctypeToken(_) => cursor.doctype(),
            Token::TagToken(tag) => {
                cursor.tag();
                match tag.kind {
                    TagKind::StartTag => writer.start(&tag),
                    TagKind::EndTag => writer.end(&tag.name),
                }
                if tag.kind == TagKind::StartTag {
                    match &*tag.name {
                        "script" => {
                            cursor.mode = Mode::Raw;
                            return TokenSinkResult::RawData(ScriptData);
                        }
                        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                            cursor.mode = Mode::Raw;
                            return TokenSinkResult::RawData(Rawtext);
                        }
                        "title" | "textarea" => {
                            cursor.mode = Mode::Letters;
                            return TokenSinkResult::RawData(Rcdata);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A list that is open: the style of its marks and the number of its next item.
struct List {
    style: Style,
    next: u32,
    /// Whether an item is open, so that paragraphs within it stay together.
    item: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Bullet,
    Number,
    Letter,
    Roman,
}

#[derive(Default)]
struct Writer {
    lines: Vec<Written>,
    /// The paragraph that is being written; a line break is `\u{b}`.
    line: Written,
    /// The mark of the item that the paragraph begins.
    mark: Option<String>,
    /// Bytes of text so far.
    bytes: usize,
    lists: Vec<List>,
    /// What is being left out, by the name of its element, and how many of that name are open.
    skipped: Option<(String, usize)>,
    /// `main` and `article` that are open: a header within them belongs to the document.
    within: usize,
    /// Where raised letters began, and whether a link stood in them.
    raised: Option<usize>,
    /// Where a link within the page began, its target, and whether a mark was dropped from it.
    link: Option<(usize, String, bool)>,
    /// The elements that footnote marks point to.
    notes: HashSet<String>,
}

impl Writer {
    fn text(&mut self, text: &str, cursor: &mut Cursor<'_>) {
        if self.skipped.is_none() {
            self.bytes += text.len();
        }
        for (at, c) in text.char_indices() {
            let place = cursor.letter(c, &text[at + c.len_utf8()..]);
            if self.skipped.is_some() {
                continue;
            }
            match c {
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0' => {}
                '\u{2011}' => self.line.push('-', place),
                c if c.is_whitespace() => self.space(),
                c => self.line.push(c, place),
            }
        }
    }

    /// Spaces are only counted once: a line of nothing but spaces stays short.
    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with([' ', '\u{b}']) {
            self.line.push(' ', None);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some((skipped, open)) = &mut self.skipped {
            if skipped == name {
                *open += 1;
            }
            return;
        }
        if is_left_out(tag, self.within > 0, &self.notes) {
            if is_block(name) {
                self.flush();
            }
            self.skipped = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "main" | "article" => {
                self.flush();
                self.within += 1;
            }
            "br" => self.line.push('\u{b}', None),
            "ul" | "ol" | "menu" | "dir" => {
                self.flush();
                if self.lists.len() < DEEPEST {
                    self.lists.push(list(tag));
                }
            }
            "li" => {
                self.flush();
                self.mark = self.next_mark(tag);
            }
            "td" | "th" => self.space(),
            "sup" => self.raised = Some(self.line.len()),
            "a" => {
                let target = attribute(&tag.attrs, "href").and_then(|to| to.strip_prefix('#'));
                self.link = target.map(|to| (self.line.len(), to.to_owned(), false));
            }
            _ if is_block(name) => self.part(name),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, open)) = &mut self.skipped {
            if skipped == name {
                *open -= 1;
                if *open == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match name {
            "main" | "article" => {
                self.flush();
                self.within = self.within.saturating_sub(1);
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.flush();
                self.lists.pop();
            }
            "li" => {
                self.flush();
                if let Some(list) = self.lists.last_mut() {
                    list.item = false;
                }
            }
            "sup" => {
                if let Some(from) = self.raised.take() {
                    self.raised_until_here(from);
                }
            }
            "a" => {
                if let Some((from, to, dropped)) = self.link.take() {
                    let text = self.line.get(from..).unwrap_or_default();
                    let text = text.trim();
                    if dropped && text.is_empty() || self.raised.is_some() && is_mark(text) {
                        self.note(to);
                    } else if !text.is_empty() && text.trim_matches(['*', '†', '‡']).is_empty()
                    {
                        self.line.truncate(from);
                        self.note(to);
                    }
                }
            }
            _ if is_block(name) => self.part(name),
            _ => {}
        }
    }

    /// At most so many notes are remembered as a long report has.
    fn note(&mut self, target: String) {
        if self.notes.len() < 5_000 && !target.is_empty() {
            self.notes.insert(target);
        }
    }

    /// Raised figures are the mark of a footnote, unless they raise a unit (`m²`).
    fn raised_until_here(&mut self, from: usize) {
        let Some((before, text)) = self.line.split_at_checked(from) else {
            return;
        };
        if !is_mark(text) {
            return;
        }
        let unit = before.rsplit([' ', '\u{b}']).next().unwrap_or_default();
        let power = match text.trim() {
            "2" => Some('²'),
            "3" => Some('³'),
            _ => None,
        };
        let power = power.filter(|_| matches!(unit, "m" | "km" | "cm" | "mm"));
        let place = self.line.place(from);
        self.line.truncate(from);
        if let Some(power) = power {
            self.line.push(power, place);
        }
        if let (Some(link), None) = (&mut self.link, power) {
            link.2 = true;
        }
    }

    /// The beginning or the end of a block. Within an item of a list it is only a space.
    fn part(&mut self, name: &str) {
        let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if heading {
            // Lists that nobody closed.
            for list in &mut self.lists {
                list.item = false;
            }
        }
        let item = self.lists.last().is_some_and(|list| list.item);
        if item && name != "tr" && self.line.len() < LONGEST {
            self.space();
        } else {
            self.flush();
        }
    }

    fn next_mark(&mut self, tag: &Tag) -> Option<String> {
        let depth = self.lists.len();
        let list = self.lists.last_mut()?;
        if let Some(n) = attribute(&tag.attrs, "value").and_then(|n| n.trim().parse().ok()) {
            list.next = n;
        }
        let n = list.next;
        list.next = n.saturating_add(1);
        list.item = true;
        Some(match list.style {
            // As browsers do, so that the items of a list within an item are told apart.
            Style::Bullet => ["•", "◦", "▪"][depth.clamp(1, 3) - 1].to_owned(),
            Style::Number => format!("{n}."),
            Style::Letter => match u8::try_from(n) {
                Ok(n @ 1..=26) => format!("({})", char::from(b'a' + n - 1)),
                _ => format!("{n}."),
            },
            Style::Roman => marks::roman(n).map_or(format!("{n}."), |n| format!("({n})")),
        })
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        self.raised = None;
        self.link = None;
        let line = std::mem::take(&mut self.line);
        let mut mark = self.mark.take();
        if line.trim().is_empty() {
            // The paragraph of an item may begin after a wrapper.
            self.mark = mark;
            return;
        }
        let mut parts: Vec<Written> = Vec::new();
        let (mut broken, mut at) = (0, 0);
        for whole in line.split('\u{b}') {
            let piece = whole.trim();
            let from = at + (whole.len() - whole.trim_start().len());
            at += whole.len() + 1;
            if piece.is_empty() {
                broken += 1;
                continue;
            }
            match parts.last_mut() {
                // A single break ends a line, two end a paragraph; so does one before a mark.
                Some(last) if broken == 0 && !marks::begins(piece) => {
                    last.push(' ', None);
                    last.take(&line, from, from + piece.len());
                }
                _ => {
                    let mut part = Written::default();
                    part.take(&line, from, from + piece.len());
                    parts.push(part);
                }
            }
            broken = 0;
        }
        for part in parts {
            // An item that brings its own mark keeps it.
            match mark.take().filter(|_| !marks::begins(&part)) {
                Some(mark) => {
                    let mut marked = Written::default();
                    mark.chars().chain([' ']).for_each(|c| marked.push(c, None));
                    marked.take(&part, 0, part.len());
                    self.lines.push(marked);
                }
                None => self.lines.push(part),
            }
        }
    }

    fn finish(mut self) -> Vec<Written> {
        self.flush();
        self.lines
    }
}

/// The mark of a footnote: `3`, `[12]`, `*`.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    (1..=8).contains(&text.len())
        && text.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | '[' | ']' | '(' | ')' | ' ' | ',')
        })
}

fn attribute<'a>(all: &'a [Attribute], name: &str) -> Option<&'a str> {
    let found = all.iter().take(64).find(|one| &*one.name.local == name)?;
    Some(&found.value)
}

fn list(tag: &Tag) -> List {
    let css = attribute(&tag.attrs, "style").unwrap_or_default();
    let css = if css.len() < 1_000 {
        css.to_ascii_lowercase()
    } else {
        String::new()
    };
    let style = match (&*tag.name, attribute(&tag.attrs, "type")) {
        ("ol", Some("a" | "A")) => Style::Letter,
        ("ol", Some("i" | "I")) => Style::Roman,
        ("ol", _) if css.contains("-alpha") || css.contains("-latin") => Style::Letter,
        ("ol", _) if css.contains("-roman") => Style::Roman,
        ("ol", _) => Style::Number,
        _ => Style::Bullet,
    };
    let next = attribute(&tag.attrs, "start")
        .and_then(|n| n.trim().parse().ok())
        .unwrap_or(1);
    List {
        style,
        next,
        item: false,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "blockquote"
            | "pre"
            | "dl"
            | "dt"
            | "dd"
            | "figure"
            | "figcaption"
            | "hr"
            | "address"
            | "form"
            | "fieldset"
            | "header"
            | "footer"
            | "body"
            | "html"
            | "head"
            | "center"
            | "caption"
            | "details"
            | "summary"
            | "nav"
            | "aside"
            | "title"
            | "option"
            | "legend"
    )
}
