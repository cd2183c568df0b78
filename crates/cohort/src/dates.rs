//! Days between dates.

use jiff::civil::Date;

/// More days than a course has.
pub(crate) const LONGEST_COURSE: i64 = 366;

/// The days from one date to another.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The days between two dates, the first counted as `first`; NaN where one is not given.
pub(crate) fn span(from: Option<Date>, to: Option<Date>, first: i64) -> f64 {
    let days = from
        .zip(to)
        .map(|(from, to)| days_between(from, to) + first);
    days.and_then(|days| i32::try_from(days).ok())
        .map_or(f64::NAN, f64::from)
}
