//! Witnesses: bodies outside the office that say they have seen no other history (C2SP tlog-witness).

use std::time::Duration;

use jiff::Timestamp;
use mandate_ledger_tree::{
    checkpoint::Checkpoint,
    note::{Says, VerifierKey},
    witness::{Answer, answer, request},
};
use mandate_store::{Query, Store, StoreError, params};

use crate::{Act, Actor, Entry, LedgerError, LedgerKey, Record, checkpoint, tree};

/// A body that cosigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Its public key.
    pub key: VerifierKey,
    /// Where it takes checkpoints: its submission prefix.
    pub address: String,
    /// The size that it cosigned last.
    pub size: u64,
}

/// How long a witness may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often we ask again when the witness is at another size than we thought.
const TIMES: usize = 3;
/// Bytes of an answer that are read.
const LONGEST: u64 = 64 << 10;

/// The witnesses that the office asks.
///
/// # Errors
/// As any query; [`LedgerError::Input`] for a key that cannot be read.
pub async fn witnesses(db: &mut impl Query) -> Result<Vec<Witness>, LedgerError> {
    db.rows("SELECT * FROM ledger_witness ORDER BY added_at", vec![])
        .await?
        .iter()
        .map(|row| {
            let text = row.text("verifier_key")?;
            Ok(Witness {
                key: text
                    .parse()
                    .map_err(|cause| LedgerError::Input(format!("{text:?} {cause}")))?,
                address: row.text("address")?,
                size: row.int("size")?.unsigned_abs(),
            })
        })
        .collect()
}

/// Takes a witness, or gives one that is there a new address.
///
/// # Errors
/// [`LedgerError::Input`] when the key is not a witness's or the address not one of the web.
pub async fn add_witness(
    store: &Store,
    key: &VerifierKey,
    address: &str,
    by: &Actor,
    at: Timestamp,
) -> Result<Witness, LedgerError> {
    if key.says() != Says::Cosigned {
        let words = "this is a log's key; a witness's key is of the type of cosignatures (4)";
        return Err(LedgerError::Input(words.to_owned()));
    }
    let address = address.trim_end_matches('/');
    if !(address.starts_with("https://") || address.starts_with("http://")) {
        let words = format!("{address} must begin with https://");
        return Err(LedgerError::Input(words));
    }
    let mut act = Act::begin(store, by, at).await?;
    act.execute(
        "INSERT INTO ledger_witness (verifier_key, address, size, added_at) VALUES ($1, $2, 0, $3) \
         ON CONFLICT (verifier_key) DO UPDATE SET address = $2",
        params![key.to_string(), address, at],
    )
    .await?;
    let entry = Entry::done("ledger.witness-added", Record::of("ledger", "witness"))
        .with("key", key.to_string())
        .with("address", address);
    act.record(entry).await?;
    act.commit().await?;
    witnesses(&mut store.clone())
        .await?
        .into_iter()
        .find(|witness| witness.key == *key)
        .ok_or(StoreError::NotFound("witness").into())
}

/// Asks a witness to cosign everything that is in the ledger; returns how many entries it cosigned, and its time. What it
/// has cosigned already is not asked for again.
///
/// # Errors
/// [`LedgerError::Refused`], [`LedgerError::Ahead`], [`LedgerError::Unreachable`]: each says what to do. The checkpoint
/// stands without the cosignature.
pub async fn cosign(
    store: &Store,
    key: &LedgerKey,
    witness: &Witness,
    at: Timestamp,
) -> Result<(u64, Timestamp), LedgerError> {
    let signed = checkpoint(store, key, at).await?;
    let name = witness.key.to_string();
    if let Some((_, when)) = signed.cosigned.iter().find(|(who, _)| *who == name) {
        return Ok((signed.size, *when));
    }
    let db = &mut store.clone();
    let (note, _) = Checkpoint::in_note(&signed.note)
        .map_err(|cause| LedgerError::Input(format!("the checkpoint {cause}")))?;
    let mut old = witness.size.min(signed.size);
    for _ in 0..TIMES {
        let proof = tree::prove_consistency(db, old, signed.size).await?;
        let (status, body) = send(&witness.address, request(old, &proof, &signed.note)).await?;
        match answer(status, &body, old, &note.text, &witness.key)? {
            Answer::Behind(size) if size > signed.size => {
                return Err(LedgerError::Ahead {
                    witnessed: size,
                    size: signed.size,
                });
            }
            Answer::Behind(size) => old = size,
            Answer::Cosigned { line, time } => {
                let when = Timestamp::from_second(i64::try_from(time).unwrap_or(i64::MAX))
                    .map_err(|_| {
                        LedgerError::Input("the witness's time is out of range".to_owned())
                    })?;
                keep(store, &signed, &name, &line, when).await?;
                return Ok((signed.size, when));
            }
        }
    }
    let cause = "it names another size each time";
    Err(unreachable(&witness.address, cause))
}

async fn keep(
    store: &Store,
    signed: &crate::Signed,
    witness: &str,
    line: &str,
    when: Timestamp,
) -> Result<(), StoreError> {
    let size = i64::try_from(signed.size).unwrap_or(i64::MAX);
    let mut tx = store.begin().await?;
    tx.execute(
        "INSERT INTO ledger_cosignature (size, verifier_key, witness, line, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (size, verifier_key, witness) DO NOTHING",
        params![size, &signed.key, witness, line, when],
    )
    .await?;
    tx.execute(
        "UPDATE ledger_witness SET size = $1 WHERE verifier_key = $2",
        params![size, witness],
    )
    .await?;
    tx.commit().await
}

fn unreachable(address: &str, cause: impl ToString) -> LedgerError {
    LedgerError::Unreachable {
        address: address.to_owned(),
        cause: cause.to_string(),
    }
}

async fn send(address: &str, body: String) -> Result<(u16, String), LedgerError> {
    let url = format!("{address}/add-checkpoint");
    let sent = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .build()
            .into();
        let mut response = agent.post(url).content_type("text/plain").send(body)?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(LONGEST)
            .read_to_string()?;
        Ok::<_, ureq::Error>((status, body))
    });
    sent.await
        .map_err(|error| unreachable(address, error))?
        .map_err(|error| unreachable(address, error))
}
