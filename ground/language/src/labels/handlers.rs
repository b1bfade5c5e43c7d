//! A handler holds no sentences.
//!
//! A heuristic: a string literal with two words of letters side by side is a sentence, unless it is an attribute's,
//! stands in a macro or call that writes to the log or names an error (see [`NOT_FOR_READERS`]), begins as SQL does,
//! or is excused by a comment. A label of one word is not seen; reviewers look for those.

use std::{fs, path::Path, sync::LazyLock};

use regex::Regex;

use super::{Finding, below, excused, sources, without_tests};

/// Macros and calls whose texts no reader of a page sees.
const NOT_FOR_READERS: [&str; 28] = [
    "error!",
    "warn!",
    "info!",
    "debug!",
    "trace!",
    "span!",
    "event!",
    "info_span!",
    "debug_span!",
    "anyhow!",
    "bail!",
    "ensure!",
    "panic!",
    "unreachable!",
    "assert!",
    "assert_eq!",
    "assert_ne!",
    "debug_assert!",
    "expect",
    "expect_err",
    "context",
    "with_context",
    "broken",
    "query",
    "query_as",
    "query_scalar",
    "execute",
    "Regex::new",
];

#[allow(clippy::expect_used)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant")
}

static SENTENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}[,.:]? +\p{L}"));
/// `max-age=1`, `SameSite=Lax`: a header's value, not a sentence.
static HEADER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\w=[\w{]"));
static SQL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|PRAGMA|FROM|WHERE|ORDER BY|AND|OR) ",
    )
});

/// Sentences in `src/pages/**`, `src/pages.rs` of every area and ground room, and in `ground/web/src`.
pub fn check_no_labels_in_handlers(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in sources(root, &[".rs"]) {
        let name = below(root, &path);
        let pages = (name.starts_with("areas/") || name.starts_with("ground/"))
            && (name.contains("/src/pages/") || name.ends_with("/src/pages.rs"));
        let tests = name.contains("tests/") || name.ends_with("tests.rs");
        if (pages || name.starts_with("ground/web/src/"))
            && !tests
            && let Ok(source) = fs::read_to_string(&path)
        {
            findings.extend(sentences(&name, &source));
        }
    }
    findings
}

fn sentences(file: &str, source: &str) -> Vec<Finding> {
    literals(without_tests(source))
        .into_iter()
        .filter(|l| {
            !l.hidden
                && SENTENCE.is_match(&l.text)
                && !SQL.is_match(&l.text)
                && !HEADER.is_match(&l.text)
        })
        .filter(|l| !excused(source, l.line))
        .map(|l| Finding {
            file: file.to_owned(),
            line: l.line,
            what: l.text,
        })
        .collect()
}

struct Literal {
    line: usize,
    text: String,
    /// Inside an attribute or a call that no reader sees.
    hidden: bool,
}

/// The string literals of a Rust source, with what encloses them.
fn literals(source: &str) -> Vec<Literal> {
    let bytes = source.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let (mut at, mut line) = (0, 1);
    let mut found = Vec::new();
    // For each open bracket: does it hide what is inside?
    let mut open: Vec<bool> = Vec::new();
    while at < bytes.len() {
        let rest = &source[at..];
        let end = if rest.starts_with("//") {
            at + rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            at + rest.find("*/").map_or(rest.len(), |n| n + 2)
        } else if let Some((start, end)) = string(rest) {
            found.push(Literal {
                line,
                text: rest[start..end].to_owned(),
                hidden: open.contains(&true),
            });
            let closing = rest[end..].find('"').map_or(rest.len(), |n| end + n + 1);
            at + closing
        } else {
            match byte(at) {
                b'\'' if byte(at + 1) == b'\\' => {
                    at + rest[2..]
                        .char_indices()
                        .skip(1)
                        .find(|(_, c)| *c == '\'')
                        .map_or(rest.len(), |(n, _)| n + 3)
                }
                b'\'' => {
                    let mut letters = rest.chars().skip(1);
                    let letter = letters.next().map_or(0, char::len_utf8);
                    at + 1
                        + if letters.next() == Some('\'') {
                            letter + 1
                        } else {
                            0
                        }
                }
                b'(' | b'[' | b'{' => {
                    open.push(hides(&source[..at], byte(at)));
                    at + 1
                }
                b')' | b']' | b'}' => {
                    open.pop();
                    at + 1
                }
                _ => at + rest.chars().next().map_or(1, char::len_utf8),
            }
        };
        line += bytes[at..end].iter().filter(|b| **b == b'\n').count();
        at = end;
    }
    found
}

/// Where the content of a string literal begins and ends, when one begins here.
fn string(rest: &str) -> Option<(usize, usize)> {
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'));
    if let Some(after) = raw {
        let hashes = after.bytes().take_while(|b| *b == b'#').count();
        if after[hashes..].starts_with('"') {
            let start = rest.len() - after.len() + hashes + 1;
            let closing = format!("\"{}", "#".repeat(hashes));
            return Some((start, start + rest[start..].find(&closing)?));
        }
    }
    if !rest.starts_with('"') {
        return None;
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((1, at)),
            _ => {}
        }
    }
    None
}

/// Whether a bracket belongs to an attribute or to a call that no reader sees.
fn hides(before: &str, bracket: u8) -> bool {
    let before = before.trim_end();
    if bracket == b'[' && (before.ends_with('#') || before.ends_with("#!")) {
        return true;
    }
    let name_start = before
        .rfind(|c: char| !(c.is_alphanumeric() || "_!:".contains(c)))
        .map_or(0, |n| {
            n + before[n..].chars().next().map_or(1, char::len_utf8)
        });
    let name = &before[name_start..];
    NOT_FOR_READERS
        .iter()
        .any(|hidden| name == *hidden || name.ends_with(&format!("::{hidden}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(usize, String)> {
        sentences("p.rs", source)
            .into_iter()
            .map(|f| (f.line, f.what))
            .collect()
    }

    #[test]
    fn a_sentence_in_a_handler_is_found_with_its_line() {
        let source = "fn a() {\n  let c = '\"';\n  page(\"Sign in first\");\n  flash(r#\"Сачувано је\"#);\n  format!(\"Hello, {name}: so it is\") }";
        assert_eq!(
            found(source),
            [
                (3, "Sign in first".to_owned()),
                (4, "Сачувано је".to_owned()),
                (5, "Hello, {name}: so it is".to_owned()),
            ]
        );
    }

    #[test]
    fn what_no_reader_sees_is_no_label() {
        let source = "/// \"A doc comment\"\n#[template(path = \"a b.html\")]\nfn a<'x>() {\n\
            tracing::error!(%id, \"could not be read\");\n  q(\"SELECT a FROM b\");\n\
            header(\"text/html; charset=utf-8\", \"public, max-age=1, immutable\"); l.text(\"x-a-b\");\n\
            // not a label: a policy\n csp(\"script src\");\n Problem::broken(format!(\"no such thing\"));\n}\n\
            #[cfg(test)]\nmod tests { fn b() { page(\"Sign in first\"); } }";
        assert_eq!(found(source), []);
    }
}
