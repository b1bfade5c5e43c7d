//! Who learns what of a sealed file: every person, every stage, every route, every relation to the file; and that a file which
//! is hidden from somebody is answered like one that is not there. Everybody is invented.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    clippy::print_stdout
)]

mod sealed;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::civil::{Date, date};
use mandate::{Config, Office, open, sample};
use mandate_accounts::{Caller, FirstStep, NewPerson, Parties, Party, SignIn, people, set_parties};
use mandate_keep as keep;
use mandate_ledger::{Act, Actor};
use mandate_store::{Clock, Id, Query as _};
use mandate_survivors::{
    domain::{Stage, Step},
    store::{self, Done, Dossier, Facts, LeftOut, NewDossier},
};
use mandate_vault::PersonId;
use sealed::{Hand, stated};
use serde_json::{Value, json};
use tower::ServiceExt as _;

const TODAY: Date = date(2024, 6, 3);
/// No file has this code.
const NO_CODE: &str = "00000-00000";

/// Everybody, with the party as which they ask.
const PEOPLE: [(&str, Option<Party>); 15] = [
    ("files@example.org", Some(Party::Filing)),
    ("colleague@example.org", Some(Party::Filing)),
    ("elsewhere@example.org", Some(Party::Filing)),
    ("secretariat@example.org", Some(Party::Secretariat)),
    ("member1@example.org", Some(Party::Commission)),
    ("member2@example.org", Some(Party::Commission)),
    ("member3@example.org", Some(Party::Commission)),
    ("member4@example.org", Some(Party::Commission)),
    ("keeper1@example.org", Some(Party::Keeper)),
    ("keeper2@example.org", Some(Party::Keeper)),
    ("observer@example.org", None),
    ("admin@example.org", None),
    ("reader@example.org", None),
    ("officer@example.org", None),
    ("lead@example.org", None),
];

struct World {
    office: Office,
    router: Router,
    ids: BTreeMap<&'static str, Id>,
    tokens: BTreeMap<&'static str, (String, String)>,
    _folder: tempfile::TempDir,
}

/// An answer as far as somebody who asks could tell two apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    status: StatusCode,
    body: String,
}

impl World {
    async fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data: folder.path().to_owned(),
            database: None,
            profile: "kosovo".into(),
            origin: "http://localhost:8080".into(),
            sample: true,
        };
        let at = TODAY.at(10, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
        let office = open(&config, Clock::fixed(at)).await.unwrap();
        sample::fill(&office).await.unwrap();
        let mut world = World {
            router: office.router(),
            office,
            ids: BTreeMap::new(),
            tokens: BTreeMap::new(),
            _folder: folder,
        };
        world.join(PEOPLE[2].0, "another-body").await;
        for (who, _) in PEOPLE {
            world.sign_in(who).await;
        }
        world
    }

    async fn join(&mut self, who: &str, body: &str) {
        let ground = &self.office.ground;
        let (by, now) = (Actor::command_line(), ground.clock.now());
        let new = NewPerson {
            name: format!("Invented {who}"),
            email: who.to_owned(),
            language: "en".into(),
            administrator: false,
            roles: BTreeMap::new(),
        };
        let (id, token) = people::invite(&ground.store, &by, &new, now).await.unwrap();
        ground
            .accounts
            .accept_invitation(
                &ground.store,
                token.as_str(),
                &new.name,
                sample::PASSWORD,
                now,
            )
            .await
            .unwrap();
        let parties = Parties::new([Party::Filing], Some(body), None).unwrap();
        set_parties(&ground.store, &by, id, &parties, now)
            .await
            .unwrap();
    }

    async fn sign_in(&mut self, who: &'static str) {
        let ground = &self.office.ground;
        let caller = Caller {
            address: "192.0.2.1",
            user_agent: "",
        };
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
        let FirstStep::Answer(SignIn::Done(token)) = answer else {
            panic!("{who} cannot sign in")
        };
        let session = token.as_str().to_owned();
        let account = self.get(&session, "/account").await;
        let rest = account.split("name=\"csrf\" value=\"").nth(1).unwrap();
        let csrf = rest.split('"').next().unwrap().to_owned();
        let found = people::by_email(&mut ground.store.clone(), who)
            .await
            .unwrap();
        self.ids.insert(who, found.unwrap().id);
        self.tokens.insert(who, (session, csrf));
    }

    async fn get(&self, session: &str, path: &str) -> String {
        let request = Request::get(path)
            .header(header::HOST, "localhost:8080")
            .header(header::COOKIE, format!("mandate_session={session}"))
            .body(Body::empty())
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        String::from_utf8_lossy(&body).into_owned()
    }

    /// Asks under the page of files.
    async fn ask(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(&format!("/files/{path}"), who, fields).await
    }

    async fn post(&self, path: &str, who: &str, fields: &[(&str, &str)]) -> Answer {
        let (session, csrf) = &self.tokens[who];
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(path)
            .header(header::HOST, "localhost:8080")
            .header(header::COOKIE, format!("mandate_session={session}"))
            .header(header::ACCEPT, "application/json")
            .header("x-csrf-token", csrf)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        Answer {
            status,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    async fn entries(&self) -> i64 {
        let mut db = self.office.ground.store.clone();
        db.count("SELECT COUNT(*) AS n FROM ledger_entry", vec![])
            .await
            .unwrap()
    }

    /// A file at a stage, on the shortest way there; members 1 and 2 are assigned where a member is.
    async fn file_at(&self, stage: Stage) -> Dossier {
        let mut db = self.office.ground.store.clone();
        let filer = self.ids["files@example.org"];
        let new = NewDossier {
            code: store::new_code(),
            file_case: Id::new(),
            identity_one: Id::new(),
            identity_two: Id::new(),
            filed_by: filer,
            body: "krct".into(),
            facts: Facts::default(),
        };
        let mut act = self.act().await;
        store::insert_dossier(&mut act, &new, TODAY).await.unwrap();
        act.commit().await.unwrap();
        for step in way_to(stage) {
            let item = store::dossier_by_code(&mut db, &new.code)
                .await
                .unwrap()
                .unwrap();
            let mut act = self.act().await;
            if step == Step::Assign {
                let members = ["member1@example.org", "member2@example.org"];
                let members: BTreeSet<Id> = members.iter().map(|who| self.ids[who]).collect();
                let conflicts = store::assign(&mut act, &item, item.round, &members).await;
                assert!(conflicts.unwrap().is_empty());
            }
            let to = step.from(item.stage).unwrap();
            let done = store::take_step(&mut act, &item, step, to, TODAY, filer, None).await;
            assert_eq!(done.unwrap(), Done::Taken);
            act.commit().await.unwrap();
        }
        let item = store::dossier_by_code(&mut db, &new.code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(item.stage, stage);
        item
    }

    async fn moved(&self, item: &Dossier, step: Step) -> Dossier {
        let mut act = self.act().await;
        let to = step.from(item.stage).unwrap();
        let by = self.ids["files@example.org"];
        let done = store::take_step(&mut act, item, step, to, TODAY, by, None).await;
        assert_eq!(done.unwrap(), Done::Taken);
        act.commit().await.unwrap();
        let mut db = self.office.ground.store.clone();
        let found = store::dossier_by_code(&mut db, &item.code).await.unwrap();
        found.unwrap()
    }

    /// A file that went back to be reconsidered: members 1 and 2 read it before, 3 and 4 now.
    async fn reconsidered(&self) -> Dossier {
        let item = self.file_at(Stage::Notified).await;
        let mut db = self.office.ground.store.clone();
        let filer = self.ids["files@example.org"];
        let mut item = item;
        for step in [Step::AskReconsideration, Step::Assign] {
            let mut act = self.act().await;
            if step == Step::Assign {
                let members = ["member3@example.org", "member4@example.org"];
                let members: BTreeSet<Id> = members.iter().map(|who| self.ids[who]).collect();
                store::assign(&mut act, &item, item.round, &members)
                    .await
                    .unwrap();
            }
            let to = step.from(item.stage).unwrap();
            store::take_step(&mut act, &item, step, to, TODAY, filer, None)
                .await
                .unwrap();
            act.commit().await.unwrap();
            item = store::dossier_by_code(&mut db, &item.code)
                .await
                .unwrap()
                .unwrap();
        }
        // And member 4 stood aside.
        let mut act = self.act().await;
        store::stand_aside(&mut act, &item, self.ids["member4@example.org"])
            .await
            .unwrap();
        act.commit().await.unwrap();
        item
    }

    async fn act(&self) -> Act {
        let ground = &self.office.ground;
        Act::begin(&ground.store, &Actor::command_line(), ground.clock.now())
            .await
            .unwrap()
    }
}

/// The shortest way of steps from a draft to a stage.
fn way_to(stage: Stage) -> Vec<Step> {
    let mut next = VecDeque::from([(Stage::Draft, Vec::new())]);
    let mut seen = BTreeSet::new();
    while let Some((at, way)) = next.pop_front() {
        if at == stage {
            return way;
        }
        if seen.insert(at) {
            for step in Step::ALL {
                if let Some(to) = step.from(at) {
                    next.push_back((to, [way.clone(), vec![*step]].concat()));
                }
            }
        }
    }
    panic!("no way to {stage}")
}

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

/// Bytes of the shape of a sealed field, for whom it is to is none of the server's knowledge.
fn ciphertext() -> String {
    let me = PersonId::new("somebody").unwrap();
    let hand = Hand::new(hour(), &[&me]);
    let case = hand.case(&me, &[&me]);
    let field = hand.field(&me, "file", &case, "narrative", b"invented");
    field["sealed"].as_str().unwrap().to_owned()
}

fn hour() -> u64 {
    let at = TODAY.at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
    u64::try_from(at.as_second()).unwrap()
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

impl World {
    fn person(&self, who: &str) -> PersonId {
        PersonId::new(self.ids[who].to_string()).unwrap()
    }

    async fn drafts(&self) -> i64 {
        let mut db = self.office.ground.store.clone();
        let files = "SELECT COUNT(*) AS n FROM dossier";
        db.count(files, vec![]).await.unwrap()
    }

    async fn send(
        &self,
        who: &str,
        path: &str,
        fields: &[(&str, &str)],
        content: &Value,
    ) -> Answer {
        let content = content.to_string();
        let fields: Vec<_> = fields
            .iter()
            .copied()
            .chain([("content", content.as_str())])
            .collect();
        self.ask(who, path, &fields).await
    }
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
