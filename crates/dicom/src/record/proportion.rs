//! The dose of a beam in proportion to its meterset.

use std::collections::BTreeMap;

use chemorad::number::is_above_boundary;

use super::finding::RecordFinding;
use super::session::{Key, Session};

/// A record rounds a dose to a centigray.
const ROUNDED_GRAY: f64 = 0.01;
/// Of the dose of the whole beam: what the dose of a part may differ from its share of the meterset.
const SHARE_PERCENT: f64 = 5.0;

/// The plan, the fraction group, the beam and the dose reference.
type Of<'r> = (Option<&'r str>, Option<i32>, i32, Option<i32>);

/// What whole beams gave at their dose references for a unit of meterset: the least and the most.
pub(super) struct Rates<'r>(BTreeMap<Of<'r>, (f64, f64)>);

impl<'r> Rates<'r> {
    /// Of the beams that were given whole in one session.
    pub(super) fn of(fractions: &BTreeMap<Key<'r>, Vec<Session<'r>>>) -> Self {
        let mut rates: BTreeMap<Of<'r>, (f64, f64)> = BTreeMap::new();
        for (&(plan, group, _), sessions) in fractions {
            for (_, beam) in sessions {
                let alone = sessions
                    .iter()
                    .filter(|(_, other)| other.number == beam.number);
                let (Some(number), Some(specified), Some(delivered)) = (
                    beam.number
                        .filter(|_| beam.is_completed() && alone.count() == 1),
                    beam.specified_meterset.as_ref(),
                    beam.delivered_meterset.as_ref(),
                ) else {
                    continue;
                };
                let given = delivered.value().to_f64();
                if !specified.value().is_positive() || !delivered.value().is_positive() {
                    continue;
                }
                for dose in &beam.calculated {
                    let Some(gray) = dose.dose.as_ref() else {
                        continue;
                    };
                    let rate = gray.value().to_f64() / given;
                    rates
                        .entry((plan, group, number, dose.reference))
                        .and_modify(|(least, most)| {
                            *least = least.min(rate);
                            *most = most.max(rate);
                        })
                        .or_insert((rate, rate));
                }
            }
        }
        Self(rates)
    }

    /// Whether the dose of a beam that was broken off does not fit the part of its meterset that was
    /// given, by what the same beam gave in whole fractions.
    pub(super) fn contradiction(
        &self,
        (plan, group, fraction): Key<'r>,
        beam: i32,
        reference: Option<i32>,
        sessions: &[Session<'_>],
    ) -> Option<RecordFinding> {
        let metersets = |delivered: bool| -> Option<f64> {
            let of = |(_, beam): &Session<'_>| {
                let stated = if delivered {
                    &beam.delivered_meterset
                } else {
                    &beam.specified_meterset
                };
                Some(stated.as_ref()?.value().to_f64())
            };
            sessions.iter().map(of).sum()
        };
        let delivered = metersets(true)?;
        let whole = sessions.first()?.1.specified_meterset.as_ref()?.value();
        let doses = sessions.iter().flat_map(|(_, beam)| &beam.calculated);
        let doses = doses.filter(|dose| dose.reference == reference);
        let recorded: Option<f64> = doses
            .map(|dose| Some(dose.dose.as_ref()?.value().to_f64()))
            .sum();
        let recorded = recorded?;
        if delivered == 0.0 && recorded > 0.0 {
            return Some(RecordFinding::Proportion {
                fraction,
                beam,
                recorded,
                expected: 0.0,
            });
        }
        let &(least, most) = self.0.get(&(plan, group, beam, reference))?;
        let slack = (most * whole.to_f64() * SHARE_PERCENT / 100.0).max(ROUNDED_GRAY);
        let expected = f64::midpoint(least, most) * delivered;
        let allowed = (most - least) / 2.0 * delivered + slack;
        let is_off = is_above_boundary((recorded - expected).abs(), allowed);
        is_off.then_some(RecordFinding::Proportion {
            fraction,
            beam,
            recorded,
            expected,
        })
    }
}
