//! A list of treaties that one state asks for, taken apart: a state under review answers each treaty by itself, and where
//! its answer is still to come (see [`crate::Reply::Later`]) the officer will need them apart.

use std::sync::LazyLock;

use regex::Regex;

use super::asks::{asks, unjoined};

/// How a treaty begins to be named.
const TREATY: &str = r"(?:(?:the|all|ILO)\s+)?(?:(?:First|Second|Third|[12]\d{3}|first|second|third)\s+)?(?:International\s|Optional\s|Convention\b|Covenant\b|Protocol\b|Rome\s|Additional\s|Palermo\s|ILO\s|OP-|OPCAT\b|CRPD\b|ICRMW\b|CED\b|CPED\b|CAT\b|CEDAW\b|ICESCR\b|ICCPR\b|ICERD\b|CRC\b)";

#[allow(clippy::expect_used)]
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<verb>.{{0,120}}?\b(?:[Rr]atify(?:ing)?|ratification of|[Aa]ccede to|acceding to|[Aa]ccession to|[Ss]ign|signing|signature of|part(?:y|ies) to))\s+(?:the following (?:\w+ ){{0,4}}(?:instruments|treaties|conventions)\s*:\s*)?(?P<list>{TREATY}.*)$"
    ))
    .expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static JOINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:[,;]\s*(?:and\s+|as\s+well\s+as\s+)?|\s(?:and|as\s+well\s+as)\s+)(?:to\s+|of\s+)?(?P<next>{TREATY})"
    ))
    .expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static ANEW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[,;]?\s(?:and|as\s+well\s+as)\s+(?:to\s+)?").expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static ABOUT_TREATIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i-u:\b(?:ratif|sign|accede|accession|acceding|party))\w*\s+(?:(?:to|of|and|ratify)\s+)*{TREATY}"
    ))
    .expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static OF_THE_FORMER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:the\s+)?Optional\s+Protocol(?:\s+thereto|\s*[,;]|\s*$|\s+(?:and|as)\b)")
        .expect("the pattern is constant")
});

/// Longer lists are not taken apart: people who read reports put several treaties of a long list together again.
const MOST: usize = 3;

/// The most bytes that are looked through; real lists have a quarter of it.
const MOST_BYTES: usize = 2_000;

/// The most words of a treaty's name.
const LONGEST: usize = 32;

/// The single requests, where a text asks for several treaties and for nothing else.
pub(crate) fn apart(text: &str) -> Option<Vec<String>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    anew(text).or_else(|| listed(text))
}

/// "Ratify the one, and continue its efforts to ratify the other".
fn anew(text: &str) -> Option<Vec<String>> {
    let mut joints = ANEW.find_iter(text).filter(|joint| {
        let (before, after) = (&text[..joint.start()], &text[joint.end()..]);
        asks(after, true) && ABOUT_TREATIES.is_match(before) && ABOUT_TREATIES.is_match(after)
    });
    let joint = joints.next()?;
    if joints.next().is_some() {
        return None;
    }
    let after = unjoined(text[joint.start()..].trim_start_matches([',', ';', ' ']));
    Some(vec![
        text[..joint.start()].trim().to_owned(),
        after.trim().to_owned(),
    ])
}

/// "Ratify the one and the other".
fn listed(text: &str) -> Option<Vec<String>> {
    let found = LISTED.captures(text)?;
    let (verb, list) = (found.name("verb")?.as_str(), found.name("list")?.as_str());
    // "The Optional Protocols to the one and to the other" are not told apart by their names alone.
    let many = ["Protocols", "Conventions", "Covenants"];
    if many.iter().any(|many| list.contains(many)) || verb.contains(" by ") {
        return None;
    }
    let (mut parts, mut from) = (Vec::new(), 0);
    for joint in JOINT.captures_iter(list) {
        let (Some(whole), Some(next)) = (joint.get(0), joint.name("next")) else {
            continue;
        };
        // "The Convention and the Optional Protocol thereto" go together, and so does the list that they stand in.
        if OF_THE_FORMER.is_match(&list[next.start()..]) {
            return None;
        }
        parts.push(&list[from..whole.start()]);
        from = next.start();
    }
    parts.push(&list[from..]);
    let more = ANEW
        .find_iter(&list[from..])
        .any(|joint| asks(&list[from + joint.end()..], true));
    if more || list.contains(" its ") {
        return None;
    }
    // Reports ask for the two Covenants in one breath, and they are answered so.
    if parts
        .windows(2)
        .any(|pair| are_the_covenants(pair[0], pair[1]))
    {
        return None;
    }
    let single = |part: &&str| (1..=LONGEST).contains(&part.split_whitespace().count());
    let all = (2..=MOST).contains(&parts.len()) && parts.iter().all(single);
    all.then(|| {
        let ask = |part: &&str| format!("{verb} {}", part.trim().trim_end_matches([',', ';']));
        parts.iter().map(ask).collect()
    })
}

/// Whether one is the Covenant on Civil and Political Rights and the other that on Economic, Social and Cultural Rights.
fn are_the_covenants(one: &str, other: &str) -> bool {
    let civil = |text: &str| text.contains("ICCPR") || text.contains("Covenant on Civil");
    let economic = |text: &str| text.contains("ICESCR") || text.contains("Covenant on Economic");
    let protocol = [one, other]
        .iter()
        .any(|text| text.contains("Protocol") || text.contains("OP"));
    !protocol && (civil(one) && economic(other) || economic(one) && civil(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_treaty_of_a_short_list_is_asked_for_by_itself() {
        let of = |text| apart(text).unwrap_or_default();
        assert_eq!(
            of("Ratify the Convention on Lakes and the Convention on Rivers"),
            [
                "Ratify the Convention on Lakes",
                "Ratify the Convention on Rivers"
            ]
        );
        assert_eq!(
            of("Become a party to the following international instruments: OP-CAT, CRPD and CED"),
            [
                "Become a party to OP-CAT",
                "Become a party to CRPD",
                "Become a party to CED"
            ]
        );
        assert_eq!(
            of(
                "Sign and ratify the Covenant on Lakes, and continue its efforts towards ratification of the Convention on Rivers"
            ),
            [
                "Sign and ratify the Covenant on Lakes",
                "continue its efforts towards ratification of the Convention on Rivers"
            ]
        );
    }

    #[test]
    fn a_treaty_with_its_protocol_a_long_list_and_other_deeds_stay_whole() {
        for text in [
            "Ratify the Convention on Lakes and its Optional Protocol",
            "Ratify the Convention on Lakes and the Optional Protocol thereto",
            "Accede to the Optional Protocols to the Convention on Lakes and to the Convention on Rivers",
            "Ratify OP-CAT, CED, CRPD, ICRMW and the Rome Statute",
            "Ratify the Convention on Lakes and bring its laws into line with the Convention",
            "Ratify the Convention on Lakes",
            "Ratify the International Covenant on Civil and Political Rights and the International Covenant on Economic, Social and Cultural Rights",
            "Accede to ICESCR and ICCPR",
            "Train judges and build courts",
        ] {
            assert_eq!(apart(text), None, "{text}");
        }
    }
}
