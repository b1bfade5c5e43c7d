//! Which tables are linked in a ring.
//!
//! Tables by (A, B) and by (A, C) that agree on A always come from one table by (A, B, C): an attacker learns nothing from
//! both that the shared cells do not say. Tables by (A, B), (B, C) and (A, C) do not: that they are of the same people says
//! more. The sets of dimensions for which shared cells say everything are the acyclic hypergraphs (Beeri, Fagin, Maier and
//! Yannakakis 1983; for counts of people Atserias and Kolaitis 2021), which the reduction of Graham, Yu and Özsoyoğlu finds.

use std::collections::BTreeSet;

/// What is left of sets of dimensions when ears are taken off until none is left: nothing if shared cells say everything.
pub(crate) fn ring(sets: &[BTreeSet<u32>]) -> Vec<BTreeSet<u32>> {
    let mut left: Vec<BTreeSet<u32>> = sets.to_vec();
    loop {
        let before = left.clone();
        // What stands in one set alone links nothing.
        let alone: BTreeSet<u32> = left
            .iter()
            .flatten()
            .filter(|d| left.iter().filter(|set| set.contains(d)).count() == 1)
            .copied()
            .collect();
        for set in &mut left {
            set.retain(|d| !alone.contains(d));
        }
        // A set within another says nothing besides.
        let mut kept: Vec<BTreeSet<u32>> = Vec::new();
        left.sort_by_key(|set| std::cmp::Reverse(set.len()));
        for set in left {
            if !kept.iter().any(|k| set.is_subset(k)) {
                kept.push(set);
            }
        }
        left = kept;
        if left == before {
            break;
        }
    }
    if left.iter().all(BTreeSet::is_empty) {
        left.clear();
    }
    left
}

#[cfg(test)]
mod tests {
    use super::ring;
    use std::collections::BTreeSet;

    fn sets(of: &[&[u32]]) -> Vec<BTreeSet<u32>> {
        of.iter().map(|s| s.iter().copied().collect()).collect()
    }

    #[test]
    fn only_rings_are_left() {
        assert!(ring(&sets(&[&[0, 1]])).is_empty());
        assert!(ring(&sets(&[&[0, 1], &[0, 2], &[0]])).is_empty());
        assert!(ring(&sets(&[&[0, 1], &[1, 2], &[2, 3]])).is_empty());
        assert!(ring(&sets(&[&[0, 1], &[1, 2], &[0, 2], &[0, 1, 2]])).is_empty());
        assert_eq!(ring(&sets(&[&[0, 1], &[1, 2], &[0, 2], &[2, 3]])).len(), 3);
        assert!(ring(&sets(&[&[0], &[1]])).is_empty());
    }
}
