//! Which elements of a web page are shown and belong to the document.

use std::collections::HashSet;

use html5ever::tokenizer::Tag;

use super::attribute;

/// Whether an element is no part of the document: a menu, a script, a footnote, what is hidden. `within` says that it stands in the
/// main part of the page, `notes` which elements the marks of footnotes point to.
pub(super) fn is_left_out(tag: &Tag, within: bool, notes: &HashSet<String>) -> bool {
    let name = &*tag.name;
    if matches!(
        name,
        "br" | "hr"
            | "img"
            | "input"
            | "meta"
            | "link"
            | "wbr"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "source"
            | "track"
            | "param"
    ) {
        return false;
    }
    let value = |name| attribute(&tag.attrs, name).unwrap_or_default();
    let is_note = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["footnote", "endnote", "doc-note"]
            .iter()
            .any(|word| text.contains(word))
    };
    let is_menu = matches!(
        value("role"),
        "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "menu" | "menubar"
    );
    let style = value("style");
    let id = value("id");
    let block = matches!(
        name,
        "p" | "li" | "div" | "section" | "aside" | "dd" | "ol" | "ul" | "dl" | "tr"
    );
    matches!(
        name,
        "nav" | "aside" | "script" | "style" | "noscript" | "template" | "title" | "textarea" | "iframe"
            | "object" | "svg" | "math" | "select" | "button" | "audio" | "video" | "canvas" | "noembed" | "noframes" | "dialog"
    ) || (matches!(name, "header" | "footer") && !within)
        || is_menu
        || tag.attrs.iter().any(|attribute| &*attribute.name.local == "hidden")
        || (style.contains("display") && style.replace(' ', "").contains("display:none"))
        // A mark in the text that is called a footnote stays: it is dropped as one.
        || (block && (is_note(value("role")) || is_note(value("class")) || is_note(id)
            || id.strip_prefix(['_']).unwrap_or(id).strip_prefix("ftn").is_some_and(|n| n.parse::<u32>().is_ok())
            || (!id.is_empty() && notes.contains(id))))
}
