//! Pairs for people to look at, and what their answers say of all links.
//!
//! Links are dealt into strata by their weight; from each some are drawn by chance, and the answers of a stratum stand for all
//! of it (stratified sampling; Cochran 1977, chapter 5). Precision at a threshold is the share of right links at or above it,
//! recall the share of all right links that is at or above it, of those that were kept at all. Intervals are of 95 %: each
//! stratum's share with Jeffreys' prior, joined by the delta method.
//!
//! Thresholds are every half bit; one within a stratum parts it, as in poststratification (Cochran 1977, chapter 5A).

use crate::{link::Link, random::mixed};

/// Weights in bits at which strata begin, the highest first. 0 is a probability of one half.
const BOUNDS: [f64; 8] = [10.0, 6.0, 3.0, 1.0, 0.0, -1.0, -3.0, f64::NEG_INFINITY];

/// A link that a person is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Its place among the links.
    pub link: usize,
    /// Its stratum, 0 being the surest.
    pub stratum: usize,
}

/// The stratum of a weight.
#[must_use]
pub fn stratum(weight: f64) -> usize {
    BOUNDS
        .iter()
        .position(|bound| weight >= *bound)
        .unwrap_or(BOUNDS.len() - 1)
}

/// Draws links to ask about, about `most` of them: as many from each stratum, those about which the model is least sure
/// first. The same links and seed give the same sample.
#[must_use]
pub fn sample(links: &[Link], most: usize, seed: u64) -> Vec<Asked> {
    let mut strata: Vec<Vec<usize>> = vec![Vec::new(); BOUNDS.len()];
    for (at, link) in links.iter().enumerate() {
        strata[stratum(link.weight)].push(at);
    }
    let filled = strata.iter().filter(|s| !s.is_empty()).count().max(1);
    let each = most.div_ceil(filled);
    let mut all: Vec<Asked> = Vec::new();
    for (stratum, mut of) in strata.into_iter().enumerate() {
        let place = |at: &usize| {
            let link = &links[*at];
            mixed((u64::from(link.left) << 32 | u64::from(link.right)) ^ seed.rotate_left(17))
        };
        of.sort_unstable_by_key(|at| (place(at), *at));
        all.extend(
            of.into_iter()
                .take(each)
                .map(|link| Asked { link, stratum }),
        );
    }
    all.sort_by(|a, b| {
        let unsure = |asked: &Asked| links[asked.link].weight.abs();
        unsure(a).total_cmp(&unsure(b)).then(a.link.cmp(&b.link))
    });
    all
}

/// A share with its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Share {
    /// The estimate, from 0 to 1.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    fn around(value: f64, variance: f64) -> Self {
        let half = 1.959_964 * variance.max(0.0).sqrt();
        Self {
            value,
            low: (value - half).max(0.0),
            high: (value + half).min(1.0),
        }
    }
}

/// Precision and recall at a threshold.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Quality {
    /// Links at or above this weight in bits are taken.
    pub weight: f64,
    /// How many those are.
    pub links: usize,
    /// The share of them that is right.
    pub precision: Share,
    /// The share of all right links, of those that were kept, that is among them.
    pub recall: Share,
}

/// Weights at which quality is said: every half bit from the least that is kept to the surest stratum.
const STEP: f64 = 0.5;
const HIGHEST: f64 = 14.0;
const LOWEST: f64 = -10.0;

/// Links of a stratum, or of the part of it on one side of a threshold: all, asked about, and right of those.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    all: f64,
    asked: f64,
    same: f64,
}

impl Part {
    fn with(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            asked: self.asked + other.asked,
            same: self.same + other.same,
        }
    }

    /// The share that is right by Jeffreys' prior.
    fn share(self) -> f64 {
        (self.same + 0.5) / (self.asked + 1.0)
    }

    /// How many are right and the variance of that number; where little was asked, `like` is what the whole stratum says.
    fn right(self, like: f64) -> (f64, f64) {
        let share = (self.same + like) / (self.asked + 1.0);
        // No share is so sure that few answers leave no doubt.
        let doubt = share.clamp(0.25 / (self.asked + 1.0), 1.0 - 0.25 / (self.asked + 1.0));
        let spread = doubt * (1.0 - doubt) / (self.asked + 2.0);
        let left = if self.all > 0.0 {
            (1.0 - self.asked / self.all).max(0.0)
        } else {
            0.0
        };
        // What was asked is known; only the rest is estimated.
        let rest = (self.all - self.asked).max(0.0);
        (self.same + rest * share, rest * rest * spread * left.sqrt())
    }
}

/// What answers say at every threshold that takes a link, half a bit apart, the highest first. `answers` are links with whether
/// they are of one person; a stratum with links but without answers is supposed to be anything. Within a stratum the answers
/// near a weight count for it, with the whole stratum's share as one answer more.
#[must_use]
pub fn quality(links: &[Link], answers: &[(usize, bool)]) -> Vec<Quality> {
    let steps = ((HIGHEST - LOWEST) / STEP) as usize;
    // Cells from the lowest; a bound of a stratum is a bound of a cell.
    let cell = |weight: f64| -> usize {
        let at = ((weight - LOWEST) / STEP).floor() + 1.0;
        at.clamp(0.0, (steps + 1) as f64) as usize
    };
    let mut cells = vec![Part::default(); steps + 2];
    let mut strata = [Part::default(); BOUNDS.len()];
    let mut lowest = steps + 1;
    for link in links {
        let at = cell(link.weight);
        lowest = lowest.min(at);
        cells[at].all += 1.0;
        strata[stratum(link.weight)].all += 1.0;
    }
    for (at, same) in answers {
        if let Some(link) = links.get(*at) {
            let right = f64::from(u8::from(*same));
            for of in [
                &mut cells[cell(link.weight)],
                &mut strata[stratum(link.weight)],
            ] {
                of.asked += 1.0;
                of.same += right;
            }
        }
    }
    let sum = |from: usize, to: usize| {
        cells[from..to.max(from)]
            .iter()
            .fold(Part::default(), |all, one| all.with(*one))
    };
    let spans: Vec<(usize, usize)> = (0..BOUNDS.len())
        .map(|n| {
            let bound = |n: usize| {
                if BOUNDS[n].is_finite() {
                    cell(BOUNDS[n])
                } else {
                    0
                }
            };
            (bound(n), if n == 0 { cells.len() } else { bound(n - 1) })
        })
        .collect();
    // Right links of each cell, so that those of a stratum are what the whole of it says: then no threshold finds less than a
    // higher one.
    let mut right = vec![0.0; cells.len()];
    for ((from, to), stratum) in spans.iter().zip(&strata) {
        let parts = &cells[*from..*to];
        let of: Vec<f64> = parts.iter().map(|c| c.right(stratum.share()).0).collect();
        let all: f64 = of.iter().sum();
        let scale = if all > 0.0 {
            stratum.right(0.5).0 / all
        } else {
            0.0
        };
        for (into, of) in right[*from..*to].iter_mut().zip(of) {
            *into = of * scale;
        }
    }
    (lowest.max(1)..=steps + 1)
        .rev()
        .filter_map(|threshold| {
            let taken = sum(threshold, cells.len()).all;
            let (mut above_spread, mut below_spread) = (0.0, 0.0);
            for ((from, to), stratum) in spans.iter().zip(&strata) {
                let at = threshold.clamp(*from, *to);
                let like = if at == *from || at == *to {
                    0.5
                } else {
                    stratum.share()
                };
                above_spread += sum(at, *to).right(like).1;
                below_spread += sum(*from, at).right(like).1;
            }
            let above: f64 = right[threshold..].iter().sum();
            let below: f64 = right[..threshold].iter().sum();
            let all = above + below;
            let recall = if all > 0.0 {
                let spread =
                    (below * below * above_spread + above * above * below_spread) / all.powi(4);
                Share::around(above / all, spread)
            } else {
                Share::around(0.0, 1.0)
            };
            (taken > 0.0).then(|| Quality {
                weight: LOWEST + (threshold as f64 - 1.0) * STEP,
                links: taken as usize,
                precision: Share::around(above / taken, above_spread / (taken * taken)),
                recall,
            })
        })
        .collect()
}

/// How far two people agree beyond chance (Cohen 1960), from −1 to 1; nothing where it cannot be said.
#[must_use]
pub fn kappa(both: &[(bool, bool)]) -> Option<f64> {
    let n = both.len() as f64;
    let share =
        |of: &dyn Fn(&(bool, bool)) -> bool| both.iter().filter(|one| of(one)).count() as f64 / n;
    let agreed = share(&|(a, b)| a == b);
    let (one, other) = (share(&|(a, _)| *a), share(&|(_, b)| *b));
    let chance = one * other + (1.0 - one) * (1.0 - other);
    (n > 0.0 && chance < 1.0).then(|| (agreed - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::model::likely;

    /// Links whose truth is as likely as they say.
    fn links(seed: u64) -> (Vec<Link>, Vec<bool>) {
        (0..3_000_u64)
            .map(|n| {
                let at = |salt: u64| {
                    (mixed(n * 7 + salt + seed * 100_000) >> 11) as f64 / (1_u64 << 53) as f64
                };
                let weight = 18.0 * at(1) - 7.0;
                let link = Link {
                    left: n as u32,
                    right: n as u32 + 1,
                    weight,
                    pattern: 0,
                };
                (link, at(2) < likely(weight))
            })
            .unzip()
    }

    #[test]
    fn the_interval_holds_the_truth_in_about_ninety_five_of_a_hundred_samples() {
        let (mut held, mut asked_for) = (0, 0);
        for seed in 0..150 {
            let (links, truth) = links(seed);
            let answers: Vec<(usize, bool)> = sample(&links, 240, seed)
                .into_iter()
                .map(|asked| (asked.link, truth[asked.link]))
                .collect();
            for said in quality(&links, &answers)
                .iter()
                .filter(|q| (-1.0..=3.0).contains(&q.weight))
            {
                let above = |n: usize| links[n].weight >= said.weight;
                let right = (0..links.len()).filter(|n| truth[*n]).count() as f64;
                let found = (0..links.len()).filter(|n| above(*n) && truth[*n]).count() as f64;
                let precision = found / said.links as f64;
                let recall = found / right;
                asked_for += 2;
                held +=
                    usize::from((said.precision.low..=said.precision.high).contains(&precision));
                held += usize::from((said.recall.low..=said.recall.high).contains(&recall));
            }
        }
        let share =
            f64::from(u32::try_from(held).unwrap()) / f64::from(u32::try_from(asked_for).unwrap());
        assert!((0.92..=0.995).contains(&share), "{share}");
    }

    #[test]
    fn the_least_sure_come_first_and_each_stratum_is_asked() {
        let (links, _) = links(1);
        let asked = sample(&links, 80, 7);
        assert_eq!(asked, sample(&links, 80, 7));
        assert!(
            asked
                .windows(2)
                .all(|w| links[w[0].link].weight.abs() <= links[w[1].link].weight.abs())
        );
        assert_eq!(
            (0..8)
                .filter(|s| asked.iter().filter(|a| a.stratum == *s).count() == 10)
                .count(),
            8
        );
    }

    #[test]
    fn agreement_beyond_chance_is_cohens() {
        // Cohen's form: observed 0.7, expected 0.5.
        let both: Vec<(bool, bool)> = [
            (true, true, 20),
            (true, false, 5),
            (false, true, 10),
            (false, false, 15),
        ]
        .iter()
        .flat_map(|(a, b, n)| vec![(*a, *b); *n])
        .collect();
        assert!((kappa(&both).unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(kappa(&[]), None);
        assert!(quality(&[], &[]).iter().all(|q| q.links == 0));
    }
}
