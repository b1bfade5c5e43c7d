//! What a log says to a witness and hears from it (C2SP tlog-witness, `add-checkpoint`); the sending is done elsewhere.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use thiserror::Error;

use crate::{
    merkle::Hash,
    note::{Found, Note, VerifierKey, signature_of},
};

/// The body of a request: the size that the witness cosigned last, the proof that nothing before it changed, and the
/// checkpoint as it is signed.
pub fn request(old: u64, proof: &[Hash], note: &str) -> String {
    let mut body = format!("old {old}\n");
    for hash in proof {
        body.push_str(&BASE64_STANDARD.encode(hash));
        body.push('\n');
    }
    body.push('\n');
    body.push_str(note);
    body
}

/// A request, taken apart as a witness does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The size that the witness is said to have cosigned last.
    pub old: u64,
    /// The consistency proof from there.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub note: String,
}

impl Request {
    /// Reads a body; nothing when it is none.
    pub fn parse(body: &str) -> Option<Request> {
        let (head, note) = body.split_once("\n\n")?;
        let mut lines = head.split('\n');
        let number = lines.next()?.strip_prefix("old ")?;
        let old: u64 = number.parse().ok()?;
        let proof = lines
            .map(|line| BASE64_STANDARD.decode(line).ok()?.try_into().ok())
            .collect::<Option<Vec<Hash>>>()?;
        (old.to_string() == number && proof.len() <= 63).then(|| Request {
            old,
            proof,
            note: note.to_owned(),
        })
    }
}

/// What a witness answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Its cosignature: the line, and when, in seconds since 1970 UTC.
    Cosigned {
        /// The signature's line, with its end.
        line: String,
        /// The witness's time.
        time: u64,
    },
    /// It has cosigned another size than we said; ask again from there.
    Behind(u64),
}

/// Why there is no cosignature.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The witness does not know the log.
    #[error(
        "the witness does not know this log: give its keeper the verifier key (`mandate ledger key`)"
    )]
    UnknownLog,
    /// The witness knows the log under another key.
    #[error(
        "the witness knows this log under another key: give its keeper the verifier key (`mandate ledger key`)"
    )]
    UnknownKey,
    /// What the witness has cosigned is not the beginning of this log.
    #[error(
        "the witness refuses: what it cosigned before is not how this ledger begins. Either an older backup was restored, \
         or somebody changed the ledger: run `mandate ledger verify` and compare with the witness's checkpoint"
    )]
    OtherHistory,
    /// The answer holds no cosignature of the key that was given.
    #[error("the witness answered, but not with a cosignature of the key {0}")]
    OtherWitness(String),
    /// Another answer.
    #[error("the witness answered {status}: {body}")]
    Unexpected {
        /// HTTP's status.
        status: u16,
        /// The beginning of the body.
        body: String,
    },
}

/// Understands a witness's answer to a request for this note's text. `old` is the size that was said.
///
/// # Errors
/// [`Refused`], in words that say what to do.
pub fn answer(
    status: u16,
    body: &str,
    old: u64,
    text: &str,
    witness: &VerifierKey,
) -> Result<Answer, Refused> {
    match status {
        200 => {
            let note = Note {
                text: text.to_owned(),
                signatures: body
                    .split_inclusive('\n')
                    .filter_map(signature_of)
                    .filter(|found| found.name == witness.name() && found.id == witness.id())
                    .collect(),
            };
            match (note.by(witness), note.signatures.first()) {
                (Found::Good(Some(time)), Some(signature)) => Ok(Answer::Cosigned {
                    line: signature.line().to_owned(),
                    time,
                }),
                _ => Err(Refused::OtherWitness(witness.to_string())),
            }
        }
        404 => Err(Refused::UnknownLog),
        403 => Err(Refused::UnknownKey),
        422 => Err(Refused::OtherHistory),
        409 => match body.trim().parse::<u64>() {
            Ok(size) if size != old => Ok(Answer::Behind(size)),
            // The size is the one we said, and the roots differ.
            _ => Err(Refused::OtherHistory),
        },
        _ => Err(Refused::Unexpected {
            status,
            body: body.chars().take(200).collect(),
        }),
    }
}
