//! A profile as it is used.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    Entry, Goal, Institution, Instrument, Mechanism, Name, Place, Provision, Region, Scale, Target, Theme, Vocabulary,
};

/// Where the facts of a file come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Who says so.
    pub source: String,
    /// The day of which the facts hold.
    pub as_of: Option<Date>,
}

/// An office's profile. It never changes once read: share it behind an [`std::sync::Arc`].
#[derive(Debug, Clone)]
pub struct Profile {
    pub(crate) name: Name,
    pub(crate) host_mission: Option<Name>,
    pub(crate) footnote: Option<Name>,
    pub(crate) languages: Vec<String>,
    pub(crate) time_zone: TimeZone,
    pub(crate) sources: BTreeMap<String, Source>,
    /// After how many months "implemented" is verified again.
    pub verify_again_after_months: i32,
    /// How many days before a deadline it counts as due soon.
    pub due_soon_days: i32,
    /// How files from elsewhere write the territory that the office works in.
    pub own_subject: Vec<String>,
    /// Regions.
    pub regions: Vocabulary<Region>,
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
}

impl Profile {
    /// The office's name in a language.
    pub fn office_name(&self, tag: &str) -> &str {
        self.name.in_language(tag)
    }

    /// The mission that the office belongs to, where there is one.
    pub fn host_mission(&self, tag: &str) -> Option<&str> {
        self.host_mission.as_ref().map(|name| name.in_language(tag))
    }

    /// The footnote that stands on every page and report, where the office has one.
    pub fn footnote(&self, tag: &str) -> Option<&str> {
        self.footnote.as_ref().map(|name| name.in_language(tag))
    }

    /// The languages that the office offers (BCP 47), the default first; there is always one.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The language for a person who has chosen none (BCP 47).
    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// The office's time zone.
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// Where the facts of a file (`places.toml`) come from, where the file says.
    pub fn source(&self, file: &str) -> Option<&Source> {
        self.sources.get(file)
    }

    /// A place by its key.
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.places.get(key)
    }

    /// An institution by its key; a municipality's is `municipality-` and its place's.
    pub fn institution(&self, key: &str) -> Option<&Institution> {
        self.institutions.get(key)
    }

    /// A mechanism by its key.
    pub fn mechanism(&self, key: &str) -> Option<&Mechanism> {
        self.mechanisms.get(key)
    }

    /// A scale by its key.
    pub fn scale(&self, key: &str) -> Option<&Scale> {
        self.scales.get(key)
    }

    /// A theme by its key.
    pub fn theme(&self, key: &str) -> Option<&Theme> {
        self.themes.get(key)
    }

    /// An affected group by its key.
    pub fn group(&self, key: &str) -> Option<&Theme> {
        self.groups.get(key)
    }

    /// A goal by its number.
    pub fn goal(&self, key: &str) -> Option<&Goal> {
        self.goals.get(key)
    }

    /// A target by its number: `16.3`.
    pub fn target(&self, key: &str) -> Option<&Target> {
        let (goal, _) = key.split_once('.')?;
        self.goal(goal)?.targets.iter().find(|target| target.key == key)
    }

    /// An instrument by its key.
    pub fn instrument(&self, key: &str) -> Option<&Instrument> {
        self.instruments.get(key)
    }

    /// A provision and its instrument by the provision's key: `iccpr/14`.
    pub fn provision(&self, key: &str) -> Option<(&Instrument, &Provision)> {
        let (instrument, article) = key.split_once('/')?;
        let instrument = self.instrument(instrument)?;
        let provision = instrument.provisions.iter().find(|provision| provision.article == article)?;
        Some((instrument, provision))
    }

    /// The theme that a word from elsewhere means.
    pub fn find_theme(&self, word: &str) -> Option<&Theme> {
        self.themes.find(word)
    }

    /// The mechanism that a word from elsewhere means.
    pub fn find_mechanism(&self, word: &str) -> Option<&Mechanism> {
        self.mechanisms.find(word)
    }

    /// The place that a word from elsewhere means, in any of its languages, scripts and spellings.
    pub fn find_place(&self, word: &str) -> Option<&Place> {
        self.places.find(word)
    }

    /// The name of a goal or target with its number: `16.3 Rule of law and access to justice`; the key alone where
    /// there is neither.
    pub fn target_name(&self, key: &str, tag: &str) -> String {
        let name = self.goal(key).map(Entry::name).or_else(|| self.target(key).map(Entry::name));
        name.map_or_else(|| key.to_owned(), |name| format!("{key} {}", name.in_language(tag)))
    }
}
