//! Protection by withholding.

use crate::{
    Cell, Error, Publication, PublishedTable, Register, Release, Rule, Terms, Words, Zeros,
    audit::broken,
    case::{Case, Primary},
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
/// Where that cannot be had as the rule says it, more is withheld: first the words are one for all, then the zeros of the
/// release are withheld too ([`Terms::zeros`] says so), at last nothing of it is shown.
///
/// # Errors
/// [`Error`] says which: what is asked for cannot be, the release contradicts itself or the register, or the audit failed.
pub fn protect(release: &Release, rule: &Rule, register: &Register) -> Result<Protected, Error> {
    rule.check()?;
    same_zeros(release, rule, register)?;
    let stricter = Rule {
        zeros: Zeros::Withheld,
        ..rule.clone()
    };
    if rule.zeros != Zeros::Withheld
        && let Some(protected) = by_rule(&Case::new(release, rule, register, false)?)?
    {
        return Ok(protected);
    }
    let case = Case::new(release, &stricter, register, false)?;
    if let Some(protected) = by_rule(&case)? {
        return Ok(protected);
    }
    checked(&case, &Choice::nothing(&case)?, Words::Withheld)
}

/// Whether earlier releases protect no zero that the rule would show, except where they had to.
fn same_zeros(release: &Release, rule: &Rule, register: &Register) -> Result<(), Error> {
    let other = |p: &&Publication| {
        p.population == release.population
            && p.terms.rounded_within.is_none()
            && p.terms.zeros != rule.zeros
            // Demands on what they withheld hold also then.
            && p.terms.zeros != Zeros::Withheld
    };
    match register.publications.iter().find(other) {
        Some(_) => Err(Error::Zeros(release.population.clone())),
        None => Ok(()),
    }
}

/// Nothing where it cannot be had with the words of the rule, nor with one for all.
fn by_rule(case: &Case<'_>) -> Result<Option<Protected>, Error> {
    if case.told_by_zeros.is_some() {
        return Ok(None);
    }
    let mut words = vec![case.rule.words];
    if case.rule.words != Words::Withheld {
        words.push(Words::Withheld);
    }
    for words in words {
        match attempt(case, words) {
            Ok(protected) => return Ok(Some(protected)),
            // More is withheld where it is not certain that less is enough.
            Err(Stop::Unreachable | Stop::Failed(Error::Audit(_) | Error::Solver(_))) => {}
            Err(Stop::Failed(error)) => return Err(error),
        }
    }
    Ok(None)
}

fn attempt(case: &Case<'_>, words: Words) -> Result<Protected, Stop> {
    let mut choice = Choice::new(case, words)?;
    choice.fulfil()?;
    choice.relent()?;
    Ok(checked(case, &choice, words)?)
}

/// What is given out, if it passes the audit.
fn checked(case: &Case<'_>, choice: &Choice<'_>, words: Words) -> Result<Protected, Error> {
    let publication = publish(case, choice, words);
    let mut of = case.past.clone();
    of.push(&publication);
    let targets = &choice.targets;
    if let Some(at) = broken(&of, targets)?.first() {
        return Err(Error::Audit(case.name(targets[*at].subject)));
    }
    Ok(Protected {
        loss: loss(case, choice),
        given_away: case.given_away.iter().map(|s| case.name(*s)).collect(),
        audited: targets.len(),
        publication,
    })
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Change, Counts, Dimension, audit};

    #[test]
    fn at_last_nothing_is_shown_and_that_passes_the_audit() {
        let a = Dimension::new("a", "all", ["a0", "a1"]).unwrap();
        let b = Dimension::new("b", "all", ["b0", "b1", "b2"]).unwrap();
        let mut counts = Counts::new(vec![a, b]).unwrap();
        for (codes, people) in [
            (["a0", "b0"], 31),
            (["a0", "b1"], 2),
            (["a1", "b1"], 9),
            (["a1", "b2"], 44),
        ] {
            counts.add(&codes, people).unwrap();
        }
        let rule = Rule {
            zeros: Zeros::Withheld,
            ..Rule::default()
        };
        let mut register = Register::default();
        for (name, by) in [("one", &["b"][..]), ("two", &["a", "b"])] {
            let release = Release::new(name, "invented people")
                .since_the_last(Change::Same)
                .table(&counts, by)
                .unwrap();
            let case = Case::new(&release, &rule, &register, false).unwrap();
            let choice = Choice::nothing(&case).unwrap();
            let protected = checked(&case, &choice, Words::Withheld).unwrap();
            let table = &protected.publication.tables[0];
            assert!(table.cells().all(|(_, cell)| cell.is_withheld()));
            register.push(protected.publication).unwrap();
        }
        assert!(audit(&register).unwrap().iter().all(|b| b.holds));
    }
}
