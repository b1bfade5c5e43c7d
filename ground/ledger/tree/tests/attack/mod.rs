//! Exports of invented ledgers, and every way of tampering with them that we could think of.
//!
//! Two attackers: one who has only the files, and one who has the log's signing key too and writes history anew with every
//! hash and signature in order. Against the second only what others keep helps: a checkpoint that somebody saw, and the
//! cosignature of a witness. Both are given to the verifiers.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used
)]

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use mandate_ledger_tree::{
    Trust,
    checkpoint::Checkpoint,
    export::{Export, Line},
    leaf::{Content, Leaf, hour_of},
    merkle::Frontier,
    note::{Says, SignerKey},
    tile,
};

pub type Files = BTreeMap<String, Vec<u8>>;

/// splitmix64: the same attacks from the same seed on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn salt(&mut self) -> [u8; 32] {
        let mut salt = [0; 32];
        salt.chunks_mut(8)
            .for_each(|part| part.copy_from_slice(&self.next().to_le_bytes()));
        salt
    }
}

/// An entry of an invented ledger: its leaf, and its content unless it was erased.
pub type Entry = (Leaf, Option<Content>);

pub struct World {
    pub entries: Vec<Entry>,
    log: SignerKey,
    witness: SignerKey,
    /// How many entries the witness cosigned, and the note.
    cosigned: (u64, String),
    pub trust: Trust,
    pub files: Files,
}

fn sealed(content: Content) -> Entry {
    let leaf = Leaf {
        seq: content.seq,
        hour: hour_of(content.at),
        commitment: content.commitment(&content.salt().unwrap()),
    };
    (leaf, Some(content))
}

fn content(dice: &mut Dice, seq: u64) -> Content {
    let words = [
        "Đakovica",
        "Ђаковица",
        "a \"quoted\" word",
        "line\nend",
        "",
        "ë",
        "\u{1f}\u{7f}",
    ];
    let word = words[dice.below(words.len())];
    Content {
        seq,
        at: 1_750_000_000_000 + i64::try_from(seq).unwrap() * 700_001,
        actor: format!("person-{}", dice.below(5)),
        session: (dice.below(3) > 0).then(|| format!("session-{}", dice.below(99))),
        action: "recommendation.changed".to_owned(),
        outcome: ["done", "read", "refused"][dice.below(3)].to_owned(),
        record_kind: Some("recommendation".to_owned()),
        record_id: Some(format!("r-{}", dice.below(999))),
        details: serde_json::json!({ "word": word, "n": dice.below(9) }).to_string(),
        salt: hex::encode(dice.salt()),
    }
}

fn root(entries: &[Entry], size: u64) -> [u8; 32] {
    let mut frontier = Frontier::new();
    entries[..size as usize]
        .iter()
        .for_each(|(leaf, _)| frontier.push(leaf.hash()));
    frontier.root()
}

impl World {
    /// A ledger of so many entries, every twentieth of them erased and said to be; a witness cosigned about two thirds, or
    /// all of it.
    pub fn new(size: u64, seed: u64) -> World {
        let mut dice = Dice(seed);
        let log = SignerKey::new("office.example.org/ledger", Says::Signed, &dice.salt()).unwrap();
        let witness =
            SignerKey::new("witness.example.net/w", Says::Cosigned, &dice.salt()).unwrap();
        let mut entries: Vec<Entry> = Vec::new();
        for seq in 1..=size {
            let mut content = content(&mut dice, seq);
            if seq % 20 == 0 {
                content.action = "ledger.erased".to_owned();
                content.outcome = "done".to_owned();
                content.details = format!("{{\"entries\":[{},{}]}}", seq - 3, seq - 11);
                for gone in [seq - 3, seq - 11] {
                    entries[gone as usize - 1].1 = None;
                }
            }
            entries.push(sealed(content));
        }
        let note = |size| {
            let checkpoint = Checkpoint {
                origin: log.verifier().name().to_owned(),
                size,
                root: root(&entries, size),
            };
            (checkpoint.text(), checkpoint.signed(&log))
        };
        let cosigned = match dice.below(3) {
            0 => size,
            _ => (size * 2 / 3).max(1),
        };
        let (text, signed) = note(cosigned);
        let cosigned = (cosigned, signed + &witness.sign(&text, 1_760_000_000));
        let seen = (size / 2).max(1);
        let trust = Trust {
            keys: vec![log.verifier().clone()],
            witnesses: vec![witness.verifier().clone()],
            seen: vec![(format!("seen at {seen}"), note(seen).1)],
            hashes_alone: false,
        };
        let mut world = World {
            files: Files::new(),
            entries,
            log,
            witness,
            cosigned,
            trust,
        };
        world.files = world.export(&world.entries, &world.log);
        world
    }

    fn export(&self, entries: &[Entry], key: &SignerKey) -> Files {
        let mut files = Files::new();
        let mut export = Export::new(&mut files);
        for (leaf, content) in entries {
            let line = match content {
                Some(content) => Line::Content(Box::new(content.clone())),
                None => Line::Erased,
            };
            export.push(leaf, &line).unwrap();
        }
        let checkpoint = Checkpoint {
            origin: key.verifier().name().to_owned(),
            size: entries.len() as u64,
            root: root(entries, entries.len() as u64),
        };
        // As the office does: the cosigned note is either the newest, or the one beside it.
        let newest = checkpoint.signed(key);
        let (newest, beside) = if self.cosigned.1.starts_with(&newest) {
            (&self.cosigned.1, None)
        } else {
            (&newest, Some(self.cosigned.1.as_str()))
        };
        export
            .finish(&[key.verifier().clone()], newest, beside)
            .unwrap();
        files
    }

    /// One attack: its name, and the files as they are after it. The files always differ from the true ones.
    pub fn attacked(&self, dice: &mut Dice) -> (&'static str, Files) {
        loop {
            let (name, files) = match dice.below(17) {
                n @ 0..=9 => self.without_key(n, dice),
                n => self.with_key(n, dice),
            };
            if files != self.files {
                return (name, files);
            }
        }
    }

    fn without_key(&self, n: usize, dice: &mut Dice) -> (&'static str, Files) {
        let mut files = self.files.clone();
        let names: Vec<String> = files.keys().cloned().collect();
        let name = &names[dice.below(names.len())];
        let bytes = files.get_mut(name).unwrap();
        let what = match n {
            0 => {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
                "edit: one bit"
            }
            1 => {
                let at = dice.below(bytes.len());
                let some = dice.salt();
                bytes.splice(at..at, some[..1 + dice.below(31)].iter().copied());
                "edit: bytes put in"
            }
            2 => {
                files.remove(name);
                "drop: a file"
            }
            3 => {
                bytes.truncate(dice.below(bytes.len()));
                "truncation: a file"
            }
            4 => {
                let other = names[dice.below(names.len())].clone();
                let (a, b) = (files[name].clone(), files[&other].clone());
                files.insert(name.clone(), b);
                files.insert(other, a);
                "reordering: two files"
            }
            5 => {
                self.lines(&mut files, dice, |lines, dice| {
                    let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
                    lines.swap(a, b);
                });
                "reordering: two lines of content"
            }
            6 => {
                self.lines(&mut files, dice, |lines, dice| {
                    lines.remove(dice.below(lines.len()));
                });
                "drop: a line of content"
            }
            7 => {
                self.hide(&mut files, dice);
                "drop: an entry said to be erased"
            }
            8 => {
                self.signatures(&mut files, dice);
                "edit: signatures of the two notes dropped, doubled or moved"
            }
            _ => {
                self.records(&mut files, dice);
                "reordering: two leaves with their hashes and content"
            }
        };
        (what, files)
    }

    fn lines(
        &self,
        files: &mut Files,
        dice: &mut Dice,
        change: impl Fn(&mut Vec<String>, &mut Dice),
    ) {
        let names: Vec<String> = files
            .keys()
            .filter(|n| n.starts_with("content/"))
            .cloned()
            .collect();
        let bytes = files.get_mut(&names[dice.below(names.len())]).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        change(&mut lines, dice);
        *bytes = lines.concat().into_bytes();
    }

    /// The notes' lines are all true ones; only which stand where is changed.
    fn signatures(&self, files: &mut Files, dice: &mut Dice) {
        let names: Vec<&str> = ["checkpoint", "cosigned"]
            .into_iter()
            .filter(|name| files.contains_key(*name))
            .collect();
        let apart = |files: &Files, name: &str| {
            let text = String::from_utf8(files[name].clone()).unwrap();
            let (text, lines) = text.split_once("\n\n").unwrap();
            let lines: Vec<String> = lines.split_inclusive('\n').map(str::to_owned).collect();
            (text.to_owned(), lines)
        };
        let (name, other) = (
            names[dice.below(names.len())],
            names[dice.below(names.len())],
        );
        let (text, mut lines) = apart(files, name);
        let (_, others) = apart(files, other);
        match dice.below(3) {
            0 => drop(lines.remove(dice.below(lines.len()))),
            1 => lines.insert(
                dice.below(lines.len() + 1),
                others[dice.below(others.len())].clone(),
            ),
            _ => lines = others,
        }
        let whole = format!("{text}\n\n{}", lines.concat());
        files.insert(name.to_owned(), whole.into_bytes());
    }

    fn hide(&self, files: &mut Files, dice: &mut Dice) {
        let at = dice.below(self.entries.len());
        if self.entries[at].1.is_none() {
            return;
        }
        let mut entries = self.entries.clone();
        entries[at].1 = None;
        *files = self.export(&entries, &self.log);
    }

    fn records(&self, files: &mut Files, dice: &mut Dice) {
        let (a, b) = (
            dice.below(self.entries.len()),
            dice.below(self.entries.len()),
        );
        let mut entries = self.entries.clone();
        entries.swap(a, b);
        let checkpoint = files["checkpoint"].clone();
        *files = self.export(&entries, &self.log);
        files.insert("checkpoint".to_owned(), checkpoint);
    }

    fn with_key(&self, n: usize, dice: &mut Dice) -> (&'static str, Files) {
        // What nobody outside has seen yet can be written anew without anybody noticing; so below what was seen.
        let known = self.cosigned.0 as usize;
        let at = dice.below(known);
        let mut entries = self.entries.clone();
        let renumbered = |entries: &mut Vec<Entry>| {
            for (at, (leaf, content)) in entries.iter_mut().enumerate() {
                leaf.seq = at as u64 + 1;
                if let Some(content) = content {
                    content.seq = leaf.seq;
                    *leaf = sealed(content.clone()).0;
                }
            }
        };
        let what = match n {
            10 => {
                let new = content(dice, at as u64 + 1);
                entries[at] = sealed(new);
                "edit: an entry, all signed anew"
            }
            11 => {
                entries.remove(at);
                renumbered(&mut entries);
                "drop: an entry, all signed anew"
            }
            12 => {
                let other = dice.below(known);
                entries.swap(at, other);
                renumbered(&mut entries);
                "reordering: two entries, all signed anew"
            }
            13 => {
                entries.truncate(at);
                "truncation: the end, all signed anew"
            }
            14 => {
                entries.truncate(at);
                let more = 1 + dice.below(40) as u64;
                for seq in at as u64 + 1..=at as u64 + more {
                    entries.push(sealed(content(dice, seq)));
                }
                while entries.len() < known {
                    let seq = entries.len() as u64 + 1;
                    entries.push(sealed(content(dice, seq)));
                }
                "fork: another end, all signed anew"
            }
            15 => {
                let key = SignerKey::new(self.log.verifier().name(), Says::Signed, &dice.salt());
                return (
                    "fork: signed by another key of that name",
                    self.export(&entries, &key.unwrap()),
                );
            }
            _ => {
                let seq = at as u64 + 1;
                entries.insert(at, sealed(content(dice, seq)));
                renumbered(&mut entries);
                "edit: an entry put in, all signed anew"
            }
        };
        (what, self.export(&entries, &self.log))
    }
}

/// The second verifier, running.
pub struct Second {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    base: Files,
}

impl Second {
    /// Starts it, or says why that cannot be.
    pub fn start() -> Result<Second, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/ledger");
        let python = python().ok_or(
            "python3 with the library `cryptography` is not here (make test-tools installs it): the second verifier is not asked",
        )?;
        let mut child = Command::new(python)
            .arg(folder.join("pipe.py"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let out = BufReader::new(child.stdout.take().unwrap());
        Ok(Second {
            child,
            out,
            base: Files::new(),
        })
    }

    fn tell(&mut self, told: &serde_json::Value) -> String {
        let input = self.child.stdin.as_mut().unwrap();
        writeln!(input, "{told}").unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        assert!(line.ends_with('\n'), "the second verifier ended");
        line.trim().to_owned()
    }

    /// Gives it an export and what is trusted; returns what it finds, empty for nothing.
    pub fn begin(&mut self, world: &World) -> String {
        let old = std::mem::replace(&mut self.base, world.files.clone());
        let drop: Vec<&String> = old.keys().collect();
        let show = |keys: &[mandate_ledger_tree::note::VerifierKey]| {
            keys.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        self.tell(&serde_json::json!({
            "drop": drop,
            "set": coded(world.files.iter()),
            "trust": {
                "keys": show(&world.trust.keys),
                "witnesses": show(&world.trust.witnesses),
                "seen": world.trust.seen,
            },
        }))
    }

    /// What it finds in an altered copy, empty for nothing.
    pub fn finds(&mut self, files: &Files) -> String {
        let drop: Vec<&String> = self
            .base
            .keys()
            .filter(|name| !files.contains_key(*name))
            .collect();
        let set = files
            .iter()
            .filter(|(name, bytes)| self.base.get(*name) != Some(*bytes));
        let told = serde_json::json!({ "drop": drop, "set": coded(set) });
        self.tell(&told)
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn coded<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> serde_json::Value {
    files
        .map(|(name, bytes)| (name.clone(), BASE64_STANDARD.encode(bytes).into()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A Python that has what the second verifier needs.
pub fn python() -> Option<PathBuf> {
    ["python3", "/usr/bin/python3"]
        .iter()
        .find(|python| {
            Command::new(python)
                .args([
                    "-c",
                    "import cryptography.hazmat.primitives.asymmetric.ed25519",
                ])
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        })
        .map(PathBuf::from)
}

/// How many hashes a full tile holds, for sizes around it.
pub const FULL: u64 = tile::WIDTH;
