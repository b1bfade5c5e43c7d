//! Markers: their alleles, how frequent these are, and how they mutate.

use std::collections::HashMap;

use crate::error::{Error, Result, within};
use crate::mutation::Matrix;

/// How a marker is inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Kind {
    /// One allele from each parent.
    #[default]
    Autosomal,
    /// On X: a man has one, from his mother.
    X,
    /// On Y: from father to son. Only screened ([`crate::screen`]).
    Y,
    /// Mitochondrial: from the mother to all her children; the labels are whole haplotypes. Only screened.
    Mitochondrial,
}

/// How an allele changes on its way from parent to child. All numbers are per meiosis.
///
/// The silent allele neither arises nor changes, as in Familias 2.6.4. With one allele nothing mutates.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum MutationModel {
    /// Alleles do not change.
    #[default]
    None,
    /// All other alleles are equally likely: `rate / (n − 1)` each.
    Equal {
        /// The probability of a mutation.
        rate: f64,
    },
    /// An allele is replaced with the probability α by one drawn from the table, where α makes `rate` the expected
    /// probability of a visible change: `α = rate / Σ p(1 − p)`. Frequencies stay as they are (stationary).
    Proportional {
        /// The expected probability of a mutation.
        rate: f64,
    },
    /// By size (Familias 3: “extended stepwise”; Familias for R and pedmut: “stepwise”): with `rate` to an allele that
    /// differs by whole repeats, proportionally to `range` to the power of the difference; with `rate2` to one of the others
    /// (9.3 to 9), all equally likely. Where an allele has no other of its group, only `rate2` applies; where all alleles
    /// are of one group, only `rate`. Needs labels that are numbers with at most one decimal. With a `rate` of 0, `rate2`
    /// still applies, as in pedmut; Familias for R then lets nothing mutate.
    Stepwise {
        /// The probability of a mutation by whole repeats.
        rate: f64,
        /// The probability of a mutation between whole repeats and microvariants.
        rate2: f64,
        /// How much less likely each further step is.
        range: f64,
    },
    /// By order (Familias 3: “stepwise (unstationary)”): with `rate`, proportionally to `range` to the power of the
    /// distance in the table's list.
    StepwiseByOrder {
        /// The probability of a mutation.
        rate: f64,
        /// How much less likely each further place is.
        range: f64,
    },
    /// By order and stationary (Familias 3: “stepwise (stationary)”): `k · range^distance / p(from)`, where k makes `rate`
    /// the expected probability of a mutation (Dawid et al. 2002).
    StepwiseStationary {
        /// The expected probability of a mutation.
        rate: f64,
        /// How much less likely each further place is.
        range: f64,
    },
    /// Any matrix, by rows: from the allele of the row to the allele of the column, in the table's order, without the
    /// silent allele. Rows sum to 1.
    Custom(Vec<f64>),
}

/// Mutation by the sex of the parent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mutation {
    /// From mother to child.
    pub female: MutationModel,
    /// From father to child.
    pub male: MutationModel,
}

impl Mutation {
    /// The same for both sexes.
    pub fn both(model: MutationModel) -> Self {
        Self {
            female: model.clone(),
            male: model,
        }
    }
}

/// A marker. The frequencies of all alleles and of the silent one sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Locus {
    name: String,
    kind: Kind,
    labels: Vec<String>,
    frequencies: Vec<f64>,
    silent: f64,
    mutation: Mutation,
    /// From mothers, from fathers.
    matrices: [Matrix; 2],
    by_label: HashMap<String, usize>,
}

/// How far the sum of frequencies may be from 1: published tables are rounded. Sums are left as they are.
pub const SUM_TOLERANCE: f64 = 1e-3;

/// The most alleles that a marker can have.
pub const MOST_ALLELES: usize = 1000;

impl Locus {
    /// A marker without mutation and silent allele.
    ///
    /// # Errors
    /// [`Error::Allele`] for no alleles, more than [`MOST_ALLELES`], an empty label or one that stands twice;
    /// [`Error::Frequency`] for one that is not above 0 and at most 1, or a sum that is further than [`SUM_TOLERANCE`]
    /// from 1.
    pub fn new(name: &str, kind: Kind, alleles: &[(String, f64)]) -> Result<Self> {
        let fault = |allele: &str, reason| Error::Allele {
            marker: name.to_owned(),
            allele: allele.to_owned(),
            reason,
        };
        if alleles.is_empty() {
            return Err(fault("", "it has no alleles"));
        }
        if alleles.len() > MOST_ALLELES {
            return Err(fault("", "it has too many alleles"));
        }
        let mut by_label = HashMap::with_capacity(alleles.len());
        for (at, (label, frequency)) in alleles.iter().enumerate() {
            if label.is_empty() {
                return Err(fault(label, "the label is empty"));
            }
            if by_label.insert(label.clone(), at).is_some() {
                return Err(fault(label, "the label stands twice"));
            }
            if !(frequency.is_finite() && *frequency > 0.0 && *frequency <= 1.0) {
                return Err(Error::Frequency {
                    marker: name.to_owned(),
                    value: *frequency,
                    reason: "frequencies lie above 0 and are at most 1",
                });
            }
        }
        let locus = Self::unchecked(name, kind, alleles.to_vec(), 0.0);
        locus.checked()
    }

    /// The same marker with a silent allele (one that the kit never shows) of this frequency. Give `rescaled` to shrink
    /// the others so that the sum stays; otherwise they must leave room for it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`], [`Error::Frequency`].
    pub fn with_silent(mut self, frequency: f64, rescaled: bool) -> Result<Self> {
        within("the frequency of the silent allele", frequency, 0.0, 0.5)?;
        if rescaled {
            let whole: f64 = self.frequencies.iter().sum();
            for one in &mut self.frequencies {
                *one *= (1.0 - frequency) / whole;
            }
        }
        self.silent = frequency;
        let mutation = std::mem::take(&mut self.mutation);
        self.checked()?.with_mutation(mutation)
    }

    /// The same marker with mutation.
    ///
    /// # Errors
    /// [`Error::Mutation`] if the model makes no matrix of probabilities for these alleles.
    pub fn with_mutation(mut self, mutation: Mutation) -> Result<Self> {
        self.matrices = [
            Matrix::of(&self, &mutation.female)?,
            Matrix::of(&self, &mutation.male)?,
        ];
        self.mutation = mutation;
        Ok(self)
    }

    /// The minimum frequency rule: alleles that were seen and are not in the table are added, each with the frequency
    /// `minimum`, and alleles in the table that are rarer are raised to it. The others are then scaled so that the sum is
    /// as it was. A usual minimum is 5/(2N) for a table from N people (National Research Council 1996, *The evaluation of
    /// forensic DNA evidence*).
    ///
    /// The new alleles stand behind the others, by size. Do this once for a case, before any likelihood: all hypotheses
    /// must be weighed with one table.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a minimum that is not above 0 and below 0.1; [`Error::Frequency`] if there are so many
    /// that nothing is left for the others; [`Error::Mutation`] if the model does not fit the new labels.
    pub fn with_minimum<'l>(
        &self,
        minimum: f64,
        seen: impl IntoIterator<Item = &'l str>,
    ) -> Result<Self> {
        within("the minimum frequency", minimum, 1e-12, 0.1)?;
        let mut missing: Vec<&str> = seen
            .into_iter()
            .filter(|label| !self.by_label.contains_key(*label))
            .collect();
        missing.sort_by(|one, other| {
            repeats(one)
                .cmp(&repeats(other))
                .then_with(|| one.cmp(other))
        });
        missing.dedup();
        let whole: f64 = self.frequencies.iter().sum();
        let raised: usize = self
            .frequencies
            .iter()
            .filter(|one| **one < minimum)
            .count()
            + missing.len();
        let common: f64 = self.frequencies.iter().filter(|one| **one >= minimum).sum();
        #[expect(clippy::cast_precision_loss, reason = "counts of alleles are small")]
        let left = whole - minimum * raised as f64;
        if left <= 0.0 || (common == 0.0 && raised > 0) {
            return Err(Error::Frequency {
                marker: self.name.clone(),
                value: minimum,
                reason: "too many alleles are raised to it",
            });
        }
        let scale = if raised == 0 { 1.0 } else { left / common };
        let alleles: Vec<(String, f64)> = self
            .labels
            .iter()
            .zip(&self.frequencies)
            .map(|(label, one)| {
                (
                    label.clone(),
                    if *one < minimum { minimum } else { one * scale },
                )
            })
            .chain(missing.iter().map(|label| ((*label).to_owned(), minimum)))
            .collect();
        let mut new = Self::unchecked(&self.name, self.kind, alleles, self.silent);
        for label in &missing {
            if label.is_empty() {
                return Err(Error::Allele {
                    marker: self.name.clone(),
                    allele: String::new(),
                    reason: "the label is empty",
                });
            }
        }
        if new.labels.len() > MOST_ALLELES {
            return Err(Error::Allele {
                marker: self.name.clone(),
                allele: String::new(),
                reason: "it has too many alleles",
            });
        }
        new = new.checked()?;
        let custom = |model: &MutationModel| matches!(model, MutationModel::Custom(_));
        if !missing.is_empty() && (custom(&self.mutation.female) || custom(&self.mutation.male)) {
            return Err(Error::Mutation {
                marker: self.name.clone(),
                reason: "a given matrix has no row for an allele outside the table",
            });
        }
        new.with_mutation(self.mutation.clone())
    }

    fn unchecked(name: &str, kind: Kind, alleles: Vec<(String, f64)>, silent: f64) -> Self {
        let by_label = alleles
            .iter()
            .enumerate()
            .map(|(at, (label, _))| (label.clone(), at))
            .collect();
        let (labels, frequencies): (Vec<_>, Vec<_>) = alleles.into_iter().unzip();
        let matrix = Matrix::identity(labels.len() + usize::from(silent > 0.0));
        Self {
            name: name.to_owned(),
            kind,
            labels,
            frequencies,
            silent,
            mutation: Mutation::default(),
            matrices: [matrix.clone(), matrix],
            by_label,
        }
    }

    fn checked(self) -> Result<Self> {
        let sum = self.frequencies.iter().sum::<f64>() + self.silent;
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            return Err(Error::Frequency {
                marker: self.name,
                value: sum,
                reason: "the frequencies must sum to 1",
            });
        }
        Ok(self)
    }

    /// The marker's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it is inherited.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The alleles that can be seen.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Their frequencies, in the same order.
    pub fn frequencies(&self) -> &[f64] {
        &self.frequencies
    }

    /// The frequency of the silent allele; 0 if there is none.
    pub fn silent(&self) -> f64 {
        self.silent
    }

    /// How alleles mutate.
    pub fn mutation(&self) -> &Mutation {
        &self.mutation
    }

    /// The mutation matrix from mothers.
    pub fn from_mother(&self) -> &Matrix {
        &self.matrices[0]
    }

    /// The mutation matrix from fathers.
    pub fn from_father(&self) -> &Matrix {
        &self.matrices[1]
    }

    /// The place of an allele in the table.
    pub fn place(&self, label: &str) -> Option<usize> {
        self.by_label.get(label).copied()
    }
}

/// The size of an STR allele in tenths: `"9.3"` is 93, `"15"` is 150. `None` where the label is not a number with at most one
/// decimal, or is not below 100,000 repeats.
pub fn repeats(label: &str) -> Option<u32> {
    let (whole, tenth) = label.split_once('.').unwrap_or((label, "0"));
    let digits = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole, 5) || !digits(tenth, 1) {
        return None;
    }
    Some(whole.parse::<u32>().ok()? * 10 + tenth.parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_minimum_rule_adds_what_was_seen_and_keeps_the_sum() {
        let table =
            [("8", 0.001), ("9", 0.599), ("10", 0.4)].map(|(label, one)| (label.to_owned(), one));
        let locus = Locus::new("L", Kind::Autosomal, &table).unwrap();
        let new = locus.with_minimum(0.01, ["9", "12", "9.3", "12"]).unwrap();
        assert_eq!(new.labels(), ["8", "9", "10", "9.3", "12"]);
        let want = [0.01, 0.97 * 0.599 / 0.999, 0.97 * 0.4 / 0.999, 0.01, 0.01];
        for (got, want) in new.frequencies().iter().zip(want) {
            assert!((got - want).abs() < 1e-15);
        }
        assert!(locus.with_minimum(0.0, []).is_err());
    }

    #[test]
    fn sizes_are_read_to_the_tenth() {
        assert_eq!(repeats("9.3"), Some(93));
        assert_eq!(repeats("15"), Some(150));
        for wrong in ["", ".3", "9.", "9.31", "-9", "1e3", "X", "123456"] {
            assert_eq!(repeats(wrong), None, "{wrong}");
        }
    }
}
