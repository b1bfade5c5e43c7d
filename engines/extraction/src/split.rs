//! One numbered item into the recommendations that it holds, each with the states that made it.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

use crate::states::listed;

/// A recommendation of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) states: Vec<String>,
}

#[allow(clippy::expect_used)]
static PARENTHESES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\(([^()]{2,600})\)").expect("the pattern is constant"));

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
    let (mut all, mut from) = (Vec::new(), 0);
    for found in PARENTHESES.captures_iter(text) {
        let (Some(whole), Some(inside)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let Some(states) = listed(inside.as_str()) else {
            continue;
        };
        let rest = text[whole.end()..].trim_start();
        all.push(Stretch {
            text: text[from..whole.start()].to_owned(),
            states,
            ends: rest.is_empty() || rest.starts_with([';', '.']),
        });
        from = whole.end();
    }
    (all, text[from..].to_owned())
}

/// Takes an item apart where one recommendation with its states ends and the next begins: `A (X); b (Y)`, and where a
/// stretch begins with a verb that asks: `A (X), and ensure b (Y)`. A stretch that does not, goes on with the one before:
/// `A (X), in order to c (Y)` is A by X, and A in order to c by Y.
pub(crate) fn split(text: &str) -> Vec<Part> {
    let (mut all, tail) = stretches(text);
    complete(&mut all);
    let mut parts: Vec<Part> = Vec::new();
    let mut held: Vec<Stretch> = Vec::new();
    for stretch in all {
        let anew = held.last().is_some_and(|last| last.ends) || asks(&stretch.text);
        if anew {
            grown(&mut parts, &held);
            held.clear();
        }
        held.push(stretch);
    }
    let words = tail.chars().filter(|c| c.is_alphabetic()).count() > 2;
    match held.last_mut() {
        Some(last) if words && !last.ends => {
            // What follows the last states belongs to all of the stretch.
            last.text.push_str(&tail);
            grown(&mut parts, &held);
        }
        _ => {
            grown(&mut parts, &held);
            if words {
                push(&mut parts, &tail, &[]);
            }
        }
    }
    parts
}

#[allow(clippy::expect_used)]
static INSTRUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|\s)((?:the|its|all)\s+(?:\w+\s+){0,2}?(?:International|Optional|Second|First|Convention|Covenant|Conventions|Protocol|Protocols|Rome|Additional|Palermo|Statute|UNESCO|ILO|United Nations|UN|CRPD|ICRMW|CED|CAT|OP-CAT|OPCAT|CEDAW|ICESCR|ICCPR|CRC|CERD)\b.*)$",
    )
    .expect("the pattern is constant")
});

/// The longest verb without its object: "consider the possibility of signing and ratifying".
const BARE: usize = 9;

/// The most bytes of an object that is lent to the verbs before it: a longer one, lent to each of many, would fill memory.
const LENT: usize = 600;

/// "Consider ratifying (X), ratify the Convention (Y)" asks both for the same instrument: a stretch that names none gets
/// that of the next one that does, as long as nothing ended between them.
fn complete(all: &mut [Stretch]) {
    for n in (0..all.len().saturating_sub(1)).rev() {
        let this = &all[n];
        let words = clean(&this.text);
        let bare = words.split_whitespace().count() <= BARE
            && (asks(&this.text) || words.starts_with("the possibility"))
            && RATIFY.is_match(&words)
            && !INSTRUMENT.is_match(&words);
        if this.ends || !bare {
            continue;
        }
        let Some(object) = INSTRUMENT
            .captures(all[n + 1].text.trim_end())
            .map(|found| found[1].to_owned())
            .filter(|object| object.len() <= LENT)
        else {
            continue;
        };
        let joint = if words.ends_with("tion") || words.ends_with("sion") {
            " of "
        } else if words.ends_with("party") {
            " to "
        } else {
            " "
        };
        all[n].text = format!("{words}{joint}{object}");
    }
}

#[allow(clippy::expect_used)]
static RATIFY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:ratif\w+|accession|accede|acceding|adhere\w*|adhesion|sign|signing|signature|party|parties|join\w*)(?:\s+(?:to|of|the|process))*$")
        .expect("the pattern is constant")
});

/// Whether a stretch begins with a verb that asks, after what joins it to the one before.
fn asks(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || ",;–-".contains(c));
    let text = [
        "and in particular ",
        "in particular ",
        "as well as ",
        "and also ",
        "and to ",
        "and ",
        "or ",
        "also ",
        "further ",
    ]
    .iter()
    .find_map(|joint| text.strip_prefix(joint))
    .unwrap_or(text);
    let word: String = text
        .chars()
        .take_while(|c| c.is_alphabetic() || *c == '-')
        .collect();
    OPENING.contains(word.to_lowercase().as_str())
}

/// Stretches that go on from one another: one recommendation for each set of states, made of the first stretch and those
/// that the states stand behind.
fn grown(parts: &mut Vec<Part>, held: &[Stretch]) {
    let Some(first) = held.first() else { return };
    if held.len() == 1 {
        push(parts, &first.text, &first.states);
        return;
    }
    let mut states: Vec<&String> = Vec::new();
    for state in held.iter().flat_map(|stretch| &stretch.states) {
        if !states.contains(&state) {
            states.push(state);
        }
    }
    let mut sets: Vec<(String, Vec<String>)> = Vec::new();
    for state in states {
        let text: String = held
            .iter()
            .enumerate()
            .filter(|(n, stretch)| *n == 0 || stretch.states.contains(state))
            .map(|(_, stretch)| stretch.text.as_str())
            .collect();
        match sets.iter_mut().find(|(known, _)| *known == text) {
            Some((_, of)) => of.push(state.clone()),
            None => sets.push((text, vec![state.clone()])),
        }
    }
    for (text, states) in sets {
        push(parts, &text, &states);
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
        });
    }
}

/// A text without what joined it to the one before, and without the sign at its end.
fn clean(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ";,".contains(c));
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
}
