//! Fields that go together among different people, though the model takes each to speak for itself.
//!
//! Who shares the family name often shares the village; who shares the postcode shares the state. Then agreement on the second
//! says little once the first agrees, and the weights count it twice. Among random pairs two fields should have the same value
//! as often as the product of both shares. What is more of that, and is neither of one person nor of relatives as they were
//! learned, is dependence. Only pairs that differ clearly in a third field are looked at, so that pairs of one person, of whom
//! a wrong model knows too little or too much, hardly weigh.

use crate::{
    compare::level,
    model::{Model, Together},
    random::Chance,
    table::Table,
};

/// How many times as often as by chance; below that the weights are hardly wrong.
const TIMES: f64 = 3.0;
/// Pairs below which nothing is said.
const ENOUGH: f64 = 10.0;
/// Standard deviations above what is expected.
const SURE: f64 = 5.0;

/// Finds the fields that go together, by what random pairs show.
pub(crate) fn together(table: &Table, chance: &Chance, model: &Model) -> Vec<Together> {
    let fields = table.fields.len();
    let exact = |field: usize| table.fields[field].kind.exact();
    let drawn = chance.pairs as f64;
    // In a short list a pair is drawn more than once, and says no more for that.
    let each = (table.pairs() as f64 / drawn.max(1.0)).min(1.0);
    let has = |field: usize| drawn - chance.of(field, 0);
    let mut all = Vec::new();
    for one in 0..fields {
        for other in one + 1..fields {
            let others: Vec<usize> = (0..fields).filter(|n| *n != one && *n != other).collect();
            let seen = chance.shared.iter().filter(|(pattern, _)| {
                level(**pattern, one) == exact(one)
                    && level(**pattern, other) == exact(other)
                    && others.iter().any(|n| level(**pattern, *n) == 1)
            });
            let seen: f64 = seen.map(|(_, n)| *n as f64 * each).sum();
            // Of a class: how many share both and differ in a third.
            let of_class = |share: f64, at: &dyn Fn(usize, usize) -> f64| {
                let both = has(one) * has(other) / drawn.max(1.0);
                let alike: f64 = others
                    .iter()
                    .map(|n| 1.0 - at(*n, 1) * has(*n) / drawn.max(1.0))
                    .product();
                let shared = at(one, exact(one)) * at(other, exact(other));
                each * both * share * shared * (1.0 - alike)
            };
            let m = |field: usize, at: usize| model.fields[field][at - 1].m;
            let known = of_class(model.prior, &m)
                + model.relatives.as_ref().map_or(0.0, |relatives| {
                    of_class(relatives.prior, &|field, at| {
                        relatives.fields[field][at - 1]
                    })
                });
            let by_chance = of_class(1.0, &|field, at| {
                (chance.of(field, at) + 0.5) / has(field).max(1.0)
            });
            let surely = seen - known - SURE * (by_chance + known + 1.0).sqrt();
            let times = (seen - known) / by_chance.max(f64::MIN_POSITIVE);
            if seen >= ENOUGH && surely > by_chance && times >= TIMES {
                all.push(Together { one, other, times });
            }
        }
    }
    all
}
