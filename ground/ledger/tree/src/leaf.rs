#![doc = include_str!("../../FORMAT.md")]

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::merkle::Hash;

/// Bytes of a leaf.
pub const LEAF: usize = 45;
/// The version of the format, the first byte of a leaf.
pub const VERSION: u8 = 1;
/// What the commitment's message begins with.
const BEGIN: &[u8] = b"mandate-ledger-entry/v1\n";
/// Milliseconds in an hour.
const HOUR: i64 = 3_600_000;

/// The salt of an entry: random, as long as the hash, and destroyed when the entry is erased.
pub type Salt = [u8; 32];

/// What stands in the tree for an entry, and stays when the entry is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The entry's number, from 1; its index in the tree is one less.
    pub seq: u64,
    /// The full hour in which it was written, in hours since 1970 UTC.
    pub hour: u32,
    /// HMAC-SHA-256 over the entry under its salt.
    pub commitment: Hash,
}

/// The hour of an instant in milliseconds since 1970 UTC; instants before 1970 and after the year 491,936 are clamped.
pub fn hour_of(at: i64) -> u32 {
    u32::try_from(at.div_euclid(HOUR).max(0)).unwrap_or(u32::MAX)
}

/// The first instant of an hour, in milliseconds since 1970 UTC.
pub fn hour_begins(hour: u32) -> i64 {
    i64::from(hour) * HOUR
}

impl Leaf {
    /// The 45 bytes that are hashed into the tree.
    pub fn bytes(&self) -> [u8; LEAF] {
        let mut bytes = [0; LEAF];
        bytes[0] = VERSION;
        bytes[1..9].copy_from_slice(&self.seq.to_be_bytes());
        bytes[9..13].copy_from_slice(&self.hour.to_be_bytes());
        bytes[13..].copy_from_slice(&self.commitment);
        bytes
    }

    /// Reads a leaf; nothing when the length or the version is another.
    pub fn parse(bytes: &[u8]) -> Option<Leaf> {
        let bytes: &[u8; LEAF] = bytes.try_into().ok()?;
        let (version, rest) = bytes.split_first()?;
        let (seq, rest) = rest.split_first_chunk()?;
        let (hour, commitment) = rest.split_first_chunk()?;
        (*version == VERSION).then_some(Leaf {
            seq: u64::from_be_bytes(*seq),
            hour: u32::from_be_bytes(*hour),
            commitment: commitment.try_into().ok()?,
        })
    }

    /// The leaf's hash in the tree.
    pub fn hash(&self) -> Hash {
        crate::merkle::leaf_hash(&self.bytes())
    }
}

/// An entry as it is committed to. Texts are those of the database, byte by byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The entry's number, from 1.
    pub seq: u64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// From which session, if any.
    pub session: Option<String>,
    /// What.
    pub action: String,
    /// `done`, `read` or `refused`.
    pub outcome: String,
    /// On which kind of record, if any.
    pub record_kind: Option<String>,
    /// On which record, if any.
    pub record_id: Option<String>,
    /// A JSON object, as text.
    pub details: String,
    /// The salt in hex, 64 lower-case digits.
    pub salt: String,
}

impl Content {
    /// The commitment to these words under a salt; the field `salt` takes no part in it.
    pub fn commitment(&self, salt: &Salt) -> Hash {
        Fields {
            seq: self.seq,
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
        }
        .commitment(salt)
    }

    /// The salt, if it is written as it must be.
    pub fn salt(&self) -> Option<Salt> {
        let salt: Salt = hex::decode(&self.salt).ok()?.try_into().ok()?;
        (hex::encode(salt) == self.salt).then_some(salt)
    }
}

/// An entry's words by reference, in the order of the format: actor, session, action, outcome, kind of record, record,
/// details.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    /// The entry's number, from 1.
    pub seq: u64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// The seven texts; nothing where there is none.
    pub texts: [Option<&'a str>; 7],
}

impl Fields<'_> {
    /// HMAC-SHA-256 under the salt over the entry's bytes, see FORMAT.md.
    pub fn commitment(&self, salt: &Salt) -> Hash {
        // A key shorter than SHA-256's block of 64 bytes is padded with zeros (RFC 2104, section 2).
        let mut key = [0; 64];
        key[..32].copy_from_slice(salt);
        let mut mac = Hmac::<Sha256>::new(&key.into());
        mac.update(BEGIN);
        mac.update(&self.seq.to_be_bytes());
        mac.update(&self.at.to_be_bytes());
        for text in self.texts {
            match text {
                None => mac.update(&[0]),
                Some(text) => {
                    mac.update(&[1]);
                    mac.update(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
                    mac.update(text.as_bytes());
                }
            }
        }
        mac.finalize().into_bytes().into()
    }
}
