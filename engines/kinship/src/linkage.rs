//! Markers that lie close together, so that their ratios must not simply be multiplied.
//!
//! Likelihood ratios of markers are multiplied here as if these were inherited independently. For parents and children that
//! is right wherever the markers lie. For siblings, half-siblings, aunts and grandparents, two markers on one chromosome
//! arm are passed on together more often than not, and the product is then too large or too small (Gill et al. 2012, *Forensic
//! Science International: Genetics* 6:477). Nothing is corrected; the pairs in a set of markers are named, so that a person
//! can leave one of them out and see what remains.

use crate::locus::Locus;

/// Two markers on one chromosome that are not inherited independently.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkedPair {
    /// One marker.
    pub one: &'static str,
    /// The other.
    pub other: &'static str,
    /// The distance in centimorgan on the HapMap map.
    pub centimorgan: f64,
    /// The share of meioses in which they part, by Kosambi's function of that distance.
    pub recombination: f64,
}

/// Pairs among common forensic markers at less than 50 centimorgan. Distances: Phillips, Ballard, Gill, Syndercombe Court,
/// Carracedo & Lareu 2012 (*Forensic Science International: Genetics* 6:354), and for pairs of extended kits the evaluation of
/// the SureID 23comp kit (*Scientific Reports* 2019, doi 10.1038/s41598-019-52838-7, table 3). In families vWA and D12S391
/// parted in 8.9 % of meioses (O'Connor & Tillmar 2012, *Forensic Science International: Genetics* 6:840). The list is not
/// complete for kits with unusual markers.
pub const LINKED: [LinkedPair; 6] = [
    pair("VWA", "D12S391", 11.941),
    pair("D8S1132", "D8S1179", 16.481),
    pair("SE33", "D6S474", 23.213),
    pair("D5S818", "CSF1PO", 27.761),
    pair("TH01", "D11S2368", 28.400),
    pair("D21S11", "PENTAD", 44.73),
];

const fn pair(one: &'static str, other: &'static str, centimorgan: f64) -> LinkedPair {
    // Kosambi: tanh(2d)/2 with d in morgan, as a continued fraction since tanh is not a constant function.
    let x = centimorgan / 50.0;
    let square = x * x;
    let tanh = x
        / (1.0 + square / (3.0 + square / (5.0 + square / (7.0 + square / (9.0 + square / 11.0)))));
    LinkedPair {
        one,
        other,
        centimorgan,
        recombination: 0.5 * tanh,
    }
}

/// The linked pairs in a set of markers. Names count without spaces, underscores, hyphens and case.
pub fn linked_pairs(loci: &[Locus]) -> Vec<LinkedPair> {
    let names: Vec<String> = loci.iter().map(|locus| plain(locus.name())).collect();
    let has = |name: &str| names.iter().any(|one| one == name);
    LINKED
        .into_iter()
        .filter(|pair| has(pair.one) && has(pair.other))
        .collect()
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_ascii_alphanumeric())
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::locus::Kind;

    #[test]
    fn close_pairs_are_found_however_they_are_written() {
        let locus = |name: &str| Locus::new(name, Kind::Autosomal, &[("1".into(), 1.0)]).unwrap();
        let found = linked_pairs(&[
            locus("vWA"),
            locus("d12s391"),
            locus("Penta D"),
            locus("D21S11"),
            locus("TH01"),
        ]);
        assert_eq!(
            found.iter().map(|pair| pair.one).collect::<Vec<_>>(),
            ["VWA", "D21S11"]
        );
        for pair in LINKED {
            assert!((pair.recombination - 0.5 * (pair.centimorgan / 50.0).tanh()).abs() < 1e-9);
        }
        assert!((found[0].recombination - 0.1172).abs() < 1e-4);
    }
}
