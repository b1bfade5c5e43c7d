//! "Adopt a definition, further revise the law (X)": no word joins the two, and the second begins with an adverb that says that
//! something else is asked. Among 23,000 recommendations that people took out of reports hardly one holds such a pair: they
//! are taken out as two.

use std::sync::LazyLock;

use regex::Regex;

use super::asks::asks;

#[allow(clippy::expect_used)]
static FURTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[,;]\s(?:further|also|furthermore|moreover|additionally|in addition),?\s")
        .expect("the pattern is constant")
});

/// Words before the adverb after which it adds nothing of its own: "and, to that end, further train judges".
const AIMS: [&str; 6] = ["end", "particular", "regard", "respect", "and", "aim"];

/// The fewest words of a request.
const FEWEST: usize = 4;

/// The two requests, without what joins them; nothing unless both ask.
pub(super) fn apart(text: &str) -> Option<[String; 2]> {
    let joint = FURTHER.find(text)?;
    let adverb = text[joint.start()..].trim_start_matches([',', ';', ' ']);
    let (first, second) = (&text[..joint.start()], &text[joint.end()..]);
    let aim = first.rsplit(' ').next().unwrap_or_default();
    let enough = |part: &str| part.split_whitespace().count() >= FEWEST;
    if AIMS.contains(&aim) || !asks(first, true) || !asks(second, true) {
        return None;
    }
    // "Further revise" says how it is to be revised; the other adverbs only join.
    let second = if adverb.starts_with("further ") {
        adverb
    } else {
        second
    };
    (enough(first) && enough(second)).then(|| [first.to_owned(), second.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_an_adverb_adds_without_another_word_stands_by_itself() {
        assert_eq!(
            apart("Adopt a definition of lakes, further revise the law on rivers"),
            Some([
                "Adopt a definition of lakes".into(),
                "further revise the law on rivers".into()
            ])
        );
        assert_eq!(
            apart("Train judges of lake courts; furthermore, publish all of their judgements"),
            Some([
                "Train judges of lake courts".into(),
                "publish all of their judgements".into()
            ])
        );
    }

    #[test]
    fn an_adverb_that_stands_in_its_sentence_parts_nothing() {
        for text in [
            "Protect lakes and, to that end, further train the keepers of locks",
            "Through its plan for lakes, further seek to address the loss of reeds",
            "Train judges and further protect the reeds of the lake",
            "Train the keepers of the locks, also in winter and at night",
        ] {
            assert_eq!(apart(text), None, "{text}");
        }
    }
}
