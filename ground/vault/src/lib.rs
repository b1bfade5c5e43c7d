//! What the server may know of sealed things: their shapes, and never a key.
//!
//! `docs/sealed.md` describes every format. This crate reads and checks what anybody may see of it: signed documents
//! ([`Certificate`], [`Revocations`], [`CaseStatement`], [`RecoveryRecord`]) and the outside of ciphertexts ([`Sealed`]:
//! recipients, work factor, bucket). There is no function here that could open one: what seals and opens is
//! `ground/sealing`, which no server crate may depend on (`tests/graph.rs` proves it).
//!
//! Pure: no I/O, no clock, no randomness. To add a format, add a module with `read`, `text` and `verify`, its lines to
//! `docs/sealed.md`, and the same to `assets/src/sealing`.

mod certificate;
mod ciphertext;
mod directory;
mod lines;
mod record;
mod refusal;
mod revocations;
mod statement;
mod values;
mod wraps;

pub use certificate::{Certificate, Use};
pub use ciphertext::{Kind, Sealed, bucket};
pub use directory::Directory;
pub use lines::{Lines, Writing};
pub use record::RecoveryRecord;
pub use refusal::{Refusal, Why};
pub use revocations::{LONGEST, Revocations};
pub use statement::{CaseChain, CaseStatement, PublicKey};
pub use values::{
    Author, CaseId, FieldName, Generation, LARGEST, OfficeKey, PersonId, Recipient, Serial,
    SigningKey, Time, Version, bytes_of, digest, number, text_of,
};
pub use wraps::{PasskeyWrap, WrappedKeys};

/// 2 to this power is the least scrypt work that a client accepts: OWASP's Password Storage Cheat Sheet names N=2^17,
/// r=8, p=1 as its first choice for scrypt.
pub const WORK_FLOOR: u8 = 17;
/// 2 to this power is the most: 512 MB of memory, beyond which a wrap would only stop the machine.
pub const WORK_CEILING: u8 = 19;
/// What is written: what age itself writes.
pub const WORK: u8 = 18;
/// How far a clock may go ahead of ours, in seconds.
pub const AHEAD: Time = 86_400;
