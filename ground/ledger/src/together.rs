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

struct Waiting {
    by: Actor,
    at: Timestamp,
    entry: Entry,
    answer: oneshot::Sender<Result<Leaf, StoreError>>,
}

/// Who waits, and whose turn it is to write.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
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
    let (answer, mut answered) = oneshot::channel();
    let waiting = Waiting {
        by: by.clone(),
        at,
        entry,
        answer,
    };
    queue.waiting().push(waiting);
    // A task of its own: a person who leaves before the answer takes nobody else's entry away.
    let store = store.clone();
    let turn = async move {
        let _mine = queue.turn.lock().await;
        let waiting: Vec<Waiting> = {
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

async fn commit(store: &Store, waiting: Vec<Waiting>) {
    match written(store, &waiting).await {
        Ok(leaves) => {
            for (one, leaf) in waiting.into_iter().zip(leaves) {
                // Nobody listens any more where somebody left; the entry stands.
                let _ = one.answer.send(Ok(leaf));
            }
        }
        Err(error) if waiting.len() == 1 => {
            if let Some(one) = waiting.into_iter().next() {
                let _ = one.answer.send(Err(error));
            }
        }
        // Each gets an answer of their own: what stopped one need not stop another.
        Err(_) => {
            for one in waiting {
                let leaf = written(store, std::slice::from_ref(&one)).await;
                let leaf =
                    leaf.and_then(|leaves| leaves.into_iter().next().ok_or(StoreError::Unrecorded));
                let _ = one.answer.send(leaf);
            }
        }
    }
}

/// Writes and commits entries of several people, and counts for each of them.
async fn written(store: &Store, waiting: &[Waiting]) -> Result<Vec<Leaf>, StoreError> {
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
