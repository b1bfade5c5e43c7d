//! A release beside the register: what is small, what is known already, what must not be found out.

use std::collections::BTreeMap;

use crate::{
    Change, Error, Publication, Register, Release, Rule, Terms, Zeros,
    dimension::Dimension,
    knowledge::{finest, learn, least, name, said_least, shape},
    polytope::{Bounds, Polytope, known},
    system::{Key, Shape, System},
};

/// A cell of a table of a release, by their numbers.
pub(crate) type Place = (usize, usize, usize);

/// What must not be found out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// The count of a cell.
    Cell(Place),
    /// How many more people a cell has than in an earlier release.
    Difference(Place, Place),
}

/// What an attacker must be left with, at least.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Demand {
    /// All counts from one to the other.
    Range(f64, f64),
    /// So many counts, one less.
    Width(f64),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) subject: Subject,
    pub(crate) variable: usize,
    pub(crate) demand: Demand,
}

/// What must not be found out, before it is known how much can be left open.
pub(crate) struct Wanted {
    pub(crate) subject: Subject,
    pub(crate) variable: usize,
    pub(crate) threshold: u64,
    /// The smallest count that it may have.
    pub(crate) smallest: u64,
    /// It is of this release.
    pub(crate) now: bool,
}

/// Why a cell is not shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Primary {
    Small,
    Difference,
    Earlier,
}

pub(crate) struct Case<'a> {
    pub(crate) release: &'a Release,
    pub(crate) rule: &'a Rule,
    pub(crate) past: Vec<&'a Publication>,
    pub(crate) system: System,
    /// What the register says.
    pub(crate) before: Vec<Bounds>,
    /// Counts of the variables that are cells of the release.
    pub(crate) truth: Vec<Option<u64>>,
    pub(crate) finest: Vec<bool>,
    /// The smallest count of a withheld cell.
    pub(crate) least: Vec<u64>,
    /// Zeros that are shown, and cells that the register shows of the same people.
    pub(crate) open: Vec<bool>,
    pub(crate) primary: BTreeMap<usize, Primary>,
    pub(crate) targets: Vec<Target>,
    /// What the register and the zeros say when nothing else of the release is shown, by variable.
    pub(crate) most_withheld: Vec<Bounds>,
    /// What the register says when nothing of the release is shown, not even its zeros; nothing without a register.
    pub(crate) alone: Option<Polytope>,
    /// A cell that the zeros of the release would bound more tightly than the rule allows, were they shown.
    pub(crate) told_by_zeros: Option<Subject>,
    /// Cells that the register gives away already.
    pub(crate) given_away: Vec<Subject>,
}

impl<'a> Case<'a> {
    /// `rounding`: zeros are not told from small counts.
    pub(crate) fn new(
        release: &'a Release,
        rule: &'a Rule,
        register: &'a Register,
        rounding: bool,
    ) -> Result<Self, Error> {
        rule.check()?;
        register.check()?;
        if release.tables.is_empty() {
            return Err(Error::Empty);
        }
        if register.has(&release.name) {
            return Err(Error::Name(release.name.clone()));
        }
        let past: Vec<&Publication> = register
            .publications
            .iter()
            .filter(|p| p.population == release.population)
            .collect();
        let tables: Vec<&[Dimension]> = release
            .tables
            .iter()
            .map(|t| t.dimensions.as_slice())
            .collect();
        one_coding(&tables)?;
        let mut shapes: Vec<Shape<'_>> = past.iter().map(|p| shape(p)).collect();
        shapes.push(Shape {
            change: release.change,
            tables: tables.clone(),
        });
        let mut system = System::new(&shapes)?;
        let now = past.len();
        let mut truth = vec![None; system.least.len()];
        let mut fine = vec![true; system.least.len()];
        let mut smallest = said_least(&system, &past);
        let terms = Terms {
            threshold: rule.threshold,
            zeros: if rounding {
                Zeros::Withheld
            } else {
                rule.zeros.clone()
            },
            words: rule.words,
            rounded_within: None,
        };
        for (at, ((raw, place), finest)) in release
            .tables
            .iter()
            .zip(&system.places[now])
            .zip(finest(&tables))
            .enumerate()
        {
            for (cell, variable) in place.iter().enumerate() {
                let said = *truth[*variable].get_or_insert(raw.cells[cell]);
                if said != raw.cells[cell] {
                    return Err(Error::Disagree(name(tables[at], cell)));
                }
                fine[*variable] &= finest[cell];
                smallest[*variable] = smallest[*variable].max(least(&terms, tables[at], cell));
            }
        }
        let before = learn(&system, &past);
        let mut made = Self {
            release,
            rule,
            past,
            open: vec![false; before.len()],
            most_withheld: Vec::new(),
            alone: None,
            told_by_zeros: None,
            system: System::new(&[])?,
            before,
            truth,
            finest: fine,
            least: smallest,
            primary: BTreeMap::new(),
            targets: Vec::new(),
            given_away: Vec::new(),
        };
        std::mem::swap(&mut made.system, &mut system);
        made.find_open()?;
        made.find_primary();
        let wanted = made.wanted();
        made.demand(&wanted)?;
        Ok(made)
    }

    pub(crate) fn now(&self) -> usize {
        self.past.len()
    }

    /// The name of a subject, for errors.
    pub(crate) fn name(&self, subject: Subject) -> String {
        let of = |(publication, table, cell): Place| {
            if publication == self.now() {
                name(&self.release.tables[table].dimensions, cell)
            } else {
                let publication = self.past[publication];
                format!(
                    "{} of \"{}\"",
                    name(&publication.tables[table].dimensions, cell),
                    publication.name
                )
            }
        };
        match subject {
            Subject::Cell(place) => of(place),
            Subject::Difference(later, earlier) => {
                format!("the difference between {} and {}", of(later), of(earlier))
            }
        }
    }

    /// What is shown in any case, and whether the register agrees with it.
    fn find_open(&mut self) -> Result<(), Error> {
        let contradiction = |case: &Self, variable: usize| {
            let place = case.place_now(variable);
            Err(Error::Contradiction(case.name(Subject::Cell(place))))
        };
        for variable in 0..self.truth.len() {
            let Some(count) = self.truth[variable] else {
                continue;
            };
            let (low, high) = self.before[variable];
            if (count as f64) < low || (count as f64) > high {
                return contradiction(self, variable);
            }
            let shown_before = known(&(low, high)) && (count >= self.rule.threshold || count == 0);
            self.open[variable] = shown_before || (count == 0 && self.least[variable] == 1);
        }
        // Where nobody is in a cell that is shown, nobody is in its parts.
        let mut changed = true;
        while changed {
            changed = false;
            for equation in &self.system.equations {
                let Some(((sum, _), parts)) = equation.split_first() else {
                    continue;
                };
                if self.open[*sum] && self.truth[*sum] == Some(0) {
                    for (part, _) in parts {
                        if self.truth[*part] == Some(0) && !self.open[*part] {
                            self.open[*part] = true;
                            changed = true;
                        }
                    }
                }
            }
        }
        for ((stage, key), variable) in &self.system.keys {
            if self.truth[*variable].is_none() || *stage == 0 {
                continue;
            }
            for before in (0..*stage).rev() {
                let grown = self.system.links[before + 1..=*stage]
                    .iter()
                    .all(|c| *c == Change::Grown);
                if let Some(earlier) = self.system.keys.get(&(before, key.clone()))
                    && grown
                    && self.truth[*variable].is_some_and(|n| (n as f64) < self.before[*earlier].0)
                {
                    return contradiction(self, *variable);
                }
            }
        }
        Ok(())
    }

    fn place_now(&self, variable: usize) -> Place {
        let now = self.now();
        for (table, place) in self.system.places[now].iter().enumerate() {
            if let Some(cell) = place.iter().position(|v| *v == variable) {
                return (now, table, cell);
            }
        }
        (now, 0, 0)
    }

    fn find_primary(&mut self) {
        let now = self.now();
        let stage = self.system.stages[now];
        let mut earlier = vec![false; self.truth.len()];
        for (publication, places) in self.past.iter().zip(&self.system.places) {
            for (table, place) in publication.tables.iter().zip(places) {
                for (cell, variable) in table.cells.iter().zip(place) {
                    earlier[*variable] |= cell.is_withheld();
                }
            }
        }
        for (variable, hidden) in earlier.iter().enumerate() {
            let Some(count) = self.truth[variable] else {
                continue;
            };
            if self.open[variable] {
                continue;
            }
            if count < self.rule.threshold {
                self.primary.insert(variable, Primary::Small);
            } else if *hidden {
                self.primary.insert(variable, Primary::Earlier);
            }
        }
        // Few people more or fewer than a release before has shown.
        for ((_, key), variable) in self.system.keys.iter().filter(|((s, _), _)| *s == stage) {
            let Some(count) = self.truth[*variable].filter(|_| !self.open[*variable]) else {
                continue;
            };
            for before in 0..stage {
                if let Some(other) = self.system.keys.get(&(before, key.clone()))
                    && known(&self.before[*other])
                {
                    let more = (count as f64 - self.before[*other].0).abs();
                    if more > 0.5 && more < self.rule.threshold as f64 - 0.5 {
                        self.primary.entry(*variable).or_insert(Primary::Difference);
                    }
                }
            }
        }
    }

    /// What must not be found out.
    fn wanted(&mut self) -> Vec<Wanted> {
        let now = self.now();
        let mut wanted = Vec::new();
        let mut seen = vec![false; self.truth.len()];
        for publication in (0..=now).rev() {
            for table in 0..self.system.places[publication].len() {
                for cell in 0..self.system.places[publication][table].len() {
                    let variable = self.system.places[publication][table][cell];
                    let place = (publication, table, cell);
                    if seen[variable] {
                        continue;
                    }
                    let (threshold, smallest) = if publication == now {
                        if self.primary.get(&variable) == Some(&Primary::Small) {
                            (self.rule.threshold, self.least[variable])
                        } else {
                            continue;
                        }
                    } else {
                        let past = self.past[publication];
                        if !past.tables[table].cells[cell].is_withheld() {
                            continue;
                        }
                        (past.terms.threshold, self.least[variable])
                    };
                    seen[variable] = true;
                    if known(&self.before[variable]) {
                        if publication == now {
                            self.given_away.push(Subject::Cell(place));
                        }
                    } else {
                        wanted.push(Wanted {
                            subject: Subject::Cell(place),
                            variable,
                            threshold,
                            smallest,
                            now: publication == now,
                        });
                    }
                }
            }
        }
        self.wanted_differences(&mut wanted);
        wanted
    }

    fn wanted_differences(&mut self, wanted: &mut Vec<Wanted>) {
        let mut where_is: BTreeMap<usize, Place> = BTreeMap::new();
        for (publication, tables) in self.system.places.iter().enumerate() {
            for (table, place) in tables.iter().enumerate() {
                for (cell, variable) in place.iter().enumerate() {
                    where_is.insert(*variable, (publication, table, cell));
                }
            }
        }
        let keys: Vec<((usize, Key), usize)> = self
            .system
            .keys
            .iter()
            .map(|(k, v)| (k.clone(), *v))
            .collect();
        for ((stage, key), variable) in keys {
            let withheld_now = self.primary.contains_key(&variable);
            let withheld_before = self.truth[variable].is_none() && !known(&self.before[variable]);
            let Some(place) = where_is.get(&variable).copied() else {
                continue;
            };
            let mut values = Vec::new();
            for before in (0..stage).rev() {
                let Some(other) = self.system.keys.get(&(before, key.clone())).copied() else {
                    continue;
                };
                let Some(earlier) = where_is
                    .get(&other)
                    .copied()
                    .filter(|_| known(&self.before[other]))
                else {
                    continue;
                };
                let value = self.before[other].0;
                if values.contains(&(value as u64)) || value < 0.5 {
                    continue;
                }
                values.push(value as u64);
                let threshold = self.rule.threshold;
                let sensitive = match self.truth[variable] {
                    Some(count) => {
                        let more = (count as f64 - value).abs();
                        withheld_now && more > 0.5 && more < threshold as f64 - 0.5
                    }
                    None => withheld_before,
                };
                if sensitive {
                    let difference = self.system.difference(variable, other, before, stage);
                    if difference == self.before.len() {
                        self.before
                            .push((self.system.least[difference], f64::INFINITY));
                        self.truth.push(None);
                        self.finest.push(false);
                        self.least.push(0);
                        self.open.push(false);
                    }
                    wanted.push(Wanted {
                        subject: Subject::Difference(place, earlier),
                        variable: difference,
                        threshold,
                        smallest: 1,
                        now: place.0 == self.now(),
                    });
                }
            }
        }
    }
}

/// A dimension has the same codes in all tables of a release.
fn one_coding(tables: &[&[Dimension]]) -> Result<(), Error> {
    let mut known: BTreeMap<&str, &Dimension> = BTreeMap::new();
    for dimension in tables.iter().copied().flatten() {
        let first = *known.entry(dimension.name()).or_insert(dimension);
        if first.codes() != dimension.codes() {
            return Err(Error::Coding(dimension.name().to_owned()));
        }
    }
    Ok(())
}
