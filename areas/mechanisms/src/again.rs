//! Which recommendations seem to ask for the same again, kept in memory beside the index. It can always be made anew.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use mandate_repetition::{CLOSE, Repetitions};
use mandate_store::{Id, Query as _, Store, StoreError, params};

use crate::store;

/// Recommendations that are read from the database at once.
const AT_ONCE: i64 = 1_000;

/// Groups that are looked at for one of the same state or territory.
const NEAR: usize = 5;

/// Groups of recommendations. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Again(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// The ledger's size when it was last looked at.
    seen: i64,
    ids: Vec<Id>,
    /// The state or territory of each, as a number.
    subjects: Vec<u32>,
    numbers: HashMap<String, u32>,
    places: HashMap<Id, usize>,
    /// By the first text of the group and the subject.
    members: HashMap<(usize, u32), Vec<usize>>,
    all: Option<Repetitions>,
}

impl Known {
    fn keep(&mut self, text: &Text, first: usize) {
        let place = self.ids.len();
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let subject = match self.numbers.get(&text.subject) {
            Some(known) => *known,
            None => {
                self.numbers.insert(text.subject.clone(), next);
                next
            }
        };
        self.ids.push(text.id);
        self.subjects.push(subject);
        self.places.insert(text.id, place);
        self.members
            .entry((first, subject))
            .or_default()
            .push(place);
    }
}

impl Again {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what was added since the last time; makes everything anew where what is known does not fit (any more).
    ///
    /// # Errors
    /// As any query.
    pub async fn catch_up(&self, store: &Store) -> Result<(), StoreError> {
        let mut db = store.clone();
        let size = mandate_ledger::size(&mut db).await?;
        let last = {
            let known = self.known();
            if known.seen == size {
                return Ok(());
            }
            known.all.as_ref().and_then(|_| known.ids.last().copied())
        };
        let fresh = texts(&mut db, last).await?;
        let row = db
            .rows("SELECT COUNT(*) AS n FROM recommendation", params![])
            .await?;
        let n = row.first().map_or(Ok(0), |row| row.int("n"))?;
        {
            let mut known = self.known();
            if let (Some(mut all), true) = (known.all.take(), last.is_some()) {
                // Somebody else may have taken some of them in meanwhile.
                for text in &fresh {
                    if !known.places.contains_key(&text.id) {
                        let first = all.add(&text.text);
                        known.keep(text, first);
                    }
                }
                known.all = Some(all);
                if usize::try_from(n).is_ok_and(|n| n == known.ids.len()) {
                    known.seen = size;
                    return Ok(());
                }
            }
        }
        let everything = if last.is_none() {
            fresh
        } else {
            texts(&mut db, None).await?
        };
        let made = tokio::task::spawn_blocking(move || {
            let all = Repetitions::of(everything.iter().map(|text| text.text.as_str()), CLOSE);
            let mut known = Known {
                seen: size,
                ..Known::default()
            };
            for (text, first) in everything.iter().zip(all.groups()) {
                known.keep(text, *first);
            }
            known.all = Some(all);
            known
        });
        // What could not be made is made the next time.
        if let Ok(made) = made.await {
            *self.known() = made;
        }
        Ok(())
    }

    /// The others of the same state or territory that seem to ask for the same.
    pub fn others(&self, id: Id) -> Vec<Id> {
        let known = self.known();
        let groups = known.all.as_ref().map(Repetitions::groups);
        let group = known.places.get(&id).and_then(|at| {
            let first = groups?.get(*at)?;
            known.members.get(&(*first, known.subjects[*at]))
        });
        group
            .into_iter()
            .flatten()
            .map(|at| known.ids[*at])
            .filter(|other| *other != id)
            .collect()
    }

    /// Those of a state or territory that a text which is not recorded yet seems to ask for again.
    pub fn like(&self, text: &str, subject: &str) -> Vec<Id> {
        let known = self.known();
        let (Some(all), Some(subject)) = (&known.all, known.numbers.get(subject)) else {
            return Vec::new();
        };
        all.near(text, NEAR)
            .iter()
            .find_map(|near| known.members.get(&(near.first, *subject)))
            .into_iter()
            .flatten()
            .map(|at| known.ids[*at])
            .collect()
    }

    /// Every group of at least two, without those that `hides` says.
    pub fn groups(&self, hides: impl Fn(&Id) -> bool) -> Vec<Vec<Id>> {
        let known = self.known();
        known
            .members
            .values()
            .filter(|members| members.len() > 1)
            .map(|members| {
                members
                    .iter()
                    .map(|at| known.ids[*at])
                    .filter(|id| !hides(id))
                    .collect::<Vec<Id>>()
            })
            .filter(|group| group.len() > 1)
            .collect()
    }
}

/// A recommendation as it is compared.
struct Text {
    id: Id,
    subject: String,
    text: String,
}

async fn texts(db: &mut Store, mut after: Option<Id>) -> Result<Vec<Text>, StoreError> {
    let mut all = Vec::new();
    loop {
        let items = store::indexed_page(db, after, AT_ONCE).await?;
        let Some(last) = items.last() else {
            return Ok(all);
        };
        after = Some(last.id);
        all.extend(items.into_iter().map(|item| Text {
            id: item.id,
            subject: item.subject,
            text: item.text,
        }));
    }
}
