//! Linear support vector machines with squared hinge loss, one for each label, by dual coordinate descent.
//!
//! Hsieh, Chang, Lin, Keerthi, Sundararajan (2008), *A dual coordinate descent method for large-scale linear SVM*, ICML.
//! [`LANES`] labels are solved side by side: their weights of a feature lie beside each other, so that a step reads memory
//! once for all of them. What a lane computes does not depend on the other lanes or on the number of threads.

/// Labels that are solved side by side.
pub(crate) const LANES: usize = 32;

/// A number for each label of a block.
pub(crate) type Lanes = [f32; LANES];

/// The weights of a feature. They begin where a line of the processor's cache (64 bytes) begins: a step through all the
/// features of an example waits for memory more than it computes, and so touches two lines of each and not three.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Weights(pub(crate) Lanes);

/// Examples as rows of (feature, value), one after another.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    cells: Vec<(u32, f32)>,
    ends: Vec<usize>,
}

impl Rows {
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        self.cells.extend(row);
        self.ends.push(self.cells.len());
    }

    pub(crate) fn row(&self, at: usize) -> &[(u32, f32)] {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.cells[from..self.ends[at]]
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// What the sum of losses is weighed by, and when to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) cost: f32,
    pub(crate) rounds: usize,
    /// The largest violation of optimality that is let pass.
    pub(crate) tolerance: f32,
    pub(crate) seed: u64,
}

/// The weights of a block of labels: a row for each feature, and the intercepts.
pub(crate) struct Solved {
    pub(crate) weights: Vec<Weights>,
    pub(crate) intercepts: Lanes,
    /// The dual variables of the examples, from which a similar problem can be begun.
    pub(crate) alphas: Vec<Lanes>,
}

impl Solved {
    /// The score of each label for an example.
    pub(crate) fn score(&self, row: &[(u32, f32)]) -> Lanes {
        let mut sums = self.intercepts;
        for (feature, value) in row {
            let weights = &self.weights[*feature as usize].0;
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
        sums
    }

    fn step(&mut self, row: &[(u32, f32)], steps: &Lanes) {
        for (feature, value) in row {
            let weights = &mut self.weights[*feature as usize].0;
            for (weight, step) in weights.iter_mut().zip(steps) {
                *weight += value * step;
            }
        }
        for (intercept, step) in self.intercepts.iter_mut().zip(steps) {
            *intercept += step;
        }
    }
}

/// What a block of labels is learned from.
#[derive(Clone, Copy)]
pub(crate) struct Block<'a> {
    /// The examples; each row has length 1.
    pub(crate) rows: &'a Rows,
    /// How many features there are.
    pub(crate) features: usize,
    /// For each row and lane 1 or -1; 0 where a lane has no label.
    pub(crate) signs: &'a [Lanes],
    /// How often each row counts.
    pub(crate) times: &'a [f32],
}

/// Solves a block, learning from some of its rows. `begin` has the dual variables of a similar problem: beginning there
/// takes a few rounds where beginning at nothing takes many. `stop` is asked between rounds.
pub(crate) fn solve(
    block: Block,
    examples: &[u32],
    begin: Option<&[Lanes]>,
    effort: Effort,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Solved> {
    let Block {
        rows,
        features,
        signs,
        times,
    } = block;
    let mut solved = Solved {
        weights: vec![Weights([0.0; LANES]); features],
        intercepts: [0.0; LANES],
        alphas: vec![[0.0; LANES]; rows.len()],
    };
    let mut order = examples.to_vec();
    if let Some(begin) = begin {
        for at in &order {
            let at = *at as usize;
            solved.alphas[at] = begin[at];
            let mut steps = begin[at];
            for (step, sign) in steps.iter_mut().zip(&signs[at]) {
                *step *= sign;
            }
            solved.step(rows.row(at), &steps);
        }
    }
    let mut random = Random(effort.seed);
    for _ in 0..effort.rounds {
        if stop() {
            return None;
        }
        random.shuffle(&mut order);
        let mut worst = 0.0_f32;
        for at in &order {
            let at = *at as usize;
            let row = rows.row(at);
            let sums = solved.score(row);
            // A row has length 1 and the intercept's feature is 1: the diagonal of the kernel is 2.
            let slack = 0.5 / (effort.cost * times[at]);
            let (sign, alpha) = (&signs[at], &mut solved.alphas[at]);
            let (mut steps, mut most) = ([0.0_f32; LANES], 0.0_f32);
            for lane in 0..LANES {
                let gradient = sign[lane] * sums[lane] - 1.0 + slack * alpha[lane];
                let next = (alpha[lane] - gradient / (2.0 + slack)).max(0.0);
                let step = next - alpha[lane];
                alpha[lane] = next;
                steps[lane] = step * sign[lane];
                most = most.max((step * sign[lane]).abs());
            }
            if most > 1e-6 {
                worst = worst.max(most);
                solved.step(row, &steps);
            }
        }
        if worst < effort.tolerance {
            break;
        }
    }
    Some(solved)
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere, for ever.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn shuffle(&mut self, all: &mut [u32]) {
        for at in (1..all.len()).rev() {
            let other = self.next() % (at as u64 + 1);
            all.swap(at, other as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_solution_is_the_one_that_can_be_worked_out_by_hand() {
        // Two examples, (1) with the label and (-1) without: by symmetry the intercept is 0 and w minimises
        // w²/2 + 2 C (1 - w)², so w = 4C / (1 + 4C).
        let mut rows = Rows::default();
        rows.push([(0, 1.0)]);
        rows.push([(0, -1.0)]);
        let (mut yes, mut no) = ([0.0; LANES], [0.0; LANES]);
        (yes[0], no[0]) = (1.0, -1.0);
        let effort = Effort {
            cost: 0.5,
            rounds: 200,
            tolerance: 0.0,
            seed: 1,
        };
        let block = Block {
            rows: &rows,
            features: 1,
            signs: &[yes, no],
            times: &[1.0, 1.0],
        };
        let solved = solve(block, &[0, 1], None, effort, &|| false).unwrap();
        assert!(
            (solved.weights[0].0[0] - 2.0 / 3.0).abs() < 1e-4,
            "{:?}",
            solved.weights[0].0[0]
        );
        assert!(solved.intercepts[0].abs() < 1e-4);
        assert_eq!(
            solved.weights[0].0[1], 0.0,
            "a lane without a label learns nothing"
        );
    }

    #[test]
    fn beginning_at_the_solution_ends_at_once() {
        let mut rows = Rows::default();
        rows.push([(0, 1.0)]);
        rows.push([(0, -1.0)]);
        let signs = [[1.0; LANES], [-1.0; LANES]];
        let effort = |rounds| Effort {
            cost: 0.5,
            rounds,
            tolerance: 0.0,
            seed: 1,
        };
        let block = Block {
            rows: &rows,
            features: 1,
            signs: &signs,
            times: &[1.0, 1.0],
        };
        let of = |begin, rounds| solve(block, &[0, 1], begin, effort(rounds), &|| false).unwrap();
        let first = of(None, 200);
        let again = of(Some(first.alphas.as_slice()), 1);
        assert!((again.weights[0].0[0] - first.weights[0].0[0]).abs() < 1e-4);
    }

    #[test]
    fn what_is_to_stop_stops() {
        let effort = Effort {
            cost: 1.0,
            rounds: 9,
            tolerance: 0.0,
            seed: 1,
        };
        let rows = Rows::default();
        let block = Block {
            rows: &rows,
            features: 0,
            signs: &[],
            times: &[],
        };
        assert!(solve(block, &[], None, effort, &|| true).is_none());
    }
}
