//! One numbered item into the recommendations that it holds, each with the states that made it.

use std::sync::LazyLock;

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

/// The states in parentheses with their place.
struct Group {
    from: usize,
    to: usize,
    states: Vec<String>,
}

/// Takes an item apart where one recommendation with its states ends and the next begins: `A (X); b (Y)`.
pub(crate) fn split(text: &str) -> Vec<Part> {
    let groups: Vec<Group> = PARENTHESES
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let states = listed(found.get(1)?.as_str())?;
            Some(Group {
                from: whole.start(),
                to: whole.end(),
                states,
            })
        })
        .collect();
    let mut parts: Vec<Part> = Vec::new();
    let (mut from, mut held, mut states) = (0, String::new(), Vec::new());
    for (n, group) in groups.iter().enumerate() {
        held.push_str(&text[from..group.from]);
        states.extend(group.states.iter().cloned());
        from = group.to;
        let rest = text[group.to..].trim_start();
        let last = n + 1 == groups.len();
        let ends = rest.starts_with([';', '.']) || rest.is_empty();
        if ends || (last && rest.len() < 3) {
            push(&mut parts, &mut held, &mut states);
        }
    }
    let tail = text[from..].trim_matches(|c: char| c.is_whitespace() || ";.,".contains(c));
    if tail.chars().filter(|c| c.is_alphabetic()).count() > 2 {
        held.push_str(&text[from..]);
    }
    if !held.trim().is_empty() || !states.is_empty() {
        push(&mut parts, &mut held, &mut states);
    }
    parts
}

fn push(parts: &mut Vec<Part>, held: &mut String, states: &mut Vec<String>) {
    let text = clean(held);
    held.clear();
    let mut known: Vec<String> = Vec::new();
    for state in states.drain(..) {
        if !known.contains(&state) {
            known.push(state);
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
