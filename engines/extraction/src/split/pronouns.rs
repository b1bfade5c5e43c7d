//! Of whom "them" and "their" speak, where a recommendation that is taken out of its sentence no longer says so.
//!
//! "Promote the work of defenders (X) and ensure their safety (Y)" is, of Y alone, "ensure the safety of \[defenders\]": the
//! words in brackets are those of the item, put where the pronoun stood, as an editor marks them. Only people are put in,
//! and only where nobody else is named between.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

/// Groups of people, as reports call them.
const GROUPS: &str = include_str!("groups.txt");

/// What people have, as reports ask for it.
const OF_PEOPLE: [&str; 31] = [
    "access",
    "activities",
    "conditions",
    "dignity",
    "education",
    "employment",
    "empowerment",
    "enjoyment",
    "equality",
    "freedom",
    "freedoms",
    "health",
    "housing",
    "inclusion",
    "integration",
    "lives",
    "needs",
    "participation",
    "property",
    "protection",
    "rehabilitation",
    "reintegration",
    "representation",
    "return",
    "rights",
    "safety",
    "security",
    "situation",
    "treatment",
    "welfare",
    "work",
];

/// How many bytes before a part people are looked for: those who are named further off are not meant.
const NEAR: usize = 600;

/// Words in -s that name nobody.
const NOBODY: [&str; 20] = [
    "access",
    "across",
    "actions",
    "address",
    "always",
    "as",
    "assess",
    "efforts",
    "ensures",
    "guarantees",
    "is",
    "its",
    "measures",
    "process",
    "progress",
    "regards",
    "steps",
    "this",
    "towards",
    "various",
];

/// Words that name many without an -s.
const SOMEBODY: [&str; 10] = [
    "community",
    "everyone",
    "family",
    "people",
    "personnel",
    "police",
    "population",
    "press",
    "society",
    "staff",
];

#[allow(clippy::expect_used)]
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let mut groups: Vec<&str> = GROUPS.lines().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let one = groups.join("|");
    Regex::new(&format!(
        r"\b(?i-u:{one})\b(?:(?:,\s|\s(?:and|or)\s|,\sand\s)(?:{one})\b)*"
    ))
    .expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static PRONOUN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:their|them)\b").expect("the pattern is constant"));

#[allow(clippy::expect_used)]
static HAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s((?:[a-z-]+\s){0,2}?([a-z-]+)(?:\sand\s([a-z-]+))?)(?:\s*(?:$|[,.;])|\s(?:in|to|of|from|by|when|on|as|at|and\s[a-z]+\s)\b)")
        .expect("the pattern is constant")
});

/// A part of an item with its first pronoun told, if people named in the item before it are those it speaks of.
pub(super) fn told(part: &str, item: &str) -> Option<String> {
    let pronoun = PRONOUN.find(part)?;
    let (own, after) = (&part[..pronoun.start()], &part[pronoun.end()..]);
    if names_someone(own) {
        return None;
    }
    let people = NAMED.find_iter(before(part, pronoun.end(), item)?).last()?;
    let people = people.as_str();
    if pronoun.as_str() == "them" {
        return Some(format!("{own}[{people}]{after}"));
    }
    let had = HAD.captures(after)?;
    let thing = had.get(1)?;
    let heads: HashSet<&str> = [had.get(2), had.get(3)]
        .into_iter()
        .flatten()
        .map(|head| head.as_str())
        .collect();
    if !heads.iter().all(|head| OF_PEOPLE.contains(head)) {
        return None;
    }
    Some(format!(
        "{own}the {} of [{people}]{}",
        thing.as_str(),
        &after[thing.end()..]
    ))
}

/// Whether a part speaks of people whom only the item before it names.
pub(super) fn leans(part: &str, item: &str) -> bool {
    let against = part
        .strip_suffix("against them")
        .is_some_and(|own| !NAMED.is_match(own));
    against || told(part, item).is_some()
}

/// What stands in the item before a part, which is known by its words up to the pronoun.
fn before<'t>(part: &str, to: usize, item: &'t str) -> Option<&'t str> {
    // The first letter may have been made small or large.
    let known = &part[part.chars().next()?.len_utf8()..to];
    let at = item.find(known)?;
    if item.rfind(known)? != at {
        return None;
    }
    let mut from = at.saturating_sub(NEAR);
    while !item.is_char_boundary(from) {
        from += 1;
    }
    Some(&item[from..at])
}

fn names_someone(text: &str) -> bool {
    let many = |word: &str| word.len() > 3 && word.ends_with('s') && !NOBODY.contains(&word);
    NAMED.is_match(text)
        || text
            .split(|c: char| !c.is_alphabetic())
            .any(|word| many(word) || SOMEBODY.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_people_that_were_named_last_are_put_in_brackets() {
        let item = "Protect fishermen, journalists and media personnel (Norway) and ensure their safety and security (Peru); give more boats to them (Mali)";
        assert_eq!(
            told("ensure their safety and security", item).as_deref(),
            Some("ensure the safety and security of [journalists and media personnel]")
        );
        assert_eq!(
            told("Give more boats to them", item),
            None,
            "boats are named before"
        );
        assert_eq!(
            told(
                "give guarantees to them",
                "Protect women (Peru); give guarantees to them (Mali)"
            )
            .as_deref(),
            Some("give guarantees to [women]")
        );
    }

    #[test]
    fn what_is_not_of_people_or_speaks_of_its_own_words_is_left() {
        for (part, item) in [
            (
                "begin their implementation",
                "Adopt laws for women (Peru), and begin their implementation (Mali)",
            ),
            (
                "ensure that girls know their rights",
                "Protect women (Peru); ensure that girls know their rights (Mali)",
            ),
            (
                "ensure their safety",
                "Protect lakes (Peru); ensure their safety (Mali)",
            ),
            (
                "ensure its safety",
                "Protect women (Peru); ensure its safety (Mali)",
            ),
        ] {
            assert_eq!(told(part, item), None, "{part}");
        }
    }
}
