//! Importing again what is already known: what is new, what is the same, what changed.
//!
//! An item with an identifier of its source (a paragraph number, an `AnnotationId`) is the known one with the same
//! identifier. Without one, it is a known one of the same document with the same text and the same recommending states
//! (as many times as it occurs); what is left on both sides is paired by the likeness of the text, the best pairs first,
//! down to [`ALIKE`], so that a corrected text is shown as a difference and not as a second recommendation.
//!
//! Likeness is the Dice coefficient of the two multisets of folded words. Cost: linear where texts are the same;
//! quadratic only in what is left of one document and one set of states.

use std::collections::{BTreeMap, HashMap};

/// From this likeness on, two texts of one document by the same states are one recommendation whose wording changed.
pub const ALIKE: f64 = 0.85;

/// What the office already holds of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<K> {
    /// The record.
    pub id: K,
    /// What identifies it at its source, if anything does.
    pub source_id: Option<String>,
    /// Its text.
    pub text: String,
    /// Who recommends it, in order of the alphabet.
    pub states: Vec<String>,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// What identifies it at its source, if anything does.
    pub source_id: Option<String>,
    /// Its text.
    pub text: String,
    /// Who recommends it, in order of the alphabet.
    pub states: Vec<String>,
}

/// What an incoming item is.
#[derive(Debug, Clone, PartialEq)]
pub enum Change<K> {
    /// Nothing like it is known.
    New,
    /// It is known, word for word.
    Same(K),
    /// It is known with another text.
    Reworded(K),
}

/// The answer for each incoming item, in their order, and the known ones that the file no longer holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan<K> {
    /// One for each incoming item.
    pub changes: Vec<Change<K>>,
    /// Known before, absent now: shown, never deleted.
    pub absent: Vec<K>,
}

/// Compares a file's items of one document with what is known of it.
pub fn plan<K: Clone>(known: &[Known<K>], incoming: &[Incoming]) -> Plan<K> {
    let mut changes: Vec<Option<Change<K>>> = vec![None; incoming.len()];
    let mut free: Vec<bool> = vec![true; known.len()];

    let mut by_source: HashMap<&str, usize> = HashMap::new();
    for (k, item) in known.iter().enumerate() {
        if let Some(source_id) = &item.source_id {
            by_source.insert(source_id, k);
        }
    }
    for (i, item) in incoming.iter().enumerate() {
        let found = item
            .source_id
            .as_deref()
            .and_then(|source_id| by_source.get(source_id).copied());
        if let Some(k) = found.filter(|k| free[*k]) {
            free[k] = false;
            let same = known[k].text == item.text;
            let id = known[k].id.clone();
            changes[i] = Some(if same {
                Change::Same(id)
            } else {
                Change::Reworded(id)
            });
        }
    }

    // Two identifiers of the source that differ are two recommendations, even in the same words.
    let mut by_text: HashMap<(&str, &[String], bool), Vec<usize>> = HashMap::new();
    for (k, item) in known.iter().enumerate().rev() {
        if free[k] {
            by_text
                .entry((&item.text, &item.states, item.source_id.is_some()))
                .or_default()
                .push(k);
        }
    }
    for (i, item) in incoming.iter().enumerate() {
        if changes[i].is_some() {
            continue;
        }
        let mut take = |numbered| {
            by_text
                .get_mut(&(item.text.as_str(), item.states.as_slice(), numbered))?
                .pop()
        };
        let found = take(false).or_else(|| {
            if item.source_id.is_none() {
                take(true)
            } else {
                None
            }
        });
        if let Some(k) = found {
            free[k] = false;
            changes[i] = Some(Change::Same(known[k].id.clone()));
        }
    }

    for (k, i) in alike_pairs(known, incoming, &free, &changes) {
        if free[k] && changes[i].is_none() {
            free[k] = false;
            changes[i] = Some(Change::Reworded(known[k].id.clone()));
        }
    }

    Plan {
        changes: changes
            .into_iter()
            .map(|change| change.unwrap_or(Change::New))
            .collect(),
        absent: known
            .iter()
            .zip(free)
            .filter(|(_, free)| *free)
            .map(|(item, _)| item.id.clone())
            .collect(),
    }
}

/// Pairs of what is left, the most alike first; ties keep the order of the file.
fn alike_pairs<K>(
    known: &[Known<K>],
    incoming: &[Incoming],
    free: &[bool],
    changes: &[Option<Change<K>>],
) -> Vec<(usize, usize)> {
    let mut left: BTreeMap<&[String], Vec<(usize, Words)>> = BTreeMap::new();
    for (k, item) in known.iter().enumerate() {
        if free[k] {
            left.entry(&item.states)
                .or_default()
                .push((k, words(&item.text)));
        }
    }
    let mut pairs = Vec::new();
    for (i, item) in incoming.iter().enumerate() {
        if changes[i].is_some() {
            continue;
        }
        let Some(candidates) = left.get(item.states.as_slice()) else {
            continue;
        };
        let mine = words(&item.text);
        for (k, theirs) in candidates {
            // Two identifiers of the source that differ are two recommendations, however alike.
            if known[*k].source_id.is_some() && item.source_id.is_some() {
                continue;
            }
            let alike = dice(&mine, theirs);
            if alike >= ALIKE {
                pairs.push((alike, *k, i));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.2, a.1).cmp(&(b.2, b.1))));
    pairs.into_iter().map(|(_, k, i)| (k, i)).collect()
}

/// How alike two texts are, from 0 to 1: the Dice coefficient of their words, each counted as often as it stands.
pub fn similarity(a: &str, b: &str) -> f64 {
    dice(&words(a), &words(b))
}

type Words = BTreeMap<String, usize>;

fn words(text: &str) -> Words {
    let mut words = Words::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

fn dice(a: &Words, b: &Words) -> f64 {
    let total = a.values().sum::<usize>() + b.values().sum::<usize>();
    if total == 0 {
        return 1.0;
    }
    let shared: usize = a
        .iter()
        .map(|(word, n)| (*n).min(b.get(word).copied().unwrap_or(0)))
        .sum();
    2.0 * shared as f64 / total as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(text: &str, state: &str) -> Incoming {
        Incoming {
            source_id: None,
            text: text.into(),
            states: vec![state.into()],
        }
    }

    fn known(items: &[Incoming]) -> Vec<Known<usize>> {
        items
            .iter()
            .enumerate()
            .map(|(id, item)| Known {
                id,
                source_id: item.source_id.clone(),
                text: item.text.clone(),
                states: item.states.clone(),
            })
            .collect()
    }

    const LONG: &str = "Ensure that every municipality publishes its decisions in all official languages within a month";

    #[test]
    fn a_changed_text_is_a_difference_not_a_second_recommendation() {
        let before = [
            item(LONG, "Norway"),
            item("Ratify the convention", "Norway"),
        ];
        let after = [
            item("Ratify the convention", "Norway"),
            item(&format!("{LONG} of adoption"), "Norway"),
        ];
        let plan = plan(&known(&before), &after);
        assert_eq!(plan.changes, [Change::Same(1), Change::Reworded(0)]);
        assert!(plan.absent.is_empty());
    }

    #[test]
    fn the_same_words_of_another_state_are_another_recommendation() {
        let plan = plan(&known(&[item(LONG, "Norway")]), &[item(LONG, "Chile")]);
        assert_eq!(plan.changes, [Change::New]);
        assert_eq!(plan.absent, [0]);
    }

    #[test]
    fn a_source_that_numbers_its_items_is_believed() {
        let numbered = |id: &str, text: &str| Incoming {
            source_id: Some(id.into()),
            ..item(text, "Norway")
        };
        let before = known(&[numbered("98.1", LONG), numbered("98.2", "Ratify")]);
        let plan = plan(
            &before,
            &[
                numbered("98.2", "Something else entirely"),
                numbered("98.3", LONG),
            ],
        );
        assert_eq!(plan.changes, [Change::Reworded(1), Change::New]);
    }

    proptest! {
        #[test]
        fn importing_the_same_again_changes_nothing(
            texts in proptest::collection::vec(("[a-c ]{0,12}", "[XY]"), 0..40)
        ) {
            let items: Vec<Incoming> = texts.iter().map(|(text, state)| item(text, state)).collect();
            let plan = plan(&known(&items), &items);
            prop_assert!(plan.changes.iter().all(|change| matches!(change, Change::Same(_))));
            prop_assert!(plan.absent.is_empty());
        }

        #[test]
        fn no_known_recommendation_is_claimed_twice(
            before in proptest::collection::vec(("[a-c ]{0,12}", "[XY]"), 0..30),
            after in proptest::collection::vec(("[a-c ]{0,12}", "[XY]"), 0..30),
        ) {
            let before: Vec<Incoming> = before.iter().map(|(text, state)| item(text, state)).collect();
            let after: Vec<Incoming> = after.iter().map(|(text, state)| item(text, state)).collect();
            let plan = plan(&known(&before), &after);
            let mut claimed: Vec<usize> = plan.changes.iter().filter_map(|change| match change {
                Change::Same(k) | Change::Reworded(k) => Some(*k),
                Change::New => None,
            }).chain(plan.absent.iter().copied()).collect();
            claimed.sort_unstable();
            prop_assert_eq!(claimed, (0..before.len()).collect::<Vec<_>>());
        }
    }
}
