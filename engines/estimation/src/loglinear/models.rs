//! Which models there are.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fit::{Counts, Fit, Flaw, fit};
use crate::Pattern;

/// The most lists of which every hierarchical model is fitted.
pub(super) const MOST_EXHAUSTIVE: usize = 5;

/// All hierarchical models with each list in them, but not the saturated one: with a set of lists that depend on each other,
/// each part of it is there too. 8, 113 and 6,893 for three to five lists.
pub(super) fn hierarchical(lists: usize) -> Vec<Vec<Pattern>> {
    let mut sets: Vec<Pattern> = (0..(1 << lists) - 1)
        .filter(|set: &Pattern| set.count_ones() > 1)
        .collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    let mut all = Vec::new();
    grow(&sets, 0, &mut Vec::new(), &mut all);
    all
}

fn grow(sets: &[Pattern], next: usize, chosen: &mut Vec<Pattern>, all: &mut Vec<Vec<Pattern>>) {
    let Some(&set) = sets.get(next) else {
        all.push(chosen.clone());
        return;
    };
    grow(sets, next + 1, chosen, all);
    let parts = (0..Pattern::BITS)
        .filter(|list| set >> list & 1 == 1)
        .map(|list| set & !(1 << list));
    let whole = parts
        .filter(|part| part.count_ones() > 1)
        .all(|part| chosen.contains(&part));
    if whole {
        chosen.push(set);
        grow(sets, next + 1, chosen, all);
        chosen.pop();
    }
}

/// All pairs of lists.
pub(super) fn pairs(lists: usize) -> Vec<Pattern> {
    (1..lists)
        .flat_map(|high| (0..high).map(move |low| 1 << high | 1 << low))
        .collect()
}

/// Every model that was tried, with what came of it.
pub(super) type Tried = Vec<(Vec<Pattern>, Result<Fit, Flaw>)>;

/// Fits all hierarchical models.
pub(super) fn all(counts: &Counts) -> Tried {
    hierarchical(counts.lists)
        .into_par_iter()
        .map(|terms| {
            let found = fit(counts, &terms).map(|(fit, _)| fit);
            (terms, found)
        })
        .collect()
}

/// Goes from independence to the neighbour, one pair of lists more or fewer, with the smallest criterion, until none is
/// better; by AIC, then by BIC. All models that were tried on the way are given.
pub(super) fn search(counts: &Counts) -> Tried {
    let pairs = pairs(counts.lists);
    let mut known: BTreeMap<Vec<Pattern>, Result<Fit, Flaw>> = BTreeMap::new();
    for criterion in [|fit: &Fit| fit.aic, |fit: &Fit| fit.bic] {
        let mut here: Vec<Pattern> = Vec::new();
        try_all(counts, &mut known, vec![here.clone()]);
        loop {
            let neighbours: Vec<Vec<Pattern>> = pairs
                .iter()
                .map(|pair| {
                    let mut next = here.clone();
                    match next.binary_search(pair) {
                        Ok(place) => {
                            next.remove(place);
                        }
                        Err(place) => next.insert(place, *pair),
                    }
                    next
                })
                .collect();
            try_all(counts, &mut known, neighbours.clone());
            let value = |terms: &Vec<Pattern>| match known.get(terms) {
                Some(Ok(fit)) => criterion(fit),
                _ => f64::INFINITY,
            };
            let best = neighbours
                .into_iter()
                .min_by(|a, b| value(a).total_cmp(&value(b)));
            match best {
                Some(best) if value(&best) < value(&here) => here = best,
                _ => break,
            }
        }
    }
    known.into_iter().collect()
}

fn try_all(
    counts: &Counts,
    known: &mut BTreeMap<Vec<Pattern>, Result<Fit, Flaw>>,
    models: Vec<Vec<Pattern>>,
) {
    let new: Vec<Vec<Pattern>> = models
        .into_iter()
        .filter(|terms| !known.contains_key(terms))
        .collect();
    let found: Tried = new
        .into_par_iter()
        .map(|terms| {
            let found = fit(counts, &terms).map(|(fit, _)| fit);
            (terms, found)
        })
        .collect();
    known.extend(found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_hierarchical_models_as_counted_by_others() {
        let counted: Vec<usize> = (2..=5).map(|lists| hierarchical(lists).len()).collect();
        assert_eq!(counted, [1, 8, 113, 6_893]);
    }
}
