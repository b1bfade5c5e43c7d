//! The Merkle tree of RFC 6962, section 2.1, with SHA-256: roots, proofs and their verification.
//!
//! A tree over leaves 0 to n−1 splits at the largest power of two below n. A *node* is a perfect subtree, named by its
//! level (leaves are level 0) and its index on that level; every range that a proof needs is a row of such nodes, so that
//! whoever stores nodes (here: tiles) can prove anything without the leaves. Verification follows RFC 9162, sections
//! 2.1.3.2 and 2.1.4.2, which words the same checks as an algorithm.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256(0x00 ‖ leaf).
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(leaf)
        .finalize()
        .into()
}

/// The hash of a node over its two children: SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The root of a tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// A growing tree of which only the right edge is kept: one hash for each bit of its size.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    size: u64,
    /// Roots of perfect subtrees from left to right, the largest first.
    nodes: Vec<Hash>,
}

impl Frontier {
    /// A tree without leaves.
    pub fn new() -> Self {
        Frontier::default()
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends the hash of a leaf (or, to build the levels above a row of equal subtrees, of one of them).
    pub fn push(&mut self, hash: Hash) {
        let mut hash = hash;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.nodes.push(hash);
        self.size += 1;
    }

    /// The root as of now.
    pub fn root(&self) -> Hash {
        self.nodes
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}

/// The root over hashes of leaves, or of equal perfect subtrees.
pub fn root_of(hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    hashes.iter().for_each(|hash| frontier.push(*hash));
    frontier.root()
}

/// A perfect subtree: leaves `index << level` to `(index + 1) << level`, the last not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// 0 for leaves.
    pub level: u8,
    /// Counted from 0 on its level.
    pub index: u64,
}

/// A range of leaves whose root a proof holds: from the first to the one after the last.
pub type Span = (u64, u64);

/// The perfect subtrees that make up a span of a tree, left to right. The span must be one that the tree's own splitting
/// yields (as [`inclusion_spans`] and [`consistency_spans`] give, or the whole tree).
pub fn nodes_of(span: Span) -> Vec<Node> {
    let (mut start, end) = span;
    let mut nodes = Vec::new();
    while start < end {
        let level = (end - start).ilog2();
        nodes.push(Node {
            level: u8::try_from(level).unwrap_or(u8::MAX),
            index: start >> level,
        });
        start += 1 << level;
    }
    nodes
}

/// The root over a span, from the nodes of [`nodes_of`]; nothing when one of them is not to be had.
pub fn span_root(span: Span, node: &mut impl FnMut(Node) -> Option<Hash>) -> Option<Hash> {
    let hashes: Option<Vec<Hash>> = nodes_of(span).into_iter().map(node).collect();
    hashes?
        .into_iter()
        .rev()
        .reduce(|right, left| node_hash(&left, &right))
}

/// The largest power of two below `n`, for `n` of at least 2.
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The spans whose roots prove that leaf `index` is in the tree of `size` leaves, in the order of RFC 6962, section
/// 2.1.1; nothing when it is not.
pub fn inclusion_spans(index: u64, size: u64) -> Option<Vec<Span>> {
    if index >= size {
        return None;
    }
    let (mut start, mut end, mut spans) = (0, size, Vec::new());
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            spans.push((middle, end));
            end = middle;
        } else {
            spans.push((start, middle));
            start = middle;
        }
    }
    spans.reverse();
    Some(spans)
}

/// The spans whose roots prove that the tree of `new` leaves begins with the tree of `old` leaves, in the order of RFC
/// 6962, section 2.1.2; nothing when `old` is larger.
pub fn consistency_spans(old: u64, new: u64) -> Option<Vec<Span>> {
    if old > new {
        return None;
    }
    if old == 0 || old == new {
        return Some(Vec::new());
    }
    let (mut start, mut end, mut spans) = (0, new, Vec::new());
    // Whether the old tree itself is the subtree at hand: then whoever verifies knows its root.
    let mut whole = true;
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            spans.push((middle, end));
            end = middle;
        } else {
            spans.push((start, middle));
            start = middle;
            whole = false;
        }
    }
    if !whole {
        spans.push((start, end));
    }
    spans.reverse();
    Some(spans)
}

/// Whether a proof shows that the leaf with this hash stands at `index` of the tree with this size and root.
pub fn proves_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut found) = (index, size - 1, *leaf);
    for hash in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            found = node_hash(hash, &found);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            found = node_hash(&found, hash);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && found == *root
}

/// Whether a proof shows that the tree of `new` leaves begins with the tree of `old` leaves.
pub fn proves_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> bool {
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    if old == 0 || old > new {
        return old == 0 && proof.is_empty();
    }
    let (first, rest) = if old.is_power_of_two() {
        (*old_root, proof)
    } else {
        match proof.split_first() {
            Some((first, rest)) => (*first, rest),
            None => return false,
        }
    };
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut found_old, mut found_new) = (first, first);
    for hash in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            found_old = node_hash(hash, &found_old);
            found_new = node_hash(hash, &found_new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            found_new = node_hash(&found_new, hash);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && found_old == *old_root && found_new == *new_root
}
