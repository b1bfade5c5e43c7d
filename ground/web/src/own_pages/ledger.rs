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
    EntryLine {
        seq: l.number(entry.seq),
        at: l.date_time(entry.at, visit.ground().profile.time_zone()),
        who: names
            .get(&entry.actor)
            .cloned()
            .unwrap_or_else(|| entry.actor.clone()),
        action: entry.action.clone(),
        outcome: l.text(outcome),
        record: entry
            .record
            .as_ref()
            .map(|record| format!("{} {}", record.kind, record.id))
            .unwrap_or_default(),
    }
}
