//! What accounts promise, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod authenticator;
mod factors;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use mandate_accounts::{
    AccountError, Accounts, Area, Limits, NewPerson, Role, SignIn, invitation::invited, people,
    verify,
};
use mandate_ledger::Actor;
use mandate_store::{Id, Migrations, Store};

pub(crate) fn rooms() -> Vec<Migrations> {
    vec![
        mandate_store::own_migrations(),
        mandate_ledger::migrations(),
        mandate_accounts::migrations(),
    ]
}

const PASSWORD: &str = "three green bridges";

fn at(minutes: i64) -> Timestamp {
    "2026-11-23T10:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn new(email: &str) -> NewPerson {
    NewPerson {
        name: "Sample Person".into(),
        email: email.into(),
        language: "en".into(),
        administrator: false,
        roles: BTreeMap::from([(Area::Mechanisms, Role::Officer)]),
    }
}

async fn office(store: &Store) -> (Accounts, Id) {
    let accounts = Accounts::new(Limits::default()).unwrap();
    let by = Actor::command_line();
    let id = accounts
        .create_administrator(store, &by, &new("admin@example.org"), PASSWORD, at(0))
        .await
        .unwrap();
    (accounts, id)
}

async fn enter(accounts: &Accounts, store: &Store, password: &str, minute: i64) -> SignIn {
    accounts
        .sign_in(
            store,
            "Admin@example.org",
            password,
            "192.0.2.1",
            "Test",
            at(minute),
        )
        .await
        .unwrap()
}

async fn a_link_works_once_and_the_newer_one_counts(store: Store) {
    let (accounts, admin) = office(&store).await;
    let by = Actor::person(admin, None);
    let (id, first) = people::invite(&store, &by, &new("a@example.org"), at(0))
        .await
        .unwrap();
    let second = people::invite_again(&store, &by, id, at(1)).await.unwrap();
    let db = &mut store.clone();
    assert!(matches!(
        invited(db, first.as_str(), at(2)).await,
        Err(AccountError::Invitation)
    ));
    assert!(matches!(
        invited(db, second.as_str(), at(8 * 24 * 60)).await,
        Err(AccountError::Invitation)
    ));
    accounts
        .accept_invitation(&store, second.as_str(), "Arta", PASSWORD, at(2))
        .await
        .unwrap();
    let again = accounts
        .accept_invitation(&store, second.as_str(), "Arta", PASSWORD, at(3))
        .await;
    assert!(matches!(again, Err(AccountError::Invitation)));
    let taken = people::invite(&store, &by, &new("A@EXAMPLE.org"), at(4)).await;
    assert!(matches!(taken, Err(AccountError::EmailTaken)));
}

async fn a_session_ends_when_idle_and_in_any_case(store: Store) {
    let (accounts, _) = office(&store).await;
    let SignIn::Done(token) = enter(&accounts, &store, PASSWORD, 0).await else {
        panic!("not signed in")
    };
    for minute in (0..720).step_by(50) {
        let found = accounts
            .session(&store, token.as_str(), at(minute))
            .await
            .unwrap();
        assert!(found.is_some(), "at minute {minute}");
    }
    assert!(
        accounts
            .session(&store, token.as_str(), at(721))
            .await
            .unwrap()
            .is_none()
    );
    let SignIn::Done(token) = enter(&accounts, &store, PASSWORD, 800).await else {
        panic!("not signed in")
    };
    assert!(
        accounts
            .session(&store, token.as_str(), at(861))
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_revoked_session_opens_nothing(store: Store) {
    let (accounts, admin) = office(&store).await;
    let SignIn::Done(token) = enter(&accounts, &store, PASSWORD, 0).await else {
        panic!("not signed in")
    };
    let session = accounts
        .session(&store, token.as_str(), at(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        accounts.sessions(&store, admin, at(1)).await.unwrap().len(),
        1
    );
    let by = Actor::person(admin, Some(session.id));
    let other = accounts
        .end_session(&store, &by, Id::new(), session.id, at(2))
        .await;
    assert!(
        matches!(other, Err(AccountError::Unknown)),
        "somebody else's session"
    );
    accounts
        .end_session(&store, &by, admin, session.id, at(2))
        .await
        .unwrap();
    assert!(
        accounts
            .session(&store, token.as_str(), at(2))
            .await
            .unwrap()
            .is_none()
    );
}

async fn failures_make_one_wait_and_nobody_is_told_which_accounts_exist(store: Store) {
    let (accounts, _) = office(&store).await;
    let checked = accounts.hasher().checked();
    for _ in 0..5 {
        assert!(matches!(
            enter(&accounts, &store, "wrong wrong wrong", 0).await,
            SignIn::Refused
        ));
    }
    // Even the right password waits: a minute after the fifth failure, two after the sixth.
    assert!(
        matches!(enter(&accounts, &store, PASSWORD, 0).await, SignIn::TooMany(wait) if wait.as_secs() == 60)
    );
    assert!(matches!(
        enter(&accounts, &store, "wrong wrong wrong", 1).await,
        SignIn::Refused
    ));
    assert!(
        matches!(enter(&accounts, &store, PASSWORD, 2).await, SignIn::TooMany(wait) if wait.as_secs() == 60)
    );
    assert!(matches!(
        enter(&accounts, &store, PASSWORD, 3).await,
        SignIn::Done(_)
    ));
    for _ in 0..5 {
        let unknown = accounts
            .sign_in(
                &store,
                "nobody@example.org",
                PASSWORD,
                "192.0.2.2",
                "",
                at(4),
            )
            .await
            .unwrap();
        assert!(matches!(unknown, SignIn::Refused));
    }
    let unknown = accounts
        .sign_in(
            &store,
            "nobody@example.org",
            PASSWORD,
            "192.0.2.2",
            "",
            at(4),
        )
        .await
        .unwrap();
    assert!(
        matches!(unknown, SignIn::TooMany(wait) if wait.as_secs() == 60),
        "the same wait"
    );
    // As many hashes for those who are not there as for those who are.
    assert_eq!(accounts.hasher().checked() - checked, 7 + 5);
    let entries = mandate_ledger::latest(&mut store.clone(), i64::MAX, 50)
        .await
        .unwrap();
    assert_eq!(
        entries
            .iter()
            .filter(|entry| entry.action == "session.refused")
            .count(),
        14
    );
    assert!(
        entries
            .iter()
            .all(|entry| !format!("{entry:?}").contains("nobody@")),
        "no address of a stranger"
    );
}

async fn a_token_reads_until_it_ends(store: Store) {
    let (accounts, admin) = office(&store).await;
    let by = Actor::person(admin, None);
    let past = accounts
        .create_api_token(&store, &by, admin, "x", at(0), at(0))
        .await;
    assert!(matches!(past, Err(AccountError::TokenEnd)));
    let token = accounts
        .create_api_token(&store, &by, admin, "dashboard", at(60), at(0))
        .await
        .unwrap();
    let (person, info) = accounts
        .by_api_token(&store, token.as_str(), at(59))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(person.id, admin);
    assert!(
        accounts
            .by_api_token(&store, token.as_str(), at(61))
            .await
            .unwrap()
            .is_none()
    );
    accounts
        .end_api_token(&store, &by, admin, info.id, at(5))
        .await
        .unwrap();
    assert!(
        accounts
            .by_api_token(&store, token.as_str(), at(6))
            .await
            .unwrap()
            .is_none()
    );
}

async fn the_last_administrator_stays(store: Store) {
    let (_, admin) = office(&store).await;
    let by = Actor::person(admin, None);
    let gone = people::deactivate(&store, &by, admin, at(1)).await;
    assert!(matches!(gone, Err(AccountError::LastAdministrator)));
    let less = people::set_roles(&store, &by, admin, &BTreeMap::new(), false, at(1)).await;
    assert!(matches!(less, Err(AccountError::LastAdministrator)));
    assert!(verify(&mut store.clone()).await.unwrap().is_empty());
}

async fn a_changed_role_holds_at_once_and_asks_for_a_new_secret(store: Store) {
    let (accounts, admin) = office(&store).await;
    let SignIn::Done(token) = enter(&accounts, &store, PASSWORD, 0).await else {
        panic!("not signed in")
    };
    let before = accounts
        .session(&store, token.as_str(), at(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(before.person.role(Area::Mechanisms), Some(Role::Officer));
    assert!(!before.rotation_due);
    let roles = BTreeMap::from([(Area::Mechanisms, Role::Lead)]);
    people::set_roles(
        &store,
        &Actor::person(admin, None),
        admin,
        &roles,
        true,
        at(2),
    )
    .await
    .unwrap();
    let after = accounts
        .session(&store, token.as_str(), at(2))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(after.person.role(Area::Mechanisms), Some(Role::Lead));
    assert!(after.rotation_due);
    let new = accounts
        .rotate_due_session(&store, &after, at(2))
        .await
        .unwrap()
        .unwrap();
    let twice = accounts
        .rotate_due_session(&store, &after, at(2))
        .await
        .unwrap();
    assert_eq!(twice, None, "of two requests at once one gets it");
    assert!(
        accounts
            .session(&store, token.as_str(), at(2))
            .await
            .unwrap()
            .is_none(),
        "the old secret"
    );
    let rotated = accounts
        .session(&store, new.as_str(), at(2))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((rotated.id, rotated.rotation_due), (after.id, false));
}

async fn whoever_is_deactivated_is_out(store: Store) {
    let (accounts, admin) = office(&store).await;
    let by = Actor::command_line();
    accounts
        .create_administrator(&store, &by, &new("other@example.org"), PASSWORD, at(0))
        .await
        .unwrap();
    let SignIn::Done(token) = enter(&accounts, &store, PASSWORD, 0).await else {
        panic!("not signed in")
    };
    let api = accounts
        .create_api_token(&store, &by, admin, "dashboard", at(60), at(0))
        .await
        .unwrap();
    let link = people::invite_again(&store, &by, admin, at(0))
        .await
        .unwrap();
    people::deactivate(&store, &by, admin, at(1)).await.unwrap();
    assert!(
        accounts
            .session(&store, token.as_str(), at(1))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        accounts
            .by_api_token(&store, api.as_str(), at(1))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        invited(&mut store.clone(), link.as_str(), at(1))
            .await
            .is_err()
    );
    assert!(matches!(
        enter(&accounts, &store, PASSWORD, 1).await,
        SignIn::Refused
    ));
    people::reactivate(&store, &by, admin, at(2)).await.unwrap();
    assert!(
        accounts
            .session(&store, token.as_str(), at(2))
            .await
            .unwrap()
            .is_none(),
        "what was ended stays ended"
    );
    assert!(matches!(
        enter(&accounts, &store, PASSWORD, 2).await,
        SignIn::Done(_)
    ));
    assert!(verify(&mut store.clone()).await.unwrap().is_empty());
}

async fn attempts_at_the_same_moment_do_not_slip_under_the_limit(store: Store) {
    let (accounts, _) = office(&store).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (accounts, store) = (accounts.clone(), store.clone());
            tokio::spawn(async move { enter(&accounts, &store, "wrong wrong wrong", 0).await })
        })
        .collect();
    let mut refused = 0;
    for task in tasks {
        refused += usize::from(matches!(task.await.unwrap(), SignIn::Refused));
    }
    assert!(refused <= 5, "{refused} passwords were looked at");
}

async fn verify_names_what_must_not_be(store: Store) {
    let (_, admin) = office(&store).await;
    let damage: [(&'static str, &str); 4] = [
        (
            "UPDATE person SET administrator = 0",
            "no active administrator",
        ),
        ("UPDATE person_role SET role = 'owner'", "unknown words"),
        ("UPDATE person SET password_hash = 'plain'", "Argon2id"),
        (
            "INSERT INTO session (id, person_id, token_hash, created_at, last_seen_at, expires_at, browser) \
             SELECT 's', id, 'h', 0, 2, 1, '' FROM person",
            "beyond their end",
        ),
    ];
    for (sql, words) in damage {
        let mut tx = store.begin().await.unwrap();
        mandate_store::Query::execute(&mut tx, sql, vec![])
            .await
            .unwrap();
        let found = verify(&mut tx).await.unwrap();
        assert!(
            found.len() == 1 && found[0].contains(words),
            "{sql} of {admin}: {found:?}"
        );
    }
}

mandate_store::on_both_databases![
    super::rooms();
    a_link_works_once_and_the_newer_one_counts,
    a_session_ends_when_idle_and_in_any_case,
    a_revoked_session_opens_nothing,
    failures_make_one_wait_and_nobody_is_told_which_accounts_exist,
    a_token_reads_until_it_ends,
    the_last_administrator_stays,
    a_changed_role_holds_at_once_and_asks_for_a_new_secret,
    whoever_is_deactivated_is_out,
    attempts_at_the_same_moment_do_not_slip_under_the_limit,
    verify_names_what_must_not_be,
];
