//! The token of a form: proof that the form came from a page of ours in the same session.
//!
//! It is made anew for every page (a random part and its HMAC-SHA-256 under the office's secret with the session's
//! name), so that a compressed page never repeats a secret (BREACH) and a token of one session is worth nothing in another.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::Rng as _;
use sha2::Sha256;

const RANDOM: usize = 16;

/// A new token for a session. Who has none (the sign-in page) is bound to the name of the browser's own cookie.
pub(crate) fn token(secret: &[u8], session: &str) -> String {
    let mut random = [0_u8; RANDOM];
    rand::rng().fill_bytes(&mut random);
    let mut bytes = random.to_vec();
    bytes.extend(mac(secret, session, &random).finalize().into_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether a token was made for this session.
pub(crate) fn fits(secret: &[u8], session: &str, token: &str) -> bool {
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(token) else {
        return false;
    };
    if bytes.len() < RANDOM {
        return false;
    }
    let (random, given) = bytes.split_at(RANDOM);
    mac(secret, session, random).verify_slice(given).is_ok()
}

fn mac(secret: &[u8], session: &str, random: &[u8]) -> Hmac<Sha256> {
    // HMAC takes a key of any length; the error of `new_from_slice` cannot occur, and an empty key would fit nothing.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret)
        .unwrap_or_else(|_| Hmac::<Sha256>::new(&Default::default()));
    // not a label: what the key is used for
    mac.update(b"mandate form");
    mac.update(random);
    mac.update(session.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_own_session_only() {
        let token = token(b"secret", "session-1");
        assert!(fits(b"secret", "session-1", &token));
        assert!(!fits(b"secret", "session-2", &token));
        assert!(!fits(b"another", "session-1", &token));
        assert!(!fits(b"secret", "session-1", ""));
        assert!(!fits(b"secret", "session-1", &token[..token.len() - 2]));
    }

    #[test]
    fn no_two_pages_hold_the_same_token() {
        assert_ne!(token(b"secret", "s"), token(b"secret", "s"));
    }
}
