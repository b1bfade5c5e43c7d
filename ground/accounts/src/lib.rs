//! People, their roles, how they sign in, and who may do what.

mod access;

pub use access::{Area, Decision, Person, Protection, Role, Rule, Scope, UnknownWord, decide, scope};
