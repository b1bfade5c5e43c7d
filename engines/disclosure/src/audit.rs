//! What an attacker can work out, from what was published alone.
//!
//! Nothing here knows a count that was withheld, nor how the cells to withhold were chosen. An attacker has every release
//! about the people: cells that are shown, sums, that counts are not negative, what the words for cells say, that a
//! population has grown. For each cell that is withheld two linear programs find its least and its largest count.

use rayon::prelude::*;

use crate::{
    Cell, Error, Publication, Register,
    case::{Demand, Subject, Target},
    dimension::Grid,
    knowledge::{learn, name, said_least, shape},
    polytope::{End, NEAR, Polytope},
    system::System,
};

/// No difference of counts is larger.
const FAR: f64 = 1e9;

/// What an attacker knows of a cell that is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The release.
    pub release: String,
    /// The number of the table in it, from 0.
    pub table: usize,
    /// The codes of the cell, one for each dimension.
    pub codes: Vec<String>,
    /// How it was published.
    pub cell: Cell,
    /// The smallest count that agrees with everything. People.
    pub least: u64,
    /// The largest; nothing where there is no end.
    pub most: Option<u64>,
    /// The interval has as many counts as the rule of its release leaves to a small one, at least.
    pub holds: bool,
}

/// What anybody can work out of every cell that was not shown, from all releases together.
///
/// [`Bound::holds`] looks at the width, because nobody but the office knows which of the withheld cells are small: for a
/// threshold of 5 and zeros shown 4 counts must be left, with zeros withheld 5. [`crate::protect`] asks for more where it
/// knows more.
///
/// # Errors
/// A damaged register ([`Error::Register`]), or releases that cannot all be true ([`Error::Contradiction`]).
pub fn audit(register: &Register) -> Result<Vec<Bound>, Error> {
    register.check()?;
    let mut bounds = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    for publication in &register.publications {
        if done.contains(&publication.population.as_str()) {
            continue;
        }
        done.push(&publication.population);
        let of: Vec<&Publication> = register
            .publications
            .iter()
            .filter(|p| p.population == publication.population)
            .collect();
        bounds.extend(of_population(&of)?);
    }
    Ok(bounds)
}

fn attack(of: &[&Publication]) -> Result<(System, Polytope), Error> {
    let shapes: Vec<_> = of.iter().map(|p| shape(p)).collect();
    let system = System::new(&shapes)?;
    let bounds = learn(&system, of);
    let polytope = against(of, &system, &bounds)?;
    Ok((system, polytope))
}

fn against(of: &[&Publication], system: &System, bounds: &[(f64, f64)]) -> Result<Polytope, Error> {
    let named = |variable: usize| {
        for (publication, tables) in of.iter().zip(&system.places) {
            for (table, place) in publication.tables.iter().zip(tables) {
                if let Some(cell) = place.iter().position(|v| *v == variable) {
                    return format!(
                        "{} of \"{}\"",
                        name(&table.dimensions, cell),
                        publication.name
                    );
                }
            }
        }
        "its sums".to_owned()
    };
    if let Some(variable) = bounds.iter().position(|(low, high)| low > high) {
        return Err(Error::Contradiction(named(variable)));
    }
    Polytope::new(bounds, &system.equations).map_err(|row| {
        Error::Contradiction(named(system.equations[row].first().map_or(0, |(v, _)| *v)))
    })
}

fn of_population(of: &[&Publication]) -> Result<Vec<Bound>, Error> {
    let (system, polytope) = attack(of)?;
    let told = said_least(&system, of);
    let mut asked = Vec::new();
    for (publication, places) in of.iter().zip(&system.places) {
        for (number, (table, place)) in publication.tables.iter().zip(places).enumerate() {
            for (at, cell) in table.cells.iter().enumerate() {
                if !matches!(cell, Cell::Shown(_)) {
                    asked.push((*publication, number, table, at, place[at]));
                }
            }
        }
    }
    asked
        .par_iter()
        .map(|(publication, number, table, at, variable)| {
            let low = polytope.end(*variable, End::Least)?.value.unwrap_or(0.0);
            let high = polytope.end(*variable, End::Most)?.value;
            let (low, high) = (
                (low - NEAR).ceil().max(0.0),
                high.map(|h| (h + NEAR).floor()),
            );
            let cell = table.cells[*at];
            let smallest = match cell {
                Cell::Rounded(_) => 1,
                _ => told[*variable],
            };
            let width = publication.terms.threshold as f64 - 1.0 - smallest as f64;
            let nodes = Grid::of(&table.dimensions).nodes(*at);
            let codes = table.dimensions.iter().zip(nodes);
            Ok(Bound {
                release: publication.name.clone(),
                table: *number,
                codes: codes.map(|(d, node)| d.label(node).to_owned()).collect(),
                cell,
                least: low as u64,
                most: high.map(|h| h as u64),
                holds: high.is_none_or(|high| high - low >= width),
            })
        })
        .collect()
}

/// The targets that what is published does not leave open enough, or of which it could not be found out: their places in the
/// list.
pub(crate) fn broken(of: &[&Publication], targets: &[Target]) -> Result<Vec<usize>, Error> {
    let shapes: Vec<_> = of.iter().map(|p| shape(p)).collect();
    let mut system = System::new(&shapes)?;
    let variables: Vec<usize> = targets
        .iter()
        .map(|target| {
            let at = |(publication, table, cell): (usize, usize, usize)| {
                (
                    system.places[publication][table][cell],
                    system.stages[publication],
                )
            };
            match target.subject {
                Subject::Cell(place) => at(place).0,
                Subject::Difference(later, earlier) => {
                    let ((later, stage), (earlier, before)) = (at(later), at(earlier));
                    system.difference(later, earlier, before, stage)
                }
            }
        })
        .collect();
    let bounds = learn(&system, of);
    let polytope = against(of, &system, &bounds)?;
    let holds: Vec<bool> = targets
        .par_iter()
        .zip(&variables)
        .map(|(target, variable)| {
            // What could not be reckoned does not hold.
            left_open(&polytope, *variable, target.demand).unwrap_or(false)
        })
        .collect();
    Ok((0..targets.len()).filter(|at| !holds[*at]).collect())
}

/// Whether the polytope leaves a variable what is demanded.
fn left_open(polytope: &Polytope, variable: usize, demand: Demand) -> Result<bool, Error> {
    // Only as far as is asked for: every end is then a point, which has been put into all rows, and never the word
    // of a solver that there is no end.
    let reach = |end, within| -> Result<f64, Error> {
        let reached = polytope.end_within(variable, end, within)?;
        reached
            .value
            .ok_or_else(|| Error::Solver("it found no end where one is".to_owned()))
    };
    match demand {
        Demand::Range(low, high) => {
            let least = reach(End::Least, (low, f64::INFINITY))?;
            if least > low + NEAR {
                return Ok(false);
            }
            let most = reach(End::Most, (f64::NEG_INFINITY, high))?;
            Ok(most > high - NEAR)
        }
        Demand::Width(width) => {
            let least = reach(End::Least, (-FAR, f64::INFINITY))?;
            let most = reach(End::Most, (f64::NEG_INFINITY, least + width))?;
            Ok(most > least + width - NEAR)
        }
    }
}

impl Bound {
    /// The count, where everything together gives it away.
    pub fn given_away(&self) -> Option<u64> {
        self.most.filter(|most| *most == self.least)
    }
}
