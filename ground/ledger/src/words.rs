//! The words of an entry: who, on what, with which outcome.

use std::fmt;

use mandate_store::Id;
use serde_json::{Map, json};

/// Who acts, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub(crate) who: String,
    pub(crate) session: Option<String>,
}

impl Actor {
    /// A person in a session of the browser, or with a token (then the session names the token).
    pub fn person(person: Id, session: Option<Id>) -> Self {
        Actor {
            who: person.to_string(),
            session: session.map(|id| id.to_string()),
        }
    }

    /// The command line on the office's own machine: whoever may run it is trusted by the machine, not by us.
    pub fn command_line() -> Self {
        Actor {
            who: "command-line".to_owned(),
            session: None,
        }
    }

    /// Somebody who has not signed in.
    pub fn nobody() -> Self {
        Actor {
            who: "nobody".to_owned(),
            session: None,
        }
    }

    /// The program on its own, when a clock strikes.
    pub fn program() -> Self {
        Actor {
            who: "program".to_owned(),
            session: None,
        }
    }

    /// Who, as the ledger holds it: a person's identifier, or one of `command-line`, `nobody`, `program`.
    pub fn who(&self) -> &str {
        &self.who
    }
}

/// The record that an entry speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// `recommendation`, `document`, `person`.
    pub kind: String,
    /// Its identifier.
    pub id: String,
}

impl Record {
    /// A record by its kind and identifier.
    pub fn of(kind: &str, id: impl fmt::Display) -> Self {
        Record {
            kind: kind.to_owned(),
            id: id.to_string(),
        }
    }
}

/// What became of what somebody wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Data was changed.
    Done,
    /// A Restricted or Sealed record was read.
    Read,
    /// It was refused.
    Refused,
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Read => "read",
            Outcome::Refused => "refused",
        }
    }
}

impl std::str::FromStr for Outcome {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "done" => Ok(Outcome::Done),
            "read" => Ok(Outcome::Read),
            "refused" => Ok(Outcome::Refused),
            _ => Err(()),
        }
    }
}

/// An entry to be written. Details say what changed in keys and values, never in content that is Restricted or Sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub(crate) action: &'static str,
    pub(crate) outcome: Outcome,
    pub(crate) record: Option<Record>,
    pub(crate) details: Map<String, serde_json::Value>,
}

impl Entry {
    /// Something was changed. Actions are named `record.past-participle`: `recommendation.assigned`.
    pub fn done(action: &'static str, record: Record) -> Self {
        Entry {
            action,
            outcome: Outcome::Done,
            record: Some(record),
            details: Map::new(),
        }
    }

    /// A Restricted or Sealed record was read.
    pub fn read(action: &'static str, record: Record) -> Self {
        Entry {
            outcome: Outcome::Read,
            ..Entry::done(action, record)
        }
    }

    /// Something was refused.
    pub fn refused(action: &'static str, record: Option<Record>) -> Self {
        Entry {
            action,
            outcome: Outcome::Refused,
            record,
            details: Map::new(),
        }
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl serde::Serialize) -> Self {
        self.details.insert(key.to_owned(), json!(value));
        self
    }
}
