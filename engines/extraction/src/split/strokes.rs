//! "Prevent/prohibit torture (X, Y)": two states asked for nearly the same, and the report prints their words side by side,
//! in the order of the states.

use std::sync::LazyLock;

use regex::Regex;

#[allow(clippy::expect_used)]
static STROKE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([A-Za-z][a-z-]+)\s?/\s?((?:human rights )?[a-z][a-z-]+)\b")
        .expect("the pattern is constant")
});

/// Pairs that are one word.
const ONE: [&str; 6] = [
    "and/or", "he/she", "his/her", "him/her", "she/he", "her/his",
];

/// The text of the first and of the second state, where each stroke stands between two words.
pub(super) fn told(text: &str) -> Option<[String; 2]> {
    let (mut first, mut second, mut from) = (String::new(), String::new(), 0);
    let mut found = 0;
    for pair in STROKE.captures_iter(text) {
        let (whole, one, other) = (pair.get(0)?, pair.get(1)?, pair.get(2)?);
        if ONE.contains(&whole.as_str().to_lowercase().as_str()) {
            continue;
        }
        // "As early as possible/without delay": the stroke stands between phrases, whose ends are not known.
        if matches!(
            other.as_str(),
            "as" | "at" | "in" | "to" | "on" | "by" | "for" | "without" | "with" | "the" | "or"
        ) {
            return None;
        }
        for (out, word) in [(&mut first, one), (&mut second, other)] {
            out.push_str(&text[from..whole.start()]);
            out.push_str(word.as_str());
        }
        from = whole.end();
        found += 1;
    }
    first.push_str(&text[from..]);
    second.push_str(&text[from..]);
    (found > 0 && text.matches('/').count() == found).then_some([first, second])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_gets_the_word_of_its_place() {
        assert_eq!(
            told("Prevent/prohibit the use of nets / hooks"),
            Some([
                "Prevent the use of nets".into(),
                "prohibit the use of hooks".into()
            ])
        );
        assert_eq!(
            told("Try the acts/human rights violations of guards"),
            Some([
                "Try the acts of guards".into(),
                "Try the human rights violations of guards".into()
            ])
        );
    }

    #[test]
    fn phrases_names_and_pairs_that_are_one_word_are_left() {
        for text in [
            "Ratify it as early as possible/without delay",
            "Fight HIV/AIDS",
            "Train judges and/or lawyers",
            "Follow resolution 9/12",
            "Train judges",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
