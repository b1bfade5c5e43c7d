//! The ledger, as administrators read it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Query as UrlQuery, response::Html};
use mandate_accounts::people;
use mandate_ledger::{Outcome, Written, latest};
use serde::Deserialize;

use crate::{Page, Problem, Visit};

struct EntryLine {
    seq: String,
    at: String,
    who: String,
    action: String,
    outcome: String,
    /// A person whose page can be opened: identifier and name.
    person: Option<(String, String)>,
    record: String,
}

#[derive(Template)]
#[template(path = "ledger.html")]
struct LedgerPage {
    page: Page,
    entries: Vec<EntryLine>,
    older: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Before {
    before: Option<i64>,
}

/// Entries on a page of the ledger.
const ENTRIES: i64 = 50;

pub(super) async fn ledger(
    visit: Visit,
    UrlQuery(query): UrlQuery<Before>,
) -> Result<Html<String>, Problem> {
    let ground = visit.ground();
    let mut db = ground.store.clone();
    let entries = latest(&mut db, query.before.unwrap_or(i64::MAX), ENTRIES).await?;
    let names: BTreeMap<String, String> = people::all(&mut db)
        .await?
        .into_iter()
        .map(|person| (person.id.to_string(), person.name))
        .collect();
    let older = entries
        .last()
        .filter(|last| last.seq > 1)
        .map(|last| format!("/ledger?before={}", last.seq));
    let entries = entries
        .iter()
        .map(|entry| entry_line(&visit, entry, &names))
        .collect();
    Ok(Html(
        LedgerPage {
            page: visit.page("accounts-ledger-title"),
            entries,
            older,
        }
        .render()?,
    ))
}

fn entry_line(visit: &Visit, entry: &Written, names: &BTreeMap<String, String>) -> EntryLine {
    let l = visit.l();
    let outcome = match entry.outcome {
        Outcome::Done => "accounts-outcome-done",
        Outcome::Read => "accounts-outcome-read",
        Outcome::Refused => "accounts-outcome-refused",
    };
    let who = match names.get(&entry.actor) {
        Some(name) => name.clone(),
        None => worded(visit, format!("accounts-who-{}", entry.actor), &entry.actor),
    };
    let name = entry.action.replace('.', "-");
    let action = worded(visit, format!("accounts-action-{name}"), &entry.action);
    let record = entry.record.as_ref();
    let person = record
        .filter(|record| record.kind == "person")
        .and_then(|record| Some((record.id.clone(), names.get(&record.id)?.clone())));
    EntryLine {
        seq: l.number(entry.seq),
        at: l.date_time(entry.at, visit.ground().profile.time_zone()),
        who,
        action,
        outcome: l.text(outcome),
        record: match (&person, record) {
            (None, Some(record)) => format!("{} {}", record.kind, record.id),
            _ => String::new(),
        },
        person,
    }
}

/// The label of a word of the ledger; of a word that a newer or older program wrote, the word itself.
fn worded(visit: &Visit, label: String, word: &str) -> String {
    if visit.l().has(&label) {
        visit.l().text(&label)
    } else {
        word.to_owned()
    }
}
