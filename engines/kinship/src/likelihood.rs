//! Likelihoods and their ratios.

use crate::error::{Error, Result};
use crate::locus::{Kind, Locus};
use crate::pedigree::Pedigree;
use crate::problem::{Problem, check_theta};
use crate::profile::Profile;
use crate::scaled::Scaled;
use crate::{founders, peel, urn};

/// Who was typed: the place of a member in the pedigree, and what was seen. A member may have several samples.
pub type Typed<'p> = (usize, &'p Profile);

/// The probability of everything seen at one autosomal or X marker, given the pedigree. With theta above 0 all founders come
/// from one subpopulation ([`crate::urn`]).
///
/// # Errors
/// [`Error::UnknownMember`], [`Error::UnknownAllele`], [`Error::Observation`], [`Error::SexNeeded`], [`Error::Kind`];
/// [`Error::OutOfRange`] for theta outside 0 to 0.5; [`Error::TooLarge`] where exact computation is out of reach.
pub fn likelihood(
    pedigree: &Pedigree,
    typed: &[Typed<'_>],
    locus: &Locus,
    theta: f64,
) -> Result<Scaled> {
    check_theta(theta)?;
    let problem = Problem::new(pedigree, typed, locus, None)?;
    if theta > 0.0 {
        of_one_subpopulation(&problem, theta)
    } else {
        independent(&problem)
    }
}

/// The likelihood with theta: by spelling out the inheritance, or, where many relatives of few founders are typed, by the
/// founders' genes themselves.
fn of_one_subpopulation(problem: &Problem, theta: f64) -> Result<Scaled> {
    if let Some(found) = urn::within(problem, theta, FEW_STEPS)? {
        return Ok(found);
    }
    let Some(given) = founders::given(problem) else {
        return Ok(Scaled::ZERO);
    };
    let work = given.work();
    if work > founders::MOST_WORK {
        return urn::likelihood(problem, theta);
    }
    let found = match steps(problem, 0.5 * work) {
        most if most > FEW_STEPS => urn::within(problem, theta, most)?,
        _ => None,
    };
    match found {
        Some(found) => Ok(found),
        None => founders::likelihood(problem, theta, given),
    }
}

/// So many steps are walked in a few milliseconds.
const FEW_STEPS: u64 = 5_000;
/// So many multiplications peel in a few milliseconds.
const LITTLE_WORK: f64 = 2e6;

/// The likelihood with independent founders. Where many untyped siblings have typed children and no alleles can be counted
/// as one, tables grow with the fourth power of the alleles; spelling out the inheritance then is often the shorter way.
fn independent(problem: &Problem) -> Result<Scaled> {
    let work = peel::work(problem);
    // A multiplication of scattered numbers takes several times as long as one of a vector.
    if work > LITTLE_WORK
        && let Some(found) = urn::within(problem, 0.0, steps(problem, 4.0 * work))?
    {
        return Ok(found);
    }
    peel::likelihood(problem)
}

/// How many steps make so many multiplications: a step takes what lies below a gene through a matrix.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of alleles are small, and the result lies between 0 and 10^9"
)]
fn steps(problem: &Problem, work: f64) -> u64 {
    (work / (problem.size() * problem.size()) as f64).clamp(0.0, 1e9) as u64
}

/// A pedigree with the people who were typed: what a hypothesis says about who is who.
#[derive(Debug, Clone)]
pub struct Hypothesis<'h> {
    /// Who descends from whom. People who are not related may stand in it too.
    pub pedigree: &'h Pedigree,
    /// Who was typed.
    pub typed: Vec<Typed<'h>>,
}

impl<'h> Hypothesis<'h> {
    /// Names people by their ids.
    ///
    /// # Errors
    /// [`Error::UnknownMember`].
    pub fn new(pedigree: &'h Pedigree, typed: &[(&str, &'h Profile)]) -> Result<Self> {
        let typed = typed
            .iter()
            .map(|(id, profile)| Ok((pedigree.place(id)?, *profile)))
            .collect::<Result<_>>()?;
        Ok(Self { pedigree, typed })
    }
}

/// What one marker says.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkerEvidence {
    /// The marker's name.
    pub marker: String,
    /// The likelihood under the first hypothesis.
    pub first: Scaled,
    /// The likelihood under the second hypothesis.
    pub second: Scaled,
    /// The likelihood ratio; 0 if the first is impossible.
    pub ratio: f64,
    /// Its logarithm to base 10; negative infinity if the first is impossible.
    pub log10: f64,
}

/// What all markers say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Marker by marker, in the order given; markers at which nobody was typed say 1.
    pub markers: Vec<MarkerEvidence>,
    /// The logarithm to base 10 of the product. Markers are taken to be independent: see [`crate::linkage`].
    pub log10: f64,
}

/// Weighs one hypothesis against another, marker by marker.
///
/// # Errors
/// As [`likelihood`]; [`Error::NoRatio`] if the data are impossible under the second hypothesis, whatever the first says.
pub fn likelihood_ratio(
    first: &Hypothesis<'_>,
    second: &Hypothesis<'_>,
    loci: &[Locus],
    theta: f64,
) -> Result<Evidence> {
    let mut markers = Vec::with_capacity(loci.len());
    for locus in loci
        .iter()
        .filter(|locus| matches!(locus.kind(), Kind::Autosomal | Kind::X))
    {
        let above = likelihood(first.pedigree, &first.typed, locus, theta)?;
        let below = likelihood(second.pedigree, &second.typed, locus, theta)?;
        let ratio = above.over(below).ok_or_else(|| Error::NoRatio {
            marker: locus.name().to_owned(),
        })?;
        markers.push(MarkerEvidence {
            marker: locus.name().to_owned(),
            first: above,
            second: below,
            ratio: ratio.value(),
            log10: ratio.log10(),
        });
    }
    let log10 = markers.iter().map(|marker| marker.log10).sum();
    Ok(Evidence { markers, log10 })
}
