//! Sealed files on the command line: what the browser does, for machines without one, and what only an offline machine may.
//!
//! An *office folder* holds what its people trust: `office.pub` (compared by its fingerprint once), `certificates/`,
//! `revocations.txt`, and `memory.json` with the numbers seen; on the offline machine also `office.key.age`. A *case
//! folder* holds `statements/` and `grants/`. Passphrases come from the terminal or a file descriptor, never from
//! arguments; what is written is written whole, for its owner alone, and over nothing.

mod files;
mod folders;
mod grant;
mod keys;
mod open;
mod phrase;
mod recover;
mod seal;

pub(crate) use grant::Grant;
pub(crate) use keys::Keys;
pub(crate) use open::Open;
pub(crate) use recover::Recover;
pub(crate) use seal::Seal;

pub(crate) use grant::grant;
pub(crate) use keys::keys;
pub(crate) use open::open;
pub(crate) use recover::recover;
pub(crate) use seal::seal;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use mandate_language::{Arg, Language, Languages};
use mandate_vault::{PersonId, Refusal, Time, WORK, WORK_CEILING, WORK_FLOOR};

use crate::kinship::ReportLanguage;

/// What every command is told.
#[derive(Debug, Args)]
pub(crate) struct Told {
    /// The folder with the office's public key, certificates and list of revocations.
    #[arg(long, value_name = "FOLDER")]
    office: PathBuf,
    /// The language of what is said.
    #[arg(long, value_enum, default_value = "en")]
    language: ReportLanguage,
    /// A file descriptor from which passphrases are read, one a line, instead of the terminal.
    #[arg(long, value_name = "NUMBER")]
    passphrase_fd: Option<u32>,
}

/// A person and the file with the person's wrapped key.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    person: PersonId,
    file: PathBuf,
}

/// Reads `ana=keys/ana.key.age`.
fn holder(text: &str) -> Result<Holder, String> {
    let (person, file) = text
        .split_once('=')
        .ok_or_else(|| "PERSON=FILE".to_owned())?;
    Ok(Holder {
        person: PersonId::new(person).map_err(|_| "PERSON=FILE".to_owned())?,
        file: PathBuf::from(file),
    })
}

/// How much work a passphrase is made to cost.
#[derive(Debug, Args)]
pub(crate) struct Work {
    /// Two to this power is the work of scrypt for a passphrase; clients refuse less than 17 and more than 19.
    #[arg(long, default_value_t = WORK, value_parser = clap::value_parser!(u8).range(i64::from(WORK_FLOOR)..=i64::from(WORK_CEILING)))]
    work: u8,
}

fn person(text: &str) -> Result<PersonId, String> {
    PersonId::new(text).map_err(|_| "A-Z a-z 0-9 _ -".to_owned())
}

/// The words of the language that was asked for, and the hour.
struct Speech {
    languages: Languages,
    language: ReportLanguage,
    now: Time,
}

impl Speech {
    fn of(told: &Told) -> anyhow::Result<Self> {
        Ok(Self {
            languages: Languages::load()?,
            language: told.language,
            now: u64::try_from(jiff::Timestamp::now().as_second())
                .context("this machine's clock stands before 1970")?,
        })
    }

    fn language(&self) -> anyhow::Result<&Language> {
        let found = self.languages.get(self.language.tag());
        found.context("the language is missing")
    }

    fn says(&self, id: &str, args: &[(&str, Arg)]) -> anyhow::Result<String> {
        Ok(self.language()?.with(id, args))
    }

    /// A refusal in words.
    fn refused(&self, refusal: &Refusal) -> anyhow::Error {
        let args: Vec<(&str, Arg)> = refusal
            .facts()
            .iter()
            .map(|(name, value)| (*name, Arg::from(value)))
            .collect();
        match self.says(refusal.why().key(), &args) {
            Ok(words) => anyhow::Error::new(refusal.clone()).context(words),
            Err(error) => error,
        }
    }

    /// Fails with a label.
    fn fails<T>(&self, id: &str, args: &[(&str, Arg)]) -> anyhow::Result<T> {
        bail!(self.says(id, args)?)
    }
}

/// Words a refusal, with the file that it is about.
trait Worded<T> {
    fn worded(self, speech: &Speech) -> anyhow::Result<T>;
}

impl<T> Worded<T> for Result<T, Refusal> {
    fn worded(self, speech: &Speech) -> anyhow::Result<T> {
        self.map_err(|refusal| speech.refused(&refusal))
    }
}
