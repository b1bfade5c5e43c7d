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
//! **Left out.** Coancestry, which lowers ratios a little; linkage; drop-out other than of whole markers. The same seed
//! gives the same numbers on any number of threads.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{
    Error, Kind, Locus, Mutation, Observation, Profile, Result, Typed,
    case::Family,
    error::within,
    joint::of_one_family,
    peel,
    problem::{Problem, frequencies_with_silent},
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
}

impl Default for PowerOptions {
    fn default() -> Self {
        Self {
            simulations: 1000,
            seed: 1,
            log10_threshold: 6.0,
            success: 1.0,
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
    for place in also.iter().chain([&missing]) {
        if *place >= family.pedigree.len() {
            return Err(Error::UnknownMember {
                id: format!("no {place}"),
            });
        }
    }
    let autosomal: Vec<(usize, &Locus)> = loci
        .iter()
        .enumerate()
        .filter(|(_, l)| l.kind() == Kind::Autosomal)
        .collect();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let order: Vec<usize> = also.iter().copied().chain([missing]).collect();
    let markers: Vec<Result<Marker>> = autosomal
        .par_iter()
        .map(|(number, locus)| {
            let before = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if !go_on(before, autosomal.len()) {
                return Err(Error::Stopped);
            }
            simulate(family, &order, locus, options, *number as u64)
        })
        .collect();
    let mut used = Vec::with_capacity(markers.len());
    let mut left_out = Vec::new();
    for ((_, locus), marker) in autosomal.iter().zip(markers) {
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

/// What a person can show at a marker: two alleles, or nothing where both are silent; with probabilities.
struct Shown {
    genotypes: Vec<Option<(usize, usize)>>,
    probabilities: Vec<f64>,
}

impl Shown {
    /// From a table over the alleles from father and mother; the silent allele is the last if there is one.
    fn of(table: &[f64], size: usize, visible: usize) -> Self {
        let mut genotypes = Vec::new();
        let mut probabilities = Vec::new();
        let mut nothing = 0.0;
        for a in 0..size {
            for b in a..size {
                let both = table[a * size + b] + if a == b { 0.0 } else { table[b * size + a] };
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
}

/// What a member can show, given what was seen of others.
fn shown(
    family: &Family,
    typed: &[Typed<'_>],
    locus: &Locus,
    member: usize,
) -> Result<Option<Shown>> {
    let problem = Problem::new(&family.pedigree, typed, locus, Some(member))?;
    let (mut table, _) = peel::joint(&problem)?;
    let sum: f64 = table.iter().sum();
    if sum <= 0.0 {
        return Ok(None);
    }
    for p in &mut table {
        *p /= sum;
    }
    let size = frequencies_with_silent(locus).len();
    Ok(Some(Shown::of(&table, size, locus.labels().len())))
}

fn impossible(locus: &Locus) -> Error {
    Error::NoRatio {
        marker: locus.name().to_owned(),
    }
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
    let all = frequencies_with_silent(locus);
    let size = all.len();
    let strangers: Vec<f64> = (0..size * size)
        .map(|at| all[at / size] * all[at % size])
        .collect();
    let strangers = Shown::of(&strangers, size, locus.labels().len());
    let without_mutation = locus.clone().with_mutation(Mutation::default())?;
    let fixed = family.typed();
    let (missing, also) = match order.split_last() {
        Some((missing, also)) => (*missing, also),
        None => return Err(impossible(locus)),
    };
    let observed = |drawn: &[usize]| -> Vec<(usize, Profile)> {
        also.iter()
            .zip(drawn)
            .filter_map(|(member, at)| {
                let (a, b) = strangers.genotypes[*at]?;
                let label = |n: usize| locus.labels()[n].as_str();
                let seen = Observation::pair(label(a), label(b));
                Some((*member, Profile::new("drawn").with(locus.name(), seen)))
            })
            .collect()
    };
    let distribution = |drawn: &[usize], locus: &Locus| -> Result<Option<Shown>> {
        let more = observed(drawn);
        let mut typed = fixed.clone();
        typed.extend(more.iter().map(|(at, p)| (*at, p)));
        let member = also.get(drawn.len()).copied().unwrap_or(missing);
        shown(family, &typed, locus, member)
    };
    let mut kept: HashMap<Drawn, Shown> = HashMap::new();
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
                let found = distribution(&drawn, locus)?.ok_or_else(|| impossible(locus))?;
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
        let ratio = given / strangers.probabilities[last];
        log10.push(if succeeded { ratio.log10() } else { 0.0 });
        if !excluded.contains_key(&drawn) {
            let value = match distribution(&drawn, &without_mutation)? {
                Some(can) => can
                    .probabilities
                    .iter()
                    .zip(&strangers.probabilities)
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
