//! Blind search: all remains against all families.
//!
//! For a family and a marker, the probability of each genotype of the missing person given the typed relatives is peeled
//! once. The likelihood ratio for any remains is then `Σ P(g | family) P(seen | g) / Σ P(g) P(seen | g)`, and since remains
//! show few different observations at a marker, it is a table with one entry for each. A comparison is a sum of as many
//! entries as there are markers. Nothing is skipped and nothing rounded, so the ranking is that of the exact ratios.
//!
//! The hypotheses are: the remains are the family's missing person; or they are somebody unrelated to the family. Y and
//! mitochondrial markers are left to [`crate::screen`].
//!
//! Memory: four bytes for each marker of each remains, the candidates kept, and the tables of [`BLOCK`] families at a time
//! (eight bytes for each different observation).

use std::collections::HashMap;

use rayon::prelude::*;

use crate::emission::{self, Background, Seen, Term};
use crate::error::{Error, Result, within};
use crate::likelihood::{Evidence, Hypothesis, likelihood_ratio};
use crate::locus::{Kind, Locus};
use crate::pedigree::{Pedigree, Row, Sex};
use crate::peel;
use crate::problem::{Problem, check_theta, frequencies_with_silent, seen_at};
use crate::profile::{Profile, Quality};

/// How many families are in work at a time.
pub const BLOCK: usize = 128;
/// How many remains one task compares with a block. Fixed, so that the result does not depend on the threads.
const CHUNK: usize = 256;

/// A family that misses one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// Its name.
    pub name: String,
    /// Who descends from whom.
    pub pedigree: Pedigree,
    /// The place of the missing person.
    pub missing: usize,
    /// Who gave a sample: the place, and what was seen.
    pub typed: Vec<(usize, Profile)>,
}

/// Unidentified remains.
#[derive(Debug, Clone, PartialEq)]
pub struct Remains {
    /// What was seen. Its quality counts: two different qualities are two different observations.
    pub profile: Profile,
    /// The sex by amelogenin or anthropology; unknown fits anybody.
    pub sex: Sex,
}

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How many of the best candidates are kept for each of the remains.
    pub keep: usize,
    /// The logarithm to base 10 of the ratio from which a pair is counted as above the threshold. It is the office's
    /// policy what follows from that; ICMP works with a posterior of 99.95 % (Parsons et al. 2019, *Forensic Science
    /// International: Genetics* 38:236), which for 10,000 missing is a ratio of about 2·10^7.
    pub threshold_log10: f64,
    /// Theta for the candidates kept: their ratios are computed anew and exactly ([`crate::urn`]). The search itself, and
    /// so the choice of those kept, is without theta.
    pub theta: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            keep: 10,
            threshold_log10: 7.0,
            theta: 0.0,
        }
    }
}

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Families done.
    pub done: usize,
    /// Families in all.
    pub of: usize,
}

/// A family that some remains could belong to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The place of the family.
    pub family: usize,
    /// The logarithm to base 10 of the likelihood ratio without theta.
    pub log10: f64,
    /// The same with theta; equal to `log10` if theta is 0, `None` if exact computation was out of reach.
    pub log10_with_theta: Option<f64>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// For each of the remains the best candidates, the best first; of equals the earlier family first.
    pub candidates: Vec<Vec<Candidate>>,
    /// For each of the remains, how many families are at or above the threshold.
    pub above: Vec<u32>,
    /// How many pairs were weighed: those whose sex fits.
    pub compared: u64,
    /// Families whose own members contradict one another at a marker (place and marker). They have no ratio and were
    /// not compared: the relationships or the samples need to be checked first.
    pub contradictory: Vec<(usize, String)>,
    /// Bytes held for observations and tables, without the input.
    pub bytes: usize,
}

/// Searches all remains against all families.
///
/// # Errors
/// As [`crate::likelihood()`], for the first family or remains at fault; [`Error::Stopped`] if `progress` returns `false`.
pub fn search(
    families: &[Family],
    remains: &[Remains],
    loci: &[Locus],
    options: &Options,
    progress: &(dyn Fn(Progress) -> bool + Sync),
) -> Result<Found> {
    check_theta(options.theta)?;
    within(
        "the threshold's logarithm",
        options.threshold_log10,
        -300.0,
        300.0,
    )?;
    let loci: Vec<&Locus> = loci
        .iter()
        .filter(|locus| matches!(locus.kind(), Kind::Autosomal | Kind::X))
        .collect();
    let observations = Observations::of(remains, &loci)?;
    let threshold = options.threshold_log10;
    let mut best: Vec<Best> = vec![Best::default(); remains.len()];
    let mut contradictory = Vec::new();
    let mut table_bytes = 0;
    for (block, some) in families.chunks(BLOCK).enumerate() {
        if !progress(Progress {
            done: block * BLOCK,
            of: families.len(),
        }) {
            return Err(Error::Stopped);
        }
        let tables: Vec<Result<FamilyTable>> = some
            .par_iter()
            .map(|family| observations.table(family, &loci))
            .collect();
        let tables: Vec<FamilyTable> = tables.into_iter().collect::<Result<_>>()?;
        table_bytes = table_bytes.max(
            tables
                .iter()
                .map(|table| table.values.len() * size_of::<f64>())
                .sum(),
        );
        let at = |in_block: usize| block * BLOCK + in_block;
        for (in_block, table) in tables.iter().enumerate() {
            contradictory.extend(
                table
                    .contradictory
                    .iter()
                    .map(|marker| (at(in_block), marker.clone())),
            );
        }
        best.par_chunks_mut(CHUNK)
            .enumerate()
            .for_each(|(chunk, best)| {
                for (in_block, table) in tables
                    .iter()
                    .enumerate()
                    .filter(|(_, table)| table.contradictory.is_empty())
                {
                    for (offset, best) in best.iter_mut().enumerate() {
                        let which = chunk * CHUNK + offset;
                        if !fits(remains[which].sex, table.sex) {
                            continue;
                        }
                        let log10 = observations.sum(which, &table.values);
                        best.offer(at(in_block), log10, options.keep, threshold);
                    }
                }
            });
    }
    let above = best.iter().map(|one| one.above).collect();
    let compared = best.iter().map(|one| one.compared).sum();
    let bytes = observations.bytes()
        + table_bytes
        + best.len() * (size_of::<Best>() + options.keep * size_of::<(usize, f64)>());
    let candidates = best
        .into_par_iter()
        .zip(remains)
        .map(|(best, remains)| {
            best.list
                .into_iter()
                .map(|one| refine(one, families, remains, &loci, options.theta))
                .collect()
        })
        .collect::<Result<_>>()?;
    Ok(Found {
        candidates,
        above,
        compared,
        contradictory,
        bytes,
    })
}

/// One family against one set of remains, marker by marker: the same ratio as in the search, with theta if it is above 0.
///
/// # Errors
/// As [`crate::likelihood_ratio`].
pub fn compare(family: &Family, remains: &Remains, loci: &[Locus], theta: f64) -> Result<Evidence> {
    let mut rows = family.pedigree.rows();
    // The name cannot be that of a member, since ids of members are those of the family's file.
    let id = "\u{0}remains";
    rows.push(Row::founder(id, remains.sex));
    let apart = Pedigree::with_unnamed_parents(&rows)?;
    let mut first: Vec<_> = family
        .typed
        .iter()
        .map(|(place, profile)| (*place, profile))
        .collect();
    // Whoever is not named stands behind the remains now, and was not typed.
    let mut second = first.clone();
    first.push((family.missing, &remains.profile));
    second.push((apart.place(id)?, &remains.profile));
    let one = Hypothesis {
        pedigree: &family.pedigree,
        typed: first,
    };
    let other = Hypothesis {
        pedigree: &apart,
        typed: second,
    };
    likelihood_ratio(&one, &other, loci, theta)
}

fn refine(
    (family, log10): (usize, f64),
    families: &[Family],
    remains: &Remains,
    loci: &[&Locus],
    theta: f64,
) -> Result<Candidate> {
    if theta == 0.0 {
        return Ok(Candidate {
            family,
            log10,
            log10_with_theta: Some(log10),
        });
    }
    let mut sum = 0.0;
    for locus in loci {
        match compare(
            &families[family],
            remains,
            std::slice::from_ref(*locus),
            theta,
        ) {
            Ok(evidence) => sum += evidence.log10,
            Err(Error::TooLarge { .. }) => {
                return Ok(Candidate {
                    family,
                    log10,
                    log10_with_theta: None,
                });
            }
            Err(other) => return Err(other),
        }
    }
    Ok(Candidate {
        family,
        log10,
        log10_with_theta: Some(sum),
    })
}

fn fits(one: Sex, other: Sex) -> bool {
    one == other || one == Sex::Unknown || other == Sex::Unknown
}

/// The best families for some remains so far.
#[derive(Debug, Clone, Default)]
struct Best {
    list: Vec<(usize, f64)>,
    above: u32,
    compared: u64,
}

impl Best {
    /// Families come in ascending order, so that a later one must be better to go before an earlier one.
    fn offer(&mut self, family: usize, log10: f64, keep: usize, threshold: f64) {
        self.compared += 1;
        self.above += u32::from(log10 >= threshold);
        let full = self.list.len() >= keep;
        if log10 == f64::NEG_INFINITY
            || (full && self.list.last().is_none_or(|(_, worst)| log10 <= *worst))
        {
            return;
        }
        if full {
            self.list.pop();
        }
        let at = self.list.partition_point(|(_, other)| *other >= log10);
        self.list.insert(at, (family, log10));
    }
}

/// One observation at one marker, as it is looked up.
struct Different {
    terms: Vec<Term>,
    /// The probability of it for a random person.
    random: f64,
}

/// What remains show, each different observation once.
struct Observations {
    /// By marker, the different observations; for X those of men apart.
    different: Vec<Vec<Different>>,
    /// By marker, whether an observation is that of a man at X.
    haploid: Vec<Vec<bool>>,
    /// By marker, where its entries begin in a family's table. Entry 0 is “nothing seen”.
    begins: Vec<usize>,
    /// By remains and marker, the entry.
    entries: Vec<u32>,
    loci: usize,
    whole: usize,
}

impl Observations {
    fn of(remains: &[Remains], loci: &[&Locus]) -> Result<Self> {
        let mut entries = vec![0_u32; remains.len() * loci.len()];
        let (mut different, mut haploids, mut begins) = (Vec::new(), Vec::new(), Vec::new());
        let mut whole = 1_usize;
        for (at, locus) in loci.iter().enumerate() {
            let frequencies = frequencies_with_silent(locus);
            let silent = (locus.silent() > 0.0).then(|| locus.labels().len());
            let background = Background {
                frequencies: &frequencies,
                silent,
            };
            let mut known: HashMap<(Seen, [u64; 3], bool), usize> = HashMap::new();
            let (mut list, mut haploid_list): (Vec<Different>, Vec<bool>) =
                (Vec::new(), Vec::new());
            for (which, one) in remains.iter().enumerate() {
                let Some(seen) = seen_at(&one.profile, locus)? else {
                    continue;
                };
                let quality = one.profile.quality_of(locus.name());
                quality.check()?;
                let haploid = match (locus.kind(), one.sex) {
                    (Kind::X, Sex::Unknown) => {
                        return Err(Error::SexNeeded {
                            id: one.profile.name.clone(),
                            marker: locus.name().to_owned(),
                        });
                    }
                    (Kind::X, Sex::Male) => true,
                    _ => false,
                };
                if haploid && matches!(seen, Seen::Two(a, b) if a != b) {
                    return Err(Error::Observation {
                        person: one.profile.name.clone(),
                        marker: locus.name().to_owned(),
                        reason: "a man has one allele on X",
                    });
                }
                let Quality {
                    drop_out,
                    drop_in,
                    typing_error,
                } = quality;
                let key = (
                    seen,
                    [drop_out, drop_in, typing_error].map(f64::to_bits),
                    haploid,
                );
                let number = *known.entry(key).or_insert_with(|| {
                    let terms = emission::terms(seen, quality, haploid, background);
                    let mean = |values: &[f64]| -> f64 {
                        values
                            .iter()
                            .zip(&frequencies)
                            .map(|(value, one)| value * one)
                            .sum()
                    };
                    let random = terms
                        .iter()
                        .map(|term| mean(&term.u) * if haploid { 1.0 } else { mean(&term.v) })
                        .sum();
                    list.push(Different { terms, random });
                    haploid_list.push(haploid);
                    list.len() - 1
                });
                let entry = u32::try_from(whole + number);
                entries[which * loci.len() + at] = entry.map_err(|_| Error::TooLarge {
                    marker: locus.name().to_owned(),
                    reason: "remains show too many different observations",
                })?;
            }
            begins.push(whole);
            whole += list.len();
            different.push(list);
            haploids.push(haploid_list);
        }
        Ok(Self {
            different,
            haploid: haploids,
            begins,
            entries,
            loci: loci.len(),
            whole,
        })
    }

    fn bytes(&self) -> usize {
        let values = |one: &Different| {
            one.terms
                .iter()
                .map(|term| (term.u.len() + term.v.len()) * size_of::<f64>())
                .sum::<usize>()
        };
        self.entries.len() * size_of::<u32>()
            + self.different.iter().flatten().map(values).sum::<usize>()
    }

    /// The sum of a table's entries for some remains, always in the same order.
    #[inline]
    fn sum(&self, which: usize, table: &[f64]) -> f64 {
        let entries = &self.entries[which * self.loci..(which + 1) * self.loci];
        entries.iter().map(|entry| table[*entry as usize]).sum()
    }

    fn table(&self, family: &Family, loci: &[&Locus]) -> Result<FamilyTable> {
        let mut values = vec![0.0; self.whole];
        let mut contradictory = Vec::new();
        let typed: Vec<_> = family
            .typed
            .iter()
            .map(|(place, profile)| (*place, profile))
            .collect();
        if family.missing >= family.pedigree.len() {
            return Err(Error::UnknownMember {
                id: format!("no {} of the family {}", family.missing, family.name),
            });
        }
        let sex = family.pedigree.members()[family.missing].sex;
        for (at, locus) in loci.iter().enumerate() {
            let problem = Problem::new(&family.pedigree, &typed, locus, Some(family.missing))?;
            // Relatives without a sample at this marker say nothing about the missing person.
            if problem.people.iter().all(|person| person.terms.is_none()) {
                continue;
            }
            let (joint, _) = peel::joint(&problem)?;
            let whole: f64 = joint.iter().sum();
            if whole <= 0.0 {
                contradictory.push(locus.name().to_owned());
                continue;
            }
            let haploid = joint.len() == problem.size();
            let entries = &mut values[self.begins[at]..self.begins[at] + self.different[at].len()];
            for ((entry, one), of_man) in entries
                .iter_mut()
                .zip(&self.different[at])
                .zip(&self.haploid[at])
            {
                // At X an observation of the other sex is never looked up, since sexes must fit.
                if *of_man == haploid {
                    let given: f64 = one.terms.iter().map(|term| contract(&joint, term)).sum();
                    *entry = (given / whole / one.random).log10();
                }
            }
        }
        Ok(FamilyTable {
            values,
            sex,
            contradictory,
        })
    }
}

/// The logarithms of the ratios of one family, for every different observation.
struct FamilyTable {
    values: Vec<f64>,
    sex: Sex,
    contradictory: Vec<String>,
}

/// `Σ u(x) J(x, y) v(y)`.
fn contract(joint: &[f64], term: &Term) -> f64 {
    let size = term.u.len();
    if term.v.is_empty() {
        return joint
            .iter()
            .zip(&term.u)
            .map(|(joint, value)| joint * value)
            .sum();
    }
    let row = |x: usize| {
        joint[x * size..(x + 1) * size]
            .iter()
            .zip(&term.v)
            .map(|(joint, value)| joint * value)
            .sum::<f64>()
    };
    (0..size)
        .filter(|x| term.u[*x] > 0.0)
        .map(|x| term.u[x] * row(x))
        .sum()
}
