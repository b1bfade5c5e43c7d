//! What every handler stands on.

use std::sync::Arc;

use mandate_accounts::Rule;
use mandate_language::Languages;
use mandate_office::Profile;
use mandate_store::{Attachments, Clock, Store};

/// The office's settings that pages need.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where people reach the office: `https://mandate.example.org`. Forms sent from elsewhere are refused.
    pub origin: String,
    /// The key of form tokens, 32 random bytes that stay with the data.
    pub secret: Vec<u8>,
    /// Whether the data is synthetic; then every page says so.
    pub sample: bool,
    /// The largest file that may be sent, in bytes.
    pub largest_upload: usize,
}

/// An entry of the menu, shown to whoever its rule lets in.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// The id of its label.
    pub label: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Who sees it.
    pub rule: Rule,
}

/// Everything that handlers share.
#[derive(Debug)]
pub struct Ground {
    /// The database.
    pub store: Store,
    /// The files beside it.
    pub attachments: Attachments,
    /// Names, places, institutions, vocabularies.
    pub profile: Arc<Profile>,
    /// Every label in every language.
    pub languages: Languages,
    /// The time.
    pub clock: Clock,
    /// Signing in.
    pub accounts: mandate_accounts::Accounts,
    /// The office's settings.
    pub settings: Settings,
    /// The menu, in order.
    pub menu: Vec<MenuEntry>,
}

/// A handle on the ground.
pub type Shared = Arc<Ground>;
