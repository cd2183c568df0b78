//! Sessions in which nothing was given: such a day is no day of treatment.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::number::is_above_boundary;
use chemorad::report::Finding;
use jiff::civil::Date;

use super::beam::METERSET_PERCENT;
use super::finding::RecordFinding;
use super::session::{Key, Session};
use super::treatment_record::RecordedDose;
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

/// What a beam gave counts as nothing up to this dose: a record rounds to a centigray.
const NOTHING_GRAY: f64 = 0.01;

/// Something was to be given, the beam was broken off at no more than 1 % of its meterset, and no dose is stated that
/// says otherwise.
fn gave_nothing((record, beam): &Session<'_>) -> bool {
    let meterset = |value: &Option<DecimalString>| Some(value.as_ref()?.value().to_f64());
    let (Some(delivered), Some(specified)) = (
        meterset(&beam.delivered_meterset),
        meterset(&beam.specified_meterset),
    ) else {
        return false;
    };
    let least = specified * f64::from(METERSET_PERCENT) / 100.0;
    let is_little = |dose: &RecordedDose| {
        let gray = dose.dose.as_ref().map(|dose| dose.value().to_f64());
        gray.is_none_or(|gray| !is_above_boundary(gray.abs(), NOTHING_GRAY))
    };
    let mut doses = record.calculated.iter().chain(&beam.calculated);
    !beam.is_completed()
        && specified > 0.0
        && delivered >= 0.0
        && !is_above_boundary(delivered, least)
        && doses.all(is_little)
}
