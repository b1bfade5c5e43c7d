//! Cut after cut.

use std::{
    fs::OpenOptions,
    io::{BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    Ack, Dice,
    check::{LOST, check},
    disk::Disk,
    mount::{DEVICE, Mounted},
    office::Syncs,
};

/// Cuts that one office lives through before the next is opened.
const ON_EACH: usize = 8;
/// How long an office may work before its power is cut by the clock.
const AT_MOST: Duration = Duration::from_secs(60);

/// What was seen.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Cuts.
    pub cuts: usize,
    /// What was acknowledged before them.
    pub acknowledged: usize,
    /// Cuts before the office had opened.
    pub opening: usize,
    /// Cuts after which something was missing or damaged.
    pub harmed: usize,
    /// Of these, cuts after which something was damaged: the database, the ledger, or the office did not open.
    pub damaged: usize,
    /// What that was, with the number of the cut; the first few of each.
    pub findings: Vec<String>,
}

/// Why nothing can be mounted here; nothing when it can.
#[must_use]
pub fn may_mount() -> Option<String> {
    if let Err(error) = OpenOptions::new().read(true).write(true).open(DEVICE) {
        return Some(format!("{DEVICE} cannot be opened ({error})"));
    }
    let tried = tempfile::tempdir()
        .and_then(|folder| Mounted::at(folder.path(), Disk::default(), usize::MAX)?.take());
    tried
        .err()
        .map(|error| format!("nothing can be mounted here ({error})"))
}

/// Where copies are checked: in memory where that can be, as nothing there must last.
fn place() -> std::io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    }
}

/// Runs so many cuts under `program office`, the same ones for the same seed as far as the office does the same.
///
/// # Errors
/// When the disk cannot be mounted or the program not be started: that is no finding.
pub async fn cuts(program: &Path, n: usize, syncs: Syncs, seed: u64) -> anyhow::Result<Seen> {
    let mut dice = Dice(seed);
    let mut seen = Seen::default();
    let (mut disk, mut said) = (Disk::default(), Vec::new());
    for cut in 0..n {
        if cut % ON_EACH == 0 {
            (disk, said) = (Disk::default(), Vec::new());
        }
        // Some while it opens or mends itself, most while it works.
        let left = match dice.below(4) {
            0 => 1 + dice.below(80),
            1 => 1 + dice.below(5000),
            _ => 1 + dice.below(1000),
        };
        let before = said.len();
        disk = until_cut(program, disk, left, syncs, dice.roll(), &mut said)?.after_cut(&mut dice);
        let copied = place()?;
        disk.copy_to(copied.path())?;
        let mut found = check(&copied.path().join(DATA), &said).await;
        seen.cuts += 1;
        seen.acknowledged += said.len() - before;
        seen.opening += usize::from(!said[before..].contains(&Ack::Opened));
        if !found.is_empty() {
            seen.harmed += 1;
            // What is worse than a loss comes first.
            found.sort_by_key(|words| words.starts_with(LOST));
            seen.damaged += usize::from(!found[0].starts_with(LOST));
            let first = found
                .iter()
                .take(3)
                .map(|words| format!("cut {}: {words}", cut + 1));
            seen.findings.extend(first);
            (disk, said) = (Disk::default(), Vec::new());
        }
    }
    Ok(seen)
}

/// Where the office's data lies on the disk: in a folder that its program makes.
const DATA: &str = "var/office";

fn until_cut(
    program: &Path,
    disk: Disk,
    left: usize,
    syncs: Syncs,
    seed: u64,
    said: &mut Vec<Ack>,
) -> anyhow::Result<Disk> {
    let folder = tempfile::tempdir()?;
    let mounted = Mounted::at(folder.path(), disk, left)?;
    let data: PathBuf = folder.path().join(DATA);
    // A program of its own, as the office is one: it dies with the power, and what it says goes past the disk.
    let mut office = Command::new(program)
        .arg("office")
        .arg(&data)
        .args([syncs.word(), &seed.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let out = office.stdout.take();
    let reading = std::thread::spawn(move || {
        let mut said = Vec::new();
        let mut out = BufReader::new(out?);
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|n| n > 0) {
            said.extend(Ack::parse(&line));
            line.clear();
        }
        Some(said)
    });
    let begun = Instant::now();
    let mut went = false;
    while !went && begun.elapsed() < AT_MOST && office.try_wait()?.is_none() {
        went = mounted.wait(Duration::from_millis(200));
    }
    went |= mounted.wait(Duration::ZERO);
    let stopped = !went && office.try_wait()?.is_some();
    mounted.cut();
    office.kill()?;
    let mut errors = String::new();
    if let Some(mut words) = office.stderr.take() {
        words.read_to_string(&mut errors)?;
    }
    office.wait()?;
    said.extend(reading.join().ok().flatten().unwrap_or_default());
    let disk = mounted.take()?;
    anyhow::ensure!(!stopped, "the office stopped before its cut: {errors}");
    Ok(disk)
}
