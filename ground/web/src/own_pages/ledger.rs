//! The ledger, as administrators read it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Query as UrlQuery, response::Html};
use mandate_accounts::people;
use mandate_ledger::{Outcome, Written, latest, newest_checkpoint, newest_cosigned};
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
    /// What is signed, and by whom it is cosigned, a sentence each.
    signed: Vec<String>,
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
            signed: signed(&visit).await?,
        }
        .render()?,
    ))
}

/// How far the ledger is signed and cosigned.
async fn signed(visit: &Visit) -> Result<Vec<String>, Problem> {
    let (l, ground) = (visit.l(), visit.ground());
    let mut db = ground.store.clone();
    let at = |at| l.date_time(at, ground.profile.time_zone());
    let Some(newest) = newest_checkpoint(&mut db).await? else {
        return Ok(vec![l.text("accounts-ledger-unsigned")]);
    };
    let size = |size: u64| i64::try_from(size).unwrap_or(i64::MAX);
    let mut lines = vec![l.with(
        "accounts-ledger-signed",
        &[
            ("size", size(newest.size).into()),
            ("at", at(newest.at).into()),
        ],
    )];
    if let Some(cosigned) = newest_cosigned(&mut db).await? {
        lines.extend(cosigned.cosigned.iter().map(|(witness, when)| {
            l.with(
                "accounts-ledger-cosigned",
                &[
                    ("size", size(cosigned.size).into()),
                    // A key is NAME+ID+BASE64.
                    (
                        "witness",
                        witness.split('+').next().unwrap_or(witness).into(),
                    ),
                    ("at", at(*when).into()),
                ],
            )
        }));
    }
    Ok(lines)
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
pub(super) fn worded(visit: &Visit, label: String, word: &str) -> String {
    if visit.l().has(&label) {
        visit.l().text(&label)
    } else {
        word.to_owned()
    }
}
