//! Dose references that are no target, and the regions that targets refer to.

use core::fmt;

use chemorad::report::Outcome;
use chemorad_dosimetry::TargetKind;

use super::stated_dose::StatedDose;

/// What the region that a target refers to says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionFit {
    /// The structure set has no such region.
    Missing,
    /// It is another volume of the course than the target is called.
    Contradicts,
    /// It has the name of an organ that is no volume of the course.
    Organ,
    /// It is the volume that the target is called.
    Same,
    /// It is declared to be what no target is: an organ, what is to be avoided, the outline of the patient, a support.
    NoTarget,
    /// The names do not tell.
    NotTold,
}

/// A dose that agrees leaves the type of its reference in doubt; one that does not is wrong where its name or
/// its unit shows what it is for. Some systems write the limit of an organ there, under its name.
pub(super) fn of_no_target(
    stated: &StatedDose,
    is_listed: bool,
    names_volume: bool,
    is_organ: bool,
) -> Outcome {
    let Some(best) = &stated.best else {
        return Outcome::CannotTell;
    };
    let unit = best
        .comparison
        .found
        .is_multiple(best.comparison.expected, 100);
    match (best.comparison.within, is_listed) {
        (true, true) => Outcome::Warn,
        (true, false) => Outcome::CannotTell,
        (false, true) if !names_volume && !unit && is_organ => Outcome::Warn,
        (false, true) if !names_volume && !unit => Outcome::CannotTell,
        (false, _) => Outcome::Fail,
    }
}

pub(super) fn no_target(
    f: &mut fmt::Formatter<'_>,
    stated: &StatedDose,
    kind: &TargetKind,
    is_listed: bool,
) -> fmt::Result {
    f.write_str("a prescribed dose (Target Prescription Dose) is stated for a dose reference ")?;
    match kind {
        _ if !is_listed => f.write_str("that the plan does not list")?,
        TargetKind::OrganAtRisk => f.write_str("of type ORGAN_AT_RISK")?,
        TargetKind::Other(text) => write!(f, "of type {text}")?,
        TargetKind::NotStated | TargetKind::Target => f.write_str("without a type")?,
    }
    match &stated.best {
        None => f.write_str("; what is prescribed there is not known"),
        Some(best) if best.comparison.within => {
            f.write_str(", and it is a prescribed one: is it that of a target?")
        }
        Some(best) => {
            f.write_str(", and it is not a prescribed one: the dose or the reference is wrong")?;
            stated.centigray(f, &best.comparison)
        }
    }
}

/// What the region of a target says.
pub(super) const fn region(fits: RegionFit) -> &'static str {
    match fits {
        RegionFit::Missing => {
            "the target refers to a region that the structure set does not have, so which volume it is cannot be told"
        }
        RegionFit::Contradicts => {
            "the target is called as one volume and refers to the region of another (Referenced ROI Number)"
        }
        RegionFit::NoTarget => {
            "the target refers to a region that the structure set declares to be no target (RT ROI Interpreted Type ORGAN, AVOIDANCE, EXTERNAL, SUPPORT, FIXATION or BOLUS): which of the two is right cannot be told"
        }
        RegionFit::Organ => {
            "the target refers to a region with the name of an organ that is spared as a rule: which of the two is right cannot be told"
        }
        RegionFit::Same => "the target refers to the region of the volume it is called as",
        RegionFit::NotTold => {
            "the target refers to a region whose name is that of no prescribed volume, or is not called as one"
        }
    }
}
