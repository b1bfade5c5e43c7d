//! A place as a list writes it: several names of one place, and what it lies in.

use crate::Part;

/// A place's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PlaceName {
    /// The names that the list gives it: both of `Pejë/Peć`.
    pub names: Vec<Part>,
    /// What it lies in, the nearest first: `fsh. Zllakuqan, komuna e Klinës`.
    pub within: Vec<PlaceName>,
}

/// Words before a name that say what kind of place it is, in small letters, the longer first.
const KINDS: [&str; 31] = [
    "komuna e ",
    "komuna ",
    "opština ",
    "opstina ",
    "općina ",
    "opcina ",
    "opšt. ",
    "opšt ",
    "mun. ",
    "municipality of ",
    "municipality ",
    "fshati ",
    "fsh. ",
    "fsh ",
    "selo ",
    "s. ",
    "qyteti i ",
    "qyteti ",
    "grad ",
    "village of ",
    "village ",
    "town of ",
    "v. ",
    "lagjja ",
    "naselje ",
    "општина ",
    "село ",
    "с. ",
    "град ",
    "katundi ",
    "dorf ",
];

/// Reads a place as a list writes it. Names between slashes, hyphens with spaces around them and brackets are names of one
/// place; what follows a comma is what it lies in. An empty string is an empty name.
///
/// ```
/// let place = mandate_names::read_place("selo Zlokućane / Zllakuqan, opština Klina");
/// assert_eq!(place.names.len(), 2);
/// assert_eq!(place.within[0].names[0].text, "Klina");
/// ```
pub fn read_place(text: &str) -> PlaceName {
    let mut levels = text
        .split([',', ';'])
        .map(names)
        .filter(|names| !names.is_empty());
    PlaceName {
        names: levels.next().unwrap_or_default(),
        within: levels
            .map(|names| PlaceName {
                names,
                within: Vec::new(),
            })
            .collect(),
    }
}

fn names(level: &str) -> Vec<Part> {
    let level = level.replace(" - ", "/").replace(" – ", "/");
    let names = level.split(['/', '(', ')', '|']).map(without_kind);
    names
        .filter(|name| !name.is_empty())
        .map(Part::new)
        .collect()
}

fn without_kind(name: &str) -> &str {
    let name = name.trim();
    for kind in KINDS {
        // Small letters of other lengths than their capitals would move the cut; the kinds have none.
        let head: String = name
            .chars()
            .take(kind.chars().count())
            .flat_map(char::to_lowercase)
            .collect();
        if head == kind {
            let cut = name
                .char_indices()
                .nth(kind.chars().count())
                .map_or(name.len(), |(at, _)| at);
            return name[cut..].trim();
        }
    }
    name
}
