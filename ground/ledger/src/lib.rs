//! The record of who did what: written in the same transaction as what it describes, and tamper-evident.
//!
//! A room changes data through an [`Act`] and in no other way:
//!
//! ```ignore
//! let mut act = Act::begin(&store, by, now).await?;
//! act.execute("UPDATE recommendation SET …", params![…]).await?;
//! act.record(Entry::done("recommendation.assigned", Record::of("recommendation", id)).with("to", person)).await?;
//! act.commit().await?;
//! ```
//!
//! An [`Act`] that recorded nothing cannot be committed, so a change without its entry does not exist. Entries are
//! numbered without gaps in the order in which they were saved, which makes the ledger the office's change feed too: the
//! search index reads from it what to index anew ([`since`]).
//!
//! **The tree.** With every entry its leaf is written, in the same row: a salted commitment (FORMAT.md says what each byte
//! is). The leaves are those of an RFC 6962 Merkle tree whose tiles are stored as they fill and whose roots are signed
//! ([`checkpoint()`]), by a key that lies in a file and not in the database ([`LedgerKey`]). Bodies outside cosign what they
//! have seen ([`cosign`]) and fetch tiles ([`tile`]) at an address that the office gave them ([`add_reader`]). What can be
//! proved with files alone is in `mandate-ledger-tree`.
//!
//! **Readings.** What may be handed out only after its reading stands in the tree asks for a [`Receipt`]
//! ([`read_before`]), which commits the readings of all who ask at the same moment together; who reads more than the office
//! expects raises an alarm ([`alarms`]).
//!
//! **Erasing** destroys an entry's words and its salt ([`erase()`]); the leaf stays, and the tree with it.

mod act;
mod alarm;
mod audit;
mod checkpoint;
mod erase;
mod error;
mod export;
mod key;
mod read;
mod readers;
mod reading;
mod schema;
mod seal;
mod together;
mod tree;
mod witness;
mod words;

pub use act::{Act, record_alone};
pub use alarm::{Alarm, Rate, WATCHERS, alarms, alarms_waiting_for, rate, see_alarm, set_rate};
pub use audit::verify;
pub use checkpoint::{Signed, checkpoint, newest_checkpoint, newest_cosigned, tile};
pub use erase::{ERASED, entries_about, entries_by, erase, settle};
pub use error::LedgerError;
pub use export::{Exported, export};
pub use key::{LedgerKey, add_key, keys, open_key};
pub use mandate_ledger_tree as proof;
pub use read::{Written, history, latest, since, size};
pub use readers::{Reader, add_reader, end_reader, may_fetch, readers};
pub use reading::{Reading, Receipt, read_before};
pub use schema::migrations;
pub use seal::complete;
pub use tree::{prove_consistency, prove_inclusion};
pub use witness::{Witness, add_witness, cosign, witnesses};
pub use words::{Actor, Entry, Outcome, Record};
