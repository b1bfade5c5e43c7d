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

/// The standard normal quantile (Wichura 1988, algorithm AS 241, accurate to 1e-15).
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q
            * (((((((r * 2509.0809287301226727 + 33430.575583588128105) * r
                + 67265.770927008700853)
                * r
                + 45921.953931549871457)
                * r
                + 13731.693765509461125)
                * r
                + 1971.5909503065514427)
                * r
                + 133.14166789178437745)
                * r
                + 3.387132872796366608)
            / (((((((r * 5226.495278852545925 + 28729.085735721942674) * r
                + 39307.89580009271061)
                * r
                + 21213.794301586595867)
                * r
                + 5394.1960214247511077)
                * r
                + 687.1870074920579083)
                * r
                + 42.313330701600911252)
                * r
                + 1.0);
    }
    let mut r = (-(p.min(1.0 - p)).ln()).sqrt();
    let x = if r <= 5.0 {
        r -= 1.6;
        (((((((r * 7.7454501427834140764e-4 + 0.0227238449892691845833) * r
            + 0.24178072517745061177)
            * r
            + 1.27045825245236838258)
            * r
            + 3.64784832476320460504)
            * r
            + 5.7694972214606914055)
            * r
            + 4.6303378461565452959)
            * r
            + 1.42343711074968357734)
            / (((((((r * 1.05075007164441684324e-9 + 5.475938084995344946e-4) * r
                + 0.0151986665636164571966)
                * r
                + 0.14810397642748007459)
                * r
                + 0.68976733498510000455)
                * r
                + 1.6763848301838038494)
                * r
                + 2.05319162663775882187)
                * r
                + 1.0)
    } else {
        r -= 5.0;
        (((((((r * 2.01033439929228813265e-7 + 2.71155556874348757815e-5) * r
            + 0.0012426609473880784386)
            * r
            + 0.026532189526576123093)
            * r
            + 0.29656057182850489123)
            * r
            + 1.7848265399172913358)
            * r
            + 5.4637849111641143699)
            * r
            + 6.6579046435011037772)
            / (((((((r * 2.04426310338993978564e-15 + 1.4215117583164458887e-7) * r
                + 1.8463183175100546818e-5)
                * r
                + 7.868691311456132591e-4)
                * r
                + 0.0148753612908506148525)
                * r
                + 0.13692988092273580531)
                * r
                + 0.59983220655588793769)
                * r
                + 1.0)
    };
    if q < 0.0 { -x } else { x }
}
