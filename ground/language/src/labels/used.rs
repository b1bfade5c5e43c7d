//! Every label is used somewhere, and every label that the program asks for exists.

use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

use regex::Regex;

use super::{Finding, below, complete, sources, without_tests};
use crate::{LanguageError, catalogue};

/// Beginnings of ids that are put together from data in a way this check cannot see. (It does see literals with a
/// gap, `"mechanisms-status-{key}"`, and literals that end in a hyphen, `"mechanisms-status-"`.)
pub const BUILT_FROM_DATA: [&str; 5] = [
    // Their forms are what the tests of plural forms, dates and lists read; pages will ask for them.
    "shell-file-formats",
    "shell-pagination-page",
    "shell-pagination-page-of",
    "shell-signed-in-as",
    "shell-table-selected",
];

/// A literal that may be an id: kebab-case, perhaps with gaps for data.
#[allow(clippy::expect_used)]
static ID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"["'`]([a-z][a-z0-9]*-(?:[a-z0-9-]|\$?\{[^{}"'`]*\})*)(?:\.[a-z-]+)?["'`]"#)
        .expect("the pattern is constant")
});

/// Places where an id is asked for.
#[allow(clippy::expect_used)]
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:\.text|\.with|\bMessage::new|Arg::Label)\(\s*"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?:\.[a-z-]+)?""#)
        .expect("the pattern is constant")
});

/// The ids and the beginnings and patterns of ids that sources mention.
#[derive(Default)]
struct Mentioned {
    whole: BTreeSet<String>,
    patterns: Vec<Regex>,
}

impl Mentioned {
    fn read(&mut self, source: &str) {
        for literal in ID.captures_iter(source) {
            let id = &literal[1];
            if id.contains('{') || id.ends_with('-') {
                self.pattern(id);
            } else {
                self.whole.insert(id.to_owned());
            }
        }
    }

    fn pattern(&mut self, id: &str) {
        let mut pattern = String::from("^");
        let mut rest = id;
        while let Some(start) = rest.find('{') {
            pattern.push_str(&regex::escape(rest[..start].trim_end_matches('$')));
            pattern.push_str("[a-z0-9-]+");
            rest = rest[start..].split_once('}').map_or("", |(_, after)| after);
        }
        pattern.push_str(&regex::escape(rest));
        if !id.ends_with('-') {
            pattern.push('$');
        }
        self.patterns.extend(Regex::new(&pattern));
    }

    fn has(&self, id: &str) -> bool {
        self.whole.contains(id) || self.patterns.iter().any(|p| p.is_match(id))
    }
}

/// Every id of the English labels stands as a literal in a program, template, script or profile below `root`
/// (tests do not count), is held by another label, or fits a pattern of ids built from data.
///
/// # Errors
/// Label files that cannot be read.
pub fn check_used(root: &Path) -> Result<Vec<Finding>, LanguageError> {
    let mut mentioned = Mentioned::default();
    for path in sources(root, &[".rs", ".html", ".ts", ".toml", ".json"]) {
        let name = below(root, &path);
        let tests = name.contains("tests/") || name.ends_with("tests.rs");
        if !tests && let Ok(source) = fs::read_to_string(&path) {
            mentioned.read(without_tests(&source));
        }
    }
    for prefix in BUILT_FROM_DATA {
        mentioned.pattern(prefix);
    }
    unused(mentioned)
}

fn unused(mut mentioned: Mentioned) -> Result<Vec<Finding>, LanguageError> {
    let files = catalogue::files()?;
    for label in complete::shapes(&files)?
        .values()
        .flat_map(|labels| labels.values())
    {
        mentioned.whole.extend(label.references.iter().cloned());
    }
    let mut findings = Vec::new();
    for file in files.iter().filter(|f| f.language == "en") {
        let resource = catalogue::parse(&file.path, file.source.clone())?;
        for entry in resource.entries() {
            let Some(id) = catalogue::entry_id(entry) else {
                continue;
            };
            if !mentioned.has(&id) {
                findings.push(Finding {
                    file: file.path.clone(),
                    line: catalogue::entry_line(resource.source(), entry),
                    what: format!("{id} is not used"),
                });
            }
        }
    }
    Ok(findings)
}

/// Every id that a program or template below `root` asks for by a literal exists.
///
/// # Errors
/// Label files that cannot be read.
pub fn check_known(root: &Path) -> Result<Vec<Finding>, LanguageError> {
    let shapes = complete::shapes(&catalogue::files()?)?;
    let known: BTreeSet<&str> = shapes
        .get("en")
        .into_iter()
        .flat_map(|labels| labels.keys())
        .filter_map(|id| id.split('.').next())
        .collect();
    let mut findings = Vec::new();
    for path in sources(root, &[".rs", ".html"]) {
        let name = below(root, &path);
        if name.contains("tests/") || name.ends_with("tests.rs") {
            continue;
        }
        if let Ok(source) = fs::read_to_string(&path) {
            findings.extend(unknown(&name, &source, &known));
        }
    }
    Ok(findings)
}

fn unknown(file: &str, source: &str, known: &BTreeSet<&str>) -> Vec<Finding> {
    let program = without_tests(source);
    ASKED
        .captures_iter(program)
        .filter(|asked| !known.contains(&asked[1]))
        .filter_map(|asked| {
            let at = asked.get(1)?;
            let line = catalogue::line_of(program, at.start());
            // An example in a doc comment asks for nothing.
            let comment = program
                .lines()
                .nth(line - 1)?
                .trim_start()
                .starts_with("//");
            (!comment).then(|| Finding {
                file: file.to_owned(),
                line,
                what: format!("there is no label {}", at.as_str()),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn mentioned(source: &str) -> Mentioned {
        let mut mentioned = Mentioned::default();
        mentioned.read(source);
        mentioned
    }

    #[test]
    fn an_id_is_used_when_it_stands_as_a_literal_or_fits_a_pattern() {
        let found = mentioned(
            r#"l.text("x-one"); format!("x-status-{key}-title"); l.text(&("x-kind-".to_owned() + k)); `x-js-${n}`"#,
        );
        for id in ["x-one", "x-status-open-title", "x-kind-law", "x-js-a"] {
            assert!(found.has(id), "{id}");
        }
        for id in ["x-on", "x-one-more", "x-status-open", "x-kinds", "y-one"] {
            assert!(!found.has(id), "{id}");
        }
    }

    #[test]
    fn labels_that_nobody_uses_are_each_named() {
        let findings = unused(mentioned(r#""common-today""#)).unwrap();
        assert!(
            findings
                .iter()
                .any(|f| f.what == "common-tomorrow is not used" && f.line > 1)
        );
        assert!(!findings.iter().any(|f| f.what.starts_with("common-today ")));
    }

    #[test]
    fn a_label_asked_for_but_not_there_is_named() {
        let known = BTreeSet::from(["x-there"]);
        let source =
            "fn a() {\n l.text(\"x-there\");\n l.with(\n\"x-gone\", &[]);\n m.with(\"days\", 3) }";
        let findings = unknown("a.rs", source, &known);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].to_string(), "a.rs:4: there is no label x-gone");
    }
}
