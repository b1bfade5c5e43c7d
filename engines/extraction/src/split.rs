//! One numbered item into the recommendations that it holds, each with the states that made it.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

use crate::{split::parallel::parallel, states::listed};

mod parallel;
mod pronouns;
mod strokes;
pub(crate) mod treaties;

/// A recommendation of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) states: Vec<String>,
    /// Whether it was taken out of words that it shares with others.
    pub(crate) shared: bool,
}

#[allow(clippy::expect_used)]
static PARENTHESES: LazyLock<Regex> = LazyLock::new(|| {
    // "Iran (Islamic Republic of)" has parentheses of its own; at the end of an item the closing one may be missing.
    Regex::new(r"\(((?:[^()]|\([^()]*\))+)(?:\)|[.;\s]*$)").expect("the pattern is constant")
});

/// Words that a recommendation begins with: verbs that ask, and adverbs before them.
const VERBS: &str = include_str!("verbs.txt");

static OPENING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| VERBS.lines().collect());

/// A stretch of an item with the states that stand after it.
#[derive(Debug, Clone)]
struct Stretch {
    text: String,
    states: Vec<String>,
    /// Whether what follows begins anew whatever its words.
    ends: bool,
}

fn stretches(text: &str) -> (Vec<Stretch>, String) {
    let (mut all, mut from, mut at): (Vec<Stretch>, usize, usize) = (Vec::new(), 0, 0);
    while let Some(found) = PARENTHESES.captures_at(text, at) {
        let (Some(whole), Some(inside)) = (found.get(0), found.get(1)) else {
            break;
        };
        let states = Some(inside.as_str()).filter(|list| list.len() <= LENT);
        let Some(states) = states.and_then(listed) else {
            // What is inside of them may still be a list.
            at = whole.start() + 1;
            continue;
        };
        // The number or the mark of a footnote may stand before the semicolon.
        at = whole.end() + mark(&text[whole.end()..]);
        let rest = text[at..].trim_start();
        let ends = rest.is_empty() || rest.starts_with([';', '.']);
        let before = &text[from..whole.start()];
        from = at;
        match all.last_mut() {
            // "(Norway) (Peru)" is one list.
            Some(last) if !last.ends && !before.contains(char::is_alphanumeric) => {
                last.states.extend(states);
                last.ends = ends;
            }
            _ => all.push(Stretch {
                text: before.to_owned(),
                states,
                ends,
            }),
        }
    }
    (all, text[from..].to_owned())
}

/// How long the mark of a footnote is that ends a list of states.
fn mark(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*');
    let long = text.len() - rest.len();
    let ended = rest.trim_start().is_empty() || rest.trim_start().starts_with([';', '.']);
    if ended && long <= 3 { long } else { 0 }
}

/// Takes an item apart where one recommendation with its states ends and the next begins: `A (X); b (Y)`, and where a
/// stretch begins with a verb that asks: `A (X), and ensure b (Y)`. A stretch that does not, goes on with the one before:
/// `A (X), in order to c (Y)` is A by X, and A in order to c by Y. A state that stands behind two stretches of a sentence
/// asked for both at once: `A (X, Y) and ensure b (Y)` is A by X, and A and ensure b by Y.
pub(crate) fn split(text: &str) -> Vec<Part> {
    let (mut all, tail) = stretches(text);
    let to = text.trim_start().starts_with("To ");
    let words = tail.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let mut parts: Vec<Part> = Vec::new();
    let belongs = words && all.last().is_some_and(|last| !last.ends);
    // After a comma it belongs to each of the sentence, otherwise it is what the last one asks for.
    let of_each = belongs && tail.trim_start().starts_with(',');
    if belongs
        && !of_each
        && let Some(last) = all.last_mut()
    {
        last.text.push_str(&tail);
    }
    let (mut from, mut units) = (0, Vec::new());
    for at in 0..all.len() {
        let last = at + 1 == all.len();
        if last || (all[at].ends && !goes_on(&all[at].text, &all[at + 1].text)) {
            let begun = units.len();
            read_sentence(&mut units, &all[from..=at], to);
            if last && of_each {
                for unit in &mut units[begun..] {
                    let states = unit.states();
                    unit.more.push((tail.clone(), states));
                }
            }
            from = at + 1;
        }
    }
    written(&mut parts, &units);
    if words && !belongs {
        push(&mut parts, &tail, &[]);
    }
    for part in parts.iter_mut().skip(1) {
        if let Some(told) = pronouns::told(&part.text, text) {
            part.text = told;
        }
    }
    side_by_side(parts)
}

/// Two states whose words stand side by side are told apart.
fn side_by_side(parts: Vec<Part>) -> Vec<Part> {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        let two = Some(&part).filter(|part| part.states.len() == 2);
        match two.and_then(|part| strokes::told(&part.text)) {
            Some(texts) => {
                all.extend(
                    texts
                        .into_iter()
                        .zip(part.states)
                        .map(|(text, state)| Part {
                            text,
                            states: vec![state],
                            shared: true,
                        }),
                )
            }
            None => all.push(part),
        }
    }
    all
}

#[allow(clippy::expect_used)]
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:and )?include,? inter alia|in order to|so as to|so that|with a view|with particular|with special|in particular (?:by|through|in|with|for|as)|particularly|especially|including|allowing|enabling|which|such as|in (?:full )?(?:accordance|line|conformity|compliance)|thereby|thus)\b",
    )
    .expect("the pattern is constant")
});

/// Whether a stretch hangs on what was asked before it.
fn is_aside(text: &str) -> bool {
    GOES_ON.is_match(text.trim_start_matches([' ', ',', ';']))
}

/// Whether the sentence goes on in spite of the semicolon: its verb has no object yet, or what follows hangs on it.
fn goes_on(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || ",;".contains(c));
    GOES_ON.is_match(after) || (PREPOSITION.is_match(before.trim_end()) && is_bare(before))
}

#[allow(clippy::expect_used)]
static INSTRUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|\s)((?:(?:the|its|all)\s+(?:\w+\s+){0,2}?(?:International|Optional|Second|First|Convention|Covenant|Conventions|Protocol|Protocols|Rome|Additional|Palermo|Statute|UNESCO|ILO|United Nations|UN|CRPD|ICRMW|CED|CAT|OP-CAT|OPCAT|CEDAW|ICESCR|ICCPR|CRC|CERD)|OP-[A-Z]+|OPCAT|CRPD|ICRMW|CED|CAT|CEDAW|ICESCR|ICCPR|CRC|CERD)\b.*)$",
    )
    .expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static PREPOSITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:to|of|by|with|from|for|on|against)$").expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static RATIFY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:ratif\w+|accession|accede|acceding|adhere\w*|adhesion|sign|signing|signature|party|parties|join\w*)(?:\s+(?:to|of|the|process))*$")
        .expect("the pattern is constant")
});

/// The longest verb without its object: "consider the possibility of expressing its consent to be bound by".
const BARE: usize = 12;

/// The most bytes of an object that is lent to the verbs before it: a longer one, lent to each of many, would fill memory.
const LENT: usize = 600;

/// Whether a stretch is a verb that still has no object.
fn is_bare(text: &str) -> bool {
    let words = plain(text);
    let count = words.split_whitespace().count();
    if count == 0 || count > BARE || INSTRUMENT.is_match(&words) {
        return false;
    }
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let asked = asks(text, true)
        || words.starts_with("the possibility")
        || words.starts_with("ratification")
        || words.starts_with("accession");
    asked
        && (RATIFY.is_match(&words)
            || PREPOSITION.is_match(&words)
            || (count == 1 && OPENING.contains(last.as_str()))
            || (words.contains(" to ") && OPENING.contains(last.as_str()))
            || imperative(&last).is_some())
}

/// The verb that asks in the form "ratifying".
fn imperative(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ing")?;
    let doubled =
        stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    [stem.to_owned(), format!("{stem}e")]
        .into_iter()
        .chain(doubled.then(|| stem[..stem.len() - 1].to_owned()))
        .find(|verb| OPENING.contains(verb.as_str()))
}

/// "Signing and ratifying the Convention" as one asks for it: "sign and ratify the Convention".
fn asking(text: &str) -> Option<String> {
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
fn plain(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || ",;/–-".contains(c));
    let text = unjoined(text);
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ",;/".contains(c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unjoined(text: &str) -> &str {
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
fn asks(text: &str, to: bool) -> bool {
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
fn leans(text: &str) -> bool {
    LEANS.is_match(&plain(text))
}

/// Stretches that make one recommendation, or several that grow from the same beginning.
#[derive(Debug, Clone)]
struct Unit {
    first: String,
    /// What the report itself says where `first` was given an object.
    bare: Option<String>,
    of: Vec<String>,
    /// What some states asked for in the place of `first`.
    instead: Vec<(String, Vec<String>)>,
    more: Vec<(String, Vec<String>)>,
    /// Whether a state that made the unit before made both at once.
    joined: bool,
}

impl Unit {
    fn new(stretch: &Stretch, joined: bool) -> Self {
        Unit {
            first: stretch.text.clone(),
            bare: None,
            of: stretch.states.clone(),
            instead: Vec::new(),
            more: Vec::new(),
            joined,
        }
    }

    fn states(&self) -> Vec<String> {
        let mut known = HashSet::new();
        self.of
            .iter()
            .chain(self.instead.iter().flat_map(|(_, states)| states))
            .chain(self.more.iter().flat_map(|(_, states)| states))
            .filter(|state| known.insert(state.as_str()))
            .cloned()
            .collect()
    }

    fn add(&self, state: &String, followed: bool, text: &mut String) {
        let instead = self.instead.iter().find(|(_, of)| of.contains(state));
        let bare = self.bare.as_ref().filter(|_| followed);
        let first = instead.map(|(first, _)| first).or(bare);
        text.push_str(first.unwrap_or(&self.first));
        for (more, _) in self.more.iter().filter(|(_, of)| of.contains(state)) {
            text.push_str(more);
        }
    }
}

fn read_sentence(units: &mut Vec<Unit>, sentence: &[Stretch], to: bool) {
    let (begun, mut n) = (units.len(), 0);
    let bare: Vec<bool> = sentence.iter().map(|s| is_bare(&s.text)).collect();
    while n < sentence.len() {
        let run = bare[n..].iter().take_while(|bare| **bare).count();
        if run > 0
            && let Some(object) = sentence.get(n + run)
        {
            let lent = lend(&sentence[n..n + run], object, to);
            if let Some((mut lent, taken)) = lent {
                if let Some(first) = lent.first_mut().filter(|_| n == 0) {
                    first.joined = false;
                }
                units.append(&mut lent);
                n += run + usize::from(taken);
                if !taken {
                    units.push(Unit::new(object, !object.text.starts_with('/')));
                    n += 1;
                }
                continue;
            }
        }
        let stretch = &sentence[n];
        let text = stretch.text.as_str();
        let new = asks(text, to) && !leans(text) && !is_aside(text);
        let list = units
            .last()
            .filter(|_| !new)
            .and_then(|unit| listed_on(unit, stretch));
        if let Some(unit) = list {
            units.push(unit);
        } else if new || units.len() == begun {
            units.push(Unit::new(stretch, n > 0 && !text.starts_with('/')));
        } else {
            let before = n.checked_sub(1).and_then(|n| sentence.get(n));
            go_on(units, stretch, before);
        }
        n += 1;
    }
}

/// How many recommendations of an item an aside is looked up in.
const LOOKED_BACK: usize = 8;

/// A stretch that does not ask goes on with what was asked before it. `before` is the stretch before it.
fn go_on(units: &mut [Unit], stretch: &Stretch, before: Option<&Stretch>) {
    let text = stretch.text.as_str();
    let mut of = stretch.states.clone();
    // An aside of a state that asked for something earlier in the sentence is an aside to that.
    if is_aside(text)
        && let Some((last, before)) = units.split_last_mut()
    {
        let known: HashSet<String> = last.states().into_iter().collect();
        for unit in before.iter_mut().rev().take(LOOKED_BACK) {
            let earlier: HashSet<String> = unit.states().into_iter().collect();
            let (its, rest): (Vec<String>, Vec<String>) = of
                .into_iter()
                .partition(|state| !known.contains(state) && earlier.contains(state));
            if !its.is_empty() {
                unit.more.push((text.to_owned(), its));
            }
            of = rest;
        }
    }
    if of.is_empty() {
        return;
    }
    // "Freedom of expression (X) and of the media (Y)": Y asks for the second in the place of the first.
    if let Some(before) = before.filter(|before| !shares(&of, &before.states)) {
        let aside = parallel(&before.text, text);
        let hung = |unit: &Unit| {
            unit.more
                .last()
                .is_some_and(|(last, _)| *last == before.text)
        };
        let unit = units
            .iter_mut()
            .rev()
            .take(LOOKED_BACK)
            .find(|unit| hung(unit));
        if let (Some(aside), Some(unit)) = (aside, unit)
            && (shares(&of, &unit.of) || !shares(&unit.of, &before.states))
        {
            unit.more.push((aside, of));
            return;
        }
        if let Some(last) = units.last_mut().filter(|unit| unit.more.is_empty())
            && (last.first == before.text || !last.instead.is_empty())
            && !shares(&of, &last.states())
            && let Some(first) = parallel(&last.first, text)
        {
            last.instead.push((first, of));
            return;
        }
    }
    if let Some(last) = units.last_mut() {
        last.more.push((text.to_owned(), of));
    }
}

fn shares(a: &[String], b: &[String]) -> bool {
    a.iter().any(|state| b.contains(state))
}

#[allow(clippy::expect_used)]
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s,;]*(?:and\s+|as well as\s+)?(?:to\s+|of\s+)?(?:the\s|OP-|OPCAT|CRPD|ICRMW|CED|CAT|CEDAW|ICESCR|ICCPR|CRC|CERD)")
        .expect("the pattern is constant")
});

/// "Ratify the Convention (X), the Covenant (Y)" asks for the second as for the first, of a state that did not ask for
/// the first.
fn listed_on(unit: &Unit, stretch: &Stretch) -> Option<Unit> {
    let begun = INSTRUMENT.captures(&unit.first)?.get(1)?.start();
    let verb = unit.first[..begun].trim_end();
    let known = unit.of.iter().any(|state| stretch.states.contains(state));
    let next = LISTED.is_match(&stretch.text) && !stretch.text.contains("thereto");
    if known || !next || verb.len() > LENT || !RATIFY.is_match(&plain(verb)) {
        return None;
    }
    let object = INSTRUMENT.captures(&stretch.text)?.get(1)?;
    let before = plain(&stretch.text[..object.start()]);
    if !matches!(before.as_str(), "" | "to" | "of" | "and" | "as well as") {
        return None;
    }
    Some(Unit {
        first: format!("{verb} {}", object.as_str()),
        bare: None,
        of: stretch.states.clone(),
        instead: Vec::new(),
        more: Vec::new(),
        joined: false,
    })
}

/// "Consider ratifying (X), ratify the Convention (Y)" asks both for the same instrument: verbs without an object get that
/// of the stretch after them. Gives the verbs with it and whether the stretch after them is used up.
fn lend(run: &[Stretch], object: &Stretch, to: bool) -> Option<(Vec<Unit>, bool)> {
    let text = object.text.trim_end();
    let (first, last) = (run.first()?, plain(&run.last()?.text));
    let asked = asks(text, to);
    let gerund = asking(text);
    let direct = !asked
        && text.trim_start().starts_with(|c: char| c.is_alphanumeric())
        && !text.trim_start().starts_with("and ");
    let instrument = INSTRUMENT
        .captures(text)
        .map(|found| ASIDE.split(&found[1]).next().unwrap_or_default().to_owned());
    // "Consider establishing (X)/establish an institution (Y)".
    let same = || {
        let verb = imperative(last.rsplit(' ').next()?)?;
        let object = plain(text);
        object
            .strip_prefix(verb.as_str())
            .filter(|rest| rest.starts_with(' '))
            .map(|rest| rest.trim_start().to_owned())
    };
    let thing = if direct {
        Some(plain(text))
    } else if asked || object.text.starts_with('/') {
        same().or_else(|| instrument.clone())
    } else {
        None
    }
    .filter(|thing| thing.len() <= LENT)?;
    let mut units: Vec<Unit> = Vec::new();
    let consider = plain(&first.text).to_lowercase().starts_with("consider");
    let bound = plain(&first.text);
    let bound = bound.strip_suffix(" be bound by").map(str::to_owned);
    for (n, stretch) in run.iter().enumerate() {
        let mut words = plain(&stretch.text);
        let verb = asks(&words, true);
        if n > 0 && !verb && consider {
            words = format!("consider {words}");
        }
        // "Express its consent to be bound by (X)/ratify (Y)": the verb stands in the place of the first.
        if n > 0
            && stretch.text.starts_with('/')
            && let Some(frame) = &bound
        {
            words = format!("{frame} {words}");
        }
        let takes = gerund.is_none() || words.ends_with(" of") || words.ends_with("onsider");
        let what = if takes {
            &thing
        } else {
            instrument.as_ref().unwrap_or(&thing)
        };
        let first = with(&words, what);
        units.push(Unit {
            first,
            bare: Some(stretch.text.clone()),
            of: stretch.states.clone(),
            instead: Vec::new(),
            more: Vec::new(),
            joined: !stretch.text.starts_with('/'),
        });
    }
    if asked || !direct {
        return Some((units, false));
    }
    let known: HashSet<&String> = run.iter().flat_map(|stretch| &stretch.states).collect();
    let others: Vec<String> = object
        .states
        .iter()
        .filter(|state| !known.contains(state))
        .cloned()
        .collect();
    if !others.is_empty() {
        let first = gerund.unwrap_or_else(|| with(&last, &thing));
        units.push(Unit {
            first,
            bare: None,
            of: others,
            instead: Vec::new(),
            more: Vec::new(),
            joined: false,
        });
    }
    Some((units, true))
}

#[allow(clippy::expect_used)]
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r",? (?:which|so as|so that|in order|thus|thereby)\b|, (?:to|as|with|in)\b")
        .expect("the pattern is constant")
});

/// A verb with the object that it is given.
fn with(words: &str, object: &str) -> String {
    let noun = ["tion", "sion", "process", "possibility", "signature"]
        .iter()
        .any(|ending| words.ends_with(ending));
    let object = object
        .strip_prefix("of ")
        .filter(|_| !noun)
        .unwrap_or(object);
    let ready = PREPOSITION.is_match(words)
        || ["of ", "to "]
            .iter()
            .any(|begins| object.starts_with(begins));
    let joint = if ready {
        " "
    } else if ["accession", "adhesion", "party"]
        .iter()
        .any(|ending| words.ends_with(ending))
    {
        " to "
    } else if noun {
        " of "
    } else {
        " "
    };
    format!("{words}{joint}{object}")
}

/// One recommendation for each set of states that made the same stretches of a sentence.
fn written(parts: &mut Vec<Part>, units: &[Unit]) {
    let of: Vec<Vec<String>> = units.iter().map(Unit::states).collect();
    let known: Vec<HashSet<&String>> = of.iter().map(|states| states.iter().collect()).collect();
    for (n, states) in of.iter().enumerate() {
        let mut sets: Vec<(String, Vec<String>)> = Vec::new();
        for state in states {
            if n > 0 && units[n].joined && known[n - 1].contains(state) {
                continue;
            }
            let mut text = String::new();
            for (at, unit) in units.iter().enumerate().skip(n) {
                if at > n && !(unit.joined && known[at].contains(state)) {
                    break;
                }
                let followed = units
                    .get(at + 1)
                    .is_some_and(|next| next.joined && known[at + 1].contains(state));
                unit.add(state, followed, &mut text);
            }
            match sets.iter_mut().find(|(known, _)| *known == text) {
                Some((_, of)) => of.push(state.clone()),
                None => sets.push((text, vec![state.clone()])),
            }
        }
        for (text, states) in sets {
            push(parts, &text, &states);
        }
    }
}

fn push(parts: &mut Vec<Part>, held: &str, states: &[String]) {
    let text = clean(held);
    let mut known: Vec<String> = Vec::new();
    for state in states {
        if !known.contains(state) {
            known.push(state.clone());
        }
    }
    if !text.is_empty() {
        parts.push(Part {
            text,
            states: known,
            shared: false,
        });
    }
}

/// A text without what joined it to the one before, and without the sign at its end.
fn clean(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ";,/".contains(c));
    let text = text
        .strip_prefix(". ")
        .unwrap_or(text)
        .trim_start_matches(['.', ' ']);
    let text = text
        .strip_prefix("and ")
        .filter(|rest| rest.len() > 10)
        .unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").replace(" ,", ",").replace(" ;", ";");
    text.trim_end_matches(['.', ' ', ';']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(String, Vec<String>)> {
        split(text)
            .into_iter()
            .map(|p| (p.text, p.states))
            .collect()
    }

    #[test]
    fn two_recommendations_under_one_number_are_two() {
        assert_eq!(
            parts("Train judges (Norway, Chile); publish judgements (Peru);"),
            [
                ("Train judges".into(), vec!["Norway".into(), "Chile".into()]),
                ("publish judgements".into(), vec!["Peru".into()]),
            ]
        );
    }

    #[test]
    fn a_stretch_that_asks_is_one_of_its_own_and_another_grows() {
        assert_eq!(
            parts("Train judges (Norway), and ensure that they are paid (Peru)"),
            [
                ("Train judges".into(), vec!["Norway".into()]),
                ("ensure that they are paid".into(), vec!["Peru".into()]),
            ]
        );
        assert_eq!(
            parts("Train judges (Norway, Peru), in order to shorten trials (Peru)"),
            [
                ("Train judges".into(), vec!["Norway".into()]),
                (
                    "Train judges , in order to shorten trials".replace(" ,", ","),
                    vec!["Peru".into()]
                ),
            ]
        );
    }

    #[test]
    fn a_verb_without_its_object_gets_that_of_the_next() {
        assert_eq!(
            parts(
                "Become a party (Estonia), consider ratifying (Chile), ratify the Convention on Lakes (Peru)"
            ),
            [
                (
                    "Become a party to the Convention on Lakes".into(),
                    vec!["Estonia".into()]
                ),
                (
                    "consider ratifying the Convention on Lakes".into(),
                    vec!["Chile".into()]
                ),
                ("ratify the Convention on Lakes".into(), vec!["Peru".into()]),
            ]
        );
    }

    #[test]
    fn what_is_no_state_stays_in_the_text() {
        assert_eq!(
            parts("Ratify the Convention (CRPD) and report (Norway)."),
            [(
                "Ratify the Convention (CRPD) and report".into(),
                vec!["Norway".into()]
            )]
        );
    }

    fn of(text: &str, states: &[&str]) -> (String, Vec<String>) {
        (
            text.to_owned(),
            states.iter().map(|s| (*s).to_owned()).collect(),
        )
    }

    #[test]
    fn a_state_behind_two_stretches_asked_for_both_at_once() {
        assert_eq!(
            parts("Train judges (Norway, Peru) and publish judgements (Peru, Chile)"),
            [
                of("Train judges", &["Norway"]),
                of("Train judges and publish judgements", &["Peru"]),
                of("publish judgements", &["Chile"]),
            ]
        );
        assert_eq!(
            parts("Sign (Peru) and ratify (Peru, Chile) OP-CAT;"),
            [
                of("Sign and ratify OP-CAT", &["Peru"]),
                of("ratify OP-CAT", &["Chile"]),
            ]
        );
        assert_eq!(
            parts("Train judges (Peru); and publish judgements (Peru)").len(),
            2
        );
    }

    #[test]
    fn verbs_with_strokes_between_get_the_object_at_the_end() {
        assert_eq!(
            parts(
                "To examine the possibility of joining (Togo)/ratify (Mali)/consider the ratification (Peru) of the Convention on Lakes (Togo, Mali, Peru);"
            ),
            [
                of(
                    "To examine the possibility of joining the Convention on Lakes",
                    &["Togo"]
                ),
                of("ratify the Convention on Lakes", &["Mali"]),
                of(
                    "consider the ratification of the Convention on Lakes",
                    &["Peru"]
                ),
            ]
        );
        assert_eq!(
            parts("Consider establishing (Togo)/establish a lake authority (Mali)"),
            [
                of("Consider establishing a lake authority", &["Togo"]),
                of("establish a lake authority", &["Mali"]),
            ]
        );
    }

    #[test]
    fn what_leans_on_the_stretch_before_stays_with_it() {
        assert_eq!(
            parts("Ratify the Convention on Lakes (Peru) and incorporate it into law (Mali)")[1],
            of(
                "Ratify the Convention on Lakes and incorporate it into law",
                &["Mali"]
            )
        );
    }

    #[test]
    fn an_aside_goes_on_after_a_semicolon() {
        assert_eq!(
            parts("Found a lake authority (Peru, Mali); in order to protect lakes (Mali)"),
            [
                of("Found a lake authority", &["Peru"]),
                of(
                    "Found a lake authority; in order to protect lakes",
                    &["Mali"]
                ),
            ]
        );
        assert_eq!(
            parts("Train judges (Peru); build courts (Mali), with particular care (Peru, Mali)"),
            [
                of("Train judges, with particular care", &["Peru"]),
                of("build courts, with particular care", &["Mali"]),
            ]
        );
    }

    #[test]
    fn a_gerund_after_a_bare_verb_is_an_object_and_asks_by_itself() {
        assert_eq!(
            parts("Consider (Peru) signing and ratifying the Convention on Lakes (Peru, Mali)"),
            [
                of(
                    "Consider signing and ratifying the Convention on Lakes",
                    &["Peru"]
                ),
                of("sign and ratify the Convention on Lakes", &["Mali"]),
            ]
        );
    }

    #[test]
    fn a_list_of_instruments_is_asked_for_by_the_verb_before_it() {
        assert_eq!(
            parts("To ratify the Convention on Lakes (Peru), the Convention on Rivers (Mali)")[1],
            of("To ratify the Convention on Rivers", &["Mali"])
        );
    }

    #[test]
    fn what_follows_the_last_states_after_a_comma_belongs_to_each() {
        assert_eq!(
            parts("Train judges (Peru), build courts (Mali), as agreed in 2008;"),
            [
                of("Train judges, as agreed in 2008", &["Peru"]),
                of("build courts, as agreed in 2008", &["Mali"]),
            ]
        );
    }

    #[test]
    fn parentheses_in_a_name_two_lists_and_a_missing_end_are_read() {
        assert_eq!(
            parts("Train judges (Iran (Islamic Republic of), Peru); build courts (Mali) (Togo);"),
            [
                of("Train judges", &["Iran (Islamic Republic of)", "Peru"]),
                of("build courts", &["Mali", "Togo"]),
            ]
        );
        assert_eq!(
            parts("Train judges (Peru)12; build courts (Mali."),
            [of("Train judges", &["Peru"]), of("build courts", &["Mali"])]
        );
    }
}
