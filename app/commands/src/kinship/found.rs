//! What a check found, in the reader's language.

use mandate_kinship::{
    Sex,
    check::{Finding, Value, What},
};
use mandate_language::{Arg, Language};

/// What is wrong.
pub(super) fn what(l: &Language, what: &What) -> String {
    let mut parts: Vec<(&str, Arg)> = Vec::new();
    for (name, value) in what.values() {
        let arg = match value {
            Value::Text(text) => Arg::Text(text),
            Value::Count(count) => Arg::Integer(i64::try_from(count).unwrap_or(i64::MAX)),
            Value::Number(number) => Arg::Text(l.decimal(number, 4)),
            Value::Sex(Sex::Male) => "male".into(),
            Value::Sex(_) => "female".into(),
            Value::Persons(names) => {
                let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
                parts.push(("persons", Arg::Integer(count)));
                Arg::List(names)
            }
        };
        parts.push((name, arg));
    }
    l.with(&format!("kinship-found-{}", what.code()), &parts)
}

/// How to mend it.
pub(super) fn mend(l: &Language, what: &What) -> String {
    l.text(&format!("kinship-mend-{}", what.code()))
}

/// Where and what.
pub(super) fn sentence(l: &Language, finding: &Finding) -> String {
    format!("{}: {}", finding.place, what(l, &finding.what))
}
