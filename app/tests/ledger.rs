//! The ledger as an office and a body outside meet it: addresses for tiles, alarms, commands, an export that both verifiers
//! pass.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use clap::Parser;
use mandate::{Config, Office, ledger, open, sample};
use mandate_accounts::{Caller, FirstStep, SignIn, people};
use mandate_ledger::{Actor, Reading, Record, add_reader, alarms, end_reader, proof, read_before};
use mandate_store::Clock;
use tower::ServiceExt as _;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

async fn office(folder: &std::path::Path) -> (Config, Office) {
    let config = Config {
        data: folder.to_owned(),
        database: None,
        profile: "kosovo".into(),
        origin: "http://localhost:8080".into(),
        sample: true,
    };
    let office = open(&config, Clock::system()).await.unwrap();
    sample::fill(&office).await.unwrap();
    (config, office)
}

async fn said(config: &Config, args: &[&str]) -> (Result<bool, String>, String) {
    let told = Cli::parse_from(["x", "ledger"].iter().chain(args));
    let mandate_commands::Command::Ledger(told) = told.command else {
        panic!("not of the ledger")
    };
    let mut out = Vec::new();
    let key = ledger::key_file(config);
    let end = ledger::run(config, &key, &told, &mut out).await;
    (
        end.map_err(|error| error.to_string()),
        String::from_utf8(out).unwrap(),
    )
}

async fn sign_in(office: &Office, who: &str) -> String {
    let caller = Caller {
        address: "192.0.2.1",
        user_agent: "",
    };
    let ground = &office.ground;
    let answer = ground
        .accounts
        .begin(
            &ground.store,
            who,
            sample::PASSWORD,
            caller,
            ground.clock.now(),
        )
        .await
        .unwrap();
    match answer {
        FirstStep::Answer(SignIn::Done(token)) => token.as_str().to_owned(),
        other => panic!("{who} cannot sign in: {other:?}"),
    }
}

async fn ask(
    office: &Office,
    token: &str,
    path: &str,
    form: Option<String>,
) -> (StatusCode, Vec<u8>) {
    let method = if form.is_some() { "POST" } else { "GET" };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost:8080")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("mandate_session={token}"));
    let body = form.map_or_else(Body::empty, Body::from);
    let answer = office
        .router()
        .oneshot(request.body(body).unwrap())
        .await
        .unwrap();
    let status = answer.status();
    (
        status,
        to_bytes(answer.into_body(), 10 << 20)
            .await
            .unwrap()
            .to_vec(),
    )
}

#[tokio::test]
async fn tiles_are_served_under_an_address_that_the_office_gave_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let (config, office) = office(folder.path()).await;
    let store = &office.ground.store;
    let (by, at) = (Actor::command_line(), office.ground.clock.now());
    let secret = add_reader(store, "Witness (sample)", &by, at)
        .await
        .unwrap();
    let export = folder.path().join("export");
    let made = said(
        &config,
        &["export", export.to_str().unwrap(), "--hashes-alone"],
    )
    .await;
    assert_eq!(made.0, Ok(true), "{}", made.1);
    // What is served is what is exported, byte by byte, and there is nothing else.
    let mut served = 0;
    for level in ["0", "1", "entries"] {
        let Ok(names) = std::fs::read_dir(export.join("tile").join(level)) else {
            continue;
        };
        for name in names {
            let name = name.unwrap().file_name().into_string().unwrap();
            let path = format!("tile/{level}/{name}");
            if export.join(&path).is_dir() {
                let part = std::fs::read_dir(export.join(&path))
                    .unwrap()
                    .next()
                    .unwrap()
                    .unwrap();
                let path = format!("{path}/{}", part.file_name().to_str().unwrap());
                let (status, bytes) =
                    ask(&office, "", &format!("/log/{secret}/{path}"), None).await;
                assert_eq!(
                    (status, bytes),
                    (StatusCode::OK, std::fs::read(part.path()).unwrap())
                );
                served += 1;
            }
        }
    }
    assert!(served >= 2);
    let (status, note) = ask(&office, "", &format!("/log/{secret}/checkpoint"), None).await;
    assert_eq!(
        (status, note),
        (
            StatusCode::OK,
            std::fs::read(export.join("checkpoint")).unwrap()
        )
    );
    for nothing in [
        "tile/0/999",
        "tile/0/0",
        "tile/entries/000.p/0",
        "tile/9/000",
        "tile/0/../0/000",
    ] {
        let (status, _) = ask(&office, "", &format!("/log/{secret}/{nothing}"), None).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{nothing}");
    }
    let administrator = sign_in(&office, "admin@example.org").await;
    for token in ["", administrator.as_str()] {
        for wrong in ["x", &secret[1..]] {
            let (status, _) = ask(&office, token, &format!("/log/{wrong}/checkpoint"), None).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
        }
    }
    end_reader(store, "Witness (sample)", &by, at)
        .await
        .unwrap();
    let (status, _) = ask(&office, "", &format!("/log/{secret}/checkpoint"), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_alarm_is_shown_to_administrators_and_leads_until_two_have_seen_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_, office) = office(folder.path()).await;
    let ground = &office.ground;
    let all = people::all(&mut ground.store.clone()).await.unwrap();
    let officer = all
        .iter()
        .find(|person| person.email == "officer@example.org")
        .unwrap();
    let by = Actor::person(officer.id, None);
    for n in 0..=ground.profile.reading_alarm.readings {
        let reading = Reading::of("record.read", Record::of("recommendation", n), "test");
        let receipt = read_before(&ground.store, &by, ground.clock.now(), reading)
            .await
            .unwrap();
        assert!(receipt.index() > 0);
    }
    let waiting = "(1)";
    for (who, sees) in [
        ("admin@example.org", true),
        ("lead@example.org", true),
        ("reader@example.org", false),
    ] {
        let token = sign_in(&office, who).await;
        let (status, page) = ask(&office, &token, "/ledger/alarms", None).await;
        let page = String::from_utf8(page).unwrap();
        assert_eq!(status == StatusCode::OK, sees, "{who}");
        if !sees {
            assert_eq!(status, StatusCode::FORBIDDEN);
            continue;
        }
        assert!(
            page.contains("Sample Officer") && page.contains(waiting),
            "{who}"
        );
        let path = page.split("action=\"/ledger/alarms/").nth(1).unwrap();
        let path = format!("/ledger/alarms/{}", path.split('"').next().unwrap());
        let csrf = page
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let form = serde_urlencoded::to_string([("csrf", csrf)]).unwrap();
        let (status, _) = ask(&office, &token, &path, Some(form)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{who}");
        let (_, page) = ask(&office, &token, "/ledger/alarms", None).await;
        let page = String::from_utf8(page).unwrap();
        assert!(
            !page.contains(waiting) && !page.contains("action=\"/ledger/alarms/"),
            "{who}"
        );
    }
    assert!(!alarms(&mut ground.store.clone(), 9).await.unwrap()[0].stands());
}

#[tokio::test]
async fn an_office_exports_erases_and_verifies_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (config, office) = office(folder.path()).await;
    let (made, key) = said(&config, &["key"]).await;
    assert!(
        made.unwrap() && key.starts_with("localhost:8080/ledger+"),
        "{key}"
    );
    let number = mandate_ledger::size(&mut office.ground.store.clone())
        .await
        .unwrap()
        .to_string();
    let gone = said(
        &config,
        &["erase", "--entry", &number, "--reason", "sample"],
    )
    .await;
    assert_eq!(gone.0, Ok(true), "{}", gone.1);
    let again = said(
        &config,
        &["erase", "--entry", &number, "--reason", "sample"],
    )
    .await;
    assert!(again.0.unwrap_err().contains("nothing to erase"));
    let pack = folder.path().join("ledger.zip");
    let written = said(&config, &["export", pack.to_str().unwrap()]).await;
    assert!(
        written.0.unwrap() && written.1.contains("1 of them erased"),
        "{}",
        written.1
    );
    let told = Cli::parse_from([
        "x",
        "ledger",
        "verify",
        pack.to_str().unwrap(),
        "--key",
        key.trim(),
    ]);
    let mut out = Vec::new();
    mandate_commands::run(&told.command, &mut out).unwrap();
    let (well, words) = said(&config, &["verify"]).await;
    assert!(well.unwrap() && words.contains("all is well"), "{words}");
    assert!(mandate::verify(&config).await.unwrap().is_empty());
    let taken = said(&config, &["key", "--origin", "other.example.org/ledger"]).await;
    assert!(taken.0.unwrap_err().contains("--new"));
    let (new, words) = said(
        &config,
        &["key", "--new", "--origin", "other.example.org/ledger"],
    )
    .await;
    assert!(
        new.unwrap() && words.contains("other.example.org/ledger+"),
        "{words}"
    );
    assert!(
        words
            .lines()
            .last()
            .unwrap()
            .parse::<proof::note::VerifierKey>()
            .is_ok()
    );
}
