//! States that sign without parentheses: before the recommendation ("Norway: plant reeds", "Recommended by Norway and Peru:
//! plant reeds") or behind a dash ("plant reeds – Norway, Peru").

use super::{SIGNED, Stretch};
use crate::states::listed;

/// An item with its states, where every word of what stands in their place is a name or joins names.
pub(super) fn signed(item: &str) -> Option<Stretch> {
    before(item).or_else(|| behind(item))
}

fn before(item: &str) -> Option<Stretch> {
    let (names, text) = item.split_once([':', '–'])?;
    let names = names.trim().trim_start_matches(['(', '[']);
    let names = names.trim_end_matches([')', ']']);
    stretch(text, names)
}

fn behind(item: &str) -> Option<Stretch> {
    let (text, names) = [" – ", " — ", " - "]
        .iter()
        .filter_map(|dash| item.rsplit_once(dash))
        .max_by_key(|(text, _)| text.len())?;
    stretch(text, names.trim_end_matches(['.', ';', ' ']))
}

fn stretch(text: &str, names: &str) -> Option<Stretch> {
    if names.len() > SIGNED || !text.contains(char::is_alphabetic) {
        return None;
    }
    Some(Stretch {
        text: text.to_owned(),
        states: listed(names)?,
        ends: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_before_a_colon_and_behind_a_dash_sign() {
        for (item, text) in [
            ("Norway and Peru: plant reeds", " plant reeds"),
            ("Recommended by Norway, Peru – plant reeds", " plant reeds"),
            ("Plant reeds – Norway, Peru.", "Plant reeds"),
        ] {
            let found = signed(item).map(|found| (found.text, found.states));
            let states = vec!["Norway".to_owned(), "Peru".to_owned()];
            assert_eq!(found, Some((text.to_owned(), states)), "{item}");
        }
    }

    #[test]
    fn other_words_there_are_no_signature() {
        for item in [
            "Ratify: the Convention on Lakes",
            "Plant reeds – without delay",
            "Norway and its rivers: plant reeds",
            "Plant reeds",
        ] {
            assert!(signed(item).is_none(), "{item}");
        }
    }
}
