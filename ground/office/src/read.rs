//! Reading a profile, from the program or from a folder.

use std::path::Path;

use jiff::tz::TimeZone;
use rust_embed::RustEmbed;
use serde::{Deserialize, de::DeserializeOwned};
use thiserror::Error;

use crate::{
    Entry, Goal, Institution, Instrument, Mechanism, Name, Place, Profile, ReadingAlarm, Scale,
    Theme, Vocabulary, read_process::process,
};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../profiles"]
struct Embedded;

/// Why a profile cannot be used: which file, which entry, and what to mend.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// A file is not there.
    #[error("{file}: there is no such file in the profile")]
    Missing {
        /// The file.
        file: String,
    },
    /// A file cannot be understood; the cause names line and column.
    #[error("{file}: {cause}")]
    Unreadable {
        /// The file.
        file: String,
        /// What and where.
        cause: String,
    },
    /// Two entries have one key.
    #[error("{file}: the key {key:?} stands twice")]
    Twice {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// An entry lacks a name in a language that the office offers.
    #[error("{file}: {key:?} has no name in {language:?}")]
    Nameless {
        /// The file.
        file: String,
        /// The entry.
        key: String,
        /// BCP 47.
        language: String,
    },
    /// An entry speaks of one that is not there.
    #[error("{file}: {key:?} names {reference:?}, which is not there")]
    Dangling {
        /// The file.
        file: String,
        /// The entry.
        key: String,
        /// What it names.
        reference: String,
    },
}

#[derive(Deserialize)]
struct Office {
    name: Name,
    footnote: Option<Name>,
    languages: Vec<String>,
    time_zone: String,
    verify_again_after_months: i32,
    due_soon_days: i32,
    #[serde(default)]
    reading_alarm: ReadingAlarm,
    #[serde(default)]
    own_subject: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Lists {
    place: Vec<Place>,
    institution: Vec<Institution>,
    mechanism: Vec<Mechanism>,
    scale: Vec<Scale>,
    theme: Vec<Theme>,
    group: Vec<Theme>,
    instrument: Vec<Instrument>,
    goal: Vec<Goal>,
}

impl Profile {
    /// A profile that the program carries: `kosovo`.
    ///
    /// # Errors
    /// [`ProfileError`], for an unknown name and for a profile that is not whole.
    pub fn embedded(name: &str) -> Result<Self, ProfileError> {
        Self::read(|file| {
            let found = Embedded::get(&format!("{name}/{file}"))?;
            String::from_utf8(found.data.into_owned()).ok()
        })
    }

    /// A profile in a folder of the office's own.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub fn from_folder(folder: &Path) -> Result<Self, ProfileError> {
        Self::read(|file| std::fs::read_to_string(folder.join(file)).ok())
    }

    fn read(text: impl Fn(&str) -> Option<String>) -> Result<Self, ProfileError> {
        let office: Office = parse("office.toml", &text)?;
        let lists = |file: &str| parse::<Lists>(file, &text);
        let places = lists("places.toml")?.place;
        let mut institutions = lists("institutions.toml")?.institution;
        institutions.extend(places.iter().map(municipality));
        let profile = Profile {
            footnote: office.footnote.map(completed),
            name: completed(office.name),
            time_zone: TimeZone::get(&office.time_zone)
                .map_err(|error| unreadable("office.toml", error))?,
            languages: office.languages,
            verify_again_after_months: office.verify_again_after_months,
            due_soon_days: office.due_soon_days,
            reading_alarm: office.reading_alarm,
            own_subject: office.own_subject,
            places: vocabulary("places.toml", places, |e| vec![&mut e.name])?,
            institutions: vocabulary("institutions.toml", institutions, |e| vec![&mut e.name])?,
            mechanisms: vocabulary(
                "mechanisms.toml",
                lists("mechanisms.toml")?.mechanism,
                |e| vec![&mut e.name],
            )?,
            scales: vocabulary("scales.toml", lists("scales.toml")?.scale, |e| {
                std::iter::once(&mut e.name)
                    .chain(e.grades.iter_mut().map(|grade| &mut grade.name))
                    .collect()
            })?,
            themes: vocabulary("themes.toml", lists("themes.toml")?.theme, |e| {
                vec![&mut e.name]
            })?,
            groups: vocabulary("groups.toml", lists("groups.toml")?.group, |e| {
                vec![&mut e.name]
            })?,
            instruments: vocabulary(
                "instruments.toml",
                lists("instruments.toml")?.instrument,
                |e| vec![&mut e.name],
            )?,
            goals: vocabulary("sdgs.toml", lists("sdgs.toml")?.goal, |e| {
                std::iter::once(&mut e.name)
                    .chain(e.targets.iter_mut().map(|target| &mut target.name))
                    .collect()
            })?,
            process: process(&text)?,
        };
        profile.check()?;
        Ok(profile)
    }

    fn check(&self) -> Result<(), ProfileError> {
        if self.reading_alarm.readings == 0 || self.reading_alarm.minutes == 0 {
            return Err(unreadable(
                "office.toml",
                "reading_alarm: readings and minutes must be 1 or more",
            ));
        }
        if self.languages.is_empty() {
            return Err(unreadable(
                "office.toml",
                "languages: at least one is needed",
            ));
        }
        named("places.toml", &self.places, &self.languages)?;
        named("institutions.toml", &self.institutions, &self.languages)?;
        named("mechanisms.toml", &self.mechanisms, &self.languages)?;
        named("themes.toml", &self.themes, &self.languages)?;
        named("groups.toml", &self.groups, &self.languages)?;
        named("instruments.toml", &self.instruments, &self.languages)?;
        named("sdgs.toml", &self.goals, &self.languages)?;
        named("scales.toml", &self.scales, &self.languages)?;
        if let Some(process) = &self.process {
            process.check(&self.languages)?;
        }
        for mechanism in self.mechanisms.iter() {
            if self.scales.get(&mechanism.scale).is_none() {
                return Err(dangling(
                    "mechanisms.toml",
                    &mechanism.key,
                    &mechanism.scale,
                ));
            }
        }
        let Some(own) = self.scales.get("office") else {
            return Err(dangling("scales.toml", "scale", "office"));
        };
        for scale in self.scales.iter() {
            for grade in &scale.grades {
                if let Some(office) = grade
                    .office
                    .as_deref()
                    .filter(|office| own.grade(office).is_none())
                {
                    return Err(dangling("scales.toml", &grade.key, office));
                }
            }
        }
        Ok(())
    }
}

fn municipality(place: &Place) -> Institution {
    Institution {
        key: format!("municipality-{}", place.key),
        name: place.name.clone(),
        kind: "municipality".to_owned(),
        place: Some(place.key.clone()),
    }
}

pub(crate) fn parse<T: DeserializeOwned>(
    file: &str,
    text: &impl Fn(&str) -> Option<String>,
) -> Result<T, ProfileError> {
    let text = text(file).ok_or_else(|| ProfileError::Missing {
        file: file.to_owned(),
    })?;
    toml::from_str(&text).map_err(|error| unreadable(file, error))
}

fn completed(mut name: Name) -> Name {
    name.complete();
    name
}

pub(crate) fn vocabulary<T: Entry>(
    file: &str,
    mut entries: Vec<T>,
    names: impl Fn(&mut T) -> Vec<&mut Name>,
) -> Result<Vocabulary<T>, ProfileError> {
    for entry in &mut entries {
        names(entry).into_iter().for_each(Name::complete);
    }
    Vocabulary::new(entries).map_err(|key| ProfileError::Twice {
        file: file.to_owned(),
        key,
    })
}

pub(crate) fn named<T: Entry>(
    file: &str,
    entries: &Vocabulary<T>,
    languages: &[String],
) -> Result<(), ProfileError> {
    for entry in entries.iter() {
        if let Some(language) = languages.iter().find(|tag| !entry.name().has(tag)) {
            return Err(ProfileError::Nameless {
                file: file.to_owned(),
                key: entry.key().to_owned(),
                language: language.clone(),
            });
        }
    }
    Ok(())
}

pub(crate) fn unreadable(file: &str, cause: impl std::fmt::Display) -> ProfileError {
    ProfileError::Unreadable {
        file: file.to_owned(),
        cause: cause.to_string(),
    }
}

pub(crate) fn dangling(file: &str, key: &str, reference: &str) -> ProfileError {
    ProfileError::Dangling {
        file: file.to_owned(),
        key: key.to_owned(),
        reference: reference.to_owned(),
    }
}
