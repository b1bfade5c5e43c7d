//! The label files: read, checked for what would go wrong later, and given with their places.

use fluent_bundle::FluentResource;
use fluent_syntax::ast::Entry;
use rust_embed::RustEmbed;
use thiserror::Error;

/// `locales/<language>/<room>.ftl` of the repository. Embedded in a release; read from the folder in a debug build,
/// so that a corrected label shows without building again.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../locales"]
struct Files;

/// Why the labels could not be loaded.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum LanguageError {
    /// No label file was found.
    #[error("no label files under locales/")]
    NoFiles,
    /// A folder's name is not a language tag.
    #[error("{file}: the folder's name is not a language tag")]
    NotALanguage {
        /// Path below `locales/`.
        file: String,
    },
    /// A file is not UTF-8.
    #[error("{file}:{line}: not UTF-8")]
    NotUtf8 {
        /// Path below `locales/`.
        file: String,
        /// Line, from 1.
        line: usize,
    },
    /// A line is not Fluent.
    #[error("{file}:{line}: {reason} (at or after message {id:?})")]
    Syntax {
        /// Path below `locales/`.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The message that the error is in, or the last one begun before it; empty before the first.
        id: String,
        /// What the parser says.
        reason: String,
    },
    /// The same id stands twice in one language.
    #[error("{file}:{line}: {id} is already defined in this language")]
    Twice {
        /// Path below `locales/`.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The message.
        id: String,
    },
    /// ICU4X has no data for the language.
    #[error("no formatting data for {tag}: {reason}")]
    NoData {
        /// The language.
        tag: String,
        /// What ICU4X says.
        reason: String,
    },
}

/// One label file as text.
#[derive(Clone, Debug)]
pub(crate) struct LabelFile {
    /// The folder: `en`, `sq`, `sr`.
    pub(crate) language: String,
    /// Path below `locales/`, with `/`.
    pub(crate) path: String,
    /// The Fluent source.
    pub(crate) source: String,
}

/// Every embedded file, sorted by path.
pub(crate) fn files() -> Result<Vec<LabelFile>, LanguageError> {
    let mut paths: Vec<_> = Files::iter()
        .filter(|path| path.ends_with(".ftl") && path.matches('/').count() == 1)
        .collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| Some((Files::get(&path)?, path)))
        .map(|(file, path)| label_file(&path, &file.data))
        .collect()
}

fn label_file(path: &str, bytes: &[u8]) -> Result<LabelFile, LanguageError> {
    let source = std::str::from_utf8(bytes).map_err(|e| LanguageError::NotUtf8 {
        file: path.to_owned(),
        line: 1 + bytes[..e.valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count(),
    })?;
    Ok(LabelFile {
        language: path.split('/').next().unwrap_or_default().to_owned(),
        path: path.to_owned(),
        source: source.to_owned(),
    })
}

/// The line, from 1, of a byte offset.
pub(crate) fn line_of(source: &str, offset: usize) -> usize {
    1 + source.bytes().take(offset).filter(|b| *b == b'\n').count()
}

/// The id of a message or term (`-term`).
pub(crate) fn entry_id(entry: &Entry<&str>) -> Option<String> {
    match entry {
        Entry::Message(m) => Some(m.id.name.to_owned()),
        Entry::Term(t) => Some(format!("-{}", t.id.name)),
        _ => None,
    }
}

/// Where an entry's id stands: its slice points into the source.
pub(crate) fn entry_line(source: &str, entry: &Entry<&str>) -> usize {
    let name = match entry {
        Entry::Message(m) => m.id.name,
        Entry::Term(t) => t.id.name,
        _ => return 1,
    };
    line_of(
        source,
        (name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize),
    )
}

/// Parses one file; `path` only names it in errors.
pub(crate) fn parse(path: &str, source: String) -> Result<FluentResource, LanguageError> {
    FluentResource::try_new(source).map_err(|(partial, errors)| {
        let source = partial.source();
        let (offset, reason) = errors
            .first()
            .map_or((0, String::new()), |e| (e.pos.start, e.kind.to_string()));
        // The message that the broken text belongs to: the last `id =` begun at or before the error.
        let id = source
            .get(..offset)
            .unwrap_or(source)
            .lines()
            .rev()
            .filter(|line| !line.starts_with([' ', '#', '}', '\t']))
            .find_map(|line| line.split_once('=').map(|(id, _)| id.trim().to_owned()))
            .unwrap_or_default();
        LanguageError::Syntax {
            file: path.to_owned(),
            line: line_of(source, offset),
            id,
            reason,
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_broken_label_is_named_by_file_line_and_id() {
        let error = parse(
            "sq/x.ftl",
            "a = A\nb-c = { $n ->\n  [one] x\n }\nd = D\n".to_owned(),
        )
        .err()
        .unwrap();
        let LanguageError::Syntax { file, line, id, .. } = error else {
            unreachable!()
        };
        assert_eq!((file.as_str(), id.as_str()), ("sq/x.ftl", "b-c"));
        assert!((2..=4).contains(&line), "{line}");
    }

    #[test]
    fn a_file_in_another_encoding_is_named_with_its_line() {
        assert_eq!(
            label_file("sr/x.ftl", b"a = A\nb = \x8a\n").err(),
            Some(LanguageError::NotUtf8 {
                file: "sr/x.ftl".into(),
                line: 2
            })
        );
    }
}
