//! A person's key: made, wrapped, opened, and what it signs.

use ed25519_dalek::{Signer as _, SigningKey as Ed25519};
use hkdf::Hkdf;
use mandate_vault::{
    Author, Certificate, Directory, Kind, Lines, OfficeKey, PersonId, Recipient, Refusal, Sealed,
    SigningKey, Time, Why, number,
};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{AgeKey, agefile};

/// The fewest characters of a passphrase that is set anew.
pub const PASSPHRASE: usize = 14;

/// A person's secret, open in memory.
#[derive(Debug, Clone)]
pub struct PersonSecret {
    person: PersonId,
    office: OfficeKey,
    made: Time,
    key: AgeKey,
}

pub(crate) fn derive(secret: &[u8], what: &str) -> Result<Zeroizing<[u8; 32]>, Refusal> {
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, secret)
        .expand(what.as_bytes(), out.as_mut_slice())
        .map_err(|_| Refusal::format("hkdf"))?;
    Ok(out)
}

/// Whether a passphrase may be set.
pub(crate) fn long_enough(passphrase: &str) -> Result<(), Refusal> {
    if passphrase.chars().count() < PASSPHRASE {
        return Err(Refusal::new(Why::PassphraseShort).with("least", PASSPHRASE));
    }
    Ok(())
}

impl PersonSecret {
    /// A new secret for a person of an office, whose key is pinned in it from now on.
    pub fn generate(person: PersonId, office: OfficeKey, now: Time) -> Self {
        Self {
            person,
            office,
            made: now,
            key: AgeKey::generate(),
        }
    }

    /// The recovery key as somebody who grants, joined from its shares or about to be split.
    pub fn recovery(key: AgeKey, office: OfficeKey, now: Time) -> Self {
        Self {
            person: PersonId::recovery(),
            office,
            made: now,
            key,
        }
    }

    /// Whose it is.
    pub const fn person(&self) -> &PersonId {
        &self.person
    }

    /// The office that was pinned when it was made.
    pub const fn office(&self) -> &OfficeKey {
        &self.office
    }

    /// The key that opens grants.
    pub const fn key(&self) -> &AgeKey {
        &self.key
    }

    /// What things for the person are sealed to.
    ///
    /// # Errors
    /// None that can happen.
    pub fn encryption(&self) -> Result<Recipient, Refusal> {
        self.key.public()
    }

    fn ed25519(&self) -> Result<Ed25519, Refusal> {
        let secret = self.key.to_bytes()?;
        Ok(Ed25519::from_bytes(&*derive(
            secret.as_slice(),
            "mandate/signing/1",
        )?))
    }

    /// What the person's signatures are checked with.
    ///
    /// # Errors
    /// None that can happen.
    pub fn signing(&self) -> Result<SigningKey, Refusal> {
        SigningKey::new(self.ed25519()?.verifying_key().as_bytes())
    }

    pub(crate) fn sign(&self, text: &[u8]) -> Result<[u8; 64], Refusal> {
        Ok(self.ed25519()?.sign(text).to_bytes())
    }

    fn identity_file(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "# mandate-person/1\n# person {}\n# office {}\n# made {}\n{}\n",
            self.person,
            self.office,
            self.made,
            self.key.text().as_str()
        ))
    }

    fn from_identity_file(
        text: &[u8],
        person: &PersonId,
        office: &OfficeKey,
    ) -> Result<Self, Refusal> {
        let mut lines = Lines::of(text, "# mandate-person/1", 1024)?;
        let secret = Self {
            person: lines.read("# person", PersonId::new)?,
            office: lines.read("# office", OfficeKey::read)?,
            made: lines.read("# made", number)?,
            key: AgeKey::read(lines.rest().trim_end_matches('\n'))?,
        };
        if secret.person != *person {
            return Err(Why::WrapOfOther.into());
        }
        if secret.office != *office {
            return Err(Refusal::new(Why::OtherOffice).with("what", "mandate-person/1"));
        }
        Ok(secret)
    }

    /// Wraps the secret by a passphrase that is set now, with 2^`work` scrypt work.
    ///
    /// # Errors
    /// [`Why::PassphraseShort`], [`Why::WorkTooLow`], [`Why::WorkTooHigh`].
    pub fn wrap(&self, passphrase: &str, work: u8) -> Result<Sealed, Refusal> {
        long_enough(passphrase)?;
        let file = self.identity_file();
        agefile::wrap(passphrase, work, file.as_bytes(), Kind::PassphraseWrap)
    }

    /// Opens a wrap by passphrase. The person and the office are those that the caller knows, not those that came with it.
    ///
    /// # Errors
    /// [`Why::Passphrase`], [`Why::WrapOfOther`], [`Why::OtherOffice`].
    pub fn unwrap(
        wrap: &Sealed,
        passphrase: &str,
        person: &PersonId,
        office: &OfficeKey,
    ) -> Result<Self, Refusal> {
        if wrap.kind() != Kind::PassphraseWrap {
            return Err(Why::PasskeyAlone.into());
        }
        Self::from_identity_file(&agefile::unwrap(wrap, passphrase)?, person, office)
    }

    fn passkey(prf: &[u8; 32], person: &PersonId) -> Result<AgeKey, Refusal> {
        AgeKey::from_bytes(&*derive(prf, &format!("mandate/passkey/1 {person}"))?)
    }

    /// Wraps the secret by the PRF output of a passkey, in addition to a wrap by passphrase, which must be shown.
    ///
    /// # Errors
    /// [`Why::PasskeyAlone`] if what is shown is no wrap by passphrase.
    pub fn wrap_for_passkey(&self, prf: &[u8; 32], beside: &Sealed) -> Result<Sealed, Refusal> {
        if beside.kind() != Kind::PassphraseWrap {
            return Err(Why::PasskeyAlone.into());
        }
        let recipient = Self::passkey(prf, &self.person)?.public()?;
        agefile::seal_to(
            &recipient,
            self.identity_file().as_bytes(),
            Kind::PasskeyWrap,
        )
    }

    /// Opens a wrap by passkey.
    ///
    /// # Errors
    /// [`Why::Passkey`], [`Why::WrapOfOther`], [`Why::OtherOffice`].
    pub fn unwrap_by_passkey(
        wrap: &Sealed,
        prf: &[u8; 32],
        person: &PersonId,
        office: &OfficeKey,
    ) -> Result<Self, Refusal> {
        let key = Self::passkey(prf, person)?;
        let text = agefile::open_with(wrap, &key).map_err(|_| Refusal::new(Why::Passkey))?;
        Self::from_identity_file(&text, person, office)
    }
}

/// A person's secret with the certificate that others check its signatures by.
#[derive(Debug, Clone, Copy)]
pub struct Signer<'s> {
    secret: &'s PersonSecret,
    serial: u64,
}

impl<'s> Signer<'s> {
    /// Finds the person's certificate for this secret that is valid now.
    ///
    /// # Errors
    /// [`Why::OtherOffice`], [`Why::WrapUncertified`] if the certified key is another; what
    /// [`Directory::recipient`] refuses.
    pub fn new(secret: &'s PersonSecret, directory: &Directory) -> Result<Self, Refusal> {
        if secret.office != *directory.office() {
            return Err(Refusal::new(Why::OtherOffice).with("what", "mandate-person/1"));
        }
        // Who has no valid certificate at all is told why.
        directory.recipient(&secret.person)?;
        let certificate = directory
            .of_person(&secret.person)
            .find(|one| directory.current(one).is_ok() && secret.check(one).is_ok())
            .ok_or_else(|| Refusal::new(Why::WrapUncertified).with("person", &secret.person))?;
        Ok(Self {
            secret,
            serial: certificate.serial,
        })
    }

    /// The person and the certificate.
    pub fn author(&self) -> Author {
        Author {
            person: self.secret.person.clone(),
            serial: self.serial,
        }
    }

    pub(crate) fn sign(&self, text: &[u8]) -> Result<[u8; 64], Refusal> {
        self.secret.sign(text)
    }
}

impl PersonSecret {
    /// Whether a certificate is for this secret.
    ///
    /// # Errors
    /// [`Why::WrapUncertified`].
    pub fn check(&self, certificate: &Certificate) -> Result<(), Refusal> {
        let same = certificate.person == self.person
            && certificate.encryption == self.encryption()?
            && certificate.signing == self.signing()?;
        if same {
            Ok(())
        } else {
            Err(Refusal::new(Why::WrapUncertified).with("person", &self.person))
        }
    }
}
