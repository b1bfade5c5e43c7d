//! The office folder and the case folder.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use mandate_language::Arg;
use mandate_sealing::{CaseSecrets, Made, PersonSecret, Reader, open_grant};
use mandate_vault::{
    CaseChain, CaseId, CaseStatement, Certificate, Directory, Kind, OfficeKey, Revocations, Sealed,
    bytes_of, text_of,
};
use serde::{Deserialize, Serialize};

use super::{Holder, Speech, Worded as _, files, phrase::Phrases};

pub(super) const OFFICE: &str = "office.pub";
pub(super) const OFFICE_SECRET: &str = "office.key.age";
pub(super) const CERTIFICATES: &str = "certificates";
pub(super) const REVOCATIONS: &str = "revocations.txt";
const MEMORY: &str = "memory.json";
const STATEMENTS: &str = "statements";
const GRANTS: &str = "grants";

/// What was seen: numbers that only grow, each with the digest of what had it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Memory(BTreeMap<String, (u64, String)>);

/// What an office's people trust.
pub(super) struct Office<'s> {
    speech: &'s Speech,
    folder: PathBuf,
    pub(super) key: OfficeKey,
    memory: Memory,
}

impl<'s> Office<'s> {
    pub(super) fn open(speech: &'s Speech, folder: &Path) -> anyhow::Result<Self> {
        let text = files::read(&folder.join(OFFICE))?;
        let text = String::from_utf8_lossy(&text);
        let memory = match fs::read(folder.join(MEMORY)) {
            // A memory that cannot be read is not one that is empty.
            Ok(bytes) => serde_json::from_slice(&bytes).context(MEMORY)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Memory::default(),
            Err(error) => return Err(error).context(MEMORY),
        };
        Ok(Self {
            speech,
            folder: folder.to_owned(),
            key: OfficeKey::read(text.trim()).worded(speech)?,
            memory,
        })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(super) fn known(&self, name: &str) -> Option<(u64, [u8; 32])> {
        let (number, digest) = self.memory.0.get(name)?;
        Some((*number, bytes_of(digest).ok()?))
    }

    /// Remembers what was seen, before anything is done with it.
    pub(super) fn seen(&mut self, name: &str, number: u64, digest: [u8; 32]) -> anyhow::Result<()> {
        if self.known(name).is_some_and(|(known, _)| known >= number) {
            return Ok(());
        }
        let entry = (number, text_of(&digest));
        self.memory.0.insert(name.to_owned(), entry);
        let text = serde_json::to_vec_pretty(&self.memory)?;
        files::renew(&self.path(MEMORY), &text)
    }

    pub(super) fn certificates(&self) -> anyhow::Result<Vec<Certificate>> {
        let mut all = Vec::new();
        for path in sorted(&self.path(CERTIFICATES))? {
            let read = Certificate::read(&files::read(&path)?).worded(self.speech);
            all.push(read.with_context(|| files::shown(&path))?);
        }
        Ok(all)
    }

    pub(super) fn revocations(&self) -> anyhow::Result<Revocations> {
        Revocations::read(&files::read(&self.path(REVOCATIONS))?).worded(self.speech)
    }

    /// Whose keys can be trusted, as the folder says and memory allows.
    pub(super) fn directory(&mut self) -> anyhow::Result<Directory> {
        let list = self.revocations()?;
        if let Some((number, digest)) = self.known("revocations") {
            list.follows(number, &digest).worded(self.speech)?;
        }
        let (number, digest) = (list.number, list.digest());
        let all = self.certificates()?;
        let directory = Directory::of(self.key, all, list, self.speech.now).worded(self.speech)?;
        self.seen("revocations", number, digest)?;
        Ok(directory)
    }

    /// Opens a person's wrapped key.
    pub(super) fn unlock(
        &self,
        holder: &Holder,
        phrases: &mut Phrases<'_>,
    ) -> anyhow::Result<PersonSecret> {
        let wrap = sealed(self.speech, &holder.file, Kind::PassphraseWrap)?;
        let passphrase = phrases.known(holder.person.as_str())?;
        PersonSecret::unwrap(&wrap, &passphrase, &holder.person, &self.key)
            .worded(self.speech)
            .with_context(|| files::shown(&holder.file))
    }

    /// The statements of a case, as its folder says and memory allows.
    pub(super) fn chain(
        &mut self,
        folder: &Path,
        directory: &Directory,
    ) -> anyhow::Result<CaseChain> {
        let mut chain = Vec::new();
        for path in sorted(&folder.join(STATEMENTS))? {
            let read = CaseStatement::read(&files::read(&path)?).worded(self.speech);
            chain.push(read.with_context(|| files::shown(&path))?);
        }
        let case = match chain.first() {
            Some(first) => first.case.clone(),
            None => CaseId::new("-").worded(self.speech)?,
        };
        let name = format!("case/{case}");
        let chain = CaseChain::verify(chain, &case, directory, self.known(&name))
            .worded(self.speech)
            .with_context(|| files::shown(folder))?;
        let latest = chain.latest();
        self.seen(&name, latest.number, latest.digest())?;
        Ok(chain)
    }
}

/// The files of a folder by name.
fn sorted(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = fs::read_dir(folder)
        .with_context(|| files::shown(folder))?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    all.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    all.sort();
    Ok(all)
}

/// A ciphertext out of a file.
pub(super) fn sealed(speech: &Speech, path: &Path, kind: Kind) -> anyhow::Result<Sealed> {
    Sealed::read(files::read(path)?, kind)
        .worded(speech)
        .with_context(|| files::shown(path))
}

fn grant_file(folder: &Path, person: &str, generation: u64) -> PathBuf {
    folder
        .join(GRANTS)
        .join(format!("{person}.{generation}.age"))
}

/// All keys of a case that a reader has grants for.
pub(super) fn secrets(
    speech: &Speech,
    folder: &Path,
    reader: Reader<'_>,
    chain: &CaseChain,
    directory: &Directory,
) -> anyhow::Result<CaseSecrets> {
    let mut secrets = CaseSecrets::new(chain.latest().case.clone());
    let mut found = false;
    for key in &chain.latest().keys {
        let path = grant_file(folder, reader.person.as_str(), key.generation);
        if !path.exists() {
            continue;
        }
        let grant = sealed(speech, &path, Kind::Grant)?;
        open_grant(
            &grant,
            key.generation,
            reader,
            chain,
            directory,
            &mut secrets,
        )
        .worded(speech)
        .with_context(|| files::shown(&path))?;
        found = true;
    }
    if found {
        Ok(secrets)
    } else {
        let args = [("person", Arg::from(reader.person.as_str()))];
        speech.fails("sealing-no-grant", &args)
    }
}

/// Writes grants and then the statement, so that a statement never names a grant that is not there.
pub(super) fn keep(speech: &Speech, folder: &Path, made: &Made) -> anyhow::Result<()> {
    files::folder(&folder.join(STATEMENTS))?;
    files::folder(&folder.join(GRANTS))?;
    for (to, generation, grant) in &made.grants {
        let path = grant_file(folder, to.person.as_str(), *generation);
        files::renew(&path, grant.as_bytes())?;
    }
    let name = format!("{:06}.txt", made.statement.number);
    let path = folder.join(STATEMENTS).join(name);
    files::write(speech, &path, made.statement.text().as_bytes())
}
