//! The kinds of documents that are known by their words, as data: a new kind is a file, not code.
//!
//! A kind is a TOML file; those under `kinds/` are built in and show every key. Patterns are regular expressions; `<<name>>`
//! in one stands for the pattern of that name under `[words]`, of the kind or of `kinds/words.toml`.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use thiserror::Error;

use crate::{Item, Source, rules};

/// Kinds of documents, in the order in which they are tried.
#[derive(Debug, Clone)]
pub struct Kinds(Vec<Arc<DocumentKind>>);

/// What is wrong with a kind.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KindsError {
    /// It is not the TOML of a kind; the message names line and key.
    #[error("{0}")]
    Toml(String),
    /// A key has a value that cannot be used.
    #[error("{key}: {cause}")]
    Key {
        /// As in `marks.concern[2]`.
        key: String,
        /// What is wrong with it.
        cause: String,
    },
}

/// What a document is and what it says of its successor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The name of its kind: `upr`, or that of one of the [`Kinds`].
    pub kind: Option<String>,
    /// When the next report is due, as the document says it.
    pub next_report: Option<String>,
}

const BUILT_IN: [&str; 8] = [
    include_str!("../kinds/treaty-body.toml"),
    include_str!("../kinds/special-procedures.toml"),
    include_str!("../kinds/fcnm.toml"),
    include_str!("../kinds/cpt.toml"),
    include_str!("../kinds/ecri.toml"),
    include_str!("../kinds/grevio.toml"),
    include_str!("../kinds/european-commission.toml"),
    include_str!("../kinds/ombudsperson.toml"),
];

impl Default for Kinds {
    /// The kinds that are built in. They are compiled once; a copy costs nothing.
    #[allow(clippy::expect_used)]
    fn default() -> Self {
        static BUILT: LazyLock<Kinds> = LazyLock::new(|| {
            let built_in = BUILT_IN
                .iter()
                .map(|text| DocumentKind::read(text).map(Arc::new));
            Kinds(
                built_in
                    .collect::<Result<_, _>>()
                    .expect("the kinds are constant"),
            )
        });
        BUILT.clone()
    }
}

impl Kinds {
    /// Reads one kind.
    ///
    /// # Errors
    /// [`KindsError`], which names the key.
    pub fn read(toml: &str) -> Result<Kinds, KindsError> {
        Ok(Kinds(vec![Arc::new(DocumentKind::read(toml)?)]))
    }

    /// These kinds and after them others; of two with one name the first holds.
    #[must_use]
    pub fn and(mut self, others: Kinds) -> Kinds {
        for kind in others.0 {
            if self.0.iter().all(|own| own.name != kind.name) {
                self.0.push(kind);
            }
        }
        self
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|kind| kind.name.as_str())
    }

    /// The kind that the symbol or, failing that, the first title of a document shows.
    pub(crate) fn of(&self, source: &Source) -> Option<&DocumentKind> {
        let head = head(source);
        if let Some(symbol) = &source.symbol {
            let by_symbol = self.0.iter().find(|kind| kind.symbols.is_match(symbol));
            if let Some(kind) = by_symbol {
                return Some(kind);
            }
        }
        if rules::UPR.is_match(&head) || is_review(source) {
            return None;
        }
        let title = |kind: &DocumentKind| kind.titles.find(&head).map(|(at, _)| at);
        let found = self.0.iter().filter_map(|kind| Some((title(kind)?, kind)));
        // The first of those that begin at one place.
        found.min_by_key(|(at, _)| *at).map(|(_, kind)| &**kind)
    }
}

/// What a document is and what it says of the next.
pub fn document_facts(source: &Source, kinds: &Kinds) -> Facts {
    match kinds.of(source) {
        Some(kind) => Facts {
            kind: Some(kind.name.clone()),
            next_report: crate::walk::next_report(source, kind),
        },
        None => Facts {
            kind: rules::UPR.is_match(&head(source)).then(|| "upr".to_owned()),
            next_report: None,
        },
    }
}

/// Whether a document without the title of one is a report of the Universal Periodic Review: its chapter says so.
fn is_review(source: &Source) -> bool {
    let lines = || source.pages.iter().flat_map(|page| page.text.lines());
    lines().any(|line| rules::CHAPTER.is_match(line.trim_matches(['*', ' '])))
        && lines().any(|line| rules::OF_REVIEW.is_match(line))
}

/// The beginning of a document, in one line.
fn head(source: &Source) -> String {
    let mut head = String::new();
    let words = source.pages.iter().take(3);
    for word in words.flat_map(|page| page.text.split_whitespace()) {
        if head.len() + word.len() > 6_000 {
            break;
        }
        head.push_str(word);
        head.push(' ');
    }
    head
}

/// Patterns of which any may match.
#[derive(Debug, Clone, Default)]
pub(crate) struct Any(Vec<Regex>);

impl Any {
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.0.iter().any(|one| one.is_match(text))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where the earliest match begins and ends.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, usize)> {
        let found = self.0.iter().filter_map(|one| one.find(text));
        found.map(|found| (found.start(), found.end())).min()
    }

    /// What the named group of the first pattern that matches holds.
    pub(crate) fn group<'a>(&self, text: &'a str, name: &str) -> Option<&'a str> {
        self.0
            .iter()
            .find_map(|one| one.captures(text)?.name(name))
            .map(|found| found.as_str())
    }
}

/// A kind of documents, compiled.
#[derive(Debug, Clone)]
pub(crate) struct DocumentKind {
    pub(crate) name: String,
    symbols: Any,
    titles: Any,
    pub(crate) begin: Any,
    pub(crate) end: Any,
    pub(crate) sections: [(Any, Item); 3],
    pub(crate) marks: [(Any, Item); 3],
    pub(crate) mention: Any,
    pub(crate) inherit: bool,
    pub(crate) addressee: Option<String>,
    pub(crate) addressees: Any,
    pub(crate) addressee_headings: Any,
    pub(crate) due: Any,
    pub(crate) follow_up: Any,
    pub(crate) follow_up_due: Any,
    pub(crate) follow_up_all: bool,
    pub(crate) next_report: Any,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    words: BTreeMap<String, String>,
    recognise: Recognise,
    #[serde(default)]
    chapter: Chapter,
    #[serde(default)]
    sections: ByItem,
    marks: Marks,
    #[serde(default)]
    list: List,
    #[serde(default)]
    addressee: Addressee,
    #[serde(default)]
    due: Patterns,
    #[serde(default)]
    follow_up: FollowUp,
    #[serde(default)]
    next_report: Patterns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recognise {
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Chapter {
    #[serde(default)]
    begin: Vec<String>,
    #[serde(default)]
    end: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct ByItem {
    #[serde(default)]
    recommendation: Vec<String>,
    #[serde(default)]
    concern: Vec<String>,
    #[serde(default)]
    progress: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    recommendation: Vec<String>,
    #[serde(default)]
    concern: Vec<String>,
    #[serde(default)]
    progress: Vec<String>,
    #[serde(default)]
    mention: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    inherit: bool,
}

impl Default for List {
    fn default() -> Self {
        List { inherit: true }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Addressee {
    default: Option<String>,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    headings: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Patterns {
    #[serde(default)]
    patterns: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct FollowUp {
    #[serde(default)]
    paragraph: Vec<String>,
    #[serde(default)]
    due: Vec<String>,
    #[serde(default)]
    all: bool,
}

#[derive(Deserialize)]
struct Words {
    words: BTreeMap<String, String>,
}

/// Bytes of a kind, of a pattern with its words put in, and of a compiled pattern.
const LARGEST: (usize, usize, usize) = (100_000, 20_000, 4 << 20);

fn wrong(key: &str, cause: impl std::fmt::Display) -> KindsError {
    KindsError::Key {
        key: key.to_owned(),
        cause: cause.to_string(),
    }
}

impl DocumentKind {
    fn read(text: &str) -> Result<DocumentKind, KindsError> {
        if text.len() > LARGEST.0 {
            return Err(KindsError::Toml(format!(
                "a kind has at most {} bytes",
                LARGEST.0
            )));
        }
        let toml = |error: toml::de::Error| KindsError::Toml(error.to_string());
        let kind: Written = toml::from_str(text).map_err(toml)?;
        let shared: Words = toml::from_str(include_str!("../kinds/words.toml")).map_err(toml)?;
        let mut words = shared.words;
        words.extend(kind.words);
        let any = |key: &str, patterns: &[String]| compile(key, patterns, None, &words);
        let with =
            |key: &str, patterns: &[String], group| compile(key, patterns, Some(group), &words);
        let name = kind.name.trim().to_owned();
        if name.is_empty() || name == "upr" {
            return Err(wrong("name", "a kind needs a name of its own"));
        }
        if kind.recognise.symbols.is_empty() && kind.recognise.titles.is_empty() {
            return Err(wrong(
                "recognise",
                "a kind is known by symbols or by titles",
            ));
        }
        Ok(DocumentKind {
            name,
            symbols: any("recognise.symbols", &kind.recognise.symbols)?,
            titles: any("recognise.titles", &kind.recognise.titles)?,
            begin: any("chapter.begin", &kind.chapter.begin)?,
            end: any("chapter.end", &kind.chapter.end)?,
            sections: [
                (
                    any("sections.recommendation", &kind.sections.recommendation)?,
                    Item::Recommendation,
                ),
                (
                    any("sections.concern", &kind.sections.concern)?,
                    Item::Concern,
                ),
                (
                    any("sections.progress", &kind.sections.progress)?,
                    Item::Progress,
                ),
            ],
            marks: [
                (
                    any("marks.recommendation", &kind.marks.recommendation)?,
                    Item::Recommendation,
                ),
                (any("marks.concern", &kind.marks.concern)?, Item::Concern),
                (any("marks.progress", &kind.marks.progress)?, Item::Progress),
            ],
            mention: any("marks.mention", &kind.marks.mention)?,
            inherit: kind.list.inherit,
            addressee: kind.addressee.default,
            addressees: with("addressee.patterns", &kind.addressee.patterns, "who")?,
            addressee_headings: with("addressee.headings", &kind.addressee.headings, "who")?,
            due: with("due.patterns", &kind.due.patterns, "due")?,
            follow_up: any("follow_up.paragraph", &kind.follow_up.paragraph)?,
            follow_up_due: any("follow_up.due", &kind.follow_up.due)?,
            follow_up_all: kind.follow_up.all,
            next_report: with("next_report.patterns", &kind.next_report.patterns, "when")?,
        })
    }
}

fn compile(
    key: &str,
    patterns: &[String],
    group: Option<&str>,
    words: &BTreeMap<String, String>,
) -> Result<Any, KindsError> {
    let one = |(n, text): (usize, &String)| {
        let key = format!("{key}[{n}]");
        let text = put_in(text, words).map_err(|cause| wrong(&key, cause))?;
        let compiled = RegexBuilder::new(&text)
            .size_limit(LARGEST.2)
            .dfa_size_limit(LARGEST.2)
            .nest_limit(50)
            .build()
            .map_err(|error| wrong(&key, error))?;
        if let Some(group) = group
            && !compiled.capture_names().flatten().any(|name| name == group)
        {
            return Err(wrong(
                &key,
                format!("the pattern has no group (?P<{group}>…)"),
            ));
        }
        Ok(compiled)
    };
    let all: Result<Vec<Regex>, KindsError> = patterns.iter().enumerate().map(one).collect();
    Ok(Any(all?))
}

/// A pattern with its words.
fn put_in(pattern: &str, words: &BTreeMap<String, String>) -> Result<String, String> {
    let mut text = pattern.to_owned();
    // Words may stand for words, though not for themselves: so often is enough.
    for _ in 0..5 {
        let Some((before, rest)) = text.split_once("<<") else {
            return Ok(text);
        };
        let mut next = before.to_owned();
        let mut rest = Some(rest);
        while let Some(part) = rest {
            let (name, after) = part.split_once(">>").ok_or("<< without >>")?;
            let word = words
                .get(name)
                .ok_or_else(|| format!("there is no word <<{name}>>"))?;
            next.push_str("(?:");
            next.push_str(word);
            next.push(')');
            let (plain, more) = after
                .split_once("<<")
                .map_or((after, None), |(plain, more)| (plain, Some(more)));
            next.push_str(plain);
            rest = more;
            if next.len() > LARGEST.1 {
                return Err(format!(
                    "the pattern is longer than {} bytes with its words",
                    LARGEST.1
                ));
            }
        }
        text = next;
    }
    if text.contains("<<") {
        return Err("words stand for each other in a circle".to_owned());
    }
    Ok(text)
}
