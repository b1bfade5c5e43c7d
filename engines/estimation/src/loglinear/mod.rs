//! Log-linear models of which lists depend on each other, chosen or averaged by AIC and BIC.
//!
//! # The model
//!
//! The number of people with a capture pattern x, a set of lists, is a Poisson number with mean μ_x, and
//!
//! ```text
//! ln μ_x = β_∅ + Σ_{j ∈ x} β_j + Σ_{s ⊆ x, s a term} β_s.
//! ```
//!
//! A term s of two lists says that being on one changes the odds of being on the other; of three, that it does so differently
//! for those on a third. Models are *hierarchical*: with a term, each part of it is there. The saturated model, in which all
//! lists together are a term, says nothing of the people on no list; that this term is 0 is *supposed by every model here*, and
//! no data can show it. Their expected number is μ_∅ = e^{β_∅}: the model is fitted to the 2^p − 1 observed patterns and
//! continued to the empty one (Fienberg 1972; Cormack 1989). Its variance is that of a Poisson number whose mean is estimated,
//! and the interval is taken on the logarithm of the number missing (Chao 1987), so that it never falls below those observed.
//!
//! # Which models
//!
//! For two to five lists every hierarchical model is fitted (1, 8, 113 and 6,893 of them); for more, pairs of lists are added
//! and taken out one by one from independence on, by AIC and by BIC, and every model tried on the way is kept. With AIC (Akaike
//! 1974) or BIC (Schwarz 1978), each model has the weight e^{−Δ/2}, Δ its distance from the smallest (Burnham & Anderson 2002).
//! The average is the mixture of the models' log-normal distributions of the number missing: its median, and the ends that
//! leave 2.5 % on either side (Turek & Fletcher 2012). So an interval holds that the model is not known. The best model alone
//! does not, and is too narrow.
//!
//! # Pairs of lists without anybody in common
//!
//! Where nobody is on all lists of a term, its parameter goes to minus infinity and the patterns that hold it to 0. Such terms
//! are taken out with their patterns, and still counted as parameters. Whether what is left has a finite estimate is a
//! question of linear programming (Fienberg & Rinaldo 2012), and whether it is the only one, of rank; models that fail are
//! refused by name ([`Flaw`]), not fitted by force. [`sparse`] chooses a model by steps as Chan, Silverman & Vincent (2021) do
//! and gives an interval that knows of the choice.
//!
//! # What it may not be used for
//!
//! People must be alike but for the lists that they are on. With many models and few people on several lists, AIC prefers
//! large models whose estimates are wild: look at [`Averaged::best`] and not at the average alone.
//!
//! Sources: Fienberg 1972, *The multiple recapture census for closed populations and incomplete 2^k contingency tables*,
//! Biometrika 59:591–603; Cormack 1989, *Log-linear models for capture–recapture*, Biometrics 45:395–413; Burnham & Anderson
//! 2002, *Model selection and multimodel inference*; Turek & Fletcher 2012, *Model-averaged Wald confidence intervals*,
//! Computational Statistics & Data Analysis 56:2809–2815; Fienberg & Rinaldo 2012, *Maximum likelihood estimation in log-linear
//! models*, Annals of Statistics 40:996–1023; Chan, Silverman & Vincent 2021, *Multiple systems estimation for sparse capture
//! data: inferential challenges when there are nonoverlapping lists*, JASA 116:1297–1306; Efron 1987, *Better bootstrap
//! confidence intervals*, JASA 82:171–185.

mod fit;
mod linear;
mod models;
mod sparse;

use serde::{Deserialize, Serialize};

use crate::bounds::Estimate;
use crate::diagnostics::normal_distribution;
use crate::{CaptureTable, Error, Pattern};

pub use fit::{Fit, Flaw};
pub use sparse::{SparseAnswer, SparseOptions, sparse};

/// The most lists that log-linear models are fitted to.
pub const MOST_LISTS_OF_MODELS: usize = 8;

/// How many of the best models are told.
const TOLD: usize = 10;

/// What one criterion makes of all models.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Averaged {
    /// The ten best models with their weights, the best first.
    pub best: Vec<(Fit, f64)>,
    /// The average over all models.
    pub total: Estimate,
}

/// What all log-linear models say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogLinearAnswer {
    /// By AIC.
    pub aic: Averaged,
    /// By BIC.
    pub bic: Averaged,
    /// How many models were fitted.
    pub fitted: usize,
    /// How many have no finite estimate.
    pub without_estimate: usize,
    /// How many are not identified.
    pub not_identified: usize,
    /// Whether every hierarchical model was tried.
    pub exhaustive: bool,
}

/// Fits log-linear models and averages over them.
///
/// # Errors
/// More lists than [`MOST_LISTS_OF_MODELS`]; no model has a finite estimate ([`Error::NoModel`]).
///
/// ```
/// use mandate_estimation::{CaptureTable, loglinear};
///
/// // Invented counts of three lists.
/// let table = CaptureTable::from_ordered(["A", "B", "C"], &[0, 60, 49, 14, 47, 12, 22, 12])?;
/// let answer = loglinear::estimate(&table)?;
/// assert_eq!(answer.fitted, 8);
/// assert!(answer.bic.total.lower > table.observed() as f64);
/// # Ok::<(), mandate_estimation::Error>(())
/// ```
pub fn estimate(table: &CaptureTable) -> Result<LogLinearAnswer, Error> {
    check_lists(table)?;
    let counts = fit::Counts::new(table);
    let exhaustive = table.lists() <= models::MOST_EXHAUSTIVE;
    let tried = if exhaustive {
        models::all(&counts)
    } else {
        models::search(&counts)
    };
    let count = |flaw: Flaw| {
        let with = |found: &&(Vec<Pattern>, Result<Fit, Flaw>)| found.1 == Err(flaw);
        tried.iter().filter(with).count()
    };
    let (without_estimate, not_identified) = (count(Flaw::NoEstimate), count(Flaw::NotIdentified));
    let fits: Vec<Fit> = tried.into_iter().filter_map(|(_, fit)| fit.ok()).collect();
    if fits.is_empty() {
        return Err(Error::NoModel);
    }
    let observed = table.observed() as f64;
    Ok(LogLinearAnswer {
        aic: averaged(&fits, |fit| fit.aic, observed),
        bic: averaged(&fits, |fit| fit.bic, observed),
        fitted: fits.len(),
        without_estimate,
        not_identified,
        exhaustive,
    })
}

/// Fits one model. `terms` are the sets of two lists or more that depend on each other; the parts of a set need not be named.
///
/// # Errors
/// More lists than [`MOST_LISTS_OF_MODELS`]; a set with a list that does not exist, with fewer than two, or with all of them;
/// a model without a finite estimate, or with several ([`Error::Model`]).
pub fn fit(table: &CaptureTable, terms: &[Pattern]) -> Result<Fit, Error> {
    check_lists(table)?;
    let lists = table.lists();
    let mut all = std::collections::BTreeSet::new();
    for (row, &term) in terms.iter().enumerate() {
        if term >> lists != 0 || term.count_ones() < 2 || term.count_ones() as usize == lists {
            return Err(Error::UnknownList {
                row,
                pattern: term,
                lists,
            });
        }
        all.extend((1..=term).filter(|part| part & term == *part && part.count_ones() > 1));
    }
    let mut all: Vec<Pattern> = all.into_iter().collect();
    all.sort_by_key(|set| (set.count_ones(), *set));
    match fit::fit(&fit::Counts::new(table), &all) {
        Ok((fit, _)) => Ok(fit),
        Err(flaw) => Err(Error::Model { flaw }),
    }
}

fn check_lists(table: &CaptureTable) -> Result<(), Error> {
    if table.lists() > MOST_LISTS_OF_MODELS {
        return Err(Error::NumberOfLists {
            lists: table.lists(),
            most: MOST_LISTS_OF_MODELS,
        });
    }
    Ok(())
}

fn averaged(fits: &[Fit], criterion: fn(&Fit) -> f64, observed: f64) -> Averaged {
    let least = fits.iter().map(criterion).fold(f64::INFINITY, f64::min);
    let weight = |fit: &Fit| (-(criterion(fit) - least) / 2.0).exp();
    let sum: f64 = fits.iter().map(weight).sum();
    let mut order: Vec<(&Fit, f64)> = fits.iter().map(|fit| (fit, weight(fit) / sum)).collect();
    order.sort_by(|a, b| {
        b.1.total_cmp(&a.1)
            .then(a.0.parameters.cmp(&b.0.parameters))
            .then(a.0.terms.cmp(&b.0.terms))
    });
    let below = |ln: f64| -> f64 {
        order
            .iter()
            .map(|(fit, weight)| {
                weight * normal_distribution((ln - fit.ln_missing) / fit.ln_deviation)
            })
            .sum()
    };
    let ends = order.iter().map(|(fit, _)| {
        (
            fit.ln_missing - 9.0 * fit.ln_deviation,
            fit.ln_missing + 9.0 * fit.ln_deviation,
        )
    });
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (a, b)| {
        (low.min(a), high.max(b))
    });
    let quantile = |p: f64| {
        let (mut low, mut high) = (low, high);
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            if below(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        observed + high.exp()
    };
    Averaged {
        total: Estimate {
            value: quantile(0.5),
            lower: quantile(0.025),
            upper: quantile(0.975),
        },
        best: order
            .into_iter()
            .take(TOLD)
            .map(|(fit, weight)| (fit.clone(), weight))
            .collect(),
    }
}

/// A model in words of the literature: its largest sets in brackets, `[A B][C]`.
#[must_use]
pub fn notation(terms: &[Pattern], names: &[String]) -> String {
    let singles = (0..names.len()).map(|list| 1 << list);
    let mut sets: Vec<Pattern> = terms.iter().copied().chain(singles).collect();
    sets.sort_by_key(|set| (std::cmp::Reverse(set.count_ones()), *set));
    let mut largest: Vec<Pattern> = Vec::new();
    for set in sets {
        if largest.iter().all(|other| other & set != set) {
            largest.push(set);
        }
    }
    largest
        .iter()
        .map(|set| {
            let inside: Vec<&str> = names
                .iter()
                .enumerate()
                .filter(|(list, _)| set >> list & 1 == 1)
                .map(|(_, name)| name.as_str())
                .collect();
            format!("[{}]", inside.join(" "))
        })
        .collect()
}
