//! The words and rules of the work.

mod assessment;
mod deadline;
mod matching;
mod words;

pub use assessment::{NewAssessment, RefusedAssessment, verify_on};
pub use deadline::{Due, due, soon_until};
pub use matching::{ALIKE, Change, Incoming, Known, Plan, plan, similarity};
pub use words::{
    Decision, EvidenceKind, ItemKind, OfficeStatus, Priority, Progress, Reply, TagKind, Voice,
};
