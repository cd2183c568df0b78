//! Dates with their weekday.

use jiff::civil::{Date, Weekday};

/// `Mon 2026-12-07`.
///
/// ```
/// use chemorad_render::weekday;
/// assert_eq!(weekday(jiff::civil::date(2026, 12, 7)), "Mon 2026-12-07");
/// ```
#[must_use]
pub fn weekday(date: Date) -> String {
    let name = match date.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    };
    format!("{name} {date}")
}
