//! Writing an export: leaves go in one after the other, files come out, a few kilobytes at a time.

use std::{collections::BTreeMap, io};

use crate::{
    leaf::{Content, Leaf},
    merkle::{Hash, root_of},
    note::VerifierKey,
    tile::{self, Holds, Tile},
    verify::content_path,
};

/// Where the files of an export go.
pub trait Sink {
    /// Writes one file; each is written once.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;
}

impl Sink for BTreeMap<String, Vec<u8>> {
    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// What an export says of an entry.
#[derive(Debug, Clone)]
pub enum Line {
    /// All of it, with its salt.
    Content(Box<Content>),
    /// That it was erased.
    Erased,
    /// Nothing: an export of hashes alone. Either every entry's line is this one or none is.
    Nothing,
}

/// An export that is being written.
#[derive(Debug)]
pub struct Export<'a, S> {
    sink: &'a mut S,
    size: u64,
    bundle: Vec<u8>,
    content: Vec<u8>,
    /// Of each level, the hashes of the tile that is not yet full, and the number of that tile.
    levels: Vec<(Vec<Hash>, u64)>,
}

impl<'a, S: Sink> Export<'a, S> {
    /// Begins an export.
    pub fn new(sink: &'a mut S) -> Self {
        Export {
            sink,
            size: 0,
            bundle: Vec::new(),
            content: Vec::new(),
            levels: Vec::new(),
        }
    }

    /// The next entry.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn push(&mut self, leaf: &Leaf, line: &Line) -> io::Result<()> {
        tile::push_entry(&mut self.bundle, &leaf.bytes());
        match line {
            Line::Content(content) => serde_json::to_writer(&mut self.content, content)?,
            Line::Erased => {
                let line = format!("{{\"seq\":{},\"erased\":true}}", leaf.seq);
                self.content.extend(line.as_bytes());
            }
            Line::Nothing => {}
        }
        if !matches!(line, Line::Nothing) {
            self.content.push(b'\n');
        }
        self.size += 1;
        if self.size.is_multiple_of(tile::WIDTH) {
            self.flush_entries()?;
        }
        self.push_hash(0, leaf.hash())
    }

    fn push_hash(&mut self, level: usize, hash: Hash) -> io::Result<()> {
        if self.levels.len() == level {
            self.levels.push((Vec::new(), 0));
        }
        self.levels[level].0.push(hash);
        if self.levels[level].0.len() as u64 == tile::WIDTH {
            let root = self.flush_hashes(level)?;
            self.push_hash(level + 1, root)?;
        }
        Ok(())
    }

    fn flush_hashes(&mut self, level: usize) -> io::Result<Hash> {
        let (hashes, index) = &mut self.levels[level];
        let tile = Tile {
            holds: Holds::Hashes(u8::try_from(level).unwrap_or(u8::MAX)),
            index: *index,
            width: hashes.len() as u64,
        };
        self.sink.write(&tile.path(), &hashes.concat())?;
        let root = root_of(hashes);
        hashes.clear();
        *index += 1;
        Ok(root)
    }

    fn flush_entries(&mut self) -> io::Result<()> {
        let bundle = Tile {
            holds: Holds::Entries,
            index: (self.size - 1) / tile::WIDTH,
            width: (self.size - 1) % tile::WIDTH + 1,
        };
        self.sink.write(&bundle.path(), &self.bundle)?;
        if !self.content.is_empty() {
            self.sink.write(&content_path(&bundle), &self.content)?;
        }
        self.bundle.clear();
        self.content.clear();
        Ok(())
    }

    /// Writes what is left: partial tiles, keys and checkpoints. The checkpoint must be one of as many entries as were
    /// pushed; `cosigned` is the newest cosigned one, if it is another.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(
        mut self,
        keys: &[VerifierKey],
        checkpoint: &str,
        cosigned: Option<&str>,
    ) -> io::Result<()> {
        if !self.bundle.is_empty() {
            self.flush_entries()?;
        }
        for level in 0..self.levels.len() {
            if !self.levels[level].0.is_empty() {
                self.flush_hashes(level)?;
            }
        }
        let keys: String = keys.iter().map(|key| format!("{key}\n")).collect();
        self.sink.write("verifier-key", keys.as_bytes())?;
        if let Some(cosigned) = cosigned {
            self.sink.write("cosigned", cosigned.as_bytes())?;
        }
        self.sink.write("checkpoint", checkpoint.as_bytes())
    }
}
