//! Spellings of one name agree, and other names do not.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_names::{Key, Strength, key, key_into, similarity, stem_family};
use proptest::prelude::*;

#[test]
fn spelling_systems_agree() {
    for spellings in [
        &[
            "Xhelili",
            "Dželili",
            "Џелили",
            "Dzhelili",
            "Dschelili",
            "Djelili",
        ][..],
        &["Gjakova", "Đakova", "Ђакова", "Djakova"],
        &["Shala", "Šala", "Шала", "Schala", "S\u{30c}ala", "ŠALA"],
        &[
            "Thaçi", "Tači", "Тачи", "Thachi", "Tatschi", "Taći", "Thaqi",
        ],
        &["Zhur", "Žur", "Жур"],
        &["Ymer", "Imer", "Имер", "Ümer"],
        &["Rrahmani", "Rahmani", "Рахмани", "Rakhmani"],
        &[
            "Llapashtica",
            "Lapaštica",
            "Лапаштица",
            "Lapashtitsa",
            "Lapaschtitza",
        ],
        &["Fazlija", "Fazlia", "Фазлија", "Fazliya"],
        &["Xixë", "Dzidze", "Ѕиѕе"],
        &["Weliki", "Veliki", "Велики"],
        &["Njegovan", "Његован", "NJEGOVAN", "Нјегован"],
        &["Bedri-Aga", "bedri  aga", "Бедри Ага"],
        &["Bajram", "Bayram", "Бајрам"],
    ] {
        for spelling in spellings {
            assert_eq!(key(spelling), key(spellings[0]), "{spelling}");
        }
    }
}

#[test]
fn other_names_stay_apart_until_marks_are_lost() {
    for (one, other) in [("Shala", "Sala"), ("Mica", "Mića"), ("Haxhi", "Hadi")] {
        assert_ne!(key(one), key(other));
        assert_eq!(Key::of(one, Strength::Bare), Key::of(other, Strength::Bare));
        let alike = similarity(one, other);
        assert!(alike > 0.9 && alike < 1.0, "{one} {other}: {alike}");
    }
    for (one, other) in [
        ("Milan", "Miljan"),
        ("Andrić", "Andrijić"),
        ("Agim", "Afrim"),
        ("Luca", "Lucija"),
    ] {
        assert_ne!(Key::of(one, Strength::Bare), Key::of(other, Strength::Bare));
    }
}

#[test]
fn endings_and_articles_are_loose() {
    for spellings in [
        &[
            "Osmani",
            "Osmanaj",
            "Osmanović",
            "Osmanoviq",
            "Osmanovic",
            "Османовић",
        ][..],
        &["Krasniqi", "Krasnić", "Krasnići", "Krasniq"],
        &["Prishtinë", "Prishtina", "Приштина", "Pristina"],
        &["Agim", "Agimi"],
        &["Ahmet", "Ahmed", "Amet"],
        &["Zllapek", "Zllapeku"],
        &["Zubin Potok", "Zubinpotok"],
    ] {
        for spelling in spellings {
            assert_eq!(
                Key::of(spelling, Strength::Loose),
                Key::of(spellings[0], Strength::Loose),
                "{spelling}"
            );
        }
    }
    assert_eq!(stem_family(&key("Hotaj")), stem_family(&key("Hoti")));
    assert_eq!(stem_family(&key("Ilić")), key("Ilić"));
}

/// Words of the region's letters, with all that spelling does to them.
const REGION: &str = "[a-zA-ZčćšžđëçČĆŠŽĐËÇа-шА-ШђјљњћџЂЈЉЊЋЏüıöß' -]{0,30}";

proptest! {
    #[test]
    fn the_key_of_a_key_is_the_key(text in prop_oneof![REGION.boxed(), ".{0,30}".boxed()]) {
        for strength in [Strength::Orthographic, Strength::Bare] {
            let once = Key::of(&text, strength);
            prop_assert_eq!(Key::of(&once.to_string(), strength), once.clone(), "{:?} {}", strength, once);
        }
        let stem = stem_family(&key(&text));
        prop_assert_eq!(stem_family(&stem), stem);
    }

    #[test]
    fn a_key_is_the_same_in_capitals(text in REGION) {
        let text = text.replace('ß', "s");
        prop_assert_eq!(key(&text), key(&text.to_uppercase()));
    }

    #[test]
    fn a_weaker_key_is_a_function_of_a_stronger(text in REGION) {
        let (orthographic, bare) = (key(&text), Key::of(&text, Strength::Bare));
        prop_assert_eq!(orthographic.weakened(Strength::Bare), bare.clone());
        prop_assert_eq!(bare.weakened(Strength::Loose), Key::of(&text, Strength::Loose));
        let mut buffer = vec![1, 2, 3];
        key_into(&text, Strength::Bare, &mut buffer);
        prop_assert_eq!(buffer.as_slice(), bare.as_bytes());
    }

    #[test]
    fn similarity_is_symmetric_and_one_only_for_equal_keys(one in REGION, other in REGION) {
        let alike = similarity(&one, &other);
        prop_assert!((0.0..=1.0).contains(&alike));
        prop_assert_eq!(alike, similarity(&other, &one));
        prop_assert_eq!(alike == 1.0, key(&one) == key(&other));
        prop_assert_eq!(similarity(&one, &one), 1.0);
    }
}
