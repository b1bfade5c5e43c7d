//! `mandate recover`: the recovery key on paper, and its use by two officers.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use mandate_language::Arg;
use mandate_sealing::{
    AgeKey, CaseSecrets, PersonSecret, Reader, Request, Share, Signer, add_people, join, record,
    split,
};
use mandate_vault::{AHEAD, CaseChain, Directory, FieldName, OfficeKey, PersonId, Refusal, Why};

use super::{
    Holder, Speech, Told, Worded as _, files,
    folders::{Office, keep, secrets},
    grant::{Case, names},
    holder,
    keys::{certified, office_secret},
    open::{What, field_of, opened},
    person,
    phrase::Phrases,
};

/// Of how many shares how many are needed.
const NEEDED: u8 = 3;
const MADE: u8 = 5;
const DAY: u64 = 86_400;

/// The recovery key.
#[derive(Debug, Subcommand)]
pub enum Recover {
    /// Makes the recovery key, certifies it, and writes five shares to be printed; any three give it back. On the offline
    /// machine only: the key itself is kept nowhere.
    Split(Split),
    /// Reads shares and says whether they give the certified key, without using it. For the yearly drill.
    Check(Check),
    /// Gives the key of a case anew to people. Two officers sign a record first.
    Grant(Regrant),
    /// Opens one file. Two officers sign a record first.
    Open(OpenOne),
}

/// What `mandate recover split` is told.
#[derive(Debug, Args)]
pub struct Split {
    #[command(flatten)]
    told: Told,
    /// For how many days the key is certified.
    #[arg(long, default_value_t = 3660, value_parser = clap::value_parser!(u64).range(1..=7320))]
    days: u64,
    /// The folder for the five files. Print them and destroy it.
    #[arg(long = "to", value_name = "FOLDER")]
    folder: PathBuf,
}

/// What `mandate recover check` is told.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    told: Told,
    /// Files with the shares, as they were printed or typed.
    #[arg(long = "share", value_name = "FILE")]
    shares: Vec<PathBuf>,
}

/// Two officers, three shares, a reason and its record.
#[derive(Debug, Args)]
pub(crate) struct Together {
    /// Files with the shares, as they were printed or typed; at least three.
    #[arg(long = "share", value_name = "FILE")]
    shares: Vec<PathBuf>,
    /// The two officers who open it, with their own keys.
    #[arg(long = "officer", value_name = "PERSON=FILE", value_parser = holder)]
    officers: Vec<Holder>,
    /// Why, in one line; it is written into the record.
    #[arg(long)]
    reason: String,
    /// The file for the record, which goes to the ledger. It is written before anything is opened.
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
}

/// What `mandate recover grant` is told.
#[derive(Debug, Args)]
pub struct Regrant {
    #[command(flatten)]
    case: Case,
    #[command(flatten)]
    together: Together,
    /// Who gets the key.
    #[arg(long = "to", value_name = "PERSON", value_parser = person, required = true)]
    people: Vec<PersonId>,
}

/// What `mandate recover open` is told.
#[derive(Debug, Args)]
pub struct OpenOne {
    #[command(flatten)]
    case: Case,
    #[command(flatten)]
    together: Together,
    #[command(flatten)]
    what: What,
}

/// Does what is told.
pub(crate) fn recover(told: &Recover, to: &mut dyn Write) -> anyhow::Result<()> {
    let words = match told {
        Recover::Split(told) => split_key(told)?,
        Recover::Check(told) => check(told)?,
        Recover::Grant(told) => grant(told)?,
        Recover::Open(told) => open(told)?,
    };
    writeln!(to, "{words}")?;
    Ok(())
}

fn split_key(told: &Split) -> anyhow::Result<String> {
    let speech = Speech::of(&told.told)?;
    let office = Office::open(&speech, &told.told.office)?;
    let secret = office_secret(&speech, &office, &mut Phrases::of(&speech, &told.told)?)?;
    let key = AgeKey::generate();
    let spare = PersonSecret::recovery(key.clone(), office.key, speech.now);
    let shares = split(&key, NEEDED, MADE).worded(&speech)?;
    files::folder(&told.folder)?;
    let signing = spare.signing().worded(&speech)?;
    for share in &shares {
        let heading = speech.says(
            "sealing-share-heading",
            &[
                ("share", Arg::from(u32::from(share.index()))),
                ("made", Arg::from(u32::from(MADE))),
                ("needed", Arg::from(u32::from(NEEDED))),
                ("office", Arg::from(office.key.fingerprint())),
            ],
        )?;
        let text = zeroize::Zeroizing::new(format!("# {heading}\n\n{}", share.print().as_str()));
        let path = told.folder.join(format!("share-{}.txt", share.index()));
        files::write(&speech, &path, text.as_bytes())?;
    }
    let request = Request {
        person: PersonId::recovery(),
        encryption: key.public().worded(&speech)?,
        signing,
        // Machines disagree about the hour.
        not_before: speech.now.saturating_sub(AHEAD),
        not_after: speech.now + told.days * DAY,
    };
    certified(&speech, &office, &secret, request)?;
    speech.says(
        "sealing-split",
        &[
            ("folder", Arg::from(files::shown(&told.folder))),
            (
                "fingerprint",
                Arg::from(OfficeKey::from(signing).fingerprint()),
            ),
        ],
    )
}

/// Joins shares and compares the key with the certified one.
fn joined(speech: &Speech, shares: &[PathBuf], directory: &Directory) -> anyhow::Result<AgeKey> {
    let mut all = Vec::new();
    for path in shares {
        let bytes = zeroize::Zeroizing::new(files::read(path)?);
        let text = zeroize::Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned());
        let rows = zeroize::Zeroizing::new(
            text.lines()
                .filter(|line| !line.trim_start().starts_with('#'))
                .fold(String::new(), |all, line| all + line + "\n"),
        );
        let share = Share::parse(&rows).worded(speech);
        all.push(share.with_context(|| files::shown(path))?);
    }
    let newest = directory.recovery().worded(speech)?;
    // Cases that were granted to an earlier recovery key open with the earlier shares.
    let mut joined = join(&all, &newest.encryption);
    for certificate in directory.of_person(&newest.person) {
        if let Err(refusal) = &joined
            && refusal.why() == Why::ShareOtherSet
        {
            joined = join(&all, &certificate.encryption);
        }
    }
    joined.worded(speech)
}

fn check(told: &Check) -> anyhow::Result<String> {
    let speech = Speech::of(&told.told)?;
    let directory = Office::open(&speech, &told.told.office)?.directory()?;
    joined(&speech, &told.shares, &directory)?;
    speech.says("sealing-shares-good", &[])
}

/// Two officers open their own keys, sign, the record is written; only then the shares are joined and grants opened.
struct Opened {
    spare: PersonSecret,
    keys: CaseSecrets,
}

fn together(
    speech: &Speech,
    office: &Office<'_>,
    told: (&Case, &Together),
    chain: &CaseChain,
    directory: &Directory,
    what: FieldName,
) -> anyhow::Result<Opened> {
    let (case, told) = told;
    let [one, other] = told.officers.as_slice() else {
        let refusal = Refusal::new(Why::TwoOfficers);
        return Err(speech.refused(&refusal));
    };
    let mut phrases = Phrases::of(speech, &case.told)?;
    let (one, other) = (
        office.unlock(one, &mut phrases)?,
        office.unlock(other, &mut phrases)?,
    );
    let officers = [
        Signer::new(&one, directory).worded(speech)?,
        Signer::new(&other, directory).worded(speech)?,
    ];
    let latest = chain.latest();
    let key = chain.current().generation;
    let made = record(
        latest.case.clone(),
        key,
        what,
        &told.reason,
        officers,
        speech.now,
    )
    .worded(speech)?;
    files::write(speech, &told.record, made.text().as_bytes())?;
    let spare = PersonSecret::recovery(
        joined(speech, &told.shares, directory)?,
        office.key,
        speech.now,
    );
    let reader = Reader {
        person: spare.person(),
        key: spare.key(),
    };
    let keys = secrets(speech, &case.folder, reader, chain, directory)?;
    Ok(Opened { spare, keys })
}

fn grant(told: &Regrant) -> anyhow::Result<String> {
    let speech = Speech::of(&told.case.told)?;
    let mut office = Office::open(&speech, &told.case.told.office)?;
    let directory = office.directory()?;
    let folder: &Path = &told.case.folder;
    let chain = office.chain(folder, &directory)?;
    let what = FieldName::new("grant").worded(&speech)?;
    let told_so = (&told.case, &told.together);
    let open = together(&speech, &office, told_so, &chain, &directory, what)?;
    let signer = Signer::new(&open.spare, &directory).worded(&speech)?;
    let made = add_people(
        &chain,
        &open.keys,
        &told.people,
        signer,
        &directory,
        speech.now,
    )
    .worded(&speech)?;
    keep(&speech, folder, &made)?;
    office.chain(folder, &directory)?;
    speech.says(
        "sealing-recovered",
        &[
            ("people", names(&made)),
            ("record", Arg::from(files::shown(&told.together.record))),
        ],
    )
}

fn open(told: &OpenOne) -> anyhow::Result<String> {
    let speech = Speech::of(&told.case.told)?;
    let mut office = Office::open(&speech, &told.case.told.office)?;
    let directory = office.directory()?;
    let chain = office.chain(&told.case.folder, &directory)?;
    let what = field_of(&speech, &told.what)?;
    let told_so = (&told.case, &told.together);
    let open = together(&speech, &office, told_so, &chain, &directory, what)?;
    opened(&speech, &mut office, &told.what, &open.keys, &directory)
}
