//! Themes that a recommendation seems to speak of, for a person to confirm. What is suggested is never counted.

use std::collections::BTreeMap;

use mandate_office::Profile;
use mandate_themes::{Model, ModelError, Suggestion};

/// Learned from 23,484 recommendations of sessions 1 to 13 of the Universal Periodic Review and the 54 issues that the coders
/// of UPR Info gave them, by `mandate themes train 1-5.csv 6-9.csv 10-13.csv --output themes.model`. It holds hashes and
/// weights, no text.
const DEFAULT: &[u8] = include_bytes!("../data/themes.model");

/// A model whose labels are themes of the office's profile.
#[derive(Debug)]
pub struct Suggester {
    model: Model,
    /// For each label the key of the theme that has it among its names; nothing where the office knows no such theme.
    keys: Vec<Option<String>>,
}

/// A theme that a text seems to speak of.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested {
    /// The theme's key.
    pub theme: String,
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
        let model = Model::from_bytes(DEFAULT)?;
        let keys = model
            .labels()
            .iter()
            .map(|label| profile.themes.find(label).map(|theme| theme.key.clone()))
            .collect();
        Ok(Suggester { model, keys })
    }

    /// Whether it was trained on texts of this language.
    pub fn reads(language: &str) -> bool {
        language.split('-').next() == Some("en")
    }

    /// The themes that the model would give, in the order of their keys.
    pub fn chosen(&self, text: &str) -> Vec<&str> {
        let mut chosen = Vec::new();
        self.model.reader().choose(text, &mut chosen);
        let mut keys: Vec<&str> = chosen
            .iter()
            .filter_map(|label| self.keys[*label].as_deref())
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The likeliest themes, those that the model would give first.
    pub fn suggest(&self, text: &str, most: usize) -> Vec<Suggested> {
        let mut best: BTreeMap<&str, Suggestion> = BTreeMap::new();
        for found in self.model.suggest(text) {
            if let Some(key) = self.keys[found.label].as_deref() {
                // Two labels may be one theme of the office: the likelier speaks for it.
                best.entry(key).or_insert(found);
            }
        }
        let mut all: Vec<(&str, Suggestion)> = best.into_iter().collect();
        all.sort_by(|a, b| {
            let rank = |s: &Suggestion| (s.chosen, s.probability);
            rank(&b.1)
                .partial_cmp(&rank(&a.1))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        all.into_iter()
            .take(most)
            .filter(|(_, found)| found.chosen || found.probability >= 0.05)
            .map(|(key, found)| Suggested {
                theme: key.to_owned(),
                probability: found.probability,
                chosen: found.chosen,
                words: self
                    .model
                    .reasons(text, found.label, 3)
                    .iter()
                    .map(|r| text[r.start..r.end].to_owned())
                    .collect(),
            })
            .collect()
    }
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
            .model
            .labels()
            .iter()
            .zip(&suggester.keys)
            .filter(|(_, key)| key.is_none())
            .map(|(label, _)| label)
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn what_was_never_seen_gets_its_theme_and_the_words_that_spoke() {
        let profile = Profile::embedded("kosovo").unwrap();
        let suggester = Suggester::carried(&profile).unwrap();
        let found = suggester.suggest(
            "Open ramps and lifts to persons with disabilities in every town hall",
            5,
        );
        assert!(found[0].chosen);
        assert!(
            found[0].words.iter().any(|word| word == "disabilities"),
            "{found:?}"
        );
        assert!(suggester.suggest("", 5).iter().all(|s| !s.chosen));
    }
}
