//! Secrets that are shown once: 32 random bytes, of which only the SHA-256 is kept.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::{TryRng as _, rngs::SysRng};
use sha2::{Digest as _, Sha256};

use crate::{AccountError, error::broken};

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], AccountError> {
    let mut bytes = [0_u8; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// A new secret of 256 bits in base64url.
pub(crate) fn secret() -> Result<String, AccountError> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// What is stored of a secret. A plain hash is enough: 256 random bits cannot be guessed.
pub(crate) fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Whether a text can be one of our secrets, so that nothing else reaches the database.
pub(crate) fn plausible(secret: &str) -> bool {
    secret.len() == 43
        && secret
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        /// It is not printed by accident: `Debug` hides it.
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(pub(crate) String);

        impl $name {
            /// The secret itself, for the one place that it is meant for.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { $name(text.to_owned()) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secrets! {
    /// The secret of a session: the value of the browser's cookie.
    SessionToken;
    /// The secret of something begun and not yet finished: a second factor, a passkey, setting up codes.
    PendingToken;
    /// The secret of an invitation: the last part of the one-time link.
    InvitationToken;
    /// The secret of an API token, with its prefix.
    ApiToken;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_secret_is_new_each_time_and_never_printed() {
        let (a, b) = (
            SessionToken(secret().unwrap()),
            SessionToken(secret().unwrap()),
        );
        assert_ne!(a, b);
        assert!(plausible(a.as_str()) && !plausible("x' OR 1=1") && !plausible(""));
        assert_eq!(format!("{a:?}"), "SessionToken(…)");
    }
}
