//! Whether a family could be identified at all, before anyone is asked for a sample.
//!
//! **Question.** Were the remains of this missing person found, how probably would the likelihood ratio reach the
//! threshold? Which relative's sample would raise that probability most? And how often would a stranger's remains be
//! excluded? (Vigeland & Egeland et al. 2020, *Prioritising family members for genotyping in missing person cases*, Genes
//! 11, give these measures; Kling et al. 2014, FSI Genetics 13.)
//!
//! **Method.** Marker by marker, the genotypes of those who are to be typed are drawn one after another, each from its
//! exact distribution given what is already known of the family; last the missing person's. The likelihood ratio of the
//! drawn genotype is the ratio of its probability in the family and among strangers. Distributions are kept, so that what
//! is drawn again costs nothing. A stranger's remains reach the threshold with the mean of `1/LR` over those draws that
//! reach it, an identity that needs no rare events (Kruijver 2015, FSI Genetics 16).
//!
//! The *exclusion power* is the probability that a stranger shows a genotype that the missing person cannot have without a
//! mutation, at one marker or more, and at two or more.
//!
//! With coancestry θ the family's founders and the stranger share a subpopulation ([`crate::urn`]); a genotype's probability
//! then is the ratio of two likelihoods. Markers on X are used where the sexes of all who count are known; two of them on
//! one chromosome are still taken to be independent.
//!
//! **Left out.** Linkage; drop-out other than of whole markers. The same seed
//! gives the same numbers on any number of threads.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{
    Error, Kind, Locus, Mutation, Observation, Pedigree, Profile, Result, Row, Sex, Typed,
    case::Family,
    error::within,
    joint::of_one_family,
    likelihood, peel,
    problem::{Problem, check_theta, frequencies_with_silent},
    simulate::Chance,
};

/// How power is simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerOptions {
    /// How many identifications are simulated.
    pub simulations: u32,
    /// Where chance begins.
    pub seed: u64,
    /// The threshold, as a logarithm to base 10.
    pub log10_threshold: f64,
    /// The probability that a marker of the remains gives a result.
    pub success: f64,
    /// Coancestry.
    pub theta: f64,
}

impl Default for PowerOptions {
    fn default() -> Self {
        Self {
            simulations: 1000,
            seed: 1,
            log10_threshold: 6.0,
            success: 1.0,
            theta: 0.0,
        }
    }
}

/// What the simulation says of a family.
#[derive(Debug, Clone, PartialEq)]
pub struct Power {
    /// The probability that the missing person's remains reach the threshold.
    pub exceedance: f64,
    /// Where that probability lies, given so many simulations, at 95 per cent (Wilson 1927).
    pub exceedance_interval: [f64; 2],
    /// The mean of the logarithm of the likelihood ratio.
    pub mean_log10: f64,
    /// Its quantiles at 5, 50 and 95 per cent.
    pub quantiles: [f64; 3],
    /// The probability that a stranger's remains reach the threshold.
    pub by_chance: f64,
    /// The probability that a stranger is excluded at one marker or more.
    pub exclusion: f64,
    /// The same at two markers or more.
    pub exclusion_twice: f64,
    /// Markers that were not used, with the reason.
    pub left_out: Vec<(String, Error)>,
}

/// What one more sample would bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Helps {
    /// The member, by their place in the pedigree.
    pub member: usize,
    /// The power of the family with their sample.
    pub power: Power,
}

/// The power of a family to identify a missing member, with the samples there are and those of the members `also`.
///
/// `go_on` is told how many markers of how many are done; when it answers `false` the work stops.
///
/// # Errors
/// [`Error::Stopped`], [`Error::UnknownMember`], [`Error::OutOfRange`] for no simulations or more than a million, or a
/// probability that is none.
pub fn power(
    family: &Family,
    missing: usize,
    also: &[usize],
    loci: &[Locus],
    options: &PowerOptions,
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Power> {
    within(
        "the number of simulations",
        f64::from(options.simulations),
        1.0,
        1e6,
    )?;
    within("the probability of a result", options.success, 0.0, 1.0)?;
    check_theta(options.theta)?;
    for place in also.iter().chain([&missing]) {
        if *place >= family.pedigree.len() {
            return Err(Error::UnknownMember {
                id: format!("no {place}"),
            });
        }
    }
    let usable: Vec<(usize, &Locus)> = loci
        .iter()
        .enumerate()
        .filter(|(_, l)| matches!(l.kind(), Kind::Autosomal | Kind::X))
        .collect();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let order: Vec<usize> = also.iter().copied().chain([missing]).collect();
    let markers: Vec<Result<Marker>> = usable
        .par_iter()
        .map(|(number, locus)| {
            let before = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if !go_on(before, usable.len()) {
                return Err(Error::Stopped);
            }
            simulate(family, &order, locus, options, *number as u64)
        })
        .collect();
    let mut used = Vec::with_capacity(markers.len());
    let mut left_out = Vec::new();
    for ((_, locus), marker) in usable.iter().zip(markers) {
        match marker {
            Ok(marker) => used.push(marker),
            Err(why) if !of_one_family(&why) => return Err(why),
            Err(why) => left_out.push((locus.name().to_owned(), why)),
        }
    }
    Ok(summary(&used, options, left_out))
}

/// The power with each of the candidates' samples added alone, the most helpful first: by the probability of reaching the
/// threshold, then by the mean.
///
/// # Errors
/// As [`power`].
pub fn who_helps(
    family: &Family,
    missing: usize,
    candidates: &[usize],
    loci: &[Locus],
    options: &PowerOptions,
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Vec<Helps>> {
    let mut all = Vec::with_capacity(candidates.len());
    for (at, member) in candidates.iter().enumerate() {
        if !go_on(at, candidates.len()) {
            return Err(Error::Stopped);
        }
        all.push(Helps {
            member: *member,
            power: power(family, missing, &[*member], loci, options, &|_, _| {
                go_on(at, candidates.len())
            })?,
        });
    }
    all.sort_by(|a, b| {
        (b.power.exceedance.total_cmp(&a.power.exceedance))
            .then(b.power.mean_log10.total_cmp(&a.power.mean_log10))
            .then(a.member.cmp(&b.member))
    });
    Ok(all)
}

/// Those who could be asked for a sample: named members who are not missing, have none, and are related to the missing
/// one, or have a child with somebody who is.
pub fn candidates(family: &Family, missing: usize) -> Vec<usize> {
    let has_sample = |at: usize| family.typed.iter().any(|(typed, _)| *typed == at);
    let members = family.pedigree.members();
    let related = |at| crate::check::related(&family.pedigree, missing, at);
    (0..members.len())
        .filter(|at| !family.pedigree.is_unnamed(*at))
        .filter(|at| !family.missing.contains(at) && !has_sample(*at))
        .filter(|at| {
            related(*at)
                || members.iter().enumerate().any(|(child, m)| {
                    m.parents.is_some_and(|(f, n)| f == *at || n == *at) && related(child)
                })
        })
        .collect()
}

/// What one marker gives: the logarithm of the ratio in each simulation (0 where the marker failed), and the probability
/// that it excludes a stranger.
struct Marker {
    log10: Vec<f64>,
    exclusion: f64,
}

/// What a person can show at a marker: two alleles, or nothing where both are silent; with probabilities. Who has one copy
/// shows one allele twice.
struct Shown {
    genotypes: Vec<Option<(usize, usize)>>,
    probabilities: Vec<f64>,
}

impl Shown {
    /// From a table over the alleles from father and mother, or over those of the only copy; the silent allele is the last
    /// if there is one.
    fn of(table: &[f64], size: usize, visible: usize) -> Self {
        let haploid = table.len() == size;
        let mut genotypes = Vec::new();
        let mut probabilities = Vec::new();
        let mut nothing = 0.0;
        for a in 0..size {
            for b in a..if haploid { a + 1 } else { size } {
                let both = if haploid {
                    table[a]
                } else {
                    table[a * size + b] + if a == b { 0.0 } else { table[b * size + a] }
                };
                if a >= visible {
                    nothing += both;
                } else if b < visible {
                    genotypes.push(Some((a, b)));
                    probabilities.push(both);
                } else if let Some(at) = genotypes.iter().position(|g| *g == Some((a, a))) {
                    probabilities[at] += both;
                }
            }
        }
        if size > visible {
            genotypes.push(None);
            probabilities.push(nothing);
        }
        Self {
            genotypes,
            probabilities,
        }
    }

    /// What a stranger without any relative shows.
    fn of_strangers(locus: &Locus, haploid: bool) -> Self {
        let all = frequencies_with_silent(locus);
        let size = all.len();
        let table: Vec<f64> = if haploid {
            all
        } else {
            (0..size * size)
                .map(|at| all[at / size] * all[at % size])
                .collect()
        };
        Self::of(&table, size, locus.labels().len())
    }

    /// What was seen of somebody who shows this.
    fn seen(&self, at: usize, locus: &Locus) -> Option<Profile> {
        let (a, b) = self.genotypes[at]?;
        let label = |n: usize| locus.labels()[n].as_str();
        let seen = Observation::pair(label(a), label(b));
        Some(Profile::new("drawn").with(locus.name(), seen))
    }
}

/// What a member can show, given what was seen of others. `like` names the genotypes.
fn shown(
    pedigree: &Pedigree,
    typed: &[Typed<'_>],
    locus: &Locus,
    member: usize,
    like: &Shown,
    theta: f64,
) -> Result<Option<Shown>> {
    let mut found = if theta > 0.0 {
        let before = likelihood(pedigree, typed, locus, theta)?;
        let mut probabilities = Vec::with_capacity(like.genotypes.len());
        for at in 0..like.genotypes.len() {
            let Some(seen) = like.seen(at, locus) else {
                // Silent alleles are what is left.
                probabilities.push((1.0 - probabilities.iter().sum::<f64>()).max(0.0));
                continue;
            };
            let mut with = typed.to_vec();
            with.push((member, &seen));
            let after = likelihood(pedigree, &with, locus, theta)?;
            probabilities.push(after.over(before).map_or(0.0, crate::Scaled::value));
        }
        Shown {
            genotypes: like.genotypes.clone(),
            probabilities,
        }
    } else {
        let problem = Problem::new(pedigree, typed, locus, Some(member))?;
        let (table, _) = peel::joint(&problem)?;
        let size = frequencies_with_silent(locus).len();
        Shown::of(&table, size, locus.labels().len())
    };
    let sum: f64 = found.probabilities.iter().sum();
    if sum <= 0.0 {
        return Ok(None);
    }
    for p in &mut found.probabilities {
        *p /= sum;
    }
    Ok(Some(found))
}

fn impossible(locus: &Locus) -> Error {
    Error::NoRatio {
        marker: locus.name().to_owned(),
    }
}

/// The family with a stranger beside it, in the place behind all members.
fn beside(pedigree: &Pedigree, sex: Sex) -> Result<Pedigree> {
    let mut rows = pedigree.rows();
    let mut id = "stranger".to_owned();
    while rows.iter().any(|row| row.id == id) {
        id.push('\'');
    }
    rows.push(Row::founder(&id, sex));
    Pedigree::with_unnamed_parents(&rows)
}

/// What was drawn for those who are to be typed, by their places in [`Shown`].
type Drawn = Vec<usize>;

fn simulate(
    family: &Family,
    order: &[usize],
    locus: &Locus,
    options: &PowerOptions,
    number: u64,
) -> Result<Marker> {
    let haploid = |member: usize| -> Result<bool> {
        match (locus.kind(), family.sex(member)) {
            (Kind::X, Sex::Unknown) => Err(Error::SexNeeded {
                id: family.id(member).to_owned(),
                marker: locus.name().to_owned(),
            }),
            (Kind::X, Sex::Male) => Ok(true),
            _ => Ok(false),
        }
    };
    let without_mutation = locus.clone().with_mutation(Mutation::default())?;
    let fixed = family.typed();
    let (missing, also) = match order.split_last() {
        Some((missing, also)) => (*missing, also),
        None => return Err(impossible(locus)),
    };
    let alone = [
        Shown::of_strangers(locus, false),
        Shown::of_strangers(locus, true),
    ];
    let mut like = Vec::with_capacity(order.len());
    for member in order {
        like.push(&alone[usize::from(haploid(*member)?)]);
    }
    let with_stranger = beside(&family.pedigree, family.sex(missing))?;
    let observed = |drawn: &[usize]| -> Vec<(usize, Profile)> {
        also.iter()
            .zip(drawn)
            .zip(&like)
            .filter_map(|((member, at), like)| Some((*member, like.seen(*at, locus)?)))
            .collect()
    };
    let distribution = |drawn: &[usize], locus: &Locus, theta: f64| -> Result<Option<Shown>> {
        let more = observed(drawn);
        let mut typed = fixed.clone();
        typed.extend(more.iter().map(|(at, p)| (*at, p)));
        let member = also.get(drawn.len()).copied().unwrap_or(missing);
        shown(
            &family.pedigree,
            &typed,
            locus,
            member,
            like[drawn.len()],
            theta,
        )
    };
    let of_stranger = |drawn: &[usize]| -> Result<Option<Shown>> {
        let more = observed(drawn);
        let mut typed = fixed.clone();
        typed.extend(more.iter().map(|(at, p)| (*at, p)));
        let stranger = family.pedigree.rows().len();
        let like = like[order.len() - 1];
        shown(&with_stranger, &typed, locus, stranger, like, options.theta)
    };
    let mut kept: HashMap<Drawn, Shown> = HashMap::new();
    let mut strangers: HashMap<Drawn, Shown> = HashMap::new();
    let mut excluded: HashMap<Drawn, f64> = HashMap::new();
    let mut chance = Chance::new(options.seed, number);
    let mut log10 = Vec::with_capacity(options.simulations as usize);
    let mut exclusion = 0.0;
    for _ in 0..options.simulations {
        let mut drawn: Drawn = Vec::with_capacity(order.len());
        // The missing person's chance is taken first: with it, two sets of relatives meet the same luck and compare better.
        let (last_chance, succeeded) = (chance.share(), chance.happens(options.success));
        for _ in order {
            if !kept.contains_key(&drawn) {
                let found =
                    distribution(&drawn, locus, options.theta)?.ok_or_else(|| impossible(locus))?;
                kept.insert(drawn.clone(), found);
            }
            let share = if drawn.len() < also.len() {
                chance.share()
            } else {
                last_chance
            };
            let next = kept
                .get(&drawn)
                .map_or(0, |s| pick(&s.probabilities, share));
            drawn.push(next);
        }
        let Some(last) = drawn.pop() else { continue };
        let given = kept.get(&drawn).map_or(0.0, |s| s.probabilities[last]);
        // Without coancestry what the family shows tells nothing of a stranger.
        let stranger = if options.theta > 0.0 {
            if !strangers.contains_key(&drawn) {
                let found = of_stranger(&drawn)?.ok_or_else(|| impossible(locus))?;
                strangers.insert(drawn.clone(), found);
            }
            strangers.get(&drawn).unwrap_or(like[order.len() - 1])
        } else {
            like[order.len() - 1]
        };
        let ratio = given / stranger.probabilities[last];
        log10.push(if succeeded { ratio.log10() } else { 0.0 });
        if !excluded.contains_key(&drawn) {
            let value = match distribution(&drawn, &without_mutation, 0.0)? {
                Some(can) => can
                    .probabilities
                    .iter()
                    .zip(&stranger.probabilities)
                    .filter(|(can, _)| **can <= 0.0)
                    .map(|(_, p)| p)
                    .sum(),
                // The family itself shows a mutation: nothing is excluded by it.
                None => 0.0,
            };
            excluded.insert(drawn.clone(), value);
        }
        exclusion += excluded.get(&drawn).copied().unwrap_or(0.0);
    }
    Ok(Marker {
        log10,
        exclusion: options.success * exclusion / f64::from(options.simulations),
    })
}

/// One of several by their weights, at a share of their sum; the last that is possible where rounding leaves a rest.
fn pick(weights: &[f64], share: f64) -> usize {
    let mut left = share * weights.iter().sum::<f64>();
    let mut last = 0;
    for (at, weight) in weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
        last = at;
        left -= weight;
        if left < 0.0 {
            break;
        }
    }
    last
}

/// The interval at 95 per cent for a share of so many trials.
fn wilson(share: f64, count: f64) -> [f64; 2] {
    const Z: f64 = 1.959_963_984_540_054;
    let whole = 1.0 + Z * Z / count;
    let middle = (share + Z * Z / (2.0 * count)) / whole;
    let half = Z / whole * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    [(middle - half).max(0.0), (middle + half).min(1.0)]
}

fn summary(markers: &[Marker], options: &PowerOptions, left_out: Vec<(String, Error)>) -> Power {
    let count = f64::from(options.simulations);
    let mut totals: Vec<f64> = (0..options.simulations as usize)
        .map(|n| markers.iter().map(|m| m.log10[n]).sum())
        .collect();
    totals.sort_by(f64::total_cmp);
    let reach = totals.iter().filter(|t| **t >= options.log10_threshold);
    let by_chance = reach.clone().map(|t| 10f64.powf(-t)).sum::<f64>() / count;
    #[expect(clippy::cast_precision_loss, reason = "at most a million")]
    let exceedance = reach.count() as f64 / count;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the number of simulations"
    )]
    let quantile = |share: f64| totals[((count - 1.0) * share).round() as usize];
    let none: f64 = markers.iter().map(|m| 1.0 - m.exclusion).product();
    let once: f64 = (0..markers.len())
        .map(|at| {
            let others = markers.iter().enumerate().filter(|(o, _)| *o != at);
            markers[at].exclusion * others.map(|(_, m)| 1.0 - m.exclusion).product::<f64>()
        })
        .sum();
    Power {
        exceedance,
        exceedance_interval: wilson(exceedance, count),
        mean_log10: totals.iter().sum::<f64>() / count,
        quantiles: [quantile(0.05), quantile(0.5), quantile(0.95)],
        by_chance,
        exclusion: 1.0 - none,
        exclusion_twice: (1.0 - none - once).max(0.0),
        left_out,
    }
}
