//! What can go wrong with an account, and the label that says so.

use mandate_store::StoreError;
use thiserror::Error;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasswordProblem {
    /// It has fewer characters than [`crate::password::SHORTEST`].
    #[error("it is shorter than {least} characters")]
    Short {
        /// The least number of characters.
        least: usize,
    },
    /// It is longer than [`crate::password::LONGEST`] bytes.
    #[error("it is too long")]
    Long,
    /// It is one of those that are tried first, or repeats a few characters.
    #[error("it is one of those that are guessed first")]
    Common,
    /// It contains the part of the e-mail address before the at sign.
    #[error("it contains the e-mail address")]
    ContainsEmail,
}

/// An error of accounts. The text is for the command line and the log; a page shows [`AccountError::label`].
#[derive(Debug, Error)]
pub enum AccountError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password is not taken.
    #[error("the password cannot be used: {0}")]
    Password(#[from] PasswordProblem),
    /// The present password is not the one that was typed.
    #[error("the present password is wrong")]
    WrongPassword,
    /// Another person has the e-mail address.
    #[error("somebody already has this e-mail address")]
    EmailTaken,
    /// It is no e-mail address.
    #[error("this is no e-mail address")]
    Email,
    /// A name is empty, longer than 120 characters or holds control characters.
    #[error("a name is needed, of at most 120 characters")]
    Name,
    /// It is no language tag.
    #[error("this is no language")]
    Language,
    /// The invitation is unknown, used, revoked or too old; which of them is not said.
    #[error("the invitation is not valid (any more)")]
    Invitation,
    /// No such person.
    #[error("no such person")]
    Person,
    /// The person has been deactivated.
    #[error("the account is not active")]
    Inactive,
    /// The office would be left without an active administrator.
    #[error("the office needs at least one active administrator")]
    LastAdministrator,
    /// A code of the authenticator app, or a recovery code, is wrong or was used already.
    #[error("the code is wrong or was used already")]
    Code,
    /// What was begun (a second factor, a passkey, setting up codes) took too long or was finished already.
    #[error("this took too long, or was done already; begin again")]
    Expired,
    /// The passkey's answer is not accepted.
    #[error("the passkey was not accepted")]
    Passkey,
    /// Passkeys need an address with a domain name; this office has none.
    #[error("passkeys are not available at this address")]
    NoPasskeys,
    /// No such session, passkey or token of this person.
    #[error("no such entry")]
    Unknown,
    /// A token must end in the future, and within two years.
    #[error("the day on which the token ends must be in the future, and within two years")]
    TokenEnd,
    /// Too many attempts.
    #[error("too many attempts; try again in {} seconds", retry_after.as_secs())]
    TooMany {
        /// How long to wait.
        retry_after: std::time::Duration,
    },
    /// Hashing, random numbers or serialisation failed; the cause is for the log.
    #[error("{0}")]
    Broken(String),
}

/// A label's id with the numbers that it shows.
pub type Label = (&'static str, Vec<(&'static str, i64)>);

impl PasswordProblem {
    /// What a page says: the label's id and its numbers.
    pub fn label(self) -> Label {
        match self {
            PasswordProblem::Short { least } => (
                "accounts-error-password-short",
                vec![("least", i64::try_from(least).unwrap_or(i64::MAX))],
            ),
            PasswordProblem::Long => ("accounts-error-password-long", vec![]),
            PasswordProblem::Common => ("accounts-error-password-common", vec![]),
            PasswordProblem::ContainsEmail => ("accounts-error-password-email", vec![]),
        }
    }
}

impl AccountError {
    /// What a page says: the label's id and its numbers.
    pub fn label(&self) -> Label {
        let id = match self {
            AccountError::Password(problem) => return problem.label(),
            AccountError::TooMany { retry_after } => return too_many(*retry_after),
            AccountError::Store(_) | AccountError::Broken(_) => "accounts-error-broken",
            AccountError::WrongPassword => "accounts-error-wrong-password",
            AccountError::EmailTaken => "accounts-error-email-taken",
            AccountError::Email => "accounts-error-email",
            AccountError::Name => "accounts-error-name",
            AccountError::Language => "accounts-error-language",
            AccountError::Invitation => "accounts-error-invitation",
            AccountError::Person => "accounts-error-person",
            AccountError::Inactive => "accounts-error-inactive",
            AccountError::LastAdministrator => "accounts-error-last-administrator",
            AccountError::Code => "accounts-error-code",
            AccountError::Expired => "accounts-error-expired",
            AccountError::Passkey => "accounts-error-passkey",
            AccountError::NoPasskeys => "accounts-error-no-passkeys",
            AccountError::Unknown => "accounts-error-unknown",
            AccountError::TokenEnd => "accounts-error-token-end",
        };
        (id, vec![])
    }

    /// Whether the fault is the program's or the database's, not the person's: it belongs in the log.
    pub fn is_broken(&self) -> bool {
        matches!(self, AccountError::Store(_) | AccountError::Broken(_))
    }
}

/// The label for "wait": in whole minutes, rounded up.
pub(crate) fn too_many(retry_after: std::time::Duration) -> Label {
    let minutes = i64::try_from(retry_after.as_secs().div_ceil(60).max(1)).unwrap_or(i64::MAX);
    ("accounts-error-too-many", vec![("minutes", minutes)])
}

pub(crate) fn broken(error: impl std::fmt::Display) -> AccountError {
    AccountError::Broken(error.to_string())
}
