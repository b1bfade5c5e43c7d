//! An office at work, until the power goes.

use std::{io::Write as _, path::Path, sync::Arc};

use jiff::Timestamp;
use mandate_ledger::{
    Act, Actor, Entry, LedgerKey, Reading, Record, checkpoint, export, open_key, read_before, size,
};
use mandate_store::{
    Attachments, Id, Migration, Migrations, Store, StoreError, backup, schema, testing,
};

use crate::{Ack, Dice, digest};

/// How SQLite syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syncs {
    /// As the office opens it.
    Full,
    /// At checkpoints of the journal alone.
    Normal,
    /// Never.
    Off,
}

impl Syncs {
    /// SQLite's word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Syncs::Full => "FULL",
            Syncs::Normal => "NORMAL",
            Syncs::Off => "OFF",
        }
    }

    /// Reads SQLite's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Syncs> {
        [Syncs::Full, Syncs::Normal, Syncs::Off]
            .into_iter()
            .find(|syncs| syncs.word() == word)
    }
}

/// An office's data, opened.
#[derive(Debug, Clone)]
pub struct Office {
    /// The database.
    pub store: Store,
    /// The files beside it.
    pub files: Attachments,
    /// The key of the ledger.
    pub key: LedgerKey,
}

fn rooms() -> Vec<Migrations> {
    vec![
        mandate_store::own_migrations(),
        mandate_ledger::migrations(),
        // Sealed keys refer to people, whose room is not needed here.
        Migrations {
            room: "people",
            steps: &[Migration {
                number: 1,
                name: "people",
                sql: "CREATE TABLE person (id TEXT PRIMARY KEY) STRICT;",
            }],
        },
        mandate_keep::migrations(),
    ]
}

/// An empty database with the office's tables.
///
/// # Errors
/// As opening a store.
pub async fn empty(file: &Path) -> Result<Store, StoreError> {
    let store = Store::open(&format!("sqlite:{}", file.display())).await?;
    schema(&store, &rooms()).await?;
    Ok(store)
}

/// Opens an office as `mandate` does: a folder that is made, the database, its tables, the ledger and its key.
///
/// # Errors
/// When any of it cannot be opened.
pub async fn open(folder: &Path, syncs: Syncs) -> anyhow::Result<Office> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join("office.sqlite");
    let store = match syncs {
        Syncs::Full => Store::open(&format!("sqlite:{}", file.display())).await?,
        _ => testing::sqlite_with_synchronous(&file, syncs.word()).await?,
    };
    schema(&store, &rooms()).await?;
    mandate_ledger::complete(&store).await?;
    let key = open_key(
        &store,
        &folder.join("ledger-key"),
        "office.example.org/ledger",
        &Actor::program(),
        Timestamp::now(),
    )
    .await?;
    Ok(Office {
        store,
        files: Attachments::in_folder(folder.join("attachments")),
        key,
    })
}

fn say(ack: &Ack) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", ack.line())?;
    out.flush()?;
    Ok(())
}

/// Works until the power goes: that is, until something fails.
///
/// # Errors
/// Always, in the end.
pub async fn work(folder: &Path, syncs: Syncs, seed: u64) -> anyhow::Result<()> {
    let office = Arc::new(open(folder, syncs).await?);
    say(&Ack::Opened)?;
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let office = office.clone();
            tokio::spawn(async move { while read(&office).await.is_ok() {} })
        })
        .collect();
    let mut dice = Dice(seed);
    let worked: anyhow::Result<()> = async {
        loop {
            match dice.below(24) {
                0 => drop(office.store.settle("ledger_entry").await?),
                1..=3 => {
                    let signed = checkpoint(&office.store, &office.key, Timestamp::now()).await?;
                    say(&Ack::Checkpoint(signed.note))?;
                }
                4 => copy(&office, folder, &mut dice).await?,
                5 => import(&office, &mut dice).await?,
                _ => file(&office, &mut dice).await?,
            }
        }
    }
    .await;
    for reader in readers {
        reader.abort();
    }
    worked
}

async fn read(office: &Office) -> anyhow::Result<()> {
    let by = Actor::person(Id::new(), Some(Id::new()));
    let reading = Reading::of("case.read", Record::of("case", Id::new()), "assigned");
    let receipt = read_before(&office.store, &by, Timestamp::now(), reading).await?;
    say(&Ack::Reading(receipt.index(), hex::encode(receipt.leaf())))
}

/// A record with a file, or with a part of a sealed attachment.
async fn file(office: &Office, dice: &mut Dice) -> anyhow::Result<()> {
    let (at, by) = (Timestamp::now(), Actor::person(Id::new(), None));
    let mut act = Act::begin(&office.store, &by, at).await?;
    let record = Id::new();
    let ack = if dice.below(3) == 0 {
        let length = dice.below(20_000);
        let bytes = dice.bytes(length);
        let added = office
            .files
            .add(act.tx(), &bytes, "file", "text/plain", at)
            .await?;
        Ack::File(added.sha256)
    } else {
        let length = 1 + dice.below(30_000);
        let bytes = dice.bytes(length);
        let part = i64::try_from(dice.below(1000)).unwrap_or(0);
        mandate_keep::add_chunk(&mut act, record, "upload", part, &bytes).await?;
        Ack::Part(record.to_string(), part, digest(&bytes))
    };
    let number = act
        .record(Entry::done("case.filed", Record::of("case", record)))
        .await?;
    act.commit().await?;
    say(&Ack::Entry(number, record.to_string()))?;
    say(&ack)
}

async fn import(office: &Office, dice: &mut Dice) -> anyhow::Result<()> {
    let mut act = Act::begin(&office.store, &Actor::command_line(), Timestamp::now()).await?;
    let record = Id::new();
    let entries = (0..=dice.below(300))
        .map(|_| Entry::done("case.imported", Record::of("case", record)))
        .collect();
    let last = act.record_all(entries).await?;
    act.commit().await?;
    say(&Ack::Entry(last, record.to_string()))
}

async fn copy(office: &Office, folder: &Path, dice: &mut Dice) -> anyhow::Result<()> {
    let id = Id::new();
    let name = if dice.below(2) == 0 {
        let name = format!("backup-{id}.zip");
        backup(&office.store, &office.files, &folder.join(&name)).await?;
        name
    } else {
        let name = format!("ledger-{id}.zip");
        checkpoint(&office.store, &office.key, Timestamp::now()).await?;
        export(&office.store, &folder.join(&name), false).await?;
        name
    };
    anyhow::ensure!(
        size(&mut office.store.clone()).await? > 0,
        "an empty ledger"
    );
    say(&Ack::Copy(name))
}
