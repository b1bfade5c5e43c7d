//! Proposals lie in their pages and no word in one is invented. The first byte chooses the kind of document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mandate_extraction::{Kind, Kinds, Page, Source, document_facts, propose};

#[path = "../../tests/common/words.rs"]
mod words;

const HEADS: [&str; 10] = [
    "CEDAW/C/LKL/CO/4\n",
    "Report of the Special Rapporteur on lakes\n",
    "ACFC/OP/V(2024)9\n",
    "CPT/Inf (2024) 91\n",
    "ECRI report on Lakeland\n",
    "GREVIO/Inf(2024)9\n",
    "SWD(2024) 999 final\n",
    "OMBUDSPERSON INSTITUTION\n",
    "Conclusions and/or recommendations\n7. The following recommendations enjoy the support of Lakeland:\n",
    "",
];

// Compiling the kinds takes seconds under a sanitiser.
fuzz_target!(init: { Kinds::default(); }, |input: (u8, &str)| {
    let (first, rest) = input;
    let head = HEADS[usize::from(first) % HEADS.len()];
    let text = format!("{head}{rest}");
    let pages = (1..)
        .zip(text.split('\u{c}'))
        .map(|(number, text)| Page { number, text: text.to_owned(), ..Page::default() })
        .collect();
    let symbol = (first % 10 == 0).then(|| "CEDAW/C/LKL/CO/4".to_owned());
    let source = Source { kind: Kind::Text, symbol, pages };
    let kind = document_facts(&source, &Kinds::default()).kind;
    let found = propose(&source);
    let by_kind = kind.is_some_and(|kind| kind != "upr")
        && found.iter().any(|p| p.lead.is_some() || p.kind != mandate_extraction::Item::Recommendation);
    for proposal in &found {
        let page = source.pages.iter().find(|page| page.number == proposal.page);
        let text = &page.expect("the page exists").text;
        let (from, to) = proposal.span;
        assert!(from <= to && text.get(from..to).is_some());
        assert!((0.0..=1.0).contains(&proposal.confidence));
        if by_kind {
            assert!(words::comes_from(&source, proposal), "{proposal:?}");
        }
    }
});
