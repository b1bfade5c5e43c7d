//! What codes and passkeys promise, on both databases.

use jiff::Timestamp;
use mandate_accounts::{
    AccountError, Accounts, Caller, FirstStep, OfficeAddress, RecoveryCodes, Session, SignIn,
    TotpSetup, passkeys, people, recovery_codes_left, verify,
};
use mandate_ledger::Actor;
use mandate_store::{Id, Store};
use totp_rs::{Algorithm, Builder, Secret};

use super::{PASSWORD, at, authenticator::Authenticator, enter, office};

const CALLER: Caller<'static> = Caller {
    address: "192.0.2.1",
    user_agent: "Test",
};
const ORIGIN: &str = "http://localhost:8080";

/// What the telephone shows.
fn code(setup: &TotpSetup, at: Timestamp) -> String {
    let secret = Secret::try_from_base32(setup.secret.replace(' ', "")).unwrap();
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_secret(secret)
        .build()
        .unwrap();
    totp.generate(u64::try_from(at.as_second()).unwrap())
        .to_string()
}

async fn first_step(accounts: &Accounts, store: &Store, minute: i64) -> String {
    match accounts
        .begin(store, "admin@example.org", PASSWORD, CALLER, at(minute))
        .await
        .unwrap()
    {
        FirstStep::NeedsTotp(pending) => pending.as_str().to_owned(),
        FirstStep::Answer(answer) => panic!("{answer:?}"),
    }
}

async fn signed_in(accounts: &Accounts, store: &Store, minute: i64) -> Session {
    let SignIn::Done(token) = enter(accounts, store, PASSWORD, minute).await else {
        panic!("not signed in")
    };
    accounts
        .session(store, token.as_str(), at(minute))
        .await
        .unwrap()
        .unwrap()
}

/// A person with an authenticator app, set up in minute 0.
async fn with_app(store: &Store) -> (Accounts, Id, TotpSetup, RecoveryCodes) {
    let (accounts, admin) = office(store).await;
    let accounts = accounts.at(&OfficeAddress {
        origin: ORIGIN.into(),
        name: "Sample: office".into(),
    });
    let session = signed_in(&accounts, store, 0).await;
    let setup = accounts.begin_totp(store, admin, at(0)).await.unwrap();
    let pending = setup.pending.as_str();
    let wrong = accounts
        .finish_totp(store, &session, pending, "000000", at(0))
        .await;
    assert!(matches!(wrong, Err(AccountError::Code)));
    let again = accounts
        .totp_setup(store, admin, pending, at(0))
        .await
        .unwrap();
    assert_eq!(
        again, setup,
        "after a wrong code the page shows the same secret"
    );
    let codes = accounts
        .finish_totp(store, &session, pending, &code(&setup, at(0)), at(0))
        .await
        .unwrap();
    (accounts, admin, setup, codes)
}

async fn a_code_opens_once_and_only_after_the_password(store: Store) {
    let (accounts, _, setup, _) = with_app(&store).await;
    assert!(
        setup.url.starts_with("otpauth://totp/") && setup.qr_svg.starts_with("<svg"),
        "{}",
        setup.url
    );
    assert!(
        matches!(enter(&accounts, &store, PASSWORD, 1).await, SignIn::Refused),
        "a password alone opens nothing"
    );

    let pending = first_step(&accounts, &store, 2).await;
    let used = accounts
        .finish_with_code(&store, &pending, &code(&setup, at(0)), CALLER, at(0))
        .await
        .unwrap();
    assert_eq!(used, SignIn::Refused, "the code that set it up was used");
    let now = code(&setup, at(2));
    let typed = format!(" {} {}", &now[..3], &now[3..]);
    let done = accounts
        .finish_with_code(&store, &pending, &typed, CALLER, at(2))
        .await
        .unwrap();
    assert!(matches!(done, SignIn::Done(_)));
    let late = accounts
        .finish_with_code(&store, &pending, &now, CALLER, at(2))
        .await;
    assert!(
        matches!(late, Err(AccountError::Expired)),
        "the first step is used up"
    );
    let pending = first_step(&accounts, &store, 2).await;
    let again = accounts
        .finish_with_code(&store, &pending, &now, CALLER, at(2))
        .await
        .unwrap();
    assert_eq!(again, SignIn::Refused, "the same code a second time");
    let forgotten = accounts
        .finish_with_code(&store, &pending, &code(&setup, at(20)), CALLER, at(20))
        .await;
    assert!(
        matches!(forgotten, Err(AccountError::Expired)),
        "the first step was too long ago"
    );
    assert!(verify(&mut store.clone()).await.unwrap().is_empty());
}

async fn codes_cannot_be_tried_without_end(store: Store) {
    let (accounts, ..) = with_app(&store).await;
    let pending = first_step(&accounts, &store, 1).await;
    let mut refused = 0;
    for _ in 0..12 {
        match accounts
            .finish_with_code(&store, &pending, "123456", CALLER, at(1))
            .await
            .unwrap()
        {
            SignIn::Refused => refused += 1,
            SignIn::TooMany(_) => break,
            SignIn::Done(_) => panic!("guessed"),
        }
    }
    assert_eq!(refused, 5);
    // A new first step with the right password does not buy new guesses.
    let again = accounts
        .begin(&store, "admin@example.org", PASSWORD, CALLER, at(1))
        .await
        .unwrap();
    assert!(matches!(again, FirstStep::Answer(SignIn::TooMany(_))));
}

async fn ten_recovery_codes_open_once_each(store: Store) {
    let (accounts, admin, _, codes) = with_app(&store).await;
    assert_eq!(codes.codes().len(), 10);
    let typed = codes.codes()[0].to_lowercase().replace('-', " ");
    for (minute, fits) in [(1, true), (2, false)] {
        let pending = first_step(&accounts, &store, minute).await;
        let answer = accounts
            .finish_with_code(&store, &pending, &typed, CALLER, at(minute))
            .await
            .unwrap();
        assert_eq!(matches!(answer, SignIn::Done(_)), fits);
    }
    assert_eq!(
        recovery_codes_left(&mut store.clone(), admin)
            .await
            .unwrap(),
        9
    );
    let by = Actor::person(admin, None);
    let new = accounts
        .renew_recovery_codes(&store, &by, admin, at(3))
        .await
        .unwrap();
    for (given, fits) in [(&codes.codes()[1], false), (&new.codes()[1], true)] {
        let pending = first_step(&accounts, &store, 4).await;
        let answer = accounts
            .finish_with_code(&store, &pending, given, CALLER, at(4))
            .await
            .unwrap();
        assert_eq!(matches!(answer, SignIn::Done(_)), fits);
    }
    accounts
        .remove_totp(&store, &by, admin, at(5))
        .await
        .unwrap();
    assert!(matches!(
        enter(&accounts, &store, PASSWORD, 5).await,
        SignIn::Done(_)
    ));
}

async fn a_changed_password_ends_the_other_sessions(store: Store) {
    let (accounts, admin) = office(&store).await;
    let (other, this) = (
        signed_in(&accounts, &store, 0).await,
        signed_in(&accounts, &store, 0).await,
    );
    let new = "seven quiet rivers";
    let wrong = accounts
        .change_password(&store, &this, "not my password", new, at(1))
        .await;
    assert!(matches!(wrong, Err(AccountError::WrongPassword)));
    let weak = accounts
        .change_password(&store, &this, PASSWORD, "short", at(1))
        .await;
    assert!(matches!(weak, Err(AccountError::Password(_))));
    accounts
        .change_password(&store, &this, PASSWORD, new, at(1))
        .await
        .unwrap();
    let open: Vec<Id> = accounts
        .sessions(&store, admin, at(1))
        .await
        .unwrap()
        .iter()
        .map(|line| line.id)
        .collect();
    assert_eq!(open, [this.id], "{} has ended", other.id);
    assert!(matches!(
        enter(&accounts, &store, PASSWORD, 1).await,
        SignIn::Refused
    ));
    assert!(matches!(
        enter(&accounts, &store, new, 1).await,
        SignIn::Done(_)
    ));
}

async fn a_passkey_signs_in_by_itself_and_each_challenge_once(store: Store) {
    let (accounts, admin) = office(&store).await;
    let accounts = accounts.at(&OfficeAddress {
        origin: ORIGIN.into(),
        name: "Sample office".into(),
    });
    let session = signed_in(&accounts, &store, 0).await;
    let mut key = Authenticator::at(ORIGIN);
    let (challenge, pending) = accounts.begin_passkey(&store, admin, at(0)).await.unwrap();
    let answer = key.create(&challenge);
    let id = accounts
        .finish_passkey(
            &store,
            &session,
            pending.as_str(),
            &answer,
            "Blue key",
            at(0),
        )
        .await
        .unwrap();
    let twice = accounts
        .finish_passkey(
            &store,
            &session,
            pending.as_str(),
            &answer,
            "Blue key",
            at(0),
        )
        .await;
    assert!(matches!(twice, Err(AccountError::Expired)));

    let (challenge, pending) = accounts.begin_passkey_sign_in(&store, at(1)).await.unwrap();
    assert!(
        challenge["publicKey"]["allowCredentials"]
            .as_array()
            .is_none_or(Vec::is_empty),
        "the same for everybody"
    );
    let answer = key.get(&challenge);
    let done = accounts
        .finish_passkey_sign_in(&store, pending.as_str(), &answer, CALLER, at(1))
        .await
        .unwrap();
    assert!(matches!(done, SignIn::Done(_)));
    let replay = accounts
        .finish_passkey_sign_in(&store, pending.as_str(), &answer, CALLER, at(1))
        .await;
    assert!(matches!(replay, Err(AccountError::Expired)));

    for mut stranger in [
        Authenticator::at("http://localhost:9999"),
        Authenticator::at(ORIGIN),
    ] {
        let (challenge, pending) = accounts.begin_passkey_sign_in(&store, at(2)).await.unwrap();
        let answer = stranger.get(&challenge);
        let refused = accounts
            .finish_passkey_sign_in(&store, pending.as_str(), &answer, CALLER, at(2))
            .await
            .unwrap();
        assert_eq!(refused, SignIn::Refused);
    }
    let line = &passkeys(&mut store.clone(), admin).await.unwrap()[0];
    assert_eq!(
        (line.id, line.name.as_str(), line.last_used_at),
        (id, "Blue key", Some(at(1)))
    );

    people::deactivate(&store, &Actor::command_line(), admin, at(3))
        .await
        .unwrap_err();
    let other = Actor::person(admin, None);
    accounts
        .remove_passkey(&store, &other, Id::new(), id, at(3))
        .await
        .unwrap_err();
    accounts
        .remove_passkey(&store, &other, admin, id, at(3))
        .await
        .unwrap();
    let (challenge, pending) = accounts.begin_passkey_sign_in(&store, at(4)).await.unwrap();
    let answer = key.get(&challenge);
    let gone = accounts
        .finish_passkey_sign_in(&store, pending.as_str(), &answer, CALLER, at(4))
        .await
        .unwrap();
    assert_eq!(gone, SignIn::Refused);
}

async fn a_passkey_can_stand_in_for_the_code(store: Store) {
    let (accounts, admin, _, codes) = with_app(&store).await;
    let pending = first_step(&accounts, &store, 1).await;
    let none = accounts
        .begin_passkey_second_step(&store, &pending, at(1))
        .await;
    assert!(matches!(none, Err(AccountError::Unknown)));
    let offered = |pending: String| {
        let (accounts, store) = (accounts.clone(), store.clone());
        async move {
            accounts
                .passkey_can_confirm(&store, &pending, at(2))
                .await
                .unwrap()
        }
    };
    assert!(!offered(pending.clone()).await);
    let code = &codes.codes()[0];
    let SignIn::Done(token) = accounts
        .finish_with_code(&store, &pending, code, CALLER, at(1))
        .await
        .unwrap()
    else {
        panic!("not signed in")
    };
    let session = accounts
        .session(&store, token.as_str(), at(1))
        .await
        .unwrap()
        .unwrap();
    let mut key = Authenticator::at(ORIGIN);
    let (challenge, adding) = accounts.begin_passkey(&store, admin, at(1)).await.unwrap();
    let answer = key.create(&challenge);
    accounts
        .finish_passkey(
            &store,
            &session,
            adding.as_str(),
            &answer,
            "Blue key",
            at(1),
        )
        .await
        .unwrap();

    let pending = first_step(&accounts, &store, 2).await;
    assert!(offered(pending.clone()).await);
    assert!(!offered("x".into()).await, "nothing was begun");
    let (challenge, second) = accounts
        .begin_passkey_second_step(&store, &pending, at(2))
        .await
        .unwrap();
    let answer = key.get(&challenge);
    let done = accounts
        .finish_passkey_second_step(&store, second.as_str(), &answer, CALLER, at(2))
        .await
        .unwrap();
    assert!(matches!(done, SignIn::Done(_)));
    assert!(
        accounts
            .begin_passkey_second_step(&store, &pending, at(2))
            .await
            .is_err(),
        "the first step is used up"
    );
}

async fn at_a_bare_network_address_there_are_no_passkeys(store: Store) {
    let (accounts, admin) = office(&store).await;
    let accounts = accounts.at(&OfficeAddress {
        origin: "http://127.0.0.1:8080".into(),
        name: "Sample office".into(),
    });
    assert!(!accounts.has_passkeys());
    let begun = accounts.begin_passkey(&store, admin, at(0)).await;
    assert!(matches!(begun, Err(AccountError::NoPasskeys)));
}

mandate_store::on_both_databases![
    super::super::rooms();
    a_code_opens_once_and_only_after_the_password,
    codes_cannot_be_tried_without_end,
    ten_recovery_codes_open_once_each,
    a_changed_password_ends_the_other_sessions,
    a_passkey_signs_in_by_itself_and_each_challenge_once,
    a_passkey_can_stand_in_for_the_code,
    at_a_bare_network_address_there_are_no_passkeys,
];
