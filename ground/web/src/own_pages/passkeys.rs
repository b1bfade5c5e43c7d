//! Passkeys: the two halves of each ceremony as JSON for `assets/src/passkey.ts`, and taking one away.
//!
//! What the script sends is a form like any other, with the token of the page's form, so that the same checks hold. A
//! first half answers with the options for `navigator.credentials` and a pending token; the second half answers with the
//! page to go to.

use axum::{
    Json,
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use mandate_accounts::{AccountError, PendingToken, SignIn};
use mandate_store::Id;
use serde::Serialize;

use super::{caller, message, own_path};
use crate::{FormData, Problem, Visit, gate};

#[derive(Serialize)]
pub(super) struct Begun {
    /// `{"publicKey": …}`, for `navigator.credentials`.
    options: serde_json::Value,
    /// Comes back with the browser's answer.
    pending: String,
}

impl From<(serde_json::Value, PendingToken)> for Begun {
    fn from((options, pending): (serde_json::Value, PendingToken)) -> Self {
        Begun {
            options,
            pending: pending.as_str().to_owned(),
        }
    }
}

#[derive(Serialize)]
struct GoTo<'a> {
    to: &'a str,
}

/// Asks for the password first: a passkey that a passer-by adds at an open screen would be theirs for good.
pub(super) async fn begin_adding(visit: Visit, form: FormData) -> Result<Json<Begun>, Problem> {
    let (ground, account) = (visit.ground(), visit.account()?);
    let present = form.text("present");
    ground
        .accounts
        .confirm_password(&ground.store, account, present, visit.at())
        .await?;
    let begun = ground
        .accounts
        .begin_passkey(&ground.store, account.person.id, visit.at())
        .await?;
    Ok(Json(begun.into()))
}

pub(super) async fn add(visit: Visit, form: FormData) -> Result<Response, Problem> {
    let (ground, account) = (visit.ground(), visit.account()?);
    let (pending, answer, name) = (form.text("pending"), form.text("answer"), form.text("name"));
    ground
        .accounts
        .finish_passkey(&ground.store, account, pending, answer, name, visit.at())
        .await?;
    let mut response = Json(GoTo { to: "/account" }).into_response();
    gate::set_flash(&mut response, ground, "accounts-passkey-added");
    Ok(response)
}

pub(super) async fn remove(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    let (ground, person) = (visit.ground(), visit.person()?.id);
    ground
        .accounts
        .remove_passkey(&ground.store, &visit.actor(), person, id, visit.at())
        .await?;
    Ok(visit.done("accounts-passkey-removed", "/account"))
}

pub(super) async fn begin_sign_in(visit: Visit, _form: FormData) -> Result<Json<Begun>, Problem> {
    let ground = visit.ground();
    let begun = ground
        .accounts
        .begin_passkey_sign_in(&ground.store, visit.at())
        .await?;
    Ok(Json(begun.into()))
}

pub(super) async fn sign_in(
    visit: Visit,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    let (pending, answer) = (form.text("pending"), form.text("answer"));
    let caller = caller(&visit, &headers);
    let answer = ground
        .accounts
        .finish_passkey_sign_in(&ground.store, pending, answer, caller, visit.at())
        .await?;
    answered(&visit, &form, answer)
}

pub(super) async fn begin_second_step(
    visit: Visit,
    form: FormData,
) -> Result<Json<Begun>, Problem> {
    let ground = visit.ground();
    let begun = ground
        .accounts
        .begin_passkey_second_step(&ground.store, form.text("pending"), visit.at())
        .await?;
    Ok(Json(begun.into()))
}

pub(super) async fn second_step(
    visit: Visit,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    let (pending, answer) = (form.text("pending"), form.text("answer"));
    let caller = caller(&visit, &headers);
    let answer = ground
        .accounts
        .finish_passkey_second_step(&ground.store, pending, answer, caller, visit.at())
        .await?;
    answered(&visit, &form, answer)
}

fn answered(visit: &Visit, form: &FormData, answer: SignIn) -> Result<Response, Problem> {
    match answer {
        SignIn::Done(token) => {
            let to = own_path(form.text("back"));
            let mut response = Json(GoTo { to }).into_response();
            gate::set_session(&mut response, visit.ground(), token.as_str());
            Ok(response)
        }
        SignIn::TooMany(wait) => Err(Problem::TooMany(wait.as_secs())),
        SignIn::Refused => Err(Problem::Input(message(&AccountError::Passkey))),
    }
}
