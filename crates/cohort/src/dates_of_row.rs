//! The dates and the days of intake of a row, beside its course, its arm and the calendar of the site.

use std::cmp::Ordering;

use chemorad::capecitabine::CapecitabineDays;
use chemorad::radiotherapy::CalendarFinding;
use jiff::civil::Date;

use crate::arm::{Arm, Prescribed};
use crate::batch::InputRow;
use crate::cohort::Cohort;
use crate::column::Column;
use crate::courses::Course;
use crate::dates::{LONGEST_COURSE, days_between};
use crate::intake::{Calendar, Intake, KnownDates, PlannedDates, days_of};
use crate::remark::Remark;

/// The fractions of a row, and what is known of their dates.
#[derive(Clone, Copy)]
struct Fractions<'a> {
    arm: Option<&'a Arm>,
    number: u32,
    planned: Option<PlannedDates>,
}

impl Cohort {
    /// Compares the dates and the days of intake with each other, with the course of the row or its arm, and with the
    /// calendar of the site; and takes the days where they follow from these.
    pub(crate) fn dates_of_row(
        &self,
        row: &mut InputRow,
        (prescribed, planned): (Option<&Course>, Option<&Course>),
        arm: Option<&Arm>,
        known: &mut KnownDates,
    ) {
        let dates = row.start.zip(row.end);
        let is_possible = dates
            .is_none_or(|(start, end)| (0..=LONGEST_COURSE).contains(&days_between(start, end)));
        if !is_possible {
            row.remarks.add(Remark::Dates);
        }
        let has_radiotherapy = arm.is_none_or(|arm| arm.prescribed != Prescribed::None);
        if has_radiotherapy && !row.without.radiotherapy {
            self.treatment_days(row);
        }
        let of_arm = arm.and_then(|arm| match &arm.prescribed {
            Prescribed::Course(phases) => Some(phases.fractions()),
            _ => None,
        });
        let of_row = [planned, prescribed].into_iter().flatten();
        let mut all = of_row.map(|course| course.phases.fractions()).chain(of_arm);
        let first = all.next();
        row.fractions = first.unwrap_or(0);
        // two courses of different length settle no days
        let is_one = all.all(|other| Some(other) == first);
        let of_calendar = self.calendar.as_ref().zip(row.start).zip(first);
        let fractions = first.map(|number| Fractions {
            arm,
            number,
            planned: of_calendar
                .and_then(|((calendar, start), number)| known.get(calendar, start, number)),
        });
        let Some(fractions) = fractions else {
            return;
        };
        if let Some(planned) = fractions.planned {
            row.remarks = row.remarks.and(planned.remarks);
        }
        if let Some(remark) = self.overall(row, fractions) {
            row.remarks.add(remark);
        }
        if is_one && is_possible {
            if let Some(remark) = self.compare_days(row, fractions) {
                row.remarks.add(remark);
            }
            row.days = self.days(row, fractions);
        }
    }

    /// Whether the dates are those of treatment.
    fn treatment_days(&self, row: &mut InputRow) {
        let treats_on = |date| self.calendar.as_ref().and_then(|of| of.treats_on(date));
        let is_day_off = |date| !CalendarFinding::of_dates(&[date]).is_empty();
        let is_off = |date: Date| match treats_on(date) {
            Some(treats) => !treats,
            None => is_day_off(date),
        };
        if let Some(start) = row.start.filter(|start| is_off(*start)) {
            row.remarks.add(match treats_on(start) {
                Some(_) => Remark::StartDay,
                None => Remark::StartDayOpen,
            });
        }
        if !row.remarks.has(Remark::Dates) && row.end.is_some_and(is_off) {
            row.remarks.add(Remark::EndDay);
        }
    }

    /// Whether the days from the first date to the last hold the fractions.
    fn overall(&self, row: &InputRow, fractions: Fractions<'_>) -> Option<Remark> {
        let (start, end) = row.start.zip(row.end)?;
        let days = u32::try_from(days_between(start, end) + 1).ok();
        let days = days.filter(|days| *days > 0 && !row.remarks.has(Remark::Dates))?;
        let number = fractions.number;
        let stated = fractions.arm.and_then(|arm| arm.days.per_week());
        let calendar = self.calendar.as_ref();
        let of_site = calendar.and_then(Calendar::fractions_per_day);
        // more than seven a week are several on a day
        let of_protocol = stated.map_or(1, |per_week| per_week.div_ceil(7));
        let per_day = of_site.unwrap_or(1).max(of_protocol);
        if days < number.div_ceil(per_day.max(1)) {
            return Some(Remark::Overall);
        }
        let per_week = calendar.and_then(Calendar::fractions_per_week).or(stated);
        let most = match per_week {
            Some(per_week) => number.div_ceil(per_week.max(1)).saturating_mul(2 * 7),
            None => number.saturating_mul(7),
        };
        if days > most {
            return Some(Remark::OverallLong);
        }
        let last = fractions.planned.filter(|_| of_site == Some(per_day))?.last;
        match end.cmp(&last) {
            Ordering::Less => Some(Remark::Overall),
            Ordering::Equal => None,
            Ordering::Greater => Some(Remark::OverallLater),
        }
    }

    /// The days of intake: those of the row, or those that follow from its dates and its one course.
    fn days(&self, row: &InputRow, fractions: Fractions<'_>) -> f64 {
        let (Some(intake), Some(start)) = (self.intake(), row.start) else {
            return row.days;
        };
        let is_settled =
            |arm: &Arm| matches!(arm.prescribed, Prescribed::Course(_)) && arm.days.allows(intake);
        if !fractions.arm.is_none_or(is_settled) {
            return row.days;
        }
        let days = intake.count(start, row.end, fractions.number);
        days.map_or(row.days, f64::from)
    }

    /// Whether the days of intake in the row are those of its course.
    fn compare_days(&self, row: &InputRow, fractions: Fractions<'_>) -> Option<Remark> {
        let arm = fractions.arm;
        let site = self.site_intake.as_ref();
        let of_site = site.map(Intake::days).zip(arm);
        let contradicts = of_site.is_some_and(|(days, arm)| arm.days.contradicts(days));
        if contradicts && row.start.is_some() {
            return Some(Remark::Days);
        }
        let has_days = self.layout.has(|column| column == Column::Days) && !row.days.is_nan();
        let is_with_course = arm.is_none_or(|arm| arm.days.is_with_course());
        if !has_days || !is_with_course || (arm.is_none() && self.arms.is_some()) {
            return None;
        }
        let stated = arm.and_then(|arm| arm.days.stated());
        let of_site = site.filter(|site| arm.is_none_or(|arm| arm.days.allows(site)));
        let is_stated = stated.is_some();
        let kind = stated.or_else(|| of_site.map(|site| site.days().clone()));
        let given = row.start.zip(row.end);
        let most = given.map(|(start, end)| days_between(start, end) + 1);
        let open = || {
            #[allow(clippy::cast_precision_loss, reason = "at most a year")]
            let is_more = most.is_some_and(|most| row.days > most as f64);
            is_more.then_some(Remark::DaysOpen)
        };
        let Some(kind) = kind else {
            return open();
        };
        let of_site = self.calendar.as_ref();
        let of_site = of_site.and_then(Calendar::fractions_per_day);
        let per_day = of_site.or(is_stated.then_some(1));
        // dates that were planned without holidays settle nothing
        let planned = fractions.planned;
        let planned = planned.filter(|planned| !planned.remarks.has(Remark::NoHolidays));
        let planned = row.start.zip(planned.map(|planned| planned.last));
        let expected = match (&kind, per_day) {
            (CapecitabineDays::RadiotherapyDays, None) => None,
            (_, per_day) => {
                let days = fractions.number.div_ceil(per_day.unwrap_or(1).max(1));
                days_of(&kind, days, given.or(planned))
            }
        };
        match expected {
            #[allow(clippy::float_cmp, reason = "whole numbers")]
            Some(expected) => (row.days != f64::from(expected)).then_some(Remark::Days),
            None => open(),
        }
    }
}
