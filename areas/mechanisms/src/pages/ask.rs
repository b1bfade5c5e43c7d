//! Reading the fields of a form; what does not fit is named by its field.

use std::str::FromStr;

use jiff::civil::Date;
use mandate_language::Message;
use mandate_web::{FormData, Problem, Visit};

/// Something is wrong, as a sentence of the labels says.
pub(crate) fn wrong(label: &'static str) -> Problem {
    Problem::Input(Message::new(label))
}

fn wrong_field(visit: &Visit, sentence: &'static str, label: &str) -> Problem {
    Problem::Input(Message::new(sentence).with("field", visit.l().text(label)))
}

/// What was sent for the field is none of its choices.
pub(crate) fn not_a_choice(visit: &Visit, label: &str) -> Problem {
    wrong_field(visit, "shell-field-not-a-choice", label)
}

/// A word of a closed list. `label` is what the field is called.
pub(crate) fn chosen<T: FromStr>(
    visit: &Visit,
    form: &FormData,
    field: &str,
    label: &str,
) -> Result<T, Problem> {
    form.text(field)
        .parse()
        .map_err(|_| not_a_choice(visit, label))
}

/// A day, or nothing when the field is empty.
pub(crate) fn day(
    visit: &Visit,
    form: &FormData,
    field: &str,
    label: &str,
) -> Result<Option<Date>, Problem> {
    let wrong = || wrong_field(visit, "shell-field-not-a-date", label);
    form.some(field)
        .map(|text| text.parse().map_err(|_| wrong()))
        .transpose()
}

/// A day that must be there.
pub(crate) fn required_day(
    visit: &Visit,
    form: &FormData,
    field: &str,
    label: &str,
) -> Result<Date, Problem> {
    day(visit, form, field, label)?
        .ok_or_else(|| wrong_field(visit, "shell-field-not-a-date", label))
}
