//! Files that belong to records: kept beside the database under their digest, described in the table `attachment`.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Id, Query, StoreError, Tx, params, sync_folder};

/// What is known of a stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its record.
    pub id: Id,
    /// SHA-256 of its bytes in hex: also its name on the disk.
    pub sha256: String,
    /// The name that the person gave it.
    pub file_name: String,
    /// Its media type, as the program found it.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
}

/// The folder in which attachments lie, two letters of the digest to a folder.
#[derive(Debug, Clone)]
pub struct Attachments {
    folder: PathBuf,
}

impl Attachments {
    /// Attachments under `folder`; it is made when the first file comes.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Attachments {
            folder: folder.into(),
        }
    }

    /// Writes the bytes to the disk (synced, under their digest) and the record into the transaction. When the
    /// transaction is dropped, the bytes stay behind unreferenced and harmless; `mandate verify` names them.
    ///
    /// # Errors
    /// [`StoreError::File`] when the disk refuses, [`StoreError::Database`] as any query.
    pub async fn add(
        &self,
        tx: &mut Tx,
        bytes: &[u8],
        file_name: &str,
        media_type: &str,
        at: jiff::Timestamp,
    ) -> Result<Attachment, StoreError> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let path = self.path(&sha256);
        let (files, bytes_of_file) = (self.clone(), bytes.to_owned());
        tokio::task::spawn_blocking(move || files.write(&path, &bytes_of_file))
            .await
            .map_err(|error| StoreError::File(std::io::Error::other(error)))??;
        let attachment = Attachment {
            id: Id::new(),
            sha256,
            file_name: file_name.to_owned(),
            media_type: media_type.to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        };
        tx.execute(
            "INSERT INTO attachment (id, sha256, file_name, media_type, size, added_at) VALUES ($1,$2,$3,$4,$5,$6)",
            params![attachment.id, &attachment.sha256, file_name, media_type, attachment.size, at],
        )
        .await?;
        Ok(attachment)
    }

    /// The bytes of an attachment, checked against their digest.
    ///
    /// # Errors
    /// [`StoreError::Attachment`] when they are missing or are not those that were stored.
    pub async fn bytes(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        let bad = || StoreError::Attachment(sha256.to_owned());
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let bytes = tokio::fs::read(self.path(sha256))
            .await
            .map_err(|_| bad())?;
        if hex::encode(Sha256::digest(&bytes)) == sha256 {
            Ok(bytes)
        } else {
            Err(bad())
        }
    }

    pub(crate) fn put(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        if hex::encode(Sha256::digest(bytes)) != sha256 {
            return Err(StoreError::Attachment(sha256.to_owned()));
        }
        Ok(self.write(&self.path(sha256), bytes)?)
    }

    /// Writes a file if it is not there, and makes it last: its bytes, its name, and the folders that were made for it. One
    /// that is there may have been written a moment ago by somebody else, who has not come to its name yet.
    fn write(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        use std::io::Write as _;
        let folder = path.parent().unwrap_or(&self.folder);
        if !path.exists() {
            std::fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(path).map_err(|error| error.error)?;
        }
        sync_folder(folder)?;
        sync_folder(&self.folder)?;
        sync_folder(self.folder.parent().unwrap_or(Path::new("")))
    }

    fn path(&self, sha256: &str) -> PathBuf {
        self.folder
            .join(sha256.get(..2).unwrap_or("xx"))
            .join(sha256)
    }
}

/// The record of an attachment.
///
/// # Errors
/// As any query.
pub async fn attachment_by_id(
    db: &mut impl Query,
    id: Id,
) -> Result<Option<Attachment>, StoreError> {
    db.row(
        "SELECT id, sha256, file_name, media_type, size FROM attachment WHERE id = $1",
        params![id],
    )
    .await?
    .map(|row| {
        Ok(Attachment {
            id: row.id("id")?,
            sha256: row.text("sha256")?,
            file_name: row.text("file_name")?,
            media_type: row.text("media_type")?,
            size: row.int("size")?,
        })
    })
    .transpose()
}
