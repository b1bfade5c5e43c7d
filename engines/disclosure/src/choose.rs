//! Which cells to withhold besides the small ones.
//!
//! For one cell and one end of what an attacker must be left with, a linear program looks for a table that agrees with all
//! that is shown, in which the cell has that value. Counts that are shown may change too, at a cost: the least costly change
//! says which of them to withhold (the heuristic of Kelly, Golden and Assad 1992; its cost is linear where the true one is
//! fixed, so a second program with costs divided by the first one's changes follows). Each such table is kept: it is the
//! proof that the end can be reached, and stays one while more is withheld. At the end every cell that was withheld for
//! others is shown again if all proofs hold without it, the most costly ones first.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::{
    Costs, Error, Words,
    case::{Case, Demand, Primary, Subject, Target},
    polytope::{Bounds, End, NEAR, Polytope, Solved, solve},
};

/// A table that agrees with all that is shown: values of all variables.
type Witness = Vec<f64>;

#[derive(Clone, Copy)]
struct Proof {
    least: usize,
    most: usize,
}

pub(crate) struct Choice<'a> {
    case: &'a Case<'a>,
    words: Words,
    cost: Vec<f64>,
    pub(crate) withheld: Vec<bool>,
    witnesses: Vec<Witness>,
    /// Those of the case, and the cells that are withheld for others.
    pub(crate) targets: Vec<Target>,
    proofs: Vec<Proof>,
    /// Linear programs solved.
    pub(crate) programs: usize,
}

/// That what is wished cannot be had in these words.
pub(crate) enum Stop {
    Unreachable,
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Failed(error)
    }
}

impl<'a> Choice<'a> {
    pub(crate) fn new(case: &'a Case<'a>, words: Words) -> Result<Self, Stop> {
        let withheld: Vec<bool> = (0..case.truth.len())
            .map(|v| case.primary.contains_key(&v))
            .collect();
        let mut cost = vec![0.0; case.truth.len()];
        let now = case.now();
        for (raw, place) in case.release.tables.iter().zip(&case.system.places[now]) {
            let grid = crate::dimension::Grid::of(&raw.dimensions);
            for (at, variable) in place.iter().enumerate() {
                let totals = grid.nodes(at).iter().filter(|node| **node == 0).count();
                cost[*variable] = match case.rule.costs {
                    Costs::Cells => f64::from(1u32 << totals.min(10)),
                    Costs::Counts => raw.cells[at] as f64 + 1.0,
                };
            }
        }
        let mut made = Self {
            case,
            words,
            cost,
            withheld,
            witnesses: Vec::new(),
            targets: case.targets.clone(),
            proofs: Vec::new(),
            programs: 0,
        };
        let first = made.nearest(None, None)?;
        made.witnesses.push(first);
        made.proofs = vec![Proof { least: 0, most: 0 }; made.targets.len()];
        Ok(made)
    }

    /// The choice that needs no reckoning: nothing is shown, not even what the register shows.
    pub(crate) fn nothing(case: &'a Case<'a>) -> Result<Self, Error> {
        let mut made = Self {
            case,
            words: Words::Withheld,
            cost: Vec::new(),
            withheld: case.truth.iter().map(Option::is_some).collect(),
            witnesses: Vec::new(),
            targets: case.targets.clone(),
            proofs: Vec::new(),
            programs: 0,
        };
        for variable in 0..case.truth.len() {
            if made.withheld[variable] && made.why(variable).is_none() {
                made.targets.push(made.for_others(variable)?);
            }
        }
        Ok(made)
    }

    /// What is demanded of a cell that is withheld for others.
    fn for_others(&self, variable: usize) -> Result<Target, Error> {
        Ok(Target {
            subject: Subject::Cell(self.place(variable)),
            variable,
            demand: Demand::Width(self.case.width(variable)?),
        })
    }

    /// What a cell of the release says if it is withheld.
    pub(crate) fn hidden(&self, variable: usize) -> Bounds {
        let case = self.case;
        let n = case.rule.threshold as f64;
        let (low, high) = case.most_withheld[variable];
        if self.words == Words::Withheld || !case.finest[variable] {
            return (low, high);
        }
        match case.truth[variable] {
            Some(count) if count < case.rule.threshold => (low, high.min(n - 1.0)),
            Some(_) => (low.max(n), high),
            None => (low, high),
        }
    }

    /// What everybody knows of a variable.
    fn bounds(&self, variable: usize) -> Bounds {
        match self.case.truth[variable] {
            Some(_) if self.withheld[variable] => self.hidden(variable),
            Some(count) => (count as f64, count as f64),
            None => self.case.most_withheld[variable],
        }
    }

    /// Whether the cell could be withheld and is not.
    fn could_be(&self, variable: usize) -> bool {
        self.case.truth[variable].is_some() && !self.case.open[variable] && !self.withheld[variable]
    }

    /// The least costly table with a variable within bounds. `weights` divides the costs.
    fn nearest(
        &mut self,
        wish: Option<(usize, Bounds)>,
        weights: Option<&[f64]>,
    ) -> Result<Witness, Stop> {
        self.programs += 1;
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        enum Column {
            Known(f64),
            Free(Variable),
            Shown(f64, Variable, Variable),
        }
        let columns: Vec<Column> = (0..self.withheld.len())
            .map(|v| {
                if self.could_be(v) {
                    let at = self.case.truth[v].unwrap_or(0) as f64;
                    let (low, high) = self.hidden(v);
                    let cost = self.cost[v] / weights.map_or(1.0, |w| w[v]);
                    let up = problem.add_var(cost, (0.0, high - at));
                    let down = problem.add_var(cost, (0.0, at - low));
                    return Column::Shown(at, up, down);
                }
                let mut bounds = self.bounds(v);
                if let Some((_, within)) = wish.filter(|(wished, _)| *wished == v) {
                    bounds = (bounds.0.max(within.0), bounds.1.min(within.1));
                }
                if bounds.0 == bounds.1 {
                    Column::Known(bounds.0)
                } else {
                    Column::Free(problem.add_var(0.0, bounds))
                }
            })
            .collect();
        if let Some((wished, within)) = wish {
            let (low, high) = self.bounds(wished);
            if within.0 > high + NEAR || within.1 < low - NEAR {
                return Err(Stop::Unreachable);
            }
        }
        for equation in &self.case.system.equations {
            let mut terms: Vec<(Variable, f64)> = Vec::with_capacity(equation.len() + 2);
            let mut rest = 0.0;
            for (variable, factor) in equation {
                match &columns[*variable] {
                    Column::Known(value) => rest -= factor * value,
                    Column::Free(of) => terms.push((*of, *factor)),
                    Column::Shown(at, up, down) => {
                        rest -= factor * at;
                        terms.push((*up, *factor));
                        terms.push((*down, -factor));
                    }
                }
            }
            if !terms.is_empty() {
                problem.add_constraint(&terms, ComparisonOp::Eq, rest);
            } else if rest.abs() > NEAR {
                return Err(Stop::Unreachable);
            }
        }
        let Solved::Point(values) = solve(&problem)? else {
            return Err(Stop::Unreachable);
        };
        let value = |column: &Column| match column {
            Column::Known(value) => *value,
            Column::Free(of) => values[of.idx()],
            Column::Shown(at, up, down) => at + values[up.idx()] - values[down.idx()],
        };
        Ok(columns.iter().map(value).collect())
    }

    fn reached(&self, target: usize) -> Bounds {
        let variable = self.targets[target].variable;
        let Proof { least, most } = self.proofs[target];
        (
            self.witnesses[least][variable],
            self.witnesses[most][variable],
        )
    }

    /// Takes a table as a proof, withholding what it changes.
    fn keep(&mut self, witness: Witness) -> Result<(), Stop> {
        for variable in 0..self.withheld.len() {
            if self.could_be(variable) && self.changes(&witness, variable) {
                self.withheld[variable] = true;
                let target = self.for_others(variable)?;
                self.targets.push(target);
                let Proof {
                    mut least,
                    mut most,
                } = Proof { least: 0, most: 0 };
                for (at, known) in self.witnesses.iter().enumerate() {
                    if known[variable] < self.witnesses[least][variable] {
                        least = at;
                    }
                    if known[variable] > self.witnesses[most][variable] {
                        most = at;
                    }
                }
                self.proofs.push(Proof { least, most });
            }
        }
        let new = self.witnesses.len();
        for (target, proof) in self.targets.iter().zip(&mut self.proofs) {
            let value = witness[target.variable];
            if value < self.witnesses[proof.least][target.variable] - NEAR {
                proof.least = new;
            }
            if value > self.witnesses[proof.most][target.variable] + NEAR {
                proof.most = new;
            }
        }
        self.witnesses.push(witness);
        Ok(())
    }

    fn changes(&self, witness: &Witness, variable: usize) -> bool {
        self.case.truth[variable].is_some_and(|n| (witness[variable] - n as f64).abs() > NEAR)
    }

    /// Whether a table agrees with all that is shown now.
    fn agrees(&self, witness: usize) -> bool {
        (0..self.withheld.len())
            .all(|v| self.withheld[v] || !self.changes(&self.witnesses[witness], v))
    }

    fn place(&self, variable: usize) -> crate::case::Place {
        let now = self.case.now();
        for (table, place) in self.case.system.places[now].iter().enumerate() {
            if let Some(cell) = place.iter().position(|v| *v == variable) {
                return (now, table, cell);
            }
        }
        (now, 0, 0)
    }

    /// Makes a variable reach a value at one end.
    fn reach(&mut self, variable: usize, within: Bounds) -> Result<(), Stop> {
        let first = self.nearest(Some((variable, within)), None)?;
        let costly = (0..self.withheld.len())
            .filter(|v| self.could_be(*v) && self.changes(&first, *v))
            .count();
        if costly == 0 {
            return self.keep(first);
        }
        let weights: Vec<f64> = first
            .iter()
            .zip(&self.case.truth)
            .map(|(value, truth)| truth.map_or(1.0, |n| (value - n as f64).abs()) + 0.05)
            .collect();
        let second = self.nearest(Some((variable, within)), Some(&weights))?;
        let price = |witness: &Witness| -> f64 {
            (0..self.withheld.len())
                .filter(|v| self.could_be(*v) && self.changes(witness, *v))
                .map(|v| self.cost[v])
                .sum()
        };
        let better = if price(&second) < price(&first) - NEAR {
            second
        } else {
            first
        };
        self.keep(better)
    }

    /// Withholds until every demand has its proof.
    pub(crate) fn fulfil(&mut self) -> Result<(), Stop> {
        let mut target = 0;
        while target < self.targets.len() {
            let Target {
                variable, demand, ..
            } = self.targets[target];
            match demand {
                Demand::Range(low, high) => {
                    if self.reached(target).1 < high - NEAR {
                        self.reach(variable, (high, f64::INFINITY))?;
                    }
                    if self.reached(target).0 > low + NEAR {
                        self.reach(variable, (f64::NEG_INFINITY, low))?;
                    }
                }
                Demand::Width(width) => self.widen(target, variable, width)?,
            }
            target += 1;
        }
        Ok(())
    }

    fn widen(&mut self, target: usize, variable: usize, width: f64) -> Result<(), Stop> {
        let (least, most) = self.reached(target);
        if most - least > width - NEAR {
            return Ok(());
        }
        match self.reach(variable, (least + width, f64::INFINITY)) {
            Err(Stop::Unreachable) => match self.reach(variable, (f64::NEG_INFINITY, most - width))
            {
                Err(Stop::Unreachable) => self.widest(variable, width),
                other => other,
            },
            other => other,
        }
    }

    /// Neither end alone gives the width: both are taken as far as they go when all is withheld.
    fn widest(&mut self, variable: usize, width: f64) -> Result<(), Stop> {
        let all: Vec<Bounds> = (0..self.withheld.len())
            .map(|v| {
                if self.could_be(v) {
                    self.hidden(v)
                } else {
                    self.bounds(v)
                }
            })
            .collect();
        let polytope =
            Polytope::new(&all, &self.case.system.equations).map_err(|_| Stop::Unreachable)?;
        self.programs += 2;
        let least = polytope.end(variable, End::Least)?.value.unwrap_or(0.0);
        let most = polytope
            .end(variable, End::Most)?
            .value
            .unwrap_or(least + width);
        self.reach(variable, (f64::NEG_INFINITY, least))?;
        self.reach(variable, (most.min(least + width), f64::INFINITY))
    }

    /// Shows again what was withheld for others and need not be.
    pub(crate) fn relent(&mut self) -> Result<(), Stop> {
        let mut others: Vec<usize> = (0..self.withheld.len())
            .filter(|v| self.withheld[*v] && !self.case.primary.contains_key(v))
            .collect();
        others.sort_by(|a, b| self.cost[*b].total_cmp(&self.cost[*a]).then(a.cmp(b)));
        for variable in others {
            self.try_to_show(variable)?;
        }
        Ok(())
    }

    fn try_to_show(&mut self, variable: usize) -> Result<(), Stop> {
        let kept = |target: &Target| target.variable != variable;
        let stale = |choice: &Self, at: usize| choice.changes(&choice.witnesses[at], variable);
        let broken: Vec<usize> = (0..self.targets.len())
            .filter(|t| kept(&self.targets[*t]))
            .filter(|t| stale(self, self.proofs[*t].least) || stale(self, self.proofs[*t].most))
            .collect();
        self.withheld[variable] = false;
        let bounds: Vec<Bounds> = (0..self.withheld.len()).map(|v| self.bounds(v)).collect();
        let Ok(polytope) = Polytope::new(&bounds, &self.case.system.equations) else {
            self.withheld[variable] = true;
            return Ok(());
        };
        let mut proofs = self.proofs.clone();
        let before = self.witnesses.len();
        for target in broken {
            let Target {
                variable: of,
                demand,
                ..
            } = self.targets[target];
            for end in [End::Least, End::Most] {
                let proof = &mut proofs[target];
                let at = if end == End::Least {
                    &mut proof.least
                } else {
                    &mut proof.most
                };
                if !stale(self, *at) {
                    continue;
                }
                let enough = |value: f64| match (demand, end) {
                    (Demand::Range(low, _), End::Least) => value < low + NEAR,
                    (Demand::Range(_, high), End::Most) => value > high - NEAR,
                    (Demand::Width(_), _) => false,
                };
                let known = (0..self.witnesses.len())
                    .find(|w| enough(self.witnesses[*w][of]) && self.agrees(*w));
                if let Some(known) = known {
                    *at = known;
                    continue;
                }
                self.programs += 1;
                let reached = polytope.end(of, end)?;
                let mut witness = self.witnesses[0].clone();
                if reached.point.is_empty() && reached.value.is_none() {
                    // Endless: a proof of what is asked for is enough.
                    let asked = match demand {
                        Demand::Range(low, high) => {
                            if end == End::Least {
                                low
                            } else {
                                high
                            }
                        }
                        Demand::Width(width) => {
                            let middle = self.witnesses[0][of];
                            if end == End::Least {
                                middle - width
                            } else {
                                middle + width
                            }
                        }
                    };
                    let within = if end == End::Least {
                        (f64::NEG_INFINITY, asked)
                    } else {
                        (asked, f64::INFINITY)
                    };
                    match self.agreeing(&bounds, of, within)? {
                        Some(found) => witness = found,
                        None => {
                            self.withheld[variable] = true;
                            self.witnesses.truncate(before);
                            return Ok(());
                        }
                    }
                } else {
                    for (v, value) in reached.point {
                        witness[v] = value;
                    }
                }
                self.witnesses.push(witness);
                let proof = &mut proofs[target];
                *(if end == End::Least {
                    &mut proof.least
                } else {
                    &mut proof.most
                }) = self.witnesses.len() - 1;
            }
            let least = self.witnesses[proofs[target].least][of];
            let most = self.witnesses[proofs[target].most][of];
            let holds = match demand {
                Demand::Range(low, high) => least < low + NEAR && most > high - NEAR,
                Demand::Width(width) => most - least > width - NEAR,
            };
            if !holds {
                self.withheld[variable] = true;
                self.witnesses.truncate(before);
                return Ok(());
            }
        }
        self.proofs = proofs;
        let still: Vec<bool> = self.targets.iter().map(kept).collect();
        let mut at = still.iter();
        self.targets.retain(|_| *at.next().unwrap_or(&true));
        let mut at = still.iter();
        self.proofs.retain(|_| *at.next().unwrap_or(&true));
        Ok(())
    }

    /// A table that agrees with all that is shown now, with a variable within bounds.
    fn agreeing(
        &mut self,
        bounds: &[Bounds],
        variable: usize,
        within: Bounds,
    ) -> Result<Option<Witness>, Stop> {
        self.programs += 1;
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let columns: Vec<Variable> = bounds
            .iter()
            .enumerate()
            .map(|(v, (low, high))| {
                let (mut low, mut high) = (*low, *high);
                if v == variable {
                    (low, high) = (low.max(within.0), high.min(within.1));
                }
                problem.add_var(0.0, (low, high))
            })
            .collect();
        for equation in &self.case.system.equations {
            let terms: Vec<(Variable, f64)> =
                equation.iter().map(|(v, f)| (columns[*v], *f)).collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, 0.0);
        }
        match solve(&problem)? {
            Solved::Point(values) => Ok(Some(values)),
            _ => Ok(None),
        }
    }

    /// What was small, and why else a cell is withheld; nothing for those withheld for others.
    pub(crate) fn why(&self, variable: usize) -> Option<Primary> {
        self.case.primary.get(&variable).copied()
    }
}
