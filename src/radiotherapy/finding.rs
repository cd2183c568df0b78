//! What must be known of planned dates, and the codes for it.

use core::fmt;

use crate::report::{Code, Observation, Outcome, Subject};

/// One thing that a reader of planned dates must know, whichever command planned them.
///
/// ```
/// use chemorad::radiotherapy::CalendarFinding;
/// use chemorad::report::Finding;
///
/// let unused = Finding::from(CalendarFinding::HolidaysUnused { dates: 11 });
/// assert_eq!(unused.code(), "schedule.holidays_unused");
/// assert_eq!(unused.at(), "holidays");
/// assert!(unused.message().starts_with("none of the 11 dates read"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CalendarFinding {
    /// No file of holidays was given for planned dates.
    PlannedWithoutHolidays,
    /// A file of holidays was given that moves no fraction.
    HolidaysUnused {
        /// The dates in it.
        dates: usize,
    },
}

const NO_HOLIDAYS: Code = Code::new(
    "capecitabine.no_holidays",
    "Planned without holidays",
    "The dates were planned as if treatment were given on every weekday stated. A holiday moves every fraction after it, so the last day and the tablets needed may be wrong.",
    "Give a file of the days on which no fraction is given. Where there are none, nothing is to be done.",
);
const HOLIDAYS_UNUSED: Code = Code::new(
    "schedule.holidays_unused",
    "None of the holidays falls into the course",
    "A file of holidays was read, and none of its dates is a weekday of treatment between the first and the last fraction. Often it is the file of another year or of another place.",
    "Check that the file covers the months of the course.",
);
/// The codes of this room.
///
/// ```
/// use chemorad::radiotherapy::CODES;
/// assert!(CODES.iter().any(|code| code.name == "schedule.holidays_unused"));
/// ```
pub const CODES: &[Code] = &[NO_HOLIDAYS, HOLIDAYS_UNUSED];

impl Observation for CalendarFinding {
    fn code(&self) -> &Code {
        match self {
            Self::PlannedWithoutHolidays => &NO_HOLIDAYS,
            Self::HolidaysUnused { .. } => &HOLIDAYS_UNUSED,
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::input(match self {
            Self::PlannedWithoutHolidays => "days",
            Self::HolidaysUnused { .. } => "holidays",
        })
    }
}

impl fmt::Display for CalendarFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            Self::PlannedWithoutHolidays => {
                "planned without holidays: if there are any, give them"
            }
            Self::HolidaysUnused { dates } => {
                return write!(
                    f,
                    "none of the {dates} dates read is a weekday of treatment between the first and the last fraction: is it the file of these years?"
                );
            }
        })
    }
}
