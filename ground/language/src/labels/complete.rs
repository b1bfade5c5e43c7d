//! Every label in every language, with the same placeholders and the plural forms that the language needs.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

use super::Finding;
use crate::{
    LanguageError,
    catalogue::{self, LabelFile},
};

/// The language that the others are compared with.
const SOURCE: &str = "en";

/// What matters about a label besides its words.
#[derive(Default)]
pub(super) struct Shape {
    file: String,
    line: usize,
    variables: BTreeSet<String>,
    /// The keys of each selector on plural forms.
    plurals: Vec<BTreeSet<String>>,
    /// Other messages that it holds.
    pub(super) references: BTreeSet<String>,
}

/// Every id (and `id.attribute`) of each language folder.
pub(super) type Shapes = BTreeMap<String, BTreeMap<String, Shape>>;

/// Every label of `en` is in every other language with the same placeholders, none has more, and a label that counts
/// has all plural forms of its language (`one` and `other`; in Serbian also `few`).
///
/// # Errors
/// A file that cannot be read at all.
pub fn check_complete() -> Result<Vec<Finding>, LanguageError> {
    Ok(compare(&shapes(&catalogue::files()?)?))
}

pub(super) fn shapes(files: &[LabelFile]) -> Result<Shapes, LanguageError> {
    let mut all = Shapes::new();
    for file in files {
        let resource = catalogue::parse(&file.path, file.source.clone())?;
        for entry in resource.entries() {
            let Some(id) = catalogue::entry_id(entry) else {
                continue;
            };
            let line = catalogue::entry_line(resource.source(), entry);
            let (value, attributes) = match entry {
                Entry::Message(m) => (m.value.as_ref(), &m.attributes),
                Entry::Term(t) => (Some(&t.value), &t.attributes),
                _ => continue,
            };
            let mut add = |id: String, pattern: &Pattern<&str>| {
                let mut shape = Shape {
                    file: file.path.clone(),
                    line,
                    ..Shape::default()
                };
                read_pattern(pattern, &mut shape);
                all.entry(file.language.clone())
                    .or_default()
                    .insert(id, shape);
            };
            if let Some(value) = value {
                add(id.clone(), value);
            }
            for attribute in attributes {
                add(format!("{id}.{}", attribute.id.name), &attribute.value);
            }
        }
    }
    Ok(all)
}

fn compare(all: &Shapes) -> Vec<Finding> {
    let none = BTreeMap::new();
    let source = all.get(SOURCE).unwrap_or(&none);
    let mut findings = Vec::new();
    for (language, labels) in all {
        let mut find = |shape: &Shape, what: String| {
            findings.push(Finding {
                file: shape.file.clone(),
                line: shape.line,
                what,
            });
        };
        for (id, shape) in labels {
            for keys in &shape.plurals {
                for form in forms(language).iter().filter(|f| !keys.contains(**f)) {
                    find(shape, format!("{id} lacks the plural form [{form}]"));
                }
            }
            match source.get(id) {
                None => find(shape, format!("{id} is not in {SOURCE}")),
                Some(original) if original.variables != shape.variables => find(
                    shape,
                    format!(
                        "{id} uses {:?}, {SOURCE} uses {:?}",
                        shape.variables, original.variables
                    ),
                ),
                Some(_) => {}
            }
        }
        for (id, original) in source.iter().filter(|(id, _)| !labels.contains_key(*id)) {
            find(original, format!("{id} is missing in {language}"));
        }
    }
    findings.sort();
    findings
}

fn forms(language: &str) -> &'static [&'static str] {
    if language == "sr" {
        &["one", "few", "other"]
    } else {
        &["one", "other"]
    }
}

fn read_pattern(pattern: &Pattern<&str>, shape: &mut Shape) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            read_expression(expression, shape);
        }
    }
}

fn read_expression(expression: &Expression<&str>, shape: &mut Shape) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, shape),
        Expression::Select { selector, variants } => {
            read_inline(selector, shape);
            let keys: BTreeSet<String> = variants
                .iter()
                .filter_map(|v| match v.key {
                    VariantKey::Identifier { name } => Some(name.to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                })
                .collect();
            if ["one", "few", "many"]
                .iter()
                .any(|form| keys.contains(*form))
            {
                shape.plurals.push(keys);
            }
            variants.iter().for_each(|v| read_pattern(&v.value, shape));
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, shape: &mut Shape) {
    match inline {
        InlineExpression::VariableReference { id } => {
            shape.variables.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            shape.references.insert(id.name.to_owned());
        }
        InlineExpression::TermReference { id, arguments, .. } => {
            shape.references.insert(format!("-{}", id.name));
            arguments.iter().for_each(|a| read_call(a, shape));
        }
        InlineExpression::FunctionReference { arguments, .. } => read_call(arguments, shape),
        InlineExpression::Placeable { expression } => read_expression(expression, shape),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

fn read_call(arguments: &CallArguments<&str>, shape: &mut Shape) {
    arguments
        .positional
        .iter()
        .for_each(|p| read_inline(p, shape));
    arguments
        .named
        .iter()
        .for_each(|n| read_inline(&n.value, shape));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<LabelFile> = files
            .iter()
            .map(|(language, source)| LabelFile {
                language: (*language).into(),
                path: format!("{language}/x.ftl"),
                source: (*source).into(),
            })
            .collect();
        compare(&shapes(&files).unwrap())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_label_that_is_missing_or_too_many_is_named_with_its_place() {
        assert_eq!(
            found(&[("en", "x-a = A\nx-b = B\n"), ("sq", "x-a = A\nx-c = C\n")]),
            [
                "en/x.ftl:2: x-b is missing in sq",
                "sq/x.ftl:2: x-c is not in en"
            ]
        );
    }

    #[test]
    fn a_placeholder_that_differs_is_named() {
        let findings = found(&[("en", "x-a = { $name }\n"), ("sr", "x-a = { $ime }\n")]);
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0].starts_with("sr/x.ftl:1: x-a uses"),
            "{findings:?}"
        );
    }

    #[test]
    fn a_serbian_count_without_its_few_form_is_named() {
        let en = "x-a = { $n ->\n  [one] a\n *[other] b\n}\n";
        assert_eq!(
            found(&[("en", en), ("sr", en)]),
            ["sr/x.ftl:1: x-a lacks the plural form [few]"]
        );
        assert_eq!(found(&[("en", en), ("sq", en)]), [""; 0]);
    }
}
