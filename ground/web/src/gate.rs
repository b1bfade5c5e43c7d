//! The gate in front of every route: who calls, may they, in which language; and how every answer leaves.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use mandate_accounts::{Decision, Protection, Rule, SessionToken, decide};
use mandate_ledger::{Entry, alarms_waiting_for, record_alone};
use rand::Rng as _;

use crate::{Problem, Shared, Visit, page, visit::Inner};

/// The cookie of a session; its token is a secret.
const SESSION: &str = "mandate_session";
/// The cookie that form tokens are bound to before there is a session.
const BROWSER: &str = "mandate_browser";
/// The language that somebody chose before signing in.
pub(crate) const LANGUAGE: &str = "mandate_language";
/// The id of the label that says what has just been done; read once.
const FLASH: &str = "mandate_done";

/// What the gate knows of the route in front of which it stands.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) ground: Shared,
    pub(crate) rule: Rule,
}

/// Lets a request through, or answers it.
pub(crate) async fn gate(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (visit, new) = match visit(&gate, &parts).await {
        Ok(found) => found,
        Err(problem) => return problem.into_response(),
    };
    let json = wants_json(&parts);
    let had_flash = visit.0.flash.is_some();
    let mut response = match admit(&gate, &visit, &parts).await {
        Ok(()) => {
            parts.extensions.insert(visit.clone());
            next.run(Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = dress(&visit, &problem, response, json);
    }
    if let Some(key) = new.browser {
        add_cookie(&mut response, &cookie(&gate.ground, BROWSER, &key, None));
    }
    // A handler that ended or replaced the session knows better.
    if let Some(token) = new.session
        && !sets_session(&response, &gate.ground)
    {
        set_session(&mut response, &gate.ground, token.as_str());
    }
    if had_flash && response.status() == StatusCode::OK {
        add_cookie(&mut response, &cookie(&gate.ground, FLASH, "", Some(0)));
    }
    secure(
        &mut response,
        &visit.0.nonce,
        gate.ground.settings.origin.starts_with("https:"),
    );
    response
}

/// What the answer must give to the browser besides the page.
#[derive(Default)]
struct New {
    browser: Option<String>,
    session: Option<SessionToken>,
}

async fn visit(gate: &Gate, request: &Parts) -> Result<(Visit, New), Problem> {
    let ground = &gate.ground;
    let at = ground.clock.now();
    let headers = &request.headers;
    let name = |name: &str| cookie_name(ground, name);
    let token = cookie_of(headers, &name(SESSION));
    let bearer = bearer(headers);
    let api = request.uri.path().starts_with("/api/");

    let (mut person, mut session, mut language, mut account) = (None, None, None, None);
    let mut new = New::default();
    if let (true, Some(bearer)) = (api, bearer) {
        if let Some((found, token)) = ground
            .accounts
            .by_api_token(&ground.store, bearer, at)
            .await
            .map_err(Problem::broken)?
        {
            person = Some(found);
            session = Some(token.id);
        }
    } else if let Some(token) = token
        && let Some(found) = ground
            .accounts
            .session(&ground.store, token, at)
            .await
            .map_err(Problem::broken)?
    {
        session = Some(found.id);
        language = Some(found.language.clone());
        person = Some(found.person.clone());
        if found.rotation_due {
            new.session = ground
                .accounts
                .rotate_due_session(&ground.store, &found, at)
                .await
                .map_err(Problem::broken)?;
        }
        account = Some(found);
    }
    let offered: Vec<&str> = ground
        .profile
        .languages()
        .iter()
        .map(String::as_str)
        .collect();
    let chosen = language
        .as_deref()
        .or_else(|| cookie_of(headers, &name(LANGUAGE)));
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let tag = match chosen {
        Some(tag) if offered.contains(&tag) => tag.to_owned(),
        _ => ground.languages.negotiate(accepted, &offered).to_string(),
    };
    let language =
        ground.languages.get(&tag).cloned().ok_or_else(|| {
            Problem::broken(format!("the profile offers {tag}, which has no labels"))
        })?;

    let known = cookie_of(headers, &name(BROWSER))
        .filter(|key| key.len() >= 20)
        .map(str::to_owned);
    let form_key = match (session, known) {
        (Some(id), _) => id.to_string(),
        (None, Some(key)) => key,
        (None, None) => new.browser.insert(random()).clone(),
    };
    let flash = cookie_of(headers, &name(FLASH))
        .filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && language.has(id))
        .map(str::to_owned);
    let alarms = match &person {
        Some(watcher)
            if decide(Some(watcher), Rule::Watcher, Protection::Public, false).allows() =>
        {
            alarms_waiting_for(&mut ground.store.clone(), watcher.id).await?
        }
        _ => 0,
    };
    let visit = Visit(Arc::new(Inner {
        ground: ground.clone(),
        person,
        session,
        account,
        form_key,
        rule: gate.rule,
        language,
        nonce: random(),
        path: request.uri.path().to_owned(),
        query: request.uri.query().map(str::to_owned),
        address: address_of(request),
        at,
        flash,
        alarms,
    }));
    Ok((visit, new))
}

async fn admit(gate: &Gate, visit: &Visit, request: &Parts) -> Result<(), Problem> {
    if request.method != Method::GET && !same_origin(&request.headers, &gate.ground.settings.origin)
    {
        return Err(Problem::StaleForm);
    }
    match decide(visit.who(), gate.rule, Protection::Public, false) {
        Decision::Allow | Decision::AllowRecorded => Ok(()),
        Decision::SignIn => Err(Problem::SignIn),
        Decision::Forbid | Decision::Hide => {
            let entry = Entry::refused("route.refused", None).with("path", visit.path());
            record_alone(&gate.ground.store, &visit.actor(), visit.at(), entry).await?;
            Err(Problem::Forbidden)
        }
    }
}

/// A form may only come from a page of ours. Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in
/// `Origin`; a request that says neither does not come from a browser's page and still needs the form's token.
fn same_origin(headers: &HeaderMap, origin: &str) -> bool {
    let value = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = value(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    value(header::ORIGIN).is_none_or(|from| from == origin)
}

/// Programs and our own scripts get JSON where people get a page.
fn wants_json(request: &Parts) -> bool {
    let accept = request.headers.get(header::ACCEPT);
    request.uri.path().starts_with("/api/")
        || accept.is_some_and(|kind| kind.as_bytes() == b"application/json")
}

fn dress(visit: &Visit, problem: &Problem, bare: Response, json: bool) -> Response {
    let path = visit.path();
    let status = problem.status();
    if json {
        let text = page::problem_text(visit.l(), problem);
        let body = serde_json::json!({ "status": status.as_u16(), "title": text.title, "detail": text.next });
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        return (status, kind, body.to_string()).into_response();
    }
    if matches!(problem, Problem::SignIn) {
        let back = match visit.query() {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        };
        let query = serde_urlencoded::to_string([("back", back)]).unwrap_or_default();
        return Redirect::to(&format!("/sign-in?{query}")).into_response();
    }
    let mut dressed = match page::problem_page(visit, problem) {
        Ok(html) => (status, axum::response::Html(html)).into_response(),
        Err(error) => Problem::broken(error).into_response(),
    };
    if let Some(after) = bare.headers().get(header::RETRY_AFTER) {
        dressed
            .headers_mut()
            .insert(header::RETRY_AFTER, after.clone());
    }
    dressed
}

fn secure(response: &mut Response, nonce: &str, https: bool) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    );
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if https {
        let value = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    // Nothing that a person saw stays in a shared computer's cache.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

fn random() -> String {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn address_of(request: &Parts) -> String {
    request
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(|| "unknown".to_owned(), |info| info.0.ip().to_string())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
        .map(str::trim)
}

/// With TLS, cookies carry the prefix `__Host-`: no other host or path can set them.
fn cookie_name(ground: &Shared, name: &str) -> String {
    if ground.settings.origin.starts_with("https:") {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

fn cookie_of<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

fn cookie(ground: &Shared, name: &str, value: &str, seconds: Option<u64>) -> String {
    let secure = if ground.settings.origin.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let age = seconds
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}",
        cookie_name(ground, name)
    )
}

fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Leaves the id of a label for the next page.
pub(crate) fn set_flash(response: &mut Response, ground: &Shared, label: &str) {
    add_cookie(response, &cookie(ground, FLASH, label, Some(60)));
}

fn sets_session(response: &Response, ground: &Shared) -> bool {
    let begin = format!("{}=", cookie_name(ground, SESSION));
    response
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .any(|line| line.as_bytes().starts_with(begin.as_bytes()))
}

/// Begins a session in the browser, or goes on with it under a new secret.
pub(crate) fn set_session(response: &mut Response, ground: &Shared, token: &str) {
    add_cookie(response, &cookie(ground, SESSION, token, None));
}

/// Ends the session in the browser.
pub(crate) fn clear_session(response: &mut Response, ground: &Shared) {
    add_cookie(response, &cookie(ground, SESSION, "", Some(0)));
}

/// Keeps the language that somebody chose for a year.
pub(crate) fn set_language(response: &mut Response, ground: &Shared, tag: &str) {
    add_cookie(response, &cookie(ground, LANGUAGE, tag, Some(31_536_000)));
}
