//! The commands that work on files alone, run as a person runs them.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn mandate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mandate"))
        .args(arguments)
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../engines/extraction/tests/kinds")
        .join(name);
    path.display().to_string()
}

fn table(folder: &Path) -> String {
    let mut text = "Text,Issue,To,Session\n".to_owned();
    for n in 0..30 {
        text.push_str(&format!(
            "Train judges of the courts,Justice,Lakeland,{n}\n"
        ));
        text.push_str(&format!(
            "Build schools for all pupils,\"Education,Children\",Hillland,{n}\n"
        ));
        text.push_str(&format!(
            "=Ratify the Convention against Torture,Treaties,Lakeland,{n}\n"
        ));
    }
    let path = folder.join("table.csv");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn a_report_is_read_and_a_file_that_is_not_there_is_named() {
    let read = mandate(&["extract", "--format", "json", &fixture("treaty-body.txt")]);
    let all: serde_json::Value = serde_json::from_str(&out(&read)).unwrap();
    let kinds: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["kind"].as_str().unwrap())
        .collect();
    for kind in ["recommendation", "concern", "progress"] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    let half = mandate(&["extract", &fixture("grevio.html"), "nowhere.pdf"]);
    assert!(!half.status.success());
    assert!(String::from_utf8_lossy(&half.stderr).contains("nowhere.pdf"));
    assert!(
        String::from_utf8_lossy(&half.stdout).lines().count() > 5,
        "the other file is read all the same"
    );
}

#[test]
fn why_a_report_cannot_be_read_is_said_in_the_language_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.pdf").display().to_string();
    std::fs::write(&broken, "%PDF-1.7\nnothing of a document").unwrap();
    for (language, word) in [("en", "damaged"), ("sq", "dëmtuar"), ("sr-Cyrl", "оштећен")] {
        let said = mandate(&["extract", "--language", language, &broken]);
        assert!(!said.status.success());
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.contains(word) && said.contains("broken.pdf"), "{said}");
    }
}

#[test]
fn themes_are_learned_suggested_and_evaluated_from_tables() {
    let folder = tempfile::tempdir().unwrap();
    let (table, model) = (
        table(folder.path()),
        folder.path().join("m.model").display().to_string(),
    );
    out(&mandate(&["themes", "train", &table, "--output", &model]));
    let first = std::fs::read(&model).unwrap();
    out(&mandate(&["themes", "train", &table, "--output", &model]));
    assert_eq!(
        first,
        std::fs::read(&model).unwrap(),
        "same files, same seed, same bytes"
    );
    let suggested = out(&mandate(&[
        "themes", "suggest", &table, "--model", &model, "--format", "json",
    ]));
    let all: serde_json::Value = serde_json::from_str(&suggested).unwrap();
    assert_eq!(all[0]["labels"][0], "Justice");
    let measured = out(&mandate(&["themes", "evaluate", &table, "--model", &model]));
    assert!(
        measured
            .lines()
            .any(|line| line.starts_with("\"(all, micro)\"") || line.starts_with("(all, micro)")),
        "{measured}"
    );
}

#[test]
fn what_is_asked_again_is_grouped_and_no_cell_is_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let found = out(&mandate(&["repetitions", &table(folder.path())]));
    assert_eq!(found.lines().count(), 1 + 90);
    assert!(
        found.lines().all(|line| !line.contains(",=")),
        "a cell that begins like a formula is neutralised"
    );
}

#[test]
fn what_is_wrong_is_said_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let table = table(folder.path());
    let said = |arguments: &[&str]| {
        let output = mandate(arguments);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let wrong = said(&["themes", "train", &table, "--text", "Txet", "--output", "x"]);
    assert!(
        wrong.contains("Txet") && wrong.contains("Text, Issue"),
        "{wrong}"
    );
    assert!(said(&["themes", "suggest", &table, "--model", &table]).contains("no model"));
    assert!(said(&["repetitions", &table, "--close", "7"]).contains("from 0.05 to 1"));
}
