//! A person's wrapped keys as the server keeps them.

use crate::{Kind, Refusal, Sealed};

/// A person's key wrapped by a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyWrap {
    /// The passkey's credential, as its bytes.
    pub credential: Vec<u8>,
    /// The wrap.
    pub wrap: Sealed,
}

/// A person's key, wrapped by a passphrase and perhaps by passkeys too. There is no way to have one by passkeys alone:
/// a lost passkey would be a lost person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKeys {
    passphrase: Sealed,
    passkeys: Vec<PasskeyWrap>,
}

impl WrappedKeys {
    /// Reads a set of wraps.
    ///
    /// # Errors
    /// What [`Sealed::read`] refuses.
    pub fn read(
        passphrase: Vec<u8>,
        passkeys: impl IntoIterator<Item = (Vec<u8>, Vec<u8>)>,
    ) -> Result<Self, Refusal> {
        let passphrase = Sealed::read(passphrase, Kind::PassphraseWrap)?;
        let passkeys = passkeys
            .into_iter()
            .map(|(credential, wrap)| {
                Sealed::read(wrap, Kind::PasskeyWrap).map(|wrap| PasskeyWrap { credential, wrap })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            passphrase,
            passkeys,
        })
    }

    /// The wrap by passphrase.
    pub const fn passphrase(&self) -> &Sealed {
        &self.passphrase
    }

    /// The wraps by passkeys.
    pub fn passkeys(&self) -> &[PasskeyWrap] {
        &self.passkeys
    }
}
