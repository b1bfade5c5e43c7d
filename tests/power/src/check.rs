//! What must be true of an office when the power is back.

use std::{collections::BTreeMap, io::Read as _, path::Path};

use jiff::Timestamp;
use mandate_ledger::{
    checkpoint, export,
    proof::{
        Trust,
        merkle::Hash,
        note::VerifierKey,
        tile::{self, Holds, Tile, WIDTH},
        verify,
    },
};
use mandate_store::{Attachments, Query as _, params, restore};

use crate::{
    Ack, digest,
    office::{Office, Syncs, empty, open},
};

/// How a finding begins that says that something acknowledged is not there.
pub const LOST: &str = "lost: ";

/// Opens an office's data in a folder of this machine and says what does not fit, and what of the acknowledged is missing.
/// The folder is changed by that: give it a copy.
pub async fn check(folder: &Path, said: &[Ack]) -> Vec<String> {
    match open(folder, Syncs::Full).await {
        Err(error) => vec![format!("the office does not open: {error:#}")],
        Ok(office) => {
            let mut found = Vec::new();
            if let Err(error) = all(&office, folder, said, &mut found).await {
                found.push(format!("the office cannot be read: {error:#}"));
            }
            office.store.close().await;
            found
        }
    }
}

async fn all(
    office: &Office,
    folder: &Path,
    said: &[Ack],
    found: &mut Vec<String>,
) -> anyhow::Result<()> {
    let db = &mut office.store.clone();
    found.extend(office.store.integrity().await?);
    found.extend(mandate_ledger::verify(db).await?);
    for row in db
        .rows("SELECT DISTINCT sha256 FROM attachment", vec![])
        .await?
    {
        if let Err(error) = office.files.bytes(&row.text("sha256")?).await {
            found.push(format!("a file of a record: {error}"));
        }
    }
    for ack in said {
        let kept = match ack {
            Ack::Opened | Ack::Reading(..) | Ack::Checkpoint(_) => true,
            Ack::Entry(number, record) => {
                let sql =
                    "SELECT COUNT(*) AS n FROM ledger_entry WHERE seq = $1 AND record_id = $2";
                db.count(sql, params![*number, record.as_str()]).await? == 1
            }
            Ack::File(sha256) => {
                let sql = "SELECT COUNT(*) AS n FROM attachment WHERE sha256 = $1";
                office.files.bytes(sha256).await.is_ok()
                    && db.count(sql, params![sha256.as_str()]).await? > 0
            }
            Ack::Part(case, part, sha256) => {
                let sql = "SELECT sealed FROM vault_chunk WHERE case_id = $1 AND upload = 'upload' AND part = $2";
                match db.row(sql, params![case.as_str(), *part]).await? {
                    Some(row) => digest(&row.bytes("sealed")?) == *sha256,
                    None => false,
                }
            }
            Ack::Copy(name) => match copy(&folder.join(name), office.key.verifier()).await {
                Ok(whole) => whole,
                Err(error) => {
                    found.push(format!("{name}: {error:#}"));
                    true
                }
            },
        };
        if !kept {
            found.push(format!("{LOST}{}", ack.line()));
        }
    }
    ledger(office, said, found).await
}

/// A backup can be restored, a copy of the ledger verified.
async fn copy(file: &Path, key: &VerifierKey) -> anyhow::Result<bool> {
    if !file.exists() {
        return Ok(false);
    }
    if file
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("backup"))
    {
        let place = tempfile::tempdir()?;
        let store = empty(&place.path().join("restored.sqlite")).await?;
        let files = Attachments::in_folder(place.path().join("attachments"));
        restore(&store, &files, file).await?;
        let found = mandate_ledger::verify(&mut store.clone()).await?;
        store.close().await;
        anyhow::ensure!(found.is_empty(), "{found:?}");
    } else {
        let trust = Trust {
            keys: vec![key.clone()],
            ..Trust::default()
        };
        let found = verify(&mut unpacked(file)?, &trust).findings;
        anyhow::ensure!(found.is_empty(), "{found:?}");
    }
    Ok(true)
}

fn unpacked(file: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut pack = zip::ZipArchive::new(std::fs::File::open(file)?)?;
    let mut files = BTreeMap::new();
    for at in 0..pack.len() {
        let mut entry = pack.by_index(at)?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.insert(entry.name().to_owned(), bytes);
    }
    Ok(files)
}

/// The ledger's copy holds every acknowledged reading, and begins as every acknowledged checkpoint says.
async fn ledger(office: &Office, said: &[Ack], found: &mut Vec<String>) -> anyhow::Result<()> {
    let mut seen = Vec::new();
    let mut last = 0;
    for ack in said {
        if let Ack::Checkpoint(note) = ack {
            seen.push((format!("checkpoint {}", seen.len() + 1), note.clone()));
            let size = note.lines().nth(1).and_then(|line| line.parse().ok());
            last = last.max(size.unwrap_or(0));
        }
    }
    let remembered = office
        .key
        .last_signed()?
        .map_or(0, |checkpoint| checkpoint.size);
    if remembered < last {
        found.push(format!(
            "the key remembers {remembered} entries, and signed {last}"
        ));
    }
    let place = tempfile::tempdir()?;
    let file = place.path().join("copy.zip");
    checkpoint(&office.store, &office.key, Timestamp::now()).await?;
    export(&office.store, &file, false).await?;
    let mut files = unpacked(&file)?;
    let trust = Trust {
        keys: vec![office.key.verifier().clone()],
        seen,
        ..Trust::default()
    };
    let verified = verify(&mut files, &trust);
    found.extend(verified.findings.iter().map(ToString::to_string));
    for ack in said {
        if let Ack::Reading(index, leaf) = ack
            && hash_at(&files, *index, verified.size)
                .map(hex::encode)
                .as_ref()
                != Some(leaf)
        {
            found.push(format!("{LOST}{}", ack.line()));
        }
    }
    Ok(())
}

fn hash_at(files: &BTreeMap<String, Vec<u8>>, index: u64, size: u64) -> Option<Hash> {
    let first = index / WIDTH * WIDTH;
    let tile = Tile {
        holds: Holds::Hashes(0),
        index: index / WIDTH,
        width: size.checked_sub(first)?.min(WIDTH),
    };
    let hashes = tile::hashes(files.get(&tile.path())?)?;
    hashes.get(usize::try_from(index - first).ok()?).copied()
}
