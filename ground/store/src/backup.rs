//! One backup format for both databases, so that an office that outgrows one machine moves by restoring.
//!
//! A backup is a ZIP file: `manifest.json` (format, the steps of every room, rows per table and the digest of each
//! entry), `tables/NAME.jsonl` (one row a line, in the order in which tables refer to one another) and
//! `attachments/DIGEST`. It is read from one snapshot while the office goes on working, written beside the target and
//! renamed when it is whole. A restore goes into an empty database only, in one transaction, and checks every digest.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    path::Path,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    Attachments, Kind, Query, Row, Store, StoreError, Tx, Value, insert_many, params, sync_folder,
};

const FORMAT: &str = "mandate-backup-1";
/// Rows read at a time, so that a large table is never held whole.
const PAGE: i64 = 2_000;

/// What a backup or a restore went through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSummary {
    /// Rows per table.
    pub rows: BTreeMap<String, u64>,
    /// How many attachments.
    pub attachments: usize,
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: String,
    steps: Vec<(String, i64)>,
    /// In the order in which tables refer to one another.
    tables: Vec<TableEntry>,
    attachments: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct TableEntry {
    name: String,
    columns: Vec<(String, ColumnType)>,
    rows: u64,
    sha256: String,
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum ColumnType {
    Text,
    Integer,
    Real,
    Blob,
}

/// Writes everything that the office knows into `file`.
///
/// # Errors
/// [`StoreError::File`], [`StoreError::Database`], or [`StoreError::Attachment`] for a file that is damaged: a backup
/// that lacks something is not written.
pub async fn backup(
    store: &Store,
    attachments: &Attachments,
    file: &Path,
) -> Result<BackupSummary, StoreError> {
    let mut tx = store.snapshot().await?;
    let folder = file
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut whole = tempfile::NamedTempFile::new_in(folder)?;
    let mut zip = ZipWriter::new(std::io::BufWriter::new(whole.as_file_mut()));
    let packed = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .large_file(true);

    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        steps: steps(&mut tx).await?,
        tables: vec![],
        attachments: vec![],
    };
    for name in tables(&mut tx).await? {
        let columns = columns(&mut tx, &name).await?;
        zip.start_file(format!("tables/{name}.jsonl"), packed)
            .map_err(not_zip)?;
        let (rows, sha256) = write_table(&mut tx, &name, &columns, &mut zip).await?;
        manifest.tables.push(TableEntry {
            name,
            columns,
            rows,
            sha256,
        });
    }
    for row in tx
        .rows(
            "SELECT DISTINCT sha256 FROM attachment ORDER BY sha256",
            vec![],
        )
        .await?
    {
        let digest = row.text("sha256")?;
        zip.start_file(format!("attachments/{digest}"), packed)
            .map_err(not_zip)?;
        zip.write_all(&attachments.bytes(&digest).await?)?;
        manifest.attachments.push(digest);
    }
    zip.start_file("manifest.json", packed).map_err(not_zip)?;
    serde_json::to_writer_pretty(&mut zip, &manifest).map_err(std::io::Error::from)?;
    zip.finish().map_err(not_zip)?.flush()?;
    tx.roll_back().await?;
    whole.as_file().sync_all()?;
    whole.persist(file).map_err(|error| error.error)?;
    sync_folder(folder)?;
    Ok(summary(&manifest))
}

/// Fills an empty database (its schema already made by [`crate::schema`]) from a backup.
///
/// # Errors
/// [`StoreError::Backup`] when the file is not whole, was made by a newer program, or the database is not empty; then
/// nothing has been changed.
pub async fn restore(
    store: &Store,
    attachments: &Attachments,
    file: &Path,
) -> Result<BackupSummary, StoreError> {
    let mut zip =
        ZipArchive::new(std::io::BufReader::new(std::fs::File::open(file)?)).map_err(not_zip)?;
    let manifest: Manifest = {
        let entry = zip.by_name("manifest.json").map_err(not_zip)?;
        serde_json::from_reader(entry.take(16 << 20))
            .map_err(|error| StoreError::Backup(format!("has no readable manifest ({error})")))?
    };
    if manifest.format != FORMAT {
        return Err(StoreError::Backup(format!(
            "is of the format {:?}, not {FORMAT:?}",
            manifest.format
        )));
    }
    let mut tx = store.begin().await?;
    let here_steps = steps(&mut tx).await?;
    same_steps(&here_steps, &manifest.steps)?;
    let here = tables(&mut tx).await?;
    for name in &here {
        let n = tx
            .count(&format!("SELECT COUNT(*) AS n FROM {name}"), vec![])
            .await?;
        if n > 0 {
            return Err(StoreError::Backup(format!(
                "was not restored: the database already holds data (in {name})"
            )));
        }
    }
    // The order of this database's own tables is used, so that a manifest cannot name a table that is not ours.
    for name in here {
        let Some(entry) = manifest.tables.iter().find(|entry| entry.name == name) else {
            continue;
        };
        let own: Vec<(String, ColumnType)> = columns(&mut tx, &name).await?;
        // A backup from before a column was added has no value for it; the schema says whether that may be.
        let lacks = own.iter().any(|column| !entry.columns.contains(column));
        let older = manifest.steps.len() < here_steps.len();
        if lacks && !older {
            return Err(StoreError::Backup(format!(
                "holds other columns of {name} than this program knows"
            )));
        }
        read_table(&mut tx, &mut zip, entry, &own).await?;
    }
    for digest in &manifest.attachments {
        let mut bytes = Vec::new();
        zip.by_name(&format!("attachments/{digest}"))
            .map_err(not_zip)?
            .read_to_end(&mut bytes)?;
        attachments.put(digest, &bytes)?;
    }
    tx.commit().await?;
    Ok(summary(&manifest))
}

fn summary(manifest: &Manifest) -> BackupSummary {
    BackupSummary {
        rows: manifest
            .tables
            .iter()
            .map(|table| (table.name.clone(), table.rows))
            .collect(),
        attachments: manifest.attachments.len(),
    }
}

fn not_zip(error: zip::result::ZipError) -> StoreError {
    StoreError::Backup(format!("cannot be read or written ({error})"))
}

fn same_steps(here: &[(String, i64)], there: &[(String, i64)]) -> Result<(), StoreError> {
    for (room, number) in there {
        if !here.contains(&(room.clone(), *number)) {
            let known = here
                .iter()
                .filter(|(r, _)| r == room)
                .map(|(_, n)| *n)
                .max()
                .unwrap_or(0);
            return Err(StoreError::Newer {
                room: room.clone(),
                found: *number,
                known,
            });
        }
    }
    Ok(())
}

async fn steps(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx
        .rows(
            "SELECT room, number FROM schema_migration ORDER BY room, number",
            vec![],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("room")?, row.int("number")?)))
        .collect()
}

/// The office's tables, those that are referred to before those that refer to them.
async fn tables(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let (names, references) = match tx.kind() {
        Kind::Sqlite => (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
             AND name <> 'schema_migration' ORDER BY rowid",
            "SELECT m.name AS child, f.\"table\" AS parent FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table'",
        ),
        Kind::Postgres => (
            "SELECT CAST(relname AS TEXT) AS name FROM pg_class WHERE relkind = 'r' \
             AND relnamespace = CAST('public' AS regnamespace) AND relname <> 'schema_migration' ORDER BY oid",
            "SELECT CAST(c.relname AS TEXT) AS child, CAST(p.relname AS TEXT) AS parent FROM pg_constraint f \
             JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid WHERE f.contype = 'f'",
        ),
    };
    let mut waiting: Vec<String> = tx
        .rows(names, vec![])
        .await?
        .iter()
        .map(|row| row.text("name"))
        .collect::<Result<_, _>>()?;
    let references: Vec<(String, String)> = tx
        .rows(references, vec![])
        .await?
        .iter()
        .map(|row| Ok((row.text("child")?, row.text("parent")?)))
        .collect::<Result<_, StoreError>>()?;
    let mut ordered: Vec<String> = Vec::new();
    while !waiting.is_empty() {
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|table| {
            references.iter().all(|(child, parent)| {
                child != table || parent == table || ordered.contains(parent)
            })
        });
        if ready.is_empty() {
            return Err(StoreError::Backup(
                "cannot order tables that refer to one another in a circle".to_owned(),
            ));
        }
        ordered.extend(ready);
        waiting = rest;
    }
    Ok(ordered)
}

async fn columns(tx: &mut Tx, table: &str) -> Result<Vec<(String, ColumnType)>, StoreError> {
    let sql = match tx.kind() {
        Kind::Sqlite => "SELECT name, LOWER(type) AS type FROM pragma_table_info($1) ORDER BY cid",
        Kind::Postgres => {
            "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS type \
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position"
        }
    };
    tx.rows(sql, params![table])
        .await?
        .iter()
        .map(|row| {
            let kind = match row.text("type")?.as_str() {
                "text" => ColumnType::Text,
                "integer" | "bigint" => ColumnType::Integer,
                "real" | "double precision" => ColumnType::Real,
                "blob" | "bytea" => ColumnType::Blob,
                other => {
                    return Err(StoreError::Column {
                        column: table.to_owned(),
                        reason: format!("type {other}"),
                    });
                }
            };
            Ok((row.text("name")?, kind))
        })
        .collect()
}

async fn write_table(
    tx: &mut Tx,
    table: &str,
    columns: &[(String, ColumnType)],
    out: &mut impl Write,
) -> Result<(u64, String), StoreError> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let place = if tx.kind() == Kind::Sqlite {
        "rowid"
    } else {
        "ctid"
    };
    let sql = format!(
        "SELECT {} FROM {table} ORDER BY {place} LIMIT $1 OFFSET $2",
        names.join(", ")
    );
    let (mut done, mut digest) = (0_u64, Sha256::new());
    loop {
        let offset = i64::try_from(done).unwrap_or(i64::MAX);
        let rows = tx.rows(&sql.clone(), params![PAGE, offset]).await?;
        for row in &rows {
            let mut line =
                serde_json::to_vec(&to_json(row, columns)?).map_err(std::io::Error::from)?;
            line.push(b'\n');
            digest.update(&line);
            out.write_all(&line)?;
        }
        done += rows.len() as u64;
        if (rows.len() as i64) < PAGE {
            return Ok((done, hex::encode(digest.finalize())));
        }
    }
}

fn to_json(
    row: &Row,
    columns: &[(String, ColumnType)],
) -> Result<Vec<serde_json::Value>, StoreError> {
    columns
        .iter()
        .map(|(name, kind)| {
            Ok(match kind {
                ColumnType::Text => row.opt_text(name)?.into(),
                ColumnType::Integer => row.opt_int(name)?.into(),
                ColumnType::Real => row.opt_real(name)?.into(),
                ColumnType::Blob => row
                    .opt_bytes(name)?
                    .map(|bytes| BASE64_STANDARD.encode(bytes))
                    .into(),
            })
        })
        .collect()
}

async fn read_table<R: Read + std::io::Seek>(
    tx: &mut Tx,
    zip: &mut ZipArchive<R>,
    entry: &TableEntry,
    own: &[(String, ColumnType)],
) -> Result<(), StoreError> {
    let broken = |what: &str| StoreError::Backup(format!("is damaged in {} ({what})", entry.name));
    let mut text = String::new();
    zip.by_name(&format!("tables/{}.jsonl", entry.name))
        .map_err(not_zip)?
        .read_to_string(&mut text)?;
    if hex::encode(Sha256::digest(text.as_bytes())) != entry.sha256 {
        return Err(broken("its digest differs"));
    }
    let places: Vec<Option<usize>> = own
        .iter()
        .map(|column| entry.columns.iter().position(|theirs| theirs == column))
        .collect();
    let mut rows = Vec::new();
    for line in text.lines() {
        let cells: Vec<serde_json::Value> =
            serde_json::from_str(line).map_err(|_| broken("a line is no JSON"))?;
        let row = own
            .iter()
            .zip(&places)
            .map(|((_, kind), place)| {
                let cell = match place {
                    Some(place) => cells.get(*place),
                    None => Some(&serde_json::Value::Null),
                };
                from_json(cell, *kind).ok_or_else(|| broken("a value"))
            })
            .collect::<Result<Vec<Value>, _>>()?;
        rows.push(row);
    }
    if rows.len() as u64 != entry.rows {
        return Err(broken("rows are missing"));
    }
    // Names of tables and columns come from this database's own schema, and are leaked once per restore.
    let table: &'static str = entry.name.clone().leak();
    let names: Vec<&'static str> = own.iter().map(|(name, _)| &*name.clone().leak()).collect();
    insert_many(tx, table, &names, rows).await
}

fn from_json(cell: Option<&serde_json::Value>, kind: ColumnType) -> Option<Value> {
    let cell = cell?;
    let absent = cell.is_null();
    Some(match kind {
        ColumnType::Text if absent => Value::Text(None),
        ColumnType::Text => Value::Text(Some(cell.as_str()?.to_owned())),
        ColumnType::Integer if absent => Value::Int(None),
        ColumnType::Integer => Value::Int(Some(cell.as_i64()?)),
        ColumnType::Real if absent => Value::Real(None),
        ColumnType::Real => Value::Real(Some(cell.as_f64()?)),
        ColumnType::Blob if absent => Value::Bytes(None),
        ColumnType::Blob => Value::Bytes(Some(BASE64_STANDARD.decode(cell.as_str()?).ok()?)),
    })
}
