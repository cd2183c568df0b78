//! Why there is no calendar of fractions.

use alloc::string::String;

use jiff::civil::{Date, Weekday};

/// Why there is no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// A text that does not name weekdays.
    #[error("{0:?} does not name weekdays; write mon-fri or mon,wed,fri, each once and in order")]
    Weekdays(String),
    /// The first fraction falls on a day without treatment.
    #[error(
        "the start {0} ({1:?}) is not a treatment day: choose another start, or change weekdays or holidays"
    )]
    Start(Date, Weekday),
    /// A number of fractions a day outside 1 to 3.
    #[error("{0} fractions a day: possible are 1 to 3")]
    PerDay(u32),
    /// More than a year without a treatment day, or dates beyond the calendar.
    #[error("no treatment day within a year after {0}: check the weekdays and holidays")]
    NoTreatmentDay(Date),
    /// A list of delivered fractions that is not in order.
    #[error("{later} is listed after {earlier}: list delivered fractions in order of date")]
    OutOfOrder {
        /// The date before it in the list.
        earlier: Date,
        /// The date out of order.
        later: Date,
    },
    /// Another number of dates than the course has fractions.
    #[error("{dates} dates for a course of {fractions} fractions: give one date per fraction")]
    Count {
        /// Dates given.
        dates: usize,
        /// Fractions of the course.
        fractions: u32,
    },
    /// A date outside the years a treatment can lie in.
    #[error("{0} lies outside the years 1900 to 2199: check the year")]
    Year(Date),
    /// More dates on one day than can be given.
    #[error("{0} has more than 3 fractions")]
    TooManyOnOneDay(Date),
}
