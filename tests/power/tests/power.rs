//! What was acknowledged outlives a power cut; with a database that does not sync, the test sees the loss.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::{ffi::OsStr, path::Path};

use mandate_power::{
    Dice, cuts,
    disk::{Disk, File, Kind, ROOT},
    may_mount,
    office::Syncs,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_mandate-power");

fn skipped() -> bool {
    let why = may_mount();
    if let Some(why) = &why {
        println!("SKIPPED, no power was cut: {why}");
    }
    why.is_some()
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_power_goes() {
    if skipped() {
        return;
    }
    let seen = cuts(Path::new(PROGRAM), 24, Syncs::Full, 1).await.unwrap();
    assert_eq!(seen.findings, Vec::<String>::new(), "{seen:?}");
    assert!(seen.acknowledged > 100, "{seen:?}");
}

#[tokio::test]
async fn a_database_that_does_not_sync_is_seen_to_lose() {
    if skipped() {
        return;
    }
    let seen = cuts(Path::new(PROGRAM), 8, Syncs::Off, 2).await.unwrap();
    assert!(seen.harmed > 0, "{seen:?}");
}

fn disk_with_a_file() -> (Disk, u64) {
    let mut disk = Disk::default();
    let kind = Kind::File(File::default());
    let file = disk.make(ROOT, OsStr::new("file"), kind, 0o600).unwrap();
    (disk, file)
}

/// What a file holds after each of many cuts: nothing for one whose name is gone.
fn after_cuts(disk: &Disk) -> Vec<Option<Vec<u8>>> {
    (0..200)
        .map(|seed| {
            let mut after = disk.after_cut(&mut Dice(seed));
            let file = after.find(ROOT, OsStr::new("file")).ok()?;
            Some(after.file(file).unwrap().now.clone())
        })
        .collect()
}

#[test]
fn the_disk_keeps_what_was_synced_and_nothing_else_for_sure() {
    let (mut disk, file) = disk_with_a_file();
    disk.file(file).unwrap().write(0, &[1; 10_000]);
    disk.file(file).unwrap().sync();
    // The bytes last, but not the name.
    let found = after_cuts(&disk);
    assert!(found.contains(&None) && found.contains(&Some(vec![1; 10_000])));
    assert!(found.iter().flatten().all(|bytes| *bytes == [1; 10_000]));
    disk.folder(ROOT).unwrap().sync();
    assert!(
        after_cuts(&disk)
            .iter()
            .all(|found| *found == Some(vec![1; 10_000]))
    );
    // Pages that were written since are there or not, in any order, and in halves.
    disk.file(file).unwrap().write(0, &[2; 4_096]);
    disk.file(file).unwrap().write(4_096, &[3; 4_096]);
    let found: Vec<Vec<u8>> = after_cuts(&disk).into_iter().flatten().collect();
    let of = |first: u8, second: u8| {
        let whole = |bytes: &[u8], value: u8| bytes.iter().all(|byte| *byte == value);
        found
            .iter()
            .any(|bytes| whole(&bytes[..4096], first) && whole(&bytes[4096..8192], second))
    };
    assert!(of(1, 1) && of(2, 3) && of(2, 1) && of(1, 3));
    assert!(
        found
            .iter()
            .any(|bytes| bytes[..4096].contains(&1) && bytes[..4096].contains(&2))
    );
    assert!(found.iter().all(|bytes| bytes[8192..] == [1; 1808]));
}

#[test]
fn a_name_that_is_changed_is_the_old_or_the_new_one_until_its_folder_is_synced() {
    let (mut disk, file) = disk_with_a_file();
    disk.file(file).unwrap().write(0, b"new");
    disk.file(file).unwrap().sync();
    let kind = Kind::File(File::default());
    disk.make(ROOT, OsStr::new("fresh"), kind, 0o600).unwrap();
    disk.folder(ROOT).unwrap().sync();
    disk.rename(ROOT, OsStr::new("fresh"), OsStr::new("file"), true)
        .unwrap();
    let found = after_cuts(&disk);
    assert!(found.contains(&Some(b"new".to_vec())) && found.contains(&Some(Vec::new())));
    assert!(!found.contains(&None));
    disk.folder(ROOT).unwrap().sync();
    assert!(
        after_cuts(&disk)
            .iter()
            .all(|found| *found == Some(Vec::new()))
    );
}
