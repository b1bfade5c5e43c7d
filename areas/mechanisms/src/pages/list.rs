//! The list of recommendations: filters, search, pages, assigning many at once, export.

use askama::Template;
use axum::{
    extract::State as Shared,
    http::header,
    response::{Html, IntoResponse, Response},
};
use mandate_accounts::Area;
use mandate_ledger::Act;
use mandate_store::Id;
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
    table::{Paging, QueryState},
};

use super::{
    State,
    ask::{day, not_a_choice, wrong},
    filter, view,
};
use crate::{
    export,
    store::{self, Assign, Recommendation, Tag},
};

const PER_PAGE: usize = 25;
/// Rows of an export; more is asked for in parts.
const MOST_EXPORTED: usize = 50_000;

#[derive(Template)]
#[template(path = "recommendations.html")]
struct ListPage {
    page: Page,
    search: Field,
    filters: Vec<Field>,
    filtered: bool,
    rows: Vec<view::Row>,
    showing: String,
    paging: Paging,
    csv: String,
    xlsx: String,
    may_assign: bool,
    assign: Vec<Field>,
    assign_deadline: Field,
    here: String,
    add: String,
    report: String,
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let query = QueryState::parse(visit.query());
    let (filter, sort) = filter::read(&visit, &query);
    let paging = Paging::new("/recommendations", query.clone(), PER_PAGE);
    let found = state.index.find(
        visit.scope(Area::Mechanisms),
        &filter,
        sort,
        paging.offset(),
        PER_PAGE,
    )?;
    let mut db = state.ground.store.clone();
    let items = store::recommendations_by_ids(&mut db, &found.ids).await?;
    let tags = store::tags(&mut db, &found.ids).await?;
    let rows = items
        .iter()
        .map(|item| view::row(&visit, item, tags.get(&item.id).map_or(&[], Vec::as_slice)))
        .collect();
    let l = visit.l();
    let paging = paging.of(found.total);
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let showing = if found.total == 0 {
        l.text("shell-table-no-match")
    } else {
        l.with(
            "shell-table-showing",
            &[
                ("from", number(paging.first()).into()),
                ("to", number(paging.last()).into()),
                ("total", number(found.total).into()),
            ],
        )
    };
    let mut form = FormData::default();
    form.set("q", query.get("q"));
    let officers = view::officers(&visit).await?;
    let export = |path: &str| query.with(path, "page", "");
    let page = ListPage {
        page: visit.page("mechanisms-list-title"),
        search: Field::new(l, "q", "shell-search", &form, &Errors::none()),
        filters: filter::fields(&visit, &query, officers.clone()),
        filtered: query
            .pairs()
            .any(|(name, _)| name != "page" && name != "sort"),
        rows,
        showing,
        csv: export("/recommendations.csv"),
        xlsx: export("/recommendations.xlsx"),
        report: export("/reports"),
        may_assign: may_work(&visit),
        assign: assign_fields(&visit, officers),
        assign_deadline: Field::new(
            l,
            "deadline",
            "mechanisms-deadline",
            &FormData::default(),
            &Errors::none(),
        ),
        here: query.with("/recommendations", "", ""),
        add: match query.get("document") {
            "" => "/recommendations/new".to_owned(),
            document => format!("/recommendations/new?document={document}"),
        },
        paging,
    };
    Ok(Html(page.render()?))
}

pub(crate) fn may_work(visit: &Visit) -> bool {
    visit
        .who()
        .and_then(|person| person.role(Area::Mechanisms))
        .is_some_and(|role| role >= mandate_web::Role::Officer)
}

fn assign_fields(visit: &Visit, officers: Vec<(String, String)>) -> Vec<Field> {
    let (l, form, none) = (visit.l(), FormData::default(), Errors::none());
    let profile = &visit.ground().profile;
    let keep = || l.text("mechanisms-leave-as-is");
    vec![
        Field::new(l, "responsible", "mechanisms-officer", &form, &none)
            .choices(&form, officers)
            .or_none(keep()),
        Field::new(l, "addressee", "mechanisms-institution", &form, &none)
            .choices(&form, view::vocabulary(visit, &profile.institutions))
            .or_none(keep()),
    ]
}

pub(crate) async fn assign(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormData,
) -> Result<Response, Problem> {
    let ids: Vec<Id> = form
        .all("id")
        .into_iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    if ids.is_empty() {
        return Err(wrong("mechanisms-assign-none-chosen"));
    }
    let deadline = day(&visit, &form, "deadline", "mechanisms-deadline")?;
    let addressee = form.some("addressee");
    if addressee.is_some_and(|key| visit.ground().profile.institutions.get(key).is_none()) {
        return Err(not_a_choice(&visit, "mechanisms-institution"));
    }
    let responsible = super::edit::officer(&visit, &form).await?;
    // Each of them is asked for, so that nobody assigns what they may not see.
    let mut db = state.ground.store.clone();
    let found = store::recommendations_by_ids(&mut db, &ids).await?;
    if found.len() != ids.len() {
        return Err(Problem::NotFound);
    }
    for item in &found {
        super::recommendation::opened(&state, &visit, item).await?;
    }
    let what = Assign {
        responsible,
        deadline,
        addressees: addressee.map(str::to_owned).into_iter().collect(),
        ..Assign::default()
    };
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::assign(&mut act, &ids, &what).await?;
    act.commit().await?;
    state.caught_up().await;
    let back = form
        .some("back")
        .filter(|back| back.starts_with("/recommendations"))
        .unwrap_or("/recommendations");
    Ok(visit.done("mechanisms-assigned", back))
}

async fn exported(
    state: &State,
    visit: &Visit,
) -> Result<Vec<(Recommendation, Vec<Tag>)>, Problem> {
    let (filter, sort) = filter::read(visit, &QueryState::parse(visit.query()));
    let found = state.index.find(
        visit.scope(Area::Mechanisms),
        &filter,
        sort,
        0,
        MOST_EXPORTED,
    )?;
    let mut db = state.ground.store.clone();
    let mut tags = store::tags(&mut db, &found.ids).await?;
    let items = store::recommendations_by_ids(&mut db, &found.ids).await?;
    Ok(items
        .into_iter()
        .map(|item| {
            let tags = tags.remove(&item.id).unwrap_or_default();
            (item, tags)
        })
        .collect())
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, bytes).into_response()
}

pub(crate) async fn csv(Shared(state): Shared<State>, visit: Visit) -> Result<Response, Problem> {
    let items = exported(&state, &visit).await?;
    let bytes =
        export::to_csv(&items, &visit.ground().profile, visit.l()).map_err(Problem::broken)?;
    Ok(file(
        bytes,
        "text/csv; charset=utf-8",
        "attachment; filename=\"recommendations.csv\"",
    ))
}

pub(crate) async fn xlsx(Shared(state): Shared<State>, visit: Visit) -> Result<Response, Problem> {
    let items = exported(&state, &visit).await?;
    let bytes =
        export::to_xlsx(&items, &visit.ground().profile, visit.l()).map_err(Problem::broken)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file(
        bytes,
        kind,
        "attachment; filename=\"recommendations.xlsx\"",
    ))
}
