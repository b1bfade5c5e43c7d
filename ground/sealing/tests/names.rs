//! The browser makes the same keys of names: `tests/sealing/names.tsv` is what both are compared with.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{fmt::Write as _, fs};

use mandate_names::{Key, Strength};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/sealing/names.tsv");

/// Invented spellings, and strings out of the letters that the rules are about.
fn texts() -> Vec<String> {
    let mut all: Vec<String> = [
        "Đorđe Petrović",
        "Ђорђе Петровић",
        "Djordje Petrovic",
        "D\u{301}or\u{111}e",
        "Xhevdet Hoxha",
        "Џевдет Хоџа",
        "Dževdet Hodža",
        "Gjakovë",
        "Ђакова",
        "Qerim Krasniqi",
        "Ćerim Krasnići",
        "Shaban Shala",
        "Šaban Šalja",
        "Zhivko",
        "Živko",
        "Marija",
        "Maria",
        "Fazlija",
        "Fazliu",
        "injekcija",
        "ињекција",
        "Ahmed Yılmaz",
        "Yusuf",
        "Ayşe",
        "O'Brien",
        "d\u{2019}Arc",
        "Müller",
        "Straße",
        "Łukasz",
        "Björn Ångström",
        "Σωκράτης",
        "محمد",
        "张伟",
        "ǅamonja",
        "ǉubica",
        "Ma\u{ad}rija",
        "İsmail",
        "i\u{307}",
        "  two   spaces ",
        "",
        "-",
        "Ana-Marija",
        "N. N. 1999",
        "Chech Tchaik Tschosch",
        "Schmidt",
        "Phillip",
        "Wagner",
        "Knight",
        "Ghani",
        "Thaçi",
        "Dhurata",
        "Llazar Rrahmani",
        "Njegoš",
        "Његош",
        "Ljiljana",
        "Љиљана",
        "Hadžiavdić",
        "Ciciban",
        "szch",
        "ǆǅǄ",
        "ﬁne",
        "Ⅳ",
        "①",
        "e\u{301}a",
        "ё",
    ]
    .map(str::to_owned)
    .to_vec();
    let letters: Vec<char> = "aeiouyjhdgtszclnrxqčćšžđçëшђљњџиjц' ".chars().collect();
    let mut state = 7_u64;
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..9 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push(letters[(state >> 33) as usize % letters.len()]);
        }
        all.push(text);
    }
    all
}

#[test]
fn the_browser_is_compared_with_these_keys() {
    let mut table = String::from("name\tkey\n");
    for text in texts() {
        let key = Key::of(&text, Strength::Bare);
        let key = String::from_utf8_lossy(key.as_bytes()).into_owned();
        writeln!(
            table,
            "{}\t{}",
            serde_json::Value::from(text),
            serde_json::Value::from(key)
        )
        .unwrap();
    }
    if std::env::var_os("WRITE_NAMES").is_some() {
        fs::write(PATH, &table).unwrap();
    }
    assert_eq!(
        fs::read_to_string(PATH).unwrap(),
        table,
        "WRITE_NAMES=1 writes it anew"
    );
}
