//! The record of changes: checking an exported copy, which needs nothing but the copy; and, through the program that knows
//! the office, exporting it, its key, its witnesses and its readers.

use std::{
    fs,
    io::{Read as _, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use mandate_ledger_tree::{Files, Trust, note::VerifierKey, verify};

/// What can be done with the ledger.
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Checks an exported copy, offline; without one, the office's own ledger. Exits with 1 when something does not fit.
    Verify {
        /// The folder or ZIP file that `mandate ledger export` wrote.
        export: Option<PathBuf>,
        /// The ledger's verifier key, as its office gave it to you (`mandate ledger key`); several after a change of key.
        #[arg(long)]
        key: Vec<VerifierKey>,
        /// The key of a witness that must have cosigned.
        #[arg(long)]
        witness: Vec<VerifierKey>,
        /// A checkpoint that you kept from earlier: the ledger must still begin so.
        #[arg(long)]
        seen: Vec<PathBuf>,
        /// The copy holds hashes alone (`mandate ledger export --hashes-alone`).
        #[arg(long)]
        hashes_alone: bool,
    },
    /// Writes a copy that can be checked without the office: hashes, content with salts, the newest checkpoint.
    Export {
        /// A new folder, or a new file that ends in .zip.
        to: PathBuf,
        /// Leaves content and salts out, for bodies that may know how much was recorded when, but not what.
        #[arg(long)]
        hashes_alone: bool,
    },
    /// Shows the verifier key, and makes the ledger's key where there is none.
    Key {
        /// The log's name for a new key: most often the office's address without https://, and /ledger.
        #[arg(long)]
        origin: Option<String>,
        /// Puts the present key aside and makes a new one: after a key was lost, or an older backup restored.
        #[arg(long)]
        new: bool,
    },
    /// Asks witnesses to cosign: all that the office has, or the one at an address.
    Witness {
        /// The witness's submission prefix: https://witness.example.org
        url: Option<String>,
        /// The witness's verifier key; needed once.
        #[arg(long)]
        key: Option<VerifierKey>,
    },
    /// Gives a body outside the office an address under which it can fetch checkpoints and tiles; lists them without one.
    Reader {
        /// As the office calls the body.
        name: Option<String>,
        /// Ends its address.
        #[arg(long)]
        end: bool,
    },
    /// Destroys what entries say of people. That there were entries stays, and the tree with them.
    Erase {
        /// Numbers of entries.
        #[arg(long, num_args = 1..)]
        entry: Vec<i64>,
        /// All entries about a record: KIND/ID, as the page of the ledger shows it.
        #[arg(long)]
        record: Vec<String>,
        /// All entries by a person: the identifier.
        #[arg(long)]
        person: Vec<String>,
        /// Why; it stays in the ledger, so no word of what is erased.
        #[arg(long)]
        reason: String,
    },
}

impl Ledger {
    /// Whether this needs the office and not files alone.
    pub fn needs_office(&self) -> bool {
        !matches!(
            self,
            Ledger::Verify {
                export: Some(_),
                ..
            }
        )
    }
}

pub(crate) fn ledger(told: &Ledger, to: &mut dyn Write) -> anyhow::Result<()> {
    let Ledger::Verify {
        export: Some(export),
        key,
        witness,
        seen,
        hashes_alone,
    } = told
    else {
        bail!("this needs the office's data: run it with the program `mandate`");
    };
    let seen = seen
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            Ok((file.display().to_string(), text))
        })
        .collect::<anyhow::Result<_>>()?;
    let trust = Trust {
        keys: key.clone(),
        witnesses: witness.clone(),
        seen,
        hashes_alone: *hashes_alone,
    };
    let found = if export.is_dir() {
        verify(&mut Folder(export.clone()), &trust)
    } else {
        let file =
            fs::File::open(export).with_context(|| format!("cannot read {}", export.display()))?;
        let pack = zip::ZipArchive::new(file)
            .with_context(|| format!("{} is no ZIP file and no folder", export.display()))?;
        verify(&mut Pack(pack), &trust)
    };
    for finding in &found.findings {
        writeln!(to, "{finding}")?;
    }
    if !found.findings.is_empty() {
        bail!(
            "the ledger in {} does not verify: {} findings",
            export.display(),
            found.findings.len()
        );
    }
    writeln!(to, "the ledger of {} verifies", found.origin)?;
    writeln!(
        to,
        "{} entries, {} of them erased",
        found.size, found.erased
    )?;
    writeln!(to, "root {}", hex::encode(found.root))?;
    if !found.with_content {
        writeln!(to, "hashes alone: what the entries say was not checked")?;
    }
    for (witness, time) in &found.cosigned {
        writeln!(to, "cosigned by {witness} (seconds since 1970: {time})")?;
    }
    if key.is_empty() {
        writeln!(
            to,
            "checked against the key in the copy itself; compare it with the one that the office gave you:"
        )?;
        for key in &found.keys {
            writeln!(to, "  {key}")?;
        }
    }
    if witness.is_empty() && trust.seen.is_empty() {
        writeln!(
            to,
            "no witness and no earlier checkpoint was given: a ledger that was written anew, and signed by the same key, \
             would pass"
        )?;
    }
    Ok(())
}

struct Folder(PathBuf);

impl Folder {
    fn walk(&self, at: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
        for entry in fs::read_dir(at)? {
            let path = entry?.path();
            if path.is_dir() {
                self.walk(&path, found)?;
                continue;
            }
            let parts = path.strip_prefix(&self.0).unwrap_or(&path).components();
            let parts: Vec<_> = parts
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            found.push(parts.join("/"));
        }
        Ok(())
    }
}

impl Files for Folder {
    fn names(&mut self) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        self.walk(&self.0, &mut found)
            .map_err(|error| error.to_string())?;
        Ok(found)
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        fs::read(self.0.join(name)).map_err(|error| error.to_string())
    }
}

/// Bytes of one file in a ZIP file: far more than a tile or a bundle's content takes.
const LARGEST: u64 = 64 << 20;

struct Pack(zip::ZipArchive<fs::File>);

impl Files for Pack {
    fn names(&mut self) -> Result<Vec<String>, String> {
        Ok(self.0.file_names().map(str::to_owned).collect())
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let file = self.0.by_name(name).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        file.take(LARGEST)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        Ok(bytes)
    }
}
