//! Working days.

use std::collections::HashSet;

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};
use mandate_office::Process;

/// On which days clocks run: not at weekends, not on holidays of the profile.
#[derive(Debug, Clone)]
pub struct Calendar {
    weekend: Vec<Weekday>,
    yearly: HashSet<(i8, i8)>,
    dated: HashSet<Date>,
}

impl Calendar {
    /// The calendar of a process.
    pub fn of(process: &Process) -> Self {
        Calendar {
            weekend: process.weekend.clone(),
            yearly: process.yearly.iter().copied().collect(),
            dated: process.dated.iter().copied().collect(),
        }
    }

    /// Whether clocks run on a day.
    pub fn works(&self, day: Date) -> bool {
        !self.weekend.contains(&day.weekday())
            && !self.yearly.contains(&(day.month(), day.day()))
            && !self.dated.contains(&day)
    }

    /// The working days after one day, up to and with another; none where the second is not later.
    pub fn between(&self, after: Date, until: Date) -> u32 {
        let days = days_after(after).take_while(|day| *day <= until);
        u32::try_from(days.filter(|day| self.works(*day)).count()).unwrap_or(u32::MAX)
    }
}

/// The days after a day, without end (but that of the calendar of `jiff`, the year 9999).
pub(super) fn days_after(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(day.checked_add(1.day()).ok(), |day| {
        day.checked_add(1.day()).ok()
    })
}
