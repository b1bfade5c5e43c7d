//! What an office says that it has saved, one a line.

use sha2::{Digest, Sha256};

/// Something that was acknowledged: from then on no power cut may take it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ack {
    /// The office was opened, its tables made.
    Opened,
    /// An entry of the ledger: its number, and the identifier of its record.
    Entry(i64, String),
    /// A reading: the index of its leaf, and the leaf's hash in hex.
    Reading(u64, String),
    /// A file beside the database: its digest.
    File(String),
    /// A part of a sealed attachment: its case, its number, the digest of its bytes.
    Part(String, i64, String),
    /// A checkpoint, with its lines' ends as `|`.
    Checkpoint(String),
    /// A backup or a copy of the ledger: the name of its file.
    Copy(String),
}

/// SHA-256 in hex.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

impl Ack {
    /// The line.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Ack::Opened => "opened".to_owned(),
            Ack::Entry(number, record) => format!("entry\t{number}\t{record}"),
            Ack::Reading(index, leaf) => format!("reading\t{index}\t{leaf}"),
            Ack::File(digest) => format!("file\t{digest}"),
            Ack::Part(case, part, digest) => format!("part\t{case}\t{part}\t{digest}"),
            Ack::Checkpoint(note) => format!("checkpoint\t{}", note.replace('\n', "|")),
            Ack::Copy(name) => format!("copy\t{name}"),
        }
    }

    /// Reads a line; nothing for one that the cut left half written.
    #[must_use]
    pub fn parse(line: &str) -> Option<Ack> {
        let parts: Vec<&str> = line.strip_suffix('\n')?.split('\t').collect();
        Some(match parts.as_slice() {
            ["opened"] => Ack::Opened,
            ["entry", number, record] => Ack::Entry(number.parse().ok()?, (*record).to_owned()),
            ["reading", index, leaf] => Ack::Reading(index.parse().ok()?, (*leaf).to_owned()),
            ["file", digest] => Ack::File((*digest).to_owned()),
            ["part", case, part, digest] => {
                Ack::Part((*case).to_owned(), part.parse().ok()?, (*digest).to_owned())
            }
            ["checkpoint", note] => Ack::Checkpoint(note.replace('|', "\n")),
            ["copy", name] => Ack::Copy((*name).to_owned()),
            _ => return None,
        })
    }
}
