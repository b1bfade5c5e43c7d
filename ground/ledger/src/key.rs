//! The key that signs checkpoints: one file, readable by its owner alone, in the form that signed notes give secret keys.
//!
//! Beside it lies `FILE.signed`: the last checkpoint that the key signed. A log must never sign two histories, and a
//! database that was put back to an older state does not know what was signed since; this file does.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use mandate_ledger_tree::{
    checkpoint::Checkpoint,
    note::{Says, SignerKey, VerifierKey},
};
use mandate_store::{Query, Store, params, sync_folder};

use crate::{Act, Actor, Entry, LedgerError, Record};

/// The office's ledger key, read from its file.
#[derive(Debug, Clone)]
pub struct LedgerKey {
    signer: SignerKey,
    file: PathBuf,
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

impl LedgerKey {
    /// Reads the key; nothing when there is no such file.
    ///
    /// # Errors
    /// [`LedgerError::Open`] when others can read the file, [`LedgerError::NoKey`] when it holds none.
    pub fn read(file: &Path) -> Result<Option<LedgerKey>, LedgerError> {
        let text = match fs::read_to_string(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(LedgerError::file(file))?,
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(file)
                .map_err(LedgerError::file(file))?
                .permissions()
                .mode();
            if mode & 0o077 != 0 {
                return Err(LedgerError::Open(file.to_owned()));
            }
        }
        let no_key = |cause| LedgerError::NoKey {
            file: file.to_owned(),
            cause,
        };
        let signer: SignerKey = text.trim_end().parse().map_err(no_key)?;
        Ok(Some(LedgerKey {
            signer,
            file: file.to_owned(),
        }))
    }

    /// Makes a key for a log of this name (its origin: most often the office's address without `https://`, and
    /// `/ledger`).
    ///
    /// # Errors
    /// [`LedgerError::There`] when the file is there already; [`LedgerError::NoKey`] for a name with spaces or `+`.
    pub fn create(file: &Path, origin: &str) -> Result<LedgerKey, LedgerError> {
        let signer = SignerKey::new(origin, Says::Signed, &rand::random()).map_err(|cause| {
            LedgerError::NoKey {
                file: file.to_owned(),
                cause,
            }
        })?;
        let folder = folder_of(file);
        // A file that only its owner can read, and that has its name only when it is whole.
        tempfile::NamedTempFile::new_in(folder)
            .and_then(|mut out| {
                writeln!(out, "{}", signer.secret())?;
                out.as_file().sync_all()?;
                out.persist_noclobber(file).map_err(|error| error.error)?;
                sync_folder(folder)
            })
            .map_err(|error| {
                if error.kind() == std::io::ErrorKind::AlreadyExists {
                    LedgerError::There(file.to_owned())
                } else {
                    LedgerError::file(file)(error)
                }
            })?;
        Ok(LedgerKey {
            signer,
            file: file.to_owned(),
        })
    }

    /// The public key, as `mandate ledger key` shows it.
    pub fn verifier(&self) -> &VerifierKey {
        self.signer.verifier()
    }

    pub(crate) fn signer(&self) -> &SignerKey {
        &self.signer
    }

    fn memory(&self) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(".signed");
        name.into()
    }

    /// The last checkpoint that the key signed on this machine.
    ///
    /// # Errors
    /// [`LedgerError::File`]; [`LedgerError::NoKey`] when the file beside the key is damaged.
    pub fn last_signed(&self) -> Result<Option<Checkpoint>, LedgerError> {
        let file = self.memory();
        match fs::read_to_string(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LedgerError::file(file)(error)),
            Ok(text) => Checkpoint::parse(&text)
                .map(Some)
                .map_err(|cause| LedgerError::NoKey { file, cause }),
        }
    }

    /// Remembers a checkpoint before it is given to anybody.
    pub(crate) fn remember(&self, checkpoint: &Checkpoint) -> Result<(), LedgerError> {
        let file = self.memory();
        let mut fresh = file.clone().into_os_string();
        fresh.push(format!(".{}", mandate_store::Id::new()));
        let fresh = PathBuf::from(fresh);
        fs::File::create(&fresh)
            .and_then(|mut out| {
                out.write_all(checkpoint.text().as_bytes())?;
                out.sync_all()
            })
            .and_then(|()| fs::rename(&fresh, &file))
            .and_then(|()| sync_folder(folder_of(&file)))
            .map_err(LedgerError::file(file))
    }

    /// Puts the key's file and its memory aside, so that a new key can take its place; returns where the key lies now.
    ///
    /// # Errors
    /// [`LedgerError::File`].
    pub fn put_aside(self) -> Result<PathBuf, LedgerError> {
        let (file, memory) = (self.file.clone(), self.memory());
        let mut old = file.clone().into_os_string();
        old.push(format!("-{:08x}", self.verifier().id()));
        let old = PathBuf::from(old);
        fs::rename(&file, &old).map_err(LedgerError::file(&file))?;
        if memory.exists() {
            let mut to = old.clone().into_os_string();
            to.push(".signed");
            fs::rename(&memory, to).map_err(LedgerError::file(&memory))?;
        }
        sync_folder(folder_of(&file)).map_err(LedgerError::file(&file))?;
        Ok(old)
    }
}

/// The keys that sign or signed this ledger, in order.
///
/// # Errors
/// As any query; [`LedgerError::Input`] for a key that cannot be read.
pub async fn keys(db: &mut impl Query) -> Result<Vec<VerifierKey>, LedgerError> {
    db.rows(
        "SELECT verifier_key FROM ledger_key ORDER BY added_at, verifier_key",
        vec![],
    )
    .await?
    .iter()
    .map(|row| {
        let text = row.text("verifier_key")?;
        text.parse()
            .map_err(|cause| LedgerError::Input(format!("{text:?} {cause}")))
    })
    .collect()
}

/// Writes a key down as one of this ledger's; an entry says so.
///
/// # Errors
/// As any query.
pub async fn add_key(
    store: &Store,
    key: &VerifierKey,
    by: &Actor,
    at: Timestamp,
) -> Result<(), LedgerError> {
    let mut act = Act::begin(store, by, at).await?;
    let text = key.to_string();
    let added = act
        .execute(
            "INSERT INTO ledger_key (verifier_key, added_at) VALUES ($1, $2) ON CONFLICT (verifier_key) DO NOTHING",
            params![&text, at],
        )
        .await?;
    if added > 0 {
        act.record(Entry::done("ledger.key-added", Record::of("ledger", "key")).with("key", text))
            .await?;
        act.commit().await?;
    }
    Ok(())
}

/// The ledger's key for a program that starts: the file's, if it is one of this ledger's; for a ledger that has none yet,
/// the file's, or a new one of this name.
///
/// # Errors
/// [`LedgerError::Elsewhere`] when the ledger has a key and it is not in the file.
pub async fn open_key(
    store: &Store,
    file: &Path,
    origin: &str,
    by: &Actor,
    at: Timestamp,
) -> Result<LedgerKey, LedgerError> {
    let known = keys(&mut store.clone()).await?;
    let found = LedgerKey::read(file)?;
    match found {
        Some(key) if known.is_empty() || known.contains(key.verifier()) => {
            add_key(store, key.verifier(), by, at).await?;
            Ok(key)
        }
        None if known.is_empty() => {
            let key = LedgerKey::create(file, origin)?;
            add_key(store, key.verifier(), by, at).await?;
            Ok(key)
        }
        _ => Err(LedgerError::Elsewhere(file.to_owned())),
    }
}
