//! How well labels were predicted.

/// Averages over texts and labels, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    /// Texts.
    pub texts: usize,
    /// F1 over all pairs of text and label.
    pub micro: f64,
    /// The mean of the labels' F1; a label that neither stands anywhere nor was predicted is left out.
    pub macro_: f64,
    /// Of what was predicted, the share that is right.
    pub precision: f64,
    /// Of what is right, the share that was predicted.
    pub recall: f64,
    /// Texts whose labels are exactly right.
    pub exact: f64,
}

/// Compares what was predicted with what is right; both hold, text by text, labels in rising order.
pub fn measure(labels: usize, right: &[Vec<usize>], predicted: &[Vec<usize>]) -> Measures {
    let mut counts = vec![(0_u64, 0_u64, 0_u64); labels];
    let mut exact = 0_u64;
    for (right, predicted) in right.iter().zip(predicted) {
        exact += u64::from(right == predicted);
        for label in predicted.iter().filter(|l| **l < labels) {
            if right.contains(label) {
                counts[*label].0 += 1;
            } else {
                counts[*label].1 += 1;
            }
        }
        for label in right
            .iter()
            .filter(|l| **l < labels && !predicted.contains(l))
        {
            counts[*label].2 += 1;
        }
    }
    let share = |part: u64, whole: u64| {
        if whole == 0 {
            0.0
        } else {
            part as f64 / whole as f64
        }
    };
    let f1 = |(tp, fp, fneg): (u64, u64, u64)| share(2 * tp, 2 * tp + fp + fneg);
    let all = counts
        .iter()
        .fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
    let seen: Vec<f64> = counts
        .iter()
        .filter(|c| c.0 + c.1 + c.2 > 0)
        .map(|c| f1(*c))
        .collect();
    Measures {
        texts: right.len(),
        micro: f1(all),
        macro_: if seen.is_empty() {
            0.0
        } else {
            seen.iter().sum::<f64>() / seen.len() as f64
        },
        precision: share(all.0, all.0 + all.1),
        recall: share(all.0, all.0 + all.2),
        exact: share(exact, right.len() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_are_those_of_the_definition() {
        let found = measure(
            3,
            &[vec![0], vec![0, 1], vec![1]],
            &[vec![0], vec![0], vec![0, 1]],
        );
        // Label 0: 2 right, 1 wrong, none missed: 4/5. Label 1: 1 right, 1 missed: 2/3. Label 2 is nowhere.
        assert!((found.micro - 6.0 / 8.0).abs() < 1e-12);
        assert!((found.macro_ - (0.8 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
        assert!((found.exact - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(measure(1, &[], &[]), Measures::default());
    }
}
