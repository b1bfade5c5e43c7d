//! Typing one recommendation, under a document that is known or a new one.

use askama::Template;
use axum::{
    extract::State as Shared,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use mandate_accounts::Protection;
use mandate_language::Message;
use mandate_ledger::{Act, Record};
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
    table::QueryState,
};

use super::{State, ask::wrong, edit, id, view};
use crate::{
    domain::{ItemKind, Priority, Reply, TagKind},
    store::{self, Added, Document, ImportItem, NewDocument},
};

#[derive(Template)]
#[template(path = "add.html")]
struct AddPage {
    page: Page,
    errors: Errors,
    document: Option<(String, String)>,
    fields: DocumentFields,
    paragraph: Field,
    text: Field,
    choices: Vec<Field>,
    deadline: Field,
    states: Field,
}

/// The fields that describe a document.
pub(crate) struct DocumentFields {
    pub(crate) mechanism: Field,
    pub(crate) texts: Vec<Field>,
    pub(crate) dated: Field,
}

/// The fields of a document, filled from a form.
pub(crate) fn document_fields(visit: &Visit, form: &FormData, errors: &Errors) -> DocumentFields {
    let l = visit.l();
    let text = |name: &str, label: &str| Field::new(l, name, label, form, errors);
    DocumentFields {
        mechanism: text("mechanism", "mechanisms-mechanism").choices(
            form,
            view::vocabulary(visit, &visit.ground().profile.mechanisms),
        ),
        texts: vec![
            text("symbol", "mechanisms-field-symbol").hint(l, "mechanisms-symbol-hint"),
            text("title", "mechanisms-field-title"),
            text("subject", "mechanisms-field-subject"),
            text("session", "mechanisms-field-session"),
            text("cycle", "mechanisms-field-cycle"),
            text("link", "mechanisms-evidence-link"),
        ],
        dated: text("dated", "mechanisms-field-date"),
    }
}

/// The document that a form describes; what is wrong is added to `errors`.
pub(crate) fn document_of(visit: &Visit, form: &FormData, errors: &mut Errors) -> NewDocument {
    let (l, profile) = (visit.l(), &visit.ground().profile);
    let named = |id, label| Message::new(id).with("field", l.text(label));
    let mechanism = form.text("mechanism");
    if profile.mechanisms.get(mechanism).is_none() {
        let label = "mechanisms-mechanism";
        errors.add(l, "mechanism", &named("shell-field-not-a-choice", label));
    }
    let dated = form.some("dated").and_then(|day| day.parse().ok());
    if dated.is_none() && form.some("dated").is_some() {
        let label = "mechanisms-field-date";
        errors.add(l, "dated", &named("shell-field-not-a-date", label));
    }
    let link = form.text("link");
    if !link.is_empty() && !link.starts_with("https://") && !link.starts_with("http://") {
        errors.add(l, "link", &Message::new("mechanisms-evidence-no-link"));
    }
    let text = |name| form.text(name).to_owned();
    let (symbol, title) = (text("symbol"), text("title"));
    if symbol.is_empty() && title.is_empty() {
        errors.add(l, "symbol", &Message::new("mechanisms-document-no-name"));
    }
    NewDocument {
        mechanism: mechanism.to_owned(),
        title: if title.is_empty() {
            symbol.clone()
        } else {
            title
        },
        symbol,
        subject: text("subject"),
        session: text("session"),
        cycle: text("cycle"),
        dated,
        link: link.to_owned(),
        language: form.some("language").unwrap_or("en").to_owned(),
        attachment_id: None,
        protection: Protection::Office,
    }
}

/// The document that the address or the form names, asked for by the visit's own right.
async fn document(
    state: &State,
    visit: &Visit,
    named: Option<&str>,
) -> Result<Option<Document>, Problem> {
    let Some(named) = named else {
        return Ok(None);
    };
    let reader = visit.who().map(|person| person.id);
    let found = store::document_by_id(&mut state.ground.store.clone(), id(named)?, reader)
        .await?
        .ok_or(Problem::NotFound)?;
    let record = Record::of("document", found.id);
    visit.opens(record, found.protection, false).await?;
    Ok(Some(found))
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let query = QueryState::parse(visit.query());
    let named = Some(query.get("document")).filter(|text| !text.is_empty());
    let document = document(&state, &visit, named).await?;
    let mut form = FormData::default();
    form.set("language", "en");
    form.set("reply", Reply::None.as_str());
    form.set("priority", Priority::Normal.as_str());
    shown(&visit, document.as_ref(), &form, Errors::none()).await
}

async fn shown(
    visit: &Visit,
    document: Option<&Document>,
    form: &FormData,
    errors: Errors,
) -> Result<Html<String>, Problem> {
    let l = visit.l();
    let field = |name: &str, label: &str| Field::new(l, name, label, form, &errors);
    let profile = &visit.ground().profile;
    let page = AddPage {
        page: visit.page("mechanisms-add"),
        document: document.map(|found| {
            let name = [found.symbol.as_str(), found.title.as_str()];
            let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
            (found.id.to_string(), name.join(" · "))
        }),
        fields: document_fields(visit, form, &errors),
        paragraph: field("paragraph", "mechanisms-field-paragraph"),
        text: field("text", "mechanisms-field-text").required(),
        choices: vec![
            field("language", "mechanisms-text-language")
                .choices(form, view::languages(visit, "sr-Cyrl")),
            field("reply", "mechanisms-reply")
                .choices(form, view::words(visit, "mechanisms-reply-", Reply::ALL)),
            field("priority", "mechanisms-priority").choices(
                form,
                view::words(visit, "mechanisms-priority-", Priority::ALL),
            ),
            field("addressees", "mechanisms-institution")
                .choices(form, view::vocabulary(visit, &profile.institutions))
                .or_none(l.text("mechanisms-officer-nobody")),
            field("themes", "mechanisms-theme")
                .choices(form, view::vocabulary(visit, &profile.themes))
                .or_none(l.text("shell-none")),
        ],
        deadline: field("deadline", "mechanisms-deadline"),
        states: field("states", "mechanisms-recommending").hint(l, "mechanisms-states-hint"),
        errors: errors.clone(),
    };
    Ok(Html(page.render()?))
}

pub(crate) async fn add(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormData,
) -> Result<Response, Problem> {
    let l = visit.l();
    let known = document(&state, &visit, form.some("document")).await?;
    let mut errors = Errors::none();
    let new = match &known {
        Some(_) => None,
        None => Some(document_of(&visit, &form, &mut errors)),
    };
    let item = item_of(&visit, &form, &mut errors);
    if !errors.is_empty() {
        let page = shown(&visit, known.as_ref(), &form, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let document_id = match (&known, &new) {
        (Some(known), _) => known.id,
        (None, Some(new)) => store::insert_document(&mut act, new).await?.0,
        (None, None) => return Err(wrong("mechanisms-document-no-name")),
    };
    let added = match store::add_recommendation(&mut act, document_id, &item).await? {
        Added::New(id) => id,
        Added::Known(_) => {
            errors.add(l, "text", &Message::new("mechanisms-add-known"));
            let page = shown(&visit, known.as_ref(), &form, errors).await?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
    };
    act.commit().await?;
    state.caught_up().await;
    Ok(visit.done("mechanisms-added", &format!("/recommendations/{added}")))
}

fn item_of(visit: &Visit, form: &FormData, errors: &mut Errors) -> ImportItem {
    let l = visit.l();
    let named = |id, label| Message::new(id).with("field", l.text(label));
    if form.some("text").is_none() {
        errors.add(l, "text", &Message::new("mechanisms-import-no-text"));
    }
    let deadline = form.some("deadline").and_then(|day| day.parse().ok());
    if deadline.is_none() && form.some("deadline").is_some() {
        let label = "mechanisms-deadline";
        errors.add(l, "deadline", &named("shell-field-not-a-date", label));
    }
    let known: Vec<String> = visit.ground().profile.languages().to_vec();
    let language = form.text("language");
    if !known.iter().any(|tag| tag == language) {
        let label = "mechanisms-text-language";
        errors.add(l, "language", &named("shell-field-not-a-choice", label));
    }
    let tags = edit::tags_of(visit, form);
    ImportItem {
        source_id: None,
        paragraph: form.text("paragraph").to_owned(),
        kind: ItemKind::Recommendation,
        text: form.text("text").to_owned(),
        language: language.to_owned(),
        reply: form.text("reply").parse().unwrap_or(Reply::None),
        priority: form.text("priority").parse().unwrap_or(Priority::Normal),
        deadline,
        tags: tags
            .into_iter()
            .map(|tag| (tag.kind, tag.value))
            .collect::<Vec<(TagKind, String)>>(),
    }
}
