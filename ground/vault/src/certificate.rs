//! The office's word that a public key is a person's: `mandate-certificate/1`.

use crate::{
    Lines, OfficeKey, PersonId, Recipient, Refusal, Serial, SigningKey, Time, Why, Writing, lines,
    number,
};

const FORMAT: &str = "mandate-certificate/1";

/// What a certified key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A person's: opens grants, signs.
    Person,
    /// The office's recovery key: opens grants when nobody else can, and grants anew; it writes no field.
    Recovery,
}

/// A certificate as it is written, signed or about to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The office that certifies.
    pub office: OfficeKey,
    /// Its number, from 1; never given twice.
    pub serial: Serial,
    /// Whose key; `recovery` for the recovery key.
    pub person: PersonId,
    /// What things for the person are sealed to.
    pub encryption: Recipient,
    /// What the person's signatures are checked with.
    pub signing: SigningKey,
    /// Valid from this time on.
    pub not_before: Time,
    /// Valid until this time.
    pub not_after: Time,
    /// The office's signature.
    pub signature: [u8; 64],
}

impl Certificate {
    /// Reads a certificate. Its signature is not checked here: [`Certificate::verify`].
    ///
    /// # Errors
    /// Anything that is not exactly of the format.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut lines = Lines::of(bytes, FORMAT, lines::LONGEST)?;
        let office = lines.read("office", OfficeKey::read)?;
        let serial = lines.read("serial", number)?;
        let usage = lines.read("use", |text| match text {
            "person" => Ok(Use::Person),
            "recovery" => Ok(Use::Recovery),
            _ => Err(Refusal::format("use")),
        })?;
        let certificate = Self {
            office,
            serial,
            person: lines.read("person", PersonId::new)?,
            encryption: lines.read("encryption", Recipient::new)?,
            signing: lines.read("signing", SigningKey::read)?,
            not_before: lines.read("not-before", number)?,
            not_after: lines.read("not-after", number)?,
            signature: lines.signature()?,
        };
        let recovery = usage == Use::Recovery;
        let sound = certificate.person.is_recovery() == recovery
            && certificate.serial > 0
            && certificate.text().as_bytes() == bytes;
        if sound {
            Ok(certificate)
        } else {
            Err(Refusal::format(FORMAT))
        }
    }

    /// What the key is for.
    pub fn usage(&self) -> Use {
        if self.person.is_recovery() {
            Use::Recovery
        } else {
            Use::Person
        }
    }

    /// The lines that the office signs.
    pub fn unsigned(&self) -> Writing {
        let usage = match self.usage() {
            Use::Person => "person",
            Use::Recovery => "recovery",
        };
        Writing::of(FORMAT)
            .line("office", self.office)
            .line("serial", self.serial)
            .line("use", usage)
            .line("person", &self.person)
            .line("encryption", &self.encryption)
            .line("signing", self.signing)
            .line("not-before", self.not_before)
            .line("not-after", self.not_after)
    }

    /// The document.
    pub fn text(&self) -> String {
        self.unsigned().signed(&self.signature)
    }

    /// Whether the office signed it.
    ///
    /// # Errors
    /// [`Why::OtherOffice`], [`Why::Signature`].
    pub fn verify(&self, office: &OfficeKey) -> Result<(), Refusal> {
        if self.office != *office {
            return Err(Refusal::new(Why::OtherOffice).with("what", FORMAT));
        }
        office
            .signing()
            .verify(FORMAT, self.unsigned().as_bytes(), &self.signature)
    }

    /// Whether it is valid at a time.
    ///
    /// # Errors
    /// [`Why::NotYet`], [`Why::Expired`], with the person.
    pub fn valid_at(&self, time: Time) -> Result<(), Refusal> {
        let why = if time < self.not_before {
            Why::NotYet
        } else if time > self.not_after {
            Why::Expired
        } else {
            return Ok(());
        };
        Err(Refusal::new(why).with("person", &self.person))
    }
}
