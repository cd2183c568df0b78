//! Why there is no analysis of a gap.

use jiff::civil::Date;

use crate::radiobiology::{ModelError, ParametersError, SolveError};
use crate::radiotherapy::{CalendarError, CourseError, DailyPatternError, Weekdays};

/// Why there is no analysis of a gap.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GapError {
    /// A heading that is none.
    #[error("title: write one line of at most 200 characters, without control characters")]
    Title,
    /// Nothing is prescribed.
    #[error("prescription is missing: list the phases that reach the tumour, such as \"45Gy/25\"")]
    NoPrescription,
    /// The phases are not a course.
    #[error("prescription: {0}")]
    Course(#[from] CourseError),
    /// Dates.
    #[error("calendar: {0}")]
    Calendar(#[from] CalendarError),
    /// The intervals of a day.
    #[error("{field}: {error}")]
    Daily {
        /// The field of the case.
        field: &'static str,
        /// What is wrong.
        error: DailyPatternError,
    },
    /// No resumption, and no missed date that it would follow.
    #[error(
        "possible.resume is missing: give the first date on which a fraction can be given again, or delivered.missed, the dates that it comes after"
    )]
    NoResume,
    /// Both or neither of the two ways to say what was delivered.
    #[error(
        "delivered: give fractions (a number, on the planned dates), missed (planned dates without treatment), or both; or dates (one for each fraction) alone"
    )]
    DeliveredForm,
    /// Nothing was delivered yet.
    #[error("nothing was delivered yet: a later start is not a gap; plan the calendar anew")]
    NothingDelivered,
    /// More fractions than prescribed.
    #[error("{delivered} fractions delivered, {prescribed} prescribed: check both")]
    TooManyDelivered {
        /// Delivered.
        delivered: usize,
        /// Prescribed.
        prescribed: usize,
    },
    /// Doses that do not belong to the fractions.
    #[error(
        "delivered: give dose_per_fraction for all fractions, or doses, one for each of the {fractions} fractions"
    )]
    Doses {
        /// Fractions delivered.
        fractions: usize,
    },
    /// A date missed on which nothing was planned.
    #[error("delivered.missed: {0} is not a planned treatment date before the resumption")]
    NotPlanned(Date),
    /// A date missed that is listed twice.
    #[error("delivered.missed: {0} is listed twice")]
    MissedTwice(Date),
    /// The first planned date was missed.
    #[error(
        "delivered.missed: {0} is the start itself: a later start is not a gap; plan the calendar anew"
    )]
    StartMissed(Date),
    /// The first fraction on another day than the start.
    #[error(
        "delivered.dates: the first fraction is on {first}, and calendar.start is {start}: start the calendar on the date of the first fraction; a later start is not a gap"
    )]
    FirstDelivered {
        /// The first fraction delivered.
        first: Date,
        /// The start of the calendar.
        start: Date,
    },
    /// Treatment goes on on a closed day.
    #[error(
        "possible.resume {0} is a closed day: give the first date on which a fraction can be given"
    )]
    ResumeClosed(Date),
    /// Nothing is left of the plan.
    #[error(
        "the losses to time are larger than the whole effect of the plan on the tumour, so nothing can be compared with it: check the loss per day and the kick-off time"
    )]
    PlanBelowZero,
    /// A usual weekday as an extra one.
    #[error(
        "extra weekdays: {extra} and the weekdays of treatment {usual} overlap: list only days outside the plan, or none"
    )]
    ExtraWeekdays {
        /// The extra weekdays.
        extra: Weekdays,
        /// The planned ones.
        usual: Weekdays,
    },
    /// Several fractions a day without the time between them.
    #[error(
        "calendar.interval is missing: {0} fractions a day need the time between them, such as \"6 h\""
    )]
    NoInterval(u32),
    /// Treatment goes on before it stopped.
    #[error("possible.resume {resume} is not after the last delivered fraction on {last}")]
    ResumeTooEarly {
        /// The first date on which treatment is possible again.
        resume: Date,
        /// The last fraction delivered.
        last: Date,
    },
    /// A rounding rule without a step, or the other way round.
    #[error("dose_step and dose_rounding belong together: give both or neither")]
    HalfRounding,
    /// A model.
    #[error("{field}: {error}")]
    Parameters {
        /// `tumour` or `late`.
        field: &'static str,
        /// What is wrong.
        error: ParametersError,
    },
    /// The models cannot answer.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A target that cannot be solved for.
    #[error(transparent)]
    Solve(#[from] SolveError),
}
