//! Bands of renal function and what a text says for each.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::patient::{ClearanceRate, CreatinineClearance};
use crate::quantity::IntensityPerAdministration;
use crate::text::{List, Text};

use super::dose_rule::{Covers, DoseFraction, DoseRule};
use super::fault::RuleFault;
use crate::number::is_at_boundary;

/// A clearance this close to a cut is reported, mL/min.
pub(in crate::capecitabine) const NEAR_CUT: f64 = 1.0;

/// One range of creatinine clearance (Cockcroft-Gault, mL/min) and what a text says for it.
///
/// Each side has one edge or none: `at_least` and `at_most` hold the edge itself, `above` and
/// `below` do not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenalBand {
    /// The lower edge, held by the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<ClearanceRate>,
    /// The lower edge, not held by the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<ClearanceRate>,
    /// The upper edge, held by the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<ClearanceRate>,
    /// The upper edge, not held by the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<ClearanceRate>,
    /// What the text says.
    pub rule: DoseRule,
    /// The starting doses that a full or reduced dose is said of; a contraindication is said of the
    /// drug.
    pub covers: Covers,
    /// The words of the text, or why this band is here.
    pub words: Text,
}

impl RenalBand {
    const fn lower(&self) -> Option<(ClearanceRate, bool)> {
        match (self.at_least, self.above) {
            (Some(edge), _) => Some((edge, true)),
            (None, Some(edge)) => Some((edge, false)),
            (None, None) => None,
        }
    }

    /// Whether some of the band lies below a clearance, mL/min.
    pub(super) fn begins_below(&self, milliliters_per_minute: f64) -> bool {
        self.lower()
            .is_none_or(|(edge, _)| edge.milliliters_per_minute() < milliliters_per_minute)
    }

    const fn upper(&self) -> Option<(ClearanceRate, bool)> {
        match (self.at_most, self.below) {
            (Some(edge), _) => Some((edge, true)),
            (None, Some(edge)) => Some((edge, false)),
            (None, None) => None,
        }
    }

    /// Whether a clearance in mL/min lies in the band; one within 1e-9 of an edge is at it.
    #[must_use]
    pub fn contains(&self, milliliters_per_minute: f64) -> bool {
        let inside = |edge: Option<(ClearanceRate, bool)>, above: bool| {
            edge.is_none_or(|(edge, held)| {
                let edge = edge.milliliters_per_minute();
                if is_at_boundary(milliliters_per_minute, edge) {
                    held
                } else {
                    (milliliters_per_minute > edge) == above
                }
            })
        };
        milliliters_per_minute.is_finite()
            && inside(self.lower(), true)
            && inside(self.upper(), false)
    }
}

/// `30 to 50 mL/min`, `below 30 mL/min`, `above 50 and below 51 mL/min`.
impl fmt::Display for RenalBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |edge: ClearanceRate| edge.milliliters_per_minute();
        match (self.lower(), self.upper()) {
            (None, None) => f.write_str("any clearance"),
            (Some((low, held)), None) => {
                write!(f, "{}{low}", if held { "from " } else { "above " })
            }
            (None, Some((high, held))) => {
                write!(f, "{}{high}", if held { "up to " } else { "below " })
            }
            (Some((low, true)), Some((high, true))) => write!(f, "{} to {high}", number(low)),
            (Some((low, low_held)), Some((high, high_held))) => write!(
                f,
                "{} {} and {} {high}",
                if low_held { "from" } else { "above" },
                number(low),
                if high_held { "up to" } else { "below" },
            ),
        }
    }
}

/// The renal rules of a text: bands that together hold every clearance exactly once. A gap of the
/// text is a separate band with the rule [`NotCovered`](DoseRule::NotCovered).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenalRules {
    /// The bands, rising.
    pub bands: List<RenalBand>,
}

/// A cut of the rules and how far a clearance is from it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct CutDistance {
    /// The cut.
    pub cut: ClearanceRate,
    /// Clearance minus cut, mL/min: negative below it.
    pub milliliters_per_minute: f64,
}

impl RenalRules {
    /// The band a clearance lies in. Every finite clearance has exactly one in validated rules.
    #[must_use]
    pub fn band(&self, clearance: &CreatinineClearance) -> Option<&RenalBand> {
        self.row(clearance).map(|(_, band)| band)
    }

    /// The band of a clearance with its number, from 1.
    pub(in crate::capecitabine) fn row(
        &self,
        clearance: &CreatinineClearance,
    ) -> Option<(usize, &RenalBand)> {
        self.row_of(clearance.milliliters_per_minute())
    }

    /// The band of a clearance in mL/min with its number, from 1.
    pub(in crate::capecitabine) fn row_of(
        &self,
        milliliters_per_minute: f64,
    ) -> Option<(usize, &RenalBand)> {
        (1..)
            .zip(&self.bands)
            .find(|(_, band)| band.contains(milliliters_per_minute))
    }

    /// Every cut, rising.
    pub(in crate::capecitabine) fn cuts(&self) -> impl Iterator<Item = ClearanceRate> + '_ {
        let lower = self.bands.iter().filter_map(RenalBand::lower);
        lower.map(|(cut, _)| cut)
    }

    /// The most of the original dose that the bands from a clearance on leave at an intensity:
    /// where its own band gives no number, a clinician's choice above it goes against the text.
    pub(in crate::capecitabine) fn at_most(
        &self,
        clearance: &CreatinineClearance,
        intensity: IntensityPerAdministration,
    ) -> DoseFraction {
        let value = clearance.milliliters_per_minute();
        self.bands
            .iter()
            .skip_while(|band| !band.contains(value))
            .filter(|band| band.covers.covers(intensity) != Some(false))
            .filter_map(|band| band.rule.shares())
            .map(|(_, most)| most)
            .min()
            .unwrap_or(DoseFraction::WHOLE)
    }

    /// Every cut, rising, with its distance from a clearance, unrounded.
    #[must_use]
    pub fn distances(&self, clearance: &CreatinineClearance) -> Vec<CutDistance> {
        self.cuts()
            .map(|cut| CutDistance {
                cut,
                milliliters_per_minute: clearance.milliliters_per_minute()
                    - cut.milliliters_per_minute(),
            })
            .collect()
    }

    /// Whether the rule is the same on both sides of a cut.
    pub(super) fn is_same_across(&self, cut: ClearanceRate) -> bool {
        self.bands.windows(2).any(|pair| match pair {
            [below, above] => {
                above.lower().is_some_and(|(edge, _)| edge == cut)
                    && (below.rule, &below.covers) == (above.rule, &above.covers)
            }
            _ => false,
        })
    }

    pub(super) const fn fault(&self) -> Option<RuleFault> {
        let bands = self.bands.as_slice();
        if bands.is_empty() {
            return Some(RuleFault::NoRows("renal"));
        }
        let mut i = 0;
        while i < bands.len() {
            let (band, row) = (&bands[i], i + 1);
            if (band.at_least.is_some() && band.above.is_some())
                || (band.at_most.is_some() && band.below.is_some())
            {
                return Some(RuleFault::TwoEdges(row));
            }
            if let (Some((low, _)), Some((high, _))) = (band.lower(), band.upper()) {
                if low.base() >= high.base() {
                    return Some(RuleFault::Inverted(row));
                }
            }
            let meets = if i == 0 {
                band.lower().is_none()
            } else {
                match (bands[i - 1].upper(), band.lower()) {
                    (Some((end, end_held)), Some((begin, begin_held))) => {
                        end.base() == begin.base() && end_held != begin_held
                    }
                    _ => false,
                }
            };
            if !meets {
                return Some(RuleFault::GapOrOverlap(row));
            }
            if let Some(fault) = band.rule.fault(row) {
                return Some(fault);
            }
            if band.covers.is_empty() {
                return Some(RuleFault::CoversNothing(row));
            }
            if band.words.is_blank() {
                return Some(RuleFault::Empty("renal.bands.words"));
            }
            let mut j = 0;
            while j < i {
                if bands[j].rule.exceeds(band.rule) && !bands[j].covers.is_apart(&band.covers) {
                    return Some(RuleFault::UpsideDown("renal", j + 1, row));
                }
                j += 1;
            }
            i += 1;
        }
        if bands[bands.len() - 1].upper().is_some() {
            return Some(RuleFault::GapOrOverlap(bands.len() + 1));
        }
        None
    }
}

/// `0.07 mL/min below 30 mL/min`.
impl fmt::Display for CutDistance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let distance = self.milliliters_per_minute;
        if is_at_boundary(
            self.cut.milliliters_per_minute() + distance,
            self.cut.milliliters_per_minute(),
        ) {
            return write!(f, "at {}", self.cut);
        }
        let side = if distance < 0.0 { "below" } else { "above" };
        // enough digits that a distance is never shown as none
        let shown = if distance.abs() < 0.005 {
            String::from("less than 0.01")
        } else {
            format!("{:.2}", distance.abs())
        };
        write!(f, "{shown} mL/min {side} {}", self.cut)
    }
}
