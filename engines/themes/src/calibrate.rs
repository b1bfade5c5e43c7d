//! From scores to decisions and probabilities.

use std::collections::BTreeMap;

use rayon::prelude::*;

/// How many labelled texts the other labels' experience counts for: a label with fewer is held close to them.
const PRIOR: f64 = 500.0;

/// How many places for scores there are between 0 and 1 where close ones are taken as one.
const CLOSE: f32 = 100.0;

/// What a label makes of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calibration {
    /// The label is chosen from this score on.
    pub(crate) threshold: f32,
    /// The probability is 1 / (1 + exp(-(slope · score + offset))).
    pub(crate) slope: f32,
    pub(crate) offset: f32,
}

/// The scores of a label for texts that were not learned from, with how often each counts and whether it has the label.
pub(crate) struct Scored {
    pub(crate) all: Vec<(f32, f32, bool)>,
}

/// Thresholds that are tried.
fn grid() -> impl Iterator<Item = f32> {
    (-60..=30_i8).map(|n| f32::from(n) / 50.0)
}

/// True and false positives from each threshold on, and all positives.
fn counts(scored: &Scored) -> (Vec<(f64, f64)>, f64) {
    let mut sorted = scored.all.clone();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = sorted.iter().filter(|s| s.2).map(|s| f64::from(s.1)).sum();
    let (mut found, mut right, mut wrong) = (0, 0.0, 0.0);
    let mut thresholds: Vec<f32> = grid().collect();
    thresholds.reverse();
    let mut all: Vec<(f64, f64)> = thresholds
        .into_iter()
        .map(|threshold| {
            while let Some((score, times, has)) = sorted.get(found) {
                if *score < threshold {
                    break;
                }
                if *has {
                    right += f64::from(*times);
                } else {
                    wrong += f64::from(*times);
                }
                found += 1;
            }
            (right, wrong)
        })
        .collect();
    all.reverse();
    (all, positives)
}

/// The calibration of each label.
pub(crate) fn calibrate(labels: &[Scored]) -> Vec<Calibration> {
    let own: Vec<_> = labels.par_iter().map(counts).collect();
    let steps = grid().count();
    let mut pooled = vec![(0.0, 0.0); steps];
    let mut positives = 0.0;
    for (counts, of) in &own {
        positives += of;
        for (sum, (right, wrong)) in pooled.iter_mut().zip(counts) {
            sum.0 += right;
            sum.1 += wrong;
        }
    }
    let share = if positives > 0.0 {
        PRIOR / positives
    } else {
        0.0
    };
    // All labels together are many scores: those that are close are taken as one.
    let mut close: BTreeMap<(i32, bool), f64> = BTreeMap::new();
    for (score, times, has) in labels.iter().flat_map(|scored| &scored.all) {
        let place = (score * CLOSE).round() as i32;
        *close.entry((place, *has)).or_default() += f64::from(*times);
    }
    let whole: Vec<(f64, f64, bool)> = close
        .into_iter()
        .map(|((place, has), times)| (f64::from(place) / f64::from(CLOSE), times, has))
        .collect();
    let general = sigmoid(&whole, (2.0, 0.0), 1e-3);
    labels
        .par_iter()
        .zip(&own)
        .map(|(scored, (counts, of))| {
            let tried: Vec<(f32, f64)> = grid()
                .zip(counts)
                .zip(&pooled)
                .map(|((threshold, (right, wrong)), (pr, pw))| {
                    let (right, wrong) = (right + share * pr, wrong + share * pw);
                    let whole = right + wrong + of + share * positives;
                    (threshold, 2.0 * right / whole.max(1e-9))
                })
                .collect();
            let own: Vec<(f64, f64, bool)> = scored
                .all
                .iter()
                .map(|(score, times, has)| (f64::from(*score), f64::from(*times), *has))
                .collect();
            let (slope, offset) = sigmoid(&own, general, 4.0);
            Calibration {
                threshold: best(&tried),
                slope: slope as f32,
                offset: offset as f32,
            }
        })
        .collect()
}

/// The threshold of the largest F1; of several that are as good, the middle one, farthest from both sides.
fn best(tried: &[(f32, f64)]) -> f32 {
    let most = tried.iter().fold(f64::MIN, |most, (_, f1)| most.max(*f1));
    let good: Vec<f32> = tried
        .iter()
        .skip_while(|(_, f1)| *f1 < most - 1e-9)
        .take_while(|(_, f1)| *f1 >= most - 1e-9)
        .map(|(threshold, _)| *threshold)
        .collect();
    good.get(good.len() / 2).copied().unwrap_or(0.0)
}

/// Logistic regression of the label on the score by Newton's method, with a Gaussian prior of the given precision.
fn sigmoid(scored: &[(f64, f64, bool)], prior: (f64, f64), precision: f64) -> (f64, f64) {
    let (mut a, mut b) = prior;
    for _ in 0..30 {
        let (mut ga, mut gb) = (precision * (a - prior.0), precision * (b - prior.1));
        let (mut haa, mut hab, mut hbb) = (precision, 0.0, precision);
        for (score, times, has) in scored {
            let p = 1.0 / (1.0 + (-(a * score + b)).exp());
            let error = times * (p - f64::from(u8::from(*has)));
            let weight = times * p * (1.0 - p);
            ga += error * score;
            gb += error;
            haa += weight * score * score;
            hab += weight * score;
            hbb += weight;
        }
        let determinant = haa * hbb - hab * hab;
        if determinant <= 1e-12 {
            break;
        }
        let (da, db) = (
            (hbb * ga - hab * gb) / determinant,
            (haa * gb - hab * ga) / determinant,
        );
        // A step that is too long is cut, so that far scores do not throw it off.
        let cut = (2.0 / (da.abs() + db.abs()).max(1e-12)).min(1.0);
        a -= cut * da;
        b -= cut * db;
        if da.abs() + db.abs() < 1e-6 {
            break;
        }
    }
    // A label never speaks against itself.
    (a.max(0.1), b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(all: &[(f32, bool)]) -> Scored {
        Scored {
            all: all.iter().map(|(s, has)| (*s, 1.0, *has)).collect(),
        }
    }

    #[test]
    fn the_threshold_parts_what_can_be_parted() {
        let label: Vec<(f32, bool)> = (0..400)
            .map(|n| {
                if n % 4 == 0 {
                    (0.1, true)
                } else {
                    (-0.5, false)
                }
            })
            .collect();
        let found = calibrate(&[scored(&label)]);
        assert!((-0.5..=0.1).contains(&found[0].threshold));
    }

    #[test]
    fn probabilities_are_the_shares_seen() {
        // At score 0 a quarter has the label, at score 1 three quarters.
        let label: Vec<(f32, bool)> = (0..4000)
            .map(|n| {
                if n % 2 == 0 {
                    (0.0, n % 8 == 0)
                } else {
                    (1.0, n % 8 != 1)
                }
            })
            .collect();
        let found = calibrate(&[scored(&label)])[0];
        let p = |score: f32| 1.0 / (1.0 + (-(found.slope * score + found.offset)).exp());
        assert!(
            (p(0.0) - 0.25).abs() < 0.01 && (p(1.0) - 0.75).abs() < 0.01,
            "{} {}",
            p(0.0),
            p(1.0)
        );
    }

    #[test]
    fn a_label_with_few_texts_is_held_close_to_the_others() {
        let many: Vec<(f32, bool)> = (0..2000)
            .map(|n| {
                if n % 2 == 0 {
                    (0.2, true)
                } else {
                    (-0.6, false)
                }
            })
            .collect();
        let found = calibrate(&[scored(&many), scored(&[(-0.9, true), (-0.95, false)])]);
        assert!(found[1].threshold > -0.65, "{found:?}");
    }
}
