//! Why remains cannot belong to a family, and how far off they are.
//!
//! A marker conflicts if what was seen needs a mutation. How many it needs at least is found exactly, with silent alleles,
//! drop-out and drop-in as the marker and the samples have them: as the probability ε of any change goes to 0, the
//! likelihood goes to 0 as ε to the power of the number of changes needed, so that number is the slope between two very
//! small ε.

use crate::error::Result;
use crate::likelihood::likelihood;
use crate::locus::{Kind, Locus, Mutation, MutationModel};
use crate::pedigree::Pedigree;
use crate::profile::{Observation, Profile};
use crate::search::{Family, Remains};

/// A marker at which remains and family cannot agree without mutation.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The marker's name.
    pub marker: String,
    /// How many mutations are needed at least, those that the family needs by itself left out.
    pub mutations: u32,
    /// What was seen of the remains.
    pub seen: Observation,
}

/// How well remains fit into a family, before any weighing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Closeness {
    /// The markers at which the remains and somebody of the family were typed.
    pub compared: usize,
    /// The markers that conflict.
    pub conflicts: Vec<Conflict>,
    /// Mutations that the family needs by itself, by marker: a reason to check its relationships and samples.
    pub within_family: Vec<(String, u32)>,
}

impl Closeness {
    /// The mutations needed in all.
    pub fn mutations(&self) -> u32 {
        self.conflicts
            .iter()
            .map(|conflict| conflict.mutations)
            .sum()
    }
}

/// The least number of mutations that explains what was seen at a marker; `None` if no number does (a silent allele apart,
/// no mutation makes an allele that the table does not have).
///
/// # Errors
/// As [`likelihood`].
pub fn mutations_needed(
    pedigree: &Pedigree,
    typed: &[(usize, &Profile)],
    locus: &Locus,
) -> Result<Option<u32>> {
    let at = |epsilon: f64| -> Result<f64> {
        let model = Mutation::both(MutationModel::Equal { rate: epsilon });
        Ok(likelihood(pedigree, typed, &locus.clone().with_mutation(model)?, 0.0)?.log10())
    };
    let (one, other) = (at(1e-20)?, at(1e-21)?);
    if one == f64::NEG_INFINITY || other == f64::NEG_INFINITY {
        return Ok(None);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small whole number at least 0"
    )]
    let slope = (one - other).round().clamp(0.0, 1e6) as u32;
    Ok(Some(slope))
}

/// Compares remains with a family marker by marker.
///
/// # Errors
/// As [`likelihood`].
pub fn closeness(family: &Family, remains: &Remains, loci: &[Locus]) -> Result<Closeness> {
    let mut out = Closeness::default();
    let typed: Vec<_> = family
        .typed
        .iter()
        .map(|(place, profile)| (*place, profile))
        .collect();
    let mut with = typed.clone();
    with.push((family.missing, &remains.profile));
    for locus in loci
        .iter()
        .filter(|locus| matches!(locus.kind(), Kind::Autosomal | Kind::X))
    {
        let seen = remains.profile.at(locus.name());
        let any = family
            .typed
            .iter()
            .any(|(_, profile)| *profile.at(locus.name()) != Observation::Nothing);
        if !any {
            continue;
        }
        let alone = mutations_needed(&family.pedigree, &typed, locus)?.unwrap_or(u32::MAX);
        if alone > 0 {
            out.within_family.push((locus.name().to_owned(), alone));
        }
        if *seen == Observation::Nothing {
            continue;
        }
        out.compared += 1;
        let together = mutations_needed(&family.pedigree, &with, locus)?.unwrap_or(u32::MAX);
        if together > alone {
            out.conflicts.push(Conflict {
                marker: locus.name().to_owned(),
                mutations: together - alone,
                seen: seen.clone(),
            });
        }
    }
    Ok(out)
}
