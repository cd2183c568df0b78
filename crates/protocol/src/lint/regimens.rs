//! Regimens of capecitabine outside what is published: the check that orders go through, on the values of a
//! protocol.

use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::model::drug::DrugRegimen;
use crate::model::place;
use crate::model::protocol::Protocol;
use chemorad::capecitabine::{CapecitabineFinding, Regimen};
use chemorad::quantity::DoseIntensity;
use chemorad::report::Finding;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |d| &d.id) {
        if drug.is_capecitabine() {
            for caution in cautions(drug) {
                out.push(&*at, ProtocolFault::Regimen(caution));
            }
        }
    }
}

/// What is unusual of the values that are settled.
fn cautions(drug: &DrugRegimen) -> Vec<Finding> {
    let times = drug
        .administrations_per_day()
        .map(|times| u32::from(times.get()));
    let each = drug.intensity().map(DoseIntensity::PerAdministration);
    let daily = drug.intensity_per_day().map(DoseIntensity::PerDay);
    let regimen = |intensity, times| Regimen::from_intensity(intensity, times).ok();
    match (each.or(daily), times) {
        (Some(intensity), Some(times)) => {
            regimen(intensity, times).map_or_else(Vec::new, Regimen::cautions)
        }
        // the number of administrations is open: what does not hang on it
        (Some(intensity @ DoseIntensity::PerDay(_)), None) => {
            let mut found = regimen(intensity, 2).map_or_else(Vec::new, Regimen::cautions);
            let is_daily = |one: &Finding| {
                matches!(one.observation(), Some(CapecitabineFinding::Intensity(_)))
            };
            found.retain(is_daily);
            found
        }
        _ => Vec::new(),
    }
}
