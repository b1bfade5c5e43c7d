//! Concluding observations, opinions and country reports: recommendations are known by their words.

use crate::{
    Doubt, Proposal,
    numbering::{Number, number},
    propose::Paragraph,
    rules,
};

/// Numbered paragraphs that recommend; the letters of a list that such a paragraph opens are recommendations of their own.
pub(crate) fn propose(all: &[Paragraph<'_>]) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    let (mut cited, mut opening) = (String::new(), None::<String>);
    let mut last_letter = 0;
    for paragraph in all {
        if rules::CONTENTS.is_match(paragraph.text) {
            continue;
        }
        let text = paragraph.text.trim();
        match number(text) {
            Some((Number::Letter(n), rest)) if opening.is_some() && n == last_letter + 1 => {
                last_letter = n;
                let letter = char::from(b'a' + u8::try_from(n.min(26) - 1).unwrap_or(0));
                found.push(proposal(format!("{cited}({letter})"), rest, paragraph));
                continue;
            }
            Some((Number::Plain(n), rest)) => {
                cited = n.to_string();
                last_letter = 0;
                opening = None;
                consider(rest, &cited, paragraph, &mut found, &mut opening);
            }
            Some((Number::Under(over, n), rest)) => {
                cited = format!("{over}.{n}");
                last_letter = 0;
                opening = None;
                consider(rest, &cited, paragraph, &mut found, &mut opening);
            }
            _ => consider(text, &cited, paragraph, &mut found, &mut opening),
        }
    }
    found
}

fn consider(
    text: &str,
    cited: &str,
    paragraph: &Paragraph<'_>,
    found: &mut Vec<Proposal>,
    opening: &mut Option<String>,
) {
    if !rules::OBSERVATION.is_match(text) {
        return;
    }
    if text.trim_end().ends_with(':') {
        *opening = Some(text.to_owned());
        return;
    }
    *opening = None;
    // The sentences before the first that recommends are the concern that it answers.
    let from = rules::OBSERVATION.find(text).map_or(0, |first| {
        text[..first.start()].rfind(". ").map_or(0, |at| at + 2)
    });
    found.push(proposal(cited.to_owned(), &text[from..], paragraph));
}

fn proposal(cited: String, text: &str, paragraph: &Paragraph<'_>) -> Proposal {
    Proposal {
        paragraph: cited,
        text: text.trim().trim_end_matches([';', '.']).to_owned(),
        states: Vec::new(),
        reply: None,
        page: paragraph.page,
        span: (paragraph.from, paragraph.to),
        confidence: 0.75,
        doubt: Some(Doubt::ByWords),
        kind: crate::Item::Recommendation,
        addressee: None,
        due: None,
        lead: None,
    }
}
