//! `mandate kinship` on small invented files, as a person runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::{Path, PathBuf};

use clap::Parser;
use serde_json::Value;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/kinship/");
    format!("{folder}{name}")
}

/// The three files that every question is asked of.
fn files() -> Vec<String> {
    ["families.csv", "profiles.csv", "frequencies.csv"]
        .map(fixture)
        .to_vec()
}

fn run(args: &[&str], files: &[String]) -> anyhow::Result<String> {
    let all = ["mandate", "kinship"]
        .iter()
        .chain(args)
        .map(ToString::to_string);
    let cli = Cli::try_parse_from(all.chain(files.iter().cloned()))?;
    let mut out = Vec::new();
    mandate_commands::run(&cli.command, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn json(args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&run(&args, &files()).unwrap()).unwrap()
}

fn at(folder: &Path, name: &str) -> (PathBuf, String) {
    let path = folder.join(name);
    let text = path.display().to_string();
    (path, text)
}

#[test]
fn sound_files_pass_and_faults_fail_with_their_places() {
    let out = run(&["check"], &files()).unwrap();
    assert!(
        out.lines()
            .skip(1)
            .all(|l| l.starts_with("warning,linked-markers")),
        "{out}"
    );
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = at(folder.path(), "families.csv");
    let text = std::fs::read_to_string(fixture("families.csv")).unwrap();
    std::fs::write(
        path,
        text.replace("A,A-father,,,male,", "A,A-father,,,female,"),
    )
    .unwrap();
    let mut files = files();
    files[0] = name;
    let error = run(&["check"], &files).unwrap_err();
    assert!(error.to_string().contains("to be mended"), "{error}");
    // A file that is no table is named with its line; nothing is computed.
    let (path, name) = at(folder.path(), "broken.csv");
    std::fs::write(path, "sample,person,TH01\nB1,,6/9.3.1\n").unwrap();
    let error = run(&["check"], std::slice::from_ref(&name)).unwrap_err();
    assert!(
        error.to_string().contains(&format!("{name}:2: TH01")),
        "{error}"
    );
    let (path, name) = at(folder.path(), "other.csv");
    std::fs::write(path, "a,b\n1,2\n").unwrap();
    let error = run(&["check"], &[name]).unwrap_err();
    assert!(error.to_string().contains("none of the kinds"), "{error}");
}

#[test]
fn a_ratio_comes_marker_by_marker_with_its_probability_and_what_it_hangs_on() {
    let (policy, known) = (fixture("policy.toml"), fixture("circumstances.csv"));
    let rows = json(&[
        "lr",
        "--family",
        "A",
        "--remains",
        "B-101",
        "--policy",
        &policy,
        "--circumstances",
        &known,
    ]);
    let part = |name: &str| {
        rows.iter()
            .filter(|r| r["part"] == name)
            .collect::<Vec<_>>()
    };
    let markers = part("marker");
    assert_eq!(markers.len(), 15);
    let sum: f64 = markers
        .iter()
        .map(|m| m["log10_likelihood_ratio"].as_f64().unwrap())
        .sum();
    let all = part("all")[0];
    assert!((all["log10_likelihood_ratio"].as_f64().unwrap() - sum).abs() < 1e-12);
    let needed: Vec<&str> = markers
        .iter()
        .filter(|m| m["mutations"] != 0)
        .map(|m| m["name"].as_str().unwrap())
        .collect();
    assert_eq!(needed, ["VWA"]);
    // Odds of 24 to 1599 before the DNA: 1.2 for sex, 2 for age, 10 for the site.
    let prior = all["prior"].as_f64().unwrap();
    assert!((prior - 24.0 / 1623.0).abs() < 1e-12);
    let odds = 10f64.powf(sum) * 24.0 / 1599.0;
    assert!((all["posterior"].as_f64().unwrap() - odds / (1.0 + odds)).abs() < 1e-12);
    let other: Vec<&str> = part("sensitivity")
        .iter()
        .map(|r| r["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        other,
        ["theta 0.01", "theta 0.03", "mutation 0.1", "mutation 10"]
    );
    // A second table is one more assumption.
    let rows = json(&[
        "lr",
        "--family",
        "A",
        "--remains",
        "B-101",
        "--other-table",
        &fixture("frequencies.csv"),
    ]);
    let last = rows.last().unwrap();
    assert!(last["name"].as_str().unwrap().starts_with("table "));
    assert!((last["log10_likelihood_ratio"].as_f64().unwrap() - sum).abs() < 1e-12);
}

#[test]
fn a_question_that_cannot_be_answered_says_why() {
    let fails = |args: &[&str]| format!("{:#}", run(args, &files()).unwrap_err());
    assert!(fails(&["lr", "--family", "Z", "--remains", "B-101"]).contains("there are A, B, C"));
    assert!(fails(&["lr", "--family", "A", "--remains", "B-9"]).contains("no remains B-9"));
    let several = fails(&["lr", "--family", "C", "--remains", "B-101"]);
    assert!(
        several.contains("C-elder, C-younger: name one with --missing"),
        "{several}"
    );
    assert!(fails(&["search", "--mutation", "sudden"]).contains("no mutation model"));
    assert!(fails(&["joint", "--theta", "2"]).contains("theta"));
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = at(folder.path(), "policy.toml");
    std::fs::write(path, "[threshold]\nlikelyhood = 3\n").unwrap();
    assert!(fails(&["search", "--policy", &name]).contains("unknown field"));
}

#[test]
fn two_samples_are_weighed_as_one_person() {
    let rows = json(&["lr", "--same", "B-101", "B-101"]);
    assert!(
        rows.last().unwrap()["log10_likelihood_ratio"]
            .as_f64()
            .unwrap()
            > 15.0
    );
    let rows = json(&["lr", "--same", "B-101", "B-102"]);
    assert_eq!(rows.last().unwrap()["log10_likelihood_ratio"], "-inf");
    let one = json(&["lr", "--same", "B-101", "R-02"]);
    let siblings = json(&["lr", "--same", "B-101", "R-02", "--siblings"]);
    assert_eq!(one.len(), siblings.len());
}

#[test]
fn the_search_finds_who_belongs_to_whom_and_excludes_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = at(folder.path(), "exclusions.csv");
    let rows = json(&["search", "--keep", "3", "--exclusions", &name]);
    let first = |remains: &str| {
        let of = |r: &&Value| r["remains"] == remains && r["rank"] == 1;
        rows.iter().find(of).unwrap().clone()
    };
    assert_eq!(first("B-101")["missing"], "A-missing");
    assert_eq!(first("B-102")["missing"], "B-missing");
    assert_eq!(first("B-103")["family"], "C");
    assert_eq!(first("B-101")["markers_with_mutation"], "VWA");
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("B-104,A,A-missing,sex,,"), "{text}");
    assert!(
        text.lines()
            .any(|l| l.starts_with("B-102,A,A-missing,mutations,"))
    );
    assert!(!text.contains("B-101,A,"));
    // In a table for a spreadsheet a number below 0 stays a number.
    let csv = run(&["search", "--keep", "3"], &files()).unwrap();
    assert!(csv.contains(",-") && !csv.contains("'-"), "{csv}");
}

#[test]
fn all_remains_are_placed_at_once_and_brothers_share_a_place() {
    let rows = json(&["joint"]);
    let share = |remains: &str, missing: &str| {
        let of = |r: &&Value| {
            r["part"] == "pairing" && r["remains"] == remains && r["missing"] == missing
        };
        rows.iter().find(of).unwrap()["probability"]
            .as_f64()
            .unwrap()
    };
    assert!(share("B-101", "A-missing") > 0.99);
    assert!((share("B-103", "C-elder") - share("B-103", "C-younger")).abs() < 1e-9);
    assert_eq!(share("B-104", "*"), 1.0);
    // With the prior that the office states less is certain than when every way is as likely.
    let flat = json(&["joint", "--flat"]);
    let nobody = |rows: &[Value]| {
        let of = |r: &&Value| r["remains"] == "B-105" && r["missing"] == "*";
        rows.iter().find(of).unwrap()["probability"]
            .as_f64()
            .unwrap()
    };
    assert!(nobody(&rows) > 10.0 * nobody(&flat));
    let some = json(&["joint", "--families", "C", "--remains", "B-103,B-105"]);
    assert!(
        some.iter()
            .all(|r| r["remains"].is_null() || r["remains"] != "B-101")
    );
}

#[test]
fn power_ranks_the_relatives_and_the_seed_decides() {
    let rows = json(&["power", "--family", "B", "--simulations", "200"]);
    assert_eq!(rows[0]["added"], "");
    assert_eq!(rows.len(), 4);
    let mean = |r: &Value| r["mean_log10_likelihood_ratio"].as_f64().unwrap();
    assert!(rows[1..].iter().all(|r| mean(r) > mean(&rows[0])));
    let again = json(&["power", "--family", "B", "--simulations", "200"]);
    assert_eq!(rows, again);
    let other = json(&[
        "power",
        "--family",
        "B",
        "--simulations",
        "200",
        "--seed",
        "2",
    ]);
    assert_ne!(mean(&rows[0]), mean(&other[0]));
    let also = json(&[
        "power",
        "--family",
        "B",
        "--simulations",
        "50",
        "--also",
        "B-uncle",
        "--ask",
        "B-grandmother",
    ]);
    assert_eq!(also[1]["added"], "B-uncle; B-grandmother");
}

#[test]
fn exchanged_bodies_are_found() {
    let made = fixture("identified.csv");
    let rows = json(&["review", "--identified", &made]);
    assert_eq!(rows[0]["standing"], "contradicted");
    assert_eq!(rows[0]["better_missing"], "A-missing");
    assert_eq!(rows[2]["part"], "exchange");
    assert_eq!(rows[2]["remains"], "B-101 → B-102");
}

#[test]
fn what_is_converted_gives_the_same_ratio() {
    let ratio = |files: &[String]| {
        let out = run(
            &[
                "lr",
                "--family",
                "B",
                "--remains",
                "B-102",
                "--format",
                "json",
            ],
            files,
        );
        let rows: Vec<Value> = serde_json::from_str(&out.unwrap()).unwrap();
        let all = rows.into_iter().find(|r| r["part"] == "all").unwrap();
        all["log10_likelihood_ratio"].as_f64().unwrap()
    };
    let wanted = ratio(&files());
    let folder = tempfile::tempdir().unwrap();
    let write = |layout: &str, name: &str| {
        let (path, text) = at(folder.path(), name);
        std::fs::write(path, run(&["convert", "--to", layout], &files()).unwrap()).unwrap();
        text
    };
    assert_eq!(ratio(&[write("xml", "case.xml")]), wanted);
    let parts = [
        write("pedigrees", "a.csv"),
        write("profiles-wide", "b.csv"),
        write("frequencies", "c.csv"),
    ];
    assert_eq!(ratio(&parts), wanted);
    assert!(write("profiles", "long.csv").ends_with("long.csv"));
    // The text of Familias states a mutation model, which is none where the table stated none.
    let fam = write("fam", "case.fam");
    let mut stated = files();
    stated.extend(["--mutation", "none"].map(str::to_owned));
    assert!((ratio(&[fam]) - ratio(&stated)).abs() < 1e-9);
}

#[test]
fn reports_are_one_file_in_every_language_and_hide_nothing_in_names() {
    let folder = tempfile::tempdir().unwrap();
    let made = fixture("identified.csv");
    let questions: [&[&str]; 6] = [
        &["check"],
        &["lr", "--family", "A", "--remains", "B-101"],
        &["search", "--keep", "2"],
        &["joint"],
        &["power", "--family", "B", "--simulations", "20"],
        &["review", "--identified", &made],
    ];
    for language in ["en", "sq", "sr-Latn", "sr-Cyrl"] {
        for question in questions {
            let (path, name) = at(folder.path(), "report.html");
            let mut args = question.to_vec();
            args.extend(["--report", &name, "--language", language]);
            run(&args, &files()).unwrap();
            let html = std::fs::read_to_string(path).unwrap();
            assert!(html.contains(&format!("<html lang=\"{language}\">")));
            // Every label was there, nothing is fetched from elsewhere, and no script runs.
            for wrong in ["⟦", "{$", "<script", "<link", "http://", "https://"] {
                let html = html.replace("http://www.w3.org/2000/svg", "");
                assert!(!html.contains(wrong), "{wrong} in {question:?} {language}");
            }
        }
    }
    let (path, name) = at(folder.path(), "lr.html");
    run(
        &[
            "lr",
            "--family",
            "A",
            "--remains",
            "B-101",
            "--report",
            &name,
        ],
        &files(),
    )
    .unwrap();
    let html = std::fs::read_to_string(&path).unwrap();
    for part in [
        "<svg",
        "<title id=\"pedigree-title\">",
        "<desc id=",
        "60,000,000 times",
        "At VWA",
    ] {
        assert!(html.contains(part), "{part}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others can read the DNA");
    }
}

#[test]
fn names_cannot_break_out_of_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let change = |name: &str| {
        let (path, to) = at(folder.path(), name);
        let text = std::fs::read_to_string(fixture(name)).unwrap();
        std::fs::write(path, text.replace("A-father", "<b>&\"x'")).unwrap();
        to
    };
    let (families, profiles) = (change("families.csv"), change("profiles.csv"));
    let (path, name) = at(folder.path(), "r.html");
    run(
        &[
            "lr",
            "--family",
            "A",
            "--remains",
            "B-101",
            "--report",
            &name,
        ],
        &[families, profiles, fixture("frequencies.csv")],
    )
    .unwrap();
    let html = std::fs::read_to_string(path).unwrap();
    assert!(!html.contains("<b>") && html.contains("&lt;b&gt;&amp;&quot;x"));
}

/// The invented profiles with Y and mitochondrial haplotypes: a brother would share both, a stranger neither.
fn with_lines(folder: &Path, father: &str) -> Vec<String> {
    let text = std::fs::read_to_string(fixture("profiles.csv")).unwrap();
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let more = match line.split(',').next().unwrap() {
                "sample" => "DYS391,DYS393,MTDNA",
                "R-03" => father,
                "R-01" => ",,H_1",
                "B-101" => "10,13,H_1",
                _ if line.starts_with('#') => return line.to_owned(),
                _ => ",,",
            };
            format!("{line},{more}")
        })
        .collect();
    let (path, name) = at(folder, "lines.csv");
    std::fs::write(path, lines.join("\n")).unwrap();
    let mut all = files();
    all[1] = name;
    all
}

#[test]
fn y_and_mitochondrial_haplotypes_stand_beside_the_ratio() {
    let folder = tempfile::tempdir().unwrap();
    let (path, counted) = at(folder.path(), "haplotypes.csv");
    std::fs::write(
        path,
        "sample,kind,seen,of,once,database\nB-101,Y,0,1000,799,Invented 2026\n",
    )
    .unwrap();
    let ask = |files: &[String], more: &[&str]| -> Vec<Value> {
        let mut args = vec![
            "lr",
            "--family",
            "A",
            "--remains",
            "B-101",
            "--format",
            "json",
        ];
        args.extend(more);
        serde_json::from_str(&run(&args, files).unwrap()).unwrap()
    };
    let part = |rows: &[Value], part: &str, name: &str| -> Value {
        let of = |r: &&Value| r["part"] == part && r["name"] == name;
        rows.iter().find(of).cloned().unwrap_or(Value::Null)
    };
    let same = with_lines(folder.path(), "10,13,");
    let rows = ask(&same, &["--haplotypes", &counted]);
    assert_eq!(part(&rows, "line", "y")["relatives"], "A-father");
    assert_eq!(part(&rows, "line", "y")["compared"], 2);
    assert_eq!(part(&rows, "line", "mt")["relatives"], "A-mother");
    // Never seen among 1,000: the upper limit is 1 − 0.05^(1/1000).
    let weight = part(&rows, "line-weight", "y")["likelihood_ratio"]
        .as_f64()
        .unwrap();
    assert!((weight * (1.0 - 0.05f64.powf(1e-3)) - 1.0).abs() < 1e-9);
    assert!(
        part(&rows, "line-weight", "mt").is_null(),
        "nothing was counted"
    );
    // The ratio of the other markers does not know of them.
    let without = ask(&files(), &[]);
    let all = |rows: &[Value]| part(rows, "all", "all markers")["log10_likelihood_ratio"].clone();
    assert_eq!(all(&rows), all(&without));
    let found: Vec<Value> =
        serde_json::from_str(&run(&["search", "--keep", "1", "--format", "json"], &same).unwrap())
            .unwrap();
    let first = found.iter().find(|r| r["remains"] == "B-101").unwrap();
    assert_eq!(
        (&first["y_compared"], &first["y_different"]),
        (&2.into(), &"".into())
    );
    for language in ["en", "sq", "sr-Latn", "sr-Cyrl"] {
        for father in ["10,13,", "11,13,"] {
            let files = with_lines(folder.path(), father);
            let (path, name) = at(folder.path(), "report.html");
            ask(
                &files,
                &[
                    "--haplotypes",
                    &counted,
                    "--report",
                    &name,
                    "--language",
                    language,
                ],
            );
            let html = std::fs::read_to_string(path).unwrap();
            assert!(!html.contains('⟦') && !html.contains("{$"), "{language}");
            assert_eq!(
                html.contains("Invented 2026"),
                father == "10,13,",
                "{language}"
            );
        }
    }
    // One difference is told with its marker, and no weight is given.
    let rows = ask(
        &with_lines(folder.path(), "11,13,"),
        &["--haplotypes", &counted],
    );
    assert_eq!(part(&rows, "line", "y")["different"][0], "DYS391");
    assert!(part(&rows, "line-weight", "y").is_null());
}

#[test]
fn what_a_check_finds_is_said_in_every_language() {
    use mandate_kinship::check::CODES;
    let languages = mandate_language::Languages::load().unwrap();
    for tag in ["en", "sq", "sr-Latn", "sr-Cyrl"] {
        let l = languages.get(tag).unwrap();
        for code in CODES {
            for start in ["kinship-found-", "kinship-mend-"] {
                let said = l.text(&format!("{start}{code}"));
                assert!(!said.contains("⟦kinship"), "{said} in {tag}");
            }
        }
    }
    // Faults of every part, so that no message is left with a hole in it.
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let (path, name) = at(folder.path(), name);
        std::fs::write(path, text).unwrap();
        name
    };
    let files = [
        write(
            "f.csv",
            "family,id,father,mother,sex,role\nF,pa,,,M,\nF,ma,,,F,\nF,son,pa,ma,M,missing\nF,girl,pa,ma,F,\nG,a,b,,M,\n",
        ),
        write(
            "p.csv",
            "sample,person,TH01,FGA,AMEL,MTDNA\nR1,pa,6/7,21/21,X/X,A/B\nR2,ma,6/6,21/22,X/X,\nR3,girl,7/7,22/22,X/X,\n\
             R4,who,9/9,21,X/X,\nB1,,6/7/9,40/21,,\n",
        ),
        write(
            "t.csv",
            "marker,allele,freq\nTH01,6,0.5\nTH01,7,0.499\nTH01,8,0\nFGA,21,0.4\nFGA,22,0.2\n",
        ),
    ];
    let (_, name) = at(folder.path(), "report.html");
    let mut said = std::collections::BTreeSet::new();
    for language in ["en", "sq", "sr-Latn", "sr-Cyrl"] {
        let error = run(
            &["check", "--report", &name, "--language", language],
            &files,
        );
        assert!(error.unwrap_err().to_string().contains("to be mended"));
        let html = std::fs::read_to_string(&name).unwrap();
        for wrong in ["⟦", "{$", "{ $"] {
            assert!(!html.contains(wrong), "{wrong} in {language}");
        }
        assert!(html.contains("amelogenin-against-sex") && html.contains("mendelian-conflict"));
        said.insert(html);
    }
    assert_eq!(said.len(), 4);
}

#[test]
fn one_pedigree_is_weighed_against_another_of_the_same_people() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let (path, name) = at(folder.path(), name);
        std::fs::write(path, text).unwrap();
        name
    };
    // The example worked by hand in the documentation: 1/(2 × 0.2) for a father of 8/9, a mother of 9/10, a child of 8/10.
    let files = [
        write(
            "f.csv",
            "family,id,father,mother,sex\nhis,man,,,M\nhis,ma,,,F\nhis,child,man,ma,F\n\
             not,man,,,M\nnot,other,,,M\nnot,ma,,,F\nnot,child,other,ma,F\n",
        ),
        write(
            "p.csv",
            "sample,family,person,TH01\nS1,his,man,8/9\nS2,his,ma,9/10\nS3,his,child,8/10\n\
             S1,not,man,8/9\nS2,not,ma,9/10\nS3,not,child,8/10\n",
        ),
        write(
            "t.csv",
            "marker,allele,freq\nTH01,8,0.2\nTH01,9,0.3\nTH01,10,0.5\n",
        ),
    ];
    let (path, report) = at(folder.path(), "r.html");
    let ask = |one: &str, other: &str| -> anyhow::Result<Vec<Value>> {
        let args = [
            "lr",
            "--family",
            one,
            "--against",
            other,
            "--mutation",
            "none",
            "--format",
            "json",
            "--report",
            &report,
        ];
        Ok(serde_json::from_str(&run(&args, &files)?)?)
    };
    let ratio = |rows: &[Value]| rows.last().unwrap()["likelihood_ratio"].as_f64().unwrap();
    assert!((ratio(&ask("his", "not").unwrap()) - 2.5).abs() < 1e-12);
    assert!((ratio(&ask("not", "his").unwrap()) - 0.4).abs() < 1e-12);
    assert!(std::fs::read_to_string(path).unwrap().contains("2.5 times"));
    // A sample that one of them does not explain makes the two no hypotheses about the same.
    let fewer = write(
        "q.csv",
        "sample,family,person,TH01\nS1,his,man,8/9\nS3,not,child,8/10\n",
    );
    let args = ["lr", "--family", "his", "--against", "not"];
    let error = run(&args, &[files[0].clone(), fewer, files[2].clone()]).unwrap_err();
    assert!(error.to_string().contains("S1, S3"), "{error}");
}
