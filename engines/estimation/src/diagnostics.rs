//! Whether chains have converged, and how many independent draws they are worth.
//!
//! Sources: Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021, *Rank-normalization, folding, and localization: an improved
//! R̂ for assessing convergence of MCMC*; Geyer 1992 for the initial monotone sequence; Wichura 1988 (AS 241) for the
//! normal quantile.

/// What the chains of one quantity say about themselves.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Convergence {
    /// The larger of the rank-normalised split R̂ of the draws and of their distances from the median. Below 1.01 is good.
    pub r_hat: f64,
    /// Effective draws for the middle of the distribution.
    pub bulk: f64,
    /// The smaller number of effective draws of the 5 % and 95 % quantiles.
    pub tail: f64,
}

impl Convergence {
    /// Of several chains of the same length. With fewer than four draws in a chain, or draws that are all equal or not
    /// finite, nothing can be said: `r_hat` is infinite and the effective numbers are 0.
    #[must_use]
    pub fn of(chains: &[&[f64]]) -> Self {
        let halves = split(chains);
        let draws = halves.first().map_or(0, |half| half.len());
        let all: Vec<f64> = halves
            .iter()
            .flat_map(|half| half.iter().copied())
            .collect();
        let constant = all.windows(2).all(|pair| pair[0] == pair[1]);
        if draws < 2 || constant || all.iter().any(|x| !x.is_finite()) {
            return Self {
                r_hat: f64::INFINITY,
                bulk: 0.0,
                tail: 0.0,
            };
        }
        let mut sorted = all.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let quantile = |p: f64| quantile(&sorted, p);
        let median = quantile(0.5);
        let folded: Vec<f64> = all.iter().map(|x| (x - median).abs()).collect();
        let ranked = normal_ranks(&all);
        let spread = r_hat(&normal_ranks(&folded), draws);
        let (low, high) = (quantile(0.05), quantile(0.95));
        let below = |limit: f64| {
            effective_draws(
                &all.iter()
                    .map(|&x| f64::from(u8::from(x <= limit)))
                    .collect::<Vec<_>>(),
                draws,
            )
        };
        Self {
            r_hat: r_hat(&ranked, draws).max(spread),
            bulk: effective_draws(&ranked, draws),
            tail: below(low).min(below(high)),
        }
    }
}

/// The halves of all chains, all of one length; the middle draw of an odd number is left out.
fn split<'c>(chains: &[&'c [f64]]) -> Vec<&'c [f64]> {
    let draws = chains.iter().map(|chain| chain.len()).min().unwrap_or(0);
    let half = draws / 2;
    chains
        .iter()
        .flat_map(|chain| [&chain[..half], &chain[draws - half..draws]])
        .collect()
}

/// The quantile of sorted numbers, interpolated (type 7 of Hyndman & Fan 1996).
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let place = p * (sorted.len() - 1) as f64;
    let (low, part) = (place.floor() as usize, place.fract());
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + part * (sorted[high] - sorted[low])
}

/// Each number replaced by the normal quantile of its rank, ties by their mean rank (Blom 1958).
fn normal_ranks(all: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_unstable_by(|&a, &b| all[a].total_cmp(&all[b]));
    let mut out = vec![0.0; all.len()];
    let mut before = 0;
    for same in order.chunk_by(|&a, &b| all[a] == all[b]) {
        let rank = before as f64 + (same.len() + 1) as f64 / 2.0;
        let score = normal_quantile((rank - 0.375) / (all.len() as f64 + 0.25));
        same.iter().for_each(|&place| out[place] = score);
        before += same.len();
    }
    out
}

/// Mean and variance (divided by one less than the number).
fn moments(draws: &[f64]) -> (f64, f64) {
    let mean = draws.iter().sum::<f64>() / draws.len() as f64;
    let squares: f64 = draws.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, squares / (draws.len() as f64 - 1.0))
}

/// Variance within chains and the estimate of the whole variance from within and between.
fn variances(all: &[f64], draws: usize) -> (f64, f64) {
    let (means, within): (Vec<f64>, Vec<f64>) = all.chunks_exact(draws).map(moments).unzip();
    let within = within.iter().sum::<f64>() / within.len() as f64;
    let between = if means.len() > 1 {
        moments(&means).1
    } else {
        0.0
    };
    (
        within,
        within * (draws as f64 - 1.0) / draws as f64 + between,
    )
}

fn r_hat(all: &[f64], draws: usize) -> f64 {
    let (within, whole) = variances(all, draws);
    if within > 0.0 {
        (whole / within).sqrt()
    } else {
        f64::INFINITY
    }
}

/// Effective draws of chains that stand one after the other, `draws` each.
fn effective_draws(all: &[f64], draws: usize) -> f64 {
    let chains: Vec<&[f64]> = all.chunks_exact(draws).collect();
    let (within, whole) = variances(all, draws);
    if whole <= 0.0 {
        return 0.0;
    }
    let means: Vec<f64> = chains.iter().map(|chain| moments(chain).0).collect();
    let correlation = |lag: usize| {
        let covariance: f64 = chains
            .iter()
            .zip(&means)
            .map(|(chain, mean)| autocovariance(chain, *mean, lag))
            .sum();
        // The mean autocovariance, with the same divisor as the variance within.
        1.0 - (within - covariance / chains.len() as f64 * draws as f64 / (draws as f64 - 1.0))
            / whole
    };
    // Sums of neighbouring correlations are positive and fall (Geyer); where they do not, noise begins.
    let mut sum = 0.0;
    let mut least = f64::INFINITY;
    let mut lag = 0;
    while lag + 1 < draws {
        let even = if lag == 0 { 1.0 } else { correlation(lag) };
        let pair = even + correlation(lag + 1);
        if pair <= 0.0 || pair.is_nan() {
            break;
        }
        least = least.min(pair);
        sum += least;
        lag += 2;
    }
    let total = (chains.len() * draws) as f64;
    let time = (2.0 * sum - 1.0).max(1.0 / total.log10().max(1.0));
    total / time
}

/// The autocovariance at one lag, divided by the number of draws.
fn autocovariance(draws: &[f64], mean: f64, lag: usize) -> f64 {
    draws
        .iter()
        .zip(&draws[lag..])
        .map(|(x, y)| (x - mean) * (y - mean))
        .sum::<f64>()
        / draws.len() as f64
}

/// The autocorrelation of one chain at lags from 0 to `lags`.
#[must_use]
pub fn autocorrelation(draws: &[f64], lags: usize) -> Vec<f64> {
    if draws.len() < 2 {
        return Vec::new();
    }
    let mean = moments(draws).0;
    let variance = autocovariance(draws, mean, 0);
    let share = |lag| {
        if variance > 0.0 {
            autocovariance(draws, mean, lag) / variance
        } else {
            0.0
        }
    };
    (0..=lags.min(draws.len() - 1)).map(share).collect()
}

/// The standard normal distribution function.
#[must_use]
pub fn normal_distribution(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The standard normal quantile (Wichura 1988, algorithm AS 241, accurate to 1e-15). Not a number outside 0 to 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.425 * 0.425 - q * q;
        return q * ratio(&CENTRE, r);
    }
    // The distance from the nearer end, without the rounding of 1 - p where p is small.
    let r = (-p.min(1.0 - p).ln()).sqrt();
    let x = if r <= 5.0 {
        ratio(&FLANK, r - 1.6)
    } else if r.is_finite() {
        ratio(&TAIL, r - 5.0)
    } else {
        r
    };
    if q < 0.0 { -x } else { x }
}

/// The quotient of two polynomials, each with its highest coefficient first.
fn ratio([above, below]: &[[f64; 8]; 2], r: f64) -> f64 {
    let value = |terms: &[f64; 8]| terms.iter().fold(0.0, |sum, term| sum * r + term);
    value(above) / value(below)
}

/// Coefficients for probabilities from 0.075 to 0.925.
const CENTRE: [[f64; 8]; 2] = [
    [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_4,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_854,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
];

/// Coefficients down to 1.4e-11 from either end.
const FLANK: [[f64; 8]; 2] = [
    [
        7.745_450_142_783_414e-4,
        0.022_723_844_989_269_184,
        0.241_780_725_177_450_6,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        0.015_198_666_563_616_457,
        0.148_103_976_427_480_08,
        0.689_767_334_985_1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
];

/// Coefficients beyond that.
const TAIL: [[f64; 8]; 2] = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        0.001_242_660_947_388_078_4,
        0.026_532_189_526_576_124,
        0.296_560_571_828_504_87,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        0.014_875_361_290_850_615,
        0.136_929_880_922_735_8,
        0.599_832_206_555_888,
        1.0,
    ],
];
