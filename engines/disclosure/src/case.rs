//! A release beside the register: what is small, what is known already, what must not be found out.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    Change, Error, Publication, Register, Release, Rule, Terms, Zeros,
    dimension::Dimension,
    knowledge::{finest, learn, least, name, shape},
    polytope::{Bounds, End, NEAR, Polytope, known},
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
        if past
            .iter()
            .any(|p| p.terms.zeros != rule.zeros && p.terms.rounded_within.is_none())
            && !rounding
        {
            return Err(Error::Zeros(release.population.clone()));
        }
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
        let mut smallest = vec![1; system.least.len()];
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
                smallest[*variable] = least(&terms, tables[at], cell);
            }
        }
        let before = learn(&system, &past);
        let mut made = Self {
            release,
            rule,
            past,
            open: vec![false; before.len()],
            most_withheld: Vec::new(),
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
        made.demand(wanted)?;
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
            let shown_before = known(&(low, high)) && count >= self.rule.threshold;
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

    /// Subjects with their variables, the threshold, and the smallest count of each.
    fn wanted(&mut self) -> Vec<(Subject, usize, u64, u64, bool)> {
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
                        let smallest = least(&past.terms, &past.tables[table].dimensions, cell);
                        (past.terms.threshold, smallest)
                    };
                    seen[variable] = true;
                    if known(&self.before[variable]) {
                        if publication == now {
                            self.given_away.push(Subject::Cell(place));
                        }
                    } else {
                        wanted.push((
                            Subject::Cell(place),
                            variable,
                            threshold,
                            smallest,
                            publication == now,
                        ));
                    }
                }
            }
        }
        self.wanted_differences(&mut wanted);
        wanted
    }

    fn wanted_differences(&mut self, wanted: &mut Vec<(Subject, usize, u64, u64, bool)>) {
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
                    let subject = Subject::Difference(place, earlier);
                    wanted.push((subject, difference, threshold, 1, place.0 == self.now()));
                }
            }
        }
    }

    /// What the register leaves open, with nothing but zeros of the release shown, must stay open as far as the rule goes.
    fn demand(&mut self, wanted: Vec<(Subject, usize, u64, u64, bool)>) -> Result<(), Error> {
        self.most_withheld = self
            .before
            .iter()
            .enumerate()
            .map(|(variable, (low, high))| match self.truth[variable] {
                Some(count) if self.open[variable] => (count as f64, count as f64),
                Some(_) => (low.max(self.least[variable] as f64), *high),
                None => (*low, *high),
            })
            .collect();
        let polytope = Polytope::new(&self.most_withheld, &self.system.equations)
            .map_err(|_| Error::Contradiction("its sums".to_owned()))?;
        let one_table = self.past.is_empty() && self.release.tables.len() == 1;
        let endless = self.past.is_empty();
        let answers: Vec<Result<(Target, bool), Error>> = wanted
            .par_iter()
            .map(|(subject, variable, threshold, smallest, now)| {
                let least = if one_table && self.finest[*variable] {
                    *smallest as f64
                } else {
                    polytope
                        .end(*variable, End::Least)?
                        .value
                        .unwrap_or(f64::NEG_INFINITY)
                };
                let most = if endless {
                    f64::INFINITY
                } else {
                    polytope
                        .end(*variable, End::Most)?
                        .value
                        .unwrap_or(f64::INFINITY)
                };
                let (least, most) = ((least - NEAR).ceil(), (most + NEAR).floor());
                let n = *threshold as f64;
                let width = n - 1.0 - *smallest as f64;
                let (demand, full) = match self.downward(*subject) {
                    Some(true) => {
                        let top = most.min(0.0);
                        let bottom = (1.0 - n).min(top - width);
                        (Demand::Range(bottom.max(least), top), least <= bottom)
                    }
                    _ if *now || least < n => {
                        let bottom = least.max(0.0);
                        let top = (n - 1.0).max(bottom + width);
                        (Demand::Range(bottom, top.min(most)), top <= most)
                    }
                    _ => (Demand::Width(width.min(most - least)), true),
                };
                let target = Target {
                    subject: *subject,
                    variable: *variable,
                    demand,
                };
                Ok((target, full || !*now))
            })
            .collect();
        for answer in answers {
            let (target, full) = answer?;
            if !full {
                self.given_away.push(target.subject);
            }
            self.targets.push(target);
        }
        Ok(())
    }

    /// For a difference of this release: true if there are fewer people now.
    fn downward(&self, subject: Subject) -> Option<bool> {
        let Subject::Difference(later, earlier) = subject else {
            return None;
        };
        let now = self.truth[self.system.places[later.0][later.1][later.2]]?;
        let before = self.before[self.system.places[earlier.0][earlier.1][earlier.2]].0;
        Some((now as f64) < before)
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
