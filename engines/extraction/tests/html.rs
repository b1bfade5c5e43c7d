//! What reading a web page promises.
#![allow(clippy::unwrap_used, missing_docs)]

use mandate_extraction::{Kind, Limits, ReadError, read};

fn lines(html: &str) -> Vec<String> {
    let source = read(html.as_bytes(), "page", &Limits::default()).unwrap();
    assert_eq!(source.kind, Kind::Html);
    assert_eq!(source.pages.len(), 1);
    source.pages[0].text.lines().map(str::to_owned).collect()
}

#[test]
fn blocks_are_paragraphs_and_entities_are_letters() {
    assert_eq!(
        lines(
            "<!DOCTYPE html><h1>Lakes &amp; ponds</h1><p>Swans&nbsp;&ndash; and\n  herons<p>Self&#8209;help, multi&shy;annual<div>Two<br>lines<br><br>apart"
        ),
        [
            "Lakes & ponds",
            "Swans – and herons",
            "Self-help, multiannual",
            "Two lines",
            "apart"
        ]
    );
}

#[test]
fn items_get_the_marks_that_a_browser_shows() {
    assert_eq!(
        lines(
            "<html><ol type=a><li>one<li>two<ul><li>in two</ul></ol><ol start=4><li><p>four</p><p>more</p><li value=9>nine</ol><ol type=i><li>(z) own</ol>"
        ),
        [
            "(a) one",
            "(b) two",
            "◦ in two",
            "4. four more",
            "9. nine",
            "(z) own"
        ]
    );
}

#[test]
fn lists_that_nobody_closed_do_not_swallow_what_follows() {
    assert_eq!(
        lines("<html><ul><li>one<li>two</ul><p>a</p><p>b</p><ul><li>three<h2>c</h2><p>d</p><p>e"),
        ["• one", "• two", "a", "b", "• three", "c", "d", "e"]
    );
    assert_eq!(
        lines("<html><a href='#s'><img></a><div id=s>a section</div>"),
        ["a section"]
    );
}

#[test]
fn menus_scripts_footnotes_and_the_hidden_are_left_out() {
    assert_eq!(
        lines(
            "<html><head><title>No</title><style>no</style></head><body><nav>no<nav>no</nav>no</nav><script>if (a<b) '<p>no'</script>\
               <p hidden>no</p><p style='display: none'>no</p><p>Yes<sup><a href='#n1'>1</a></sup> and 4 m<sup>2</sup>.<a href='#n2'>*</a></p>\
               <div class='footnotes'>no<div>no</div></div><p id=n1>no</p><p id=n2>no</p><p id=n3>yes</p>"
        ),
        ["Yes and 4 m².", "yes"]
    );
}

#[test]
fn what_is_no_web_page_is_still_text() {
    let kind = |text: &str| read(text.as_bytes(), "x", &Limits::default()).unwrap().kind;
    assert_eq!(kind("<p> marks a paragraph"), Kind::Text);
    assert_eq!(kind("Write <html> first"), Kind::Text);
    assert_eq!(kind("<?xml version='1.0'?><html><p>a"), Kind::Html);
}

#[test]
fn what_cannot_be_read_says_why() {
    let limits = Limits {
        text: 100,
        ..Limits::default()
    };
    let of = |bytes: &[u8]| read(bytes, "x", &limits).unwrap_err();
    let told = |text: &str| ReadError::Broken(text.to_owned());
    assert_eq!(
        of(b"<html><p>caf\xe9"),
        told("the web page is not written in UTF-8")
    );
    assert_eq!(
        of(b"<html><body><script>app()</script>"),
        told("the web page has no text")
    );
    let long = format!("<html><p>{}", "long ".repeat(30));
    assert!(matches!(
        of(long.as_bytes()),
        ReadError::TooLarge {
            what: "bytes of text",
            ..
        }
    ));
}

#[test]
fn a_form_feed_ends_a_page_of_text() {
    let source = read(b"one\x0ctwo\n\nthree\x0c", "x", &Limits::default()).unwrap();
    let pages: Vec<(u32, &str)> = source
        .pages
        .iter()
        .map(|p| (p.number, p.text.as_str()))
        .collect();
    assert_eq!(pages, [(1, "one"), (2, "two\n\nthree")]);
}
