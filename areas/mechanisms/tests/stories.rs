//! What the area's store promises, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::{Timestamp, civil::date};
use mandate_accounts::{Protection, Scope};
use mandate_ledger::{Act, Actor, Record, history};
use mandate_mechanisms::{
    domain::{
        EvidenceKind, ItemKind, NewAssessment, OfficeStatus, Priority, Progress, Reply, TagKind,
        Voice,
    },
    export, import,
    store::{self, Applied, Assign, ImportDocument, ImportItem, NewDocument},
};
use mandate_store::{Id, Migrations, Query, Store, StoreError, params};

fn rooms() -> Vec<Migrations> {
    vec![
        mandate_store::own_migrations(),
        mandate_ledger::migrations(),
        mandate_accounts::migrations(),
        mandate_mechanisms::migrations(),
    ]
}

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

async fn act(store: &Store) -> Act {
    Act::begin(store, &Actor::command_line(), now())
        .await
        .unwrap()
}

fn document(symbol: &str) -> NewDocument {
    NewDocument {
        mechanism: "upr".into(),
        symbol: symbol.into(),
        title: "Report on Lakeland (synthetic)".into(),
        subject: "Lakeland".into(),
        session: "5".into(),
        cycle: "1".into(),
        dated: Some(date(2009, 5, 20)),
        link: String::new(),
        language: "en".into(),
        attachment_id: None,
        protection: Protection::Office,
    }
}

fn item(text: &str, state: &str) -> ImportItem {
    ImportItem {
        source_id: None,
        paragraph: String::new(),
        kind: ItemKind::Recommendation,
        text: text.into(),
        language: "en".into(),
        reply: Reply::Supported,
        priority: Priority::Normal,
        deadline: None,
        tags: vec![
            (TagKind::State, state.into()),
            (TagKind::Theme, "justice".into()),
        ],
    }
}

fn sample() -> Vec<ImportDocument> {
    let texts = [
        "Publish every decision in all official languages within a month of its adoption",
        "Ratify",
        "Ratify",
    ];
    let items = texts
        .iter()
        .zip(["Norway", "Chile", "Chile"])
        .map(|(text, state)| item(text, state))
        .collect();
    vec![ImportDocument {
        document: document("A/HRC/0/1"),
        items,
    }]
}

async fn imported(store: &Store) -> Vec<Id> {
    let mut act = act(store).await;
    store::apply_import(&mut act, &sample(), false, |_| true)
        .await
        .unwrap();
    act.commit().await.unwrap();
    store::indexed_page(&mut store.clone(), None, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|r| r.id)
        .collect()
}

async fn a_second_import_changes_nothing(store: Store) {
    assert_eq!(imported(&store).await.len(), 3);
    let size = mandate_ledger::size(&mut store.clone()).await.unwrap();
    let mut again = act(&store).await;
    let applied = store::apply_import(&mut again, &sample(), false, |_| true)
        .await
        .unwrap();
    let expected = Applied {
        documents: 1,
        same: 3,
        ..Applied::default()
    };
    assert_eq!(applied, expected);
    // Nothing was changed, so there is nothing to record, and nothing can be saved.
    assert!(matches!(again.commit().await, Err(StoreError::Unrecorded)));
    assert_eq!(
        mandate_ledger::size(&mut store.clone()).await.unwrap(),
        size
    );
    assert!(store::verify(&mut store.clone()).await.unwrap().is_empty());
}

async fn a_changed_text_is_a_difference_not_a_second_recommendation(store: Store) {
    let ids = imported(&store).await;
    let mut changed = sample();
    changed[0].items[0].text.push_str(" by the council");
    let mut again = act(&store).await;
    let applied = store::apply_import(&mut again, &changed, false, |_| true)
        .await
        .unwrap();
    again.commit().await.unwrap();
    assert_eq!((applied.new, applied.same, applied.reworded), (0, 2, 1));
    assert!(applied.differences[0].1.ends_with("by the council"));
    let now = store::recommendation_by_id(&mut store.clone(), ids[0])
        .await
        .unwrap()
        .unwrap();
    assert!(now.text.ends_with("by the council"));
    let before = store
        .clone()
        .count("SELECT COUNT(*) AS n FROM wording", vec![])
        .await
        .unwrap();
    assert_eq!(before, 1);
}

async fn a_stopped_import_writes_nothing(store: Store) {
    let mut stopped = act(&store).await;
    let mut documents = sample();
    documents.push(ImportDocument {
        document: document("A/HRC/0/2"),
        items: vec![item("Another", "Peru")],
    });
    let answer = store::apply_import(&mut stopped, &documents, false, |done| done < 1).await;
    assert!(matches!(answer, Err(StoreError::Refused(_))));
    drop(stopped);
    assert!(
        store::indexed_page(&mut store.clone(), None, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

fn finding(status: OfficeStatus, day: i8) -> NewAssessment {
    NewAssessment {
        voice: Voice::Office,
        scale: "office".into(),
        grade: status.as_str().into(),
        on_office_scale: Some(status),
        reason: "Seen on a visit.".into(),
        dated: date(2026, 11, day),
        evidence_dates: vec![],
    }
}

async fn the_current_status_is_the_latest_statement_and_none_is_overwritten(store: Store) {
    let id = imported(&store).await[0];
    for (status, day) in [
        (OfficeStatus::Partly, 10),
        (OfficeStatus::UnderWay, 5),
        (OfficeStatus::Regressed, 12),
    ] {
        let mut act = act(&store).await;
        store::assess(&mut act, id, &finding(status, day), &[], 18)
            .await
            .unwrap();
        act.commit().await.unwrap();
    }
    let db = &mut store.clone();
    let now = store::recommendation_by_id(db, id).await.unwrap().unwrap();
    assert_eq!(
        (now.status, now.status_dated),
        (OfficeStatus::Regressed, Some(date(2026, 11, 12)))
    );
    let all = store::assessments(db, id).await.unwrap();
    assert_eq!(
        all.iter().map(|a| a.dated.day()).collect::<Vec<_>>(),
        [12, 10, 5]
    );
    assert_eq!(
        history(db, &Record::of("recommendation", id))
            .await
            .unwrap()
            .len(),
        4
    );
    assert!(store::verify(db).await.unwrap().is_empty());
}

async fn another_voice_does_not_change_what_the_office_found(store: Store) {
    let id = imported(&store).await[0];
    let claim = NewAssessment {
        voice: Voice::Authority,
        ..finding(OfficeStatus::Fully, 10)
    };
    let mut claimed = act(&store).await;
    store::assess(&mut claimed, id, &claim, &[], 18)
        .await
        .unwrap();
    claimed.commit().await.unwrap();
    let now = store::recommendation_by_id(&mut store.clone(), id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (now.status, now.verify_on),
        (OfficeStatus::NotStarted, None)
    );
}

async fn what_is_implemented_rests_on_evidence_and_is_verified_again(store: Store) {
    let id = imported(&store).await[0];
    let mut found = act(&store).await;
    let (kind, day) = (EvidenceKind::Note, date(2026, 11, 1));
    let office = Protection::Office;
    let proof = store::add_evidence(
        &mut found,
        id,
        kind,
        "The gazette",
        "",
        None,
        "Gazette 7",
        day,
        office,
    )
    .await
    .unwrap();
    store::assess(
        &mut found,
        id,
        &finding(OfficeStatus::Fully, 10),
        &[proof],
        18,
    )
    .await
    .unwrap();
    found.commit().await.unwrap();
    let db = &mut store.clone();
    let now = store::recommendation_by_id(db, id).await.unwrap().unwrap();
    assert_eq!(now.verify_on, Some(date(2028, 5, 10)));
    assert_eq!(
        store::assessments(db, id).await.unwrap()[0].evidence,
        [proof]
    );
    assert!(store::verify(db).await.unwrap().is_empty());
    let mut tx = store.begin().await.unwrap();
    tx.execute("DELETE FROM assessment_evidence", vec![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store::verify(db).await.unwrap().len(), 1);
}

async fn ten_are_assigned_at_once_and_each_remembers_it(store: Store) {
    let ids = imported(&store).await;
    let mut given = act(&store).await;
    let what = Assign {
        addressees: vec!["kosovo-police".into()],
        deadline: Some(date(2027, 1, 31)),
        priority: Some(Priority::High),
        ..Assign::default()
    };
    store::assign(&mut given, &ids, &what).await.unwrap();
    given.commit().await.unwrap();
    let db = &mut store.clone();
    for item in store::recommendations_by_ids(db, &ids).await.unwrap() {
        assert_eq!(
            (item.deadline, item.priority),
            (what.deadline, Priority::High)
        );
        assert_eq!(item.responsible, None);
    }
    let tags = store::tags(db, &ids).await.unwrap();
    assert!(
        ids.iter()
            .all(|id| tags[id].iter().any(|tag| tag.value == "kosovo-police"))
    );
}

async fn measures_comments_and_translations_come_back(store: Store) {
    let id = imported(&store).await[0];
    let mut work = act(&store).await;
    let (due, today) = (Some(date(2027, 6, 30)), date(2026, 11, 20));
    let measure = store::add_measure(
        &mut work,
        id,
        "assembly",
        "A draft law",
        due,
        Progress::Promised,
        today,
        None,
    )
    .await
    .unwrap();
    let later = date(2026, 11, 22);
    store::add_progress(
        &mut work,
        id,
        measure,
        Progress::UnderWay,
        "First reading",
        later,
    )
    .await
    .unwrap();
    store::add_comment(&mut work, id, "Ask for the text", &[])
        .await
        .unwrap();
    store::add_translation(&mut work, id, "sq", "Publikoni")
        .await
        .unwrap();
    store::add_translation(&mut work, id, "sq", "Publikoni çdo vendim")
        .await
        .unwrap();
    store::set_deadline(&mut work, id, due).await.unwrap();
    work.commit().await.unwrap();
    let db = &mut store.clone();
    let found = store::measures(db, id).await.unwrap();
    assert_eq!(found[0].progress[0].progress, Progress::UnderWay);
    assert_eq!(found[0].progress.len(), 2);
    assert_eq!(
        store::comments(db, id).await.unwrap()[0].body,
        "Ask for the text"
    );
    let translated = store::translations(db, id).await.unwrap();
    assert_eq!(
        (translated.len(), translated[0].text.as_str()),
        (1, "Publikoni çdo vendim")
    );
    assert_eq!(
        store::recommendation_by_id(db, id)
            .await
            .unwrap()
            .unwrap()
            .deadline,
        due
    );
}

/// Two say the same, one does not: what a person says is kept, can be taken back, and a group can be split.
async fn a_group_is_confirmed_named_split_and_answered_by_one_measure(store: Store) {
    let ids = imported(&store).await;
    let (first, second, third) = (ids[0], ids[1], ids[2]);
    let mut work = act(&store).await;
    let said = store::Grouping {
        same: vec![second, third],
        apart: vec![],
        name: "Prisons".into(),
    };
    let group = store::group(&mut work, first, &said, false).await.unwrap();
    let today = date(2026, 11, 20);
    let of_all = store::add_measure(
        &mut work,
        first,
        "assembly",
        "A law on prisons",
        None,
        Progress::Promised,
        today,
        Some(group),
    )
    .await
    .unwrap();
    work.commit().await.unwrap();
    let mut db = store.clone();
    let cluster = store::cluster_of(&mut db, third).await.unwrap().unwrap();
    assert_eq!((cluster.id, cluster.name.as_str()), (group, "Prisons"));
    assert_eq!(store::members(&mut db, group).await.unwrap().len(), 3);
    for id in [first, second, third] {
        let measures = store::measures(&mut db, id).await.unwrap();
        assert_eq!((measures[0].id, measures[0].whole), (of_all, true));
        let by_many = store::measures_until(&mut db, &[id], today).await.unwrap();
        assert_eq!(by_many[&id].len(), 1, "one page and many answer alike");
    }

    // A person changes their mind on one: it leaves, and is not suggested again.
    let mut work = act(&store).await;
    let said = store::Grouping {
        same: vec![],
        apart: vec![second],
        name: "Prisons".into(),
    };
    store::group(&mut work, first, &said, false).await.unwrap();
    work.commit().await.unwrap();
    assert!(store::cluster_of(&mut db, second).await.unwrap().is_none());
    assert!(store::measures(&mut db, second).await.unwrap().is_empty());
    let apart = store::apart_among(&mut db, &[second]).await.unwrap();
    assert!(apart.contains(&(group, second)));

    // Split: the one with the measure goes, and its measure with it.
    let mut work = act(&store).await;
    let said = store::Grouping {
        same: vec![],
        apart: vec![third],
        name: String::new(),
    };
    let new = store::group(&mut work, first, &said, true).await.unwrap();
    work.commit().await.unwrap();
    assert_ne!(new, group);
    assert_eq!(store::members(&mut db, group).await.unwrap(), [third]);
    assert_eq!(store::members(&mut db, new).await.unwrap(), [first]);
    assert!(store::measures(&mut db, third).await.unwrap().is_empty());
    assert!(store::measures(&mut db, first).await.unwrap()[0].whole);
    let apart = store::apart(&mut db).await.unwrap();
    assert!(apart.contains(&(new, third)) && apart.contains(&(group, first)));

    // And back again.
    let mut work = act(&store).await;
    let said = store::Grouping {
        same: vec![first],
        apart: vec![],
        name: "Prisons".into(),
    };
    store::group(&mut work, third, &said, false).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(store::members(&mut db, group).await.unwrap().len(), 2);
    assert_eq!(store::measures(&mut db, third).await.unwrap().len(), 1);
    assert!(store::verify(&mut db).await.unwrap().is_empty());
    assert!(mandate_ledger::verify(&mut db).await.unwrap().is_empty());
}

async fn figures_over_time_say_what_was_known_then(store: Store) {
    let id = imported(&store).await[0];
    let mut found = act(&store).await;
    store::assess(&mut found, id, &finding(OfficeStatus::Partly, 10), &[], 18)
        .await
        .unwrap();
    found.commit().await.unwrap();
    let db = &mut store.clone();
    let days = [date(2009, 1, 1), date(2026, 11, 9), date(2026, 11, 10)];
    let counts = store::status_over_time(db, &days, "upr", Some((TagKind::Theme, "justice")))
        .await
        .unwrap();
    let of = |day: &str, status| {
        counts
            .iter()
            .find(|c| c.heading == day && c.status == status)
            .map(|c| c.n)
    };
    assert_eq!(of("2009-01-01", OfficeStatus::NotStarted), None);
    assert_eq!(of("2026-11-09", OfficeStatus::NotStarted), Some(3));
    assert_eq!(of("2026-11-10", OfficeStatus::Partly), Some(1));
    let by_state = store::status_by_tag(db, TagKind::State, "", None, 1)
        .await
        .unwrap();
    assert_eq!((by_state[0].heading.as_str(), by_state[0].n), ("Chile", 2));
}

async fn a_restricted_recommendation_is_counted_for_those_named_only(store: Store) {
    let ids = imported(&store).await;
    let person = Id::new();
    let mut tx = store.begin().await.unwrap();
    tx.execute(
        "UPDATE recommendation SET protection = 'restricted' WHERE id = $1",
        params![ids[0]],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let db = &mut store.clone();
    let (found, total) = store::documents(db, Scope::Office(person), Some("upr"), 10, 0)
        .await
        .unwrap();
    assert_eq!((total, found[0].recommendations), (1, 2));
    assert_eq!(
        store::documents(db, Scope::Nothing, None, 10, 0)
            .await
            .unwrap()
            .1,
        0
    );
    assert_eq!(
        store::documents(db, Scope::Public, None, 10, 0)
            .await
            .unwrap()
            .1,
        0
    );
    let counts = store::status_by_tag(db, TagKind::Theme, "", None, 5)
        .await
        .unwrap();
    assert_eq!(counts.iter().map(|c| c.n).sum::<i64>(), 2);
}

async fn an_export_imports_again_without_loss(store: Store) {
    let mut documents = sample();
    documents[0].items.truncate(2);
    let item = &mut documents[0].items[0];
    item.text.insert_str(0, "=1+1; \"quoted\", with\na line: ");
    item.paragraph = "98.1".into();
    item.source_id = Some("a-1".into());
    item.priority = Priority::High;
    item.deadline = Some(date(2027, 1, 31));
    let profile = mandate_office::Profile::embedded("kosovo").unwrap();
    item.tags.extend([
        (TagKind::Target, "16.3".into()),
        (TagKind::Provision, "iccpr/14".into()),
        (TagKind::Place, profile.places[0].key.clone()),
        (TagKind::Group, profile.groups[0].key.clone()),
        (TagKind::Addressee, profile.institutions[0].key.clone()),
        (TagKind::Addressee, profile.institutions[1].key.clone()),
    ]);
    for item in &mut documents[0].items {
        item.tags.sort();
    }
    let mut act = act(&store).await;
    store::apply_import(&mut act, &documents, false, |_| true)
        .await
        .unwrap();
    act.commit().await.unwrap();
    let db = &mut store.clone();
    let rows = store::indexed_page(db, None, 10).await.unwrap();
    let ids: Vec<Id> = rows.iter().map(|r| r.id).collect();
    let mut tags = store::tags(db, &ids).await.unwrap();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|r| (tags.remove(&r.id).unwrap(), r))
        .map(|(tags, r)| (r, tags))
        .collect();
    let languages = mandate_language::Languages::load().unwrap();
    for tag in ["en", "sq", "sr-Latn", "sr-Cyrl"] {
        let l = languages.get(tag).unwrap();
        let files = [
            export::to_csv(&rows, &profile, l).unwrap(),
            export::to_xlsx(&rows, &profile, l).unwrap(),
        ];
        for file in files {
            let table = mandate_tabular::read(&file, "x", None, &Default::default()).unwrap();
            let mapping = import::suggest(&table);
            let out = import::understand(&table, &mapping, &profile, "en");
            assert_eq!(out.problems, [], "{tag}");
            assert_eq!(out.documents, documents, "{tag}");
        }
    }
}

mandate_store::on_both_databases![
    super::rooms();
    a_second_import_changes_nothing,
    a_changed_text_is_a_difference_not_a_second_recommendation,
    a_stopped_import_writes_nothing,
    the_current_status_is_the_latest_statement_and_none_is_overwritten,
    another_voice_does_not_change_what_the_office_found,
    what_is_implemented_rests_on_evidence_and_is_verified_again,
    ten_are_assigned_at_once_and_each_remembers_it,
    measures_comments_and_translations_come_back,
    figures_over_time_say_what_was_known_then,
    a_restricted_recommendation_is_counted_for_those_named_only,
    a_group_is_confirmed_named_split_and_answered_by_one_measure,
    an_export_imports_again_without_loss,
];
