//! Which flag of a case by flags a fault is about: a form says it at the field.

use chemorad::gap::{GapCase, GapError};
use chemorad::radiobiology::ParametersError;
use chemorad::radiotherapy::CalendarError;

use super::inline::COURSE;

/// The flag, where the fault is about one.
pub(super) fn flag_of(fault: &GapError, case: &GapCase) -> Option<&'static str> {
    Some(match fault {
        GapError::NoPrescription | GapError::Course(_) => COURSE,
        GapError::Calendar(calendar) => match calendar {
            CalendarError::Start(..) | CalendarError::Year(_) => "--start",
            CalendarError::Weekdays(_) | CalendarError::NoTreatmentDay(_) => "--weekdays",
            CalendarError::PerDay(_) => "--per-day",
            _ => return None,
        },
        GapError::NoResume | GapError::ResumeClosed(_) | GapError::ResumeTooEarly { .. } => {
            "--resume"
        }
        // planned, and not before the day of treatment again: that day is too early
        GapError::NotPlanned(date)
            if case.possible.resume.is_some_and(|resume| resume <= *date) =>
        {
            "--resume"
        }
        GapError::NotPlanned(_) | GapError::MissedTwice(_) | GapError::StartMissed(_) => "--missed",
        GapError::NothingDelivered if case.delivered.fractions.is_none() => "--missed",
        GapError::DeliveredForm
        | GapError::NothingDelivered
        | GapError::TooManyDelivered { .. }
        | GapError::Doses { .. } => "--delivered",
        GapError::ExtraWeekdays { .. } => "--extra-weekdays",
        GapError::NoInterval(_) | GapError::Daily { .. } => "--interval",
        GapError::HalfRounding => "--rounding",
        GapError::PlanBelowZero => "--loss-per-day",
        GapError::Parameters {
            field: "late",
            error,
        } => match error {
            ParametersError::TwoHalfTimes | ParametersError::UnknownRecord { .. } => {
                "--late-repair-half-time"
            }
            _ => "--late-alpha-beta",
        },
        GapError::Parameters { error, .. } => match error {
            ParametersError::NoKickOff => "--kick-off",
            ParametersError::NoLoss | ParametersError::TwoLosses => "--loss-per-day",
            ParametersError::NoAlphaBeta
            | ParametersError::TwoAlphaBeta
            | ParametersError::UnknownEndpoint { .. } => "--alpha-beta",
            _ => return None,
        },
        _ => return None,
    })
}
