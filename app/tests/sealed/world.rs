//! An office in which people file, decide, keep and look on, asked through HTTP. Everybody is invented.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use jiff::civil::{Date, date};
use mandate::{Config, Office, open, sample};
use mandate_accounts::{Caller, FirstStep, NewPerson, Parties, Party, SignIn, people, set_parties};
use mandate_ledger::{Act, Actor};
use mandate_store::{Clock, Id, Query as _};
use mandate_survivors::{
    domain::{Stage, Step},
    store::{self, Done, Dossier, Facts, NewDossier},
};
use mandate_vault::PersonId;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::sealed::Hand;

pub(crate) const TODAY: Date = date(2024, 6, 3);
/// No file has this code.
pub(crate) const NO_CODE: &str = "00000-00000";

/// Everybody, with the party as which they ask.
pub(crate) const PEOPLE: [(&str, Option<Party>); 15] = [
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

pub(crate) struct World {
    pub(crate) office: Office,
    pub(crate) router: Router,
    pub(crate) ids: BTreeMap<&'static str, Id>,
    pub(crate) tokens: BTreeMap<&'static str, (String, String)>,
    pub(crate) _folder: tempfile::TempDir,
}

/// An answer as far as somebody who asks could tell two apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
}

impl World {
    pub(crate) async fn new() -> World {
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

    pub(crate) async fn join(&mut self, who: &str, body: &str) {
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

    pub(crate) async fn sign_in(&mut self, who: &'static str) {
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

    pub(crate) async fn get(&self, session: &str, path: &str) -> String {
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
    pub(crate) async fn ask(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(&format!("/files/{path}"), who, fields).await
    }

    pub(crate) async fn post(&self, path: &str, who: &str, fields: &[(&str, &str)]) -> Answer {
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

    pub(crate) async fn entries(&self) -> i64 {
        let mut db = self.office.ground.store.clone();
        db.count("SELECT COUNT(*) AS n FROM ledger_entry", vec![])
            .await
            .unwrap()
    }

    /// A file at a stage, on the shortest way there; members 1 and 2 are assigned where a member is.
    pub(crate) async fn file_at(&self, stage: Stage) -> Dossier {
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

    pub(crate) async fn moved(&self, item: &Dossier, step: Step) -> Dossier {
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
    pub(crate) async fn reconsidered(&self) -> Dossier {
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

    pub(crate) async fn act(&self) -> Act {
        let ground = &self.office.ground;
        Act::begin(&ground.store, &Actor::command_line(), ground.clock.now())
            .await
            .unwrap()
    }
}

/// The shortest way of steps from a draft to a stage.
pub(crate) fn way_to(stage: Stage) -> Vec<Step> {
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

/// Bytes of the shape of a sealed field, for whom it is to is none of the server's knowledge.
pub(crate) fn ciphertext() -> String {
    let me = PersonId::new("somebody").unwrap();
    let hand = Hand::new(hour(), &[&me]);
    let case = hand.case(&me, &[&me]);
    let field = hand.field(&me, "file", &case, "narrative", b"invented");
    field["sealed"].as_str().unwrap().to_owned()
}

pub(crate) fn hour() -> u64 {
    let at = TODAY.at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
    u64::try_from(at.as_second()).unwrap()
}

impl World {
    pub(crate) fn person(&self, who: &str) -> PersonId {
        PersonId::new(self.ids[who].to_string()).unwrap()
    }

    pub(crate) async fn drafts(&self) -> i64 {
        let mut db = self.office.ground.store.clone();
        let files = "SELECT COUNT(*) AS n FROM dossier";
        db.count(files, vec![]).await.unwrap()
    }

    pub(crate) async fn send(
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
