//! The pages of the house itself: signing in, one's own account, the people of the office, the ledger.

mod account;
mod alarms;
mod ledger;
mod log;
mod passkeys;
mod people;
mod sign_in;

use std::collections::BTreeMap;

use mandate_accounts::{AccountError, Area, Caller, Role, Rule};
use mandate_language::Message;

use crate::{Problem, Routes, Visit};

/// The routes of the house itself.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Rule::Anyone, sign_in::sign_in)
        .post("/sign-in", Rule::Anyone, sign_in::sign_in_sent)
        .post("/sign-in/code", Rule::Anyone, sign_in::code_sent)
        .post(
            "/sign-in/passkey/begin",
            Rule::Anyone,
            passkeys::begin_sign_in,
        )
        .post("/sign-in/passkey", Rule::Anyone, passkeys::sign_in)
        .post(
            "/sign-in/code/passkey/begin",
            Rule::Anyone,
            passkeys::begin_second_step,
        )
        .post("/sign-in/code/passkey", Rule::Anyone, passkeys::second_step)
        .post("/sign-out", Rule::SignedIn, sign_in::sign_out)
        .get("/invitation/{token}", Rule::Anyone, sign_in::invitation)
        .post(
            "/invitation/{token}",
            Rule::Anyone,
            sign_in::invitation_sent,
        )
        .get("/language", Rule::Anyone, sign_in::language)
        .get("/account", Rule::SignedIn, account::account)
        .post(
            "/account/sessions/{id}/end",
            Rule::SignedIn,
            account::end_session,
        )
        .post(
            "/account/password",
            Rule::SignedIn,
            account::change_password,
        )
        .post(
            "/account/passkeys/begin",
            Rule::SignedIn,
            passkeys::begin_adding,
        )
        .post("/account/passkeys", Rule::SignedIn, passkeys::add)
        .post(
            "/account/passkeys/{id}/end",
            Rule::SignedIn,
            passkeys::remove,
        )
        .post(
            "/account/second-factor",
            Rule::SignedIn,
            account::set_up_codes,
        )
        .post(
            "/account/second-factor/confirm",
            Rule::SignedIn,
            account::confirm_codes,
        )
        .post(
            "/account/second-factor/codes",
            Rule::SignedIn,
            account::renew_codes,
        )
        .post(
            "/account/second-factor/end",
            Rule::SignedIn,
            account::end_codes,
        )
        .post("/account/tokens", Rule::SignedIn, account::create_token)
        .post(
            "/account/tokens/{id}/end",
            Rule::SignedIn,
            account::end_token,
        )
        .get("/people", Rule::Administrator, people::list_people)
        .post("/people", Rule::Administrator, people::invite)
        .get("/people/{id}", Rule::Administrator, people::person)
        .post("/people/{id}/roles", Rule::Administrator, people::set_roles)
        .post(
            "/people/{id}/parties",
            Rule::Administrator,
            people::set_party,
        )
        .post(
            "/people/{id}/link",
            Rule::Administrator,
            people::invite_again,
        )
        .post(
            "/people/{id}/deactivate",
            Rule::Administrator,
            people::deactivate,
        )
        .post(
            "/people/{id}/reactivate",
            Rule::Administrator,
            people::reactivate,
        )
        .post(
            "/people/{id}/second-factor/end",
            Rule::Administrator,
            people::end_codes,
        )
        .post(
            "/people/{id}/passkeys/end",
            Rule::Administrator,
            people::end_passkey,
        )
        .get("/ledger", Rule::Administrator, ledger::ledger)
        .get("/ledger/alarms", Rule::Watcher, alarms::list)
        .post("/ledger/alarms/{id}/seen", Rule::Watcher, alarms::seen)
        .get("/log/{token}/checkpoint", Rule::Anyone, log::checkpoint)
        .get("/log/{token}/tile/{*tile}", Rule::Anyone, log::tile)
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

/// Only a path of our own, so that nobody is led elsewhere after signing in.
fn own_path(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control);
    if ours { path } else { "/" }
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
