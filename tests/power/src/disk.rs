//! A disk that remembers what was synced, and what it may lose when the power goes.
//!
//! POSIX promises no more than this: bytes of a file last once the file was synced, and a name lasts once its folder was.
//! Until then each page of 4096 bytes is on the disk or not, in any state that it had since, or half of it; each name made,
//! taken away or changed is there or not, in any order. A disk of today is kinder; a program that lives with this one lives
//! with every disk that does what it is told.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs, io,
    path::Path,
};

use crate::Dice;

/// Bytes of a page: what an operating system writes at once.
const PAGE: usize = 4096;
/// Bytes of a sector: what a disk writes whole or not at all.
const SECTOR: usize = 512;
/// The number of the topmost folder.
pub const ROOT: u64 = 1;

/// What was done to a file since it was synced.
#[derive(Debug, Clone)]
enum Change {
    /// A page as it was after a write, up to the file's end.
    Page(usize, Vec<u8>),
    /// The file was cut or lengthened.
    Length(usize),
}

/// A file's bytes.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// As programs see them.
    pub now: Vec<u8>,
    synced: Vec<u8>,
    unsynced: Vec<Change>,
}

/// What was done to a folder since it was synced.
#[derive(Debug, Clone)]
enum Naming {
    Made(OsString, u64),
    Gone(OsString, u64),
    Renamed(OsString, OsString, u64),
}

/// A folder's names.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// As programs see them: each with the number of its file or folder.
    pub now: BTreeMap<OsString, u64>,
    synced: BTreeMap<OsString, u64>,
    unsynced: Vec<Naming>,
}

/// A file or a folder.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A file.
    File(File),
    /// A folder.
    Folder(Folder),
}

/// A file or a folder, and who may read it.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The bits of its mode.
    pub mode: u16,
}

/// A disk.
#[derive(Debug, Clone)]
pub struct Disk {
    nodes: BTreeMap<u64, Node>,
    next: u64,
}

/// Why a disk refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file or folder.
    Missing,
    /// There is one already.
    There,
    /// The folder holds something.
    NotEmpty,
    /// It is the other of file and folder.
    Kind,
}

fn put(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    if bytes.len() < at + part.len() {
        bytes.resize(at + part.len(), 0);
    }
    bytes[at..at + part.len()].copy_from_slice(part);
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Change::Page(number, page) => put(bytes, number * PAGE, page),
            Change::Length(length) => bytes.resize(*length, 0),
        }
    }
}

impl Naming {
    fn apply(&self, names: &mut BTreeMap<OsString, u64>) {
        match self {
            Naming::Made(name, node) => drop(names.insert(name.clone(), *node)),
            Naming::Gone(name, node) => {
                if names.get(name) == Some(node) {
                    names.remove(name);
                }
            }
            Naming::Renamed(from, to, node) => {
                if names.get(from) == Some(node) {
                    names.remove(from);
                }
                names.insert(to.clone(), *node);
            }
        }
    }
}

impl File {
    fn changed(&mut self, change: Change) {
        change.apply(&mut self.now);
        self.unsynced.push(change);
    }

    /// Writes bytes, page for page.
    pub fn write(&mut self, at: usize, bytes: &[u8]) {
        put(&mut self.now, at, bytes);
        for number in at / PAGE..(at + bytes.len()).div_ceil(PAGE) {
            let end = self.now.len().min((number + 1) * PAGE);
            let page = self.now[number * PAGE..end].to_vec();
            self.unsynced.push(Change::Page(number, page));
        }
    }

    /// Cuts or lengthens it.
    pub fn set_length(&mut self, length: usize) {
        self.changed(Change::Length(length));
    }

    /// Now its bytes last.
    pub fn sync(&mut self) {
        for change in std::mem::take(&mut self.unsynced) {
            change.apply(&mut self.synced);
        }
    }

    fn after_cut(&self, dice: &mut Dice) -> Vec<u8> {
        // Of each page, one state of those that it had, or the one that was synced.
        let mut states: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, change) in self.unsynced.iter().enumerate() {
            if let Change::Page(number, _) = change {
                states.entry(*number).or_default().push(at);
            }
        }
        let mut kept: BTreeMap<usize, bool> = BTreeMap::new();
        for states in states.values() {
            let newest = states[states.len() - 1];
            match dice.below(6) {
                0 | 1 => None,
                2 | 3 => kept.insert(newest, false),
                4 => kept.insert(states[dice.below(states.len())], false),
                _ => kept.insert(newest, true),
            };
        }
        let mut bytes = self.synced.clone();
        for (at, change) in self.unsynced.iter().enumerate() {
            match (change, kept.get(&at)) {
                (Change::Page(number, page), Some(true)) => {
                    for (sector, part) in page.chunks(SECTOR).enumerate() {
                        if dice.below(2) == 0 {
                            put(&mut bytes, number * PAGE + sector * SECTOR, part);
                        }
                    }
                }
                (Change::Page(..), Some(false)) => change.apply(&mut bytes),
                (Change::Page(..), None) => {}
                (Change::Length(_), _) => {
                    if dice.below(2) == 0 {
                        change.apply(&mut bytes);
                    }
                }
            }
        }
        // The length can be written before the bytes are.
        if bytes.len() < self.now.len() && !self.unsynced.is_empty() && dice.below(4) == 0 {
            bytes.resize(self.now.len(), 0);
        }
        bytes
    }
}

impl Folder {
    fn changed(&mut self, naming: Naming) {
        naming.apply(&mut self.now);
        self.unsynced.push(naming);
    }

    /// Now its names last.
    pub fn sync(&mut self) {
        for naming in std::mem::take(&mut self.unsynced) {
            naming.apply(&mut self.synced);
        }
    }

    fn after_cut(&self, dice: &mut Dice) -> BTreeMap<OsString, u64> {
        let mut names = self.synced.clone();
        for naming in &self.unsynced {
            if dice.below(2) == 0 {
                naming.apply(&mut names);
            }
        }
        names
    }
}

impl Default for Disk {
    fn default() -> Self {
        let root = Node {
            kind: Kind::Folder(Folder::default()),
            mode: 0o755,
        };
        Disk {
            nodes: BTreeMap::from([(ROOT, root)]),
            next: ROOT + 1,
        }
    }
}

impl Disk {
    /// A file or folder.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn node(&mut self, number: u64) -> Result<&mut Node, Refusal> {
        self.nodes.get_mut(&number).ok_or(Refusal::Missing)
    }

    /// A file.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Kind`] for a folder.
    pub fn file(&mut self, number: u64) -> Result<&mut File, Refusal> {
        match &mut self.node(number)?.kind {
            Kind::File(file) => Ok(file),
            Kind::Folder(_) => Err(Refusal::Kind),
        }
    }

    /// A folder.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Kind`] for a file.
    pub fn folder(&mut self, number: u64) -> Result<&mut Folder, Refusal> {
        match &mut self.node(number)?.kind {
            Kind::Folder(folder) => Ok(folder),
            Kind::File(_) => Err(Refusal::Kind),
        }
    }

    /// What has this name.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn find(&mut self, parent: u64, name: &OsStr) -> Result<u64, Refusal> {
        let folder = self.folder(parent)?;
        folder.now.get(name).copied().ok_or(Refusal::Missing)
    }

    /// Makes an empty file or folder; gives back its number.
    ///
    /// # Errors
    /// [`Refusal::There`] when the name is taken.
    pub fn make(
        &mut self,
        parent: u64,
        name: &OsStr,
        kind: Kind,
        mode: u16,
    ) -> Result<u64, Refusal> {
        if self.find(parent, name).is_ok() {
            return Err(Refusal::There);
        }
        let number = self.next;
        self.folder(parent)?
            .changed(Naming::Made(name.to_owned(), number));
        self.nodes.insert(number, Node { kind, mode });
        self.next += 1;
        Ok(number)
    }

    /// Takes a name away. What has it stays for those who have opened it.
    ///
    /// # Errors
    /// [`Refusal::NotEmpty`] for a folder that holds something.
    pub fn remove(&mut self, parent: u64, name: &OsStr) -> Result<(), Refusal> {
        let number = self.find(parent, name)?;
        if self
            .folder(number)
            .is_ok_and(|folder| !folder.now.is_empty())
        {
            return Err(Refusal::NotEmpty);
        }
        self.folder(parent)?
            .changed(Naming::Gone(name.to_owned(), number));
        Ok(())
    }

    /// Gives another name in the same folder; `take` says whether it may be one that is taken.
    ///
    /// # Errors
    /// [`Refusal::There`], [`Refusal::Missing`].
    pub fn rename(
        &mut self,
        parent: u64,
        from: &OsStr,
        to: &OsStr,
        take: bool,
    ) -> Result<(), Refusal> {
        let number = self.find(parent, from)?;
        if !take && self.find(parent, to).is_ok() {
            return Err(Refusal::There);
        }
        let naming = Naming::Renamed(from.to_owned(), to.to_owned(), number);
        self.folder(parent)?.changed(naming);
        Ok(())
    }

    /// The disk as it is found when the power returns.
    #[must_use]
    pub fn after_cut(&self, dice: &mut Dice) -> Disk {
        let mut after = Disk {
            nodes: BTreeMap::new(),
            next: self.next,
        };
        let mut to_do = vec![ROOT];
        while let Some(number) = to_do.pop() {
            let Some(node) = self.nodes.get(&number) else {
                continue;
            };
            let kind = match &node.kind {
                Kind::File(file) => {
                    let bytes = file.after_cut(dice);
                    Kind::File(File {
                        now: bytes.clone(),
                        synced: bytes,
                        unsynced: Vec::new(),
                    })
                }
                Kind::Folder(folder) => {
                    let names = folder.after_cut(dice);
                    to_do.extend(names.values());
                    Kind::Folder(Folder {
                        now: names.clone(),
                        synced: names,
                        unsynced: Vec::new(),
                    })
                }
            };
            after.nodes.insert(
                number,
                Node {
                    kind,
                    mode: node.mode,
                },
            );
        }
        after
    }

    /// Copies what programs see into a folder of this machine.
    ///
    /// # Errors
    /// As writing files.
    pub fn copy_to(&self, place: &Path) -> io::Result<()> {
        self.copy_folder(ROOT, place)
    }

    fn copy_folder(&self, number: u64, place: &Path) -> io::Result<()> {
        let Some(Kind::Folder(folder)) = self.nodes.get(&number).map(|node| &node.kind) else {
            return Ok(());
        };
        for (name, number) in &folder.now {
            let path = place.join(name);
            match self.nodes.get(number) {
                Some(Node {
                    kind: Kind::File(file),
                    mode,
                }) => {
                    fs::write(&path, &file.now)?;
                    #[cfg(unix)]
                    {
                        use std::os::unix::fs::PermissionsExt as _;
                        fs::set_permissions(&path, fs::Permissions::from_mode(u32::from(*mode)))?;
                    }
                    #[cfg(not(unix))]
                    let _ = mode;
                }
                Some(Node {
                    kind: Kind::Folder(_),
                    ..
                }) => {
                    fs::create_dir(&path)?;
                    self.copy_folder(*number, &path)?;
                }
                None => {}
            }
        }
        Ok(())
    }
}
