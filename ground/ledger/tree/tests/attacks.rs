//! What both verifiers promise: a true export passes, and no tampering does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod attack;

use attack::{Dice, FULL, Second, World};
use mandate_ledger_tree::{Trust, finding::Wrong, verify};

#[test]
fn true_exports_of_every_kind_of_size_pass_both_verifiers() {
    let mut second = Second::start().map_err(|why| println!("{why}")).ok();
    for size in [1, 2, 19, 20, FULL - 1, FULL, FULL + 1, 2 * FULL, 700] {
        let world = World::new(size, size);
        let found = verify(&mut world.files.clone(), &world.trust);
        assert_eq!(found.findings, [], "{size}");
        assert_eq!((found.size, found.erased), (size, size / 20 * 2));
        assert_eq!(found.cosigned.len(), 1);
        if let Some(second) = &mut second {
            assert_eq!(second.begin(&world), "", "{size}");
        }
    }
}

#[test]
fn tampering_of_every_kind_is_found_by_both_verifiers() {
    let mut second = Second::start().map_err(|why| println!("{why}")).ok();
    let mut dice = Dice(7);
    for size in [3, 61, FULL, FULL + 44] {
        let world = World::new(size, size);
        if let Some(second) = &mut second {
            assert_eq!(second.begin(&world), "");
        }
        for _ in 0..50 {
            let (attack, mut files) = world.attacked(&mut dice);
            let found = verify(&mut files, &world.trust);
            assert!(!found.findings.is_empty(), "{attack}, {size} entries");
            if let Some(second) = &mut second {
                assert_ne!(
                    second.finds(&files),
                    "",
                    "{attack}, {size} entries: {:?}",
                    found.findings
                );
            }
        }
    }
}

#[test]
fn a_finding_names_the_file_and_the_entry() {
    let world = World::new(300, 1);
    let mut files = world.files.clone();
    let text = String::from_utf8(files["content/001.p/44"].clone()).unwrap();
    let altered = text.replacen("person-", "persons", 1);
    files.insert("content/001.p/44".to_owned(), altered.into_bytes());
    let found = verify(&mut files, &world.trust).findings;
    let [only] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (only.file.as_str(), &only.what),
        ("content/001.p/44", &Wrong::Content)
    );
    assert!(only.entry.is_some());
    assert!(only.to_string().contains("was changed"));
}

#[test]
fn an_export_checked_by_its_own_key_says_which_key_that_was() {
    let world = World::new(5, 1);
    let found = verify(&mut world.files.clone(), &Default::default());
    assert_eq!(found.findings, []);
    assert_eq!(found.keys, [world.trust.keys[0].to_string()]);
}

#[test]
fn an_export_of_hashes_alone_passes_only_where_none_was_expected_to_hold_more() {
    let world = World::new(300, 1);
    let mut files = world.files.clone();
    files.retain(|name, _| !name.starts_with("content/"));
    let trust = Trust {
        hashes_alone: true,
        ..world.trust.clone()
    };
    let found = verify(&mut files, &trust);
    assert_eq!((found.findings, found.with_content), (vec![], false));
    assert!(!verify(&mut files, &world.trust).findings.is_empty());
}

#[test]
fn the_second_verifier_runs_as_a_person_runs_it() {
    let Some(python) = attack::python() else {
        println!("no python3 with the library `cryptography`: make test-tools installs it");
        return;
    };
    let place = tempfile::tempdir().unwrap();
    let (copy, seen) = (place.path().join("copy"), place.path().join("seen"));
    let world = World::new(300, 5);
    for (name, bytes) in &world.files {
        let path = copy.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::write(&seen, &world.trust.seen[0].1).unwrap();
    let run = || {
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../tests/ledger/verify.py"
        );
        let out = std::process::Command::new(&python)
            .arg(script)
            .arg(&copy)
            .args(["--key", &world.trust.keys[0].to_string()])
            .args(["--witness", &world.trust.witnesses[0].to_string()])
            .arg("--seen")
            .arg(&seen)
            .output()
            .unwrap();
        (
            out.status.success(),
            String::from_utf8(out.stdout).unwrap(),
            String::from_utf8(out.stderr).unwrap(),
        )
    };
    let (well, words, errors) = run();
    assert!(well && words.contains("\"size\": 300"), "{words}{errors}");
    let content = copy.join("content/000");
    let text = std::fs::read_to_string(&content).unwrap();
    std::fs::write(&content, text.replacen("person-", "Person-", 1)).unwrap();
    let (well, words, errors) = run();
    assert!(
        !well && words.contains("content of entry 1: not what was committed to"),
        "{words}{errors}"
    );
}
