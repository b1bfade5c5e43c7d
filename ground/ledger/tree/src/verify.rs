//! The verification of an exported ledger.
//!
//! Everything is computed anew from the leaves: hashes, tiles, root; every leaf from its content and salt. One pass over
//! the files, a bundle of 256 entries at a time; kept in memory are a hash for each full tile and the numbers of erased
//! entries.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    checkpoint::Checkpoint,
    finding::{Finding, Wrong},
    leaf::{Content, Leaf, hour_of},
    merkle::{Frontier, Hash, root_of},
    note::VerifierKey,
    tile::{self, Holds, Tile},
};

mod notes;

/// Findings after which the check stops: by then the copy is worthless.
const ENOUGH: usize = 100;
/// The entry that says that others were erased.
const ERASED: &str = "ledger.erased";

/// The files of an export: a folder, a ZIP file, a map in memory.
pub trait Files {
    /// Every file's path, with `/` between its parts.
    ///
    /// # Errors
    /// In words, when they cannot be listed.
    fn names(&mut self) -> Result<Vec<String>, String>;

    /// A file's bytes.
    ///
    /// # Errors
    /// In words, when it cannot be read.
    fn read(&mut self, name: &str) -> Result<Vec<u8>, String>;
}

impl Files for BTreeMap<String, Vec<u8>> {
    fn names(&mut self) -> Result<Vec<String>, String> {
        Ok(self.keys().cloned().collect())
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.get(name)
            .cloned()
            .ok_or_else(|| "there is no such file".to_owned())
    }
}

/// What a person who verifies knows from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The log's keys. With none, those in the export are taken, and prove only that the copy is whole in itself.
    pub keys: Vec<VerifierKey>,
    /// Witnesses that must have cosigned.
    pub witnesses: Vec<VerifierKey>,
    /// Checkpoints that were seen earlier, each with a name for it: the ledger must still begin so.
    pub seen: Vec<(String, String)>,
    /// Whether the export may be one of hashes alone. Otherwise content that is missing as a whole is a finding too.
    pub hashes_alone: bool,
}

/// What the verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Which log, if its checkpoint could be read.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root that was signed.
    pub root: Hash,
    /// The keys that were taken as the log's.
    pub keys: Vec<String>,
    /// When each witness cosigned, in seconds since 1970 UTC.
    pub cosigned: Vec<(String, u64)>,
    /// Whether the content was there to be checked.
    pub with_content: bool,
    /// Entries that were lawfully erased: they were here.
    pub erased: u64,
    /// What does not fit; empty when all is well.
    pub findings: Vec<Finding>,
}

struct Check<'a> {
    files: &'a mut dyn Files,
    names: BTreeSet<String>,
    result: Verified,
    keys: Vec<VerifierKey>,
    /// Roots to be met on the way: at a size, from a file.
    milestones: BTreeMap<u64, Vec<(String, Hash)>>,
    gone: BTreeSet<u64>,
    /// Erased entries, and the last entry that says so.
    said: BTreeMap<u64, u64>,
}

/// Verifies an export, whole.
pub fn verify(files: &mut dyn Files, trust: &Trust) -> Verified {
    let names = match files.names() {
        Ok(names) => names.into_iter().collect(),
        Err(why) => {
            let finding = Finding {
                file: "export".to_owned(),
                entry: None,
                what: Wrong::Unreadable(why),
            };
            return Verified {
                findings: vec![finding],
                ..Verified::default()
            };
        }
    };
    let mut check = Check {
        files,
        names,
        result: Verified::default(),
        keys: Vec::new(),
        milestones: BTreeMap::new(),
        gone: BTreeSet::new(),
        said: BTreeMap::new(),
    };
    check.keys(trust);
    if let Some(newest) = check.checkpoints(trust) {
        check.inventory(newest.size, trust.hashes_alone);
        if check.result.findings.len() < ENOUGH {
            check.tree(&newest);
            check.erased();
        }
    }
    check.result.keys = check.keys.iter().map(ToString::to_string).collect();
    check.result
}

impl Check<'_> {
    fn found(&mut self, file: &str, entry: Option<u64>, what: Wrong) {
        if self.result.findings.len() < ENOUGH {
            self.result.findings.push(Finding {
                file: file.to_owned(),
                entry,
                what,
            });
        }
    }

    fn unreadable(&mut self, file: &str, why: impl ToString) {
        self.found(file, None, Wrong::Unreadable(why.to_string()));
    }

    /// The bytes of a file that must be there; nothing, and a finding, when they are not to be had.
    fn bytes(&mut self, file: &str) -> Option<Vec<u8>> {
        if !self.names.contains(file) {
            self.found(file, None, Wrong::Missing);
            return None;
        }
        match self.files.read(file) {
            Ok(bytes) => Some(bytes),
            Err(why) => {
                self.unreadable(file, why);
                None
            }
        }
    }

    fn text(&mut self, file: &str) -> Option<String> {
        let bytes = self.bytes(file)?;
        match String::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => {
                self.unreadable(file, "it is no text in UTF-8");
                None
            }
        }
    }

    /// Every file that must be there is, and no other.
    fn inventory(&mut self, size: u64, hashes_alone: bool) {
        let mut left = self.names.clone();
        for file in ["checkpoint", "cosigned", "verifier-key"] {
            left.remove(file);
        }
        self.result.with_content =
            !hashes_alone || left.iter().any(|file| file.starts_with("content/"));
        for tile in tile::all(size) {
            let mut files = vec![tile.path()];
            if self.result.with_content && tile.holds == Holds::Entries {
                files.push(content_path(&tile));
            }
            for file in files {
                if !left.remove(&file) {
                    self.found(&file, None, Wrong::Missing);
                }
            }
            if self.result.findings.len() >= ENOUGH {
                return;
            }
        }
        for file in left {
            self.found(&file, None, Wrong::Unknown);
        }
    }

    fn tree(&mut self, newest: &Checkpoint) {
        let mut whole = Frontier::new();
        self.reached(&whole);
        let mut below = Vec::new();
        for bundle in tile::on_level(Holds::Entries, newest.size) {
            let hashes = self.bundle(&bundle);
            for hash in &hashes {
                whole.push(*hash);
                self.reached(&whole);
            }
            if hashes.len() as u64 == tile::WIDTH {
                below.push(root_of(&hashes));
            }
        }
        for level in 1..tile::levels(newest.size) {
            let mut above = Vec::new();
            for tile in tile::on_level(Holds::Hashes(level), newest.size) {
                let first = usize::try_from(tile.index * tile::WIDTH).unwrap_or(usize::MAX);
                let needed = below
                    .get(first..)
                    .map(|rest| &rest[..rest.len().min(tile::WIDTH as usize)])
                    .unwrap_or_default();
                self.hashes(&tile, needed);
                if needed.len() as u64 == tile::WIDTH {
                    above.push(root_of(needed));
                }
            }
            below = above;
        }
        if whole.size() == newest.size && whole.root() != newest.root {
            self.found("checkpoint", None, Wrong::Root);
        }
    }

    /// Compares with checkpoints that were signed at the size that has been reached.
    fn reached(&mut self, whole: &Frontier) {
        for (file, root) in self.milestones.remove(&whole.size()).unwrap_or_default() {
            if root != whole.root() {
                self.found(&file, None, Wrong::Fork(whole.size()));
            }
        }
    }

    /// Checks a tile of hashes against those that were computed; gives back what it holds.
    fn hashes(&mut self, tile: &Tile, needed: &[Hash]) -> Vec<Hash> {
        let file = tile.path();
        // Missing ones have been named already.
        if !self.names.contains(&file) {
            return Vec::new();
        }
        let Some(bytes) = self.bytes(&file) else {
            return Vec::new();
        };
        let found = tile::hashes(&bytes).unwrap_or_default();
        if found.len() as u64 != tile.width || bytes.len() % 32 != 0 {
            let what = Wrong::Length {
                found: bytes.len() as u64 / 32,
                needed: tile.width,
            };
            self.found(&file, None, what);
            return Vec::new();
        }
        let leaves = tile.holds == Holds::Hashes(0);
        for (at, (found, needed)) in found.iter().zip(needed).enumerate() {
            if found != needed {
                let entry = tile.index * tile::WIDTH + at as u64 + 1;
                self.found(&file, leaves.then_some(entry), Wrong::Hash);
            }
        }
        found
    }

    /// Checks a bundle of leaves, its tile of hashes and its content; gives back the leaves' hashes.
    fn bundle(&mut self, bundle: &Tile) -> Vec<Hash> {
        let file = bundle.path();
        let hashes = Tile {
            holds: Holds::Hashes(0),
            ..*bundle
        };
        let bytes = if self.names.contains(&file) {
            self.bytes(&file)
        } else {
            None
        };
        let leaves = bytes.and_then(|bytes| self.leaves(bundle, &file, &bytes));
        let Some(leaves) = leaves else {
            // What cannot be read is a finding already; the tree goes on with the hashes that are there.
            let stored = self.hashes(&hashes, &[]);
            return stored;
        };
        let computed: Vec<Hash> = leaves.iter().map(Leaf::hash).collect();
        self.hashes(&hashes, &computed);
        if self.result.with_content {
            self.content(bundle, &leaves);
        }
        computed
    }

    fn leaves(&mut self, bundle: &Tile, file: &str, bytes: &[u8]) -> Option<Vec<Leaf>> {
        let Some(entries) = tile::entries(bytes) else {
            self.unreadable(file, "the lengths of its entries do not fit");
            return None;
        };
        if entries.len() as u64 != bundle.width {
            let what = Wrong::Length {
                found: entries.len() as u64,
                needed: bundle.width,
            };
            self.found(file, None, what);
            return None;
        }
        let mut leaves = Vec::with_capacity(entries.len());
        for (at, entry) in entries.into_iter().enumerate() {
            let number = bundle.index * tile::WIDTH + at as u64 + 1;
            let Some(leaf) = Leaf::parse(entry) else {
                let why = Wrong::Unreadable("the leaf is not of version 1".to_owned());
                self.found(file, Some(number), why);
                return None;
            };
            if leaf.seq != number {
                self.found(file, Some(number), Wrong::Number(leaf.seq));
            }
            leaves.push(leaf);
        }
        Some(leaves)
    }

    fn content(&mut self, bundle: &Tile, leaves: &[Leaf]) {
        let file = content_path(bundle);
        if !self.names.contains(&file) {
            return;
        }
        let Some(text) = self.text(&file) else { return };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        if lines.len() != leaves.len() {
            let what = Wrong::Length {
                found: lines.len() as u64,
                needed: leaves.len() as u64,
            };
            self.found(&file, None, what);
            return;
        }
        for (at, (line, leaf)) in lines.into_iter().zip(leaves).enumerate() {
            let number = bundle.index * tile::WIDTH + at as u64 + 1;
            if line == format!("{{\"seq\":{number},\"erased\":true}}\n") {
                self.gone.insert(number);
                continue;
            }
            if let Err(what) = self.line(line, number, leaf) {
                self.found(&file, Some(number), what);
            }
        }
    }

    fn line(&mut self, line: &str, number: u64, leaf: &Leaf) -> Result<(), Wrong> {
        let content: Content = serde_json::from_str(line)
            .map_err(|error| Wrong::Unreadable(format!("the line is no entry ({error})")))?;
        let written = serde_json::to_string(&content).unwrap_or_default();
        if line.strip_suffix('\n') != Some(&written) {
            let why = "the line is not written in the one way in which it may be";
            return Err(Wrong::Unreadable(why.to_owned()));
        }
        if content.seq != number {
            return Err(Wrong::Number(content.seq));
        }
        let salt = content
            .salt()
            .ok_or_else(|| Wrong::Unreadable("the salt is not 64 digits in hex".to_owned()))?;
        if content.commitment(&salt) != leaf.commitment {
            return Err(Wrong::Content);
        }
        if hour_of(content.at) != leaf.hour {
            return Err(Wrong::Hour);
        }
        if content.action == ERASED && content.outcome == "done" {
            for entry in named(&content.details) {
                self.said.insert(entry, number);
            }
        }
        Ok(())
    }

    fn erased(&mut self) {
        for number in std::mem::take(&mut self.gone) {
            if self.said.get(&number).is_some_and(|by| *by > number) {
                self.result.erased += 1;
            } else {
                let bundle = tile::on_level(Holds::Entries, self.result.size)
                    .nth(usize::try_from((number - 1) / tile::WIDTH).unwrap_or(usize::MAX));
                let file = bundle.map_or_else(String::new, |bundle| content_path(&bundle));
                self.found(&file, Some(number), Wrong::NotErased);
            }
        }
    }
}

/// The numbers in `entries` of an entry's details.
fn named(details: &str) -> Vec<u64> {
    serde_json::from_str::<serde_json::Value>(details)
        .ok()
        .and_then(|details| {
            let entries = details.get("entries")?.as_array()?;
            Some(
                entries
                    .iter()
                    .filter_map(serde_json::Value::as_u64)
                    .collect(),
            )
        })
        .unwrap_or_default()
}

/// Where the content of a bundle stands in an export.
pub fn content_path(bundle: &Tile) -> String {
    format!("content/{}", tile::place(bundle.index, bundle.width))
}
