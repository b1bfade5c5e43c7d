//! Explicit, numbered migrations: each room owns its tables and the list of steps that made them.

use sha2::{Digest, Sha256};

use crate::{Kind, Query, Store, StoreError, Tx, params};

/// One step of one room's schema. Released steps are never changed; the program refuses a file whose steps differ.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Counted from 1 within the room, without gaps.
    pub number: i64,
    /// What the step does, in a few words.
    pub name: &'static str,
    /// The statements, in SQLite's words (see the crate's first comment for the four types).
    pub sql: &'static str,
}

/// The steps of a room. Rooms are applied in the order in which the program lists them, because tables refer to tables
/// of rooms before them.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// The room's name: `ledger`, `accounts`, `mechanisms`.
    pub room: &'static str,
    /// Its steps in order.
    pub steps: &'static [Migration],
}

/// The store's own tables: links between records of different rooms, and attachments.
pub fn own_migrations() -> Migrations {
    Migrations {
        room: "store",
        steps: &[Migration {
            number: 1,
            name: "attachments and links",
            sql: OWN,
        }],
    }
}

const OWN: &str = "
CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_by_content ON attachment (sha256);
CREATE TABLE link (
    id TEXT PRIMARY KEY,
    from_kind TEXT NOT NULL, from_id TEXT NOT NULL,
    to_kind TEXT NOT NULL, to_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    added_at INTEGER NOT NULL, added_by TEXT NOT NULL,
    UNIQUE (from_kind, from_id, to_kind, to_id)
) STRICT;
CREATE INDEX link_back ON link (to_kind, to_id);
";

const BOOK: &str = "
CREATE TABLE IF NOT EXISTS schema_migration (
    room TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (room, number)
) STRICT;
";

/// Brings the schema to what this program knows, in one transaction: all steps or none. Returns the steps applied.
///
/// # Errors
/// [`StoreError::Newer`] when the data was written by a newer program, [`StoreError::Altered`] when a released step was
/// changed, [`StoreError::Database`] when a step fails; in each case nothing has been changed.
pub async fn schema(
    store: &Store,
    rooms: &[Migrations],
) -> Result<Vec<(&'static str, i64)>, StoreError> {
    let mut tx = store.begin().await?;
    if tx.kind() == Kind::Postgres {
        // Several copies of the program may start at once; one of them makes the tables.
        tx.rows(
            "SELECT CAST(pg_advisory_xact_lock(7240201) AS TEXT) AS locked",
            vec![],
        )
        .await?;
    }
    tx.script(&in_dialect(BOOK, tx.kind())).await?;
    let mut applied = Vec::new();
    for room in rooms {
        let done = tx
            .rows(
                "SELECT number, digest FROM schema_migration WHERE room = $1 ORDER BY number",
                params![room.room],
            )
            .await?;
        let known = room.steps.len() as i64;
        for row in &done {
            let number = row.int("number")?;
            let Some(step) = room.steps.iter().find(|step| step.number == number) else {
                return Err(StoreError::Newer {
                    room: room.room.to_owned(),
                    found: number,
                    known,
                });
            };
            if row.text("digest")? != digest(step.sql) {
                return Err(StoreError::Altered {
                    room: room.room.to_owned(),
                    number,
                });
            }
        }
        for step in room.steps.iter().skip(done.len()) {
            apply(&mut tx, room.room, step).await?;
            applied.push((room.room, step.number));
        }
    }
    let rooms_found = tx
        .rows("SELECT DISTINCT room FROM schema_migration", vec![])
        .await?;
    for row in rooms_found {
        let room = row.text("room")?;
        if !rooms.iter().any(|known| known.room == room) {
            return Err(StoreError::Newer {
                room,
                found: 1,
                known: 0,
            });
        }
    }
    tx.commit().await?;
    Ok(applied)
}

async fn apply(tx: &mut Tx, room: &'static str, step: &Migration) -> Result<(), StoreError> {
    let sql = in_dialect(step.sql, tx.kind());
    tx.script(&sql).await?;
    tx.execute(
        "INSERT INTO schema_migration (room, number, name, digest) VALUES ($1, $2, $3, $4)",
        params![room, step.number, step.name, digest(step.sql)],
    )
    .await?;
    Ok(())
}

fn digest(sql: &str) -> String {
    hex::encode(Sha256::digest(sql.as_bytes()))
}

/// The four types and SQLite's `STRICT` in the words of the database at hand. Only whole words in capitals are
/// translated, so names and comments in migrations must not be those words.
fn in_dialect(sql: &str, kind: Kind) -> String {
    if kind == Kind::Sqlite {
        return sql.to_owned();
    }
    let mut out = String::with_capacity(sql.len() + 64);
    let mut word = String::new();
    for c in sql.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        out.push_str(match word.as_str() {
            "INTEGER" => "BIGINT",
            "REAL" => "DOUBLE PRECISION",
            "BLOB" => "BYTEA",
            "STRICT" => "",
            other => other,
        });
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn only_whole_words_change_between_the_dialects() {
        let sql = "CREATE TABLE t (a INTEGER, b REAL, c BLOB, d TEXT, INTEGER_x TEXT) STRICT;";
        assert_eq!(in_dialect(sql, Kind::Sqlite), sql);
        assert_eq!(
            in_dialect(sql, Kind::Postgres),
            "CREATE TABLE t (a BIGINT, b DOUBLE PRECISION, c BYTEA, d TEXT, INTEGER_x TEXT) ;"
        );
    }
}
