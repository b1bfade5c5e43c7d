//! Lost letters come back, and right ones stay.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use encoding_rs::{ISO_8859_2, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use mandate_names::{Fault, repair, repair_column};
use proptest::prelude::*;

#[test]
fn what_went_wrong_in_the_nineties_is_undone_and_named() {
    for (wrong, right, fault) in [
        ("Miletiæ", "Miletić", Fault::Cp1250AsCp1252),
        ("MILETIÆ", "MILETIĆ", Fault::Cp1250AsCp1252),
        ("Graèanica", "Gračanica", Fault::Cp1250AsCp1252),
        ("Ðakovica", "Đakovica", Fault::Cp1250AsCp1252),
        (
            "Anðelka Kovaèeviæ",
            "Anđelka Kovačević",
            Fault::Cp1250AsCp1252,
        ),
        (
            "Milo\u{9a} \u{8e}iviæ",
            "Miloš Živić",
            Fault::Cp1250AsLatin1,
        ),
        ("Uro\u{9a}evac", "Uroševac", Fault::Cp1250AsLatin1),
        ("Milo¹eviæ", "Milošević", Fault::Latin2AsLatin1),
        ("MiloševiÄ‡", "Milošević", Fault::Utf8AsCp1252),
        ("MiloÅ¡", "Miloš", Fault::Utf8AsCp1252),
        ("MiloĹˇ", "Miloš", Fault::Utf8AsCp1250),
        ("PejĂ«", "Pejë", Fault::Utf8AsCp1250),
        ("GjakovÃ«", "Gjakovë", Fault::Utf8AsCp1252),
        ("GraÃ§anicÃ«", "Graçanicë", Fault::Utf8AsCp1252),
        ("Mileti†", "Miletić", Fault::Cp852AsCp1252),
        ("Niki† Kova†eviŸ", "Nikić Kovaćevič", Fault::Cp852AsCp1252),
        ("Pej‰", "Pejë", Fault::Cp852AsCp1252),
        ("Gra‡anic‰", "Graçanicë", Fault::Cp852AsCp1252),
        ("GjakovÎ", "Gjakovë", Fault::Cp1250AsMacRoman),
        ("MiletiÊ", "Miletić", Fault::Cp1250AsMacRoman),
        ("Ïåòðîâèž", "Петровић", Fault::Cp1251AsCp1252),
        ("Mileti}", "Miletić", Fault::Yuscii),
        ("MILETI]", "MILETIĆ", Fault::Yuscii),
        ("\\or|e Be{i}", "Đorđe Bešić", Fault::Yuscii),
        ("[aban Beri{a", "Šaban Beriša", Fault::Yuscii),
        ("@ivko Vu~kovi}", "Živko Vučković", Fault::Yuscii),
        ("Qubi{a Petrovi}", "Љубиша Петровић", Fault::YusciiCyrillic),
    ] {
        let repaired = repair(wrong);
        assert_eq!(repaired.text, right, "{wrong}: {repaired:?}");
        assert_eq!(repaired.what[0].fault, fault, "{wrong}");
        assert!(repaired.confidence > 0.95 && repaired.confidence < 1.0);
        assert_eq!(repair(right).text, right);
    }
}

#[test]
fn what_went_wrong_twice_is_undone_twice() {
    let once = |text: &str| {
        WINDOWS_1252
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    };
    let repaired = repair(&once(&once("Gjakovë")));
    assert_eq!(repaired.text, "Gjakovë");
    assert_eq!(repaired.what.len(), 2);
}

#[test]
fn right_text_stays() {
    for right in [
        "Beyoncé",
        "Irène",
        "Genève",
        "Hélène Lefèvre",
        "Molière",
        "première pièce",
        "siècle",
        "perchè",
        "Mosè",
        "È vero",
        "Noël",
        "Zoë",
        "Kjær",
        "Ægir",
        "Sæmundur Guðrúnarson",
        "Þórður",
        "Søren",
        "Håkon",
        "Müller",
        "Ñuñez",
        "São Paulo",
        "Łódź",
        "Işık Ağa",
        "Çınar",
        "Thaçi",
        "Deçan",
        "Gjakovë",
        "Ymer Çaka",
        "Prishtinë – Pejë",
        "Čačak",
        "Đorđe Šarić",
        "Милетић",
        "Ђаковица",
        "name@example.org",
        "Agim@example.org",
        "@handle",
        "[1]",
        "see [Annex]",
        "[sic]",
        "a[i]",
        "{name}",
        "f{x}",
        "x^y",
        "C:\\temp",
        "Name|Surname",
        "O`Neill",
        "O’Neill",
        "Is'hak",
        "§ 5",
        "Petar † 1999",
        "Kosovo¹",
        "5‰",
        "Nescafé®",
        "© 1999",
        "“Meti”",
        "Agim?",
        "",
        "naïve",
        "Françoise",
        "crème brûlée",
        "Zürich",
        "ÀÉÎ",
        "Ärzte",
        "ŠABAN",
        "D'Ivoire",
        "très",
        "après",
        "accès",
        "Thérèse",
        "Élève",
        "bière",
    ] {
        let repaired = repair(right);
        assert_eq!(repaired.text, right, "{repaired:?}");
        assert_eq!((repaired.what.len(), repaired.confidence), (0, 1.0));
    }
}

#[test]
fn lost_letters_are_counted_and_left() {
    let repaired = repair("Milo?evi\u{fffd} ?");
    assert_eq!(
        (repaired.lost, repaired.text.as_str()),
        (2, "Milo?evi\u{fffd} ?")
    );
}

#[test]
fn a_column_decides_for_strings_that_could_not_alone() {
    let column = repair_column(&[
        "Mileti}",
        "[ari}",
        "@ivko",
        "DRA@EN",
        "Ana",
        "name@example.org",
        "Kova~",
    ]);
    let texts: Vec<&str> = column.texts.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(column.faults[0].0, Fault::Yuscii);
    assert_eq!(
        texts,
        [
            "Miletić",
            "Šarić",
            "Živko",
            "DRAŽEN",
            "Ana",
            "name@example.org",
            "Kovač"
        ]
    );

    let column = repair_column(&["Kovaè", "Miletiæ", "Raèa", "Anðus", "Irène", "Deçan"]);
    let texts: Vec<&str> = column.texts.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(
        texts,
        ["Kovač", "Miletić", "Rača", "Anđus", "Irène", "Deçan"]
    );

    // Two machines in one column, and right names of another language between them.
    let column = repair_column(&[
        "Mileti†",
        "Niki†",
        "Deçan",
        "Kovaè",
        "Miletiæ",
        "Raèa",
        "Krasni†i",
        "Pejë",
        "Thaçi",
    ]);
    let texts: Vec<&str> = column.texts.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Miletić",
            "Nikić",
            "Deçan",
            "Kovač",
            "Miletić",
            "Rača",
            "Krasnići",
            "Pejë",
            "Thaçi"
        ]
    );
    assert_eq!(column.faults.len(), 2);

    let column = repair_column(&["Irène", "Kjær", "Mosè", "Genève"]);
    assert_eq!(column.faults, []);
    assert!(column.texts.iter().all(|one| one.what.is_empty()));
}

/// Serbian family names, with a letter that only the region has at the end.
const SERBIAN: &str =
    "[BDGKLMNPRSTVZČŠŽĐ][aeiou][bdgklmnprstvzčšžđ]([aeiou][bdgklmnprstvzčšžđ])?(ov|ev)ić";

proptest! {
    #[test]
    fn a_family_name_comes_back_from_every_code_page(name in SERBIAN) {
        let read = |bytes: &[u8], page: &'static encoding_rs::Encoding| page.decode_without_bom_handling(bytes).0.into_owned();
        prop_assert_eq!(&repair(&read(name.as_bytes(), WINDOWS_1252)).text, &name);
        prop_assert_eq!(&repair(&read(name.as_bytes(), WINDOWS_1250)).text, &name);
        prop_assert_eq!(&repair(&read(&WINDOWS_1250.encode(&name).0, WINDOWS_1252)).text, &name);
        let latin1: String = WINDOWS_1250.encode(&name).0.iter().copied().map(char::from).collect();
        prop_assert_eq!(&repair(&latin1).text, &name);
        let latin2: String = ISO_8859_2.encode(&name).0.iter().copied().map(char::from).collect();
        prop_assert_eq!(&repair(&latin2).text, &name);
        let cyrillic = mandate_names::to_cyrillic(&name);
        prop_assert_eq!(&repair(&read(&WINDOWS_1251.encode(&cyrillic).0, WINDOWS_1252)).text, &cyrillic);
        prop_assert_eq!(&repair(&name).text, &name);
        prop_assert_eq!(&repair(&read(&WINDOWS_1250.encode(&name).0, MACINTOSH)).text, &name);
    }

    #[test]
    fn repairing_twice_is_repairing_once(text in prop_oneof![".{0,20}", "[a-zA-Zèæðš†§ÄĹ‡ˇ{}|~^@À-ÿ\u{80}-\u{9f} ]{0,20}"]) {
        let once = repair(&text);
        prop_assert_eq!(repair(&once.text).text, once.text);
    }

    #[test]
    fn letters_of_the_region_stay(text in "[A-Za-zčćšžđČĆŠŽĐëçËÇа-шА-ШђјљњћџЂЈЉЊЋЏöüıÖÜ '-]{0,30}") {
        prop_assert_eq!(repair(&text).text, text);
    }
}
