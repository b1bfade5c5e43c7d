//! The queue of what is suggested: the themes, affected groups and targets of one recommendation at a time, confirmed with
//! the keyboard alone.

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, Response},
};
use mandate_accounts::{Area, Role};
use mandate_language::Arg;
use mandate_ledger::Act;
use mandate_web::{FormData, Page, Problem, Visit, table::QueryState};

use super::{State, ask::wrong, recommendation::found, view};
use crate::{
    domain::TagKind,
    learn::School,
    search::{Filter, SortBy},
    store::{self, Tag},
    suggest::SUGGESTED,
};

/// Themes that are offered.
const MOST: usize = 8;
/// Groups and targets that are offered.
const MOST_OTHERS: usize = 4;

/// One that is offered, with the words that spoke for it.
pub(crate) struct Offer {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) percent: String,
    pub(crate) words: String,
    pub(crate) chosen: bool,
}

/// What is offered of a kind.
pub(crate) struct Offers {
    /// The name of the fields.
    pub(crate) field: &'static str,
    pub(crate) legend: String,
    /// Whether the keys 1 to 9 tick them.
    pub(crate) numbered: bool,
    pub(crate) offers: Vec<Offer>,
}

#[derive(Template)]
#[template(path = "suggestions.html")]
struct SuggestionsPage {
    page: Page,
    waiting: String,
    item: Option<view::Row>,
    skip: usize,
    kinds: Vec<Offers>,
    others: Vec<(String, String)>,
    learned: String,
    may_teach: bool,
}

/// What waits: no theme was confirmed yet.
pub(crate) fn waiting() -> Filter {
    Filter {
        without_theme: true,
        ..Filter::default()
    }
}

/// The name of a form's fields for a kind, and its label.
pub(crate) fn field_of(kind: TagKind) -> (&'static str, &'static str) {
    match kind {
        TagKind::Group => ("groups", "mechanisms-groups"),
        TagKind::Target => ("targets", "mechanisms-targets"),
        _ => ("themes", "mechanisms-suggestions-legend"),
    }
}

/// What is suggested for a text, kind by kind.
pub(crate) fn offers(state: &State, visit: &Visit, text: &str, language: &str) -> Vec<Offers> {
    let l = visit.l();
    SUGGESTED
        .into_iter()
        .map(|kind| {
            let most = if kind == TagKind::Theme {
                MOST
            } else {
                MOST_OTHERS
            };
            let (field, legend) = field_of(kind);
            let found = state.suggester.suggest(text, language, kind, most);
            Offers {
                field,
                legend: l.text(legend),
                numbered: kind == TagKind::Theme,
                offers: found
                    .into_iter()
                    .map(|found| Offer {
                        name: name_of(visit, kind, &found.key),
                        // Nothing that is learned is certain.
                        percent: l.percent(
                            f64::from((found.probability * 100.0).round().min(99.0)) / 100.0,
                        ),
                        words: found.words.join(", "),
                        chosen: found.chosen,
                        key: found.key,
                    })
                    .collect(),
            }
        })
        .filter(|of| of.numbered || !of.offers.is_empty())
        .collect()
}

pub(crate) fn name_of(visit: &Visit, kind: TagKind, key: &str) -> String {
    let (profile, tag) = (&visit.ground().profile, visit.l().tag());
    match kind {
        TagKind::Group => profile.groups.name_of(key, tag.as_str()).to_owned(),
        TagKind::Target => profile.target_name(key, tag.as_str()),
        _ => profile.themes.name_of(key, tag.as_str()).to_owned(),
    }
}

/// The tags that a form ticks; what the profile does not know is left out.
pub(crate) fn ticked(visit: &Visit, form: &FormData) -> Vec<Tag> {
    let profile = &visit.ground().profile;
    SUGGESTED
        .into_iter()
        .flat_map(|kind| {
            form.all(field_of(kind).0)
                .into_iter()
                .filter(move |key| match kind {
                    TagKind::Group => profile.groups.get(key).is_some(),
                    TagKind::Target => profile.goals.iter().any(|goal| {
                        goal.key == *key || goal.targets.iter().any(|target| target.key == *key)
                    }),
                    _ => profile.themes.get(key).is_some(),
                })
                .map(move |key| Tag {
                    kind,
                    value: key.to_owned(),
                })
        })
        .collect()
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let query = QueryState::parse(visit.query());
    let skip: usize = query.get("skip").parse().unwrap_or(0);
    let scope = visit.scope(Area::Mechanisms);
    let all = state
        .index
        .find(scope, &waiting(), SortBy::Document, skip, 1)?;
    let items = store::recommendations_by_ids(&mut state.ground.store.clone(), &all.ids).await?;
    let (l, themes) = (visit.l(), &visit.ground().profile.themes);
    let kinds = items.first().map_or_else(Vec::new, |item| {
        offers(&state, &visit, &item.text, &item.language)
    });
    let offered = |key: &str| {
        kinds
            .iter()
            .filter(|of| of.numbered)
            .any(|of| of.offers.iter().any(|offer| offer.key == key))
    };
    let others = view::vocabulary(&visit, themes)
        .into_iter()
        .filter(|(key, _)| !offered(key))
        .collect();
    let page = SuggestionsPage {
        page: visit.page("mechanisms-suggestions-title"),
        waiting: l.number(i64::try_from(all.total).unwrap_or(i64::MAX)),
        item: items.first().map(|item| view::row(&visit, item, &[])),
        skip,
        others,
        learned: learned(&state, &visit),
        may_teach: visit.person()?.role(Area::Mechanisms) >= Some(Role::Lead),
        kinds,
    };
    Ok(Html(page.render()?))
}

/// From what the suggestions come: the version, the day and the texts of each model that learned from the office.
fn learned(state: &State, visit: &Visit) -> String {
    let l = visit.l();
    let models: Vec<String> = SUGGESTED
        .into_iter()
        .filter_map(|kind| state.suggester.learned(kind))
        .map(|model| {
            let texts = i64::try_from(model.report().texts).unwrap_or(i64::MAX);
            let speaks = model.report().labels.iter().filter(|label| label.speaks);
            l.with(
                "mechanisms-suggestions-learned",
                &[
                    (
                        "kind",
                        Arg::Text(l.text(&format!("mechanisms-learned-{}", model.kind()))),
                    ),
                    ("number", Arg::Integer(model.number())),
                    ("texts", Arg::Integer(texts)),
                    (
                        "labels",
                        Arg::Integer(i64::try_from(speaks.count()).unwrap_or(i64::MAX)),
                    ),
                    (
                        "date",
                        Arg::Text(l.date_time(model.at(), visit.ground().profile.time_zone())),
                    ),
                ],
            )
        })
        .collect();
    if models.is_empty() {
        l.text("mechanisms-suggestions-carried")
    } else {
        models.join(" ")
    }
}

/// Keeps what a person confirms beside the tags that are there.
pub(crate) async fn confirm(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let themes = &visit.ground().profile.themes;
    let mut confirmed = ticked(&visit, &form);
    confirmed.extend(
        form.some("other")
            .filter(|key| themes.get(key).is_some())
            .map(|key| Tag {
                kind: TagKind::Theme,
                value: key.to_owned(),
            }),
    );
    if confirmed.iter().all(|tag| tag.kind != TagKind::Theme) {
        return Err(wrong("mechanisms-suggestions-none-chosen"));
    }
    let mut db = state.ground.store.clone();
    let before = store::tags(&mut db, &[item.id])
        .await?
        .remove(&item.id)
        .unwrap_or_default();
    let mut after = before.clone();
    after.extend(confirmed);
    after.sort();
    after.dedup();
    if after != before {
        let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
        store::edit_tags(&mut act, item.id, &after).await?;
        act.commit().await?;
        state.caught_up().await;
    }
    let skip = form.text("skip").parse::<usize>().unwrap_or(0);
    Ok(visit.done(
        "mechanisms-suggestions-kept",
        &format!("/suggestions?skip={skip}"),
    ))
}

/// Learns now from what was confirmed, instead of waiting until enough has changed.
pub(crate) async fn learn(
    Shared(state): Shared<State>,
    visit: Visit,
    _form: FormData,
) -> Result<Response, Problem> {
    let learned = state.school().now(&visit.actor(), visit.at()).await;
    let label = if learned.map_err(Problem::broken)? {
        "mechanisms-suggestions-learned-now"
    } else {
        "mechanisms-suggestions-too-few"
    };
    Ok(visit.done(label, "/suggestions"))
}

impl super::Mechanisms {
    /// Where models learn from what people confirmed.
    pub fn school(&self) -> School<'_> {
        School {
            store: &self.ground.store,
            attachments: &self.ground.attachments,
            suggester: &self.suggester,
            index: &self.index,
        }
    }
}
