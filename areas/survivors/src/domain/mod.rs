//! The words and rules of the process. No screen, no database, no clock of its own.

mod calendar;
mod case;
mod clock;
mod decision;
mod figures;
mod stage;
mod window;

pub use calendar::Calendar;
pub use case::CaseName;
pub use clock::{Clock, Standing, Suspension};
pub use decision::{Decision, DecisionProblem, Outcome, Tally, Vote};
pub use figures::{Figures, Reckoning};
pub use stage::{Round, Stage, Step, StepProblem};
pub use window::{Opening, opening};
