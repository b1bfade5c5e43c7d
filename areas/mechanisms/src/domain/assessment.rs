//! An assessment: a dated statement with its reason, its evidence and its author. A new one never overwrites an old one.

use jiff::{ToSpan as _, civil::Date};
use thiserror::Error;

use super::{OfficeStatus, Voice};

/// What somebody wants to state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssessment {
    /// Whose view it is.
    pub voice: Voice,
    /// The scale of the profile on which `grade` stands; empty for a narrative.
    pub scale: String,
    /// The grade; empty for a narrative.
    pub grade: String,
    /// What the grade means on the office's scale, by the profile's crosswalk; nothing where none is declared.
    pub on_office_scale: Option<OfficeStatus>,
    /// Why.
    pub reason: String,
    /// The day for which it holds.
    pub dated: Date,
    /// The days of the pieces of evidence on which it rests.
    pub evidence_dates: Vec<Date>,
}

/// Why an assessment cannot be stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RefusedAssessment {
    /// There is no reason.
    #[error("an assessment needs its reason")]
    NoReason,
    /// It speaks of a day to come.
    #[error("an assessment cannot be dated in the future")]
    InTheFuture,
    /// "Implemented" without dated evidence.
    #[error(
        "an assessment as implemented needs at least one piece of dated evidence, not later than the assessment"
    )]
    NoEvidence,
    /// Neither a grade nor a narrative.
    #[error("an assessment needs a grade")]
    NoGrade,
}

impl NewAssessment {
    /// Checks the rules of an assessment on the day `today`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(&self, today: Date) -> Result<(), RefusedAssessment> {
        if self.reason.trim().is_empty() {
            return Err(RefusedAssessment::NoReason);
        }
        if self.dated > today {
            return Err(RefusedAssessment::InTheFuture);
        }
        if self.voice == Voice::Office && self.grade.is_empty() {
            return Err(RefusedAssessment::NoGrade);
        }
        let implemented =
            self.voice == Voice::Office && self.on_office_scale == Some(OfficeStatus::Fully);
        if implemented && !self.evidence_dates.iter().any(|date| *date <= self.dated) {
            return Err(RefusedAssessment::NoEvidence);
        }
        Ok(())
    }
}

/// The day on which "implemented" turns to "verify again": so many months after it was found, as the office sets.
/// Nothing for any other status.
pub fn verify_on(status: OfficeStatus, dated: Date, months: i32) -> Option<Date> {
    (status == OfficeStatus::Fully).then(|| dated.checked_add(months.months()).unwrap_or(Date::MAX))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn fully(evidence_dates: Vec<Date>) -> NewAssessment {
        NewAssessment {
            voice: Voice::Office,
            scale: "office".into(),
            grade: "fully".into(),
            on_office_scale: Some(OfficeStatus::Fully),
            reason: "The law entered into force.".into(),
            dated: date(2026, 5, 1),
            evidence_dates,
        }
    }

    #[test]
    fn implemented_needs_evidence_from_before_it() {
        let today = date(2026, 11, 23);
        assert_eq!(
            fully(vec![]).check(today),
            Err(RefusedAssessment::NoEvidence)
        );
        assert_eq!(
            fully(vec![date(2026, 5, 2)]).check(today),
            Err(RefusedAssessment::NoEvidence)
        );
        assert_eq!(fully(vec![date(2026, 4, 30)]).check(today), Ok(()));
    }

    #[test]
    fn what_an_authority_claims_needs_no_evidence() {
        let claim = NewAssessment {
            voice: Voice::Authority,
            ..fully(vec![])
        };
        assert_eq!(claim.check(date(2026, 11, 23)), Ok(()));
    }

    #[test]
    fn nobody_assesses_the_future_or_without_a_reason() {
        let evidence = vec![date(2026, 1, 1)];
        assert_eq!(
            fully(evidence.clone()).check(date(2026, 4, 30)),
            Err(RefusedAssessment::InTheFuture)
        );
        let silent = NewAssessment {
            reason: "  ".into(),
            ..fully(evidence)
        };
        assert_eq!(
            silent.check(date(2026, 11, 23)),
            Err(RefusedAssessment::NoReason)
        );
    }

    #[test]
    fn implemented_is_verified_again() {
        assert_eq!(
            verify_on(OfficeStatus::Fully, date(2026, 8, 31), 18),
            Some(date(2028, 2, 29))
        );
        assert_eq!(verify_on(OfficeStatus::Partly, date(2026, 8, 31), 18), None);
    }
}
