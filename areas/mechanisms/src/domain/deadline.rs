//! What is late, and what is due soon.

use jiff::{ToSpan as _, civil::Date};

use super::OfficeStatus;

/// Where a recommendation stands towards its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// There is no deadline, or nothing is left to do.
    None,
    /// The deadline passed so many days ago.
    Late(i32),
    /// The deadline is today or within the office's period for "soon", in so many days.
    Soon(i32),
    /// The deadline is further off.
    Later(i32),
}

/// Where a deadline stands today. `soon` is a number of days that the office sets.
pub fn due(deadline: Option<Date>, status: OfficeStatus, today: Date, soon: i32) -> Due {
    let Some(deadline) = deadline.filter(|_| !status.is_closed()) else {
        return Due::None;
    };
    let days = today.until(deadline).map_or(0, |span| span.get_days());
    match days {
        ..0 => Due::Late(-days),
        days if days <= soon => Due::Soon(days),
        days => Due::Later(days),
    }
}

/// The last day that counts as "soon".
pub fn soon_until(today: Date, soon: i32) -> Date {
    today.checked_add(soon.days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_deadline_is_late_the_day_after() {
        let today = date(2026, 11, 23);
        let at = |day| due(Some(day), OfficeStatus::UnderWay, today, 30);
        assert_eq!(at(date(2026, 11, 22)), Due::Late(1));
        assert_eq!(at(date(2026, 11, 23)), Due::Soon(0));
        assert_eq!(at(date(2026, 12, 23)), Due::Soon(30));
        assert_eq!(at(date(2026, 12, 24)), Due::Later(31));
        assert_eq!(at(date(2020, 2, 29)), Due::Late(2459));
    }

    #[test]
    fn what_is_implemented_is_not_late_but_what_regressed_is() {
        let past = Some(date(2020, 1, 1));
        let today = date(2026, 11, 23);
        assert_eq!(due(past, OfficeStatus::Fully, today, 30), Due::None);
        assert!(matches!(
            due(past, OfficeStatus::Regressed, today, 30),
            Due::Late(_)
        ));
    }
}
