//! What the store promises, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_store::{
    Attachments, Migration, Migrations, Query, Store, StoreError, backup, insert_many,
    own_migrations, params, restore, schema, testing,
};

const NOTES: Migrations = Migrations {
    room: "notes",
    steps: &[Migration {
        number: 1,
        name: "notes",
        sql: "CREATE TABLE note (id TEXT PRIMARY KEY, body TEXT, pages INTEGER, weight REAL, scan BLOB) STRICT;
              CREATE TABLE remark (id TEXT PRIMARY KEY, note_id TEXT NOT NULL REFERENCES note (id)) STRICT;",
    }],
};
const ROOMS: [fn() -> Migrations; 2] = [own_migrations, || NOTES];

fn rooms() -> Vec<Migrations> {
    ROOMS.iter().map(|room| room()).collect()
}

async fn every_type_comes_back_as_it_went_in(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let sql = "INSERT INTO note (id, body, pages, weight, scan) VALUES ($1,$2,$3,$4,$5)";
    tx.execute(
        sql,
        params![
            "a",
            "Đakovica / Ђаковица ë",
            i64::MAX,
            0.1_f64,
            vec![0_u8, 255]
        ],
    )
    .await
    .unwrap();
    tx.execute(
        sql,
        params![
            "b",
            None::<String>,
            None::<i64>,
            None::<f64>,
            None::<Vec<u8>>
        ],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let rows = store
        .clone()
        .rows("SELECT * FROM note ORDER BY id", vec![])
        .await
        .unwrap();
    assert_eq!(rows[0].text("body").unwrap(), "Đakovica / Ђаковица ë");
    assert_eq!(rows[0].int("pages").unwrap(), i64::MAX);
    assert_eq!(rows[0].real("weight").unwrap(), 0.1);
    assert_eq!(rows[0].bytes("scan").unwrap(), [0, 255]);
    assert_eq!(rows[1].opt_text("body").unwrap(), None);
    assert_eq!(rows[1].opt_int("pages").unwrap(), None);
    assert!(matches!(
        rows[1].text("body"),
        Err(StoreError::Column { .. })
    ));
}

async fn what_is_not_committed_leaves_no_trace(store: Store) {
    let mut tx = store.begin().await.unwrap();
    tx.execute("INSERT INTO note (id) VALUES ($1)", params!["a"])
        .await
        .unwrap();
    drop(tx);
    let n = store
        .clone()
        .count("SELECT COUNT(*) AS n FROM note", vec![])
        .await
        .unwrap();
    assert_eq!(n, 0);
}

async fn a_store_outside_a_transaction_refuses_to_change(store: Store) {
    let refused = store
        .clone()
        .execute("INSERT INTO note (id) VALUES ($1)", params!["a"])
        .await;
    assert!(matches!(refused, Err(StoreError::Unrecorded)));
}

async fn a_broken_reference_is_refused_by_name(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let refused = tx
        .execute(
            "INSERT INTO remark (id, note_id) VALUES ('r', 'nobody')",
            vec![],
        )
        .await;
    // PostgreSQL checks at once, SQLite at once too because references are immediate.
    assert!(
        matches!(refused, Err(StoreError::Refused(_))),
        "{refused:?}"
    );
}

async fn many_rows_go_in_at_once(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let rows = (0..10_001_i64)
        .map(|i| params![format!("{i:06}"), i])
        .collect();
    insert_many(&mut tx, "note", &["id", "pages"], rows)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let row = store
        .clone()
        .row(
            "SELECT COUNT(*) AS n, CAST(SUM(pages) AS INTEGER) AS s FROM note",
            vec![],
        )
        .await;
    let n = store
        .clone()
        .count("SELECT COUNT(*) AS n FROM note", vec![])
        .await
        .unwrap();
    assert_eq!(n, 10_001);
    drop(row);
}

async fn a_file_of_a_newer_program_is_refused(store: Store) {
    let older = [own_migrations()];
    let refused = schema(&store, &older).await;
    assert!(
        matches!(&refused, Err(StoreError::Newer { room, .. }) if room == "notes"),
        "{refused:?}"
    );
    let changed = Migrations {
        room: "notes",
        steps: &[Migration {
            number: 1,
            name: "notes",
            sql: "SELECT 1",
        }],
    };
    let refused = schema(&store, &[own_migrations(), changed]).await;
    assert!(
        matches!(&refused, Err(StoreError::Altered { number: 1, .. })),
        "{refused:?}"
    );
}

async fn a_migration_keeps_the_data_of_an_older_file(store: Store) {
    const NEXT: Migrations = Migrations {
        room: "notes",
        steps: &[
            NOTES.steps[0],
            Migration {
                number: 2,
                name: "colour",
                sql: "ALTER TABLE note ADD COLUMN colour TEXT;",
            },
        ],
    };
    let mut tx = store.begin().await.unwrap();
    tx.execute("INSERT INTO note (id, body) VALUES ('a', 'kept')", vec![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let applied = schema(&store, &[own_migrations(), NEXT]).await.unwrap();
    assert_eq!(applied, [("notes", 2)]);
    assert_eq!(schema(&store, &[own_migrations(), NEXT]).await.unwrap(), []);
    let row = store
        .clone()
        .row("SELECT body, colour FROM note", vec![])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.text("body").unwrap(), "kept");
    assert_eq!(row.opt_text("colour").unwrap(), None);
}

async fn a_backup_restores_on_either_database(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let files = Attachments::in_folder(folder.path().join("a"));
    let mut tx = store.begin().await.unwrap();
    let at = jiff::Timestamp::UNIX_EPOCH;
    let kept = files
        .add(&mut tx, b"a scan", "scan.txt", "text/plain", at)
        .await
        .unwrap();
    let values = params!["n", "=Đ", -3_i64, 1.0 / 3.0, vec![1_u8, 2, 3]];
    tx.execute(
        "INSERT INTO note (id, body, pages, weight, scan) VALUES ($1,$2,$3,$4,$5)",
        values,
    )
    .await
    .unwrap();
    tx.execute("INSERT INTO remark (id, note_id) VALUES ('r', 'n')", vec![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let file = folder.path().join("office.backup");
    let made = backup(&store, &files, &file).await.unwrap();
    assert_eq!(
        (made.rows["note"], made.rows["remark"], made.attachments),
        (1, 1, 1)
    );

    let (other, _keep) = testing::sqlite(&rooms()).await;
    for target in [other, testing::postgres(&rooms()).await] {
        let elsewhere = Attachments::in_folder(folder.path().join(format!("{:?}", target.kind())));
        assert_eq!(restore(&target, &elsewhere, &file).await.unwrap(), made);
        let row = target
            .clone()
            .row("SELECT * FROM note", vec![])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(row.text("body").unwrap(), "=Đ");
        assert_eq!(row.real("weight").unwrap(), 1.0 / 3.0);
        assert_eq!(row.bytes("scan").unwrap(), [1, 2, 3]);
        assert_eq!(elsewhere.bytes(&kept.sha256).await.unwrap(), b"a scan");
        let again = restore(&target, &elsewhere, &file).await;
        assert!(
            matches!(again, Err(StoreError::Backup(why)) if why.contains("already holds data"))
        );
    }
}

async fn a_damaged_backup_restores_nothing(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let files = Attachments::in_folder(folder.path());
    let file = folder.path().join("b");
    backup(&store, &files, &file).await.unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    std::fs::write(&file, bytes).unwrap();
    assert!(matches!(
        restore(&store, &files, &file).await,
        Err(StoreError::Backup(_))
    ));
}

mandate_store::on_both_databases![
    super::rooms();
    every_type_comes_back_as_it_went_in,
    what_is_not_committed_leaves_no_trace,
    a_store_outside_a_transaction_refuses_to_change,
    a_broken_reference_is_refused_by_name,
    many_rows_go_in_at_once,
    a_file_of_a_newer_program_is_refused,
    a_migration_keeps_the_data_of_an_older_file,
    a_backup_restores_on_either_database,
    a_damaged_backup_restores_nothing,
];
