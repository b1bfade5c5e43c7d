//! Where the office's data lives: one code base on SQLite and PostgreSQL.
//!
//! **One SQL text for both.** Queries are written once, in the common part of the two dialects (`$1` parameters,
//! `ON CONFLICT`, common table expressions, window functions, `RETURNING`), and run on the databases' own pools of
//! `sqlx`. Four column types are enough for the whole house and map one to one:
//!
//! | in a migration | SQLite | PostgreSQL | in Rust |
//! |---|---|---|---|
//! | `TEXT` | TEXT | TEXT | `String`; ids, ISO dates (`2026-11-23`), JSON |
//! | `INTEGER` | INTEGER | BIGINT | `i64`; instants are milliseconds since 1970 UTC |
//! | `REAL` | REAL | DOUBLE PRECISION | `f64` |
//! | `BLOB` | BLOB | BYTEA | `Vec<u8>` |
//!
//! **How to add a table.** Add a [`Migration`] at the end of your room's list (never change one that has been
//! released), write `async fn`s named after the question they answer (`recommendations_due`) that take `&mut impl
//! Query` or a [`Store`], and put a story into the room's store tests, which run on both databases.
//!
//! **How to change data.** Not with [`Store::begin`] but with `mandate_ledger::Act`, which writes the ledger entry in the
//! same transaction; a test holds every other room to that.

mod attachments;
mod backup;
mod connect;
mod error;
mod id;
mod insert;
mod lasting;
mod migrate;
mod value;

/// For the tests of every room: the same story on SQLite and on PostgreSQL.
pub mod testing;

pub use attachments::{Attachment, Attachments, attachment_by_id};
pub use backup::{BackupSummary, backup, restore};
pub use connect::{Kind, Query, Store, Tx};
pub use error::StoreError;
pub use id::{Clock, Id, instant, millis};
pub use insert::insert_many;
pub use lasting::{sync_folder, sync_folders};
pub use migrate::{Migration, Migrations, own_migrations, schema};
pub use value::{Row, Value};
