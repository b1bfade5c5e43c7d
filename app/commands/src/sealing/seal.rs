//! `mandate seal`: a file becomes a field or an attachment of a case.

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use mandate_language::Arg;
use mandate_sealing::{Label, Manifest, PART, Part, Signer, digest_of, seal as seal_field};
use mandate_vault::{CaseChain, Directory, FieldName, Refusal, Version, Why};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{
    Holder, Speech, Worded as _, files, folders::Office, grant::Case, holder, phrase::Phrases,
};

/// What `mandate seal` is told.
#[derive(Debug, Args)]
pub struct Seal {
    #[command(flatten)]
    case: Case,
    /// The file that is sealed.
    file: PathBuf,
    /// The field that it becomes. Without one, it becomes an attachment.
    #[arg(long, value_name = "NAME")]
    field: Option<FieldName>,
    /// The version of the field, one more than the last.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    version: Version,
    /// Who signs it. Without a person only public keys are needed, and nobody can tell who wrote it.
    #[arg(long = "as", value_name = "PERSON=FILE", value_parser = holder)]
    by: Option<Holder>,
    /// The file for the sealed field; for an attachment the folder in which its own folder is made.
    #[arg(long = "to", value_name = "FILE")]
    target: PathBuf,
}

/// Does what is told.
pub(crate) fn seal(told: &Seal, to: &mut dyn Write) -> anyhow::Result<()> {
    let speech = Speech::of(&told.case.told)?;
    let mut office = Office::open(&speech, &told.case.told.office)?;
    let directory = office.directory()?;
    let chain = office.chain(&told.case.folder, &directory)?;
    let mut phrases = Phrases::of(&speech, &told.case.told)?;
    let secret = match &told.by {
        Some(by) => Some(office.unlock(by, &mut phrases)?),
        None => None,
    };
    let signer = match &secret {
        Some(secret) => Some(Signer::new(secret, &directory).worded(&speech)?),
        None => None,
    };
    let label = |field: FieldName, version| Label {
        case: chain.latest().case.clone(),
        field,
        version,
        made: speech.now,
    };
    let target = match &told.field {
        Some(field) => {
            let name = format!("field/{}/{field}", chain.latest().case);
            if let Some((known, _)) = office.known(&name)
                && told.version <= known
            {
                // Readers who saw that one would refuse this one.
                let refusal = Refusal::new(Why::FieldOlder)
                    .with("number", told.version)
                    .with("known", known);
                return Err(speech.refused(&refusal));
            }
            let body = Zeroizing::new(files::read(&told.file)?);
            let label = label(field.clone(), told.version);
            let sealed = seal_field(&label, &body, &chain, &directory, signer).worded(&speech)?;
            files::write(&speech, &told.target, sealed.as_bytes())?;
            office.seen(&name, told.version, digest_of(&sealed))?;
            told.target.clone()
        }
        None => {
            let manifest = attachment(&speech, told, &chain, &directory)?;
            let folder = told.target.join(&manifest.upload);
            let label = label(manifest.field().worded(&speech)?, 1);
            let body = Zeroizing::new(manifest.text().into_bytes());
            let sealed = seal_field(&label, &body, &chain, &directory, signer).worded(&speech)?;
            // The manifest is the last: without it there is no attachment.
            files::write(&speech, &folder.join(MANIFEST), sealed.as_bytes())?;
            folder
        }
    };
    let args = [("file", Arg::from(files::shown(&target)))];
    writeln!(to, "{}", speech.says("sealing-sealed", &args)?)?;
    Ok(())
}

pub(super) const MANIFEST: &str = "manifest.age";

pub(super) fn part_file(folder: &Path, index: u64) -> PathBuf {
    folder.join(format!("part-{index:04}.age"))
}

/// Seals the parts of a file into a folder of their own.
fn attachment(
    speech: &Speech,
    told: &Seal,
    chain: &CaseChain,
    directory: &Directory,
) -> anyhow::Result<Manifest> {
    let shown = || files::shown(&told.file);
    let mut file = File::open(&told.file).with_context(shown)?;
    let size = file.metadata().with_context(shown)?.len();
    let (mut hash, mut buffer) = (Sha256::new(), Zeroizing::new(vec![0; PART]));
    loop {
        let read = file.read(&mut buffer).with_context(shown)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    let name = told.file.file_name().unwrap_or_default().to_string_lossy();
    let media = "application/octet-stream";
    let manifest = Manifest::new(&name, media, size, hash.finalize().into()).worded(speech)?;
    let folder = told.target.join(&manifest.upload);
    files::folder(&folder)?;
    let mut file = File::open(&told.file).with_context(shown)?;
    for index in 0..manifest.total {
        let part = Part { index };
        // A file that became shorter meanwhile is refused by its part's length.
        let mut content = Zeroizing::new(Vec::with_capacity(PART));
        (&mut file)
            .take(manifest.length(part))
            .read_to_end(&mut content)
            .with_context(shown)?;
        let sealed = manifest
            .seal_part(part, &content, chain, directory)
            .worded(speech)?;
        files::write(speech, &part_file(&folder, index), sealed.as_bytes())?;
        told_part(speech, index, manifest.total)?;
    }
    Ok(manifest)
}

/// Tells on standard error how far a long attachment is.
pub(super) fn told_part(speech: &Speech, index: u64, total: u64) -> anyhow::Result<()> {
    if total >= 16 && (index + 1).is_multiple_of(total / 8) {
        let args = [("part", Arg::from(index + 1)), ("total", Arg::from(total))];
        eprintln!("{}", speech.says("sealing-part", &args)?);
    }
    Ok(())
}
