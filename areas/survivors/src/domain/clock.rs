//! How long a stage may take: in working days, with suspensions that have a reason.

use jiff::civil::Date;

use super::{Calendar, calendar::days_after};

/// A time in which a clock stands still: the days after `from`, up to and with `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// The day on which it was suspended.
    pub from: Date,
    /// The day on which it went on; nothing while it stands.
    pub until: Option<Date>,
}

impl Suspension {
    fn covers(&self, day: Date) -> bool {
        day > self.from && self.until.is_none_or(|until| day <= until)
    }
}

/// The clock of one stage of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The day on which the stage was entered; it does not count itself.
    pub started: Date,
    /// How many working days the stage may take.
    pub working_days: u32,
    /// When it stood still.
    pub suspensions: Vec<Suspension>,
}

/// Where a clock stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It runs, and ends on this day; so many working days are left after today.
    Runs {
        /// The last day.
        due: Date,
        /// Working days left.
        left: u32,
    },
    /// It stands still; so many working days are left from when it goes on.
    Suspended {
        /// Working days left.
        left: u32,
    },
    /// The last day was this one; so many working days are over.
    Late {
        /// The last day.
        due: Date,
        /// Working days since.
        over: u32,
    },
}

impl Clock {
    fn counts(&self, calendar: &Calendar, day: Date) -> bool {
        calendar.works(day) && !self.suspensions.iter().any(|s| s.covers(day))
    }

    /// The last day of the stage, as far as is known: none while the clock stands still and days are left.
    pub fn due(&self, calendar: &Calendar) -> Option<Date> {
        if self.working_days == 0 {
            return Some(self.started);
        }
        let standing_since = self
            .suspensions
            .iter()
            .filter(|s| s.until.is_none())
            .map(|s| s.from)
            .min();
        days_after(self.started)
            .take_while(|day| standing_since.is_none_or(|since| *day <= since))
            .filter(|day| self.counts(calendar, *day))
            .nth(self.working_days as usize - 1)
    }

    /// Working days that had counted by the end of a day.
    pub fn used(&self, calendar: &Calendar, today: Date) -> u32 {
        let days = days_after(self.started).take_while(|day| *day <= today);
        u32::try_from(days.filter(|day| self.counts(calendar, *day)).count()).unwrap_or(u32::MAX)
    }

    /// Where the clock stands at the end of a day.
    pub fn standing(&self, calendar: &Calendar, today: Date) -> Standing {
        let left = self.working_days.saturating_sub(self.used(calendar, today));
        match self.due(calendar) {
            None => Standing::Suspended { left },
            Some(due) if today > due => Standing::Late {
                due,
                over: calendar.between(due, today),
            },
            Some(_) if self.suspensions.iter().any(|s| s.until.is_none()) => {
                Standing::Suspended { left }
            }
            Some(due) => Standing::Runs { due, left },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::{ToSpan as _, civil::date};
    use mandate_office::Profile;
    use proptest::prelude::*;

    use super::*;

    fn calendar() -> Calendar {
        Calendar::of(
            Profile::embedded("kosovo")
                .unwrap()
                .process
                .as_ref()
                .unwrap(),
        )
    }

    fn clock(started: Date, working_days: u32) -> Clock {
        Clock {
            started,
            working_days,
            suspensions: Vec::new(),
        }
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        // 30 April 2026 is a Thursday, 1 May a holiday, then a weekend.
        let five = clock(date(2026, 4, 30), 5);
        assert_eq!(five.due(&calendar()), Some(date(2026, 5, 8)));
        // A holiday that falls in one year only: Monday 6 April 2026.
        assert_eq!(
            clock(date(2026, 4, 3), 1).due(&calendar()),
            Some(date(2026, 4, 7))
        );
    }

    #[test]
    fn a_clock_that_stands_still_is_never_late_and_goes_on_with_what_was_left() {
        let mut five = clock(date(2026, 6, 1), 5);
        five.suspensions.push(Suspension {
            from: date(2026, 6, 3),
            until: None,
        });
        assert_eq!(
            five.standing(&calendar(), date(2027, 6, 1)),
            Standing::Suspended { left: 3 }
        );
        five.suspensions[0].until = Some(date(2026, 7, 1));
        assert_eq!(five.due(&calendar()), Some(date(2026, 7, 6)));
        assert_eq!(
            five.standing(&calendar(), date(2026, 7, 8)),
            Standing::Late {
                due: date(2026, 7, 6),
                over: 2
            }
        );
    }

    fn day() -> impl Strategy<Value = Date> {
        (0_i64..4000).prop_map(|n| date(2020, 1, 1).checked_add(n.days()).unwrap())
    }

    proptest! {
        #[test]
        fn exactly_the_days_of_the_clock_have_counted_when_it_is_due(started in day(), days in 1_u32..200, at in 0_i64..60, long in 0_i64..90) {
            let mut clock = clock(started, days);
            let from = started.checked_add(at.days()).unwrap();
            clock.suspensions.push(Suspension { from, until: from.checked_add(long.days()).ok() });
            let due = clock.due(&calendar()).unwrap();
            prop_assert_eq!(clock.used(&calendar(), due), days);
            prop_assert_eq!(clock.used(&calendar(), due.checked_sub(1.day()).unwrap()), days - 1);
        }

        #[test]
        fn a_suspension_never_makes_a_clock_end_earlier(started in day(), days in 0_u32..100, at in 0_i64..200, long in 0_i64..90) {
            let without = clock(started, days);
            let mut with = without.clone();
            let from = started.checked_add(at.days()).unwrap();
            with.suspensions.push(Suspension { from, until: from.checked_add(long.days()).ok() });
            prop_assert!(with.due(&calendar()).unwrap() >= without.due(&calendar()).unwrap());
        }
    }
}
