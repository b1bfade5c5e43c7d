//! Controlled rounding: every count becomes a multiple of a base, and the sums still hold.
//!
//! *Zero-restricted* is a rounding that moves no count by a base or more: multiples stay, other counts go to one of their two
//! neighbours. One that keeps the sums always exists for tables of two dimensions (Cox and Ernst 1982); with more it may not,
//! and finding one is an integer program (Fischetti and Salazar-González 1998). Where none is found within a fixed number of
//! steps, counts may go one base further; the terms of what is published say how far.
//!
//! *Why it protects.* Let r be the rounded table and f how far a count may be moved less one. Take a cell and any value v from
//! max(0, r - f) to r + f. Adding v - r to the cell and to every cell that it is a part of, and as much to cells within it as
//! their own size allows, gives a table whose sums hold, which is nowhere negative, and which rounds to r within f: an
//! attacker who has all rounded sums cannot exclude v. With a base of at least the threshold, all small counts stay possible.
//! What earlier releases showed exactly is another matter: so a rounded release is audited like any other.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use crate::{
    Cell, Error, Publication, PublishedTable, Register, Release, Rule, Terms, Words,
    audit::broken,
    case::{Case, Demand, Subject, Target},
    protect::{Loss, Protected},
};

/// Nodes of the search for one rounding: a number, not a time, so that the answer does not depend on the machine.
const STEPS: u64 = 2_000;

/// Rounds all counts to multiples of the base, sums kept, as near to the counts as can be.
///
/// A release about the same people as an earlier rounded one rounds the cells that both have as that one did: who averaged
/// two roundings would come nearer to the count.
///
/// # Errors
/// [`Error::Base`] for a base below the threshold; [`Error::NoRounding`] where none is found; [`Error::RoundingNarrows`]
/// where what was withheld earlier would be given away; and those of [`crate::protect`].
pub fn round(
    release: &Release,
    base: u64,
    rule: &Rule,
    register: &Register,
) -> Result<Protected, Error> {
    rule.check()?;
    if base < rule.threshold || base > 1_000_000 {
        return Err(Error::Base {
            base,
            threshold: rule.threshold,
        });
    }
    let case = Case::new(release, rule, register, true)?;
    for further in [0, 1] {
        let Some(rounded) = search(&case, base, further)? else {
            continue;
        };
        let within = (base * (1 + further)).max(within_before(&case));
        let publication = publish(&case, &rounded, within);
        let mut of = case.past.clone();
        of.push(&publication);
        let targets: Vec<Target> = case.targets.iter().map(|t| asked(&case, t)).collect();
        if let Some(at) = broken(&of, &targets)?.first() {
            return Err(Error::RoundingNarrows(case.name(targets[*at].subject)));
        }
        return Ok(Protected {
            loss: Loss {
                cells: case.truth.iter().flatten().count(),
                ..Loss::default()
            },
            given_away: case.given_away.iter().map(|s| case.name(*s)).collect(),
            audited: targets.len(),
            publication,
        });
    }
    Err(Error::NoRounding(base))
}

/// Of a rounded count the small ones must stay possible; zero need not, where the count went up.
fn asked(case: &Case<'_>, target: &Target) -> Target {
    let now = |(publication, ..): (usize, usize, usize)| publication == case.now();
    match (target.subject, target.demand) {
        (Subject::Cell(place), Demand::Range(low, high)) if now(place) => Target {
            demand: Demand::Range(low.max(1.0), high.max(low.max(1.0))),
            ..*target
        },
        _ => *target,
    }
}

/// Rounded counts by variable; nothing where none was found. `further`: how many bases beyond the neighbours.
fn search(case: &Case<'_>, base: u64, further: u64) -> Result<Option<Vec<Option<u64>>>, Error> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    enum Column {
        Fixed(u64),
        /// So many bases above a floor.
        Free(u64, Variable),
    }
    let earlier = rounded_before(case, base);
    let columns: Vec<Option<Column>> = case
        .truth
        .iter()
        .enumerate()
        .map(|(variable, truth)| {
            let count = (*truth)?;
            if let Some(same) = earlier[variable] {
                return Some(Column::Fixed(same));
            }
            let floor = count / base * base;
            let rest = count - floor;
            if further == 0 {
                if rest == 0 {
                    return Some(Column::Fixed(count));
                }
                // Up costs what is added, down what is taken away; a constant apart, the difference.
                let cost = (base - rest) as f64 - rest as f64;
                return Some(Column::Free(floor, problem.add_var(cost, (0.0, 1.0))));
            }
            // One base further: the cost is the distance, which needs two variables.
            let low = if floor >= base { -1 } else { 0 };
            let high = if rest == 0 { 1 } else { 2 };
            let steps = problem.add_integer_var(0.0, (low, high));
            let distance = problem.add_var(1.0, (0.0, f64::INFINITY));
            for sign in [1.0, -1.0] {
                let terms = [(distance, 1.0), (steps, -sign * base as f64)];
                problem.add_constraint(&terms[..], ComparisonOp::Ge, -sign * rest as f64);
            }
            Some(Column::Free(floor, steps))
        })
        .collect();
    // The neighbours are chosen by integers only where linear programming alone does not give whole steps.
    for whole in [false, true] {
        let mut problem = problem.clone();
        let mut stand_in: Vec<Option<Variable>> = vec![None; columns.len()];
        if whole && further == 0 {
            let mut again = Problem::new(OptimizationDirection::Minimize);
            for (variable, column) in columns.iter().enumerate() {
                if let (Some(Column::Free(floor, _)), Some(count)) = (column, case.truth[variable])
                {
                    let rest = count - floor;
                    let cost = (base - rest) as f64 - rest as f64;
                    stand_in[variable] = Some(again.add_binary_var(cost));
                }
            }
            problem = again;
        }
        for equation in &case.system.equations {
            let mut terms = Vec::new();
            let mut right = 0.0;
            let mut all = true;
            for (variable, factor) in equation {
                match &columns[*variable] {
                    Some(Column::Fixed(value)) => right -= factor * (*value as f64),
                    Some(Column::Free(floor, steps)) => {
                        right -= factor * (*floor as f64);
                        terms.push((stand_in[*variable].unwrap_or(*steps), factor * base as f64));
                    }
                    None => all = false,
                }
            }
            // Equations of earlier releases, of differences and of what is never published say nothing here.
            if !all {
                continue;
            }
            if terms.is_empty() {
                if right.abs() > 0.5 {
                    return Ok(None);
                }
                continue;
            }
            let terms: Vec<(Variable, f64)> = terms
                .into_iter()
                .map(|(v, f)| (v, f / base as f64))
                .collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, right / base as f64);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(STEPS);
        let outcome = match problem.solve_with(options) {
            Ok(outcome) => outcome,
            Err(microlp::Error::Infeasible) => return Ok(None),
            Err(other) => return Err(Error::Solver(other.to_string())),
        };
        let Some(solution) = outcome.solution() else {
            return Ok(None);
        };
        let mut fractional = false;
        let rounded = columns
            .iter()
            .enumerate()
            .map(|(variable, column)| match column {
                None => None,
                Some(Column::Fixed(value)) => Some(*value),
                Some(Column::Free(floor, steps)) => {
                    let value = solution.var_value(stand_in[variable].unwrap_or(*steps));
                    fractional |= (value - value.round()).abs() > 1e-5;
                    (*floor as i64 + value.round() as i64 * base as i64)
                        .try_into()
                        .ok()
                }
            })
            .collect();
        if !fractional {
            return Ok(Some(rounded));
        }
    }
    Ok(None)
}

/// What an earlier release about the same people made of the cells, to the same base.
fn rounded_before(case: &Case<'_>, base: u64) -> Vec<Option<u64>> {
    let mut rounded = vec![None; case.truth.len()];
    let stage = case.system.stages[case.now()];
    for ((publication, places), of) in case
        .past
        .iter()
        .zip(&case.system.places)
        .zip(&case.system.stages)
    {
        if *of != stage {
            continue;
        }
        for (table, place) in publication.tables.iter().zip(places) {
            for (cell, variable) in table.cells.iter().zip(place) {
                match cell {
                    Cell::Rounded(to) if to.is_multiple_of(base) => rounded[*variable] = Some(*to),
                    _ => {}
                }
            }
        }
    }
    rounded
}

/// How far the roundings that are kept may be from their counts.
fn within_before(case: &Case<'_>) -> u64 {
    let stage = case.system.stages[case.now()];
    let of = case
        .past
        .iter()
        .zip(&case.system.stages)
        .filter(|(_, s)| **s == stage);
    of.filter_map(|(p, _)| p.terms.rounded_within)
        .max()
        .unwrap_or(0)
}

fn publish(case: &Case<'_>, rounded: &[Option<u64>], within: u64) -> Publication {
    let tables = case
        .release
        .tables
        .iter()
        .zip(&case.system.places[case.now()]);
    Publication {
        name: case.release.name.clone(),
        population: case.release.population.clone(),
        change: case.release.change,
        terms: Terms {
            threshold: case.rule.threshold,
            zeros: case.rule.zeros.clone(),
            words: Words::Withheld,
            rounded_within: Some(within),
        },
        tables: tables
            .map(|(raw, place)| PublishedTable {
                dimensions: raw.dimensions.clone(),
                cells: place
                    .iter()
                    .map(|v| Cell::Rounded(rounded[*v].unwrap_or(0)))
                    .collect(),
            })
            .collect(),
    }
}
