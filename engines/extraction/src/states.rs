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
    let (mut states, mut unknown) = (Vec::new(), Vec::new());
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
        let part = signed(part);
        if part.is_empty() {
            continue;
        }
        match state_name(part) {
            Some(name) => states.push(name.to_owned()),
            None => match joined(part) {
                Some(both) => states.extend(both),
                None => unknown.push(part),
            },
        }
    }
    // "Norway, Chile, Switerland": among states, a name that is nearly one is that one.
    for part in unknown {
        states.push(nearly(part)?.to_owned());
    }
    (!states.is_empty()).then_some(states)
}

/// What stands before a name, by the words of reports.
const BEFORE_NAMES: [&str; 9] = [
    "and ",
    "& ",
    "as well as ",
    "also ",
    "recommended by ",
    "recommendation by ",
    "recommendation of ",
    "supported by ",
    "inter alia ",
];

/// What stands in the place of a name.
const NO_NAMES: [&str; 5] = ["inter alia", "others", "among others", "et al", "etc"];

/// A name without the words before it; nothing where others than states are meant: `on behalf of the Nordic countries`.
fn signed(part: &str) -> &str {
    let mut name = part;
    while let Some(rest) = BEFORE_NAMES.iter().find_map(|before| {
        let head = name.get(..before.len())?;
        head.eq_ignore_ascii_case(before)
            .then(|| name[before.len()..].trim_start())
    }) {
        name = rest;
    }
    let name = name.split(" on behalf of ").next().unwrap_or(name).trim();
    let bare = name.trim_end_matches('.');
    if name.starts_with("on behalf of ") || NO_NAMES.contains(&bare) {
        return "";
    }
    name
}

/// The only state whose name is one slip away from what was written.
fn nearly(written: &str) -> Option<&'static str> {
    let written = folded(written.trim_end_matches(['.', ',', ';', '*']).trim());
    if written.len() < 5 || written.len() > 60 {
        return None;
    }
    let mut found = None;
    for (name, state) in BY_NAME.iter() {
        if name.len() >= 5 && one_slip(&written, name) && found.is_none_or(|one| one == *state) {
            found = Some(*state);
        } else if name.len() >= 5 && one_slip(&written, name) {
            return None;
        }
    }
    found
}

/// Whether two names differ by one letter that is wrong, missing, too many or in the place of its neighbour.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a.first() != b.first() {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let rest = |list: &[char], n: usize| list.get(n..).map(<[char]>::to_vec);
    rest(a, 1) == rest(b, 1)
        || rest(a, 1).as_deref() == Some(b)
        || rest(b, 1).as_deref() == Some(a)
        || (a.len() == b.len()
            && a.len() > 1
            && a[0] == b[1]
            && a[1] == b[0]
            && rest(a, 2) == rest(b, 2))
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

    #[test]
    fn a_slip_in_a_name_is_forgiven_and_a_word_is_no_slip() {
        let states = |names: &[&str]| Some(names.iter().map(|n| (*n).to_owned()).collect());
        assert_eq!(
            listed("Norway, Switerland"),
            states(&["Norway", "Switzerland"])
        );
        assert_eq!(listed("Hugnary"), states(&["Hungary"]));
        assert_eq!(listed("Norway, see above"), None);
        assert_eq!(listed("Women"), None);
    }
}
