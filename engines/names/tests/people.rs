//! Strings are read as people's names, and short forms find their names.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_names::{
    Forms, Key, Language, Order, Part, Reading, Relation, Script, Strength, read_person, read_place,
};
use proptest::prelude::*;

/// Given, father, family, maiden, nickname, with `+` between several.
fn shown(reading: &Reading) -> [String; 5] {
    let name = &reading.name;
    [
        &name.given,
        &name.father,
        &name.family,
        &name.maiden,
        &name.nickname,
    ]
    .map(|parts| {
        parts
            .iter()
            .map(|part| part.text.as_str())
            .collect::<Vec<_>>()
            .join("+")
    })
}

#[test]
fn what_a_list_says_plainly_is_taken() {
    for (text, expected) in [
        ("Agim Berisha", ["Agim", "", "Berisha", "", ""]),
        ("BERISHA Agim", ["Agim", "", "BERISHA", "", ""]),
        ("Agim BERISHA", ["Agim", "", "BERISHA", "", ""]),
        ("Berisha, Agim", ["Agim", "", "Berisha", "", ""]),
        (
            "Berisha, Agim Rexhep",
            ["Agim", "Rexhep", "Berisha", "", ""],
        ),
        (
            "Berisha, Agim, Rexhep",
            ["Agim", "Rexhep", "Berisha", "", ""],
        ),
        (
            "Agim (Rexhep) Berisha",
            ["Agim", "Rexhep", "Berisha", "", ""],
        ),
        (
            "Berisha (Rexhep) Agim",
            ["Agim", "Rexhep", "Berisha", "", ""],
        ),
        (
            "BERISHA (Rexhep) Agim",
            ["Agim", "Rexhep", "BERISHA", "", ""],
        ),
        ("Agim R. Berisha", ["Agim", "R", "Berisha", "", ""]),
        ("Agim Rexhep Berisha", ["Agim", "Rexhep", "Berisha", "", ""]),
        ("Petrović Jovan", ["Jovan", "", "Petrović", "", ""]),
        ("Петровић Јован", ["Јован", "", "Петровић", "", ""]),
        (
            "Petrović Petar Jovan",
            ["Jovan", "Petar", "Petrović", "", ""],
        ),
        (
            "Ana Petrović-Nikolić",
            ["Ana", "", "Petrović+Nikolić", "", ""],
        ),
        (
            "Ana Petrović Nikolić",
            ["Ana", "", "Petrović+Nikolić", "", ""],
        ),
        (
            "Ana Petrović rođ. Nikolić",
            ["Ana", "", "Petrović", "Nikolić", ""],
        ),
        (
            "Ana Petrović (rođena Nikolić)",
            ["Ana", "", "Petrović", "Nikolić", ""],
        ),
        (
            "Drita Hoti e lindur Gashi",
            ["Drita", "", "Hoti", "Gashi", ""],
        ),
        (
            "Drita Hoti (e lindur Gashi)",
            ["Drita", "", "Hoti", "Gashi", ""],
        ),
        ("Drita Hoti née Gashi", ["Drita", "", "Hoti", "Gashi", ""]),
        ("Mehmet „Meti“ Hoti", ["Mehmet", "", "Hoti", "", "Meti"]),
        ("Mehmet Hoti zvani Meti", ["Mehmet", "", "Hoti", "", "Meti"]),
        (
            "Agim i Rexhepit Berisha",
            ["Agim", "Rexhep", "Berisha", "", ""],
        ),
        ("Agim Berisha, 1956", ["Agim", "", "Berisha", "", ""]),
        ("Dr. Agim Berisha", ["Agim", "", "Berisha", "", ""]),
        ("Berisha", ["Berisha", "", "", "", ""]),
        ("", ["", "", "", "", ""]),
    ] {
        let readings = read_person(text);
        assert_eq!(
            shown(&readings[0]),
            expected.map(str::to_owned),
            "{text}: {readings:?}"
        );
    }
}

#[test]
fn an_open_order_is_read_both_ways() {
    let readings = read_person("Hoti Gashi");
    assert_eq!(
        readings.iter().map(|one| one.order).collect::<Vec<_>>(),
        [Order::GivenFirst, Order::FamilyFirst]
    );
    assert_eq!(shown(&readings[1])[..3], ["Gashi", "", "Hoti"]);
    assert_eq!(read_person("Berisha, Agim").len(), 1);
    let left = &read_person("Dr. Agim Berisha 1956")[0].left;
    assert_eq!(left, &["Dr.", "1956"]);
}

#[test]
fn letters_tell_script_and_language() {
    let language = |text| (Part::new(text).script, Part::new(text).language);
    assert_eq!(
        language("Xhelili"),
        (Script::Latin, Some(Language::Albanian))
    );
    assert_eq!(
        language("Dželili"),
        (Script::Latin, Some(Language::Serbian))
    );
    assert_eq!(
        language("Џелили"),
        (Script::Cyrillic, Some(Language::Serbian))
    );
    assert_eq!(language("Işık"), (Script::Latin, Some(Language::Turkish)));
    assert_eq!(language("Agim"), (Script::Latin, None));
}

#[test]
fn places_are_read_with_what_they_lie_in() {
    let shown = |text: &str| {
        let place = read_place(text);
        let names = |parts: &[Part]| {
            parts
                .iter()
                .map(|part| part.text.clone())
                .collect::<Vec<_>>()
                .join("+")
        };
        let within: Vec<String> = place.within.iter().map(|one| names(&one.names)).collect();
        (names(&place.names), within.join(";"))
    };
    assert_eq!(
        shown("fsh. Zllakuqan, komuna e Klinës"),
        ("Zllakuqan".into(), "Klinës".into())
    );
    assert_eq!(shown("Pejë/Peć"), ("Pejë+Peć".into(), String::new()));
    assert_eq!(shown("Peć (Pejë)"), ("Peć+Pejë".into(), String::new()));
    assert_eq!(shown("Село Злокућане"), ("Злокућане".into(), String::new()));
    assert_eq!(shown(" , "), (String::new(), String::new()));
}

#[test]
fn short_forms_find_their_names_in_any_spelling() {
    let forms = Forms::builtin();
    assert!(forms.len() > 200);
    for (one, other, relation) in [
        ("Meti", "Mehmet", Some(Relation::Short)),
        ("Дани", "Ramadan", Some(Relation::Short)),
        ("Aca", "Saša", Some(Relation::Short)),
        ("Husein", "Hysen", Some(Relation::Same)),
        ("Redžep", "Rexhep", None),
        ("Recep", "Redžep", Some(Relation::Same)),
        ("Jovan", "Gjon", Some(Relation::Related)),
        ("Agim", "Jovan", None),
        ("Dželal", "Xhelal", None),
    ] {
        assert_eq!(forms.relation(one, other), relation, "{one} {other}");
        assert_eq!(forms.relation(other, one), relation, "{other} {one}");
        let signs = [one, other].map(|form| forms.sign(&Key::of(form, Strength::Bare)));
        assert!(
            relation.is_none() || signs[0] & signs[1] != 0,
            "{one} {other}"
        );
    }
    let error = Forms::read("form\tname\tkind\tlanguage\tsource\nAca\tAleksandar\tlong\tsr\tbook")
        .unwrap_err();
    assert_eq!(error.line, 2);
    assert!(Forms::read(include_str!("../data/forms.tsv")).is_ok());
}

proptest! {
    #[test]
    fn any_string_has_a_reading_and_loses_no_word(text in prop_oneof![".{0,40}", "[A-Za-zčë,()„“\". -]{0,40}"]) {
        let readings = read_person(&text);
        prop_assert!(!readings.is_empty());
        prop_assert!(readings.windows(2).all(|pair| pair[0].evidence >= pair[1].evidence));
        let _ = read_place(&text);
    }

    #[test]
    fn plain_names_are_read_in_full(words in prop::collection::vec("[A-Z][aeiou][bdgkmnptv][aeiou][bdgkmnptv]", 1..6)) {
        for reading in read_person(&words.join(" ")) {
            let mut found: Vec<String> = shown(&reading).iter().flat_map(|parts| parts.split('+')).filter(|part| !part.is_empty()).map(str::to_owned).collect();
            found.extend(reading.left.clone());
            let mut expected = words.clone();
            found.sort();
            expected.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
