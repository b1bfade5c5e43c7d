//! One language at work: labels by id, and everything that is written differently from language to language.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use unic_langid::LanguageIdentifier;

use crate::{
    Arg, LanguageError, Message, Tag,
    catalogue::{self, LabelFile},
    cyrillic,
    formats::{self, Formats},
};

/// How many different ids a language remembers as missing.
const REMEMBERED: usize = 1000;

/// A language: its labels and its formats. Cloning shares them; it may be used from any thread.
///
/// Every text it returns is plain text, without markup and without direction marks: a template escapes it.
#[derive(Clone)]
pub struct Language(Arc<Inner>);

struct Inner {
    tag: Tag,
    labels: FluentBundle<FluentResource>,
    formats: Formats,
    ids: BTreeSet<String>,
    missing: Mutex<BTreeSet<String>>,
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.0.tag)
    }
}

impl Language {
    pub(crate) fn build(tag: Tag, files: &[LabelFile]) -> Result<Self, LanguageError> {
        // Number and plural rules do not differ by script; Fluent's plural data know "sr" alone.
        let rules: LanguageIdentifier =
            tag.language()
                .parse()
                .map_err(
                    |e: unic_langid::LanguageIdentifierError| LanguageError::NoData {
                        tag: tag.to_string(),
                        reason: e.to_string(),
                    },
                )?;
        let mut labels = FluentBundle::new_concurrent(vec![rules]);
        labels.set_use_isolating(false);
        labels.set_formatter(Some(formats::in_label));
        labels.add_builtins().ok();
        let mut known = BTreeSet::new();
        for file in files {
            let mut resource = catalogue::parse(&file.path, file.source.clone())?;
            for entry in resource.entries() {
                if let Some(id) = catalogue::entry_id(entry)
                    && !known.insert(id.clone())
                {
                    return Err(LanguageError::Twice {
                        file: file.path.clone(),
                        line: catalogue::entry_line(resource.source(), entry),
                        id,
                    });
                }
            }
            if tag.script() == Some("Cyrl") {
                let source = cyrillic::transliterate(&resource);
                resource = catalogue::parse(&file.path, source)?;
            }
            labels.add_resource_overriding(resource);
        }
        Ok(Self(Arc::new(Inner {
            tag,
            labels,
            formats: Formats::new(tag)?,
            ids: known,
            missing: Mutex::default(),
        })))
    }

    /// The language's tag, for `lang` attributes and for keeping a person's choice.
    pub fn tag(&self) -> Tag {
        self.0.tag
    }

    /// The language's name in itself: "Shqip".
    pub fn own_name(&self) -> String {
        self.text("common-own-name")
    }

    /// True when the label exists.
    pub fn has(&self, id: &str) -> bool {
        let (id, attribute) = split(id);
        self.0
            .labels
            .get_message(id)
            .is_some_and(|m| match attribute {
                Some(name) => m.get_attribute(name).is_some(),
                None => m.value().is_some(),
            })
    }

    /// The labels whose ids begin so, for a script that says them itself: a placeholder stands as `{$name}`, and the script puts
    /// the value in.
    pub fn beginning_with(&self, begin: &str) -> Vec<(String, String)> {
        let labels = &self.0.labels;
        self.0
            .ids
            .range(begin.to_owned()..)
            .take_while(|id| id.starts_with(begin))
            .filter_map(|id| {
                let pattern = labels.get_message(id)?.value()?;
                let text = labels.format_pattern(pattern, None, &mut Vec::new());
                Some((id.clone(), text.into_owned()))
            })
            .collect()
    }

    /// A label without values. `message.attribute` names an attribute.
    ///
    /// A missing id gives `⟦id⟧` and is remembered in [`Language::missing`].
    pub fn text(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A label with values for its placeholders.
    ///
    /// A placeholder without a value shows as `{$name}` and the id is remembered in [`Language::missing`].
    pub fn with(&self, id: &str, args: &[(&str, Arg)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, self.value(arg));
        }
        self.format(id, &values)
    }

    /// The text of a message from a domain or an engine.
    pub fn message(&self, message: &Message) -> String {
        let mut values = FluentArgs::with_capacity(message.args.len());
        for (name, arg) in &message.args {
            values.set(*name, self.value(arg));
        }
        self.format(message.id, &values)
    }

    fn value<'a>(&self, arg: &'a Arg) -> FluentValue<'a> {
        match arg {
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Integer(number) => formats::integer_value(*number, &self.0.formats),
            Arg::Decimal(number) => formats::decimal_value(*number, &self.0.formats),
            Arg::Date(date) => FluentValue::from(self.date(*date)),
            Arg::Label(id) => FluentValue::from(self.text(id)),
            Arg::List(items) => FluentValue::from(self.list(items)),
        }
    }

    fn format(&self, id: &str, values: &FluentArgs<'_>) -> String {
        let (message, attribute) = split(id);
        let pattern = self
            .0
            .labels
            .get_message(message)
            .and_then(|m| match attribute {
                Some(name) => m.get_attribute(name).map(|a| a.value()),
                None => m.value(),
            });
        let Some(pattern) = pattern else {
            self.remember(id);
            return format!("⟦{id}⟧");
        };
        let mut errors = Vec::new();
        let text = self
            .0
            .labels
            .format_pattern(pattern, Some(values), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            self.remember(id);
        }
        text
    }

    fn remember(&self, id: &str) {
        let mut missing = self
            .0
            .missing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if missing.len() < REMEMBERED {
            missing.insert(id.to_owned());
        }
    }

    /// The ids that were asked for and could not be given in full since the start (at most a thousand). Tests expect none.
    pub fn missing(&self) -> Vec<String> {
        let missing = self
            .0
            .missing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        missing.iter().cloned().collect()
    }

    /// A day in full: "23 November 2026", "23 nëntor 2026", "23. novembar 2026.".
    pub fn date(&self, date: Date) -> String {
        self.0.formats.long(date)
    }

    /// A day for narrow columns: "23 Nov 2026", "23.11.2026".
    pub fn short_date(&self, date: Date) -> String {
        self.0.formats.short(date)
    }

    /// A moment as a day in full and the time of day on a 24-hour clock, in the given time zone.
    pub fn date_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.0
            .formats
            .moment(at.to_zoned_datetime(zone.clone()).datetime())
    }

    /// The month and year of a day: "November 2026", "nëntor 2026".
    pub fn month(&self, date: Date) -> String {
        self.0.formats.month(date)
    }

    /// The name of a month, 1 to 12; another number comes back as its digits.
    pub fn month_name(&self, month: i8) -> String {
        self.0.formats.month_name(month)
    }

    /// A whole number, grouped: "23,484", "23.484".
    pub fn number(&self, number: i64) -> String {
        self.0.formats.number(number)
    }

    /// A number with exactly `digits` decimals (at most 20), rounded half away from zero.
    pub fn decimal(&self, number: f64, digits: u8) -> String {
        self.0.formats.decimal(number, digits, digits)
    }

    /// A share (0.125) as a percentage with at most one decimal: "12.5%", "12,5%".
    pub fn percent(&self, share: f64) -> String {
        let number = self.0.formats.decimal(share * 100.0, 0, 1);
        self.with("common-percent", &[("number", Arg::Text(number))])
    }

    /// Texts in a row: "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        self.0.formats.list(items)
    }

    /// How far a day is from today, in days: "today", "in 3 days" (3), "12 days ago" (-12).
    pub fn relative_days(&self, days: i64) -> String {
        match days {
            0 => self.text("common-today"),
            1 => self.text("common-tomorrow"),
            -1 => self.text("common-yesterday"),
            2.. => self.with("common-in-days", &[("days", Arg::Integer(days))]),
            _ => self.with(
                "common-days-ago",
                &[("days", Arg::Integer(days.saturating_neg()))],
            ),
        }
    }

    /// The order of two texts in this language (in Albanian dh after d, in Serbian č after c, lj after l);
    /// digits by their value.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.formats.compare(a, b)
    }

    /// Sorts items by a text of theirs in this language's order; items that compare equal keep their places.
    pub fn sort_by_key<T, K: AsRef<str>>(&self, items: &mut [T], mut key: impl FnMut(&T) -> K) {
        items.sort_by(|a, b| self.compare(key(a).as_ref(), key(b).as_ref()));
    }
}

fn split(id: &str) -> (&str, Option<&str>) {
    match id.split_once('.') {
        Some((message, attribute)) => (message, Some(attribute)),
        None => (id, None),
    }
}
