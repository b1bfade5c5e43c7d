//! The items of the chapter of conclusions as proposals, each with its states, its reply and its place.

use crate::{
    Doubt, Kinds, Page, Proposal, Reply, Source, body,
    chapter::{Item, LONGEST, read_chapter},
    observations, rules,
    split::{Part, split, treaties},
    walk,
};

/// A paragraph with its place.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph<'a> {
    pub(crate) page: u32,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) text: &'a str,
}

pub(crate) fn paragraphs(pages: &[Page]) -> Vec<Paragraph<'_>> {
    let mut all = Vec::new();
    for page in pages {
        let mut from = 0;
        for line in page.text.split('\n') {
            if !line.trim().is_empty() {
                all.push(Paragraph {
                    page: page.number,
                    from,
                    to: from + line.len(),
                    text: line,
                });
            }
            from += line.len() + 1;
        }
    }
    all
}

/// Finds the recommendations of a document, in order; in a document of one of the built-in [`Kinds`] also concerns and progress.
pub fn propose(source: &Source) -> Vec<Proposal> {
    propose_with(source, &Kinds::default())
}

/// The same with the kinds of documents given.
pub fn propose_with(source: &Source, kinds: &Kinds) -> Vec<Proposal> {
    if let Some(kind) = kinds.of(source) {
        let found = walk::propose(source, kind);
        if !found.is_empty() {
            return found;
        }
    }
    let all = paragraphs(&source.pages);
    let chapter = all.iter().rposition(|p| {
        rules::CHAPTER.is_match(p.text.trim_matches(['*', ' ']))
            && !rules::CONTENTS.is_match(p.text)
    });
    let items = match chapter {
        Some(at) => {
            let read = read_chapter(&all[at + 1..]);
            let mut items = read.items;
            items.extend(body::referred(&all[..at], &read.announced));
            items
        }
        None => {
            let announced = all.iter().position(|p| {
                rules::reply(p.text).is_some()
                    && rules::MAIN.is_match(p.text)
                    && p.text.trim_end().ends_with(':')
            });
            announced.map_or_else(Vec::new, |at| read_chapter(&all[at..]).items)
        }
    };
    if items.is_empty() {
        return observations::propose(&all);
    }
    // An item that grows repeats its beginning for each set of states. Real reports stay far below twice their text; one
    // made to multiply is no longer taken apart.
    let mut left = 2 * all.iter().map(|p| p.text.len()).sum::<usize>();
    let mut found = Vec::new();
    for item in items {
        let of = if left == 0 || item.text.len() > LONGEST {
            vec![whole(&item)]
        } else {
            proposals(&item)
        };
        let written = of.iter().map(|p| p.text.len()).sum();
        left = left.saturating_sub(written);
        found.extend(of);
    }
    doubted(found)
}

/// An item as it stands, not taken apart.
fn whole(item: &Item) -> Proposal {
    Proposal {
        paragraph: item.paragraph.clone(),
        text: item.text.trim().to_owned(),
        states: Vec::new(),
        reply: item.reply,
        page: item.page,
        span: item.span,
        confidence: 0.3,
        doubt: Some(Doubt::Length),
        kind: crate::Item::Recommendation,
        addressee: None,
        due: None,
        lead: None,
    }
}

fn proposals(item: &Item) -> Vec<Proposal> {
    let parts = split(&item.text);
    let shared = parts.len() > 1;
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        // What was singled out to be answered later is answered treaty by treaty.
        let later = item.reply == Some(Reply::Later) && !item.answered_after;
        let lists = later && part.states.len() == 1;
        match treaties::apart(&part.text).filter(|_| lists) {
            Some(single) => all.extend(single.into_iter().map(|text| Part {
                text,
                states: part.states.clone(),
                shared: true,
            })),
            None => all.push(part),
        }
    }
    all.into_iter()
        .map(|part| Proposal {
            paragraph: item.paragraph.clone(),
            doubt: if part.shared {
                Some(Doubt::Shared)
            } else if part.states.is_empty() {
                Some(Doubt::NoState)
            } else if part.text.len() > 1_500 || part.text.len() < 12 {
                Some(Doubt::Length)
            } else {
                None
            },
            confidence: if shared { 0.85 } else { 0.95 },
            text: sentence(part.text),
            states: part.states,
            reply: item.reply,
            page: item.page,
            span: item.span,
            kind: crate::Item::Recommendation,
            addressee: None,
            due: None,
            lead: None,
        })
        .collect()
}

/// A recommendation begins with a capital, also where it stood in the middle of an item.
fn sentence(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        _ => text,
    }
}

fn doubted(mut found: Vec<Proposal>) -> Vec<Proposal> {
    // Where nobody signs, a missing state is no doubt.
    let signed = found.iter().filter(|p| !p.states.is_empty()).count() * 2 > found.len();
    for proposal in &mut found {
        match proposal.doubt {
            Some(Doubt::NoState) if signed => proposal.confidence = 0.5,
            Some(Doubt::NoState) => proposal.doubt = None,
            Some(_) => proposal.confidence = proposal.confidence.min(0.7),
            None => {}
        }
    }
    found
}
