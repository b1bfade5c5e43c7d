//! One's own account: sessions, password, passkeys, the second step, tokens.

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use mandate_accounts::{AccountError, TotpSetup, passkeys, people, recovery_codes_left};
use mandate_language::Message;
use mandate_store::Id;

use super::{message, roles_in_words};
use crate::{
    FormData, Page, Problem, Visit, assets,
    form::{Errors, Field},
    gate,
};

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

struct PasskeyView {
    id: Id,
    name: String,
    added: String,
    used: Option<String>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    errors: Errors,
    name: String,
    email: String,
    roles: Vec<String>,
    sessions: Vec<SessionView>,
    present: Field,
    new: Field,
    again: Field,
    changing: bool,
    can_have_passkeys: bool,
    passkeys: Vec<PasskeyView>,
    passkey_name: Field,
    passkey_present: Field,
    passkey_js: String,
    tokens: Vec<TokenView>,
    token_name: Field,
    new_token: Option<String>,
    new_codes: Vec<String>,
    second_factor: bool,
    codes_left: Option<String>,
    confirm: Field,
    confirming: bool,
}

/// What an answer shows once.
#[derive(Default)]
struct Shown {
    token: Option<String>,
    codes: Vec<String>,
    errors: Errors,
    /// Whether the form for the password is open.
    changing: bool,
    /// Whether the form for changes to the second step is open.
    confirming: bool,
}

pub(super) async fn account(visit: Visit) -> Result<Html<String>, Problem> {
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
    let keys = passkeys(&mut ground.store.clone(), person.id).await?;
    let tokens = ground
        .accounts
        .api_tokens(&ground.store, person.id, visit.at())
        .await?;
    let second_factor = own.as_ref().is_some_and(|own| own.totp);
    let codes_left = if second_factor {
        let left = recovery_codes_left(&mut ground.store.clone(), person.id).await?;
        Some(l.with("accounts-recovery-codes-left", &[("count", left.into())]))
    } else {
        None
    };
    // No field is filled in again: they are secrets, or empty.
    let field = |name, label| Field::new(l, name, label, &FormData::default(), &shown.errors);
    // The script says beside these what is wrong.
    let quiet = |name, label| Field::new(l, name, label, &FormData::default(), &Errors::none());
    let page = AccountPage {
        page: visit.page("accounts-account-title"),
        name: person.name.clone(),
        email: own
            .as_ref()
            .map(|own| own.email.clone())
            .unwrap_or_default(),
        present: field("present", "accounts-present-password")
            .required()
            .autocomplete("current-password"),
        new: field("new", "accounts-new-password")
            .hint(l, "accounts-password-hint")
            .required()
            .autocomplete("new-password"),
        again: field("again", "accounts-password-again")
            .required()
            .autocomplete("new-password"),
        changing: shown.changing,
        can_have_passkeys: ground.accounts.has_passkeys(),
        passkeys: keys
            .into_iter()
            .map(|key| PasskeyView {
                id: key.id,
                name: key.name,
                added: l.date_time(key.added_at, zone),
                used: key.last_used_at.map(|at| l.date_time(at, zone)),
            })
            .collect(),
        passkey_name: quiet("name", "accounts-passkey-name")
            .hint(l, "accounts-passkey-name-hint")
            .required()
            .of("passkey"),
        passkey_present: quiet("present", "accounts-present-password")
            .required()
            .autocomplete("current-password")
            .of("passkey"),
        passkey_js: assets::address("passkey.js"),
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
        token_name: field("token_name", "accounts-token-name").required(),
        new_token: shown.token,
        new_codes: shown.codes,
        second_factor,
        codes_left,
        confirm: field("confirm", "accounts-present-password")
            .required()
            .autocomplete("current-password"),
        confirming: shown.confirming,
        errors: shown.errors,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn end_session(
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

/// Ends the other sessions, and this one goes on under a new secret.
pub(super) async fn change_password(visit: Visit, form: FormData) -> Result<Response, Problem> {
    let (ground, account) = (visit.ground(), visit.account()?);
    let (present, new) = (form.text("present"), form.text("new"));
    let wrong = if new == form.text("again") {
        match ground
            .accounts
            .change_password(&ground.store, account, present, new, visit.at())
            .await
        {
            Ok(()) => None,
            Err(error @ AccountError::WrongPassword) => Some(("present", message(&error))),
            Err(error @ AccountError::Password(_)) => Some(("new", message(&error))),
            Err(error) => return Err(error.into()),
        }
    } else {
        Some(("again", Message::new("accounts-error-password-different")))
    };
    if let Some((field, message)) = wrong {
        let mut shown = Shown {
            changing: true,
            ..Shown::default()
        };
        shown.errors.add(visit.l(), field, &message);
        let html = account_page(&visit, shown).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let response = visit.done("accounts-password-changed", "/account");
    with_new_secret(&visit, response).await
}

/// Gives the session a new secret with this answer: whoever copied the old one is out.
async fn with_new_secret(visit: &Visit, mut response: Response) -> Result<Response, Problem> {
    let (ground, account) = (visit.ground(), visit.account()?);
    let token = ground
        .accounts
        .rotate_session(&ground.store, account.person.id, account.id, visit.at())
        .await?;
    gate::set_session(&mut response, ground, token.as_str());
    Ok(response)
}

/// How long a token lives that is made on the page.
const TOKEN_DAYS: i64 = 365;

pub(super) async fn create_token(visit: Visit, form: FormData) -> Result<Response, Problem> {
    let ground = visit.ground();
    let until = visit.at() + jiff::SignedDuration::from_hours(24 * TOKEN_DAYS);
    let (by, person, name) = (visit.actor(), visit.person()?.id, form.text("token_name"));
    let made = ground
        .accounts
        .create_api_token(&ground.store, &by, person, name, until, visit.at())
        .await;
    let mut shown = Shown::default();
    match made {
        Ok(token) => {
            shown.token = Some(token.as_str().to_owned());
            Ok(account_page(&visit, shown).await?.into_response())
        }
        Err(error @ AccountError::Name) => {
            shown.errors.add(visit.l(), "token_name", &message(&error));
            let html = account_page(&visit, shown).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactorPage {
    page: Page,
    errors: Errors,
    setup: TotpSetup,
    code: Field,
}

pub(super) async fn set_up_codes(visit: Visit, _form: FormData) -> Result<Html<String>, Problem> {
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

pub(super) async fn confirm_codes(visit: Visit, form: FormData) -> Result<Response, Problem> {
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
            let response = account_page(&visit, shown).await?.into_response();
            with_new_secret(&visit, response).await
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
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The page that says that the password was wrong, or nothing when it was right.
async fn unconfirmed(visit: &Visit, form: &FormData) -> Result<Option<Response>, Problem> {
    let (ground, account) = (visit.ground(), visit.account()?);
    let confirmed = ground
        .accounts
        .confirm_password(&ground.store, account, form.text("confirm"), visit.at())
        .await;
    match confirmed {
        Ok(()) => Ok(None),
        Err(error @ AccountError::WrongPassword) => {
            let mut shown = Shown {
                confirming: true,
                ..Shown::default()
            };
            shown.errors.add(visit.l(), "confirm", &message(&error));
            let html = account_page(visit, shown).await?;
            Ok(Some(
                (StatusCode::UNPROCESSABLE_ENTITY, html).into_response(),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn renew_codes(visit: Visit, form: FormData) -> Result<Response, Problem> {
    if let Some(page) = unconfirmed(&visit, &form).await? {
        return Ok(page);
    }
    let (ground, person) = (visit.ground(), visit.person()?.id);
    let codes = ground
        .accounts
        .renew_recovery_codes(&ground.store, &visit.actor(), person, visit.at())
        .await?;
    let shown = Shown {
        codes: codes.codes().to_vec(),
        ..Shown::default()
    };
    Ok(account_page(&visit, shown).await?.into_response())
}

pub(super) async fn end_codes(visit: Visit, form: FormData) -> Result<Response, Problem> {
    if let Some(page) = unconfirmed(&visit, &form).await? {
        return Ok(page);
    }
    let (ground, person) = (visit.ground(), visit.person()?.id);
    ground
        .accounts
        .remove_totp(&ground.store, &visit.actor(), person, visit.at())
        .await?;
    Ok(visit.done("accounts-second-factor-removed", "/account"))
}

pub(super) async fn end_token(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    let (ground, person) = (visit.ground(), visit.person()?.id);
    ground
        .accounts
        .end_api_token(&ground.store, &visit.actor(), person, id, visit.at())
        .await?;
    Ok(visit.done("accounts-token-ended", "/account"))
}
