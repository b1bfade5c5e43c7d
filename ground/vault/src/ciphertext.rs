//! The outside of a ciphertext: an age file's recipients, work factor and length. More cannot be known without a key.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD},
};
use serde::{Deserialize, Serialize};

use crate::{Refusal, WORK_CEILING, WORK_FLOOR, Why};

/// What a ciphertext is, which decides its recipients and its lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A field of a case: 1 KiB to 1 MiB.
    Field,
    /// An index of names: 1 KiB to 16 MiB.
    Index,
    /// A part of an attachment: 1 KiB to 1 MiB.
    Part,
    /// A case's key for a person: 1 KiB.
    Grant,
    /// A person's key, wrapped by a passphrase.
    PassphraseWrap,
    /// A person's key, wrapped by a passkey.
    PasskeyWrap,
}

impl Kind {
    /// The largest plaintext, in bytes.
    pub const fn largest(self) -> usize {
        match self {
            Self::Field | Self::Part => 1 << 20,
            Self::Index => 1 << 24,
            Self::Grant | Self::PassphraseWrap | Self::PasskeyWrap => 1 << 10,
        }
    }

    const fn padded(self) -> bool {
        !matches!(self, Self::PassphraseWrap | Self::PasskeyWrap)
    }
}

/// The smallest bucket that holds so many bytes: 1,024 times a power of two. None beyond the largest of the kind.
pub fn bucket(bytes: usize, kind: Kind) -> Option<usize> {
    let bucket = bytes.max(1024).checked_next_power_of_two()?;
    (bucket <= kind.largest()).then_some(bucket)
}

/// A header longer than this is not ours: one recipient and the stanza that the Rust library adds.
const HEADER: usize = 4096;
/// The longest stanza that says nothing.
const GREASE: usize = 1024;
/// A STREAM segment of an age payload, without and with its tag.
const SEGMENT: usize = 64 * 1024;
const TAG: usize = 16;

/// An age file whose outside was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    bytes: Vec<u8>,
    kind: Kind,
    plaintext: usize,
}

impl Sealed {
    /// Checks the outside of an age file: exactly the recipients that its kind has, work within bounds, a length that is a
    /// bucket's.
    ///
    /// # Errors
    /// [`Why::Format`], [`Why::UnknownVersion`], [`Why::Recipients`], [`Why::WorkTooLow`], [`Why::WorkTooHigh`],
    /// [`Why::Bucket`], [`Why::TooLong`].
    pub fn read(bytes: Vec<u8>, kind: Kind) -> Result<Self, Refusal> {
        let largest = kind.largest();
        if bytes.len() > HEADER + 16 + largest + largest.div_ceil(SEGMENT) * TAG {
            return Err(Refusal::new(Why::TooLong).with("what", "age"));
        }
        let header = header(&bytes)?;
        match kind {
            Kind::PassphraseWrap => one_passphrase(&header.stanzas)?,
            _ => one_recipient(&header.stanzas)?,
        }
        let plaintext = plaintext(bytes.len() - header.length)?;
        let fits = if kind == Kind::Grant {
            plaintext == largest
        } else if kind.padded() {
            bucket(plaintext, kind) == Some(plaintext)
        } else {
            plaintext <= largest
        };
        if fits {
            Ok(Self {
                bytes,
                kind,
                plaintext,
            })
        } else {
            Err(Refusal::new(Why::Bucket).with("bytes", plaintext))
        }
    }

    /// The age file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The age file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The length of what is inside, in bytes, with its padding.
    pub const fn plaintext_len(&self) -> usize {
        self.plaintext
    }
}

struct Stanza<'t> {
    arguments: Vec<&'t str>,
    body: Vec<u8>,
    /// In bytes as it is written.
    length: usize,
}

struct Header<'t> {
    stanzas: Vec<Stanza<'t>>,
    length: usize,
}

fn line<'t>(bytes: &'t [u8], at: &mut usize) -> Result<&'t str, Refusal> {
    let rest = &bytes[*at..bytes.len().min(*at + HEADER)];
    let end = rest
        .iter()
        .position(|b| *b == b'\n')
        .ok_or_else(|| Refusal::format("age: header"))?;
    let text = std::str::from_utf8(&rest[..end]).map_err(|_| Refusal::format("age: header"))?;
    if !text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Err(Refusal::format("age: header"));
    }
    *at += end + 1;
    Ok(text)
}

fn header(bytes: &[u8]) -> Result<Header<'_>, Refusal> {
    let mut at = 0;
    let first = line(bytes, &mut at)?;
    if first != "age-encryption.org/v1" {
        return Err(if first.starts_with("age-encryption.org/") {
            Refusal::new(Why::UnknownVersion).with("what", "age")
        } else {
            Refusal::format("age: header")
        });
    }
    let mut stanzas = Vec::new();
    loop {
        if at > HEADER {
            return Err(Refusal::new(Why::TooLong).with("what", "age"));
        }
        let start = at;
        let text = line(bytes, &mut at)?;
        if let Some(mac) = text.strip_prefix("--- ") {
            return match BASE64_STANDARD_NO_PAD.decode(mac) {
                Ok(mac) if mac.len() == 32 => Ok(Header {
                    stanzas,
                    length: at,
                }),
                _ => Err(Refusal::format("age: header")),
            };
        }
        let arguments: Vec<&str> = text
            .strip_prefix("-> ")
            .ok_or_else(|| Refusal::format("age: header"))?
            .split(' ')
            .collect();
        if arguments.iter().any(|argument| argument.is_empty()) {
            return Err(Refusal::format("age: header"));
        }
        let mut body = Vec::new();
        loop {
            let part = BASE64_STANDARD_NO_PAD
                .decode(line(bytes, &mut at)?)
                .map_err(|_| Refusal::format("age: header"))?;
            body.extend_from_slice(&part);
            match part.len() {
                0..48 => break,
                48 if body.len() <= HEADER => {}
                _ => return Err(Refusal::format("age: header")),
            }
        }
        stanzas.push(Stanza {
            arguments,
            body,
            length: at - start,
        });
    }
}

/// One X25519 recipient; beside it at most one short stanza that says nothing.
fn one_recipient(stanzas: &[Stanza<'_>]) -> Result<(), Refusal> {
    let (mut recipients, mut grease) = (0, 0);
    for stanza in stanzas {
        match stanza.arguments.as_slice() {
            ["X25519", share] => {
                let sound = BASE64_STANDARD_NO_PAD
                    .decode(share)
                    .is_ok_and(|share| share.len() == 32)
                    && stanza.body.len() == 32;
                if !sound {
                    return Err(Refusal::format("age: X25519"));
                }
                recipients += 1;
            }
            [kind, ..] if kind.ends_with("-grease") && stanza.length <= GREASE => grease += 1,
            _ => return Err(Why::Recipients.into()),
        }
    }
    if recipients == 1 && grease <= 1 {
        Ok(())
    } else {
        Err(Why::Recipients.into())
    }
}

fn one_passphrase(stanzas: &[Stanza<'_>]) -> Result<(), Refusal> {
    let [stanza] = stanzas else {
        return Err(Why::Recipients.into());
    };
    let ["scrypt", salt, work] = stanza.arguments.as_slice() else {
        return Err(Why::Recipients.into());
    };
    let sound = BASE64_STANDARD_NO_PAD
        .decode(salt)
        .is_ok_and(|salt| salt.len() == 16)
        && stanza.body.len() == 32;
    let work = crate::number(work).map_err(|_| Refusal::format("age: scrypt"))?;
    if !sound {
        return Err(Refusal::format("age: scrypt"));
    }
    if work < u64::from(WORK_FLOOR) {
        return Err(Refusal::new(Why::WorkTooLow)
            .with("work", work)
            .with("least", WORK_FLOOR));
    }
    if work > u64::from(WORK_CEILING) {
        return Err(Refusal::new(Why::WorkTooHigh)
            .with("work", work)
            .with("most", WORK_CEILING));
    }
    Ok(())
}

/// The length of the plaintext from that of the payload: a nonce, then segments with their tags.
fn plaintext(payload: usize) -> Result<usize, Refusal> {
    let wrong = || Refusal::format("age: payload");
    let stream = payload.checked_sub(16).ok_or_else(wrong)?;
    let (full, rest) = (stream / (SEGMENT + TAG), stream % (SEGMENT + TAG));
    match rest {
        0 if full > 0 => Ok(full * SEGMENT),
        1..TAG => Err(wrong()),
        TAG if full > 0 => Err(wrong()),
        0 => Err(wrong()),
        rest => Ok(full * SEGMENT + rest - TAG),
    }
}

impl Serialize for Sealed {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.kind, BASE64_STANDARD.encode(&self.bytes)).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Sealed {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (kind, text) = <(Kind, String)>::deserialize(from)?;
        let bytes = BASE64_STANDARD
            .decode(text)
            .map_err(serde::de::Error::custom)?;
        Self::read(bytes, kind).map_err(serde::de::Error::custom)
    }
}
