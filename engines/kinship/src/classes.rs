//! Founders' genes in classes of common descent: the sum over all ways to partition them ([`crate::urn`] says why).

/// The most roots that are not known.
pub(crate) const MOST_ROOTS: usize = 16;

/// The sum over all ways to put roots into classes of common descent, root by root. What the last sum and this one begin
/// with alike is kept. The sum is linear in what the last root says, so that it is kept as a vector over its alleles.
#[derive(Default)]
pub(crate) struct Classes {
    /// What the urn holds of each allele, times theta.
    urn: Vec<f64>,
    /// The roots but for the last, by gene and state.
    roots: Vec<(usize, u64)>,
    /// By allele and set of roots, `x_a Π φ_k(a)`.
    products: Vec<Vec<f64>>,
    /// By set of roots, its weight as a class.
    weights: Vec<f64>,
    /// By set of roots, the sum over its partitions.
    sums: Vec<f64>,
    /// By allele, the sum over all partitions if the last root is this one; empty while it is not known.
    last: Vec<f64>,
}

impl Classes {
    /// How many roots there are, but for the last.
    pub(crate) fn len(&self) -> usize {
        self.roots.len()
    }

    /// Keeps the roots that both begin with, and says how many these are.
    pub(crate) fn keep(&mut self, urn: impl Iterator<Item = f64>, roots: &[(usize, u64)]) -> usize {
        let new: Vec<f64> = urn.collect();
        let mut same = self
            .roots
            .iter()
            .zip(roots)
            .take_while(|(old, new)| old == new)
            .count();
        let other_urn = new != self.urn;
        if other_urn {
            same = 0;
            self.products = new.iter().map(|one| vec![*one]).collect();
            self.urn = new;
        }
        if other_urn || same < self.roots.len() || same < roots.len() {
            self.last.clear();
        }
        self.roots.truncate(same);
        let sets = 1_usize << same;
        self.products.iter_mut().for_each(|row| row.truncate(sets));
        self.weights.resize(sets, 0.0);
        self.sums.resize(sets, 0.0);
        self.sums[0] = 1.0;
        same
    }

    /// Adds a root by what it says of each allele.
    pub(crate) fn add(&mut self, root: (usize, u64), values: &[f64], theta: f64) {
        let sets = 1_usize << self.roots.len();
        let factor = factors(theta);
        self.weights.resize(2 * sets, 0.0);
        let weights = &mut self.weights[sets..];
        for (row, value) in self.products.iter_mut().zip(values) {
            row.extend_from_within(..);
            for (product, weight) in row[sets..].iter_mut().zip(weights.iter_mut()) {
                *product *= value;
                *weight += *product;
            }
        }
        for (set, weight) in weights.iter_mut().enumerate() {
            *weight *= factor[set.count_ones() as usize + 1];
        }
        // The class of the new root is some part of the set with it; what is left is partitioned without it.
        self.sums.resize(2 * sets, 0.0);
        for set in 0..sets {
            let mut part = set;
            let mut sum = 0.0;
            loop {
                sum += self.weights[sets | part] * self.sums[set ^ part];
                if part == 0 {
                    break;
                }
                part = (part - 1) & set;
            }
            self.sums[sets | set] = sum;
        }
        self.roots.push(root);
    }

    /// The sum over all partitions of the roots and one more.
    pub(crate) fn with_last(&mut self, values: &[f64], theta: f64) -> f64 {
        if self.last.is_empty() {
            let all = self.sums.len() - 1;
            let factor = factors(theta);
            // What is left when the last root's class takes a set.
            let left: Vec<f64> = (0..=all)
                .map(|set| factor[set.count_ones() as usize + 1] * self.sums[all ^ set])
                .collect();
            self.last = self
                .products
                .iter()
                .map(|row| row.iter().zip(&left).map(|(one, left)| one * left).sum())
                .collect();
        }
        self.last
            .iter()
            .zip(values)
            .map(|(one, value)| one * value)
            .sum()
    }
}

/// `(b − 1)! θ^(b − 1)` by the number of roots in a class.
fn factors(theta: f64) -> [f64; MOST_ROOTS + 1] {
    let mut factor = [1.0; MOST_ROOTS + 1];
    for at in 2..=MOST_ROOTS {
        factor[at] = factor[at - 1] * float(at - 1) * theta;
    }
    factor
}

#[expect(clippy::cast_precision_loss, reason = "numbers of roots are small")]
pub(crate) fn float(number: usize) -> f64 {
    number as f64
}
