//! The index of names of a body that files: sealed for those who file for it, opened and searched in the browser. The server
//! knows that there is one, and how often it was written.
//!
//! It lies in fields `names/MONTH`, so that filing on a bad line sends a month's names again and not all of them.

use axum::{Json, extract::State as Shared};
use mandate_accounts::{Party, parties_of};
use mandate_keep as keep;
use mandate_ledger::{Act, Entry, Reading, Record, read_before};
use mandate_store::Id;
use mandate_web::{FormData, Problem, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    State,
    answer::{Answer, Stated, content, in_text, moved_on, wrong},
    files::id,
    grants::{checked, said},
    write::{Written, kept},
};
use crate::store;

const FIELDS: &str = "names/";

fn body(visit: &Visit) -> Result<&str, Problem> {
    visit.person()?.parties.body().ok_or(Problem::NotFound)
}

fn record(body: &str) -> Record {
    Record::of("names", body)
}

/// The index of the person's body, with what opens it; nothing where there is none yet.
pub(super) async fn read(Shared(state): Shared<State>, visit: Visit, _form: FormData) -> Answer {
    state.process()?;
    let body = body(&visit)?;
    let store = &state.ground.store;
    let mut db = store.clone();
    let Some(case) = store::name_index(&mut db, body).await? else {
        return Ok(Json(json!({ "case": null })));
    };
    let reading = Reading::of("sealed.released", record(body), Party::Filing.as_str());
    let receipt = read_before(store, &visit.actor(), visit.at(), reading).await?;
    let released = keep::release(&mut db, &receipt, &visit.actor(), case, &record(body)).await?;
    let grants: Vec<Value> = released
        .grants()
        .iter()
        .map(|grant| json!({ "generation": grant.generation, "sealed": in_text(&grant.sealed) }))
        .collect();
    let fields: Vec<Value> = keep::fields(&mut db, case, &[])
        .await?
        .iter()
        .map(|field| json!({ "field": field.field, "version": field.version, "sealed": in_text(&field.sealed) }))
        .collect();
    let statements = keep::statements(&mut db, case).await?;
    Ok(Json(
        json!({ "case": { "name": "file", "case": case, "statements": statements,
        "grants": grants, "fields": fields } }),
    ))
}

/// An index that is begun, as it travels.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Begun {
    id: String,
    case: Stated,
}

/// Keeps a statement that names nobody but people of the body.
async fn keep_stated(
    act: &mut Act,
    visit: &Visit,
    (case, begins): (Id, bool),
    stated: &Stated,
) -> Result<(), Problem> {
    let stated = checked(act, case, visit.person()?.id, stated).await?;
    if stated.is_first() != begins {
        return Err(moved_on());
    }
    let own = body(visit)?;
    for (people, belong) in [(stated.joined(), true), (stated.left(), false)] {
        for person in people {
            let person = person.as_str().parse::<Id>().map_err(|_| not_theirs())?;
            if (parties_of(act, person).await?.body() == Some(own)) != belong {
                return Err(not_theirs());
            }
        }
    }
    stated.keep(act).await.map_err(said)?;
    act.record(Entry::done("names.granted", record(own)))
        .await?;
    Ok(())
}

fn not_theirs() -> Problem {
    wrong("survivors-error-not-theirs")
}

/// Begins the body's index; there is one.
pub(super) async fn begin(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    state.process()?;
    let begun: Begun = content(&form)?;
    let case = id(&begun.id)?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    if !store::begin_name_index(&mut act, body(&visit)?, case).await? {
        return Err(moved_on());
    }
    keep_stated(&mut act, &visit, (case, true), &begun.case).await?;
    act.commit().await?;
    Ok(Json(json!({ "kept": true })))
}

/// Who may open it, said anew: people of the body alone.
pub(super) async fn grant(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let stated: Stated = content(&form)?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let case = store::name_index(&mut act, body(&visit)?)
        .await?
        .ok_or(Problem::NotFound)?;
    keep_stated(&mut act, &visit, (case, false), &stated).await?;
    act.commit().await?;
    Ok(Json(json!({ "kept": true })))
}

/// Writes a month's names.
pub(super) async fn write(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let written: Written = content(&form)?;
    if !written.field.starts_with(FIELDS) {
        return Err(Problem::NotFound);
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let body = body(&visit)?;
    let case = store::name_index(&mut act, body)
        .await?
        .ok_or(Problem::NotFound)?;
    kept(&mut act, case, &written).await?;
    act.record(Entry::done("names.written", record(body)))
        .await?;
    act.commit().await?;
    Ok(Json(json!({ "kept": true })))
}
