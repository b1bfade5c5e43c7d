//! What the stories of the ledger share.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used
)]

use std::{collections::BTreeMap, path::Path};

use jiff::Timestamp;
use mandate_ledger::{
    Act, Actor, Entry, LedgerKey, Record, export, open_key, proof::Trust, verify,
};
use mandate_store::{Migrations, Store, own_migrations};

pub const NOW: Timestamp = Timestamp::constant(1_793_602_800, 0);

pub fn rooms() -> Vec<Migrations> {
    vec![own_migrations(), mandate_ledger::migrations()]
}

pub async fn key(store: &Store, folder: &tempfile::TempDir) -> LedgerKey {
    let file = folder.path().join("ledger-key");
    open_key(
        store,
        &file,
        "office.example.org/ledger",
        &Actor::program(),
        NOW,
    )
    .await
    .unwrap()
}

/// Adds entries with all that an entry can hold.
pub async fn grow(store: &Store, n: usize) {
    if n == 0 {
        return;
    }
    let by = Actor::person(mandate_store::Id::new(), Some(mandate_store::Id::new()));
    let mut act = Act::begin(store, &by, NOW).await.unwrap();
    let entries = (0..n)
        .map(|i| match i % 3 {
            0 => Entry::refused("record.refused", None),
            1 => Entry::done("recommendation.imported", Record::of("recommendation", i))
                .with("row", i),
            _ => {
                Entry::done("x.named", Record::of("x", "a\0b")).with("word", "Ђаковица \0 \"ë\"\n")
            }
        })
        .collect();
    act.record_all(entries).await.unwrap();
    act.commit().await.unwrap();
}

pub async fn audited(store: &Store) -> Vec<String> {
    verify(&mut store.clone()).await.unwrap()
}

pub fn trusting(key: &LedgerKey) -> Trust {
    Trust {
        keys: vec![key.verifier().clone()],
        ..Trust::default()
    }
}

pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(top: &Path, at: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(top, &path, found);
            } else {
                let name = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

pub async fn exported(store: &Store, key: &LedgerKey) -> (BTreeMap<String, Vec<u8>>, Trust) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("export");
    export(store, &to, false).await.unwrap();
    (files(&to), trusting(key))
}
