//! Verbs whose object stands further on, and objects whose verb stands further back: "consider ratifying (X), ratify the
//! Convention (Y)", "ratify the Convention (X), the Covenant (Y)".

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

use super::{
    LENT, Stretch,
    asks::{OPENING, asking, asks, imperative, plain},
    units::Unit,
};

#[allow(clippy::expect_used)]
static INSTRUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|\s)((?:(?:the|its|all)\s+(?:\w+\s+){0,2}?(?:International|Optional|Second|First|Convention|Covenant|Conventions|Protocol|Protocols|Rome|Additional|Palermo|Statute|UNESCO|ILO|United Nations|UN|CRPD|ICRMW|CED|CAT|OP-CAT|OPCAT|CEDAW|ICESCR|ICCPR|CRC|CERD)|OP-[A-Z]+|OPCAT|CRPD|ICRMW|CED|CAT|CEDAW|ICESCR|ICCPR|CRC|CERD)\b.*)$",
    )
    .expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
pub(super) static PREPOSITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:to|of|by|with|from|for|on|against)$").expect("the pattern is constant")
});

#[allow(clippy::expect_used)]
static RATIFY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:ratif\w+|accession|accede|acceding|adhere\w*|adhesion|sign|signing|signature|party|parties|join\w*)(?:\s+(?:to|of|the|process))*$")
        .expect("the pattern is constant")
});

/// The longest verb without its object: "consider the possibility of expressing its consent to be bound by".
const BARE: usize = 12;

/// Whether a stretch is a verb that still has no object.
pub(super) fn is_bare(text: &str) -> bool {
    let words = plain(text);
    let count = words.split_whitespace().count();
    if count == 0 || count > BARE || INSTRUMENT.is_match(&words) {
        return false;
    }
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let asked = asks(text, true)
        || words.starts_with("the possibility")
        || words.starts_with("ratification")
        || words.starts_with("accession");
    asked
        && (RATIFY.is_match(&words)
            || PREPOSITION.is_match(&words)
            || (count == 1 && OPENING.contains(last.as_str()))
            || (words.contains(" to ") && OPENING.contains(last.as_str()))
            || imperative(&last).is_some())
}

#[allow(clippy::expect_used)]
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s,;]*(?:and\s+|as well as\s+)?(?:to\s+|of\s+)?(?:the\s|OP-|OPCAT|CRPD|ICRMW|CED|CAT|CEDAW|ICESCR|ICCPR|CRC|CERD)")
        .expect("the pattern is constant")
});

/// "Ratify the Convention (X), the Covenant (Y)" asks for the second as for the first, of a state that did not ask for
/// the first.
pub(super) fn listed_on(unit: &Unit, stretch: &Stretch) -> Option<Unit> {
    let begun = INSTRUMENT.captures(&unit.first)?.get(1)?.start();
    let verb = unit.first[..begun].trim_end();
    let known = unit.of.iter().any(|state| stretch.states.contains(state));
    let next = LISTED.is_match(&stretch.text) && !stretch.text.contains("thereto");
    if known || !next || verb.len() > LENT || !RATIFY.is_match(&plain(verb)) {
        return None;
    }
    let object = INSTRUMENT.captures(&stretch.text)?.get(1)?;
    let before = plain(&stretch.text[..object.start()]);
    if !matches!(before.as_str(), "" | "to" | "of" | "and" | "as well as") {
        return None;
    }
    Some(Unit {
        first: format!("{verb} {}", object.as_str()),
        bare: None,
        of: stretch.states.clone(),
        instead: Vec::new(),
        more: Vec::new(),
        joined: false,
    })
}

/// "Consider ratifying (X), ratify the Convention (Y)" asks both for the same instrument: verbs without an object get that
/// of the stretch after them. Gives the verbs with it and whether the stretch after them is used up.
pub(super) fn lend(run: &[Stretch], object: &Stretch, to: bool) -> Option<(Vec<Unit>, bool)> {
    let text = object.text.trim_end();
    let (first, last) = (run.first()?, plain(&run.last()?.text));
    let asked = asks(text, to);
    let gerund = asking(text);
    let direct = !asked
        && text.trim_start().starts_with(|c: char| c.is_alphanumeric())
        && !text.trim_start().starts_with("and ");
    let instrument = INSTRUMENT
        .captures(text)
        .map(|found| ASIDE.split(&found[1]).next().unwrap_or_default().to_owned());
    // "Consider establishing (X)/establish an institution (Y)".
    let same = || {
        let verb = imperative(last.rsplit(' ').next()?)?;
        let object = plain(text);
        object
            .strip_prefix(verb.as_str())
            .filter(|rest| rest.starts_with(' '))
            .map(|rest| rest.trim_start().to_owned())
    };
    let thing = if direct {
        Some(plain(text))
    } else if asked || object.text.starts_with('/') {
        same().or_else(|| instrument.clone())
    } else {
        None
    }
    .filter(|thing| thing.len() <= LENT)?;
    let mut units: Vec<Unit> = Vec::new();
    let consider = plain(&first.text).to_lowercase().starts_with("consider");
    let bound = plain(&first.text);
    let bound = bound.strip_suffix(" be bound by").map(str::to_owned);
    for (n, stretch) in run.iter().enumerate() {
        let mut words = plain(&stretch.text);
        let verb = asks(&words, true);
        if n > 0 && !verb && consider {
            words = format!("consider {words}");
        }
        // "Express its consent to be bound by (X)/ratify (Y)/accede to the Convention (Z)": each verb stands in the place of
        // the first.
        if n > 0
            && stretch.text.starts_with('/')
            && let Some(frame) = &bound
        {
            words = format!("{frame} {words}");
        }
        let takes = gerund.is_none() || words.ends_with(" of") || words.ends_with("onsider");
        let what = if takes {
            &thing
        } else {
            instrument.as_ref().unwrap_or(&thing)
        };
        let first = with(&words, what);
        units.push(Unit {
            first,
            bare: Some(stretch.text.clone()),
            of: stretch.states.clone(),
            instead: Vec::new(),
            more: Vec::new(),
            joined: !stretch.text.starts_with('/'),
        });
    }
    let beside = asked && object.text.starts_with('/');
    if asked || !direct {
        if let Some(frame) = bound.filter(|_| beside && !plain(text).starts_with("consider")) {
            units.push(Unit {
                first: format!("{frame} {}", plain(text)),
                bare: None,
                of: object.states.clone(),
                instead: Vec::new(),
                more: Vec::new(),
                joined: false,
            });
            return Some((units, true));
        }
        return Some((units, false));
    }
    let known: HashSet<&String> = run.iter().flat_map(|stretch| &stretch.states).collect();
    let others: Vec<String> = object
        .states
        .iter()
        .filter(|state| !known.contains(state))
        .cloned()
        .collect();
    if !others.is_empty() {
        let first = gerund.unwrap_or_else(|| with(&last, &thing));
        units.push(Unit {
            first,
            bare: None,
            of: others,
            instead: Vec::new(),
            more: Vec::new(),
            joined: false,
        });
    }
    Some((units, true))
}

#[allow(clippy::expect_used)]
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r",? (?:which|so as|so that|in order|thus|thereby)\b|, (?:to|as|with|in)\b")
        .expect("the pattern is constant")
});

/// A verb with the object that it is given.
fn with(words: &str, object: &str) -> String {
    let noun = ["tion", "sion", "process", "possibility", "signature"]
        .iter()
        .any(|ending| words.ends_with(ending));
    let object = object
        .strip_prefix("of ")
        .filter(|_| !noun)
        .unwrap_or(object);
    let ready = PREPOSITION.is_match(words)
        || ["of ", "to "]
            .iter()
            .any(|begins| object.starts_with(begins));
    let joint = if ready {
        " "
    } else if ["accession", "adhesion", "party"]
        .iter()
        .any(|ending| words.ends_with(ending))
    {
        " to "
    } else if noun {
        " of "
    } else {
        " "
    };
    format!("{words}{joint}{object}")
}
