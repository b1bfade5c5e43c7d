//! The page of files, what it needs at its start, and the list.

use askama::Template;
use axum::{Json, extract::State as Shared, response::Html};
use mandate_accounts::{Parties, Party, people_who_are};
use mandate_keep as keep;
use mandate_language::{Language, Message};
use mandate_ledger::{Act, Entry, Record};
use mandate_office::{Process, Vocabulary};
use mandate_store::{Id, Query};
use mandate_web::{FormData, Page, Problem, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    State,
    answer::{Answer, content, in_bytes, in_text, wrong},
};
use crate::{
    domain::{Calendar, Round, Stage, Standing, Step, opening},
    store::{self, Dossier, Whose},
};

#[derive(Template)]
#[template(path = "files.html")]
struct FilesPage {
    page: Page,
    script: String,
    words: String,
}

/// The words of the page that opens files: those of this area, and those of what is refused.
fn words(l: &Language) -> String {
    let all: serde_json::Map<String, Value> = ["survivors-", "sealing-refused-"]
        .iter()
        .flat_map(|begin| l.beginning_with(begin))
        .map(|(id, text)| (id, Value::String(text)))
        .collect();
    // Inside a script element only `<` could end it.
    Value::Object(all).to_string().replace('<', "\\u003c")
}

pub(super) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    state.process()?;
    let page = FilesPage {
        script: mandate_web::asset("files.js"),
        words: words(visit.l()),
        page: visit.page("survivors-files-title"),
    };
    Ok(Html(page.render()?))
}

/// A vocabulary as the page shows it: keys and names in the reader's language.
fn named<T: mandate_office::Entry>(l: &Language, entries: &Vocabulary<T>) -> Vec<Value> {
    entries
        .iter()
        .map(|entry| {
            json!({ "key": entry.key(), "name": entry.name().in_language(l.tag().as_str()) })
        })
        .collect()
}

/// Who takes part in files, for whoever seals something for them. A member of the Commission gets no list of keepers, and so on:
/// each sees those for whom they seal.
async fn colleagues(visit: &Visit, parties: &Parties) -> Result<Vec<Value>, Problem> {
    let mut db = visit.ground().store.clone();
    let mut seen = Vec::new();
    if parties.has(Party::Filing) || parties.has(Party::Secretariat) {
        seen.extend([Party::Filing, Party::Secretariat, Party::Keeper]);
    }
    if parties.has(Party::Secretariat) {
        seen.push(Party::Commission);
    }
    if parties.has(Party::Commission) {
        seen.extend([Party::Secretariat, Party::Commission]);
    }
    if parties.has(Party::Keeper) {
        seen.push(Party::Keeper);
    }
    let mut found = Vec::new();
    for party in seen {
        for (id, name, holds) in people_who_are(&mut db, party).await? {
            // Whoever files knows those who file for the same body, and no others.
            let other_body = party == Party::Filing && holds.as_deref() != parties.body();
            if other_body && !parties.has(Party::Secretariat) {
                continue;
            }
            found.push(json!({ "id": id, "name": name, "party": party.as_str(), "holds": holds }));
        }
    }
    Ok(found)
}

fn of_process(l: &Language, process: &Process, visit: &Visit) -> Value {
    let today = visit.today();
    let open = opening(process.windows.iter(), today);
    let reasons: Vec<Value> = process
        .reasons
        .iter()
        .map(|reason| {
            json!({ "key": reason.key, "outcome": reason.outcome,
                "name": reason.name.in_language(l.tag().as_str()) })
        })
        .collect();
    json!({
        "known": process.known,
        "regions": named(l, &process.regions),
        "communities": named(l, &process.communities),
        "reasons": reasons,
        "left_out": named(l, &process.left_out),
        "open": open.is_open(),
        "violence": { "from": l.date(process.violence.from), "until": l.date(process.violence.until) },
    })
}

/// What the page needs before anything is opened: who is there, whom the office certified, the person's own wrapped key.
pub(super) async fn start(Shared(state): Shared<State>, visit: Visit, _form: FormData) -> Answer {
    let process = state.process()?;
    let mut db = state.ground.store.clone();
    let person = visit.person()?;
    let directory = keep::directory(&mut db).await?;
    let wraps = keep::wraps(&mut db, person.id).await?;
    let certificates: Vec<&str> = directory
        .certificates
        .iter()
        .map(|certificate| certificate.text.as_str())
        .collect();
    let wraps: Vec<Value> = wraps
        .iter()
        .map(|(credential, wrapped)| json!({ "credential": credential, "wrapped": in_text(wrapped) }))
        .collect();
    let own = own_key(&mut db, person.id, visit.at()).await?;
    let parties: Vec<&str> = person.parties.iter().map(Party::as_str).collect();
    Ok(Json(json!({
        "me": { "id": person.id, "name": person.name, "parties": parties, "body": person.parties.body(),
            "key": person.parties.key() },
        "now": visit.at().as_second(),
        "directory": { "office": directory.office, "certificates": certificates,
            "revocations": directory.revocations },
        "wraps": wraps,
        "lapsed": own == OwnKey::Lapsed,
        "people": colleagues(&visit, &person.parties).await?,
        "process": of_process(visit.l(), process, &visit),
    })))
}

/// A person's new key, as it is kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewKey {
    wrapped: String,
    encryption: String,
    signing: String,
}

/// Keeps a person's new key; the office has yet to certify it.
pub(super) async fn key(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    state.process()?;
    let new: NewKey = content(&form)?;
    let unreadable = |_| wrong("survivors-error-unreadable");
    mandate_vault::Recipient::new(&new.encryption).map_err(unreadable)?;
    mandate_vault::SigningKey::read(&new.signing).map_err(unreadable)?;
    let wrapped = in_bytes(&new.wrapped)?;
    mandate_vault::Sealed::read(wrapped.clone(), mandate_vault::Kind::PassphraseWrap)
        .map_err(unreadable)?;
    let person = visit.person()?.id;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    // A key that is certified and good is not written over: the office revokes it first.
    if own_key(&mut act, person, visit.at()).await? == OwnKey::Good {
        return Err(Problem::Conflict(Message::new("survivors-key-good")));
    }
    keep::set_key(&mut act, person, &wrapped, &new.encryption, &new.signing).await?;
    act.record(Entry::done("key.made", Record::of("person", person)))
        .await?;
    act.commit().await?;
    Ok(Json(json!({ "kept": true })))
}

/// How a person's own key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OwnKey {
    /// There is none, or the office has yet to certify it.
    Waits,
    /// It is certified; also where the list of revocations has run out and says nothing of it.
    Good,
    /// It was certified, and is revoked or has run out: the person makes another.
    Lapsed,
}

async fn own_key(db: &mut impl Query, person: Id, at: jiff::Timestamp) -> Result<OwnKey, Problem> {
    let requests = keep::requests(db).await?;
    let Some(own) = requests.iter().find(|request| request.person == person) else {
        return Ok(OwnKey::Waits);
    };
    let unreadable = |_| wrong("survivors-error-unreadable");
    let id = mandate_vault::PersonId::new(person.to_string()).map_err(unreadable)?;
    let Ok(Some(directory)) = keep::directory(db).await?.checked(at) else {
        return Ok(OwnKey::Good);
    };
    // Older keys of the person say nothing of this one.
    let mut certified = directory
        .of_person(&id)
        .filter(|certificate| certificate.encryption.to_string() == own.encryption)
        .peekable();
    Ok(if certified.peek().is_none() {
        OwnKey::Waits
    } else if certified.any(|certificate| directory.current(certificate).is_ok()) {
        OwnKey::Good
    } else {
        OwnKey::Lapsed
    })
}

/// A wrap by a passkey, as it is kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PasskeyWrap {
    credential: String,
    wrapped: String,
}

/// Keeps a wrap of the person's key by a passkey, beside the one by passphrase and never alone.
pub(super) async fn passkey(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    state.process()?;
    let new: PasskeyWrap = content(&form)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !(1..=1400).contains(&new.credential.len()) || !new.credential.chars().all(plain) {
        return Err(wrong("survivors-error-unreadable"));
    }
    let wrapped = in_bytes(&new.wrapped)?;
    mandate_vault::Sealed::read(wrapped.clone(), mandate_vault::Kind::PasskeyWrap)
        .map_err(|_| wrong("survivors-error-unreadable"))?;
    let person = visit.person()?.id;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let all = keep::wraps(&mut act, person).await?;
    if !all.iter().any(|(credential, _)| credential.is_empty()) || all.len() > MOST_PASSKEYS {
        return Err(wrong("survivors-error-unreadable"));
    }
    keep::wrap(&mut act, person, &new.credential, &wrapped).await?;
    act.record(Entry::done(
        "key.passkey-added",
        Record::of("person", person),
    ))
    .await?;
    act.commit().await?;
    Ok(Json(json!({ "kept": true })))
}

/// The most passkeys by which a key is wrapped.
const MOST_PASSKEYS: usize = 8;

/// Where a file's clock stands, in words and numbers.
fn clock(
    l: &Language,
    calendar: &Calendar,
    process: &Process,
    item: &Dossier,
    steps: &[store::StepTaken],
    today: jiff::civil::Date,
) -> Value {
    let Some(clock) = store::clock_of(process, item, steps) else {
        return Value::Null;
    };
    match clock.standing(calendar, today) {
        Standing::Runs { due, left } => {
            json!({ "state": "runs", "due": l.date(due), "days": left })
        }
        Standing::Suspended { left } => json!({ "state": "suspended", "days": left }),
        Standing::Late { due, over } => {
            json!({ "state": "late", "due": l.date(due), "days": over })
        }
    }
}

/// One line of the list, as a party sees it.
pub(super) async fn line(
    state: &State,
    visit: &Visit,
    party: Party,
    item: &Dossier,
) -> Result<Value, Problem> {
    let process = state.process()?;
    let (l, today) = (visit.l(), visit.today());
    if party == Party::Keeper {
        // A keeper learns no outcome, but that there is somebody to pay: that is what a name is opened for.
        let stage = match item.stage {
            Stage::Ordered | Stage::Withdrawn => item.stage,
            _ => Stage::Filed,
        };
        let filed = item.filed_on.map(|day| l.date(day));
        return Ok(
            json!({ "code": item.code, "stage": stage.as_str(), "round": Round::First.as_str(),
            "since": filed, "filed": filed, "outcome": null, "clock": null, "steps": [], "mine": false }),
        );
    }
    let steps = store::steps(&mut state.ground.store.clone(), item.id).await?;
    let open: Vec<&str> = Step::open_to(party, item.stage)
        .filter(|step| step.goes_with(item.stage, item.outcome))
        .filter(|step| step.round_after(item.round).is_some())
        .map(Step::as_str)
        .collect();
    Ok(json!({
        "code": item.code,
        "stage": item.stage.as_str(),
        "round": item.round.as_str(),
        "since": l.date(item.stage_on),
        "filed": item.filed_on.map(|day| l.date(day)),
        "outcome": item.outcome.map(|outcome| outcome.as_str()),
        "clock": clock(l, &Calendar::of(process), process, item, &steps, today),
        "steps": open,
        "mine": item.filed_by == visit.person()?.id,
    }))
}

/// The files of a sight.
pub(super) async fn list(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let party = super::answer::party(&visit, &form)?;
    let person = visit.person()?;
    let whose = match party {
        Party::Filing => Whose::Of {
            body: person.parties.body().unwrap_or_default().to_owned(),
            person: person.id,
        },
        Party::Secretariat | Party::Keeper => Whose::Filed,
        Party::Commission => Whose::AssignedTo(person.id),
        Party::Observer => return Err(Problem::NotFound),
    };
    let mut db = state.ground.store.clone();
    let mut lines = Vec::new();
    for item in store::dossiers(&mut db, &whose).await? {
        lines.push(line(&state, &visit, party, &item).await?);
    }
    Ok(Json(json!({ "files": lines })))
}

/// An identifier out of a request.
pub(super) fn id(text: &str) -> Result<Id, Problem> {
    text.parse()
        .map_err(|_| wrong("survivors-error-unreadable"))
}
