//! The pages of the house itself: signing in, one's own account, the people of the office, the ledger.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query as UrlQuery},
    response::{Html, IntoResponse, Redirect, Response},
};
use mandate_accounts::{
    AccountError, Area, Caller, FirstStep, NewPerson, PersonRecord, Role, Rule, SignIn, TotpSetup,
    invitation::invited, people,
};
use mandate_language::Message;
use mandate_ledger::{Outcome, Written, latest};
use mandate_store::Id;
use serde::Deserialize;

use crate::{
    FormData, Page, Problem, Routes, Visit,
    form::{Errors, Field},
    gate,
};

/// The routes of the house itself.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Rule::Anyone, sign_in)
        .post("/sign-in", Rule::Anyone, sign_in_sent)
        .post("/sign-in/code", Rule::Anyone, code_sent)
        .post("/sign-out", Rule::SignedIn, sign_out)
        .get("/invitation/{token}", Rule::Anyone, invitation)
        .post("/invitation/{token}", Rule::Anyone, invitation_sent)
        .get("/language", Rule::Anyone, language)
        .get("/account", Rule::SignedIn, account)
        .post("/account/sessions/{id}/end", Rule::SignedIn, end_session)
        .post("/account/second-factor", Rule::SignedIn, set_up_codes)
        .post(
            "/account/second-factor/confirm",
            Rule::SignedIn,
            confirm_codes,
        )
        .post("/account/tokens", Rule::SignedIn, create_token)
        .post("/account/tokens/{id}/end", Rule::SignedIn, end_token)
        .get("/people", Rule::Administrator, list_people)
        .post("/people", Rule::Administrator, invite)
        .post("/people/{id}/link", Rule::Administrator, invite_again)
        .post("/people/{id}/deactivate", Rule::Administrator, deactivate)
        .post("/people/{id}/reactivate", Rule::Administrator, reactivate)
        .get("/ledger", Rule::Administrator, ledger)
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        if error.is_broken() {
            return Problem::broken(error);
        }
        match error {
            AccountError::Person | AccountError::Unknown => Problem::NotFound,
            AccountError::TooMany { retry_after } => Problem::TooMany(retry_after.as_secs()),
            other => Problem::Input(message(&other)),
        }
    }
}

fn message(error: &AccountError) -> Message {
    let (id, numbers) = error.label();
    numbers
        .into_iter()
        .fold(Message::new(id), |message, (name, n)| message.with(name, n))
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    page: Page,
    errors: Errors,
    email: Field,
    password: Field,
    back: String,
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

/// Only a path of our own, so that nobody is led elsewhere after signing in.
fn own_path(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control);
    if ours { path } else { "/" }
}

async fn sign_in(visit: Visit, UrlQuery(query): UrlQuery<Back>) -> Result<Response, Problem> {
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
    }
    .render()?)
}

async fn sign_in_sent(
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
            let page = code_page(&visit, &form, pending.as_str(), Errors::none())?;
            Ok(Html(page).into_response())
        }
    }
}

fn caller<'a>(visit: &'a Visit, headers: &'a axum::http::HeaderMap) -> Caller<'a> {
    let user_agent = headers
        .get("user-agent")
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    Caller {
        address: visit.address(),
        user_agent,
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
}

fn code_page(
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
    Ok(CodePage {
        page,
        errors,
        code,
        pending: pending.to_owned(),
        back,
    }
    .render()?)
}

async fn code_sent(
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
            let html = code_page(&visit, &form, pending, errors)?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Ok(answer) => answered(&visit, &form, answer),
        Err(error) => Err(error.into()),
    }
}

async fn sign_out(visit: Visit, _form: FormData) -> Result<Response, Problem> {
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

async fn invitation(visit: Visit, Path(token): Path<String>) -> Result<Html<String>, Problem> {
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

async fn invitation_sent(
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
struct LanguageQuery {
    to: String,
    #[serde(default)]
    back: String,
}

async fn language(
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

struct SessionView {
    id: Id,
    browser: String,
    began: String,
    seen: String,
    this: bool,
}

struct TokenView {
    id: Id,
    name: String,
    until: String,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    name: String,
    roles: Vec<String>,
    sessions: Vec<SessionView>,
    tokens: Vec<TokenView>,
    token_name: Field,
    new_token: Option<String>,
    new_codes: Vec<String>,
    second_factor: bool,
}

async fn account(visit: Visit) -> Result<Html<String>, Problem> {
    account_page(&visit, Shown::default()).await
}

async fn account_page(visit: &Visit, shown: Shown) -> Result<Html<String>, Problem> {
    let (ground, l, person) = (visit.ground(), visit.l(), visit.person()?);
    let zone = ground.profile.time_zone();
    let sessions = ground
        .accounts
        .sessions(&ground.store, person.id, visit.at())
        .await?;
    let own = people::by_id(&mut ground.store.clone(), person.id).await?;
    let tokens = ground
        .accounts
        .api_tokens(&ground.store, person.id, visit.at())
        .await?;
    let page = AccountPage {
        page: visit.page("accounts-account-title"),
        name: person.name.clone(),
        roles: roles_in_words(visit, &person.roles, person.administrator),
        sessions: sessions
            .into_iter()
            .map(|line| SessionView {
                id: line.id,
                browser: line.browser,
                began: l.date_time(line.created_at, zone),
                seen: l.date_time(line.last_seen_at, zone),
                this: Some(line.id) == visit.session(),
            })
            .collect(),
        tokens: tokens
            .into_iter()
            .map(|token| TokenView {
                id: token.id,
                name: token.name,
                until: l.date_time(token.expires_at, zone),
            })
            .collect(),
        token_name: Field::new(
            l,
            "name",
            "accounts-token-name",
            &FormData::default(),
            &Errors::none(),
        )
        .required(),
        new_token: shown.token,
        new_codes: shown.codes,
        second_factor: own.is_some_and(|own| own.totp),
    };
    Ok(Html(page.render()?))
}

fn roles_in_words(visit: &Visit, roles: &BTreeMap<Area, Role>, administrator: bool) -> Vec<String> {
    let l = visit.l();
    roles
        .iter()
        .map(|(area, role)| {
            format!(
                "{}: {}",
                l.text(&format!("accounts-area-{area}")),
                l.text(&format!("accounts-role-{role}"))
            )
        })
        .chain(administrator.then(|| l.text("accounts-administrator")))
        .collect()
}

async fn end_session(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    let (ground, person) = (visit.ground(), visit.person()?.id);
    ground
        .accounts
        .end_session(&ground.store, &visit.actor(), person, id, visit.at())
        .await?;
    Ok(visit.done("accounts-session-ended", "/account"))
}

/// How long a token lives that is made on the page.
const TOKEN_DAYS: i64 = 365;

async fn create_token(visit: Visit, form: FormData) -> Result<Html<String>, Problem> {
    let ground = visit.ground();
    let until = visit.at() + jiff::SignedDuration::from_hours(24 * TOKEN_DAYS);
    let (by, person, name) = (visit.actor(), visit.person()?.id, form.text("name"));
    let token = ground
        .accounts
        .create_api_token(&ground.store, &by, person, name, until, visit.at())
        .await?;
    account_page(
        &visit,
        Shown {
            token: Some(token.as_str().to_owned()),
            ..Shown::default()
        },
    )
    .await
}

/// What an answer shows once.
#[derive(Default)]
struct Shown {
    token: Option<String>,
    codes: Vec<String>,
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactorPage {
    page: Page,
    errors: Errors,
    setup: TotpSetup,
    code: Field,
}

async fn set_up_codes(visit: Visit, _form: FormData) -> Result<Html<String>, Problem> {
    let ground = visit.ground();
    let setup = ground
        .accounts
        .begin_totp(&ground.store, visit.person()?.id, visit.at())
        .await?;
    second_factor_page(&visit, setup, Errors::none())
}

fn second_factor_page(
    visit: &Visit,
    setup: TotpSetup,
    errors: Errors,
) -> Result<Html<String>, Problem> {
    let code = Field::new(
        visit.l(),
        "code",
        "accounts-code",
        &FormData::default(),
        &errors,
    )
    .required()
    .autocomplete("one-time-code");
    let page = visit.page("accounts-second-factor-title");
    Ok(Html(
        SecondFactorPage {
            page,
            errors,
            setup,
            code,
        }
        .render()?,
    ))
}

async fn confirm_codes(visit: Visit, form: FormData) -> Result<Response, Problem> {
    let ground = visit.ground();
    let (pending, code) = (form.text("pending"), form.text("code"));
    match ground
        .accounts
        .finish_totp(&ground.store, visit.account()?, pending, code, visit.at())
        .await
    {
        Ok(codes) => {
            let shown = Shown {
                codes: codes.codes().to_vec(),
                ..Shown::default()
            };
            Ok(account_page(&visit, shown).await?.into_response())
        }
        Err(AccountError::Code) => {
            let person = visit.person()?.id;
            let setup = ground
                .accounts
                .totp_setup(&ground.store, person, pending, visit.at())
                .await?;
            let mut errors = Errors::none();
            errors.add(visit.l(), "code", &message(&AccountError::Code));
            let html = second_factor_page(&visit, setup, errors)?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn end_token(visit: Visit, Path(id): Path<Id>, _form: FormData) -> Result<Response, Problem> {
    let (ground, person) = (visit.ground(), visit.person()?.id);
    ground
        .accounts
        .end_api_token(&ground.store, &visit.actor(), person, id, visit.at())
        .await?;
    Ok(visit.done("accounts-token-ended", "/account"))
}

struct PersonLine {
    id: Id,
    name: String,
    email: String,
    roles: String,
    state: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    page: Page,
    errors: Errors,
    people: Vec<PersonLine>,
    name: Field,
    email: Field,
    role: Field,
    administrator: Field,
    link: Option<String>,
}

async fn list_people(visit: Visit) -> Result<Html<String>, Problem> {
    people_page(&visit, &FormData::default(), Errors::none(), None).await
}

async fn people_page(
    visit: &Visit,
    form: &FormData,
    errors: Errors,
    link: Option<String>,
) -> Result<Html<String>, Problem> {
    let (ground, l) = (visit.ground(), visit.l());
    let mut lines: Vec<PersonLine> = people::all(&mut ground.store.clone())
        .await?
        .iter()
        .map(|person| person_line(visit, person))
        .collect();
    l.sort_by_key(&mut lines, |line| line.name.clone());
    let roles = Role::ALL
        .iter()
        .map(|role| (role.to_string(), l.text(&format!("accounts-role-{role}"))));
    let page = PeoplePage {
        page: visit.page("accounts-people-title"),
        people: lines,
        name: Field::new(l, "name", "accounts-name", form, &errors).required(),
        email: Field::new(l, "email", "accounts-email", form, &errors).required(),
        role: Field::new(l, "role", "accounts-area-mechanisms", form, &errors)
            .choices(form, roles)
            .or_none(l.text("accounts-role-none")),
        administrator: Field::new(l, "administrator", "accounts-may-also", form, &errors)
            .choices(form, [("yes".to_owned(), l.text("accounts-administrator"))]),
        errors,
        link,
    };
    Ok(Html(page.render()?))
}

fn person_line(visit: &Visit, person: &PersonRecord) -> PersonLine {
    let state = match (person.active, person.accepted) {
        (false, _) => "accounts-state-inactive",
        (true, false) => "accounts-state-invited",
        (true, true) => "accounts-state-active",
    };
    PersonLine {
        id: person.id,
        name: person.name.clone(),
        email: person.email.clone(),
        roles: roles_in_words(visit, &person.roles, person.administrator).join(", "),
        state: visit.l().text(state),
        active: person.active,
    }
}

async fn invite(visit: Visit, form: FormData) -> Result<Response, Problem> {
    let ground = visit.ground();
    let new = NewPerson {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        language: visit.l().tag().to_string(),
        administrator: form.text("administrator") == "yes",
        roles: form
            .text("role")
            .parse()
            .map(|role| (Area::Mechanisms, role))
            .into_iter()
            .collect(),
    };
    match people::invite(&ground.store, &visit.actor(), &new, visit.at()).await {
        Ok((_, token)) => {
            let link = format!("{}/invitation/{}", ground.settings.origin, token.as_str());
            Ok(
                people_page(&visit, &FormData::default(), Errors::none(), Some(link))
                    .await?
                    .into_response(),
            )
        }
        Err(error) if !error.is_broken() => {
            let field = if matches!(error, AccountError::Name) {
                "name"
            } else {
                "email"
            };
            let mut errors = Errors::none();
            errors.add(visit.l(), field, &message(&error));
            let html = people_page(&visit, &form, errors, None).await?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn invite_again(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Html<String>, Problem> {
    let ground = visit.ground();
    let token = people::invite_again(&ground.store, &visit.actor(), id, visit.at()).await?;
    let link = format!("{}/invitation/{}", ground.settings.origin, token.as_str());
    people_page(&visit, &FormData::default(), Errors::none(), Some(link)).await
}

async fn deactivate(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    people::deactivate(&visit.ground().store, &visit.actor(), id, visit.at()).await?;
    Ok(visit.done("accounts-deactivated", "/people"))
}

async fn reactivate(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    people::reactivate(&visit.ground().store, &visit.actor(), id, visit.at()).await?;
    Ok(visit.done("accounts-reactivated", "/people"))
}

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
struct Before {
    before: Option<i64>,
}

/// Entries on a page of the ledger.
const ENTRIES: i64 = 50;

async fn ledger(visit: Visit, UrlQuery(query): UrlQuery<Before>) -> Result<Html<String>, Problem> {
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
