//! Votes, and a decision that cannot be made without its reasons.

use std::collections::{BTreeMap, BTreeSet};

use mandate_accounts::words;
use mandate_office::{Process, Reason};
use mandate_store::Id;

words!(
    /// What a decision gives.
    Outcome {
        /// The status is recognised.
        Recognised = "recognised",
        /// It is not.
        Rejected = "rejected",
    }
);

words!(
    /// What a member says.
    Vote {
        /// To recognise.
        Recognise = "recognise",
        /// To reject.
        Reject = "reject",
        /// To ask for an interview first.
        Interview = "interview",
    }
);

/// What the votes of those to whom a file is assigned come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally {
    /// Somebody has not voted yet.
    Open {
        /// How many votes are missing.
        missing: usize,
    },
    /// More than half say so.
    Majority(Outcome),
    /// At least half ask for an interview.
    Interview,
    /// No side has more than half.
    Tied,
}

impl Tally {
    /// Counts the latest vote of each member to whom the file is assigned; votes of others do not count.
    pub fn of(assigned: &BTreeSet<Id>, votes: &BTreeMap<Id, Vote>) -> Self {
        let cast: Vec<Vote> = assigned
            .iter()
            .filter_map(|m| votes.get(m))
            .copied()
            .collect();
        if cast.len() < assigned.len() || assigned.is_empty() {
            return Tally::Open {
                missing: assigned.len() - cast.len(),
            };
        }
        let share = |vote| cast.iter().filter(|cast| **cast == vote).count();
        if 2 * share(Vote::Interview) >= cast.len() {
            Tally::Interview
        } else if 2 * share(Vote::Recognise) > cast.len() {
            Tally::Majority(Outcome::Recognised)
        } else if 2 * share(Vote::Reject) > cast.len() {
            Tally::Majority(Outcome::Rejected)
        } else {
            Tally::Tied
        }
    }
}

/// A decision that may be saved: it has a majority, reasons by category that give its outcome, and a sealed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    outcome: Outcome,
    reasons: Vec<String>,
    text: Id,
}

/// Why a decision cannot be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionProblem {
    /// The votes do not give this outcome.
    #[error("the votes do not give this outcome")]
    Votes,
    /// No reason was chosen.
    #[error("a decision needs at least one reason")]
    NoReason,
    /// A reason is none of the profile's, or gives the other outcome.
    #[error("a reason does not belong to this outcome")]
    WrongReason,
    /// There is no sealed text of reasons.
    #[error("a decision needs its reasons in words")]
    NoText,
}

impl Decision {
    /// A decision; `text` is the sealed text of its reasons.
    ///
    /// # Errors
    /// [`DecisionProblem`].
    pub fn new(
        process: &Process,
        tally: Tally,
        outcome: Outcome,
        reasons: &[&str],
        text: Option<Id>,
    ) -> Result<Self, DecisionProblem> {
        if tally != Tally::Majority(outcome) {
            return Err(DecisionProblem::Votes);
        }
        if reasons.is_empty() {
            return Err(DecisionProblem::NoReason);
        }
        let fits = |reason: &Reason| reason.outcome == outcome.as_str();
        if !reasons
            .iter()
            .all(|key| process.reasons.get(key).is_some_and(fits))
        {
            return Err(DecisionProblem::WrongReason);
        }
        let mut reasons: Vec<String> = reasons.iter().map(|&key| key.to_owned()).collect();
        reasons.sort();
        reasons.dedup();
        Ok(Decision {
            outcome,
            reasons,
            text: text.ok_or(DecisionProblem::NoText)?,
        })
    }

    /// What it gives.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The keys of its reasons.
    pub fn reasons(&self) -> &[String] {
        &self.reasons
    }

    /// The sealed text of its reasons.
    pub fn text(&self) -> Id {
        self.text
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use mandate_office::Profile;

    use super::*;

    #[test]
    fn a_decision_is_not_saved_without_majority_reasons_and_text() {
        let process = Profile::embedded("kosovo").unwrap().process.unwrap();
        let yes = Tally::Majority(Outcome::Recognised);
        let text = Some(Id::new());
        let made = |tally, reasons: &[&str], text| {
            Decision::new(&process, tally, Outcome::Recognised, reasons, text)
        };
        assert!(made(yes, &["account"], text).is_ok());
        assert_eq!(
            made(Tally::Tied, &["account"], text),
            Err(DecisionProblem::Votes)
        );
        assert_eq!(
            made(Tally::Majority(Outcome::Rejected), &["account"], text),
            Err(DecisionProblem::Votes)
        );
        assert_eq!(made(yes, &[], text), Err(DecisionProblem::NoReason));
        for wrong in ["insufficient", "no-such-reason"] {
            assert_eq!(
                made(yes, &["account", wrong], text),
                Err(DecisionProblem::WrongReason)
            );
        }
        assert_eq!(made(yes, &["account"], None), Err(DecisionProblem::NoText));
    }

    #[test]
    fn only_those_to_whom_a_file_is_assigned_count_and_all_of_them_must_vote() {
        let members: Vec<Id> = (0..4).map(|_| Id::new()).collect();
        let assigned: BTreeSet<Id> = members[..3].iter().copied().collect();
        let mut votes = BTreeMap::from([(members[0], Vote::Recognise), (members[3], Vote::Reject)]);
        assert_eq!(Tally::of(&assigned, &votes), Tally::Open { missing: 2 });
        votes.insert(members[1], Vote::Recognise);
        votes.insert(members[2], Vote::Reject);
        assert_eq!(
            Tally::of(&assigned, &votes),
            Tally::Majority(Outcome::Recognised)
        );
        votes.insert(members[1], Vote::Interview);
        assert_eq!(Tally::of(&assigned, &votes), Tally::Tied);
        votes.insert(members[2], Vote::Interview);
        assert_eq!(Tally::of(&assigned, &votes), Tally::Interview);
        assert_eq!(
            Tally::of(&BTreeSet::new(), &votes),
            Tally::Open { missing: 0 }
        );
    }
}
