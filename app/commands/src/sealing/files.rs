//! Files are written whole, for their owner alone, and over nothing.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
};

use anyhow::Context as _;
use mandate_language::Arg;

use super::Speech;

/// The longest file that is read whole, in bytes: an index and its header.
const LONGEST: u64 = 32 << 20;

pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Reads a file that cannot be long.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_end(&mut bytes))
        .with_context(|| shown(path))?;
    Ok(bytes)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes a new file: in another place first (only its owner may read it), then by its name. A file of that name stays.
pub(super) fn write(speech: &Speech, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_with(speech, path, |file| Ok(file.write_all(bytes)?))
}

/// Writes a new file by parts; if one of them fails, there is no file.
pub(super) fn write_with(
    speech: &Speech,
    path: &Path,
    fill: impl FnOnce(&mut fs::File) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut file =
        tempfile::NamedTempFile::new_in(folder_of(path)).with_context(|| shown(folder_of(path)))?;
    fill(file.as_file_mut())?;
    file.as_file().sync_all().with_context(|| shown(path))?;
    match file.persist_noclobber(path) {
        Ok(_) => lasting(path),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
            speech.fails("sealing-exists", &[("file", Arg::from(shown(path)))])
        }
        Err(error) => Err(error.error).with_context(|| shown(path)),
    }
}

/// Puts a file in the place of another, at once. For lists that are meant to be renewed.
pub(super) fn renew(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut file =
        tempfile::NamedTempFile::new_in(folder_of(path)).with_context(|| shown(folder_of(path)))?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .with_context(|| shown(path))?;
    file.persist(path).with_context(|| shown(path))?;
    lasting(path)
}

/// A file's name outlives a power cut once its folder was synced.
fn lasting(path: &Path) -> anyhow::Result<()> {
    fs::File::open(folder_of(path))
        .and_then(|folder| folder.sync_all())
        .with_context(|| shown(folder_of(path)))
}

/// Makes a folder for its owner alone, if there is none.
pub(super) fn folder(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| shown(path))
}
