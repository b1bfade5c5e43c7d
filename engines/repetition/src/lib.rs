//! Which recommendations say the same thing again, across mechanisms, cycles and recommending states.
//!
//! **Problem.** One thing is asked for the third time, in other words, by another body. Who does not see it counts three
//! things to do where there is one, and does not see that it has waited since 2009.
//!
//! **Method.** A text becomes words that stand for their forms and spellings (`same.txt`: names of instruments with their
//! abbreviations, ratify and accede, protect and safeguard), weighed by rarity (tf–idf, length 1); what says how soon, how well
//! or how much weighs half. Two texts are as close as the cosine of their
//! angle. In the order in which they were made, each text joins the group whose first text is closest, if it is close
//! enough, or begins a group. So a chain of small steps does not join what lies far apart: all texts of a group are close
//! to its first. Candidates come from an index of the rarest words only (prefix filtering; Bayardo, Ma & Srikant 2007,
//! *Scaling up all pairs similarity search*): two texts that are close enough share one of them, so nothing is missed.
//!
//! **What it is for.** Groups are proposed; a person confirms, splits and names them.
//!
//! Same texts in the same order, same groups. Adding one text looks at the first texts of groups only.
//!
//! ```
//! use mandate_repetition::{CLOSE, Repetitions};
//! let all = Repetitions::of(["Ratify OP-CAT", "Train judges", "Accede to the Optional Protocol to the Convention against Torture"], CLOSE);
//! assert_eq!(all.groups(), [0, 1, 0]);
//! ```

mod same;

use std::collections::HashMap;

use rayon::prelude::*;

/// How close a text must be to the first of a group unless told otherwise: the precision at it is stated in the
/// architecture's table of figures.
pub const CLOSE: f32 = 0.87;

/// A text as words with values, the rarest first, of length 1.
type Vector = Vec<(u32, f32)>;

/// Texts in their groups.
#[derive(Debug, Clone)]
pub struct Repetitions {
    close: f32,
    /// Words by their numbers, in the order of rarity at the beginning: the rarest has the lowest.
    words: HashMap<String, u32>,
    /// How rare each word is.
    rarities: Vec<f32>,
    /// Whether a word must stand in both of two texts or in neither.
    decides: Vec<bool>,
    /// What a word that is new weighs.
    rarest: f32,
    /// The group of each text, by the number of its first text.
    groups: Vec<usize>,
    /// The first text of each group.
    firsts: Vec<usize>,
    vectors: Vec<Vector>,
    /// By word, the groups (by their place in `firsts`) that have it among their rarest.
    index: HashMap<u32, Vec<u32>>,
    /// Texts that were seen word for word.
    known: HashMap<String, u32>,
}

/// A group that a text is close to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Close {
    /// The number of its first text.
    pub first: usize,
    /// The cosine, from 0 to 1.
    pub cosine: f32,
}

impl Repetitions {
    /// Groups texts, which are given in the order in which they were made.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>, close: f32) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut distinct: Vec<&str> = Vec::new();
        let mut which: Vec<u32> = Vec::new();
        for text in texts {
            let text = text.trim();
            let at = *known.entry(text).or_insert_with(|| {
                distinct.push(text);
                u32::try_from(distinct.len() - 1).unwrap_or(u32::MAX)
            });
            which.push(at);
        }
        let mut spelled: Vec<Vec<String>> =
            distinct.par_iter().map(|text| same::words(text)).collect();
        let mut texts_with: HashMap<String, u32> = HashMap::new();
        for words in &spelled {
            let mut once: Vec<&String> = words.iter().collect();
            once.sort_unstable();
            once.dedup();
            for word in once {
                *texts_with.entry(word.clone()).or_default() += 1;
            }
        }
        let mut order: Vec<(u32, String)> =
            texts_with.into_iter().map(|(word, n)| (n, word)).collect();
        order.sort_unstable();
        let n = distinct.len() as f32;
        let rarity = |with: u32| ((1.0 + n) / (1.0 + with as f32)).ln() + 1.0;
        let deciding = order.iter().map(|(_, word)| decides(word)).collect();
        let mut all = Repetitions {
            close: close.clamp(0.05, 1.0),
            rarities: order.iter().map(|(with, _)| rarity(*with)).collect(),
            words: (0_u32..)
                .zip(order)
                .map(|(at, (_, word))| (word, at))
                .collect(),
            decides: deciding,
            rarest: rarity(0),
            groups: Vec::with_capacity(which.len()),
            firsts: Vec::new(),
            vectors: Vec::new(),
            index: HashMap::new(),
            known: HashMap::new(),
        };
        let vectors: Vec<Vector> = spelled
            .par_iter_mut()
            .map(|words| all.vector(std::mem::take(words)))
            .collect();
        let mut slots: Vec<Option<u32>> = vec![None; distinct.len()];
        for at in which {
            let slot = match slots[at as usize] {
                Some(slot) => slot,
                None => {
                    let slot = all.place(&vectors[at as usize]);
                    all.known.insert(distinct[at as usize].to_owned(), slot);
                    slots[at as usize] = Some(slot);
                    slot
                }
            };
            all.join(slot);
        }
        all
    }

    /// For each text the number of the first text of its group.
    pub fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// Adds a text and gives the number of the first text of its group: its own where it says something new.
    pub fn add(&mut self, text: &str) -> usize {
        let text = text.trim();
        let slot = match self.known.get(text) {
            Some(slot) => *slot,
            None => {
                for word in same::words(text) {
                    if !self.words.contains_key(&word) {
                        // A new word is as rare as can be; its number only has to be the same from now on.
                        let number = u32::try_from(self.rarities.len()).unwrap_or(u32::MAX);
                        self.decides.push(decides(&word));
                        self.words.insert(word, number);
                        self.rarities.push(self.rarest);
                    }
                }
                let vector = self.vector(same::words(text));
                let slot = self.place(&vector);
                self.known.insert(text.to_owned(), slot);
                slot
            }
        };
        self.join(slot)
    }

    /// The groups that a text is close enough to join, the closest first.
    pub fn near(&self, text: &str, most: usize) -> Vec<Close> {
        let vector = self.vector(same::words(text));
        let mut all: Vec<Close> = self
            .candidates(&vector, self.prefix(&vector))
            .into_iter()
            .map(|slot| Close {
                first: self.firsts[slot as usize],
                cosine: self.between(&vector, &self.vectors[slot as usize]),
            })
            .collect();
        all.retain(|found| found.cosine >= self.close);
        all.sort_by(|a, b| b.cosine.total_cmp(&a.cosine).then(a.first.cmp(&b.first)));
        all.truncate(most);
        all
    }

    /// How close two texts are, from 0 to 1.
    pub fn cosine(&self, one: &str, other: &str) -> f32 {
        self.between(
            &self.vector(same::words(one)),
            &self.vector(same::words(other)),
        )
    }

    fn join(&mut self, slot: u32) -> usize {
        let here = self.groups.len();
        let slot = slot as usize;
        if slot == self.firsts.len() {
            self.firsts.push(here);
        }
        self.groups.push(self.firsts[slot]);
        self.firsts[slot]
    }

    /// The group that a text joins; one after the last where it begins one. The group is begun in the index.
    fn place(&mut self, vector: &Vector) -> u32 {
        let best = self
            .candidates(vector, self.prefix(vector))
            .into_iter()
            .map(|slot| (self.between(vector, &self.vectors[slot as usize]), slot))
            .filter(|(cosine, _)| *cosine >= self.close)
            // Of two groups that are as close, the older one.
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, slot)) = best {
            return slot;
        }
        let slot = u32::try_from(self.vectors.len()).unwrap_or(u32::MAX);
        for (word, _) in &vector[..self.prefix(vector)] {
            self.index.entry(*word).or_default().push(slot);
        }
        self.vectors.push(vector.clone());
        slot
    }

    fn candidates(&self, vector: &Vector, words: usize) -> Vec<u32> {
        let mut all: Vec<u32> = vector[..words]
            .iter()
            .filter_map(|(word, _)| self.index.get(word))
            .flatten()
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// How many of the rarest words are needed so that what is left is too short to be close to anything.
    fn prefix(&self, vector: &Vector) -> usize {
        let mut left = 1.0_f32;
        for (at, (_, value)) in vector.iter().enumerate() {
            // A hair of room for what rounding takes.
            if left.max(0.0).sqrt() < self.close - 1e-3 {
                return at;
            }
            left -= value * value;
        }
        vector.len()
    }

    /// The cosine of two texts; nothing where one has a deciding word that the other has not.
    fn between(&self, a: &Vector, b: &Vector) -> f32 {
        let decides = |cell: &(u32, f32)| self.decides[cell.0 as usize];
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        loop {
            match (a.get(i), b.get(j)) {
                (None, None) => return sum,
                (Some(x), Some(y)) if x.0 == y.0 => {
                    sum += x.1 * y.1;
                    i += 1;
                    j += 1;
                }
                (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                    if decides(x) {
                        return 0.0;
                    }
                    i += 1;
                }
                (_, Some(y)) => {
                    if decides(y) {
                        return 0.0;
                    }
                    j += 1;
                }
                (Some(_), None) => i += 1,
            }
        }
    }

    fn vector(&self, words: Vec<String>) -> Vector {
        let mut counts: HashMap<String, f32> = HashMap::with_capacity(words.len());
        for word in words {
            *counts.entry(word).or_default() += 1.0;
        }
        let mut unknown = 0.0_f32;
        let mut all: Vector = Vec::with_capacity(counts.len());
        for (word, n) in counts {
            let value = if soft(&word) { SOFT } else { 1.0 + n.ln() };
            match self.words.get(&word) {
                Some(at) => all.push((*at, value * self.rarities[*at as usize])),
                None => unknown += (value * self.rarest).powi(2),
            }
        }
        all.sort_unstable_by_key(|cell| cell.0);
        let length = (all.iter().map(|(_, value)| value * value).sum::<f32>() + unknown).sqrt();
        for (_, value) in &mut all {
            *value /= length.max(f32::MIN_POSITIVE);
        }
        all
    }
}

/// Whether a word of `same.txt` must stand in both of two texts or in neither.
fn decides(word: &str) -> bool {
    word.starts_with('!')
}

/// What a word that says how, and not what, weighs beside others.
const SOFT: f32 = 0.5;

/// Whether a word of `same.txt` says how, and not what.
fn soft(word: &str) -> bool {
    word.starts_with('~')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXTS: [&str; 6] = [
        "Ratify the Convention on the Rights of Persons with Disabilities",
        "Train judges in the rights of the child",
        "Consider acceding to CRPD",
        "Ratify the CRPD and its Optional Protocol, and report on it",
        "Train judges in the rights of children",
        "Abolish the death penalty",
    ];

    #[test]
    fn what_asks_for_the_same_is_one_group_and_what_asks_for_more_is_not() {
        let all = Repetitions::of(TEXTS, CLOSE);
        assert_eq!(all.groups(), [0, 1, 0, 3, 1, 5]);
    }

    #[test]
    fn a_text_that_is_added_joins_as_it_would_have_joined() {
        let mut all = Repetitions::of(TEXTS, CLOSE);
        assert_eq!(all.add("Abolish capital punishment"), 5);
        assert_eq!(all.add("Plant wholly unheard-of trees"), 7);
        assert_eq!(all.add("Plant wholly unheard-of trees"), 7);
        assert_eq!(all.near("abolish the death penalty!", 1)[0].first, 5);
    }

    #[test]
    fn a_text_without_words_is_alone() {
        let all = Repetitions::of(["", "...", "the", "Train judges"], CLOSE);
        assert_eq!(all.groups(), [0, 1, 2, 3]);
        assert!(all.near("", 3).is_empty());
    }

    proptest! {
        /// The index of the rarest words loses nothing: every text joins the closest of all earlier groups.
        #[test]
        fn nobody_closer_is_overlooked(texts in prop::collection::vec("[kmr]{2}( [kmr]{2}){0,6}", 1..40), close in 0.3_f32..0.95) {
            let all = Repetitions::of(texts.iter().map(String::as_str), close);
            let mut firsts: Vec<usize> = Vec::new();
            for (at, text) in texts.iter().enumerate() {
                let best = firsts.iter().map(|first| all.cosine(text, &texts[*first])).fold(0.0_f32, f32::max);
                if let Some(same) = texts[..at].iter().position(|t| t == text) {
                    prop_assert_eq!(all.groups()[at], all.groups()[same], "word for word the same");
                } else if all.groups()[at] == at {
                    prop_assert!(best < close + 1e-4, "{text} is {best} close to an earlier one");
                    firsts.push(at);
                } else {
                    let own = all.cosine(text, &texts[all.groups()[at]]);
                    prop_assert!(own >= close - 1e-4 && own >= best - 1e-4);
                }
            }
        }

        #[test]
        fn any_text_can_be_added(texts in prop::collection::vec("\\PC{0,60}", 0..12)) {
            let mut all = Repetitions::of([], CLOSE);
            for text in &texts {
                let first = all.add(text);
                prop_assert!(first < all.groups().len());
            }
        }
    }
}
