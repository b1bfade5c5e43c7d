//! A document whose kind is known, read from its first paragraph to its last: headings say what a section holds, sentences
//! what they are, and a list is what the sentence before it is.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Doubt, Item, Proposal, Source,
    blocks::{Block, blocks, sentences},
    kinds::DocumentKind,
    marks::{self, Mark, mark},
};

/// Where in the document the walk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the chapter of recommendations: what looks like one only speaks of it.
    Before,
    Within,
    /// Behind it, where recommendations are listed again.
    After,
}

/// How the items of a list are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Letter,
    Roman,
    Bullet(char),
    /// Word counts by itself and leaves no mark in the text.
    Unmarked,
}

/// A list that a sentence or a heading opened.
#[derive(Debug)]
struct List {
    item: Item,
    /// The sentence that opened it, which is itself a proposal if no items follow.
    lead: Option<Draft>,
    style: Option<Style>,
    last: u32,
    /// The mark of the lists within the item that is open.
    under: Option<Style>,
}

impl List {
    fn of(item: Item) -> List {
        List {
            item,
            lead: None,
            style: None,
            last: 0,
            under: None,
        }
    }
}

/// A proposal without what only the whole document tells.
#[derive(Debug, Clone)]
struct Draft {
    paragraph: String,
    text: String,
    item: Item,
    page: u32,
    span: (usize, usize),
    lead: Option<String>,
    confidence: f32,
    heading: Option<String>,
}

struct Walk<'a> {
    kind: &'a DocumentKind,
    found: Vec<Draft>,
    cited: String,
    section: Option<Item>,
    heading: Option<String>,
    list: Option<List>,
    /// The last number of an item, where lists go on counting.
    counted: u32,
    place: Place,
}

/// Recommendations, concerns and progress, in order.
pub(crate) fn propose(source: &Source, kind: &DocumentKind) -> Vec<Proposal> {
    let blocks = blocks(source);
    let begins = |block: &Block| {
        !is_contents(&block.text) && kind.begin.is_match(heading_words(&block.text))
    };
    let mut walk = Walk {
        kind,
        found: Vec::new(),
        cited: String::new(),
        section: None,
        heading: None,
        list: None,
        counted: 0,
        place: if blocks.iter().any(begins) {
            Place::Before
        } else {
            Place::Within
        },
    };
    for block in &blocks {
        walk.step(block);
    }
    walk.close();
    let dues = dues(&blocks, kind);
    let found = std::mem::take(&mut walk.found);
    found
        .into_iter()
        .map(|draft| finished(draft, kind, &dues))
        .collect()
}

/// When the next report is due, in the words of the document.
pub(crate) fn next_report(source: &Source, kind: &DocumentKind) -> Option<String> {
    if kind.next_report.is_empty() {
        return None;
    }
    let blocks = blocks(source);
    let when = blocks
        .iter()
        .rev()
        .find_map(|block| kind.next_report.group(&block.text, "when"));
    when.map(str::to_owned)
}

impl Walk<'_> {
    fn step(&mut self, block: &Block) {
        let text = block.text.as_str();
        let marked = mark(text);
        if self.is_item(marked, text) {
            if self.place != Place::After {
                self.item(block, marked);
            }
            return;
        }
        if self.heading(text) {
            return;
        }
        let from = match marked {
            Some((Mark::Plain(n), from)) => {
                self.cited = n.to_string();
                from
            }
            Some((Mark::Under(over, n), from)) => {
                self.cited = format!("{over}.{n}");
                from
            }
            Some((_, from)) => from,
            None => 0,
        };
        self.close();
        if self.place != Place::After {
            self.paragraph(block, from);
            // Lists go on after a paragraph in a section that says what they are.
            let of = self.section.filter(|item| self.takes(*item));
            if let (None, Some(item)) = (&self.list, of) {
                self.list = Some(List::of(item));
            }
        }
    }

    /// Takes a heading, if it is one.
    fn heading(&mut self, text: &str) -> bool {
        // A heading that is known may end with a colon.
        let bare = text.trim_end_matches([':', ' ']);
        if !is_heading(bare) {
            return false;
        }
        let words = heading_words(bare);
        let listed = is_contents(text);
        let begins = !listed && self.kind.begin.is_match(words);
        let ends = !listed && self.kind.end.is_match(words);
        let mut sections = self.kind.sections.iter();
        let section = sections.find(|(of, _)| of.is_match(words));
        let section = section.map(|(_, item)| *item);
        let who = self.kind.addressee_headings.group(words, "who");
        let named = begins || ends || section.is_some() || who.is_some();
        if !named && bare.len() < text.len() {
            return false;
        }
        // A sentence may open a list whose parts have headings.
        if self.list.as_ref().is_some_and(|list| list.style.is_some()) {
            self.close();
        }
        // Before there is anything to end, it stands in a table of contents.
        if ends
            && self
                .found
                .iter()
                .any(|draft| draft.item == Item::Recommendation)
        {
            self.close();
            self.place = Place::After;
        } else if begins {
            self.place = Place::Within;
        }
        self.heading = who.map(str::to_owned);
        self.section = section;
        if let Some(item) = section.filter(|item| self.takes(*item)) {
            let open = self.list.as_ref().is_some_and(|list| list.item == item);
            if !open {
                self.close();
                self.list = Some(List::of(item));
            }
        } else if who.is_some() && self.list.is_none() && self.takes(Item::Recommendation) {
            let item = Item::Recommendation;
            self.list = Some(List::of(item));
        }
        true
    }

    /// Whether a block is an item of the list that is open, or of a list within its item.
    fn is_item(&self, marked: Option<(Mark, usize)>, text: &str) -> bool {
        let Some(list) = &self.list else {
            return false;
        };
        let open = self.open_item().is_some_and(|text| text.ends_with(':'));
        let Some((mark, _)) = marked else {
            return self.is_unmarked_item(list, text);
        };
        match (list.style, mark) {
            (Some(style), _) if self.sub_style(list, style, mark, open).is_some() => true,
            (None, Mark::Letter(n)) => n == 1 || marks::letter_as_roman(n) == Some(1),
            (None, Mark::Roman(n)) => n == 1,
            (None, Mark::Bullet(_)) => true,
            (None, Mark::Plain(n)) => {
                (n == 1 || n == self.counted + 1)
                    && (self.counted == 0 || self.cited != (n - 1).to_string())
                    && !is_numbered_heading(text)
                    // A section whose paragraphs are numbered is no list of numbers.
                    && (list.lead.is_some() || self.heading.is_some() || n == 1)
            }
            (None, Mark::Under(over, n)) => n == 1 && self.cited == over.to_string(),
            (Some(Style::Letter), Mark::Letter(n)) => n > list.last && n <= list.last + 3,
            (Some(Style::Roman), Mark::Roman(n)) => n == list.last + 1,
            (Some(Style::Roman), Mark::Letter(n)) => {
                marks::letter_as_roman(n) == Some(list.last + 1)
            }
            (Some(Style::Plain), Mark::Plain(n)) => n == list.last + 1,
            (Some(Style::Plain), Mark::Under(over, n)) => {
                n == list.last + 1 && self.cited == over.to_string()
            }
            (Some(Style::Bullet(c)), Mark::Bullet(d)) => c == d,
            _ => false,
        }
    }

    fn is_unmarked_item(&self, list: &List, text: &str) -> bool {
        let opens = text.ends_with(':') && self.item_of(text) == Some(None);
        let goes_on = opens || [";", "; and", "; or"].iter().any(|end| text.ends_with(end));
        match list.style {
            None => list.lead.is_some() && goes_on,
            Some(Style::Unmarked) => self.open_item().is_some_and(|last| !last.ends_with('.')),
            Some(_) => false,
        }
    }

    /// The text of the item that is open, with what it ends with.
    fn open_item(&self) -> Option<&str> {
        self.found.last().map(|draft| draft.text.as_str())
    }

    /// The style of a list within an item, if the mark belongs to one.
    fn sub_style(&self, list: &List, style: Style, mark: Mark, open: bool) -> Option<Style> {
        let next = match list.under {
            Some(_) => true,
            None => open,
        };
        if !next {
            return None;
        }
        let as_roman =
            |n| marks::letter_as_roman(n).is_some() && Some(n) != list.last.checked_add(1);
        let this = match mark {
            Mark::Roman(_) => Style::Roman,
            Mark::Letter(n) if style == Style::Letter && !(as_roman(n) || open && n == 9) => {
                return None;
            }
            Mark::Letter(n) if marks::letter_as_roman(n).is_some() => Style::Roman,
            Mark::Letter(_) => Style::Letter,
            Mark::Bullet(c) => Style::Bullet(c),
            Mark::Plain(_) | Mark::Under(..) => return None,
        };
        let fits = this != style && list.under.is_none_or(|under| under == this);
        fits.then_some(this)
    }

    fn item(&mut self, block: &Block, marked: Option<(Mark, usize)>) {
        let open = self.open_item().is_some_and(|text| text.ends_with(':'));
        let from = marked.map_or(0, |(_, from)| from);
        let Some(list) = &self.list else {
            return;
        };
        let under = match (list.style, marked) {
            (Some(style), Some((mark, _))) => self.sub_style(list, style, mark, open),
            _ => None,
        };
        if let Some(under) = under {
            self.go_on(block, under);
            return;
        }
        let (style, n) = match marked.map(|(mark, _)| mark) {
            None => (Style::Unmarked, 0),
            Some(Mark::Letter(n)) => match (list.style, marks::letter_as_roman(n)) {
                (None, Some(roman)) | (Some(Style::Roman), Some(roman)) => (Style::Roman, roman),
                _ => (Style::Letter, n),
            },
            Some(Mark::Roman(n)) => (Style::Roman, n),
            Some(Mark::Plain(n) | Mark::Under(_, n)) => (Style::Plain, n),
            Some(Mark::Bullet(c)) => (Style::Bullet(c), 0),
        };
        let cited = match (style, marked) {
            (_, Some((Mark::Under(over, n), _))) => format!("{over}.{n}"),
            (Style::Plain, _) => n.to_string(),
            (Style::Letter | Style::Roman, Some((_, from))) => {
                let printed = block.text[..from]
                    .trim()
                    .trim_start_matches('(')
                    .trim_end_matches('.')
                    .trim_end_matches(')');
                format!("{}({printed})", self.cited)
            }
            _ => self.cited.clone(),
        };
        if style == Style::Plain {
            self.counted = n;
        }
        let item = list.item;
        let lead = list.lead.as_ref().map(|lead| lead.text.clone());
        if let Some(list) = &mut self.list {
            (list.style, list.last, list.under) = (Some(style), n, None);
        }
        let draft = self.draft(block, (from, block.text.len()), item, cited);
        self.found.push(Draft {
            lead,
            confidence: 0.9,
            ..draft
        });
    }

    /// A list within an item belongs to it.
    fn go_on(&mut self, block: &Block, under: Style) {
        if let Some(list) = &mut self.list {
            list.under = Some(under);
        }
        let (page, span) = block.place(0, block.text.len());
        let Some(draft) = self.found.last_mut() else {
            return;
        };
        if draft.text.len() + block.text.len() < 20_000 {
            draft.text.push(' ');
            draft.text.push_str(&block.text);
            if draft.page == page {
                draft.span.1 = span.1;
            }
        }
    }

    /// A paragraph is taken apart into what it praises, what it regrets and what it recommends.
    fn paragraph(&mut self, block: &Block, start: usize) {
        let text = &block.text[start..];
        let opens = text.ends_with(':') && self.kind.inherit;
        let mut parts: Vec<(Item, usize, usize)> = Vec::new();
        let mut goes_on = false;
        let all = sentences(text);
        let mut lead = None;
        for (n, (from, to)) in all.iter().copied().enumerate() {
            let sentence = &text[from..to];
            let item = self.item_of(sentence);
            if opens && n + 1 == all.len() {
                let last = parts.last().filter(|_| goes_on).map(|part| part.0);
                let of = item.unwrap_or(None).or(last.filter(|_| item.is_some()));
                lead = of.map(|item| (item, from, to));
                continue;
            }
            match item {
                // A mention ends what it stands in.
                None => goes_on = false,
                Some(None) => {
                    if let Some(part) = parts.last_mut().filter(|_| goes_on) {
                        part.2 = to;
                    }
                }
                Some(Some(item)) => match parts.last_mut().filter(|part| goes_on && part.0 == item)
                {
                    Some(part) => part.2 = to,
                    None => {
                        parts.push((item, from, to));
                        goes_on = true;
                    }
                },
            }
        }
        for (item, from, to) in parts {
            let draft = self.draft(block, (start + from, start + to), item, self.cited.clone());
            self.found.push(draft);
        }
        if let Some((item, from, to)) = lead {
            let draft = self.draft(block, (start + from, start + to), item, self.cited.clone());
            self.list = Some(List {
                item,
                lead: Some(draft),
                style: None,
                last: 0,
                under: None,
            });
        }
    }

    /// Whether such proposals are taken from where the walk is.
    fn takes(&self, item: Item) -> bool {
        match self.place {
            Place::Before => item != Item::Recommendation,
            Place::Within => true,
            Place::After => false,
        }
    }

    /// What a sentence is: `None` if it only mentions a recommendation, `Some(None)` if it says nothing of it.
    fn item_of(&self, sentence: &str) -> Option<Option<Item>> {
        if self.kind.mention.is_match(sentence)
            || self.kind.follow_up.is_match(sentence)
            || self.kind.next_report.is_match(sentence)
        {
            return None;
        }
        let mut marks = self.kind.marks.iter();
        let item = marks
            .find(|(of, _)| of.is_match(sentence))
            .map(|(_, item)| *item);
        match item {
            Some(item) if !self.takes(item) => None,
            item => Some(item),
        }
    }

    fn draft(
        &self,
        block: &Block,
        (from, to): (usize, usize),
        item: Item,
        paragraph: String,
    ) -> Draft {
        let (page, span) = block.place(from, to);
        Draft {
            paragraph,
            text: block.text[from..to].to_owned(),
            item,
            page,
            span,
            lead: None,
            confidence: if self.section == Some(item) { 0.9 } else { 0.8 },
            heading: self.heading.clone(),
        }
    }

    /// Ends the list that is open. A sentence that no items followed stands for itself.
    fn close(&mut self) {
        if let Some(List {
            lead: Some(lead),
            style: None,
            ..
        }) = self.list.take()
        {
            self.found.push(Draft {
                confidence: 0.5,
                ..lead
            });
        }
    }
}

/// The words of a heading without its number, the mark of a note and a colon.
fn heading_words(text: &str) -> &str {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:(?:[IVX]+|[A-Z])\.\s*|(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]+ [-–])\s+)")
    });
    let from = NUMBER.find(text).map_or(0, |found| found.end());
    text[from..]
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '*' || c == ':' || c.is_whitespace())
}

#[allow(clippy::expect_used)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant")
}

/// A line of a table of contents: a heading and its page.
fn is_contents(text: &str) -> bool {
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
    words.len() < text.len() && words.ends_with(' ') && text.split_whitespace().count() > 1
}

/// A short line that ends with no stop and is no item of a list.
fn is_heading(text: &str) -> bool {
    let words = heading_words(text);
    let shape = words.len() <= 140
        && words.split_whitespace().count() <= 18
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !text.ends_with(['.', ';', ':', ',', '?', '!'])
        && !text.ends_with(".)");
    shape
        && !matches!(
            mark(text),
            Some((Mark::Letter(_) | Mark::Roman(_) | Mark::Bullet(_), _))
        )
}

fn is_numbered_heading(text: &str) -> bool {
    is_heading(text) && text.split_whitespace().count() <= 6
}

/// What a follow-up paragraph asks for: the paragraph, its letter if it names one, and by when.
#[derive(Debug, PartialEq, Eq)]
struct Due {
    /// `None` means every recommendation.
    paragraph: Option<(u32, Option<char>)>,
    words: String,
}

fn dues(blocks: &[Block], kind: &DocumentKind) -> Vec<Due> {
    static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<all>\bparagraphs?\b|\bparas?\.)|\((?P<letter>[a-z])\)|(?P<to>\bto\b|[–-])|(?P<n>\d+)",
        )
    });
    let mut dues = Vec::new();
    for block in blocks {
        for (from, to) in sentences(&block.text) {
            let text = &block.text[from..to];
            if !kind.follow_up.is_match(text) {
                continue;
            }
            let mut times: Vec<(usize, usize)> = Vec::new();
            let mut at = 0;
            while let Some((a, b)) = text
                .get(at..)
                .and_then(|rest| kind.follow_up_due.find(rest))
            {
                if b == 0 || times.len() > 20 {
                    break;
                }
                times.push((at + a, at + b));
                at += b;
            }
            let Some(first) = times.first().copied() else {
                continue;
            };
            let time = |at: usize| {
                let before = times.iter().rev().find(|(_, end)| *end <= at);
                let (a, b) = before.copied().unwrap_or(first);
                text[a..b].to_owned()
            };
            let (mut refers, mut last, mut range) = (false, None::<(u32, Option<char>)>, false);
            let counted = dues.len();
            for token in TOKEN.captures_iter(text) {
                let Some(whole) = token.get(0) else { continue };
                let at = whole.start();
                let in_time = times.iter().any(|(a, b)| (*a..*b).contains(&at));
                if in_time || dues.len() > 1_000 {
                    continue;
                }
                // A number within a symbol or a word is no paragraph.
                let alone = !text[..at]
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.'))
                    && !text[whole.end()..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
                if token.name("all").is_some() {
                    (refers, range) = (true, false);
                } else if token.name("to").is_some() {
                    range = last.is_some();
                } else if let Some(letter) = token
                    .name("letter")
                    .and_then(|found| found.as_str().chars().next())
                {
                    if let Some((n, before)) = last.filter(|_| refers) {
                        // The paragraph itself was noted when its number was read.
                        if before.is_none() {
                            dues.pop();
                        }
                        let first = before
                            .filter(|_| range)
                            .map_or(letter, |before| next_letter(before).min(letter));
                        for letter in first..=letter {
                            dues.push(Due {
                                paragraph: Some((n, Some(letter))),
                                words: time(at),
                            });
                        }
                        last = Some((n, Some(letter)));
                    }
                    range = false;
                } else if let (true, true, Ok(n)) = (
                    refers,
                    alone && whole.len() <= 3,
                    whole.as_str().parse::<u32>(),
                ) {
                    let first = match last {
                        Some((before, None)) if range && before < n && n - before < 50 => {
                            before + 1
                        }
                        _ => n,
                    };
                    for n in first..=n {
                        dues.push(Due {
                            paragraph: Some((n, None)),
                            words: time(at),
                        });
                    }
                    (last, range) = (Some((n, None)), false);
                } else {
                    range = false;
                }
            }
            if dues.len() == counted && kind.follow_up_all {
                dues.push(Due {
                    paragraph: None,
                    words: time(0),
                });
            }
        }
    }
    dues
}

fn next_letter(letter: char) -> char {
    char::from_u32(u32::from(letter) + 1).unwrap_or(letter)
}

impl Due {
    fn is_for(&self, cited: &str) -> bool {
        let Some((n, letter)) = self.paragraph else {
            return true;
        };
        let (number, rest) = cited.split_once('(').unwrap_or((cited, ""));
        let same = number == n.to_string();
        same && letter
            .is_none_or(|letter| rest.strip_suffix(')') == Some(letter.to_string().as_str()))
    }
}

fn finished(draft: Draft, kind: &DocumentKind, dues: &[Due]) -> Proposal {
    let text = draft.text.trim();
    let text = text
        .strip_suffix("; and")
        .or(text.strip_suffix("; or"))
        .unwrap_or(text);
    let text = text.trim_end_matches([';', '.', ' ']).to_owned();
    let lead = draft.lead.as_deref();
    let recommends = draft.item == Item::Recommendation;
    let addressee = recommends.then(|| {
        kind.addressees
            .group(&draft.text, "who")
            .or_else(|| lead.and_then(|lead| kind.addressees.group(lead, "who")))
            .or(draft.heading.as_deref())
            .or(kind.addressee.as_deref())
            .map(str::to_owned)
    });
    let due = recommends.then(|| {
        let own = kind.due.group(&draft.text, "due");
        own.or_else(|| lead.and_then(|lead| kind.due.group(lead, "due")))
            .or_else(|| {
                dues.iter()
                    .find(|due| due.is_for(&draft.paragraph))
                    .map(|due| due.words.as_str())
            })
            .map(str::to_owned)
    });
    let odd = text.len() < 12 || text.len() > 4_000;
    Proposal {
        paragraph: draft.paragraph,
        text,
        states: Vec::new(),
        reply: None,
        page: draft.page,
        span: draft.span,
        confidence: if odd {
            draft.confidence.min(0.5)
        } else {
            draft.confidence
        },
        doubt: if odd {
            Some(Doubt::Length)
        } else {
            (draft.confidence < 0.85).then_some(Doubt::ByWords)
        },
        kind: draft.item,
        addressee: addressee.flatten(),
        due: due.flatten(),
        lead: draft.lead,
    }
}
