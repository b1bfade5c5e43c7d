//! Values as they are compared: read once, however many records have them.

use std::collections::{HashMap, HashSet};

use mandate_names::{Forms, Key, Strength};

use crate::{
    date::{Date, Understood},
    face::Face,
    spot::{Places, Spot},
    strings::{Numbers, Strings},
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
    texts: Strings,
    /// Units of sound, digits or folded letters.
    bytes: Strings,
    /// What is compared first.
    faces: Vec<Face>,
    /// Values with the same number are the same value when marks may be lost.
    pub(crate) bare: Vec<u32>,
    /// Words of a text, as numbers in order; nothing for other kinds.
    words: Vec<Vec<u32>>,
    /// The bare key of a known given name; nothing for other kinds.
    given: Vec<Option<Key>>,
    /// Where the place may be; nothing for other kinds.
    spots: Vec<Box<[Spot]>>,
    /// The values of a cell that has several, as a range of `parts`; nothing for a single value.
    several: Vec<(u32, u32)>,
    parts: Vec<u32>,
    /// How many records have the value, in any spelling.
    pub(crate) counts: Vec<u32>,
    /// Names are compared letter by letter: for measuring what seeing through spellings brings.
    pub(crate) literal: bool,
    by_text: Numbers,
    /// Texts that say nothing.
    silent: HashSet<String>,
    by_parts: HashMap<Vec<u32>, u32>,
    by_same: Numbers,
    /// The first value of each number of `same`.
    first_of_same: Vec<u32>,
    bares: Strings,
    by_bare: Numbers,
    by_word: HashMap<String, u32>,
}

impl Values {
    pub(crate) fn new(kind: Kind) -> Self {
        let mut new = Self {
            kind,
            texts: Strings::default(),
            bytes: Strings::default(),
            faces: Vec::new(),
            bare: Vec::new(),
            words: Vec::new(),
            given: Vec::new(),
            spots: Vec::new(),
            several: Vec::new(),
            parts: Vec::new(),
            counts: vec![0],
            literal: false,
            by_text: Numbers::default(),
            silent: HashSet::new(),
            by_parts: HashMap::new(),
            by_same: Numbers::default(),
            first_of_same: vec![0],
            bares: Strings::default(),
            by_bare: Numbers::default(),
            by_word: HashMap::new(),
        };
        new.bares.push(b"");
        new.push("", &[], Face::default(), 0);
        new
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
        if let Some(known) = self.by_parts.get(&numbers) {
            return *known;
        }
        let number = self.len() as u32;
        let from = self.parts.len() as u32;
        self.parts.extend_from_slice(&numbers);
        // A cell of several values is the same as none but its own kind.
        let face = Face::of(&[], self.new_same(number));
        let bare = self.bares.len() as u32;
        self.bares.push(b"");
        self.push(written, &[], face, bare);
        if let Some(range) = self.several.last_mut() {
            *range = (from, self.parts.len() as u32);
        }
        self.by_parts.insert(numbers, number);
        number
    }

    /// A number for values that are the same as one that is about to be added, and as none before it.
    fn new_same(&mut self, value: u32) -> u32 {
        self.first_of_same.push(value);
        self.counts.push(0);
        self.first_of_same.len() as u32 - 1
    }

    /// A value about which nothing more is known yet.
    fn push(&mut self, text: &str, bytes: &[u8], face: Face, bare: u32) {
        self.texts.push(text.as_bytes());
        self.bytes.push(bytes);
        self.faces.push(face);
        self.bare.push(bare);
        self.several.push((0, 0));
        match self.kind {
            Kind::Text => self.words.push(Vec::new()),
            Kind::Name => self.given.push(None),
            Kind::Place => self.spots.push(Box::default()),
            _ => {}
        }
    }

    /// How many values there are, with "missing".
    pub(crate) fn len(&self) -> usize {
        self.faces.len()
    }

    /// A value as it was written.
    pub(crate) fn text(&self, value: u32) -> &str {
        std::str::from_utf8(self.texts.get(value)).unwrap_or_default()
    }

    /// What is compared first of a value.
    pub(crate) fn face(&self, value: u32) -> &Face {
        &self.faces[value as usize]
    }

    /// The date of a value; nothing known of other kinds.
    pub(crate) fn date(&self, value: u32) -> Date {
        match self.kind {
            Kind::Date => self.faces[value as usize].date(),
            _ => Date::default(),
        }
    }

    /// Where a place may be.
    pub(crate) fn spots(&self, value: u32) -> &[Spot] {
        &self.spots[value as usize]
    }

    /// The words of a text, as numbers in order.
    pub(crate) fn words(&self, value: u32) -> &[u32] {
        &self.words[value as usize]
    }

    /// The bare key of a known given name.
    pub(crate) fn given(&self, value: u32) -> Option<&Key> {
        self.given[value as usize].as_ref()
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
            let same = self.faces[value as usize].same as usize;
            self.counts[same] += 1;
        }
        for at in from..to {
            let part = self.parts[at as usize] as usize;
            let same = self.faces[part].same as usize;
            self.counts[same] += 1;
        }
    }

    /// The number of a single value.
    pub(crate) fn add(&mut self, text: &str, places: Option<&Places>) -> u32 {
        let text = text.trim();
        if text.is_empty() {
            return 0;
        }
        let known = self.by_text.find(text.as_bytes(), |n| self.texts.get(n));
        known.unwrap_or_else(|| self.add_new(text, places))
    }

    /// The number of a value that was never written so.
    fn add_new(&mut self, text: &str, places: Option<&Places>) -> u32 {
        if self.silent.contains(text) {
            return 0;
        }
        let (spots, name) = match (self.kind, places) {
            (Kind::Place, Some(places)) => places.find(text),
            _ => (Vec::new(), None),
        };
        let name = name.unwrap_or(text);
        let date = match self.kind {
            Kind::Date => Date::read(text).date().unwrap_or_default(),
            _ => Date::default(),
        };
        let bytes = match self.kind {
            Kind::Name | Kind::Place if self.literal => text.to_lowercase().into_bytes(),
            _ => self.key(name),
        };
        // A value without a letter or a digit says nothing.
        if bytes.is_empty() {
            self.silent.insert(text.to_owned());
            return 0;
        }
        let number = self.len() as u32;
        let bytes_of = |same: u32| self.bytes.get(self.first_of_same[same as usize]);
        let same = match self.by_same.find(&bytes, bytes_of) {
            Some(same) => same,
            None => {
                let same = self.new_same(number);
                let of = |n: u32| match self.first_of_same[n as usize] {
                    first if first == number => bytes.as_slice(),
                    first => self.bytes.get(first),
                };
                self.by_same.insert(same, of);
                same
            }
        };
        let bare = match self.kind {
            Kind::Name | Kind::Place if !self.literal => {
                let text = if self.kind == Kind::Name { text } else { name };
                let loose = Key::of(text, Strength::Loose);
                self.bare_number(loose.as_bytes())
            }
            _ => self.bare_number(&bytes),
        };
        let mut face = match self.kind {
            Kind::Date => Face::of_date(date, &bytes, same),
            _ => Face::of(&bytes, same),
        };
        let mut given = None;
        if self.kind == Kind::Name && !self.literal {
            let key = Key::of(text, Strength::Orthographic);
            let forms = Forms::builtin();
            if forms.is_given(&key) {
                let bare = key.weakened(Strength::Bare);
                face.forms = forms.sign(&bare);
                given = Some(bare);
            }
        }
        self.push(text, &bytes, face, bare);
        match self.kind {
            Kind::Text => self.words[number as usize] = self.words_of(&bytes),
            Kind::Name => self.given[number as usize] = given,
            Kind::Place => self.spots[number as usize] = spots.into_boxed_slice(),
            _ => {}
        }
        self.by_text.insert(number, |n| self.texts.get(n));
        number
    }

    fn bare_number(&mut self, bytes: &[u8]) -> u32 {
        if let Some(known) = self.by_bare.find(bytes, |n| self.bares.get(n)) {
            return known;
        }
        let number = self.bares.len() as u32;
        self.bares.push(bytes);
        self.by_bare.insert(number, |n| self.bares.get(n));
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
        self.bytes.get(value)
    }

    /// Gives back what is needed only while values are added.
    pub(crate) fn close(&mut self) {
        self.by_text = Numbers::default();
        self.silent = HashSet::new();
        self.by_parts = HashMap::new();
        self.by_same = Numbers::default();
        self.first_of_same = Vec::new();
        self.bares = Strings::default();
        self.by_bare = Numbers::default();
        self.by_word = HashMap::new();
    }
}
