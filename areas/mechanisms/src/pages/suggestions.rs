//! The queue of suggested themes: one recommendation at a time, confirmed with the keyboard alone.

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, Response},
};
use mandate_accounts::Area;
use mandate_ledger::Act;
use mandate_web::{FormData, Page, Problem, Visit, table::QueryState};

use super::{State, ask::wrong, recommendation::found, view};
use crate::{
    domain::TagKind,
    search::{Filter, SortBy},
    store::{self, Tag},
};

/// Themes that are offered.
const MOST: usize = 8;

struct Offer {
    key: String,
    name: String,
    percent: String,
    words: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "suggestions.html")]
struct SuggestionsPage {
    page: Page,
    waiting: String,
    item: Option<view::Row>,
    skip: usize,
    offers: Vec<Offer>,
    others: Vec<(String, String)>,
}

/// What waits: no theme was confirmed yet.
pub(crate) fn waiting() -> Filter {
    Filter {
        without_theme: true,
        ..Filter::default()
    }
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
    let mut offers = Vec::new();
    if let Some(item) = items
        .first()
        .filter(|item| crate::suggest::Suggester::reads(&item.language))
    {
        for found in state.suggester.suggest(&item.text, MOST) {
            offers.push(Offer {
                name: themes.name_of(&found.theme, l.tag().as_str()).to_owned(),
                // Nothing that is learned is certain.
                percent: l
                    .percent(f64::from((found.probability * 100.0).round().min(99.0)) / 100.0),
                words: found.words.join(", "),
                chosen: found.chosen,
                key: found.theme,
            });
        }
    }
    let others = view::vocabulary(&visit, themes)
        .into_iter()
        .filter(|(key, _)| offers.iter().all(|offer| offer.key != *key))
        .collect();
    let page = SuggestionsPage {
        page: visit.page("mechanisms-suggestions-title"),
        waiting: l.number(i64::try_from(all.total).unwrap_or(i64::MAX)),
        item: items.first().map(|item| view::row(&visit, item, &[])),
        skip,
        offers,
        others,
    };
    Ok(Html(page.render()?))
}

/// Keeps the themes that a person confirms beside the tags that are there.
pub(crate) async fn confirm(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let themes = &visit.ground().profile.themes;
    let confirmed: Vec<Tag> = form
        .all("themes")
        .into_iter()
        .chain(form.some("other"))
        .filter(|key| themes.get(key).is_some())
        .map(|key| Tag {
            kind: TagKind::Theme,
            value: key.to_owned(),
        })
        .collect();
    if confirmed.is_empty() {
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
