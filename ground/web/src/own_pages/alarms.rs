//! Alarms: who has read more than the office expects of one person, for those who watch over others.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{Html, Response},
};
use mandate_accounts::people;
use mandate_ledger::{alarms, see_alarm};
use mandate_store::Id;

use crate::{FormData, Page, Problem, Visit, visit::ALARMS};

/// Alarms on the page.
const SHOWN: i64 = 100;

struct AlarmLine {
    id: Id,
    who: String,
    readings: String,
    at: String,
    /// Who has seen it, and when, a line each.
    seen: Vec<String>,
    /// Whether it waits for the person who looks.
    waits: bool,
}

#[derive(Template)]
#[template(path = "alarms.html")]
struct AlarmsPage {
    page: Page,
    alarms: Vec<AlarmLine>,
}

pub(super) async fn list(visit: Visit) -> Result<Html<String>, Problem> {
    let (l, ground) = (visit.l(), visit.ground());
    let mut db = ground.store.clone();
    let names: BTreeMap<String, String> = people::all(&mut db)
        .await?
        .into_iter()
        .map(|person| (person.id.to_string(), person.name))
        .collect();
    let zone = ground.profile.time_zone();
    let me = visit.person()?.id.to_string();
    let name = |who: &String| match names.get(who) {
        Some(name) => name.clone(),
        None => super::ledger::worded(&visit, format!("accounts-who-{who}"), who),
    };
    let alarms = alarms(&mut db, SHOWN)
        .await?
        .iter()
        .map(|alarm| AlarmLine {
            id: alarm.id,
            who: name(&alarm.actor),
            readings: l.with(
                "accounts-alarms-count",
                &[
                    ("readings", alarm.readings.into()),
                    ("minutes", alarm.minutes.into()),
                ],
            ),
            at: l.date_time(alarm.at, zone),
            seen: alarm
                .seen
                .iter()
                .map(|(who, at)| format!("{}, {}", name(who), l.date_time(*at, zone)))
                .collect(),
            waits: alarm.waits_for(&me),
        })
        .collect();
    Ok(Html(
        AlarmsPage {
            page: visit.page("accounts-alarms-title"),
            alarms,
        }
        .render()?,
    ))
}

pub(super) async fn seen(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    let store = &visit.ground().store;
    see_alarm(store, id, visit.person()?.id, &visit.actor(), visit.at()).await?;
    Ok(visit.done("accounts-alarms-done", ALARMS))
}
