//! Signed notes (C2SP signed-note), with Ed25519: signatures of type 0x01, and cosignatures of witnesses with their time,
//! type 0x04 (C2SP tlog-cosignature, `cosignature/v1`).
//!
//! A key is written as `NAME+ID+BASE64`, its secret as `PRIVATE+KEY+NAME+ID+BASE64`, as Go's package of the same name and
//! the witnesses' programs write them. Everything is read in the one way in which it is written: a base64 text with stray
//! bits, or an ID in capitals, is refused.

use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Signatures that are read in one note; the specification asks for at least 16.
const SIGNATURES: usize = 100;
/// Bytes of a note that are read at most.
const LONGEST: usize = 64 << 10;

/// Why a note or a key cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// The text is not a signed note.
    #[error("is no signed note: {0}")]
    Note(&'static str),
    /// The text is not a key.
    #[error("is no key of a signed note: {0}")]
    Key(&'static str),
}

/// What a signature says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// A log's own signature: "this is my text".
    Signed,
    /// A witness's: "at this time I had seen no other history". The time stands in the signature.
    Cosigned,
}

impl Says {
    fn byte(self) -> u8 {
        match self {
            Says::Signed => 1,
            Says::Cosigned => 4,
        }
    }
}

fn id_of(name: &str, says: Says, key: &[u8; 32]) -> u32 {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', says.byte()])
        .chain_update(key)
        .finalize()
        .into();
    let [a, b, c, d, ..] = digest;
    u32::from_be_bytes([a, b, c, d])
}

fn fits_as_name(name: &str) -> bool {
    !name.is_empty()
        && !name
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

fn cosigned_text(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// `NAME+ID+BASE64(type ‖ key)`: the name, the type and the 32 bytes.
fn taken_apart(text: &str) -> Result<(String, Says, [u8; 32], u32), NoteError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(NoteError::Key("it must be NAME+ID+BASE64"));
    };
    if !fits_as_name(name) {
        return Err(NoteError::Key("a name holds no spaces and no +"));
    }
    let id = u32::from_str_radix(id, 16)
        .ok()
        .filter(|number| format!("{number:08x}") == id)
        .ok_or(NoteError::Key(
            "the ID must be eight hexadecimal digits in small letters",
        ))?;
    let bytes = BASE64_STANDARD
        .decode(bytes)
        .map_err(|_| NoteError::Key("its last part is no base64"))?;
    let (says, key) = match bytes.split_first() {
        Some((1, key)) => (Says::Signed, key),
        Some((4, key)) => (Says::Cosigned, key),
        _ => {
            return Err(NoteError::Key(
                "only Ed25519 (type 1) and its cosignatures (type 4) are known here",
            ));
        }
    };
    let key = key
        .try_into()
        .map_err(|_| NoteError::Key("an Ed25519 key has 32 bytes"))?;
    Ok((name.to_owned(), says, key, id))
}

/// A public key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    says: Says,
    id: u32,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The key's name: of a log, its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the hash over name, type and key.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What its signatures say.
    pub fn says(&self) -> Says {
        self.says
    }

    fn holds(&self, text: &str, bytes: &[u8]) -> Option<Option<u64>> {
        let (time, signature) = match self.says {
            Says::Signed => (None, bytes),
            Says::Cosigned => {
                let (time, signature) = bytes.split_first_chunk()?;
                (Some(u64::from_be_bytes(*time)), signature)
            }
        };
        let signature = Signature::from_bytes(signature.try_into().ok()?);
        let told = match time {
            None => text.to_owned(),
            Some(time) => cosigned_text(text, time),
        };
        self.key.verify_strict(told.as_bytes(), &signature).ok()?;
        Some(time)
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, says, bytes, id) = taken_apart(text)?;
        if id_of(&name, says, &bytes) != id {
            return Err(NoteError::Key("its ID does not belong to its name and key"));
        }
        let key = VerifyingKey::from_bytes(&bytes)
            .map_err(|_| NoteError::Key("its bytes are no Ed25519 key"))?;
        Ok(VerifierKey {
            name,
            says,
            id,
            key,
        })
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.says.byte()];
        bytes.extend(self.key.as_bytes());
        write!(
            f,
            "{}+{:08x}+{}",
            self.name,
            self.id,
            BASE64_STANDARD.encode(bytes)
        )
    }
}

/// A secret key with its name. It shows itself only through [`SignerKey::secret`].
#[derive(Clone)]
pub struct SignerKey {
    verifier: VerifierKey,
    key: SigningKey,
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({})", self.verifier)
    }
}

impl SignerKey {
    /// A key from its 32 secret bytes, which must come from a source of true randomness.
    ///
    /// # Errors
    /// [`NoteError::Key`] for a name that is empty or holds spaces or `+`.
    pub fn new(name: &str, says: Says, secret: &[u8; 32]) -> Result<Self, NoteError> {
        if !fits_as_name(name) {
            return Err(NoteError::Key("a name holds no spaces and no +"));
        }
        let key = SigningKey::from_bytes(secret);
        let public = key.verifying_key();
        Ok(SignerKey {
            verifier: VerifierKey {
                name: name.to_owned(),
                says,
                id: id_of(name, says, public.as_bytes()),
                key: public,
            },
            key,
        })
    }

    /// The public key.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The secret key as it is kept in a file.
    pub fn secret(&self) -> String {
        let mut bytes = vec![self.verifier.says.byte()];
        bytes.extend(self.key.to_bytes());
        format!(
            "PRIVATE+KEY+{}+{:08x}+{}",
            self.verifier.name,
            self.verifier.id,
            BASE64_STANDARD.encode(bytes)
        )
    }

    /// The signature's line under a text. A cosignature carries `time`, in seconds since 1970 UTC; a log's own does not.
    pub fn sign(&self, text: &str, time: u64) -> String {
        let mut bytes = self.verifier.id.to_be_bytes().to_vec();
        let signature = match self.verifier.says {
            Says::Signed => self.key.sign(text.as_bytes()),
            Says::Cosigned => {
                bytes.extend(time.to_be_bytes());
                self.key.sign(cosigned_text(text, time).as_bytes())
            }
        };
        bytes.extend(signature.to_bytes());
        format!(
            "— {} {}\n",
            self.verifier.name,
            BASE64_STANDARD.encode(bytes)
        )
    }
}

impl FromStr for SignerKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let rest = text
            .strip_prefix("PRIVATE+KEY+")
            .ok_or(NoteError::Key("a secret key begins with PRIVATE+KEY+"))?;
        let (name, says, secret, id) = taken_apart(rest)?;
        let key = SignerKey::new(&name, says, &secret)?;
        if key.verifier.id != id {
            return Err(NoteError::Key("its ID does not belong to its name and key"));
        }
        Ok(key)
    }
}

/// A signature of a note, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The key's name.
    pub name: String,
    /// The key's ID.
    pub id: u32,
    bytes: Vec<u8>,
    line: String,
}

impl NoteSignature {
    /// The line as it stood in the note, with its end.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Whether it stands under the name and ID of this key.
    pub fn is_of(&self, key: &VerifierKey) -> bool {
        self.name == key.name && self.id == key.id
    }

    /// Whether it has the length of a cosignature: a time and an Ed25519 signature. It says nothing of whose it is.
    pub fn may_cosign(&self) -> bool {
        self.bytes.len() == 8 + 64
    }
}

/// What a note holds of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No signature of that key.
    Absent,
    /// One that does not fit the text.
    Wrong,
    /// One that fits; with the time of a cosignature, in seconds since 1970 UTC.
    Good(Option<u64>),
}

/// A text and its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text, with its last line's end.
    pub text: String,
    /// The signatures in their order.
    pub signatures: Vec<NoteSignature>,
}

impl Note {
    /// Takes a note apart. Nothing in it is verified by that.
    ///
    /// # Errors
    /// [`NoteError::Note`], with what is wrong.
    pub fn parse(note: &str) -> Result<Note, NoteError> {
        if note.len() > LONGEST {
            return Err(NoteError::Note("it is longer than 64 kB"));
        }
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Note("it holds a control character"));
        }
        let at = note
            .rfind("\n\n")
            .ok_or(NoteError::Note("it has no empty line before signatures"))?;
        let (text, lines) = note.split_at(at + 1);
        let lines = lines.strip_prefix('\n').unwrap_or(lines);
        if !lines.ends_with('\n') {
            return Err(NoteError::Note("its last line has no end"));
        }
        let signatures = lines
            .split_inclusive('\n')
            .map(signature_of)
            .collect::<Option<Vec<_>>>()
            .filter(|all| (1..=SIGNATURES).contains(&all.len()))
            .ok_or(NoteError::Note("a signature is not `— NAME BASE64`"))?;
        Ok(Note {
            text: text.to_owned(),
            signatures,
        })
    }

    /// What the note holds of a key: the first signature under its name and ID decides.
    pub fn by(&self, key: &VerifierKey) -> Found {
        match self.signatures.iter().find(|found| found.is_of(key)) {
            None => Found::Absent,
            Some(found) => match key.holds(&self.text, &found.bytes) {
                None => Found::Wrong,
                Some(time) => Found::Good(time),
            },
        }
    }
}

/// Reads one signature's line, its end included.
pub(crate) fn signature_of(line: &str) -> Option<NoteSignature> {
    let (name, bytes) = line
        .strip_prefix("— ")?
        .strip_suffix('\n')?
        .split_once(' ')?;
    let bytes = BASE64_STANDARD.decode(bytes).ok()?;
    let (id, bytes) = bytes.split_first_chunk()?;
    (fits_as_name(name) && !bytes.is_empty()).then(|| NoteSignature {
        name: name.to_owned(),
        id: u32::from_be_bytes(*id),
        bytes: bytes.to_vec(),
        line: line.to_owned(),
    })
}
