//! The repository's labels: none missing, none unused, none unknown, none outside of the label files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use mandate_language::labels::{self, Finding};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn expect_none(findings: &[Finding]) {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        lines.join("\n")
    );
}

#[test]
fn every_label_is_in_every_language_with_the_same_placeholders() {
    expect_none(&labels::check_complete().unwrap());
}

#[test]
fn every_label_is_used() {
    expect_none(&labels::check_used(root()).unwrap());
}

#[test]
fn every_label_that_is_asked_for_exists() {
    expect_none(&labels::check_known(root()).unwrap());
}

#[test]
fn no_template_holds_a_label() {
    expect_none(&labels::check_no_labels_in_templates(root()));
}

#[test]
fn no_handler_holds_a_label() {
    expect_none(&labels::check_no_labels_in_handlers(root()));
}
