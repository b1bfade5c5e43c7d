//! Any bytes are read or refused, and what is proposed from them lies in its page. The first byte chooses how a file begins.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use mandate_extraction::{Kinds, Limits, propose, read};

// Compiling the kinds takes seconds under a sanitiser.
fuzz_target!(init: { Kinds::default(); }, |bytes: &[u8]| {
    let limits = Limits {
        bytes: 1 << 20,
        pages: 50,
        text: 1 << 18,
        time: Duration::from_secs(2),
    };
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let head: &[u8] = match first % 5 {
        0 => b"%PDF-1.4\n",
        1 => b"PK\x03\x04",
        2 => b"<!DOCTYPE html>",
        3 => b"<html>",
        _ => b"",
    };
    let Ok(source) = read(&[head, rest].concat(), "fuzzed", &limits) else {
        return;
    };
    for proposal in propose(&source) {
        let page = source.pages.iter().find(|page| page.number == proposal.page);
        let text = &page.expect("the page exists").text;
        let (from, to) = proposal.span;
        assert!(from <= to && text.get(from..to).is_some());
    }
});
