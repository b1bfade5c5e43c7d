//! The words by which a stretch asks, hangs on the one before or only joins it.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

/// Words that a recommendation begins with: verbs that ask, and adverbs before them.
const VERBS: &str = include_str!("verbs.txt");

pub(super) static OPENING: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| VERBS.lines().collect());

#[allow(clippy::expect_used)]
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:and )?include,? inter alia|in order to|so as to|so that|with a view|with particular|with special|in particular (?:by|through|in|with|for|as)|particularly|especially|including|allowing|enabling|which|such as|in (?:full )?(?:accordance|line|conformity|compliance)|thereby|thus)\b",
    )
    .expect("the pattern is constant")
});

/// Whether a stretch hangs on what was asked before it.
pub(super) fn is_aside(text: &str) -> bool {
    let text = text.trim_start_matches([' ', ',', ';']);
    GOES_ON.is_match(text) && !is_introduced(text)
}

#[allow(clippy::expect_used)]
static INTRODUCES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^in (?:full )?(?:accordance|line|conformity|compliance) with\b|^in order to\b|^with a view to\b",
    )
    .expect("the pattern is constant")
});

/// Whether a stretch only begins like an aside: "in line with its plan, train judges" asks for something of its own.
fn is_introduced(text: &str) -> bool {
    if !INTRODUCES.is_match(text) {
        return false;
    }
    let aim =
        !text.starts_with("in full") && !text.contains(" with ") || text.starts_with("in order");
    let mut asked = text
        .match_indices(", ")
        .map(|(at, _)| &text[at + 2..])
        .filter(|rest| asks(rest, true));
    match asked.next() {
        // "In order to train judges, build courts and publish judgements" counts up what is aimed at.
        Some(rest) if aim => !rest.starts_with("and ") && asked.next().is_none(),
        Some(rest) => !rest.starts_with("and "),
        None => false,
    }
}

/// The verb that asks in the form "ratifying".
pub(super) fn imperative(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ing")?;
    let doubled =
        stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    [stem.to_owned(), format!("{stem}e")]
        .into_iter()
        .chain(doubled.then(|| stem[..stem.len() - 1].to_owned()))
        .find(|verb| OPENING.contains(verb.as_str()))
}

/// "Signing and ratifying the Convention" as one asks for it: "sign and ratify the Convention".
pub(super) fn asking(text: &str) -> Option<String> {
    let text = plain(text);
    let mut out: Vec<String> = Vec::new();
    let mut words = text.split(' ');
    out.push(imperative(&words.next()?.to_lowercase())?);
    let mut open = true;
    for word in words {
        let verb = imperative(word).filter(|_| open);
        open = open && (verb.is_some() || word == "and" || word == "or");
        out.push(verb.unwrap_or_else(|| word.to_owned()));
    }
    Some(out.join(" "))
}

/// What joins a stretch to the one before, taken away.
pub(super) fn plain(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || ",;/–-".contains(c));
    let text = unjoined(text);
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ",;/".contains(c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn unjoined(text: &str) -> &str {
    [
        "and in particular ",
        "in particular ",
        "as well as ",
        "and also ",
        "and to ",
        "and ",
        "or to ",
        "or ",
        "also ",
        "further ",
    ]
    .iter()
    .find_map(|joint| text.strip_prefix(joint))
    .unwrap_or(text)
}

/// Whether a stretch begins with a verb that asks, after what joins it to the one before. `to` says that "to ensure" asks.
pub(super) fn asks(text: &str, to: bool) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || ",;/–-".contains(c));
    let text = unjoined(text);
    let text = Some(text)
        .filter(|_| to)
        .and_then(|text| {
            text.strip_prefix("to ")
                .or_else(|| text.strip_prefix("To "))
        })
        .unwrap_or(text);
    let word: String = text
        .chars()
        .take_while(|c| c.is_alphabetic() || *c == '-')
        .collect();
    OPENING.contains(word.to_lowercase().as_str())
}

#[allow(clippy::expect_used)]
static LEANS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[\w-]+ ){1,3}it\b|^\w+ (?:to )?its \w+$|\bthis (?:instrument|convention|treaty|protocol|covenant)\b|^(?:[\w-]+ ){1,4}in this regard$",
    )
    .expect("the pattern is constant")
});

/// Whether a stretch says nothing without the one before: "incorporate it into law".
pub(super) fn leans(text: &str) -> bool {
    LEANS.is_match(&plain(text))
}
