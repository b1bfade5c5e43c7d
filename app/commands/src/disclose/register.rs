//! The folder of what was published: a file for each release, in the order of their names.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use mandate_disclosure::{Publication, Register};

use crate::link::whole;

/// A register that nobody else writes to while it is held.
pub(crate) struct Folder {
    path: PathBuf,
    lock: Option<PathBuf>,
    pub(crate) register: Register,
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(lock) = &self.lock {
            fs::remove_file(lock).ok();
        }
    }
}

/// Reads the releases of a folder.
pub(crate) fn read(path: &Path) -> anyhow::Result<Register> {
    let name = path.display();
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(|| format!("cannot read the register {name}"))? {
        let file = entry
            .with_context(|| format!("cannot read the register {name}"))?
            .path();
        if file.extension().is_some_and(|e| e == "json") {
            files.push(file);
        }
    }
    files.sort();
    let mut register = Register::default();
    for (at, file) in files.iter().enumerate() {
        let shown = file.display();
        let stem = file
            .file_stem()
            .map(|s| s.to_string_lossy().into_owned())
            .unwrap_or_default();
        if stem != number(at) {
            bail!(
                "{shown}: expected {}.json. A release is missing from the register, or a file in it is none of its; with a \
                 gap nobody can say what was published",
                number(at)
            );
        }
        let bytes = fs::read(file).with_context(|| format!("cannot read {shown}"))?;
        let publication: Publication = serde_json::from_slice(&bytes)
            .with_context(|| format!("{shown} is not a release of a register"))?;
        register
            .push(publication)
            .with_context(|| shown.to_string())?;
    }
    register
        .check()
        .with_context(|| format!("the register {name}"))?;
    Ok(register)
}

fn number(at: usize) -> String {
    format!("{:06}", at + 1)
}

impl Folder {
    /// Opens the register, begins it where there is none, and keeps others from writing to it.
    pub(crate) fn hold(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        fs::create_dir_all(path).with_context(|| format!("cannot make the register {name}"))?;
        let lock = path.join("lock");
        if let Err(error) = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&lock)
        {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                bail!(
                    "somebody else is writing to the register {name}. If nobody is, an earlier run was ended: remove {}",
                    lock.display()
                );
            }
            return Err(error).with_context(|| format!("cannot write to the register {name}"));
        }
        let mut held = Self {
            path: path.to_owned(),
            lock: Some(lock),
            register: Register::default(),
        };
        held.register = read(path)?;
        Ok(held)
    }

    /// Only looks: nothing is made and nothing is locked.
    pub(crate) fn look(path: &Path) -> anyhow::Result<Self> {
        let register = if path.exists() {
            read(path)?
        } else {
            Register::default()
        };
        Ok(Self {
            path: path.to_owned(),
            lock: None,
            register,
        })
    }

    /// The number of the next release.
    pub(crate) fn next(&self) -> String {
        number(self.register.publications.len())
    }

    /// Adds a release, whole or not at all.
    pub(crate) fn add(&self, publication: &Publication) -> anyhow::Result<PathBuf> {
        let file = self.path.join(format!("{}.json", self.next()));
        whole(&file, &serde_json::to_vec_pretty(publication)?)?;
        Ok(file)
    }
}
