//! Words of files from elsewhere in the words of this office: codes of states, bodies under several names, texts with
//! markup. The lists of the Universal Human Rights Index are the hardest of them.

use mandate_office::Profile;

/// ISO 3166-1 alpha-3 codes of the members and observers of the United Nations, with their English names.
const COUNTRIES: &str = include_str!("countries.txt");

/// A state by its name; a code of three letters becomes the name.
pub(crate) fn state(word: &str) -> String {
    let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let named = || {
        COUNTRIES
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find(|(known, _)| *known == word)
            .map(|(_, name)| name)
    };
    Some(word)
        .filter(|_| code)
        .and_then(|_| named())
        .unwrap_or(word)
        .to_owned()
}

/// How experts of the special procedures are called where a list names each of them as a body.
const EXPERTS: [&str; 8] = [
    "sr ",
    "special rapporteur",
    "ie ",
    "independent expert",
    "wg ",
    "working group on",
    "srsg ",
    "rsg ",
];

/// The key of the mechanism that a word names: by its key, any name or alias, either half of `CCPR - Human Rights
/// Committee`, or as one of the special procedures.
pub(crate) fn mechanism<'a>(profile: &'a Profile, word: &str) -> Option<&'a str> {
    let known = |word: &str| {
        let word = word.trim().trim_start_matches('-').trim();
        profile
            .mechanisms
            .find(word)
            .map(|found| found.key.as_str())
    };
    known(word)
        .or_else(|| word.split([':', '\n', '(', ')']).find_map(known))
        .or_else(|| word.split(" - ").find_map(known))
        .or_else(|| {
            let lower = word.trim().to_lowercase();
            let expert = EXPERTS.iter().any(|start| lower.starts_with(start));
            if expert {
                known("Special Procedures")
            } else {
                None
            }
        })
}

/// A text without markup: line ends where a browser would break, entities as letters. Text that has none stays as it is.
pub(crate) fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let name: String = tag
            .chars()
            .skip(1)
            .skip_while(|c| *c == '/')
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        match tag.find('>') {
            Some(end) if !name.is_empty() => {
                if ["br", "p", "div", "li", "tr"].contains(&name.to_lowercase().as_str()) {
                    out.push('\n');
                }
                rest = &tag[end + 1..];
            }
            // A sign of its own, as in "under < 18".
            _ => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    let out = html_escape::decode_html_entities(&out).replace('\u{a0}', " ");
    let lines: Vec<String> = out
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// The number of a goal or target: `16.3` out of `16.3 - Promote the rule of law` and out of `SDG 16`.
pub(crate) fn target(profile: &Profile, word: &str) -> Option<String> {
    let from = word.find(|c: char| c.is_ascii_digit())?;
    let number: String = word[from..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '.')
        .collect();
    let number = number.trim_end_matches('.').to_lowercase();
    let goal = profile.goals.get(number.split('.').next()?)?;
    let known = goal.key == number || goal.targets.iter().any(|target| target.key == number);
    known.then_some(number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_become_names_and_names_stay() {
        assert_eq!(state("NOR"), "Norway");
        assert_eq!(state("Norway"), "Norway");
        assert_eq!(state("XYZ"), "XYZ");
    }

    #[test]
    fn a_body_is_known_under_each_of_its_names() {
        let profile = Profile::embedded("kosovo").unwrap();
        let key = mechanism(&profile, "CEDAW").unwrap();
        for word in [
            "cedaw",
            "- CEDAW",
            "CEDAW - Committee on women",
            "X (CEDAW)",
        ] {
            assert_eq!(mechanism(&profile, word), Some(key), "{word}");
        }
        let special = mechanism(&profile, "Special Procedures").unwrap();
        for word in [
            "SR Torture",
            "WG Disappearances",
            "Independent Expert on debt",
        ] {
            assert_eq!(mechanism(&profile, word), Some(special), "{word}");
        }
        assert_eq!(mechanism(&profile, "Chess club"), None);
    }

    #[test]
    fn markup_goes_and_signs_stay() {
        assert_eq!(
            plain("<p>Ratify&nbsp;it</p><p>Now&#39;s <b>best</b></p>"),
            "Ratify it\nNow's best"
        );
        assert_eq!(
            plain("Children aged < 18 & older"),
            "Children aged < 18 & older"
        );
        assert_eq!(plain("as it is"), "as it is");
    }

    #[test]
    fn goals_and_targets_are_told_apart() {
        let profile = Profile::embedded("kosovo").unwrap();
        let found = |word| target(&profile, word);
        assert_eq!(found("16 - Peace"), Some("16".into()));
        assert_eq!(found("SDG 16.3"), Some("16.3".into()));
        assert_eq!(found("16.A"), Some("16.a".into()));
        assert_eq!(found("99"), None);
        assert_eq!(found("Peace"), None);
    }
}
