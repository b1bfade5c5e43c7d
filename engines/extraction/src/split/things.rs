//! Of what "its" and "their" speak, where a recommendation that is taken out of its sentence no longer says so, and what is
//! meant is an institution or a law: "found a lake authority (X) and ensure its independence (Y)" is, of Y alone, "ensure
//! the independence of the \[lake authority\]". A state has no independence or enforcement of its own in such a sentence; of
//! what a state has ("its laws") nothing is said here. People who took 23,000 recommendations
//! out of reports left no such pronoun at the beginning of one.

use std::sync::LazyLock;

use regex::Regex;

use super::asks::{OPENING, asks};

/// What institutions have.
const OF_BODIES: &str = "independence|autonomy|impartiality|mandate|powers|authorities|functioning|effectiveness|efficiency|accreditation|competences?";

/// What laws and plans have.
const OF_LAWS: &str = "implementation|enforcement|application|adoption|entry into force";

/// What an institution is called, in small letters.
const BODIES: [&str; 20] = [
    "agency",
    "authority",
    "body",
    "bodies",
    "bureau",
    "centre",
    "commission",
    "commissions",
    "commissioner",
    "committee",
    "council",
    "court",
    "courts",
    "defender",
    "institution",
    "institutions",
    "judiciary",
    "mechanism",
    "ombudsman",
    "ombudsperson",
];

/// What a law or a plan is called, in small letters.
const LAWS: [&str; 18] = [
    "act",
    "bill",
    "code",
    "convention",
    "law",
    "laws",
    "legislation",
    "plan",
    "plans",
    "policies",
    "policy",
    "programme",
    "programmes",
    "protocol",
    "reforms",
    "strategies",
    "strategy",
    "treaties",
];

/// Words before which a thing does not begin.
const BEFORE: [&str; 20] = [
    "of", "for", "to", "in", "by", "with", "on", "against", "from", "under", "through", "as",
    "that", "or", "its", "their", "all", "this", "these", "any",
];

/// How many words of a thing are taken.
const LONGEST: usize = 8;

/// How many bytes before a part the thing is looked for.
const NEAR: usize = 600;

#[allow(clippy::expect_used)]
static HAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<verb>(?:[A-Za-z-]+ ){{1,4}}?)(?P<whose>its|their) (?P<had>(?:[a-z-]+ ){{0,2}}?(?:(?P<body>{OF_BODIES})|(?:{OF_LAWS})))(?:\s*(?:$|[,.;])|\s(?:to|in|by|on|as|through|and|with|for|from|at|when|without|within|under)\b)"
    ))
    .expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static PARENTHESES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\((?:[^()]|\([^()]*\))*\)").expect("the pattern is constant"));

/// A part of an item with its first pronoun told, if the sentence before it names an institution or a law that is meant.
pub(super) fn told(part: &str, item: &str) -> Option<String> {
    let found = HAD.captures(part)?;
    let (verb, whose, had) = (
        found.name("verb")?,
        found.name("whose")?,
        found.name("had")?,
    );
    if !asks(verb.as_str(), true) {
        return None;
    }
    // The first letter may have been made small or large.
    let known = &part[part.chars().next()?.len_utf8()..had.end()];
    let at = item.find(known)?;
    if item.rfind(known)? != at {
        return None;
    }
    let mut from = at.saturating_sub(NEAR);
    while !item.is_char_boundary(from) {
        from += 1;
    }
    let before = PARENTHESES.replace_all(&item[from..at], "");
    let sentence = before
        .rsplit([';', '.'])
        .find(|part| part.split_whitespace().count() > 2)?;
    let heads: &[&str] = if found.name("body").is_some() {
        &BODIES
    } else {
        &LAWS
    };
    let thing = named(sentence, heads, whose.as_str() == "their")?;
    Some(format!(
        "{}the {} of {thing}{}",
        verb.as_str(),
        had.as_str(),
        &part[had.end()..]
    ))
}

/// The last thing that a sentence names by one of the words, in brackets.
fn named(sentence: &str, heads: &[&str], many: bool) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches([',', '.', ':']).to_lowercase();
    let is_one = |word: &&str| {
        let word = bare(word);
        heads.contains(&word.as_str()) && word.ends_with('s') == many
    };
    let last = words.iter().rposition(is_one)?;
    let mut first = last;
    while first > 0 && last - first < LONGEST {
        let word = words[first - 1];
        let small = bare(word);
        let ends = word.ends_with([',', ';', ':'])
            || ["the", "a", "an"].contains(&small.as_str())
            || BEFORE.contains(&small.as_str())
            || OPENING.contains(small.as_str());
        if ends {
            break;
        }
        first -= 1;
    }
    while words[first] == "and" && first < last {
        first += 1;
    }
    let mut the = first > 0 && ["the", "a", "an"].contains(&words[first - 1]);
    // "The Office of the Ombudsman".
    if first >= 3 && words[first - 2] == "of" && bare(words[first - 3]) == "office" {
        first -= 3;
        the = true;
    }
    let thing = words[first..=last].join(" ");
    let article = if the { "the " } else { "" };
    Some(format!(
        "{article}[{}]",
        thing.trim_end_matches([',', '.', ':'])
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_institution_and_a_law_of_the_sentence_before_are_put_in_brackets() {
        for (part, item, expected) in [
            (
                "ensure its full independence",
                "Found an inter-lake authority (Peru) and ensure its full independence (Mali)",
                "ensure the full independence of the [inter-lake authority]",
            ),
            (
                "Extend its powers to rivers",
                "Train judges (Togo); enhance the work of the Office of the Ombudsman (Peru, Mali) and extend its powers to rivers (Chile)",
                "Extend the powers of the [Office of the Ombudsman] to rivers",
            ),
            (
                "begin their implementation",
                "Adopt plain and short lake laws (Peru) to protect, inter alia, reeds (Togo), and begin their implementation (Mali)",
                "begin the implementation of [plain and short lake laws]",
            ),
        ] {
            assert_eq!(told(part, item).as_deref(), Some(expected), "{part}");
        }
    }

    #[test]
    fn what_the_state_has_and_what_nobody_named_is_left() {
        for (part, item) in [
            (
                "strengthen its institutions",
                "Found a lake authority (Peru) and strengthen its institutions (Mali)",
            ),
            (
                "ensure its independence",
                "Train judges (Peru) and ensure its independence (Mali)",
            ),
            (
                "ensure their independence",
                "Found a lake authority (Peru) and ensure their independence (Mali)",
            ),
            (
                "raise the awareness of its law enforcement officials",
                "Adopt a plan (Peru); raise the awareness of its law enforcement officials (Mali)",
            ),
            // What is the state's own.
            (
                "continue its implementation of the law",
                "Adopt a plan (Peru) and continue its implementation of the law (Mali)",
            ),
        ] {
            assert_eq!(told(part, item), None, "{part}");
        }
    }
}
