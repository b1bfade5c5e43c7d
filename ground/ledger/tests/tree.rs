//! What the tree behind the ledger promises, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod world;

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan as _};
use mandate_ledger::{
    Act, Actor, Entry, LedgerError, LedgerKey, Reading, Record, add_reader, checkpoint, complete,
    end_reader, entries_about, erase, export, may_fetch, newest_checkpoint, open_key, proof,
    read_before, record_alone, settle, size, tile, verify,
};
use mandate_store::{Attachments, Migrations, Query, Store, backup, params, restore, testing};
use proof::{Trust, checkpoint::Checkpoint, merkle, tile::Tile};
use world::{NOW, audited, exported, files, grow, key, rooms, trusting};

async fn every_entry_is_a_leaf_and_proofs_of_it_verify(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    let mut earlier: Vec<(u64, merkle::Hash)> = Vec::new();
    for entries in [1, 254, 3, 600, 70] {
        grow(&store, entries).await;
        let signed = checkpoint(&store, &key, NOW).await.unwrap();
        let (note, newest) = Checkpoint::in_note(&signed.note).unwrap();
        assert_eq!(note.by(key.verifier()), proof::note::Found::Good(None));
        let db = &mut store.clone();
        assert_eq!(newest.size, size(db).await.unwrap() as u64);
        for (old, root) in &earlier {
            let way = mandate_ledger::prove_consistency(db, *old, newest.size)
                .await
                .unwrap();
            assert!(merkle::proves_consistency(
                *old,
                newest.size,
                root,
                &newest.root,
                &way
            ));
        }
        earlier.push((newest.size, newest.root));
    }
    assert_eq!(audited(&store).await, Vec::<String>::new());
    let (files, trust) = exported(&store, &key).await;
    assert_eq!(proof::verify(&mut files.clone(), &trust).findings, []);
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("tile/")) {
        let one = Tile::parse(path).unwrap();
        let served = tile(&mut store.clone(), one).await.unwrap();
        assert_eq!(served.as_ref(), Some(bytes), "{path}");
    }
    let beyond = Tile::parse("tile/0/009").unwrap();
    assert_eq!(tile(&mut store.clone(), beyond).await.unwrap(), None);
}

async fn a_reading_is_in_the_tree_before_its_receipt_is_given(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    grow(&store, 300).await;
    let by = Actor::person(mandate_store::Id::new(), None);
    let record = Record::of("case", "c-1");
    let reading = Reading::of("case.read", record.clone(), "asked for by the applicant");
    let receipt = read_before(&store, &by, NOW, reading).await.unwrap();
    let last = mandate_ledger::latest(&mut store.clone(), i64::MAX, 1)
        .await
        .unwrap();
    assert_eq!(receipt.index() + 1, last[0].seq as u64);
    assert_eq!(last[0].details["reason"], "asked for by the applicant");
    assert!(receipt.covers(&by, &record));
    assert!(!receipt.covers(&Actor::program(), &record));
    assert!(!receipt.covers(&by, &Record::of("case", "c-2")));
    grow(&store, 40).await;
    let signed = checkpoint(&store, &key, NOW).await.unwrap();
    let (_, newest) = Checkpoint::in_note(&signed.note).unwrap();
    let proof = receipt
        .proof(&mut store.clone(), newest.size)
        .await
        .unwrap();
    let holds =
        |index| merkle::proves_inclusion(index, newest.size, receipt.leaf(), &proof, &newest.root);
    assert!(holds(receipt.index()));
    assert!(!holds(receipt.index() - 1));
}

async fn erasing_leaves_the_tree_and_takes_the_words(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    grow(&store, 280).await;
    let person = Record::of("case", "canary-4711");
    for _ in 0..2 {
        let entry = Entry::done("case.opened", person.clone()).with("word", "canary-0815");
        record_alone(&store, &Actor::program(), NOW, entry)
            .await
            .unwrap();
    }
    let before = checkpoint(&store, &key, NOW).await.unwrap();
    let found = entries_about(&mut store.clone(), &person).await.unwrap();
    assert_eq!(found.len(), 2);
    let mut act = Act::begin(&store, &Actor::command_line(), NOW)
        .await
        .unwrap();
    assert_eq!(
        erase(&mut act, &found, "consent withdrawn").await.unwrap(),
        found
    );
    act.commit().await.unwrap();
    assert!(settle(&store).await.unwrap());
    let after = checkpoint(&store, &key, NOW).await.unwrap();
    assert_eq!(after.size, before.size + 1);
    assert_eq!(audited(&store).await, Vec::<String>::new());

    let (files, mut trust) = exported(&store, &key).await;
    trust.seen.push(("before".to_owned(), before.note));
    let verified = proof::verify(&mut files.clone(), &trust);
    assert_eq!((verified.findings, verified.erased), (vec![], 2));
    let all: Vec<u8> = files.values().flatten().copied().collect();
    assert!(
        !all.windows(11)
            .any(|w| w == b"canary-4711" || w == b"canary-0815")
    );

    // What says that something was erased stays, and what is not there cannot be erased.
    let said = size(&mut store.clone()).await.unwrap();
    for wrong in [vec![said], vec![9999]] {
        let mut act = Act::begin(&store, &Actor::command_line(), NOW)
            .await
            .unwrap();
        let refused = erase(&mut act, &wrong, "x").await;
        assert!(matches!(refused, Err(LedgerError::Input(_))), "{refused:?}");
    }
    // Erasing again changes nothing, so there is nothing to record.
    let mut act = Act::begin(&store, &Actor::command_line(), NOW)
        .await
        .unwrap();
    assert_eq!(
        erase(&mut act, &found, "again").await.unwrap(),
        Vec::<i64>::new()
    );
    assert!(act.commit().await.is_err());
}

async fn what_is_changed_behind_the_ledgers_back_is_found(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    grow(&store, 600).await;
    checkpoint(&store, &key, NOW).await.unwrap();
    for (sql, said) in [
        (
            "UPDATE ledger_entry SET actor = 'somebody' WHERE seq = 77",
            "entry 77: it was changed",
        ),
        (
            "UPDATE ledger_entry SET at = at + 1 WHERE seq = 77",
            "entry 77: it was changed",
        ),
        (
            "UPDATE ledger_entry SET details = '{}' WHERE seq = 300",
            "entry 300: it was changed",
        ),
        (
            "UPDATE ledger_entry SET salt = NULL, actor = 'erased', action = 'erased', details = '{}' WHERE seq = 9",
            "entry 9: its content is gone, but no later entry says that it was erased",
        ),
        (
            "UPDATE ledger_entry SET salt = NULL WHERE seq = 9",
            "entry 9: it has no salt, but words",
        ),
        (
            "UPDATE ledger_entry SET commitment = NULL WHERE seq = 12",
            "entry 12: it has no leaf",
        ),
        (
            "UPDATE ledger_tile SET root = hashes WHERE level = 0 AND number = 1",
            "tile/0/001: it was changed",
        ),
        (
            "UPDATE ledger_checkpoint SET size = 590",
            "it is not signed by a key of this ledger",
        ),
        (
            "DELETE FROM ledger_entry WHERE seq > 500",
            "the end was cut off",
        ),
    ] {
        let mut tx = store.begin().await.unwrap();
        assert!(tx.execute(sql, vec![]).await.unwrap() > 0, "{sql}");
        let found = verify(&mut tx).await.unwrap();
        assert!(
            found.iter().any(|line| line.contains(said)),
            "{sql}: {found:?}"
        );
        tx.roll_back().await.unwrap();
    }
    assert_eq!(audited(&store).await, Vec::<String>::new());
}

async fn a_key_never_signs_two_histories(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    grow(&store, 30).await;
    checkpoint(&store, &key, NOW).await.unwrap();
    // As after restoring an older backup: the last entries are gone, and others come in their place.
    let mut tx = store.begin().await.unwrap();
    for sql in [
        "DELETE FROM ledger_checkpoint",
        "DELETE FROM ledger_entry WHERE seq > 20",
        "UPDATE ledger_size SET size = 20",
    ] {
        tx.execute(sql, vec![]).await.unwrap();
    }
    tx.commit().await.unwrap();
    for _ in 0..2 {
        let refused = checkpoint(&store, &key, NOW).await;
        assert!(
            matches!(refused, Err(LedgerError::Fork { signed: 31, .. })),
            "{refused:?}"
        );
        grow(&store, 40).await;
    }
    // A new key for a new log may.
    let file = folder.path().join("ledger-key");
    key.put_aside().unwrap();
    let new = LedgerKey::create(&file, "office.example.org/ledger-2").unwrap();
    mandate_ledger::add_key(&store, new.verifier(), &Actor::command_line(), NOW)
        .await
        .unwrap();
    checkpoint(&store, &new, NOW).await.unwrap();
}

async fn a_ledger_with_a_key_is_not_given_another_one_by_itself(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let first = key(&store, &folder).await;
    let elsewhere = folder.path().join("elsewhere");
    let by = Actor::program();
    let other = open_key(&store, &elsewhere, "x.example.org", &by, NOW).await;
    assert!(matches!(other, Err(LedgerError::Elsewhere(_))), "{other:?}");
    let again = open_key(&store, &folder.path().join("ledger-key"), "x", &by, NOW)
        .await
        .unwrap();
    assert_eq!(again.verifier(), first.verifier());
    assert_eq!(again.verifier().name(), "office.example.org/ledger");
}

async fn only_who_has_an_address_may_fetch_until_it_is_ended(store: Store) {
    let by = Actor::command_line();
    let db = &mut store.clone();
    let secret = add_reader(&store, "Ombudsperson (sample)", &by, NOW)
        .await
        .unwrap();
    assert!(may_fetch(db, &secret).await.unwrap());
    assert!(!may_fetch(db, "").await.unwrap());
    assert!(!may_fetch(db, &secret[1..]).await.unwrap());
    assert!(
        add_reader(&store, "Ombudsperson (sample)", &by, NOW)
            .await
            .is_err()
    );
    end_reader(&store, "Ombudsperson (sample)", &by, NOW)
        .await
        .unwrap();
    assert!(!may_fetch(db, &secret).await.unwrap());
    assert!(
        end_reader(&store, "Ombudsperson (sample)", &by, NOW)
            .await
            .is_err()
    );
}

async fn a_backup_carries_the_ledger_whole(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    grow(&store, 300).await;
    let signed = checkpoint(&store, &key, NOW).await.unwrap();
    let file = folder.path().join("backup.zip");
    let attachments = Attachments::in_folder(folder.path().join("attachments"));
    backup(&store, &attachments, &file).await.unwrap();
    let (sqlite, _held) = testing::sqlite(&rooms()).await;
    for target in [sqlite, testing::postgres(&rooms()).await] {
        restore(&target, &attachments, &file).await.unwrap();
        complete(&target).await.unwrap();
        assert_eq!(audited(&target).await, Vec::<String>::new());
        let there = newest_checkpoint(&mut target.clone()).await.unwrap();
        assert_eq!(there.as_ref(), Some(&signed));
        grow(&target, 3).await;
        let more = checkpoint(&target, &key, NOW).await;
        // On the first the key signs on; the second is another continuation, which it refuses.
        let refused = matches!(more, Err(LedgerError::Fork { .. }));
        assert_eq!(refused, target.kind() == mandate_store::Kind::Postgres);
    }
}

mandate_store::on_both_databases![
    super::rooms();
    every_entry_is_a_leaf_and_proofs_of_it_verify,
    a_reading_is_in_the_tree_before_its_receipt_is_given,
    erasing_leaves_the_tree_and_takes_the_words,
    what_is_changed_behind_the_ledgers_back_is_found,
    a_key_never_signs_two_histories,
    a_ledger_with_a_key_is_not_given_another_one_by_itself,
    only_who_has_an_address_may_fetch_until_it_is_ended,
    a_backup_carries_the_ledger_whole,
];

/// The rooms as they were before there was a tree.
fn rooms_before() -> Vec<Migrations> {
    let [store, ledger] = rooms().try_into().unwrap();
    vec![
        store,
        Migrations {
            steps: &ledger.steps[..1],
            ..ledger
        },
    ]
}

async fn entries_from_before_the_tree_get_leaves(store: Store) {
    let mut tx = store.begin().await.unwrap();
    for seq in 1..=1203_i64 {
        tx.execute(
            "INSERT INTO ledger_entry (seq, at, actor, action, outcome, details) VALUES ($1, $2, 'program', 'x.done', 'done', '{}')",
            params![seq, seq * 1000],
        )
        .await
        .unwrap();
    }
    tx.execute("UPDATE ledger_size SET size = 1203", vec![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let attachments = Attachments::in_folder(folder.path());
    let old = folder.path().join("old.zip");
    backup(&store, &attachments, &old).await.unwrap();

    mandate_store::schema(&store, &rooms()).await.unwrap();
    assert_eq!(complete(&store).await.unwrap(), 1203);
    assert_eq!(complete(&store).await.unwrap(), 0);
    let key = key(&store, &folder).await;
    checkpoint(&store, &key, NOW).await.unwrap();
    assert_eq!(audited(&store).await, Vec::<String>::new());
    let (files, trust) = exported(&store, &key).await;
    assert_eq!(proof::verify(&mut files.clone(), &trust).findings, []);

    // A backup from before is restored by the program that has the tree.
    let (new, _held) = testing::sqlite(&rooms()).await;
    restore(&new, &attachments, &old).await.unwrap();
    assert_eq!(complete(&new).await.unwrap(), 1203);
    assert_eq!(audited(&new).await, Vec::<String>::new());
}

mod before {
    mandate_store::on_both_databases![
        crate::rooms_before();
        entries_from_before_the_tree_get_leaves,
    ];

    use super::entries_from_before_the_tree_get_leaves;
}

#[tokio::test]
async fn the_files_of_the_database_let_go_of_what_was_erased() {
    let (store, folder) = testing::sqlite(&rooms()).await;
    let canary = "canary-that-must-go-0815";
    for at in 0..40 {
        let word = if at % 2 == 0 { canary } else { "another word" };
        let entry = Entry::done("case.opened", Record::of("case", at)).with("word", word);
        record_alone(&store, &Actor::program(), NOW, entry)
            .await
            .unwrap();
    }
    let holds = || {
        std::fs::read_dir(folder.path()).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.windows(canary.len()).any(|w| w == canary.as_bytes())
        })
    };
    assert!(holds(), "the control is found");
    let mut act = Act::begin(&store, &Actor::command_line(), NOW)
        .await
        .unwrap();
    erase(&mut act, &(1..=40).collect::<Vec<_>>(), "test")
        .await
        .unwrap();
    act.commit().await.unwrap();
    assert!(settle(&store).await.unwrap());
    assert!(!holds());
}

#[cfg(unix)]
#[tokio::test]
async fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger-key");
    LedgerKey::create(&file, "office.example.org/ledger").unwrap();
    let mode = |mode| {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        LedgerKey::read(&file)
    };
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(matches!(mode(0o640), Err(LedgerError::Open(_))));
    assert!(mode(0o600).unwrap().is_some());
    assert!(matches!(
        LedgerKey::create(&file, "x"),
        Err(LedgerError::There(_))
    ));
}

#[tokio::test]
async fn an_export_is_a_folder_or_a_zip_file_and_overwrites_nothing() {
    let (store, folder) = testing::sqlite(&rooms()).await;
    let key = key(&store, &folder).await;
    grow(&store, 270).await;
    let early = export(&store, &folder.path().join("early"), false).await;
    assert!(
        matches!(early, Err(LedgerError::Input(_))),
        "no checkpoint yet"
    );
    checkpoint(&store, &key, NOW).await.unwrap();
    let (zip, dir) = (folder.path().join("e.zip"), folder.path().join("e"));
    export(&store, &zip, false).await.unwrap();
    export(&store, &dir, false).await.unwrap();
    assert!(export(&store, &zip, false).await.is_err());
    assert!(export(&store, &dir, false).await.is_err());
    let from_folder = files(&dir);
    let mut pack = zip::ZipArchive::new(std::fs::File::open(&zip).unwrap()).unwrap();
    let mut from_zip = BTreeMap::new();
    for at in 0..pack.len() {
        let mut entry = pack.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        from_zip.insert(entry.name().to_owned(), bytes);
    }
    assert_eq!(from_folder, from_zip);
    let hashes = folder.path().join("hashes");
    export(&store, &hashes, true).await.unwrap();
    let trust = Trust {
        hashes_alone: true,
        ..trusting(&key)
    };
    assert_eq!(proof::verify(&mut files(&hashes), &trust).findings, []);
    assert!(
        !files(&hashes)
            .keys()
            .any(|name| name.starts_with("content"))
    );
}

#[test]
fn hours_hide_minutes() {
    let at = |minutes: i64| (NOW + minutes.minutes()).as_millisecond();
    let hour = proof::leaf::hour_of(Timestamp::UNIX_EPOCH.as_millisecond());
    assert_eq!(hour, 0);
    assert_eq!(proof::leaf::hour_of(at(0)), proof::leaf::hour_of(at(59)));
    assert_eq!(
        proof::leaf::hour_of(at(0)) + 1,
        proof::leaf::hour_of(at(60))
    );
}
