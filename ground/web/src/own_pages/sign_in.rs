//! Signing in, the second step, signing out, accepting an invitation, choosing a language.

use askama::Template;
use axum::{
    extract::{Path, Query as UrlQuery},
    response::{Html, IntoResponse, Redirect, Response},
};
use mandate_accounts::{AccountError, FirstStep, SignIn, invitation::invited, people};
use mandate_language::Message;
use serde::Deserialize;

use super::{caller, message, own_path};
use crate::{
    FormData, Page, Problem, Visit, assets,
    form::{Errors, Field},
    gate,
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    page: Page,
    errors: Errors,
    email: Field,
    password: Field,
    back: String,
    passkeys: bool,
    passkey_js: String,
}

#[derive(Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    back: String,
}

pub(super) async fn sign_in(
    visit: Visit,
    UrlQuery(query): UrlQuery<Back>,
) -> Result<Response, Problem> {
    if visit.who().is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let form = FormData::of([("back", query.back)]);
    Ok(Html(sign_in_page(&visit, &form, Errors::none())?).into_response())
}

fn sign_in_page(visit: &Visit, form: &FormData, errors: Errors) -> Result<String, Problem> {
    let l = visit.l();
    let email = Field::new(l, "email", "accounts-email", form, &errors)
        .required()
        .autocomplete("username");
    let password = Field::new(l, "password", "accounts-password", form, &errors)
        .required()
        .autocomplete("current-password");
    let back = own_path(form.text("back")).to_owned();
    Ok(SignInPage {
        page: visit.page("accounts-sign-in-title"),
        errors,
        email,
        password,
        back,
        passkeys: visit.ground().accounts.has_passkeys(),
        passkey_js: assets::address("passkey.js"),
    }
    .render()?)
}

pub(super) async fn sign_in_sent(
    visit: Visit,
    headers: axum::http::HeaderMap,
    form: FormData,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    let caller = caller(&visit, &headers);
    let (email, password) = (form.text("email"), form.text("password"));
    match ground
        .accounts
        .begin(&ground.store, email, password, caller, visit.at())
        .await?
    {
        FirstStep::Answer(answer) => answered(&visit, &form, answer),
        FirstStep::NeedsTotp(pending) => {
            let page = code_page(&visit, &form, pending.as_str(), Errors::none()).await?;
            Ok(Html(page).into_response())
        }
    }
}

fn answered(visit: &Visit, form: &FormData, answer: SignIn) -> Result<Response, Problem> {
    match answer {
        SignIn::Done(token) => {
            let mut response = Redirect::to(own_path(form.text("back"))).into_response();
            gate::set_session(&mut response, visit.ground(), token.as_str());
            Ok(response)
        }
        SignIn::TooMany(wait) => Err(Problem::TooMany(wait.as_secs())),
        SignIn::Refused => {
            let mut errors = Errors::none();
            errors.add(
                visit.l(),
                "password",
                &Message::new("accounts-sign-in-refused"),
            );
            let html = sign_in_page(visit, form, errors)?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage {
    page: Page,
    errors: Errors,
    code: Field,
    pending: String,
    back: String,
    passkeys: bool,
    passkey_js: String,
}

async fn code_page(
    visit: &Visit,
    form: &FormData,
    pending: &str,
    errors: Errors,
) -> Result<String, Problem> {
    let code = Field::new(
        visit.l(),
        "code",
        "accounts-code",
        &FormData::default(),
        &errors,
    )
    .hint(visit.l(), "accounts-code-hint")
    .required()
    .autocomplete("one-time-code");
    let back = own_path(form.text("back")).to_owned();
    let page = visit.page("accounts-code-title");
    let ground = visit.ground();
    let passkeys = ground
        .accounts
        .passkey_can_confirm(&ground.store, pending, visit.at())
        .await?;
    Ok(CodePage {
        page,
        errors,
        code,
        pending: pending.to_owned(),
        back,
        passkeys,
        passkey_js: assets::address("passkey.js"),
    }
    .render()?)
}

pub(super) async fn code_sent(
    visit: Visit,
    headers: axum::http::HeaderMap,
    form: FormData,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    let (pending, code) = (form.text("pending"), form.text("code"));
    let caller = caller(&visit, &headers);
    match ground
        .accounts
        .finish_with_code(&ground.store, pending, code, caller, visit.at())
        .await
    {
        Ok(SignIn::Refused) | Err(AccountError::Code) => {
            let mut errors = Errors::none();
            errors.add(visit.l(), "code", &message(&AccountError::Code));
            let html = code_page(&visit, &form, pending, errors).await?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Ok(answer) => answered(&visit, &form, answer),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn sign_out(visit: Visit, _form: FormData) -> Result<Response, Problem> {
    let ground = visit.ground();
    if let Some(session) = visit.session() {
        let person = visit.person()?.id;
        ground
            .accounts
            .end_session(&ground.store, &visit.actor(), person, session, visit.at())
            .await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    gate::clear_session(&mut response, ground);
    Ok(response)
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage {
    page: Page,
    errors: Errors,
    email: String,
    name: Field,
    password: Field,
}

pub(super) async fn invitation(
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Html<String>, Problem> {
    invitation_page(&visit, &token, &FormData::default(), Errors::none()).await
}

async fn invitation_page(
    visit: &Visit,
    token: &str,
    form: &FormData,
    errors: Errors,
) -> Result<Html<String>, Problem> {
    let found = invited(&mut visit.ground().store.clone(), token, visit.at()).await?;
    let l = visit.l();
    let mut form = form.clone();
    if form.text("name").is_empty() {
        form.set("name", found.name);
    }
    let name = Field::new(l, "name", "accounts-name", &form, &errors)
        .required()
        .autocomplete("name");
    let password = Field::new(l, "password", "accounts-new-password", &form, &errors)
        .hint(l, "accounts-password-hint")
        .required()
        .autocomplete("new-password");
    let page = visit.page("accounts-invitation-title");
    Ok(Html(
        InvitationPage {
            page,
            errors,
            email: found.email,
            name,
            password,
        }
        .render()?,
    ))
}

pub(super) async fn invitation_sent(
    visit: Visit,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    let (name, password) = (form.text("name"), form.text("password"));
    match ground
        .accounts
        .accept_invitation(&ground.store, &token, name, password, visit.at())
        .await
    {
        Ok(_) => Ok(visit.done("accounts-invitation-accepted", "/sign-in")),
        Err(error @ (AccountError::Password(_) | AccountError::Name)) => {
            let field = if matches!(error, AccountError::Name) {
                "name"
            } else {
                "password"
            };
            let mut errors = Errors::none();
            errors.add(visit.l(), field, &message(&error));
            let html = invitation_page(&visit, &token, &form, errors).await?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct LanguageQuery {
    to: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn language(
    visit: Visit,
    UrlQuery(query): UrlQuery<LanguageQuery>,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    if !ground.profile.languages().contains(&query.to) {
        return Err(Problem::NotFound);
    }
    if let Some(person) = visit.who() {
        people::set_language(
            &ground.store,
            &visit.actor(),
            person.id,
            &query.to,
            visit.at(),
        )
        .await?;
    }
    let mut response = Redirect::to(own_path(&query.back)).into_response();
    gate::set_language(&mut response, ground, &query.to);
    Ok(response)
}
