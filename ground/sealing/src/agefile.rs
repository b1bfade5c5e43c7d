//! Ordinary age files: one recipient, or one passphrase.

use std::{
    io::{Read, Write},
    iter,
    str::FromStr,
};

use age::{
    Decryptor, Encryptor, scrypt,
    secrecy::{ExposeSecret, SecretString},
    x25519,
};
use mandate_vault::{Kind, Recipient, Refusal, Sealed, WORK_CEILING, Why};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// A secret key: an ordinary age identity.
#[derive(Clone)]
pub struct AgeKey(x25519::Identity);

impl std::fmt::Debug for AgeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the secret.
        f.write_str("AgeKey")
    }
}

impl AgeKey {
    /// A new key.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads `AGE-SECRET-KEY-1...`.
    ///
    /// # Errors
    /// [`Why::Format`]; the text is not repeated.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        x25519::Identity::from_str(text)
            .map(Self)
            .map_err(|_| Refusal::format("AGE-SECRET-KEY"))
    }

    /// The key with these 32 bytes.
    ///
    /// # Errors
    /// None that can happen: any 32 bytes are a key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Refusal> {
        let hrp = bech32::Hrp::parse("age-secret-key-").map_err(|_| Refusal::format("bech32"))?;
        let text =
            bech32::encode::<bech32::Bech32>(hrp, bytes).map_err(|_| Refusal::format("bech32"))?;
        Self::read(Zeroizing::new(Zeroizing::new(text).to_uppercase()).as_str())
    }

    /// The 32 bytes.
    ///
    /// # Errors
    /// None that can happen.
    pub fn to_bytes(&self) -> Result<Zeroizing<[u8; 32]>, Refusal> {
        let text = self.text();
        let (_, bytes) = bech32::decode(&text).map_err(|_| Refusal::format("bech32"))?;
        let bytes = Zeroizing::new(bytes);
        let mut out = Zeroizing::new([0; 32]);
        if bytes.len() != out.len() {
            return Err(Refusal::format("bech32"));
        }
        out.copy_from_slice(&bytes);
        Ok(out)
    }

    /// `AGE-SECRET-KEY-1...`.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// The public key.
    ///
    /// # Errors
    /// None that can happen.
    pub fn public(&self) -> Result<Recipient, Refusal> {
        Recipient::new(self.0.to_public().to_string())
    }
}

/// Seals bytes to one recipient.
pub(crate) fn seal_to(
    recipient: &Recipient,
    plaintext: &[u8],
    kind: Kind,
) -> Result<Sealed, Refusal> {
    let recipient = x25519::Recipient::from_str(recipient.as_str())
        .map_err(|_| Refusal::format("encryption"))?;
    let encryptor = Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient))
        .map_err(|_| Refusal::format("age"))?;
    Sealed::read(written(encryptor, plaintext)?, kind)
}

/// Wraps bytes by a passphrase.
pub(crate) fn wrap(
    passphrase: &str,
    work: u8,
    plaintext: &[u8],
    kind: Kind,
) -> Result<Sealed, Refusal> {
    if work > WORK_CEILING || work == 0 {
        // The library would stop the program at zero.
        return Err(Refusal::new(Why::WorkTooHigh)
            .with("work", work)
            .with("most", WORK_CEILING));
    }
    let mut recipient = scrypt::Recipient::new(phrase(passphrase));
    recipient.set_work_factor(work);
    let encryptor = Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient))
        .map_err(|_| Refusal::format("age"))?;
    // A wrap with too little work is refused here too.
    Sealed::read(written(encryptor, plaintext)?, kind)
}

fn written(encryptor: Encryptor, plaintext: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::with_capacity(plaintext.len() + 1024);
    let write = |out: &mut Vec<u8>| -> std::io::Result<()> {
        let mut writer = encryptor.wrap_output(out)?;
        writer.write_all(plaintext)?;
        writer.finish()?;
        Ok(())
    };
    write(&mut out).map_err(|_| Refusal::format("age"))?;
    Ok(out)
}

/// Passphrases are taken in NFC, so that one typed on another keyboard is the same.
fn phrase(passphrase: &str) -> SecretString {
    SecretString::from(passphrase.nfc().collect::<String>())
}

/// Opens a file with a key.
pub(crate) fn open_with(sealed: &Sealed, key: &AgeKey) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    read(sealed, &key.0, Why::DoesNotOpen)
}

/// Opens a wrap with a passphrase.
pub(crate) fn unwrap(sealed: &Sealed, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let mut identity = scrypt::Identity::new(phrase(passphrase));
    identity.set_max_work_factor(WORK_CEILING);
    read(sealed, &identity, Why::Passphrase)
}

fn read(
    sealed: &Sealed,
    identity: &dyn age::Identity,
    why: Why,
) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let decryptor = Decryptor::new(sealed.as_bytes()).map_err(|_| Refusal::format("age"))?;
    let mut reader = decryptor
        .decrypt(iter::once(identity))
        .map_err(|_| Refusal::new(why))?;
    let mut plaintext = Zeroizing::new(Vec::with_capacity(sealed.plaintext_len()));
    // The payload was changed or cut: nothing of it is given out.
    reader
        .read_to_end(&mut plaintext)
        .map_err(|_| Refusal::new(Why::DoesNotOpen))?;
    Ok(plaintext)
}
