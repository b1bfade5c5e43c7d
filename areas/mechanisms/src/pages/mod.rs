//! The area's pages, one resource a file.

mod add;
mod api;
mod ask;
mod desk;
mod documents;
mod edit;
mod filter;
mod imports;
mod institutions;
mod list;
mod recommendation;
mod repetitions;
mod reports;
mod suggestions;
mod view;

use std::sync::Arc;

use mandate_web::{Area, MenuEntry, Problem, Role, Routes, Rule, Shared};

pub use self::imports::{is_report, job::Jobs};
use crate::{
    again::Again,
    search::{Index, SearchError},
    suggest::Suggester,
};

/// What the area's handlers share.
#[derive(Debug)]
pub struct Mechanisms {
    /// The ground.
    pub ground: Shared,
    /// The index of recommendations.
    pub index: Index,
    /// What asks for the same again.
    pub again: Again,
    /// What suggests themes, groups and targets.
    pub suggester: Arc<Suggester>,
    /// The imports that are being written.
    pub running: Jobs,
}

/// A handle on it.
pub type State = Arc<Mechanisms>;

/// Whoever reads this area.
pub const READER: Rule = Rule::Role(Area::Mechanisms, Role::Reader);
/// Whoever works in it.
pub const OFFICER: Rule = Rule::Role(Area::Mechanisms, Role::Officer);

/// Whoever answers for it.
pub const LEAD: Rule = Rule::Role(Area::Mechanisms, Role::Lead);

/// The area's entries in the menu.
pub fn menu() -> Vec<MenuEntry> {
    [
        ("shell-menu-desk", "/", READER),
        ("shell-menu-recommendations", "/recommendations", READER),
        ("shell-menu-documents", "/documents", READER),
        ("shell-menu-institutions", "/institutions", READER),
        ("shell-menu-import", "/imports", OFFICER),
        ("shell-menu-reports", "/reports", READER),
    ]
    .into_iter()
    .map(|(label, href, rule)| MenuEntry { label, href, rule })
    .collect()
}

/// The area's routes.
pub fn routes(state: State) -> Routes {
    Routes::new()
        .get("/", Rule::SignedIn, desk::page)
        .post("/desk/seen", READER, desk::seen)
        .get("/recommendations", READER, list::page)
        .post("/recommendations", OFFICER, add::add)
        .get("/recommendations/new", OFFICER, add::page)
        .post("/recommendations/assign", OFFICER, list::assign)
        .get("/recommendations.csv", READER, list::csv)
        .get("/recommendations.xlsx", READER, list::xlsx)
        .get("/recommendations/{id}", READER, recommendation::page)
        .post(
            "/recommendations/{id}/assess",
            OFFICER,
            recommendation::assess,
        )
        .post(
            "/recommendations/{id}/evidence",
            OFFICER,
            recommendation::evidence,
        )
        .post(
            "/recommendations/{id}/measures",
            OFFICER,
            recommendation::measure,
        )
        .post(
            "/recommendations/{id}/comments",
            OFFICER,
            recommendation::comment,
        )
        .post(
            "/recommendations/{id}/measures/{measure}",
            OFFICER,
            recommendation::progress,
        )
        .get("/evidence/{id}/file", READER, recommendation::evidence_file)
        .get("/recommendations/{id}/edit", OFFICER, edit::page)
        .post("/recommendations/{id}/details", OFFICER, edit::details)
        .post(
            "/recommendations/{id}/themes",
            OFFICER,
            suggestions::confirm,
        )
        .get("/suggestions", OFFICER, suggestions::page)
        .post("/suggestions/learn", LEAD, suggestions::learn)
        .get("/repetitions", OFFICER, repetitions::list)
        .get(
            "/recommendations/{id}/repetitions",
            OFFICER,
            repetitions::page,
        )
        .post(
            "/recommendations/{id}/repetitions",
            OFFICER,
            repetitions::say,
        )
        .post("/recommendations/group", OFFICER, repetitions::group)
        .post(
            "/recommendations/{id}/translations",
            OFFICER,
            edit::translate,
        )
        .post("/recommendations/{id}/protection", LEAD, edit::protect)
        .get("/documents", READER, documents::list)
        .get("/documents/{id}", READER, documents::page)
        .get("/documents/{id}/file", READER, documents::file)
        .get("/institutions", READER, institutions::list)
        .get("/institutions/{key}", READER, institutions::page)
        .get("/imports", OFFICER, imports::list)
        .post("/imports", OFFICER, imports::upload)
        .get("/imports/{id}", OFFICER, imports::page)
        .get("/imports/{id}/source", OFFICER, imports::source)
        .post("/imports/{id}/mapping", OFFICER, imports::table::remap)
        .post("/imports/{id}/apply", OFFICER, imports::table::apply)
        .post("/imports/{id}/stop", OFFICER, imports::table::stop)
        .post("/imports/{id}/document", OFFICER, imports::review::describe)
        .post("/imports/{id}/proposals", OFFICER, imports::review::add)
        .post(
            "/imports/{id}/proposals/{proposal}",
            OFFICER,
            imports::review::decide,
        )
        .post("/imports/{id}/accept", OFFICER, imports::review::accept_all)
        .post("/imports/{id}/write", OFFICER, imports::review::write)
        .get("/reports", READER, reports::page)
        .get("/reports/file", READER, reports::file)
        .get("/api/v1/openapi.json", Rule::Anyone, api::description)
        .get("/api/v1/documents", READER, api::documents)
        .get("/api/v1/institutions", READER, api::institutions)
        .get("/api/v1/recommendations", READER, api::list)
        .get("/api/v1/recommendations/{id}", READER, api::one)
        .with_state(state)
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Store(error) => error.into(),
            other => Problem::broken(other),
        }
    }
}

impl Mechanisms {
    /// Lets the index see what has just been written, so that the next page shows it.
    pub(crate) async fn caught_up(&self) {
        if let Err(error) = self.index.catch_up(&self.ground.store).await {
            tracing::warn!(%error, "the index will catch up with the next change");
        }
    }
}

/// The identifier in an address; anything else is a page that is not there.
pub(crate) fn id(text: &str) -> Result<mandate_store::Id, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
