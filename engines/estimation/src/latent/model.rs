//! The posterior of the latent class model with everything integrated out that can be: who belongs to which class, how
//! many were never listed, and the concentration of the stick-breaking prior.
//!
//! What is left are the list probabilities and the sticks, on the logit scale. Their density and its gradient cost
//! O(patterns × classes).

use rand::Rng;

use crate::{CaptureTable, random};

/// The data and prior of one latent class model, with the order of its parameters.
///
/// A point is a slice of `dimension()` numbers: first the logits of the sticks `V_1 … V_{K-1}`, then, list by list, the
/// logits of the `K` classes' probabilities to be on that list.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// Number of lists, J.
    pub(super) lists: usize,
    /// Number of classes, K.
    pub(super) classes: usize,
    /// Shape of the gamma prior on the concentration.
    pub(super) shape: f64,
    /// Rate of the gamma prior on the concentration.
    pub(super) rate: f64,
    /// How many people were observed, n.
    pub(super) observed: f64,
    /// Observed patterns in rising order, with how many people have each.
    pub(super) cells: Vec<Cell>,
    /// The distinct lower and upper halves of the observed patterns.
    halves: [Half; 2],
}

/// One observed pattern.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) pattern: u32,
    pub(super) count: u64,
    /// Where its two halves stand.
    halves: [usize; 2],
}

/// Half of the lists, with the combinations of them that occur. A pattern's probability in a class is the product of two
/// halves: with it, many patterns cost one product each however many lists there are.
#[derive(Debug, Clone)]
struct Half {
    /// Its first list and the list after its last.
    lists: std::ops::Range<usize>,
    /// Distinct combinations, first list at bit 0. The first is always the empty one.
    patterns: Vec<u32>,
}

/// What a point implies, and room to compute it without allocating.
#[derive(Debug, Clone)]
pub(super) struct Workspace {
    /// Probabilities `V_k` of the sticks; the last is 1.
    sticks: Vec<f64>,
    /// `1 - V_k`.
    rests: Vec<f64>,
    /// Class weights.
    pub(super) weights: Vec<f64>,
    /// List probabilities by list and class, and their complements.
    on: Vec<f64>,
    off: Vec<f64>,
    /// Products over each half of the lists, by combination and class.
    products: [Vec<f64>; 2],
    /// Expected memberships summed over the patterns that share a half.
    shares: [Vec<f64>; 2],
    /// Expected members of each class.
    members: Vec<f64>,
    /// Probabilities of one pattern by class.
    joint: Vec<f64>,
    /// The probability that a person is on some list, `1 - p_0`.
    pub(super) listed: f64,
}

impl Model {
    pub(super) fn new(table: &CaptureTable, classes: usize, shape: f64, rate: f64) -> Self {
        let lists = table.lists();
        let middle = lists / 2;
        let mut halves = [0..middle, middle..lists].map(|lists| Half {
            lists,
            patterns: vec![0],
        });
        let mut cells = Vec::new();
        for (pattern, count) in table.patterns() {
            let parts = [pattern & ((1 << middle) - 1), pattern >> middle];
            let mut places = [0; 2];
            for ((half, part), place) in halves.iter_mut().zip(parts).zip(&mut places) {
                *place = half
                    .patterns
                    .iter()
                    .position(|&p| p == part)
                    .unwrap_or(half.patterns.len());
                if *place == half.patterns.len() {
                    half.patterns.push(part);
                }
            }
            cells.push(Cell {
                pattern,
                count,
                halves: places,
            });
        }
        Self {
            lists,
            classes,
            shape,
            rate,
            observed: table.observed() as f64,
            cells,
            halves,
        }
    }

    /// How many numbers a point has.
    pub(super) fn dimension(&self) -> usize {
        self.classes - 1 + self.classes * self.lists
    }

    pub(super) fn workspace(&self) -> Workspace {
        let k = self.classes;
        let tables = || [0, 1].map(|half: usize| vec![0.0; self.halves[half].patterns.len() * k]);
        Workspace {
            sticks: vec![1.0; k],
            rests: vec![0.0; k],
            weights: vec![0.0; k],
            on: vec![0.0; k * self.lists],
            off: vec![0.0; k * self.lists],
            products: tables(),
            shares: tables(),
            members: vec![0.0; k],
            joint: vec![0.0; k],
            listed: 0.0,
        }
    }

    /// Draws the concentration given the sticks: a gamma number with `K - 1` more in its shape and the length of the broken
    /// sticks more in its rate.
    pub(super) fn concentration(&self, point: &[f64], rng: &mut impl Rng) -> f64 {
        let sticks = &point[..self.classes - 1];
        let broken: f64 = sticks.iter().map(|&logit| softplus(logit)).sum();
        (random::ln_gamma_draw(rng, self.shape + sticks.len() as f64) - (self.rate + broken).ln())
            .exp()
    }

    /// The probability of one observed pattern (or of none) together with each class.
    pub(super) fn joint(&self, cell: Option<&Cell>, room: &Workspace, out: &mut [f64]) {
        let k = self.classes;
        let [a, b] = cell.map_or([0, 0], |cell| cell.halves);
        let (left, right) = (&room.products[0][a * k..], &room.products[1][b * k..]);
        for ((out, x), y) in out.iter_mut().zip(left).zip(right) {
            *out = x * y;
        }
    }

    /// Computes probabilities from a point.
    pub(super) fn expand(&self, point: &[f64], room: &mut Workspace) {
        let k = self.classes;
        let (sticks, logits) = point.split_at(k - 1);
        let mut left = 1.0;
        for (class, &logit) in sticks.iter().enumerate() {
            let (stick, rest) = logistic(logit);
            room.sticks[class] = stick;
            room.rests[class] = rest;
            room.weights[class] = left * stick;
            left *= rest;
        }
        room.weights[k - 1] = left;
        for ((&logit, on), off) in logits.iter().zip(&mut room.on).zip(&mut room.off) {
            (*on, *off) = logistic(logit);
        }
        for (half, products) in self.halves.iter().zip(&mut room.products) {
            for (&pattern, row) in half.patterns.iter().zip(products.chunks_exact_mut(k)) {
                row.fill(1.0);
                for (bit, list) in half.lists.clone().enumerate() {
                    let side = if pattern >> bit & 1 == 1 {
                        &room.on
                    } else {
                        &room.off
                    };
                    for (product, p) in row.iter_mut().zip(&side[list * k..(list + 1) * k]) {
                        *product *= p;
                    }
                }
            }
        }
        // Without cancellation, however small the probabilities: each list adds to whom the ones before it have not.
        let some = &mut room.joint;
        some.fill(0.0);
        for on in room.on.chunks_exact(k) {
            for (some, p) in some.iter_mut().zip(on) {
                *some += (1.0 - *some) * p;
            }
        }
        room.listed = some
            .iter()
            .zip(&room.weights)
            .map(|(some, w)| some * w)
            .sum();
        // The weight belongs to every pattern: put it into one of the halves.
        for row in room.products[1].chunks_exact_mut(k) {
            for (product, w) in row.iter_mut().zip(&room.weights) {
                *product *= w;
            }
        }
    }

    /// The log density at the point that the workspace was expanded from, up to a constant.
    ///
    /// Summed over memberships and over `p(N) ∝ 1/N`, the likelihood is that of the patterns of the people who were
    /// observed: `∏ p_c^{n_c} / (1 - p_0)^n`.
    pub(super) fn log_density(&self, point: &[f64], room: &Workspace) -> f64 {
        let k = self.classes;
        let mut sum = -self.observed * room.listed.ln();
        for cell in &self.cells {
            let [a, b] = cell.halves;
            let left = &room.products[0][a * k..(a + 1) * k];
            let right = &room.products[1][b * k..(b + 1) * k];
            let p: f64 = left.iter().zip(right).map(|(x, y)| x * y).sum();
            sum += cell.count as f64 * p.ln();
        }
        let (sticks, logits) = point.split_at(k - 1);
        let mut broken = 0.0;
        for &logit in sticks {
            let rest = softplus(logit);
            broken += rest;
            sum += logit - rest;
        }
        sum -= (self.shape + (k - 1) as f64) * (self.rate + broken).ln();
        sum + logits.iter().map(|&x| x - 2.0 * softplus(x)).sum::<f64>()
    }

    /// The gradient of the log density at the point that the workspace was expanded from. `pull` is added to the
    /// derivative by the log weight of each class.
    pub(super) fn gradient(
        &self,
        point: &[f64],
        room: &mut Workspace,
        pull: &[f64],
        gradient: &mut [f64],
    ) {
        let k = self.classes;
        let Workspace {
            products,
            shares,
            joint,
            members,
            ..
        } = room;
        shares.iter_mut().for_each(|table| table.fill(0.0));
        for cell in &self.cells {
            let [a, b] = cell.halves;
            let left = &products[0][a * k..(a + 1) * k];
            let right = &products[1][b * k..(b + 1) * k];
            let mut p = 0.0;
            for ((joint, x), y) in joint.iter_mut().zip(left).zip(right) {
                *joint = x * y;
                p += *joint;
            }
            let scale = cell.count as f64 / p;
            let (first, second) = shares.split_at_mut(1);
            let first = &mut first[0][a * k..(a + 1) * k];
            let second = &mut second[0][b * k..(b + 1) * k];
            for ((joint, first), second) in joint.iter().zip(first).zip(second) {
                let share = joint * scale;
                *first += share;
                *second += share;
            }
        }
        // The people whom no list has: as many as expected.
        let scale = self.observed / room.listed;
        for class in 0..k {
            let share = products[0][class] * products[1][class] * scale;
            shares[0][class] += share;
            shares[1][class] += share;
        }
        members.fill(0.0);
        for row in shares[0].chunks_exact(k) {
            for (sum, share) in members.iter_mut().zip(row) {
                *sum += share;
            }
        }
        let (sticks, logits) = gradient.split_at_mut(k - 1);
        for (half, shares) in self.halves.iter().zip(&*shares) {
            for (bit, list) in half.lists.clone().enumerate() {
                let out = &mut logits[list * k..(list + 1) * k];
                let on = &room.on[list * k..(list + 1) * k];
                for (((out, p), all), off) in out
                    .iter_mut()
                    .zip(on)
                    .zip(&*members)
                    .zip(&room.off[list * k..])
                {
                    *out = off - p - p * all;
                }
                for (&pattern, row) in half.patterns.iter().zip(shares.chunks_exact(k)) {
                    if pattern >> bit & 1 == 1 {
                        for (out, share) in out.iter_mut().zip(row) {
                            *out += share;
                        }
                    }
                }
            }
        }
        // The last weight is the product of all rests; where it is too small to be told from 0, its logarithm is summed.
        let last = room.weights[k - 1];
        let broken = if last > 1e-250 {
            -last.ln()
        } else {
            point[..k - 1].iter().map(|&logit| softplus(logit)).sum()
        };
        let concentration = (self.shape + (k - 1) as f64) / (self.rate + broken);
        let mut after = members[k - 1] + pull[k - 1];
        for class in (0..k - 1).rev() {
            let here = members[class] + pull[class];
            after += here;
            sticks[class] = here + room.rests[class] - room.sticks[class] * (after + concentration);
        }
    }
}

/// `1 / (1 + e^{-x})` and its complement, each exact to the last digits.
#[inline]
fn logistic(x: f64) -> (f64, f64) {
    let small = exp_negative(-x.abs());
    let large = 1.0 / (1.0 + small);
    if x >= 0.0 {
        (large, small * large)
    } else {
        (small * large, large)
    }
}

/// `e^x` for `x` at or below 0, without branches, so that many are computed at once; below -708 as at -708.
#[inline]
fn exp_negative(x: f64) -> f64 {
    const ROUND: f64 = 6_755_399_441_055_744.0; // 1.5 × 2^52: adding it rounds to a whole number, kept in the lowest bits
    const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let x = if x < -708.0 { -708.0 } else { x };
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let r = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
    // Taylor's polynomial on |r| ≤ ln(2)/2: the first term left out is below 2e-16 of the sum.
    const TERMS: [f64; 13] = [
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ];
    let mut sum = TERMS[0];
    for term in &TERMS[1..] {
        sum = sum * r + term;
    }
    let power = f64::from_bits((shifted.to_bits().wrapping_add(1023)) << 52);
    sum * power
}

/// `ln(1 + e^x)`.
pub(super) fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}
