//! Words that ask for the same.

use std::{collections::HashMap, sync::LazyLock};

use mandate_names::fold;

/// Words that say nothing of what is asked.
const EMPTY: &[&str] = &[
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "an",
    "for",
    "on",
    "its",
    "their",
    "all",
    "with",
    "as",
    "by",
    "that",
    "this",
    "these",
    "or",
    "at",
    "from",
    "be",
    "is",
    "are",
    "it",
    "into",
    "such",
    "well",
    "also",
    "which",
    "including",
    "particular",
    "further",
    "continue",
    "take",
    "measures",
    "steps",
    "necessary",
    "efforts",
    "order",
    "ensure",
    "consider",
    "possible",
    "soon",
    "appropriate",
    "possibility",
    "view",
    "regard",
    "other",
    "s",
];

/// Letters of a beginning that stands for the word in all its forms.
const STEM: usize = 6;

type Spellings = HashMap<String, Vec<(Vec<String>, String)>>;

/// By the first word, the longest spellings first.
static SAME: LazyLock<Spellings> = LazyLock::new(|| {
    let mut all = Spellings::new();
    for line in include_str!("same.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
    {
        let Some((stands, spellings)) = line.split_once(" = ") else {
            continue;
        };
        for spelling in spellings.split(" | ") {
            let words: Vec<String> = spelling.split_whitespace().map(str::to_owned).collect();
            if let Some(first) = words.first() {
                all.entry(first.clone())
                    .or_default()
                    .push((words, stands.to_owned()));
            }
        }
    }
    for spellings in all.values_mut() {
        spellings.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    }
    all
});

/// The most bytes of a text that are looked at.
const MOST: usize = 1 << 15;

/// What a text asks for, as words that stand for their forms and spellings.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text = &text[..text.floor_char_boundary(MOST)];
    let plain: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            if word.is_ascii() {
                word.to_ascii_lowercase()
            } else {
                fold(word)
            }
        })
        .collect();
    let mut all = Vec::with_capacity(plain.len());
    let mut at = 0;
    while let Some(word) = plain.get(at) {
        let known = SAME.get(word).and_then(|spellings| {
            spellings
                .iter()
                .find(|(words, _)| plain[at..].starts_with(words))
        });
        match known {
            Some((words, stands)) => {
                all.push(stands.clone());
                at += words.len();
            }
            None => {
                if !EMPTY.contains(&word.as_str()) {
                    all.push(word.chars().take(STEM).collect());
                }
                at += 1;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_several_ways_is_one_word() {
        assert_eq!(words("Consider ratifying the OP-CAT"), ["ratify", "!opcat"]);
        assert_eq!(
            words("Accede to the Optional Protocol to the Convention against Torture;"),
            ["ratify", "!opcat"]
        );
        assert_ne!(
            words("Ratify the Convention against Torture"),
            words("Ratify OP-CAT")
        );
    }

    #[test]
    fn forms_of_a_word_are_one() {
        assert_eq!(words("discriminating"), words("Discrimination"));
    }
}
