//! View structs of form fields: what the macros of `form.html` draw.

use mandate_language::{Language, Message};

use crate::FormData;

/// A field as it is drawn.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Its name in the form.
    pub name: String,
    /// Its id on the page: the name, unless several forms of a page have a field of that name.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What to write, when the label does not say.
    pub hint: Option<String>,
    /// What stands in it.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// What a browser may fill in: `username`, `current-password`.
    pub autocomplete: Option<&'static str>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

/// Something that can be chosen.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Field {
    /// A field with its label, filled with what the form holds, and with what is wrong.
    pub fn new(l: &Language, name: &str, label: &str, form: &FormData, errors: &Errors) -> Self {
        Field {
            name: name.to_owned(),
            id: name.to_owned(),
            label: l.text(label),
            value: form.text(name).to_owned(),
            error: errors.of(name),
            ..Field::default()
        }
    }

    /// Says what to write (the id of a label).
    #[must_use]
    pub fn hint(mut self, l: &Language, label: &str) -> Self {
        self.hint = Some(l.text(label));
        self
    }

    /// Says which of the page's forms it stands in, so that its id is its own.
    #[must_use]
    pub fn of(mut self, form: &str) -> Self {
        self.id = format!("{form}-{}", self.name);
        self
    }

    /// Must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What a browser may fill in.
    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// Puts choices in: `(value, label)`; those are chosen that the form holds.
    #[must_use]
    pub fn choices(
        mut self,
        form: &FormData,
        choices: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let chosen = form.all(&self.name);
        self.choices = choices
            .into_iter()
            .map(|(value, label)| Choice {
                chosen: chosen.contains(&value.as_str()),
                value,
                label,
            })
            .collect();
        self
    }

    /// Puts a first choice that stands for none.
    #[must_use]
    pub fn or_none(mut self, label: String) -> Self {
        let chosen = self.choices.iter().all(|choice| !choice.chosen);
        self.choices.insert(
            0,
            Choice {
                value: String::new(),
                label,
                chosen,
            },
        );
        self
    }
}

/// What is wrong with a form, field by field.
#[derive(Debug, Clone, Default)]
pub struct Errors(Vec<FieldError>);

/// What is wrong with a field.
#[derive(Debug, Clone)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// What is wrong and how to mend it.
    pub text: String,
}

impl Errors {
    /// Nothing is wrong.
    pub fn none() -> Self {
        Errors::default()
    }

    /// Something is wrong with a field.
    pub fn add(&mut self, l: &Language, field: &str, message: &Message) {
        self.0.push(FieldError {
            field: field.to_owned(),
            text: l.message(message),
        });
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything, for the summary at the top of the page.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    fn of(&self, field: &str) -> Option<String> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.text.clone())
    }
}
