//! The names of states, as reports write them.

use std::{collections::HashMap, sync::LazyLock};

/// A state to a line: the name that is given out, then the other names, with bars between.
const STATES: &str = include_str!("states.txt");

static BY_NAME: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lines = STATES.lines().filter_map(|line| {
        let names: Vec<&'static str> = line.split('|').collect();
        names.first().copied().map(|first| (first, names))
    });
    lines
        .flat_map(|(first, names)| names.into_iter().map(move |name| (folded(name), first)))
        .collect()
});

fn folded(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '’' | '‘' | '`' => '\'',
            '–' | '‑' => '-',
            'ô' => 'o',
            other => other,
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The name of a state (United Nations, English), by any of the names under which reports know it.
pub fn state_name(written: &str) -> Option<&'static str> {
    let plain = folded(written.trim().trim_end_matches(['.', ',', ';', '*']).trim());
    let plain = plain.strip_prefix("the ").unwrap_or(&plain);
    BY_NAME
        .get(plain)
        .or_else(|| BY_NAME.get(&format!("the {plain}")))
        .copied()
}

/// The states that stand in parentheses; nothing when what stands there is something else.
pub(crate) fn listed(inside: &str) -> Option<Vec<String>> {
    let mut states = Vec::new();
    for part in inside.split([',', ';', '/']) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if let Some(name) = state_name(part) {
            states.push(name.to_owned());
            continue;
        }
        // "Norway and Chile", but not "Bosnia and Herzegovina".
        let part = part
            .strip_prefix("and ")
            .or_else(|| part.strip_prefix("& "))
            .unwrap_or(part);
        match state_name(part) {
            Some(name) => states.push(name.to_owned()),
            None => states.extend(joined(part)?),
        }
    }
    (!states.is_empty()).then_some(states)
}

fn joined(part: &str) -> Option<Vec<String>> {
    for separator in [" and ", " & ", " - ", " – "] {
        for (at, _) in part.match_indices(separator) {
            let (left, right) = (&part[..at], &part[at + separator.len()..]);
            if let (Some(left), Some(right)) = (state_name(left), state_name(right)) {
                return Some(vec![left.to_owned(), right.to_owned()]);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_known_under_each_of_its_names() {
        assert_eq!(state_name("the Netherlands"), Some("Netherlands"));
        assert_eq!(state_name("Cote d’Ivoire"), Some("Côte d'Ivoire"));
        assert_eq!(state_name("UK"), state_name("United Kingdom"));
        assert_eq!(state_name("CRPD"), None);
    }

    #[test]
    fn lists_are_taken_apart_and_other_parentheses_left() {
        assert_eq!(
            listed("Norway, Bosnia and Herzegovina and Chile"),
            Some(vec![
                "Norway".into(),
                "Bosnia and Herzegovina".into(),
                "Chile".into()
            ])
        );
        assert_eq!(listed("OP-CAT"), None);
        assert_eq!(listed("No. 118"), None);
    }
}
