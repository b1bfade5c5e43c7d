//! From a row to its leaf: the commitment to an entry's words, and leaves for entries that were written before there were
//! any.

use mandate_ledger_tree::leaf::{Content, Fields, Leaf, Salt, hour_of};
use mandate_store::{Query, Row, Store, StoreError, Value, params};

use crate::{Actor, Entry};

/// An entry's words as the database holds them.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    pub(crate) seq: i64,
    pub(crate) at: i64,
    pub(crate) actor: String,
    session: Option<String>,
    pub(crate) action: String,
    pub(crate) outcome: String,
    record_kind: Option<String>,
    record_id: Option<String>,
    pub(crate) details: String,
}

/// PostgreSQL has no NUL in a text; what is committed to must be what is stored, on both databases.
fn stored(text: impl Into<String>) -> String {
    let text = text.into();
    if text.contains('\0') {
        text.replace('\0', "")
    } else {
        text
    }
}

impl Words {
    pub(crate) fn new(entry: Entry, seq: i64, at: i64, by: &Actor) -> Words {
        let (kind, id) = entry.record.map(|record| (record.kind, record.id)).unzip();
        Words {
            seq,
            at,
            actor: stored(&by.who),
            session: by.session.clone().map(stored),
            action: entry.action.to_owned(),
            outcome: entry.outcome.as_str().to_owned(),
            record_kind: kind.map(stored),
            record_id: id.map(stored),
            details: serde_json::Value::Object(entry.details).to_string(),
        }
    }

    pub(crate) fn of_row(row: &Row) -> Result<Words, StoreError> {
        Ok(Words {
            seq: row.int("seq")?,
            at: row.int("at")?,
            actor: row.text("actor")?,
            session: row.opt_text("session")?,
            action: row.text("action")?,
            outcome: row.text("outcome")?,
            record_kind: row.opt_text("record_kind")?,
            record_id: row.opt_text("record_id")?,
            details: row.text("details")?,
        })
    }

    pub(crate) fn leaf(&self, salt: &Salt) -> Leaf {
        let fields = Fields {
            seq: self.seq.unsigned_abs(),
            at: self.at,
            texts: [
                Some(&self.actor),
                self.session.as_deref(),
                Some(&self.action),
                Some(&self.outcome),
                self.record_kind.as_deref(),
                self.record_id.as_deref(),
                Some(&self.details),
            ],
        };
        Leaf {
            seq: fields.seq,
            hour: hour_of(self.at),
            commitment: fields.commitment(salt),
        }
    }

    pub(crate) fn into_row(self, salt: &Salt, leaf: &Leaf) -> Vec<Value> {
        params![
            self.seq,
            self.at,
            self.actor,
            self.session,
            self.action,
            self.outcome,
            self.record_kind,
            self.record_id,
            self.details,
            salt.to_vec(),
            leaf.commitment.to_vec(),
        ]
    }

    pub(crate) fn into_content(self, salt: &Salt) -> Content {
        Content {
            seq: self.seq.unsigned_abs(),
            at: self.at,
            actor: self.actor,
            session: self.session,
            action: self.action,
            outcome: self.outcome,
            record_kind: self.record_kind,
            record_id: self.record_id,
            details: self.details,
            salt: hex::encode(salt),
        }
    }
}

/// The salt of a row; nothing once the entry was erased.
pub(crate) fn salt_of(row: &Row) -> Result<Option<Salt>, StoreError> {
    row.opt_bytes("salt")?
        .map(|bytes| thirty_two(row, bytes, "salt"))
        .transpose()
}

/// The leaf that stands in a row.
pub(crate) fn leaf_of(row: &Row) -> Result<Leaf, StoreError> {
    Ok(Leaf {
        seq: row.int("seq")?.unsigned_abs(),
        hour: hour_of(row.int("at")?),
        commitment: thirty_two(row, row.bytes("commitment")?, "commitment")?,
    })
}

pub(crate) fn thirty_two(row: &Row, bytes: Vec<u8>, column: &str) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Column {
        column: column.to_owned(),
        reason: format!("has not 32 bytes in row {}", row.int("seq").unwrap_or(0)),
    })
}

/// Rows that get leaves in one transaction.
const AT_ONCE: i64 = 500;

/// Gives salts and leaves to entries that were written before there was a tree. Returns how many; most often none.
///
/// # Errors
/// As any query; what was done until then stays done.
pub async fn complete(store: &Store) -> Result<u64, StoreError> {
    let mut done = 0;
    loop {
        let mut tx = store.begin().await?;
        // Two programs that start at once must not give one entry two leaves.
        tx.execute("UPDATE ledger_size SET size = size WHERE one = 1", vec![])
            .await?;
        let rows = tx
            .rows(
                "SELECT * FROM ledger_entry WHERE commitment IS NULL ORDER BY seq LIMIT $1",
                params![AT_ONCE],
            )
            .await?;
        if rows.is_empty() {
            tx.roll_back().await?;
            return Ok(done);
        }
        let mut values = Vec::with_capacity(rows.len());
        let mut params = Vec::with_capacity(rows.len() * 3);
        for (at, row) in rows.iter().enumerate() {
            let salt: Salt = rand::random();
            let leaf = Words::of_row(row)?.leaf(&salt);
            values.push(format!(
                "(${}, ${}, ${})",
                3 * at + 1,
                3 * at + 2,
                3 * at + 3
            ));
            params.extend(params![
                row.int("seq")?,
                salt.to_vec(),
                leaf.commitment.to_vec()
            ]);
        }
        let sql = format!(
            "WITH leaf (seq, salt, commitment) AS (VALUES {}) \
             UPDATE ledger_entry SET salt = leaf.salt, commitment = leaf.commitment \
             FROM leaf WHERE ledger_entry.seq = leaf.seq",
            values.join(", ")
        );
        done += tx.execute(&sql, params).await?;
        tx.commit().await?;
    }
}
