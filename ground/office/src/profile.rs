//! A profile as it is used.

use std::{collections::HashMap, ops::Index};

use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::{Name, Process};

/// What every entry of a vocabulary has.
pub trait Entry {
    /// What the database stores.
    fn key(&self) -> &str;
    /// What people read.
    fn name(&self) -> &Name;
    /// Other words for it, in files from elsewhere.
    fn aliases(&self) -> &[String] {
        &[]
    }
}

macro_rules! entry {
    ($(#[$doc:meta])* $type:ident { $($(#[$field_doc:meta])* $field:ident : $kind:ty),* $(,)? } $($aliases:ident)?) => {
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
            $(fn aliases(&self) -> &[String] { &self.$aliases })?
        }
    };
}

entry!(
    /// A place: a municipality.
    Place {}
);
entry!(
    /// An institution that answers recommendations.
    Institution {
        /// `central`, `ministry`, `assembly`, `justice`, `security`, `independent`, `local` or `municipality`.
        kind: String,
        /// The place of a municipality.
        #[serde(default)]
        place: Option<String>,
    }
);
entry!(
    /// Who recommends.
    Mechanism {
        /// `un-charter`, `un-treaty`, `council-of-europe`, `eu`, `osce` or `local`.
        family: String,
        /// The scale on which it grades.
        scale: String,
        /// Its names in exports from elsewhere.
        #[serde(default)]
        aliases: Vec<String>,
    } aliases
);
entry!(
    /// What recommendations are about, or whose rights they speak of.
    Theme {
        /// The words of other databases for it.
        #[serde(default)]
        aliases: Vec<String>,
    } aliases
);
entry!(
    /// A grade of a scale.
    Grade {
        /// What it means on the office's scale, where that is declared.
        #[serde(default)]
        office: Option<String>,
    }
);
entry!(
    /// A scale on which somebody grades; without grades it is a narrative.
    Scale {
        /// From the first to the last.
        grades: Vec<Grade>,
    }
);
entry!(
    /// A target of a goal: `16.3`.
    Target {}
);
entry!(
    /// A goal of the 2030 agenda: `16`.
    Goal {
        /// Its targets in order.
        targets: Vec<Target>,
    }
);
entry!(
    /// An instrument of human rights.
    Instrument {
        /// Its articles that hold rights.
        provisions: Articles,
    }
);

/// A run of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Articles {
    /// The first.
    pub first: u16,
    /// The last.
    pub last: u16,
}

impl Scale {
    /// A grade by its key.
    pub fn grade(&self, key: &str) -> Option<&Grade> {
        self.grades.iter().find(|grade| grade.key == key)
    }
}

impl Instrument {
    /// The keys of its provisions: `iccpr/14`.
    pub fn provisions(&self) -> impl Iterator<Item = String> + '_ {
        (self.provisions.first..=self.provisions.last)
            .map(|article| format!("{}/{article}", self.key))
    }
}

/// Entries in the profile's order, found by their key or by any of their names.
#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary<T> {
    entries: Vec<T>,
    by_key: HashMap<String, usize>,
    by_word: HashMap<String, usize>,
}

impl<T: Entry> Vocabulary<T> {
    /// `Err` holds a key that stands twice.
    pub(crate) fn new(entries: Vec<T>) -> Result<Self, String> {
        let (mut by_key, mut by_word) = (HashMap::new(), HashMap::new());
        for (at, entry) in entries.iter().enumerate() {
            if by_key.insert(entry.key().to_owned(), at).is_some() {
                return Err(entry.key().to_owned());
            }
            let words = entry
                .name()
                .all()
                .chain(entry.aliases().iter().map(String::as_str))
                .chain([entry.key()]);
            for word in words {
                by_word.entry(folded(word)).or_insert(at);
            }
        }
        Ok(Vocabulary {
            entries,
            by_key,
            by_word,
        })
    }

    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.by_key.get(key).map(|at| &self.entries[*at])
    }

    /// The entry that a word from elsewhere means: its key, a name in any language or an alias, in any case.
    pub fn find(&self, word: &str) -> Option<&T> {
        self.by_word.get(&folded(word)).map(|at| &self.entries[*at])
    }

    /// The name of an entry in a language; the key itself where there is no such entry (any more).
    pub fn name_of<'a>(&'a self, key: &'a str, tag: &str) -> &'a str {
        self.get(key)
            .map_or(key, |entry| entry.name().in_language(tag))
    }

    /// All entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<T> Index<usize> for Vocabulary<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.entries[at]
    }
}

fn folded(word: &str) -> String {
    word.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// How many protected records one person may read before an alarm is raised to two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingAlarm {
    /// So many readings of Restricted or Sealed records,
    pub readings: u32,
    /// within so many minutes.
    pub minutes: u32,
}

impl Default for ReadingAlarm {
    /// 40 in an hour: more than somebody reads who works on one file after the other.
    fn default() -> Self {
        ReadingAlarm {
            readings: 40,
            minutes: 60,
        }
    }
}

/// An office's profile.
#[derive(Debug, Clone)]
pub struct Profile {
    pub(crate) name: Name,
    pub(crate) footnote: Option<Name>,
    pub(crate) languages: Vec<String>,
    pub(crate) time_zone: TimeZone,
    /// After how many months "implemented" is verified again.
    pub verify_again_after_months: i32,
    /// How many days before a deadline it counts as due soon.
    pub due_soon_days: i32,
    /// When an alarm is raised over somebody's readings.
    pub reading_alarm: ReadingAlarm,
    /// How files from elsewhere write the territory that the office works in.
    pub own_subject: Vec<String>,
    /// Places.
    pub places: Vocabulary<Place>,
    /// Institutions, the municipalities among them.
    pub institutions: Vocabulary<Institution>,
    /// Mechanisms.
    pub mechanisms: Vocabulary<Mechanism>,
    /// Scales.
    pub scales: Vocabulary<Scale>,
    /// Themes.
    pub themes: Vocabulary<Theme>,
    /// Affected groups.
    pub groups: Vocabulary<Theme>,
    /// Instruments.
    pub instruments: Vocabulary<Instrument>,
    /// Goals with their targets.
    pub goals: Vocabulary<Goal>,
    /// The sealed process, in an office that has one.
    pub process: Option<Process>,
}

impl Profile {
    /// The office's name in a language.
    pub fn office_name(&self, tag: &str) -> &str {
        self.name.in_language(tag)
    }

    /// The footnote that stands on every page and report, where the office has one.
    pub fn footnote(&self, tag: &str) -> Option<&str> {
        self.footnote.as_ref().map(|name| name.in_language(tag))
    }

    /// The languages that the office offers (BCP 47), the default first.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The office's time zone.
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// The name of a goal or target with its number: `16.3 Rule of law and access to justice`.
    pub fn target_name(&self, key: &str, tag: &str) -> String {
        let goal = key.split('.').next().unwrap_or(key);
        let name = self.goals.get(goal).and_then(|goal| {
            if goal.key == key {
                return Some(goal.name.in_language(tag));
            }
            goal.targets
                .iter()
                .find(|target| target.key == key)
                .map(|target| target.name.in_language(tag))
        });
        name.map_or_else(|| key.to_owned(), |name| format!("{key} {name}"))
    }
}
