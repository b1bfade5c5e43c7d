//! Imports of tables: what was understood, with the mapping beside it, and writing it in the background.

use std::time::Duration;

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use mandate_language::Message;
use mandate_ledger::{Act, Actor};
use mandate_store::{Id, StoreError};
use mandate_tabular::{Limits, ReadError, Table, read};
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
};

use super::{
    super::{State, ask::wrong, view},
    job::Job,
    opened,
};
use crate::{
    import::{FIELDS, Mapping, Understood, signature, suggest, understand},
    store::{self, Applied, ImportRecord, ImportState},
};

fn unreadable(error: &ReadError) -> Problem {
    let message = match error {
        ReadError::Empty => Message::new("tabular-empty"),
        ReadError::NotATable { .. } => {
            return Problem::Unsupported(Message::new("tabular-not-a-table"));
        }
        ReadError::TooLarge {
            what,
            found,
            most,
            row,
        } => Message::new(match *what {
            "rows" => "tabular-too-many-rows",
            "columns" => "tabular-too-many-columns",
            "characters" => "tabular-cell-too-long",
            "unpacked" => "tabular-unpacks-too-much",
            _ => "tabular-too-large",
        })
        .with("found", i64::try_from(*found).unwrap_or(i64::MAX))
        .with("most", i64::try_from(*most).unwrap_or(i64::MAX))
        .with("row", row.map_or(0, |row| i64::try_from(row).unwrap_or(0))),
        ReadError::Damaged { .. } => Message::new("tabular-damaged"),
        ReadError::Encrypted => Message::new("tabular-encrypted"),
        ReadError::UnknownEncoding(name) => {
            Message::new("shell-field-not-a-choice").with("field", name.as_str())
        }
    };
    Problem::Input(message)
}

async fn table_of(bytes: Vec<u8>, name: String, encoding: String) -> Result<Table, Problem> {
    let asked = (!encoding.is_empty()).then_some(encoding);
    tokio::task::spawn_blocking(move || read(&bytes, &name, asked.as_deref(), &Limits::default()))
        .await
        .map_err(Problem::broken)?
        .map_err(|error| unreadable(&error))
}

/// Keeps a table with the mapping that was used for its like before, or that its headings suggest.
pub(super) async fn start(
    state: &State,
    visit: &Visit,
    bytes: &[u8],
    name: &str,
) -> Result<Id, Problem> {
    let table = table_of(bytes.to_vec(), name.to_owned(), String::new()).await?;
    let mut db = state.ground.store.clone();
    let remembered = store::mapping_for(&mut db, &signature(&table)).await?;
    let mapping = remembered
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_else(|| suggest(&table));
    let json = serde_json::to_string(&mapping).map_err(Problem::broken)?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let files = &state.ground.attachments;
    let kind = "application/octet-stream";
    let kept = files.add(act.tx(), bytes, name, kind, visit.at()).await?;
    let id = store::start_import(&mut act, kept.id, "table", ImportState::Preview, &json).await?;
    act.commit().await?;
    Ok(id)
}

struct Prepared {
    import: ImportRecord,
    mapping: Mapping,
    table: Table,
    understood: Understood,
}

async fn prepared(state: &State, import: ImportRecord) -> Result<Prepared, Problem> {
    let bytes = state.ground.attachments.bytes(&import.sha256).await?;
    let mapping: Mapping = serde_json::from_str(&import.mapping).map_err(Problem::broken)?;
    let table = table_of(bytes, import.file_name.clone(), mapping.encoding.clone()).await?;
    let (profile, chosen) = (state.ground.profile.clone(), mapping.clone());
    tokio::task::spawn_blocking(move || {
        let understood = understand(&table, &chosen, &profile, "en");
        Prepared {
            import,
            mapping: chosen,
            table,
            understood,
        }
    })
    .await
    .map_err(Problem::broken)
}

struct ProblemLine {
    place: String,
    text: String,
    serious: bool,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    page: Page,
    id: Id,
    file: String,
    done: bool,
    facts: Vec<(String, String)>,
    words: String,
    fields: Vec<Field>,
    problems: Vec<ProblemLine>,
    more_problems: usize,
    columns: Vec<String>,
    sample: Vec<Vec<String>>,
    differences: Vec<(String, String)>,
    refused: bool,
}

/// Problems and rows that a preview shows.
const SHOWN: usize = 50;
const SAMPLE: usize = 5;

pub(super) async fn preview(
    state: &State,
    visit: &Visit,
    import: ImportRecord,
) -> Result<Html<String>, Problem> {
    let Prepared {
        import,
        mapping,
        table,
        understood,
    } = prepared(state, import).await?;
    let l = visit.l();
    let number = |n: usize| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let done = import.state == ImportState::Done;
    let applied: Applied = if done {
        serde_json::from_str(&import.summary).unwrap_or_default()
    } else if understood.is_refused() {
        Applied::default()
    } else {
        let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
        store::apply_import(&mut act, &understood.documents, true, |_| true).await?
    };
    let mut facts = vec![("mechanisms-import-rows", number(table.rows.len()))];
    if let Some(encoding) = &table.encoding {
        facts.push(("mechanisms-import-encoding", encoding.name.to_owned()));
    }
    facts.extend([
        (
            "mechanisms-import-documents",
            number(understood.documents.len()),
        ),
        (
            "mechanisms-import-new-documents",
            number(applied.new_documents),
        ),
        ("mechanisms-import-new", number(applied.new)),
        ("mechanisms-import-same", number(applied.same)),
        ("mechanisms-import-reworded", number(applied.reworded)),
        ("mechanisms-import-absent", number(applied.absent)),
    ]);
    if !table.formulas.is_empty() {
        facts.push((
            "mechanisms-import-formulas",
            table
                .formulas
                .iter()
                .take(20)
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
        ));
    }
    let page = ImportPage {
        page: visit.page("mechanisms-import-title"),
        id: import.id,
        file: import.file_name,
        done,
        facts: facts
            .into_iter()
            .map(|(label, value)| (l.text(label), value))
            .collect(),
        words: table
            .encoding
            .as_ref()
            .map(|found| found.words.join(" · "))
            .unwrap_or_default(),
        fields: fields(visit, &mapping, &table),
        problems: understood
            .problems
            .iter()
            .take(SHOWN)
            .map(|problem| line(visit, problem))
            .collect(),
        more_problems: understood.problems.len().saturating_sub(SHOWN),
        columns: table.columns.clone(),
        sample: table
            .rows
            .iter()
            .take(SAMPLE)
            .map(|row| row.cells.clone())
            .collect(),
        differences: applied.differences,
        refused: understood.is_refused(),
    };
    Ok(Html(page.render()?))
}

fn line(visit: &Visit, problem: &crate::import::Misunderstood) -> ProblemLine {
    let l = visit.l();
    let row = problem.row.and_then(|row| i64::try_from(row).ok());
    let place = match (row, problem.column.as_str()) {
        (Some(row), "") => l.with("mechanisms-import-row", &[("row", row.into())]),
        (Some(row), column) => l.with(
            "mechanisms-import-cell",
            &[("row", row.into()), ("column", column.into())],
        ),
        (None, column) => column.to_owned(),
    };
    let text = l.with(problem.label, &[("found", problem.found.as_str().into())]);
    ProblemLine {
        place,
        text,
        serious: problem.serious,
    }
}

fn fields(visit: &Visit, mapping: &Mapping, table: &Table) -> Vec<Field> {
    let l = visit.l();
    let mut form = FormData::default();
    for (field, column) in &mapping.columns {
        form.set(field, column.clone());
    }
    form.set("default_mechanism", mapping.mechanism.clone());
    form.set("encoding", mapping.encoding.clone());
    let none = Errors::none();
    let columns: Vec<(String, String)> = table
        .columns
        .iter()
        .map(|name| (name.clone(), name.clone()))
        .collect();
    let mut fields: Vec<Field> = FIELDS
        .iter()
        .map(|(field, _)| {
            Field::new(l, field, &format!("mechanisms-field-{field}"), &form, &none)
                .choices(&form, columns.clone())
                .or_none(l.text("mechanisms-import-not-in-file"))
        })
        .collect();
    fields.push(
        Field::new(
            l,
            "default_mechanism",
            "mechanisms-import-default-mechanism",
            &form,
            &none,
        )
        .choices(
            &form,
            view::vocabulary(visit, &visit.ground().profile.mechanisms),
        ),
    );
    if table.encoding.is_some() {
        let encodings = mandate_tabular::ENCODINGS
            .iter()
            .map(|name| ((*name).to_owned(), (*name).to_owned()));
        fields.push(
            Field::new(l, "encoding", "mechanisms-import-encoding", &form, &none)
                .choices(&form, encodings)
                .or_none(l.text("mechanisms-import-as-found")),
        );
    }
    fields
}

pub(crate) async fn remap(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let import = open(&state, &visit, &text).await?;
    let columns = FIELDS
        .iter()
        .filter_map(|(field, _)| Some(((*field).to_owned(), form.some(field)?.to_owned())))
        .collect();
    let mapping = Mapping {
        columns,
        mechanism: form.text("default_mechanism").to_owned(),
        encoding: form.text("encoding").to_owned(),
    };
    let json = serde_json::to_string(&mapping).map_err(Problem::broken)?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::set_import_state(&mut act, import.id, ImportState::Preview, &json).await?;
    act.commit().await?;
    Ok(Redirect::to(&format!("/imports/{}", import.id)).into_response())
}

/// A table's import that is neither written nor being written.
async fn open(state: &State, visit: &Visit, text: &str) -> Result<ImportRecord, Problem> {
    let import = opened(state, visit, text).await?;
    let conflict = |label| Err(Problem::Conflict(Message::new(label)));
    if import.kind != "table" {
        return Err(Problem::NotFound);
    }
    if import.state == ImportState::Done {
        return conflict("mechanisms-import-already-done");
    }
    if state.running.of(import.id).is_some() {
        return conflict("mechanisms-import-is-running");
    }
    Ok(import)
}

/// How long a person waits for a small import before they are shown its progress instead.
const PATIENCE: Duration = Duration::from_millis(1500);

pub(crate) async fn apply(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    _form: FormData,
) -> Result<Response, Problem> {
    let import = open(&state, &visit, &text).await?;
    let prepared = prepared(&state, import).await?;
    if prepared.understood.is_refused() {
        return Err(wrong("mechanisms-import-refused"));
    }
    let (id, mapping) = (prepared.import.id, prepared.import.mapping.clone());
    let documents = prepared.understood.documents.len();
    let job = state
        .running
        .start(id, documents)
        .ok_or(Problem::Conflict(Message::new(
            "mechanisms-import-is-running",
        )))?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::set_import_state(&mut act, id, ImportState::Running, &mapping).await?;
    act.commit().await?;
    let (actor, at) = (visit.actor(), visit.at());
    let written = tokio::spawn(async move {
        let written = write(&state, prepared, &actor, at, &job).await;
        if let Err(error) = &written {
            tracing::warn!(%error, "an import was not written");
            if let Err(error) = stopped(&state, id, &mapping, &actor, at).await {
                tracing::warn!(%error, "an import is not marked as stopped");
            }
        }
        state.running.end(id);
        written.is_ok()
    });
    let to = format!("/imports/{id}");
    match tokio::time::timeout(PATIENCE, written).await {
        Ok(Ok(true)) => Ok(visit.done("mechanisms-import-written", &to)),
        _ => Ok(Redirect::to(&to).into_response()),
    }
}

async fn write(
    state: &State,
    prepared: Prepared,
    actor: &Actor,
    at: Timestamp,
    job: &Job,
) -> Result<(), StoreError> {
    let mut act = Act::begin(&state.ground.store, actor, at).await?;
    let documents = &prepared.understood.documents;
    let applied = store::apply_import(&mut act, documents, false, |done| job.step(done)).await?;
    let json = serde_json::to_string(&prepared.mapping).unwrap_or_default();
    store::remember_mapping(&mut act, &signature(&prepared.table), &json).await?;
    store::finish_import(&mut act, prepared.import.id, &applied).await?;
    act.commit().await?;
    state.caught_up().await;
    Ok(())
}

async fn stopped(
    state: &State,
    id: Id,
    mapping: &str,
    actor: &Actor,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut act = Act::begin(&state.ground.store, actor, at).await?;
    store::set_import_state(&mut act, id, ImportState::Stopped, mapping).await?;
    act.commit().await
}

#[derive(Template)]
#[template(path = "under_way.html")]
struct UnderWayPage {
    page: Page,
    id: Id,
    file: String,
    done: usize,
    total: usize,
    words: String,
}

/// How far an import is. The page asks again by itself every second, also without a script.
pub(super) fn under_way(
    visit: &Visit,
    import: &ImportRecord,
    job: &Job,
) -> Result<Html<String>, Problem> {
    let (done, total) = job.progress();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).into();
    let page = UnderWayPage {
        page: visit.page("mechanisms-import-state-running"),
        id: import.id,
        file: import.file_name.clone(),
        done,
        total,
        words: visit.l().with(
            "mechanisms-import-progress",
            &[("done", number(done)), ("total", number(total))],
        ),
    };
    Ok(Html(page.render()?))
}

pub(crate) async fn stop(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    _form: FormData,
) -> Result<Response, Problem> {
    let import = opened(&state, &visit, &text).await?;
    if let Some(job) = state.running.of(import.id) {
        job.stop();
    }
    Ok(Redirect::to(&format!("/imports/{}", import.id)).into_response())
}
