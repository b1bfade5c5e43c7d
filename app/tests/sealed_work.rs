//! What holds while a sealed file is worked on: whose key it is, what counts as reading, and that no file sticks. Everybody is
//! invented.
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

use axum::http::StatusCode;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use mandate_accounts::people;
use mandate_ledger::{Actor, Entry};
use mandate_store::Query as _;
use mandate_survivors::{
    domain::{Round, Stage, Step, Vote},
    store::{self, Dossier},
};
use mandate_vault::PersonId;
use sealed::{Hand, stated};
use serde_json::{Value, json};
use world::{World, ciphertext, hour};

#[tokio::test]
async fn writing_is_no_reading_and_reading_is_one() {
    let world = World::new().await;
    let item = world.file_at(Stage::Draft).await;
    let who = "files@example.org";
    let at = [("as", "filing"), ("code", item.code.as_str())];
    let reads = async || {
        let mut db = world.office.ground.store.clone();
        let reads = "SELECT COUNT(*) AS n FROM ledger_entry WHERE outcome = 'read'";
        db.count(reads, vec![]).await.unwrap()
    };
    let (before, sealed) = (reads().await, ciphertext());
    for index in 0..50 {
        let upload = "ab".repeat(16);
        let part = json!({ "case": "file", "upload": upload, "index": index, "sealed": &sealed });
        let answer = world.send(who, "send", &at, &part).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }
    assert_eq!(reads().await, before, "a large paper raises no alarm");
    assert_eq!(world.ask(who, "read", &at).await.status, StatusCode::OK);
    assert_eq!(reads().await, before + 1);
}

#[tokio::test]
async fn no_key_goes_to_another_sight_and_none_is_taken_from_whom_it_belongs_to() {
    let world = World::new().await;
    let [
        files,
        colleague,
        elsewhere,
        secretary,
        member,
        keeper1,
        keeper2,
        observer,
    ] = [
        "files@example.org",
        "colleague@example.org",
        "elsewhere@example.org",
        "secretariat@example.org",
        "member1@example.org",
        "keeper1@example.org",
        "keeper2@example.org",
        "observer@example.org",
    ]
    .map(|who| (who, world.person(who)));
    let all = [
        &files, &colleague, &elsewhere, &secretary, &member, &keeper1, &keeper2, &observer,
    ];
    let hand = Hand::new(hour(), &all.map(|one| &one.1));
    for paper in hand.papers() {
        let fields = [("document", paper.as_str())];
        let status = world
            .post("/keys", "admin@example.org", &fields)
            .await
            .status;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    let me = &files.1;
    let right: [&[&PersonId]; 3] = [&[me, &secretary.1], &[me, &keeper1.1], &[me, &keeper2.1]];
    let begin = async |circles: [&[&PersonId]; 3]| {
        let cases = circles.map(|people| hand.case(me, people));
        let fields: Vec<Value> = ["form", "narrative"]
            .map(|field| hand.field(me, "file", &cases[0], field, b"invented"))
            .to_vec();
        let ids = [&cases[0].id, &cases[1].id, &cases[2].id];
        let all: Vec<Value> = cases.iter().map(|case| stated(&case.made)).collect();
        let content = json!({ "ids": ids, "cases": all, "fields": fields, "counted": {} });
        (world.send(files.0, "new", &[], &content).await, cases)
    };
    // A member, the office, another body and a keeper have no place in a coded file; nobody but the keepers of one key in each
    // half of a name.
    for (case, stranger) in [
        (0, &member.1),
        (0, &observer.1),
        (0, &elsewhere.1),
        (0, &keeper1.1),
        (1, &keeper2.1),
        (1, &secretary.1),
        (2, &keeper1.1),
        (2, &member.1),
    ] {
        let with: Vec<&PersonId> = right[case].iter().copied().chain([stranger]).collect();
        let mut circles = right;
        circles[case] = &with;
        let (answer, _) = begin(circles).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{case} {stranger}"
        );
    }
    assert_eq!(world.drafts().await, 0, "what is refused leaves nothing");
    let (answer, cases) = begin(right).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    let code = answer["code"].as_str().unwrap();
    let filed = world
        .ask(
            files.0,
            "step",
            &[("as", "filing"), ("code", code), ("step", "file")],
        )
        .await;
    assert_eq!(filed.status, StatusCode::OK, "{filed:?}");

    let grant = async |who: (&str, &PersonId),
                       party: &str,
                       name: &str,
                       join: &[&PersonId],
                       leave: &[&PersonId]| {
        let case = &cases[["file", "one", "two"]
            .iter()
            .position(|one| *one == name)
            .unwrap()];
        let made = hand.changed(case, who.1, join, leave);
        let content = json!({ "case": name, "stated": stated(&made) });
        world
            .send(who.0, "grant", &[("as", party), ("code", code)], &content)
            .await
            .status
    };
    let secretary_of = (secretary.0, &secretary.1);
    let keeper_of = (keeper1.0, &keeper1.1);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    for (who, party, name, join, leave) in [
        // The secretariat: no keeper, no office, no other body; and it takes the key from nobody who filed.
        (
            secretary_of,
            "secretariat",
            "file",
            vec![&keeper1.1],
            vec![],
        ),
        (
            secretary_of,
            "secretariat",
            "file",
            vec![&observer.1],
            vec![],
        ),
        (
            secretary_of,
            "secretariat",
            "file",
            vec![&elsewhere.1],
            vec![],
        ),
        (secretary_of, "secretariat", "file", vec![], vec![me]),
        // A keeper: nobody who did not ask.
        (keeper_of, "keeper", "one", vec![&keeper2.1], vec![]),
        (keeper_of, "keeper", "one", vec![&secretary.1], vec![]),
        (keeper_of, "keeper", "one", vec![], vec![me]),
        // Who filed: no member.
        ((files.0, me), "filing", "file", vec![&member.1], vec![]),
    ] {
        let status = grant(who, party, name, &join, &leave).await;
        assert_eq!(status, refused, "{} {name} {join:?} {leave:?}", who.0);
    }
    let status = grant(secretary_of, "secretariat", "file", &[&member.1], &[]).await;
    assert_eq!(
        status,
        StatusCode::OK,
        "the secretariat gives a member the key"
    );
    // Brought again it is the past, and nothing is written twice.
    let status = grant(secretary_of, "secretariat", "file", &[&member.1], &[]).await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn no_file_sticks_with_members_who_do_not_vote_and_none_is_closed_unpaid() {
    let world = World::new().await;
    let who = "secretariat@example.org";
    let step = async |item: &Dossier, step: Step| {
        let fields = [
            ("as", "secretariat"),
            ("code", item.code.as_str()),
            ("step", step.as_str()),
        ];
        world.ask(who, "step", &fields).await.status
    };
    let mut db = world.office.ground.store.clone();
    let examined = world.file_at(Stage::Examination).await;
    let mut act = world.act().await;
    let voter = world.ids["member1@example.org"];
    store::vote(&mut act, &examined, voter, Vote::Reject)
        .await
        .unwrap();
    act.record(Entry::done("practice", examined.record()))
        .await
        .unwrap();
    act.commit().await.unwrap();
    let silent = step(&examined, Step::Unassign).await;
    assert_eq!(silent, StatusCode::UNPROCESSABLE_ENTITY, "not without why");
    let number = store::steps(&mut db, examined.id).await.unwrap().len() + 1;
    let why = format!("released/{number}");
    let field = json!({ "case": "file", "field": why, "version": 1, "sealed": ciphertext() });
    let at = [("as", "secretariat"), ("code", examined.code.as_str())];
    let written = world
        .send(who, "write", &at, &json!({ "fields": [field] }))
        .await;
    assert_eq!(written.status, StatusCode::OK, "{written:?}");
    assert_eq!(step(&examined, Step::Unassign).await, StatusCode::OK);
    let members = store::members(&mut db, examined.id).await.unwrap();
    for member in members {
        assert_eq!(member.aside, member.person != voter, "only who was silent");
    }

    // Recognised, told, and not yet paid: it is not closed; rejected, it is reconsidered once.
    let told = world.file_at(Stage::Notified).await;
    for (outcome, closes) in [("recognised", false), ("rejected", true)] {
        let mut act = world.act().await;
        let set = format!("UPDATE dossier SET outcome = '{outcome}' WHERE id = $1");
        act.execute(&set, mandate_store::params![told.id])
            .await
            .unwrap();
        act.record(Entry::done("practice", told.record()))
            .await
            .unwrap();
        act.commit().await.unwrap();
        let status = step(&told, Step::Close).await;
        // The term for reconsideration still runs: that is said, where closing is to be thought of at all.
        let expected = if closes {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::CONFLICT
        };
        assert_eq!(status, expected, "{outcome}");
    }
    for (round, again) in [
        (Round::First, true),
        (Round::Reconsideration, false),
        (Round::Court, false),
    ] {
        let after = Step::AskReconsideration.round_after(round);
        assert_eq!(after.is_some(), again, "{round}");
    }
    let returns = [Round::First, Round::Court, Round::CourtAgain];
    let rounds = returns.map(|round| Step::SendBack.round_after(round));
    assert_eq!(rounds, [Some(Round::Court), Some(Round::CourtAgain), None]);
}

#[tokio::test]
async fn a_draft_goes_to_the_body_when_its_author_is_gone_and_to_nobody_else() {
    let world = World::new().await;
    let draft = world.file_at(Stage::Draft).await;
    let sees = async |who: &'static str| {
        let at = [("as", "filing"), ("code", draft.code.as_str())];
        let read = world.ask(who, "read", &at).await.status == StatusCode::OK;
        let listed = world.ask(who, "list", &[("as", "filing")]).await.body;
        assert_eq!(listed.contains(&draft.code), read, "{who}");
        read
    };
    assert!(!sees("colleague@example.org").await);
    let ground = &world.office.ground;
    let (by, now) = (Actor::command_line(), ground.clock.now());
    people::deactivate(&ground.store, &by, draft.filed_by, now)
        .await
        .unwrap();
    assert!(sees("colleague@example.org").await);
    assert!(!sees("elsewhere@example.org").await);
}

#[tokio::test]
async fn a_good_key_is_not_written_over_and_a_revoked_one_is_made_anew_once() {
    let world = World::new().await;
    let who = "files@example.org";
    let me = world.person(who);
    let bring = async |papers: &[String]| {
        for paper in papers {
            let fields = [("document", paper.as_str())];
            let status = world
                .post("/keys", "admin@example.org", &fields)
                .await
                .status;
            assert_eq!(status, StatusCode::SEE_OTHER);
        }
    };
    let mut hand = Hand::new(hour(), &[&me]);
    let make = async |hand: &Hand| {
        let secret = hand.practice.secret(&me).unwrap();
        let wrapped = secret.wrap("nine tall paper lanterns", 17).unwrap();
        let content = json!({ "wrapped": BASE64_STANDARD.encode(wrapped.as_bytes()),
            "encryption": secret.encryption().unwrap().to_string(), "signing": secret.signing().unwrap().to_string() });
        world.send(who, "key", &[], &content).await.status
    };
    let lapsed = async || {
        let start = world.ask(who, "start", &[]).await.body;
        serde_json::from_str::<Value>(&start).unwrap()["lapsed"] == true
    };
    assert_eq!(make(&hand).await, StatusCode::OK);
    assert!(!lapsed().await, "it waits to be certified");
    bring(&hand.papers()).await;
    assert_eq!(
        make(&hand).await,
        StatusCode::CONFLICT,
        "a session alone takes no key away"
    );
    assert!(!lapsed().await);
    hand.practice.leave(&me).unwrap();
    bring(&[hand.practice.list().text()]).await;
    assert!(lapsed().await, "it was revoked");
    hand.practice.join(me.clone()).unwrap();
    assert_eq!(make(&hand).await, StatusCode::OK);
    assert!(
        !lapsed().await,
        "the new one waits, and is not asked for again"
    );
    bring(&[hand.practice.certificates().last().unwrap().text()]).await;
    assert_eq!(make(&hand).await, StatusCode::CONFLICT);
}
