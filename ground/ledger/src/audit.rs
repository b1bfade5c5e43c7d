//! The check of the ledger in its own database, part of `mandate verify`: everything is computed anew from the entries.

use std::collections::{BTreeMap, BTreeSet};

use mandate_ledger_tree::{
    checkpoint::Checkpoint,
    merkle::{Frontier, Hash, root_of},
    note::Found,
    tile::{self, WIDTH},
};
use mandate_store::{Query, Row, StoreError, params};

use crate::{
    ERASED, keys,
    seal::{Words, leaf_of, salt_of},
    size,
};

/// Rows that are read at a time.
const PAGE: i64 = 2_048;
/// Findings after which no more are listed.
const ENOUGH: usize = 50;

/// What is wrong with the ledger itself, in words for the command line: numbers run from 1 without gaps, every entry is
/// what its leaf commits to, nothing is gone that was not said to be erased, stored tiles and every checkpoint follow from
/// the leaves.
///
/// # Errors
/// As any query.
pub async fn verify(db: &mut impl Query) -> Result<Vec<String>, StoreError> {
    let mut found = numbers(db).await?;
    let mut audit = Audit::default();
    let checkpoints = checkpoints(db, &mut found).await?;
    let mut after = 0;
    loop {
        let rows = db
            .rows(
                "SELECT * FROM ledger_entry WHERE seq > $1 ORDER BY seq LIMIT $2",
                params![after, PAGE],
            )
            .await?;
        let Some(last) = rows.last() else { break };
        after = last.int("seq")?;
        for row in &rows {
            if let Some(words) = audit.entry(row)? {
                found.push(words);
            }
            let size = audit.whole.size();
            for root in checkpoints.get(&size).into_iter().flatten() {
                if *root != audit.whole.root() {
                    found.push(format!(
                        "checkpoint: the first {size} entries are not those that were signed: history was changed"
                    ));
                }
            }
            if found.len() >= ENOUGH {
                found.push("… and perhaps more: the check of the ledger ended here".to_owned());
                return Ok(found);
            }
        }
    }
    found.extend(
        audit
            .gone
            .iter()
            .filter(|n| audit.said.get(n).is_none_or(|by| by <= *n))
            .map(|n| {
                format!(
                    "entry {n}: its content is gone, but no later entry says that it was erased"
                )
            }),
    );
    if let Some(size) = checkpoints
        .keys()
        .last()
        .filter(|size| **size > audit.whole.size())
    {
        found.push(format!(
            "checkpoint: {size} entries were signed, and there are fewer now: the end was cut off"
        ));
    }
    audit.tiles(db, &mut found).await?;
    Ok(found)
}

async fn numbers(db: &mut impl Query) -> Result<Vec<String>, StoreError> {
    let size = size(db).await?;
    let row = db
        .row("SELECT COUNT(*) AS n, COALESCE(MAX(seq), 0) AS last, COALESCE(MIN(seq), 1) AS first FROM ledger_entry", vec![])
        .await?
        .ok_or(StoreError::NotFound("ledger"))?;
    let (n, last, first) = (row.int("n")?, row.int("last")?, row.int("first")?);
    Ok(if n == size && last == size && first == 1 {
        Vec::new()
    } else {
        vec![format!(
            "the ledger says that it holds {size} entries, but holds {n}, numbered {first} to {last}"
        )]
    })
}

/// The roots that were signed, by size. Signatures and notes are checked on the way.
async fn checkpoints(
    db: &mut impl Query,
    found: &mut Vec<String>,
) -> Result<BTreeMap<u64, Vec<Hash>>, StoreError> {
    let keys = match keys(db).await {
        Ok(keys) => keys,
        Err(error) => {
            found.push(format!("the ledger's keys: {error}"));
            Vec::new()
        }
    };
    let mut roots: BTreeMap<u64, Vec<Hash>> = BTreeMap::new();
    let rows = db
        .rows(
            "SELECT size, note FROM ledger_checkpoint ORDER BY size",
            vec![],
        )
        .await?;
    for row in &rows {
        let size = row.int("size")?.unsigned_abs();
        let read = Checkpoint::in_note(&row.text("note")?);
        let good = read.ok().filter(|(note, checkpoint)| {
            checkpoint.size == size && keys.iter().any(|key| note.by(key) == Found::Good(None))
        });
        match good {
            Some((_, checkpoint)) => roots.entry(size).or_default().push(checkpoint.root),
            None => found.push(format!(
                "checkpoint of {size} entries: it is not signed by a key of this ledger"
            )),
        }
    }
    Ok(roots)
}

#[derive(Default)]
struct Audit {
    whole: Frontier,
    /// Roots of full tiles, level by level, and the hashes of the tile that is being filled.
    levels: Vec<(Vec<Hash>, Vec<Hash>)>,
    gone: BTreeSet<i64>,
    said: BTreeMap<i64, i64>,
}

impl Audit {
    fn entry(&mut self, row: &Row) -> Result<Option<String>, StoreError> {
        let seq = row.int("seq")?;
        if row.opt_bytes("commitment")?.is_none() {
            return Ok(Some(format!("entry {seq}: it has no leaf")));
        }
        let leaf = leaf_of(row)?;
        self.whole.push(leaf.hash());
        self.push(0, leaf.hash());
        let Some(salt) = salt_of(row)? else {
            self.gone.insert(seq);
            let words = Words::of_row(row)?;
            let left = (
                words.actor.as_str(),
                words.action.as_str(),
                words.details.as_str(),
            ) != ("erased", "erased", "{}");
            return Ok(left.then(|| format!("entry {seq}: it has no salt, but words")));
        };
        let words = Words::of_row(row)?;
        if words.leaf(&salt) != leaf {
            return Ok(Some(format!(
                "entry {seq}: it was changed: it is not what its leaf commits to"
            )));
        }
        if words.action == ERASED && words.outcome == "done" {
            let details: serde_json::Value =
                serde_json::from_str(&words.details).unwrap_or_default();
            let entries = details["entries"].as_array().into_iter().flatten();
            for entry in entries.filter_map(serde_json::Value::as_i64) {
                self.said.insert(entry, seq);
            }
        }
        Ok(None)
    }

    fn push(&mut self, level: usize, hash: Hash) {
        if self.levels.len() == level {
            self.levels.push(Default::default());
        }
        let (full, filling) = &mut self.levels[level];
        filling.push(hash);
        if filling.len() as u64 == WIDTH {
            let root = root_of(filling);
            full.push(root);
            filling.clear();
            self.push(level + 1, root);
        }
    }

    /// Compares the stored tiles: the hashes of each with the root beside them, and that root with the computed one.
    async fn tiles(&self, db: &mut impl Query, found: &mut Vec<String>) -> Result<(), StoreError> {
        for (level, (full, _)) in self.levels.iter().enumerate() {
            let level = i64::try_from(level).unwrap_or(i64::MAX);
            let mut first = 0;
            loop {
                let rows = db
                    .rows(
                        "SELECT number, root, hashes FROM ledger_tile WHERE level = $1 AND number >= $2 \
                         ORDER BY number LIMIT 64",
                        params![level, first],
                    )
                    .await?;
                let Some(last) = rows.last() else { break };
                first = last.int("number")? + 1;
                for row in &rows {
                    let number = row.int("number")?;
                    let root = usize::try_from(number).ok().and_then(|n| full.get(n));
                    let hashes = tile::hashes(&row.bytes("hashes")?).unwrap_or_default();
                    let fits = root.is_some_and(|root| {
                        row.bytes("root").is_ok_and(|stored| stored == root)
                            && root_of(&hashes) == *root
                            && hashes.len() as u64 == WIDTH
                    });
                    if !fits && found.len() < ENOUGH {
                        found.push(format!(
                            "tile/{level}/{}: it was changed: it does not follow from the entries",
                            tile::place(number.unsigned_abs(), WIDTH)
                        ));
                    }
                }
            }
        }
        Ok(())
    }
}
