//! Identifications already made, looked at again with the samples there are now.
//!
//! New reference samples, or more markers, can weaken what was decided. Each identification is weighed again, and against
//! the places of all other missing persons. If remains that were given to one family fit another better, and the other's
//! remains fit the first, two bodies were exchanged; this shows as a *cycle* of remains, each of which fits the place that
//! the next one has. A row of remains that ends at a person still missing is an *open chain*.
//!
//! Everything is for review by people: nothing is decided here.

use std::collections::{BTreeSet, HashMap, VecDeque};

use rayon::prelude::*;

use crate::{
    Error, Locus, Result,
    case::{Family, Remains},
    compare::{evidence, sex_agrees},
    joint::{MissingPerson, of_one_family},
};

/// An identification that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identification {
    /// The remains, by their place among those given.
    pub remains: usize,
    /// The person.
    pub person: MissingPerson,
}

/// What became of an identification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The remains cannot be this person's, or the ratio now speaks against it.
    Contradicted,
    /// The ratio speaks for it, below the threshold.
    Weakened,
    /// At or above the threshold, and another place fits better by a factor of a hundred or more.
    Rivalled,
    /// At or above the threshold.
    Stands,
}

impl Standing {
    /// The word in a table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Weakened => "weakened",
            Self::Rivalled => "rivalled",
            Self::Stands => "stands",
        }
    }
}

/// An identification weighed again.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// The identification.
    pub identification: Identification,
    /// Its ratio now, as a logarithm to base 10.
    pub log10_lr: f64,
    /// What became of it.
    pub standing: Standing,
    /// The other place that fits best, if one reaches the threshold, with its ratio.
    pub better: Option<(MissingPerson, f64)>,
}

/// Remains that would move, each to the place that the next one has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The remains in order.
    pub remains: Vec<usize>,
    /// Whether the last fits the first one's place; if not, the last fits [`Exchange::to`], who is still missing.
    pub closed: bool,
    /// The person still missing at the end of an open chain.
    pub to: Option<MissingPerson>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// All identifications in the order given.
    pub reviewed: Vec<Reviewed>,
    /// Exchanges that would explain what no longer stands.
    pub exchanges: Vec<Exchange>,
    /// Identifications that could not be weighed, with the reason.
    pub left_out: Vec<(Identification, Error)>,
}

/// So much better, as a logarithm, must another place be to rival one that stands.
const RIVAL: f64 = 2.0;

/// Weighs identifications again.
///
/// Each is weighed alone: the other members of the family are taken as their reference samples show them, not as earlier
/// identifications do, so that one mistake does not support the next.
///
/// # Errors
/// [`Error::OutOfRange`] for an identification of remains or a person that were not given; [`Error::Stopped`].
pub fn revise(
    families: &[&Family],
    remains: &[&Remains],
    made: &[Identification],
    loci: &[Locus],
    theta: f64,
    log10_threshold: f64,
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Revision> {
    for one in made {
        let family = families.get(one.person.family);
        if one.remains >= remains.len()
            || family.is_none_or(|f| one.person.member >= f.pedigree.len())
        {
            return Err(Error::UnknownMember {
                id: format!("the person or remains of identification {one:?}"),
            });
        }
    }
    let mut places: BTreeSet<MissingPerson> = made.iter().map(|m| m.person).collect();
    for (family, f) in families.iter().enumerate() {
        let missing = f.missing.iter();
        places.extend(missing.map(|member| MissingPerson {
            family,
            member: *member,
        }));
    }
    let weigh = |body: usize, person: MissingPerson| {
        let family = families[person.family];
        evidence(family, &[(person.member, remains[body])], loci, theta).map(|e| e.log10)
    };
    let done = std::sync::atomic::AtomicUsize::new(0);
    // For each identification its own ratio, and the places that reach the threshold, the best first.
    type Weighed = Result<(f64, Vec<(MissingPerson, f64)>)>;
    let weighed: Vec<Weighed> = made
        .par_iter()
        .map(|one| {
            let before = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if !go_on(before, made.len()) {
                return Err(Error::Stopped);
            }
            let own = weigh(one.remains, one.person)?;
            let mut fits = Vec::new();
            for place in places.iter().filter(|p| **p != one.person) {
                if !sex_agrees(families[place.family], place.member, remains[one.remains]) {
                    continue;
                }
                // A family whose own data are impossible cannot rival.
                if let Ok(ratio) = weigh(one.remains, *place)
                    && ratio >= log10_threshold
                {
                    fits.push((*place, ratio));
                }
            }
            fits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            Ok((own, fits))
        })
        .collect();
    let mut reviewed = Vec::new();
    let mut left_out = Vec::new();
    let mut fits: HashMap<usize, Vec<MissingPerson>> = HashMap::new();
    for (one, weighed) in made.iter().zip(weighed) {
        let (own, other) = match weighed {
            Ok(weighed) => weighed,
            Err(why) if !of_one_family(&why) => return Err(why),
            Err(why) => {
                left_out.push((*one, why));
                continue;
            }
        };
        let better = other.first().copied();
        let standing = if own < 0.0 {
            Standing::Contradicted
        } else if own < log10_threshold {
            Standing::Weakened
        } else if better.is_some_and(|(_, ratio)| ratio >= own + RIVAL) {
            Standing::Rivalled
        } else {
            Standing::Stands
        };
        let moves = other.iter().filter(|(_, r)| *r > own);
        fits.insert(one.remains, moves.map(|(p, _)| *p).collect());
        reviewed.push(Reviewed {
            identification: *one,
            log10_lr: own,
            standing,
            better,
        });
    }
    let exchanges = exchanges(&reviewed, &fits);
    Ok(Revision {
        reviewed,
        exchanges,
        left_out,
    })
}

/// For each identification that does not stand, the shortest closed exchange that contains it, or else the shortest chain
/// to somebody still missing; each once.
fn exchanges(reviewed: &[Reviewed], fits: &HashMap<usize, Vec<MissingPerson>>) -> Vec<Exchange> {
    let who: HashMap<MissingPerson, usize> = reviewed
        .iter()
        .map(|r| (r.identification.person, r.identification.remains))
        .collect();
    let mut seen: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut all = Vec::new();
    for first in reviewed.iter().filter(|r| r.standing != Standing::Stands) {
        let start = first.identification.remains;
        let mut before: HashMap<usize, usize> = HashMap::new();
        let mut open = VecDeque::from([start]);
        let mut chain: Option<(usize, MissingPerson)> = None;
        let mut closed: Option<usize> = None;
        'search: while let Some(at) = open.pop_front() {
            for place in fits.get(&at).into_iter().flatten() {
                match who.get(place) {
                    Some(next) if *next == start => {
                        closed = Some(at);
                        break 'search;
                    }
                    Some(next) if !before.contains_key(next) => {
                        before.insert(*next, at);
                        open.push_back(*next);
                    }
                    Some(_) => {}
                    None => chain = chain.or(Some((at, *place))),
                }
            }
        }
        let path = |last: usize| {
            let mut path = vec![last];
            let mut at = last;
            while at != start {
                let Some(previous) = before.get(&at) else {
                    break;
                };
                at = *previous;
                path.push(at);
            }
            path.reverse();
            path
        };
        let found = match (closed, chain) {
            (Some(last), _) => Exchange {
                remains: path(last),
                closed: true,
                to: None,
            },
            (None, Some((last, to))) => Exchange {
                remains: path(last),
                closed: false,
                to: Some(to),
            },
            (None, None) => continue,
        };
        let mut key = found.remains.clone();
        if found.closed {
            key.sort_unstable();
        }
        if seen.insert(key) {
            all.push(found);
        }
    }
    all
}
