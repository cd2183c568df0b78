//! The dates of the fractions that are left.

use alloc::vec::Vec;

use jiff::civil::Date;

use super::problem::GapProblem;
use crate::radiotherapy::{CalendarError, LONGEST_BREAK};

/// How the fractions that are left are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spread {
    /// How many days outside the usual weekdays are used.
    pub(super) extra_days: u32,
    /// How many usual days get one fraction more.
    pub(super) doubled_days: u32,
}

impl Spread {
    /// As planned.
    pub(super) const USUAL: Self = Self {
        extra_days: 0,
        doubled_days: 0,
    };
}

/// The dates of fractions, and which of them are out of the usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) dates: Vec<Date>,
    pub(super) extra: Vec<Date>,
    pub(super) doubled: Vec<Date>,
}

/// The usual and the other days from the resumption to the planned end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) usual: u32,
    pub(super) extra: u32,
}

impl GapProblem {
    pub(super) fn window(&self) -> Window {
        let mut window = Window { usual: 0, extra: 0 };
        let last = self.planned_last();
        for date in days_from(self.resume).take_while(|&date| date <= last) {
            if self.is_usual(date) {
                window.usual += 1;
            } else if self.is_extra(date) {
                window.extra += 1;
            }
        }
        window
    }

    /// Dates for `count` fractions from the resumption on. The first days are used: a catch-up
    /// comes as soon as it can.
    pub(super) fn place(&self, count: usize, spread: Spread) -> Result<Placed, CalendarError> {
        let mut placed = Placed {
            dates: Vec::with_capacity(count),
            ..Placed::default()
        };
        let (mut extra, mut doubled) = (spread.extra_days, spread.doubled_days);
        let mut idle = 0;
        for date in days_from(self.resume) {
            let left = count - placed.dates.len();
            if left == 0 {
                return Ok(placed);
            }
            let mut capacity = 0;
            if self.is_usual(date) {
                capacity = self.per_day;
                if doubled > 0 && left > 1 {
                    doubled -= 1;
                    capacity += 1;
                    placed.doubled.push(date);
                }
            } else if extra > 0 && self.is_extra(date) {
                extra -= 1;
                capacity = self.per_day;
                placed.extra.push(date);
            }
            idle = if capacity == 0 { idle + 1 } else { 0 };
            if idle > LONGEST_BREAK {
                break;
            }
            let capacity = usize::try_from(capacity).unwrap_or(usize::MAX);
            placed
                .dates
                .extend(core::iter::repeat_n(date, capacity.min(left)));
        }
        Err(CalendarError::NoTreatmentDay(self.resume))
    }
}

fn days_from(first: Date) -> impl Iterator<Item = Date> {
    core::iter::successors(Some(first), |date| date.tomorrow().ok())
}
