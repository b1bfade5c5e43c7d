//! What both verifiers promise: a true export passes, and no tampering does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod attack;

use attack::{Dice, FULL, Second, World};
use mandate_ledger_tree::{
    Trust,
    finding::{Finding, Wrong},
    verify,
};

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
fn each_note_of_an_export_has_the_signatures_of_its_place_and_no_others() {
    let mut second = Second::start().map_err(|why| println!("{why}")).ok();
    // The first that has a cosigned note beside the newest, and the first whose newest is cosigned.
    let two: Vec<World> = (0..).map(|seed| World::new(2, seed)).take(20).collect();
    let beside = two
        .iter()
        .find(|world| world.files.contains_key("cosigned"))
        .unwrap();
    let newest = two
        .iter()
        .find(|world| !world.files.contains_key("cosigned"))
        .unwrap();
    let text = |world: &World, name: &str| String::from_utf8(world.files[name].clone()).unwrap();
    let own = |note: &str| {
        let (text, lines) = note.split_once("\n\n").unwrap();
        format!("{text}\n\n{}\n", lines.lines().next().unwrap())
    };
    let cosigned = text(newest, "checkpoint");
    let last = |note: &str| format!("{}\n", note.lines().last().unwrap());
    let cases = [
        // Both notes are true and of the same tree; only their names are exchanged.
        (
            "the cosigned is the plain one",
            newest,
            vec![("cosigned", own(&cosigned))],
        ),
        (
            "the newest once more, cosigned",
            newest,
            vec![
                ("checkpoint", own(&cosigned)),
                ("cosigned", cosigned.clone()),
            ],
        ),
        (
            "both cosigned",
            newest,
            vec![("cosigned", cosigned.clone())],
        ),
        (
            "cosigned by nobody",
            beside,
            vec![("cosigned", own(&text(beside, "cosigned")))],
        ),
        ("own twice", beside, {
            let note = text(beside, "checkpoint");
            vec![("checkpoint", note.clone() + &last(&note))]
        }),
        ("a witness twice", beside, {
            let note = text(beside, "cosigned");
            vec![("cosigned", note.clone() + &last(&note))]
        }),
        ("the witness first", beside, {
            let note = text(beside, "cosigned");
            let (text, lines) = note.split_once("\n\n").unwrap();
            let lines: Vec<&str> = lines.split_inclusive('\n').rev().collect();
            vec![("cosigned", format!("{text}\n\n{}", lines.concat()))]
        }),
    ];
    for (case, world, notes) in cases {
        let mut files = world.files.clone();
        files.extend(
            notes
                .into_iter()
                .map(|(name, note)| (name.to_owned(), note.into_bytes())),
        );
        // With and without a witness that is asked for.
        for trust in [world.trust.clone(), Trust::default()] {
            let found = verify(&mut files, &trust).findings;
            let named = |finding: &Finding| matches!(finding.what, Wrong::Signatures(_));
            assert!(found.iter().any(named), "{case}: {found:?}");
        }
        if let Some(second) = &mut second {
            assert_eq!(second.begin(world), "");
            let found = second.finds(&files);
            assert!(found.contains("signature"), "{case}: {found:?}");
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
