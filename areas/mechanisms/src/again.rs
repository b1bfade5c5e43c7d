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

/// Groups of recommendations. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Again(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// The ledger's size when it was last looked at.
    seen: i64,
    ids: Vec<Id>,
    places: HashMap<Id, usize>,
    members: HashMap<usize, Vec<usize>>,
    all: Option<Repetitions>,
}

impl Known {
    fn keep(&mut self, id: Id, first: usize) {
        let place = self.ids.len();
        self.ids.push(id);
        self.places.insert(id, place);
        self.members.entry(first).or_default().push(place);
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
                for (id, text) in &fresh {
                    if !known.places.contains_key(id) {
                        let first = all.add(text);
                        known.keep(*id, first);
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
            let all = Repetitions::of(everything.iter().map(|(_, text)| text.as_str()), CLOSE);
            let mut known = Known {
                seen: size,
                ..Known::default()
            };
            for ((id, _), first) in everything.iter().zip(all.groups()) {
                known.keep(*id, *first);
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

    /// The others of a recommendation's group.
    pub fn others(&self, id: Id) -> Vec<Id> {
        let known = self.known();
        let groups = known.all.as_ref().map(Repetitions::groups);
        let first = known
            .places
            .get(&id)
            .and_then(|at| groups?.get(*at).copied());
        first
            .and_then(|first| known.members.get(&first))
            .into_iter()
            .flatten()
            .map(|at| known.ids[*at])
            .filter(|other| *other != id)
            .collect()
    }
}

async fn texts(db: &mut Store, mut after: Option<Id>) -> Result<Vec<(Id, String)>, StoreError> {
    let mut all = Vec::new();
    loop {
        let items = store::indexed_page(db, after, AT_ONCE).await?;
        let Some(last) = items.last() else {
            return Ok(all);
        };
        after = Some(last.id);
        all.extend(items.into_iter().map(|item| (item.id, item.text)));
    }
}
