//! The smallest number of mutations that what was seen needs.
//!
//! Let every mutation have the probability ε, to any other allele alike. The likelihood is then a polynomial
//! `c_k ε^k + c_(k+1) ε^(k+1) + …`, whose lowest power `k` is the smallest number of mutations over all genotypes of all
//! people. The slope of its logarithm between two very small ε is `k`, so that one exact likelihood (with loops, inbreeding
//! and X) gives the number without a search of its own. Frequencies do not matter and are taken to be alike; alleles that
//! nobody shows are one. Drop-out is left out on purpose: the number says what would be needed if all were seen.

use std::collections::BTreeSet;

use crate::{
    Kind, Locus, Mutation, MutationModel, Pedigree, Profile, Quality, Result, Typed, likelihood,
};

/// The greater of the two rates; the smaller is its square.
const RATE: f64 = 1e-9;

/// The smallest number of mutations at a marker; 0 where nothing contradicts the pedigree.
///
/// ```
/// use mandate_kinship::{Kind, Locus, Observation, Pedigree, Profile, Row, Sex, mutations::fewest};
/// let trio = Pedigree::new(&[
///     Row::founder("father", Sex::Male),
///     Row::founder("mother", Sex::Female),
///     Row::child("child", Sex::Male, "father", "mother"),
/// ]).unwrap();
/// let see = |name, a, b| Profile::new(name).with("TH01", Observation::pair(a, b));
/// let (father, mother, child) = (see("father", "6", "7"), see("mother", "8", "8"), see("child", "9", "9.3"));
/// let locus = Locus::new("TH01", Kind::Autosomal, &[("6".into(), 0.5), ("7".into(), 0.5)]).unwrap();
/// let needed = fewest(&trio, &[(0, &father), (1, &mother), (2, &child)], &locus).unwrap();
/// assert_eq!(needed, 2);
/// ```
///
/// # Errors
/// As [`likelihood`], for a pedigree that is too large or a sex that must be known.
pub fn fewest(pedigree: &Pedigree, typed: &[Typed<'_>], locus: &Locus) -> Result<usize> {
    let name = locus.name();
    let seen: BTreeSet<&str> = typed
        .iter()
        .flat_map(|(_, profile)| profile.at(name).labels())
        .collect();
    if seen.is_empty() || !matches!(locus.kind(), Kind::Autosomal | Kind::X) {
        return Ok(0);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "few alleles are seen at a marker"
    )]
    let alike = 1.0 / (seen.len() + 1) as f64;
    let alleles: Vec<(String, f64)> = seen
        .iter()
        .map(|label| (*label).to_owned())
        .chain(["other".to_owned()])
        .map(|label| (label, alike))
        .collect();
    let plain: Vec<(usize, Profile)> = typed
        .iter()
        .map(|(place, profile)| {
            let profile = Profile::new(&profile.name).with(name, profile.at(name).clone());
            let quality = Quality::PERFECT;
            (*place, Profile { quality, ..profile })
        })
        .collect();
    let plain: Vec<Typed<'_>> = plain.iter().map(|(place, p)| (*place, p)).collect();
    let logarithm = |rate: f64| -> Result<f64> {
        let model = MutationModel::Equal { rate };
        let locus =
            Locus::new(name, locus.kind(), &alleles)?.with_mutation(Mutation::both(model))?;
        Ok(likelihood(pedigree, &plain, &locus, 0.0)?.ln())
    };
    let slope = (logarithm(RATE)? - logarithm(RATE * RATE)?) / -RATE.ln();
    Ok(if slope.is_finite() && slope > 0.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number that is not negative"
        )]
        let fewest = slope.round() as usize;
        fewest
    } else {
        0
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Observation, Row, Sex};

    #[test]
    fn mutations_are_counted_through_people_who_were_not_typed() {
        // Two half cousins' parents are not typed; grandparents and grandchildren share nothing.
        let family = Pedigree::new(&[
            Row::founder("gf", Sex::Male),
            Row::founder("gm", Sex::Female),
            Row::child("p", Sex::Male, "gf", "gm"),
            Row::founder("q", Sex::Female),
            Row::child("c", Sex::Male, "p", "q"),
            Row::child("d", Sex::Male, "p", "q"),
        ])
        .unwrap();
        let locus = Locus::new(
            "M",
            Kind::Autosomal,
            &[("1".into(), 0.5), ("2".into(), 0.5)],
        )
        .unwrap();
        let see = |name: &str, a: &str, b: &str| {
            (
                family.place(name).unwrap(),
                Profile::new(name).with("M", Observation::pair(a, b)),
            )
        };
        let needed = |all: &[(usize, Profile)]| {
            let typed: Vec<Typed<'_>> = all.iter().map(|(n, p)| (*n, p)).collect();
            fewest(&family, &typed, &locus).unwrap()
        };
        let grandparents = [see("gf", "1", "1"), see("gm", "2", "2")];
        let with = |c: (usize, Profile), d: (usize, Profile)| {
            let mut all = grandparents.to_vec();
            all.extend([c, d]);
            needed(&all)
        };
        assert_eq!(with(see("c", "1", "5"), see("d", "2", "5")), 0);
        assert_eq!(with(see("c", "5", "6"), see("d", "1", "5")), 1);
        assert_eq!(with(see("c", "5", "5"), see("d", "6", "6")), 2);
    }
}
