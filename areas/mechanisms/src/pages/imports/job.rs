//! Imports that are being written: how far they are, and how they are stopped.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use mandate_store::Id;

/// The imports that this program is writing. One that is not here, though its record says "being written", was ended with
/// the program that wrote it, and nothing of it was written.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<Id, Arc<Job>>>);

/// An import that is being written.
#[derive(Debug)]
pub(crate) struct Job {
    done: AtomicUsize,
    total: usize,
    stopped: AtomicBool,
}

impl Jobs {
    fn all(&self) -> MutexGuard<'_, HashMap<Id, Arc<Job>>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes note of an import with so many documents; nothing when it is being written already.
    pub(crate) fn start(&self, id: Id, total: usize) -> Option<Arc<Job>> {
        let mut all = self.all();
        if all.contains_key(&id) {
            return None;
        }
        let job = Arc::new(Job {
            done: AtomicUsize::new(0),
            total,
            stopped: AtomicBool::new(false),
        });
        all.insert(id, job.clone());
        Some(job)
    }

    /// An import that is being written now.
    pub(crate) fn of(&self, id: Id) -> Option<Arc<Job>> {
        self.all().get(&id).cloned()
    }

    /// It has ended, in whatever way.
    pub(crate) fn end(&self, id: Id) {
        self.all().remove(&id);
    }
}

impl Job {
    /// So many documents are done; whether to go on.
    pub(crate) fn step(&self, done: usize) -> bool {
        self.done.store(done, Ordering::Relaxed);
        !self.stopped.load(Ordering::Relaxed)
    }

    /// Asks it to stop before the next document.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Documents done, and documents in all.
    pub(crate) fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_import_is_written_once_at_a_time_and_stops_when_asked() {
        let (jobs, id) = (Jobs::default(), Id::new());
        let job = jobs.start(id, 3).unwrap();
        assert!(jobs.start(id, 3).is_none());
        assert!(job.step(1));
        jobs.of(id).unwrap().stop();
        assert!(!job.step(2));
        assert_eq!(job.progress(), (2, 3));
        jobs.end(id);
        assert!(jobs.of(id).is_none());
    }
}
