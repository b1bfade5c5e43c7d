//! All tables that agree with what is known, and how large and small a cell can be in them.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::{Error, system::Equation};

/// What is nearer than this is the same: counts are whole numbers.
pub(crate) const NEAR: f64 = 1e-5;

/// How far a point may be out of a row or a bound: less than what counts as the same.
const SLACK: f64 = 1e-6;

/// Bounds of a variable; equal where it is known.
pub(crate) type Bounds = (f64, f64);

/// The largest or the smallest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    Least,
    Most,
}

/// A part of the system that shares no unknown with the rest.
#[derive(Default)]
struct Part {
    variables: Vec<usize>,
    rows: Vec<(Equation, f64)>,
}

/// The unknown variables by parts, the known ones put into the right-hand sides.
pub(crate) struct Polytope {
    bounds: Vec<Bounds>,
    /// The part of each unknown variable, and its place there.
    at: Vec<Option<(usize, usize)>>,
    parts: Vec<Part>,
}

/// An end of a cell's interval.
pub(crate) struct Reached {
    /// Nothing where there is no end.
    pub(crate) value: Option<f64>,
    /// The values of variables of the same part at that end; none where there is no end.
    pub(crate) point: Vec<(usize, f64)>,
}

fn nothing() -> Error {
    Error::Contradiction("no counts fit all that was published".to_owned())
}

pub(crate) fn known(bounds: &Bounds) -> bool {
    bounds.1 - bounds.0 < 0.5
}

impl Polytope {
    /// # Errors
    /// The number of an equation that what is known contradicts.
    pub(crate) fn new(bounds: &[Bounds], equations: &[Equation]) -> Result<Self, usize> {
        let mut root: Vec<usize> = (0..bounds.len()).collect();
        fn find(root: &mut [usize], mut at: usize) -> usize {
            while root[at] != at {
                root[at] = root[root[at]];
                at = root[at];
            }
            at
        }
        let mut rows: Vec<(Equation, f64)> = Vec::new();
        for (number, equation) in equations.iter().enumerate() {
            let mut row = Equation::new();
            let mut rest = 0.0;
            for (variable, factor) in equation {
                if known(&bounds[*variable]) {
                    rest -= factor * bounds[*variable].0;
                } else {
                    row.push((*variable, *factor));
                }
            }
            if let Some(((first, _), others)) = row.split_first() {
                for (other, _) in others {
                    let (a, b) = (find(&mut root, *first), find(&mut root, *other));
                    root[a.max(b)] = a.min(b);
                }
                rows.push((row, rest));
            } else if rest.abs() > NEAR {
                return Err(number);
            }
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut part_of: Vec<Option<usize>> = vec![None; bounds.len()];
        let mut at = vec![None; bounds.len()];
        for variable in 0..bounds.len() {
            if known(&bounds[variable]) {
                continue;
            }
            let head = find(&mut root, variable);
            let part = *part_of[head].get_or_insert_with(|| {
                parts.push(Part::default());
                parts.len() - 1
            });
            at[variable] = Some((part, parts[part].variables.len()));
            parts[part].variables.push(variable);
        }
        for (row, rest) in rows {
            if let Some((part, _)) = at[row[0].0] {
                let local = |(v, f): (usize, f64)| at[v].map(|(_, place)| (place, f));
                let row = row.into_iter().filter_map(local).collect();
                parts[part].rows.push((row, rest));
            }
        }
        Ok(Self {
            bounds: bounds.to_vec(),
            at,
            parts,
        })
    }

    /// The end of a variable's interval. The point that is given with it is one of the polytope: it was put into all rows.
    pub(crate) fn end(&self, variable: usize, end: End) -> Result<Reached, Error> {
        self.end_within(variable, end, (f64::NEG_INFINITY, f64::INFINITY))
    }

    /// The end of the part of a variable's interval that is within bounds.
    pub(crate) fn end_within(
        &self,
        variable: usize,
        end: End,
        within: Bounds,
    ) -> Result<Reached, Error> {
        let Some((part, place)) = self.at[variable] else {
            return Ok(Reached {
                value: Some(self.bounds[variable].0),
                point: Vec::new(),
            });
        };
        let (low, high) = self.bounds[variable];
        if low.max(within.0) > high.min(within.1) {
            return Err(nothing());
        }
        let part = &self.parts[part];
        let direction = match end {
            End::Least => OptimizationDirection::Minimize,
            End::Most => OptimizationDirection::Maximize,
        };
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = part
            .variables
            .iter()
            .enumerate()
            .map(|(at, v)| {
                let (mut low, mut high) = self.bounds[*v];
                if at == place {
                    (low, high) = (low.max(within.0), high.min(within.1));
                }
                problem.add_var(f64::from(u8::from(at == place)), (low, high))
            })
            .collect();
        for (row, rest) in &part.rows {
            let terms: Vec<(Variable, f64)> =
                row.iter().map(|(v, f)| (variables[*v], *f)).collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, *rest);
        }
        match solve(&problem)? {
            Solved::Point(values) => {
                part.check(&self.bounds, &values)?;
                Ok(Reached {
                    value: Some(values[place]),
                    point: part.variables.iter().copied().zip(values).collect(),
                })
            }
            Solved::Endless => Ok(Reached {
                value: None,
                point: Vec::new(),
            }),
            Solved::Nothing => Err(nothing()),
        }
    }
}

impl Polytope {
    /// Both ends of a variable's interval in whole numbers.
    pub(crate) fn whole_ends(&self, variable: usize) -> Result<Bounds, Error> {
        let least = self.end(variable, End::Least)?.value;
        let most = self.end(variable, End::Most)?.value;
        Ok((
            least.map_or(f64::NEG_INFINITY, |least| (least - NEAR).ceil()),
            most.map_or(f64::INFINITY, |most| (most + NEAR).floor()),
        ))
    }

    /// The same, where an end that is too near would leave too little: nothing may lie beyond, by a program of another kind.
    pub(crate) fn confirmed_ends(&self, variable: usize) -> Result<Bounds, Error> {
        let ends = self.whole_ends(variable)?;
        let below = (f64::NEG_INFINITY, ends.0 - 0.5);
        let above = (ends.1 + 0.5, f64::INFINITY);
        for (end, beyond) in [(ends.0, below), (ends.1, above)] {
            if end.is_finite() && self.can_be(variable, beyond)? {
                return Err(Error::Solver(
                    "it has found two ends of one cell".to_owned(),
                ));
            }
        }
        Ok(ends)
    }

    /// Whether a variable can be within bounds.
    fn can_be(&self, variable: usize, within: Bounds) -> Result<bool, Error> {
        let (low, high) = self.bounds[variable];
        if self.at[variable].is_none() {
            return Ok(low.max(within.0) <= high.min(within.1));
        }
        let end = if within.0.is_finite() {
            End::Least
        } else {
            End::Most
        };
        match self.end_within(variable, end, within) {
            Ok(_) => Ok(true),
            Err(Error::Contradiction(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

impl Part {
    /// Whether a point is within bounds and in all rows: a solver's word is not taken for it.
    fn check(&self, bounds: &[Bounds], values: &[f64]) -> Result<(), Error> {
        let wrong = || Err(Error::Solver("its answer does not fit".to_owned()));
        for (variable, value) in self.variables.iter().zip(values) {
            let (low, high) = bounds[*variable];
            let fits = *value > low - SLACK && *value < high + SLACK;
            if !fits {
                return wrong();
            }
        }
        for (row, rest) in &self.rows {
            let (mut sum, mut size) = (-rest, rest.abs());
            for (at, factor) in row {
                sum += factor * values[*at];
                size += (factor * values[*at]).abs();
            }
            let fits = sum.abs() < SLACK + size * 1e-12;
            if !fits {
                return wrong();
            }
        }
        Ok(())
    }
}

/// What a linear program has.
pub(crate) enum Solved {
    /// The values of its variables at an optimum.
    Point(Vec<f64>),
    /// No end.
    Endless,
    /// No solution.
    Nothing,
}

pub(crate) fn solve(problem: &Problem) -> Result<Solved, Error> {
    match problem.solve() {
        Ok(outcome) => match outcome.solution() {
            Some(solution) => Ok(Solved::Point(
                solution.iter().map(|(_, value)| value).collect(),
            )),
            None => Err(Error::Solver("it stopped without a solution".to_owned())),
        },
        Err(microlp::Error::Unbounded) => Ok(Solved::Endless),
        Err(microlp::Error::Infeasible) => Ok(Solved::Nothing),
        Err(other) => Err(Error::Solver(other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Polytope};

    #[test]
    fn a_point_that_is_out_of_a_row_or_a_bound_is_not_believed() {
        let part = Part {
            variables: vec![0, 1],
            rows: vec![(vec![(0, 1.0), (1, 1.0)], 7.0)],
        };
        let bounds = [(1.0, f64::INFINITY), (0.0, 4.0)];
        assert!(part.check(&bounds, &[3.0, 4.0]).is_ok());
        for wrong in [[3.0, 3.99], [0.5, 6.5], [2.0, 5.0], [f64::NAN, 4.0]] {
            assert!(part.check(&bounds, &wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_end_is_confirmed_by_what_lies_beyond() {
        let rows = [vec![(0, 1.0), (1, -1.0), (2, -1.0)]];
        let bounds = [(7.0, 7.0), (1.0, f64::INFINITY), (2.0, f64::INFINITY)];
        let polytope = Polytope::new(&bounds, &rows).unwrap_or_else(|_| unreachable!());
        assert_eq!(polytope.confirmed_ends(1), Ok((1.0, 5.0)));
        assert_eq!(polytope.confirmed_ends(0), Ok((7.0, 7.0)));
        // Where there is no end, nothing lies beyond.
        let bounds = [(7.0, f64::INFINITY), bounds[1], bounds[2]];
        let polytope = Polytope::new(&bounds, &rows).unwrap_or_else(|_| unreachable!());
        assert_eq!(polytope.confirmed_ends(1), Ok((1.0, f64::INFINITY)));
    }
}
