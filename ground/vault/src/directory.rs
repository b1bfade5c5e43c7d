//! Whose keys can be trusted now, and whose could when something was made.

use std::collections::BTreeMap;

use crate::{Certificate, OfficeKey, PersonId, Refusal, Revocations, Serial, Time, Why};

/// All certificates of an office with its list of revocations, checked.
#[derive(Debug, Clone)]
pub struct Directory {
    office: OfficeKey,
    certificates: BTreeMap<Serial, Certificate>,
    revocations: Revocations,
    now: Time,
}

impl Directory {
    /// Checks every certificate and the list. Whether the list is older than one known is the caller's to check
    /// ([`Revocations::follows`]), before this.
    ///
    /// # Errors
    /// What [`Certificate::verify`] and [`Revocations::verify`] refuse; [`Why::TwoCertificates`].
    pub fn of(
        office: OfficeKey,
        certificates: impl IntoIterator<Item = Certificate>,
        revocations: Revocations,
        now: Time,
    ) -> Result<Self, Refusal> {
        revocations.verify(&office, now)?;
        let mut by_serial = BTreeMap::new();
        for certificate in certificates {
            certificate.verify(&office)?;
            let serial = certificate.serial;
            if let Some(other) = by_serial.insert(serial, certificate.clone())
                && other != certificate
            {
                return Err(Refusal::new(Why::TwoCertificates).with("serial", serial));
            }
        }
        Ok(Self {
            office,
            certificates: by_serial,
            revocations,
            now,
        })
    }

    /// The office.
    pub const fn office(&self) -> &OfficeKey {
        &self.office
    }

    /// The hour for which it was made.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// The certificate that something may be sealed or granted to now: the person's newest that is valid.
    ///
    /// # Errors
    /// [`Why::Uncertified`]; else why the newest is not valid.
    pub fn recipient(&self, person: &PersonId) -> Result<&Certificate, Refusal> {
        let mut refused = Refusal::new(Why::Uncertified).with("person", person);
        for certificate in self.of_person(person) {
            match self.current(certificate) {
                Ok(()) => return Ok(certificate),
                Err(why) if refused.why() == Why::Uncertified => refused = why,
                Err(_) => {}
            }
        }
        Err(refused)
    }

    /// Every certificate of a person, however old, the newest first.
    pub fn of_person<'d, 'p>(
        &'d self,
        person: &'p PersonId,
    ) -> impl Iterator<Item = &'d Certificate> + use<'d, 'p> {
        let all = self.certificates.values().rev();
        all.filter(move |certificate| certificate.person == *person)
    }

    /// The certificate of the recovery key.
    ///
    /// # Errors
    /// As [`Directory::recipient`].
    pub fn recovery(&self) -> Result<&Certificate, Refusal> {
        self.recipient(&PersonId::recovery())
    }

    /// A certificate by its number, whoever's and however old.
    ///
    /// # Errors
    /// [`Why::Uncertified`].
    pub fn serial(&self, person: &PersonId, serial: Serial) -> Result<&Certificate, Refusal> {
        self.certificates
            .get(&serial)
            .filter(|certificate| certificate.person == *person)
            .ok_or_else(|| Refusal::new(Why::Uncertified).with("person", person))
    }

    /// Whether a certificate is valid now and not revoked, whatever the hour of revocation.
    ///
    /// # Errors
    /// [`Why::Revoked`], [`Why::NotYet`], [`Why::Expired`].
    pub fn current(&self, certificate: &Certificate) -> Result<(), Refusal> {
        if self.is_revoked(certificate.serial) {
            return Err(Refusal::new(Why::Revoked).with("person", &certificate.person));
        }
        certificate.valid_at(self.now)
    }

    /// Whether the certificate of that number is on the list.
    pub fn is_revoked(&self, serial: Serial) -> bool {
        self.revocations.revoked.contains_key(&serial)
    }

    /// The certificate of who signed something at a time.
    ///
    /// # Errors
    /// [`Why::Uncertified`], [`Why::NotYet`], [`Why::Expired`]; [`Why::Revoked`] if the list names
    /// that time or an earlier one.
    pub fn author(
        &self,
        person: &PersonId,
        serial: Serial,
        made: Time,
    ) -> Result<&Certificate, Refusal> {
        let certificate = self.serial(person, serial)?;
        certificate.valid_at(made)?;
        if let Some(since) = self.revocations.revoked.get(&serial)
            && *since <= made
        {
            return Err(Refusal::new(Why::Revoked).with("person", person));
        }
        Ok(certificate)
    }
}
