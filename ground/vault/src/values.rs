//! The values that stand in documents: each checked once, when it is made.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Refusal, Why};

/// Seconds since 1970, UTC.
pub type Time = u64;
/// The number of a certificate, from 1.
pub type Serial = u64;
/// The number of a field's writing, from 1.
pub type Version = u64;
/// The number of a case's key, from 1.
pub type Generation = u64;

/// The largest number in a document: what JavaScript counts exactly, 2^53 - 1.
pub const LARGEST: u64 = (1 << 53) - 1;

/// Reads a number as documents write it: decimal, no sign, no leading zero, at most [`LARGEST`].
///
/// # Errors
/// Anything else.
pub fn number(text: &str) -> Result<u64, Refusal> {
    let plain = !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    match text.parse::<u64>() {
        Ok(n) if plain && n <= LARGEST => Ok(n),
        _ => Err(Refusal::format("number")),
    }
}

/// Reads `N` bytes as documents write them: base64 with padding.
///
/// # Errors
/// Another length, or anything that is not such base64.
pub fn bytes_of<const N: usize>(text: &str) -> Result<[u8; N], Refusal> {
    BASE64_STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Refusal::format("base64"))
}

/// Writes bytes as documents do.
pub fn text_of(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// SHA-256.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text and takes it.
            ///
            /// # Errors
            /// A text that is not of the form.
            pub fn new(text: impl Into<String>) -> Result<Self, Refusal> {
                let text = text.into();
                let check: fn(&str) -> bool = $check;
                if check(&text) { Ok(Self(text)) } else { Err(Refusal::format($what)) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Refusal;
            fn try_from(text: String) -> Result<Self, Refusal> {
                Self::new(text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Refusal;
            fn from_str(text: &str) -> Result<Self, Refusal> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn is_field(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_./".contains(&b))
}

fn is_recipient(text: &str) -> bool {
    // Lower case only: one key has one form.
    text.len() == 62
        && bech32::primitives::decode::CheckedHrpstring::new::<bech32::Bech32>(text).is_ok_and(
            |read| {
                read.hrp().as_str() == "age"
                    && read.byte_iter().count() == 32
                    && text.bytes().all(|b| !b.is_ascii_uppercase())
            },
        )
}

name!(
    /// An opaque number of a case: 1 to 64 letters, digits, `_`, `-`.
    CaseId, "case", is_id
);
name!(
    /// An opaque number of a person: 1 to 64 letters, digits, `_`, `-`.
    PersonId, "person", is_id
);
name!(
    /// A field of a case: 1 to 64 small letters, digits, `-`, `_`, `.`, `/`, a letter first.
    FieldName, "field", is_field
);
name!(
    /// An ordinary age recipient, `age1...`: a public key that things are sealed to.
    Recipient, "encryption", is_recipient
);

impl PersonId {
    /// Whether this stands for the recovery key.
    pub fn is_recovery(&self) -> bool {
        self.0 == "recovery"
    }

    /// What stands for the recovery key.
    pub fn recovery() -> Self {
        Self("recovery".to_owned())
    }
}

/// A public key that signatures are checked with: Ed25519, 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SigningKey(VerifyingKey);

impl SigningKey {
    /// Takes a key.
    ///
    /// # Errors
    /// Bytes that are no point of the curve.
    pub fn new(bytes: &[u8; 32]) -> Result<Self, Refusal> {
        VerifyingKey::from_bytes(bytes)
            .map(Self)
            .map_err(|_| Refusal::format("signing"))
    }

    /// Reads a key written in base64.
    ///
    /// # Errors
    /// As [`SigningKey::new`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        Self::new(&bytes_of(text)?)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Checks a signature, strictly (RFC 8032 without the leniencies that let one message have two).
    ///
    /// # Errors
    /// [`Why::Signature`], with `what`.
    pub fn verify(&self, what: &str, text: &[u8], signature: &[u8; 64]) -> Result<(), Refusal> {
        self.0
            .verify_strict(text, &Signature::from_bytes(signature))
            .map_err(|_| Refusal::new(Why::Signature).with("what", what))
    }
}

impl fmt::Display for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(self.0.as_bytes()))
    }
}

/// The office's public key. Who has it pinned can tell every other key that the office certified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeKey(SigningKey);

impl OfficeKey {
    /// Reads a key written in base64.
    ///
    /// # Errors
    /// As [`SigningKey::new`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        SigningKey::read(text).map(Self)
    }

    /// What its signatures are checked with.
    pub const fn signing(&self) -> &SigningKey {
        &self.0
    }

    /// What people compare: 20 characters of the base32 of its SHA-256, in groups of four.
    pub fn fingerprint(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let digest = digest(self.0.as_bytes());
        let mut out = String::with_capacity(24);
        for at in 0..20 {
            if at > 0 && at % 4 == 0 {
                out.push(' ');
            }
            let bit = at * 5;
            let pair = u16::from_be_bytes([digest[bit / 8], digest[bit / 8 + 1]]);
            let five = (pair >> (11 - bit % 8)) & 31;
            out.push(char::from(LETTERS[usize::from(five)]));
        }
        out
    }
}

impl From<SigningKey> for OfficeKey {
    fn from(key: SigningKey) -> Self {
        Self(key)
    }
}

impl fmt::Display for OfficeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who made a document: the person, and the certificate whose signing key signs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Author {
    /// The person.
    pub person: PersonId,
    /// The certificate.
    pub serial: Serial,
}

impl Author {
    /// Reads `PERSON SERIAL`.
    ///
    /// # Errors
    /// Anything else.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let (person, serial) = text
            .split_once(' ')
            .ok_or_else(|| Refusal::format("person"))?;
        Ok(Self {
            person: PersonId::new(person)?,
            serial: number(serial)?,
        })
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.person, self.serial)
    }
}
