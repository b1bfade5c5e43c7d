//! The verification of survivor status: filed, decided and watched over without the server reading a file.
//!
//! - [`domain`] holds the words and rules: windows, clocks, stages, votes, decisions, published counts;
//! - [`store`] holds what the server must know of a file, and only that ([`store::KNOWN`] names each fact with its reason);
//! - [`pages`] are two: the process as the human rights office sees it, and one page of files for those who work on them, whose
//!   content is sealed and opened in the browser.
//!
//! **Four sights.** Who files sees what their body filed; the Commission sees coded files that were assigned; keepers see
//! identities, two of them together; the human rights office sees no file. A file is three sealed cases: the coded file, and
//! the identity under two keys, of which every keeper holds one.
//!
//! **Silence.** No title, address, log line or message of this area says what it is about: addresses are `/files` and
//! `/process`, and which file is meant stands in the body of a request.

pub mod domain;
pub mod pages;
pub mod release;
pub mod store;

pub use store::migrations;
