//! Recommendations out of the reports that mechanisms publish.
//!
//! **Problem.** Officers type recommendations out of PDFs for weeks, and every report numbers, breaks and signs them in its
//! own way.
//!
//! **Method.** [`read`] turns a PDF, a DOCX, a web page or a text into pages of clean text: running heads, page numbers and footnotes
//! are left out, words broken at the end of a line are joined, paragraphs are told apart. [`propose`] finds the chapter of
//! conclusions, follows its numbering ([`rules`] says which words begin and end it and how the reply is worded), and gives
//! each numbered item with the states that made it, the state's reply and its place in the source. What the rules are not
//! sure of carries a [`Doubt`]; a person decides.
//!
//! Other bodies recommend in words of their own. [`Kinds`] are data: how a document is recognised, which headings and words
//! tell a recommendation, a concern and progress, who is addressed and by when. An office adds one with [`Kinds::read`].
//!
//! **Bounds.** [`Limits`] hold for bytes, pages and text, and a deadline for the whole; nothing is read from elsewhere.
//!
//! ```
//! use mandate_extraction::{Limits, propose, read};
//! # fn main() -> Result<(), mandate_extraction::ReadError> {
//! let text = "II. Conclusions and/or recommendations\n\
//!     7. The following recommendations enjoy the support of Lakeland:\n\
//!     7.1. Publish every judgement (Norway, Chile);\n\
//!     7.2. Train judges (Peru).";
//! let found = propose(&read(text.as_bytes(), "report.txt", &Limits::default())?);
//! assert_eq!(found[0].text, "Publish every judgement");
//! assert_eq!(found[0].states, ["Norway", "Chile"]);
//! assert_eq!(found[1].paragraph, "7.2");
//! # Ok(())
//! # }
//! ```

mod blocks;
mod body;
mod chapter;
mod columns;
mod docx;
mod html;
mod kinds;
mod marks;
mod numbering;
mod observations;
pub mod origin;
mod page;
mod pdf;
mod propose;
pub mod rules;
mod split;
mod states;
mod walk;

use std::time::Duration;

use thiserror::Error;

pub use kinds::{Facts, Kinds, KindsError, document_facts};
pub use propose::{propose, propose_with};
pub use states::state_name;

/// How large a document may be, and how long reading it may take.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Pages.
    pub pages: usize,
    /// Bytes of text, and of what a part of the file unpacks to.
    pub text: usize,
    /// For reading the whole.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 100 << 20,
            pages: 2_000,
            text: 32 << 20,
            time: Duration::from_secs(20),
        }
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A PDF with a text layer.
    Pdf,
    /// A document of Word.
    Docx,
    /// Plain text in UTF-8.
    Text,
    /// A web page in UTF-8.
    Html,
}

/// A document as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the file is.
    pub kind: Kind,
    /// The symbol under which it was issued (`A/HRC/13/6`), where it shows one.
    pub symbol: Option<String>,
    /// Its pages; a document without pages has one.
    pub pages: Vec<Page>,
}

/// A page of clean text, a paragraph to a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: u32,
    /// The text, without running heads and footnotes.
    pub text: String,
    /// The lines that it was made of, and the way back to them: see [`Page::stretches`].
    pub origin: origin::Origin,
}

/// A recommendation, a concern or progress that the rules found.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The paragraph as it is cited: `98.1`, `67.12`, `71(a)`; empty where nothing is numbered.
    pub paragraph: String,
    /// The text, without its number and without the states at its end.
    pub text: String,
    /// Who recommends, by the names of [`state_name`].
    pub states: Vec<String>,
    /// How the state under review answered, where the report says so.
    pub reply: Option<Reply>,
    /// The page on which it begins, from 1.
    pub page: u32,
    /// Where it stands in the text of that page, in bytes. One that goes on to the next page ends with its own.
    pub span: (usize, usize),
    /// How sure the rules are, from 0 to 1.
    pub confidence: f32,
    /// Why they are not surer.
    pub doubt: Option<Doubt>,
    /// What it is; documents of the Universal Periodic Review give recommendations only.
    pub kind: Item,
    /// To whom it is addressed, in the words of the document or, failing these, by the default of its kind.
    pub addressee: Option<String>,
    /// By when, in the words of the document: its own, or those of the paragraph on follow-up.
    pub due: Option<String>,
    /// The sentence that opens the list in which it stands: `The Committee recommends that the State party:`.
    pub lead: Option<String>,
}

/// What a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// Something is recommended.
    Recommendation,
    /// Something is regretted or found wrong.
    Concern,
    /// Something is welcomed.
    Progress,
}

/// How a state under review answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The recommendation enjoys its support.
    Supported,
    /// It does not.
    Noted,
    /// It will be examined and answered later.
    Later,
}

/// Why a proposal deserves a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No recommending state was found where the others have one.
    NoState,
    /// Several recommendations seem to share one number.
    Shared,
    /// It is very long or very short.
    Length,
    /// It was found by its words, not by its place in the document.
    ByWords,
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It is protected by a password.
    #[error("the document is protected by a password")]
    Encrypted,
    /// Its pages are pictures: there is no text in them.
    #[error("the document has pages but no text; it seems to be scanned")]
    Scanned,
    /// It is damaged.
    #[error("the document is damaged: {0}")]
    Broken(String),
    /// It is larger than allowed.
    #[error("the document has more than {most} {what}")]
    TooLarge {
        /// `bytes`, `pages`, `bytes of text` or `lists or styles`.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// It is of a kind that is not read here.
    #[error("the document is neither PDF nor DOCX nor HTML nor text")]
    Unknown,
    /// Reading it took longer than allowed.
    #[error("reading the document took too long")]
    TooSlow,
}

impl ReadError {
    /// The end of the label that words it for people: `mechanisms-report-` and this stand in every language of `locales`.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            ReadError::Encrypted => "encrypted",
            ReadError::Scanned => "scanned",
            ReadError::Broken(_) => "broken",
            ReadError::TooLarge { .. } => "too-large",
            ReadError::Unknown => "unknown",
            ReadError::TooSlow => "too-slow",
        }
    }
}

/// Reads a document; its kind is found by its content. `_name` is for messages only.
///
/// # Errors
/// [`ReadError`].
pub fn read(bytes: &[u8], _name: &str, limits: &Limits) -> Result<Source, ReadError> {
    if bytes.len() > limits.bytes {
        let most = limits.bytes;
        return Err(ReadError::TooLarge {
            what: "bytes",
            most,
        });
    }
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return pdf::read(bytes, limits);
    }
    if head.starts_with(b"PK\x03\x04") {
        return docx::read(bytes, limits);
    }
    if html::is_html(bytes) {
        return html::read(bytes, limits);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            if text.len() > limits.text {
                let most = limits.text;
                return Err(ReadError::TooLarge {
                    what: "bytes of text",
                    most,
                });
            }
            // What turns a PDF into text ends its pages with a form feed.
            let pages: Vec<Page> = (1..)
                .zip(text.trim_start_matches('\u{feff}').split('\u{c}'))
                .map(|(number, text)| {
                    let (text, origin) = origin::plain(text);
                    Page {
                        number,
                        text,
                        origin,
                    }
                })
                .filter(|page| page.number == 1 || !page.text.is_empty())
                .collect();
            if pages.len() > limits.pages {
                let most = limits.pages;
                return Err(ReadError::TooLarge {
                    what: "pages",
                    most,
                });
            }
            let first = pages.iter().flat_map(|page| page.text.lines());
            Ok(Source {
                kind: Kind::Text,
                symbol: page::symbol(first.take(40)),
                pages,
            })
        }
        _ => Err(ReadError::Unknown),
    }
}
