//! A pedigree, a marker and what was seen, made ready for summing: alleles that nobody shows counted as one where that is
//! exact, people who say nothing left out, observations as sums of products.

use crate::emission::{self, Background, Seen, Term};
use crate::error::{Error, Result, within};
use crate::locus::{Kind, Locus};
use crate::mutation::Matrix;
use crate::pedigree::{Pedigree, Sex};
use crate::profile::Profile;

/// A person of the reduced pedigree. Parents stand before children.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Father and mother among the people of the problem.
    pub(crate) parents: Option<(usize, usize)>,
    /// A man at an X marker: one copy, from his mother.
    pub(crate) haploid: bool,
    /// A parent who was not named: nothing mutates on the way to the child.
    pub(crate) unnamed: bool,
    /// What was seen; `None` if nothing.
    pub(crate) terms: Option<Vec<Term>>,
}

/// What is to be summed over all alleles of all people.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) people: Vec<Person>,
    /// Frequencies of the alleles, or of their classes.
    pub(crate) frequencies: Vec<f64>,
    female: Matrix,
    male: Matrix,
    unchanged: Matrix,
    /// The person whose genotype is asked for, if one is.
    pub(crate) asked: Option<usize>,
    /// The marker's name, for errors.
    pub(crate) marker: String,
}

/// The alleles of a marker with the silent one last, unlumped.
pub(crate) fn frequencies_with_silent(locus: &Locus) -> Vec<f64> {
    let mut all = locus.frequencies().to_vec();
    if locus.silent() > 0.0 {
        all.push(locus.silent());
    }
    all
}

/// What was seen of a profile at a marker.
pub(crate) fn seen_at(profile: &Profile, locus: &Locus) -> Result<Option<Seen>> {
    Seen::of(profile.at(locus.name()), |label| locus.place(label)).map_err(|label| {
        Error::UnknownAllele {
            person: profile.name.clone(),
            marker: locus.name().to_owned(),
            allele: label.to_owned(),
        }
    })
}

impl Problem {
    /// Prepares one marker. `typed` are places in the pedigree with what was seen of them; several samples of one person
    /// are all counted. With `asked`, that person is kept and no alleles are lumped.
    pub(crate) fn new(
        pedigree: &Pedigree,
        typed: &[(usize, &Profile)],
        locus: &Locus,
        asked: Option<usize>,
    ) -> Result<Self> {
        if matches!(locus.kind(), Kind::Y | Kind::Mitochondrial) {
            return Err(Error::Kind {
                marker: locus.name().to_owned(),
                reason: "Y and mitochondrial markers are screened, not peeled",
            });
        }
        let mut seen = Vec::with_capacity(typed.len());
        for (place, profile) in typed {
            let id = |at: usize| {
                pedigree
                    .members()
                    .get(at)
                    .map_or_else(|| format!("no {at}"), |member| member.id.clone())
            };
            if *place >= pedigree.len() {
                return Err(Error::UnknownMember { id: id(*place) });
            }
            let quality = profile.quality_of(locus.name());
            quality.check()?;
            if let Some(what) = seen_at(profile, locus)? {
                seen.push((*place, what, quality, profile.name.as_str()));
            }
        }
        if let Some(asked) = asked
            && asked >= pedigree.len()
        {
            return Err(Error::UnknownMember {
                id: format!("no {asked}"),
            });
        }
        let (class, classes) = classes(locus, seen.iter().map(|one| one.1), asked.is_some());
        let all = frequencies_with_silent(locus);
        let mut frequencies = vec![0.0; classes];
        for (allele, &class) in class.iter().enumerate() {
            frequencies[class] += all[allele];
        }
        heal_rounding(&mut frequencies, &class);
        let silent = (locus.silent() > 0.0).then(|| class[locus.labels().len()]);
        let background = Background {
            frequencies: &frequencies,
            silent,
        };
        let (female, male) = (
            locus.from_mother().lumped(&class, classes),
            locus.from_father().lumped(&class, classes),
        );

        let kept = kept(
            pedigree,
            &seen
                .iter()
                .map(|one| one.0)
                .chain(asked)
                .collect::<Vec<_>>(),
        );
        let mut new_place = vec![usize::MAX; pedigree.len()];
        let mut people = Vec::new();
        for &place in pedigree
            .ancestors_first()
            .iter()
            .filter(|place| kept[**place])
        {
            let member = &pedigree.members()[place];
            let haploid = match (locus.kind(), member.sex) {
                (Kind::X, Sex::Unknown) => {
                    return Err(Error::SexNeeded {
                        id: member.id.clone(),
                        marker: locus.name().to_owned(),
                    });
                }
                (Kind::X, Sex::Male) => true,
                _ => false,
            };
            new_place[place] = people.len();
            people.push(Person {
                parents: member
                    .parents
                    .map(|(father, mother)| (new_place[father], new_place[mother])),
                haploid,
                unnamed: pedigree.is_unnamed(place),
                terms: None,
            });
        }
        for (place, what, quality, name) in seen {
            let what = match what {
                Seen::Two(a, b) => Seen::Two(class[a], class[b]),
                Seen::One(a) => Seen::One(class[a]),
            };
            let person = &mut people[new_place[place]];
            if person.haploid && matches!(what, Seen::Two(a, b) if a != b) {
                return Err(Error::Observation {
                    person: name.to_owned(),
                    marker: locus.name().to_owned(),
                    reason: "a man has one allele on X",
                });
            }
            let terms = emission::terms(what, quality, person.haploid, background);
            person.terms = Some(match person.terms.take() {
                None => terms,
                Some(others) => emission::together(&others, &terms),
            });
        }
        let asked = asked.map(|place| new_place[place]);
        let unchanged = Matrix::identity(classes);
        Ok(Self {
            unchanged,
            people,
            frequencies,
            female,
            male,
            asked,
            marker: locus.name().to_owned(),
        })
    }

    /// The number of alleles or classes.
    pub(crate) fn size(&self) -> usize {
        self.frequencies.len()
    }

    /// How alleles change on their way from a father or a mother.
    pub(crate) fn passing(&self, parent: usize, father: bool) -> &Matrix {
        match (self.people[parent].unnamed, father) {
            (true, _) => &self.unchanged,
            (false, true) => &self.male,
            (false, false) => &self.female,
        }
    }

    pub(crate) fn too_large(&self, reason: &'static str) -> Error {
        Error::TooLarge {
            marker: self.marker.clone(),
            reason,
        }
    }
}

/// The class of each allele, and how many classes there are: alleles that were seen and the silent one stand alone, the
/// others together if all mutation models allow it.
fn classes(
    locus: &Locus,
    seen: impl Iterator<Item = Seen>,
    all_apart: bool,
) -> (Vec<usize>, usize) {
    let visible = locus.labels().len();
    let size = visible + usize::from(locus.silent() > 0.0);
    let lumpable = locus.from_mother().is_lumpable() && locus.from_father().is_lumpable();
    if all_apart || !lumpable {
        return ((0..size).collect(), size);
    }
    let mut alone = vec![false; visible];
    alone.resize(size, true);
    for what in seen {
        let (a, b) = match what {
            Seen::Two(a, b) => (a, b),
            Seen::One(a) => (a, a),
        };
        alone[a] = true;
        alone[b] = true;
    }
    let mut class = vec![0; size];
    let mut classes = 0;
    let mut rest = None;
    for (allele, class) in class.iter_mut().enumerate() {
        let next = |classes: &mut usize| {
            *classes += 1;
            *classes - 1
        };
        *class = if alone[allele] {
            next(&mut classes)
        } else {
            *rest.get_or_insert_with(|| next(&mut classes))
        };
    }
    (class, classes)
}

/// Printed tables sum to 1 up to their last digit. What is missing or too much belongs to the alleles that nobody shows,
/// as pedprobr counts it.
fn heal_rounding(frequencies: &mut [f64], class: &[usize]) {
    const ROUNDING: f64 = 1e-6;
    let whole: f64 = frequencies.iter().sum();
    let mut members = vec![0_usize; frequencies.len()];
    for &class in class {
        members[class] += 1;
    }
    // Only the class of unseen alleles can have several members.
    if let Some(rest) = members.iter().position(|count| *count > 1)
        && (whole - 1.0).abs() < ROUNDING
    {
        let others: f64 = frequencies
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != rest)
            .map(|(_, one)| one)
            .sum();
        if others < 1.0 {
            frequencies[rest] = 1.0 - others;
        }
    }
}

/// Who matters: those who were seen or asked for, and their ancestors.
fn kept(pedigree: &Pedigree, those: &[usize]) -> Vec<bool> {
    let mut kept = vec![false; pedigree.len()];
    for &place in those {
        kept[place] = true;
    }
    for &place in pedigree.ancestors_first().iter().rev() {
        if kept[place]
            && let Some((father, mother)) = pedigree.members()[place].parents
        {
            kept[father] = true;
            kept[mother] = true;
        }
    }
    kept
}

/// Checks theta.
pub(crate) fn check_theta(theta: f64) -> Result<()> {
    within("theta", theta, 0.0, 0.5)
}
