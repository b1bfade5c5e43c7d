//! Keys, sealing and the loss of keys on the command line, as people do it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

use std::{
    fs::{self, File},
    os::{fd::AsRawFd as _, unix::fs::PermissionsExt as _},
    path::{Path, PathBuf},
};

use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

/// The office's passphrase, and those of people.
const OFFICE: &str = "the passphrase of the office";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command of words, with paths below the folder for words that begin with `@`.
    fn run(&self, words: &str, phrases: &[&str]) -> anyhow::Result<String> {
        let given = self.path("phrases");
        fs::write(&given, phrases.join("\n"))?;
        let open = File::open(&given)?;
        let below = |word: &str| match word.split_once('@') {
            Some((before, name)) => format!("{before}{}", self.path(name).display()),
            None => word.to_owned(),
        };
        let mut args: Vec<String> = vec!["mandate".to_owned()];
        args.extend(words.split_whitespace().map(below));
        args.extend(["--office".into(), self.path("office").display().to_string()]);
        args.extend(["--passphrase-fd".into(), open.as_raw_fd().to_string()]);
        let cli = Cli::try_parse_from(&args)?;
        let mut out = Vec::new();
        mandate_commands::run(&cli.command, &mut out)?;
        Ok(String::from_utf8(out)?)
    }

    fn done(&self, words: &str, phrases: &[&str]) -> String {
        self.run(words, phrases)
            .unwrap_or_else(|error| panic!("{words}: {error:#}"))
    }

    fn refused(&self, words: &str, phrases: &[&str]) -> String {
        let error = self.run(words, phrases).expect_err(words);
        format!("{error:#}")
    }

    fn new_person(&self, person: &str) {
        let phrase = phrase(person);
        self.done(
            &format!("keys person {person} --to @{person}.age --work 17"),
            &[&phrase],
        );
        self.done(&format!("keys certify @{person}.age.request"), &[OFFICE]);
    }

    fn reads(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }
}

fn phrase(person: &str) -> String {
    format!("the passphrase of {person}")
}

/// An office with Ana, Besa and Dragan, five shares, and a case of Ana and Besa with a sealed narrative.
fn desk() -> Desk {
    let desk = Desk {
        folder: tempfile::tempdir().unwrap(),
    };
    desk.done("keys office --work 17", &[OFFICE]);
    for person in ["ana", "besa", "dragan"] {
        desk.new_person(person);
    }
    desk.done("recover split --to @shares", &[OFFICE]);
    desk.done(
        "grant case C-1 --case @C-1 --as ana=@ana.age --to ana --to besa",
        &[&phrase("ana")],
    );
    fs::write(desk.path("narrative.txt"), "an invented narrative").unwrap();
    desk.done(
        "seal @narrative.txt --case @C-1 --field narrative --as ana=@ana.age --to @narrative.age",
        &[&phrase("ana")],
    );
    desk
}

fn opens(desk: &Desk, person: &str, to: &str) -> anyhow::Result<String> {
    desk.run(
        &format!("open @narrative.age --case @C-1 --field narrative --as {person}=@{person}.age --to @{to}"),
        &[&phrase(person)],
    )
}

#[test]
fn keys_that_are_lost_are_replaced_as_it_is_documented() {
    let desk = desk();
    assert!(opens(&desk, "besa", "1").unwrap().contains("signed by ana"));
    assert_eq!(desk.reads("1"), "an invented narrative");

    // A passphrase is changed by who knows it.
    desk.done(
        "keys wrap besa=@besa.age --to @besa2.age --work 17",
        &[&phrase("besa"), "another one of besa"],
    );
    desk.done(
        "open @narrative.age --case @C-1 --field narrative --as besa=@besa2.age --to @2",
        &["another one of besa"],
    );

    // Besa forgot it, and has no passkey: a new key, certified; the old certificate revoked; Ana grants anew.
    assert!(
        desk.refused(
            "keys wrap besa=@besa.age --to @x.age",
            &["what was it again", "does not matter now"]
        )
        .contains("does not open")
    );
    desk.done(
        "keys person besa --to @new.age --work 17",
        &["the next one of besa"],
    );
    desk.done("keys certify @new.age.request", &[OFFICE]);
    desk.done(
        "grant add --case @C-1 --as ana=@ana.age --to besa",
        &[&phrase("ana")],
    );
    desk.done(
        "open @narrative.age --case @C-1 --field narrative --as besa=@new.age --to @3",
        &["the next one of besa"],
    );
    desk.done("keys revoke 2", &[OFFICE]);

    // Ana is gone too, and Besa with her: two officers open with three of five shares and give the case to Dragan.
    desk.new_person("vjosa");
    desk.new_person("mira");
    let together = "recover grant --case @C-1 --officer vjosa=@vjosa.age --officer mira=@mira.age --to dragan --reason gone --record @record";
    let few = desk.refused(
        &format!("{together}1 --share @shares/share-1.txt --share @shares/share-4.txt"),
        &[&phrase("vjosa"), &phrase("mira")],
    );
    assert!(few.contains("3 different shares"), "{few}");
    let alone = desk.refused(
        "recover grant --case @C-1 --officer vjosa=@vjosa.age --to dragan --reason gone --record @record2 --share @shares/share-1.txt --share @shares/share-4.txt --share @shares/share-5.txt",
        &[&phrase("vjosa")],
    );
    assert!(alone.contains("Two different officers"), "{alone}");
    let three =
        "--share @shares/share-1.txt --share @shares/share-4.txt --share @shares/share-5.txt";
    let said = desk.done(
        &format!("{together} {three}"),
        &[&phrase("vjosa"), &phrase("mira")],
    );
    assert!(said.contains("dragan") && said.contains("ledger"), "{said}");
    let record = desk.reads("record");
    assert!(
        record.contains("\nreason gone\nofficer mira ") && record.contains("\nofficer vjosa "),
        "{record}"
    );
    opens(&desk, "dragan", "4").unwrap();

    // Dragan takes Ana off: the case has a new key, for which she has no grant.
    desk.done(
        "grant renew --case @C-1 --as dragan=@dragan.age --leave ana",
        &[&phrase("dragan")],
    );
    fs::write(desk.path("later.txt"), "written after").unwrap();
    desk.done(
        "seal @later.txt --case @C-1 --field narrative --version 2 --to @later.age",
        &[],
    );
    let refused = desk.refused(
        "open @later.age --case @C-1 --field narrative --as ana=@ana.age --to @5",
        &[&phrase("ana")],
    );
    assert!(refused.contains("None of your keys"), "{refused}");
    // What was before is older than what was seen since.
    let older = opens(&desk, "dragan", "6").unwrap_err();
    assert!(
        format!("{older:#}").contains("version 1, but 2 was seen"),
        "{older:#}"
    );
    // And one file by recovery alone.
    desk.done(
        &format!("recover open @later.age --case @C-1 --field narrative --to @7 --officer vjosa=@vjosa.age --officer mira=@mira.age --reason drill --record @record7 {three}"),
        &[&phrase("vjosa"), &phrase("mira")],
    );
    assert_eq!(desk.reads("7"), "written after");
}

#[test]
fn what_is_written_is_whole_and_for_its_owner_alone_and_over_nothing() {
    let desk = desk();
    let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    for name in [
        "ana.age",
        "narrative.age",
        "shares/share-1.txt",
        "C-1/grants/ana.1.age",
        "office/office.key.age",
    ] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    opens(&desk, "ana", "out").unwrap();
    assert_eq!(mode("out"), 0o600);
    fs::write(desk.path("out"), "mine").unwrap();
    assert!(format!("{:#}", opens(&desk, "ana", "out").unwrap_err()).contains("is there already"));
    assert_eq!(desk.reads("out"), "mine");
    // A refused file leaves nothing, not even a part.
    let before = fs::read_dir(desk.folder.path()).unwrap().count();
    let mut bytes = fs::read(desk.path("narrative.age")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(desk.path("narrative.age"), bytes).unwrap();
    opens(&desk, "ana", "none").unwrap_err();
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), before);
    // The languages of those who read it.
    let says = |language: &str| {
        desk.refused(&format!("open @narrative.age --case @C-1 --field narrative --as ana=@ana.age --to @none --language {language}"), &[&phrase("ana")])
    };
    assert!(says("sq").contains("Asnjë nga çelësat tuaj"));
    assert!(says("sr-Latn").contains("Nijedan vaš ključ"));
    assert!(says("sr-Cyrl").contains("Ниједан ваш кључ"));
}

#[test]
fn an_attachment_goes_and_comes_back() {
    let desk = desk();
    let content: Vec<u8> = (0..2_500_000_u32).map(|n| (n % 253) as u8).collect();
    fs::write(desk.path("scan.pdf"), &content).unwrap();
    fs::create_dir(desk.path("sent")).unwrap();
    desk.done(
        "seal @scan.pdf --case @C-1 --as ana=@ana.age --to @sent",
        &[&phrase("ana")],
    );
    let folder = fs::read_dir(desk.path("sent"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let name = format!("sent/{}", folder.file_name().unwrap().to_str().unwrap());
    let open = |to: &str| {
        desk.run(
            &format!("open @{name} --case @C-1 --as besa=@besa.age --signed --to @{to}"),
            &[&phrase("besa")],
        )
    };
    open("back.pdf").unwrap();
    assert_eq!(fs::read(desk.path("back.pdf")).unwrap(), content);
    let part = |n: u32| folder.join(format!("part-{n:04}.age"));
    fs::copy(part(1), part(3)).unwrap();
    assert!(format!("{:#}", open("x").unwrap_err()).contains("more parts"));
    fs::remove_file(part(3)).unwrap();
    fs::copy(part(0), part(1)).unwrap();
    assert!(format!("{:#}", open("x").unwrap_err()).contains("Part 2"));
    fs::remove_file(part(2)).unwrap();
    fs::remove_file(part(1)).unwrap();
    assert!(format!("{:#}", open("x").unwrap_err()).contains("is missing"));
    assert!(!Path::new(&desk.path("x")).exists());
}

#[test]
fn shares_are_checked_in_a_drill_without_using_them() {
    let desk = desk();
    let check = |shares: &[&str]| {
        let words: Vec<String> = shares
            .iter()
            .map(|s| format!("--share @shares/share-{s}.txt"))
            .collect();
        desk.run(&format!("recover check {}", words.join(" ")), &[])
    };
    assert!(
        check(&["2", "3", "5"])
            .unwrap()
            .contains("Nothing was opened")
    );
    let text = desk.reads("shares/share-2.txt");
    let row = text.lines().last().unwrap();
    fs::write(
        desk.path("shares/share-2.txt"),
        text.replace(row, &row.chars().rev().collect::<String>()),
    )
    .unwrap();
    let refused = format!("{:#}", check(&["2", "3", "5"]).unwrap_err());
    assert!(
        refused.contains("Row 6") || refused.contains("not a share"),
        "{refused}"
    );
}
