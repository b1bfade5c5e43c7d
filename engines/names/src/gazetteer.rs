//! Places by any of their names, with what they lie in and how far apart they are.
//!
//! Ferizaj and Uroševac share no spelling: only a list joins them. A name that several places bear finds all of them.

use std::collections::HashMap;

use crate::{Key, Strength};

/// The mean radius of the earth in kilometres (IUGG 1980, R1).
const RADIUS: f64 = 6371.0088;

/// A place of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its number in the list's source.
    pub id: String,
    /// What it is: a municipality, a settlement.
    pub level: String,
    /// The number of what it lies in; none if the list does not say.
    pub parent: Option<String>,
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
    /// Its names in all languages, the list's own first; one at least.
    pub names: Vec<String>,
}

/// A list of places that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct GazetteerError {
    /// The line, from 1; for places that were given as values, which of them.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// By what a name and a place's name agree, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Agreement {
    /// In everything but the spelling system.
    Orthographic,
    /// And lost marks.
    Bare,
    /// And the article or case: Gjakovë, Gjakova; Zllapek, Zllapeku.
    Article,
    /// By being this similar, from 0 to 1.
    Similar(f64),
}

/// A place that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found<'g> {
    /// The place.
    pub place: &'g Place,
    /// By what.
    pub agreement: Agreement,
}

/// A list of places with an index of their names.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_id: HashMap<String, usize>,
    /// By the orthographic, the bare key and the key without article, the places.
    indices: [HashMap<Key, Vec<usize>>; 3],
}

impl Gazetteer {
    /// A list of places. Numbers are unique, parents are in the list and are not within what they hold, coordinates are
    /// on the globe.
    pub fn new(places: Vec<Place>) -> Result<Self, GazetteerError> {
        let mut gazetteer = Self::default();
        for (at, place) in places.iter().enumerate() {
            let fail = |what| Err(GazetteerError { line: at + 1, what });
            if place.names.iter().all(|name| crate::key(name).is_empty()) {
                return fail("the place has no name");
            }
            let (latitude, longitude) = (place.latitude, place.longitude);
            if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
                return fail("the coordinates are not on the globe");
            }
            if gazetteer.by_id.insert(place.id.clone(), at).is_some() {
                return fail("another place has this number");
            }
            for name in &place.names {
                for (index, key) in gazetteer.indices.iter_mut().zip(keys(name)) {
                    let places = index.entry(key).or_default();
                    if places.last() != Some(&at) {
                        places.push(at);
                    }
                }
            }
        }
        gazetteer.places = places;
        for (at, place) in gazetteer.places.iter().enumerate() {
            let fail = |what| Err(GazetteerError { line: at + 1, what });
            if place
                .parent
                .as_ref()
                .is_some_and(|parent| !gazetteer.by_id.contains_key(parent))
            {
                return fail("what the place lies in is not in the list");
            }
            if gazetteer.parents(place).any(|parent| parent.id == place.id) {
                return fail("the place lies in itself");
            }
        }
        Ok(gazetteer)
    }

    /// Reads lines of number, level, parent's number (or nothing), latitude, longitude and names between `|`, with tabs
    /// between them. Lines that begin with `#` and empty ones say nothing.
    pub fn read(lines: &str) -> Result<Self, GazetteerError> {
        let mut places = Vec::new();
        let mut numbers = Vec::new();
        for (at, line) in lines.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |what| GazetteerError { line: at + 1, what };
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let [id, level, parent, latitude, longitude, names] = cells[..] else {
                return Err(fail("not six cells"));
            };
            let degrees = |cell: &str| {
                cell.parse::<f64>()
                    .map_err(|_| fail("a coordinate is no number"))
            };
            numbers.push(at + 1);
            places.push(Place {
                id: id.to_owned(),
                level: level.to_owned(),
                parent: Some(parent.to_owned()).filter(|parent| !parent.is_empty()),
                latitude: degrees(latitude)?,
                longitude: degrees(longitude)?,
                names: names
                    .split('|')
                    .map(|name| name.trim().to_owned())
                    .collect(),
            });
        }
        Self::new(places).map_err(|error| GazetteerError {
            line: numbers.get(error.line - 1).copied().unwrap_or(error.line),
            what: error.what,
        })
    }

    /// All places, in the list's order.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The place with this number.
    pub fn get(&self, id: &str) -> Option<&Place> {
        self.by_id.get(id).and_then(|&at| self.places.get(at))
    }

    /// The places with this name in any spelling, in the list's order: those that agree in everything but spelling; if
    /// there are none, those that agree but for marks; if there are none, those that agree but for the article.
    pub fn find(&self, name: &str) -> Vec<Found<'_>> {
        let agreements = [Agreement::Orthographic, Agreement::Bare, Agreement::Article];
        for ((index, key), agreement) in self.indices.iter().zip(keys(name)).zip(agreements) {
            let found = index.get(&key).map_or(&[][..], Vec::as_slice);
            if !found.is_empty() {
                let places = found.iter().filter_map(|&at| self.places.get(at));
                return places.map(|place| Found { place, agreement }).collect();
            }
        }
        Vec::new()
    }

    /// The places with a name that is at least so similar, the most similar first, then in the list's order. Looks at
    /// every name: for single questions, milliseconds each.
    pub fn find_similar(&self, name: &str, at_least: f64) -> Vec<Found<'_>> {
        let key = crate::key(name);
        let mut best: HashMap<usize, f64> = HashMap::new();
        for (other, places) in &self.indices[0] {
            let similar = key.similarity(other);
            if similar >= at_least {
                for &at in places {
                    let known = best.entry(at).or_insert(similar);
                    *known = known.max(similar);
                }
            }
        }
        let mut best: Vec<(usize, f64)> = best.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let found = |(at, similar): (usize, f64)| {
            let agreement = if similar < 1.0 {
                Agreement::Similar(similar)
            } else {
                Agreement::Orthographic
            };
            self.places.get(at).map(|place| Found { place, agreement })
        };
        best.into_iter().filter_map(found).collect()
    }

    /// What a place lies in, the nearest first.
    pub fn parents<'g>(&'g self, place: &'g Place) -> impl Iterator<Item = &'g Place> {
        let up = |place: &&'g Place| self.get(place.parent.as_deref()?);
        // No list is deeper than it is long, so a circle ends too.
        std::iter::successors(up(&place), up).take(self.places.len())
    }

    /// Whether a place is another or lies in it.
    pub fn is_within(&self, place: &Place, area: &Place) -> bool {
        place.id == area.id || self.parents(place).any(|parent| parent.id == area.id)
    }

    /// The least distance in kilometres between a place of the first name and one of the second; nothing if either is
    /// not in the list. Towns and their municipalities may both be meant.
    pub fn distance(&self, one: &str, other: &str) -> Option<f64> {
        let (ones, others) = (self.find(one), self.find(other));
        let pairs = ones
            .iter()
            .flat_map(|a| others.iter().map(move |b| kilometres(a.place, b.place)));
        pairs.min_by(f64::total_cmp)
    }
}

/// The great circle between two places in kilometres (haversine; the earth as a ball, wrong by 0.5 % at most).
pub fn kilometres(one: &Place, other: &Place) -> f64 {
    let [a, b] = [one.latitude, other.latitude].map(f64::to_radians);
    let across = (other.longitude - one.longitude).to_radians();
    let h = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (across / 2.0).sin().powi(2);
    2.0 * RADIUS * h.sqrt().min(1.0).asin()
}

/// The keys of a place's name: orthographic, bare, and without the article.
fn keys(name: &str) -> [Key; 3] {
    let orthographic = crate::key(name);
    let bare = orthographic.weakened(Strength::Bare);
    let article = bare.without_articles();
    [orthographic, bare, article]
}
