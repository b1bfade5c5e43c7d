//! A fixed sequence of numbers (SplitMix64; Steele, Lea & Flood 2014), so that a seed is the same lists for ever.

/// The sequence.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to less than `bound`; 0 if the bound is.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        ((self.next() >> 11) as f64 / (1_u64 << 53) as f64) < probability
    }

    /// One of them, all alike.
    pub(crate) fn one_of<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }

    /// One of them, the first the most often: the weight of rank r is 1 / (r + 2), about as names are distributed (Zipf).
    pub(crate) fn ranked<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let weight = |rank: usize| 1.0 / (rank as f64 + 2.0);
        let total: f64 = (0..of.len()).map(weight).sum();
        let mut left = (self.next() >> 11) as f64 / (1_u64 << 53) as f64 * total;
        for (rank, one) in of.iter().enumerate() {
            left -= weight(rank);
            if left < 0.0 {
                return one;
            }
        }
        &of[of.len() - 1]
    }
}
