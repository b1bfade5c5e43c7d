//! Opening a name: one keeper asks with a reason, one who holds the other key answers.

use axum::{Json, extract::State as Shared};
use mandate_accounts::Party;
use mandate_keep as keep;
use mandate_ledger::Act;
use mandate_web::{FormData, Problem, Visit};
use serde_json::json;

use super::{
    State,
    answer::{Answer, dossier, held, moved_on, names, wrong},
    files::id,
};
use crate::{domain::CaseName, store};

/// Asks to open a name. The reason was sealed for the other keepers under `opening/REQUEST` before; the field is named.
pub(super) async fn ask(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let item = dossier(&visit, &form, Party::Keeper).await?;
    let person = visit.person()?;
    let case = item.case(CaseName::of_key(person.parties.key()).other());
    let field = form.text("reason");
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    held(&mut act, &item).await?;
    let given = field.starts_with("opening/")
        && keep::fields(&mut act, case, &[field])
            .await?
            .iter()
            .any(|kept| kept.field == field);
    if !given {
        return Err(wrong("survivors-error-no-reason"));
    }
    let opening = store::ask_opening(&mut act, &item, person.id, field).await?;
    act.commit().await?;
    Ok(Json(json!({ "opening": opening })))
}

/// Answers a request: granted only where the other keeper's own key was granted to who asked, in the case's statement.
pub(super) async fn answer(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let item = dossier(&visit, &form, Party::Keeper).await?;
    let person = visit.person()?;
    let mut db = state.ground.store.clone();
    let opening = store::opening_by_id(&mut db, id(form.text("opening"))?)
        .await?
        .filter(|opening| opening.dossier == item.id)
        .ok_or(Problem::NotFound)?;
    let granted = match form.text("answer") {
        "granted" => true,
        "refused" => false,
        _ => return Err(wrong("survivors-error-choose")),
    };
    // Two people with the same key are not the two that it takes.
    let keepers = mandate_accounts::people_who_are(&mut db, Party::Keeper).await?;
    let key_of = |who| {
        keepers
            .iter()
            .find(|(id, ..)| *id == who)
            .and_then(|(.., holds)| holds.as_deref()?.parse::<u8>().ok())
    };
    if key_of(opening.asked_by) == person.parties.key() || opening.asked_by == person.id {
        return Err(wrong("survivors-error-second-keeper"));
    }
    if granted {
        let case = item.case(CaseName::of_key(key_of(opening.asked_by)).other());
        if !names(&keep::latest(&mut db, case).await?, opening.asked_by) {
            return Err(wrong("survivors-error-not-granted"));
        }
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    held(&mut act, &item).await?;
    if !store::answer_opening(&mut act, &opening, person.id, granted).await? {
        return Err(moved_on());
    }
    act.commit().await?;
    Ok(Json(json!({ "granted": granted })))
}
