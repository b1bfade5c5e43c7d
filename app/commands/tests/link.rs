//! `mandate link` on small invented lists, as a person runs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

fn run(args: &[&str]) -> anyhow::Result<String> {
    let all = ["mandate", "link"].iter().chain(args);
    let cli = Cli::try_parse_from(all)?;
    let mut out = Vec::new();
    mandate_commands::run(&cli.command, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn words(args: &[&str]) -> String {
    format!("{:#}", run(args).unwrap_err())
}

fn lists(folder: &Path) -> (PathBuf, [String; 3]) {
    let from = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/link/");
    for name in ["families.csv", "register.csv"] {
        fs::copy(format!("{from}{name}"), folder.join(name)).unwrap();
    }
    let path = |name: &str| folder.join(name).display().to_string();
    (
        folder.to_owned(),
        [
            path("families.csv"),
            path("register.csv"),
            path("link.toml"),
        ],
    )
}

fn planned(folder: &Path) -> (PathBuf, String) {
    let (folder, [one, other, settings]) = lists(folder);
    let said = run(&[
        "plan",
        &one,
        &other,
        "--unique",
        &one,
        "--unique",
        &other,
        "--settings",
        &settings,
    ])
    .unwrap();
    assert!(
        said.contains("2 lists, 220 records, 5 fields") || said.contains("4 fields"),
        "{said}"
    );
    (folder, settings)
}

#[test]
fn two_lists_in_two_spellings_are_planned_linked_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    let (folder, settings) = planned(folder.path());
    let toml = fs::read_to_string(&settings).unwrap();
    for line in [
        "\"given\" = \"emri\"",
        "\"given\" = \"Ime\"",
        "swaps-with = \"family\"",
        "kind = \"date\"",
    ] {
        assert!(toml.contains(line), "{line} in {toml}");
    }
    run(&["run", &settings]).unwrap();
    let links = fs::read_to_string(folder.join("linked/links.csv")).unwrap();
    let (mut right, mut wrong) = (0, 0);
    for line in links.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[6].parse::<f64>().unwrap() >= 0.5 {
            if cells[1][1..] == cells[4][1..] {
                right += 1
            } else {
                wrong += 1
            }
        }
    }
    assert!(
        right >= 57 && wrong <= 3,
        "{right} right of 60, {wrong} wrong"
    );
    let crosswalk = fs::read_to_string(folder.join("linked/clusters.csv")).unwrap();
    assert_eq!(
        crosswalk.lines().count(),
        221,
        "every record is in the crosswalk once"
    );
    let one = links
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let pair = format!("families:{},register:{}", one[1], one[4]);
    for (language, words) in [
        ("en", "The same person on several lists"),
        ("sq", "I njëjti person"),
        ("sr-Latn", "Ista osoba"),
        ("sr-Cyrl", "Иста особа"),
    ] {
        run(&["report", &settings, "--language", language, "--pair", &pair]).unwrap();
        let html = fs::read_to_string(folder.join("linked/report.html")).unwrap();
        assert!(
            html.contains(words) && html.contains("<svg") && html.contains(&one[1]),
            "{language}"
        );
        assert!(!html.contains('⟦') && !html.contains("{$"), "{language}");
    }
}

#[test]
fn the_same_settings_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (folder, settings) = planned(folder.path());
    let all = || {
        run(&["run", &settings]).unwrap();
        ["links.csv", "clusters.csv", "model.json", "report.html"]
            .map(|name| fs::read(folder.join("linked").join(name)).unwrap())
    };
    assert_eq!(all(), all());
}

#[test]
fn what_people_answer_is_counted_compared_and_goes_before_the_links() {
    let folder = tempfile::tempdir().unwrap();
    let (folder, settings) = planned(folder.path());
    run(&["review", &settings, "--reviewer", "ana", "--pairs", "60"]).unwrap();
    run(&["review", &settings, "--reviewer", "ben", "--pairs", "60"]).unwrap();
    let (ana, ben) = (
        folder.join("linked/review-ana.csv"),
        folder.join("linked/review-ben.csv"),
    );
    let text = fs::read_to_string(&ana).unwrap();
    let mut disputed = String::new();
    let mut answered = |other: bool| -> String {
        let mut first = true;
        let lines = text.lines().enumerate().map(|(n, line)| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if n > 0 {
                let number = |cell: &str| cell.rsplit(':').next().unwrap()[1..].to_owned();
                let mut same = number(&cells[0]) == number(&cells[1]);
                if other && same && first {
                    (same, first) = (false, false);
                    disputed = cells[1].clone();
                }
                cells[2] = if same { "same" } else { "different" }.to_owned();
            }
            cells.join(",")
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    fs::write(&ana, answered(false)).unwrap();
    fs::write(&ben, answered(true)).unwrap();
    let said = run(&["review", &settings, "--reviewer", "ana"]).unwrap();
    assert!(
        said.contains("ana and ben") && said.contains("kappa 0."),
        "{said}"
    );
    assert!(
        said.contains("disputed") && said.contains(&disputed),
        "{said}"
    );
    assert!(said.contains(": ana same, ben different"), "{said}");
    assert!(said.contains("probability,links,precision"), "{said}");
    run(&["run", &settings]).unwrap();
    let html = fs::read_to_string(folder.join("linked/report.html")).unwrap();
    assert!(html.contains("Pairs on which reviewers disagree") && html.contains("<polygon"));
    let thresholds = fs::read_to_string(folder.join("linked/thresholds.csv")).unwrap();
    let recalls: Vec<f64> = thresholds
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(6).unwrap().parse().unwrap())
        .collect();
    assert!(
        recalls.len() > 15 && recalls.windows(2).all(|w| w[0] <= w[1]),
        "{thresholds}"
    );
    fs::write(&ben, text.replacen(",,", ",perhaps,", 1)).unwrap();
    let said = words(&["review", &settings, "--reviewer", "ana"]);
    assert!(
        said.contains("review-ben.csv, line 2") && said.contains("same, different or unsure"),
        "{said}"
    );
}

#[test]
fn bad_lists_and_settings_are_answered_with_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let (folder, settings) = planned(folder.path());
    let said = words(&[
        "plan",
        &folder.join("families.csv").display().to_string(),
        "--settings",
        &settings,
    ]);
    assert!(said.contains("--force"), "{said}");
    let list = folder.join("families.csv");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.replacen("F003", "F002", 1)).unwrap();
    let said = words(&["run", &settings]);
    assert!(
        said.contains("families.csv, line 4, column \"nr\": F002 is already in line 3"),
        "{said}"
    );
    fs::write(&list, format!("{text}one,two\n")).unwrap();
    let said = words(&["run", &settings]);
    assert!(
        said.contains("families.csv, line 122: 2 cells where the header has 5"),
        "{said}"
    );
    fs::write(&list, text.replacen("mbiemri", "emër", 1)).unwrap();
    let said = words(&["run", &settings]);
    assert!(said.contains("no column \"mbiemri\""), "{said}");
    fs::write(&list, &text).unwrap();
    let toml = fs::read_to_string(&settings).unwrap();
    for (from, to, expected) in [
        ("least = 0.01", "least = 7", "between 0 and 1"),
        (
            "swaps-with = \"family\"",
            "swaps-with = \"nobody\"",
            "no field \"nobody\"",
        ),
        ("[[rule]]", "[[rules]]", "unknown field"),
    ] {
        fs::write(&settings, toml.replacen(from, to, 1)).unwrap();
        let said = words(&["run", &settings]);
        assert!(said.contains(expected), "{said}");
    }
    assert!(!folder.join("linked").exists(), "nothing is half written");
}

/// Files of random bytes, cut files and shuffled cells are answered and never make it panic. `MANDATE_BAD_FILES` says how many.
#[test]
fn random_bad_files_get_an_answer() {
    let many = std::env::var("MANDATE_BAD_FILES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(40_u64);
    let folder = tempfile::tempdir().unwrap();
    let (folder, [one, other, settings]) = lists(folder.path());
    let good = fs::read(&one).unwrap();
    let mut place = 0_u64;
    let mut die = |sides: usize| {
        place += 1;
        let mut x = place.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((x ^ (x >> 27)) % sides as u64) as usize
    };
    let (mut refused, mut done) = (0, 0);
    for _ in 0..many {
        let mut bytes = good.clone();
        match die(4) {
            0 => bytes.truncate(die(good.len())),
            1 => (0..1 + die(60)).for_each(|_| {
                let at = die(bytes.len());
                bytes[at] = die(256) as u8;
            }),
            2 => bytes = (0..die(400)).map(|_| die(256) as u8).collect(),
            _ => {
                let at = die(bytes.len());
                bytes.splice(
                    at..at,
                    [b'"', b',', b'\n', 0xFF][..1 + die(4)].iter().copied(),
                );
            }
        }
        fs::write(&one, &bytes).unwrap();
        match run(&["plan", &one, &other, "--settings", &settings, "--force"])
            .and_then(|_| run(&["run", &settings]))
        {
            Ok(_) => done += 1,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert_eq!(refused + done, many);
    assert!(refused > many / 10, "{refused} of {many}");
    println!("{refused} refused, {done} linked");
    drop(folder);
}
