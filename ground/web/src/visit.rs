//! Who calls, in which language, under which rule.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, civil::Date};
use mandate_accounts::{Area, Decision, Person, Protection, Rule, Scope, Session, decide, scope};
use mandate_language::Language;
use mandate_ledger::{Actor, Entry, Record, record_alone};
use mandate_store::Id;

use crate::{Flash, LanguageChoice, MenuItem, Page, PersonView, Problem, Shared, assets, csrf};

/// The page of alarms, beside whose entry in the menu stands how many wait.
pub(crate) const ALARMS: &str = "/ledger/alarms";

/// One request: the permission that a handler holds.
#[derive(Clone, Debug)]
pub struct Visit(pub(crate) Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub ground: Shared,
    pub person: Option<Person>,
    pub session: Option<Id>,
    pub account: Option<Session>,
    /// What form tokens are bound to: the session, or the browser's own cookie before there is one.
    pub form_key: String,
    pub rule: Rule,
    pub language: Language,
    pub nonce: String,
    pub path: String,
    pub query: Option<String>,
    pub address: String,
    pub at: Timestamp,
    pub flash: Option<String>,
    /// How many alarms wait for this person.
    pub alarms: i64,
}

impl Visit {
    /// The ground under the office.
    pub fn ground(&self) -> &Shared {
        &self.0.ground
    }

    /// Who is signed in; [`Problem::SignIn`] for nobody.
    ///
    /// # Errors
    /// [`Problem::SignIn`], which cannot happen behind a rule other than `Anyone`.
    pub fn person(&self) -> Result<&Person, Problem> {
        self.0.person.as_ref().ok_or(Problem::SignIn)
    }

    /// Who is signed in, if anybody.
    pub fn who(&self) -> Option<&Person> {
        self.0.person.as_ref()
    }

    /// The session, if there is one.
    pub fn session(&self) -> Option<Id> {
        self.0.session
    }

    /// The session with all that the account's own pages need of it.
    ///
    /// # Errors
    /// [`Problem::SignIn`] for nobody, and for a token.
    pub fn account(&self) -> Result<&Session, Problem> {
        self.0.account.as_ref().ok_or(Problem::SignIn)
    }

    /// As the ledger names whoever acts.
    pub fn actor(&self) -> Actor {
        match &self.0.person {
            Some(person) => Actor::person(person.id, self.0.session),
            None => Actor::nobody(),
        }
    }

    /// The reader's language.
    pub fn l(&self) -> &Language {
        &self.0.language
    }

    /// When the request came.
    pub fn at(&self) -> Timestamp {
        self.0.at
    }

    /// Today, where the office is.
    pub fn today(&self) -> Date {
        self.0
            .ground
            .profile
            .time_zone()
            .to_datetime(self.0.at)
            .date()
    }

    /// The address of the page, without its query.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The query of the address, as it was sent.
    pub fn query(&self) -> &str {
        self.0.query.as_deref().unwrap_or_default()
    }

    /// The network address that limits on sign-in are counted by.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// What may appear in lists and counts of an area.
    pub fn scope(&self, area: Area) -> Scope {
        scope(self.who(), area)
    }

    /// Asks whether this request may have a record, by the route's rule and the record's protection. The reading of a
    /// Restricted record and every refusal go to the ledger before the answer.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the person may not even know of the record, [`Problem::Forbidden`], [`Problem::SignIn`].
    pub async fn opens(
        &self,
        record: Record,
        protection: Protection,
        named: bool,
    ) -> Result<(), Problem> {
        let decision = decide(self.who(), self.0.rule, protection, named);
        let entry = match decision {
            Decision::Allow => return Ok(()),
            Decision::AllowRecorded => Entry::read("record.read", record),
            Decision::SignIn => return Err(Problem::SignIn),
            Decision::Forbid | Decision::Hide => Entry::refused("record.refused", Some(record)),
        };
        record_alone(&self.0.ground.store, &self.actor(), self.0.at, entry).await?;
        match decision {
            Decision::AllowRecorded => Ok(()),
            Decision::Forbid => Err(Problem::Forbidden),
            _ => Err(Problem::NotFound),
        }
    }

    /// As [`Visit::opens`], where nothing is shown by it: what is refused is recorded, and what is read is recorded where it is
    /// handed out ([`mandate_ledger::read_before`]). Writing a part of a paper is no reading.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::Forbidden`] or [`Problem::SignIn`].
    pub async fn admits(
        &self,
        record: Record,
        protection: Protection,
        named: bool,
    ) -> Result<(), Problem> {
        match decide(self.who(), self.0.rule, protection, named) {
            Decision::Allow | Decision::AllowRecorded => Ok(()),
            _ => self.opens(record, protection, named).await,
        }
    }

    /// A form's token for this session.
    pub fn form_token(&self) -> String {
        csrf::token(&self.0.ground.settings.secret, &self.0.form_key)
    }

    pub(crate) fn token_fits(&self, token: &str) -> bool {
        csrf::fits(&self.0.ground.settings.secret, &self.0.form_key, token)
    }

    /// The frame of a page with a title from the labels.
    pub fn page(&self, title: &str) -> Page {
        self.page_titled(self.l().text(title))
    }

    /// The frame of a page with a title that is data, such as a document's symbol.
    pub fn page_titled(&self, title: String) -> Page {
        let inner = &*self.0;
        let (ground, l) = (&inner.ground, &inner.language);
        let office = &ground.profile;
        Page {
            lang: l.tag().to_string(),
            title,
            office_name: office.office_name(l.tag().as_str()).to_owned(),
            path: inner.path.clone(),
            nonce: inner.nonce.clone(),
            css: assets::address("mandate.css"),
            js: assets::address("mandate.js"),
            icon: assets::address("favicon.svg"),
            menu: self.menu(),
            person: inner.person.as_ref().map(|person| PersonView {
                name: person.name.clone(),
                account_href: "/account".to_owned(),
                sign_out_href: "/sign-out".to_owned(),
            }),
            csrf: self.form_token(),
            languages: self.languages(),
            footnote: office.footnote(l.tag().as_str()).map(str::to_owned),
            banner: ground.settings.sample.then(|| l.text("shell-sample-data")),
            flash: inner.flash.as_ref().map(|id| Flash {
                kind: "success".to_owned(),
                text: l.text(id),
            }),
            breadcrumbs: Vec::new(),
            l: l.clone(),
        }
    }

    fn menu(&self) -> Vec<MenuItem> {
        let inner = &*self.0;
        let shown = |rule| {
            decide(self.who(), rule, Protection::Public, false).allows() && self.who().is_some()
        };
        inner
            .ground
            .menu
            .iter()
            .filter(|entry| shown(entry.rule))
            .map(|entry| MenuItem {
                href: entry.href.to_owned(),
                label: inner.language.text(entry.label),
                current: inner.path == entry.href
                    || (entry.href != "/" && inner.path.starts_with(&format!("{}/", entry.href))),
                count: (entry.href == ALARMS && inner.alarms > 0)
                    .then(|| inner.language.number(inner.alarms)),
            })
            .collect()
    }

    fn languages(&self) -> Vec<LanguageChoice> {
        let inner = &*self.0;
        let back = match &inner.query {
            Some(query) => format!("{}?{query}", inner.path),
            None => inner.path.clone(),
        };
        inner
            .ground
            .profile
            .languages()
            .iter()
            .filter_map(|tag| inner.ground.languages.get(tag))
            .map(|language| LanguageChoice {
                tag: language.tag().to_string(),
                own_name: language.own_name(),
                href: format!(
                    "/language?{}",
                    serde_urlencoded::to_string([
                        ("to", language.tag().as_str()),
                        ("back", back.as_str())
                    ])
                    .unwrap_or_default()
                ),
                current: language.tag() == inner.language.tag(),
            })
            .collect()
    }

    /// Goes on to another page, which says what has been done (`label` is the id of that sentence).
    pub fn done(&self, label: &'static str, to: &str) -> Response {
        let mut response = Redirect::to(to).into_response();
        crate::gate::set_flash(&mut response, self.ground(), label);
        response
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Visit>()
            .cloned()
            .ok_or_else(|| Problem::broken("a route stands outside the gate"))
    }
}
