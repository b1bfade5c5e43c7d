//! Recommendations of human rights mechanisms: who recommended what, who must act, what was done, what is late.
//!
//! - [`domain`] holds the words and rules of the work and knows no screen, no database and no clock;
//! - [`store`] holds the tables and one function for each question;
//! - [`search`] is the index beside the database, rebuilt from it at any time;
//! - [`import`] turns a table into documents and recommendations;
//! - [`report`] composes the follow-up report that leaves the office;
//! - [`export`] turns a list into a table that imports again;
//! - [`pages`] are thin: ask the store, ask the domain, fill a view, hand it to a template.

pub mod again;
pub mod domain;
pub mod export;
pub mod import;
pub mod learn;
pub mod pages;
pub mod report;
pub mod search;
pub mod store;
pub mod suggest;
mod words;

pub use store::migrations;
