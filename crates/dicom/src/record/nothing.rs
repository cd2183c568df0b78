//! Sessions in which nothing was given: such a day is no day of treatment.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::report::Finding;
use jiff::civil::Date;

use super::finding::RecordFinding;
use super::session::{Key, Session};
use crate::decimal_string::DecimalString;

/// The sessions that were taken out.
pub(super) struct Nothing<'r> {
    days: BTreeSet<(u32, Date)>,
    beams: BTreeSet<(Key<'r>, i32)>,
    fractions: BTreeSet<Key<'r>>,
}

impl<'r> Nothing<'r> {
    /// Takes out the sessions of each fraction on days on which none of its beams gave anything, and the fractions
    /// that have no other.
    pub(super) fn taken_out_of(fractions: &mut BTreeMap<Key<'r>, Vec<Session<'r>>>) -> Self {
        let mut taken = Self {
            days: BTreeSet::new(),
            beams: BTreeSet::new(),
            fractions: BTreeSet::new(),
        };
        fractions.retain(|&key, sessions| {
            let given: BTreeSet<Option<Date>> = sessions
                .iter()
                .filter(|session| !gave_nothing(session))
                .map(|(record, _)| record.date)
                .collect();
            sessions.retain(|(record, beam)| {
                let is_given = given.contains(&record.date);
                if let (false, Some(date)) = (is_given, record.date) {
                    taken.days.insert((key.2, date));
                    taken.beams.extend(beam.number.map(|number| (key, number)));
                }
                is_given
            });
            if sessions.is_empty() {
                taken.fractions.insert(key);
            }
            !sessions.is_empty()
        });
        taken
    }

    pub(super) fn finding(&self) -> Option<Finding> {
        let sessions: Vec<(u32, Date)> = self.days.iter().copied().collect();
        (!sessions.is_empty()).then(|| RecordFinding::NothingDelivered { sessions }.into())
    }

    /// Whether a session of a beam was taken out: what continues it continues nothing.
    pub(super) fn of_beam(&self, key: Key<'r>, beam: i32) -> bool {
        self.beams.contains(&(key, beam))
    }

    /// The fractions of which nothing is left.
    pub(super) fn numbers(&self) -> BTreeSet<(Option<String>, Option<i32>, u32)> {
        let numbers = self.fractions.iter();
        numbers
            .map(|&(plan, group, number)| (plan.map(Into::into), group, number))
            .collect()
    }
}

/// Something was to be given, the beam was broken off at a meterset of 0, and no dose is stated that says otherwise.
fn gave_nothing((record, beam): &Session<'_>) -> bool {
    let is_zero = |value: &DecimalString| value.value().is_zero();
    let was_to_give = |value: &DecimalString| value.value().is_positive();
    let mut doses = record.calculated.iter().chain(&beam.calculated);
    !beam.is_completed()
        && beam.delivered_meterset.as_ref().is_some_and(is_zero)
        && beam.specified_meterset.as_ref().is_some_and(was_to_give)
        && doses.all(|dose| dose.dose.as_ref().is_none_or(is_zero))
}
