//! What can go wrong between the office and its database.

use thiserror::Error;

/// An error of the store. The text is for the command line and the log; a page shows its own words.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address of the database is not one of `sqlite:PATH` or `postgres://…`.
    #[error("the database address must begin with sqlite: or postgres:// (it begins with {0:?})")]
    Address(String),
    /// A row that must be there is not.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// A rule of the schema refused the change (a duplicate, a missing reference, a failed check).
    #[error("the database refused the change: {0}")]
    Refused(String),
    /// A column does not hold what the code expects of it.
    #[error("column {column}: {reason}")]
    Column {
        /// The column's name in the query.
        column: String,
        /// What was found instead.
        reason: String,
    },
    /// The data was written by a newer program.
    #[error(
        "this database was written by a newer version of mandate ({room} is at step {found}, this program knows {known}); \
         install that version, or restore a backup made with this one"
    )]
    Newer {
        /// The room whose tables are newer.
        room: String,
        /// The number found in the database.
        found: i64,
        /// The highest number that this program knows.
        known: i64,
    },
    /// A migration that was applied is not the one in the program.
    #[error(
        "step {number} of {room} in this database is not the one that this program knows; restore a backup"
    )]
    Altered {
        /// The room.
        room: String,
        /// The migration's number.
        number: i64,
    },
    /// A change was about to be saved without its entry in the ledger.
    #[error("a change was made without an entry in the ledger; nothing was saved")]
    Unrecorded,
    /// A backup file is not readable, or not one of ours, or is damaged.
    #[error("the backup {0}")]
    Backup(String),
    /// An attachment's bytes are missing or are not the ones that were stored.
    #[error("attachment {0} is missing or damaged")]
    Attachment(String),
    /// Reading or writing a file failed.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// Anything else that the database answers.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(inner) = &error
            && (inner.is_unique_violation()
                || inner.is_foreign_key_violation()
                || inner.is_check_violation())
        {
            return StoreError::Refused(inner.message().to_owned());
        }
        StoreError::Database(error)
    }
}
