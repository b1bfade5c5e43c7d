//! People, their roles, how they sign in, and who may do what.
//!
//! [`decide`] answers every question of access; [`Accounts`] signs people in and knows their sessions; [`people`] is the
//! administration of accounts. Secrets (session, invitation, API token, pending step) are 256 random bits that are shown
//! once; the database holds their SHA-256 only.

mod access;
mod accounts;
mod api_token;
mod browser;
mod ceremony;
mod email;
mod error;
/// Invitations by a one-time link.
pub mod invitation;
mod party;
mod passkey;
/// Passwords: which are taken, and how they are hashed.
pub mod password;
/// The people of the office and their roles.
pub mod people;
mod second_factor;
mod session;
mod sign_in;
mod tables;
mod throttle;
mod token;
mod verify;
mod words;

pub use access::{Area, Decision, Person, Protection, Role, Rule, Scope, decide, scope};
pub use accounts::{Accounts, Limits, OfficeAddress};
pub use api_token::{API_TOKEN_PREFIX, TokenInfo};
pub use error::{AccountError, Label, PasswordProblem};
pub use invitation::{Invited, invited};
pub use party::{Parties, Party, PartyProblem, parties_of, people_who_are, set_parties};
pub use passkey::{PasskeyInfo, passkeys};
pub use password::Hasher;
pub use people::{NewPerson, PersonRecord, person};
pub use second_factor::{RecoveryCodes, TotpSetup, recovery_codes_left};
pub use session::{Session, SessionInfo};
pub use sign_in::{Caller, FirstStep, SignIn};
pub use tables::migrations;
pub use token::{ApiToken, InvitationToken, PendingToken, SessionToken};
pub use verify::verify;
pub use words::UnknownWord;
