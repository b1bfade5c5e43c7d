//! What seals and opens. It runs on a person's own machine, from the command line; never in the server.
//!
//! `docs/sealed.md` describes every format and every check; the browser has the same in `assets/src/sealing`, and files
//! written by one are opened by the other (`tests/sealing`). `ground/vault` has the shapes that the server may know. Every
//! encrypted file is an ordinary age file.
//!
//! No clock and no files here: the hour is a parameter, and callers keep what was remembered. Randomness is the system's.
//! Secrets are wiped from memory when they are dropped.

mod agefile;
mod attachment;
mod case;
mod field;
mod index;
mod office;
mod person;
mod practice;
mod recovery;
mod shares;

pub use agefile::AgeKey;
pub use attachment::{Manifest, PART, PARTS, Part};
pub use case::{
    CaseSecrets, Made, Reader, add_people, new_case, open_grant, renew_key, rotation_needed,
};
pub use field::{Expected, Label, Opened, digest_of, kind_of, open, seal};
pub use index::{Entry, INDEX, NameIndex};
pub use office::{OfficeSecret, Request};
pub use person::{PASSPHRASE, PersonSecret, Signer};
pub use practice::Practice;
pub use recovery::record;
pub use shares::{Share, join, split};
