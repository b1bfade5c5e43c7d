//! The index of names of a body that files: sealed for those who file for it, opened and searched in the browser. The server
//! knows that there is one, and how often it was written.
//!
//! It lies in fields `names/MONTH`, so that filing on a bad line sends a month's names again and not all of them.

use axum::{Json, extract::State as Shared};
use mandate_accounts::{Party, parties_of};
use mandate_ledger::{Act, Entry, Reading, Record, read_before};
use mandate_store::Id;
use mandate_web::{FormData, Problem, Visit};
use serde::Deserialize;
use serde_json::json;

use super::{
    State,
    answer::{Answer, Stated, body, content, handed_out, moved_on, not_theirs},
    files::id,
    grants::{checked, said},
    write::{Written, kept},
};
use crate::{domain::CaseName, store};

const FIELDS: &str = "names/";

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
    let case = handed_out(&visit, &receipt, (CaseName::File, case), &record(body)).await?;
    Ok(Json(json!({ "case": case })))
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
