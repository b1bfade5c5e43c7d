//! One numbered item into the recommendations that it holds, each with the states that made it.

use std::sync::LazyLock;

use regex::Regex;

use self::{
    asks::is_aside,
    lend::{PREPOSITION, is_bare},
    units::{read_sentence, written},
};
use crate::states::listed;

mod asks;
mod further;
mod lend;
mod parallel;
mod pronouns;
mod signed;
mod strokes;
mod things;
pub(crate) mod treaties;
mod units;

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
    Regex::new(r"\(((?:[^()]|\([^()]*\))+)(?:\)|[.;\s]*$)|\[([^\[\]]+)\]")
        .expect("the pattern is constant")
});

/// The most bytes of an object that is lent to the verbs before it: a longer one, lent to each of many, would fill memory.
const LENT: usize = 600;

/// The most bytes of a list of states; the longest of real reports has a quarter of it.
const SIGNED: usize = 2_000;

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
        let (Some(whole), Some(inside)) = (found.get(0), found.get(1).or(found.get(2))) else {
            break;
        };
        let states = Some(inside.as_str()).filter(|list| list.len() <= SIGNED);
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
            // "(Norway) (Peru)" and "(Norway) and (Peru)" are one list.
            Some(last) if !last.ends && is_joint(before) => {
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

/// Whether states sign in a text.
pub(crate) fn names_states(text: &str) -> bool {
    !stretches(text).0.is_empty()
}

/// Whether nothing but a joint stands between two lists.
fn is_joint(between: &str) -> bool {
    let words = between.trim_matches(|c: char| c.is_whitespace() || c == ',');
    !words.contains(char::is_alphanumeric) || words == "and" || words == "or"
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
    let (mut all, mut tail) = stretches(text);
    if all.is_empty()
        && let Some(signed) = signed::signed(text)
    {
        (all, tail) = (vec![signed], String::new());
    }
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
    let mut parts = leaning(parts, text);
    for part in parts.iter_mut().skip(1) {
        if let Some(told) =
            pronouns::told(&part.text, text).or_else(|| things::told(&part.text, text))
        {
            part.text = told;
        }
    }
    side_by_side(parts)
}

/// How many parts of an item one that leans is joined to.
const LOOKED_BACK: usize = 8;

/// A state that asked for two things of the same people, and names them in the first only ("protect farmers (X); punish
/// offences against them (X)"), made one recommendation: the second says nothing without the first.
fn leaning(parts: Vec<Part>, item: &str) -> Vec<Part> {
    let mut all: Vec<Part> = Vec::with_capacity(parts.len());
    for mut part in parts {
        if all.is_empty() || !pronouns::leans(&part.text, item) {
            all.push(part);
            continue;
        }
        let mut joined: Vec<(usize, Vec<String>)> = Vec::new();
        let mut own = Vec::new();
        for state in std::mem::take(&mut part.states) {
            let near = all.len().saturating_sub(LOOKED_BACK);
            match (near..all.len()).rfind(|at| all[*at].states.contains(&state)) {
                None => own.push(state),
                Some(at) => match joined.iter_mut().find(|(of, _)| *of == at) {
                    Some((_, states)) => states.push(state),
                    None => joined.push((at, vec![state])),
                },
            }
        }
        part.states = own;
        for (at, states) in &joined {
            all[*at].states.retain(|state| !states.contains(state));
            let text = format!("{}; {}", all[*at].text, part.text);
            all.push(Part {
                text,
                states: states.clone(),
                shared: false,
            });
        }
        let emptied = |at: usize, part: &Part| {
            part.states.is_empty() && joined.iter().any(|(of, _)| *of == at)
        };
        let mut at = 0;
        all.retain(|part| {
            at += 1;
            !emptied(at - 1, part)
        });
        if joined.is_empty() || !part.states.is_empty() {
            all.push(part);
        }
    }
    all
}

/// What an adverb adds to a request is one of its own.
fn added(parts: Vec<Part>) -> Vec<Part> {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match further::apart(&part.text) {
            Some(texts) => all.extend(texts.map(|text| Part {
                text,
                states: part.states.clone(),
                shared: true,
            })),
            None => all.push(part),
        }
    }
    all
}

/// Two states whose words stand side by side are told apart.
fn side_by_side(parts: Vec<Part>) -> Vec<Part> {
    let mut all = Vec::with_capacity(parts.len());
    for part in added(parts) {
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

/// Whether the sentence goes on in spite of the semicolon: its verb has no object yet, or what follows hangs on it.
fn goes_on(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || ",;".contains(c));
    is_aside(after) || (PREPOSITION.is_match(before.trim_end()) && is_bare(before))
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
mod tests;
