//! The office's offline key: certifies, revokes.

use ed25519_dalek::{Signer as _, SigningKey as Ed25519};
use mandate_vault::{
    Certificate, Kind, LONGEST, Lines, OfficeKey, PersonId, Recipient, Refusal, Revocations,
    Sealed, Serial, SigningKey, Time, bytes_of, number, text_of,
};
use zeroize::Zeroizing;

use crate::{agefile, person::long_enough};

/// The office's secret, open in memory on an offline machine.
pub struct OfficeSecret {
    key: Ed25519,
    made: Time,
}

impl std::fmt::Debug for OfficeSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the secret.
        f.write_str("OfficeSecret")
    }
}

/// What is to be certified.
#[derive(Debug, Clone)]
pub struct Request {
    /// Whose key; `recovery` for the recovery key.
    pub person: PersonId,
    /// What things for the person are sealed to.
    pub encryption: Recipient,
    /// What the person's signatures are checked with.
    pub signing: SigningKey,
    /// Valid from then on.
    pub not_before: Time,
    /// Valid until then.
    pub not_after: Time,
}

impl OfficeSecret {
    /// A new key.
    pub fn generate(now: Time) -> Self {
        let seed = Zeroizing::new(rand::random::<[u8; 32]>());
        Self {
            key: Ed25519::from_bytes(&seed),
            made: now,
        }
    }

    /// The public key, which everybody pins.
    ///
    /// # Errors
    /// None that can happen.
    pub fn public(&self) -> Result<OfficeKey, Refusal> {
        SigningKey::new(self.key.verifying_key().as_bytes()).map(OfficeKey::from)
    }

    /// Wraps the secret by a passphrase, with 2^`work` scrypt work.
    ///
    /// # Errors
    /// [`mandate_vault::Why::PassphraseShort`], and what is refused of the work.
    pub fn wrap(&self, passphrase: &str, work: u8) -> Result<Sealed, Refusal> {
        long_enough(passphrase)?;
        let secret = Zeroizing::new(text_of(&*Zeroizing::new(self.key.to_bytes())));
        let text = Zeroizing::new(format!(
            "# mandate-office/1\n# made {}\n# office {}\n# secret {}\n",
            self.made,
            self.public()?,
            secret.as_str()
        ));
        agefile::wrap(passphrase, work, text.as_bytes(), Kind::PassphraseWrap)
    }

    /// Opens the wrap.
    ///
    /// # Errors
    /// [`mandate_vault::Why::Passphrase`]; something else than an office's secret.
    pub fn unwrap(wrap: &Sealed, passphrase: &str) -> Result<Self, Refusal> {
        let text = agefile::unwrap(wrap, passphrase)?;
        let mut lines = Lines::of(&text, "# mandate-office/1", 1024)?;
        let made = lines.read("# made", number)?;
        let office = lines.read("# office", OfficeKey::read)?;
        let seed = Zeroizing::new(lines.read("# secret", bytes_of::<32>)?);
        lines.end()?;
        let secret = Self {
            key: Ed25519::from_bytes(&seed),
            made,
        };
        if secret.public()? == office {
            Ok(secret)
        } else {
            Err(Refusal::format("mandate-office/1: office"))
        }
    }

    /// Certifies a key. `serial` must never have been given before.
    ///
    /// # Errors
    /// A request that no reader would accept.
    pub fn certify(&self, request: Request, serial: Serial) -> Result<Certificate, Refusal> {
        let mut certificate = Certificate {
            office: self.public()?,
            serial,
            person: request.person,
            encryption: request.encryption,
            signing: request.signing,
            not_before: request.not_before,
            not_after: request.not_after,
            signature: [0; 64],
        };
        certificate.signature = self.key.sign(certificate.unsigned().as_bytes()).to_bytes();
        // What was written must be readable.
        Certificate::read(certificate.text().as_bytes())
    }

    /// Makes the next list of revocations; the first if there is none before.
    ///
    /// # Errors
    /// A list before that is not this office's; one that no reader would accept.
    pub fn revoke(
        &self,
        before: Option<&Revocations>,
        revoked: &[(Serial, Time)],
        now: Time,
        next: Time,
    ) -> Result<Revocations, Refusal> {
        let office = self.public()?;
        if let Some(before) = before {
            // Outdated is no reason not to make a newer one.
            before.verify(&office, before.issued)?;
        }
        let mut list = Revocations {
            office,
            number: before.map_or(1, |list| list.number + 1),
            issued: now,
            next: next.min(now + LONGEST),
            revoked: before.map(|list| list.revoked.clone()).unwrap_or_default(),
            signature: [0; 64],
        };
        for (serial, since) in revoked {
            // Revoked once stays revoked, from the earliest time that was named.
            let known = list.revoked.entry(*serial).or_insert(*since);
            *known = (*known).min(*since);
        }
        list.signature = self.key.sign(list.unsigned().as_bytes()).to_bytes();
        Revocations::read(list.text().as_bytes())
    }
}
