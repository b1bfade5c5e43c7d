//! The office's list of certificates that are not to be trusted any more: `mandate-revocations/1`.

use std::collections::BTreeMap;

use crate::{AHEAD, Lines, OfficeKey, Refusal, Serial, Time, Why, Writing, digest, number};

const FORMAT: &str = "mandate-revocations/1";
/// The longest list in bytes: some 30,000 certificates.
const LIMIT: usize = 1024 * 1024;
/// The longest time from one list to the next, in seconds: 400 days.
pub const LONGEST: Time = 400 * 86_400;

/// A list of revocations, signed or about to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocations {
    /// The office that revokes.
    pub office: OfficeKey,
    /// Grows with every list, from 1.
    pub number: u64,
    /// When it was made.
    pub issued: Time,
    /// When the next is due; after that, this list may be hiding a newer one.
    pub next: Time,
    /// The certificates, and since when they are not trusted.
    pub revoked: BTreeMap<Serial, Time>,
    /// The office's signature.
    pub signature: [u8; 64],
}

impl Revocations {
    /// Reads a list. Its signature is not checked here: [`Revocations::verify`].
    ///
    /// # Errors
    /// Anything that is not exactly of the format.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut lines = Lines::of(bytes, FORMAT, LIMIT)?;
        let office = lines.read("office", OfficeKey::read)?;
        let number_of = lines.read("number", number)?;
        let issued = lines.read("issued", number)?;
        let next = lines.read("next", number)?;
        let mut revoked = BTreeMap::new();
        while let Some(value) = lines.maybe("revoked") {
            let (serial, time) = value
                .split_once(' ')
                .ok_or_else(|| Refusal::format("mandate-revocations/1: revoked"))?;
            revoked.insert(number(serial)?, number(time)?);
        }
        let list = Self {
            office,
            number: number_of,
            issued,
            next,
            revoked,
            signature: lines.signature()?,
        };
        let sound = list.number > 0
            && issued < next
            && next - issued <= LONGEST
            && list.text().as_bytes() == bytes;
        if sound {
            Ok(list)
        } else {
            Err(Refusal::format(FORMAT))
        }
    }

    /// The lines that the office signs.
    pub fn unsigned(&self) -> Writing {
        let head = Writing::of(FORMAT)
            .line("office", self.office)
            .line("number", self.number)
            .line("issued", self.issued)
            .line("next", self.next);
        self.revoked.iter().fold(head, |lines, (serial, since)| {
            lines.line("revoked", format_args!("{serial} {since}"))
        })
    }

    /// The document.
    pub fn text(&self) -> String {
        self.unsigned().signed(&self.signature)
    }

    /// Its SHA-256, which tells two lists of one number apart.
    pub fn digest(&self) -> [u8; 32] {
        digest(self.text().as_bytes())
    }

    /// Whether the office signed it and it is not outdated.
    ///
    /// # Errors
    /// [`Why::OtherOffice`], [`Why::Signature`], [`Why::Ahead`], [`Why::ListOutdated`].
    pub fn verify(&self, office: &OfficeKey, now: Time) -> Result<(), Refusal> {
        if self.office != *office {
            return Err(Refusal::new(Why::OtherOffice).with("what", FORMAT));
        }
        office
            .signing()
            .verify(FORMAT, self.unsigned().as_bytes(), &self.signature)?;
        if self.issued > now.saturating_add(AHEAD) {
            return Err(Refusal::new(Why::Ahead).with("what", FORMAT));
        }
        if now > self.next {
            return Err(Refusal::new(Why::ListOutdated).with("number", self.number));
        }
        Ok(())
    }

    /// Whether a list can come after one that was known, given by number and digest.
    ///
    /// # Errors
    /// [`Why::ListOlder`], [`Why::ListForked`].
    pub fn follows(&self, number: u64, digest: &[u8; 32]) -> Result<(), Refusal> {
        if self.number < number {
            return Err(Refusal::new(Why::ListOlder)
                .with("number", self.number)
                .with("known", number));
        }
        if self.number == number && self.digest() != *digest {
            return Err(Refusal::new(Why::ListForked).with("number", number));
        }
        Ok(())
    }
}
