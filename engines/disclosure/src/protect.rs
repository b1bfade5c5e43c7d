//! Protection by withholding.

use crate::{
    Cell, Error, Publication, PublishedTable, Register, Release, Rule, Terms, Words,
    audit::broken,
    case::{Case, Demand, Primary, Subject, Target},
    choose::{Choice, Stop},
};

/// What was withheld, and why. Cells; one that stands in several tables of the release is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loss {
    /// Cells in all.
    pub cells: usize,
    /// Withheld because they are small.
    pub small: usize,
    /// Withheld because they differ by few people from what an earlier release showed.
    pub difference: usize,
    /// Withheld because an earlier release about the same people withheld them.
    pub earlier: usize,
    /// Withheld so that others cannot be found out.
    pub others: usize,
}

impl Loss {
    /// Withheld in all.
    pub fn withheld(&self) -> usize {
        self.small + self.difference + self.earlier + self.others
    }
}

/// A release that may be given out.
#[derive(Debug, Clone)]
pub struct Protected {
    /// What to publish, and to add to the register.
    pub publication: Publication,
    /// What was withheld.
    pub loss: Loss,
    /// What releases of the register give away in spite of their withholding, or because they were never protected: no
    /// later release can mend it. Named as a person would name the cells.
    pub given_away: Vec<String>,
    /// Cells that were looked at by the audit: those of this release and of the register that must not be found out.
    pub audited: usize,
}

/// Withholds what the rule asks for, and as little more as it can, so that neither this release nor any of the register can
/// be used to bound a withheld cell more tightly than the rule allows. The result has passed the audit; otherwise there is
/// none.
///
/// # Errors
/// [`Error`] says which: what is asked for cannot be, the release contradicts itself or the register, or the audit failed.
pub fn protect(release: &Release, rule: &Rule, register: &Register) -> Result<Protected, Error> {
    let case = Case::new(release, rule, register, false)?;
    let mut words = vec![rule.words];
    if rule.words != Words::Withheld {
        words.push(Words::Withheld);
    }
    for words in words {
        match attempt(&case, words) {
            Ok(protected) => return Ok(protected),
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Unreachable) => {}
        }
    }
    Err(Error::Audit(case.targets.first().map_or_else(
        || "a cell".to_owned(),
        |t| case.name(t.subject),
    )))
}

fn attempt(case: &Case<'_>, words: Words) -> Result<Protected, Stop> {
    let mut choice = Choice::new(case, words)?;
    choice.fulfil()?;
    choice.relent()?;
    let publication = publish(case, &choice, words);
    let mut of = case.past.clone();
    of.push(&publication);
    let targets = audited(case, &choice);
    if let Some(at) = broken(&of, &targets)?.first() {
        return Err(Stop::Failed(Error::Audit(case.name(targets[*at].subject))));
    }
    Ok(Protected {
        loss: loss(case, &choice),
        given_away: case.given_away.iter().map(|s| case.name(*s)).collect(),
        audited: targets.len(),
        publication,
    })
}

/// The targets of the case, and the cells that are withheld for others.
fn audited(case: &Case<'_>, choice: &Choice<'_>) -> Vec<Target> {
    let mut targets = case.targets.clone();
    let now = case.now();
    let mut seen = vec![false; case.truth.len()];
    for (table, place) in case.system.places[now].iter().enumerate() {
        for (cell, variable) in place.iter().enumerate() {
            let other = choice.withheld[*variable] && choice.why(*variable).is_none();
            if other && !std::mem::replace(&mut seen[*variable], true) {
                let width = case.rule.threshold as f64 - 1.0 - case.least[*variable] as f64;
                targets.push(Target {
                    subject: Subject::Cell((now, table, cell)),
                    variable: *variable,
                    demand: Demand::Width(width),
                });
            }
        }
    }
    targets
}

fn publish(case: &Case<'_>, choice: &Choice<'_>, words: Words) -> Publication {
    let rule = case.rule;
    let cell = |variable: usize, count: u64| {
        if !choice.withheld[variable] {
            Cell::Shown(count)
        } else if words == Words::FewerThan && case.finest[variable] && count < rule.threshold {
            Cell::FewerThan(rule.threshold)
        } else {
            Cell::Withheld
        }
    };
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
            threshold: rule.threshold,
            zeros: rule.zeros.clone(),
            words,
            rounded_within: None,
        },
        tables: tables
            .map(|(raw, place)| PublishedTable {
                dimensions: raw.dimensions.clone(),
                cells: place
                    .iter()
                    .zip(&raw.cells)
                    .map(|(v, count)| cell(*v, *count))
                    .collect(),
            })
            .collect(),
    }
}

fn loss(case: &Case<'_>, choice: &Choice<'_>) -> Loss {
    let mut loss = Loss::default();
    for (variable, truth) in case.truth.iter().enumerate() {
        loss.cells += usize::from(truth.is_some());
        if truth.is_some() && choice.withheld[variable] {
            match choice.why(variable) {
                Some(Primary::Small) => loss.small += 1,
                Some(Primary::Difference) => loss.difference += 1,
                Some(Primary::Earlier) => loss.earlier += 1,
                None => loss.others += 1,
            }
        }
    }
    loss
}
