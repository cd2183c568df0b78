//! The course, the dates and the days of intake of a row, beside what its arm gives.

use std::cmp::Ordering;

use crate::arm::{Arm, Prescribed, Without};
use crate::batch::InputRow;
use crate::cohort::Cohort;
use crate::column::Column;
use crate::courses::Course;
use crate::dates::{LONGEST_COURSE, days_between};
use crate::intake::Calendar;
use crate::remark::Remark;

impl Cohort {
    /// The days of intake: those of the row, or those that follow from its dates and its one course.
    pub(crate) fn days_of(
        &self,
        row: &InputRow,
        (prescribed, planned): (Option<&Course>, Option<&Course>),
    ) -> f64 {
        let (Some(intake), Some(start)) = (&self.intake, row.start) else {
            return row.days;
        };
        let arm = row
            .arm
            .and_then(|at| self.arms.as_ref()?.all.get(usize::from(at)));
        let of_arm = match arm {
            None => None,
            Some(arm) => match &arm.prescribed {
                Prescribed::Course(phases) if arm.days.allows(intake) => Some(phases.fractions()),
                _ => return row.days,
            },
        };
        let of_row = [planned, prescribed].into_iter().flatten();
        let of_row = of_row.map(|course| course.phases.fractions());
        let mut all = of_row.chain(of_arm);
        // two courses of different length settle nothing
        let fractions = all.next().filter(|first| all.all(|other| other == *first));
        fractions
            .and_then(|fractions| intake.count(start, row.end, fractions))
            .unwrap_or(row.days)
    }

    /// Puts an arm in its place; false where the place is taken.
    pub(crate) fn arm(&self, row: &mut InputRow, cell: &[u8]) -> bool {
        let is_free = row.arm.is_none();
        if let Some(arms) = &self.arms {
            row.arm = arms.find(cell);
            row.without = arms.without(cell);
        }
        is_free
    }

    /// Compares the course and the dates with each other, and with what the arm gives.
    pub(crate) fn of_arm(
        &self,
        row: &mut InputRow,
        (prescribed, planned): (Option<&Course>, Option<&Course>),
    ) {
        if let (Some(start), Some(end)) = (row.start, row.end) {
            if !(0..=LONGEST_COURSE).contains(&days_between(start, end)) {
                row.remarks.add(Remark::Dates);
            }
        }
        let arm = match &self.arms {
            None => None,
            Some(arms) => {
                row.arm = arms.only.or(row.arm);
                let arm = row.arm.and_then(|at| arms.all.get(usize::from(at)));
                if arm.is_none() {
                    row.remarks.add(Remark::Arm);
                }
                arm
            }
        };
        if let Some(remark) = self.overall(row, (prescribed, planned), arm) {
            row.remarks.add(remark);
        }
        let of_arm = arm.map(|arm| &arm.prescribed);
        let remark = self.of_courses(row.without, (prescribed, planned), of_arm);
        let none = prescribed.is_none() && planned.is_none();
        // a course that is not read is not missing
        let is_said = none && row.remarks.has(Remark::Unreadable);
        if let Some(remark) = remark.filter(|remark| *remark == Remark::Course || !is_said) {
            row.remarks.add(remark);
        }
        let Some((first, last)) = arm.and_then(|arm| arm.window) else {
            return;
        };
        if let (Some(event), Some(start)) = (row.event, row.start) {
            if !(first..=last).contains(&days_between(event, start)) {
                row.remarks.add(Remark::Start);
            }
        } else if self.layout.has(|column| column == Column::Event) {
            row.remarks.add(Remark::StartUnknown);
        }
    }

    /// Whether the days from the first date to the last hold the fractions of the row's course, or of its arm's.
    fn overall(
        &self,
        row: &InputRow,
        (prescribed, planned): (Option<&Course>, Option<&Course>),
        arm: Option<&Arm>,
    ) -> Option<Remark> {
        let (start, end) = row.start.zip(row.end)?;
        let days = u32::try_from(days_between(start, end) + 1).ok();
        let days = days.filter(|days| *days > 0 && !row.remarks.has(Remark::Dates))?;
        let of_arm = arm.and_then(|arm| match &arm.prescribed {
            Prescribed::Course(phases) => Some(phases.fractions()),
            _ => None,
        });
        let of_row = planned.or(prescribed);
        let fractions = of_row.map(|course| course.phases.fractions()).or(of_arm)?;
        let stated = arm.and_then(|arm| arm.days.per_week());
        let calendar = self.calendar.as_ref();
        // more than seven a week are several on a day
        let of_protocol = stated.map_or(1, |per_week| per_week.div_ceil(7));
        let per_day = calendar
            .map_or(1, Calendar::fractions_per_day)
            .max(of_protocol);
        if days < fractions.div_ceil(per_day.max(1)) {
            return Some(Remark::Overall);
        }
        let per_week = calendar.map(Calendar::fractions_per_week).or(stated);
        let most = match per_week {
            Some(per_week) => fractions.div_ceil(per_week.max(1)).saturating_mul(2 * 7),
            None => fractions.saturating_mul(7),
        };
        if days > most {
            return Some(Remark::OverallLong);
        }
        let calendar = calendar.filter(|calendar| calendar.fractions_per_day() == per_day)?;
        let last = *calendar.dates(start, fractions)?.last()?;
        match end.cmp(&last) {
            Ordering::Less => Some(Remark::Overall),
            Ordering::Equal => None,
            Ordering::Greater => Some(Remark::OverallLater),
        }
    }

    /// What there is to say of the courses: each that stands in the row is compared with each other and with that
    /// of the arm, and each column of courses has one in every row that should have radiotherapy.
    fn of_courses(
        &self,
        without: Without,
        (prescribed, planned): (Option<&Course>, Option<&Course>),
        of_arm: Option<&Prescribed>,
    ) -> Option<Remark> {
        let has = |wanted| self.layout.has(|column| column == wanted);
        let none = prescribed.is_none() && planned.is_none();
        let lacks = (has(Column::Planned) && planned.is_none())
            || (has(Column::Prescribed) && prescribed.is_none());
        let differ = planned
            .zip(prescribed)
            .is_some_and(|(planned, prescribed)| planned.phases != prescribed.phases);
        let (differs, is_open) = match of_arm {
            Some(Prescribed::None) => (!none, false),
            Some(Prescribed::Course(phases)) => {
                let mut all = planned.into_iter().chain(prescribed);
                (all.any(|course| course.phases != *phases), lacks)
            }
            // one course has nothing to be compared with
            Some(Prescribed::Open) => {
                let alone = planned.is_some() != prescribed.is_some();
                (differ, lacks || alone)
            }
            None if without.radiotherapy => (!none, false),
            None => (differ, lacks),
        };
        let differs = differs.then_some(Remark::Course);
        let is_open = is_open.then_some(Remark::CourseUnknown);
        differs.or(is_open)
    }
}
