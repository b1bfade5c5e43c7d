//! Finished pieces of the work in files, so that a run that was stopped goes on where it was.
//!
//! A folder is named by what the links depend on: the settings, every file that they name, and this program. Nothing in it
//! names anybody; it holds numbers of records and their weights. The folder of the last run stays, so that a report or a
//! review need not compare again; others are removed.

use std::path::{Path, PathBuf};

use mandate_linkage::{Link, Piece, Pieces};
use sha2::{Digest, Sha256};

use super::whole;

/// To be raised when links of the same settings and files are no longer the same.
const VERSION: &[u8] = b"mandate link pieces 2";

const LINK: usize = 24;

/// What links depend on, as it is read.
pub(crate) struct Seal(Sha256);

impl Seal {
    pub(crate) fn new(settings: &str) -> Self {
        let mut seal = Self(Sha256::new());
        seal.add(VERSION);
        seal.add(env!("CARGO_PKG_VERSION").as_bytes());
        seal.add(settings.as_bytes());
        seal
    }

    /// The lengths stand before the bytes: what one file ends with is not what the next begins with.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    pub(crate) fn name(self) -> String {
        let digest = self.0.finalize();
        digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
    }
}

/// A folder of pieces.
pub(crate) struct Kept {
    folder: PathBuf,
    /// Pieces that were found.
    pub(crate) found: usize,
}

impl Kept {
    pub(crate) fn new(output: &Path, seal: &str) -> std::io::Result<Self> {
        let all = output.join("pieces");
        let folder = all.join(seal);
        std::fs::create_dir_all(&folder)?;
        for entry in std::fs::read_dir(&all)?.filter_map(Result::ok) {
            if entry.path() != folder && entry.path().is_dir() {
                std::fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(Self { folder, found: 0 })
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{number:06}"))
    }
}

impl Pieces for Kept {
    fn known(&mut self, number: usize) -> Option<Piece> {
        let piece = read(&std::fs::read(self.path(number)).ok()?)?;
        self.found += 1;
        Some(piece)
    }

    fn done(&mut self, number: usize, piece: &Piece) -> bool {
        // What cannot be kept is done again another time.
        if let Err(error) = whole(&self.path(number), &written(piece)) {
            eprintln!("{error:#}");
        }
        true
    }
}

fn written(piece: &Piece) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(piece.links.len() * LINK + 40);
    bytes.extend(piece.compared.to_le_bytes());
    for link in &piece.links {
        bytes.extend(link.left.to_le_bytes());
        bytes.extend(link.right.to_le_bytes());
        bytes.extend(link.weight.to_bits().to_le_bytes());
        bytes.extend(link.pattern.to_le_bytes());
    }
    let digest = Sha256::digest(&bytes);
    bytes.extend(digest.iter());
    bytes
}

/// Nothing where the file is damaged: then it is done again.
fn read(bytes: &[u8]) -> Option<Piece> {
    let (body, digest) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
    if Sha256::digest(body)[..] != *digest {
        return None;
    }
    let (compared, links) = body.split_first_chunk::<8>()?;
    let four = |at: &[u8]| at.first_chunk::<4>().map(|b| u32::from_le_bytes(*b));
    let eight = |at: &[u8]| at.first_chunk::<8>().map(|b| u64::from_le_bytes(*b));
    let links: Option<Vec<Link>> = links
        .chunks(LINK)
        .map(|of| {
            Some(Link {
                left: four(of)?,
                right: four(of.get(4..)?)?,
                weight: f64::from_bits(eight(of.get(8..)?)?),
                pattern: eight(of.get(16..)?)?,
            })
        })
        .collect();
    Some(Piece {
        compared: u64::from_le_bytes(*compared),
        links: links?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_piece_is_found_as_it_was_and_a_damaged_one_is_not() {
        let piece = Piece {
            compared: 77,
            links: vec![Link {
                left: 3,
                right: 900_000,
                weight: -1.25e-3,
                pattern: 0x5432,
            }],
        };
        let mut bytes = written(&piece);
        assert_eq!(read(&bytes), Some(piece));
        bytes[11] ^= 1;
        assert_eq!(read(&bytes), None);
        assert_eq!(read(&bytes[..20]), None);
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn other_files_have_another_seal() {
        let seal = |files: [&[u8]; 2]| {
            let mut seal = Seal::new("settings");
            files.iter().for_each(|file| seal.add(file));
            seal.name()
        };
        assert_eq!(seal([b"ab", b"c"]), seal([b"ab", b"c"]));
        assert_ne!(seal([b"ab", b"c"]), seal([b"a", b"bc"]));
    }
}
