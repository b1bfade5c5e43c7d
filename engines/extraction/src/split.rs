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
    fn verbs_after_strokes_stand_each_in_the_place_of_the_first() {
        assert_eq!(
            parts(
                "Consider expressing its consent to be bound by (Togo)/accede to the Convention on Lakes (Mali);"
            ),
            [
                of(
                    "Consider expressing its consent to be bound by the Convention on Lakes",
                    &["Togo"]
                ),
                of(
                    "Consider expressing its consent to accede to the Convention on Lakes",
                    &["Mali"]
                ),
            ]
        );
    }

    #[test]
    fn a_state_that_names_people_once_made_one_recommendation() {
        assert_eq!(
            parts(
                "Protect women of the lake (Peru, Mali); and punish offences against them (Peru, Togo);"
            ),
            [
                of("Protect women of the lake", &["Mali"]),
                of(
                    "Protect women of the lake; punish offences against them",
                    &["Peru"]
                ),
                of("punish offences against them", &["Togo"]),
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
