//! Tiles: the stored pieces of a tree, as C2SP tlog-tiles cuts and names them.
//!
//! A tile of level L holds up to 256 consecutive hashes of subtrees of 256^L leaves. A tree of n leaves has on each level
//! as many full tiles as fit and at most one partial one, at the right edge. Bundles of entries are cut in the same way.

use crate::merkle::{Hash, Node, root_of};

/// Hashes in a full tile, and entries in a full bundle.
pub const WIDTH: u64 = 256;
/// log2 of [`WIDTH`]: levels of the tree inside a tile.
const HEIGHT: u8 = 8;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    /// Hashes of a level, 32 bytes each.
    Hashes(u8),
    /// Leaves, each after its length in two bytes.
    Entries,
}

/// A tile by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// What it holds.
    pub holds: Holds,
    /// Counted from 0 on its level.
    pub index: u64,
    /// How many hashes or entries it holds, 1 to 256.
    pub width: u64,
}

impl Tile {
    /// The path under the log's prefix: `tile/0/x001/067`, `tile/1/000.p/17`, `tile/entries/000.p/5`.
    pub fn path(&self) -> String {
        let level = match self.holds {
            Holds::Hashes(level) => level.to_string(),
            Holds::Entries => "entries".to_owned(),
        };
        format!("tile/{level}/{}", place(self.index, self.width))
    }

    /// The tile that a path names, if it names one in the one way in which it may be written.
    pub fn parse(path: &str) -> Option<Tile> {
        let (level, place) = path.strip_prefix("tile/")?.split_once('/')?;
        let holds = match level {
            "entries" => Holds::Entries,
            level => Holds::Hashes(level.parse().ok().filter(|level| *level < 64)?),
        };
        let (number, width) = match place.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (place, WIDTH),
        };
        let mut index = 0_u64;
        for part in number.split('/') {
            let digits = part.strip_prefix('x').unwrap_or(part);
            index = index
                .checked_mul(1000)?
                .checked_add(digits.parse::<u64>().ok()?)?;
        }
        let tile = Tile {
            holds,
            index,
            width,
        };
        (1..=WIDTH).contains(&width).then_some(())?;
        (tile.path() == path).then_some(tile)
    }

    /// How many leaves a tree must have for this tile to be part of it (saturating).
    pub fn needs(&self) -> u64 {
        let level = match self.holds {
            Holds::Hashes(level) => u32::from(level),
            Holds::Entries => 0,
        };
        self.index
            .saturating_mul(WIDTH)
            .saturating_add(self.width)
            .saturating_mul(WIDTH.checked_pow(level).unwrap_or(u64::MAX))
    }
}

/// The number of a tile in groups of three digits, all but the last with an `x` before it, and its width if partial.
pub fn place(index: u64, width: u64) -> String {
    let mut groups = vec![format!("{:03}", index % 1000)];
    let mut rest = index / 1000;
    while rest > 0 {
        groups.push(format!("x{:03}", rest % 1000));
        rest /= 1000;
    }
    groups.reverse();
    let number = groups.join("/");
    if width == WIDTH {
        number
    } else {
        format!("{number}.p/{width}")
    }
}

/// How many levels of tiles of hashes a tree has.
pub fn levels(size: u64) -> u8 {
    let mut levels = 0;
    let mut rest = size;
    while rest > 0 {
        levels += 1;
        rest >>= HEIGHT;
    }
    levels
}

/// How many hashes there are on a level of tiles.
pub fn hashes_on(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(level) * u32::from(HEIGHT))
        .unwrap_or(0)
}

/// The tiles of a level of a tree, left to right: full ones, and a partial one at the end if there is a rest.
pub fn on_level(holds: Holds, size: u64) -> impl Iterator<Item = Tile> {
    let level = match holds {
        Holds::Hashes(level) => level,
        Holds::Entries => 0,
    };
    let n = hashes_on(level, size);
    (0..n.div_ceil(WIDTH)).map(move |index| Tile {
        holds,
        index,
        width: (n - index * WIDTH).min(WIDTH),
    })
}

/// Every tile of a tree: bundles of entries, then hashes level by level.
pub fn all(size: u64) -> impl Iterator<Item = Tile> {
    on_level(Holds::Entries, size)
        .chain((0..levels(size)).flat_map(move |level| on_level(Holds::Hashes(level), size)))
}

/// The tile in which a node of the tree is found, and which of its hashes: from the first to the one after the last.
/// The tile may be only partly filled; its width is given as far as the node reaches.
pub fn tile_of(node: Node) -> (Tile, std::ops::Range<usize>) {
    let (level, within) = (node.level / HEIGHT, node.level % HEIGHT);
    let first = node.index << within;
    let offset = first % WIDTH;
    let hashes = 1_u64 << within;
    let tile = Tile {
        holds: Holds::Hashes(level),
        index: first / WIDTH,
        width: offset + hashes,
    };
    // Both are at most 256.
    (tile, offset as usize..(offset + hashes) as usize)
}

/// The hash of a node from the hashes of its tile; nothing when the tile does not reach so far.
pub fn node_in(node: Node, hashes: &[Hash]) -> Option<Hash> {
    Some(root_of(hashes.get(tile_of(node).1)?))
}

/// Takes a tile of hashes apart; nothing when its length is no multiple of 32.
pub fn hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let chunks = bytes.chunks_exact(32);
    chunks.remainder().is_empty().then_some(())?;
    chunks.map(|chunk| chunk.try_into().ok()).collect()
}

/// Takes a bundle of entries apart; nothing when a length does not fit.
pub fn entries(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut rest = bytes;
    let mut found = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (entry, after) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
        found.push(entry);
        rest = after;
    }
    rest.is_empty().then_some(found)
}

/// Puts an entry into a bundle.
pub fn push_entry(bundle: &mut Vec<u8>, entry: &[u8; crate::leaf::LEAF]) {
    bundle.extend((crate::leaf::LEAF as u16).to_be_bytes());
    bundle.extend(entry);
}
