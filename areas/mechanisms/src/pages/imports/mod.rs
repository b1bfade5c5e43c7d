//! Imports: send a file or paste a text, see what was understood, and write all of it or nothing. A table is shown as it
//! was understood ([`table`]); a report is read for recommendations that a person then reviews ([`review`]).

pub(crate) mod job;
pub(crate) mod review;
pub(crate) mod table;

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, IntoResponse, Redirect, Response},
};
use mandate_accounts::Protection;
use mandate_ledger::Record;
use mandate_store::Id;
use mandate_web::{
    FormData, Page, Problem, Upload, Visit,
    form::{Errors, Field},
};

use super::{State, ask::wrong, id, view};
use crate::store::{self, ImportRecord, ImportState};

struct Line {
    id: Id,
    name: String,
    at: String,
    state: String,
}

#[derive(Template)]
#[template(path = "imports.html")]
struct ImportsPage {
    page: Page,
    lines: Vec<Line>,
    text: Field,
}

pub(crate) async fn list(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let l = visit.l();
    let zone = state.ground.profile.time_zone();
    let lines = store::imports(&mut state.ground.store.clone(), 50)
        .await?
        .into_iter()
        .map(|import| Line {
            id: import.id,
            name: import.file_name.clone(),
            at: l.date_time(import.added_at, zone),
            state: l.text(&format!(
                "mechanisms-import-state-{}",
                now(&state, &import).as_str()
            )),
        })
        .collect();
    let form = FormData::default();
    let page = ImportsPage {
        page: visit.page("mechanisms-imports-title"),
        lines,
        text: Field::new(
            l,
            "text",
            "mechanisms-import-pasted",
            &form,
            &Errors::none(),
        ),
    };
    Ok(Html(page.render()?))
}

/// Where an import stands: one that was being written when the program ended has stopped.
fn now(state: &State, import: &ImportRecord) -> ImportState {
    match import.state {
        ImportState::Running if state.running.of(import.id).is_none() => ImportState::Stopped,
        other => other,
    }
}

/// Whether a file is a report (PDF or Word), by its content; anything else is read as a table.
pub fn is_report(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let pdf = head.windows(5).any(|window| window == b"%PDF-");
    let zip = head.starts_with(b"PK\x03\x04");
    let word = b"word/document.xml";
    let start: Vec<u8> = head.iter().map(u8::to_ascii_lowercase).collect();
    // not a label: markup
    let web = ["<!doctype html", "<html", "<body"];
    let web = web.iter().any(|tag| {
        start
            .windows(tag.len())
            .any(|window| window == tag.as_bytes())
    });
    pdf || web || (zip && bytes.windows(word.len()).any(|window| window == word))
}

pub(crate) async fn upload(
    Shared(state): Shared<State>,
    visit: Visit,
    upload: Upload,
) -> Result<Response, Problem> {
    let id = match upload.file("file") {
        Some(file) if is_report(&file.bytes) => {
            review::start(&state, &visit, &file.bytes, &file.name).await?
        }
        Some(file) => table::start(&state, &visit, &file.bytes, &file.name).await?,
        None => {
            let text = upload.form.some("text");
            let text = text.ok_or(wrong("mechanisms-import-no-file"))?;
            let name = visit.l().text("mechanisms-import-pasted");
            review::start(&state, &visit, text.as_bytes(), &name).await?
        }
    };
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}

/// The import that an address names, asked for by the visit's own right.
async fn opened(state: &State, visit: &Visit, text: &str) -> Result<ImportRecord, Problem> {
    let import = store::import_by_id(&mut state.ground.store.clone(), id(text)?)
        .await?
        .ok_or(Problem::NotFound)?;
    let record = Record::of("import", import.id);
    visit.opens(record, Protection::Office, false).await?;
    Ok(import)
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Response, Problem> {
    let import = opened(&state, &visit, &text).await?;
    if import.kind == "report" {
        return review::page(&state, &visit, import).await;
    }
    if let Some(job) = state.running.of(import.id) {
        return Ok(table::under_way(&visit, &import, &job)?.into_response());
    }
    Ok(table::preview(&state, &visit, import)
        .await?
        .into_response())
}

/// The file as it was sent.
pub(crate) async fn source(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Response, Problem> {
    let import = opened(&state, &visit, &text).await?;
    let bytes = state.ground.attachments.bytes(&import.sha256).await?;
    let kind = "application/octet-stream";
    Ok(view::download(bytes, kind, &import.file_name))
}
