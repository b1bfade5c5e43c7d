//! One family with remains in the places of missing members, against the same remains as strangers.
//!
//! Under the first hypothesis each set of remains is the member it is placed as; under the second it is a person unrelated
//! to the family. With theta above 0 strangers come from the family's subpopulation, so that both hypotheses are weighed
//! alike. An X marker is used only where the sex of everybody in it is known.

use crate::{
    Evidence, Hypothesis, Kind, Locus, Pedigree, Result, Row, Sex,
    case::{Family, Remains},
    likelihood_ratio,
};

/// The weight of placing remains as members, against all of them being strangers.
///
/// ```
/// use mandate_kinship::{case::{CaseOptions, build}, compare::evidence, formats::{Contents, frequencies, pedigrees, profiles}};
/// // Invented. A father of 6/7 and remains of 6/9.3 that may be his son's: the son has 6 with 1/2 and 9.3 with 0.3, a
/// // stranger has 2 × 0.2 × 0.3, and (1/2 × 0.3) / (2 × 0.2 × 0.3) = 1.25.
/// let case = Contents {
///     persons: pedigrees::read("family,id,father,mother,sex,role\nF,pa,,,M,\nF,ma,,,F,\nF,son,pa,ma,M,missing\n", "f").unwrap(),
///     samples: profiles::read("sample,person,TH01\nR1,pa,6/7\nB1,,6/9.3\n", "p").unwrap(),
///     table: frequencies::read("marker,allele,freq\nTH01,6,0.2\nTH01,7,0.5\nTH01,9.3,0.3\n", "t").unwrap(),
///     ..Contents::default()
/// };
/// let case = build(&case, &CaseOptions { rate_factor: 0.0, ..CaseOptions::default() });
/// let (family, remains) = (&case.families[0], &case.remains[0]);
/// let weight = evidence(family, &[(family.missing[0], remains)], &case.loci, 0.0).unwrap();
/// assert!((weight.markers[0].ratio - 1.25).abs() < 1e-12);
/// ```
///
/// # Errors
/// As [`likelihood_ratio`]; among them that the family's own data are impossible at a marker.
pub fn evidence(
    family: &Family,
    placed: &[(usize, &Remains)],
    loci: &[Locus],
    theta: f64,
) -> Result<Evidence> {
    let strangers = with_strangers(family, placed)?;
    let members = family.typed();
    let mut first = members.clone();
    first.extend(placed.iter().map(|(at, r)| (*at, &r.profile)));
    let mut second = members;
    let beside = family.pedigree.rows().len();
    second.extend(
        placed
            .iter()
            .enumerate()
            .map(|(n, (_, r))| (beside + n, &r.profile)),
    );
    let loci = usable(family, placed, loci);
    likelihood_ratio(
        &Hypothesis {
            pedigree: &strangers,
            typed: first,
        },
        &Hypothesis {
            pedigree: &strangers,
            typed: second,
        },
        &loci,
        theta,
    )
}

/// The family's pedigree with a founder beside it for each set of remains.
fn with_strangers(family: &Family, placed: &[(usize, &Remains)]) -> Result<Pedigree> {
    let mut rows = family.pedigree.rows();
    for (n, (at, remains)) in placed.iter().enumerate() {
        let mut id = format!("stranger {}", n + 1);
        while rows.iter().any(|r| r.id == id) {
            id.push('\'');
        }
        let sex = match remains.sex {
            Sex::Unknown => family.sex(*at),
            known => known,
        };
        rows.push(Row::founder(&id, sex));
    }
    Pedigree::with_unnamed_parents(&rows)
}

/// Markers that can be used: all autosomal ones, and those on X where everybody's sex is known.
fn usable(family: &Family, placed: &[(usize, &Remains)], loci: &[Locus]) -> Vec<Locus> {
    let members = family.pedigree.members();
    let known = members.iter().all(|m| m.sex != Sex::Unknown)
        && placed.iter().all(|(at, r)| {
            let sex = family.sex(*at);
            r.sex == Sex::Unknown || r.sex == sex
        });
    loci.iter()
        .filter(|l| l.kind() == Kind::Autosomal || (l.kind() == Kind::X && known))
        .cloned()
        .collect()
}

/// Whether remains can be of a member as far as sex goes.
pub fn sex_agrees(family: &Family, place: usize, remains: &Remains) -> bool {
    let member = family.sex(place);
    member == Sex::Unknown || remains.sex == Sex::Unknown || member == remains.sex
}
