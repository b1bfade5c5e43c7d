//! The sealed process as the profile describes it: windows, clocks, holidays, words, and what was published about it.

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use crate::{Name, Vocabulary, profile::Entry};

macro_rules! entries {
    ($($(#[$doc:meta])* $type:ident { $($(#[$field_doc:meta])* $field:ident : $kind:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        pub struct $type {
            /// What the database stores.
            pub key: String,
            /// What people read.
            #[serde(flatten)]
            pub name: Name,
            $($(#[$field_doc])* pub $field: $kind,)*
        }

        impl Entry for $type {
            fn key(&self) -> &str { &self.key }
            fn name(&self) -> &Name { &self.name }
        }
    )+};
}

entries! {
    /// Where a number or a period comes from.
    Source {}
    /// A body for which people file, a region, a community.
    Word {}
    /// A time in which applications count, both days included.
    Window {
        /// The first day.
        opens: Date,
        /// The last day.
        closes: Date,
        /// The key of its source.
        source: String,
    }
    /// A reason of a decision, by category.
    Reason {
        /// The outcome that it gives: `recognised` or `rejected`.
        outcome: String,
    }
}

/// How long a stage may take.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ClockRule {
    /// The stage.
    pub stage: String,
    /// Working days after the day on which it was entered.
    pub working_days: u32,
    /// The key of its source.
    pub source: String,
}

/// The violence that the law speaks of: between these days, both included.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The key of its source.
    pub source: String,
}

/// Counts that a body published together.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PublishedCounts {
    /// Who counted.
    #[serde(flatten)]
    pub by: Name,
    /// Of which day.
    pub as_of: Date,
    /// The key of its source.
    pub source: String,
    /// How many applied.
    pub applied: i64,
    /// How many were recognised.
    pub recognised: i64,
    /// How many were rejected.
    pub rejected: i64,
    /// How many were waiting for an interview.
    pub interview: i64,
    /// How many had not been processed.
    pub unprocessed: i64,
}

/// Days on which no clock runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Holidays {
    /// Every year: `02-17`.
    pub(crate) days: Vec<String>,
    /// Once: `2026-04-06`.
    pub(crate) dates: Vec<Date>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcessFile {
    pub(crate) weekend: Vec<String>,
    pub(crate) known: Vec<String>,
    pub(crate) threshold: u32,
    pub(crate) violence: Period,
    pub(crate) source: Vec<Source>,
    pub(crate) window: Vec<Window>,
    pub(crate) clock: Vec<ClockRule>,
    pub(crate) body: Vec<Word>,
    pub(crate) region: Vec<Word>,
    pub(crate) community: Vec<Word>,
    pub(crate) reason: Vec<Reason>,
    #[serde(default)]
    pub(crate) left_out: Vec<Word>,
    #[serde(default)]
    pub(crate) holiday: Vec<Holidays>,
    #[serde(default)]
    pub(crate) published: Vec<PublishedCounts>,
}

/// The sealed process of an office.
#[derive(Debug, Clone)]
pub struct Process {
    /// Days of the week on which no clock runs.
    pub weekend: Vec<Weekday>,
    /// Holidays of every year, as month and day.
    pub yearly: Vec<(i8, i8)>,
    /// Holidays of one year.
    pub dated: Vec<Date>,
    /// What of a file stands in the clear besides code, stage and clocks: `body`, `region`, `year`, `sex`, `community`.
    pub known: Vec<String>,
    /// Counts below this number are not shown.
    pub threshold: u32,
    /// The violence that the law speaks of.
    pub violence: Period,
    /// Where numbers and periods come from.
    pub sources: Vocabulary<Source>,
    /// The windows of application, in order and apart.
    pub windows: Vocabulary<Window>,
    /// How long stages may take.
    pub clocks: Vec<ClockRule>,
    /// Bodies for which people file.
    pub bodies: Vocabulary<Word>,
    /// Regions.
    pub regions: Vocabulary<Word>,
    /// Communities.
    pub communities: Vocabulary<Word>,
    /// Reasons of decisions.
    pub reasons: Vocabulary<Reason>,
    /// By what of the law people are left out, for the register of them; empty in an office that keeps none.
    pub left_out: Vocabulary<Word>,
    /// Counts that were published before the office used this program.
    pub published: Vec<PublishedCounts>,
}

impl Process {
    /// Whether a fact of a file may stand in the clear.
    pub fn knows(&self, fact: &str) -> bool {
        self.known.iter().any(|known| known == fact)
    }
}
