//! `mandate link` on lists as they come: whole names, several values, lost letters, dates that are none, stopped runs.
//! All people are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{fmt::Write as _, fs, path::Path};

use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

fn run(args: &[&str]) -> anyhow::Result<String> {
    let cli = Cli::try_parse_from(["mandate", "link"].iter().chain(args))?;
    let mut out = Vec::new();
    mandate_commands::run(&cli.command, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

const GIVEN: [&str; 8] = [
    "Agim", "Besa", "Dritan", "Jeta", "Luan", "Milan", "Nada", "Petar",
];
const FAMILY: [&str; 9] = [
    "Hoxha",
    "Krasniqi",
    "Gashi",
    "Shala",
    "Berisha",
    "Petrović",
    "Jovanović",
    "Miletić",
    "Zeqiri",
];
const FATHER: [&str; 5] = ["Rexhep", "Isuf", "Ramadan", "Dragan", "Zoran"];
const PLACE: [&str; 4] = ["Prizren", "Pejë/Peć", "Gjakovë", "Ferizaj"];

/// 120 people: one list of whole names in capitals with the father, one of parts with names before marriage.
fn lists(folder: &Path) -> [String; 3] {
    let mut whole = String::from("No;Full name;Date of birth;Village\n");
    let mut parts = String::from("nr,emri,mbiemri,mbiemri i vajzërisë,datëlindja,fshati\n");
    for n in 0..120 {
        let die = |salt: usize, sides: usize| {
            let mut x = ((n * 8 + salt) as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            ((x ^ (x >> 27)) % sides as u64) as usize
        };
        let (given, family, father) = (GIVEN[die(0, 8)], FAMILY[die(1, 9)], FATHER[die(2, 5)]);
        let (y, m, d) = (1930 + die(3, 60), 1 + die(4, 12), 1 + die(5, 28));
        let (place, born) = (PLACE[die(6, 4)], FAMILY[die(7, 9)]);
        let birth = match n {
            4 => "12.04.65".to_owned(),
            5 => format!("31.2.{y}"),
            _ => format!("{d}.{m}.{y}"),
        };
        let upper = family.to_uppercase();
        let _ = match n % 6 {
            // Of every sixth the first list knows the name before marriage only.
            0 => writeln!(
                whole,
                "A{n};{} {given} ({father});{birth};{place}",
                born.to_uppercase()
            ),
            _ => writeln!(whole, "A{n};{upper} {given} ({father});{birth};{place}"),
        };
        // Two machines of the nineties.
        let written = if n % 2 == 1 {
            family.replace('ć', "æ")
        } else {
            family.to_owned()
        };
        let maiden = if n % 6 == 0 { born } else { "" };
        let place = place.split('/').next().unwrap();
        let _ = writeln!(
            parts,
            "B{n},{given},{written},{maiden},{y}-{m:02}-{d:02},{place}"
        );
    }
    let path = |name: &str| folder.join(name).display().to_string();
    let all = [path("whole.csv"), path("parts.csv"), path("link.toml")];
    fs::write(&all[0], whole).unwrap();
    fs::write(&all[1], parts).unwrap();
    all
}

fn planned(folder: &Path) -> [String; 3] {
    let all = lists(folder);
    let [one, other, settings] = &all;
    run(&[
        "plan",
        one,
        other,
        "--unique",
        one,
        "--unique",
        other,
        "--settings",
        settings,
    ])
    .unwrap();
    all
}

#[test]
fn whole_names_names_before_marriage_and_both_names_of_a_place_are_joined() {
    let folder = tempfile::tempdir().unwrap();
    let [_, _, settings] = planned(folder.path());
    let toml = fs::read_to_string(&settings).unwrap();
    for line in [
        "whole-name = \"Full name\"",
        "\"family\" = [\"mbiemri\", \"mbiemri i vajzërisë\"]",
    ] {
        assert!(toml.contains(line), "{line} in {toml}");
    }
    let said = run(&["run", &settings]).unwrap();
    let links = fs::read_to_string(folder.path().join("linked/links.csv")).unwrap();
    let likely: Vec<Vec<&str>> = links
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|cells| cells[6].parse::<f64>().unwrap() >= 0.5)
        .collect();
    let right = likely.iter().filter(|c| c[1][1..] == c[4][1..]).count();
    assert!(
        right >= 116 && likely.len() <= right + 3,
        "{right} of {}\n{said}",
        likely.len()
    );
}

#[test]
fn what_is_not_understood_or_repaired_is_named_by_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let [_, _, settings] = planned(folder.path());
    let said = run(&["run", &settings]).unwrap();
    for words in [
        "whole, line 6, column \"Date of birth\": \"12.04.65\": no date is understood; the cell counts as missing (1 such",
        "whole, line 7, column \"Date of birth\": \"31.2.",
        "parts, line ",
        "letters repaired",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let remarks = fs::read_to_string(folder.path().join("linked/remarks.csv")).unwrap();
    assert!(remarks.contains(",letters repaired,Miletić"), "{remarks}");
    let html = fs::read_to_string(folder.path().join("linked/report.html")).unwrap();
    assert!(html.contains("12.04.65") && html.contains("no date is understood"));
}

#[test]
fn any_two_records_are_explained_also_such_as_no_rule_compares() {
    let folder = tempfile::tempdir().unwrap();
    let [_, _, settings] = planned(folder.path());
    run(&["report", &settings, "--pair", "whole:A1,parts:B2"]).unwrap();
    let html = fs::read_to_string(folder.path().join("linked/report.html")).unwrap();
    assert!(html.contains("whole:A1 and parts:B2"));
    let error = run(&["report", &settings, "--pair", "whole:A1,whole:A1"]).unwrap_err();
    assert!(error.to_string().contains("two different records"));
}

#[test]
fn a_run_that_was_stopped_goes_on_to_the_same_bytes_and_changed_lists_begin_anew() {
    let folder = tempfile::tempdir().unwrap();
    let [one, _, settings] = planned(folder.path());
    run(&["run", &settings]).unwrap();
    let linked = folder.path().join("linked");
    let seals = || -> Vec<_> {
        let all = fs::read_dir(linked.join("pieces")).unwrap();
        all.map(|entry| entry.unwrap().path()).collect()
    };
    let before = (fs::read(linked.join("links.csv")).unwrap(), seals());
    assert_eq!(before.1.len(), 1);
    run(&["run", &settings]).unwrap();
    assert_eq!(
        (fs::read(linked.join("links.csv")).unwrap(), seals()),
        before
    );
    // Half of a piece, as a full disk leaves it.
    let piece = before.1[0].join("000000");
    let bytes = fs::read(&piece).unwrap();
    fs::write(&piece, &bytes[..bytes.len() / 2]).unwrap();
    run(&["run", &settings]).unwrap();
    assert_eq!(fs::read(linked.join("links.csv")).unwrap(), before.0);
    let text = fs::read_to_string(&one).unwrap();
    fs::write(&one, text.replacen("Prizren", "Ferizaj", 1)).unwrap();
    run(&["run", &settings]).unwrap();
    assert_eq!(seals().len(), 1);
    assert_ne!(seals(), before.1);
}

#[test]
fn by_hand_from_known_pairs_and_a_population_is_said_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let [_, _, settings] = planned(folder.path());
    let toml = fs::read_to_string(&settings).unwrap();
    let mut known = String::from("left,right,decision\n");
    for n in 0..60 {
        writeln!(known, "whole:A{n},parts:B{n},same").unwrap();
    }
    fs::write(folder.path().join("known.csv"), &known).unwrap();
    let mut people = String::from("name,people,spelling\n");
    for name in FAMILY {
        writeln!(people, "{name},120,").unwrap();
    }
    fs::write(folder.path().join("families.csv"), &people).unwrap();
    let toml = toml
        .replace("# known-pairs", "known-pairs")
        .replace("# prior = 0.0001", "prior = 0.008")
        .replace(
            "name = \"place\"\nkind = \"place\"",
            "name = \"place\"\nkind = \"place\"\nm = [1, 1, 1, 1, 1, 95]\nu = [90, 2, 2, 1, 1, 4]",
        )
        .replace(
            "name = \"family\"\nkind = \"name\"",
            "name = \"family\"\nkind = \"name\"\nfrequencies = \"families.csv\"",
        );
    fs::write(&settings, &toml).unwrap();
    run(&["run", &settings]).unwrap();
    let html = fs::read_to_string(folder.path().join("linked/report.html")).unwrap();
    assert!(html.contains("was counted from 60 known pairs"), "{html}");
    assert!(html.contains("“place”: shares were given by hand"));
    let model = fs::read_to_string(folder.path().join("linked/model.json")).unwrap();
    assert!(model.contains("\"prior\": 0.008"));
    fs::write(
        folder.path().join("families.csv"),
        people.replacen("120", "many", 1),
    )
    .unwrap();
    let error = format!("{:#}", run(&["run", &settings]).unwrap_err());
    assert!(
        error.contains("families.csv, line 2, column \"people\": \"many\""),
        "{error}"
    );
    fs::write(&settings, toml.replace("m = [1, 1, ", "m = [1, ")).unwrap();
    fs::write(folder.path().join("families.csv"), &people).unwrap();
    let error = format!("{:#}", run(&["run", &settings]).unwrap_err());
    assert!(error.contains("needs 6 shares"), "{error}");
}

#[test]
fn a_workbook_is_read_like_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other, settings] = planned(folder.path());
    run(&["run", &settings]).unwrap();
    let links = |folder: &Path| {
        let text = fs::read_to_string(folder.join("linked/clusters.csv")).unwrap();
        text.lines().count()
    };
    let text = links(folder.path());
    let table = fs::read_to_string(&other).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(table.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let path = folder.path().join("parts.xlsx").display().to_string();
    book.save(&path).unwrap();
    run(&[
        "plan",
        &one,
        &path,
        "--unique",
        &one,
        "--unique",
        &path,
        "--settings",
        &settings,
        "--force",
    ])
    .unwrap();
    run(&["run", &settings]).unwrap();
    assert_eq!(links(folder.path()), text);
}

#[test]
fn fields_that_go_together_are_warned_of_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut list = String::from("Given name,Family name,Date of birth,Village\n");
    for n in 0..240 {
        let die = |salt: usize, sides: usize| {
            let mut x = ((n * 8 + salt) as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((x ^ (x >> 31)) % sides as u64) as usize
        };
        // Each family has a village of its own.
        let family = die(1, 9);
        let _ = writeln!(
            list,
            "{},{},{}-{:02}-{:02},Village {family}",
            GIVEN[die(0, 8)],
            FAMILY[family],
            1930 + die(3, 60),
            1 + die(4, 12),
            1 + die(5, 28)
        );
    }
    fs::write(path("list.csv"), list).unwrap();
    run(&["plan", &path("list.csv"), "--settings", &path("link.toml")]).unwrap();
    // Rules that a person wrote, under which relatives do not stand out.
    let toml = fs::read_to_string(path("link.toml")).unwrap();
    let mut toml = toml.split("[[rule]]").next().unwrap().to_owned();
    for on in [
        r#"["family:loose", "birth:year"]"#,
        r#"["birth"]"#,
        r#"["given", "place"]"#,
    ] {
        let _ = writeln!(toml, "[[rule]]\non = {on}");
    }
    fs::write(path("link.toml"), toml).unwrap();
    run(&["run", &path("link.toml")]).unwrap();
    let html = fs::read_to_string(path("linked/report.html")).unwrap();
    let said = html.split("People who agree on “").nth(1).unwrap();
    let (fields, rest) = said.split_once("” but").unwrap();
    let mut fields: Vec<&str> = fields.split("” and “").collect();
    fields.sort_unstable();
    assert_eq!(fields, ["family", "place"], "{rest}");
}
