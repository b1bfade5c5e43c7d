//! Mutation matrices: the probability of each allele of a child given the parent's.
//!
//! The definitions are those of Familias 2.6.4 (Egeland, Kling & Mostad 2016, *Relationship inference with Familias and R*)
//! and of pedmut (Vigeland, *Pedigree analysis in R*, 2021); see [`MutationModel`]. Where frequencies enter, they are the
//! table's, whatever theta is: mutation is a matter of meioses, not of the population that a family comes from.

use crate::error::{Error, Result, within};
use crate::locus::{Locus, MutationModel, repeats};

/// A mutation matrix over the alleles of a marker, and over the silent allele as the last if the marker has one.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    size: usize,
    /// By rows: from, to.
    values: Vec<f64>,
    identity: bool,
    lumpable: bool,
}

impl Matrix {
    /// The matrix of a model for a marker.
    ///
    /// # Errors
    /// [`Error::Mutation`] where the model gives something that is not a probability, or where labels are not numbers and
    /// the model needs them; [`Error::OutOfRange`] for rates outside 0 to 1 or a range that is not above 0.
    pub fn of(locus: &Locus, model: &MutationModel) -> Result<Self> {
        let fault = |reason| Error::Mutation {
            marker: locus.name().to_owned(),
            reason,
        };
        let seen = locus.labels().len();
        let mut block = vec![0.0; seen * seen];
        let (mut identity, mut lumpable) = (false, false);
        check_numbers(model)?;
        match model {
            _ if seen == 1 => (identity, lumpable) = (true, true),
            MutationModel::None => (identity, lumpable) = (true, true),
            MutationModel::Equal { rate } => {
                lumpable = true;
                block.fill(rate / count(seen - 1));
                set_diagonal(&mut block, seen, |_| 1.0 - rate);
            }
            MutationModel::Proportional { rate } => {
                lumpable = true;
                let whole: f64 = locus.frequencies().iter().sum();
                let whole = if locus.silent() > 0.0 { whole } else { 1.0 };
                let share: Vec<f64> = locus.frequencies().iter().map(|one| one / whole).collect();
                let alpha = rate / whole / share.iter().map(|one| one * (1.0 - one)).sum::<f64>();
                for row in block.chunks_exact_mut(seen) {
                    for (to, one) in row.iter_mut().zip(&share) {
                        *to = alpha * one;
                    }
                }
                set_diagonal(&mut block, seen, |at| 1.0 - alpha + alpha * share[at]);
            }
            MutationModel::Stepwise { rate, rate2, range } => {
                let sizes: Option<Vec<u32>> =
                    locus.labels().iter().map(|label| repeats(label)).collect();
                let sizes = sizes.ok_or(fault(
                    "a stepwise model needs labels that are numbers with at most one decimal",
                ))?;
                stepwise(&mut block, &sizes, *rate, *rate2, *range);
            }
            MutationModel::StepwiseByOrder { rate, range } => {
                by_order(&mut block, seen, *range);
                for (from, row) in block.chunks_exact_mut(seen).enumerate() {
                    let whole: f64 = row.iter().sum();
                    row.iter_mut().for_each(|to| *to *= rate / whole);
                    row[from] = 1.0 - rate;
                }
            }
            MutationModel::StepwiseStationary { rate, range } => {
                by_order(&mut block, seen, *range);
                let scale = rate / block.iter().sum::<f64>();
                for (from, row) in block.chunks_exact_mut(seen).enumerate() {
                    let mut leaves = 0.0;
                    for to in row.iter_mut() {
                        *to *= scale / locus.frequencies()[from];
                        leaves += *to;
                    }
                    row[from] = 1.0 - leaves;
                }
            }
            MutationModel::Custom(values) => {
                if values.len() != block.len() {
                    return Err(fault(
                        "the matrix has another size than the table of alleles",
                    ));
                }
                block.copy_from_slice(values);
            }
        }
        if identity {
            set_diagonal(&mut block, seen, |_| 1.0);
        }
        for row in block.chunks_exact(seen) {
            if row
                .iter()
                .any(|to| !(to.is_finite() && *to >= 0.0 && *to <= 1.0 + 1e-9))
            {
                return Err(fault(
                    "an entry is not a probability: the rate is too high for these frequencies",
                ));
            }
            if (row.iter().sum::<f64>() - 1.0).abs() > 1e-3 {
                return Err(fault("a row does not sum to 1"));
            }
        }
        let size = seen + usize::from(locus.silent() > 0.0);
        let mut values = vec![0.0; size * size];
        set_diagonal(&mut values, size, |_| 1.0);
        for (from, row) in block.chunks_exact(seen).enumerate() {
            values[from * size..from * size + seen].copy_from_slice(row);
        }
        Ok(Self {
            size,
            values,
            identity,
            lumpable,
        })
    }

    /// Nothing mutates.
    pub(crate) fn identity(size: usize) -> Self {
        let mut values = vec![0.0; size * size];
        set_diagonal(&mut values, size, |_| 1.0);
        Self {
            size,
            values,
            identity: true,
            lumpable: true,
        }
    }

    /// The number of alleles, the silent one included.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether nothing mutates.
    pub fn is_identity(&self) -> bool {
        self.identity
    }

    /// The probability that `from` reaches the child as `to`.
    pub fn at(&self, from: usize, to: usize) -> f64 {
        self.values[from * self.size + to]
    }

    /// The probabilities of the child's allele given the parent's.
    pub fn row(&self, from: usize) -> &[f64] {
        &self.values[from * self.size..(from + 1) * self.size]
    }

    /// Whether any alleles that nobody shows can be counted as one without changing a likelihood: the mutation between
    /// classes must not depend on the member of the class (Kemeny & Snell 1960, strong lumpability). It holds for no
    /// mutation, `equal` and `proportional`.
    pub fn is_lumpable(&self) -> bool {
        self.lumpable
    }

    /// The matrix between classes of alleles. `class` gives the class of each allele; classes are numbered from 0 and have
    /// at least one member each. Exact only as [`Self::is_lumpable`] says.
    pub(crate) fn lumped(&self, class: &[usize], classes: usize) -> Self {
        let mut values = vec![0.0; classes * classes];
        let mut done = vec![false; classes];
        for (from, &row) in class.iter().enumerate() {
            if std::mem::replace(&mut done[row], true) {
                continue;
            }
            for (to, &column) in class.iter().enumerate() {
                values[row * classes + column] += self.at(from, to);
            }
        }
        Self {
            size: classes,
            values,
            identity: self.identity,
            lumpable: self.lumpable,
        }
    }
}

fn check_numbers(model: &MutationModel) -> Result<()> {
    let rate_is_one = |rate: f64| within("the mutation rate", rate, 0.0, 1.0);
    match *model {
        MutationModel::None | MutationModel::Custom(_) => Ok(()),
        MutationModel::Equal { rate } | MutationModel::Proportional { rate } => rate_is_one(rate),
        MutationModel::Stepwise { rate, rate2, range } => {
            rate_is_one(rate)?;
            within("the rate of fractional mutation", rate2, 0.0, 1.0 - rate)?;
            within("the mutation range", range, f64::MIN_POSITIVE, 1.0)
        }
        MutationModel::StepwiseByOrder { rate, range }
        | MutationModel::StepwiseStationary { rate, range } => {
            rate_is_one(rate)?;
            within("the mutation range", range, f64::MIN_POSITIVE, 1.0)
        }
    }
}

fn stepwise(block: &mut [f64], sizes: &[u32], rate: f64, rate2: f64, range: f64) {
    let seen = sizes.len();
    for (from, row) in block.chunks_exact_mut(seen).enumerate() {
        let same = |to: usize| sizes[to] % 10 == sizes[from] % 10;
        let group = (0..seen).filter(|to| same(*to)).count();
        let (mut whole, mut leaves) = (0.0, 0.0);
        // Steps are counted from the nearest, so that a small range cannot make all weights vanish.
        let nearest = (0..seen)
            .filter(|to| *to != from && same(*to))
            .map(|to| sizes[to].abs_diff(sizes[from]) / 10)
            .min();
        for to in (0..seen).filter(|to| *to != from) {
            row[to] = if same(to) {
                let steps = sizes[to].abs_diff(sizes[from]) / 10 - nearest.unwrap_or(0);
                range.powi(i32::try_from(steps).unwrap_or(i32::MAX))
            } else {
                rate2 / count(seen - group)
            };
            if same(to) {
                whole += row[to];
            }
        }
        if group > 1 {
            for to in (0..seen).filter(|to| *to != from && same(*to)) {
                row[to] *= rate / whole;
            }
            leaves += rate;
        }
        if group < seen {
            leaves += rate2;
        }
        row[from] = 1.0 - leaves;
    }
}

/// `range` to the power of the distance in the list, with nothing on the diagonal.
fn by_order(block: &mut [f64], seen: usize, range: f64) {
    for (from, row) in block.chunks_exact_mut(seen).enumerate() {
        for (to, value) in row.iter_mut().enumerate() {
            let steps = i32::try_from(from.abs_diff(to)).unwrap_or(i32::MAX);
            *value = if steps == 0 {
                0.0
            } else {
                range.powi(steps - 1)
            };
        }
    }
}

fn set_diagonal(values: &mut [f64], size: usize, value: impl Fn(usize) -> f64) {
    for at in 0..size {
        values[at * size + at] = value(at);
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of alleles are small")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::locus::Kind;

    fn locus(alleles: &[(&str, f64)]) -> Locus {
        let alleles: Vec<_> = alleles
            .iter()
            .map(|(label, one)| ((*label).to_owned(), *one))
            .collect();
        Locus::new("L", Kind::Autosomal, &alleles).unwrap()
    }

    #[test]
    fn stepwise_separates_whole_repeats_from_microvariants() {
        let locus = locus(&[("8", 0.2), ("9", 0.3), ("9.3", 0.4), ("11", 0.1)]);
        let matrix = Matrix::of(
            &locus,
            &MutationModel::Stepwise {
                rate: 0.002,
                rate2: 1e-6,
                range: 0.1,
            },
        )
        .unwrap();
        // From 8 to 9 one step (0.1), to 11 three steps (0.001).
        assert!((matrix.at(0, 1) - 0.002 * 0.1 / 0.101).abs() < 1e-18);
        assert!((matrix.at(0, 3) - 0.002 * 0.001 / 0.101).abs() < 1e-18);
        assert_eq!(matrix.at(0, 2), 1e-6);
        // 9.3 has no other of its group.
        assert_eq!(matrix.at(2, 2), 1.0 - 1e-6);
        assert!((matrix.at(2, 0) - 1e-6 / 3.0).abs() < 1e-20);
    }

    #[test]
    fn stationary_models_keep_the_frequencies() {
        let locus = locus(&[("8", 0.2), ("9", 0.3), ("9.3", 0.4), ("11", 0.1)]);
        for model in [
            MutationModel::Proportional { rate: 0.01 },
            MutationModel::StepwiseStationary {
                rate: 0.01,
                range: 0.5,
            },
        ] {
            let matrix = Matrix::of(&locus, &model).unwrap();
            let mut mutates = 0.0;
            for to in 0..4 {
                let after: f64 = (0..4)
                    .map(|from| locus.frequencies()[from] * matrix.at(from, to))
                    .sum();
                assert!((after - locus.frequencies()[to]).abs() < 1e-15, "{model:?}");
                mutates += locus.frequencies()[to] * (1.0 - matrix.at(to, to));
            }
            assert!((mutates - 0.01).abs() < 1e-15, "{model:?}");
        }
    }

    #[test]
    fn the_silent_allele_stays_silent() {
        let locus = locus(&[("8", 0.5), ("9", 0.5)])
            .with_silent(0.02, true)
            .unwrap();
        for model in [
            MutationModel::Equal { rate: 0.01 },
            MutationModel::Proportional { rate: 0.01 },
        ] {
            let matrix = Matrix::of(&locus, &model).unwrap();
            assert_eq!(matrix.row(2), [0.0, 0.0, 1.0]);
            assert_eq!(matrix.at(0, 2), 0.0);
        }
    }

    #[test]
    fn a_model_that_is_no_probability_is_refused() {
        let locus = locus(&[("8", 0.999), ("9", 0.001)]);
        assert!(
            Matrix::of(
                &locus,
                &MutationModel::StepwiseStationary {
                    rate: 0.5,
                    range: 0.5
                }
            )
            .is_err()
        );
        assert!(Matrix::of(&locus, &MutationModel::Equal { rate: f64::NAN }).is_err());
        assert!(Matrix::of(&locus, &MutationModel::Custom(vec![1.0])).is_err());
    }
}
