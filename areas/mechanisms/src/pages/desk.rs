//! "My desk": what is late, due soon, waiting for me, changed since I was last here.

use askama::Template;
use axum::{
    extract::State as Shared,
    response::{Html, Response},
};
use mandate_accounts::{Area, Role};
use mandate_ledger::Act;
use mandate_web::{FormData, Page, Problem, Visit, table::QueryState};

use super::{State, filter, repetitions, suggestions, view};
use crate::store;

struct Tile {
    class: &'static str,
    number: String,
    label: String,
    href: String,
}

struct Part {
    title: String,
    href: String,
    rows: Vec<view::Row>,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    page: Page,
    has_role: bool,
    tiles: Vec<Tile>,
    parts: Vec<Part>,
    mentions: Vec<view::Row>,
}

/// Rows in each part of the desk.
const ROWS: usize = 5;

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let person = visit.person()?.id;
    let mut db = state.ground.store.clone();
    let since = store::last_desk_visit(&mut db, person)
        .await?
        .map_or(0, |at| at.as_millisecond());
    let (l, scope) = (visit.l(), visit.scope(Area::Mechanisms));
    let has_role = visit.person()?.role(Area::Mechanisms).is_some();
    let questions = [
        (
            "bad",
            "mechanisms-desk-late",
            "due=late&sort=deadline".to_owned(),
        ),
        (
            "warn",
            "mechanisms-desk-soon",
            "due=soon&sort=deadline".to_owned(),
        ),
        ("", "mechanisms-desk-mine", "officer=me".to_owned()),
        ("warn", "mechanisms-desk-verify", "due=verify".to_owned()),
        (
            "",
            "mechanisms-desk-changed",
            format!("since={since}&sort=changed"),
        ),
    ];
    let (mut tiles, mut parts) = (Vec::new(), Vec::new());
    for (class, label, query) in questions.into_iter().filter(|_| has_role) {
        let state_of = QueryState::parse(&query);
        let (asked, sort) = filter::read(&visit, &state_of);
        let shown = if label == "mechanisms-desk-verify" {
            0
        } else {
            ROWS
        };
        let found = state.index.find(scope, &asked, sort, 0, shown)?;
        let href = format!("/recommendations?{query}");
        tiles.push(Tile {
            class,
            number: l.number(i64::try_from(found.total).unwrap_or(i64::MAX)),
            label: l.text(label),
            href: href.clone(),
        });
        if !found.ids.is_empty() {
            parts.push(Part {
                title: l.text(label),
                href,
                rows: rows(&state, &visit, &found.ids).await?,
            });
        }
    }
    let officer = visit.person()?.role(Area::Mechanisms) >= Some(Role::Officer);
    if officer {
        let themes = state.index.count(scope, &suggestions::waiting())?;
        tiles.push(Tile {
            class: "",
            number: l.number(i64::try_from(themes).unwrap_or(i64::MAX)),
            label: l.text("mechanisms-desk-suggestions"),
            href: "/suggestions".to_owned(),
        });
        let again = repetitions::groups_waiting(&state, &visit).await?.len();
        tiles.push(Tile {
            class: "",
            number: l.number(i64::try_from(again).unwrap_or(i64::MAX)),
            label: l.text("mechanisms-desk-repetitions"),
            href: "/repetitions".to_owned(),
        });
    }
    let waiting = store::mentions_waiting(&mut db, person, 20).await?;
    let mut mentions = Vec::new();
    for item in store::recommendations_by_ids(&mut db, &waiting).await? {
        if super::recommendation::is_open(&state, &visit, &item).await? {
            mentions.push(view::row(&visit, &item, &[]));
        }
    }
    let page = DeskPage {
        page: visit.page("mechanisms-desk-title"),
        has_role,
        tiles,
        parts,
        mentions,
    };
    Ok(Html(page.render()?))
}

async fn rows(
    state: &State,
    visit: &Visit,
    ids: &[mandate_store::Id],
) -> Result<Vec<view::Row>, Problem> {
    let mut db = state.ground.store.clone();
    let tags = store::tags(&mut db, ids).await?;
    let items = store::recommendations_by_ids(&mut db, ids).await?;
    Ok(items
        .iter()
        .map(|item| view::row(visit, item, tags.get(&item.id).map_or(&[], Vec::as_slice)))
        .collect())
}

pub(crate) async fn seen(
    Shared(state): Shared<State>,
    visit: Visit,
    _form: FormData,
) -> Result<Response, Problem> {
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::desk_visit(&mut act, visit.person()?.id).await?;
    act.commit().await?;
    Ok(visit.done("mechanisms-desk-marked", "/"))
}
