//! Languages of the pages and reports: labels, plural forms, dates, numbers, order.
//!
//! Labels are Fluent files, `locales/<language>/<room>.ftl` at the repository root. To add a language, add a folder
//! with the same files; to add a label, add it to every language. Ids are kebab-case and begin with the room's name.
//! Serbian is written in Latin script; its Cyrillic form is made from it when the program starts (see [`to_cyrillic`]).
//!
//! ```
//! use mandate_language::{Languages, Tag};
//! # fn main() -> Result<(), mandate_language::LanguageError> {
//! let languages = Languages::load()?;
//! let tag = languages.negotiate("sq-XK, en;q=0.5", &["en", "sq", "sr-Latn", "sr-Cyrl"]);
//! assert_eq!(tag, Tag::SQ);
//! let albanian = languages.get(tag.as_str()).expect("Albanian is a language of the house");
//! assert_eq!(albanian.date(jiff::civil::date(2026, 11, 23)), "23 nëntor 2026");
//! # Ok(())
//! # }
//! ```

mod catalogue;
mod cyrillic;
mod formats;
#[doc(hidden)]
pub mod labels;
mod language;
mod languages;
mod letters;
mod message;
mod negotiation;
mod tag;

pub use catalogue::LanguageError;
pub use cyrillic::{STAYS_LATIN, to_cyrillic};
pub use language::Language;
pub use languages::Languages;
pub use message::{Arg, Message};
pub use negotiation::negotiate;
pub use tag::Tag;
