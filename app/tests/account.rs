//! What people do to their own account and administrators to others', through HTTP, with the cookies of a browser.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use mandate::{Config, Office, open, sample};
use mandate_accounts::people;
use mandate_store::{Clock, Id};
use tower::ServiceExt as _;

const SESSION: &str = "mandate_session";
const OFFICER: &str = "officer@example.org";
const ADMIN: &str = "admin@example.org";
const NEW: &str = "seven silent lakes";

struct World {
    office: Office,
    router: Router,
    _folder: tempfile::TempDir,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        data: folder.path().to_owned(),
        database: None,
        profile: "kosovo".into(),
        origin: "http://localhost:8080".into(),
        sample: true,
    };
    let office = open(&config, Clock::system()).await.unwrap();
    sample::fill(&office).await.unwrap();
    World {
        router: office.router(),
        office,
        _folder: folder,
    }
}

impl World {
    fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            jar: BTreeMap::new(),
            headers: HeaderMap::new(),
        }
    }

    async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(email, sample::PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    async fn id(&self, email: &str) -> Id {
        people::by_email(&mut self.office.ground.store.clone(), email)
            .await
            .unwrap()
            .unwrap()
            .id
    }

    async fn actions(&self) -> Vec<String> {
        mandate_ledger::latest(&mut self.office.ground.store.clone(), i64::MAX, 50)
            .await
            .unwrap()
            .into_iter()
            .map(|entry| entry.action)
            .collect()
    }
}

#[derive(Clone)]
struct Browser {
    router: Router,
    jar: BTreeMap<String, String>,
    headers: HeaderMap,
}

struct Answer {
    status: StatusCode,
    to: String,
    body: String,
    /// The cookies that it set; an empty value takes one away.
    set: BTreeMap<String, String>,
}

impl Answer {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    fn csrf(&self) -> String {
        let rest = self
            .body
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }

    fn stays_in(&self) -> bool {
        self.status == StatusCode::OK
    }
}

impl Browser {
    async fn ask(&mut self, method: Method, path: &str, form: Option<String>) -> Answer {
        let cookies: Vec<String> = self
            .jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.map_or_else(Body::empty, Body::from))
            .unwrap();
        request.headers_mut().extend(self.headers.clone());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let set: BTreeMap<String, String> = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|line| line.to_str().unwrap().split(';').next().unwrap())
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        self.jar.extend(set.clone());
        self.jar.retain(|_, value| !value.is_empty());
        let to = response
            .headers()
            .get(header::LOCATION)
            .map(|to| to.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let status = response.status();
        let body = to_bytes(response.into_body(), 10 << 20).await.unwrap();
        Answer {
            status,
            to,
            body: String::from_utf8_lossy(&body).into_owned(),
            set,
        }
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    /// Sends a form of the page `from`, with its token.
    async fn send(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.get(from).await.csrf();
        self.send_with(&csrf, path, fields).await
    }

    async fn send_with(&mut self, csrf: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", csrf)];
        all.extend(fields);
        let form = serde_urlencoded::to_string(all).unwrap();
        self.ask(Method::POST, path, Some(form)).await
    }

    async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        let fields = [("email", email), ("password", password)];
        self.send("/sign-in", "/sign-in", &fields).await
    }

    /// As `assets/src/passkey.ts` asks.
    fn scripted(mut self) -> Self {
        let json = "application/json".parse().unwrap();
        self.headers.insert(header::ACCEPT, json);
        self
    }
}

/// Makes somebody a lead, and with it a new secret due for their sessions.
async fn make_lead(world: &World, email: &str) {
    let mut admin = world.signed_in(ADMIN).await;
    let page = format!("/people/{}", world.id(email).await);
    let path = format!("{page}/roles");
    let done = admin
        .send(&page, &path, &[("role-mechanisms", "lead")])
        .await;
    assert_eq!(
        (done.status, done.to.as_str()),
        (StatusCode::SEE_OTHER, "/people")
    );
}

#[tokio::test]
async fn a_changed_role_brings_a_new_cookie_with_the_next_answer_and_no_other() {
    let world = world().await;
    let mut officer = world.signed_in(OFFICER).await;
    let before = officer.get("/account").await;
    assert!(!before.set.contains_key(SESSION), "nothing is due");
    make_lead(&world, OFFICER).await;

    let mut thief = officer.clone();
    let next = officer.get("/account").await;
    assert!(next.stays_in() && next.body.contains("Lead"));
    assert_ne!(next.set[SESSION], thief.jar[SESSION]);
    let stolen = thief.get("/account").await;
    assert!(
        stolen.to.starts_with("/sign-in"),
        "the old secret opens nothing"
    );
    let later = officer.get("/account").await;
    assert!(later.stays_in() && !later.set.contains_key(SESSION));
    // A form that was open while the secret changed can still be sent.
    let fields = [("token_name", "A dashboard")];
    let sent = officer
        .send_with(&before.csrf(), "/account/tokens", &fields)
        .await;
    assert_eq!(sent.status, StatusCode::OK);
}

#[tokio::test]
async fn of_requests_at_the_same_moment_one_gets_the_new_secret() {
    let world = world().await;
    let officer = world.signed_in(OFFICER).await;
    make_lead(&world, OFFICER).await;
    let asked: Vec<_> = (0..8)
        .map(|_| {
            let mut officer = officer.clone();
            tokio::spawn(async move { officer.get("/account").await })
        })
        .collect();
    let mut new = Vec::new();
    for answer in asked {
        new.extend(answer.await.unwrap().set.remove(SESSION));
    }
    assert_eq!(new.len(), 1, "{new:?}");
    let mut after = officer.clone();
    after.jar.insert(SESSION.to_owned(), new.remove(0));
    assert!(after.get("/account").await.stays_in());
}

#[tokio::test]
async fn signing_out_wins_over_a_secret_that_is_due() {
    let world = world().await;
    let mut officer = world.signed_in(OFFICER).await;
    let csrf = officer.get("/account").await.csrf();
    make_lead(&world, OFFICER).await;
    let out = officer.send_with(&csrf, "/sign-out", &[]).await;
    assert_eq!(out.set[SESSION], "");
    let after = officer.get("/account").await;
    assert!(after.to.starts_with("/sign-in"));
}

#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_the_old_one() {
    let world = world().await;
    let mut here = world.signed_in(OFFICER).await;
    let mut elsewhere = world.signed_in(OFFICER).await;
    let old = here.clone();
    let wrong = [
        (["not my password", NEW, NEW], "present", "is not right"),
        ([sample::PASSWORD, NEW, "seven"], "again", "not the same"),
        ([sample::PASSWORD, "seven", "seven"], "new", "at least 12"),
    ];
    for ([present, new, again], field, words) in wrong {
        let fields = [("present", present), ("new", new), ("again", again)];
        let answer = here.send("/account", "/account/password", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let beside = format!("id=\"{field}-error\"");
        let text = answer.body.split(&beside).nth(1).expect(field);
        assert!(text.split("</p>").next().unwrap().contains(words), "{text}");
        assert!(!answer.body.contains(NEW), "a password comes back");
    }
    assert!(elsewhere.get("/account").await.stays_in());

    let fields = [("present", sample::PASSWORD), ("new", NEW), ("again", NEW)];
    let done = here.send("/account", "/account/password", &fields).await;
    assert_eq!(
        (done.status, done.to.as_str()),
        (StatusCode::SEE_OTHER, "/account")
    );
    assert!(here.get("/account").await.stays_in());
    for mut gone in [elsewhere, old] {
        let answer = gone.get("/account").await;
        assert!(answer.to.starts_with("/sign-in"));
    }
    let mut again = world.browser();
    let refused = again.sign_in(OFFICER, sample::PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let entered = again.sign_in(OFFICER, NEW).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    let actions = world.actions().await;
    for action in ["person.password-changed", "person.password-refused"] {
        assert!(actions.iter().any(|found| found == action), "{actions:?}");
    }
}

#[tokio::test]
async fn the_ceremonies_of_passkeys_hold_the_rules_of_every_form() {
    let world = world().await;
    let begin = "/account/passkeys/begin";
    let mut stranger = world.browser().scripted();
    let nobody = stranger.send("/sign-in", begin, &[]).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(nobody.json()["status"], 401);

    let mut officer = world.signed_in(OFFICER).await.scripted();
    let fields = [("present", sample::PASSWORD), ("name", "Blue key")];
    let without = officer.send_with("wrong", begin, &fields).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    assert!(without.json()["detail"].is_string());
    let csrf = officer.get("/account").await.csrf();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://elsewhere.example"),
    ] {
        let mut other = officer.clone();
        other.headers.insert(name, value.parse().unwrap());
        let foreign = other.send_with(&csrf, begin, &fields).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{name}");
    }
    let guess = [("present", "not my password"), ("name", "Blue key")];
    let guessed = officer.send_with(&csrf, begin, &guess).await;
    assert_eq!(guessed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        guessed.json()["detail"],
        "The present password is not right"
    );
    let begun = officer.send_with(&csrf, begin, &fields).await;
    assert_eq!(begun.status, StatusCode::OK);
    let begun = begun.json();
    assert_eq!(begun["options"]["publicKey"]["rp"]["id"], "localhost");
    let pending = begun["pending"].as_str().unwrap();
    let answer = [("pending", pending), ("answer", "{}"), ("name", "Blue key")];
    let refused = officer.send_with(&csrf, "/account/passkeys", &answer).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.json()["detail"],
        "The passkey was not accepted. Try again."
    );

    let begun = stranger
        .send("/sign-in", "/sign-in/passkey/begin", &[])
        .await
        .json();
    let fields = [
        ("pending", begun["pending"].as_str().unwrap()),
        ("answer", "{}"),
    ];
    let refused = stranger.send("/sign-in", "/sign-in/passkey", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.set.contains_key(SESSION));
}

#[tokio::test]
async fn an_administrator_changes_roles_and_the_last_one_stays() {
    let world = world().await;
    let reader = "reader@example.org";
    let mut at_work = world.signed_in(reader).await;
    let before = at_work.get("/imports").await;
    assert_eq!(before.status, StatusCode::FORBIDDEN);
    make_lead(&world, reader).await;
    assert!(at_work.get("/imports").await.stays_in());

    let mut admin = world.signed_in(ADMIN).await;
    let page = format!("/people/{}", world.id(reader).await);
    let shown = admin.get(&page).await.body;
    assert!(shown.contains("<option value=\"lead\" selected>"));
    let none = [("role-mechanisms", "")];
    admin.send(&page, &format!("{page}/roles"), &none).await;
    let after = at_work.get("/imports").await;
    assert_eq!(after.status, StatusCode::FORBIDDEN, "no role, at once");

    let own = format!("/people/{}", world.id(ADMIN).await);
    let less = admin.send(&own, &format!("{own}/roles"), &none).await;
    assert_eq!(less.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(less.body.contains("at least one active administrator"));
    assert!(admin.get("/people").await.stays_in());
}

#[tokio::test]
async fn the_second_step_is_changed_by_whoever_knows_the_password() {
    let world = world().await;
    let mut officer = world.signed_in(OFFICER).await;
    for path in ["/account/second-factor/codes", "/account/second-factor/end"] {
        let guess = [("confirm", "not my password")];
        let refused = officer.send("/account", path, &guess).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    let actions = world.actions().await;
    let removed = "person.second-factor-removed".to_owned();
    assert!(!actions.contains(&removed));
    let fields = [("confirm", sample::PASSWORD)];
    let end = "/account/second-factor/end";
    officer.send("/account", end, &fields).await;
    assert!(world.actions().await.contains(&removed));
}

#[tokio::test]
async fn access_is_ended_and_given_back_on_a_persons_own_page() {
    let world = world().await;
    let mut officer = world.signed_in(OFFICER).await;
    let mut admin = world.signed_in(ADMIN).await;
    let page = format!("/people/{}", world.id(OFFICER).await);
    let link = admin.send(&page, &format!("{page}/link"), &[]).await;
    assert!(link.body.contains("http://localhost:8080/invitation/"));
    admin.send(&page, &format!("{page}/deactivate"), &[]).await;
    let out = officer.get("/account").await;
    assert!(out.to.starts_with("/sign-in"));
    let refused = officer.sign_in(OFFICER, sample::PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    admin.send(&page, &format!("{page}/reactivate"), &[]).await;
    let back = officer.sign_in(OFFICER, sample::PASSWORD).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);

    let own = format!("/people/{}", world.id(ADMIN).await);
    let last = admin.send(&own, &format!("{own}/deactivate"), &[]).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(admin.get("/people").await.stays_in());
}

#[tokio::test]
async fn the_record_of_changes_speaks_the_readers_language() {
    let world = world().await;
    let mut admin = world.signed_in(ADMIN).await;
    for (tag, words) in [
        ("en", "Signed in"),
        ("sq", "Kyçje"),
        ("sr-Latn", "Prijavljivanje"),
    ] {
        admin.get(&format!("/language?to={tag}&back=%2F")).await;
        let page = admin.get("/ledger").await.body;
        assert!(page.contains(words), "{tag}");
        for code in ["session.opened", "person.invited", "command-line"] {
            assert!(!page.contains(code), "{tag} {code}");
        }
    }
}
