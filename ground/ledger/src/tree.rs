//! The tree behind the entries: full tiles are stored as they fill, everything else follows from the leaves.
//!
//! An entry costs nothing here when it is written. Whoever makes a checkpoint stores the tiles that have become full since
//! ([`store_tiles`]), 256 entries at a time; a root is then put together from at most one partial tile of each level.

use std::collections::{BTreeMap, HashMap};

use mandate_ledger_tree::{
    leaf::Leaf,
    merkle::{Hash, Node, Span, consistency_spans, inclusion_spans, nodes_of, root_of, span_root},
    tile::{self, Holds, Tile, WIDTH},
};
use mandate_store::{Query, Store, StoreError, Tx, params};

use crate::seal::{leaf_of, thirty_two};

/// Tiles that are stored in one transaction, so that nobody waits long for the lock on SQLite.
const AT_ONCE: usize = 64;

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn lost(what: &str, index: u64) -> StoreError {
    StoreError::Column {
        column: "ledger".to_owned(),
        reason: format!("{what} {index} is not there; run `mandate verify`"),
    }
}

/// The leaves with these indexes, from 0, the last not included.
pub(crate) async fn leaves(db: &mut impl Query, span: Span) -> Result<Vec<Leaf>, StoreError> {
    let rows = db
        .rows(
            "SELECT seq, at, commitment FROM ledger_entry WHERE seq > $1 AND seq <= $2 ORDER BY seq",
            params![number(span.0), number(span.1)],
        )
        .await?;
    let leaves = rows.iter().map(leaf_of).collect::<Result<Vec<_>, _>>()?;
    for (leaf, index) in leaves.iter().zip(span.0..) {
        if leaf.seq != index + 1 {
            return Err(lost("entry", index + 1));
        }
    }
    if leaves.len() as u64 == span.1 - span.0 {
        Ok(leaves)
    } else {
        Err(lost("entry", span.0 + leaves.len() as u64 + 1))
    }
}

/// The hashes of a tile as far as it is wide. Tiles below it must have been stored.
pub(crate) async fn hashes(
    db: &mut impl Query,
    level: u8,
    index: u64,
    width: u64,
) -> Result<Vec<Hash>, StoreError> {
    if width == WIDTH
        && let Some(row) = db
            .row(
                "SELECT hashes FROM ledger_tile WHERE level = $1 AND number = $2",
                params![i64::from(level), number(index)],
            )
            .await?
    {
        return tile::hashes(&row.bytes("hashes")?)
            .filter(|hashes| hashes.len() as u64 == WIDTH)
            .ok_or_else(|| lost("tile", index));
    }
    let span = (index * WIDTH, index * WIDTH + width);
    if level == 0 {
        let leaves = leaves(db, span).await?;
        return Ok(leaves.iter().map(Leaf::hash).collect());
    }
    let rows = db
        .rows(
            "SELECT root FROM ledger_tile WHERE level = $1 AND number >= $2 AND number < $3 ORDER BY number",
            params![i64::from(level - 1), number(span.0), number(span.1)],
        )
        .await?;
    if rows.len() as u64 != width {
        return Err(lost("a tile below tile", index));
    }
    rows.iter()
        .map(|row| thirty_two(row, row.bytes("root")?, "root"))
        .collect()
}

/// Stores every tile that is full in a tree of this size and not stored yet.
///
/// # Errors
/// As any query, and when an entry has no leaf.
pub(crate) async fn store_tiles(store: &Store, size: u64) -> Result<(), StoreError> {
    loop {
        let mut tx = store.begin().await?;
        let stored = store_some(&mut tx, size).await?;
        if stored == 0 {
            return tx.roll_back().await;
        }
        tx.commit().await?;
        if stored < AT_ONCE {
            return Ok(());
        }
    }
}

async fn store_some(tx: &mut Tx, size: u64) -> Result<usize, StoreError> {
    let mut stored = 0;
    for level in 0..tile::levels(size) {
        let full = tile::hashes_on(level, size) / WIDTH;
        let first = tx
            .count(
                "SELECT MAX(number) + 1 AS n FROM ledger_tile WHERE level = $1",
                params![i64::from(level)],
            )
            .await?;
        for index in first.unsigned_abs()..full {
            if stored == AT_ONCE {
                return Ok(stored);
            }
            let hashes = hashes(tx, level, index, WIDTH).await?;
            // Two programs may store the same tile at the same time: it is the same one.
            tx.execute(
                "INSERT INTO ledger_tile (level, number, root, hashes) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (level, number) DO NOTHING",
                params![
                    i64::from(level),
                    number(index),
                    root_of(&hashes).to_vec(),
                    hashes.concat()
                ],
            )
            .await?;
            stored += 1;
        }
    }
    Ok(stored)
}

/// The roots over spans of the tree. Full tiles up to their end must have been stored.
async fn roots(db: &mut impl Query, spans: &[Span]) -> Result<Vec<Hash>, StoreError> {
    let mut by_tile: BTreeMap<(u8, u64), (u64, Vec<Node>)> = BTreeMap::new();
    for node in spans.iter().copied().flat_map(nodes_of) {
        let (tile, _) = tile::tile_of(node);
        let Holds::Hashes(level) = tile.holds else {
            continue;
        };
        let (width, nodes) = by_tile.entry((level, tile.index)).or_default();
        *width = tile.width.max(*width);
        nodes.push(node);
    }
    let mut known: HashMap<Node, Hash> = HashMap::new();
    for ((level, index), (width, nodes)) in by_tile {
        let held = hashes(db, level, index, width).await?;
        for node in nodes {
            if let Some(hash) = tile::node_in(node, &held) {
                known.insert(node, hash);
            }
        }
    }
    spans
        .iter()
        .map(|span| {
            span_root(*span, &mut |node| known.get(&node).copied())
                .ok_or_else(|| lost("a hash over entry", span.0 + 1))
        })
        .collect()
}

/// The root of the tree of so many entries.
pub(crate) async fn root(db: &mut impl Query, size: u64) -> Result<Hash, StoreError> {
    if size == 0 {
        return Ok(mandate_ledger_tree::merkle::empty_root());
    }
    let roots = roots(db, &[(0, size)]).await?;
    roots.first().copied().ok_or_else(|| lost("entry", 1))
}

/// The proof that the entry with this index (its number less one) is in the tree of this size: RFC 6962, section 2.1.1.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not, or no checkpoint of that size was made.
pub async fn prove_inclusion(
    db: &mut impl Query,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, StoreError> {
    let spans = inclusion_spans(index, size).ok_or(StoreError::NotFound("entry"))?;
    roots(db, &spans).await
}

/// The proof that the tree of `new` entries begins with that of `old`: RFC 6962, section 2.1.2.
///
/// # Errors
/// [`StoreError::NotFound`] when `old` is larger, or no checkpoint of the new size was made.
pub async fn prove_consistency(
    db: &mut impl Query,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, StoreError> {
    let spans = consistency_spans(old, new).ok_or(StoreError::NotFound("entry"))?;
    roots(db, &spans).await
}

/// The bytes of a tile or bundle, if it is whole in a tree of this size: what C2SP tlog-tiles serves.
///
/// # Errors
/// As any query.
pub(crate) async fn tile_bytes(
    db: &mut impl Query,
    tile: Tile,
    size: u64,
) -> Result<Option<Vec<u8>>, StoreError> {
    if tile.needs() > size {
        return Ok(None);
    }
    Ok(Some(match tile.holds {
        Holds::Hashes(level) => hashes(db, level, tile.index, tile.width).await?.concat(),
        Holds::Entries => {
            let first = tile.index * WIDTH;
            let mut bytes = Vec::new();
            for leaf in leaves(db, (first, first + tile.width)).await? {
                tile::push_entry(&mut bytes, &leaf.bytes());
            }
            bytes
        }
    }))
}
