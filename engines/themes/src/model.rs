//! A trained model: suggestions, their reasons, and the file that it is kept in.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    calibrate::Calibration,
    features::{Feature, KINDS, features, kind},
};

/// The first bytes of the file; the digit is the version of its form.
const MAGIC: &[u8; 8] = b"MNDTHM2\n";

/// What learned to suggest labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(crate) parts: Parts,
    table: Table,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parts {
    /// How it was made.
    pub(crate) note: String,
    pub(crate) labels: Vec<String>,
    /// Texts that it learned from.
    pub(crate) examples: u32,
    /// Whether a text without any label is unknown to it, so that the likeliest is chosen where none passes.
    pub(crate) always: bool,
    /// The hashes of its features, rising.
    pub(crate) hashes: Vec<u32>,
    /// What each feature weighs: how rare it is, times what it is worth.
    pub(crate) rarities: Vec<f32>,
    /// What a unit of a feature's weights is worth.
    pub(crate) units: Vec<f32>,
    /// For each feature a weight for each label, as two's complement.
    #[serde(with = "bytes")]
    pub(crate) weights: Vec<u8>,
    pub(crate) intercepts: Vec<f32>,
    pub(crate) thresholds: Vec<f32>,
    pub(crate) slopes: Vec<f32>,
    pub(crate) offsets: Vec<f32>,
}

mod bytes {
    use serde::{Deserializer, Serializer, de::Visitor};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        from.deserialize_bytes(Bytes)
    }
}

/// Why a file is no model.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// It begins otherwise.
    #[error("the file is no model of themes, or one of another version of the program")]
    Other,
    /// It is cut off or damaged.
    #[error("the model of themes is damaged")]
    Damaged,
}

/// A label for a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// Its place in [`Model::labels`].
    pub label: usize,
    /// How likely a person gives it, from 0 to 1.
    pub probability: f32,
    /// Whether the model would give it; a rare label may be chosen at a lower probability than a common one.
    pub chosen: bool,
}

/// A stretch of a text that spoke for a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it added to the score.
    pub weight: f32,
}

impl Model {
    pub(crate) fn new(parts: Parts) -> Self {
        let table = Table::new(&parts.hashes);
        Model { parts, table }
    }

    /// What it can suggest.
    pub fn labels(&self) -> &[String] {
        &self.parts.labels
    }

    /// How it was made, in the words of whoever made it.
    pub fn note(&self) -> &str {
        &self.parts.note
    }

    /// Texts that it learned from.
    pub fn examples(&self) -> u32 {
        self.parts.examples
    }

    /// Features that it knows.
    pub fn features(&self) -> usize {
        self.parts.hashes.len()
    }

    /// Reads many texts one after another.
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            model: self,
            found: Vec::new(),
            rows: Vec::new(),
            scores: vec![0.0; self.parts.labels.len()],
        }
    }

    /// Every label with its probability, the likeliest first.
    pub fn suggest(&self, text: &str) -> Vec<Suggestion> {
        let mut reader = self.reader();
        let mut chosen = Vec::new();
        reader.choose(text, &mut chosen);
        let mut all: Vec<Suggestion> = reader
            .scores
            .iter()
            .enumerate()
            .map(|(label, score)| Suggestion {
                label,
                probability: 1.0
                    / (1.0
                        + (-(self.parts.slopes[label] * score + self.parts.offsets[label])).exp()),
                chosen: chosen.contains(&label),
            })
            .collect();
        all.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        all
    }

    /// The words and pairs of words that spoke most for a label, the strongest first, none inside another.
    pub fn reasons(&self, text: &str, label: usize, most: usize) -> Vec<Reason> {
        if label >= self.parts.labels.len() {
            return Vec::new();
        }
        let mut found = Vec::new();
        features(text, &mut found);
        let mut reader = self.reader();
        reader.scores(text);
        // Every feature of a word adds to that word; a pair adds half to each of its words, and nothing to those between.
        let words: Vec<(u32, u32)> = {
            let mut all: Vec<(u32, u32)> = found.iter().map(|f| (f.start, f.end)).collect();
            all.sort_unstable();
            all.dedup();
            let inner = |a: &(u32, u32), b: &(u32, u32)| a != b && a.0 <= b.0 && b.1 <= a.1;
            all.iter()
                .filter(|a| !all.iter().any(|b| inner(a, b)))
                .copied()
                .collect()
        };
        let mut weights = vec![0.0_f32; words.len()];
        for f in &found {
            let Some(row) = self.table.row(f.hash) else {
                continue;
            };
            let Some((_, value)) = reader.rows.iter().find(|(known, _)| *known == row) else {
                continue;
            };
            let times = found
                .iter()
                .filter(|other| other.hash == f.hash)
                .count()
                .max(1);
            let over: Vec<usize> = (0..words.len())
                .filter(|n| words[*n].0 == f.start || words[*n].1 == f.end)
                .collect();
            let weight = value * self.weight(row, label) / (times * over.len().max(1)) as f32;
            for n in over {
                weights[n] += weight;
            }
        }
        let mut all: Vec<Reason> = words
            .iter()
            .zip(weights)
            .filter(|(_, weight)| *weight > 0.0)
            .map(|(word, weight)| Reason {
                start: word.0 as usize,
                end: word.1 as usize,
                weight,
            })
            .collect();
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.start.cmp(&b.start)));
        all.truncate(most);
        all
    }

    fn weight(&self, row: u32, label: usize) -> f32 {
        let at = row as usize;
        let weight = self.parts.weights[at * self.parts.labels.len() + label];
        f32::from(weight.cast_signed()) * self.parts.units[at]
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        // Writing to memory cannot fail: every part is of a kind that the form holds.
        bytes.extend(postcard::to_stdvec(&self.parts).unwrap_or_default());
        bytes
    }

    /// Reads a file of [`Model::to_bytes`]; a hostile one is answered, never followed.
    ///
    /// # Errors
    /// [`ModelError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Other)?;
        let parts: Parts = postcard::from_bytes(rest).map_err(|_| ModelError::Damaged)?;
        let (features, labels) = (parts.hashes.len(), parts.labels.len());
        let sound = parts.rarities.len() == features
            && parts.units.len() == features
            && Some(parts.weights.len()) == features.checked_mul(labels)
            && parts.hashes.windows(2).all(|pair| pair[0] < pair[1])
            && [
                &parts.intercepts,
                &parts.thresholds,
                &parts.slopes,
                &parts.offsets,
            ]
            .iter()
            .all(|part| part.len() == labels)
            && [
                &parts.rarities,
                &parts.units,
                &parts.intercepts,
                &parts.thresholds,
                &parts.slopes,
                &parts.offsets,
            ]
            .iter()
            .all(|part| part.iter().all(|number| number.is_finite()));
        if sound {
            Ok(Model::new(parts))
        } else {
            Err(ModelError::Damaged)
        }
    }
}

/// Reads many texts one after another, without asking for memory each time.
#[derive(Debug)]
pub struct Reader<'m> {
    model: &'m Model,
    found: Vec<Feature>,
    rows: Vec<(u32, f32)>,
    scores: Vec<f32>,
}

impl Reader<'_> {
    /// The score of each label.
    pub fn scores(&mut self, text: &str) -> &[f32] {
        let parts = &self.model.parts;
        self.found.clear();
        features(text, &mut self.found);
        let table = &self.model.table;
        let known = self.found.iter().filter_map(|f| table.row(f.hash));
        count(known, &mut self.rows);
        weigh(&parts.hashes, &parts.rarities, &mut self.rows);
        self.scores.copy_from_slice(&parts.intercepts);
        let labels = parts.labels.len();
        for (row, value) in &self.rows {
            let at = *row as usize;
            let unit = value * parts.units[at];
            let weights = &parts.weights[at * labels..(at + 1) * labels];
            for (score, weight) in self.scores.iter_mut().zip(weights) {
                *score += unit * f32::from(weight.cast_signed());
            }
        }
        &self.scores
    }

    /// Puts the labels that the model gives to a text, rising, into `chosen`.
    pub fn choose(&mut self, text: &str, chosen: &mut Vec<usize>) {
        self.scores(text);
        let parts = &self.model.parts;
        chosen.clear();
        // Of a text of which nothing is known nothing is said.
        if self.rows.is_empty() {
            return;
        }
        chosen.extend(
            self.scores
                .iter()
                .zip(&parts.thresholds)
                .enumerate()
                .filter(|(_, (score, threshold))| score >= threshold)
                .map(|(label, _)| label),
        );
        if chosen.is_empty() && parts.always {
            chosen.extend((0..self.scores.len()).max_by(|a, b| {
                let over = |n: &usize| self.scores[*n] - parts.thresholds[*n];
                over(a).total_cmp(&over(b))
            }));
        }
    }
}

/// Counts the features of a text, by their rows, rising.
pub(crate) fn count(found: impl Iterator<Item = u32>, rows: &mut Vec<(u32, f32)>) {
    rows.clear();
    rows.extend(found.map(|row| (row, 1.0)));
    rows.sort_unstable_by_key(|cell| cell.0);
    rows.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

/// Turns the counts of the features of a text, by their rows, into values: logarithm of the count, times what the feature
/// weighs; each kind of features has its part of the length, whatever it holds, and the whole has length 1.
pub(crate) fn weigh(hashes: &[u32], rarities: &[f32], rows: &mut [(u32, f32)]) {
    let kind = |cell: &(u32, f32)| kind(hashes[cell.0 as usize]);
    let mut whole = 0.0;
    for part in rows.chunk_by_mut(|a, b| kind(a) == kind(b)) {
        let mut length = 0.0;
        for (row, value) in part.iter_mut() {
            // Most features stand once: their logarithm is not computed.
            let count = if *value > 1.0 { 1.0 + value.ln() } else { 1.0 };
            *value = count * rarities[*row as usize];
            length += *value * *value;
        }
        let weight = part.first().and_then(|cell| KINDS.get(kind(cell)));
        let weight = weight.copied().unwrap_or(0.0);
        whole += weight * weight;
        let scale = weight / f32::sqrt(length).max(f32::MIN_POSITIVE);
        for (_, value) in part.iter_mut() {
            *value *= scale;
        }
    }
    let length = f32::sqrt(whole).max(f32::MIN_POSITIVE);
    for (_, value) in rows.iter_mut() {
        *value /= length;
    }
}

/// From a hash to the row of a feature: open addressing, at most half full.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    cells: Vec<(u32, u32)>,
    mask: usize,
}

impl Table {
    pub(crate) fn new(hashes: &[u32]) -> Self {
        let size = (hashes.len() * 2).next_power_of_two().max(2);
        let mut cells = vec![(0, u32::MAX); size];
        for (row, hash) in (0_u32..).zip(hashes) {
            let mut at = *hash as usize & (size - 1);
            while cells[at].1 != u32::MAX {
                at = (at + 1) & (size - 1);
            }
            cells[at] = (*hash, row);
        }
        Table {
            cells,
            mask: size - 1,
        }
    }

    pub(crate) fn row(&self, hash: u32) -> Option<u32> {
        let mut at = hash as usize & self.mask;
        loop {
            let (known, row) = self.cells[at];
            if row == u32::MAX {
                return None;
            }
            if known == hash {
                return Some(row);
            }
            at = (at + 1) & self.mask;
        }
    }
}

impl From<(&[Calibration], Vec<f32>)> for Scale {
    fn from((all, intercepts): (&[Calibration], Vec<f32>)) -> Self {
        Scale {
            intercepts,
            thresholds: all.iter().map(|c| c.threshold).collect(),
            slopes: all.iter().map(|c| c.slope).collect(),
            offsets: all.iter().map(|c| c.offset).collect(),
        }
    }
}

/// What turns sums of weights into answers, label by label.
pub(crate) struct Scale {
    pub(crate) intercepts: Vec<f32>,
    pub(crate) thresholds: Vec<f32>,
    pub(crate) slopes: Vec<f32>,
    pub(crate) offsets: Vec<f32>,
}
