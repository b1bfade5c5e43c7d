//! Themes, groups and targets that a recommendation seems to speak of, for a person to confirm. What is suggested is never
//! counted, and never overrides what a person said.
//!
//! Two kinds of models speak: one that the program carries, and those that learned from what the office's people confirmed
//! ([`crate::learn`]). For each label the one speaks that did better on texts that it had not seen.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use mandate_office::Profile;
use mandate_themes::{Model, ModelError, Suggestion};

use crate::{domain::TagKind, learn::Learned};

/// Learned from 23,484 recommendations of sessions 1 to 13 of the Universal Periodic Review and the 54 issues that the coders
/// of UPR Info gave them, by `mandate themes train 1-5.csv 6-9.csv 10-13.csv --output themes.model`. It holds hashes and
/// weights, no text.
const DEFAULT: &[u8] = include_bytes!("../data/themes.model");

/// The kinds of tags that are suggested.
pub const SUGGESTED: [TagKind; 3] = [TagKind::Theme, TagKind::Group, TagKind::Target];

/// What suggests. Models that learned later are taken in while others ask.
#[derive(Debug)]
pub struct Suggester {
    carried: Model,
    /// For each label of the carried model the themes and groups of the office that have it among their names.
    means: Vec<Vec<(TagKind, String)>>,
    learned: RwLock<Vec<Arc<Learned>>>,
}

/// Something that a text seems to speak of.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested {
    /// The key of the theme, group or target.
    pub key: String,
    /// How likely a person gives it, from 0 to 1.
    pub probability: f32,
    /// Whether the model would give it.
    pub chosen: bool,
    /// The words that spoke for it.
    pub words: Vec<String>,
}

impl Suggester {
    /// The model that the program carries.
    ///
    /// # Errors
    /// [`ModelError`] when it was built with another version of the engine.
    pub fn carried(profile: &Profile) -> Result<Self, ModelError> {
        let carried = Model::from_bytes(DEFAULT)?;
        let means = carried
            .labels()
            .iter()
            .map(|label| {
                let theme = profile.themes.find(label);
                let group = profile.groups.find(label);
                theme
                    .map(|theme| (TagKind::Theme, theme.key.clone()))
                    .into_iter()
                    .chain(group.map(|group| (TagKind::Group, group.key.clone())))
                    .collect()
            })
            .collect();
        Ok(Suggester {
            carried,
            means,
            learned: RwLock::default(),
        })
    }

    /// Lets a model speak that learned from the office, in the place of an earlier one of its kind.
    pub fn take(&self, model: Learned) {
        let mut learned = self.learned.write().unwrap_or_else(PoisonError::into_inner);
        learned.retain(|known| known.kind() != model.kind());
        learned.push(Arc::new(model));
    }

    /// The model that learned a kind from the office, where there is one.
    pub fn learned(&self, kind: TagKind) -> Option<Arc<Learned>> {
        let learned = self.learned.read().unwrap_or_else(PoisonError::into_inner);
        learned.iter().find(|known| known.kind() == kind).cloned()
    }

    /// What the models would give, each once.
    pub fn chosen(&self, text: &str, language: &str) -> Vec<(TagKind, String)> {
        let mut all = Vec::new();
        for kind in SUGGESTED {
            if let Some(learned) = self.learned(kind) {
                all.extend(
                    learned
                        .chosen(text, language)
                        .into_iter()
                        .map(|key| (kind, key)),
                );
            }
        }
        if reads(language) {
            let mut labels = Vec::new();
            self.carried.reader().choose(text, &mut labels);
            for meant in labels.iter().flat_map(|label| &self.means[*label]) {
                if !self.spoken_for(meant.0, &meant.1) {
                    all.push(meant.clone());
                }
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What the carried model alone would give of a kind.
    pub fn carried_chosen(&self, text: &str, language: &str, kind: TagKind) -> Vec<String> {
        let mut labels = Vec::new();
        if reads(language) {
            self.carried.reader().choose(text, &mut labels);
        }
        labels
            .iter()
            .flat_map(|label| &self.means[*label])
            .filter(|(of, _)| *of == kind)
            .map(|(_, key)| key.clone())
            .collect()
    }

    /// The likeliest of a kind, those that the models would give first.
    pub fn suggest(
        &self,
        text: &str,
        language: &str,
        kind: TagKind,
        most: usize,
    ) -> Vec<Suggested> {
        let mut best: BTreeMap<String, (Suggestion, &Model)> = BTreeMap::new();
        let learned = self.learned(kind);
        if let Some(learned) = &learned {
            for (key, found) in learned.suggest(text, language) {
                best.entry(key).or_insert((found, learned.model()));
            }
        }
        if reads(language) {
            for found in self.carried.suggest(text) {
                for (of, key) in &self.means[found.label] {
                    if *of == kind && !self.spoken_for(kind, key) {
                        // Two labels may be one theme of the office: the likelier speaks for it.
                        best.entry(key.clone()).or_insert((found, &self.carried));
                    }
                }
            }
        }
        let mut all: Vec<(String, (Suggestion, &Model))> = best.into_iter().collect();
        all.sort_by(|(_, (a, _)), (_, (b, _))| {
            b.chosen
                .cmp(&a.chosen)
                .then(b.probability.total_cmp(&a.probability))
        });
        all.into_iter()
            .filter(|(_, (found, _))| found.chosen || found.probability >= 0.05)
            .take(most)
            .map(|(key, (found, model))| Suggested {
                key,
                probability: found.probability,
                chosen: found.chosen,
                words: model
                    .reasons(text, found.label, 3)
                    .iter()
                    .map(|r| text[r.start..r.end].to_owned())
                    .collect(),
            })
            .collect()
    }

    /// Whether a model that learned from the office speaks for a key.
    fn spoken_for(&self, kind: TagKind, key: &str) -> bool {
        self.learned(kind)
            .is_some_and(|learned| learned.speaks_for(key))
    }
}

/// Whether the carried model was trained on texts of this language.
fn reads(language: &str) -> bool {
    language.split('-').next() == Some("en")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_label_of_the_carried_model_is_a_theme_of_the_office() {
        let profile = Profile::embedded("kosovo").unwrap();
        let suggester = Suggester::carried(&profile).unwrap();
        let lost: Vec<&String> = suggester
            .carried
            .labels()
            .iter()
            .zip(&suggester.means)
            .filter(|(_, means)| means.iter().all(|(kind, _)| *kind != TagKind::Theme))
            .map(|(label, _)| label)
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn what_was_never_seen_gets_its_theme_its_group_and_the_words_that_spoke() {
        let profile = Profile::embedded("kosovo").unwrap();
        let suggester = Suggester::carried(&profile).unwrap();
        let text = "Open ramps and lifts to persons with disabilities in every town hall";
        let found = suggester.suggest(text, "en", TagKind::Theme, 5);
        assert!(found[0].chosen);
        assert!(
            found[0].words.iter().any(|word| word == "disabilities"),
            "{found:?}"
        );
        let group = suggester.suggest(text, "en", TagKind::Group, 5);
        assert_eq!(group[0].key, "persons-with-disabilities");
        assert!(
            suggester
                .suggest("", "en", TagKind::Theme, 5)
                .iter()
                .all(|s| !s.chosen)
        );
        assert!(suggester.suggest(text, "sq", TagKind::Theme, 5).is_empty());
    }
}
