//! The server is seized while people work: its database, log of writes, index, logs, temporary files, a backup and its memory
//! are searched for ten thousand strings that were sealed, and none is found. Everybody is invented.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    clippy::print_stdout
)]

#[allow(dead_code, reason = "another test uses the rest")]
mod sealed;

use std::{
    collections::BTreeMap,
    fs,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use mandate::sample::PASSWORD;
use mandate_sealing::{Manifest, Part};
use mandate_vault::{PersonId, digest};
use sealed::{Case, Hand, stated};
use serde_json::{Value, json};

const FILES: usize = 100;
/// In each file: in the form, the account, the identity, the papers' names, the papers.
const EACH: [usize; 5] = [10, 50, 10, 5, 25];

/// Strings that stand in nothing but what was sealed. All begin alike, so that one search finds any of them.
struct Canaries {
    begin: String,
    made: usize,
}

impl Canaries {
    fn new() -> Self {
        let letters = (0..20).map(|_| char::from(b'a' + rand::random_range(0..26_u8)));
        Self {
            begin: letters.collect(),
            made: 0,
        }
    }

    fn some(&mut self, many: usize) -> String {
        let begin = &self.begin;
        let all: Vec<String> = (self.made..self.made + many)
            .map(|n| format!("{begin}{n:05}"))
            .collect();
        self.made += many;
        all.join(" ")
    }
}

/// Every way in which a string is sought.
fn forms(sought: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| sought.encode_utf16().flat_map(bytes).collect();
    let hex: String = sought.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all: Vec<(&'static str, Vec<u8>)> = vec![
        ("UTF-8", sought.as_bytes().to_vec()),
        ("UTF-16LE", utf16(u16::to_le_bytes)),
        ("UTF-16BE", utf16(u16::to_be_bytes)),
        ("hex", hex.clone().into_bytes()),
        ("HEX", hex.to_uppercase().into_bytes()),
    ];
    for shift in 0..3 {
        // What stands before decides how the letters fall; the first and last of a run are not the string's alone.
        let shifted = [vec![b'-'; shift], sought.as_bytes().to_vec()].concat();
        let text = BASE64_STANDARD.encode(shifted);
        let text = text.trim_end_matches('=');
        let inner = &text.as_bytes()[if shift == 0 { 0 } else { 4 }..text.len() - 3];
        all.push(("base64", inner.to_vec()));
    }
    all
}

/// Where a string is found in bytes, also in what is packed with gzip or deflate in them.
fn found(bytes: &[u8], forms: &[(&'static str, Vec<u8>)]) -> Option<&'static str> {
    let plain = |bytes: &[u8]| {
        let here = |form: &&(&'static str, Vec<u8>)| memchr::memmem::find(bytes, &form.1).is_some();
        forms.iter().find(here).map(|form| form.0)
    };
    plain(bytes).or_else(|| {
        memchr::memmem::find_iter(bytes, b"\x1f\x8b\x08").find_map(|at| {
            let mut unpacked = Vec::new();
            let packed = flate2::read::GzDecoder::new(&bytes[at..]).take(8 << 20);
            // What broke off is searched as far as it goes.
            let _ = { packed }.read_to_end(&mut unpacked);
            plain(&unpacked).map(|_| "gzip")
        })
    })
}

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn mandate(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mandate"));
    command
        .arg("--data")
        .arg(folder.join("data"))
        .arg("--profile")
        .arg(folder.join("profile"))
        .env("TMPDIR", folder.join("temporary"))
        .env("RUST_LOG", "trace")
        .env_remove("RUST_BACKTRACE");
    command
}

/// The profile with a window of applications that stays open.
fn profile(folder: &Path) {
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../profiles/kosovo");
    let to = folder.join("profile");
    copy(&from, &to);
    let window = "\n[[window]]\nkey = \"practice\"\nopens = \"2025-05-16\"\ncloses = \"2999-12-31\"\nsource = \"reopening\"\nen = \"Practice\"\nsq = \"Provë\"\nsr = \"Vežba\"\n";
    let mut process = fs::OpenOptions::new()
        .append(true)
        .open(to.join("process.toml"))
        .unwrap();
    process.write_all(window.as_bytes()).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn serve(folder: &Path) -> Server {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let log = fs::File::create(folder.join("log")).unwrap();
    let child = mandate(folder)
        .args(["demo", "--listen", &format!("127.0.0.1:{port}")])
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let server = Server {
        child,
        address: format!("http://localhost:{port}"),
    };
    let begun = Instant::now();
    while ureq::get(&server.address).call().is_err() {
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "no answer from the server"
        );
        thread::sleep(Duration::from_millis(100));
    }
    server
}

/// Somebody signed in, with a browser's cookie.
#[derive(Clone)]
struct Browser {
    agent: ureq::Agent,
    address: String,
    cookie: String,
    csrf: String,
}

impl Browser {
    fn sign_in(server: &Server, email: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        let mut browser = Self {
            agent: config.into(),
            address: server.address.clone(),
            cookie: String::new(),
            csrf: String::new(),
        };
        browser.csrf = browser.token("/sign-in");
        let status = browser
            .post("/sign-in", &[("email", email), ("password", PASSWORD)])
            .0;
        assert_eq!(status, 303, "{email} signs in");
        browser.csrf = browser.token("/account");
        browser
    }

    fn keep(&mut self, answer: &ureq::http::Response<ureq::Body>) {
        for line in answer.headers().get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let name = pair.split('=').next().unwrap();
            let others = self.cookie.split("; ").filter(|one| !one.is_empty());
            let others = others.filter(|one| !one.starts_with(&format!("{name}=")));
            self.cookie = others.chain([pair]).collect::<Vec<_>>().join("; ");
        }
    }

    fn token(&mut self, path: &str) -> String {
        let mut answer = self
            .agent
            .get(format!("{}{path}", self.address))
            .header("cookie", &self.cookie)
            .call()
            .unwrap();
        self.keep(&answer);
        let page = answer.body_mut().read_to_string().unwrap();
        let rest = page.split("name=\"csrf\" value=\"").nth(1).expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let mut answer = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("cookie", &self.cookie)
            .header("x-csrf-token", &self.csrf)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .send(body.as_bytes())
            .unwrap();
        self.keep(&answer);
        let status = answer.status().as_u16();
        (status, answer.body_mut().read_to_string().unwrap())
    }

    /// Asks the page of files.
    fn ask(&mut self, path: &str, fields: &[(&str, &str)], content: &Value) -> Value {
        let content = content.to_string();
        let fields: Vec<_> = fields
            .iter()
            .copied()
            .chain([("content", content.as_str())])
            .collect();
        let (status, body) = self.post(&format!("/files/{path}"), &fields);
        assert_eq!(status, 200, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }
}

/// What is known on this side, and never there: keys and people.
struct Client {
    hand: Hand,
    me: PersonId,
    secretary: PersonId,
    keepers: [PersonId; 2],
}

impl Client {
    /// Everybody's keys, made here; only what is public is brought to the server.
    fn new(admin: &mut Browser, files: &mut Browser) -> Self {
        let start = files.ask("start", &[], &json!(null));
        let now = start["now"].as_u64().unwrap();
        let id = |value: &Value| PersonId::new(value["id"].as_str().unwrap()).unwrap();
        let people = start["people"].as_array().unwrap();
        let who = |party: &str, holds: Option<&str>| {
            let fits = |one: &&Value| one["party"] == party && one["holds"].as_str() == holds;
            id(people.iter().find(fits).unwrap())
        };
        let me = id(&start["me"]);
        let secretary = who("secretariat", None);
        let keepers = [who("keeper", Some("1")), who("keeper", Some("2"))];
        let hand = Hand::new(now, &[&me, &secretary, &keepers[0], &keepers[1]]);
        for paper in hand.papers() {
            let (status, body) = admin.post("/keys", &[("document", paper.as_str())]);
            assert_eq!(status, 303, "{body}");
        }
        Self {
            hand,
            me,
            secretary,
            keepers,
        }
    }

    /// Files one: form, account, identity, papers with names, all of them full of canaries.
    fn file(&self, browser: &mut Browser, canaries: &mut Canaries) -> String {
        let (hand, me) = (&self.hand, &self.me);
        let file = hand.case(me, &[me, &self.secretary]);
        let one = hand.case(me, &[me, &self.keepers[0]]);
        let two = hand.case(me, &[me, &self.keepers[1]]);
        let mut field = |name, case, field, many| {
            let body = canaries.some(many);
            hand.field(me, name, case, field, body.as_bytes())
        };
        let fields = json!([
            field("file", &file, "form", EACH[0]),
            field("file", &file, "narrative", EACH[1]),
            field("one", &one, "identity", EACH[2] / 2),
            field("two", &two, "identity", EACH[2] / 2),
        ]);
        let cases: Vec<Value> = [&file, &one, &two].map(|case| stated(&case.made)).to_vec();
        let begun = json!({ "ids": [file.id, one.id, two.id], "cases": cases, "fields": fields, "counted": {} });
        let code = browser.ask("new", &[], &begun)["code"]
            .as_str()
            .unwrap()
            .to_owned();
        let at = [("as", "filing"), ("code", code.as_str())];
        for _ in 0..EACH[3] {
            self.paper(browser, &at, &file, canaries);
        }
        let step = [("as", "filing"), ("code", &code), ("step", "file")];
        browser.ask("step", &step, &json!(null));
        code
    }

    fn paper(
        &self,
        browser: &mut Browser,
        at: &[(&str, &str)],
        case: &Case,
        canaries: &mut Canaries,
    ) {
        let directory = self.hand.practice.directory().unwrap();
        let name = format!("{}.pdf", canaries.some(1));
        let paper = canaries.some(EACH[4] / EACH[3]).into_bytes();
        let size = paper.len() as u64;
        let manifest = Manifest::new(&name, "application/pdf", size, digest(&paper)).unwrap();
        let part = manifest
            .seal_part(Part { index: 0 }, &paper, &case.chain, &directory)
            .unwrap();
        let part = json!({ "case": "file", "upload": manifest.upload, "index": 0,
            "sealed": BASE64_STANDARD.encode(part.as_bytes()) });
        browser.ask("send", at, &part);
        let field = manifest.field().unwrap().to_string();
        let text = manifest.text();
        let noted = self
            .hand
            .field(&self.me, "file", case, &field, text.as_bytes());
        browser.ask("write", at, &json!({ "fields": [noted] }));
    }
}

/// What a dump of a process holds: every part of its memory that can be read.
fn memory(process: u32) -> Vec<Vec<u8>> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut memory = fs::File::open(format!("/proc/{process}/mem")).unwrap();
    let mut all = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (from, to) = words.next().unwrap().split_once('-').unwrap();
        let (from, to) = (
            u64::from_str_radix(from, 16).unwrap(),
            u64::from_str_radix(to, 16).unwrap(),
        );
        let readable = words.next().unwrap().starts_with('r');
        if !readable || line.ends_with("[vvar]") || line.ends_with("[vsyscall]") {
            continue;
        }
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        memory.seek(SeekFrom::Start(from)).unwrap();
        if memory.read_exact(&mut bytes).is_ok() {
            all.push(bytes);
        }
    }
    all
}

/// Every file under a folder; archives opened as well.
fn files(folder: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())) {
            for at in 0..archive.len() {
                let mut one = archive.by_index(at).unwrap();
                let mut unpacked = Vec::new();
                one.read_to_end(&mut unpacked).unwrap();
                into.insert(path.join(one.name()), unpacked);
            }
        }
        into.insert(path, bytes);
    }
}

#[test]
fn nothing_that_was_sealed_is_in_what_is_seized_and_what_stands_in_the_clear_is_found() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("temporary")).unwrap();
    profile(folder.path());
    let server = serve(folder.path());
    let mut admin = Browser::sign_in(&server, "admin@example.org");
    let mut filer = Browser::sign_in(&server, "files@example.org");
    let secretary = Browser::sign_in(&server, "secretariat@example.org");
    let client = Client::new(&mut admin, &mut filer);
    let mut canaries = Canaries::new();
    let codes: Vec<String> = (0..FILES)
        .map(|_| client.file(&mut filer, &mut canaries))
        .collect();
    assert_eq!(canaries.made, 10_000);

    // People work: they list and read while everything is taken.
    let (stop, reads) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let workers: Vec<_> = [
        ("filing", filer.clone()),
        ("secretariat", secretary.clone()),
    ]
    .into_iter()
    .map(|(party, mut browser)| {
        let (stop, reads, codes) = (stop.clone(), reads.clone(), codes.clone());
        thread::spawn(move || {
            for code in codes.iter().cycle() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let read = browser.ask("read", &[("as", party), ("code", code)], &json!(null));
                assert_eq!(&read["code"], code);
                browser.ask("list", &[("as", party)], &json!(null));
                reads.fetch_add(1, Ordering::Relaxed);
            }
        })
    })
    .collect();
    while reads.load(Ordering::Relaxed) < 20 {
        thread::sleep(Duration::from_millis(20));
        assert!(
            workers.iter().all(|worker| !worker.is_finished()),
            "a worker stopped"
        );
    }
    let backup = folder.path().join("backup.zip");
    let done = mandate(folder.path())
        .arg("backup")
        .arg(&backup)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let dump = memory(server.child.id());
    let mut taken = BTreeMap::new();
    files(folder.path(), &mut taken);
    stop.store(true, Ordering::Relaxed);
    for worker in workers {
        worker.join().unwrap();
    }

    // The search finds what is there: the codes, and a canary planted in each form.
    let in_file = |part: &str| {
        taken
            .iter()
            .any(|(path, bytes)| path.to_string_lossy().contains(part) && !bytes.is_empty())
    };
    for part in ["office.sqlite", "sqlite-wal", "log", "index", "backup.zip"] {
        assert!(
            in_file(part),
            "{part} is among what is taken: {:?}",
            taken.keys()
        );
    }
    let is_taken = |sought: &str| {
        taken
            .values()
            .any(|bytes| found(bytes, &forms(sought)).is_some())
    };
    assert!(
        codes.iter().all(|code| is_taken(code)),
        "every code stands in the clear"
    );
    let log = &taken[&folder.path().join("log")];
    for code in &codes {
        assert_eq!(found(log, &forms(code)), None, "no code is in a log");
    }
    let is_dumped = |code: &String| {
        let forms = forms(code);
        dump.iter().any(|bytes| found(bytes, &forms).is_some())
    };
    assert!(
        codes.iter().any(is_dumped),
        "codes that are worked on are in the memory"
    );
    let sought = forms(&canaries.begin);
    let planted = format!("Something before it, {}00000", canaries.begin);
    for shift in 0..3 {
        let text = format!("{}{planted}", "x".repeat(shift));
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text.as_bytes()).unwrap();
        let hex: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let all = [
            text.clone().into_bytes(),
            utf16,
            hex.to_lowercase().into_bytes(),
            hex.into_bytes(),
            BASE64_STANDARD.encode(&text).into_bytes(),
            packer.finish().unwrap(),
        ];
        for (at, bytes) in all.iter().enumerate() {
            let bytes = [b"noise ".as_slice(), bytes, b" noise"].concat();
            assert!(found(&bytes, &sought).is_some(), "form {at}, shift {shift}");
        }
    }

    // And none of ten thousand.
    for (path, bytes) in &taken {
        assert_eq!(found(bytes, &sought), None, "{}", path.display());
    }
    for bytes in &dump {
        assert_eq!(found(bytes, &sought), None, "the memory of the server");
    }
    let size = |sizes: usize| sizes / (1 << 20);
    println!(
        "{} canaries; {} files ({} MB), {} parts of memory ({} MB), {} reads meanwhile: none found",
        canaries.made,
        taken.len(),
        size(taken.values().map(Vec::len).sum()),
        dump.len(),
        size(dump.iter().map(Vec::len).sum()),
        reads.load(Ordering::Relaxed)
    );
}
