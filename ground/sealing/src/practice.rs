//! An office for practice: keys made in memory for invented people, with what an offline machine would bring.
//!
//! Rehearsals and tests need people whose keys are certified. Nothing here is kept; every key is lost with the value.

use std::collections::BTreeMap;

use mandate_vault::{Certificate, Directory, PersonId, Refusal, Revocations, Serial, Time, Why};

use crate::{AgeKey, OfficeSecret, PersonSecret, Request, Signer};

const DAY: Time = 86_400;

/// The office, its people's secrets and its papers.
#[derive(Debug)]
pub struct Practice {
    office: OfficeSecret,
    people: BTreeMap<PersonId, PersonSecret>,
    certificates: Vec<Certificate>,
    list: Revocations,
    now: Time,
}

impl Practice {
    /// An office with a recovery key and nobody else.
    ///
    /// # Errors
    /// An hour that no document can hold.
    pub fn new(now: Time) -> Result<Self, Refusal> {
        let office = OfficeSecret::generate(now);
        let list = office.revoke(None, &[], now, now + 30 * DAY)?;
        let mut practice = Self {
            office,
            people: BTreeMap::new(),
            certificates: Vec::new(),
            list,
            now,
        };
        let key = practice.office.public()?;
        practice.certify(PersonSecret::recovery(AgeKey::generate(), key, now))?;
        Ok(practice)
    }

    /// Makes a person's key and certifies it; a person who has one gets another.
    ///
    /// # Errors
    /// An hour that no document can hold.
    pub fn join(&mut self, person: PersonId) -> Result<(), Refusal> {
        let secret = PersonSecret::generate(person, self.office.public()?, self.now);
        self.certify(secret)
    }

    fn certify(&mut self, secret: PersonSecret) -> Result<(), Refusal> {
        let request = Request {
            person: secret.person().clone(),
            encryption: secret.encryption()?,
            signing: secret.signing()?,
            not_before: self.now.saturating_sub(DAY),
            not_after: self.now + 300 * DAY,
        };
        let serial = self.certificates.len() as Serial + 1;
        self.certificates
            .push(self.office.certify(request, serial)?);
        self.people.insert(secret.person().clone(), secret);
        Ok(())
    }

    /// Revokes every certificate of a person.
    ///
    /// # Errors
    /// An hour that no document can hold.
    pub fn leave(&mut self, person: &PersonId) -> Result<(), Refusal> {
        let theirs: Vec<_> = self
            .certificates
            .iter()
            .filter(|one| one.person == *person)
            .map(|one| (one.serial, self.now))
            .collect();
        self.list = self
            .office
            .revoke(Some(&self.list), &theirs, self.now, self.now + 30 * DAY)?;
        Ok(())
    }

    /// The office's public key, as it is brought.
    ///
    /// # Errors
    /// Never in practice: the key was made here.
    pub fn office(&self) -> Result<String, Refusal> {
        Ok(self.office.public()?.to_string())
    }

    /// The certificates, by number.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The newest list of revocations.
    pub const fn list(&self) -> &Revocations {
        &self.list
    }

    /// The papers, checked as a client checks them.
    ///
    /// # Errors
    /// Never in practice: they were signed here.
    pub fn directory(&self) -> Result<Directory, Refusal> {
        let key = self.office.public()?;
        Directory::of(key, self.certificates.clone(), self.list.clone(), self.now)
    }

    /// A person's secret.
    ///
    /// # Errors
    /// [`Why::Uncertified`] where nobody of that name joined.
    pub fn secret(&self, person: &PersonId) -> Result<&PersonSecret, Refusal> {
        self.people
            .get(person)
            .ok_or_else(|| Refusal::new(Why::Uncertified).with("person", person))
    }

    /// A person's hand for signing.
    ///
    /// # Errors
    /// As [`Practice::secret`] and [`Signer::new`].
    pub fn signer(&self, person: &PersonId) -> Result<Signer<'_>, Refusal> {
        Signer::new(self.secret(person)?, &self.directory()?)
    }
}
