//! Whether proposals come from their document.
#![allow(dead_code, unreachable_pub)]

use mandate_extraction::{Proposal, Source};

/// Whether every word of a proposal and of its lead stands in the document, in order: the text from the beginning of its
/// span on, with at most the marks of the paper between its parts.
pub fn comes_from(source: &Source, proposal: &Proposal) -> bool {
    let letters =
        |text: &str| -> Vec<char> { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (mut here, mut whole) = (Vec::new(), Vec::new());
    for page in &source.pages {
        whole.extend(letters(&page.text));
        if page.number == proposal.page {
            here.extend(letters(&page.text[proposal.span.0..]));
        } else if page.number > proposal.page {
            here.extend(letters(&page.text));
        }
    }
    let lead = proposal.lead.as_deref().map(letters).unwrap_or_default();
    let text = letters(&proposal.text);
    here.starts_with(&text[..text.len().min(1)]) && follows(&here, &text) && follows(&whole, &lead)
}

/// Whether `text` is made of runs of `whole`, in order; a run is at least as long as a short word, or the end.
fn follows(whole: &[char], text: &[char]) -> bool {
    let (mut at, mut done) = (0, 0);
    while done < text.len() {
        let least = (text.len() - done).min(4);
        let run = &text[done..done + least];
        let Some(found) = whole[at..].windows(least).position(|window| window == run) else {
            return false;
        };
        at += found;
        let same = whole[at..]
            .iter()
            .zip(&text[done..])
            .take_while(|(a, b)| a == b)
            .count();
        at += same;
        done += same;
    }
    true
}
