//! A beam of a plan has one meterset: fractions that were given whole with another are not alike.

use std::collections::BTreeMap;

use chemorad::number::{Decimal, is_above_boundary};
use chemorad::report::Finding;

use super::beam::METERSET_PERCENT;
use super::delivery::DeliveryFinding;
use super::group_days::{GroupKey, group_key};
use super::session::{Key, Session};
use super::treatment_record::RecordedBeam;
use crate::decimal_string::DecimalString;

/// Beams that were given whole with a meterset that is more than 1 % from the median of their fraction group.
pub(super) fn other_metersets(
    fractions: &BTreeMap<Key<'_>, Vec<Session<'_>>>,
) -> Vec<(GroupKey, Finding)> {
    let mut of_beams: BTreeMap<_, Vec<(Decimal, u32)>> = BTreeMap::new();
    for (&(plan, group, fraction), sessions) in fractions {
        let mut once: BTreeMap<i32, Option<Decimal>> = BTreeMap::new();
        for (_, beam) in sessions {
            if let Some(number) = beam.number {
                let known = once.entry(number);
                // parts of a beam are judged by their sum
                known
                    .and_modify(|one| *one = None)
                    .or_insert_with(|| whole(beam));
            }
        }
        for (beam, meterset) in once {
            let known = of_beams.entry((plan, group, beam)).or_default();
            known.extend(meterset.map(|meterset| (meterset, fraction)));
        }
    }
    let mut found = Vec::new();
    for ((plan, group, beam), mut metersets) in of_beams {
        metersets.sort_unstable();
        let Some(&(usual, _)) = metersets.get(metersets.len() / 2) else {
            continue;
        };
        metersets.retain(|one| is_off(usual, one.0));
        if let (Some(least), Some(most)) = (metersets.first(), metersets.last()) {
            let finding = DeliveryFinding::Unlike {
                beam,
                usual,
                others: (least.0, most.0),
                fractions: metersets.iter().map(|one| one.1).collect(),
            };
            found.push((group_key(plan, group), finding.into()));
        }
    }
    found
}

/// The meterset of a beam that was given whole.
fn whole(beam: &RecordedBeam) -> Option<Decimal> {
    let delivered = beam.delivered_meterset.as_ref()?.value();
    let specified = beam.specified_meterset.as_ref().map(DecimalString::value);
    let is_whole = match specified {
        None => beam.is_completed(),
        Some(specified) => !is_off(specified, delivered),
    };
    (is_whole && delivered.is_positive()).then(|| specified.unwrap_or(delivered))
}

fn is_off(usual: Decimal, meterset: Decimal) -> bool {
    let (usual, meterset) = (usual.to_f64(), meterset.to_f64());
    let allowed = usual.abs() * f64::from(METERSET_PERCENT) / 100.0;
    is_above_boundary((meterset - usual).abs(), allowed)
}
