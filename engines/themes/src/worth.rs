//! How much a feature tells of the labels: how far the labels of the texts that have it lie from those of all texts.
//!
//! For a feature and a label, let *q* be the share of all texts that have the label, and *p* the same share of the texts that
//! have the feature, drawn towards *q* as if [`PRIOR`] more texts of the common kind had it. What the feature tells is the
//! sum over the labels of the Kullback–Leibler divergence of *p* from *q*, as a part of what there is to be told, the sum of
//! the labels' entropies. (Weighing features by what they tell of the labels: Debole & Sebastiani 2003, *Supervised term
//! weighting for automated text categorization*, SAC.)

use rayon::prelude::*;

/// How many texts of the common kind a feature is held to stand in besides its own.
const PRIOR: f64 = 5.0;

/// The part below which a feature is left out: little words, and what stands in two or three texts by chance.
const LEAST: f64 = 0.115;

/// What is added to the part, so that what tells little is not as good as nothing beside what tells much; and the power to
/// which the sum is taken.
const MORE: f64 = 0.0145;
const POWER: f64 = 0.7;

/// The texts that have each feature: those of feature `n` from the end of the one before to its own.
pub(crate) struct Columns {
    texts: Vec<u32>,
    ends: Vec<usize>,
}

impl Columns {
    /// From the features of each text, each once; `features` is how many there are.
    pub(crate) fn new(rows: &[Vec<(u32, f32)>], features: usize) -> Self {
        let mut ends = vec![0; features + 1];
        for (feature, _) in rows.iter().flatten() {
            ends[*feature as usize + 1] += 1;
        }
        for at in 0..features {
            ends[at + 1] += ends[at];
        }
        // Each end is where the next text of the feature goes: it begins as the end of the one before, and is right at last.
        let mut texts = vec![0; ends[features]];
        for (text, row) in (0_u32..).zip(rows) {
            for (feature, _) in row {
                let next = &mut ends[*feature as usize];
                texts[*next] = text;
                *next += 1;
            }
        }
        ends.truncate(features);
        Columns { texts, ends }
    }

    /// In how many texts a feature stands.
    pub(crate) fn len(&self, at: usize) -> usize {
        self.column(at).len()
    }

    fn column(&self, at: usize) -> &[u32] {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.texts[from..self.ends[at]]
    }
}

/// The divergence of a share from another; nothing where the other is 0 or 1.
fn divergence(p: f64, q: f64) -> f64 {
    if q <= 0.0 || q >= 1.0 {
        return 0.0;
    }
    let part = |p: f64, q: f64| if p > 0.0 { p * (p / q).ln() } else { 0.0 };
    part(p, q) + part(1.0 - p, 1.0 - q)
}

/// What each feature is worth, from the labels of each text; nothing where it tells too little. Where there is nothing to be
/// told, as when every text has every label, all are worth the same.
pub(crate) fn worths(columns: &Columns, labels: usize, texts: &[&[usize]]) -> Vec<f32> {
    let mut shares = vec![0.0_f64; labels];
    for label in texts.iter().copied().flatten() {
        shares[*label] += 1.0 / texts.len() as f64;
    }
    // The entropy of a share is what the two possible answers diverge from it on the average.
    let whole: f64 = shares
        .iter()
        .map(|q| q * divergence(1.0, *q) + (1.0 - q) * divergence(0.0, *q))
        .sum();
    if whole <= 1e-9 {
        return vec![1.0; columns.ends.len()];
    }
    // What a feature tells that stands in `n` texts, none of which has the label.
    let none = |n: usize, label: usize| {
        let q = shares[label];
        divergence(q * PRIOR / (n as f64 + PRIOR), q)
    };
    let most = (0..columns.ends.len())
        .map(|at| columns.column(at).len())
        .max();
    let nothing: Vec<f64> = (0..=most.unwrap_or(0))
        .into_par_iter()
        .map(|n| (0..labels).map(|label| none(n, label)).sum())
        .collect();
    (0..columns.ends.len())
        .into_par_iter()
        .map_init(
            || (vec![0_u32; labels], Vec::new()),
            |(counts, seen), at| {
                let column = columns.column(at);
                for label in column.iter().flat_map(|text| texts[*text as usize]) {
                    if counts[*label] == 0 {
                        seen.push(*label);
                    }
                    counts[*label] += 1;
                }
                let n = column.len();
                let mut told = nothing[n];
                for label in seen.drain(..) {
                    let q = shares[label];
                    let p = (f64::from(counts[label]) + PRIOR * q) / (n as f64 + PRIOR);
                    told += divergence(p.min(1.0), q) - none(n, label);
                    counts[label] = 0;
                }
                let part = told / whole;
                if part < LEAST {
                    0.0
                } else {
                    (part + MORE).powf(POWER) as f32
                }
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[u32]], labels: usize, texts: &[&[usize]]) -> Vec<f32> {
        let rows: Vec<Vec<(u32, f32)>> = rows
            .iter()
            .map(|row| row.iter().map(|feature| (*feature, 1.0)).collect())
            .collect();
        worths(&Columns::new(&rows, 3), labels, texts)
    }

    #[test]
    fn what_stands_in_every_text_is_worth_nothing_and_what_parts_them_is_worth_most() {
        let rows: Vec<&[u32]> = (0..40)
            .map(|n| match n % 4 {
                0 => &[0, 1, 2][..],
                1 => &[0, 2],
                2 => &[0],
                _ => &[0, 2],
            })
            .collect();
        let texts: Vec<&[usize]> = (0..40)
            .map(|n| if n % 4 == 0 { &[0][..] } else { &[1] })
            .collect();
        let found = of(&rows, 2, &texts);
        assert_eq!(found[0], 0.0);
        // It stands in ten texts, all of the label that a quarter has: p = 11.25 / 15 against q = 0.25.
        let told = 0.75 * 3.0_f64.ln() + 0.25 * (1.0 / 3.0_f64).ln();
        let whole = -(0.25 * 0.25_f64.ln() + 0.75 * 0.75_f64.ln());
        let right = (told / whole + MORE).powf(POWER);
        assert!((f64::from(found[1]) - right).abs() < 1e-6, "{found:?}");
        assert!(found[1] > found[2], "{found:?}");
    }

    #[test]
    fn where_there_is_nothing_to_tell_all_are_worth_the_same() {
        let found = of(&[&[0, 1], &[1, 2]], 1, &[&[0], &[0]]);
        assert_eq!(found, [1.0; 3]);
    }
}
