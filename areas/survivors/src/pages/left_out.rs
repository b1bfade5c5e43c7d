//! People whom the law leaves out: recorded by who files for them, with consent, and counted as evidence. What they told is
//! sealed for the body that recorded it and for recovery; nobody else reads it.

use axum::{Json, extract::State as Shared};
use mandate_accounts::{Party, parties_of};
use mandate_ledger::{Act, Reading, Record, read_before};
use mandate_store::Id;
use mandate_web::{FormData, Problem, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    State,
    answer::{Answer, Stated, body, content, handed_out, not_theirs, wrong},
    files::id,
    grants::{first, said},
    write::{Counted, Written, kept},
};
use crate::{
    domain::CaseName,
    store::{self, LeftOut},
};

/// The field of what the person told, the only one.
const ACCOUNT: &str = "account";

/// Somebody who is recorded, as it travels.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    id: String,
    case: Stated,
    fields: Vec<Written>,
    reason: String,
    counted: Counted,
}

/// The one of a request; absent and another body's are answered alike, out of one question.
async fn one(visit: &Visit, form: &FormData) -> Result<LeftOut, Problem> {
    let mut db = visit.ground().store.clone();
    store::left_out_by_code(&mut db, body(visit)?, form.text("code"))
        .await?
        .ok_or(Problem::NotFound)
}

/// Whom the person's body recorded.
pub(super) async fn list(Shared(state): Shared<State>, visit: Visit, _form: FormData) -> Answer {
    let process = state.process()?;
    let l = visit.l();
    let mut db = state.ground.store.clone();
    let all: Vec<Value> = store::all_left_out(&mut db, Some(body(&visit)?))
        .await?
        .iter()
        .map(|one| {
            json!({ "code": one.code, "on": l.date(one.on),
                "reason": process.left_out.name_of(&one.reason, l.tag().as_str()) })
        })
        .collect();
    Ok(Json(json!({ "people": all })))
}

/// Records somebody.
pub(super) async fn record(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let process = state.process()?;
    let recorded: Recorded = content(&form)?;
    if process.left_out.get(&recorded.reason).is_none() {
        return Err(wrong("survivors-error-choose"));
    }
    let (person, body) = (visit.person()?, body(&visit)?.to_owned());
    let new = LeftOut {
        id: Id::new(),
        code: store::new_code(),
        case: id(&recorded.id)?,
        recorded_by: person.id,
        body,
        reason: recorded.reason,
        facts: recorded.counted.allowed(process),
        on: visit.today(),
    };
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let stated = first(&mut act, new.case, person.id, &recorded.case).await?;
    for joined in stated.joined() {
        let theirs = joined.as_str().parse::<Id>().map_err(|_| not_theirs())?;
        if parties_of(&mut act, theirs).await?.body() != Some(&*new.body) {
            return Err(not_theirs());
        }
    }
    stated.keep(&mut act).await.map_err(said)?;
    for field in &recorded.fields {
        if field.field != ACCOUNT {
            return Err(Problem::NotFound);
        }
        kept(&mut act, new.case, field).await?;
    }
    store::add_left_out(&mut act, &new).await?;
    act.commit().await?;
    Ok(Json(json!({ "code": new.code })))
}

/// One of them, with what opens the account: handed out after the reading is in the ledger.
pub(super) async fn read(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let item = one(&visit, &form).await?;
    let record: Record = item.record();
    let store = &state.ground.store;
    let reading = Reading::of("sealed.released", record.clone(), Party::Filing.as_str());
    let receipt = read_before(store, &visit.actor(), visit.at(), reading).await?;
    let case = handed_out(&visit, &receipt, (CaseName::File, item.case), &record).await?;
    Ok(Json(json!({ "code": item.code, "case": case })))
}

/// Takes one off who does not agree any more.
pub(super) async fn take_back(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormData,
) -> Answer {
    let item = one(&visit, &form).await?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::remove_left_out(&mut act, &item).await?;
    act.commit().await?;
    Ok(Json(json!({ "taken_back": true })))
}
