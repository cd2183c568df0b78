//! The course and the start of a row, beside what its arm gives.

use crate::arm::{Prescribed, Without};
use crate::batch::InputRow;
use crate::cohort::Cohort;
use crate::column::Column;
use crate::courses::Course;
use crate::dates::days_between;
use crate::intake::KnownDates;
use crate::remark::Remark;

impl Cohort {
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
        known: &mut KnownDates,
    ) {
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
        self.dates_of_row(row, (prescribed, planned), arm, known);
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
