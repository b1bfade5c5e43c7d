//! Values as they are compared: read once, however many records have them.

use std::collections::HashMap;

use mandate_names::{Key, Strength};

use crate::{
    date::{Date, Understood},
    spot::{Places, Spot},
};

/// What a field holds, and so how two of its values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The name of a person: given, father's, family, or several of them. Spelling systems are seen through.
    Name,
    /// The name of a place.
    Place,
    /// A date: `1965-04-12`, `12.4.1965`, `1965`, `1965-04`, `19650412`; a span of years: `1960-1965`, `1960/65`, `about 1960`.
    Date,
    /// One of a few words: sex, list of causes.
    Category,
    /// A number or sign of which each digit counts: an identity number, a postcode, a house number.
    Code,
    /// Words in no order that matters: an address, an occupation.
    Text,
}

/// What cannot be used of a value as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It is in a field of dates and no date is understood in it: it counts as missing.
    NoDate,
    /// Its month or day does not exist: only the rest counts.
    NoSuchDay,
    /// It is in a field of names or places and has no letter.
    NoLetter,
}

impl Kind {
    /// What of a value is not understood; nothing for an empty one.
    ///
    /// ```
    /// use mandate_linkage::{Doubt, Kind};
    /// assert_eq!(Kind::Date.doubt("12.04.65"), Some(Doubt::NoDate));
    /// assert_eq!(Kind::Date.doubt("31.2.1965"), Some(Doubt::NoSuchDay));
    /// assert_eq!(Kind::Date.doubt("1960-1965"), None);
    /// ```
    #[must_use]
    pub fn doubt(self, text: &str) -> Option<Doubt> {
        if text.trim().is_empty() {
            return None;
        }
        match self {
            Self::Date => match Date::read(text) {
                Understood::All(_) => None,
                Understood::Part(_) => Some(Doubt::NoSuchDay),
                Understood::Nothing => Some(Doubt::NoDate),
            },
            Self::Name | Self::Place => {
                (!text.chars().any(char::is_alphabetic)).then_some(Doubt::NoLetter)
            }
            _ => None,
        }
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
    /// Where the place may be.
    pub(crate) spots: Vec<Box<[Spot]>>,
    /// The values of a cell that has several, as a range of `parts`; nothing for a single value.
    several: Vec<(u32, u32)>,
    parts: Vec<u32>,
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
            spots: vec![Box::default()],
            several: vec![(0, 0)],
            parts: Vec::new(),
            counts: vec![0],
            literal: false,
            by_text: HashMap::new(),
            by_same: HashMap::new(),
            by_bare: HashMap::new(),
            by_word: HashMap::new(),
        }
    }

    /// The number of a cell's value: of one value, or of several, each of which may be the right one.
    pub(crate) fn add_all(
        &mut self,
        written: &str,
        texts: &[&str],
        places: Option<&Places>,
    ) -> u32 {
        if let [one] = texts {
            return self.add(one, places);
        }
        let mut numbers: Vec<u32> = texts.iter().map(|text| self.add(text, places)).collect();
        numbers.retain(|number| *number > 0);
        numbers.sort_unstable();
        numbers.dedup();
        match numbers.as_slice() {
            [] => return 0,
            [one] => return *one,
            _ => {}
        }
        let key = format!("\u{0}{numbers:?}");
        if let Some(known) = self.by_text.get(&key) {
            return *known;
        }
        // No text and no key has this byte: a cell of several values is the same as none but its own kind.
        let mut of: Vec<u8> = vec![0xFF];
        numbers
            .iter()
            .for_each(|number| of.extend(number.to_le_bytes()));
        let next = self.by_same.len() as u32 + 1;
        let same = *self.by_same.entry(of.clone()).or_insert(next);
        let next = self.by_bare.len() as u32 + 1;
        let bare = *self.by_bare.entry(of).or_insert(next);
        self.by_text.insert(key, self.texts.len() as u32);
        let number = self.texts.len() as u32;
        let from = self.parts.len() as u32;
        self.parts.extend_from_slice(&numbers);
        self.push(written, &[], same, bare);
        if let Some(range) = self.several.last_mut() {
            *range = (from, self.parts.len() as u32);
        }
        number
    }

    /// A value about which nothing more is known yet.
    fn push(&mut self, text: &str, bytes: &[u8], same: u32, bare: u32) {
        if same as usize >= self.counts.len() {
            self.counts.push(0);
        }
        self.texts.push(text.to_owned());
        self.bytes.extend_from_slice(bytes);
        self.starts.push(self.bytes.len() as u32);
        self.same.push(same);
        self.bare.push(bare);
        self.dates.push(Date::default());
        self.words.push(Vec::new());
        self.given.push(None);
        self.spots.push(Box::default());
        self.several.push((0, 0));
    }

    /// The values of a cell with several; nothing for a single value.
    pub(crate) fn parts(&self, value: u32) -> &[u32] {
        let (from, to) = self.several[value as usize];
        &self.parts[from as usize..to as usize]
    }

    /// Whether any cell has several values.
    pub(crate) fn any_several(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Counts one more record with a value.
    pub(crate) fn count(&mut self, value: u32) {
        let (from, to) = self.several[value as usize];
        if from == to {
            let same = self.same[value as usize] as usize;
            self.counts[same] += 1;
        }
        for at in from..to {
            let part = self.parts[at as usize] as usize;
            let same = self.same[part] as usize;
            self.counts[same] += 1;
        }
    }

    /// The number of a single value.
    pub(crate) fn add(&mut self, text: &str, places: Option<&Places>) -> u32 {
        let text = text.trim();
        if text.is_empty() {
            return 0;
        }
        if let Some(known) = self.by_text.get(text) {
            return *known;
        }
        let (spots, name) = match (self.kind, places) {
            (Kind::Place, Some(places)) => places.find(text),
            _ => (Vec::new(), None),
        };
        let name = name.unwrap_or(text);
        let bytes = match self.kind {
            Kind::Name | Kind::Place if self.literal => text.to_lowercase().into_bytes(),
            _ => self.key(name),
        };
        // A value without a letter or a digit says nothing.
        if bytes.is_empty() {
            self.by_text.insert(text.to_owned(), 0);
            return 0;
        }
        let bare = match self.kind {
            Kind::Name | Kind::Place if self.literal => bytes.clone(),
            Kind::Place => Key::of(name, Strength::Loose).as_bytes().to_vec(),
            Kind::Name => Key::of(text, Strength::Loose).as_bytes().to_vec(),
            _ => bytes.clone(),
        };
        let number = self.texts.len() as u32;
        let same = self.by_same.len() as u32 + 1;
        let same = *self.by_same.entry(bytes.clone()).or_insert(same);
        let next = self.by_bare.len() as u32 + 1;
        let bare = *self.by_bare.entry(bare).or_insert(next);
        self.push(text, &bytes, same, bare);
        let at = number as usize;
        if self.kind == Kind::Date {
            self.dates[at] = Date::read(text).date().unwrap_or_default();
        }
        self.spots[at] = spots.into_boxed_slice();
        if self.kind == Kind::Text {
            self.words[at] = self.words_of(&bytes);
        }
        if self.kind == Kind::Name && !self.literal {
            let key = Key::of(text, Strength::Orthographic);
            self.given[at] = Some(key).filter(|key| mandate_names::Forms::builtin().is_given(key));
        }
        self.by_text.insert(text.to_owned(), number);
        number
    }

    fn words_of(&mut self, bytes: &[u8]) -> Vec<u32> {
        let folded = String::from_utf8_lossy(bytes).into_owned();
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

    /// The bytes by which a text that need not be a value is found.
    pub(crate) fn key(&self, text: &str) -> Vec<u8> {
        match self.kind {
            Kind::Name => Key::of(text, Strength::Orthographic).as_bytes().to_vec(),
            Kind::Place => Key::of(text, Strength::Orthographic)
                .without_articles()
                .as_bytes()
                .to_vec(),
            Kind::Date => Date::read(text).date().map_or_else(Vec::new, Date::digits),
            Kind::Category | Kind::Code | Kind::Text => mandate_names::fold(text)
                .bytes()
                .filter(|b| self.kind == Kind::Text || !b.is_ascii_whitespace())
                .collect(),
        }
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
