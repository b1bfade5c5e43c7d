//! The ledger's key, checkpoints and commands, put together with the office.

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::bail;
use mandate_commands::ledger::Ledger;
use mandate_ledger::{
    Act, Actor, LedgerKey, Rate, Record, Signed, add_key, add_reader, add_witness, checkpoint,
    cosign, end_reader, entries_about, entries_by, erase, export, open_key, readers, set_rate,
    settle, witnesses,
};
use mandate_office::Profile;
use mandate_store::{Clock, Store};

use crate::{Config, open_store};

/// How often the ledger is signed and shown to witnesses while the office is open.
const SIGNS: Duration = Duration::from_secs(600);

/// Where the ledger's key lies unless somebody says otherwise.
pub fn key_file(config: &Config) -> PathBuf {
    config.data.join("ledger-key")
}

/// The log's name for a new key: the office's address without its scheme.
fn origin(config: &Config) -> String {
    let address = config
        .origin
        .split_once("://")
        .map_or(config.origin.as_str(), |(_, rest)| rest);
    format!("{}/ledger", address.trim_end_matches('/'))
}

/// Sets the office's rate of readings, finds its key, and goes on signing as long as the office is open.
pub(crate) async fn begin(
    store: &Store,
    config: &Config,
    profile: &Profile,
    clock: &Clock,
    file: &Path,
) -> anyhow::Result<()> {
    let (by, at) = (Actor::program(), clock.now());
    let rate = Rate {
        readings: profile.reading_alarm.readings,
        minutes: profile.reading_alarm.minutes,
    };
    set_rate(store, rate, &by, at).await?;
    match open_key(store, file, &origin(config), &by, at).await {
        Ok(key) => {
            tokio::spawn(signing(store.clone(), key, clock.clone()));
        }
        Err(error) => tracing::error!(%error, "the ledger is written but not signed"),
    }
    Ok(())
}

async fn signing(store: Store, key: LedgerKey, clock: Clock) {
    loop {
        if let Err(error) = sign(&store, &key, &clock).await {
            tracing::error!(%error, "the ledger is written but not signed");
        }
        tokio::time::sleep(SIGNS).await;
    }
}

async fn sign(
    store: &Store,
    key: &LedgerKey,
    clock: &Clock,
) -> Result<Signed, mandate_ledger::LedgerError> {
    let signed = checkpoint(store, key, clock.now()).await?;
    for witness in witnesses(&mut store.clone()).await? {
        if let Err(error) = cosign(store, key, &witness, clock.now()).await {
            tracing::warn!(%error, "a checkpoint stands without a cosignature");
        }
    }
    Ok(signed)
}

/// The commands that need the office. False when something was found that does not fit.
///
/// # Errors
/// What cannot be done, in words that say what to do instead.
pub async fn run(
    config: &Config,
    file: &Path,
    told: &Ledger,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let store = open_store(config).await?;
    let db = &mut store.clone();
    let (by, at) = (Actor::command_line(), Clock::system().now());
    let key = || async { open_key(&store, file, &origin(config), &by, at).await };
    match told {
        Ledger::Verify { .. } => {
            let mut found = mandate_ledger::verify(db).await?;
            if let Some(key) = LedgerKey::read(file)?
                && let Err(error) = checkpoint(&store, &key, at).await
            {
                found.push(error.to_string());
            }
            for line in &found {
                writeln!(out, "{line}")?;
            }
            if found.is_empty() {
                let size = mandate_ledger::size(db).await?;
                writeln!(out, "{size} entries: all is well")?;
            }
            return Ok(found.is_empty());
        }
        Ledger::Export { to, hashes_alone } => {
            checkpoint(&store, &key().await?, at).await?;
            let made = export(&store, to, *hashes_alone).await?;
            let (size, erased) = (made.size, made.erased);
            writeln!(
                out,
                "{size} entries, {erased} of them erased, in {}",
                to.display()
            )?;
            if !hashes_alone {
                writeln!(
                    out,
                    "it holds all that the ledger says of people: keep it as you keep a backup"
                )?;
            }
        }
        Ledger::Key { origin: name, new } => {
            let key = match LedgerKey::read(file)? {
                Some(_) if name.is_some() && !new => {
                    bail!("{} is there already; --new replaces it", file.display())
                }
                Some(old) if *new => {
                    let aside = old.put_aside()?;
                    writeln!(out, "the key before lies in {}", aside.display())?;
                    fresh(
                        &store,
                        file,
                        name.clone().unwrap_or_else(|| origin(config)),
                        &by,
                        at,
                    )
                    .await?
                }
                None if *new || name.is_some() => {
                    fresh(
                        &store,
                        file,
                        name.clone().unwrap_or_else(|| origin(config)),
                        &by,
                        at,
                    )
                    .await?
                }
                _ => key().await?,
            };
            writeln!(out, "{}", key.verifier())?;
        }
        Ledger::Witness { url, key: theirs } => {
            let ours = key().await?;
            let mut asked = witnesses(db).await?;
            if let (Some(url), Some(theirs)) = (url, theirs) {
                asked = vec![add_witness(&store, theirs, url, &by, at).await?];
            } else if let Some(url) = url {
                asked.retain(|witness| witness.address == url.trim_end_matches('/'));
            }
            if asked.is_empty() {
                bail!("no witness is known there: give its address and its key (--key)");
            }
            for witness in &asked {
                let (size, when) = cosign(&store, &ours, witness, at).await?;
                writeln!(
                    out,
                    "{} cosigned {size} entries at {when}",
                    witness.key.name()
                )?;
            }
        }
        Ledger::Reader { name: None, .. } => {
            for reader in readers(db).await? {
                let ended = reader
                    .ended_at
                    .map(|at| format!(", ended {at}"))
                    .unwrap_or_default();
                writeln!(out, "{}, since {}{ended}", reader.name, reader.added_at)?;
            }
        }
        Ledger::Reader {
            name: Some(name),
            end: true,
        } => {
            end_reader(&store, name, &by, at).await?;
            writeln!(out, "{name} can fetch nothing any more")?;
        }
        Ledger::Reader {
            name: Some(name),
            end: false,
        } => {
            let ours = key().await?;
            let secret = add_reader(&store, name, &by, at).await?;
            writeln!(
                out,
                "the address for {name}, shown this once (after the office's own):"
            )?;
            writeln!(out, "/log/{secret}")?;
            writeln!(out, "the verifier key: {}", ours.verifier())?;
        }
        Ledger::Erase {
            entry,
            record,
            person,
            reason,
        } => {
            let mut numbers = entry.clone();
            for record in record {
                let Some((kind, id)) = record.split_once('/') else {
                    bail!("{record}: a record is written KIND/ID");
                };
                numbers.extend(entries_about(db, &Record::of(kind, id)).await?);
            }
            for person in person {
                numbers.extend(entries_by(db, person).await?);
            }
            let mut act = Act::begin(&store, &by, at).await?;
            let erased = erase(&mut act, &numbers, reason).await?;
            if erased.is_empty() {
                bail!("there is nothing to erase");
            }
            act.commit().await?;
            writeln!(out, "{} entries erased", erased.len())?;
            if !settle(&store).await? {
                writeln!(
                    out,
                    "the program is reading meanwhile: the database's journal lets go of them a little later"
                )?;
            }
            writeln!(
                out,
                "backups and exports made before hold them until you delete those"
            )?;
        }
    }
    Ok(true)
}

async fn fresh(
    store: &Store,
    file: &Path,
    origin: String,
    by: &Actor,
    at: jiff::Timestamp,
) -> anyhow::Result<LedgerKey> {
    let key = LedgerKey::create(file, &origin)?;
    add_key(store, key.verifier(), by, at).await?;
    Ok(key)
}
