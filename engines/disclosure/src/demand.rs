//! What an attacker must be left with: as much as the rule asks for, less only where the register alone leaves less.
//!
//! The zeros of a release are not the register: where showing them would bound a cell more tightly than the register alone
//! does and than the rule allows, they cannot be shown ([`Case::told_by_zeros`]).

use rayon::prelude::*;

use crate::{
    Error,
    case::{Case, Demand, Subject, Target, Wanted},
    polytope::Polytope,
};

/// The demand on a target, and how it stands to what is left.
struct Asked {
    target: Target,
    /// The zeros would leave less than the rule asks for and the register leaves.
    told_by_zeros: bool,
    /// The register leaves as much as the rule asks for.
    full: bool,
}

/// From the smallest to the largest whole number.
type Left = (f64, f64);

impl Case<'_> {
    /// Finds the demands on all that must not be found out.
    pub(crate) fn demand(&mut self, wanted: &[Wanted]) -> Result<(), Error> {
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
        let contradiction = |_| Error::Contradiction("its sums".to_owned());
        let with_zeros =
            Polytope::new(&self.most_withheld, &self.system.equations).map_err(contradiction)?;
        if !self.past.is_empty() {
            let alone =
                Polytope::new(&self.before, &self.system.equations).map_err(contradiction)?;
            self.alone = Some(alone);
        }
        let asked: Result<Vec<Asked>, Error> = wanted
            .par_iter()
            .map(|wanted| self.ask(wanted, &with_zeros))
            .collect();
        for asked in asked? {
            if asked.told_by_zeros {
                self.told_by_zeros.get_or_insert(asked.target.subject);
            }
            if !asked.full {
                self.given_away.push(asked.target.subject);
            }
            self.targets.push(asked.target);
        }
        Ok(())
    }

    fn ask(&self, wanted: &Wanted, with_zeros: &Polytope) -> Result<Asked, Error> {
        let Wanted {
            subject,
            variable,
            now,
            ..
        } = *wanted;
        let (least, most) = match &self.alone {
            // Without a register there is no end above: all counts could be larger together.
            None if self.release.tables.len() == 1 && self.finest[variable] => {
                (wanted.smallest as f64, f64::INFINITY)
            }
            None => (with_zeros.whole_ends(variable)?.0, f64::INFINITY),
            Some(_) => with_zeros.whole_ends(variable)?,
        };
        let n = wanted.threshold as f64;
        let width = n - 1.0 - wanted.smallest as f64;
        let downward = self.downward(subject) == Some(true);
        // What is asked for, before it is known what the register leaves.
        let range: Option<Left> = if downward {
            let top = most.min(0.0);
            Some(((1.0 - n).min(top - width), top))
        } else if now || least < n {
            let bottom = least.max(0.0);
            Some((bottom, (n - 1.0).max(bottom + width)))
        } else {
            None
        };
        let enough = match range {
            Some((bottom, _)) if downward => least <= bottom,
            Some((_, top)) => most >= top,
            None => most - least >= width,
        };
        let mut alone = (f64::NEG_INFINITY, f64::INFINITY);
        if !enough && let Some(register) = &self.alone {
            alone = register.confirmed_ends(variable)?;
        }
        let width = width.min(alone.1 - alone.0);
        let (demand, reaches, full) = match range {
            Some((bottom, top)) if downward => (
                Demand::Range(bottom.max(least), top),
                least <= bottom.max(alone.0),
                bottom >= alone.0,
            ),
            Some((bottom, top)) => (
                Demand::Range(bottom, top.min(most)),
                most >= top.min(alone.1),
                top <= alone.1,
            ),
            None => (Demand::Width(width), true, true),
        };
        Ok(Asked {
            target: Target {
                subject,
                variable,
                demand,
            },
            told_by_zeros: !reaches || most - least < width,
            full: full || !now,
        })
    }

    /// How many counts, less one, a cell of the release must be left with if it is withheld for others.
    pub(crate) fn width(&self, variable: usize) -> Result<f64, Error> {
        let width = self.rule.threshold as f64 - 1.0 - self.least[variable] as f64;
        let Some(register) = &self.alone else {
            return Ok(width);
        };
        let (least, most) = register.whole_ends(variable)?;
        if most - least >= width {
            return Ok(width);
        }
        let (least, most) = register.confirmed_ends(variable)?;
        Ok(width.min(most - least))
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
