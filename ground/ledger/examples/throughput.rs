//! How many logged readings a second, and what the tree adds to a bulk import, on SQLite and PostgreSQL.
//!
//!     cargo run --release -p mandate-ledger --example throughput -- [READINGS] [ENTRIES]
//!
//! SQLite lies on the disk of the temporary folder with `synchronous=FULL`. PostgreSQL is the throw-away cluster of the
//! tests, which runs without fsync, or the server of `MANDATE_TEST_POSTGRES_URL`. The first form of the ledger (rows without
//! leaves) is timed in the same run, in turns.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

use std::time::{Duration, Instant};

use jiff::Timestamp;
use mandate_ledger::{
    Act, Actor, Entry, LedgerKey, Rate, Reading, Record, add_key, checkpoint, migrations,
    read_before, set_rate, size, verify,
};
use mandate_store::{Id, Query as _, Store, insert_many, own_migrations, params, testing};

/// People who read at the same time.
const READERS: usize = 16;
/// Turns of each way of importing; the shortest counts.
const TURNS: usize = 5;

fn reading(n: usize) -> Reading {
    Reading::of("case.read", Record::of("case", n), "measure")
}

async fn readings(store: &Store, n: usize) {
    let by = Actor::person(Id::new(), Some(Id::new()));
    let begun = Instant::now();
    for i in 0..n {
        assert!(
            read_before(store, &by, Timestamp::now(), reading(i))
                .await
                .unwrap()
                .index()
                < u64::MAX
        );
    }
    println!(
        "  {:>7.0} readings a second, one after the other",
        n as f64 / begun.elapsed().as_secs_f64()
    );
    let begun = Instant::now();
    let tasks: Vec<_> = (0..READERS)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let by = Actor::person(Id::new(), Some(Id::new()));
                for i in 0..n / READERS {
                    assert!(
                        read_before(&store, &by, Timestamp::now(), reading(i))
                            .await
                            .unwrap()
                            .index()
                            < u64::MAX
                    );
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    println!(
        "  {:>7.0} readings a second by {READERS} people at the same time",
        (n / READERS * READERS) as f64 / begun.elapsed().as_secs_f64()
    );
}

fn entries(n: usize) -> Vec<Entry> {
    (0..n)
        .map(|i| {
            Entry::done(
                "recommendation.imported",
                Record::of("recommendation", Id::new()),
            )
            .with("document", "01980000-0000-7000-8000-000000000000")
            .with("row", i)
        })
        .collect()
}

async fn with_tree(store: &Store, n: usize) -> Duration {
    let by = Actor::person(Id::new(), Some(Id::new()));
    let entries = entries(n);
    let begun = Instant::now();
    let mut act = Act::begin(store, &by, Timestamp::now()).await.unwrap();
    act.record_all(entries).await.unwrap();
    act.commit().await.unwrap();
    begun.elapsed()
}

/// As the ledger's first form wrote it, into a table of the same form.
async fn without_tree(store: &Store, n: usize) -> Duration {
    let (by, session) = (Id::new(), Id::new());
    let records: Vec<Id> = (0..n).map(|_| Id::new()).collect();
    let begun = Instant::now();
    let mut tx = store.begin().await.unwrap();
    let last = tx
        .row(
            "UPDATE first_size SET size = size + $1 WHERE one = 1 RETURNING size",
            params![n],
        )
        .await
        .unwrap()
        .unwrap()
        .int("size")
        .unwrap();
    let rows = records
        .into_iter()
        .zip(last - n as i64 + 1..)
        .enumerate()
        .map(|(i, (record, seq))| {
            let details =
                serde_json::json!({ "document": "01980000-0000-7000-8000-000000000000", "row": i });
            params![
                seq,
                Timestamp::now(),
                by,
                session,
                "recommendation.imported",
                "done",
                "recommendation",
                record,
                details.to_string()
            ]
        })
        .collect();
    let columns = [
        "seq",
        "at",
        "actor",
        "session",
        "action",
        "outcome",
        "record_kind",
        "record_id",
        "details",
    ];
    insert_many(&mut tx, "first_entry", &columns, rows)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    begun.elapsed()
}

async fn measure(store: Store, reads: usize, n: usize) {
    let rate = Rate {
        readings: u32::MAX,
        minutes: 60,
    };
    set_rate(&store, rate, &Actor::program(), Timestamp::now())
        .await
        .unwrap();
    readings(&store, reads).await;
    let mut tx = store.begin().await.unwrap();
    let first = migrations().steps[0].sql.replace("ledger_", "first_");
    let first = match store.kind() {
        mandate_store::Kind::Sqlite => first,
        mandate_store::Kind::Postgres => first.replace("STRICT", "").replace("INTEGER", "BIGINT"),
    };
    tx.script(&first).await.unwrap();
    tx.commit().await.unwrap();
    let (mut new, mut old) = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        old = old.min(without_tree(&store, n).await);
        new = new.min(with_tree(&store, n).await);
    }
    println!(
        "  {n} entries at once: {:.3} s, and {:.3} s in the first form ({:+.3} s)",
        new.as_secs_f64(),
        old.as_secs_f64(),
        new.as_secs_f64() - old.as_secs_f64()
    );
    let folder = tempfile::tempdir().unwrap();
    let key = LedgerKey::create(&folder.path().join("key"), "bench.example.org/ledger").unwrap();
    add_key(&store, key.verifier(), &Actor::program(), Timestamp::now())
        .await
        .unwrap();
    let all = size(&mut store.clone()).await.unwrap();
    let begun = Instant::now();
    checkpoint(&store, &key, Timestamp::now()).await.unwrap();
    println!(
        "  first checkpoint over {all} entries: {:.2} s",
        begun.elapsed().as_secs_f64()
    );
    with_tree(&store, 1).await;
    let begun = Instant::now();
    checkpoint(&store, &key, Timestamp::now()).await.unwrap();
    println!(
        "  the next one: {:.1} ms",
        begun.elapsed().as_secs_f64() * 1e3
    );
    let begun = Instant::now();
    assert!(verify(&mut store.clone()).await.unwrap().is_empty());
    println!("  verified whole in {:.2} s", begun.elapsed().as_secs_f64());
}

#[tokio::main]
async fn main() {
    let mut told = std::env::args().skip(1).map(|n| n.parse().unwrap());
    let (reads, n) = (told.next().unwrap_or(2_000), told.next().unwrap_or(23_484));
    let rooms = [own_migrations(), migrations()];
    println!("SQLite, synchronous=FULL");
    let (store, _folder) = testing::sqlite(&rooms).await;
    measure(store, reads, n).await;
    println!("PostgreSQL");
    measure(testing::postgres(&rooms).await, reads, n).await;
}
