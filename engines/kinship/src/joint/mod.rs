//! Which remains are which missing persons, all at once.
//!
//! **Problem.** A family misses several members, or one set of remains fits several families. Weighing each pair alone
//! then misleads: two brothers fit each other's place, and remains given to one cannot be the other's. An *assignment*
//! places each set of remains as one missing person or as nobody's, and no person twice.
//!
//! **Method** (Vigeland & Egeland 2021, *DNA-based disaster victim identification*, Sci Rep 11). The likelihood ratio of
//! an assignment against "no remains belong to any family" is a product over families, since families are unrelated to
//! one another. Within a family all ways to place remains are weighed by exact likelihoods, those with the likelihood 0
//! cut off with all that contain them. Families that compete for remains make a *group*; within a group assignments are
//! enumerated depth first, within a bound on what is left: the sum over all ways to continue is at most the product of the
//! sums of the families that follow. What is cut off is added up, as are ways that are a negligible part of what a family can give, so that the result states how much posterior
//! probability, at most, was not looked at ([`Joint::gap`]). It is 0 where everything was.
//!
//! The prior is a weight for each pair (1 where nothing is stated), multiplied over the pairs of an assignment; with all
//! weights 1 every assignment is equally probable before the DNA, as in the R package dvir.
//!
//! Remains that are of one body are taken to have been brought together before (their profiles are identical, which
//! [`crate::check`] tells).
//!
//! **Cost.** Σ over families of the number of ways to place remains, each one likelihood a marker; then the number of
//! assignments looked at. Both have limits in [`JointOptions`]; reaching one widens the gap instead of failing.

mod assign;
mod ways;

use assign::{Search, groups, together};
use ways::{LogSum, Placing, Way, Ways};

use crate::{
    Error, Locus, Result,
    case::{Family, Remains},
};

/// How assignments are weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct JointOptions {
    /// Coancestry.
    pub theta: f64,
    /// Whether remains may be placed as a person of the other sex.
    pub ignore_sex: bool,
    /// Prior weight of a pair, by remains and missing person in the order of [`Joint::missing`]; empty for 1 everywhere.
    pub weights: Vec<Vec<f64>>,
    /// The most ways to place remains that are weighed in one family.
    pub most_in_family: usize,
    /// The most steps of the search in one group of families.
    pub most_steps: usize,
    /// What is less than this share of everything found is cut off and added to the gap.
    pub negligible: f64,
    /// A way to place remains in a family that is less than this part of all its ways is set aside and added to the gap.
    pub aside: f64,
    /// How many assignments are listed.
    pub keep: usize,
}

impl Default for JointOptions {
    fn default() -> Self {
        Self {
            theta: 0.0,
            ignore_sex: false,
            weights: Vec::new(),
            most_in_family: 100_000,
            most_steps: 1_000_000,
            negligible: 1e-15,
            aside: 1e-9,
            keep: 100,
        }
    }
}

/// A missing person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MissingPerson {
    /// The family, by its place among those given.
    pub family: usize,
    /// The member, by their place in the pedigree.
    pub member: usize,
}

/// A way to place all remains.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// For each set of remains the missing person, by their place in [`Joint::missing`].
    pub of: Vec<Option<usize>>,
    /// The logarithm to base 10 of the likelihood ratio against no remains belonging to any family.
    pub log10_lr: f64,
    /// The probability after the DNA, of those that were looked at.
    pub posterior: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// The missing persons of all families, in order.
    pub missing: Vec<MissingPerson>,
    /// The most probable assignments, the best first; ties in the order of remains and missing persons.
    pub assignments: Vec<Assignment>,
    /// For each set of remains the probability of being each missing person and, last, of being nobody's.
    pub pairings: Vec<Vec<f64>>,
    /// For each pair alone, the logarithm of the likelihood ratio; nothing where sex or an unusable family forbids it.
    pub pairwise: Vec<Vec<Option<f64>>>,
    /// At most so much posterior probability belongs to assignments that were not looked at.
    pub gap: f64,
    /// Likelihood ratios of families that were computed.
    pub weighed: usize,
    /// Families that were left out, with the reason.
    pub left_out: Vec<(usize, Error)>,
}

/// Weighs all assignments of remains to the missing persons of families.
///
/// `go_on` is told how many families of how many are done; when it answers `false` the work stops.
///
/// # Errors
/// [`Error::Stopped`]; [`Error::OutOfRange`] for a weight that is negative or no number, for wrong sizes of the weights, or
/// for theta; [`Error::UnknownAllele`].
/// A family whose own data are impossible is left out and named in [`Joint::left_out`].
pub fn joint(
    families: &[&Family],
    remains: &[&Remains],
    loci: &[Locus],
    options: &JointOptions,
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Joint> {
    let missing: Vec<MissingPerson> = families
        .iter()
        .enumerate()
        .flat_map(|(family, f)| {
            let member = |member: &usize| MissingPerson {
                family,
                member: *member,
            };
            f.missing.iter().map(member).collect::<Vec<_>>()
        })
        .collect();
    check_weights(options, remains.len(), missing.len())?;
    let mut of_family: Vec<Vec<usize>> = vec![Vec::new(); families.len()];
    for (number, person) in missing.iter().enumerate() {
        of_family[person.family].push(number);
    }
    let mut pairwise = vec![vec![None; missing.len()]; remains.len()];
    let mut ways: Vec<Ways> = Vec::with_capacity(families.len());
    let mut left_out = Vec::new();
    let mut weighed = 0;
    for (number, family) in families.iter().enumerate() {
        if !go_on(number, families.len()) {
            return Err(Error::Stopped);
        }
        let place = Placing {
            family,
            persons: &of_family[number],
            missing: &missing,
            remains,
            loci,
            options,
        };
        match place.ways() {
            Ok(found) => {
                weighed += found.all.len() - 1;
                for way in found.all.iter().filter(|w| w.pairs.len() == 1) {
                    let (person, body) = way.pairs[0];
                    pairwise[body][person] = Some(way.lr / std::f64::consts::LN_10);
                }
                // What is impossible is known too.
                for &person in &of_family[number] {
                    for (body, row) in pairwise.iter_mut().enumerate() {
                        if row[person].is_none() && place.may(person, body) {
                            row[person] = Some(f64::NEG_INFINITY);
                        }
                    }
                }
                ways.push(found);
            }
            Err(why) if !of_one_family(&why) => return Err(why),
            Err(why) => {
                left_out.push((number, why));
                ways.push(Ways {
                    all: vec![Way {
                        pairs: Vec::new(),
                        lr: 0.0,
                        weight: 0.0,
                    }],
                    sum: 0.0,
                    beyond: LogSum::NOTHING,
                });
            }
        }
    }
    let mut pairings = vec![vec![0.0; missing.len() + 1]; remains.len()];
    for row in &mut pairings {
        row[missing.len()] = 1.0;
    }
    let mut gap = 0.0;
    let mut assignments = vec![(Vec::new(), 0.0, 0.0)];
    let mut aside = set_aside(&mut ways, options.aside);
    let mut total = 0.0;
    for group in groups(&ways) {
        let found = Search::run(&group, &ways, options);
        gap = 1.0 - (1.0 - gap) * (1.0 - found.gap);
        total += found.total;
        for ((body, person), ln) in &found.pairs {
            let share = (ln.ln() - found.total).exp().min(1.0);
            pairings[*body][*person] = share;
            pairings[*body][missing.len()] -= share;
        }
        assignments = together(&assignments, &found, options.keep);
    }
    if aside.ln() > f64::NEG_INFINITY {
        let bound = aside.ln();
        aside.add(total);
        gap = 1.0 - (1.0 - gap) * (1.0 - (bound - aside.ln()).exp());
    }
    for row in &mut pairings {
        let none = row[missing.len()];
        row[missing.len()] = none.max(0.0);
    }
    let assignments = assignments
        .into_iter()
        .map(|(pairs, lr, posterior)| {
            let mut of = vec![None; remains.len()];
            for (person, body) in pairs {
                of[body] = Some(person);
            }
            Assignment {
                of,
                log10_lr: lr / std::f64::consts::LN_10,
                posterior: posterior.exp(),
            }
        })
        .collect();
    Ok(Joint {
        missing,
        assignments,
        pairings,
        pairwise,
        gap,
        weighed,
        left_out,
    })
}

/// Whether an error is about the data of one family, so that the others can be weighed without it.
pub(crate) fn of_one_family(why: &Error) -> bool {
    matches!(
        why,
        Error::NoRatio { .. }
            | Error::TooLarge { .. }
            | Error::SexNeeded { .. }
            | Error::Observation { .. }
    )
}

/// Takes away the ways that are a negligible part of what their family can give, so that families which share no other
/// remains fall apart into groups; answers with a bound on the sum of all assignments that hold one of them.
fn set_aside(ways: &mut [Ways], part: f64) -> LogSum {
    let all: f64 = ways.iter().map(|w| w.sum).sum();
    let mut bound = LogSum::NOTHING;
    for family in ways {
        let least = family.sum + part.ln();
        family.all.retain(|way| {
            let keep = way.weight >= least || way.pairs.is_empty();
            if !keep {
                bound.add(all - family.sum + way.weight);
            }
            keep
        });
    }
    bound
}

fn check_weights(options: &JointOptions, remains: usize, missing: usize) -> Result<()> {
    let wrong = |value: f64| Error::OutOfRange {
        name: "the prior weight of a pair",
        value,
        low: 0.0,
        high: f64::MAX,
    };
    if options.weights.is_empty() {
        return Ok(());
    }
    if options.weights.len() != remains || options.weights.iter().any(|r| r.len() != missing) {
        return Err(Error::OutOfRange {
            name: "the number of prior weights",
            #[expect(clippy::cast_precision_loss, reason = "for a message")]
            value: options.weights.iter().map(Vec::len).sum::<usize>() as f64,
            low: 0.0,
            high: 0.0,
        });
    }
    match options
        .weights
        .iter()
        .flatten()
        .find(|w| !w.is_finite() || **w < 0.0)
    {
        Some(value) => Err(wrong(*value)),
        None => Ok(()),
    }
}
