//! Draws that the samplers share, on generators with a fixed stream.

use rand::{Rng, RngExt};
use rand_distr::{Binomial, Distribution, Exp1, Gamma, Poisson, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

/// The most people that a draw can leave unlisted: whole numbers up to here are exact as `f64`.
const MOST_MISSED: f64 = 4.0e15;

/// The generator of one stream out of many with one seed. Streams do not overlap: each begins 2^128 numbers after the
/// one before.
pub(crate) fn stream(seed: u64, stream: usize) -> Xoshiro256PlusPlus {
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
    for _ in 0..stream {
        generator.jump();
    }
    generator
}

/// A number between 0 and 1, never 0.
pub(crate) fn uniform(rng: &mut impl Rng) -> f64 {
    1.0 - rng.random::<f64>()
}

/// A standard normal number.
pub(crate) fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

/// The logarithm of a gamma number with this shape and scale 1; exact where the number itself would be 0.
pub(crate) fn ln_gamma_draw(rng: &mut impl Rng, shape: f64) -> f64 {
    let whole = |shape: f64, rng: &mut _| {
        Gamma::new(shape, 1.0)
            .map_or(f64::MIN_POSITIVE, |gamma| gamma.sample(rng))
            .ln()
    };
    if shape >= 1.0 {
        whole(shape, rng)
    } else {
        // A gamma number of shape a is one of shape a + 1 times a uniform number to the power of 1/a.
        let first: f64 = whole(shape + 1.0, rng);
        let exponential: f64 = Exp1.sample(rng);
        first - exponential / shape
    }
}

/// The logit of a beta number.
pub(crate) fn beta_logit(rng: &mut impl Rng, first: f64, second: f64) -> f64 {
    ln_gamma_draw(rng, first) - ln_gamma_draw(rng, second)
}

/// How often something of probability `p` happens in `trials`.
pub(crate) fn binomial(rng: &mut impl Rng, trials: u64, p: f64) -> u64 {
    if trials == 0 || p <= 0.0 || p.is_nan() {
        0
    } else if p >= 1.0 {
        trials
    } else {
        Binomial::new(trials, p).map_or(0, |binomial| binomial.sample(rng))
    }
}

/// How many are missed until `found` are found, each with probability `p`: negative binomial, as a Poisson number whose
/// mean is a gamma number. No more than [`MOST_MISSED`], which no table of people comes near.
pub(crate) fn missed(rng: &mut impl Rng, found: f64, p: f64) -> u64 {
    let mean = ln_gamma_draw(rng, found).exp() * (1.0 - p).max(0.0) / p;
    let count: f64 = match Poisson::new(mean.min(MOST_MISSED)) {
        Ok(poisson) => poisson.sample(rng),
        Err(_) => 0.0,
    };
    count.min(MOST_MISSED) as u64
}

/// Divides `count` people among classes in proportion to `weights`, by binomials one class after the other.
pub(crate) fn multinomial(rng: &mut impl Rng, count: u64, weights: &[f64], out: &mut [u64]) {
    let mut left = count;
    let mut total: f64 = weights.iter().sum();
    let last = weights.len().saturating_sub(1);
    for (class, (&weight, out)) in weights.iter().zip(out).enumerate() {
        *out = if left == 0 {
            0
        } else if class == last {
            left
        } else {
            binomial(rng, left, weight / total)
        };
        left -= *out;
        total -= weight;
    }
}

/// The logarithm of the sum of two numbers given by theirs.
pub(crate) fn ln_sum(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}
