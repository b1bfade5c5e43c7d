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

/// The fewest letters of a beginning in `same.txt`.
const SHORTEST: usize = 4;

type Spellings = HashMap<String, Vec<(Vec<String>, String)>>;

/// What `same.txt` says.
#[derive(Default)]
struct Same {
    /// By the first word, the longest spellings first.
    spellings: Spellings,
    /// By a beginning of a word, what it stands for.
    beginnings: HashMap<String, String>,
}

static SAME: LazyLock<Same> = LazyLock::new(|| {
    let mut same = Same::default();
    let all = &mut same.spellings;
    for line in include_str!("same.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
    {
        let Some((stands, spellings)) = line.split_once(" = ") else {
            continue;
        };
        for spelling in spellings.split(" | ") {
            if let Some(beginning) = spelling.strip_suffix('*') {
                same.beginnings
                    .insert(beginning.to_owned(), stands.to_owned());
                continue;
            }
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
    same
});

/// Words before the name of who asked for the same before; what follows up to the next sign is not asked for.
const ASKED_BEFORE: &[&str] = &[
    "as recommended by",
    "as was recommended by",
    "as requested by",
    "as suggested by",
    "as proposed by",
];

/// The text without who asked for the same before.
fn own(text: &str) -> String {
    let small = text.to_ascii_lowercase();
    let (mut own, mut from) = (String::with_capacity(text.len()), 0);
    while let Some(at) = ASKED_BEFORE
        .iter()
        .filter_map(|words| small[from..].find(words))
        .min()
    {
        own.push_str(&text[from..from + at]);
        from += at;
        from += small[from..]
            .find([',', ';', '.'])
            .unwrap_or(small.len() - from);
    }
    own.push_str(&text[from..]);
    own
}

/// A word without its ending, or what its beginning stands for. A number other than a year decides.
fn stem(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_digit()) && !(word.len() == 4 && word > "1899") {
        return format!("!{word}");
    }
    let ends: Vec<usize> = word
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let known = (SHORTEST..=STEM.min(ends.len()))
        .rev()
        .find_map(|letters| SAME.beginnings.get(&word[..ends[letters - 1]]));
    match known {
        Some(stands) => stands.clone(),
        None => word.chars().take(STEM).collect(),
    }
}

/// The most bytes of a text that are looked at.
const MOST: usize = 1 << 15;

/// What a text asks for, as words that stand for their forms and spellings.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text = &text[..text.floor_char_boundary(MOST)];
    let plain: Vec<String> = own(text)
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
        let known = SAME.spellings.get(word).and_then(|spellings| {
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
                    all.push(stem(word));
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
        assert_eq!(
            words("Consider ratifying the OP-CAT"),
            ["!ratify", "!opcat"]
        );
        assert_eq!(
            words("Accede to the Optional Protocol to the Convention against Torture;"),
            ["!ratify", "!opcat"]
        );
        assert_ne!(
            words("Ratify the Convention against Torture"),
            words("Ratify OP-CAT")
        );
    }

    #[test]
    fn who_asked_before_is_not_what_is_asked() {
        assert_eq!(
            words("Abolish the death penalty, as recommended by the Committee on Torture, in law"),
            words("Abolish the death penalty in law")
        );
        assert_eq!(words("As requested by "), [] as [&str; 0]);
    }

    #[test]
    fn another_number_asks_for_something_else_and_another_year_does_not() {
        assert!(words("Amend article 7 by 2012").contains(&"!7".to_owned()));
        assert!(words("Amend article 7 by 2012").contains(&"2012".to_owned()));
    }

    #[test]
    fn every_beginning_of_the_list_can_be_met() {
        for (beginning, stands) in &SAME.beginnings {
            let met = words(&format!("{beginning}zzzzzz"));
            assert_eq!(met, [stands.as_str()], "{beginning}");
        }
        assert!(SAME.beginnings.len() > 100);
    }

    #[test]
    fn forms_of_a_word_are_one() {
        assert_eq!(words("discriminating"), words("Discrimination"));
    }
}
