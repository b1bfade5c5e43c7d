//! Serbian labels in Cyrillic, made from the Latin ones by the 30-letter table of `mandate-names`.
//!
//! Only running text changes. What stays as it is: placeholders and everything inside `{ }`, ids, comments, selector
//! keys, string literals such as `{"PDF"}`; and inside running text the words of [`STAYS_LATIN`], words with a letter
//! that Serbian does not have (q, w, x, y: "Word", "Excel"), Roman numerals of two letters and more, web and e-mail
//! addresses, document symbols such as A/HRC/43/12, and file endings such as .xlsx. An ending joined by a hyphen
//! does change: "PDF-a" becomes "PDF-а".

use std::sync::LazyLock;

use crate::letters::latin_to_cyrillic;
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use regex::Regex;

/// Words that Serbian institutions write in Latin letters inside Cyrillic text. Compared without regard to case.
pub const STAYS_LATIN: [&str; 44] = [
    // formats and techniques
    "PDF",
    "DOCX",
    "DOC",
    "ODT",
    "XLSX",
    "XLS",
    "CSV",
    "TSV",
    "JSON",
    "XML",
    "HTML",
    "ZIP",
    "URL",
    "API",
    "TOTP",
    "QR",
    "UTF",
    "PIN",
    "IP",
    "HTTP",
    "HTTPS",
    "TLS",
    "SQLite",
    "PostgreSQL",
    "OpenAPI",
    "LibreOffice",
    "JavaScript",
    "MB",
    "KB",
    "GB",
    // mechanisms known by their Latin abbreviation
    "UPR",
    "CEDAW",
    "CERD",
    "CESCR",
    "CCPR",
    "CRPD",
    "GREVIO",
    "GRETA",
    "ECRI",
    "FCNM",
    "CPT",
    "OHCHR",
    "UNMIK",
    "EULEX",
];

/// What is lifted out of running text before its letters are changed.
#[allow(clippy::expect_used)] // A constant pattern, compiled by every test of this file.
static STAYS: LazyLock<Regex> = LazyLock::new(|| {
    let words = STAYS_LATIN.join("|");
    Regex::new(&format!(
        r"(?x)
        \b(?:https?://|www\.)[^\s<>{{}}«»„“”]+      # web addresses
        | \b[\w.+-]+@[\w-]+(?:\.[\w-]+)+            # e-mail addresses
        | \b[A-Z]{{1,8}}(?:/[A-Z0-9][A-Za-z0-9.]*)+ # document symbols
        | \b[IVX]{{2,}}\b                           # Roman numerals
        | \b(?i:{words})\b
        | \b\p{{L}}*[qwxyQWXY]\p{{L}}*\b            # words that are not Serbian
        "
    ))
    .expect("the pattern is constant")
});

/// Serbian running text in Cyrillic, except for what stays Latin (see the list in this module's first comment).
pub fn to_cyrillic(text: &str) -> String {
    let mut cyrillic = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for kept in STAYS.find_iter(text) {
        cyrillic.push_str(&latin_to_cyrillic(&text[done..kept.start()]));
        cyrillic.push_str(kept.as_str());
        done = kept.end();
    }
    cyrillic.push_str(&latin_to_cyrillic(&text[done..]));
    cyrillic
}

/// The same Fluent file with its text elements in Cyrillic; every other byte stays where it was in its line.
pub(crate) fn transliterate(resource: &FluentResource) -> String {
    let source = resource.source();
    let mut texts = Vec::new();
    for entry in resource.entries() {
        match entry {
            Entry::Message(m) => {
                m.value.iter().for_each(|p| in_pattern(p, &mut texts));
                m.attributes
                    .iter()
                    .for_each(|a| in_pattern(&a.value, &mut texts));
            }
            Entry::Term(t) => {
                in_pattern(&t.value, &mut texts);
                t.attributes
                    .iter()
                    .for_each(|a| in_pattern(&a.value, &mut texts));
            }
            _ => {}
        }
    }
    // The parser's texts are slices of the source, so that each one's place in it is known.
    let mut places: Vec<(usize, &str)> = texts
        .into_iter()
        .map(|text| (text.as_ptr() as usize - source.as_ptr() as usize, text))
        .collect();
    places.sort_unstable();
    let mut cyrillic = String::with_capacity(source.len() * 2);
    let mut done = 0;
    for (start, text) in places {
        cyrillic.push_str(&source[done..start]);
        cyrillic.push_str(&to_cyrillic(text));
        done = start + text.len();
    }
    cyrillic.push_str(&source[done..]);
    cyrillic
}

fn in_pattern<'s>(pattern: &Pattern<&'s str>, texts: &mut Vec<&'s str>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => texts.push(value),
            PatternElement::Placeable { expression } => in_expression(expression, texts),
        }
    }
}

fn in_expression<'s>(expression: &Expression<&'s str>, texts: &mut Vec<&'s str>) {
    match expression {
        Expression::Select { variants, .. } => {
            variants.iter().for_each(|v| in_pattern(&v.value, texts));
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => {
            in_expression(expression, texts);
        }
        Expression::Inline(_) => {}
    }
}
