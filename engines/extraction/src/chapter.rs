//! The chapter of conclusions, followed by its numbering.

use std::collections::HashSet;

use crate::{
    Reply,
    numbering::{Number, letters, number},
    page,
    propose::Paragraph,
    rules,
    split::names_states,
};

/// The most bytes of an item that is taken apart or goes on; real ones have a tenth of it.
pub(crate) const LONGEST: usize = 20_000;

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

/// What numbering was last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Under,
    Letter,
}

/// The most bytes of a heading between lists.
const HEADING: usize = 200;

/// How many items may be lost, or left out by the report, before the next one is no longer believed to be of the list.
const SKIPPED: u32 = 25;

struct Walk {
    /// The paragraph of the report that announced the list.
    main: Option<u32>,
    /// Whether a heading without a number announced it.
    headed: bool,
    style: Option<Style>,
    last: u32,
    /// The last number of the lists before, where they go on counting.
    counted: u32,
    reply: Option<Reply>,
    comments: bool,
    items: Vec<Item>,
    announced: Vec<(String, Option<Reply>)>,
    open: bool,
}

/// What a chapter holds: its items, and the paragraphs that announce or answer them with the replies that they state.
pub(crate) struct Chapter {
    pub(crate) items: Vec<Item>,
    pub(crate) announced: Vec<(String, Option<Reply>)>,
}

pub(crate) fn read_chapter(all: &[Paragraph<'_>]) -> Chapter {
    let words: HashSet<String> = all
        .iter()
        .flat_map(|p| p.text.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.len() > 3)
        .map(str::to_lowercase)
        .collect();
    let mut walk = Walk {
        main: None,
        headed: false,
        style: None,
        last: 0,
        counted: 0,
        reply: None,
        comments: false,
        items: Vec::new(),
        announced: Vec::new(),
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
    Chapter {
        items: walk.items,
        announced: walk.announced,
    }
}

/// How many items are looked at to see whether states sign here.
const LOOKED_BACK: usize = 8;

/// Whether a text ends with what may be a list of states.
fn is_signed(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || ";.:,*".contains(c))
        .ends_with([')', ']'])
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
        // Text that was taken off a page has its running head and its number in the way.
        if page::is_furniture(text) {
            return;
        }
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
                    None => n == 1 || (self.counted > 0 && n == self.counted + 1),
                    _ => n == 1,
                };
                if main_next && (announces || !item_next) && (self.main.is_some() || announces) {
                    self.announce(n, rest);
                    return;
                }
                if item_next && !self.comments && self.announced() {
                    let cited = self
                        .main
                        .map_or(n.to_string(), |main| format!("{main}.{n}"));
                    self.begin(Style::Plain, n, cited, rest, paragraph);
                    return;
                }
            }
            Some((Number::Letter(n), rest)) => {
                let next = match self.style {
                    None => n == 1 || (self.counted > 0 && n == self.counted + 1),
                    Some(Style::Letter) => n == self.last + 1,
                    _ => false,
                };
                if next && !self.comments && self.announced() {
                    let main = self.main.map(|main| main.to_string());
                    let cited = format!("{}({})", main.unwrap_or_default(), letters(n));
                    self.begin(Style::Letter, n, cited, rest, paragraph);
                    return;
                }
            }
            None => {
                if let Some((n, rest)) = self.without_dot(text) {
                    let main = self.main.unwrap_or_default();
                    let style = self.style.unwrap_or(Style::Plain);
                    self.begin(style, n, format!("{main}.{n}"), rest, paragraph);
                    return;
                }
                if self.is_heading(text) {
                    self.answer(text);
                    self.headed = true;
                    return;
                }
            }
        }
        self.go_on(text, paragraph, words);
    }

    /// Whether there is a list that items may belong to.
    fn announced(&self) -> bool {
        self.main.is_some() || self.headed
    }

    /// The next number of the list, where its dot was forgotten: `73 Take`, `98.4 take`.
    fn without_dot<'t>(&self, text: &'t str) -> Option<(u32, &'t str)> {
        let (number, rest) = text.split_once(' ')?;
        let main = self.main.filter(|_| !is_within(self))?;
        let next = self.last + 1;
        let is_next = match self.style {
            Some(Style::Plain) => {
                number.parse() == Ok(next) && rest.starts_with(char::is_uppercase)
            }
            Some(Style::Under) => {
                number == format!("{main}.{next}") && rest.starts_with(char::is_alphabetic)
            }
            _ => false,
        };
        is_next.then_some((next, rest))
    }

    /// A line without a number that says how what follows it was answered: `B. Recommendations that do not enjoy the support
    /// of Lakeland`.
    fn is_heading(&self, text: &str) -> bool {
        let between = self.items.is_empty() || (self.style.is_some() && !is_within(self));
        between
            && text.len() <= HEADING
            && !text.ends_with([';', '.'])
            && rules::HEADED.is_match(text)
            && rules::reply(text).is_some()
    }

    /// A paragraph of the report that speaks of the recommendations after it.
    fn announce(&mut self, n: u32, text: &str) {
        self.main = Some(n);
        self.announced.push((text.to_owned(), rules::reply(text)));
        self.answer(text);
    }

    fn answer(&mut self, text: &str) {
        if matches!(self.style, Some(Style::Plain | Style::Letter)) {
            self.counted = self.last;
        }
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

    /// Whether the item that is being read ended before a line. A sign at the end of a line is no proof: a long item breaks
    /// behind a semicolon too, and where the others are signed by states, one that is not goes on.
    fn has_ended(&self, line: &str) -> bool {
        let Some((item, before)) = self.items.split_last() else {
            return true;
        };
        let text = item.text.trim_end();
        if !text.ends_with([';', '.', ':']) || number(line).is_some() {
            return false;
        }
        let small = line.starts_with(|c: char| c.is_lowercase() || c == '(');
        if !text.ends_with('.') && (small || names_states(line)) {
            return false;
        }
        let signed = before.iter().rev().take(LOOKED_BACK);
        let (mut with, mut all) = (0, 0);
        for item in signed {
            with += usize::from(is_signed(&item.text));
            all += 1;
        }
        is_signed(text) || with * 2 <= all
    }

    fn go_on(&mut self, text: &str, paragraph: &Paragraph<'_>, words: &HashSet<String>) {
        if !self.open {
            if let Some((said, reply)) = self.announced.last_mut()
                && self.style.is_none()
                && said.len() < LONGEST
            {
                said.push(' ');
                said.push_str(text);
                *reply = reply.or_else(|| rules::reply(said));
            }
            if self.style.is_none() && self.main.is_some() && self.reply.is_none() {
                self.reply = rules::reply(text);
            }
            return;
        }
        let ended = self.has_ended(text);
        let Some(item) = self.items.last_mut() else {
            return;
        };
        if ended || item.text.len() > LONGEST {
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
