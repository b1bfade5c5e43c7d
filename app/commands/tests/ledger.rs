//! What `mandate ledger verify EXPORT` says, and to whom it says no.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{collections::BTreeMap, io::Write as _, path::Path};

use clap::Parser;
use mandate_ledger_tree::{
    checkpoint::Checkpoint,
    export::{Export, Line},
    leaf::{Content, Leaf, hour_of},
    merkle::Frontier,
    note::{Says, SignerKey},
};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

fn said(args: &[&str]) -> (bool, String) {
    let told = Cli::parse_from(["x", "ledger"].iter().chain(args));
    let mut out = Vec::new();
    let end = mandate_commands::run(&told.command, &mut out);
    let mut words = String::from_utf8(out).unwrap();
    if let Err(error) = &end {
        words.push_str(&error.to_string());
    }
    (end.is_ok(), words)
}

fn log() -> SignerKey {
    SignerKey::new("office.example.org/ledger", Says::Signed, &[3; 32]).unwrap()
}

/// An invented ledger of so many entries.
fn export(n: u64) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let (mut export, mut frontier) = (Export::new(&mut files), Frontier::new());
    for seq in 1..=n {
        let content = Content {
            seq,
            at: 1_700_000_000_000,
            actor: "program".to_owned(),
            session: None,
            action: "x.done".to_owned(),
            outcome: "done".to_owned(),
            record_kind: None,
            record_id: None,
            details: "{}".to_owned(),
            salt: hex::encode([9; 32]),
        };
        let leaf = Leaf {
            seq,
            hour: hour_of(content.at),
            commitment: content.commitment(&[9; 32]),
        };
        frontier.push(leaf.hash());
        export
            .push(&leaf, &Line::Content(Box::new(content)))
            .unwrap();
    }
    let checkpoint = Checkpoint {
        origin: log().verifier().name().to_owned(),
        size: n,
        root: frontier.root(),
    };
    let keys = [log().verifier().clone()];
    export
        .finish(&keys, &checkpoint.signed(&log()), None)
        .unwrap();
    files
}

fn write(files: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

#[test]
fn a_copy_verifies_as_a_folder_and_as_a_zip_file() {
    let place = tempfile::tempdir().unwrap();
    let (folder, pack) = (place.path().join("e"), place.path().join("e.zip"));
    let files = export(300);
    write(&files, &folder);
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&pack).unwrap());
    for (name, bytes) in &files {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    let key = log().verifier().to_string();
    for copy in [&folder, &pack] {
        let (well, words) = said(&["verify", copy.to_str().unwrap(), "--key", &key]);
        assert!(well, "{words}");
        assert!(words.contains("300 entries, 0 of them erased"), "{words}");
        assert!(
            words.contains("no witness and no earlier checkpoint"),
            "{words}"
        );
        let (well, words) = said(&["verify", copy.to_str().unwrap()]);
        assert!(well && words.contains("compare it with the one") && words.contains(&key));
    }
}

#[test]
fn what_does_not_fit_is_named_by_file_and_entry() {
    let place = tempfile::tempdir().unwrap();
    let mut files = export(300);
    let content = files.get_mut("content/001.p/44").unwrap();
    let at = content.windows(7).position(|w| w == b"program").unwrap();
    content[at] = b'P';
    write(&files, place.path());
    let (well, words) = said(&["verify", place.path().to_str().unwrap()]);
    assert!(!well);
    assert!(
        words.contains("content/001.p/44, entry 257: was changed"),
        "{words}"
    );

    let other = SignerKey::new("office.example.org/ledger", Says::Signed, &[4; 32]).unwrap();
    let key = other.verifier().to_string();
    let (well, words) = said(&["verify", place.path().to_str().unwrap(), "--key", &key]);
    assert!(!well);
    assert!(
        words.contains("checkpoint: is not signed by a key that is trusted"),
        "{words}"
    );
}

#[test]
fn a_checkpoint_that_somebody_kept_shows_that_the_end_was_cut() {
    let place = tempfile::tempdir().unwrap();
    let kept = place.path().join("kept");
    std::fs::write(&kept, &export(20)["checkpoint"]).unwrap();
    let folder = place.path().join("e");
    write(&export(15), &folder);
    let (well, words) = said(&[
        "verify",
        folder.to_str().unwrap(),
        "--seen",
        kept.to_str().unwrap(),
    ]);
    assert!(!well);
    assert!(
        words.contains("had 20 entries when this was signed"),
        "{words}"
    );
}

#[test]
fn what_needs_the_office_says_so() {
    let (well, words) = said(&["key"]);
    assert!(!well && words.contains("needs the office"), "{words}");
}
