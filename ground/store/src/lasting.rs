//! Names that outlive a power cut.
//!
//! A file's bytes last once the file was synced; that it has its name lasts once the folder was, and that the folder has
//! its own once the one above it was.

use std::{io, path::Path};

/// Makes the names in a folder last: of files that were made, renamed or taken away there.
///
/// # Errors
/// When the disk refuses. A system that knows no syncing of folders is no error.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // The folder of a bare file name.
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    #[cfg(unix)]
    {
        match std::fs::File::open(folder)?.sync_all() {
            // Some network disks answer so.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            done => done,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        Ok(())
    }
}

/// Makes a folder's names last, and its own and those of all above it, as far as this program may read there: for a folder
/// that was just made, perhaps with some of those above it.
///
/// # Errors
/// As [`sync_folder`], for the folder itself.
pub fn sync_folders(folder: &Path) -> io::Result<()> {
    sync_folder(folder)?;
    let whole = std::path::absolute(folder)?;
    for above in whole.ancestors().skip(1) {
        // Where we may not even look, we made nothing.
        if let Err(error) = sync_folder(above)
            && !matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            )
        {
            return Err(error);
        }
    }
    Ok(())
}
