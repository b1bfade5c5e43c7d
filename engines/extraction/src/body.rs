//! Recommendations that the chapter of conclusions names only by the paragraph in which they were made: "The recommendations
//! noted in paragraphs 28 (a), 31 (b) and (c) and 40 above did not enjoy the support of Lakeland". They are taken from there:
//! what follows the letter, or what follows "recommended", each with the state that the sentence begins with.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Reply,
    chapter::Item,
    numbering::{Number, letters, number},
    propose::Paragraph,
    states::state_name,
};

#[allow(clippy::expect_used)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant")
}

/// Paragraphs of the report that a paragraph of the chapter refers to.
static REFERENCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\brecommendations?\b[^.]{0,80}?\bparagraphs?\s+(?P<all>\d{1,3}(?:\s*(?:\(?[a-z]\)|,|;|\band\b|\bto\b|–|-|\d{1,3}|\(|\bparagraphs?\b))*)",
    )
});

static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<number>\d{1,3})|(?P<to>\bto\b|–|-)|\(?\b(?P<letter>[a-z])\)"));

static RECOMMENDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:also\s+|further\s+)?recommend(?:ed|s)\s+(?:that\s+)?(?:the\s+Government\s+(?:of\s+\w+\s+)?(?:to\s+|should\s+)?|to\s+)?",
    )
});

static LETTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(([a-z])\)\s"));

/// The most paragraphs that are looked up; a chapter that refers to more is read wrongly.
const MOST: usize = 200;

/// A paragraph of the report and, where one is named, a letter in it.
type Reference = (u32, Option<u32>);

/// The items that paragraphs of the chapter refer to. `report` is what stands before the chapter, `announced` its paragraphs
/// with the replies that they state.
pub(crate) fn referred(
    report: &[Paragraph<'_>],
    announced: &[(String, Option<Reply>)],
) -> Vec<Item> {
    let numbered: Vec<(u32, usize)> = numbered(report);
    let mut items = Vec::new();
    for (text, reply) in announced.iter().filter(|(_, reply)| reply.is_some()) {
        for (n, letter) in references(text).into_iter().take(MOST) {
            let Some(at) = numbered.iter().position(|(of, _)| *of == n) else {
                continue;
            };
            let from = numbered[at].1;
            let to = numbered.get(at + 1).map_or(report.len(), |next| next.1);
            of_paragraph(&report[from..to], n, letter, *reply, &mut items);
        }
    }
    items
}

/// The paragraphs of the report by their numbers, which only grow; one or two may be lost.
fn numbered(report: &[Paragraph<'_>]) -> Vec<(u32, usize)> {
    let mut all: Vec<(u32, usize)> = Vec::new();
    for (at, paragraph) in report.iter().enumerate() {
        if let Some((Number::Plain(n), _)) = number(paragraph.text)
            && all
                .last()
                .map_or(n == 1, |(last, _)| n > *last && n <= last + 3)
        {
            all.push((n, at));
        }
    }
    all
}

fn references(text: &str) -> Vec<Reference> {
    let mut all: Vec<Reference> = Vec::new();
    let Some(list) = REFERENCES
        .captures(text)
        .and_then(|found| found.name("all"))
    else {
        return all;
    };
    let mut up_to = false;
    for found in REFERENCE.captures_iter(list.as_str()) {
        if found.name("to").is_some() {
            up_to = true;
            continue;
        }
        let before = all.last().copied();
        if let Some(n) = found.name("number").and_then(|n| n.as_str().parse().ok()) {
            match before.filter(|_| up_to) {
                Some((from, None)) if from < n => all.extend((from + 1..=n).map(|n| (n, None))),
                _ => all.push((n, None)),
            }
        } else if let (Some(letter), Some((n, of))) = (found.name("letter"), before) {
            let letter = u32::from(letter.as_str().as_bytes()[0].to_ascii_lowercase() - b'a') + 1;
            match of {
                None => {
                    all.pop();
                    all.push((n, Some(letter)));
                }
                Some(from) if up_to && from < letter => {
                    all.extend((from + 1..=letter).map(|letter| (n, Some(letter))));
                }
                Some(_) => all.push((n, Some(letter))),
            }
        }
        up_to = false;
        if all.len() > MOST {
            break;
        }
    }
    all
}

fn of_paragraph(
    lines: &[Paragraph<'_>],
    n: u32,
    letter: Option<u32>,
    reply: Option<Reply>,
    items: &mut Vec<Item>,
) {
    let mut text = String::new();
    let mut begun = Vec::new();
    for line in lines {
        if !text.is_empty() {
            text.push(' ');
        }
        begun.push(text.len());
        text.push_str(line.text);
    }
    let mut take = |cited: String, from: usize, to: usize, state: &str| {
        let Some(line) = begun.iter().rposition(|at| *at <= from) else {
            return;
        };
        let paragraph = &lines[line];
        items.push(Item {
            paragraph: cited,
            text: format!("{} ({state})", trimmed(&text[from..to])),
            reply,
            answered_after: true,
            page: paragraph.page,
            span: (paragraph.from + (from - begun[line]), paragraph.to),
        });
    };
    if let Some(wanted) = letter {
        let mut marks = LETTER.captures_iter(&text).filter_map(|found| {
            let letter = found.get(1)?.as_str().as_bytes()[0];
            Some((u32::from(letter - b'a') + 1, found.get(0)?))
        });
        let Some((_, mark)) = marks.by_ref().find(|(letter, _)| *letter == wanted) else {
            return;
        };
        let next = marks.next().map_or(text.len(), |(_, next)| next.start());
        let to = ends(&text, mark.end()).min(next);
        if let Some(state) = speaker(&text[..mark.start()]) {
            take(format!("{n}({})", letters(wanted)), mark.end(), to, state);
        }
        return;
    }
    for found in RECOMMENDED.find_iter(&text) {
        let to = ends(&text, found.end());
        if let Some(state) = speaker(&text[..found.start()]) {
            take(n.to_string(), found.end(), to, state);
        }
    }
}

/// Where the sentence that holds a place ends.
fn ends(text: &str, from: usize) -> usize {
    let end = text[from..].match_indices(". ").find(|(at, _)| {
        let word = text[from..from + at].rsplit(' ').next().unwrap_or_default();
        word != "No"
    });
    end.map_or(text.len(), |(at, _)| from + at)
}

fn trimmed(text: &str) -> &str {
    let text = text.trim().trim_end_matches([';', ',', '.', ' ']);
    text.strip_suffix(" and")
        .unwrap_or(text)
        .trim_end_matches([';', ',', ' '])
}

/// The state with which the last sentence that begins with one begins.
fn speaker(before: &str) -> Option<&'static str> {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(before.match_indices(". ").map(|(at, _)| at + 2))
        .collect();
    starts.into_iter().rev().find_map(|at| {
        let words: Vec<&str> = before[at..].split(' ').take(8).collect();
        (1..=words.len())
            .rev()
            .find_map(|many| state_name(&words[..many].join(" ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_paragraphs_and_letters_are_taken_apart() {
        assert_eq!(
            references(
                "The recommendations noted in the report in paragraphs 28 (a), 31 (b) and (d) to (f), 40 and 42 to 44 above did not enjoy the support of Lakeland."
            ),
            [
                (28, Some(1)),
                (31, Some(2)),
                (31, Some(4)),
                (31, Some(5)),
                (31, Some(6)),
                (40, None),
                (42, None),
                (43, None),
                (44, None)
            ]
        );
        assert_eq!(references("The following recommendations"), []);
    }

    #[test]
    fn the_state_is_that_with_which_the_sentence_begins() {
        assert_eq!(
            speaker("28. Peru left. The Netherlands thanked Mali and asked. It"),
            Some("Netherlands")
        );
        assert_eq!(speaker("Nobody spoke. The delegation of Peru"), None);
    }
}
