//! Power cuts under an office that writes.
//!
//! `office` is a program that opens an office's data as `mandate` does (store, ledger, ledger key, attachments, sealed
//! files) on a disk of ours, [`disk`], mounted with FUSE, and writes, reads and signs without end; of everything that it
//! was told is saved it says so in a line, an [`Ack`]. At a random operation the power goes: the program is killed, and the
//! disk loses what was not synced, at random. [`check`] then opens what is left, and everything that was said to be saved
//! must be there; the office goes on with it, to the next cut.
//!
//! ```text
//! make power-cuts
//! ```
//!
//! runs 500 cuts, and the same with SQLite told to sync less, to see that the test sees what it must.

mod ack;
pub mod check;
mod dice;
pub mod disk;
pub mod office;

#[cfg(target_os = "linux")]
mod cuts;
#[cfg(target_os = "linux")]
mod mount;

pub use ack::{Ack, digest};
#[cfg(target_os = "linux")]
pub use cuts::{Seen, cuts, may_mount};
pub use dice::Dice;
