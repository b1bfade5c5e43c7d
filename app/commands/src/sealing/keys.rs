//! `mandate keys`: the office's key, people's keys, certificates, revocations.

use std::{io::Write, path::PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use mandate_language::Arg;
use mandate_sealing::{OfficeSecret, PersonSecret, Request};
use mandate_vault::{
    AHEAD, Kind, Lines, OfficeKey, PersonId, Recipient, Refusal, SigningKey, Why, Writing,
};

use super::{
    Holder, Speech, Told, Worded as _, Work, files,
    folders::{CERTIFICATES, OFFICE, OFFICE_SECRET, Office, REVOCATIONS, sealed},
    holder, person,
    phrase::Phrases,
};

const REQUEST: &str = "mandate-request/1";
const DAY: u64 = 86_400;
/// Until when the first list of revocations and each next one is good, in days.
const LIST: u64 = 90;

/// Keys for sealed files.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Makes the office's key and its first list of revocations in a new folder. On an offline machine only.
    Office(NewOffice),
    /// Makes a person's key: a wrapped file, and a request that the office certifies.
    Person(NewPerson),
    /// Certifies a request. On the offline machine only; compare the request's fingerprint with the person first.
    Certify(Certify),
    /// Makes the next list of revocations, with or without more revocations. On the offline machine only.
    Revoke(Revoke),
    /// Wraps a key by another passphrase, into a new file.
    Wrap(Rewrap),
}

/// What `mandate keys office` is told.
#[derive(Debug, clap::Args)]
pub struct NewOffice {
    #[command(flatten)]
    told: Told,
    #[command(flatten)]
    work: Work,
}

/// What `mandate keys person` is told.
#[derive(Debug, clap::Args)]
pub struct NewPerson {
    #[command(flatten)]
    told: Told,
    #[command(flatten)]
    work: Work,
    /// The person's opaque number.
    #[arg(value_parser = person)]
    person: PersonId,
    /// The file for the wrapped key; the request is written beside it.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// What `mandate keys certify` is told.
#[derive(Debug, clap::Args)]
pub struct Certify {
    #[command(flatten)]
    told: Told,
    /// The request.
    request: PathBuf,
    /// For how many days.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u64).range(1..=3660))]
    days: u64,
}

/// What `mandate keys revoke` is told.
#[derive(Debug, clap::Args)]
pub struct Revoke {
    #[command(flatten)]
    told: Told,
    /// Numbers of certificates; none for a list that is only newer.
    serials: Vec<u64>,
    /// Since when not to trust them, as a day; now if nothing is told.
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<jiff::civil::Date>,
}

/// What `mandate keys wrap` is told.
#[derive(Debug, clap::Args)]
pub struct Rewrap {
    #[command(flatten)]
    told: Told,
    #[command(flatten)]
    work: Work,
    /// The person and the file with the wrapped key.
    #[arg(value_name = "PERSON=FILE", value_parser = holder)]
    key: Holder,
    /// The file for the new wrap.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Does what is told.
pub(crate) fn keys(told: &Keys, to: &mut dyn Write) -> anyhow::Result<()> {
    let words = match told {
        Keys::Office(told) => office(&told.told, told.work.work)?,
        Keys::Person(told) => new_person(told)?,
        Keys::Certify(told) => certify(told)?,
        Keys::Revoke(told) => revoke(told)?,
        Keys::Wrap(told) => rewrap(told)?,
    };
    writeln!(to, "{words}")?;
    Ok(())
}

fn office(told: &Told, work: u8) -> anyhow::Result<String> {
    let speech = Speech::of(told)?;
    let folder = &told.office;
    let path = |name: &str| folder.join(name);
    if path(OFFICE).exists() {
        return speech.fails(
            "sealing-exists",
            &[("file", Arg::from(files::shown(folder)))],
        );
    }
    let who = speech.says("sealing-the-office", &[])?;
    let passphrase = Phrases::of(&speech, told)?.set(&who)?;
    let secret = OfficeSecret::generate(speech.now);
    let wrap = secret.wrap(&passphrase, work).worded(&speech)?;
    let key = secret.public().worded(&speech)?;
    let list = secret
        .revoke(None, &[], speech.now, speech.now + LIST * DAY)
        .worded(&speech)?;
    files::folder(&path(CERTIFICATES))?;
    files::write(&speech, &path(OFFICE_SECRET), wrap.as_bytes())?;
    files::write(&speech, &path(REVOCATIONS), list.text().as_bytes())?;
    files::write(&speech, &path(OFFICE), format!("{key}\n").as_bytes())?;
    speech.says(
        "sealing-office-made",
        &[("fingerprint", Arg::from(key.fingerprint()))],
    )
}

/// The office's secret, from the folder on the offline machine.
pub(super) fn office_secret(
    speech: &Speech,
    office: &Office<'_>,
    phrases: &mut Phrases<'_>,
) -> anyhow::Result<OfficeSecret> {
    let wrap = sealed(speech, &office.path(OFFICE_SECRET), Kind::PassphraseWrap)?;
    let who = speech.says("sealing-the-office", &[])?;
    let secret = OfficeSecret::unwrap(&wrap, &phrases.known(&who)?).worded(speech)?;
    if secret.public().worded(speech)? == office.key {
        Ok(secret)
    } else {
        Err(speech.refused(&Refusal::new(Why::OtherOffice).with("what", OFFICE_SECRET)))
    }
}

fn new_person(told: &NewPerson) -> anyhow::Result<String> {
    let speech = Speech::of(&told.told)?;
    let office = Office::open(&speech, &told.told.office)?;
    let who = told.person.as_str();
    let passphrase = Phrases::of(&speech, &told.told)?.set(who)?;
    let secret = PersonSecret::generate(told.person.clone(), office.key, speech.now);
    let wrap = secret.wrap(&passphrase, told.work.work).worded(&speech)?;
    let encryption = secret.encryption().worded(&speech)?;
    let signing = secret.signing().worded(&speech)?;
    let request = Writing::of(REQUEST)
        .line("office", office.key)
        .line("person", &told.person)
        .line("encryption", &encryption)
        .line("signing", signing)
        .into_text();
    files::write(&speech, &told.to, wrap.as_bytes())?;
    let beside = told.to.with_added_extension("request");
    files::write(&speech, &beside, request.as_bytes())?;
    speech.says(
        "sealing-person-made",
        &[
            ("person", Arg::from(who)),
            ("file", Arg::from(files::shown(&beside))),
            (
                "fingerprint",
                Arg::from(OfficeKey::from(signing).fingerprint()),
            ),
            ("office", Arg::from(office.key.fingerprint())),
        ],
    )
}

/// The next number of a certificate, and the certificate written into the folder.
pub(super) fn certified(
    speech: &Speech,
    office: &Office<'_>,
    secret: &OfficeSecret,
    request: Request,
) -> anyhow::Result<u64> {
    let all = office.certificates()?;
    let serial = all.iter().map(|one| one.serial).max().unwrap_or(0) + 1;
    let certificate = secret.certify(request, serial).worded(speech)?;
    let path = office.path(CERTIFICATES).join(format!("{serial:06}.txt"));
    files::write(speech, &path, certificate.text().as_bytes())?;
    Ok(serial)
}

fn certify(told: &Certify) -> anyhow::Result<String> {
    let speech = Speech::of(&told.told)?;
    let office = Office::open(&speech, &told.told.office)?;
    let text = files::read(&told.request)?;
    let read = || -> Result<_, Refusal> {
        let mut lines = Lines::of(&text, REQUEST, 4096)?;
        let by = lines.read("office", OfficeKey::read)?;
        let person = lines.read("person", PersonId::new)?;
        let encryption = lines.read("encryption", Recipient::new)?;
        let signing = lines.read("signing", SigningKey::read)?;
        lines.end()?;
        if by != office.key {
            return Err(Refusal::new(Why::OtherOffice).with("what", REQUEST));
        }
        if person.is_recovery() {
            return Err(Refusal::new(Why::WrongUse).with("person", person));
        }
        Ok((person, encryption, signing))
    };
    let (person, encryption, signing) = read()
        .worded(&speech)
        .with_context(|| files::shown(&told.request))?;
    let secret = office_secret(&speech, &office, &mut Phrases::of(&speech, &told.told)?)?;
    let request = Request {
        person: person.clone(),
        encryption,
        signing,
        // Machines disagree about the hour.
        not_before: speech.now.saturating_sub(AHEAD),
        not_after: speech.now + told.days * DAY,
    };
    let serial = certified(&speech, &office, &secret, request)?;
    speech.says(
        "sealing-certified",
        &[
            ("person", Arg::from(person.as_str())),
            ("serial", Arg::from(serial.to_string())),
            (
                "fingerprint",
                Arg::from(OfficeKey::from(signing).fingerprint()),
            ),
        ],
    )
}

fn revoke(told: &Revoke) -> anyhow::Result<String> {
    let speech = Speech::of(&told.told)?;
    let office = Office::open(&speech, &told.told.office)?;
    let before = office.revocations()?;
    let all = office.certificates()?;
    for serial in &told.serials {
        if !all.iter().any(|one| one.serial == *serial) {
            let args = [("serial", Arg::from(serial.to_string()))];
            return speech.fails("sealing-no-certificate", &args);
        }
    }
    let since = match told.since {
        Some(day) => {
            let midnight = day.to_datetime(jiff::civil::Time::midnight());
            let start = jiff::tz::TimeZone::UTC.to_timestamp(midnight)?;
            u64::try_from(start.as_second()).context("--since")?
        }
        None => speech.now,
    };
    let secret = office_secret(&speech, &office, &mut Phrases::of(&speech, &told.told)?)?;
    let revoked: Vec<_> = told.serials.iter().map(|serial| (*serial, since)).collect();
    let next = speech.now + LIST * DAY;
    let list = secret
        .revoke(Some(&before), &revoked, speech.now, next)
        .worded(&speech)?;
    files::renew(&office.path(REVOCATIONS), list.text().as_bytes())?;
    speech.says(
        "sealing-revoked",
        &[("number", Arg::from(list.number.to_string()))],
    )
}

fn rewrap(told: &Rewrap) -> anyhow::Result<String> {
    let speech = Speech::of(&told.told)?;
    let office = Office::open(&speech, &told.told.office)?;
    let mut phrases = Phrases::of(&speech, &told.told)?;
    let secret = office.unlock(&told.key, &mut phrases)?;
    let passphrase = phrases.set(told.key.person.as_str())?;
    let wrap = secret.wrap(&passphrase, told.work.work).worded(&speech)?;
    files::write(&speech, &told.to, wrap.as_bytes())?;
    speech.says(
        "sealing-wrapped",
        &[("file", Arg::from(files::shown(&told.to)))],
    )
}
