//! How often values are in a population: a table from outside, for lists that are too short or too odd to say it.

use std::collections::HashMap;

use mandate_names::{Language, Part, Script};

use crate::value::Values;

/// The spelling in which a value is written. A name that is common in one may be rare in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Orthography {
    /// Albanian.
    #[serde(rename = "sq")]
    Albanian,
    /// Serbian in Latin letters.
    #[serde(rename = "sr-Latn")]
    SerbianLatin,
    /// Serbian in Cyrillic letters.
    #[serde(rename = "sr-Cyrl")]
    SerbianCyrillic,
}

impl Orthography {
    /// As a text's letters tell; nothing where they could be of several.
    ///
    /// ```
    /// use mandate_linkage::Orthography;
    /// assert_eq!(Orthography::of("Xhelili"), Some(Orthography::Albanian));
    /// assert_eq!(Orthography::of("Јовановић"), Some(Orthography::SerbianCyrillic));
    /// assert_eq!(Orthography::of("Ana"), None);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let part = Part::new(text);
        match (part.script, part.language) {
            (Script::Cyrillic, _) => Some(Self::SerbianCyrillic),
            (_, Some(Language::Albanian)) => Some(Self::Albanian),
            (_, Some(Language::Serbian)) => Some(Self::SerbianLatin),
            _ => None,
        }
    }
}

/// Values with how many people of a population bear them, all together or by the spelling of the register.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Population {
    rows: Vec<(String, f64, Option<Orthography>)>,
}

impl Population {
    /// A population without anybody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds people with a value. `spelling` is that of the register from which the number is; nothing where it has all.
    /// Numbers that are no numbers, or not above 0, say nothing.
    pub fn add(&mut self, value: &str, people: f64, spelling: Option<Orthography>) {
        if people.is_finite() && people > 0.0 {
            self.rows.push((value.to_owned(), people, spelling));
        }
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The population's frequencies of the values of a field.
#[derive(Debug, Clone)]
pub(crate) struct Frequencies {
    /// For each value its share among the people of its spelling.
    pub(crate) of: Vec<f64>,
    /// The share of pairs of people with the same value.
    pub(crate) same: f64,
}

impl Frequencies {
    /// A value that nobody bears counts as half a person: the table need not be whole. A value whose spelling has no rows, or
    /// cannot be told, is looked up among all.
    pub(crate) fn new(values: &Values, population: &Population) -> Option<Self> {
        let mut keys: HashMap<Vec<u8>, HashMap<Option<Orthography>, f64>> = HashMap::new();
        let mut totals: HashMap<Option<Orthography>, f64> = HashMap::new();
        for (value, people, spelling) in &population.rows {
            let own = keys.entry(values.key(value)).or_default();
            *own.entry(None).or_default() += people;
            *totals.entry(None).or_default() += people;
            if spelling.is_some() {
                *own.entry(*spelling).or_default() += people;
                *totals.entry(*spelling).or_default() += people;
            }
        }
        let all = totals.get(&None).copied().filter(|all| *all > 1.0)?;
        let mut shares: Vec<f64> = keys
            .values()
            .filter_map(|own| own.get(&None))
            .map(|n| n / all)
            .collect();
        // The order of a map is not always the same; that of the sum must be.
        shares.sort_by(f64::total_cmp);
        let of = (0..values.len() as u32)
            .map(|value| {
                let spelling =
                    Orthography::of(values.text(value)).filter(|s| totals.contains_key(&Some(*s)));
                let total = totals.get(&spelling).copied().unwrap_or(all);
                let people = keys
                    .get(values.bytes(value))
                    .and_then(|own| own.get(&spelling))
                    .copied();
                (people.unwrap_or(0.5) / total).min(1.0)
            })
            .collect();
        Some(Self {
            of,
            same: shares.iter().map(|share| share * share).sum(),
        })
    }
}
