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
        rows(
            &run(&[
                "run",
                &path,
                "--format",
                "json",
                "--classes",
                "2",
                "--effective-draws",
                "200",
            ])
            .unwrap(),
        )
    };
    let one = asked("patterns.csv", PATTERNS);
    assert_eq!(one, asked("people.csv", &people));
    assert_eq!(one, asked("crosswalk.csv", &crosswalk));
    let graphs = one.iter().find(|row| row["method"] == "graphs").unwrap();
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
            "2",
            "--effective-draws",
            "200",
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
    assert!(said[0]["role"] == "refused" && said.len() == 3, "{said:?}");
    assert!(
        said[1..]
            .iter()
            .all(|row| row["method"] == "Chapman" || row["method"] == "Chao's lower bound"),
        "{said:?}"
    );
    let none = file(
        folder.path(),
        "none.csv",
        "A,B,C,count\n1,0,0,140\n0,1,0,210\n0,0,1,90\n",
    );
    let said = rows(&run(&["run", &none, "--format", "json"]).unwrap());
    // Also what can be had by hand would only mislead.
    assert!(said.iter().all(|row| row["median"].is_null()), "{said:?}");
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
            "2",
            "--effective-draws",
            "400",
        ])
        .unwrap(),
    );
    let of = |stratum: &str| {
        let found = |row: &&Value| row["stratum"] == stratum && row["role"] == "answer";
        said.iter().find(found).unwrap()["median"].as_f64().unwrap()
    };
    assert_eq!(of("north"), of("south"));
    assert!(of("") > 1.6 * of("north"));
    // The sum holds the uncertainty of both: wider than one part, narrower than both added up.
    let sums: Vec<&Value> = said
        .iter()
        .filter(|row| row["stratum"] == "sum of parts")
        .collect();
    assert_eq!(sums.len(), 3, "{sums:?}");
    let width = |row: &Value| row["high"].as_f64().unwrap() - row["low"].as_f64().unwrap();
    let part = said
        .iter()
        .find(|row| row["stratum"] == "north" && row["method"] == "graphs")
        .unwrap();
    assert!(width(sums[0]) > 1.2 * width(part) && width(sums[0]) < 1.8 * width(part));
}

#[test]
fn a_part_that_is_too_thin_has_no_number_and_is_in_the_sum_as_listed_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "place,A,B,C,count\n".to_owned();
    for line in PATTERNS.lines().skip(1) {
        text += &format!("north,{line}\nsouth,{line}\n");
    }
    text += "east,1,0,0,5\neast,0,1,0,4\neast,0,0,1,3\neast,1,1,1,1\n";
    let path = file(folder.path(), "parts.csv", &text);
    let args = ["run", &path, "--by", "place", "--format", "json"];
    let quick = ["--classes", "2", "--effective-draws", "100"];
    let said = rows(&run(&[&args[..], &quick].concat()).unwrap());
    let east: Vec<&Value> = said.iter().filter(|row| row["stratum"] == "east").collect();
    assert!(east[0]["role"] == "too thin", "{east:?}");
    assert!(east.iter().all(|row| row["median"].is_null()), "{east:?}");
    let low = |row: &Value| row["low"].as_u64().unwrap();
    let sum = said.iter().find(|row| row["stratum"] == "sum of parts");
    assert!(low(sum.unwrap()) >= 2 * 690 + 13);
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

/// Asks of counts in the order 000, 001, … 111, the first list leftmost.
fn asked(folder: &Path, lists: usize, counts: &[u64], more: &[&str]) -> String {
    let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let mut text = format!("{},count\n", names[..lists].join(","));
    for (pattern, count) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
        for list in 0..lists {
            text += &format!("{},", pattern >> (lists - 1 - list) & 1);
        }
        text += &format!("{count}\n");
    }
    let path = file(folder, "asked.csv", &text);
    let quick = [
        "run",
        &path,
        "--classes",
        "3",
        "--effective-draws",
        "100",
        "--lists",
        &names[..lists].join(","),
        "--count",
        "count",
    ];
    run(&[&quick[..], more].concat()).unwrap()
}

/// Ten invented sets of data that must be refused (nothing but bounds is given) or warned about, each with its words.
#[test]
fn ten_sets_of_data_are_refused_or_warned_about_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let tangled = [0, 30, 25, 80, 20, 90, 70, 2];
    let thin = [0, 90, 80, 3, 70, 4, 5, 1];
    // (lists, counts, more arguments, refused, words)
    type Case<'a> = (usize, &'a [u64], &'a [&'a str], bool, &'a str);
    let cases: [Case; 11] = [
        (
            2,
            &[0, 90, 80, 30],
            &[],
            true,
            "With two lists it cannot be seen",
        ),
        (
            3,
            &[0, 90, 80, 0, 70, 0, 0, 0],
            &[],
            true,
            "Nobody is on two lists",
        ),
        (
            3,
            &[0, 90, 80, 30, 70, 0, 0, 0],
            &[],
            true,
            "Nobody of the list “A” is on another",
        ),
        (
            3,
            &[0, 90, 0, 0, 0, 0, 40, 20],
            &[],
            true,
            "“A” and “B” have the same people",
        ),
        (
            3,
            &[0, 90, 80, 30, 0, 0, 0, 0],
            &[],
            true,
            "The list “A” has nobody",
        ),
        (
            3,
            &[0, 90, 80, 30, 0, 0, 40, 20],
            &[],
            false,
            "Everybody of “A” is also on “B”",
        ),
        (
            3,
            &[0, 90, 80, 30, 3, 2, 1, 1],
            &[],
            false,
            "“A” has only 7 people",
        ),
        (
            3,
            &thin,
            &[],
            false,
            "Only 13 people are on two lists or more",
        ),
        (
            3,
            &thin,
            &[],
            false,
            "One more or fewer there moves the number missing",
        ),
        (
            3,
            &[0, 128, 128, 32, 128, 32, 32, 8],
            &["--most-missing", "450"],
            false,
            "lies against the largest number missing",
        ),
        (3, &tangled, &[], false, "has a probability of 100"),
    ];
    for (lists, counts, more, refused, words) in cases {
        let said = asked(folder.path(), lists, counts, more);
        assert!(said.contains(words), "{words}\n{said}");
        let given = said.contains(",answer,");
        assert_eq!(given, !refused, "{words}\n{said}");
        let word = if refused { ",refused," } else { ",warning," };
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn refusals_speak_the_readers_language() {
    let folder = tempfile::tempdir().unwrap();
    for (language, words) in [
        ("sq", "Me dy lista nuk shihet"),
        ("sr-Latn", "Sa dva spiska ne vidi se"),
        ("sr-Cyrl", "Са два списка не види се"),
    ] {
        let said = asked(
            folder.path(),
            2,
            &[0, 90, 80, 30],
            &["--language", language],
        );
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn eight_lists_are_answered_by_latent_classes_alone_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let counts: Vec<u64> = (0..256_u64)
        .map(|pattern| match pattern.count_ones() {
            0 => 0,
            1 => 60,
            2 => 9,
            _ => 1,
        })
        .collect();
    let said = asked(folder.path(), 8, &counts, &[]);
    assert!(
        said.contains("the average over graphs takes at most 7"),
        "{said}"
    );
    assert!(
        said.contains("latent classes,K = 3") && !said.contains("graphs,delta"),
        "{said}"
    );
}

#[test]
fn compare_puts_all_methods_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "patterns.csv", PATTERNS);
    let said = rows(
        &run(&[
            "compare",
            &path,
            "--classes",
            "3",
            "--effective-draws",
            "200",
            "--format",
            "json",
        ])
        .unwrap(),
    );
    for method in [
        "graphs",
        "latent classes",
        "log-linear, AIC",
        "log-linear, BIC",
        "log-linear, stepwise",
        "sample coverage",
        "Chapman",
        "Chao's lower bound",
    ] {
        let row = said.iter().find(|row| row["method"] == method);
        let row = row.unwrap_or_else(|| panic!("no {method}: {said:?}"));
        let [low, middle, high] = ["low", "median", "high"].map(|at| row[at].as_f64().unwrap());
        assert!(690.0 <= low && low <= middle && middle <= high, "{row}");
    }
}

#[test]
fn an_answer_comes_with_what_moves_it() {
    let folder = tempfile::tempdir().unwrap();
    let counts = [0, 40, 50, 22, 60, 25, 30, 14, 45, 20, 24, 9, 28, 12, 13, 6];
    let said = asked(folder.path(), 4, &counts, &[]);
    for line in [
        "sensitivity,graphs,delta 0.5",
        "sensitivity,graphs,delta 1",
        "sensitivity,graphs,every total as probable",
        "sensitivity,graphs,without D",
        "sensitivity,latent classes,K = 2",
        "sensitivity,latent classes,K = 6",
        "sensitivity,latent classes,a = b = 1",
        "sensitivity,latent classes,without A",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

#[test]
fn a_simulation_says_how_often_the_truth_is_found_and_gives_a_table_to_try() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("invented.csv").display().to_string();
    let ask = |more: &[&str]| {
        let all = [
            "simulate",
            "--people",
            "800",
            "--on",
            "0.4,0.35,0.3",
            "--times",
            "3",
            "--classes",
            "3",
            "--effective-draws",
            "100",
        ];
        run(&[&all[..], more].concat()).unwrap()
    };
    let said = ask(&["--format", "json", "--table", &table]);
    assert_eq!(said, ask(&["--format", "json"]));
    let said = rows(&said);
    assert_eq!(said.len(), 3);
    assert!(
        said.iter()
            .all(|row| (row["never_listed"].as_f64().unwrap() - 0.273).abs() < 1e-9)
    );
    let read = rows(
        &run(&[
            "run",
            &table,
            "--classes",
            "2",
            "--effective-draws",
            "100",
            "--format",
            "json",
        ])
        .unwrap(),
    );
    assert!(read.iter().any(|row| row["role"] == "answer"));
    // A third whom no list can find is missed, and it shows.
    let hidden = rows(&ask(&["--hidden", "0.34", "--format", "json"]));
    let found = |rows: &[Value]| rows[2]["median_by_truth"].as_f64().unwrap();
    assert!(
        found(&hidden) < 0.8 && found(&said) > 0.85,
        "{hidden:?} {said:?}"
    );
    for (told, expected) in [("1,9,2", "numbers from 1 to 3"), ("one", "as in 1,2,4")] {
        let said = words(&["simulate", "--on", "0.4,0.35,0.3", "--pair", told]);
        assert!(said.contains(expected), "{said}");
    }
}

/// A crosswalk with its links: `certain` people on A and B by a link of probability 1, `uncertain` by one of one half.
fn linkage(folder: &Path, certain: usize, uncertain: usize) -> (String, String) {
    let mut crosswalk = "cluster,list,record,line\n".to_owned();
    let mut links = "left_list,left_record,left_line,right_list,right_record,right_line,probability,weight,cluster\n".to_owned();
    let mut next = 0;
    let mut person = |lists: &[&str], crosswalk: &mut String| {
        next += 1;
        for list in lists {
            *crosswalk += &format!("p{next},{list},{next},{next}\n");
        }
        next
    };
    for (first, second) in [("A", "B"), ("A", "C"), ("B", "C")] {
        for _ in 0..certain {
            let n = person(&[first, second], &mut crosswalk);
            links += &format!("{first},{n},1,{second},{n},1,1.0,9,same\n");
        }
        for _ in 0..uncertain {
            let one = person(&[first], &mut crosswalk);
            let other = person(&[second], &mut crosswalk);
            links += &format!("{first},{one},1,{second},{other},1,0.5,0,\n");
            links +=
                &format!("{first},{one},1,{second},{other},1,0.9,3,refused: twice on a list\n");
        }
    }
    for list in ["A", "B", "C"] {
        for _ in 0..40 {
            person(&[list], &mut crosswalk);
        }
    }
    (
        file(folder, "clusters.csv", &crosswalk),
        file(folder, "links.csv", &links),
    )
}

#[test]
fn linkages_are_drawn_and_widen_the_interval() {
    let folder = tempfile::tempdir().unwrap();
    let (crosswalk, links) = linkage(folder.path(), 20, 15);
    let quick = [
        "--classes",
        "2",
        "--effective-draws",
        "100",
        "--format",
        "json",
    ];
    let all = ["run", &crosswalk, "--links", &links, "--linkages", "12"];
    let said = rows(&run(&[&all[..], &quick].concat()).unwrap());
    let row = |setting: &str| {
        let found = |row: &&Value| row["method"] == "graphs" && row["setting"] == setting;
        said.iter()
            .find(found)
            .unwrap_or_else(|| panic!("{setting}: {said:?}"))
    };
    let at = |row: &Value, what: &str| row[what].as_f64().unwrap();
    let (one, drawn) = (row("delta 0.125"), row("12 linkages"));
    // The crosswalk has none of the uncertain links, so that it shows too few on two lists and too many people.
    assert!(at(drawn, "median") < at(one, "median"), "{one} {drawn}");
    assert_eq!(said, rows(&run(&[&all[..], &quick].concat()).unwrap()));
    let other = file(folder.path(), "patterns.csv", PATTERNS);
    let refused = words(&["run", &other, "--links", &links]);
    assert!(
        refused.contains("it has no columns \"cluster\" and \"list\""),
        "{refused}"
    );
}

#[test]
fn a_person_whose_records_disagree_about_the_place_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "cluster,list,place\n".to_owned();
    let mut next = 0;
    for (lists, people) in [
        ("A", 30),
        ("B", 30),
        ("C", 30),
        ("AB", 15),
        ("AC", 15),
        ("BC", 15),
        ("ABC", 8),
    ] {
        for n in 0..people {
            next += 1;
            for (at, list) in lists.chars().enumerate() {
                // Of one pair, the first record says south.
                let place = if (lists, n, at) == ("AB", 0, 0) {
                    "south"
                } else {
                    "north"
                };
                text += &format!("p{next},{list},{place}\n");
            }
        }
    }
    let path = file(folder.path(), "crosswalk.csv", &text);
    let said = run(&[
        "run",
        &path,
        "--by",
        "place",
        "--classes",
        "2",
        "--effective-draws",
        "100",
    ])
    .unwrap();
    assert!(
        said.contains("1 person has records in different parts"),
        "{said}"
    );
}
