//! Passwords: which are taken, and how they are hashed.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use crate::{AccountError, PasswordProblem, error::broken, token};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most bytes of a password: more is no safer and costs time.
pub const LONGEST: usize = 1024;

/// Memory in KiB, passes and lanes: OWASP's first choice for Argon2id (Password Storage Cheat Sheet, 2025).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Each hash takes 19 MiB and a core: more at once would slow everybody's pages.
const AT_ONCE: usize = 2;

/// Long passwords that are guessed first, folded to letters and digits; shorter ones fail by their length.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456789123",
    "1234567891011",
    "1234512345",
    "0123456789",
    "012345678901",
    "987654321098",
    "qwertyuiop",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "qwertyqwerty",
    "qwerty123456",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "asdfghjkl",
    "asdfghjklzxc",
    "zxcvbnmzxcvbnm",
    "qwertzuiopasd",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "mypassword123",
    "changemeplease",
    "changeme1234",
    "letmeinletmein",
    "letmein12345",
    "welcome12345",
    "welcome123456",
    "administrator",
    "administrator1",
    "admin1234567",
    "adminadminadmin",
    "iloveyou1234",
    "iloveyouiloveyou",
    "football1234",
    "baseball1234",
    "princess1234",
    "superman1234",
    "trustno1trustno1",
    "correcthorsebatterystaple",
    "humanrights123",
    "humanrights2026",
    "unitednations",
    "unitednations1",
    "fjalekalimi123",
    "fjalekalimi1",
    "lozinka12345",
    "lozinka123456",
    "mandatemandate",
    "mandate12345",
    "kosovo123456",
    "kosova123456",
    "prishtina123",
    "pristina1234",
    "abcdefghijkl",
    "abcdefghijklm",
    "abcd1234abcd",
    "abc123abc123",
    "qazwsxedcrfv",
];

/// Whether a password may be used by the owner of an e-mail address.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(password: &str, email: &str) -> Result<(), PasswordProblem> {
    let password = password.trim();
    if password.chars().count() < SHORTEST {
        return Err(PasswordProblem::Short { least: SHORTEST });
    }
    if password.len() > LONGEST {
        return Err(PasswordProblem::Long);
    }
    let folded: String = password
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let mut different: Vec<char> = folded.chars().collect();
    different.sort_unstable();
    different.dedup();
    if COMMON.contains(&folded.as_str()) || different.len() < 5 {
        return Err(PasswordProblem::Common);
    }
    let local = email.trim().to_lowercase();
    let local = local.split('@').next().unwrap_or_default();
    // A local part of three letters would forbid half of all words.
    if local.chars().count() >= 4 && password.to_lowercase().contains(local) {
        return Err(PasswordProblem::ContainsEmail);
    }
    Ok(())
}

/// Hashes and checks passwords with Argon2id, at most two at a time, off the threads that serve pages. Clones share.
#[derive(Clone, Debug)]
pub struct Hasher(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    places: Arc<Semaphore>,
    checked: AtomicU64,
    /// The hash that an unknown e-mail address is checked against.
    nobody: String,
}

impl Hasher {
    /// A hasher; computes one hash, for the attempts of nobody in particular.
    ///
    /// # Errors
    /// [`AccountError::Broken`] when the operating system gives no random numbers.
    pub fn new() -> Result<Self, AccountError> {
        let nobody = hash_now(&token::secret()?)?;
        Ok(Hasher(Arc::new(Inner {
            places: Arc::new(Semaphore::new(AT_ONCE)),
            checked: AtomicU64::new(0),
            nobody,
        })))
    }

    /// The hash of a password in PHC form.
    ///
    /// # Errors
    /// [`AccountError::Broken`].
    pub async fn hash(&self, password: &str) -> Result<String, AccountError> {
        let password = password.to_owned();
        self.run(move || hash_now(&password)).await?
    }

    /// Whether a password belongs to a hash. Without a hash the same work is done, and the answer is no: how long it
    /// takes does not tell whether there is such an account.
    ///
    /// # Errors
    /// [`AccountError::Broken`] when the stored hash cannot be read.
    pub async fn check(&self, password: &str, hash: Option<&str>) -> Result<bool, AccountError> {
        let (known, hash) = (hash.is_some(), hash.unwrap_or(&self.0.nobody).to_owned());
        // Longer than any password that was taken: hashing a gigabyte would be a gift to whoever sends it.
        let password: String = if password.len() > LONGEST {
            String::new()
        } else {
            password.to_owned()
        };
        self.0.checked.fetch_add(1, Ordering::Relaxed);
        let fits = self.run(move || verify_now(&password, &hash)).await??;
        Ok(fits && known)
    }

    /// How many checks were computed since the start, of known and unknown accounts.
    pub fn checked(&self) -> u64 {
        self.0.checked.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AccountError> {
        let place = self
            .0
            .places
            .clone()
            .acquire_owned()
            .await
            .map_err(broken)?;
        // The place goes with the work: a caller that hangs up does not make room for another hash before this one ends.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        })
        .await
        .map_err(broken)
    }
}

/// The same letter can be typed as one character or as two (ë, č): both must open the same door. So must a password
/// with a space behind it, which some keyboards add and pages take off.
fn composed(password: &str) -> String {
    password.trim().nfc().collect()
}

fn hash_now(password: &str) -> Result<String, AccountError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(broken)?;
    let salt = token::random::<16>()?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(composed(password).as_bytes(), &salt)
        .map_err(broken)?;
    Ok(hash.to_string())
}

fn verify_now(password: &str, hash: &str) -> Result<bool, AccountError> {
    use argon2::password_hash::Error;
    match Argon2::default().verify_password(composed(password).as_bytes(), hash) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(other) => Err(broken(other)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_common_and_borrowed_passwords_are_refused() {
        let check = |password: &str| check(password, "Arta.Krasniqi@example.org");
        assert_eq!(
            check("short       "),
            Err(PasswordProblem::Short { least: 12 })
        );
        assert_eq!(check("kurz"), Err(PasswordProblem::Short { least: 12 }));
        assert_eq!(
            check("ëëëëëëë"),
            Err(PasswordProblem::Short { least: 12 }),
            "characters are counted, not bytes"
        );
        assert_eq!(check("Password-12345"), Err(PasswordProblem::Common));
        assert_eq!(check("aaaaaaaaaaaaaaaa"), Err(PasswordProblem::Common));
        assert_eq!(
            check("my-arta.krasniqi-pass"),
            Err(PasswordProblem::ContainsEmail)
        );
        assert_eq!(check(&"aBcd3fgh".repeat(200)), Err(PasswordProblem::Long));
        assert_eq!(check("three green bridges"), Ok(()));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_long_enough_and_does_not_name_its_owner(password in ".{0,40}", local in "[a-z]{4,8}") {
            if check(&password, &format!("{local}@example.org")).is_ok() {
                prop_assert!(password.chars().count() >= SHORTEST);
                prop_assert!(!password.to_lowercase().contains(&local));
            }
        }
    }

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only_however_its_letters_are_composed() {
        let hasher = Hasher::new().unwrap();
        let hash = hasher.hash("tri zelena ëčšž").await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(hasher.check("tri zelena ëčšž", Some(&hash)).await.unwrap());
        let decomposed: String = "tri zelena ëčšž".nfd().collect();
        assert!(hasher.check(&decomposed, Some(&hash)).await.unwrap());
        let spaced = hasher.hash(" tri zelena ëčšž ").await.unwrap();
        assert!(
            hasher
                .check("tri zelena ëčšž", Some(&spaced))
                .await
                .unwrap()
        );
        assert!(!hasher.check("tri zelena ecsz", Some(&hash)).await.unwrap());
        assert!(!hasher.check("tri zelena ëčšž", None).await.unwrap());
        assert_eq!(
            hasher.checked(),
            5,
            "nobody's password costs a check like anybody's"
        );
    }
}
