//! `mandate disclose` on small invented files, as a person runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{fs, path::Path};

use clap::Parser;
use serde_json::Value;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

fn run(args: &[&str]) -> anyhow::Result<String> {
    let cli = Cli::try_parse_from(["mandate", "disclose"].iter().chain(args))?;
    let mut out = Vec::new();
    let done = mandate_commands::run(&cli.command, &mut out);
    let text = String::from_utf8(out).unwrap();
    // What an audit found is wanted together with its verdict.
    done.map(|()| text.clone()).map_err(|e| e.context(text))
}

fn words(args: &[&str]) -> String {
    format!("{:#}", run(args).unwrap_err())
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Invented applicants.
const TABLE: &str = "region,sex,count\nnorth,women,31\nnorth,men,2\nsouth,women,44\nsouth,men,9\n";

fn entries(register: &Path) -> usize {
    let all = fs::read_dir(register).map(|all| all.count());
    all.unwrap_or(0)
}

#[test]
fn a_table_is_protected_in_every_language_and_stands_in_the_register() {
    let folder = tempfile::tempdir().unwrap();
    let table = file(folder.path(), "table.csv", TABLE);
    for (language, few, none) in [
        ("en", "fewer than 5", "withheld"),
        ("sq", "më pak se 5", "nuk jepet"),
        ("sr-Latn", "manje od 5", "ne objavljuje se"),
        ("sr-Cyrl", "мање од 5", "не објављује се"),
    ] {
        let register = folder.path().join(language);
        let to = register.display().to_string();
        let said = run(&["protect", &table, "--register", &to, "--language", language]).unwrap();
        assert!(said.contains(&format!("north,men,{few}\n")), "{said}");
        assert!(said.contains(&format!("south,women,{none}\n")), "{said}");
        assert!(
            said.contains("south,") && said.contains(",53\n") && !said.contains('⟦'),
            "{said}"
        );
        assert_eq!(entries(&register), 1);
        let kept = fs::read_to_string(register.join("000001.json")).unwrap();
        assert!(
            kept.contains("fewer_than") && !kept.contains("31") && !kept.contains("44"),
            "{kept}"
        );
    }
}

#[test]
fn a_later_release_does_not_give_the_new_people_away() {
    let folder = tempfile::tempdir().unwrap();
    let register = folder.path().join("register").display().to_string();
    let first = file(
        folder.path(),
        "2024.csv",
        "region,count\nnorth,33\nsouth,53\n",
    );
    let second = file(
        folder.path(),
        "2025.csv",
        "region,count\nnorth,35\nsouth,70\n",
    );
    run(&[
        "protect",
        &first,
        "--register",
        &register,
        "--population",
        "applicants",
    ])
    .unwrap();
    let asked = [
        "protect",
        &second,
        "--register",
        &register,
        "--population",
        "applicants",
    ];
    let tried = run(&[&asked[..], &["--try"]].concat()).unwrap();
    assert_eq!(entries(Path::new(&register)), 1);
    let said = run(&asked).unwrap();
    assert_eq!(tried, said);
    assert!(said.contains("north,withheld"), "{said}");
    assert_eq!(entries(Path::new(&register)), 2);
    let audited = run(&["audit", "--register", &register, "--format", "json"]).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&audited).unwrap();
    assert!(
        !rows.is_empty() && rows.iter().all(|row| row["holds"] == true),
        "{audited}"
    );
}

#[test]
fn records_of_people_make_several_tables_of_one_release() {
    let folder = tempfile::tempdir().unwrap();
    let mut records = "region,sex,year\n".to_owned();
    for at in 0..200 {
        let region = ["north", "south", "east"][at * at % 3];
        let sex = if at % 17 == 0 { "men" } else { "women" };
        records += &format!("{region},{sex},{}\n", 2020 + at % 4);
    }
    let people = file(folder.path(), "people.csv", &records);
    let register = folder.path().join("register").display().to_string();
    let said = run(&[
        "protect",
        &people,
        "--register",
        &register,
        "--by",
        "region,sex",
        "--by",
        "region,year",
        "--format",
        "json",
    ])
    .unwrap();
    let rows: Vec<Value> = serde_json::from_str(&said).unwrap();
    let all = rows
        .iter()
        .find(|r| r["table"] == 2 && r["by"]["region"] == "total" && r["by"]["year"] == "total");
    assert_eq!(all.unwrap()["cell"], serde_json::json!({"shown": 200}));
    assert!(
        rows.iter()
            .any(|r| r["words"] == "fewer than 5" || r["words"] == "withheld")
    );
}

#[test]
fn rounded_tables_keep_their_sums() {
    let folder = tempfile::tempdir().unwrap();
    let table = file(folder.path(), "table.csv", TABLE);
    let register = folder.path().join("register").display().to_string();
    let said = run(&["protect", &table, "--register", &register, "--round", "5"]).unwrap();
    let number = |row: &str| -> u64 {
        let line = said.lines().find(|l| l.starts_with(row)).unwrap();
        line.rsplit(',').next().unwrap().parse().unwrap()
    };
    assert_eq!(
        number("north,women") + number("north,men"),
        number("north,total")
    );
    assert_eq!(
        number("north,total") + number("south,total"),
        number("total,total")
    );
}

#[test]
fn codes_within_others_get_their_sums() {
    let folder = tempfile::tempdir().unwrap();
    let table = file(
        folder.path(),
        "t.csv",
        "place,count\nPeja,12\nDeçan,3\nMitrovica,40\n",
    );
    let within = file(
        folder.path(),
        "w.csv",
        "code,within\nPeja,west\nDeçan,west\nMitrovica,\n",
    );
    let register = folder.path().join("register").display().to_string();
    let said = run(&[
        "protect",
        &table,
        "--register",
        &register,
        "--within",
        &format!("place={within}"),
    ])
    .unwrap();
    assert!(
        said.contains("Deçan,fewer than 5") && said.contains("Peja,withheld"),
        "{said}"
    );
    assert!(said.contains("west,15"), "{said}");
}

#[test]
fn an_audit_finds_what_a_careless_table_gives_away() {
    let folder = tempfile::tempdir().unwrap();
    let table = file(
        folder.path(),
        "careless.csv",
        "region,sex,count\nnorth,women,31\nnorth,men,fewer than 5\nnorth,total,33\nsouth,women,44\nsouth,men,9\n\
         south,total,53\ntotal,women,75\ntotal,men,11\ntotal,total,86\n",
    );
    let said = words(&["audit", &table]);
    assert!(said.contains("does not protect"), "{said}");
    assert!(said.contains("fewer than 5,2,2,no"), "{said}");
}

#[test]
fn what_cannot_be_used_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let register = folder.path().join("register");
    let to = register.display().to_string();
    for (text, expected) in [
        (
            "region,count\nnorth,many\n",
            "line 2, column \"count\": \"many\" is no count",
        ),
        (
            "region,count\nnorth,5\nnorth,6\n",
            "line 3: the same cell stands in line 2",
        ),
        (
            "region,count\nnorth,5\n,6\n",
            "line 3, column \"region\": the cell is empty",
        ),
        (
            "region,count\nnorth,5\nsouth,6\ntotal,12\n",
            "line 4, column \"count\": the total is 12",
        ),
        (
            "region,persons\nnorth,5\nsouth,6\neast,9\n",
            "--count \"persons\"",
        ),
        ("region,count\nnorth,-5\n", "line 2, column \"count\""),
    ] {
        let path = file(folder.path(), "bad.csv", text);
        let said = words(&["protect", &path, "--register", &to]);
        assert!(
            said.contains(expected) && said.contains("bad.csv"),
            "{said}"
        );
        assert_eq!(entries(&register), 0, "{said}");
    }
    let table = file(folder.path(), "table.csv", TABLE);
    let said = words(&["protect", &table, "--register", &to, "--threshold", "1"]);
    assert!(said.contains("the threshold is 1"), "{said}");
    run(&["protect", &table, "--register", &to, "--release", "one"]).unwrap();
    let said = words(&["protect", &table, "--register", &to, "--release", "one"]);
    assert!(said.contains("already has a release \"one\""), "{said}");
    assert_eq!(entries(&register), 1);
    fs::rename(register.join("000001.json"), register.join("000002.json")).unwrap();
    let said = words(&["protect", &table, "--register", &to]);
    assert!(said.contains("expected 000001.json"), "{said}");
    fs::write(register.join("lock"), "").unwrap();
    let said = words(&["protect", &table, "--register", &to]);
    assert!(said.contains("somebody else is writing"), "{said}");
}
