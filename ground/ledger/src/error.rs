//! What can go wrong between the ledger and whoever verifies it.

use std::path::PathBuf;

use mandate_ledger_tree::{note::NoteError, witness::Refused};
use mandate_store::StoreError;
use thiserror::Error;

/// An error of the ledger's key, checkpoints, witnesses and alarms. The text is for the command line and the log.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be read or written.
    #[error("{}: {cause}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file of the key can be read by others.
    #[error("{} can be read by others than its owner: run `chmod 600 {}`", .0.display(), .0.display())]
    Open(PathBuf),
    /// The file holds no key.
    #[error("{} {cause}", file.display())]
    NoKey {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: NoteError,
    },
    /// The ledger is signed with a key that is not here.
    #[error(
        "this ledger is signed with a key that is not in {}: put the key's file there, or name its place \
         (--ledger-key or MANDATE_LEDGER_KEY); a lost key is replaced with `mandate ledger key --new`",
        .0.display()
    )]
    Elsewhere(PathBuf),
    /// A key is to be made where one is.
    #[error("{} is there already", .0.display())]
    There(PathBuf),
    /// Signing would say that history changed.
    #[error(
        "nothing was signed: this key has signed a ledger of {signed} entries, and the ledger here ({size} entries) does not \
         begin with it. If an older backup was restored, begin a new log with `mandate ledger key --new --origin NAME` and \
         tell the witnesses why; if not, somebody changed the ledger: run `mandate verify`"
    )]
    Fork {
        /// How many entries the key has signed.
        signed: u64,
        /// How many there are.
        size: u64,
    },
    /// A witness did not cosign.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A witness has cosigned more than there is.
    #[error(
        "the witness has cosigned {witnessed} entries, and the ledger has {size}: an older backup was restored, or entries \
         were cut off"
    )]
    Ahead {
        /// What the witness has seen.
        witnessed: u64,
        /// What there is.
        size: u64,
    },
    /// A witness cannot be reached.
    #[error("the witness at {address} cannot be reached: {cause}")]
    Unreachable {
        /// Where.
        address: String,
        /// Why.
        cause: String,
    },
    /// Something was given that does not fit.
    #[error("{0}")]
    Input(String),
}

impl LedgerError {
    pub(crate) fn file(file: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> LedgerError {
        let file = file.into();
        move |cause| LedgerError::File { file, cause }
    }
}
