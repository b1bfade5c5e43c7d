//! Who gets which answer: every role, every route, every level of protection, and every form without its token.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    clippy::print_stdout
)]

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use mandate::{Config, Office, open, sample};
use mandate_accounts::{Caller, FirstStep, Party, Protection, Role, Rule, SignIn, people};
use mandate_ledger::{Act, Actor};
use mandate_mechanisms::store;
use mandate_store::{Clock, Id};
use tower::ServiceExt as _;

const WHO: [&str; 10] = [
    "nobody",
    "admin@example.org",
    "reader@example.org",
    "officer@example.org",
    "lead@example.org",
    "files@example.org",
    "secretariat@example.org",
    "member1@example.org",
    "keeper1@example.org",
    "observer@example.org",
];
/// Those of them who may have a role in the area of recommendations.
const STAFF: usize = 5;

struct World {
    office: Office,
    router: Router,
    tokens: BTreeMap<&'static str, String>,
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
    let ground = &office.ground;
    let mut tokens = BTreeMap::new();
    for who in &WHO[1..] {
        let caller = Caller {
            address: "192.0.2.1",
            user_agent: "",
        };
        let at = ground.clock.now();
        let answer = ground
            .accounts
            .begin(&ground.store, who, sample::PASSWORD, caller, at)
            .await
            .unwrap();
        let FirstStep::Answer(SignIn::Done(token)) = answer else {
            panic!("{who} cannot sign in: {answer:?}")
        };
        tokens.insert(*who, token.as_str().to_owned());
    }
    World {
        router: office.router(),
        office,
        tokens,
        _folder: folder,
    }
}

struct Answer {
    status: StatusCode,
    to: String,
    body: String,
}

impl World {
    async fn ask(&self, who: &str, method: Method, path: &str, form: Option<&str>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:8080");
        if let Some(token) = self.tokens.get(who) {
            request = request.header(header::COOKIE, format!("mandate_session={token}"));
        }
        let body = match form {
            Some(form) => {
                let kind = if form.starts_with("--x") {
                    "multipart/form-data; boundary=x"
                } else {
                    "application/x-www-form-urlencoded"
                };
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(form.to_owned())
            }
            None => Body::empty(),
        };
        let response = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let to = response
            .headers()
            .get(header::LOCATION)
            .map(|v| v.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let status = response.status();
        let body = to_bytes(response.into_body(), 10 << 20).await.unwrap();
        Answer {
            status,
            to,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    async fn token(&self, who: &str) -> String {
        let page = self.ask(who, Method::GET, "/account", None).await.body;
        let rest = page.split("name=\"csrf\" value=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

/// Written down here once more, by hand, and not taken from `decide`.
fn lets_in(rule: Rule, who: &str) -> bool {
    match rule {
        Rule::Anyone => true,
        Rule::SignedIn => who != "nobody",
        Rule::Administrator => who == "admin@example.org",
        Rule::Watcher => matches!(who, "admin@example.org" | "lead@example.org"),
        Rule::Role(_, Role::Reader) => matches!(
            who,
            "reader@example.org" | "officer@example.org" | "lead@example.org"
        ),
        Rule::Role(_, Role::Officer) => matches!(who, "officer@example.org" | "lead@example.org"),
        Rule::Role(_, Role::Lead) => who == "lead@example.org",
        Rule::Party(parties) => parties.iter().any(|party| {
            who == match party {
                Party::Filing => "files@example.org",
                Party::Secretariat => "secretariat@example.org",
                Party::Commission => "member1@example.org",
                Party::Keeper => "keeper1@example.org",
                Party::Observer => "observer@example.org",
            }
        }),
    }
}

#[tokio::test]
async fn every_role_gets_the_right_answer_from_every_route() {
    let world = world().await;
    let facts = world.office.routes().facts();
    let mut asked = 0;
    for fact in &facts {
        for who in WHO {
            let path = fact
                .path
                .split('/')
                .map(|part| match part {
                    "{token}" => "x".to_owned(),
                    part if part.starts_with('{') => Id::new().to_string(),
                    part => part.to_owned(),
                })
                .collect::<Vec<_>>()
                .join("/");
            let form = (fact.method == Method::POST).then_some("csrf=wrong");
            let answer = world.ask(who, fact.method.clone(), &path, form).await;
            let place = format!(
                "{who} {} {path}: {} {}",
                fact.method, answer.status, answer.to
            );
            asked += 1;
            if lets_in(fact.rule, who) {
                assert!(!answer.to.starts_with("/sign-in?back"), "{place}");
                assert!(!answer.status.is_server_error(), "{place}");
                if fact.method == Method::POST {
                    // The form has no token of this session, and a file without one is not even read.
                    assert!(matches!(answer.status.as_u16(), 403 | 422), "{place}");
                } else {
                    assert!(!matches!(answer.status.as_u16(), 401 | 403), "{place}");
                }
            } else if who == "nobody" {
                let api = path.starts_with("/api/");
                let expected = if api {
                    StatusCode::UNAUTHORIZED
                } else {
                    StatusCode::SEE_OTHER
                };
                assert_eq!(answer.status, expected, "{place}");
                assert!(api || answer.to.starts_with("/sign-in?back="), "{place}");
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{place}");
            }
        }
    }
    println!(
        "{} routes, {} people, {asked} answers",
        facts.len(),
        WHO.len()
    );
}

/// A file of evidence with the token of a form before it.
fn with_file(csrf: &str) -> String {
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n\r\nSeen.\r\n--x--\r\n";
    [
        part("csrf", csrf),
        part("source", "A visit"),
        part("dated", "2026-01-15"),
        file.to_owned(),
    ]
    .concat()
}

#[tokio::test]
async fn every_level_of_protection_holds_on_every_route_in_lists_and_in_files() {
    let world = world().await;
    let ground = &world.office.ground;
    let mut db = ground.store.clone();
    let item = store::indexed_page(&mut db, None, 1)
        .await
        .unwrap()
        .remove(0);
    let officer = people::by_email(&mut db, "officer@example.org")
        .await
        .unwrap()
        .unwrap()
        .id;
    let csrf = world.token("officer@example.org").await;
    let path = format!("/recommendations/{}/evidence", item.id);
    let kept = world
        .ask(
            "officer@example.org",
            Method::POST,
            &path,
            Some(&with_file(&csrf)),
        )
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let evidence = store::evidence(&mut db, item.id, true).await.unwrap();
    let evidence = evidence.iter().find(|e| e.attachment_id.is_some()).unwrap();

    let words: String = item.text.split(' ').take(6).collect::<Vec<_>>().join("+");
    let facts = world.office.routes().facts();
    let of_records: Vec<_> = facts
        .iter()
        .filter(|fact| {
            let path = fact.path.trim_start_matches("/api/v1");
            path.starts_with("/recommendations/{id}") || path.starts_with("/evidence/{id}")
        })
        .collect();
    assert!(of_records.len() > 10);
    let mut asked = 0;
    for level in Protection::ALL {
        let mut act = Act::begin(&ground.store, &Actor::command_line(), ground.clock.now())
            .await
            .unwrap();
        store::set_protection(&mut act, item.id, *level)
            .await
            .unwrap();
        store::set_named(&mut act, item.id, &[officer])
            .await
            .unwrap();
        act.commit().await.unwrap();
        world
            .office
            .mechanisms
            .index
            .catch_up(&ground.store)
            .await
            .unwrap();
        for who in &WHO[1..STAFF] {
            let named = *who == "officer@example.org";
            let open = *level <= Protection::Office || named;
            let csrf = world.token(who).await;
            for fact in &of_records {
                let id = if fact.path.starts_with("/evidence") {
                    evidence.id
                } else {
                    item.id
                };
                let path = fact
                    .path
                    .replace("{id}", &id.to_string())
                    .replace("{measure}", &Id::new().to_string());
                let form = match (fact.method == Method::POST, path.ends_with("/evidence")) {
                    (false, _) => None,
                    (true, true) => Some(with_file(&csrf).replace("A visit", "")),
                    (true, false) => Some(format!("csrf={csrf}")),
                };
                let answer = world
                    .ask(who, fact.method.clone(), &path, form.as_deref())
                    .await;
                let place = format!("{level} {who} {} {path}: {}", fact.method, answer.status);
                if !lets_in(fact.rule, who) {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{place}");
                } else if !open {
                    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{place}");
                } else if fact.method == Method::GET {
                    assert_eq!(answer.status, StatusCode::OK, "{place}");
                } else {
                    // The form is empty: it is answered, and nothing is changed.
                    let known = fact.path.contains("{measure}");
                    let expected = if known { 404 } else { 422 };
                    assert_eq!(answer.status.as_u16(), expected, "{place}");
                }
                let text = answer.body.contains(&item.text) || answer.body.contains("Seen.");
                assert!(open && lets_in(fact.rule, who) || !text, "{place}");
                asked += 1;
            }
            if *who == "admin@example.org" {
                continue;
            }
            for path in [
                format!("/recommendations?q={words}"),
                format!("/api/v1/recommendations?q={words}"),
                "/recommendations.csv".to_owned(),
            ] {
                let answer = world.ask(who, Method::GET, &path, None).await;
                assert_eq!(answer.status, StatusCode::OK);
                let shown = answer.body.contains(&item.text);
                assert_eq!(shown, open, "{level} {who} {path}");
                asked += 1;
            }
            // A report leaves the office: nothing Restricted is in it, whoever asks.
            let report = "/reports/file?format=csv&language=en";
            let answer = world.ask(who, Method::GET, report, None).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            let shown = answer.body.contains(&item.text);
            assert_eq!(shown, *level <= Protection::Office, "{level} {who} report");
            asked += 1;
        }
    }
    let history = |outcome| {
        let record = mandate_ledger::Record::of("recommendation", item.id);
        let mut db = db.clone();
        async move {
            let all = mandate_ledger::history(&mut db, &record).await.unwrap();
            all.iter().filter(|entry| entry.outcome == outcome).count()
        }
    };
    // On each of the two upper levels, what the named one may do at all is read, and what the others may is refused.
    let may = |who: &str| {
        let all = of_records.iter().filter(|fact| lets_in(fact.rule, who));
        all.count()
    };
    let refused = 2 * (may("reader@example.org") + may("lead@example.org"));
    assert_eq!(history(mandate_ledger::Outcome::Refused).await, refused);
    let read = 2 * may("officer@example.org");
    assert_eq!(history(mandate_ledger::Outcome::Read).await, read);
    println!(
        "{} routes of records, {} levels, {asked} answers",
        of_records.len(),
        Protection::ALL.len()
    );
}

#[tokio::test]
async fn an_officer_assesses_and_the_list_shows_it() {
    let world = world().await;
    let mut db = world.office.ground.store.clone();
    let item = store::indexed_page(&mut db, None, 12)
        .await
        .unwrap()
        .remove(9);
    let who = "officer@example.org";
    let page = format!("/recommendations/{}", item.id);
    let csrf = world.token(who).await;
    let assess = |grade: &str, reason: &str| {
        format!("csrf={csrf}&voice=office&grade=office%2F{grade}&reason={reason}&dated=2026-01-15")
    };
    let path = format!("{page}/assess");
    let silent = world
        .ask(who, Method::POST, &path, Some(&assess("partly", "")))
        .await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unproven = world
        .ask(who, Method::POST, &path, Some(&assess("fully", "Done")))
        .await;
    assert_eq!(unproven.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unproven.body.contains("evidence"), "{}", unproven.body);
    let done = world
        .ask(
            who,
            Method::POST,
            &path,
            Some(&assess("partly", "Seen+on+a+visit")),
        )
        .await;
    assert_eq!(
        (done.status, done.to.as_str()),
        (StatusCode::SEE_OTHER, page.as_str())
    );
    assert!(
        world
            .ask(who, Method::GET, &page, None)
            .await
            .body
            .contains("Seen on a visit")
    );
    let listed = world
        .ask(
            "reader@example.org",
            Method::GET,
            "/recommendations?status=partly",
            None,
        )
        .await;
    assert!(listed.body.contains(&item.id.to_string()));
    assert!(
        mandate_mechanisms::store::verify(&mut db)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn no_page_lacks_a_label_in_any_language() {
    let world = world().await;
    let item = store::indexed_page(&mut world.office.ground.store.clone(), None, 1)
        .await
        .unwrap()
        .remove(0);
    let one = format!("/recommendations/{}", item.id);
    let edit = format!("{one}/edit");
    let alike = format!("{one}/repetitions");
    let pages = [
        "/",
        "/recommendations",
        "/recommendations/new",
        &one,
        &edit,
        &alike,
        "/suggestions",
        "/repetitions",
        "/repetitions?show=confirmed",
        "/documents",
        "/institutions",
        "/imports",
        "/reports",
        "/account",
        "/nowhere",
    ];
    for tag in ["en", "sq", "sr-Latn", "sr-Cyrl"] {
        let path = format!("/language?to={tag}&back=%2F");
        for (who, pages) in [
            ("officer@example.org", &pages[..]),
            ("admin@example.org", &["/people", "/ledger"][..]),
        ] {
            world.ask(who, Method::GET, &path, None).await;
            for page in pages {
                let body = world.ask(who, Method::GET, page, None).await.body;
                assert!(
                    body.contains(&format!("<html lang=\"{tag}\">")),
                    "{tag} {page}"
                );
                let gap = body
                    .find('⟦')
                    .map(|at| body[at..].chars().take(60).collect::<String>());
                assert_eq!(gap, None, "{tag} {page}");
                assert!(body.contains("1244"), "{tag} {page} lacks the footnote");
            }
        }
    }
}

#[tokio::test]
async fn a_group_is_made_from_the_list_answered_by_one_measure_and_shows_nobody_what_is_closed() {
    let world = world().await;
    let mut db = world.office.ground.store.clone();
    let items = store::indexed_page(&mut db, None, 100).await.unwrap();
    let same: Vec<_> = items
        .iter()
        .filter(|item| item.subject == items[0].subject)
        .take(3)
        .collect();
    let who = "officer@example.org";
    let csrf = world.token(who).await;
    let ticked = |items: &[Id]| {
        let ids: String = items.iter().map(|id| format!("&id={id}")).collect();
        format!("csrf={csrf}{ids}")
    };
    let group = "/recommendations/group";
    let alone = ticked(&[same[0].id]);
    let refused = world.ask(who, Method::POST, group, Some(&alone)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Tick at least two"),
        "{}",
        refused.body
    );
    let ids: Vec<Id> = same.iter().map(|item| item.id).collect();
    let made = world
        .ask(who, Method::POST, group, Some(&ticked(&ids)))
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert!(made.to.ends_with("/repetitions"), "{}", made.to);

    let measure = format!(
        "csrf={csrf}&institution=assembly&what=One+law+for+all+three&progress=promised&whole=1"
    );
    let path = format!("/recommendations/{}/measures", ids[0]);
    let done = world.ask(who, Method::POST, &path, Some(&measure)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let other = format!("/recommendations/{}", ids[2]);
    let page = world.ask(who, Method::GET, &other, None).await.body;
    assert!(page.contains("One law for all three"));
    assert!(page.contains("A person confirmed: asked 3 times"), "{page}");
    let confirmed = "/repetitions?show=confirmed";
    let listed = world.ask(who, Method::GET, confirmed, None).await.body;
    assert!(listed.contains("Asked 3 times"), "{listed}");

    // One of them is closed to all but the officer: for everybody else the group is of two.
    let officer = people::by_email(&mut db, who).await.unwrap().unwrap().id;
    let mut act = Act::begin(
        &db.clone(),
        &Actor::command_line(),
        world.office.ground.clock.now(),
    )
    .await
    .unwrap();
    store::set_protection(&mut act, ids[1], Protection::Restricted)
        .await
        .unwrap();
    store::set_named(&mut act, ids[1], &[officer])
        .await
        .unwrap();
    act.commit().await.unwrap();
    for (who, times) in [("lead@example.org", 2), (who, 3)] {
        let page = world.ask(who, Method::GET, &other, None).await.body;
        assert!(page.contains(&format!("asked {times} times")), "{who}");
        assert_eq!(page.contains(&ids[1].to_string()), times == 3, "{who}");
        let listed = world.ask(who, Method::GET, confirmed, None).await.body;
        assert!(listed.contains(&format!("Asked {times} times")), "{who}");
    }
    let csrf = world.token("lead@example.org").await;
    let path = format!("/recommendations/{}/repetitions", ids[0]);
    let form = format!("csrf={csrf}&said-{}=apart", ids[1]);
    let hidden = world
        .ask("lead@example.org", Method::POST, &path, Some(&form))
        .await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);

    // The officer takes it out again, and the measure no longer answers it.
    let csrf = world.token(who).await;
    let form = format!("csrf={csrf}&said-{}=apart", ids[1]);
    let done = world.ask(who, Method::POST, &path, Some(&form)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let path = format!("/recommendations/{}", ids[1]);
    let page = world.ask(who, Method::GET, &path, None).await.body;
    assert!(!page.contains("One law for all three"));
    assert!(store::verify(&mut db).await.unwrap().is_empty());
}

#[tokio::test]
async fn no_page_shows_the_place_of_a_value_instead_of_the_value() {
    let world = world().await;
    for page in [
        "/",
        "/recommendations",
        "/recommendations?q=sample",
        "/documents",
        "/institutions",
        "/reports",
    ] {
        let body = world
            .ask("officer@example.org", Method::GET, page, None)
            .await
            .body;
        assert!(!body.contains("{$"), "{page}");
    }
}

#[tokio::test]
async fn the_description_of_the_interface_names_every_route_and_every_field() {
    let world = world().await;
    let who = "reader@example.org";
    let ask = async |path: &str| -> serde_json::Value {
        let answer = world.ask(who, Method::GET, path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        serde_json::from_str(&answer.body).unwrap()
    };
    let spec = ask("/api/v1/openapi.json").await;
    let described: Vec<String> = spec["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(|path| format!("/api/v1{path}"))
        .collect();
    for fact in world.office.routes().facts() {
        if fact.path.starts_with("/api/v1/") {
            assert!(
                described.iter().any(|path| *path == fact.path),
                "{}",
                fact.path
            );
        }
    }
    for (path, schema) in [
        ("/api/v1/recommendations", "Recommendation"),
        ("/api/v1/documents", "Document"),
        ("/api/v1/institutions", "Institution"),
    ] {
        let answer = ask(path).await;
        let of = |name: &str| spec["components"]["schemas"][name]["properties"].clone();
        let named = |value: &serde_json::Value| -> Vec<String> {
            let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(named(&answer), named(&of(&format!("{schema}s"))), "{path}");
        assert_eq!(named(&answer["items"][0]), named(&of(schema)), "{path}");
    }
}
