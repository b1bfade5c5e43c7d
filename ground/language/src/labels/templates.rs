//! A template holds no words of its own.

use std::{fs, path::Path, sync::LazyLock};

use regex::Regex;

use super::{Finding, below, excused, sources};
use crate::catalogue::line_of;

#[allow(clippy::expect_used)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant")
}

/// Template syntax; a word inside of it is code, except for a sentence in quotes.
static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}"));
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r#""[^"]*\p{L} +\p{L}[^"]*""#));
/// Markup without words for a reader.
static SILENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?is)<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<!doctype[^>]*>|&[a-z]+;|&\#x?[0-9a-f]+;",
    )
});
static TAG: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?s)<[/a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>"#));
/// Attributes that are read to a person.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)\s(title|alt|placeholder|label|aria-label|aria-description|aria-roledescription|aria-valuetext)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)"#,
    )
});
/// The caption of an input that is a button; other values are codes.
static BUTTON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?i)<input\b[^>]*\btype\s*=\s*["']?(?:submit|button|reset)"#));
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?i)\s(value)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)"#));
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}[^<>\n]*"));

/// Words in `**/templates/**/*.html` outside of template expressions: between tags, in an attribute that is read to a
/// person, or as a quoted sentence inside an expression.
pub fn check_no_labels_in_templates(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in sources(root, &[".html"]) {
        let name = below(root, &path);
        if name.contains("templates/")
            && let Ok(source) = fs::read_to_string(&path)
        {
            findings.extend(words(&name, &source));
        }
    }
    findings
}

/// The same text with every match as spaces, so that places stay.
fn blank(text: &str, what: &Regex) -> String {
    what.replace_all(text, |found: &regex::Captures<'_>| {
        found[0]
            .bytes()
            .map(|b| if b == b'\n' { '\n' } else { ' ' })
            .collect::<String>()
    })
    .into_owned()
}

fn words(file: &str, source: &str) -> Vec<Finding> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for code in CODE
        .find_iter(source)
        .filter(|c| !c.as_str().starts_with("{#"))
    {
        for sentence in SENTENCE.find_iter(code.as_str()) {
            found.push((
                code.start() + sentence.start(),
                sentence.as_str().to_owned(),
            ));
        }
    }
    let markup = blank(&blank(source, &CODE), &SILENT);
    for tag in TAG.find_iter(&markup) {
        let mut spoken: Vec<_> = SPOKEN.captures_iter(tag.as_str()).collect();
        if BUTTON.is_match(tag.as_str()) {
            spoken.extend(VALUE.captures_iter(tag.as_str()));
        }
        for attribute in spoken {
            if let Some(value) = attribute.get(2)
                && value.as_str().chars().any(char::is_alphabetic)
            {
                let text = format!("{}={}", &attribute[1], value.as_str());
                found.push((tag.start() + value.start(), text));
            }
        }
    }
    let text = blank(&markup, &TAG);
    for word in WORD.find_iter(&text) {
        found.push((word.start(), word.as_str().trim().to_owned()));
    }
    found.sort();
    found
        .into_iter()
        .map(|(at, what)| Finding {
            file: file.to_owned(),
            line: line_of(source, at),
            what,
        })
        .filter(|finding| !excused(source, finding.line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str) -> Vec<(usize, String)> {
        words("t.html", source)
            .into_iter()
            .map(|f| (f.line, f.what))
            .collect()
    }

    #[test]
    fn words_between_tags_and_in_spoken_attributes_are_found_with_their_line() {
        let source = "<!doctype html>\n<p>Сачувај</p>\n<img alt=\"A map\">\n<input\n placeholder='name'>\n\
                      <input type=\"submit\" value=\"Save\">\n{{ l.text(\"Sign in\") }}\n";
        assert_eq!(
            lines(source),
            [
                (2, "Сачувај".to_owned()),
                (3, "alt=\"A map\"".to_owned()),
                (5, "placeholder='name'".to_owned()),
                (6, "value=\"Save\"".to_owned()),
                (7, "\"Sign in\"".to_owned()),
            ]
        );
    }

    #[test]
    fn code_comments_entities_and_values_that_are_codes_are_no_labels() {
        let source = "{# A comment for us #}<!-- and another -->{% if a > b %}\n\
                      <option value=\"open\" title=\"{{ l.text(\"x-open\") }}\">{{ l.text(\"x-open\") }}</option>&nbsp;·\n\
                      {% endif %}<script nonce=\"{{ n }}\">let a = 1;</script><input type=hidden value=one>\n\
                      <a href=\"/a\" class=\"quiet link\">{{ name }}</a> 1–2 %\n<b>OK</b>{# not a label: a sign #}\n";
        assert_eq!(lines(source), []);
    }
}
