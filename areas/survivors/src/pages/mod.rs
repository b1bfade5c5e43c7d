//! Two pages: the process (`/process`), and the files (`/files`) whose content is opened in the browser.
//!
//! The page of files stays at one address: which file is open is known to the browser's memory and stands in the body of a
//! request, never in an address, a title or the history. Every answer to it is JSON.

mod answer;
mod figures;
mod files;
mod grants;
mod identity;
mod keys;
mod left_out;
mod names;
mod process;
mod read;
mod steps;
mod write;

use std::sync::Arc;

use mandate_accounts::Party;
use mandate_office::Process;
use mandate_web::{MenuEntry, Problem, Routes, Rule, Shared};

/// What the area's handlers share.
#[derive(Debug)]
pub struct Survivors {
    /// The ground.
    pub ground: Shared,
}

/// A handle on it.
pub type State = Arc<Survivors>;

impl Survivors {
    /// The office's process; a page that is not there in an office without one.
    fn process(&self) -> Result<&Process, Problem> {
        self.ground
            .profile
            .process
            .as_ref()
            .ok_or(Problem::NotFound)
    }
}

/// Whoever works on files.
pub const WORKERS: Rule = Rule::Party(&[
    Party::Filing,
    Party::Secretariat,
    Party::Commission,
    Party::Keeper,
]);
/// Whoever files.
pub const FILING: Rule = Rule::Party(&[Party::Filing]);
/// Whoever keeps names.
pub const KEEPERS: Rule = Rule::Party(&[Party::Keeper]);
/// The human rights office.
pub const OBSERVERS: Rule = Rule::Party(&[Party::Observer]);

/// The area's entries in the menu.
pub fn menu() -> Vec<MenuEntry> {
    [
        ("shell-menu-files", "/files", WORKERS),
        ("shell-menu-process", "/process", OBSERVERS),
        ("shell-menu-keys", "/keys", Rule::Administrator),
    ]
    .into_iter()
    .map(|(label, href, rule)| MenuEntry { label, href, rule })
    .collect()
}

/// The area's routes.
pub fn routes(state: State) -> Routes {
    Routes::new()
        .get("/process", OBSERVERS, process::page)
        .post("/process", OBSERVERS, process::add)
        .post("/process/figures", OBSERVERS, process::release)
        .get("/keys", Rule::Administrator, keys::page)
        .post("/keys", Rule::Administrator, keys::bring)
        .get("/files", WORKERS, files::page)
        .post("/files/start", WORKERS, files::start)
        .post("/files/key", WORKERS, files::key)
        .post("/files/list", WORKERS, files::list)
        .post("/files/read", WORKERS, read::read)
        .post("/files/part", WORKERS, read::part)
        .post("/files/new", FILING, write::begin)
        .post("/files/write", WORKERS, write::fields)
        .post("/files/facts", FILING, write::facts)
        .post("/files/send", WORKERS, write::chunk)
        .post("/files/grant", WORKERS, grants::grant)
        .post("/files/step", WORKERS, steps::step)
        .post("/files/name", KEEPERS, identity::ask)
        .post("/files/name/answer", KEEPERS, identity::answer)
        .post("/files/key/passkey", WORKERS, files::passkey)
        .post("/files/names", FILING, names::read)
        .post("/files/names/begin", FILING, names::begin)
        .post("/files/names/grant", FILING, names::grant)
        .post("/files/names/write", FILING, names::write)
        .post("/files/others", FILING, left_out::list)
        .post("/files/others/new", FILING, left_out::record)
        .post("/files/others/read", FILING, left_out::read)
        .post("/files/others/off", FILING, left_out::take_back)
        .with_state(state)
}
