//! The stages of a file and the steps between them: one table, from which pages, access and tests are made.

use mandate_accounts::{Party, words};

use super::Outcome;

words!(
    /// Where a file stands.
    Stage {
        /// Being written by who files; nobody else knows of it.
        Draft = "draft",
        /// Filed; the secretariat looks whether it is complete.
        Filed = "filed",
        /// Documents were asked for; no clock runs.
        Incomplete = "incomplete",
        /// Complete; waits to be assigned.
        Complete = "complete",
        /// Assigned to members, who read and vote.
        Examination = "examination",
        /// An appointment was made; no clock runs.
        Appointment = "appointment",
        /// Decided; waits to be told.
        Decided = "decided",
        /// Told; reconsideration can be asked for.
        Notified = "notified",
        /// Before the court.
        Court = "court",
        /// Recognised, and the payment ordered by the code.
        Ordered = "ordered",
        /// At its end.
        Closed = "closed",
        /// Taken back by the person.
        Withdrawn = "withdrawn",
    }
);

words!(
    /// Which time a file is examined.
    Round {
        /// The first.
        First = "first",
        /// Reconsideration on request.
        Reconsideration = "reconsideration",
        /// After a court sent it back.
        Court = "court",
        /// After a court sent it back once more.
        CourtAgain = "court-again",
    }
);

words!(
    /// What moves a file.
    Step {
        /// Who files sends it.
        File = "file",
        /// The secretariat asks for documents.
        AskDocuments = "ask-documents",
        /// Who files adds them.
        AddDocuments = "add-documents",
        /// The secretariat finds it complete.
        FindComplete = "find-complete",
        /// The secretariat assigns it to members without a conflict of interest.
        Assign = "assign",
        /// A member says that there is a conflict of interest: it is assigned anew.
        StandAside = "stand-aside",
        /// The secretariat takes it from members who do not vote, with a reason: it is assigned anew.
        Unassign = "unassign",
        /// A member votes.
        Vote = "vote",
        /// The secretariat makes the appointment that the votes ask for.
        MakeAppointment = "make-appointment",
        /// It took place.
        HoldAppointment = "hold-appointment",
        /// A member writes the decision that the votes give.
        Decide = "decide",
        /// The secretariat tells who filed.
        Notify = "notify",
        /// Who files asks for reconsideration of a rejection.
        AskReconsideration = "ask-reconsideration",
        /// Who files tells that the court was asked.
        GoToCourt = "go-to-court",
        /// The court sent it back.
        SendBack = "send-back",
        /// The court left the decision as it is.
        Uphold = "uphold",
        /// The secretariat orders the payment, by the code.
        OrderPayment = "order-payment",
        /// The term for reconsideration went by, or the payment runs.
        Close = "close",
        /// The person takes it back.
        Withdraw = "withdraw",
    }
);

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepProblem {
    /// The file does not stand where this step begins.
    #[error("the file has moved on")]
    Stage,
    /// Another party takes this step.
    #[error("another party takes this step")]
    Party,
}

use Stage as S;

impl Stage {
    /// Whether the file is at its end.
    pub fn is_end(self) -> bool {
        matches!(self, S::Closed | S::Withdrawn)
    }

    /// Whether its clock stands still by itself.
    pub fn is_suspended(self) -> bool {
        matches!(self, S::Incomplete | S::Appointment | S::Court)
    }
}

impl Step {
    /// Who takes it.
    pub fn party(self) -> Party {
        match self {
            Step::File
            | Step::AddDocuments
            | Step::AskReconsideration
            | Step::GoToCourt
            | Step::Withdraw => Party::Filing,
            Step::StandAside | Step::Vote | Step::Decide => Party::Commission,
            Step::AskDocuments
            | Step::FindComplete
            | Step::Assign
            | Step::Unassign
            | Step::MakeAppointment
            | Step::HoldAppointment
            | Step::Notify
            | Step::SendBack
            | Step::Uphold
            | Step::OrderPayment
            | Step::Close => Party::Secretariat,
        }
    }

    /// Where it leads from a stage; nothing where it cannot be taken.
    pub fn from(self, stage: Stage) -> Option<Stage> {
        Some(match (self, stage) {
            (Step::File, S::Draft) => S::Filed,
            (Step::AskDocuments, S::Filed) => S::Incomplete,
            (Step::AddDocuments, S::Incomplete) => S::Filed,
            (Step::FindComplete, S::Filed) => S::Complete,
            (Step::Assign, S::Complete) => S::Examination,
            (Step::StandAside | Step::Unassign, S::Examination) => S::Complete,
            (Step::Vote, S::Examination) => S::Examination,
            (Step::MakeAppointment, S::Examination) => S::Appointment,
            (Step::HoldAppointment, S::Appointment) => S::Examination,
            (Step::Decide, S::Examination) => S::Decided,
            (Step::Notify, S::Decided) => S::Notified,
            (Step::AskReconsideration, S::Notified) => S::Complete,
            (Step::GoToCourt, S::Notified) => S::Court,
            (Step::SendBack, S::Court) => S::Complete,
            (Step::Uphold, S::Court) => S::Closed,
            (Step::OrderPayment, S::Notified) => S::Ordered,
            (Step::Close, S::Notified | S::Ordered) => S::Closed,
            (
                Step::Withdraw,
                S::Draft | S::Filed | S::Incomplete | S::Complete | S::Examination | S::Appointment,
            ) => S::Withdrawn,
            _ => return None,
        })
    }

    /// The round in which the file is after it; nothing where it cannot be taken in a round: a decision is reconsidered once,
    /// and a court sends a file back twice at most.
    pub fn round_after(self, round: Round) -> Option<Round> {
        match (self, round) {
            (Step::AskReconsideration, Round::First) => Some(Round::Reconsideration),
            (Step::SendBack, Round::First | Round::Reconsideration) => Some(Round::Court),
            (Step::SendBack, Round::Court) => Some(Round::CourtAgain),
            (Step::AskReconsideration | Step::SendBack, _) => None,
            _ => Some(round),
        }
    }

    /// Whether it goes with what was decided last. A recognised file is not closed before its payment is ordered.
    pub fn goes_with(self, stage: Stage, outcome: Option<Outcome>) -> bool {
        match (self, stage) {
            (Step::AskReconsideration | Step::GoToCourt, _) | (Step::Close, S::Notified) => {
                outcome == Some(Outcome::Rejected)
            }
            (Step::OrderPayment, _) => outcome == Some(Outcome::Recognised),
            _ => true,
        }
    }

    /// Takes the step.
    ///
    /// # Errors
    /// [`StepProblem`], with the stage said first: who may not take a step learns nothing of where the file stands, because
    /// the page of a file is asked for under the party before.
    pub fn take(self, party: Party, stage: Stage) -> Result<Stage, StepProblem> {
        if party != self.party() {
            return Err(StepProblem::Party);
        }
        self.from(stage).ok_or(StepProblem::Stage)
    }

    /// The steps that a party may take from a stage.
    pub fn open_to(party: Party, stage: Stage) -> impl Iterator<Item = Step> {
        Step::ALL
            .iter()
            .copied()
            .filter(move |step| step.take(party, stage).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_stage_can_be_reached_and_left_but_for_the_ends() {
        let mut reached = BTreeSet::from([Stage::Draft]);
        loop {
            let next: BTreeSet<Stage> = reached
                .iter()
                .flat_map(|stage| Step::ALL.iter().filter_map(|step| step.from(*stage)))
                .collect();
            if next.is_subset(&reached) {
                break;
            }
            reached.extend(next);
        }
        assert_eq!(reached.len(), Stage::ALL.len());
        for stage in Stage::ALL {
            let leaves = Step::ALL
                .iter()
                .any(|step| step.from(*stage).is_some_and(|next| next != *stage));
            assert_eq!(leaves, !stage.is_end(), "{stage}");
        }
    }

    #[test]
    fn keepers_and_observers_move_no_file_and_members_only_assigned_ones() {
        for stage in Stage::ALL {
            assert_eq!(Step::open_to(Party::Keeper, *stage).count(), 0);
            assert_eq!(Step::open_to(Party::Observer, *stage).count(), 0);
            let members = Step::open_to(Party::Commission, *stage).count();
            assert_eq!(members > 0, *stage == Stage::Examination, "{stage}");
        }
    }

    #[test]
    fn nobody_can_withdraw_a_decision_that_has_been_made() {
        for stage in [
            Stage::Decided,
            Stage::Notified,
            Stage::Ordered,
            Stage::Closed,
        ] {
            assert_eq!(
                Step::Withdraw.take(Party::Filing, stage),
                Err(StepProblem::Stage)
            );
        }
    }
}
