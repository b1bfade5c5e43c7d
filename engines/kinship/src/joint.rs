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
//! sums of the families that follow. What is cut off is added up, so that the result states how much posterior
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

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::{
    Error, Locus, Result,
    case::{Family, Remains},
    compare::{evidence, sex_agrees},
    likelihood,
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

/// Sums of numbers given by their logarithms.
#[derive(Debug, Clone, Copy)]
struct LogSum {
    most: f64,
    sum: f64,
}

impl LogSum {
    const NOTHING: Self = Self {
        most: f64::NEG_INFINITY,
        sum: 0.0,
    };

    fn add(&mut self, ln: f64) {
        if ln == f64::NEG_INFINITY {
            return;
        }
        if ln > self.most {
            self.sum = self.sum * (self.most - ln).exp() + 1.0;
            self.most = ln;
        } else {
            self.sum += (ln - self.most).exp();
        }
    }

    fn ln(self) -> f64 {
        if self.sum > 0.0 {
            self.most + self.sum.ln()
        } else {
            f64::NEG_INFINITY
        }
    }
}

/// A way to place remains in one family: pairs of missing person and remains, by number, and logarithms of the likelihood
/// ratio and of the weight (with the prior).
#[derive(Debug, Clone)]
struct Way {
    pairs: Vec<(usize, usize)>,
    lr: f64,
    weight: f64,
}

/// The ways of one family, the weightiest first, and a bound on the sum of those not weighed.
struct Ways {
    all: Vec<Way>,
    sum: f64,
    beyond: LogSum,
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
    for group in groups(&ways) {
        let found = Search::run(&group, &ways, options);
        gap = 1.0 - (1.0 - gap) * (1.0 - found.gap);
        for ((body, person), ln) in &found.pairs {
            let share = (ln.ln() - found.total).exp().min(1.0);
            pairings[*body][*person] = share;
            pairings[*body][missing.len()] -= share;
        }
        assignments = together(&assignments, &found, options.keep);
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

/// One family and all remains.
struct Placing<'a> {
    family: &'a Family,
    /// The family's missing persons by number.
    persons: &'a [usize],
    missing: &'a [MissingPerson],
    remains: &'a [&'a Remains],
    loci: &'a [Locus],
    options: &'a JointOptions,
}

impl Placing<'_> {
    fn prior(&self, person: usize, body: usize) -> f64 {
        let row = self.options.weights.get(body);
        row.and_then(|r| r.get(person)).copied().unwrap_or(1.0).ln()
    }

    fn may(&self, person: usize, body: usize) -> bool {
        (self.options.ignore_sex
            || sex_agrees(self.family, self.missing[person].member, self.remains[body]))
            && self.prior(person, body) > f64::NEG_INFINITY
    }

    fn weigh(&self, pairs: Vec<(usize, usize)>) -> Result<Way> {
        let placed: Vec<(usize, &Remains)> = pairs
            .iter()
            .map(|(person, body)| (self.missing[*person].member, self.remains[*body]))
            .collect();
        let found = evidence(self.family, &placed, self.loci, self.options.theta)?;
        let lr = found.log10 * std::f64::consts::LN_10;
        let prior: f64 = pairs.iter().map(|(p, b)| self.prior(*p, *b)).sum();
        Ok(Way {
            pairs,
            lr,
            weight: lr + prior,
        })
    }

    /// All ways, by how many are placed; a way that is impossible is not continued.
    fn ways(&self) -> Result<Ways> {
        let mut all = vec![Way {
            pairs: Vec::new(),
            lr: 0.0,
            weight: 0.0,
        }];
        let mut beyond = LogSum::NOTHING;
        let mut level = 0..1;
        for _ in 0..self.persons.len() {
            let mut next: Vec<Vec<(usize, usize)>> = Vec::new();
            let mut parents: Vec<usize> = level.clone().collect();
            // Should the limit be reached, the weightiest are continued first.
            parents.sort_by(|a, b| all[*b].weight.total_cmp(&all[*a].weight).then(a.cmp(b)));
            let room = self.options.most_in_family.saturating_sub(all.len());
            for at in parents {
                let after = all[at].pairs.last().map(|(person, _)| *person);
                for &person in self.persons.iter().filter(|p| Some(**p) > after) {
                    for body in 0..self.remains.len() {
                        let used = all[at].pairs.iter().any(|(_, b)| *b == body);
                        if used || !self.may(person, body) {
                            continue;
                        }
                        let mut pairs = all[at].pairs.clone();
                        pairs.push((person, body));
                        if next.len() < room {
                            next.push(pairs);
                        } else {
                            beyond.add(all[at].weight + self.most_beyond(&pairs)?);
                        }
                    }
                }
            }
            let found: Vec<Way> = next
                .into_par_iter()
                .map(|pairs| self.weigh(pairs))
                .collect::<Result<_>>()?;
            let from = all.len();
            all.extend(found.into_iter().filter(|w| w.lr > f64::NEG_INFINITY));
            level = from..all.len();
            if level.is_empty() {
                break;
            }
        }
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.pairs.cmp(&b.pairs)));
        let mut sum = beyond;
        for way in &all {
            sum.add(way.weight);
        }
        Ok(Ways {
            all,
            sum: sum.ln(),
            beyond,
        })
    }

    /// The logarithm of the most that placing the last pair, and any others after it, can multiply a weight by: nobody
    /// fits better than by being the same person, which multiplies by 1/P(profile).
    fn most_beyond(&self, pairs: &[(usize, usize)]) -> Result<f64> {
        let rarity = |body: usize| -> Result<f64> {
            let alone = crate::Pedigree::new(&[crate::Row::founder("x", self.remains[body].sex)])?;
            let mut ln = 0.0;
            for locus in self
                .loci
                .iter()
                .filter(|l| l.kind() == crate::Kind::Autosomal)
            {
                ln -= likelihood(&alone, &[(0, &self.remains[body].profile)], locus, 0.0)?.ln();
            }
            Ok(ln)
        };
        let Some((person, body)) = pairs.last() else {
            return Ok(0.0);
        };
        let mut most = rarity(*body)? + self.prior(*person, *body);
        for later in self.persons.iter().filter(|p| *p > person) {
            let mut sum = LogSum::NOTHING;
            sum.add(0.0);
            for body in 0..self.remains.len() {
                if self.may(*later, body) {
                    sum.add(rarity(body)? + self.prior(*later, body));
                }
            }
            most += sum.ln();
        }
        Ok(most)
    }
}

/// Families that compete for remains, each group in order.
fn groups(ways: &[Ways]) -> Vec<Vec<usize>> {
    let bodies: Vec<BTreeSet<usize>> = ways
        .iter()
        .map(|w| {
            let pairs = w.all.iter().flat_map(|way| &way.pairs);
            pairs.map(|(_, body)| *body).collect()
        })
        .collect();
    let mut group: Vec<usize> = (0..ways.len()).collect();
    let mut first: HashMap<usize, usize> = HashMap::new();
    fn root(group: &[usize], mut at: usize) -> usize {
        while group[at] != at {
            at = group[at];
        }
        at
    }
    for (family, bodies) in bodies.iter().enumerate() {
        for body in bodies {
            let other = *first.entry(*body).or_insert(family);
            let (a, b) = (root(&group, family), root(&group, other));
            group[a.max(b)] = a.min(b);
        }
    }
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    for family in 0..ways.len() {
        let place = *at.entry(root(&group, family)).or_insert_with(|| {
            all.push(Vec::new());
            all.len() - 1
        });
        all[place].push(family);
    }
    all
}

/// An assignment of a group: pairs of person and remains, the logarithm of the likelihood ratio, and of the weight.
type Found = (Vec<(usize, usize)>, f64, f64);

/// What a group gives.
struct GroupFound {
    /// The logarithm of the sum of all weights.
    total: f64,
    best: Vec<Found>,
    /// By remains and person, the sum of the weights of assignments with that pair.
    pairs: Vec<((usize, usize), LogSum)>,
    gap: f64,
}

struct Search<'a> {
    group: &'a [usize],
    ways: &'a [Ways],
    options: &'a JointOptions,
    /// The logarithm of the product of the sums of the families from each on.
    rest: Vec<f64>,
    used: HashMap<usize, bool>,
    chosen: Vec<usize>,
    steps: usize,
    total: LogSum,
    cut: LogSum,
    pairs: HashMap<(usize, usize), LogSum>,
    best: Vec<(Vec<usize>, f64, f64)>,
}

impl<'a> Search<'a> {
    fn run(group: &'a [usize], ways: &'a [Ways], options: &'a JointOptions) -> GroupFound {
        // Families with the fewest ways first: their choices bind the others soonest.
        let mut order: Vec<usize> = group.to_vec();
        order.sort_by_key(|f| (ways[*f].all.len(), *f));
        let mut rest = vec![0.0; order.len() + 1];
        for (at, family) in order.iter().enumerate().rev() {
            rest[at] = rest[at + 1] + ways[*family].sum;
        }
        let mut search = Search {
            group: &order,
            ways,
            options,
            rest,
            used: HashMap::new(),
            chosen: Vec::new(),
            steps: 0,
            total: LogSum::NOTHING,
            cut: LogSum::NOTHING,
            pairs: HashMap::new(),
            best: Vec::new(),
        };
        for (at, family) in order.iter().enumerate() {
            // What a family did not weigh, with anything in the others.
            let others: f64 = order
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, f)| ways[*f].sum)
                .sum();
            search.cut.add(ways[*family].beyond.ln() + others);
        }
        search.deeper(0, 0.0, 0.0);
        let total = search.total.ln();
        let mut both = search.total;
        both.add(search.cut.ln());
        let gap = (search.cut.ln() - both.ln()).exp();
        search.tidy();
        let best = search
            .best
            .iter()
            .map(|(chosen, lr, weight)| {
                let pairs = chosen.iter().zip(&order);
                let pairs = pairs.flat_map(|(way, f)| ways[*f].all[*way].pairs.clone());
                (pairs.collect(), *lr, weight - total)
            })
            .collect();
        let mut pairs: Vec<_> = search.pairs.into_iter().collect();
        pairs.sort_by_key(|(pair, _)| *pair);
        GroupFound {
            total,
            best,
            pairs,
            gap: if gap.is_finite() { gap } else { 1.0 },
        }
    }

    fn deeper(&mut self, at: usize, lr: f64, weight: f64) {
        let Some(&family) = self.group.get(at) else {
            self.total.add(weight);
            for (way, family) in self.chosen.iter().zip(self.group) {
                for (person, body) in &self.ways[*family].all[*way].pairs {
                    self.pairs
                        .entry((*body, *person))
                        .or_insert(LogSum::NOTHING)
                        .add(weight);
                }
            }
            self.best.push((self.chosen.clone(), lr, weight));
            if self.best.len() > self.options.keep.saturating_mul(8).max(1024) {
                self.tidy();
            }
            return;
        };
        let ways = self.ways;
        for (number, way) in ways[family].all.iter().enumerate() {
            if way
                .pairs
                .iter()
                .any(|(_, b)| self.used.get(b) == Some(&true))
            {
                continue;
            }
            let weight = weight + way.weight;
            let most = weight + self.rest[at + 1];
            self.steps += 1;
            let negligible = most < self.total.ln() + self.options.negligible.ln();
            if negligible || self.steps > self.options.most_steps {
                self.cut.add(most);
                continue;
            }
            for (_, body) in &way.pairs {
                self.used.insert(*body, true);
            }
            self.chosen.push(number);
            self.deeper(at + 1, lr + way.lr, weight);
            self.chosen.pop();
            for (_, body) in &way.pairs {
                self.used.insert(*body, false);
            }
        }
    }

    /// Keeps the best.
    fn tidy(&mut self) {
        self.best
            .sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        self.best.truncate(self.options.keep);
    }
}

/// The best assignments of two sets of groups together.
fn together(one: &[Found], other: &GroupFound, keep: usize) -> Vec<Found> {
    let mut all: Vec<Found> = one
        .iter()
        .flat_map(|(pairs, lr, weight)| {
            other.best.iter().map(move |(more, more_lr, more_weight)| {
                let pairs = pairs.iter().chain(more).copied().collect();
                (pairs, lr + more_lr, weight + more_weight)
            })
        })
        .collect();
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    all.truncate(keep);
    all
}
