//! Dates of which parts may be unknown, and spans of years.

/// A date of which parts may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Date {
    pub(crate) year: Option<u16>,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    /// The last year, where a span is written; `year` is the first.
    pub(crate) until: Option<u16>,
}

/// Words before a year that make it a span of two years to both sides.
const ABOUT: [&str; 11] = [
    "about", "abt", "around", "approx", "circa", "ca", "c.", "rreth", "afër", "oko", "~",
];
/// The same in years.
const ABOUT_YEARS: u16 = 2;

/// What was understood of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Understood {
    /// All that is written.
    All(Date),
    /// A year, but a month or day that does not exist.
    Part(Date),
    /// Nothing.
    Nothing,
}

impl Understood {
    pub(crate) fn date(self) -> Option<Date> {
        match self {
            Self::All(date) | Self::Part(date) => Some(date),
            Self::Nothing => None,
        }
    }
}

fn year(text: &str) -> Option<u16> {
    text.parse().ok().filter(|y| (1000..=2999).contains(y))
}

impl Date {
    /// Reads digits in the orders that lists use. The first of January and of July often stand for "unknown", but are kept as
    /// they are written. A year of two digits is not guessed.
    pub(crate) fn read(text: &str) -> Understood {
        let groups: Vec<&str> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .collect();
        match groups.as_slice() {
            [whole] if whole.len() == 8 => {
                Self::of(&whole[..4], Some(&whole[4..6]), Some(&whole[6..]))
            }
            [one] if one.len() == 4 => match year(one) {
                Some(y) if is_about(text) => Self::span(y - ABOUT_YEARS, y + ABOUT_YEARS),
                _ => Self::of(one, None, None),
            },
            [from, to] if from.len() == 4 && to.len() == 4 => match (year(from), year(to)) {
                (Some(from), Some(to)) if from <= to => Self::span(from, to),
                _ => Understood::Nothing,
            },
            [from, to] if from.len() == 4 && to.len() == 2 => match (year(from), to.parse::<u16>())
            {
                // 1960/65: no month is 65, and 1960-07 is July.
                (Some(from), Ok(to)) if to > 12 && to > from % 100 => {
                    Self::span(from, from - from % 100 + to)
                }
                _ => Self::of(from, Some(to), None),
            },
            [y, m] if y.len() == 4 => Self::of(y, Some(m), None),
            [m, y] if y.len() == 4 => Self::of(y, Some(m), None),
            [y, m, d, ..] if y.len() == 4 => Self::of(y, Some(m), Some(d)),
            [d, m, y, ..] if y.len() == 4 => Self::of(y, Some(m), Some(d)),
            _ => Understood::Nothing,
        }
    }

    fn span(from: u16, to: u16) -> Understood {
        Understood::All(Self {
            year: Some(from),
            until: Some(to).filter(|to| *to > from),
            ..Self::default()
        })
    }

    fn of(y: &str, m: Option<&str>, d: Option<&str>) -> Understood {
        let Some(y) = year(y) else {
            return Understood::Nothing;
        };
        // Zeros stand for "unknown" in many lists.
        let unknown = |text: &&str| text.bytes().all(|b| b == b'0');
        let (m, d) = (m.filter(|t| !unknown(t)), d.filter(|t| !unknown(t)));
        let month = m
            .and_then(|m| m.parse().ok())
            .filter(|m| (1..=12).contains(m));
        let day = d
            .and_then(|d| d.parse().ok())
            .filter(|d| (1..=31).contains(d));
        let date = Self {
            year: Some(y),
            month,
            day,
            until: None,
        };
        let exists = day.is_none_or(|day| day <= days(y, month));
        if month.is_some() == m.is_some() && day.is_some() == d.is_some() && exists {
            Understood::All(date)
        } else {
            Understood::Part(date)
        }
    }

    /// Digits of equal width, for edits; of a span both years.
    pub(crate) fn digits(self) -> Vec<u8> {
        let two = |n: Option<u8>| n.map_or_else(|| "--".to_owned(), |n| format!("{n:02}"));
        let four = |y: Option<u16>| y.map_or_else(|| "----".to_owned(), |y| format!("{y:04}"));
        match self.until {
            Some(until) => format!("{}..{until:04}", four(self.year)),
            None => format!("{}{}{}", four(self.year), two(self.month), two(self.day)),
        }
        .into_bytes()
    }

    pub(crate) fn whole(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// How many years beyond the first a span has.
    pub(crate) fn spread(self) -> u16 {
        match (self.year, self.until) {
            (Some(from), Some(to)) => to.saturating_sub(from),
            _ => 0,
        }
    }

    /// Years between two dates; 0 where they overlap.
    pub(crate) fn years_apart(self, other: Self) -> Option<u16> {
        let (a, b) = (self.year?, other.year?);
        let (a_end, b_end) = (self.until.unwrap_or(a), other.until.unwrap_or(b));
        Some(a.saturating_sub(b_end).max(b.saturating_sub(a_end)))
    }
}

fn is_about(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    ABOUT.iter().any(|word| small.starts_with(word))
}

/// Days of a month; the most of any where it is unknown.
fn days(year: u16, month: Option<u8>) -> u8 {
    match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2)
            if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
        {
            29
        }
        Some(2) => 28,
        _ => 31,
    }
}

/// The level of two dates that are not the same; 0 where a span is so wide that holding the other says nothing.
///
/// A span that holds the other's year counts as the same year where it is of two years, as years that are near up to ten,
/// and not at all beyond.
pub(crate) fn level(one: Date, other: Date, edited: impl Fn() -> bool) -> usize {
    let spread = one.spread().max(other.spread());
    if spread > 0 {
        return match (one.years_apart(other), spread) {
            (Some(0), 1) => 3,
            (Some(0), 2..=10) => 2,
            (Some(0), _) => 0,
            (Some(1..=2), 1..=2) => 2,
            _ => 1,
        };
    }
    let both_whole = one.whole() && other.whole();
    let crossed =
        both_whole && one.year == other.year && one.day == other.month && one.month == other.day;
    if crossed || (both_whole && edited()) {
        return 5;
    }
    let same_day = one.day.is_some() && one.day == other.day && one.month == other.month;
    let fits = |x: Option<u8>, y: Option<u8>| x.is_none() || y.is_none() || x == y;
    let part = !both_whole
        && one.year == other.year
        && fits(one.month, other.month)
        && fits(one.day, other.day);
    if same_day || part {
        return 4;
    }
    match one.years_apart(other) {
        Some(0) => 3,
        Some(1..=2) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::read(text).date().unwrap_or_default()
    }

    #[test]
    fn dates_are_read_as_lists_write_them() {
        for text in [
            "1965-04-12",
            "12.4.1965",
            "19650412",
            "1965/4/12",
            "12. 04. 1965.",
        ] {
            let d = date(text);
            assert_eq!(
                (d.year, d.month, d.day),
                (Some(1965), Some(4), Some(12)),
                "{text}"
            );
        }
        for (text, from, to) in [
            ("1960-1965", 1960, 1965),
            ("1960/65", 1960, 1965),
            ("rreth 1960", 1958, 1962),
            ("oko 1960", 1958, 1962),
        ] {
            assert_eq!(
                (date(text).year, date(text).until),
                (Some(from), Some(to)),
                "{text}"
            );
        }
        assert_eq!(
            (date("1965-07").month, date("1965-07").until),
            (Some(7), None)
        );
        assert_eq!(date("1965-00-00").month, None);
        for text in ["12.04.65", "unknown", "1965-1960", "45"] {
            assert_eq!(Date::read(text), Understood::Nothing, "{text}");
        }
        for text in ["1965-13-01", "31.2.1965", "1965-02-30"] {
            assert!(matches!(Date::read(text), Understood::Part(_)), "{text}");
        }
        assert!(matches!(Date::read("29.2.1964"), Understood::All(_)));
    }

    #[test]
    fn a_span_that_holds_a_year_says_less_the_wider_it_is() {
        let of = |a: &str, b: &str| level(date(a), date(b), || false);
        assert_eq!(of("1960-1961", "1961-05-02"), 3);
        assert_eq!(of("1960-1965", "1963"), 2);
        assert_eq!(of("1930-1965", "1963"), 0);
        assert_eq!(of("1930-1965", "1970"), 1);
        assert_eq!(of("1965", "1965-03-01"), 4);
    }
}
