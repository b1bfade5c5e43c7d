//! What the server reads of sealed things: strictly, without falling over, and the same when written again.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_vault::{
    CaseStatement, Certificate, Kind, RecoveryRecord, Revocations, Sealed, Why, WrappedKeys, bucket,
};
use proptest::prelude::*;

fn file(stanzas: &str, payload: usize) -> Vec<u8> {
    let mac = "A".repeat(43);
    let mut bytes = format!("age-encryption.org/v1\n{stanzas}--- {mac}\n").into_bytes();
    bytes.resize(bytes.len() + payload, 7);
    bytes
}

fn x25519() -> String {
    format!("-> X25519 {}\n{}\n", "A".repeat(43), "A".repeat(43))
}

fn scrypt(work: &str) -> String {
    format!("-> scrypt {} {work}\n{}\n", "A".repeat(22), "A".repeat(43))
}

fn why(bytes: Vec<u8>, kind: Kind) -> Why {
    Sealed::read(bytes, kind).unwrap_err().why()
}

#[test]
fn a_field_has_one_recipient_and_a_buckets_length() {
    let sealed = Sealed::read(file(&x25519(), 16 + 2048 + 16), Kind::Field).unwrap();
    assert_eq!(sealed.plaintext_len(), 2048);
    assert_eq!(
        why(file(&x25519(), 16 + 1500 + 16), Kind::Field),
        Why::Bucket
    );
    assert_eq!(
        why(file(&(x25519() + &x25519()), 1056), Kind::Field),
        Why::Recipients
    );
    assert_eq!(
        why(
            file(&(x25519() + "-> ssh-rsa abc\nAAAA\n"), 1056),
            Kind::Field
        ),
        Why::Recipients
    );
    assert_eq!(why(file(&scrypt("18"), 1056), Kind::Field), Why::Recipients);
    assert_eq!(why(file("", 1056), Kind::Field), Why::Recipients);
    let grease = x25519() + "-> x-grease a\nAAAA\n";
    assert!(Sealed::read(file(&grease, 1056), Kind::Field).is_ok());
    assert_eq!(
        why(file(&(grease + "-> y-grease b\n\n"), 1056), Kind::Field),
        Why::Recipients
    );
    let long = format!("{}-> x-grease {}\n\n", x25519(), "a".repeat(1100));
    assert_eq!(why(file(&long, 1056), Kind::Field), Why::Recipients);
}

#[test]
fn lengths_over_a_megabyte_are_only_an_indexs() {
    let two = 2 << 20;
    let payload = 16 + two + (two / 65536) * 16;
    assert!(Sealed::read(file(&x25519(), payload), Kind::Index).is_ok());
    assert_eq!(why(file(&x25519(), payload), Kind::Field), Why::TooLong);
    assert_eq!(bucket(0, Kind::Field), Some(1024));
    assert_eq!(bucket(1025, Kind::Field), Some(2048));
    assert_eq!(bucket((1 << 20) + 1, Kind::Field), None);
}

#[test]
fn a_wrap_has_work_within_bounds() {
    let wrap = |work: &str| file(&scrypt(work), 16 + 300 + 16);
    for work in ["17", "18", "19"] {
        assert!(Sealed::read(wrap(work), Kind::PassphraseWrap).is_ok());
    }
    for work in ["1", "16"] {
        assert_eq!(why(wrap(work), Kind::PassphraseWrap), Why::WorkTooLow);
    }
    for work in ["20", "63", "4000"] {
        assert_eq!(why(wrap(work), Kind::PassphraseWrap), Why::WorkTooHigh);
    }
    for work in ["018", "+18", "1e1", ""] {
        assert_eq!(why(wrap(work), Kind::PassphraseWrap), Why::Format);
    }
}

#[test]
fn wraps_without_one_by_passphrase_cannot_be() {
    let passkey = || file(&x25519(), 16 + 300 + 16);
    let refused = WrappedKeys::read(passkey(), [(vec![1], passkey())]).unwrap_err();
    assert_eq!(refused.why(), Why::Recipients);
    let wrap = file(&scrypt("18"), 16 + 300 + 16);
    let both = WrappedKeys::read(wrap, [(vec![1], passkey())]).unwrap();
    assert_eq!(both.passkeys().len(), 1);
}

#[test]
fn a_sealed_value_survives_serde_and_is_checked_again() {
    let sealed = Sealed::read(file(&x25519(), 1056), Kind::Field).unwrap();
    let text = serde_json::to_string(&sealed).unwrap();
    assert_eq!(serde_json::from_str::<Sealed>(&text).unwrap(), sealed);
    let other = text.replace("\"field\"", "\"passphrase-wrap\"");
    assert!(serde_json::from_str::<Sealed>(&other).is_err());
}

#[test]
fn every_reason_has_its_own_key() {
    let mut keys: Vec<_> = Why::ALL.iter().map(|why| why.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Why::ALL.len());
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z-]{1,10} [ -~]{0,40}",
        Just("case C-1".to_owned()),
        Just("number 1".to_owned()),
        Just("made 1".to_owned()),
        Just("author ana 1".to_owned()),
        Just("before -".to_owned()),
        Just(format!("signature {}==", "A".repeat(86))),
        ".{0,20}",
    ]
}

proptest! {
    #[test]
    fn readers_answer_whatever_they_are_given(
        first in prop::sample::select(vec![
            "mandate-certificate/1", "mandate-revocations/1", "mandate-case/1", "mandate-recovery/1", "mandate-case/2", "",
        ]),
        lines in prop::collection::vec(line(), 0..12),
    ) {
        let text = format!("{first}\n{}", lines.iter().map(|l| format!("{l}\n")).collect::<String>());
        let bytes = text.as_bytes();
        // What is read is written again as it was.
        if let Ok(read) = Certificate::read(bytes) { prop_assert_eq!(read.text(), text.clone()); }
        if let Ok(read) = Revocations::read(bytes) { prop_assert_eq!(read.text(), text.clone()); }
        if let Ok(read) = CaseStatement::read(bytes) { prop_assert_eq!(read.text(), text.clone()); }
        if let Ok(read) = RecoveryRecord::read(bytes) { prop_assert_eq!(read.text(), text.clone()); }
    }

    #[test]
    fn the_outside_of_any_bytes_is_read(bytes in prop::collection::vec(any::<u8>(), 0..3000), head in ".{0,80}") {
        for kind in [Kind::Field, Kind::Grant, Kind::PassphraseWrap] {
            let _ = Sealed::read(bytes.clone(), kind);
            let _ = Sealed::read(file(&format!("-> {head}\n"), 1056), kind);
        }
    }
}
