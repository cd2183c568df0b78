//! Why tablets and a rounding make no order of a dose, in numbers; the words are made where they are shown.

use alloc::string::{String, ToString};

use crate::quantity::OrderedDose;

use super::band_bound::BandScale;
use super::error::CapecitabineError;
use super::policy::RoundingPolicy;
use super::stock::TabletStock;
use super::wanted::Wanted;

/// Why no amount can be ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unmet {
    NoTablet,
    NothingWithin,
    NothingAbove {
        largest: OrderedDose,
    },
    LimitsTooLow {
        largest: OrderedDose,
    },
    CapBelowTablets {
        cap: OrderedDose,
    },
    AboveCap {
        ordered: OrderedDose,
        cap: OrderedDose,
    },
    BandsForOtherRegimen {
        table: u32,
    },
    BandsForOtherIntensity,
    OutsideBands {
        value: f64,
    },
    BandNotDeliverable {
        dose: OrderedDose,
    },
}

impl Unmet {
    /// The error with its words.
    pub(super) fn error(
        self,
        wanted: &Wanted,
        stock: &TabletStock,
        policy: &RoundingPolicy,
    ) -> CapecitabineError {
        let calculated = wanted.dose;
        let no_tablet = || CapecitabineError::NoTablet {
            calculated,
            policy: policy.to_string(),
            smallest: stock.smallest(),
        };
        let table = match policy {
            RoundingPolicy::Bands(table) => Some(table),
            _ => None,
        };
        match (self, table) {
            (Self::NothingWithin, _) => {
                let RoundingPolicy::Fewest { within, .. } = policy else {
                    return no_tablet();
                };
                let cap = wanted.caps.dose_per_administration;
                CapecitabineError::NothingWithin {
                    calculated,
                    within: *within,
                    cap: cap.map_or_else(String::new, |cap| format!(", under the cap of {cap}")),
                    stock: stock.to_string(),
                }
            }
            (Self::NothingAbove { largest }, _) => CapecitabineError::NothingAbove {
                calculated,
                largest,
                stock: stock.to_string(),
            },
            (Self::LimitsTooLow { largest }, _) => CapecitabineError::LimitsTooLow {
                calculated,
                largest,
                stock: stock.to_string(),
            },
            (Self::CapBelowTablets { cap }, _) => CapecitabineError::CapBelowTablets {
                cap,
                smallest: stock.smallest(),
            },
            (Self::AboveCap { ordered, cap }, _) => CapecitabineError::AboveCap {
                policy: policy.to_string(),
                ordered,
                cap,
            },
            (Self::BandsForOtherRegimen { table: times }, Some(table)) => {
                CapecitabineError::BandsForOtherRegimen {
                    label: table.label_text().clone(),
                    table: times,
                    regimen: wanted.regimen.administrations_per_day(),
                }
            }
            (Self::BandsForOtherIntensity, Some(table)) => {
                CapecitabineError::BandsForOtherIntensity {
                    label: table.label_text().clone(),
                    covers: table.covers().clone(),
                    intensity: wanted.regimen.intensity(),
                }
            }
            (Self::OutsideBands { value }, Some(table)) => CapecitabineError::OutsideBands {
                label: table.label_text().clone(),
                value,
                unit: match table.scale() {
                    BandScale::BodySurfaceArea => "m2",
                    BandScale::CalculatedDose => "mg",
                },
            },
            (Self::BandNotDeliverable { dose }, Some(table)) => {
                CapecitabineError::BandNotDeliverable {
                    label: table.label_text().clone(),
                    dose,
                    stock: stock.to_string(),
                }
            }
            // without a table there is none that could be at fault
            (
                Self::NoTablet
                | Self::BandsForOtherRegimen { .. }
                | Self::BandsForOtherIntensity
                | Self::OutsideBands { .. }
                | Self::BandNotDeliverable { .. },
                _,
            ) => no_tablet(),
        }
    }
}
