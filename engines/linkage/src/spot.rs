//! Where a place is, and what it lies in, by a list of places.

use std::collections::HashMap;

use mandate_names::{Gazetteer, Key, Place, Strength};

/// Where a name may be; several places may bear it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    /// The place in the list, as a number.
    place: u32,
    /// What it lies in, as a number.
    parent: Option<u32>,
    latitude: f32,
    longitude: f32,
}

/// Kilometres of a degree of latitude, on the earth as a ball of 6371 km.
const DEGREE: f32 = 111.195;

/// Places that are so far apart in kilometres are near.
const NEAR: f32 = 12.0;

/// Places of one name that are kept; a name that more bear says where hardly anything is.
const MOST: usize = 4;

/// A list of places as values need it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    gazetteer: std::sync::Arc<Gazetteer>,
    numbers: HashMap<String, u32>,
    /// For each place itself, or the town that bears the municipality's name: lists do not tell them apart.
    seats: Vec<u32>,
}

impl Places {
    pub(crate) fn new(gazetteer: std::sync::Arc<Gazetteer>) -> Self {
        let all = gazetteer.places();
        let numbers: HashMap<String, u32> = (0..)
            .zip(all)
            .map(|(n, place)| (place.id.clone(), n))
            .collect();
        let mut seats: Vec<u32> = (0..all.len() as u32).collect();
        let mut by_parent: HashMap<u32, Vec<u32>> = HashMap::new();
        for (n, place) in (0..).zip(all) {
            if let Some(parent) = place.parent.as_ref().and_then(|id| numbers.get(id)) {
                by_parent.entry(*parent).or_default().push(n);
            }
        }
        for (parent, children) in by_parent {
            let names = keys(&all[parent as usize]);
            let mut alike = children.into_iter().filter(|child| {
                keys(&all[*child as usize])
                    .iter()
                    .any(|key| names.contains(key))
            });
            if let Some(seat) = alike.next() {
                seats[parent as usize] = seat;
            }
        }
        Self {
            numbers,
            seats,
            gazetteer,
        }
    }

    /// Where a name may be, and the name under which the list has it, where that is one place.
    pub(crate) fn find(&self, text: &str) -> (Vec<Spot>, Option<&str>) {
        let all = self.gazetteer.places();
        let found = self.gazetteer.find(text);
        let number = |place: &Place| self.numbers.get(&place.id).copied();
        let spots: Vec<Spot> = found
            .iter()
            .filter_map(|found| {
                Some(Spot {
                    place: number(found.place)?,
                    parent: found
                        .place
                        .parent
                        .as_ref()
                        .and_then(|id| self.numbers.get(id))
                        .copied(),
                    latitude: found.place.latitude as f32,
                    longitude: found.place.longitude as f32,
                })
            })
            .collect();
        let seat = |spot: &Spot| self.seats[spot.place as usize];
        let one = spots
            .first()
            .map(seat)
            .filter(|first| spots.iter().all(|spot| seat(spot) == *first));
        let name = one.and_then(|seat| all[seat as usize].names.first());
        let spots = if spots.len() > MOST {
            Vec::new()
        } else {
            spots
        };
        (spots, name.map(String::as_str))
    }
}

/// The keys of a place's names, but for the article.
fn keys(place: &Place) -> Vec<Key> {
    place
        .names
        .iter()
        .map(|name| Key::of(name, Strength::Bare).without_articles())
        .collect()
}

/// Whether some place of one name lies in some place of the other.
pub(crate) fn within(one: &[Spot], other: &[Spot]) -> bool {
    one.iter().any(|a| {
        other
            .iter()
            .any(|b| a.parent == Some(b.place) || b.parent == Some(a.place))
    })
}

/// Whether some place of one name is within twelve kilometres of some place of the other (on a plane, which at this distance
/// is wrong by less than a tenth of a kilometre).
pub(crate) fn near(one: &[Spot], other: &[Spot]) -> bool {
    one.iter().any(|a| {
        other.iter().any(|b| {
            let up = (a.latitude - b.latitude) * DEGREE;
            let along = (a.longitude - b.longitude) * DEGREE * a.latitude.to_radians().cos();
            up.hypot(along) <= NEAR
        })
    })
}
