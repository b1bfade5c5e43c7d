//! When applications count: windows, and the gaps between them.

use jiff::civil::Date;
use mandate_office::Window;

/// What a day means for somebody who wants to apply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Opening<'a> {
    /// Before the first window.
    NotYet {
        /// The first one.
        next: &'a Window,
    },
    /// Within a window; so many days are left after this one.
    Open {
        /// The window.
        window: &'a Window,
        /// Days left.
        days_left: i32,
    },
    /// Between two windows: nothing can be filed that counts.
    Gap {
        /// The window that closed.
        before: &'a Window,
        /// The one that follows.
        next: &'a Window,
    },
    /// After the last window that is known.
    Over {
        /// The last one.
        before: &'a Window,
    },
    /// The profile names none.
    Unknown,
}

impl Opening<'_> {
    /// Whether an application of that day counts.
    pub fn is_open(&self) -> bool {
        matches!(self, Opening::Open { .. })
    }
}

/// What a day means, given the windows in the order of time.
pub fn opening<'a>(windows: impl IntoIterator<Item = &'a Window>, day: Date) -> Opening<'a> {
    let mut before: Option<&Window> = None;
    for window in windows {
        if day < window.opens {
            return match before {
                Some(before) => Opening::Gap {
                    before,
                    next: window,
                },
                None => Opening::NotYet { next: window },
            };
        }
        if day <= window.closes {
            let days_left = (window.closes - day).get_days();
            return Opening::Open { window, days_left };
        }
        before = Some(window);
    }
    before.map_or(Opening::Unknown, |before| Opening::Over { before })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;
    use mandate_office::Profile;

    use super::*;

    #[test]
    fn the_gap_between_two_windows_is_a_gap_and_both_ends_count() {
        let process = Profile::embedded("kosovo").unwrap().process.unwrap();
        let on = |day| opening(process.windows.iter(), day);
        assert!(matches!(on(date(2018, 2, 4)), Opening::NotYet { .. }));
        assert!(on(date(2018, 2, 5)).is_open() && on(date(2023, 2, 5)).is_open());
        assert!(matches!(on(date(2023, 2, 6)), Opening::Gap { before, next }
            if before.key == "first" && next.key == "reopened"));
        assert!(
            matches!(on(date(2025, 5, 14)), Opening::Open { days_left: 1, window } if window.key == "reopened")
        );
        assert!(
            matches!(on(date(2025, 5, 16)), Opening::Over { before } if before.key == "reopened")
        );
    }
}
