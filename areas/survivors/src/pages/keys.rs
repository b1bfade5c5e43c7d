//! The office's keys: whose key waits to be certified, and bringing what the offline machine signed.

use askama::Template;
use axum::{
    extract::State as Shared,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use mandate_accounts::people;
use mandate_keep as keep;
use mandate_language::Message;
use mandate_ledger::{Act, Entry, Record};
use mandate_vault::{Certificate, OfficeKey, Revocations};
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
};

use super::State;

struct KeyLine {
    name: String,
    made: String,
    certified: String,
    is_certified: bool,
    request: String,
}

#[derive(Template)]
#[template(path = "keys.html")]
struct KeysPage {
    page: Page,
    errors: Errors,
    office: Option<String>,
    recovery: bool,
    lines: Vec<KeyLine>,
    document: Field,
}

async fn shown(
    state: &State,
    visit: &Visit,
    form: &FormData,
    errors: Errors,
) -> Result<Html<String>, Problem> {
    state.process()?;
    let (l, zone) = (visit.l(), state.ground.profile.time_zone());
    let mut db = state.ground.store.clone();
    let directory = keep::directory(&mut db).await?;
    let names: std::collections::HashMap<_, _> = people::all(&mut db)
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let mut lines = Vec::new();
    for request in keep::requests(&mut db).await? {
        let certificate = directory.certificates.iter().rev().find(|certificate| {
            certificate.certified == request.person.to_string()
                && certificate.text.contains(&request.encryption)
        });
        lines.push(KeyLine {
            name: names.get(&request.person).cloned().unwrap_or_default(),
            made: l.date_time(request.made_at, zone),
            is_certified: certificate.is_some(),
            certified: certificate.map_or_else(
                || l.text("survivors-keys-waits"),
                |certificate| l.with("survivors-keys-serial", &[("n", certificate.serial.into())]),
            ),
            // As the command line writes it, so that the offline machine reads both.
            request: format!(
                "mandate-request/1\noffice {}\nperson {}\nencryption {}\nsigning {}\n",
                directory.office.as_deref().unwrap_or("-"),
                request.person,
                request.encryption,
                request.signing
            ),
        });
    }
    let page = KeysPage {
        page: visit.page("survivors-keys-title"),
        office: directory.office.as_deref().map(fingerprint),
        recovery: directory
            .certificates
            .iter()
            .any(|certificate| certificate.certified == "recovery"),
        lines,
        document: Field::new(l, "document", "survivors-keys-document", form, &errors)
            .hint(l, "survivors-keys-document-hint")
            .required(),
        errors,
    };
    Ok(Html(page.render()?))
}

/// The office's key as people compare it.
fn fingerprint(office: &str) -> String {
    OfficeKey::read(office).map_or_else(|_| office.to_owned(), |key| key.fingerprint())
}

pub(super) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    shown(&state, &visit, &FormData::default(), Errors::none()).await
}

/// What was brought: one document, by its first line.
enum Brought {
    Office(String),
    Certificate(Box<Certificate>),
    Revocations(Box<Revocations>),
}

fn read(text: &str) -> Option<Brought> {
    if let Ok(certificate) = Certificate::read(text.as_bytes()) {
        return Some(Brought::Certificate(Box::new(certificate)));
    }
    if let Ok(revocations) = Revocations::read(text.as_bytes()) {
        return Some(Brought::Revocations(Box::new(revocations)));
    }
    let office = text.trim();
    OfficeKey::read(office)
        .ok()
        .map(|_| Brought::Office(office.to_owned()))
}

/// Keeps a document that the office's offline machine signed. Its signature is checked here too, so that a slip is found
/// early; clients check it again and believe nobody.
pub(super) async fn bring(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormData,
) -> Result<Response, Problem> {
    match brought(&state, &visit, &form).await? {
        Ok(()) => Ok(visit.done("survivors-keys-brought", "/keys")),
        Err(label) => {
            let mut errors = Errors::none();
            errors.add(visit.l(), "document", &Message::new(label));
            let html = shown(&state, &visit, &form, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn brought(
    state: &State,
    visit: &Visit,
    form: &FormData,
) -> Result<Result<(), &'static str>, Problem> {
    state.process()?;
    // A browser sends line ends of its own; the formats have one.
    let mut text = form.text("document").replace("\r\n", "\n");
    text.push('\n');
    let Some(document) = read(&text) else {
        return Ok(Err("survivors-keys-unreadable"));
    };
    let now = u64::try_from(visit.at().as_second()).unwrap_or(0);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let office = keep::directory(&mut act).await?.office;
    let office = office.and_then(|office| OfficeKey::read(&office).ok());
    let (kept, what) = match (document, office) {
        (Brought::Office(key), _) => (keep::set_office(&mut act, &key).await?, "office"),
        (_, None) => return Ok(Err("survivors-keys-office-first")),
        (Brought::Certificate(certificate), Some(office)) => {
            if certificate.verify(&office).is_err() {
                return Ok(Err("survivors-keys-signature"));
            }
            let serial = i64::try_from(certificate.serial).unwrap_or(i64::MAX);
            let whose = certificate.person.to_string();
            let kept = keep::add_certificate(&mut act, serial, &whose, &text).await?;
            (kept, "certificate")
        }
        (Brought::Revocations(revocations), Some(office)) => {
            if revocations.verify(&office, now).is_err() {
                return Ok(Err("survivors-keys-signature"));
            }
            let number = i64::try_from(revocations.number).unwrap_or(i64::MAX);
            (
                keep::add_revocations(&mut act, number, &text).await?,
                "revocations",
            )
        }
    };
    if !kept {
        return Ok(Err("survivors-keys-other"));
    }
    act.record(Entry::done("keys.brought", Record::of("keys", what)))
        .await?;
    act.commit().await?;
    Ok(Ok(()))
}
