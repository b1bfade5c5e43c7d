//! What can be proved of the ledger with files alone: the Merkle tree, tiles, signed checkpoints, cosignatures, and the
//! verification of an exported copy. No database, no clock, no network.
//!
//! The tree is RFC 6962's ([`merkle`]), cut into tiles as C2SP tlog-tiles says ([`tile`]); what stands in it for an entry
//! is a [`leaf`]; a [`checkpoint`] is a signed [`note`]; a [`witness`] cosigns it. [`verify()`] checks an export whole and
//! says of everything that does not fit what and where it is. FORMAT.md, which is the first comment of [`leaf`], says
//! what each byte is, so that somebody else can write the same check again; `tests/ledger/verify.py` is such a second one.

pub mod checkpoint;
pub mod export;
pub mod finding;
pub mod leaf;
pub mod merkle;
pub mod note;
pub mod tile;
mod verify;
pub mod witness;

pub use verify::{Files, Trust, Verified, content_path, verify};
