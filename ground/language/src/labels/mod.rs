//! Checks on the repository's labels, for tests: nothing missing, nothing unused, nothing outside of the label files.
//!
//! Each check returns what it found; an empty list is a pass. A text that only looks like a label is excused by
//! `// not a label: why` (in a template `{# not a label: why #}`) on its line or the line before.

mod complete;
mod handlers;
mod templates;
mod used;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

pub use complete::check_complete;
pub use handlers::check_no_labels_in_handlers;
pub use templates::check_no_labels_in_templates;
pub use used::{BUILT_FROM_DATA, check_known, check_used};

/// The comment that excuses a text.
const EXCUSE: &str = "not a label:";

/// Something that a check found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Path below the root of the repository, or below `locales/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// True when the line (from 1) or the one before it carries the excuse.
fn excused(source: &str, line: usize) -> bool {
    source
        .lines()
        .skip(line.saturating_sub(2))
        .take(if line > 1 { 2 } else { 1 })
        .any(|l| l.contains(EXCUSE))
}

/// The files below a root with one of the endings, sorted, without what is built, fetched or hidden.
fn sources(root: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            if path.is_dir() {
                let left_out = ["target", "node_modules", "dist"].contains(&name.as_ref());
                if !left_out && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if endings.iter().any(|e| name.ends_with(e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Path below the root, with `/`.
fn below(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// What a program holds besides its tests: the text before a module of tests.
fn without_tests(source: &str) -> &str {
    source
        .find("#[cfg(test)]")
        .map_or(source, |end| &source[..end])
}
