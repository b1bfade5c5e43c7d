//! A stretch that stands beside the end of the one before and takes its place: "full respect for freedom of expression (X)
//! and of the media (Y)" asks Y's for "full respect for freedom of the media".

use super::{LENT, asks::OPENING};

/// Words after which a thing is named.
const BEFORE_THINGS: [&str; 11] = [
    "of", "against", "for", "on", "from", "to", "towards", "with", "between", "among", "into",
];

/// Words with which a stretch says when, how or why, and names no thing; and those that point back to the thing before.
const NO_THINGS: [&str; 35] = [
    "as",
    "in",
    "at",
    "by",
    "with",
    "through",
    "including",
    "particularly",
    "especially",
    "which",
    "who",
    "whose",
    "so",
    "that",
    "this",
    "these",
    "such",
    "when",
    "while",
    "where",
    "before",
    "after",
    "until",
    "within",
    "without",
    "under",
    "if",
    "not",
    "notably",
    "inter",
    "among",
    "its",
    "their",
    "also",
    "thereby",
];

/// The most words that are given up for those of the stretch: a longer end is no thing that stands beside another.
const LONGEST: usize = 8;

/// `before` with its end in exchange for `after`, if `after` is joined to it and names a thing of the same kind.
pub(super) fn parallel(before: &str, after: &str) -> Option<String> {
    if before.len() > LENT || after.len() > LENT {
        return None;
    }
    if let Some(beside) = after.trim_start().strip_prefix('/') {
        return beside_stroke(before, beside);
    }
    let after = after.trim().trim_end_matches(['.', ';', ',', ' ']);
    let joint = after.trim_start_matches([',', ' ']);
    let thing = ["and ", "or ", "as well as "]
        .iter()
        .find_map(|joint_word| joint.strip_prefix(joint_word))
        .or_else(|| (joint.len() < after.len()).then_some(joint))?;
    let words: Vec<&str> = thing.split_whitespace().collect();
    let first = *words.first()?;
    if words.len() > LONGEST
        || thing.contains([',', ';', '/'])
        || thing.contains("thereto")
        || !first.starts_with(char::is_lowercase)
        || OPENING.contains(first)
        || first.ends_with("ing")
        || first.ends_with("ly")
    {
        return None;
    }
    let old: Vec<&str> = before.split_whitespace().collect();
    let cut = if BEFORE_THINGS.contains(&first) {
        old.iter().rposition(|word| *word == first)?
    } else {
        if NO_THINGS.contains(&first) {
            return None;
        }
        // Beside a thing of the same name, or else beside the last that is named.
        let same = old
            .iter()
            .rposition(|word| word.len() > 4 && words.contains(word));
        let to = same.unwrap_or(old.len());
        let at = old[..to]
            .iter()
            .rposition(|word| BEFORE_THINGS.contains(word))?
            + 1;
        // "To ensure their safety": the thing stands after the verb.
        at + usize::from(
            old[at - 1] == "to" && old.get(at).is_some_and(|word| OPENING.contains(word)),
        )
    };
    let given_up = &old[cut..];
    if cut == 0
        || given_up.is_empty()
        || given_up.len() > LONGEST
        || given_up.iter().any(|word| word.ends_with(','))
    {
        return None;
    }
    Some(format!("{} {}", old[..cut].join(" "), words.join(" ")))
}

/// "By giving their boats a berth (X) / their nets a shed (Y)": what stands after the stroke takes the place of the words from
/// the one on with which it begins.
fn beside_stroke(before: &str, beside: &str) -> Option<String> {
    let words: Vec<&str> = beside.split_whitespace().collect();
    let old: Vec<&str> = before.split_whitespace().collect();
    let cut = old.iter().rposition(|word| Some(word) == words.first())?;
    (cut > 0 && old.len() - cut <= LONGEST)
        .then(|| format!("{} {}", old[..cut].join(" "), words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_thing_takes_the_place_of_the_first() {
        let of = |before, after| parallel(before, after);
        assert_eq!(
            of("Respect freedom of expression", " and of the lake press"),
            Some("Respect freedom of the lake press".into())
        );
        assert_eq!(
            of(
                "End impunity, particularly against fishermen and farmers",
                " and ferrymen."
            ),
            Some("End impunity, particularly against ferrymen".into())
        );
        assert_eq!(
            of(
                "Address cases of violence against herons",
                ", domestic violence "
            ),
            Some("Address cases of domestic violence".into())
        );
    }

    #[test]
    fn what_stands_after_a_stroke_takes_the_place_of_what_begins_like_it() {
        assert_eq!(
            parallel(
                "Protect ferrymen by giving their boats a berth ",
                " / their nets a shed that keeps out the rain of a long winter"
            ),
            Some("Protect ferrymen by giving their boats a berth".replace(
                "their boats a berth",
                "their nets a shed that keeps out the rain of a long winter"
            ))
        );
        assert_eq!(parallel("Train judges", "/ lawyers"), None);
    }

    #[test]
    fn what_says_when_or_how_or_points_back_names_no_thing() {
        for after in [
            ", as soon as possible",
            " and its Optional Protocol",
            " and the Optional Protocol thereto",
            ", including by lake",
            " and promptly",
            " by giving means",
        ] {
            assert_eq!(
                parallel("Ratify the Convention on the rights of fishermen", after),
                None,
                "{after}"
            );
        }
    }
}
