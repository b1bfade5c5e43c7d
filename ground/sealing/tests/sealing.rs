//! What is sealed opens for those it was sealed to, and for nobody and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod world;

use mandate_sealing::{
    AgeKey, CaseSecrets, Entry, Expected, Label, Manifest, NameIndex, PART, Part, PersonSecret,
    Reader, Share, Signer, add_people, digest_of, join, new_case, open, open_grant, record,
    renew_key, rotation_needed, seal, split,
};
use mandate_vault::{
    CaseChain, CaseId, Directory, FieldName, Kind, PersonId, RecoveryRecord, Refusal, Sealed, Why,
    digest,
};
use proptest::prelude::*;
use world::{DAY, NOW, World, certified, grant_of, id, world};

fn field(text: &str) -> FieldName {
    FieldName::new(text).unwrap()
}

fn label(w: &World, version: u64) -> Label {
    Label {
        case: w.case.clone(),
        field: field("narrative"),
        version,
        made: NOW - DAY,
    }
}

fn expected(w: &World) -> Expected {
    Expected {
        case: w.case.clone(),
        field: field("narrative"),
        version: None,
        known: None,
        signed: false,
    }
}

fn why<T>(result: Result<T, Refusal>) -> Why {
    match result {
        Ok(_) => panic!("nothing was refused"),
        Err(refusal) => refusal.why(),
    }
}

#[test]
fn a_signed_field_opens_and_names_its_author() {
    let w = world();
    let sealed = seal(
        &label(&w, 2),
        b"a narrative",
        &w.chain,
        &w.directory,
        Some(w.signer(&w.ana)),
    )
    .unwrap();
    let opened = open(
        &sealed,
        &Expected {
            signed: true,
            version: Some(2),
            ..expected(&w)
        },
        &w.secrets(),
        &w.directory,
    )
    .unwrap();
    assert_eq!(opened.body.as_slice(), b"a narrative");
    assert_eq!(opened.author.unwrap().to_string(), "ana 1");
    assert_eq!((opened.version, opened.generation), (2, 1));
}

#[test]
fn capture_needs_public_keys_only() {
    let w = world();
    let sealed = seal(
        &label(&w, 1),
        b"written on a telephone",
        &w.chain,
        &w.directory,
        None,
    )
    .unwrap();
    let opened = open(&sealed, &expected(&w), &w.secrets(), &w.directory).unwrap();
    assert_eq!(opened.author, None);
    assert_eq!(
        why(open(
            &sealed,
            &Expected {
                signed: true,
                ..expected(&w)
            },
            &w.secrets(),
            &w.directory
        )),
        Why::Unsigned
    );
}

#[test]
fn lengths_are_known_to_a_factor_of_two_only() {
    let w = world();
    let length = |body: &[u8]| {
        seal(&label(&w, 1), body, &w.chain, &w.directory, None)
            .unwrap()
            .plaintext_len()
    };
    assert_eq!(length(b""), 1024);
    assert_eq!(length(&[b'x'; 600]), 1024);
    assert_eq!(length(&[b'x'; 1024]), 2048);
    assert_eq!(
        why(seal(
            &label(&w, 1),
            &vec![0; 1 << 20],
            &w.chain,
            &w.directory,
            None
        )),
        Why::TooLong
    );
}

#[test]
fn what_is_not_what_was_asked_for_is_refused() {
    let w = world();
    let sealed = seal(
        &label(&w, 2),
        b"x",
        &w.chain,
        &w.directory,
        Some(w.signer(&w.ana)),
    )
    .unwrap();
    let secrets = w.secrets();
    let read = |expected: Expected| open(&sealed, &expected, &secrets, &w.directory);
    let e = || expected(&w);
    let other = CaseId::new("C-2").unwrap();
    assert_eq!(why(read(Expected { case: other, ..e() })), Why::OtherCase);
    assert_eq!(
        why(read(Expected {
            field: field("decision"),
            ..e()
        })),
        Why::OtherField
    );
    assert_eq!(
        why(read(Expected {
            version: Some(3),
            ..e()
        })),
        Why::OtherVersion
    );
    assert_eq!(
        why(read(Expected {
            known: Some((3, [0; 32])),
            ..e()
        })),
        Why::FieldOlder
    );
    assert_eq!(
        why(read(Expected {
            known: Some((2, [0; 32])),
            ..e()
        })),
        Why::FieldForked
    );
    assert!(
        read(Expected {
            known: Some((2, digest_of(&sealed))),
            ..e()
        })
        .is_ok()
    );
    assert_eq!(
        why(open(
            &sealed,
            &e(),
            &CaseSecrets::new(w.case.clone()),
            &w.directory
        )),
        Why::DoesNotOpen
    );
    // Its author was revoked before it was written.
    let list = w
        .office
        .revoke(Some(&w.list), &[(1, NOW - 2 * DAY)], NOW, NOW + DAY)
        .unwrap();
    let later = Directory::of(
        w.office.public().unwrap(),
        w.certificates.clone(),
        list,
        NOW,
    )
    .unwrap();
    assert_eq!(why(open(&sealed, &e(), &secrets, &later)), Why::Revoked);
    // Each bit of it.
    let bytes = sealed.as_bytes();
    for at in (0..bytes.len()).step_by(37) {
        let mut changed = bytes.to_vec();
        changed[at] ^= 1;
        let opened =
            Sealed::read(changed, Kind::Field).and_then(|s| open(&s, &e(), &secrets, &w.directory));
        assert!(opened.is_err(), "byte {at}");
    }
    for end in (0..bytes.len()).step_by(53) {
        let opened = Sealed::read(bytes[..end].to_vec(), Kind::Field)
            .and_then(|s| open(&s, &e(), &secrets, &w.directory));
        assert!(opened.is_err(), "cut at {end}");
    }
}

#[test]
fn keys_that_are_not_certified_now_get_nothing() {
    let w = world();
    let key = w.office.public().unwrap();
    let with = |certificates, list| Directory::of(key, certificates, list, NOW);
    assert_eq!(why(w.directory.recipient(&id("eve"))), Why::Uncertified);
    let list = w
        .office
        .revoke(Some(&w.list), &[(2, NOW)], NOW, NOW + DAY)
        .unwrap();
    let revoked = with(w.certificates.clone(), list.clone()).unwrap();
    assert_eq!(why(revoked.recipient(&id("besa"))), Why::Revoked);
    assert_eq!(
        why(seal(&label(&w, 1), b"x", &w.chain, &revoked, None)),
        Why::NeedsRotation
    );
    assert_eq!(rotation_needed(&w.chain, &revoked), [id("besa")]);
    assert_eq!(why(list.follows(3, &[0; 32])), Why::ListOlder);
    assert_eq!(why(list.follows(2, &[0; 32])), Why::ListForked);
    assert!(list.follows(2, &list.digest()).is_ok());
    let mut swapped = w.certificates.clone();
    swapped[1].encryption = AgeKey::generate().public().unwrap();
    assert_eq!(why(with(swapped, w.list.clone())), Why::Signature);
    let two = [
        w.certificates.clone(),
        vec![certified(&w.office, &w.dragan, 2)],
    ]
    .concat();
    assert_eq!(why(with(two, w.list.clone())), Why::TwoCertificates);
    let late = Directory::of(key, w.certificates.clone(), w.list.clone(), NOW + 31 * DAY);
    assert_eq!(why(late), Why::ListOutdated);
    let other = world();
    assert_eq!(
        why(with(other.certificates, w.list.clone())),
        Why::OtherOffice
    );
}

#[test]
fn who_is_taken_off_cannot_read_what_comes_after() {
    let w = world();
    let made = renew_key(&w.chain, &[id("besa")], w.signer(&w.ana), &w.directory, NOW).unwrap();
    let statements = vec![w.made.statement.clone(), made.statement.clone()];
    let chain = CaseChain::verify(
        statements,
        &w.case,
        &w.directory,
        Some((1, w.made.statement.digest())),
    )
    .unwrap();
    assert_eq!(made.grants.len(), 2, "Ana and recovery");
    let sealed = seal(&label(&w, 3), b"after", &chain, &w.directory, None).unwrap();
    // Besa kept the old key: it opens what was sealed before, and nothing since.
    assert_eq!(
        why(open(&sealed, &expected(&w), &w.secrets(), &w.directory)),
        Why::DoesNotOpen
    );
    let reader = Reader {
        person: w.ana.person(),
        key: w.ana.key(),
    };
    let mut secrets = CaseSecrets::new(w.case.clone());
    open_grant(
        grant_of(&made, "ana", 2),
        2,
        reader,
        &chain,
        &w.directory,
        &mut secrets,
    )
    .unwrap();
    assert!(open(&sealed, &expected(&w), &secrets, &w.directory).is_ok());
    // The old grant is not taken for the new one, nor another person's for one's own.
    assert_eq!(
        why(open_grant(
            grant_of(&w.made, "ana", 1),
            2,
            reader,
            &chain,
            &w.directory,
            &mut secrets
        )),
        Why::OtherKey
    );
    assert_eq!(
        why(open_grant(
            grant_of(&made, "recovery", 2),
            2,
            reader,
            &chain,
            &w.directory,
            &mut secrets
        )),
        Why::DoesNotOpen
    );
    // A server that keeps the change from somebody who knows of it.
    let old = CaseChain::verify(
        vec![w.made.statement.clone()],
        &w.case,
        &w.directory,
        Some((2, made.statement.digest())),
    );
    assert_eq!(why(old), Why::CaseOlder);
    // Somebody new gets every key that the granter has.
    open_grant(
        grant_of(&w.made, "ana", 1),
        1,
        reader,
        &chain,
        &w.directory,
        &mut secrets,
    )
    .unwrap();
    let more = add_people(
        &chain,
        &secrets,
        &[id("dragan")],
        w.signer(&w.ana),
        &w.directory,
        NOW,
    )
    .unwrap();
    assert_eq!(more.grants.len(), 2);
    // Who is not on the case can neither grant nor change its key.
    assert_eq!(
        why(renew_key(
            &chain,
            &[],
            w.signer(&w.dragan),
            &w.directory,
            NOW
        )),
        Why::NotEntitled
    );
}

#[test]
fn a_case_is_always_granted_to_recovery() {
    let w = world();
    assert!(w.made.statement.granted(&PersonId::recovery()).is_some());
    let without: Vec<_> = w.certificates[..3].to_vec();
    let directory =
        Directory::of(w.office.public().unwrap(), without, w.list.clone(), NOW).unwrap();
    let signer = Signer::new(&w.ana, &directory).unwrap();
    assert_eq!(
        why(new_case(&w.case, &[], signer, &directory, NOW)),
        Why::Uncertified
    );
}

#[test]
fn a_wrapped_key_opens_by_passphrase_and_by_passkey_for_its_person_only() {
    let w = world();
    let office = w.office.public().unwrap();
    let phrase = "a passphrase of Čačak";
    let wrap = w.ana.wrap(phrase, 17).unwrap();
    // Typed with marks that stand apart from their letters.
    let apart = "a passphrase of C\u{30c}ac\u{30c}ak";
    let back = PersonSecret::unwrap(&wrap, apart, &id("ana"), &office).unwrap();
    back.check(&w.certificates[0]).unwrap();
    assert_eq!(why(back.check(&w.certificates[1])), Why::WrapUncertified);
    assert_eq!(
        why(PersonSecret::unwrap(
            &wrap,
            "another passphrase",
            &id("ana"),
            &office
        )),
        Why::Passphrase
    );
    assert_eq!(
        why(PersonSecret::unwrap(&wrap, phrase, &id("besa"), &office)),
        Why::WrapOfOther
    );
    assert_eq!(
        why(PersonSecret::unwrap(
            &wrap,
            phrase,
            &id("ana"),
            &world().office.public().unwrap()
        )),
        Why::OtherOffice
    );
    assert_eq!(why(w.ana.wrap("short", 17)), Why::PassphraseShort);
    assert_eq!(why(w.ana.wrap(phrase, 20)), Why::WorkTooHigh);
    assert_eq!(why(w.ana.wrap(phrase, 10)), Why::WorkTooLow);
    let prf = [9; 32];
    let passkey = w.ana.wrap_for_passkey(&prf, &wrap).unwrap();
    assert!(PersonSecret::unwrap_by_passkey(&passkey, &prf, &id("ana"), &office).is_ok());
    assert_eq!(
        why(PersonSecret::unwrap_by_passkey(
            &passkey,
            &[8; 32],
            &id("ana"),
            &office
        )),
        Why::Passkey
    );
    assert_eq!(
        why(w.ana.wrap_for_passkey(&prf, &passkey)),
        Why::PasskeyAlone
    );
}

#[test]
fn any_three_of_five_shares_give_the_recovery_key_back() {
    let w = world();
    let certified = w.recovery.public().unwrap();
    let printed: Vec<String> = split(&w.recovery, 3, 5)
        .unwrap()
        .iter()
        .map(|s| s.print().to_string())
        .collect();
    // As somebody types them: small letters, o for zero.
    let typed: Vec<Share> = printed
        .iter()
        .map(|p| Share::parse(&p.to_lowercase().replace('0', "o")).unwrap())
        .collect();
    for a in 0..5 {
        for b in a + 1..5 {
            for c in b + 1..5 {
                let three = [typed[a].clone(), typed[b].clone(), typed[c].clone()];
                assert_eq!(
                    join(&three, &certified).unwrap().public().unwrap(),
                    certified
                );
            }
        }
    }
    assert_eq!(why(join(&typed[..2], &certified)), Why::SharesFew);
    assert_eq!(
        why(join(
            &[typed[0].clone(), typed[1].clone(), typed[0].clone()],
            &certified
        )),
        Why::ShareTwice
    );
    let other = split(&AgeKey::generate(), 3, 5).unwrap();
    assert_eq!(
        why(join(
            &[typed[0].clone(), typed[1].clone(), other[2].clone()],
            &certified
        )),
        Why::ShareOtherSet
    );
}

#[test]
fn a_slip_of_the_pen_is_named_by_its_row() {
    let printed = split(&AgeKey::generate(), 3, 5).unwrap()[0]
        .print()
        .to_string();
    let mut named = 0;
    for (row, line) in printed.lines().enumerate() {
        let first = line.chars().next().unwrap();
        let wrong = printed.replacen(
            line,
            &line.replacen(first, if first == '7' { "8" } else { "7" }, 1),
            1,
        );
        let refused = Share::parse(&wrong).unwrap_err();
        // One slip in 32 passes its row's letter, and is found by the whole.
        assert!(matches!(refused.why(), Why::ShareRow | Why::Share));
        named += usize::from(refused.facts() == [("row", (row + 1).to_string())]);
    }
    assert!(named >= 4, "{named}");
}

#[test]
fn recovery_takes_two_officers() {
    let w = world();
    let (ana, besa) = (w.signer(&w.ana), w.signer(&w.besa));
    let by = |officers| {
        record(
            w.case.clone(),
            1,
            field("grant"),
            "all officers of the case have left",
            officers,
            NOW,
        )
    };
    assert_eq!(why(by([ana, ana])), Why::TwoOfficers);
    let text = by([besa, ana]).unwrap().text();
    let read = RecoveryRecord::read(text.as_bytes()).unwrap();
    read.verify(&w.directory).unwrap();
    let mut forged = read.clone();
    forged.reason = "another".to_owned();
    assert_eq!(why(forged.verify(&w.directory)), Why::Signature);
    assert_eq!(
        why(record(
            w.case.clone(),
            1,
            field("grant"),
            " ",
            [ana, besa],
            NOW
        )),
        Why::Format
    );
}

#[test]
fn parts_of_an_attachment_stand_in_their_place_only() {
    let w = world();
    let content: Vec<u8> = (0..PART + 500).map(|n| (n % 251) as u8).collect();
    let manifest = Manifest::new(
        "skenim \"1\".pdf",
        "application/pdf",
        content.len() as u64,
        digest(&content),
    )
    .unwrap();
    assert_eq!(
        Manifest::read(manifest.text().as_bytes(), &manifest.field().unwrap()).unwrap(),
        manifest
    );
    let parts: Vec<Sealed> = content
        .chunks(PART)
        .zip(0..)
        .map(|(content, index)| {
            manifest
                .seal_part(Part { index }, content, &w.chain, &w.directory)
                .unwrap()
        })
        .collect();
    let secrets = w.secrets();
    let whole: Vec<u8> = (0..2)
        .flat_map(|index| {
            manifest
                .open_part(Part { index }, &parts[index as usize], &secrets)
                .unwrap()
                .to_vec()
        })
        .collect();
    assert_eq!(whole, content);
    assert_eq!(parts[0].plaintext_len(), 1 << 20);
    assert_eq!(
        why(manifest.open_part(Part { index: 0 }, &parts[1], &secrets)),
        Why::PartMoved
    );
    assert_eq!(
        why(manifest.open_part(Part { index: 2 }, &parts[1], &secrets)),
        Why::PartSurplus
    );
    let other = Manifest::new("b", "b", content.len() as u64, digest(&content)).unwrap();
    assert_eq!(
        why(other.open_part(Part { index: 1 }, &parts[1], &secrets)),
        Why::PartForeign
    );
    assert_eq!(
        why(manifest.seal_part(Part { index: 1 }, b"shorter", &w.chain, &w.directory)),
        Why::OtherFile
    );
    assert_eq!(
        why(Manifest::new("b", "b", 5 << 30, [0; 32])),
        Why::TooLarge
    );
}

#[test]
fn a_name_is_found_under_all_its_spellings() {
    let case = |n: u32| CaseId::new(format!("C-{n}")).unwrap();
    let index = NameIndex::of([
        Entry::new(case(1), "Đorđe Petrović"),
        Entry::new(case(2), "Xhevdet\tHoxha"),
        Entry::new(case(3), "Ђорђе Илић"),
    ]);
    let read = NameIndex::read(index.text().as_bytes()).unwrap();
    assert_eq!(read, index);
    let found = |sought: &str| -> Vec<String> {
        read.find(sought, 9)
            .iter()
            .map(|e| e.case.to_string())
            .collect()
    };
    assert_eq!(found("djordje"), ["C-3", "C-1"]);
    assert_eq!(found("petrovic đorđe"), ["C-1"]);
    assert_eq!(found("Џевдет Хоџа"), ["C-2"]);
    assert_eq!(found("hox"), ["C-2"]);
    assert_eq!(found(""), [""; 0]);
    assert_eq!(why(NameIndex::read(b"C-1 no tabs\n")), Why::Format);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_share_is_read_as_it_was_printed(made in 3_u8..8) {
        for share in split(&AgeKey::generate(), 3, made).unwrap() {
            prop_assert_eq!(&Share::parse(&share.print()).unwrap(), &share);
        }
    }

    #[test]
    fn whatever_is_typed_for_a_share_is_answered(text in ".{0,120}") {
        let _ = Share::parse(&text);
    }
}
