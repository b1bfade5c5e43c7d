//! Documents of mechanisms.

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, Response},
};
use mandate_accounts::Area;
use mandate_ledger::Record;
use mandate_store::{Id, attachment_by_id};
use mandate_web::{
    Page, Problem, Visit,
    table::{Paging, QueryState},
};

use super::{State, id, list::may_work, view};
use crate::{
    search::{Filter, SortBy},
    store,
};

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

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    page: Page,
    id: Id,
    facts: Vec<(String, String)>,
    link: String,
    file: Option<String>,
    rows: Vec<view::Row>,
    may_work: bool,
}

/// The rows on a document's page; the list has all of them.
const ROWS: usize = 10;

async fn opened(state: &State, visit: &Visit, text: &str) -> Result<store::Document, Problem> {
    let reader = visit.who().map(|person| person.id);
    let document =
        store::document_by_id(&mut state.ground.store.clone(), id(text)?, reader).await?;
    let document = document.ok_or(Problem::NotFound)?;
    let record = Record::of("document", document.id);
    visit.opens(record, document.protection, false).await?;
    Ok(document)
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Html<String>, Problem> {
    let document = opened(&state, &visit, &text).await?;
    let (l, profile, mut db) = (visit.l(), &state.ground.profile, state.ground.store.clone());
    let tag = l.tag();
    let filter = Filter {
        document: Some(document.id),
        ..Filter::default()
    };
    let scope = visit.scope(Area::Mechanisms);
    let found = state
        .index
        .find(scope, &filter, SortBy::default(), 0, ROWS)?;
    let tags = store::tags(&mut db, &found.ids).await?;
    let rows = store::recommendations_by_ids(&mut db, &found.ids)
        .await?
        .iter()
        .map(|item| view::row(&visit, item, tags.get(&item.id).map_or(&[], Vec::as_slice)))
        .collect();
    let kept = match document.attachment_id {
        Some(kept) => attachment_by_id(&mut db, kept).await?,
        None => None,
    };
    let mechanism = profile
        .mechanisms
        .name_of(&document.mechanism, tag.as_str());
    let facts = [
        ("mechanisms-mechanism", mechanism.to_owned()),
        ("mechanisms-field-symbol", document.symbol.clone()),
        ("mechanisms-field-subject", document.subject.clone()),
        ("mechanisms-field-session", document.session.clone()),
        ("mechanisms-field-cycle", document.cycle.clone()),
        (
            "mechanisms-field-date",
            document.dated.map(|day| l.date(day)).unwrap_or_default(),
        ),
        (
            "shell-menu-recommendations",
            l.number(document.recommendations),
        ),
    ];
    let mut frame = visit.page_titled(if document.title.is_empty() {
        document.symbol.clone()
    } else {
        document.title.clone()
    });
    frame.breadcrumbs = vec![("/documents".to_owned(), l.text("shell-menu-documents"))];
    let page = DocumentPage {
        page: frame,
        id: document.id,
        facts: facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| (l.text(label), value))
            .collect(),
        link: document.link,
        file: kept.map(|kept| kept.file_name),
        rows,
        may_work: may_work(&visit),
    };
    Ok(Html(page.render()?))
}

/// The document as it was sent.
pub(crate) async fn file(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Response, Problem> {
    let document = opened(&state, &visit, &text).await?;
    let kept = document.attachment_id.ok_or(Problem::NotFound)?;
    let kept = attachment_by_id(&mut state.ground.store.clone(), kept)
        .await?
        .ok_or(Problem::NotFound)?;
    let bytes = state.ground.attachments.bytes(&kept.sha256).await?;
    let kind = "application/octet-stream";
    Ok(view::download(bytes, kind, &kept.file_name))
}
