//! The chapter of conclusions, followed by its numbering.

use std::collections::HashSet;

use crate::{
    Doubt, Kinds, Page, Proposal, Reply, Source,
    numbering::{Number, number},
    observations, page, rules,
    split::{Part, split, treaties},
    walk,
};

/// A paragraph with its place.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph<'a> {
    pub(crate) page: u32,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) text: &'a str,
}

pub(crate) fn paragraphs(pages: &[Page]) -> Vec<Paragraph<'_>> {
    let mut all = Vec::new();
    for page in pages {
        let mut from = 0;
        for line in page.text.split('\n') {
            if !line.trim().is_empty() {
                all.push(Paragraph {
                    page: page.number,
                    from,
                    to: from + line.len(),
                    text: line,
                });
            }
            from += line.len() + 1;
        }
    }
    all
}

/// The most bytes of an item that is taken apart or goes on; real ones have a tenth of it.
const LONGEST: usize = 20_000;

/// A numbered item while it is read.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) paragraph: String,
    pub(crate) text: String,
    pub(crate) reply: Option<Reply>,
    /// Whether the reply stands after the list and speaks of all that is in it.
    pub(crate) answered_after: bool,
    pub(crate) page: u32,
    pub(crate) span: (usize, usize),
}

/// Finds the recommendations of a document, in order; in a document of one of the built-in [`Kinds`] also concerns and progress.
pub fn propose(source: &Source) -> Vec<Proposal> {
    propose_with(source, &Kinds::default())
}

/// The same with the kinds of documents given.
pub fn propose_with(source: &Source, kinds: &Kinds) -> Vec<Proposal> {
    if let Some(kind) = kinds.of(source) {
        let found = walk::propose(source, kind);
        if !found.is_empty() {
            return found;
        }
    }
    let all = paragraphs(&source.pages);
    let chapter = all.iter().rposition(|p| {
        rules::CHAPTER.is_match(p.text.trim_matches(['*', ' ']))
            && !rules::CONTENTS.is_match(p.text)
    });
    let items = match chapter {
        Some(at) => read_chapter(&all[at + 1..], None),
        None => {
            let announced = all.iter().position(|p| {
                rules::reply(p.text).is_some()
                    && rules::MAIN.is_match(p.text)
                    && p.text.trim_end().ends_with(':')
            });
            announced.map_or_else(Vec::new, |at| read_chapter(&all[at..], None))
        }
    };
    if items.is_empty() {
        return observations::propose(&all);
    }
    // An item that grows repeats its beginning for each set of states. Real reports stay far below twice their text; one
    // made to multiply is no longer taken apart.
    let mut left = 2 * all.iter().map(|p| p.text.len()).sum::<usize>();
    let mut found = Vec::new();
    for item in items {
        let of = if left == 0 || item.text.len() > LONGEST {
            vec![whole(&item)]
        } else {
            proposals(&item)
        };
        let written = of.iter().map(|p| p.text.len()).sum();
        left = left.saturating_sub(written);
        found.extend(of);
    }
    doubted(found)
}

/// What numbering was last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Under,
    Letter,
}

/// How many items may be lost, or left out by the report, before the next one is no longer believed to be of the list.
const SKIPPED: u32 = 25;

struct Walk {
    main: Option<u32>,
    style: Option<Style>,
    last: u32,
    reply: Option<Reply>,
    comments: bool,
    items: Vec<Item>,
    open: bool,
}

fn read_chapter(all: &[Paragraph<'_>], main: Option<u32>) -> Vec<Item> {
    let words: HashSet<String> = all
        .iter()
        .flat_map(|p| p.text.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.len() > 3)
        .map(str::to_lowercase)
        .collect();
    let mut walk = Walk {
        main,
        style: None,
        last: 0,
        reply: None,
        comments: false,
        items: Vec::new(),
        open: false,
    };
    for (n, paragraph) in all.iter().enumerate() {
        let text = paragraph.text.trim();
        if n > 0
            && rules::END.is_match(text)
            && !(walk.open && !text.starts_with(char::is_numeric) && is_within(&walk))
        {
            break;
        }
        walk.step(paragraph, &words);
    }
    walk.items
}

/// Whether the item that is being read cannot have ended yet.
fn is_within(walk: &Walk) -> bool {
    walk.items
        .last()
        .is_some_and(|item| !item.text.trim_end().ends_with(['.', ';', ':', ')']))
}

impl Walk {
    fn step(&mut self, paragraph: &Paragraph<'_>, words: &HashSet<String>) {
        let text = paragraph.text.trim();
        match number(text) {
            Some((Number::Under(over, n), rest)) => {
                let fits = self.main.is_none_or(|main| {
                    over == main || over == main + 1 || (n == 1 && over > main && over <= main + 3)
                });
                let next = self.style != Some(Style::Under)
                    || self.main != Some(over)
                    || (n > self.last && n <= self.last + SKIPPED);
                if fits && next && !self.comments {
                    self.main = Some(over);
                    self.begin(Style::Under, n, format!("{over}.{n}"), rest, paragraph);
                    return;
                }
            }
            Some((Number::Plain(n), rest)) => {
                let main_next = self.main.is_none_or(|main| n > main && n <= main + 2);
                let announces = rules::MAIN.is_match(rest) || rules::COMMENTS.is_match(rest);
                let item_next = match self.style {
                    Some(Style::Plain) => n == self.last + 1 || n == self.last + 2,
                    _ => n == 1,
                };
                if main_next && (announces || !item_next) && (self.main.is_some() || announces) {
                    self.announce(n, rest);
                    return;
                }
                if item_next && !self.comments && self.main.is_some() {
                    let cited = self
                        .main
                        .map_or(n.to_string(), |main| format!("{main}.{n}"));
                    self.begin(Style::Plain, n, cited, rest, paragraph);
                    return;
                }
            }
            Some((Number::Letter(n), rest)) => {
                let next = match self.style {
                    None => n == 1,
                    Some(Style::Letter) => n == self.last + 1,
                    _ => false,
                };
                if next && !self.comments && self.main.is_some() {
                    let letter = char::from(b'a' + u8::try_from(n.min(26) - 1).unwrap_or(0));
                    let cited = self
                        .main
                        .map_or(String::new(), |main| format!("{main}({letter})"));
                    self.begin(Style::Letter, n, cited, rest, paragraph);
                    return;
                }
            }
            None => {
                if let Some((n, rest)) = self.without_dot(text) {
                    let main = self.main.unwrap_or_default();
                    self.begin(Style::Plain, n, format!("{main}.{n}"), rest, paragraph);
                    return;
                }
            }
        }
        self.go_on(text, paragraph, words);
    }

    /// The next number of the list, where its dot was forgotten: `73 Take`.
    fn without_dot<'t>(&self, text: &'t str) -> Option<(u32, &'t str)> {
        let (number, rest) = text.split_once(' ')?;
        let next = self.style == Some(Style::Plain) && self.main.is_some() && !is_within(self);
        let n = number
            .parse()
            .ok()
            .filter(|n| next && *n == self.last + 1)?;
        rest.starts_with(char::is_uppercase).then_some((n, rest))
    }

    /// A paragraph of the report that speaks of the recommendations after it.
    fn announce(&mut self, n: u32, text: &str) {
        self.main = Some(n);
        self.style = None;
        self.last = 0;
        self.open = false;
        self.comments = rules::COMMENTS.is_match(text);
        // "These recommendations will be examined" speaks of those before it.
        if let Some(reply) = rules::reply(text).filter(|_| rules::OF_THE_FORMER.is_match(text)) {
            for item in self.items.iter_mut().filter(|item| item.reply.is_none()) {
                (item.reply, item.answered_after) = (Some(reply), true);
            }
        }
        self.reply = rules::reply(text).or(self.reply.filter(|_| !rules::MAIN.is_match(text)));
    }

    fn begin(
        &mut self,
        style: Style,
        n: u32,
        cited: String,
        text: &str,
        paragraph: &Paragraph<'_>,
    ) {
        self.style = Some(style);
        self.last = n;
        self.open = true;
        self.items.push(Item {
            paragraph: cited,
            text: text.to_owned(),
            reply: self.reply,
            answered_after: false,
            page: paragraph.page,
            span: (paragraph.from, paragraph.to),
        });
    }

    fn go_on(&mut self, text: &str, paragraph: &Paragraph<'_>, words: &HashSet<String>) {
        if !self.open {
            if self.style.is_none() && self.main.is_some() && self.reply.is_none() {
                self.reply = rules::reply(text);
            }
            return;
        }
        let Some(item) = self.items.last_mut() else {
            return;
        };
        let ended = item.text.trim_end().ends_with([';', '.', ':']);
        let numbered = number(text).is_some();
        if (ended && !numbered) || item.text.len() > LONGEST {
            self.open = false;
            return;
        }
        page::join(&mut item.text, text, words);
        item.text.push_str(text);
        if item.page == paragraph.page {
            item.span.1 = paragraph.to;
        }
    }
}

/// An item as it stands, not taken apart.
fn whole(item: &Item) -> Proposal {
    Proposal {
        paragraph: item.paragraph.clone(),
        text: item.text.trim().to_owned(),
        states: Vec::new(),
        reply: item.reply,
        page: item.page,
        span: item.span,
        confidence: 0.3,
        doubt: Some(Doubt::Length),
        kind: crate::Item::Recommendation,
        addressee: None,
        due: None,
        lead: None,
    }
}

fn proposals(item: &Item) -> Vec<Proposal> {
    let parts = split(&item.text);
    let shared = parts.len() > 1;
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        // What was singled out to be answered later is answered treaty by treaty.
        let later = item.reply == Some(Reply::Later) && !item.answered_after;
        let lists = later && part.states.len() == 1;
        match treaties::apart(&part.text).filter(|_| lists) {
            Some(single) => all.extend(single.into_iter().map(|text| Part {
                text,
                states: part.states.clone(),
                shared: true,
            })),
            None => all.push(part),
        }
    }
    all.into_iter()
        .map(|part| Proposal {
            paragraph: item.paragraph.clone(),
            doubt: if part.shared {
                Some(Doubt::Shared)
            } else if part.states.is_empty() {
                Some(Doubt::NoState)
            } else if part.text.len() > 1_500 || part.text.len() < 12 {
                Some(Doubt::Length)
            } else {
                None
            },
            confidence: if shared { 0.85 } else { 0.95 },
            text: sentence(part.text),
            states: part.states,
            reply: item.reply,
            page: item.page,
            span: item.span,
            kind: crate::Item::Recommendation,
            addressee: None,
            due: None,
            lead: None,
        })
        .collect()
}

/// A recommendation begins with a capital, also where it stood in the middle of an item.
fn sentence(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        _ => text,
    }
}

fn doubted(mut found: Vec<Proposal>) -> Vec<Proposal> {
    // Where nobody signs, a missing state is no doubt.
    let signed = found.iter().filter(|p| !p.states.is_empty()).count() * 2 > found.len();
    for proposal in &mut found {
        match proposal.doubt {
            Some(Doubt::NoState) if signed => proposal.confidence = 0.5,
            Some(Doubt::NoState) => proposal.doubt = None,
            Some(_) => proposal.confidence = proposal.confidence.min(0.7),
            None => {}
        }
    }
    found
}
