//! The dose of one administration in numbers alone: intensity x body surface area, under the caps.

use crate::patient::SurfaceArea;
use crate::quantity::{CalculatedDose, Fault, OrderedDose};

use super::caps::Caps;
use super::finding::CapecitabineFinding;
use super::regimen::Regimen;
use crate::number::is_at_boundary;

/// What is to be ordered before rounding. One order and a million rows are worked out from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wanted {
    pub(super) regimen: Regimen,
    /// The patient's body surface area, before any cap.
    pub(super) square_meters: f64,
    pub(super) caps: Caps,
    pub(super) uncapped: CalculatedDose,
    /// The cap on the area, where it acts, and the dose after it.
    pub(super) area_capped: Option<(SurfaceArea, CalculatedDose)>,
    /// The cap on the dose, where it acts, and the dose before it.
    pub(super) dose_capped: Option<(OrderedDose, CalculatedDose)>,
    pub(super) dose: CalculatedDose,
}

/// Milligrams that are no dose, and why.
pub(super) type NoDose = (f64, Fault);

fn dose(milligrams: f64) -> Result<CalculatedDose, NoDose> {
    CalculatedDose::checked(milligrams).map_err(|fault| (milligrams, fault))
}

impl Wanted {
    pub(super) fn new(regimen: Regimen, square_meters: f64, caps: Caps) -> Result<Self, NoDose> {
        let intensity = regimen.intensity().milligrams_per_square_meter();
        let uncapped = dose(intensity * square_meters)?;
        let area_cap = caps.body_surface_area;
        let area_cap = area_cap.filter(|cap| exceeds(square_meters, cap.square_meters()));
        let area_capped = match area_cap {
            Some(cap) => Some((cap, dose(intensity * cap.square_meters())?)),
            None => None,
        };
        let before = area_capped.map_or(uncapped, |(_, after)| after);
        let dose_cap = caps.dose_per_administration;
        let dose_cap =
            dose_cap.filter(|cap| exceeds(before.milligrams(), f64::from(cap.milligrams())));
        let after = match dose_cap {
            Some(cap) => dose(f64::from(cap.milligrams()))?,
            None => before,
        };
        Ok(Self {
            regimen,
            square_meters,
            caps,
            uncapped,
            area_capped,
            dose_capped: dose_cap.map(|cap| (cap, before)),
            dose: after,
        })
    }

    /// The body surface area dosed on, m².
    pub(super) fn square_meters_used(&self) -> f64 {
        let cap = self.area_capped.map(|(cap, _)| cap.square_meters());
        cap.unwrap_or(self.square_meters)
    }

    pub(super) fn is_capped(&self) -> bool {
        self.dose < self.uncapped
    }

    /// The caps that act.
    pub(super) fn findings(&self) -> impl Iterator<Item = CapecitabineFinding> + use<> {
        let (square_meters, uncapped, dose) = (self.square_meters, self.uncapped, self.dose);
        let area = self
            .area_capped
            .map(|(cap, after)| CapecitabineFinding::AreaCap {
                square_meters,
                cap,
                before: uncapped,
                after,
            });
        let dose = self
            .dose_capped
            .map(|(cap, before)| CapecitabineFinding::CalculatedDoseCap {
                cap,
                before,
                after: dose,
            });
        area.into_iter().chain(dose)
    }
}

/// A value within 1e-9 of the cap is at it, and the cap does not act.
fn exceeds(value: f64, cap: f64) -> bool {
    value > cap && !is_at_boundary(value, cap)
}
