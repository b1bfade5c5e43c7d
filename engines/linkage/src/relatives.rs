//! Relatives told apart from one person and from strangers (three classes as in Larsen and Rubin 2001).

use crate::{
    compare::level,
    counting::Patterns,
    learn::{FEW, ROUNDS, STILL, add, first_guess, shares},
    table::Table,
    value::Kind,
};

/// Whether the pairs that stand out differ in a name or a date more often than not.
pub(crate) fn relatives(table: &Table, free: &[usize], m: &[Vec<f64>]) -> bool {
    free.iter().zip(m).any(|(field, m)| {
        matches!(table.fields[*field].kind, Kind::Name | Kind::Date) && m[0] > 0.5
    })
}

/// Pairs among which mostly relatives stand out, and as what.
pub(crate) struct Suspect {
    pub(crate) patterns: Patterns,
    pub(crate) free: Vec<usize>,
    /// The shares of levels of what stands out, for each free field.
    pub(crate) relatives: Vec<Vec<f64>>,
    /// How many stand out.
    pub(crate) found: f64,
}

/// Tells relatives apart from one person and from strangers: what stands out among suspects are both. Of one person the shares
/// that other rules taught hold; a field of which none did is learned here.
pub(crate) fn tell_apart(
    table: &Table,
    u: &[Vec<f64>],
    fixed: &[Option<Vec<f64>>],
    learned: &mut [(f64, Vec<f64>)],
    of_others: &mut [(f64, Vec<f64>)],
    suspects: Vec<Suspect>,
) {
    let one: Vec<(Vec<f64>, bool)> = learned
        .iter()
        .zip(fixed)
        .zip(u)
        .map(|(((weight, sums), fixed), u)| match fixed {
            Some(m) => (m.clone(), true),
            None if *weight > 0.0 => (
                sums.iter().map(|sum| (sum / weight).max(1e-6)).collect(),
                true,
            ),
            None => (first_guess(u.len(), u.len()), false),
        })
        .collect();
    for suspect in suspects {
        let (person, relatives_of) = three(&suspect, u, &one);
        let free = &suspect.free;
        if relatives_of.1 >= FEW && relatives(table, free, &relatives_of.0) {
            add(of_others, free, relatives_of.1, relatives_of.0);
        }
        let unknown: Vec<usize> = (0..free.len()).filter(|at| !one[free[*at]].1).collect();
        if person.1 >= FEW && !unknown.is_empty() {
            let fields: Vec<usize> = unknown.iter().map(|at| free[*at]).collect();
            let m = unknown.iter().map(|at| person.0[*at].clone()).collect();
            add(learned, &fields, person.1, m);
        }
    }
}

/// Shares of the levels of a class, for each free field, and how many pairs are of it.
type Class = (Vec<Vec<f64>>, f64);

/// Expectation–maximisation with three classes: one person, relatives, strangers.
fn three(suspect: &Suspect, u: &[Vec<f64>], one: &[(Vec<f64>, bool)]) -> (Class, Class) {
    let free = &suspect.free;
    let mut person: Vec<Vec<f64>> = free.iter().map(|field| one[*field].0.clone()).collect();
    let mut relatives = suspect.relatives.clone();
    let total: f64 = suspect.patterns.values().map(|n| *n as f64).sum();
    let mut shares = [0.0, suspect.found / total.max(1.0)].map(|s: f64| s.clamp(0.01, 0.45));
    let mut found = [0.0; 2];
    for _ in 0..ROUNDS {
        found = [0.0; 2];
        let nothing = |of: &[Vec<f64>]| -> Vec<Vec<f64>> {
            of.iter().map(|levels| vec![0.1; levels.len()]).collect()
        };
        let (mut of_person, mut of_relatives) = (nothing(&person), nothing(&relatives));
        for (pattern, n) in &suspect.patterns {
            let mut odds = shares;
            for (at, field) in free.iter().enumerate() {
                let level = level(*pattern, *field);
                if level > 0 {
                    odds[0] *= person[at][level - 1] / u[*field][level - 1];
                    odds[1] *= relatives[at][level - 1] / u[*field][level - 1];
                }
            }
            let all = odds[0] + odds[1] + (1.0 - shares[0] - shares[1]).max(1e-9);
            let expected = odds.map(|odds| *n as f64 * (odds / all));
            for (at, field) in free.iter().enumerate() {
                let level = level(*pattern, *field);
                if level > 0 {
                    of_person[at][level - 1] += expected[0];
                    of_relatives[at][level - 1] += expected[1];
                }
            }
            found[0] += expected[0];
            found[1] += expected[1];
        }
        let normal = |of: Vec<Vec<f64>>| -> Vec<Vec<f64>> {
            of.into_iter()
                .map(|levels| self::shares(levels.into_iter()))
                .collect()
        };
        for (at, levels) in normal(of_person).into_iter().enumerate() {
            if !one[free[at]].1 {
                person[at] = levels;
            }
        }
        let next = normal(of_relatives);
        let moved = next
            .iter()
            .flatten()
            .zip(relatives.iter().flatten())
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        relatives = next;
        shares = found.map(|n| (n / total.max(1.0)).clamp(1e-9, 0.49));
        if moved < STILL {
            break;
        }
    }
    ((person, found[0]), (relatives, found[1]))
}
