//! The rows to look at first.

use std::cmp::Ordering;

use chemorad::report::Outcome;

use crate::unread::UnreadCell;

/// So many rows to look at first are kept.
pub(crate) const WORST: usize = 200;

/// A row to look at first.
#[derive(Debug, Clone, PartialEq)]
pub struct WorstRow {
    /// Its number, from 1.
    pub row: u64,
    /// Its identifier.
    pub id: String,
    /// Its outcome.
    pub outcome: Outcome,
    /// That of its record: the deviation of the order in the row from the calculated dose, of one administration or of
    /// a day, whichever is larger; in a file without orders, that of the order that was made. NaN where there is none.
    pub deviation_percent: f64,
    /// 100 (dispensed - due) / due; NaN where nothing was dispensed, or where no order could be made.
    pub supply_deviation_percent: f64,
    /// Its codes, separated by spaces.
    pub codes: String,
    /// The column of the first cell that is not read; empty where all are.
    pub column: String,
    /// That cell, where it can be shown.
    pub unread: Option<UnreadCell>,
    pub(crate) urgency: Urgency,
}

/// How urgent a row is: less is more urgent. Rows before are more urgent than those behind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Urgency {
    outcome: u8,
    /// It is taken as often as it should be: the dose of a day at once is worse than a deviation.
    is_often_right: bool,
    deviation: f64,
}

impl Urgency {
    pub(crate) fn new(outcome: Outcome, is_often_wrong: bool, deviation_percent: f64) -> Self {
        Self {
            outcome: rank(outcome),
            is_often_right: !is_often_wrong,
            deviation: if deviation_percent.is_nan() {
                0.0
            } else {
                deviation_percent.abs()
            },
        }
    }

    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.outcome
            .cmp(&other.outcome)
            .then(self.is_often_right.cmp(&other.is_often_right))
            .then(other.deviation.total_cmp(&self.deviation))
    }
}

pub(crate) const fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail => 0,
        Outcome::CannotTell => 1,
        Outcome::Warn => 2,
        Outcome::Pass | Outcome::NotApplicable => 3,
    }
}

/// The rows to look at first, the most urgent first.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorstRows(Vec<WorstRow>);

impl WorstRows {
    pub(crate) fn as_slice(&self) -> &[WorstRow] {
        &self.0
    }

    /// Whether a row that comes behind all of them would be among them.
    pub(crate) fn takes(&self, urgency: Urgency) -> bool {
        self.0.len() < WORST
            || (self.0.last()).is_none_or(|last| urgency.order(&last.urgency) == Ordering::Less)
    }

    pub(crate) fn add(&mut self, row: WorstRow) {
        let at = self
            .0
            .partition_point(|known| known.order(&row) == Ordering::Less);
        self.0.insert(at, row);
        self.0.truncate(WORST);
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
        self.0.sort_by(WorstRow::order);
        self.0.truncate(WORST);
    }
}

impl WorstRow {
    fn order(&self, other: &Self) -> Ordering {
        let urgency = self.urgency.order(&other.urgency);
        urgency.then(self.row.cmp(&other.row))
    }
}
