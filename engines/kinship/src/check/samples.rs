//! Samples: of persons who exist, each marker once, alleles that a person can have, no two persons with one profile.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Finding, Shows, What, list};
use crate::{
    Kind, Sex,
    case::{is_amelogenin, kind_of, marker_key},
    formats::{Contents, PersonRow, Place, SampleRow},
};

/// So many markers must be shown by two profiles before their identity is worth a finding.
const SHARED: usize = 6;

/// A sample with fewer markers is noted.
const FEW: usize = 8;

/// A sample's genotypes by marker; alleles in order.
type Typed<'a> = BTreeMap<String, Vec<&'a str>>;

pub(super) fn check(case: &Contents, found: &mut Vec<Finding>) {
    let mut by_id: HashMap<&str, Vec<&PersonRow>> = HashMap::new();
    for person in &case.persons {
        let of = by_id.entry(&person.id).or_default();
        if !of.iter().any(|p| p.family == person.family) {
            of.push(person);
        }
    }
    let mut whose: Vec<Option<&PersonRow>> = Vec::with_capacity(case.samples.len());
    for sample in &case.samples {
        whose.push(owner(sample, &by_id, found));
    }
    names(case, &whose, found);
    for (sample, person) in case.samples.iter().zip(&whose) {
        genotypes(sample, *person, found);
    }
    against_table(case, found);
    let typed: Vec<Typed<'_>> = case.samples.iter().map(typed).collect();
    same_person(case, &whose, &typed, found);
    same_profile(case, &whose, &typed, found);
}

fn typed(sample: &SampleRow) -> Typed<'_> {
    sample
        .markers
        .iter()
        .filter(|m| m.alleles.len() == 2 && !is_amelogenin(&m.marker))
        .map(|m| {
            let mut alleles: Vec<&str> = m.alleles.iter().map(String::as_str).collect();
            alleles.sort_unstable();
            (marker_key(&m.marker), alleles)
        })
        .collect()
}

fn owner<'a>(
    sample: &SampleRow,
    by_id: &HashMap<&str, Vec<&'a PersonRow>>,
    found: &mut Vec<Finding>,
) -> Option<&'a PersonRow> {
    let person = sample.person.as_ref()?;
    let place = sample.place.field("person");
    let in_family = |p: &&&PersonRow| sample.family.as_ref().is_none_or(|f| *f == p.family);
    let of: Vec<&'a PersonRow> = by_id
        .get(person.as_str())
        .map(|all| all.iter().filter(in_family).copied().collect())
        .unwrap_or_default();
    match of.as_slice() {
        [one] => Some(one),
        [] => {
            let person = person.clone();
            found.push(Finding::new(&place, What::UnknownPerson { person }));
            None
        }
        several => {
            let what = What::PersonInSeveral {
                person: person.clone(),
                families: list(several.iter().map(|p| &p.family)),
            };
            found.push(Finding::new(&place, what));
            None
        }
    }
}

fn names(case: &Contents, whose: &[Option<&PersonRow>], found: &mut Vec<Finding>) {
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, sample) in case.samples.iter().enumerate() {
        let first = *known.entry(&sample.sample).or_insert(at);
        let person = |n: usize| whose[n].map(|p| (&p.family, &p.id));
        // A text with alternative pedigrees has every sample once in each.
        let alternative = sample.person.is_some()
            && case.samples[first].person == sample.person
            && case.samples[first].family != sample.family;
        if first != at && !alternative && (person(first) != person(at) || sample.person.is_none()) {
            let sample_name = sample.sample.clone();
            let what = What::SampleTwice {
                sample: sample_name,
            };
            found.push(Finding::new(&sample.place.field("sample"), what));
        }
    }
}

fn genotypes(sample: &SampleRow, person: Option<&PersonRow>, found: &mut Vec<Finding>) {
    let recorded = match person.map_or(Sex::Unknown, |p| p.sex) {
        Sex::Unknown => sample.sex,
        known => known,
    };
    let mut markers = BTreeSet::new();
    let mut shown = 0;
    for row in &sample.markers {
        let name = || sample.sample.clone();
        let marker = || row.marker.clone();
        if !markers.insert(marker_key(&row.marker)) {
            let what = What::MarkerTwice {
                sample: name(),
                marker: marker(),
            };
            found.push(Finding::new(&row.place, what));
        }
        if row.alleles.is_empty() {
            continue;
        }
        if is_amelogenin(&row.marker) {
            amelogenin(sample, &row.alleles, &row.place, recorded, found);
            continue;
        }
        shown += 1;
        let kind = kind_of(&row.marker);
        let different = row.alleles.iter().collect::<BTreeSet<_>>().len();
        let haploid = matches!(kind, Kind::Y | Kind::Mitochondrial)
            || (kind == Kind::X && recorded == Sex::Male);
        let what = if row.alleles.len() > 2 {
            What::TooManyAlleles {
                sample: name(),
                marker: marker(),
                count: row.alleles.len(),
            }
        } else if kind == Kind::Y && recorded == Sex::Female {
            What::YOfWoman {
                sample: name(),
                marker: marker(),
            }
        } else if kind == Kind::Mitochondrial && different > 1 {
            What::TwoHaplotypes {
                sample: name(),
                marker: marker(),
            }
        } else if haploid && different > 1 {
            What::TwoOnOneChromosome {
                sample: name(),
                marker: marker(),
            }
        } else if row.alleles.len() == 1 && !haploid {
            What::OneAllele {
                sample: name(),
                marker: marker(),
            }
        } else {
            continue;
        };
        found.push(Finding::new(&row.place, what));
    }
    if shown < FEW {
        let what = What::FewMarkers {
            sample: sample.sample.clone(),
            markers: shown,
        };
        found.push(Finding::new(&sample.place, what));
    }
}

fn amelogenin(
    sample: &SampleRow,
    alleles: &[String],
    place: &Place,
    recorded: Sex,
    found: &mut Vec<Finding>,
) {
    let y = alleles.iter().any(|a| a == "Y");
    // X alone, not twice, may be a man whose Y dropped out.
    let shows = match (y, alleles.len()) {
        (true, _) => Sex::Male,
        (false, 2) => Sex::Female,
        _ => return,
    };
    if recorded != Sex::Unknown && recorded != shows {
        let what = What::Amelogenin {
            sample: sample.sample.clone(),
            shows: Shows(shows),
            recorded: Shows(recorded),
        };
        found.push(Finding::new(place, what));
    }
}

fn against_table(case: &Contents, found: &mut Vec<Finding>) {
    if case.table.is_empty() {
        return;
    }
    let table: HashMap<String, BTreeSet<&str>> = case
        .table
        .iter()
        .map(|row| {
            let alleles = row.alleles.iter().filter(|a| a.frequency > 0.0);
            (
                marker_key(&row.marker),
                alleles.map(|a| a.allele.as_str()).collect(),
            )
        })
        .collect();
    // Once for each marker and allele, at the first place, with the number of samples.
    let mut markers: BTreeMap<String, (&Place, &str, usize)> = BTreeMap::new();
    let mut alleles: BTreeMap<(String, &str), (&Place, &str, usize)> = BTreeMap::new();
    for row in case.samples.iter().flat_map(|s| &s.markers) {
        let key = marker_key(&row.marker);
        if is_amelogenin(&row.marker)
            || matches!(kind_of(&row.marker), Kind::Y | Kind::Mitochondrial)
        {
            continue;
        }
        let Some(known) = table.get(&key) else {
            markers.entry(key).or_insert((&row.place, &row.marker, 0)).2 += 1;
            continue;
        };
        for allele in row.alleles.iter().collect::<BTreeSet<_>>() {
            if !known.contains(allele.as_str()) {
                alleles
                    .entry((key.clone(), allele))
                    .or_insert((&row.place, &row.marker, 0))
                    .2 += 1;
            }
        }
    }
    for (place, marker, samples) in markers.into_values() {
        let marker = marker.to_owned();
        found.push(Finding::new(place, What::UnknownMarker { marker, samples }));
    }
    for ((_, allele), (place, marker, samples)) in alleles {
        let what = What::AlleleNotInTable {
            marker: marker.to_owned(),
            allele: allele.to_owned(),
            samples,
        };
        found.push(Finding::new(place, what));
    }
}

/// Markers that both show, and those of them at which they differ.
fn compared<'a>(one: &'a Typed<'_>, other: &Typed<'_>) -> (usize, Vec<&'a str>) {
    let mut shared = 0;
    let mut different = Vec::new();
    for (marker, alleles) in one {
        if let Some(others) = other.get(marker) {
            shared += 1;
            if alleles != others {
                different.push(marker.as_str());
            }
        }
    }
    (shared, different)
}

fn same_person(
    case: &Contents,
    whose: &[Option<&PersonRow>],
    typed: &[Typed<'_>],
    found: &mut Vec<Finding>,
) {
    let mut of: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, person) in whose.iter().enumerate() {
        if let Some(person) = person {
            of.entry((&person.family, &person.id)).or_default().push(at);
        }
    }
    for ((_, person), samples) in of.iter().filter(|(_, s)| s.len() > 1) {
        let mut markers = BTreeSet::new();
        let mut shared = usize::MAX;
        for (n, one) in samples.iter().enumerate() {
            for other in &samples[n + 1..] {
                let (both, different) = compared(&typed[*one], &typed[*other]);
                shared = shared.min(both);
                markers.extend(different);
            }
        }
        let names = list(samples.iter().map(|s| &case.samples[*s].sample));
        let what = if markers.is_empty() {
            What::PersonTypedTwice {
                person: (*person).to_owned(),
                samples: names,
                shared,
            }
        } else {
            What::PersonTypedDifferently {
                person: (*person).to_owned(),
                samples: names,
                markers: list(markers),
            }
        };
        let last = samples.last().map_or(0, |l| *l);
        found.push(Finding::new(&case.samples[last].place, what));
    }
}

fn same_profile(
    case: &Contents,
    whose: &[Option<&PersonRow>],
    typed: &[Typed<'_>],
    found: &mut Vec<Finding>,
) {
    for (one, first) in typed.iter().enumerate() {
        for (other, second) in typed.iter().enumerate().skip(one + 1) {
            let (a, b) = (&case.samples[one], &case.samples[other]);
            let same_person = match (whose[one], whose[other]) {
                (Some(p), Some(q)) => p.id == q.id,
                _ => false,
            };
            if same_person || a.sample == b.sample {
                continue;
            }
            // Most pairs differ at once; stop there.
            let mut shared = 0;
            let differ = first.iter().any(|(marker, alleles)| {
                second.get(marker).is_some_and(|others| {
                    shared += 1;
                    alleles != others
                })
            });
            if !differ && shared >= SHARED {
                let what = What::IdenticalProfiles {
                    one: a.sample.clone(),
                    other: b.sample.clone(),
                    shared,
                };
                found.push(Finding::new(&b.place, what));
            }
        }
    }
}
