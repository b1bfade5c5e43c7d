//! `mandate grant`: who has the key of a case.

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};
use mandate_language::Arg;
use mandate_sealing::{Made, Reader, Signer, add_people, new_case, renew_key};
use mandate_vault::{CaseId, PersonId};

use super::{
    Holder, Speech, Told, Worded as _, files,
    folders::{Office, keep, secrets},
    holder, person,
    phrase::Phrases,
};

/// Who has the key of a case.
#[derive(Debug, Subcommand)]
pub enum Grant {
    /// Makes a case with a key of its own, for people and for recovery, in a new folder.
    Case(NewCase),
    /// Gives the key to more people, or anew to those whose certificate was renewed.
    Add(People),
    /// Changes the key, for those who stay. Seal the fields again; what was sealed before stays readable to who left.
    Renew(People),
    /// Writes the secret keys of a case into a file for the age tool: `age -d -i FILE`. Delete it after use.
    Key(WriteKey),
}

/// What changes a case are told.
#[derive(Debug, Args)]
pub(crate) struct Case {
    #[command(flatten)]
    pub(super) told: Told,
    /// The folder of the case.
    #[arg(long = "case", value_name = "FOLDER")]
    pub(super) folder: PathBuf,
}

/// What `mandate grant case` is told.
#[derive(Debug, Args)]
pub struct NewCase {
    #[command(flatten)]
    case: Case,
    /// The opaque number of the case.
    number: String,
    /// Who makes it.
    #[arg(long = "as", value_name = "PERSON=FILE", value_parser = holder)]
    by: Holder,
    /// Who gets its key.
    #[arg(long = "to", value_name = "PERSON", value_parser = person)]
    people: Vec<PersonId>,
}

/// What `mandate grant add` and `renew` are told.
#[derive(Debug, Args)]
pub struct People {
    #[command(flatten)]
    case: Case,
    /// Who changes it.
    #[arg(long = "as", value_name = "PERSON=FILE", value_parser = holder)]
    by: Holder,
    /// Who gets the key (add).
    #[arg(long = "to", value_name = "PERSON", value_parser = person)]
    people: Vec<PersonId>,
    /// Who leaves (renew).
    #[arg(long, value_name = "PERSON", value_parser = person)]
    leave: Vec<PersonId>,
}

/// What `mandate grant key` is told.
#[derive(Debug, Args)]
pub struct WriteKey {
    #[command(flatten)]
    case: Case,
    /// Who opens it.
    #[arg(long = "as", value_name = "PERSON=FILE", value_parser = holder)]
    by: Holder,
    /// The file for the key.
    #[arg(long = "to", value_name = "FILE")]
    file: PathBuf,
}

/// Does what is told.
pub(crate) fn grant(told: &Grant, to: &mut dyn Write) -> anyhow::Result<()> {
    let words = match told {
        Grant::Case(told) => case(told)?,
        Grant::Add(told) => change(told, false)?,
        Grant::Renew(told) => change(told, true)?,
        Grant::Key(told) => key(told)?,
    };
    writeln!(to, "{words}")?;
    Ok(())
}

/// The people to whom something was granted, for a sentence.
pub(super) fn names(made: &Made) -> Arg {
    let mut all: Vec<String> = made
        .grants
        .iter()
        .map(|(to, _, _)| to.person.to_string())
        .collect();
    all.dedup();
    Arg::List(all)
}

fn case(told: &NewCase) -> anyhow::Result<String> {
    let speech = Speech::of(&told.case.told)?;
    let mut office = Office::open(&speech, &told.case.told.office)?;
    let directory = office.directory()?;
    let number = CaseId::new(told.number.as_str()).worded(&speech)?;
    if told.case.folder.exists() {
        let args = [("file", Arg::from(files::shown(&told.case.folder)))];
        return speech.fails("sealing-exists", &args);
    }
    let secret = office.unlock(&told.by, &mut Phrases::of(&speech, &told.case.told)?)?;
    let signer = Signer::new(&secret, &directory).worded(&speech)?;
    let made = new_case(&number, &told.people, signer, &directory, speech.now).worded(&speech)?;
    keep(&speech, &told.case.folder, &made)?;
    office.chain(&told.case.folder, &directory)?;
    speech.says("sealing-case-made", &[("people", names(&made))])
}

fn change(told: &People, renew: bool) -> anyhow::Result<String> {
    let speech = Speech::of(&told.case.told)?;
    let mut office = Office::open(&speech, &told.case.told.office)?;
    let directory = office.directory()?;
    let chain = office.chain(&told.case.folder, &directory)?;
    let secret = office.unlock(&told.by, &mut Phrases::of(&speech, &told.case.told)?)?;
    let signer = Signer::new(&secret, &directory).worded(&speech)?;
    let made = if renew {
        renew_key(&chain, &told.leave, signer, &directory, speech.now)
    } else {
        let reader = Reader {
            person: secret.person(),
            key: secret.key(),
        };
        let keys = secrets(&speech, &told.case.folder, reader, &chain, &directory)?;
        add_people(&chain, &keys, &told.people, signer, &directory, speech.now)
    }
    .worded(&speech)?;
    keep(&speech, &told.case.folder, &made)?;
    office.chain(&told.case.folder, &directory)?;
    let id = if renew {
        "sealing-renewed"
    } else {
        "sealing-granted"
    };
    speech.says(id, &[("people", names(&made))])
}

fn key(told: &WriteKey) -> anyhow::Result<String> {
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
    let mut text = zeroize::Zeroizing::new(String::new());
    for generation in (1..=chain.current().generation).rev() {
        if let Ok(key) = keys.key(generation) {
            text.push_str(&key.text());
            text.push('\n');
        }
    }
    files::write(&speech, &told.file, text.as_bytes())?;
    speech.says(
        "sealing-key-written",
        &[("file", Arg::from(files::shown(&told.file)))],
    )
}
