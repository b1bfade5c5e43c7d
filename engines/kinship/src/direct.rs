//! Direct matching: two samples of one person, such as two fragments of one body, or a body and a toothbrush.
//!
//! The first hypothesis is that both come from one person. The second is that they come from two people who are unrelated,
//! or who are full siblings: in a grave where a family lies, two bodies may well be brothers, and a partial profile may not
//! tell them apart. Drop-out, drop-in and typing errors are those of each sample.

use crate::error::Result;
use crate::likelihood::{Evidence, Hypothesis, likelihood_ratio};
use crate::locus::Locus;
use crate::pedigree::{Pedigree, Row, Sex};
use crate::profile::Profile;

/// Who the two people are if they are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Otherwise {
    /// Unrelated people of one population.
    #[default]
    Unrelated,
    /// Full siblings.
    Siblings,
}

/// Weighs whether two samples come from one person.
///
/// # Errors
/// As [`crate::likelihood_ratio`]. Markers on X need the sex.
pub fn direct(
    one: &Profile,
    other: &Profile,
    sex: Sex,
    otherwise: Otherwise,
    loci: &[Locus],
    theta: f64,
) -> Result<Evidence> {
    let family = |people: &[&str]| -> Result<Pedigree> {
        let mut rows = Vec::new();
        for id in people {
            rows.push(match otherwise {
                Otherwise::Unrelated => Row::founder(id, sex),
                Otherwise::Siblings => Row::child(id, sex, "father", "mother"),
            });
        }
        if otherwise == Otherwise::Siblings {
            rows.extend([
                Row::founder("father", Sex::Male),
                Row::founder("mother", Sex::Female),
            ]);
        }
        Pedigree::new(&rows)
    };
    let (same, two) = (family(&["one"])?, family(&["one", "other"])?);
    let first = Hypothesis {
        pedigree: &same,
        typed: vec![(0, one), (0, other)],
    };
    let second = Hypothesis {
        pedigree: &two,
        typed: vec![(0, one), (1, other)],
    };
    likelihood_ratio(&first, &second, loci, theta)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::locus::Kind;
    use crate::profile::{Observation, Quality};

    #[test]
    fn a_full_match_is_worth_the_inverse_of_the_genotype() {
        let locus = Locus::new(
            "L",
            Kind::Autosomal,
            &[("8".into(), 0.2), ("9".into(), 0.3), ("10".into(), 0.5)],
        )
        .unwrap();
        let loci = [locus];
        let a = Profile::new("a").with("L", Observation::pair("8", "9"));
        let found = direct(&a, &a, Sex::Unknown, Otherwise::Unrelated, &loci, 0.0).unwrap();
        assert!((found.markers[0].ratio - 1.0 / 0.12).abs() < 1e-12);
        // Balding and Nichols: 2 (θ + (1 − θ) p)(θ + (1 − θ) q) / ((1 + θ)(1 + 2θ)).
        let found = direct(&a, &a, Sex::Unknown, Otherwise::Unrelated, &loci, 0.03).unwrap();
        let want = 1.03 * 1.06 / (2.0 * (0.03 + 0.97 * 0.2) * (0.03 + 0.97 * 0.3));
        assert!((found.markers[0].ratio - want).abs() < 1e-12);
        let siblings = direct(&a, &a, Sex::Unknown, Otherwise::Siblings, &loci, 0.0).unwrap();
        assert!(
            (siblings.markers[0].ratio - 1.0 / (0.25 * (1.0 + 0.2 + 0.3 + 2.0 * 0.06))).abs()
                < 1e-12
        );
    }

    #[test]
    fn an_allele_that_dropped_out_lowers_the_weight_and_does_not_exclude() {
        let locus = Locus::new(
            "L",
            Kind::Autosomal,
            &[("8".into(), 0.2), ("9".into(), 0.3), ("10".into(), 0.5)],
        )
        .unwrap();
        let loci = [locus];
        let whole = Profile::new("blood").with("L", Observation::pair("8", "9"));
        let mut bone = Profile::new("bone").with("L", Observation::pair("8", "8"));
        assert_eq!(
            direct(
                &whole,
                &bone,
                Sex::Unknown,
                Otherwise::Unrelated,
                &loci,
                0.0
            )
            .unwrap()
            .log10,
            f64::NEG_INFINITY
        );
        bone.quality = Quality {
            drop_out: 0.1,
            ..Quality::PERFECT
        };
        // P(8 | 8/9) = 0.9 · 0.1; P(8) = 0.04 (1 − 0.01) + 2 · 0.2 · 0.8 · 0.9 · 0.1.
        let want = 0.09 / (0.04 * 0.99 + 0.32 * 0.09);
        let found = direct(
            &whole,
            &bone,
            Sex::Unknown,
            Otherwise::Unrelated,
            &loci,
            0.0,
        )
        .unwrap();
        assert!((found.markers[0].ratio - want).abs() < 1e-12);
    }
}
