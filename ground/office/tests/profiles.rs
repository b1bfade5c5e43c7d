//! What the profiles promise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

use mandate_office::{Profile, ProfileError};

fn kosovo() -> Profile {
    Profile::embedded("kosovo").unwrap()
}

#[test]
fn the_kosovo_profile_has_its_municipalities_goals_and_targets() {
    let profile = kosovo();
    assert_eq!(profile.places.len(), 38);
    let municipalities = profile
        .institutions
        .iter()
        .filter(|i| i.kind == "municipality")
        .count();
    assert_eq!(municipalities, 38);
    assert_eq!(profile.goals.len(), 17);
    assert_eq!(
        profile
            .goals
            .iter()
            .map(|goal| goal.targets.len())
            .sum::<usize>(),
        169
    );
    assert_eq!(profile.instruments.len(), 9);
    assert!(profile.footnote("sq").unwrap().contains("1244"));
}

#[test]
fn places_are_named_in_the_readers_language_and_script() {
    let place = kosovo().places.find("ĐAKOVICA").unwrap().clone();
    assert_eq!(place.key, "gjakove");
    assert_eq!(place.name.in_language("sr-Cyrl"), "Ђаковица");
    assert_eq!(place.name.in_language("en"), "Gjakovë / Đakovica");
    assert_eq!(
        kosovo()
            .places
            .get("mamushe")
            .unwrap()
            .name
            .in_language("tr"),
        "Mamuşa"
    );
}

#[test]
fn words_of_other_databases_find_their_theme_and_mechanism() {
    let profile = kosovo();
    assert_eq!(
        profile
            .themes
            .find("Asylum-seekers - refugees")
            .unwrap()
            .key,
        "asylum"
    );
    assert_eq!(profile.mechanisms.find("upr").unwrap().key, "upr");
    assert_eq!(
        profile
            .mechanisms
            .find("committee against torture")
            .unwrap()
            .key,
        "cat"
    );
    assert!(profile.themes.find("Weather").is_none());
    assert_eq!(
        profile.target_name("16.3", "en"),
        "16.3 Rule of law and access to justice"
    );
}

#[test]
fn another_office_is_another_folder() {
    let profile = Profile::embedded("lakeland").unwrap();
    assert_eq!((profile.languages().len(), profile.places.len()), (2, 5));
    assert!(profile.footnote("en").is_none());
}

#[test]
fn cyrillic_names_agree_with_the_gazetteer() {
    let shared = std::env::var("MANDATE_SHARED_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let Ok(text) = std::fs::read_to_string(format!("{shared}/kosovo/geonames_xk_2012.txt")) else {
        println!("skipped: no gazetteer in {shared}");
        return;
    };
    let mut checked = 0;
    for place in kosovo().places.iter() {
        let (latin, cyrillic) = (
            place.name.in_language("sr-Latn"),
            place.name.in_language("sr-Cyrl"),
        );
        for line in text.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let names: Vec<&str> = fields[3].split(',').chain([fields[1]]).collect();
            let cyrillics: Vec<&&str> = names
                .iter()
                .filter(|n| n.chars().any(|c| ('\u{400}'..'\u{500}').contains(&c)))
                .collect();
            if fields[6] == "P"
                && names.contains(&latin)
                && fields[7].starts_with("PPLA")
                && !cyrillics.is_empty()
            {
                assert!(
                    cyrillics.iter().any(|n| **n == cyrillic),
                    "{latin}: {cyrillic} is none of {cyrillics:?}"
                );
                checked += 1;
            }
        }
    }
    assert!(checked >= 15, "only {checked} places could be checked");
}

#[test]
fn a_broken_profile_is_answered_with_file_and_entry() {
    let folder = tempfile::tempdir().unwrap();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../../profiles/lakeland");
    for file in std::fs::read_dir(source).unwrap().flatten() {
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    assert!(Profile::from_folder(folder.path()).is_ok());
    let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
    write(
        "groups.toml",
        "[[group]]\nkey = \"women\"\nen = \"Women\"\n",
    );
    let error = Profile::from_folder(folder.path()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "groups.toml: \"women\" has no name in \"sq\""
    );
    write("groups.toml", "[[group]\n");
    let error = Profile::from_folder(folder.path()).unwrap_err();
    assert!(
        matches!(&error, ProfileError::Unreadable { file, .. } if file == "groups.toml"),
        "{error}"
    );
    std::fs::remove_file(folder.path().join("groups.toml")).unwrap();
    assert!(matches!(
        Profile::from_folder(folder.path()),
        Err(ProfileError::Missing { .. })
    ));
}
