//! Dates, numbers, lists and order in one language, from CLDR's data through ICU4X.

use std::{cmp::Ordering, str::FromStr};

use fluent_bundle::{
    FluentValue,
    types::{FluentNumber, FluentNumberOptions},
};
use icu::{
    calendar::{Date as IcuDate, Gregorian},
    collator::{CollatorBorrowed, options::CollatorOptions},
    datetime::{
        FixedCalendarDateTimeFormatter,
        fieldsets::{M, YM, YMD, YMDT},
        input::{DateTime as IcuDateTime, Time},
        options::YearStyle,
    },
    decimal::{DecimalFormatter, input::Decimal},
    list::{ListFormatter, options::ListFormatterOptions},
    locale::Locale,
};
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use jiff::civil::{Date, DateTime};
use unic_langid::LanguageIdentifier;

use crate::{LanguageError, Tag};

/// Largest whole number that a binary double holds exactly; Fluent computes in doubles.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The formatters of one language, made once.
pub(crate) struct Formats {
    number: DecimalFormatter,
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    short: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    moment: FixedCalendarDateTimeFormatter<Gregorian, YMDT>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    month_name: FixedCalendarDateTimeFormatter<Gregorian, M>,
    list: ListFormatter,
    collator: CollatorBorrowed<'static>,
}

/// The locale whose data serve a language. English is British; every clock has 24 hours, as in the region's offices;
/// names sort with numbers by value ("paragraph 9" before "paragraph 10").
fn locale(tag: Tag) -> Result<Locale, LanguageError> {
    let base = if tag == Tag::EN {
        "en-GB"
    } else {
        tag.as_str()
    };
    Locale::from_str(&format!("{base}-u-hc-h23-kn")).map_err(|e| no_data(tag, e))
}

fn no_data(tag: Tag, reason: impl std::fmt::Display) -> LanguageError {
    LanguageError::NoData {
        tag: tag.to_string(),
        reason: reason.to_string(),
    }
}

impl Formats {
    pub(crate) fn new(tag: Tag) -> Result<Self, LanguageError> {
        let locale = locale(tag)?;
        // English months by name: 04/05 is read as April or as May depending on the reader.
        let short = if tag.language() == "en" {
            YMD::medium()
        } else {
            YMD::short()
        }
        .with_year_style(YearStyle::Full);
        let date = |fields| {
            FixedCalendarDateTimeFormatter::try_new((&locale).into(), fields)
                .map_err(|e| no_data(tag, e))
        };
        Ok(Self {
            number: DecimalFormatter::try_new((&locale).into(), Default::default())
                .map_err(|e| no_data(tag, e))?,
            long: date(YMD::long())?,
            short: date(short)?,
            moment: FixedCalendarDateTimeFormatter::try_new(
                (&locale).into(),
                YMD::long().with_time_hm(),
            )
            .map_err(|e| no_data(tag, e))?,
            month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YM::long())
                .map_err(|e| no_data(tag, e))?,
            month_name: FixedCalendarDateTimeFormatter::try_new((&locale).into(), M::long())
                .map_err(|e| no_data(tag, e))?,
            list: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default())
                .map_err(|e| no_data(tag, e))?,
            collator: CollatorBorrowed::try_new((&locale).into(), CollatorOptions::default())
                .map_err(|e| no_data(tag, e))?,
        })
    }

    pub(crate) fn long(&self, date: Date) -> String {
        icu_date(date).map_or_else(
            || date.to_string(),
            |d| without_leading_zero(self.long.format(&d).to_string()),
        )
    }

    pub(crate) fn short(&self, date: Date) -> String {
        icu_date(date).map_or_else(|| date.to_string(), |d| self.short.format(&d).to_string())
    }

    pub(crate) fn moment(&self, at: DateTime) -> String {
        let time = Time::try_new(unsigned(at.hour()), unsigned(at.minute()), 0, 0);
        match (icu_date(at.date()), time) {
            (Some(date), Ok(time)) => self.moment.format(&IcuDateTime { date, time }).to_string(),
            _ => at.to_string(),
        }
    }

    pub(crate) fn month(&self, date: Date) -> String {
        icu_date(date).map_or_else(|| date.to_string(), |d| self.month.format(&d).to_string())
    }

    pub(crate) fn month_name(&self, month: i8) -> String {
        IcuDate::try_new_gregorian(2000, unsigned(month), 1).map_or_else(
            |_| month.to_string(),
            |d| self.month_name.format(&d).to_string(),
        )
    }

    pub(crate) fn number(&self, number: i64) -> String {
        self.number.format(&Decimal::from(number)).to_string()
    }

    pub(crate) fn decimal(&self, number: f64, least: u8, most: u8) -> String {
        decimal(number, least.into(), most.into()).map_or_else(
            || number.to_string(),
            |d| self.number.format(&d).to_string(),
        )
    }

    pub(crate) fn list(&self, items: &[String]) -> String {
        self.list.format(items.iter()).to_string()
    }

    pub(crate) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b)
    }
}

/// CLDR writes the Serbian long date with two digits for the day; with the month in words the orthography has "1. mart".
fn without_leading_zero(text: String) -> String {
    match text.strip_prefix('0') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => text,
    }
}

fn unsigned(part: i8) -> u8 {
    u8::try_from(part).unwrap_or_default()
}

fn icu_date(date: Date) -> Option<IcuDate<Gregorian>> {
    IcuDate::try_new_gregorian(
        date.year().into(),
        unsigned(date.month()),
        unsigned(date.day()),
    )
    .ok()
}

/// A double as decimal digits, rounded half away from zero at `most` places and padded to `least`; `None` when it is
/// not a finite number.
fn decimal(number: f64, least: usize, most: usize) -> Option<Decimal> {
    let most = i16::try_from(most.max(least).min(20)).ok()?;
    let least = i16::try_from(least.min(20)).ok()?;
    // Display of a double is its shortest exact decimal form, never with an exponent. Rounding goes to the even digit
    // on a tie; one more digit behind makes a tie go away from zero, as readers and spreadsheets expect.
    let mut digits = number.to_string();
    if let Some(point) = digits.find('.')
        && digits.len() - point - 1 > usize::from(most.unsigned_abs())
    {
        digits.push('1');
    }
    let mut decimal = Decimal::from_str(&digits).ok()?;
    decimal.round(-most);
    decimal.absolute.trim_end();
    decimal.absolute.pad_end(-least);
    Some(decimal)
}

/// A whole number as Fluent takes it. Beyond what a double holds exactly it goes in as text already formatted:
/// plural selectors then fall to their default, which is the right form for such numbers in all our languages.
pub(crate) fn integer_value(number: i64, formats: &Formats) -> FluentValue<'static> {
    if (number as f64).abs() < EXACT {
        FluentValue::from(number)
    } else {
        FluentValue::from(formats.number(number))
    }
}

/// A number with decimals as Fluent takes it, rounded to six places; what Fluent's plural rules cannot take (not
/// finite, too large) goes in as text.
pub(crate) fn decimal_value(number: f64, formats: &Formats) -> FluentValue<'static> {
    if number.abs() < EXACT {
        FluentValue::Number(FluentNumber::new(
            (number * 1e6).round() / 1e6,
            FluentNumberOptions::default(),
        ))
    } else {
        FluentValue::from(formats.decimal(number, 0, 3))
    }
}

struct Digits(DecimalFormatter, DecimalFormatter);

impl Memoizable for Digits {
    type Args = ();
    type Error = ();
    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let tag = Tag::parse(&language.to_string()).ok_or(())?;
        let locale = locale(tag).map_err(|_| ())?;
        let ungrouped = icu::decimal::options::GroupingStrategy::Never.into();
        Ok(Self(
            DecimalFormatter::try_new((&locale).into(), Default::default()).map_err(|_| ())?,
            DecimalFormatter::try_new((&locale).into(), ungrouped).map_err(|_| ())?,
        ))
    }
}

/// Fluent's hook for numbers inside labels: the same digits as outside of them.
pub(crate) fn in_label(value: &FluentValue<'_>, memory: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let least = number.options.minimum_fraction_digits.unwrap_or(0);
    let most = number.options.maximum_fraction_digits.unwrap_or(3);
    let digits = decimal(number.value, least, most)?;
    memory
        .with_try_get::<Digits, _, _>((), |formatters| {
            let formatter = if number.options.use_grouping {
                &formatters.0
            } else {
                &formatters.1
            };
            formatter.format(&digits).to_string()
        })
        .ok()
}
