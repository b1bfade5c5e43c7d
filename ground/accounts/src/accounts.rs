//! What signing in needs besides the database.

use std::{
    collections::HashSet,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::SignedDuration;
use mandate_store::{Id, Store, Value};
use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

use crate::{AccountError, Hasher, tables::unrecorded};

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A session that nobody used for so long has ended.
    pub idle: SignedDuration,
    /// A session ends after so long in any case.
    pub absolute: SignedDuration,
}

impl Default for Limits {
    /// 60 minutes without use, 12 hours in all.
    fn default() -> Self {
        Limits {
            idle: SignedDuration::from_hours(1),
            absolute: SignedDuration::from_hours(12),
        }
    }
}

/// How long a page waits for the note that a session was used.
const PATIENCE: Duration = Duration::from_millis(250);

/// Where the office is reached, which passkeys are bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeAddress {
    /// `https://mandate.example.org`, without a path.
    pub origin: String,
    /// The office's name, as authenticator apps and passkeys show it.
    pub name: String,
}

/// Signing in, sessions, second factors, tokens. Cheap to clone; clones share.
#[derive(Clone, Debug)]
pub struct Accounts(Arc<Inner>);

struct Inner {
    hasher: Hasher,
    limits: Limits,
    issuer: String,
    webauthn: Option<Webauthn>,
    /// Sessions and tokens whose last use is being written just now.
    touching: Mutex<HashSet<Id>>,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts")
            .field("limits", &self.limits)
            .field("passkeys", &self.webauthn.is_some())
            .finish()
    }
}

impl Accounts {
    /// Signing in with passwords and codes; [`Accounts::at`] adds passkeys.
    ///
    /// # Errors
    /// [`AccountError::Broken`] when the operating system gives no random numbers.
    pub fn new(limits: Limits) -> Result<Self, AccountError> {
        Ok(Accounts(Arc::new(Inner {
            hasher: Hasher::new()?,
            limits,
            issuer: "Mandate".to_owned(),
            webauthn: None,
            touching: Mutex::default(),
        })))
    }

    /// The same at an address. Passkeys need a domain name (`localhost` is one): at a bare network address there are
    /// none, see [`Accounts::has_passkeys`].
    #[must_use]
    pub fn at(&self, address: &OfficeAddress) -> Self {
        Accounts(Arc::new(Inner {
            hasher: self.0.hasher.clone(),
            limits: self.0.limits,
            // A colon would end the issuer in an otpauth address.
            issuer: address.name.replace(':', " "),
            webauthn: webauthn(address),
            touching: Mutex::default(),
        }))
    }

    /// How passwords are hashed.
    pub fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    /// How long sessions last.
    pub fn limits(&self) -> Limits {
        self.0.limits
    }

    /// Whether passkeys can be used at the office's address.
    pub fn has_passkeys(&self) -> bool {
        self.0.webauthn.is_some()
    }

    pub(crate) fn webauthn(&self) -> Result<&Webauthn, AccountError> {
        self.0.webauthn.as_ref().ok_or(AccountError::NoPasskeys)
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// Notes that a session or token was used. A page waits a moment for it and no longer: an import may hold the one
    /// writer of SQLite for minutes. When it fails, a later request tries again.
    pub(crate) async fn touch(&self, store: &Store, id: Id, sql: &'static str, params: Vec<Value>) {
        if !self.touching().insert(id) {
            return;
        }
        let (accounts, store) = (self.clone(), store.clone());
        let writing = tokio::spawn(async move {
            use mandate_store::Query as _;
            if let Ok(mut tx) = unrecorded(&store).await
                && tx.execute(sql, params).await.is_ok()
            {
                // A failure is not worth a word: what is lost is a minute of a session's age.
                let _ = tx.commit().await;
            }
            accounts.touching().remove(&id);
        });
        let _ = tokio::time::timeout(PATIENCE, writing).await;
    }

    fn touching(&self) -> std::sync::MutexGuard<'_, HashSet<Id>> {
        self.0
            .touching
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn webauthn(address: &OfficeAddress) -> Option<Webauthn> {
    let origin = Url::parse(&address.origin).ok()?;
    let domain = origin.domain()?.to_owned();
    WebauthnBuilder::new(&domain, &origin)
        .ok()?
        .rp_name(&address.name)
        .build()
        .ok()
}
