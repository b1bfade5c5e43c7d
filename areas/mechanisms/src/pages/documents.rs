//! Documents of mechanisms.

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, IntoResponse, Redirect, Response},
};
use mandate_accounts::Area;
use mandate_ledger::Record;
use mandate_store::Id;
use mandate_web::{
    Page, Problem, Visit,
    table::{Paging, QueryState},
};

use super::{State, id};
use crate::store;

const PER_PAGE: usize = 50;

struct Line {
    id: Id,
    name: String,
    mechanism: String,
    dated: String,
    recommendations: String,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    page: Page,
    lines: Vec<Line>,
    paging: Paging,
}

pub(crate) async fn list(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let l = visit.l();
    let paging = Paging::new("/documents", QueryState::parse(visit.query()), PER_PAGE);
    let scope = visit.scope(Area::Mechanisms);
    let mut db = state.ground.store.clone();
    let offset = i64::try_from(paging.offset()).unwrap_or(i64::MAX);
    let (found, total) = store::documents(&mut db, scope, None, PER_PAGE as i64, offset).await?;
    let tag = l.tag();
    let lines = found
        .into_iter()
        .map(|document| Line {
            id: document.id,
            mechanism: state
                .ground
                .profile
                .mechanisms
                .name_of(&document.mechanism, tag.as_str())
                .to_owned(),
            name: if document.symbol.is_empty() {
                document.title
            } else {
                format!("{} · {}", document.symbol, document.title)
            },
            dated: document.dated.map(|day| l.date(day)).unwrap_or_default(),
            recommendations: l.number(document.recommendations),
        })
        .collect();
    let paging = paging.of(usize::try_from(total).unwrap_or(0));
    Ok(Html(
        DocumentsPage {
            page: visit.page("mechanisms-documents-title"),
            lines,
            paging,
        }
        .render()?,
    ))
}

/// A document is its recommendations: the list, narrowed to it.
pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Response, Problem> {
    let reader = visit.who().map(|person| person.id);
    let document =
        store::document_by_id(&mut state.ground.store.clone(), id(&text)?, reader).await?;
    let document = document.ok_or(Problem::NotFound)?;
    visit
        .opens(
            Record::of("document", document.id),
            document.protection,
            false,
        )
        .await?;
    Ok(Redirect::to(&format!("/recommendations?document={}", document.id)).into_response())
}
