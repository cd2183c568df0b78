//! What was delivered so far, as dated fractions.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use jiff::civil::Date;

use super::case::{Delivered, GapCase};
use super::error::GapError;
use crate::quantity::AbsorbedDose;
use crate::radiotherapy::{CalendarRules, Course, DatedDose, FractionCalendar};

/// Whether the fractions delivered begin with the calendar and end before the resumption.
pub(super) fn check(case: &GapCase, resume: Date, delivered: &[DatedDose]) -> Result<(), GapError> {
    let start = case.calendar.start;
    let (Some(first), Some(last)) = (delivered.first(), delivered.last()) else {
        return Err(GapError::NothingDelivered);
    };
    if last.date >= resume {
        return Err(GapError::ResumeTooEarly {
            resume,
            last: last.date,
        });
    }
    if first.date != start {
        return Err(GapError::FirstDelivered {
            first: first.date,
            start,
        });
    }
    if case.possible.closed.contains(&resume) {
        return Err(GapError::ResumeClosed(resume));
    }
    Ok(())
}

pub(super) fn delivered_dates(
    delivered: &Delivered,
    course: &Course,
    rules: &CalendarRules,
    resume: Date,
) -> Result<Vec<Date>, GapError> {
    match (&delivered.dates, delivered.fractions) {
        (Some(dates), None) if delivered.missed.is_empty() => Ok(dates.clone()),
        (None, given) if given.is_some() || !delivered.missed.is_empty() => {
            for (index, &missed) in delivered.missed.iter().enumerate() {
                if delivered
                    .missed
                    .iter()
                    .take(index)
                    .any(|&date| date == missed)
                {
                    return Err(GapError::MissedTwice(missed));
                }
                if missed == rules.start {
                    return Err(GapError::StartMissed(missed));
                }
                if !rules.is_treatment_day(missed) || missed < rules.start || missed >= resume {
                    return Err(GapError::NotPlanned(missed));
                }
            }
            let mut with_gaps = rules.clone();
            with_gaps.holidays.extend(&delivered.missed);
            let calendar = FractionCalendar::plan(course, &with_gaps)?;
            let all = calendar.fractions();
            let ended = all.last().map(|fraction| fraction.date);
            // after the last fraction nothing is due that could be missed
            if let Some(&late) = delivered
                .missed
                .iter()
                .find(|&&missed| ended < Some(missed))
            {
                return Err(GapError::NotPlanned(late));
            }
            // as planned, but for the missed dates
            let treated = all.iter().filter(|fraction| fraction.date < resume).count();
            let Some(count) = given else {
                let dates = all.iter().take(treated);
                return Ok(dates.map(|fraction| fraction.date).collect());
            };
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            if count > all.len() {
                return Err(GapError::TooManyDelivered {
                    delivered: count,
                    prescribed: all.len(),
                });
            }
            Ok(all
                .iter()
                .take(count)
                .map(|fraction| fraction.date)
                .collect())
        }
        _ => Err(GapError::DeliveredForm),
    }
}

/// Planned dates before the resumption that are not among those delivered.
pub(super) fn missed(planned: &[DatedDose], delivered: &[DatedDose], resume: Date) -> Vec<Date> {
    let given: BTreeSet<Date> = delivered.iter().map(|fraction| fraction.date).collect();
    let mut missed: Vec<Date> = planned
        .iter()
        .map(|fraction| fraction.date)
        .filter(|date| *date < resume && !given.contains(date))
        .collect();
    missed.dedup();
    missed
}

pub(super) fn delivered_fractions(
    delivered: &Delivered,
    dates: &[Date],
    planned: &[AbsorbedDose],
) -> Result<Vec<DatedDose>, GapError> {
    if dates.len() > planned.len() {
        return Err(GapError::TooManyDelivered {
            delivered: dates.len(),
            prescribed: planned.len(),
        });
    }
    let wrong = GapError::Doses {
        fractions: dates.len(),
    };
    let doses: Vec<AbsorbedDose> = match (delivered.dose_per_fraction, &delivered.doses) {
        (None, None) => planned.to_vec(),
        (Some(dose), None) => alloc::vec![dose; dates.len()],
        (None, Some(doses)) if doses.len() == dates.len() => doses.clone(),
        _ => return Err(wrong),
    };
    Ok(dates
        .iter()
        .zip(doses)
        .map(|(&date, dose)| DatedDose { date, dose })
        .collect())
}
