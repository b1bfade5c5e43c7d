//! What the area's store promises, on both databases. Everybody here is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::date};
use mandate_accounts::{NewPerson, Parties, Party, Person, people, set_parties};
use mandate_keep::{self as keep, StatedProblem};
use mandate_ledger::{Act, Actor, Outcome as Ended, Reading, history, read_before};
use mandate_office::Profile;
use mandate_sealing::{CaseSecrets, Made, Practice, add_people, new_case, renew_key};
use mandate_store::{Id, Migrations, Query, Store};
use mandate_survivors::{
    domain::{Decision, Outcome, Round, Stage, Standing, Step, Tally, Vote},
    store::{self, Done, Dossier, Facts, NewDossier, Whose},
};
use mandate_vault::{CaseChain, CaseId, PersonId, Why};

fn rooms() -> Vec<Migrations> {
    vec![
        mandate_store::own_migrations(),
        mandate_ledger::migrations(),
        mandate_accounts::migrations(),
        keep::migrations(),
        mandate_survivors::migrations(),
    ]
}

fn now() -> Timestamp {
    "2024-06-03T10:00:00Z".parse().unwrap()
}

async fn act(store: &Store) -> Act {
    Act::begin(store, &Actor::command_line(), now())
        .await
        .unwrap()
}

async fn somebody(store: &Store, party: Party, number: usize) -> Person {
    let new = NewPerson {
        name: format!("Invented {party} {number}"),
        email: format!("{party}{number}@example.org"),
        language: "en".into(),
        administrator: false,
        roles: Default::default(),
    };
    let by = Actor::command_line();
    let (id, _) = people::invite(store, &by, &new, now()).await.unwrap();
    let body = (party == Party::Filing).then_some("krct");
    let key = (party == Party::Keeper).then_some(1);
    let parties = Parties::new([party], body, key).unwrap();
    set_parties(store, &by, id, &parties, now()).await.unwrap();
    people::person(&mut store.clone(), id).await.unwrap()
}

async fn begun(store: &Store, filer: &Person) -> Dossier {
    let new = NewDossier {
        code: store::new_code(),
        file_case: Id::new(),
        identity_one: Id::new(),
        identity_two: Id::new(),
        filed_by: filer.id,
        body: "krct".into(),
        facts: Facts {
            region: Some("prizren".into()),
            ..Facts::default()
        },
    };
    let mut act = act(store).await;
    store::insert_dossier(&mut act, &new, date(2024, 6, 3))
        .await
        .unwrap();
    act.commit().await.unwrap();
    found(store, &new.code).await
}

async fn found(store: &Store, code: &str) -> Dossier {
    store::dossier_by_code(&mut store.clone(), code)
        .await
        .unwrap()
        .unwrap()
}

async fn step(store: &Store, item: &Dossier, step: Step, by: &Person) -> Dossier {
    let to = step.take(step.party(), item.stage).unwrap();
    let mut act = act(store).await;
    let done = store::take_step(&mut act, item, step, to, date(2024, 6, 3), by.id, None)
        .await
        .unwrap();
    assert_eq!(done, Done::Taken);
    act.commit().await.unwrap();
    found(store, &item.code).await
}

async fn each_party_sees_its_own_files_and_no_others(store: Store) {
    let filer = somebody(&store, Party::Filing, 1).await;
    let colleague = somebody(&store, Party::Filing, 2).await;
    let others = [
        somebody(&store, Party::Secretariat, 1).await,
        somebody(&store, Party::Keeper, 1).await,
        somebody(&store, Party::Commission, 1).await,
        somebody(&store, Party::Observer, 1).await,
    ];
    let draft = begun(&store, &filer).await;
    let mut db = store.clone();
    let sees = async |item: &Dossier, person: &Person, party| {
        store::may_see(&mut store.clone(), item, person, party)
            .await
            .unwrap()
    };
    assert!(sees(&draft, &filer, Party::Filing).await);
    assert!(!sees(&draft, &colleague, Party::Filing).await);
    for other in &others {
        for party in Party::ALL {
            assert!(!sees(&draft, other, *party).await, "{} {party}", other.name);
        }
    }
    let filed = step(&store, &draft, Step::File, &filer).await;
    assert_eq!(filed.filed_on, Some(date(2024, 6, 3)));
    assert!(sees(&filed, &colleague, Party::Filing).await);
    assert!(sees(&filed, &others[0], Party::Secretariat).await);
    assert!(sees(&filed, &others[1], Party::Keeper).await);
    assert!(!sees(&filed, &others[2], Party::Commission).await);
    assert!(!sees(&filed, &others[3], Party::Observer).await);
    // Nobody sees as a party that they are not.
    assert!(!sees(&filed, &others[3], Party::Secretariat).await);
    let complete = step(&store, &filed, Step::FindComplete, &others[0]).await;
    let mut act = act(&store).await;
    let members = BTreeSet::from([others[2].id]);
    assert!(
        store::assign(&mut act, &complete, Round::First, &members)
            .await
            .unwrap()
            .is_empty()
    );
    act.commit().await.unwrap();
    assert!(sees(&complete, &others[2], Party::Commission).await);
    let assigned = store::dossiers(&mut db, &Whose::AssignedTo(others[2].id))
        .await
        .unwrap();
    assert_eq!(assigned, vec![complete]);
}

async fn a_reconsideration_is_read_by_others_and_a_rejection_can_become_a_recognition(
    store: Store,
) {
    let process = Profile::embedded("kosovo").unwrap().process.unwrap();
    let filer = somebody(&store, Party::Filing, 1).await;
    let secretariat = somebody(&store, Party::Secretariat, 1).await;
    let mut members = Vec::new();
    for number in 0..4 {
        members.push(somebody(&store, Party::Commission, number).await);
    }
    let mut item = begun(&store, &filer).await;
    item = step(&store, &item, Step::File, &filer).await;
    item = step(&store, &item, Step::FindComplete, &secretariat).await;
    for (outcome, vote, reason, two) in [
        (
            Outcome::Rejected,
            Vote::Reject,
            "insufficient",
            &members[..2],
        ),
        (
            Outcome::Recognised,
            Vote::Recognise,
            "account",
            &members[2..],
        ),
    ] {
        let mut act = act(&store).await;
        if outcome == Outcome::Recognised {
            let before: BTreeSet<Id> = members[..2].iter().map(|m| m.id).collect();
            let conflicts = store::assign(&mut act, &item, item.round, &before)
                .await
                .unwrap();
            assert_eq!(conflicts.len(), 2, "who read it before reads it no more");
        }
        let chosen = two.iter().map(|member| member.id).collect();
        let conflicts = store::assign(&mut act, &item, item.round, &chosen).await;
        assert!(conflicts.unwrap().is_empty());
        act.commit().await.unwrap();
        item = step(&store, &item, Step::Assign, &secretariat).await;
        for (n, member) in two.iter().enumerate() {
            let missing = store::tally(&mut store.clone(), &item).await.unwrap();
            assert_eq!(missing, Tally::Open { missing: 2 - n });
            let mut act = self::act(&store).await;
            store::vote(&mut act, &item, member.id, vote).await.unwrap();
            let to = Step::Vote.from(item.stage).unwrap();
            let on = date(2024, 6, 4);
            store::take_step(&mut act, &item, Step::Vote, to, on, member.id, None)
                .await
                .unwrap();
            act.commit().await.unwrap();
        }
        let tally = store::tally(&mut store.clone(), &item).await.unwrap();
        let decision = Decision::new(&process, tally, outcome, &[reason], Some(Id::new())).unwrap();
        let mut act = self::act(&store).await;
        store::decide(&mut act, &item, &decision).await.unwrap();
        act.commit().await.unwrap();
        item = step(&store, &item, Step::Decide, &two[0]).await;
        assert_eq!(item.outcome, Some(outcome));
        item = step(&store, &item, Step::Notify, &secretariat).await;
        if outcome == Outcome::Rejected {
            item = step(&store, &item, Step::AskReconsideration, &filer).await;
            assert_eq!(item.round, Round::Reconsideration);
            for member in &members {
                let mut db = store.clone();
                let sees = store::may_see(&mut db, &item, member, Party::Commission);
                assert!(
                    !sees.await.unwrap(),
                    "no member of the first round goes on reading"
                );
            }
        }
    }
    item = step(&store, &item, Step::OrderPayment, &secretariat).await;
    assert_eq!(
        (item.stage, item.outcome),
        (Stage::Ordered, Some(Outcome::Recognised))
    );
}

async fn a_file_that_moved_on_is_not_moved_twice(store: Store) {
    let filer = somebody(&store, Party::Filing, 1).await;
    let draft = begun(&store, &filer).await;
    step(&store, &draft, Step::File, &filer).await;
    let mut act = act(&store).await;
    let again = store::take_step(
        &mut act,
        &draft,
        Step::File,
        Stage::Filed,
        date(2024, 6, 5),
        filer.id,
        None,
    )
    .await
    .unwrap();
    assert_eq!(again, Done::MovedOn);
    drop(act);
    let steps = store::steps(&mut store.clone(), draft.id).await.unwrap();
    assert_eq!(steps.len(), 1);
}

async fn waiting_for_documents_stops_the_clock_and_it_goes_on_afterwards(store: Store) {
    let process = Profile::embedded("kosovo").unwrap().process.unwrap();
    let calendar = mandate_survivors::domain::Calendar::of(&process);
    let filer = somebody(&store, Party::Filing, 1).await;
    let secretariat = somebody(&store, Party::Secretariat, 1).await;
    let mut item = begun(&store, &filer).await;
    for (step, by, on) in [
        (Step::File, &filer, date(2024, 6, 3)),
        (Step::AskDocuments, &secretariat, date(2024, 6, 5)),
        (Step::AddDocuments, &filer, date(2024, 9, 2)),
    ] {
        let mut act = act(&store).await;
        let to = step.from(item.stage).unwrap();
        store::take_step(&mut act, &item, step, to, on, by.id, None)
            .await
            .unwrap();
        act.commit().await.unwrap();
        item = found(&store, &item.code).await;
    }
    let steps = store::steps(&mut store.clone(), item.id).await.unwrap();
    let clock = store::clock_of(&process, &item, &steps).unwrap();
    // Fifteen working days: two before it stood still, thirteen after.
    assert_eq!(clock.due(&calendar), Some(date(2024, 9, 19)));
    assert!(matches!(
        clock.standing(&calendar, date(2024, 9, 2)),
        Standing::Runs { left: 13, .. }
    ));
}

async fn a_name_is_opened_by_two_and_who_asked_stays_for_ever(store: Store) {
    let filer = somebody(&store, Party::Filing, 1).await;
    let keepers = [
        somebody(&store, Party::Keeper, 1).await,
        somebody(&store, Party::Keeper, 2).await,
    ];
    let item = begun(&store, &filer).await;
    let mut act = act(&store).await;
    store::ask_opening(&mut act, &item, keepers[0].id, "opening/1")
        .await
        .unwrap();
    let opening = store::openings(&mut act, item.id).await.unwrap().remove(0);
    for (keeper, expected) in [(0, false), (1, true), (1, false)] {
        let done = store::answer_opening(&mut act, &opening, keepers[keeper].id, true).await;
        assert_eq!(done.unwrap(), expected, "keeper {keeper}");
    }
    act.commit().await.unwrap();
    let kept = store::opening_by_id(&mut store.clone(), opening.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (kept.granted, kept.answered_by),
        (Some(true), Some(keepers[1].id))
    );
}

async fn nothing_that_opens_a_case_is_handed_out_before_the_reading_is_in_the_ledger(store: Store) {
    let filer = somebody(&store, Party::Filing, 1).await;
    let item = begun(&store, &filer).await;
    let by = Actor::person(filer.id, None);
    let (practice, made) = sealed_case(&store, &item, filer.id).await;
    let mut act = act(&store).await;
    let stated = stated(&mut act, &item, filer.id, &made).await.unwrap();
    assert_eq!(stated.joined().len(), 1);
    stated.keep(&mut act).await.unwrap();
    let grant = kept(&made)
        .into_iter()
        .find(|grant| grant.grantee == filer.id.to_string())
        .unwrap();
    drop(practice);
    act.record(mandate_ledger::Entry::done(
        "dossier.granted",
        item.record(),
    ))
    .await
    .unwrap();
    act.commit().await.unwrap();
    let reads = async || {
        let all = history(&mut store.clone(), &item.record()).await.unwrap();
        all.iter().filter(|e| e.outcome == Ended::Read).count()
    };
    assert_eq!(reads().await, 0);
    let receipt = async |by: &Actor| {
        let reading = Reading::of("sealed.released", item.record(), "filing/draft");
        read_before(&store, by, now(), reading).await.unwrap()
    };
    let mut db = store.clone();
    let mine = receipt(&by).await;
    let released = keep::release(&mut db, &mine, &by, item.file_case, &item.record())
        .await
        .unwrap();
    assert_eq!((released.grants(), reads().await), (&[grant][..], 1));
    // Who has no grant gets nothing, and the attempt stands all the same.
    let stranger = Actor::person(Id::new(), None);
    let theirs = receipt(&stranger).await;
    let nothing = keep::release(&mut db, &theirs, &stranger, item.file_case, &item.record())
        .await
        .unwrap();
    assert_eq!((nothing.grants().len(), reads().await), (0, 2));
    // Nor does a receipt of somebody else's open anything.
    let stolen = keep::release(&mut db, &theirs, &by, item.file_case, &item.record())
        .await
        .unwrap();
    assert!(stolen.grants().is_empty());
}

fn person_id(id: Id) -> PersonId {
    PersonId::new(id.to_string()).unwrap()
}

/// The grants of something made, as they are kept.
fn kept(made: &Made) -> Vec<keep::KeptGrant> {
    made.grants
        .iter()
        .map(|(to, generation, sealed)| keep::KeptGrant {
            grantee: to.person.to_string(),
            generation: i64::try_from(*generation).unwrap(),
            sealed: sealed.as_bytes().to_vec(),
        })
        .collect()
}

async fn stated(
    act: &mut Act,
    item: &Dossier,
    by: Id,
    made: &Made,
) -> Result<keep::Stated, StatedProblem> {
    let text = made.statement.text();
    keep::Stated::check(act, item.file_case, by, &text, kept(made)).await
}

/// Brings the papers of an office for practice.
async fn bring(store: &Store, practice: &Practice) {
    let mut act = act(store).await;
    assert!(
        keep::set_office(&mut act, &practice.office().unwrap())
            .await
            .unwrap()
    );
    for one in practice.certificates() {
        let serial = i64::try_from(one.serial).unwrap();
        let kept = keep::add_certificate(&mut act, serial, one.person.as_str(), &one.text()).await;
        assert!(kept.unwrap());
    }
    let list = practice.list();
    let number = i64::try_from(list.number).unwrap();
    keep::add_revocations(&mut act, number, &list.text())
        .await
        .unwrap();
    act.record(mandate_ledger::Entry::done(
        "keys.brought",
        mandate_ledger::Record::of("keys", "practice"),
    ))
    .await
    .unwrap();
    act.commit().await.unwrap();
}

/// An office whose filer has a key, and the file's case made by it.
async fn sealed_case(store: &Store, item: &Dossier, filer: Id) -> (Practice, Made) {
    let hour = u64::try_from(now().as_second()).unwrap();
    let mut practice = Practice::new(hour).unwrap();
    practice.join(person_id(filer)).unwrap();
    bring(store, &practice).await;
    let made = new_case(
        &CaseId::new(item.file_case.to_string()).unwrap(),
        &[person_id(filer)],
        practice.signer(&person_id(filer)).unwrap(),
        &practice.directory().unwrap(),
        hour,
    )
    .unwrap();
    (practice, made)
}

async fn a_statement_that_would_close_a_case_is_not_kept(store: Store) {
    let filer = somebody(&store, Party::Filing, 1).await;
    let item = begun(&store, &filer).await;
    let (mut practice, made) = sealed_case(&store, &item, filer.id).await;
    let mut one = act(&store).await;
    let refused =
        async |act: &mut Act, by: Id, made: &Made| stated(act, &item, by, made).await.unwrap_err();
    // Signed by another than who brings it; with a signature that is not one; without a grant for somebody who is named;
    // with a grant for somebody who is not.
    let stranger = refused(&mut one, Id::new(), &made).await;
    assert!(matches!(stranger, StatedProblem::Refused(why) if why.why() == Why::NotEntitled));
    let mut forged = made.clone();
    forged.statement.signature[0] ^= 1;
    let forged = refused(&mut one, filer.id, &forged).await;
    assert!(matches!(forged, StatedProblem::Refused(why) if why.why() == Why::Signature));
    let mut fewer = made.clone();
    fewer.grants.pop();
    let fewer = refused(&mut one, filer.id, &fewer).await;
    assert!(matches!(fewer, StatedProblem::Grants));
    let mut more = made.clone();
    let mut smuggled = more.grants[0].clone();
    smuggled.0.person = person_id(Id::new());
    more.grants.push(smuggled);
    let more = refused(&mut one, filer.id, &more).await;
    assert!(matches!(more, StatedProblem::Grants));
    let whole = stated(&mut one, &item, filer.id, &made).await.unwrap();
    whole.keep(&mut one).await.unwrap();
    // The same number again: somebody was faster.
    let again = refused(&mut one, filer.id, &made).await;
    assert!(matches!(again, StatedProblem::MovedOn));
    one.record(mandate_ledger::Entry::done(
        "dossier.granted",
        item.record(),
    ))
    .await
    .unwrap();
    one.commit().await.unwrap();

    // A second person joins, their key is revoked, and the first takes them off with a new key.
    let second = person_id(Id::new());
    practice.join(second.clone()).unwrap();
    bring(&store, &practice).await;
    let hour = u64::try_from(now().as_second()).unwrap();
    let me = person_id(filer.id);
    let case = CaseId::new(item.file_case.to_string()).unwrap();
    let directory = practice.directory().unwrap();
    let chain = |all: &[&Made], directory| {
        let all = all.iter().map(|made| made.statement.clone()).collect();
        CaseChain::verify(all, &case, directory, None).unwrap()
    };
    let mut secrets = CaseSecrets::new(case.clone());
    secrets.add(1, made.secret.clone());
    let first = chain(&[&made], &directory);
    let with_two = add_people(
        &first,
        &secrets,
        std::slice::from_ref(&second),
        practice.signer(&me).unwrap(),
        &directory,
        hour,
    )
    .unwrap();
    let mut two = act(&store).await;
    let joined = stated(&mut two, &item, filer.id, &with_two).await.unwrap();
    assert_eq!(
        (joined.joined(), joined.left().len()),
        (std::slice::from_ref(&second), 0)
    );
    joined.keep(&mut two).await.unwrap();
    practice.leave(&second).unwrap();
    let list = practice.list();
    keep::add_revocations(&mut two, i64::try_from(list.number).unwrap(), &list.text())
        .await
        .unwrap();
    let directory = practice.directory().unwrap();
    let renewed = renew_key(
        &chain(&[&made, &with_two], &directory),
        std::slice::from_ref(&second),
        practice.signer(&me).unwrap(),
        &directory,
        hour,
    )
    .unwrap();
    let off = stated(&mut two, &item, filer.id, &renewed).await.unwrap();
    assert!(
        off.joined().is_empty() && off.left().is_empty(),
        "who was revoked is nobody's to keep"
    );
    let mut without = renewed.clone();
    without.grants.retain(|(to, ..)| to.person != me);
    let without = refused(&mut two, filer.id, &without).await;
    assert!(
        matches!(without, StatedProblem::Grants),
        "nobody who stays loses the case"
    );
}

async fn a_field_is_never_overwritten(store: Store) {
    let case = Id::new();
    let mut act = act(&store).await;
    for (version, expected) in [(1, true), (1, false), (3, false), (2, true)] {
        let sealed = format!("ciphertext {version}");
        let kept = keep::write(&mut act, case, "narrative", version, sealed.as_bytes()).await;
        assert_eq!(kept.unwrap(), expected, "version {version}");
    }
    let latest = keep::fields(&mut act, case, &["narr"]).await.unwrap();
    assert_eq!((latest.len(), latest[0].version), (1, 2));
    let all = act
        .count("SELECT COUNT(*) AS n FROM vault_field", vec![])
        .await
        .unwrap();
    assert_eq!(all, 2);
}

async fn every_fact_that_stands_in_the_clear_is_named_with_its_reason(store: Store) {
    let filer = somebody(&store, Party::Filing, 1).await;
    begun(&store, &filer).await;
    let left_out = store::LeftOut {
        id: Id::new(),
        code: store::new_code(),
        case: Id::new(),
        recorded_by: filer.id,
        body: "krct".into(),
        reason: "after".into(),
        facts: Facts::default(),
        on: date(2024, 6, 3),
    };
    let mut act = act(&store).await;
    store::add_left_out(&mut act, &left_out).await.unwrap();
    act.commit().await.unwrap();
    for (table, known) in [
        ("dossier", &store::KNOWN[..]),
        ("left_out", &store::KNOWN_LEFT_OUT[..]),
    ] {
        let query = format!("SELECT * FROM {table}");
        let row = store.clone().row(&query, vec![]).await.unwrap().unwrap();
        let mut named: Vec<&str> = known.iter().map(|fact| fact.column).collect();
        let mut columns = row.columns();
        named.sort_unstable();
        columns.sort_unstable();
        assert_eq!(columns, named, "{table}");
        assert!(known.iter().all(|fact| !fact.reason.is_empty()));
    }
}

mandate_store::on_both_databases! { crate::rooms();
    each_party_sees_its_own_files_and_no_others,
    a_reconsideration_is_read_by_others_and_a_rejection_can_become_a_recognition,
    a_file_that_moved_on_is_not_moved_twice,
    waiting_for_documents_stops_the_clock_and_it_goes_on_afterwards,
    a_name_is_opened_by_two_and_who_asked_stays_for_ever,
    nothing_that_opens_a_case_is_handed_out_before_the_reading_is_in_the_ledger,
    a_field_is_never_overwritten,
    a_statement_that_would_close_a_case_is_not_kept,
    every_fact_that_stands_in_the_clear_is_named_with_its_reason,
}
