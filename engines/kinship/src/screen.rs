//! Y and mitochondrial haplotypes: a screen along the line of descent, with a weight of its own.
//!
//! A whole line shares such a haplotype: all men of a male line, all children of a female line. A match therefore never
//! tells brothers apart, and a mismatch excludes the line up to mutations. The haplotype is one piece of evidence and not a
//! product over its markers. Its weight comes from counting it in a database of N people:
//!
//! - the upper 95 % confidence limit of its frequency (Clopper & Pearson 1934, *Biometrika* 26:404); for one never seen that
//!   is `1 − 0.05^(1/N)`, about 3/N;
//! - for one never seen also Brenner's `(1 − κ)/(N + 1)`, where κ is the share of haplotypes seen once in the database
//!   extended by this one (Brenner 2010, *Forensic Science International: Genetics* 4:281).
//!
//! Both suppose that the database is of the population in question. In villages where most men share a few surnames it is
//! not, and the true weight is lower. So the weight is stated beside that of the STRs and not multiplied into it; who does
//! multiply must also see that autosomal and lineage markers are independent only given the population (Buckleton,
//! Krawczak & Weir 2011, *Forensic Science International: Genetics* 5:78).

use crate::error::{Error, Result, within};
use crate::locus::{Kind, Locus};
use crate::pedigree::{Pedigree, Sex};
use crate::profile::{Observation, Profile};
use crate::search::{Family, Remains};

/// How a haplotype was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many people of the database have it.
    pub seen: u32,
    /// How many people the database has.
    pub of: u32,
    /// How many haplotypes were seen once, if that is known.
    pub once: Option<u32>,
}

/// What a match is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// The upper limit of the frequency, with a confidence of 95 %.
    pub upper_frequency: f64,
    /// The likelihood ratio from it: the conservative one.
    pub ratio: f64,
    /// Brenner's ratio, for a haplotype that was never seen, if the number seen once is known.
    pub kappa_ratio: Option<f64>,
}

/// Weighs a match by counting.
///
/// # Errors
/// [`Error::OutOfRange`] for an empty database, or more seen than there are.
pub fn weigh(count: Count) -> Result<Weight> {
    let (seen, of) = (f64::from(count.seen), f64::from(count.of));
    within("the size of the database", of, 1.0, f64::from(u32::MAX))?;
    within("the number of people with the haplotype", seen, 0.0, of)?;
    within(
        "the number of haplotypes seen once",
        f64::from(count.once.unwrap_or(0)),
        0.0,
        of,
    )?;
    let upper_frequency = upper_limit(count.seen, count.of);
    let kappa_ratio = count.once.filter(|_| count.seen == 0).map(|once| {
        let kappa = (f64::from(once) + 1.0) / (of + 1.0);
        (of + 1.0) / (1.0 - kappa).max(f64::EPSILON)
    });
    Ok(Weight {
        upper_frequency,
        ratio: 1.0 / upper_frequency,
        kappa_ratio,
    })
}

/// The frequency at which so few or fewer would be seen with a probability of 5 %.
fn upper_limit(seen: u32, of: u32) -> f64 {
    if seen >= of {
        return 1.0;
    }
    if seen == 0 {
        return -(0.05_f64.ln() / f64::from(of)).exp_m1();
    }
    let (mut low, mut high) = (0.0, 1.0);
    // Halving sixty times reaches the last digit.
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if at_most(seen, of, middle) > 0.05 {
            low = middle
        } else {
            high = middle
        }
    }
    high
}

/// The probability of at most `seen` of `of` at a frequency above 0 and below 1.
fn at_most(seen: u32, of: u32, frequency: f64) -> f64 {
    let odds = (frequency / (1.0 - frequency)).ln();
    let mut log = f64::from(of) * (1.0 - frequency).ln();
    let mut sum = log.exp();
    for number in 1..=seen {
        log += odds + f64::from(of - number + 1).ln() - f64::from(number).ln();
        sum += log.exp();
    }
    sum
}

/// How two people of a family are tied by a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// How many times the haplotype was passed on between them.
    pub meioses: u32,
}

/// Whether two people share a haplotype by descent: through men only for Y, through women only for mitochondria (the two
/// themselves may be men). `None` if they are not of one line, or one of them is a woman and the haplotype on Y.
///
/// # Errors
/// [`Error::Kind`] for other markers; [`Error::UnknownMember`] for places outside the family.
pub fn line(pedigree: &Pedigree, kind: Kind, one: usize, other: usize) -> Result<Option<Line>> {
    for place in [one, other] {
        if place >= pedigree.len() {
            return Err(Error::UnknownMember {
                id: format!("no {place}"),
            });
        }
    }
    let up = |place: usize| -> Option<usize> {
        let (father, mother) = pedigree.members()[place].parents?;
        Some(if kind == Kind::Y { father } else { mother })
    };
    if !matches!(kind, Kind::Y | Kind::Mitochondrial) {
        return Err(Error::Kind {
            marker: String::new(),
            reason: "only Y and mitochondria are inherited in one line",
        });
    }
    let female = |place: usize| pedigree.members()[place].sex == Sex::Female;
    if kind == Kind::Y && (female(one) || female(other)) {
        return Ok(None);
    }
    let ancestors =
        |place: usize| std::iter::successors(Some(place), |place| up(*place)).zip(0_u32..);
    let found = ancestors(one).find_map(|(place, above)| {
        ancestors(other)
            .find(|(same, _)| *same == place)
            .map(|(_, also)| Line {
                meioses: above + also,
            })
    });
    Ok(found)
}

/// How two haplotypes differ.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// The markers typed in both.
    pub compared: usize,
    /// The names of those that differ.
    pub different: Vec<String>,
}

/// Compares the Y markers, or the mitochondrial ones, of two samples.
pub fn difference(one: &Profile, other: &Profile, kind: Kind, loci: &[Locus]) -> Difference {
    let mut out = Difference::default();
    for locus in loci.iter().filter(|locus| locus.kind() == kind) {
        let (a, b) = (one.at(locus.name()), other.at(locus.name()));
        if *a == Observation::Nothing || *b == Observation::Nothing {
            continue;
        }
        out.compared += 1;
        let sorted = |observation: &Observation| {
            let mut labels: Vec<String> = observation.labels().map(str::to_owned).collect();
            labels.sort();
            labels
        };
        if sorted(a) != sorted(b) {
            out.different.push(locus.name().to_owned());
        }
    }
    out
}

/// What the screen says of remains and one relative in the missing person's line.
#[derive(Debug, Clone, PartialEq)]
pub struct Screened {
    /// The relative's place in the family.
    pub relative: usize,
    /// Y or mitochondrial.
    pub kind: Kind,
    /// How they are tied.
    pub line: Line,
    /// Where the haplotypes differ.
    pub difference: Difference,
}

/// Screens remains against all typed relatives who are in the missing person's male or female line. Nothing is decided:
/// one difference may be a mutation, above all over many meioses.
///
/// # Errors
/// As [`line()`].
pub fn screen(family: &Family, remains: &Remains, loci: &[Locus]) -> Result<Vec<Screened>> {
    let mut all = Vec::new();
    for kind in [Kind::Y, Kind::Mitochondrial] {
        if kind == Kind::Y && remains.sex == Sex::Female {
            continue;
        }
        for (relative, profile) in &family.typed {
            let Some(line) = line(&family.pedigree, kind, family.missing, *relative)? else {
                continue;
            };
            let difference = difference(&remains.profile, profile, kind, loci);
            if difference.compared > 0 {
                all.push(Screened {
                    relative: *relative,
                    kind,
                    line,
                    difference,
                });
            }
        }
    }
    Ok(all)
}

/// What the screen says of one line, all relatives in it taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Lineage {
    /// Y or mitochondrial.
    pub kind: Kind,
    /// Places of the relatives who were compared.
    pub relatives: Vec<usize>,
    /// The most markers compared with one of them.
    pub compared: usize,
    /// The markers that differ from the relative who differs most.
    pub different: Vec<String>,
}

/// The screen by line: Y first. A line that differs from one relative and not from another still differs: then one of them
/// is not of it, or somebody's haplotype mutated.
pub fn by_line(screened: &[Screened]) -> Vec<Lineage> {
    let mut all = Vec::new();
    for kind in [Kind::Y, Kind::Mitochondrial] {
        let of: Vec<&Screened> = screened.iter().filter(|one| one.kind == kind).collect();
        let Some(first) = of.first() else { continue };
        let mut lineage = Lineage {
            kind,
            relatives: Vec::new(),
            compared: 0,
            different: first.difference.different.clone(),
        };
        for one in of {
            if !lineage.relatives.contains(&one.relative) {
                lineage.relatives.push(one.relative);
            }
            lineage.compared = lineage.compared.max(one.difference.compared);
            if one.difference.different.len() > lineage.different.len() {
                lineage.different = one.difference.different.clone();
            }
        }
        all.push(lineage);
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pedigree::Row;

    #[test]
    fn the_upper_limit_is_that_of_clopper_and_pearson() {
        let never = weigh(Count {
            seen: 0,
            of: 1000,
            once: Some(799),
        })
        .unwrap();
        assert!((never.upper_frequency - (1.0 - 0.05_f64.powf(1e-3))).abs() < 1e-15);
        // κ = 800/1001, so the ratio is 1001 / (201/1001).
        assert!((never.kappa_ratio.unwrap() - 1001.0 * 1001.0 / 201.0).abs() < 1e-6);
        // One of one hundred: the limit solves (1 − f)^100 + 100 f (1 − f)^99 = 0.05.
        let f = weigh(Count {
            seen: 1,
            of: 100,
            once: None,
        })
        .unwrap()
        .upper_frequency;
        assert!(((1.0 - f).powi(100) + 100.0 * f * (1.0 - f).powi(99) - 0.05).abs() < 1e-12);
        assert!(
            weigh(Count {
                seen: 2,
                of: 1,
                once: None
            })
            .is_err()
        );
        assert_eq!(
            weigh(Count {
                seen: 5,
                of: 5,
                once: None
            })
            .unwrap()
            .ratio,
            1.0
        );
    }

    #[test]
    fn lines_go_through_men_for_y_and_through_women_for_mitochondria() {
        let man = |id: &str| Row::founder(id, Sex::Male);
        let woman = |id: &str| Row::founder(id, Sex::Female);
        let family = Pedigree::new(&[
            man("grandfather"),
            woman("grandmother"),
            Row::child("father", Sex::Male, "grandfather", "grandmother"),
            Row::child("aunt", Sex::Female, "grandfather", "grandmother"),
            woman("mother"),
            Row::child("son", Sex::Male, "father", "mother"),
        ])
        .unwrap();
        let of = |kind, one: &str, other: &str| {
            line(
                &family,
                kind,
                family.place(one).unwrap(),
                family.place(other).unwrap(),
            )
            .unwrap()
            .map(|line| line.meioses)
        };
        assert_eq!(of(Kind::Y, "son", "grandfather"), Some(2));
        assert_eq!(of(Kind::Y, "son", "aunt"), None);
        assert_eq!(of(Kind::Mitochondrial, "father", "aunt"), Some(2));
        assert_eq!(of(Kind::Mitochondrial, "son", "father"), None);
        assert!(line(&family, Kind::X, 0, 1).is_err());
    }
}
