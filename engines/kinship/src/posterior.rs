//! From a likelihood ratio to a probability that somebody can be asked about.
//!
//! A likelihood ratio says how much the DNA speaks for "these are this person's remains". Whether they are also depends on
//! what was known before: how many people are missing, and whether site, sex, age and date fit. The office states that
//! here, in numbers that anyone can question, and the result shows the likelihood ratio and the probability side by side.
//!
//! *Prior.* Of `missing` people, each is as likely the one whose remains these are: odds of 1 to `missing − 1`.
//! Circumstances multiply the odds by the factors of the policy: a factor above 1 where they agree, below 1 where they
//! differ, 1 where nothing is known. *Posterior odds* = prior odds × factors × likelihood ratio (ISFG DVI commission,
//! Prinz et al. 2007, FSI Genetics 1, recommends that the prior be stated).
//!
//! *By chance.* With R remains and M missing people there are R × M comparisons; among strangers a ratio of at least t
//! comes up with a probability of at most 1/t, so that at most `R × M / t` such matches are expected by chance.
//!
//! *Threshold.* Defaults: a posterior of 0.9995, as the International Commission on Missing Persons reports, and a ratio
//! of a million. An office writes its own into its policy file.

use crate::{
    Evidence, Locus, Result, Sex,
    case::{Family, Remains},
    compare::{evidence, sex_agrees},
    error::within,
};

/// The factors of one circumstance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factor {
    /// Where it agrees.
    pub agrees: f64,
    /// Where it differs.
    pub differs: f64,
}

impl Factor {
    /// A circumstance that is not weighed.
    pub const NONE: Self = Self {
        agrees: 1.0,
        differs: 1.0,
    };
}

impl Default for Factor {
    fn default() -> Self {
        Self::NONE
    }
}

/// What the office states: thresholds, numbers, factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The likelihood ratio that a match must reach, as a logarithm to base 10.
    pub log10_threshold: f64,
    /// The posterior probability that it must reach.
    pub posterior_threshold: f64,
    /// How many people are missing.
    pub missing: u32,
    /// How many remains are unidentified.
    pub remains: u32,
    /// Sex as recorded, by an anthropologist or amelogenin.
    pub sex: Factor,
    /// The person's age within the range estimated for the remains.
    pub age: Factor,
    /// The place where the person was last seen and the place of the remains, as areas that the office names.
    pub site: Factor,
    /// When the person was last seen, and when the remains were laid there.
    pub date: Factor,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            log10_threshold: 6.0,
            posterior_threshold: 0.9995,
            missing: 1000,
            remains: 300,
            sex: Factor::NONE,
            age: Factor::NONE,
            site: Factor::NONE,
            date: Factor::NONE,
        }
    }
}

impl Policy {
    /// Checks that all numbers can be.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] with the number's name.
    pub fn check(&self) -> Result<()> {
        within("the threshold (log10)", self.log10_threshold, -300.0, 300.0)?;
        within(
            "the threshold of the posterior",
            self.posterior_threshold,
            0.5,
            1.0 - 1e-15,
        )?;
        within("the number missing", f64::from(self.missing), 1.0, 1e9)?;
        for factor in [self.sex, self.age, self.site, self.date] {
            within("a factor", factor.agrees, 0.0, 1e6)?;
            within("a factor", factor.differs, 0.0, 1e6)?;
        }
        Ok(())
    }
}

/// What is known of a missing person or of remains besides DNA. Dates are days as numbers that only need to be in order,
/// such as 19990427.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Circumstances {
    /// The area, by any name that both lists use.
    pub site: Option<String>,
    /// Age in years, from and to.
    pub age: Option<(f64, f64)>,
    /// Date, from and to.
    pub date: Option<(u32, u32)>,
}

/// How circumstances compare: `None` where either side is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement {
    /// Sex.
    pub sex: Option<bool>,
    /// Age ranges overlap.
    pub age: Option<bool>,
    /// The same site.
    pub site: Option<bool>,
    /// Date ranges overlap.
    pub date: Option<bool>,
}

impl Agreement {
    /// Compares what is known of both.
    pub fn of(
        family: &Family,
        missing: usize,
        remains: &Remains,
        person: &Circumstances,
        body: &Circumstances,
    ) -> Self {
        let sexes = family.sex(missing) != Sex::Unknown && remains.sex != Sex::Unknown;
        let same = |a: &String, b: &String| a.trim().eq_ignore_ascii_case(b.trim());
        Self {
            sex: sexes.then(|| sex_agrees(family, missing, remains)),
            age: (person.age.zip(body.age)).map(|(a, b)| a.0 <= b.1 && b.0 <= a.1),
            site: (person.site.as_ref().zip(body.site.as_ref())).map(|(a, b)| same(a, b)),
            date: (person.date.zip(body.date)).map(|(a, b)| a.0 <= b.1 && b.0 <= a.1),
        }
    }

    /// The product of the policy's factors.
    pub fn factor(&self, policy: &Policy) -> f64 {
        [
            (self.sex, policy.sex),
            (self.age, policy.age),
            (self.site, policy.site),
            (self.date, policy.date),
        ]
        .into_iter()
        .map(|(agrees, factor)| match agrees {
            Some(true) => factor.agrees,
            Some(false) => factor.differs,
            None => 1.0,
        })
        .product()
    }
}

/// A conclusion with all that it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    /// The logarithm of the likelihood ratio.
    pub log10_lr: f64,
    /// The probability before the DNA, with circumstances.
    pub prior: f64,
    /// The probability after it.
    pub posterior: f64,
    /// So many matches as strong as this are expected by chance, at most, over all comparisons of the office.
    pub by_chance: f64,
    /// Whether the likelihood ratio reaches its threshold.
    pub ratio_reached: bool,
    /// Whether the posterior reaches its threshold.
    pub posterior_reached: bool,
}

/// The odds before the DNA that remains are those of one missing person: one to all others, times the factors. With one
/// missing person there is nobody else, and odds of one to one are the most that is granted.
pub fn prior_odds(factor: f64, policy: &Policy) -> f64 {
    factor / f64::from(policy.missing.saturating_sub(1)).max(1.0)
}

/// Weighs a likelihood ratio with what was known before.
///
/// ```
/// use mandate_kinship::posterior::{Policy, posterior};
/// let policy = Policy { missing: 1001, remains: 300, ..Policy::default() };
/// // A million to one against odds of one to a thousand: a thousand to one.
/// let told = posterior(6.0, 1.0, &policy);
/// assert!((told.posterior - 1000.0 / 1001.0).abs() < 1e-12);
/// assert!(told.ratio_reached && !told.posterior_reached);
/// ```
pub fn posterior(log10_lr: f64, factor: f64, policy: &Policy) -> Posterior {
    let prior_log = prior_odds(factor, policy).log10();
    let odds = |log10: f64| {
        if log10 > 0.0 {
            1.0 / (1.0 + 10f64.powf(-log10))
        } else {
            let odds = 10f64.powf(log10);
            odds / (1.0 + odds)
        }
    };
    let after = prior_log + log10_lr;
    let posterior = if after.is_nan() { 0.0 } else { odds(after) };
    let comparisons = f64::from(policy.missing) * f64::from(policy.remains);
    Posterior {
        log10_lr,
        prior: odds(prior_log),
        posterior,
        by_chance: comparisons * 10f64.powf(-log10_lr).min(1.0),
        ratio_reached: log10_lr >= policy.log10_threshold,
        posterior_reached: posterior >= policy.posterior_threshold,
    }
}

/// A way to compute the same ratio again.
#[derive(Debug, Clone)]
pub struct Variant<'a> {
    /// What is different, for the table: `theta`, `mutation`, `table`.
    pub what: &'static str,
    /// The value, or the table's name.
    pub value: String,
    /// Coancestry.
    pub theta: f64,
    /// Markers with their rates and frequencies.
    pub loci: &'a [Locus],
}

/// The same ratio under one variant.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// What is different.
    pub what: &'static str,
    /// The value.
    pub value: String,
    /// The conclusion then; an error where it could not be computed.
    pub posterior: Result<Posterior>,
}

/// How much a conclusion hangs on what was assumed: the ratio again under each variant.
pub fn sensitivity(
    family: &Family,
    placed: &[(usize, &Remains)],
    factor: f64,
    policy: &Policy,
    variants: &[Variant<'_>],
) -> Vec<Sensitivity> {
    variants
        .iter()
        .map(|variant| Sensitivity {
            what: variant.what,
            value: variant.value.clone(),
            posterior: evidence(family, placed, variant.loci, variant.theta)
                .map(|Evidence { log10, .. }| posterior(log10, factor, policy)),
        })
        .collect()
}

/// Whether all variants lead to the same side of both thresholds.
pub fn is_stable(base: &Posterior, variants: &[Sensitivity]) -> bool {
    variants.iter().all(|v| {
        v.posterior.as_ref().is_ok_and(|p| {
            p.ratio_reached == base.ratio_reached && p.posterior_reached == base.posterior_reached
        })
    })
}
