//! Who learns what of a sealed file: every person, every stage, every route, every relation to the file; and that a file which
//! is hidden from somebody is answered like one that is not there. Everybody is invented.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    clippy::print_stdout
)]

#[allow(dead_code, reason = "another test uses the rest")]
mod sealed;
#[allow(dead_code, reason = "another test uses the rest")]
#[path = "sealed/world.rs"]
mod world;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use mandate_accounts::Party;
use mandate_keep as keep;
use mandate_store::Id;
use mandate_survivors::{
    domain::{Stage, Step},
    store::{self, Facts, LeftOut},
};
use world::{NO_CODE, PEOPLE, TODAY, World, ciphertext};

/// Whether a person sees a file. Written down by hand, not taken from the program.
fn sees(who: &str, stage: Stage, filed: bool, reconsidered: bool) -> bool {
    use Stage as S;
    let examined = matches!(
        stage,
        S::Examination
            | S::Appointment
            | S::Decided
            | S::Notified
            | S::Court
            | S::Ordered
            | S::Closed
    );
    match who {
        "files@example.org" => true,
        "colleague@example.org"
        | "secretariat@example.org"
        | "keeper1@example.org"
        | "keeper2@example.org" => filed,
        "member1@example.org" | "member2@example.org" => examined && !reconsidered,
        "member3@example.org" => reconsidered,
        _ => false,
    }
}

/// Whether a person who sees a file may write a field of it. By hand, too.
fn writes(party: Party, stage: Stage, case: &str, field: &str) -> bool {
    use Stage as S;
    match (party, case, field) {
        (Party::Filing, "file", "narrative" | "attachment/aa")
        | (Party::Filing, "one" | "two", "identity") => {
            matches!(stage, S::Draft | S::Incomplete)
        }
        (Party::Filing, "file", "consent/9") => matches!(
            stage,
            S::Draft | S::Filed | S::Incomplete | S::Complete | S::Examination | S::Appointment
        ),
        (Party::Filing, "file", "request/1") => stage == S::Notified,
        (Party::Secretariat, "file", "asked/1") => stage == S::Filed,
        (Party::Secretariat, "file", "appointment/1")
        | (Party::Commission, "file", "decision/first") => stage == S::Examination,
        (Party::Keeper, "one" | "two", "opening/x") => true,
        _ => false,
    }
}

const FIELDS: [(&str, &str); 10] = [
    ("file", "narrative"),
    ("file", "attachment/aa"),
    ("file", "consent/9"),
    ("file", "request/1"),
    ("file", "asked/1"),
    ("file", "appointment/1"),
    ("file", "decision/first"),
    ("one", "identity"),
    ("two", "identity"),
    ("one", "opening/x"),
];

/// Which cases somebody who sees a file gets: names and accounts together only who filed it.
fn cases(who: &str, stage: Stage) -> Vec<&'static str> {
    match who {
        "files@example.org" | "colleague@example.org" => vec!["file", "one", "two"],
        _ if stage == Stage::Withdrawn => vec![],
        "keeper1@example.org" => vec!["one"],
        "keeper2@example.org" => vec!["two"],
        _ => vec!["file"],
    }
}

struct Times(BTreeMap<&'static str, [Vec<Duration>; 2]>);

#[tokio::test]
async fn a_file_is_seen_by_whom_it_concerns_and_is_not_there_for_everybody_else() {
    let world = World::new().await;
    let sealed = ciphertext();
    let mut files = Vec::new();
    for stage in Stage::ALL {
        files.push((world.file_at(*stage).await, false));
    }
    files.push((world.reconsidered().await, true));
    // One that is taken back after it was filed, beside the draft that never was.
    let filed = world.file_at(Stage::Filed).await;
    files.push((world.moved(&filed, Step::Withdraw).await, false));
    let (mut asked, mut hidden) = (0, 0);
    let mut times = Times(BTreeMap::new());
    for (who, party) in PEOPLE {
        let Some(party) = party else {
            // The page is not theirs at all, whatever they ask for.
            for path in [
                "read", "list", "step", "write", "grant", "name", "new", "facts",
            ] {
                let fields = [("as", "secretariat"), ("code", files[1].0.code.as_str())];
                let answer = world.ask(who, path, &fields).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who} {path}");
                asked += 1;
            }
            continue;
        };
        let list = world.ask(who, "list", &[("as", party.as_str())]).await;
        for (item, reconsidered) in &files {
            let (stage, code) = (item.stage, item.code.as_str());
            let seen = sees(who, stage, item.filed_on.is_some(), *reconsidered);
            let place = format!("{who} {stage} reconsidered={reconsidered}");
            assert_eq!(list.body.contains(code), seen, "{place} list");
            for (route, fields, is_seen) in requests(who, party, stage, &sealed) {
                // Keepers and who files ask some routes without saying as whom.
                if matches!(route, "name" | "name/answer") && party != Party::Keeper
                    || route == "facts" && party != Party::Filing
                {
                    let fields: Vec<_> = [("code", code)]
                        .into_iter()
                        .chain(borrowed(&fields))
                        .collect();
                    let answer = world.ask(who, route, &fields).await;
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{place} {route}");
                    continue;
                }
                let with = |code| -> Vec<(&str, &str)> {
                    [("code", code), ("as", party.as_str())]
                        .into_iter()
                        .chain(borrowed(&fields))
                        .collect()
                };
                let before = world.entries().await;
                let begun = Instant::now();
                let answer = world.ask(who, route, &with(code)).await;
                let took = begun.elapsed();
                asked += 1;
                if seen {
                    let found = answer.status != StatusCode::NOT_FOUND;
                    assert_eq!(found, is_seen, "{place} {route} {fields:?}: {answer:?}");
                    assert!(
                        !answer.status.is_server_error(),
                        "{place} {route}: {answer:?}"
                    );
                    if route == "read" {
                        whole(&answer.body, &cases(who, stage), &place);
                    }
                    continue;
                }
                hidden += 1;
                let between = world.entries().await;
                let begun = Instant::now();
                let absent = world.ask(who, route, &with(NO_CODE)).await;
                let took_absent = begun.elapsed();
                assert_eq!(answer, absent, "{place} {route}");
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{place} {route}");
                let (first, second) = (between - before, world.entries().await - between);
                assert_eq!(
                    (first, second),
                    (1, 1),
                    "{place} {route} leaves another trace"
                );
                let both = times.0.entry(route).or_default();
                both[0].push(took);
                both[1].push(took_absent);
            }
        }
    }
    println!("{asked} answers, {hidden} of them hidden and like those for a code that is none");
    for (route, [forbidden, absent]) in &mut times.0 {
        println!(
            "{route}: forbidden {:?}, absent {:?} (medians of {})",
            median(forbidden),
            median(absent),
            absent.len()
        );
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn borrowed(fields: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

/// What a reader gets: the cases that are theirs, and of the others nothing but the public part a keeper seals to.
fn whole(body: &str, cases: &[&str], place: &str) {
    let answer: serde_json::Value = serde_json::from_str(body).unwrap();
    for one in answer["cases"].as_array().unwrap() {
        let name = one["name"].as_str().unwrap();
        let empty = one["grants"].as_array().unwrap().is_empty()
            && one["fields"].as_array().unwrap().is_empty();
        assert!(
            cases.contains(&name) || empty && name != "file",
            "{place}: {name}"
        );
    }
    for case in cases {
        assert!(
            body.contains(&format!("\"name\":\"{case}\"")),
            "{place}: {case}"
        );
    }
    if cases.contains(&"one") ^ cases.contains(&"two") {
        assert!(
            !body.contains("\"outcome\":\""),
            "{place}: keepers learn no outcome"
        );
    }
}

type Asked = (&'static str, Vec<(String, String)>, bool);

/// Every route, with what is sent, and whether somebody who sees the file finds anything there.
fn requests(who: &str, party: Party, stage: Stage, sealed: &str) -> Vec<Asked> {
    let field = |name: &str, value: String| (name.to_owned(), value);
    let upload = "ab".repeat(16);
    let mut all: Vec<Asked> = vec![
        ("read", vec![], true),
        ("grant", vec![field("content", "{}".into())], true),
        ("name", vec![field("reason", String::new())], true),
        (
            "name/answer",
            vec![
                field("opening", Id::new().to_string()),
                field("answer", "granted".into()),
            ],
            false,
        ),
        ("facts", vec![field("content", "{}".into())], true),
    ];
    for case in ["file", "one", "two"] {
        let theirs = cases(who, stage).contains(&case);
        let draft = stage == Stage::Draft && party != Party::Filing;
        let asked = vec![field("case", case.into()), field("upload", upload.clone())];
        all.push(("part", asked, theirs && !draft));
    }
    for (case, name) in FIELDS {
        let content = format!(
            r#"{{"fields":[{{"case":"{case}","field":"{name}","version":1,"sealed":"{sealed}"}}]}}"#
        );
        let may = writes(party, stage, case, name);
        all.push(("write", vec![field("content", content)], may));
    }
    let content = format!(r#"{{"case":"file","upload":"{upload}","index":0,"sealed":"{sealed}"}}"#);
    let may = writes(party, stage, "file", "attachment/aa");
    all.push(("send", vec![field("content", content)], may));
    for step in Step::ALL {
        // A step that can be taken would move the file; the browser's test takes those.
        let own = step.party() == party;
        if !(own && step.from(stage).is_some()) {
            all.push(("step", vec![field("step", step.as_str().into())], own));
        }
    }
    all
}

#[tokio::test]
async fn nobody_asks_as_a_party_that_they_are_not() {
    let world = World::new().await;
    let item = world.file_at(Stage::Examination).await;
    for (who, party) in PEOPLE {
        let Some(own) = party else { continue };
        for other in Party::ALL.iter().filter(|other| **other != own) {
            for path in ["read", "list", "part", "write", "send", "grant", "step"] {
                let fields = [
                    ("as", other.as_str()),
                    ("code", item.code.as_str()),
                    ("case", "file"),
                ];
                let there = world.ask(who, path, &fields).await;
                let fields = [("as", other.as_str()), ("code", NO_CODE), ("case", "file")];
                let absent = world.ask(who, path, &fields).await;
                assert_eq!(
                    there.status,
                    StatusCode::NOT_FOUND,
                    "{who} as {other} {path}"
                );
                assert_eq!(there, absent, "{who} as {other} {path}");
            }
        }
    }
}

#[tokio::test]
async fn who_is_left_out_by_the_law_is_known_to_one_body_and_leaves_nothing_when_taken_off() {
    let world = World::new().await;
    let item = LeftOut {
        id: Id::new(),
        code: store::new_code(),
        case: Id::new(),
        recorded_by: world.ids["files@example.org"],
        body: "krct".into(),
        reason: "after".into(),
        facts: Facts::default(),
        on: TODAY,
    };
    let mut act = world.act().await;
    store::add_left_out(&mut act, &item).await.unwrap();
    let sealed = BASE64_STANDARD.decode(ciphertext()).unwrap();
    keep::write(&mut act, item.case, "account", 1, &sealed)
        .await
        .unwrap();
    act.commit().await.unwrap();
    for (who, party) in PEOPLE {
        for path in ["others", "others/new", "others/read", "others/off"] {
            if matches!(who, "files@example.org" | "colleague@example.org") {
                continue;
            }
            let there = world.ask(who, path, &[("code", &item.code)]).await;
            if party == Some(Party::Filing) {
                let absent = world.ask(who, path, &[("code", NO_CODE)]).await;
                assert_eq!(there, absent, "{who} {path}");
                assert!(!there.body.contains(&item.code), "{who} {path}");
            } else {
                assert_eq!(there.status, StatusCode::FORBIDDEN, "{who} {path}");
            }
        }
    }
    let who = "colleague@example.org";
    let listed = world.ask(who, "others", &[]).await;
    assert!(listed.body.contains(&item.code), "{listed:?}");
    let nothing = world.ask(who, "others/new", &[("content", "{}")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let off = world.ask(who, "others/off", &[("code", &item.code)]).await;
    assert_eq!(off.status, StatusCode::OK);
    let mut db = world.office.ground.store.clone();
    let left = keep::fields(&mut db, item.case, &[]).await.unwrap();
    assert!(left.is_empty(), "what was told is destroyed");
    assert!(store::all_left_out(&mut db, None).await.unwrap().is_empty());
}
