//! The disk, mounted (FUSE), with a power cut at a set operation.

use std::{
    ffi::OsStr,
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::{Duration, UNIX_EPOCH},
};

use fuser::{
    BackgroundSession, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags,
    Generation, INodeNo, LockOwner, MountOption, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate,
    ReplyData, ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyWrite, Request, TimeOrNow, WriteFlags,
};

use crate::disk::{Disk, File, Folder, Kind, Refusal};

/// Where the kernel is spoken to.
pub(crate) const DEVICE: &str = "/dev/fuse";
/// How long the kernel may keep what it was told; nobody else changes the disk.
const KEEP: Duration = Duration::from_secs(60);

#[derive(Debug)]
struct Power {
    disk: Disk,
    /// Changes and syncs until the cut.
    left: usize,
    off: bool,
}

impl Power {
    /// Before anything that changes or syncs: false when the power goes at it. What was being changed may still be written.
    fn holds(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.off |= self.left == 0;
        !self.off
    }
}

#[derive(Debug, Default)]
struct Shared {
    power: Mutex<Option<Power>>,
    went: Condvar,
}

struct Files(Arc<Shared>);

/// A disk that is mounted.
#[derive(Debug)]
pub(crate) struct Mounted {
    shared: Arc<Shared>,
    session: Option<BackgroundSession>,
}

fn locked(shared: &Shared) -> MutexGuard<'_, Option<Power>> {
    shared
        .power
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Mounted {
    /// Mounts a disk whose power goes at the `left`th change or sync, without the help of another program.
    ///
    /// # Errors
    /// When the kernel does not let us: [`DEVICE`] is not there, or only the superuser may.
    pub(crate) fn at(folder: &Path, disk: Disk, left: usize) -> std::io::Result<Mounted> {
        let shared = Arc::new(Shared::default());
        *locked(&shared) = Some(Power {
            disk,
            left,
            off: false,
        });
        let mut config = Config::default();
        config.mount_options = vec![
            MountOption::FSName("power".to_owned()),
            MountOption::NoAtime,
        ];
        let session = fuser::spawn_mount(Files(shared.clone()), folder, &config)?;
        Ok(Mounted {
            shared,
            session: Some(session),
        })
    }

    /// Waits until the power has gone, at most so long; false if it did not go.
    #[must_use]
    pub(crate) fn wait(&self, at_most: Duration) -> bool {
        let on = |power: &mut Option<Power>| power.as_ref().is_some_and(|power| !power.off);
        self.shared
            .went
            .wait_timeout_while(locked(&self.shared), at_most, on)
            .is_ok_and(|(_, waited)| !waited.timed_out())
    }

    /// Cuts the power if it has not gone yet.
    pub(crate) fn cut(&self) {
        if let Some(power) = locked(&self.shared).as_mut() {
            power.off = true;
        }
    }

    /// Unmounts, and gives back the disk with what was unsynced still unsynced. Nobody may have a file open any more.
    ///
    /// # Errors
    /// When the kernel does not let go of it.
    pub(crate) fn take(mut self) -> std::io::Result<Disk> {
        self.cut();
        let disk = locked(&self.shared).take().map(|power| power.disk);
        if let Some(session) = self.session.take() {
            session.umount_and_join()?;
        }
        Ok(disk.unwrap_or_default())
    }
}

impl From<Refusal> for Errno {
    fn from(refusal: Refusal) -> Errno {
        match refusal {
            Refusal::Missing => Errno::ENOENT,
            Refusal::There => Errno::EEXIST,
            Refusal::NotEmpty => Errno::ENOTEMPTY,
            Refusal::Kind => Errno::EISDIR,
        }
    }
}

fn attributes(disk: &mut Disk, number: u64) -> Result<FileAttr, Errno> {
    let node = disk.node(number)?;
    let (kind, size) = match &node.kind {
        Kind::File(file) => (FileType::RegularFile, file.now.len() as u64),
        Kind::Folder(_) => (FileType::Directory, 0),
    };
    Ok(FileAttr {
        ino: INodeNo(number),
        size,
        blocks: size.div_ceil(512),
        atime: UNIX_EPOCH,
        mtime: UNIX_EPOCH,
        ctime: UNIX_EPOCH,
        crtime: UNIX_EPOCH,
        kind,
        perm: node.mode,
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    })
}

fn bits(mode: u32, umask: u32) -> u16 {
    u16::try_from(mode & !umask & 0o7777).unwrap_or(0o600)
}

impl Files {
    /// What asks only; it fails when the power is off.
    fn ask<T>(&self, what: impl FnOnce(&mut Disk) -> Result<T, Errno>) -> Result<T, Errno> {
        match locked(&self.0).as_mut() {
            Some(power) if !power.off => what(&mut power.disk),
            _ => Err(Errno::EIO),
        }
    }

    /// What changes the disk. At the cut it is still done, unsynced, but whoever asked hears of a failure.
    fn change<T>(&self, what: impl FnOnce(&mut Disk) -> Result<T, Errno>) -> Result<T, Errno> {
        let mut guard = locked(&self.0);
        let Some(power) = guard.as_mut().filter(|power| !power.off) else {
            return Err(Errno::EIO);
        };
        let holds = power.holds();
        let done = what(&mut power.disk);
        if holds {
            return done;
        }
        self.0.went.notify_all();
        Err(Errno::EIO)
    }

    /// What makes something last; not at the cut.
    fn sync(&self, what: impl FnOnce(&mut Disk) -> Result<(), Errno>) -> Result<(), Errno> {
        let mut guard = locked(&self.0);
        let Some(power) = guard.as_mut().filter(|power| !power.off) else {
            return Err(Errno::EIO);
        };
        if power.holds() {
            return what(&mut power.disk);
        }
        self.0.went.notify_all();
        Err(Errno::EIO)
    }
}

fn entry(found: Result<FileAttr, Errno>, reply: ReplyEntry) {
    match found {
        Ok(attributes) => reply.entry(&KEEP, &attributes, Generation(0)),
        Err(error) => reply.error(error),
    }
}

fn empty(done: Result<(), Errno>, reply: ReplyEmpty) {
    match done {
        Ok(()) => reply.ok(),
        Err(error) => reply.error(error),
    }
}

fn at(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

impl Filesystem for Files {
    fn lookup(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let found = self.ask(|disk| {
            let number = disk.find(parent.0, name)?;
            attributes(disk, number)
        });
        entry(found, reply);
    }

    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.ask(|disk| attributes(disk, ino.0)) {
            Ok(attributes) => reply.attr(&KEEP, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn setattr(
        &self,
        _: &Request,
        ino: INodeNo,
        mode: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<std::time::SystemTime>,
        _: Option<FileHandle>,
        _: Option<std::time::SystemTime>,
        _: Option<std::time::SystemTime>,
        _: Option<std::time::SystemTime>,
        _: Option<fuser::BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let set = |disk: &mut Disk| {
            if let Some(mode) = mode {
                disk.node(ino.0)?.mode = bits(mode, 0);
            }
            if let Some(size) = size {
                disk.file(ino.0)?.set_length(at(size));
            }
            attributes(disk, ino.0)
        };
        let done = if size.is_some() {
            self.change(set)
        } else {
            self.ask(set)
        };
        match done {
            Ok(attributes) => reply.attr(&KEEP, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn mkdir(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        mode: u32,
        umask: u32,
        reply: ReplyEntry,
    ) {
        let made = self.change(|disk| {
            let kind = Kind::Folder(Folder::default());
            let number = disk.make(parent.0, name, kind, bits(mode, umask))?;
            attributes(disk, number)
        });
        entry(made, reply);
    }

    fn create(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        mode: u32,
        umask: u32,
        _: i32,
        reply: ReplyCreate,
    ) {
        let made = self.change(|disk| {
            let kind = Kind::File(File::default());
            let number = disk.make(parent.0, name, kind, bits(mode, umask))?;
            attributes(disk, number)
        });
        match made {
            Ok(attributes) => {
                reply.created(
                    &KEEP,
                    &attributes,
                    Generation(0),
                    FileHandle(0),
                    FopenFlags::empty(),
                );
            }
            Err(error) => reply.error(error),
        }
    }

    fn unlink(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        empty(self.change(|disk| Ok(disk.remove(parent.0, name)?)), reply);
    }

    fn rmdir(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        empty(self.change(|disk| Ok(disk.remove(parent.0, name)?)), reply);
    }

    fn rename(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        newparent: INodeNo,
        newname: &OsStr,
        flags: RenameFlags,
        reply: ReplyEmpty,
    ) {
        if parent != newparent {
            return reply.error(Errno::EXDEV);
        }
        if flags.contains(RenameFlags::RENAME_EXCHANGE) {
            return reply.error(Errno::EINVAL);
        }
        let take = !flags.contains(RenameFlags::RENAME_NOREPLACE);
        let done = self.change(|disk| Ok(disk.rename(parent.0, name, newname, take)?));
        empty(done, reply);
    }

    fn read(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let read = self.ask(|disk| {
            let bytes = &disk.file(ino.0)?.now;
            let from = at(offset).min(bytes.len());
            Ok(bytes[from..(from + size as usize).min(bytes.len())].to_vec())
        });
        match read {
            Ok(bytes) => reply.data(&bytes),
            Err(error) => reply.error(error),
        }
    }

    fn write(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let written = self.change(|disk| {
            disk.file(ino.0)?.write(at(offset), data);
            Ok(u32::try_from(data.len()).unwrap_or(u32::MAX))
        });
        match written {
            Ok(written) => reply.written(written),
            Err(error) => reply.error(error),
        }
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }

    fn fsync(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let done = self.sync(|disk| {
            disk.file(ino.0)?.sync();
            Ok(())
        });
        empty(done, reply);
    }

    fn fsyncdir(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let done = self.sync(|disk| {
            disk.folder(ino.0)?.sync();
            Ok(())
        });
        empty(done, reply);
    }

    fn readdir(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        mut reply: ReplyDirectory,
    ) {
        let names = self.ask(|disk| {
            let names: Vec<_> = disk.folder(ino.0)?.now.clone().into_iter().collect();
            Ok(names
                .into_iter()
                .map(|(name, number)| (disk.folder(number).is_ok(), name, number))
                .collect::<Vec<_>>())
        });
        match names {
            Err(error) => reply.error(error),
            Ok(names) => {
                for (next, (folder, name, number)) in (1..).zip(names).skip(at(offset)) {
                    let kind = if folder {
                        FileType::Directory
                    } else {
                        FileType::RegularFile
                    };
                    if reply.add(INodeNo(number), next, kind, name) {
                        break;
                    }
                }
                reply.ok();
            }
        }
    }
}
