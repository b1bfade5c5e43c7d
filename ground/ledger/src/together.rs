//! Readings of several people, committed together.
//!
//! A commit waits for the disk, and there is one writer at a time. Whoever comes while a commit is under way waits in a
//! queue; when it is done, the first of them writes the entries of all who wait in one transaction. Nobody waits longer for
//! that than for the commit before, and each still gets an answer only after their own entry is committed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use mandate_ledger_tree::leaf::Leaf;
use mandate_store::{Store, StoreError};
use tokio::sync::oneshot;

use crate::{Act, Actor, Entry};

/// Entries of one transaction at most.
const AT_ONCE: usize = 256;

struct One {
    by: Actor,
    at: Timestamp,
    entry: Entry,
}

type Answer = oneshot::Sender<Result<Leaf, StoreError>>;

/// Who waits, and whose turn it is to write.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Vec<(One, Answer)>>,
    turn: tokio::sync::Mutex<()>,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Vec<(One, Answer)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Records a reading, together with those of others who wait; gives back its leaf after the commit.
///
/// # Errors
/// [`StoreError::Database`].
pub(crate) async fn record(
    store: &Store,
    by: &Actor,
    at: Timestamp,
    entry: Entry,
) -> Result<Leaf, StoreError> {
    let queue = store.beside::<Queue>();
    let one = One {
        by: by.clone(),
        at,
        entry,
    };
    // Where nobody else is there, nobody waits for anybody.
    if let Ok(_mine) = queue.turn.try_lock()
        && queue.waiting().is_empty()
    {
        return alone(store, &one).await;
    }
    let (answer, mut answered) = oneshot::channel();
    queue.waiting().push((one, answer));
    // A task of its own: a person who leaves before the answer takes nobody else's entry away.
    let store = store.clone();
    let turn = async move {
        let _mine = queue.turn.lock().await;
        let waiting: Vec<_> = {
            let mut all = queue.waiting();
            let n = AT_ONCE.min(all.len());
            all.drain(..n).collect()
        };
        if !waiting.is_empty() {
            commit(&store, waiting).await;
        }
    };
    let lost = || StoreError::NotFound("answer of the ledger");
    // Whoever's turn it is has perhaps written our entry with theirs.
    let mut turn = tokio::spawn(turn);
    tokio::select! {
        biased;
        leaf = &mut answered => leaf.map_err(|_| lost())?,
        _ = &mut turn => answered.await.map_err(|_| lost())?,
    }
}

async fn alone(store: &Store, one: &One) -> Result<Leaf, StoreError> {
    let leaves = written(store, std::slice::from_ref(one)).await?;
    leaves.into_iter().next().ok_or(StoreError::Unrecorded)
}

/// Whoever left does not listen any more; their entry stands all the same.
async fn commit(store: &Store, waiting: Vec<(One, Answer)>) {
    let (all, answers): (Vec<One>, Vec<Answer>) = waiting.into_iter().unzip();
    match written(store, &all).await {
        Ok(leaves) => {
            for (answer, leaf) in answers.into_iter().zip(leaves) {
                let _ = answer.send(Ok(leaf));
            }
        }
        // Each gets an answer of their own: what stopped one need not stop another.
        Err(_) => {
            for (answer, one) in answers.into_iter().zip(&all) {
                let _ = answer.send(alone(store, one).await);
            }
        }
    }
}

/// Writes and commits entries of several people, and counts for each of them.
async fn written(store: &Store, waiting: &[One]) -> Result<Vec<Leaf>, StoreError> {
    let Some(first) = waiting.first() else {
        return Ok(Vec::new());
    };
    let mut act = Act::begin(store, &first.by, first.at).await?;
    let entries = waiting
        .iter()
        .map(|one| (one.entry.clone(), &one.by, one.at))
        .collect();
    let leaves = act.write(entries).await?;
    for (n, one) in waiting.iter().enumerate() {
        // Once for each person, at their latest reading.
        let later = &waiting[n + 1..];
        if !later.iter().any(|other| other.by.who() == one.by.who()) {
            act.watch(&one.by, one.at).await?;
        }
    }
    act.commit().await?;
    Ok(leaves)
}
