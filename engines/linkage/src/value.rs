//! Values as they are compared: read once, however many records have them.

use std::collections::HashMap;

use mandate_names::{Gazetteer, Key, Strength};

/// What a field holds, and so how two of its values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The name of a person: given, father's, family, or several of them. Spelling systems are seen through.
    Name,
    /// The name of a place.
    Place,
    /// A date: `1965-04-12`, `12.4.1965`, `1965`, `1965-04`, `19650412`.
    Date,
    /// One of a few words: sex, list of causes.
    Category,
    /// A number or sign of which each digit counts: an identity number, a postcode, a house number.
    Code,
    /// Words in no order that matters: an address, an occupation.
    Text,
}

/// A date of which parts may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Date {
    pub(crate) year: Option<u16>,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
}

impl Date {
    /// Reads digits in the orders that lists use. The first of January and of July often stand for "unknown", but are kept as
    /// they are written.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let groups: Vec<&str> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .collect();
        let year = |text: &str| text.parse().ok().filter(|y| (1000..=2999).contains(y));
        let month = |text: &str| text.parse().ok().filter(|m| (1..=12).contains(m));
        let day = |text: &str| text.parse().ok().filter(|d| (1..=31).contains(d));
        match groups.as_slice() {
            [whole] if whole.len() == 8 => {
                let y = year(&whole[..4])?;
                Some(Self {
                    year: Some(y),
                    month: month(&whole[4..6]),
                    day: day(&whole[6..]),
                })
            }
            [one] if one.len() == 4 => Some(Self {
                year: Some(year(one)?),
                ..Self::default()
            }),
            [y, m] if y.len() == 4 => Some(Self {
                year: Some(year(y)?),
                month: month(m),
                day: None,
            }),
            [m, y] if y.len() == 4 => Some(Self {
                year: Some(year(y)?),
                month: month(m),
                day: None,
            }),
            [y, m, d, ..] if y.len() == 4 => Some(Self {
                year: Some(year(y)?),
                month: month(m),
                day: day(d),
            }),
            [d, m, y, ..] if y.len() == 4 => Some(Self {
                year: Some(year(y)?),
                month: month(m),
                day: day(d),
            }),
            _ => None,
        }
    }

    fn digits(self) -> Vec<u8> {
        let two = |n: Option<u8>| n.map_or_else(|| "--".to_owned(), |n| format!("{n:02}"));
        let year = self
            .year
            .map_or_else(|| "----".to_owned(), |y| format!("{y:04}"));
        format!("{year}{}{}", two(self.month), two(self.day)).into_bytes()
    }

    pub(crate) fn whole(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }
}

/// The first name of the place that a text names, where the list of places knows exactly one; otherwise the text.
fn place_name<'a>(text: &'a str, places: Option<&'a Gazetteer>) -> &'a str {
    let found = places.map(|places| places.find(text)).unwrap_or_default();
    match found.as_slice() {
        [one] => one.place.names.first().map_or(text, String::as_str),
        _ => text,
    }
}

/// The different values of a field. Number 0 is "missing".
#[derive(Debug, Clone)]
pub(crate) struct Values {
    pub(crate) kind: Kind,
    /// As they were written.
    pub(crate) texts: Vec<String>,
    /// Units of sound, digits or folded letters, one after another.
    bytes: Vec<u8>,
    starts: Vec<u32>,
    /// Values with the same number are the same value in another spelling.
    pub(crate) same: Vec<u32>,
    /// The same, when marks may be lost.
    pub(crate) bare: Vec<u32>,
    pub(crate) dates: Vec<Date>,
    /// Words of a text, as numbers in order.
    pub(crate) words: Vec<Vec<u32>>,
    /// The key of a known given name.
    pub(crate) given: Vec<Option<Key>>,
    /// How many records have the value, in any spelling.
    pub(crate) counts: Vec<u32>,
    /// Names are compared letter by letter: for measuring what seeing through spellings brings.
    pub(crate) literal: bool,
    by_text: HashMap<String, u32>,
    by_same: HashMap<Vec<u8>, u32>,
    by_bare: HashMap<Vec<u8>, u32>,
    by_word: HashMap<String, u32>,
}

impl Values {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            texts: vec![String::new()],
            bytes: Vec::new(),
            starts: vec![0, 0],
            same: vec![0],
            bare: vec![0],
            dates: vec![Date::default()],
            words: vec![Vec::new()],
            given: vec![None],
            counts: vec![0],
            literal: false,
            by_text: HashMap::new(),
            by_same: HashMap::new(),
            by_bare: HashMap::new(),
            by_word: HashMap::new(),
        }
    }

    /// The number of a value.
    pub(crate) fn add(&mut self, text: &str, places: Option<&Gazetteer>) -> u32 {
        let text = text.trim();
        if text.is_empty() {
            return 0;
        }
        if let Some(known) = self.by_text.get(text) {
            return *known;
        }
        let date = match self.kind {
            Kind::Date => Date::read(text),
            _ => None,
        };
        let bytes = match self.kind {
            Kind::Name | Kind::Place if self.literal => text.to_lowercase().into_bytes(),
            Kind::Name => Key::of(text, Strength::Orthographic).as_bytes().to_vec(),
            Kind::Place => {
                let key = Key::of(place_name(text, places), Strength::Orthographic);
                key.without_articles().as_bytes().to_vec()
            }
            Kind::Date => date.map_or_else(Vec::new, Date::digits),
            Kind::Category | Kind::Code | Kind::Text => mandate_names::fold(text)
                .bytes()
                .filter(|b| self.kind == Kind::Text || !b.is_ascii_whitespace())
                .collect(),
        };
        // A value without a letter or a digit says nothing.
        if bytes.is_empty() {
            self.by_text.insert(text.to_owned(), 0);
            return 0;
        }
        let bare = match self.kind {
            Kind::Name | Kind::Place if self.literal => bytes.clone(),
            Kind::Place => Key::of(place_name(text, places), Strength::Loose)
                .as_bytes()
                .to_vec(),
            Kind::Name => Key::of(text, Strength::Loose).as_bytes().to_vec(),
            _ => bytes.clone(),
        };
        let words = match self.kind {
            Kind::Text => {
                let folded = String::from_utf8_lossy(&bytes).into_owned();
                let mut words: Vec<u32> = folded
                    .split_whitespace()
                    .map(|word| {
                        let next = self.by_word.len() as u32;
                        *self.by_word.entry(word.to_owned()).or_insert(next)
                    })
                    .collect();
                words.sort_unstable();
                words.dedup();
                words
            }
            _ => Vec::new(),
        };
        let number = self.texts.len() as u32;
        let same = self.by_same.len() as u32 + 1;
        let same = *self.by_same.entry(bytes.clone()).or_insert(same);
        let next = self.by_bare.len() as u32 + 1;
        let bare = *self.by_bare.entry(bare).or_insert(next);
        if same as usize >= self.counts.len() {
            self.counts.push(0);
        }
        let given = match self.kind {
            Kind::Name if !self.literal => Some(Key::of(text, Strength::Orthographic)),
            _ => None,
        };
        let forms = mandate_names::Forms::builtin();
        self.given.push(given.filter(|key| forms.is_given(key)));
        self.texts.push(text.to_owned());
        self.bytes.extend_from_slice(&bytes);
        self.starts.push(self.bytes.len() as u32);
        self.same.push(same);
        self.bare.push(bare);
        self.dates.push(date.unwrap_or_default());
        self.words.push(words);
        self.by_text.insert(text.to_owned(), number);
        number
    }

    pub(crate) fn bytes(&self, value: u32) -> &[u8] {
        let value = value as usize;
        &self.bytes[self.starts[value] as usize..self.starts[value + 1] as usize]
    }

    /// Gives back what is needed only while values are added.
    pub(crate) fn close(&mut self) {
        self.by_text = HashMap::new();
        self.by_same = HashMap::new();
        self.by_bare = HashMap::new();
        self.by_word = HashMap::new();
    }
}
