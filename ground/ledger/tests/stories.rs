//! What the ledger promises, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::Timestamp;
use mandate_ledger::{
    Act, Actor, Entry, Outcome, Record, history, latest, record_alone, since, size, verify,
};
use mandate_store::{Migrations, Query, Store, StoreError, own_migrations};

fn rooms() -> Vec<Migrations> {
    vec![own_migrations(), mandate_ledger::migrations()]
}

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

async fn a_change_without_an_entry_is_not_saved(store: Store) {
    let mut act = Act::begin(&store, &Actor::program(), NOW).await.unwrap();
    act.execute("INSERT INTO ledger_size (one, size) VALUES (1, 99)", vec![])
        .await
        .unwrap();
    assert!(matches!(act.commit().await, Err(StoreError::Unrecorded)));
    assert_eq!(size(&mut store.clone()).await.unwrap(), 0);
}

async fn entries_come_back_in_order_with_all_they_say(store: Store) {
    let mut act = Act::begin(&store, &Actor::command_line(), NOW)
        .await
        .unwrap();
    let record = Record::of("recommendation", "r-1");
    let entries = (0..1200)
        .map(|i| Entry::done("recommendation.imported", record.clone()).with("row", i))
        .collect();
    assert_eq!(act.record_all(entries).await.unwrap(), 1200);
    act.commit().await.unwrap();
    let refusal = Entry::refused("recommendation.read", None);
    record_alone(&store, &Actor::nobody(), NOW, refusal)
        .await
        .unwrap();
    let db = &mut store.clone();
    assert_eq!(history(db, &record).await.unwrap().len(), 1200);
    let last = &latest(db, i64::MAX, 1).await.unwrap()[0];
    assert_eq!(
        (last.seq, last.outcome, last.actor.as_str()),
        (1201, Outcome::Refused, "nobody")
    );
    let next = since(db, 1199, 10).await.unwrap();
    assert_eq!(next[0].details["row"], 1199);
    assert!(verify(db).await.unwrap().is_empty());
}

async fn a_missing_entry_is_noticed(store: Store) {
    for _ in 0..3 {
        let entry = Entry::done("person.invited", Record::of("person", "p"));
        record_alone(&store, &Actor::program(), NOW, entry)
            .await
            .unwrap();
    }
    let mut tx = store.begin().await.unwrap();
    tx.execute("DELETE FROM ledger_entry WHERE seq = 2", vec![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let found = verify(&mut store.clone()).await.unwrap();
    assert!(
        found[0].contains("holds 3 entries, but holds 2"),
        "{found:?}"
    );
}

async fn writers_at_the_same_time_leave_no_gap(store: Store) {
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let entry = Entry::done("person.invited", Record::of("person", "p"));
                record_alone(&store, &Actor::program(), NOW, entry)
                    .await
                    .unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(size(&mut store.clone()).await.unwrap(), 20);
    assert!(verify(&mut store.clone()).await.unwrap().is_empty());
}

mandate_store::on_both_databases![
    super::rooms();
    a_change_without_an_entry_is_not_saved,
    entries_come_back_in_order_with_all_they_say,
    a_missing_entry_is_noticed,
    writers_at_the_same_time_leave_no_gap,
];
