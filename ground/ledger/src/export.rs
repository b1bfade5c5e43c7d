//! Writing a copy of the ledger that is verified without the office: `mandate ledger export`.

use std::{
    collections::BTreeSet,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use mandate_ledger_tree::{
    export::{Export, Line, Sink},
    tile::WIDTH,
};
use mandate_store::{Query as _, Store, StoreError, params, sync_folder, sync_folders};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    LedgerError, keys, newest_checkpoint, newest_cosigned,
    seal::{Words, leaf_of, salt_of},
};

/// Entries that are read at a time.
const PAGE: u64 = 8 * WIDTH;

/// What an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many entries.
    pub size: u64,
    /// How many of them were erased.
    pub erased: u64,
}

struct Folder {
    place: PathBuf,
    made: BTreeSet<PathBuf>,
}

impl Sink for Folder {
    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.place.join(name);
        if let Some(folder) = path.parent()
            && !self.made.contains(folder)
        {
            fs::create_dir_all(folder)?;
            let within = folder.ancestors().take_while(|f| *f != self.place);
            self.made.extend(within.map(Path::to_owned));
        }
        let mut file = fs::File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }
}

struct Pack<W: io::Write + io::Seek>(ZipWriter<W>);

impl<W: io::Write + io::Seek> Sink for Pack<W> {
    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.0.start_file(name, options).map_err(io::Error::other)?;
        self.0.write_all(bytes)
    }
}

/// Writes the ledger as of its newest checkpoint: into a ZIP file when the name ends in `.zip`, else into a new folder.
/// With `hashes_alone` it holds no content and no salts, and may go to whoever may fetch tiles; otherwise it holds all that
/// the ledger says of people, and only its owner can read it on this machine.
///
/// # Errors
/// [`LedgerError::Input`] when no checkpoint was made or the place is taken; [`LedgerError::File`].
pub async fn export(store: &Store, to: &Path, hashes_alone: bool) -> Result<Exported, LedgerError> {
    if to.exists() {
        let words = format!("{} is there already; name a new place", to.display());
        return Err(LedgerError::Input(words));
    }
    if to
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("zip"))
    {
        let folder = to.parent().filter(|p| !p.as_os_str().is_empty());
        // A temporary file can be read by its owner alone, and keeps that when it gets its name.
        let whole = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
            .map_err(LedgerError::file(to))?;
        let mut pack = Pack(ZipWriter::new(io::BufWriter::new(whole)));
        let exported = write(store, &mut pack, to, hashes_alone).await?;
        let file = |error| LedgerError::file(to)(error);
        let whole = pack.0.finish().map_err(io::Error::other).map_err(file)?;
        let whole = whole
            .into_inner()
            .map_err(|error| file(error.into_error()))?;
        whole.as_file().sync_all().map_err(file)?;
        whole.persist(to).map_err(|error| file(error.error))?;
        sync_folder(folder.unwrap_or(Path::new(""))).map_err(file)?;
        Ok(exported)
    } else {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(to).map_err(LedgerError::file(to))?;
        let mut folder = Folder {
            place: to.to_owned(),
            made: BTreeSet::new(),
        };
        let exported = write(store, &mut folder, to, hashes_alone).await?;
        let file = |error| LedgerError::file(to)(error);
        folder
            .made
            .iter()
            .try_for_each(|made| sync_folder(made))
            .and_then(|()| sync_folders(to))
            .map_err(file)?;
        Ok(exported)
    }
}

async fn write(
    store: &Store,
    sink: &mut impl Sink,
    to: &Path,
    hashes_alone: bool,
) -> Result<Exported, LedgerError> {
    let file = |error| LedgerError::file(to)(error);
    let mut db = store.snapshot().await?;
    let newest = newest_checkpoint(&mut db).await?.ok_or_else(|| {
        LedgerError::Input("no checkpoint was made yet: run `mandate ledger key`".to_owned())
    })?;
    let cosigned = newest_cosigned(&mut db)
        .await?
        .filter(|cosigned| cosigned.note != newest.note);
    let mut export = Export::new(sink);
    let mut exported = Exported {
        size: newest.size,
        erased: 0,
    };
    let mut done = 0;
    while done < newest.size {
        let until = (done + PAGE).min(newest.size);
        let rows = db
            .rows(
                "SELECT * FROM ledger_entry WHERE seq > $1 AND seq <= $2 ORDER BY seq",
                params![
                    i64::try_from(done).unwrap_or(i64::MAX),
                    i64::try_from(until).unwrap_or(i64::MAX)
                ],
            )
            .await?;
        if rows.len() as u64 != until - done {
            return Err(StoreError::NotFound("entry of the ledger; run `mandate verify`").into());
        }
        for row in &rows {
            let line = match salt_of(row)? {
                None => {
                    exported.erased += 1;
                    Line::Erased
                }
                Some(salt) => Line::Content(Box::new(Words::of_row(row)?.into_content(&salt))),
            };
            let line = if hashes_alone { Line::Nothing } else { line };
            export.push(&leaf_of(row)?, &line).map_err(file)?;
        }
        done = until;
    }
    export
        .finish(
            &keys(&mut db).await?,
            &newest.note,
            cosigned.as_ref().map(|cosigned| cosigned.note.as_str()),
        )
        .map_err(file)?;
    Ok(exported)
}
