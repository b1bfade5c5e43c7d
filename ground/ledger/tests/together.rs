//! What readings at the same time promise, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod world;

use std::collections::BTreeMap;

use mandate_ledger::{
    Actor, Rate, Reading, Receipt, Record, alarms, latest, read_before, set_rate,
};
use mandate_store::{Id, Store, StoreError};
use tokio::task::JoinHandle;
use world::{NOW, audited, rooms};

fn reads(store: &Store, by: &Actor, n: usize) -> Vec<JoinHandle<Result<Receipt, StoreError>>> {
    (0..n)
        .map(|case| {
            let (store, by) = (store.clone(), by.clone());
            tokio::spawn(async move {
                let reading = Reading::of("case.read", Record::of("case", case), "test");
                read_before(&store, &by, NOW, reading).await
            })
        })
        .collect()
}

async fn each_of_many_readings_has_its_own_entry_and_receipt(store: Store) {
    let rate = Rate {
        readings: 10,
        minutes: 10,
    };
    set_rate(&store, rate, &Actor::program(), NOW)
        .await
        .unwrap();
    let people: Vec<Actor> = (0..3).map(|_| Actor::person(Id::new(), None)).collect();
    let tasks: Vec<_> = people.iter().map(|by| reads(&store, by, 20)).collect();
    let mut receipts = BTreeMap::new();
    for (by, tasks) in people.iter().zip(tasks) {
        for (case, task) in tasks.into_iter().enumerate() {
            let receipt = task.await.unwrap().unwrap();
            let record = Record::of("case", case);
            assert!(receipt.covers(by, &record));
            receipts.insert(receipt.index() + 1, (by.who().to_owned(), record));
        }
    }
    assert_eq!(receipts.len(), 60);
    let entries = latest(&mut store.clone(), i64::MAX, 100).await.unwrap();
    let read: BTreeMap<u64, _> = entries
        .into_iter()
        .filter(|entry| entry.action == "case.read")
        .map(|entry| (entry.seq as u64, (entry.actor, entry.record.unwrap())))
        .collect();
    assert_eq!(read, receipts);
    // Each was counted, and each has one alarm.
    let raised = alarms(&mut store.clone(), 10).await.unwrap();
    let mut raised: Vec<&str> = raised.iter().map(|alarm| alarm.actor.as_str()).collect();
    let mut who: Vec<&str> = people.iter().map(Actor::who).collect();
    raised.sort_unstable();
    who.sort_unstable();
    assert_eq!(raised, who);
    assert_eq!(audited(&store).await, Vec::<String>::new());
}

async fn somebody_who_leaves_takes_nobody_elses_reading_away(store: Store) {
    for round in 0..8 {
        let (leaves, stays) = (
            Actor::person(Id::new(), None),
            Actor::person(Id::new(), None),
        );
        let (left, stayed) = (reads(&store, &leaves, 10), reads(&store, &stays, 10));
        for _ in 0..round {
            tokio::task::yield_now().await;
        }
        left.iter().for_each(JoinHandle::abort);
        for task in stayed {
            let receipt = task.await.unwrap().unwrap();
            assert!(receipt.index() < 1000);
        }
    }
    assert_eq!(audited(&store).await, Vec::<String>::new());
}

mandate_store::on_both_databases![
    super::rooms();
    each_of_many_readings_has_its_own_entry_and_receipt,
    somebody_who_leaves_takes_nobody_elses_reading_away,
];
