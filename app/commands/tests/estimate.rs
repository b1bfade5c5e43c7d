//! `mandate estimate` on small invented files, as a person runs it.
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
    let cli = Cli::try_parse_from(["mandate", "estimate"].iter().chain(args))?;
    let mut out = Vec::new();
    mandate_commands::run(&cli.command, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn words(args: &[&str]) -> String {
    format!("{:#}", run(args).unwrap_err())
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Three invented lists of 1,000 people, each on a list with one half or less, independently.
const PATTERNS: &str =
    "A,B,C,count\n1,0,0,140\n0,1,0,210\n0,0,1,90\n1,1,0,90\n1,0,1,60\n0,1,1,60\n1,1,1,40\n";

fn rows(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn patterns_people_and_a_crosswalk_give_the_same_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (mut people, mut crosswalk) = ("A,B,C\n".to_owned(), "cluster,list,record\n".to_owned());
    let mut person = 0;
    for line in PATTERNS.lines().skip(1) {
        let (marks, count) = line.rsplit_once(',').unwrap();
        for _ in 0..count.parse::<usize>().unwrap() {
            person += 1;
            people += &format!("{marks}\n");
            for (list, _) in ["A", "B", "C"]
                .iter()
                .zip(marks.split(','))
                .filter(|(_, on)| *on == "1")
            {
                crosswalk += &format!("p{person},{list},{person}\n");
            }
        }
    }
    let asked = |name: &str, text: &str| {
        let path = file(folder.path(), name, text);
        rows(&run(&["run", &path, "--format", "json", "--classes", "5"]).unwrap())
    };
    let one = asked("patterns.csv", PATTERNS);
    assert_eq!(one, asked("people.csv", &people));
    assert_eq!(one, asked("crosswalk.csv", &crosswalk));
    let graphs = &one[0];
    assert!(
        graphs["low"].as_f64().unwrap() > 690.0 && graphs["high"].as_f64().unwrap() < 1_600.0,
        "{graphs}"
    );
}

#[test]
fn the_report_is_in_every_language_and_says_what_may_not_be_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "patterns.csv", PATTERNS);
    let html = folder.path().join("report.html");
    let to = html.display().to_string();
    for (language, words) in [
        ("en", "It may not be said"),
        ("sq", "Nuk mund të thuhet"),
        ("sr-Latn", "Ne sme se reći"),
        ("sr-Cyrl", "Не сме се рећи"),
    ] {
        run(&[
            "run",
            &path,
            "--classes",
            "5",
            "--report",
            &to,
            "--language",
            language,
        ])
        .unwrap();
        let text = fs::read_to_string(&html).unwrap();
        assert!(
            text.contains(words)
                && text.contains("<svg")
                && !text.contains('⟦')
                && !text.contains("{$"),
            "{language}"
        );
    }
}

#[test]
fn data_that_cannot_say_give_no_averaged_number() {
    let folder = tempfile::tempdir().unwrap();
    let two = file(
        folder.path(),
        "two.csv",
        "A,B,count\n1,0,140\n0,1,210\n1,1,90\n",
    );
    let said = rows(&run(&["run", &two, "--format", "json"]).unwrap());
    assert!(
        said.iter()
            .all(|row| row["method"] == "Chapman" || row["method"] == "Chao's lower bound"),
        "{said:?}"
    );
    let none = file(
        folder.path(),
        "none.csv",
        "A,B,C,count\n1,0,0,140\n0,1,0,210\n0,0,1,90\n",
    );
    let said = rows(&run(&["run", &none, "--format", "json"]).unwrap());
    assert!(said.iter().all(|row| row["method"] != "graphs"), "{said:?}");
}

#[test]
fn parts_are_estimated_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let both: String = PATTERNS
        .lines()
        .skip(1)
        .flat_map(|line| [format!("north,{line}\n"), format!("south,{line}\n")])
        .collect();
    let path = file(
        folder.path(),
        "parts.csv",
        &format!("place,A,B,C,count\n{both}"),
    );
    let said = rows(
        &run(&[
            "run",
            &path,
            "--by",
            "place",
            "--format",
            "json",
            "--classes",
            "5",
        ])
        .unwrap(),
    );
    let of = |stratum: &str| {
        said.iter().find(|row| row["stratum"] == stratum).unwrap()["median"]
            .as_f64()
            .unwrap()
    };
    assert_eq!(of("north"), of("south"));
    assert!(of("") > 1.6 * of("north"));
}

#[test]
fn bad_files_are_answered_with_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    for (text, expected) in [
        (
            "A,B,C,persons\n1,0,0,140\n0,1,0,210\n0,0,1,90\n1,1,0,9\n",
            "--count \"persons\"",
        ),
        (
            "A,B,C,count\n1,0,0,140\n0,1,0,many\n",
            "line 3, column \"count\": \"many\"",
        ),
        (
            "A,B,C,count\n1,0,0,140\n0,0,0,7\n0,1,0,2\n0,0,1,2\n",
            "line 3: 7 people on no list",
        ),
        ("name,count\nAgim,1\n", "name at least two with --lists"),
        ("cluster,list\n1,A\n,B\n", "line 3: a record needs"),
    ] {
        let path = file(folder.path(), "bad.csv", text);
        let said = words(&["run", &path]);
        assert!(said.contains(expected), "{said}");
    }
    let path = file(
        folder.path(),
        "marks.csv",
        "A,B,count\n1,0,3\nperhaps,1,2\n",
    );
    let said = words(&["run", &path, "--lists", "A,B"]);
    assert!(
        said.contains("line 3, column \"A\": \"perhaps\" is no mark"),
        "{said}"
    );
}
