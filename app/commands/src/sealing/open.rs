//! `mandate open`: a sealed field or attachment becomes a file again, after every check.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use mandate_language::Arg;
use mandate_sealing::{
    CaseSecrets, Expected, Manifest, Opened, Part, Reader, digest_of, kind_of, open as open_field,
};
use mandate_vault::{Directory, FieldName, Refusal, Version, Why};
use sha2::{Digest as _, Sha256};

use super::{
    Holder, Speech, Worded as _, files,
    folders::{Office, sealed, secrets},
    grant::Case,
    holder,
    phrase::Phrases,
    seal::{MANIFEST, part_file, told_part},
};

/// What is opened, and what it must be.
#[derive(Debug, Args)]
pub(crate) struct What {
    /// The sealed field, or the folder of an attachment.
    pub(super) file: PathBuf,
    /// The field that it must be. For an attachment the folder's name says it.
    #[arg(long, value_name = "NAME")]
    pub(super) field: Option<FieldName>,
    /// The version that it must be; at least the one seen last if nothing is told.
    #[arg(long)]
    version: Option<Version>,
    /// Refuse what nobody certified has signed.
    #[arg(long)]
    signed: bool,
    /// The file that is written.
    #[arg(long = "to", value_name = "FILE")]
    pub(super) target: PathBuf,
}

/// What `mandate open` is told.
#[derive(Debug, Args)]
pub struct Open {
    #[command(flatten)]
    case: Case,
    #[command(flatten)]
    what: What,
    /// Who opens it.
    #[arg(long = "as", value_name = "PERSON=FILE", value_parser = holder)]
    by: Holder,
}

/// Does what is told.
pub(crate) fn open(told: &Open, to: &mut dyn Write) -> anyhow::Result<()> {
    let speech = Speech::of(&told.case.told)?;
    let mut office = Office::open(&speech, &told.case.told.office)?;
    let directory = office.directory()?;
    let chain = office.chain(&told.case.folder, &directory)?;
    let secret = office.unlock(&told.by, &mut Phrases::of(&speech, &told.case.told)?)?;
    let reader = Reader {
        person: secret.person(),
        key: secret.key(),
    };
    let keys = secrets(&speech, &told.case.folder, reader, &chain, &directory)?;
    let words = opened(&speech, &mut office, &told.what, &keys, &directory)?;
    writeln!(to, "{words}")?;
    Ok(())
}

/// The field that is asked for.
pub(super) fn field_of(speech: &Speech, what: &What) -> anyhow::Result<FieldName> {
    match &what.field {
        Some(field) => Ok(field.clone()),
        None if what.file.is_dir() => {
            let upload = what.file.file_name().unwrap_or_default().to_string_lossy();
            FieldName::new(format!("attachment/{upload}")).worded(speech)
        }
        None => speech.fails("sealing-which-field", &[]),
    }
}

/// Opens what is told with the keys at hand, and writes it.
pub(super) fn opened(
    speech: &Speech,
    office: &mut Office<'_>,
    what: &What,
    keys: &CaseSecrets,
    directory: &Directory,
) -> anyhow::Result<String> {
    let field = field_of(speech, what)?;
    let folder = what.file.is_dir();
    let file = if folder {
        what.file.join(MANIFEST)
    } else {
        what.file.clone()
    };
    let ciphertext = sealed(speech, &file, kind_of(&field))?;
    let name = format!("field/{}/{field}", keys.case());
    let expected = Expected {
        case: keys.case().clone(),
        field: field.clone(),
        version: what.version,
        known: office.known(&name),
        signed: what.signed,
    };
    let field_opened = open_field(&ciphertext, &expected, keys, directory)
        .worded(speech)
        .with_context(|| files::shown(&file))?;
    office.seen(&name, field_opened.version, digest_of(&ciphertext))?;
    if folder {
        let manifest = Manifest::read(&field_opened.body, &field).worded(speech)?;
        parts(speech, &what.file, &manifest, keys, &what.target)?;
    } else {
        files::write(speech, &what.target, &field_opened.body)?;
    }
    said(speech, &field_opened, &what.target)
}

/// Opens an attachment's parts in their order; if one is refused there is no file.
fn parts(
    speech: &Speech,
    folder: &Path,
    manifest: &Manifest,
    keys: &CaseSecrets,
    target: &Path,
) -> anyhow::Result<()> {
    if part_file(folder, manifest.total).exists() {
        let refusal = Refusal::new(Why::PartSurplus).with("total", manifest.total);
        return Err(speech.refused(&refusal));
    }
    files::write_with(speech, target, |file| {
        let mut hash = Sha256::new();
        for index in 0..manifest.total {
            let path = part_file(folder, index);
            if !path.exists() {
                let refusal = Refusal::new(Why::PartMissing)
                    .with("part", index + 1)
                    .with("total", manifest.total);
                return Err(speech.refused(&refusal));
            }
            let ciphertext = sealed(speech, &path, mandate_vault::Kind::Part)?;
            let content = manifest
                .open_part(Part { index }, &ciphertext, keys)
                .worded(speech)
                .with_context(|| files::shown(&path))?;
            hash.update(&*content);
            file.write_all(&content)?;
            told_part(speech, index, manifest.total)?;
        }
        if <[u8; 32]>::from(hash.finalize()) == manifest.digest {
            Ok(())
        } else {
            Err(speech.refused(&Refusal::new(Why::Digest)))
        }
    })
}

fn said(speech: &Speech, opened: &Opened, target: &Path) -> anyhow::Result<String> {
    let file = ("file", Arg::from(files::shown(target)));
    let version = ("version", Arg::from(opened.version.to_string()));
    match &opened.author {
        Some(author) => {
            let person = ("person", Arg::from(author.person.as_str()));
            speech.says("sealing-opened", &[file, version, person])
        }
        None => speech.says("sealing-opened-unsigned", &[file, version]),
    }
}
